//! Cells of the columns asked for, cleaned of what programs write around a value.

use super::{
	clean::{is_error, is_invisible, is_placeholder, name, unquoted, Name},
	columns::{Column, Content, Place, Unit},
	sheet::Cell,
	table::Row,
	Reason,
};
use crate::amount::{parse_yuan, AmountError};
use winddown_primitives::Fen;

/// Digits of a double that are true.
const TRUE_DIGITS: usize = 15;

/// A cell of a column asked for.
#[derive(Default)]
pub(super) struct Value {
	/// Cleaned; empty when there is nothing.
	pub text: String,
	/// The line where it stands: an earlier one for what is merged.
	pub line: u64,
	/// What the cell shows, when that is less: rounded to this power of ten.
	pub shown_to: Option<i8>,
	/// Whether what is wrong with it was told already.
	pub is_bad: bool,
	/// What one of its numbers stands for.
	pub unit: Unit,
}

impl Value {
	/// Whether the cell is a part of a merged cell that begins on an earlier line.
	pub fn is_continued(&self, row: &Row) -> bool {
		self.line != 0 && self.line < row.line
	}

	/// The amount, in the unit of its column.
	pub fn amount(&self) -> Result<Fen, AmountError> {
		match self.unit {
			Unit::Yuan => parse_yuan(&self.text),
			Unit::TenThousandYuan if self.text.is_empty() => Err(AmountError::Empty),
			Unit::TenThousandYuan => parse_yuan(&format!("{}万", self.text)),
			// What is read as whole yuan are whole fen.
			Unit::Fen => match parse_yuan(&self.text)? {
				hundredfold if hundredfold.is_multiple_of(100) => Ok(hundredfold / 100),
				_ => Err(AmountError::TooPrecise),
			},
		}
	}
}

/// Reads a cell; gives whether a name was brought to another spelling.
pub(super) fn fill(
	value: &mut Value,
	cell: &Cell<'_>,
	column: &Column,
	place: &Place,
	line: u64,
) -> Result<bool, Reason> {
	value.text.clear();
	match cell {
		Cell::Empty => Ok(false),
		Cell::Text(text) => fill_text(value, text, column),
		Cell::Number { value: number, shown_to } => {
			value.text = decimal(*number);
			value.shown_to = *shown_to;
			let digits = value.text.bytes().filter(u8::is_ascii_digit).count();
			match digits > TRUE_DIGITS && column.content != Content::Phone {
				true => Err(Reason::NumberCell { cell: address(place.at, line) }),
				false => Ok(false),
			}
		}
		Cell::Date => Err(Reason::Date(column.name)),
		Cell::Error => Err(Reason::FormulaError(column.name)),
		Cell::Uncomputed => Err(Reason::Uncomputed(column.name)),
		// The merged cell begins on a line that was left out, or is a title.
		Cell::Below(first) => Err(Reason::BelowMerged { above: Some(*first) }),
	}
}

fn fill_text(value: &mut Value, text: &str, column: &Column) -> Result<bool, Reason> {
	if text.contains(['\n', '\r']) {
		return Err(Reason::LineBreak(column.name));
	}
	if text.chars().any(is_invisible) {
		return Err(Reason::Invisible(column.name));
	}
	let text = unquoted(text);
	if is_error(text) {
		return Err(Reason::FormulaError(column.name));
	}
	if is_placeholder(text) {
		return match column.content {
			Content::Mark => Ok(false),
			_ => Err(Reason::Placeholder(column.name)),
		};
	}
	if column.content == Content::Name && !text.is_empty() {
		match name(text) {
			Name::Same => (),
			Name::Spelled(spelled) => {
				value.text = spelled;
				return Ok(true);
			}
			Name::Unreadable => return Err(Reason::UnreadableName),
			Name::Letterless => return Err(Reason::NoName),
		}
	}
	value.text.push_str(text);
	Ok(false)
}

/// The true digits of a double, without an exponent: 12345.67 for 12345.669999999998.
fn decimal(value: f64) -> String {
	let exact = format!("{value:.*e}", TRUE_DIGITS - 1);
	let rounded: f64 = exact.parse().unwrap_or(value);
	format!("{rounded}")
}

/// As in B17.
fn address(column: usize, line: u64) -> String {
	let (mut letters, mut left) = (Vec::new(), column + 1);
	while left > 0 {
		left -= 1;
		letters.push(char::from(b'A' + (left % 26) as u8));
		left /= 26;
	}
	letters.iter().rev().collect::<String>() + &line.to_string()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_double_is_written_with_its_true_digits() {
		for (double, text) in [
			(12345.67, "12345.67"),
			(0.1 + 0.2, "0.3"),
			(8000.0, "8000"),
			(1234567890123.45, "1234567890123.45"),
			(440301199001010119.0, "440301199001010000"),
			(-0.5, "-0.5"),
		] {
			assert_eq!(decimal(double), text);
		}
	}

	#[test]
	fn a_cell_is_named_as_spreadsheets_name_it() {
		assert_eq!(address(0, 1), "A1");
		assert_eq!(address(25, 17), "Z17");
		assert_eq!(address(26, 2), "AA2");
		assert_eq!(address(16_383, 3), "XFD3");
	}
}
