//! Changes to the last state.

use super::Case;
use codec::{DecodeAll, Encode};
use pallet_intents::Sequences;
use winddown_primitives::{
	pages::{page_of, slot_of},
	LenderIndex,
};
use winddown_runtime::Runtime;
use winddown_tests::winddown::CASE;

/// Bytes of the cell of a sequence.
const SEQUENCE: usize = 8;

impl Case {
	/// The last sequence that a lender used.
	pub fn sequence(&self, row: LenderIndex) -> u64 {
		let key = Sequences::<Runtime>::hashed_key_for(CASE, page_of(row));
		let page: Vec<u8> = self.parts.get(&key).map(|_| self.get(&key)).unwrap_or_default();
		let cell = page.chunks(SEQUENCE).nth(slot_of(row) as usize);
		cell.map_or(0, |cell| u64::from_le_bytes(cell.try_into().expect("eight bytes")))
	}

	/// Sets the last sequence that a lender used.
	pub fn put_sequence(&mut self, row: LenderIndex, sequence: u64) {
		let key = |page| Sequences::<Runtime>::hashed_key_for(CASE, page);
		self.edit_cell(key, row, SEQUENCE, |cell| cell.copy_from_slice(&sequence.to_le_bytes()));
	}

	/// A value of the last state.
	pub fn get<T: DecodeAll>(&self, key: &[u8]) -> T {
		let value = self.parts.get(key).expect("a value under the key");
		T::decode_all(&mut { value }).expect("the type of the value")
	}

	/// Sets, adds or takes away a value of the last state.
	pub fn put(&mut self, key: &[u8], value: Option<Vec<u8>>) {
		self.parts.put(key, value);
		self.change(self.target());
	}

	/// Changes a value of the last state.
	pub fn edit<T: DecodeAll + Encode>(&mut self, key: &[u8], change: impl FnOnce(&mut T)) {
		let mut value: T = self.get(key);
		change(&mut value);
		self.put(key, Some(value.encode()));
	}

	/// Changes the cell of a row in a column. `key` is that of a page by its number; a page that is
	/// too short grows.
	pub fn edit_cell(
		&mut self,
		key: impl Fn(u32) -> Vec<u8>,
		row: LenderIndex,
		width: usize,
		change: impl FnOnce(&mut [u8]),
	) {
		let key = key(page_of(row));
		let page = self.parts.get(&key).map(<[u8]>::to_vec);
		let page = page.map(|page| Vec::<u8>::decode_all(&mut &page[..]).expect("a page"));
		let mut page = page.unwrap_or_default();
		let start = slot_of(row) as usize * width;
		page.resize(page.len().max(start + width), 0);
		change(&mut page[start..start + width]);
		self.put(&key, Some(page.encode()));
	}
}
