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

/// Widest cell of a column, in bytes.
pub const MAX_CELL: usize = 128;

// The encoding of a page then begins with a compact length of one or two bytes.
const _: () = assert!(PAGE_ROWS as usize * MAX_CELL < 1 << 14);

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

/// Where `row` comes in the trie of a column. Rows sorted by it lie on one page after the other along
/// the trie, so that one finds most of its way where the row before it went.
pub const fn trie_order(row: LenderIndex) -> ([u8; 4], u32) {
	(page_of(row).to_le_bytes(), slot_of(row))
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

/// Reads the value at `slot` of the page that is stored under the key `stored`, fetching nothing
/// but its cell; `None` when it was never written or reads as empty.
///
/// A stored page begins with its compact length, one byte below 64 bytes and two from there on.
/// The length of the whole tells which of the two it is, so that one host call does.
pub fn read_stored<C: Cell>(stored: &[u8], slot: u32) -> Option<C> {
	const { assert!(C::WIDTH > 0 && C::WIDTH <= MAX_CELL) };
	if slot >= PAGE_ROWS {
		return None;
	}
	let from = (slot as usize).checked_mul(C::WIDTH)?.checked_add(1)?;
	let mut buffer = [0; MAX_CELL + 1];
	let window = buffer.get_mut(..=C::WIDTH)?;
	let beyond = sp_io::storage::read(stored, window, u32::try_from(from).ok()?)? as usize;
	let short = from.checked_add(beyond)? <= 64;
	let cell = if short { 0..C::WIDTH } else { 1..C::WIDTH.checked_add(1)? };
	if beyond < cell.end {
		return None;
	}
	C::read(window.get(cell)?)
}

/// The key under which a map that hashes its keys by `Identity` keeps the value of `first` and
/// `second`; a map with one key has an empty `second`.
///
/// It is what `hashed_key_for` gives, without the ten host calls that making a key there takes.
pub fn identity_key<const FIRST: usize, const SECOND: usize, const KEY: usize>(
	prefix: [u8; 32],
	first: [u8; FIRST],
	second: [u8; SECOND],
) -> [u8; KEY] {
	const { assert!(KEY == 32 + FIRST + SECOND) };
	let mut key = [0; KEY];
	let bytes = prefix.into_iter().chain(first).chain(second);
	key.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
	key
}

/// The key of the page with `row` in a column, under `prefix`, that hashes its keys by `Identity`;
/// `table` is the case or the poll.
pub fn page_key(prefix: [u8; 32], table: u32, row: LenderIndex) -> [u8; 40] {
	identity_key(prefix, table.to_le_bytes(), page_of(row).to_le_bytes())
}

/// Bytes of a stored page with cells of `width` bytes, its compact length included.
pub const fn stored_bytes(width: usize) -> usize {
	LENGTH_BYTES + PAGE_ROWS as usize * width
}

/// Changes the cell at `slot` of the page that is stored under the key `stored`, and stores the
/// page when `change` succeeds. The page grows with zeros to hold the cell.
///
/// `BYTES` is at least [`stored_bytes`] of `width`, which is all the memory that this takes: one
/// host call reads the page, one writes it, and nothing is decoded or allocated in between.
pub fn change_stored<const BYTES: usize, R, E: From<PageError>>(
	stored: &[u8],
	slot: u32,
	width: usize,
	change: impl FnOnce(&mut [u8]) -> Result<R, E>,
) -> Result<R, E> {
	let mut bytes = [0; BYTES];
	let page = bytes.get_mut(..stored_bytes(width)).ok_or(PageError::OutOfPage)?;
	let length = read_page(stored, page)?;
	let start = (slot as usize).saturating_mul(width).saturating_add(LENGTH_BYTES);
	let end = start.saturating_add(width);
	let changed = change(page.get_mut(start..end).ok_or(PageError::OutOfPage)?)?;
	write_page(stored, page, length.max(end.saturating_sub(LENGTH_BYTES)))?;
	Ok(changed)
}

/// Bytes of the compact length of a page of 64 bytes or more.
const LENGTH_BYTES: usize = 2;

/// Reads a stored page so that its cells begin after [`LENGTH_BYTES`]; the length of its cells.
fn read_page(stored: &[u8], page: &mut [u8]) -> Result<usize, PageError> {
	let found = sp_io::storage::read(stored, page, 0).unwrap_or_default() as usize;
	if found > page.len() {
		return Err(PageError::OutOfPage);
	}
	// Below 64 bytes the length takes one byte.
	if (1..=64).contains(&found) {
		page.copy_within(1..found, LENGTH_BYTES);
		return Ok(found.saturating_sub(1));
	}
	Ok(found.saturating_sub(LENGTH_BYTES))
}

/// Stores a page with `length` bytes of cells, which begin after [`LENGTH_BYTES`].
fn write_page(stored: &[u8], page: &mut [u8], length: usize) -> Result<(), PageError> {
	let compact = u16::try_from(length).map_err(|_| PageError::OutOfPage)?.saturating_mul(4);
	let from = match length {
		..64 => {
			let [short, _] = compact.to_le_bytes();
			*page.get_mut(1).ok_or(PageError::OutOfPage)? = short;
			1
		}
		_ => {
			let long = page.first_chunk_mut::<LENGTH_BYTES>().ok_or(PageError::OutOfPage)?;
			*long = compact.saturating_add(1).to_le_bytes();
			0
		}
	};
	let end = length.saturating_add(LENGTH_BYTES);
	sp_io::storage::set(stored, page.get(from..end).ok_or(PageError::OutOfPage)?);
	Ok(())
}

/// Splits consecutive rows, the first of which is `first`, at the borders of pages: for every page
/// its number, the slot at which its part begins, and that part.
pub fn by_page<R>(first: LenderIndex, rows: &[R]) -> impl Iterator<Item = (PageIndex, u32, &[R])> {
	let room = PAGE_ROWS.saturating_sub(slot_of(first)) as usize;
	let (head, tail) = rows.split_at(room.min(rows.len()));
	let head = core::iter::once((page_of(first), slot_of(first), head));
	let tail = tail.chunks(PAGE_ROWS as usize);
	let pages = page_of(first).saturating_add(1)..;
	head.filter(|(_, _, rows)| !rows.is_empty())
		.chain(pages.zip(tail).map(|(page, rows)| (page, 0, rows)))
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

	#[derive(Debug, PartialEq)]
	struct Wide<const W: usize>([u8; W]);

	impl<const W: usize> Cell for Wide<W> {
		const WIDTH: usize = W;
		fn write(&self, cell: &mut [u8]) {
			cell.copy_from_slice(&self.0);
		}
		fn read(cell: &[u8]) -> Option<Self> {
			cell.try_into().ok().filter(|bytes| bytes != &[0; W]).map(Self)
		}
	}

	/// Stores pages of every length and asks for every slot, also for those beyond the end.
	fn stored_cells_read_as_those_of_the_decoded_page<const W: usize, const PAGE: u32>() {
		sp_io::TestExternalities::default().execute_with(|| {
			assert_eq!(read_stored::<Wide<W>>(b"column", 0), None, "nothing is stored");
			let mut page = Page::<PAGE>::default();
			for last in 0..PAGE_ROWS {
				write(&mut page, last, &Wide([last as u8 + 1; W])).unwrap();
				sp_io::storage::set(b"column", &codec::Encode::encode(&page));
				for slot in 0..PAGE_ROWS + 2 {
					let expected = (slot <= last).then_some(Wide([slot as u8 + 1; W]));
					assert_eq!(read_stored::<Wide<W>>(b"column", slot), expected, "{slot}/{last}");
				}
			}
		});
	}

	#[test]
	fn a_cell_is_read_from_storage_at_its_offset_whatever_the_length_of_its_page() {
		stored_cells_read_as_those_of_the_decoded_page::<1, 1>();
		stored_cells_read_as_those_of_the_decoded_page::<8, 8>();
		stored_cells_read_as_those_of_the_decoded_page::<17, 17>();
		stored_cells_read_as_those_of_the_decoded_page::<32, 32>();
		stored_cells_read_as_those_of_the_decoded_page::<63, 63>();
		stored_cells_read_as_those_of_the_decoded_page::<64, 64>();
		stored_cells_read_as_those_of_the_decoded_page::<128, 128>();
	}

	#[test]
	fn rows_in_the_order_of_the_trie_have_ascending_page_keys() {
		let mut rows: Vec<u32> = (0..100_000).step_by(37).collect();
		rows.sort_by_key(|row| trie_order(*row));
		assert!(rows.is_sorted_by_key(|row| (page_key([0; 32], 7, *row), slot_of(*row))));
	}

	#[test]
	fn consecutive_rows_are_split_at_the_borders_of_pages() {
		let rows: Vec<u32> = (0..200).collect();
		let split = |first: u32, count: usize| {
			by_page(first, &rows[..count])
				.map(|(page, slot, part)| (page, slot, part.len(), part[0]))
				.collect::<Vec<_>>()
		};
		assert_eq!(split(0, 64), [(0, 0, 64, 0)]);
		assert_eq!(split(0, 65), [(0, 0, 64, 0), (1, 0, 1, 64)]);
		assert_eq!(split(63, 1), [(0, 63, 1, 0)]);
		assert_eq!(split(63, 2), [(0, 63, 1, 0), (1, 0, 1, 1)]);
		assert_eq!(split(64, 130), [(1, 0, 64, 0), (2, 0, 64, 64), (3, 0, 2, 128)]);
		assert_eq!(split(70, 0), []);
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
