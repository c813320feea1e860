//! A CSV file as named cells with their lines.

use super::{
	encoding::{decode, TextEncoding},
	problem::{Note, Problem, Reason},
	Problems,
};
use csv::{Position, ReaderBuilder, StringRecord};

/// A column, by its name in English and in Chinese.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
	/// As in `document_number`.
	pub name: &'static str,
	/// As in 证件号码.
	pub chinese: &'static str,
}

const fn column(name: &'static str, chinese: &'static str) -> Column {
	Column { name, chinese }
}

/// The columns of a platform's export, in any order.
pub const COLUMNS: [Column; 8] = [
	column("document_type", "证件类型"),
	column("document_number", "证件号码"),
	column("name", "姓名"),
	column("phone", "手机号"),
	column("recharge", "充值金额"),
	column("withdrawal", "提现金额"),
	column("outstanding_principal", "待收本金"),
	column("class", "类别"),
];

/// The cells of a line, in the order of the columns asked for.
pub(crate) struct Row {
	pub line: u64,
	pub cells: Vec<String>,
}

/// A file whose shape was checked; the cells were not.
pub(crate) struct Table {
	pub rows: Vec<Row>,
	pub problems: Vec<Problem>,
	pub notes: Vec<Note>,
}

/// Reads the cells of `columns`. Fails when the file has no table at all; what is wrong with single
/// lines is told beside the good ones.
pub(crate) fn read(
	bytes: &[u8],
	encoding: TextEncoding,
	columns: &[Column],
) -> Result<Table, Problems> {
	let (text, mut notes) = decode(bytes, encoding).map_err(|problem| Problems(vec![problem]))?;
	let mut reader =
		ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
	let mut records = reader.records().map(|record| {
		// The text is valid and read from memory: nothing else can go wrong.
		record.expect("a CSV reader accepts every line of a valid text")
	});
	let header = records.next().ok_or_else(|| one(None, Reason::EmptyFile))?;
	let header_line = line_of(&text, &header);
	let places = places(&header, columns).map_err(|reason| one(Some(header_line), reason))?;
	notes.extend(ignored(&header, &places, header_line));

	let mut table = Table { rows: Vec::new(), problems: Vec::new(), notes };
	for record in records {
		let line = line_of(&text, &record);
		match cells(&record, header.len(), &places, columns) {
			Ok(cells) => table.rows.push(Row { line, cells }),
			Err(reasons) => table
				.problems
				.extend(reasons.into_iter().map(|reason| Problem { line: Some(line), reason })),
		}
	}
	Ok(table)
}

/// Gives what was `read` of a file when nothing is wrong with it, else every problem in the order of its
/// lines. A file without rows is a problem of its own.
pub(crate) fn all_or_nothing<T>(
	rows: &[Row],
	mut problems: Vec<Problem>,
	read: T,
) -> Result<T, Problems> {
	if rows.is_empty() && problems.is_empty() {
		return Err(one(None, Reason::NoLenders));
	}
	problems.sort_by_key(|problem| problem.line);
	match problems.is_empty() {
		true => Ok(read),
		false => Err(Problems(problems)),
	}
}

fn one(line: Option<u64>, reason: Reason) -> Problems {
	Problems(vec![Problem { line, reason }])
}

/// Where each column stands.
fn places(header: &StringRecord, columns: &[Column]) -> Result<Vec<usize>, Reason> {
	if header.len() == 1 {
		let only = header.get(0).unwrap_or_default();
		let separators =
			[(';', "semicolons"), ('\t', "tabs"), ('，', "full-width commas"), ('|', "bars")];
		if let Some((_, name)) =
			separators.into_iter().find(|(separator, _)| only.contains(*separator))
		{
			return Err(Reason::Separator(name));
		}
	}
	let mut places = Vec::with_capacity(columns.len());
	let mut missing = Vec::new();
	for column in columns {
		let mut found = header
			.iter()
			.enumerate()
			.filter(|(_, title)| is_title(title, column))
			.map(|(place, _)| place);
		match (found.next(), found.next()) {
			(Some(place), None) => places.push(place),
			(Some(_), Some(_)) => return Err(Reason::RepeatedColumn(column.name)),
			(None, _) => missing.push(format!("{} ({})", column.name, column.chinese)),
		}
	}
	match missing.is_empty() {
		true => Ok(places),
		false => Err(Reason::MissingColumns(missing.join(", "))),
	}
}

fn is_title(title: &str, column: &Column) -> bool {
	let title = title.trim();
	title == column.chinese || title.to_lowercase().replace([' ', '-'], "_") == column.name
}

fn ignored(header: &StringRecord, places: &[usize], line: u64) -> Option<Note> {
	let count = (0..header.len()).filter(|place| !places.contains(place)).count();
	(count > 0)
		.then(|| Note { line, text: format!("left out {count} columns that are not needed") })
}

fn cells(
	record: &StringRecord,
	expected: usize,
	places: &[usize],
	columns: &[Column],
) -> Result<Vec<String>, Vec<Reason>> {
	let mut reasons = Vec::new();
	let cells: Vec<String> = places
		.iter()
		.zip(columns)
		.filter_map(|(place, column)| {
			let cell = record.get(*place)?;
			if cell.contains(['\n', '\r']) {
				reasons.push(Reason::LineBreak(column.name));
			} else if cell.chars().any(is_invisible) {
				reasons.push(Reason::Invisible(column.name));
			}
			Some(cell.trim().to_string())
		})
		.collect();
	if record.len() != expected {
		reasons.insert(0, Reason::Cells { found: record.len(), expected });
	}
	match reasons.is_empty() {
		true => Ok(cells),
		false => Err(reasons),
	}
}

/// A tab at the end of a cell is how exports keep a spreadsheet from shortening a number.
fn is_invisible(c: char) -> bool {
	(c.is_control() && c != '\t')
		|| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
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
