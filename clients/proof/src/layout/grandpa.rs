//! `pallet-grandpa`: who finalises blocks.

use super::prefix;
use alloc::vec::Vec;

/// The key of the validators: a vector of key (32 bytes) and weight (`u64`).
pub fn authorities() -> Vec<u8> {
	prefix("Grandpa", "Authorities")
}

/// The key of the number of their set, a `u64`.
pub fn set_id() -> Vec<u8> {
	prefix("Grandpa", "CurrentSetId")
}

/// The key of a change that was announced and is not yet in force; almost always absent.
pub fn pending_change() -> Vec<u8> {
	prefix("Grandpa", "PendingChange")
}
