//! How a sheet looks: what is hidden, what is merged, and what each number shows. The reader of values does
//! not tell it.

use super::parts::{attribute, broken, event, is_set, Parts};
use crate::roll::{
	sheet::{
		format::{self, Shown},
		layout::Layout,
	},
	Problem,
};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// Columns of a sheet, at most.
const MAX_COLUMNS: u32 = 16_384;

/// Beside the layout, the cells whose number shows less than itself, in the order of the file.
pub(super) struct Look {
	pub layout: Layout,
	pub shown: Vec<(u32, u32, Shown)>,
}

/// Looks at a sheet.
pub(super) fn look(parts: &mut Parts<'_>, sheet: &str) -> Result<Look, Problem> {
	let formats = formats(parts)?;
	let path = parts.sheet(sheet)?;
	let mut xml = parts.part(&path)?.ok_or_else(broken)?;
	let mut look = Look { layout: Layout::default(), shown: Vec::new() };
	let mut place = Place::default();
	let mut buffer = Vec::new();
	loop {
		match event(&mut xml, &mut buffer)? {
			Event::Start(element) => match element.local_name().as_ref() {
				b"c" => place.cell(&element, &formats, &mut look.shown),
				b"row" => place.row(&element, &mut look.layout),
				b"sheetFormatPr" => place.rows_are_hidden = is_set(&element, b"zeroHeight"),
				b"col" => columns(&element, &mut look.layout),
				b"mergeCell" => merge(&element, &mut look.layout),
				_ => (),
			},
			Event::End(element) if element.local_name().as_ref() == b"row" => place.end_row(),
			Event::Eof => break,
			_ => (),
		}
	}
	look.layout.merges.sort();
	Ok(look)
}

/// What the cells of each style show.
fn formats(parts: &mut Parts<'_>) -> Result<Vec<Shown>, Problem> {
	let (mut codes, mut styles, mut is_of_cells) = (HashMap::new(), Vec::new(), false);
	parts.each_element(&parts.within("styles.xml"), |element| {
		let number = |name| attribute(element, name).and_then(|id| id.parse::<u32>().ok());
		match element.local_name().as_ref() {
			b"numFmt" => {
				if let (Some(id), Some(code)) =
					(number(b"numFmtId"), attribute(element, b"formatCode"))
				{
					codes.insert(id, format::custom(&code));
				}
			}
			b"cellXfs" => is_of_cells = true,
			b"cellStyleXfs" | b"cellStyles" | b"dxfs" => is_of_cells = false,
			b"xf" if is_of_cells => {
				let id = number(b"numFmtId").unwrap_or_default();
				styles.push(codes.get(&id).copied().unwrap_or_else(|| format::built_in(id)));
			}
			_ => (),
		}
	})?;
	Ok(styles)
}

/// Where the reading of a sheet stands; a place that is not written follows the one before.
#[derive(Default)]
struct Place {
	row: u32,
	column: u32,
	rows_are_hidden: bool,
}

impl Place {
	fn row(&mut self, element: &BytesStart<'_>, layout: &mut Layout) {
		let (mut hidden, mut height) = (self.rows_are_hidden, None);
		for attribute in element.attributes().with_checks(false).flatten() {
			match attribute.key.local_name().as_ref() {
				b"r" => {
					self.row =
						number(&attribute.value).map_or(self.row, |row| row.saturating_sub(1))
				}
				b"hidden" => hidden = matches!(&*attribute.value, b"1" | b"true" | b"on"),
				b"ht" => height = Some(is_zero(&attribute.value)),
				_ => (),
			}
		}
		if hidden || height == Some(true) {
			layout.hidden_rows.insert(self.row);
		}
	}

	fn end_row(&mut self) {
		self.row += 1;
		self.column = 0;
	}

	fn cell(
		&mut self,
		element: &BytesStart<'_>,
		formats: &[Shown],
		shown: &mut Vec<(u32, u32, Shown)>,
	) {
		let mut format = None;
		for attribute in element.attributes().with_checks(false).flatten() {
			match attribute.key.as_ref() {
				b"r" => {
					if let Some((row, column)) = address(&attribute.value) {
						(self.row, self.column) = (row, column);
					}
				}
				b"s" => format = number(&attribute.value).and_then(|at| formats.get(at as usize)),
				_ => (),
			}
		}
		if let Some(format) = format.filter(|format| **format != Shown::Whole) {
			shown.push((self.row, self.column, *format));
		}
		self.column += 1;
	}
}

fn columns(element: &BytesStart<'_>, layout: &mut Layout) {
	let number = |name| attribute(element, name).and_then(|at| at.parse::<u32>().ok());
	let is_narrow = attribute(element, b"width").is_some_and(|width| is_zero(width.as_bytes()));
	if !is_narrow && !is_set(element, b"hidden") {
		return;
	}
	if let (Some(first), Some(last)) = (number(b"min"), number(b"max")) {
		let last = last.min(MAX_COLUMNS);
		layout.hidden_columns.push((first.saturating_sub(1), last.saturating_sub(1)));
	}
}

fn merge(element: &BytesStart<'_>, layout: &mut Layout) {
	let range = attribute(element, b"ref").unwrap_or_default();
	let Some((first, last)) = range.split_once(':') else { return };
	if let (Some(first), Some(last)) = (address(first.as_bytes()), address(last.as_bytes())) {
		layout.merges.add((first.0, last.0), (first.1, last.1));
	}
}

fn is_zero(number: &[u8]) -> bool {
	std::str::from_utf8(number).ok().and_then(|text| text.parse::<f64>().ok()) == Some(0.0)
}

/// A number from 1, such as that of a row.
fn number(digits: &[u8]) -> Option<u32> {
	std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Row and column from 0 of an address such as `B17`.
fn address(address: &[u8]) -> Option<(u32, u32)> {
	let letters = address.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
	let column = address[..letters].iter().try_fold(0_u32, |column, letter| {
		let digit = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
		column.checked_mul(26)?.checked_add(digit).filter(|column| *column <= MAX_COLUMNS)
	})?;
	Some((number(&address[letters..])?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_address_is_a_row_and_a_column() {
		assert_eq!(address(b"A1"), Some((0, 0)));
		assert_eq!(address(b"B17"), Some((16, 1)));
		assert_eq!(address(b"XFD1048576"), Some((1_048_575, 16_383)));
		for none in [&b""[..], b"A", b"1", b"A0", b"ZZZZZ1", b"XFE1"] {
			assert_eq!(address(none), None);
		}
	}
}
