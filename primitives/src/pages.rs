//! The pages in which a column of a case's table is stored.
//!
//! A page holds the cells of 64 consecutive rows, each cell `width` bytes, one after the other. A
//! page grows to the last cell written; a cell never written reads as absent. Cells are read and
//! written at their offset: no page is ever decoded cell by cell.

use crate::LenderIndex;
use sp_core::Get;
use sp_runtime::BoundedVec;

/// Rows of one page.
pub const PAGE_ROWS: u32 = 64;

/// The number of a page within its column.
pub type PageIndex = u32;

/// The bytes of a page whose cells are at most `WIDTH` bytes wide.
pub type Page<const WIDTH: u32> = BoundedVec<u8, PageBytes<WIDTH>>;

/// The bound of a [`Page`]: 64 times `WIDTH` bytes.
pub struct PageBytes<const WIDTH: u32>;

impl<const WIDTH: u32> Get<u32> for PageBytes<WIDTH> {
	fn get() -> u32 {
		WIDTH.saturating_mul(PAGE_ROWS)
	}
}

/// Why a cell could not be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PageError {
	/// The slot is 64 or more, or the cell is wider than the page allows.
	OutOfPage,
}

/// A value with a fixed width in a column.
pub trait Cell: Sized {
	/// Bytes of every cell.
	const WIDTH: usize;
	/// Writes the value to `cell`, which is `WIDTH` bytes long.
	fn write(&self, cell: &mut [u8]);
	/// Reads the value from `cell`, which is `WIDTH` bytes long; `None` when the cell is empty.
	fn read(cell: &[u8]) -> Option<Self>;
}

/// The page that holds `row`.
pub const fn page_of(row: LenderIndex) -> PageIndex {
	row / PAGE_ROWS
}

/// The position of `row` within its page.
pub const fn slot_of(row: LenderIndex) -> u32 {
	row % PAGE_ROWS
}

/// The cell at `slot`, of `width` bytes; `None` beyond the last cell written.
pub fn cell(page: &[u8], slot: u32, width: usize) -> Option<&[u8]> {
	let start = (slot as usize).checked_mul(width)?;
	page.get(start..start.checked_add(width)?)
}

/// The cell at `slot` for writing; the page grows with zeros to hold it.
pub fn cell_mut<const WIDTH: u32>(
	page: &mut Page<WIDTH>,
	slot: u32,
	width: usize,
) -> Result<&mut [u8], PageError> {
	if slot >= PAGE_ROWS || width > WIDTH as usize {
		return Err(PageError::OutOfPage);
	}
	let start = (slot as usize).saturating_mul(width);
	let end = start.saturating_add(width);
	if page.len() < end {
		page.try_grow(end)?;
	}
	page.get_mut(start..end).ok_or(PageError::OutOfPage)
}

/// Reads the value at `slot`; `None` when it was never written or reads as empty.
pub fn read<C: Cell>(page: &[u8], slot: u32) -> Option<C> {
	cell(page, slot, C::WIDTH).and_then(C::read)
}

/// Writes `value` at `slot`.
pub fn write<C: Cell, const WIDTH: u32>(
	page: &mut Page<WIDTH>,
	slot: u32,
	value: &C,
) -> Result<(), PageError> {
	value.write(cell_mut(page, slot, C::WIDTH)?);
	Ok(())
}

trait TryGrow {
	fn try_grow(&mut self, len: usize) -> Result<(), PageError>;
}

impl<const WIDTH: u32> TryGrow for Page<WIDTH> {
	fn try_grow(&mut self, len: usize) -> Result<(), PageError> {
		if len > Self::bound() {
			return Err(PageError::OutOfPage);
		}
		self.bounded_resize(len, 0);
		Ok(())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[derive(Debug, PartialEq)]
	struct Pair(u8, u8);

	impl Cell for Pair {
		const WIDTH: usize = 2;
		fn write(&self, cell: &mut [u8]) {
			cell.copy_from_slice(&[self.0, self.1]);
		}
		fn read(cell: &[u8]) -> Option<Self> {
			match *cell {
				[0, 0] => None,
				[a, b] => Some(Self(a, b)),
				_ => None,
			}
		}
	}

	#[test]
	fn rows_63_and_64_lie_on_neighbouring_pages() {
		assert_eq!((page_of(63), slot_of(63)), (0, 63));
		assert_eq!((page_of(64), slot_of(64)), (1, 0));
	}

	#[test]
	fn a_page_grows_to_the_last_cell_written_and_no_further() {
		let mut page = Page::<2>::default();
		write(&mut page, 3, &Pair(7, 8)).unwrap();
		assert_eq!(page.len(), 8);
		assert_eq!(read::<Pair>(&page, 3), Some(Pair(7, 8)));
		assert_eq!(read::<Pair>(&page, 2), None);
		assert_eq!(read::<Pair>(&page, 4), None);
		write(&mut page, 63, &Pair(1, 1)).unwrap();
		assert_eq!(page.len(), 128);
	}

	#[test]
	fn a_cell_outside_the_page_is_refused_and_changes_nothing() {
		let mut page = Page::<2>::default();
		assert_eq!(write(&mut page, 64, &Pair(1, 1)), Err(PageError::OutOfPage));
		assert!(cell_mut(&mut page, 0, 3).is_err());
		assert!(page.is_empty());
	}

	#[test]
	fn writing_one_cell_leaves_its_neighbours_alone() {
		let mut page = Page::<2>::default();
		for slot in 0..PAGE_ROWS {
			write(&mut page, slot, &Pair(slot as u8 + 1, 9)).unwrap();
		}
		write(&mut page, 10, &Pair(200, 201)).unwrap();
		for slot in 0..PAGE_ROWS {
			let expected = if slot == 10 { Pair(200, 201) } else { Pair(slot as u8 + 1, 9) };
			assert_eq!(read::<Pair>(&page, slot), Some(expected));
		}
	}
}
