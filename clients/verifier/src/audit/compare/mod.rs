//! The state of the last block against what must have come of the blocks, cell by cell.

mod evidence;
mod outcomes;
mod polls;
mod roll;

use super::{
	finding::{Code, Findings, Place},
	replay::World,
};
use crate::{
	archive::Pair,
	chain::storage::{self, cells, PAGE_ROWS},
};
use codec::DecodeAll;
use std::collections::BTreeMap;

/// All pairs of a state, keys ascending.
pub struct State(Vec<Pair>);

/// A cell that is not what it must be.
pub struct Difference {
	/// The row.
	pub row: u32,
	/// What the cell must be.
	pub expected: Vec<u8>,
	/// What it is; empty where there is no such cell, or its page is broken.
	pub found: Vec<u8>,
}

impl State {
	/// Takes the pairs as the archive has them.
	pub fn new(pairs: Vec<Pair>) -> Self {
		Self(pairs)
	}

	/// The pairs.
	pub fn pairs(&self) -> &[Pair] {
		&self.0
	}

	/// The stored bytes under a key.
	pub fn get(&self, key: &[u8]) -> Option<&[u8]> {
		let at = self.0.binary_search_by(|(known, _)| known.as_slice().cmp(key)).ok()?;
		Some(&self.0[at].1)
	}

	/// The decoded value under a key; `Err` when it does not decode.
	pub fn read<T: DecodeAll>(&self, key: &[u8]) -> Result<Option<T>, codec::Error> {
		self.get(key).map(|value| T::decode_all(&mut { value })).transpose()
	}

	/// The pairs whose keys begin with `prefix`.
	pub fn under<'a>(&'a self, prefix: &'a [u8]) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
		let from = self.0.partition_point(|(key, _)| key.as_slice() < prefix);
		let pairs = self.0[from..].iter().take_while(move |(key, _)| key.starts_with(prefix));
		pairs.map(|(key, value)| (key.as_slice(), value.as_slice()))
	}

	/// The cells of a column that are not as `expected` writes them; a cell never written is zeros.
	/// `table` is the case or the poll, `rows` the rows that there must be.
	fn differences(
		&self,
		column: (&str, &str),
		table: u32,
		width: usize,
		rows: u32,
		expected: impl Fn(u32, &mut [u8]),
	) -> Vec<Difference> {
		let prefix = storage::key(column.0, column.1, &[&table.to_le_bytes()]);
		let mut pages: BTreeMap<u32, &[u8]> = BTreeMap::new();
		let mut differences = vec![];
		for (key, value) in self.under(&prefix) {
			let page = key[prefix.len()..].try_into().map(u32::from_le_bytes);
			match (page, cells(value)) {
				(Ok(page), Ok(bytes))
					if bytes.len() <= width * PAGE_ROWS as usize && bytes.len() % width == 0 =>
				{
					pages.insert(page, bytes);
				}
				(page, _) => differences.push(Difference {
					row: page.unwrap_or_default().saturating_mul(PAGE_ROWS),
					expected: b"a page of whole cells".to_vec(),
					found: vec![],
				}),
			}
		}
		let beyond = pages.keys().max().map_or(0, |page| page.saturating_add(1));
		let (mut must, empty) = (vec![0; width], vec![0; width]);
		for page in 0..rows.div_ceil(PAGE_ROWS).max(beyond.min(rows.div_ceil(PAGE_ROWS) + 64)) {
			let bytes = pages.get(&page).copied().unwrap_or_default();
			for slot in 0..PAGE_ROWS {
				let row = page * PAGE_ROWS + slot;
				let at = slot as usize * width;
				let found = bytes.get(at..at + width).unwrap_or(&empty);
				must.fill(0);
				expected(row, &mut must);
				if must != found {
					let (expected, found) = (must.clone(), found.to_vec());
					differences.push(Difference { row, expected, found });
				}
			}
		}
		differences
	}
}

/// Compares everything of the case under audit.
pub fn compare(state: &State, world: &World, findings: &mut Findings) {
	roll::compare(state, world, findings);
	polls::compare(state, world, findings);
	evidence::compare(state, world, findings);
	outcomes::compare(state, world, findings);
}

/// A stored value that must be what was worked out.
fn must_be<T: DecodeAll + PartialEq + std::fmt::Debug>(
	state: &State,
	key: &[u8],
	expected: Option<&T>,
	code: Code,
	place: Place,
	findings: &mut Findings,
) {
	match state.read::<T>(key) {
		Ok(found) if found.as_ref() == expected => {}
		Ok(found) => findings.add(code, place, format!("{expected:?}"), format!("{found:?}")),
		Err(error) => findings.add(code, place, format!("{expected:?}"), error),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	fn column(cells: &[u8]) -> State {
		let key = storage::key("Example", "Cells", &[&7u32.to_le_bytes(), &0u32.to_le_bytes()]);
		State::new(vec![(key, cells.to_vec().encode())])
	}

	fn rows(state: &State, expected: &[u8]) -> Vec<u32> {
		let write = |row: u32, cell: &mut [u8]| {
			cell[0] = expected.get(row as usize).copied().unwrap_or_default()
		};
		let column = ("Example", "Cells");
		let differences = state.differences(column, 7, 1, expected.len() as u32, write);
		differences.into_iter().map(|difference| difference.row).collect()
	}

	#[test]
	fn altered_missing_and_extra_cells_are_told_by_their_rows() {
		assert_eq!(rows(&column(&[1, 2, 3]), &[1, 2, 3]), [0u32; 0]);
		assert_eq!(rows(&column(&[1, 9, 3]), &[1, 2, 3]), [1]);
		assert_eq!(rows(&column(&[1, 2]), &[1, 2, 3]), [2]);
		assert_eq!(rows(&column(&[1, 2, 3, 4]), &[1, 2, 3]), [3]);
		assert_eq!(rows(&State::new(vec![]), &[0, 5]), [1]);
	}

	#[test]
	fn a_cell_never_written_is_zeros() {
		assert_eq!(rows(&column(&[1]), &[1, 0, 0]), [0u32; 0]);
	}
}
