//! Workbooks of Excel since 2007.

mod look;
mod parts;
#[cfg(test)]
pub(in crate::roll) mod written;

use super::{format::Shown, Cell, IsHead, Outlet};
use crate::roll::{Hidden, Note, Problem, Reading, Reason, Remark};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use look::Look;
use parts::{broken, Parts};
use std::{borrow::Cow, io::Cursor};

/// Rows of a sheet that are looked at for the names of columns.
const PROBED_ROWS: u32 = 20;

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Hands over the rows of the one sheet that names the columns looked for.
pub(super) fn read(
	bytes: &[u8],
	reading: &Reading,
	is_head: IsHead<'_>,
	outlet: &mut Outlet<'_>,
) -> Result<Vec<Note>, Problem> {
	let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| broken())?;
	let mut sheets = Vec::new();
	for sheet in workbook.sheets_metadata().to_vec() {
		if sheet.typ != SheetType::WorkSheet {
			continue;
		}
		let probe = probe(&mut workbook, &sheet.name, is_head)?;
		let is_hidden = sheet.visible != SheetVisible::Visible;
		sheets.push(Found { name: sheet.name, is_hidden, probe });
	}
	let name = choose(&sheets, reading, outlet)?;
	let look = look::look(&mut Parts::open(bytes)?, &name)?;
	rows(&mut workbook, &name, look, outlet)?;
	Ok(vec![Note::of(Remark::Sheet(name))])
}

/// A sheet of a workbook.
pub(super) struct Found {
	pub name: String,
	pub is_hidden: bool,
	pub probe: Probe,
}

/// What the first rows of a sheet hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Probe {
	Nothing,
	Something,
	/// The names of the columns looked for.
	Head,
}

/// The sheet to read: the one asked for, else the only one with the names of the columns, else the only
/// one with anything.
pub(super) fn choose(
	sheets: &[Found],
	reading: &Reading,
	outlet: &mut Outlet<'_>,
) -> Result<String, Problem> {
	for sheet in sheets.iter().filter(|sheet| sheet.is_hidden && sheet.probe != Probe::Nothing) {
		outlet.hidden_sheet(&sheet.name);
	}
	let problem = |reason| Problem { line: None, reason };
	if let Some(wanted) = &reading.sheet {
		let found = sheets.iter().find(|sheet| sheet.name == *wanted);
		let names = || sheets.iter().map(|sheet| sheet.name.clone()).collect();
		return match found {
			Some(sheet) => Ok(sheet.name.clone()),
			None => Err(problem(Reason::NoSheet(names()))),
		};
	}
	let open = |sheet: &&Found| !sheet.is_hidden || reading.hidden == Hidden::Read;
	let of = |probe: Probe| -> Vec<&Found> {
		sheets.iter().filter(open).filter(|sheet| sheet.probe == probe).collect()
	};
	let (heads, others) = (of(Probe::Head), of(Probe::Something));
	match (heads.as_slice(), others.as_slice()) {
		([one], _) | ([], [one, ..]) => Ok(one.name.clone()),
		([], []) => Err(problem(Reason::EmptyFile)),
		(several, _) => {
			let names = several.iter().map(|sheet| sheet.name.clone()).collect();
			Err(problem(Reason::SeveralSheets(names)))
		}
	}
}

fn probe(workbook: &mut Workbook<'_>, name: &str, is_head: IsHead<'_>) -> Result<Probe, Problem> {
	let mut reader = workbook.worksheet_cells_reader(name).map_err(|_| broken())?;
	let (mut cells, mut current, mut probe) = (Vec::new(), 0, Probe::Nothing);
	while let Some(cell) = reader.next_cell().map_err(|_| broken())? {
		let (row, column) = cell.get_position();
		if row != current {
			if is_head(&cells) {
				return Ok(Probe::Head);
			}
			cells.clear();
			current = row;
		}
		if row >= PROBED_ROWS {
			break;
		}
		put(&mut cells, column, content(cell.get_value(), None));
		if !cells.iter().all(Cell::is_blank) {
			probe = Probe::Something;
		}
	}
	Ok(if is_head(&cells) { Probe::Head } else { probe })
}

fn rows(
	workbook: &mut Workbook<'_>,
	name: &str,
	look: Look,
	outlet: &mut Outlet<'_>,
) -> Result<(), Problem> {
	let mut reader = workbook.worksheet_cells_reader(name).map_err(|_| broken())?;
	let (mut cells, mut current) = (Vec::new(), 0);
	let mut shown = look.shown.iter().peekable();
	while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|_| broken())? {
		let (row, column) = cell.pos;
		if row != current {
			outlet.row(current, &mut cells, &look.layout);
			current = row;
		}
		while shown.next_if(|(r, c, _)| (*r, *c) < (row, column)).is_some() {}
		let format = shown.next_if(|(r, c, _)| (*r, *c) == (row, column)).map(|(_, _, to)| *to);
		let content = match content(&cell.value, Some(format.unwrap_or(Shown::Whole))) {
			Cell::Empty if cell.formula.is_some() => Cell::Uncomputed,
			content => content,
		};
		put(&mut cells, column, content);
	}
	outlet.row(current, &mut cells, &look.layout);
	Ok(())
}

/// Puts a cell in its place; what lies between was not written down.
fn put<'a>(cells: &mut Vec<Cell<'a>>, column: u32, cell: Cell<'a>) {
	let column = column as usize;
	if cells.len() <= column {
		cells.resize(column + 1, Cell::Empty);
	}
	cells[column] = cell;
}

/// What a cell holds. Whether a number is a date is decided by its format alone; where that was not looked
/// at, the reader's own opinion has to do.
fn content<'a>(value: &DataRef<'a>, shown: Option<Shown>) -> Cell<'a> {
	let number = |value: f64| match shown {
		Some(Shown::Date) => Cell::Date,
		Some(Shown::To(power)) => Cell::Number { value, shown_to: Some(power) },
		Some(Shown::Whole) | None => Cell::Number { value, shown_to: None },
	};
	match value {
		DataRef::Empty => Cell::Empty,
		DataRef::Int(value) => number(*value as f64),
		DataRef::Float(value) => number(*value),
		DataRef::String(text) => Cell::Text(Cow::Owned(text.clone())),
		DataRef::SharedString(text) => Cell::Text(Cow::Borrowed(text)),
		DataRef::Bool(value) => Cell::Text(Cow::Borrowed(if *value { "TRUE" } else { "FALSE" })),
		DataRef::DateTime(date) if shown.is_some() => number(date.as_f64()),
		DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Cell::Date,
		DataRef::Error(_) => Cell::Error,
	}
}
