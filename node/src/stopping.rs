//! A stop is obeyed at once and ends cleanly, also while the node starts.

use crate::service::Backend;
use sc_cli::Signals;
use std::{
	process,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc, Mutex, Weak,
	},
	thread,
	time::{Duration, Instant},
};
use tokio::runtime;

/// While this lives, SIGINT and SIGTERM end the process at once: the SDK looks for them only when everything has
/// started, and compiling the runtime alone takes seconds.
///
/// Whatever was being written is as after a power cut, which the database bears.
pub struct Starting(Arc<AtomicBool>);

impl Starting {
	/// Begins to listen.
	pub fn begin() -> sc_cli::Result<Self> {
		let over = Arc::new(AtomicBool::new(false));
		let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
		let signals = {
			let _guard = runtime.enter();
			Signals::capture()?
		};
		let ended = over.clone();
		thread::Builder::new().name("stop-while-starting".into()).spawn(move || {
			runtime.block_on(signals.future());
			if !ended.load(Ordering::SeqCst) {
				eprintln!("Stopped while starting, as asked");
				process::exit(0);
			}
		})?;
		Ok(Self(over))
	}
}

impl Drop for Starting {
	fn drop(&mut self) {
		self.0.store(true, Ordering::SeqCst);
	}
}

/// The database of a node that ends. Its last user closes it, which may be a task that ends after the node; until then
/// the process and a folder of `--tmp` must stay.
#[derive(Clone, Default)]
pub struct Closing(Arc<Mutex<Weak<Backend>>>);

impl Closing {
	/// How long users of the database may take.
	const PATIENCE: Duration = Duration::from_secs(10);

	/// Remembers the database.
	pub fn of(&self, backend: &Arc<Backend>) {
		if let Ok(mut kept) = self.0.lock() {
			*kept = Arc::downgrade(backend);
		}
	}

	/// Waits until nobody uses it.
	pub fn wait(self) {
		let start = Instant::now();
		let Ok(kept) = self.0.lock() else { return };
		while kept.strong_count() > 0 && start.elapsed() < Self::PATIENCE {
			thread::sleep(Duration::from_millis(10));
		}
	}
}
