//! Where values stand in the state, and how pages are cut into cells.

use super::Malformed;
use codec::{Compact, Decode, Encode};
use sp_crypto_hashing::{blake2_128, twox_128, twox_64};

/// Rows of a page.
pub const PAGE_ROWS: u32 = 64;

/// What all keys of an entry begin with.
pub fn prefix(pallet: &str, entry: &str) -> [u8; 32] {
	let mut key = [0; 32];
	key[..16].copy_from_slice(&twox_128(pallet.as_bytes()));
	key[16..].copy_from_slice(&twox_128(entry.as_bytes()));
	key
}

/// A key of a map that hashes its keys by Twox64Concat.
pub fn twox(part: &impl Encode) -> Vec<u8> {
	let bytes = part.encode();
	[twox_64(&bytes).as_slice(), &bytes].concat()
}

/// A key of a map that hashes its keys by Blake2_128Concat.
pub fn blake(part: &impl Encode) -> Vec<u8> {
	let bytes = part.encode();
	[blake2_128(&bytes).as_slice(), &bytes].concat()
}

/// The key of `parts` under an entry; each part is hashed already.
pub fn key(pallet: &str, entry: &str, parts: &[&[u8]]) -> Vec<u8> {
	let mut key = prefix(pallet, entry).to_vec();
	parts.iter().for_each(|part| key.extend_from_slice(part));
	key
}

/// The cells of a stored page: the bytes behind their compact length.
pub fn cells(value: &[u8]) -> Result<&[u8], Malformed> {
	let mut rest = value;
	let length = Compact::<u32>::decode(&mut rest)?.0 as usize;
	if rest.len() == length {
		Ok(rest)
	} else {
		Err(Malformed)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::archive::trie::EVENTS_KEY;

	#[test]
	fn the_key_of_the_events_is_the_well_known_one() {
		assert_eq!(prefix("System", "Events"), EVENTS_KEY);
	}

	#[test]
	fn a_page_is_its_length_and_its_cells() {
		assert_eq!(cells(&[8, 1, 2]), Ok(&[1u8, 2][..]));
		assert_eq!(cells(&[8, 1]), Err(Malformed));
		assert_eq!(cells(&[8, 1, 2, 3]), Err(Malformed));
	}
}
