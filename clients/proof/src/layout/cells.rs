//! Cells of a column. A page is the cells of 64 consecutive rows, one after the other, up to the last
//! cell written; what stands in storage is a SCALE byte vector.

use super::PAGE_ROWS;
use crate::digest::Digest;
use alloc::vec::Vec;
use codec::Decode;

/// The cell of `row` in its page, `width` bytes wide; `None` when the page ends before it.
pub fn cell(page: &[u8], row: u32, width: usize) -> Option<&[u8]> {
	let start = ((row % PAGE_ROWS) as usize).checked_mul(width)?;
	page.get(start..start.checked_add(width)?)
}

/// A ballot as its cell holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ballot {
	/// 1 for a first ballot, one more for each replacement.
	pub revision: u8,
	/// The digest of the plaintext record.
	pub record: Digest,
	/// For each item the set of options marked, bit `n` for option `n`.
	pub choices: Vec<u32>,
}

/// A cell that holds neither a ballot nor nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnreadableCell;

impl Ballot {
	/// Bytes of the cell of a ballot on `items` items: revision, digest (33), 4 for each choice.
	pub const fn width(items: usize) -> usize {
		1 + 33 + 4 * items
	}

	/// Reads a cell; `None` when it is empty.
	pub fn read(cell: &[u8]) -> Result<Option<Self>, UnreadableCell> {
		if cell.first().is_none_or(|revision| *revision == 0) {
			return Ok(None);
		}
		let mut rest = cell;
		let mut read = || {
			let (revision, record) = Decode::decode(&mut rest).ok()?;
			let choices =
				rest.chunks(4).map(|choice| Some(u32::from_le_bytes(choice.try_into().ok()?)));
			Some(Self { revision, record, choices: choices.collect::<Option<_>>()? })
		};
		read().map(Some).ok_or(UnreadableCell)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::digest::Algorithm;
	use codec::Encode;

	#[test]
	fn a_cell_is_found_by_its_row_and_not_beyond_the_end_of_its_page() {
		let page: Vec<u8> = (0..20).collect();
		assert_eq!(cell(&page, 0, 10), Some(&page[..10]));
		assert_eq!(cell(&page, 65, 10), Some(&page[10..]));
		assert_eq!(cell(&page, 2, 10), None);
		assert_eq!(cell(&page, 63, usize::MAX), None);
	}

	#[test]
	fn a_ballot_is_read_from_its_cell() {
		let record = Algorithm::Sm3.hash(b"record");
		let cell = (2u8, record, 1u32, 5u32).encode();
		assert_eq!(cell.len(), Ballot::width(2));
		let ballot = Ballot { revision: 2, record, choices: vec![1, 5] };
		assert_eq!(Ballot::read(&cell), Ok(Some(ballot)));
	}

	#[test]
	fn a_cell_of_revision_zero_is_empty_and_one_with_an_unknown_digest_unreadable() {
		assert_eq!(Ballot::read(&[]), Ok(None));
		assert_eq!(Ballot::read(&[0; 38]), Ok(None));
		let mut cell = [0; 38];
		(cell[0], cell[1]) = (1, 3);
		assert_eq!(Ballot::read(&cell), Err(UnreadableCell));
	}
}
