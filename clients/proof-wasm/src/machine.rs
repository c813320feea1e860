//! What a module without an operating system must bring along.

use core::{arch::wasm32, panic::PanicInfo};

#[global_allocator]
static MEMORY: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// A panic ends the call: the page sees a trap and must load the module anew.
#[panic_handler]
fn panic(_: &PanicInfo) -> ! {
	wasm32::unreachable()
}
