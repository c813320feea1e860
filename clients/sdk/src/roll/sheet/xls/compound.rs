//! The stream of a workbook within a compound file (MS-CFB). Nothing in it is trusted: a chain that leads outside or
//! around in a circle ends the reading.

/// Sectors that the header itself lists.
const LISTED: usize = 109;
/// From here on a number of a sector means "no further one".
const LAST: u32 = 0xffff_fff0;
const ENTRY: usize = 128;

struct Compound<'b> {
	bytes: &'b [u8],
	sector: usize,
	next: Vec<u32>,
}

/// The bytes of the workbook; `None` when the file is not whole.
pub(super) fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
	let shift = u32::from(u16_at(bytes, 0x1e)?);
	let sector = 1_usize.checked_shl(shift).filter(|size| (128..=65_536).contains(size))?;
	let mut file = Compound { bytes, sector, next: Vec::new() };
	file.next = file.table()?;
	let directory = file.chain(u32_at(bytes, 0x30)?)?;
	let entries = || directory.chunks_exact(ENTRY);
	let book =
		entries().find(|entry| ["Workbook", "Book"].into_iter().any(|n| is_named(entry, n)))?;
	let (start, size) = (u32_at(book, 0x74)?, u32_at(book, 0x78)? as usize);
	let cutoff = u32_at(bytes, 0x38)? as usize;
	let mut stream = match size >= cutoff {
		true => file.chain(start)?,
		false => {
			let root = entries().next()?;
			file.small(start, u32_at(root, 0x74)?, u32_at(bytes, 0x3c)?)?
		}
	};
	stream.truncate(size);
	Some(stream)
}

impl<'b> Compound<'b> {
	/// For each sector the one after it.
	fn table(&self) -> Option<Vec<u32>> {
		let mut sectors: Vec<u32> =
			(0..LISTED).filter_map(|at| u32_at(self.bytes, 0x4c + 4 * at)).collect();
		let mut further = u32_at(self.bytes, 0x44)?;
		// A file has no more sectors than bytes.
		for _ in 0..self.bytes.len() / self.sector {
			if further >= LAST {
				break;
			}
			let list = numbers(self.sector(further)?);
			let (next, listed) = list.split_last()?;
			sectors.extend(listed);
			further = *next;
		}
		let mut table = Vec::new();
		for sector in sectors.into_iter().filter(|sector| *sector < LAST) {
			table.extend(numbers(self.sector(sector)?));
		}
		Some(table)
	}

	fn sector(&self, number: u32) -> Option<&'b [u8]> {
		let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
		let whole = start..start.checked_add(self.sector)?;
		// The last one may be cut short.
		self.bytes.get(whole).or_else(|| self.bytes.get(start..).filter(|rest| !rest.is_empty()))
	}

	/// The sectors of a chain, one after the other.
	fn chain(&self, start: u32) -> Option<Vec<u8>> {
		let mut stream = Vec::new();
		let mut sector = start;
		for _ in 0..=self.next.len() {
			if sector >= LAST {
				return Some(stream);
			}
			stream.extend_from_slice(self.sector(sector)?);
			sector = *self.next.get(sector as usize)?;
		}
		None
	}

	/// A stream in small sectors of 64 bytes, which lie in the stream of the root.
	fn small(&self, start: u32, root: u32, table: u32) -> Option<Vec<u8>> {
		const SMALL: usize = 64;
		let (within, next) = (self.chain(root)?, numbers(&self.chain(table)?));
		let (mut stream, mut sector) = (Vec::new(), start);
		for _ in 0..=next.len() {
			if sector >= LAST {
				return Some(stream);
			}
			let start = (sector as usize).checked_mul(SMALL)?;
			stream.extend_from_slice(within.get(start..start + SMALL)?);
			sector = *next.get(sector as usize)?;
		}
		None
	}
}

fn is_named(entry: &[u8], name: &str) -> bool {
	let mut wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
	wanted.extend([0, 0]);
	entry.starts_with(&wanted)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
	bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
	Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
	Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
