//! Workbooks of Excel up to 2003.

mod compound;
mod look;

use super::{
	format::Shown,
	xlsx::{choose, Found, Probe},
	Cell, IsHead, Outlet,
};
use crate::roll::{Note, Problem, Reading, Reason, Remark};
use calamine::{Data, Range, Reader, SheetType, SheetVisible, Xls, XlsError};
use look::Look;
use std::{
	borrow::Cow,
	collections::HashMap,
	io::Cursor,
	panic::{catch_unwind, AssertUnwindSafe},
};

/// Rows of a sheet that are looked at for the names of columns.
const PROBED_ROWS: usize = 20;

/// Hands over the rows of the one sheet that names the columns looked for.
pub(super) fn read(
	bytes: &[u8],
	reading: &Reading,
	is_head: IsHead<'_>,
	outlet: &mut Outlet<'_>,
) -> Result<Vec<Note>, Problem> {
	let stream = compound::workbook(bytes).ok_or_else(broken)?;
	let mut workbook = open(bytes)?;
	let (mut sheets, mut places) = (Vec::new(), HashMap::new());
	for (place, sheet) in workbook.sheets_metadata().to_vec().into_iter().enumerate() {
		if sheet.typ != SheetType::WorkSheet {
			continue;
		}
		let range = workbook.worksheet_range(&sheet.name).map_err(|_| broken())?;
		places.insert(sheet.name.clone(), place);
		let is_hidden = sheet.visible != SheetVisible::Visible;
		sheets.push(Found { name: sheet.name, is_hidden, probe: probe(&range, is_head) });
	}
	let name = choose(&sheets, reading, outlet)?;
	let range = workbook.worksheet_range(&name).map_err(|_| broken())?;
	let formulas = workbook.worksheet_formula(&name).map_err(|_| broken())?;
	let place = *places.get(&name).ok_or_else(broken)?;
	let Look { mut layout, shown } = look::look(&stream, place).ok_or_else(broken)?;
	for merged in workbook.merge_cells_by_sheet_name(&name).map_err(|_| broken())? {
		layout.merges.add((merged.start.0, merged.end.0), (merged.start.1, merged.end.1));
	}
	layout.merges.sort();
	let first = range.start().unwrap_or_default();
	for (row, values) in (first.0..).zip(range.rows()) {
		let mut cells = vec![Cell::Empty; first.1 as usize];
		for (column, value) in (first.1..).zip(values) {
			let is_formula = formulas.get_value((row, column)).is_some_and(|text| !text.is_empty());
			let shown = shown.get(&(row, column)).copied().unwrap_or(Shown::Whole);
			cells.push(match content(value, shown) {
				Cell::Empty if is_formula => Cell::Uncomputed,
				content => content,
			});
		}
		outlet.row(row, &mut cells, &layout);
	}
	Ok(vec![Note::of(Remark::Sheet(name))])
}

fn broken() -> Problem {
	Problem { line: None, reason: Reason::BrokenWorkbook }
}

/// The reader trusts what a file says about itself; whatever it does over a damaged one, the workbook is damaged.
fn open(bytes: &[u8]) -> Result<Xls<Cursor<&[u8]>>, Problem> {
	let opened = catch_unwind(AssertUnwindSafe(|| Xls::new(Cursor::new(bytes))));
	match opened {
		Ok(Ok(workbook)) => Ok(workbook),
		Ok(Err(XlsError::Password)) => {
			let reason = Reason::OtherFile(super::FileKind::Protected);
			Err(Problem { line: None, reason })
		}
		Ok(Err(_)) | Err(_) => Err(broken()),
	}
}

fn probe(range: &Range<Data>, is_head: IsHead<'_>) -> Probe {
	if range.is_empty() {
		return Probe::Nothing;
	}
	let heads = range.rows().take(PROBED_ROWS).any(|row| {
		let cells: Vec<Cell<'_>> = row.iter().map(|value| content(value, Shown::Whole)).collect();
		is_head(&cells)
	});
	if heads {
		Probe::Head
	} else {
		Probe::Something
	}
}

/// What a cell holds; whether a number is a date is decided by its format alone.
fn content(value: &Data, shown: Shown) -> Cell<'_> {
	let number = |value: f64| match shown {
		Shown::Date => Cell::Date,
		Shown::To(power) => Cell::Number { value, shown_to: Some(power) },
		Shown::Whole => Cell::Number { value, shown_to: None },
	};
	match value {
		Data::Empty => Cell::Empty,
		Data::Int(value) => number(*value as f64),
		Data::Float(value) => number(*value),
		Data::DateTime(date) => number(date.as_f64()),
		Data::String(text) => Cell::Text(Cow::Borrowed(text)),
		Data::Bool(value) => Cell::Text(Cow::Borrowed(if *value { "TRUE" } else { "FALSE" })),
		Data::DateTimeIso(_) | Data::DurationIso(_) => Cell::Date,
		Data::Error(_) => Cell::Error,
	}
}
