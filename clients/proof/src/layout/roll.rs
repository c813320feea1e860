//! `identity-registry` and `claims`: the rows of a case.

use super::{page, prefix, twox_64_concat};
use alloc::vec::Vec;

/// Bytes of the cell of an identity hash. A cell that exists is a row.
pub const IDENTITY_WIDTH: usize = 32;
/// Bytes of the cell of a key and its status.
pub const KEY_WIDTH: usize = 35;
/// Bytes of the cell of a claim: 16 of its amount, one of its class, one of its state.
pub const ENTRY_WIDTH: usize = 18;

/// The key of the page of identity hashes with `row`.
pub fn identities(case: u32, row: u32) -> Vec<u8> {
	page("IdentityRegistry", "Identities", case, row)
}

/// The key of the page of lenders' signing keys with `row`.
pub fn keys(case: u32, row: u32) -> Vec<u8> {
	page("IdentityRegistry", "Keys", case, row)
}

/// The key of the page of stated amounts, classes and states with `row`.
pub fn entries(case: u32, row: u32) -> Vec<u8> {
	page("Claims", "Entries", case, row)
}

/// The key of the amount that a ruling gave a row, a `u128` in fen.
pub fn adjusted(case: u32, row: u32) -> Vec<u8> {
	[prefix("Claims", "Adjusted"), twox_64_concat(&case), twox_64_concat(&row)].concat()
}
