use super::{Cell, Outlet};
use crate::roll::{Problem, Reason};
use csv::{Position, ReaderBuilder, StringRecord};
use std::borrow::Cow;

/// Lines that are looked at for their separator.
const PROBED: usize = 20;

/// Hands over the lines of a text whose cells are separated by commas, or by tabs as spreadsheets write
/// "Unicode text".
pub(super) fn read(text: &str, outlet: &mut Outlet<'_>) -> Result<(), Problem> {
	let mut reader = ReaderBuilder::new()
		.has_headers(false)
		.flexible(true)
		.delimiter(separator(text)?)
		.from_reader(text.as_bytes());
	let mut record = StringRecord::new();
	// The text is valid and read from memory: nothing else can go wrong.
	while reader.read_record(&mut record).expect("a CSV reader accepts every line of a valid text")
	{
		let cells: Vec<Cell<'_>> =
			record.iter().map(|cell| Cell::Text(Cow::Borrowed(cell))).collect();
		outlet.line(line_of(text, &record), &cells);
	}
	Ok(())
}

/// A comma, unless the first lines have more tabs than commas. Others are told and not read: a comma may be
/// the decimal point there.
fn separator(text: &str) -> Result<u8, Problem> {
	let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(PROBED);
	let most = |separator: char| {
		lines().map(|line| line.matches(separator).count()).max().unwrap_or_default()
	};
	let commas = most(',');
	if most('\t') > commas {
		return Ok(b'\t');
	}
	let others = [(';', "semicolons"), ('，', "full-width commas"), ('|', "bars")];
	match others.into_iter().find(|(other, _)| most(*other) > commas + 1) {
		Some((_, name)) => {
			let line = text.lines().position(|line| !line.trim().is_empty());
			let line = line.map(|line| line as u64 + 1);
			Err(Problem { line, reason: Reason::Separator(name) })
		}
		None => Ok(b','),
	}
}

/// The line on which a record begins. The reader's own count stands at the blank lines before it.
fn line_of(text: &str, record: &StringRecord) -> u64 {
	let start = record.position().map_or((1, 0), |at: &Position| (at.line(), at.byte()));
	let blank = text.as_bytes()[start.1 as usize..]
		.iter()
		.take_while(|byte| matches!(byte, b'\n' | b'\r'))
		.filter(|byte| **byte == b'\n')
		.count();
	start.0 + blank as u64
}
