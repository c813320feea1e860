//! How a sheet looks: what is hidden, and what each number shows (MS-XLS). The reader of values does not tell it.

use super::compound::{u16_at, u32_at};
use crate::roll::sheet::{
	format::{self, Shown},
	layout::Layout,
};
use std::collections::HashMap;

const EOF: u16 = 0x000a;
const FORMULA: u16 = 0x0006;
const COLINFO: u16 = 0x007d;
const BOUNDSHEET: u16 = 0x0085;
const MULRK: u16 = 0x00bd;
const XF: u16 = 0x00e0;
const NUMBER: u16 = 0x0203;
const ROW: u16 = 0x0208;
const RK: u16 = 0x027e;
const FORMAT: u16 = 0x041e;

/// Beside the layout, what cells show that do not show all of their number, by row and column.
#[derive(Default)]
pub(super) struct Look {
	pub layout: Layout,
	pub shown: HashMap<(u32, u32), Shown>,
}

/// Looks at the sheet of this place in the workbook's list.
pub(super) fn look(workbook: &[u8], sheet: usize) -> Option<Look> {
	let (mut codes, mut formats, mut starts) = (HashMap::new(), Vec::new(), Vec::new());
	for (kind, data) in records(workbook) {
		match kind {
			FORMAT => {
				if let Some((id, code)) = format_code(data) {
					codes.insert(id, format::custom(&code));
				}
			}
			XF => formats.push(u32::from(u16_at(data, 2)?)),
			BOUNDSHEET => starts.push(u32_at(data, 0)? as usize),
			EOF => break,
			_ => (),
		}
	}
	let shown = |id: &u32| codes.get(id).copied().unwrap_or_else(|| format::built_in(*id));
	let styles: Vec<Shown> = formats.iter().map(shown).collect();
	let mut look = Look::default();
	for (kind, data) in records(workbook.get(*starts.get(sheet)?..)?) {
		match kind {
			ROW => look.row(data)?,
			COLINFO => look.columns(data)?,
			NUMBER | RK | FORMULA => look.cell(data, 2, 4, &styles)?,
			MULRK => {
				let first = u16_at(data, 2)?;
				// Each number has six bytes: its style, and four for itself.
				let count = data.len().checked_sub(6)? / 6;
				for at in 0..count {
					let column = u32::from(first) + at as u32;
					look.style(u16_at(data, 0)?, column, u16_at(data, 4 + 6 * at)?, &styles);
				}
			}
			EOF => break,
			_ => (),
		}
	}
	Some(look)
}

impl Look {
	fn row(&mut self, data: &[u8]) -> Option<()> {
		const IS_HIDDEN: u16 = 0x20;
		if u16_at(data, 12)? & IS_HIDDEN != 0 {
			self.layout.hidden_rows.insert(u16_at(data, 0)?.into());
		}
		Some(())
	}

	fn columns(&mut self, data: &[u8]) -> Option<()> {
		let (first, last, width) = (u16_at(data, 0)?, u16_at(data, 2)?, u16_at(data, 4)?);
		if width == 0 || u16_at(data, 8)? & 1 != 0 {
			self.layout.hidden_columns.push((first.into(), last.into()));
		}
		Some(())
	}

	fn cell(&mut self, data: &[u8], column: usize, style: usize, styles: &[Shown]) -> Option<()> {
		let column = u16_at(data, column)?.into();
		self.style(u16_at(data, 0)?, column, u16_at(data, style)?, styles);
		Some(())
	}

	fn style(&mut self, row: u16, column: u32, style: u16, styles: &[Shown]) {
		if let Some(shown) = styles.get(usize::from(style)).filter(|shown| **shown != Shown::Whole)
		{
			self.shown.insert((row.into(), column), *shown);
		}
	}
}

/// The records of a stream, each by its kind.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
	let mut rest = stream;
	std::iter::from_fn(move || {
		let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
		let data = rest.get(4..4 + length)?;
		rest = &rest[4 + length..];
		Some((kind, data))
	})
}

/// Number and code of a format: a text of bytes or of pairs of bytes.
fn format_code(data: &[u8]) -> Option<(u32, String)> {
	let (id, length) = (u16_at(data, 0)?, usize::from(u16_at(data, 2)?));
	let is_wide = data.get(4)? & 1 != 0;
	let units: Vec<u16> = match is_wide {
		true => (0..length).map(|at| u16_at(data, 5 + 2 * at)).collect::<Option<_>>()?,
		false => data.get(5..5 + length)?.iter().map(|byte| u16::from(*byte)).collect(),
	};
	Some((id.into(), String::from_utf16_lossy(&units)))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::roll::sheet::xls::compound;
	use proptest::prelude::*;

	const FILE: &[u8] = include_bytes!("../../tests/lenders.xls");

	#[test]
	fn hidden_rows_and_columns_and_what_numbers_show_are_seen() {
		let Look { layout, shown } = look(&compound::workbook(FILE).unwrap(), 0).unwrap();
		assert_eq!(layout.hidden_rows.into_iter().collect::<Vec<_>>(), [3]);
		assert_eq!(layout.hidden_columns, [(3, 3)]);
		assert_eq!(shown.get(&(1, 6)), Some(&Shown::To(0)));
		assert_eq!(shown.get(&(3, 6)), None);
	}

	proptest! {
		#[test]
		fn whatever_a_damaged_file_says_the_look_at_it_ends(
			at in proptest::collection::vec((0..FILE.len(), any::<u8>()), 1..12), length in 0..FILE.len()
		) {
			let mut bytes = FILE.to_vec();
			for (at, byte) in at {
				bytes[at] = byte;
			}
			for bytes in [&bytes[..], &bytes[..length]] {
				if let Some(stream) = compound::workbook(bytes) {
					look(&stream, 0);
				}
			}
		}
	}
}
