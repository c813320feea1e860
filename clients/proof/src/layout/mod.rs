//! Where the chain keeps what bundles prove: keys of its storage and shapes of its values.
//!
//! Written down once more instead of shared with the pallets, so that a verifier does not follow a
//! mistake of theirs. `tests/` compares this with the runtime.

pub mod cells;
pub mod evidence;
pub mod grandpa;
pub mod polls;
pub mod roll;

use alloc::vec::Vec;
use codec::Encode;
use sp_crypto_hashing::{blake2_128, twox_128, twox_64};

/// Rows of one page of a column.
pub const PAGE_ROWS: u32 = 64;

/// The 32 bytes that every key of one storage item begins with.
pub fn prefix(pallet: &str, item: &str) -> Vec<u8> {
	[twox_128(pallet.as_bytes()), twox_128(item.as_bytes())].concat()
}

/// The key of the clock at the end of a block: milliseconds since 1970, a `u64`.
pub fn time() -> Vec<u8> {
	prefix("Timestamp", "Now")
}

/// The key of the page with `row` in a column of `table`, a case or a poll. Both are hashed by
/// `Identity`.
fn page(pallet: &str, item: &str, table: u32, row: u32) -> Vec<u8> {
	let mut key = prefix(pallet, item);
	(table, row / PAGE_ROWS).encode_to(&mut key);
	key
}

/// A key part under the hasher `Twox64Concat`.
pub fn twox_64_concat(part: &impl Encode) -> Vec<u8> {
	part.using_encoded(|bytes| [&twox_64(bytes), bytes].concat())
}

/// A key part under the hasher `Blake2_128Concat`.
pub fn blake2_128_concat(part: &impl Encode) -> Vec<u8> {
	part.using_encoded(|bytes| [&blake2_128(bytes), bytes].concat())
}
