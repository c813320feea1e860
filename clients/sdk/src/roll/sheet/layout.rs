use super::{Cell, Line};
use crate::roll::{Hidden, Note, Problem, Reason, Remark};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What a sheet says about its rows and columns, from 0, beside the cells.
#[derive(Default)]
pub(super) struct Layout {
	pub hidden_rows: HashSet<u32>,
	/// From the first to the last column of each range.
	pub hidden_columns: Vec<(u32, u32)>,
	pub merges: Merges,
}

/// Cells that are merged with the cell above them.
#[derive(Default)]
pub(super) struct Merges(BTreeMap<u32, Vec<(u32, u32)>>);

impl Merges {
	/// Adds a merged cell by the rows and columns it covers. A cell that is merged with its neighbours on the
	/// same line alone changes nothing.
	pub fn add(&mut self, rows: (u32, u32), columns: (u32, u32)) {
		if rows.0 < rows.1 {
			self.0.entry(columns.0).or_default().push(rows);
		}
	}

	/// Puts the ranges in order; call it once all were added.
	pub fn sort(&mut self) {
		for ranges in self.0.values_mut() {
			ranges.sort_unstable();
		}
	}

	/// The row of the cell that this one is a part of, when that row is another.
	fn begin(&self, row: u32, column: u32) -> Option<u32> {
		let ranges = self.0.get(&column)?;
		let after = ranges.partition_point(|range| range.0 < row);
		let (first, last) = *ranges.get(after.checked_sub(1)?)?;
		(row <= last).then_some(first)
	}
}

/// Hands lines on, and counts what nobody sees in the sheet.
pub(super) struct Outlet<'a> {
	hidden: Hidden,
	each: &'a mut dyn FnMut(&Line<'_>),
	rows: u64,
	columns: BTreeSet<usize>,
	sheets: Vec<String>,
}

impl<'a> Outlet<'a> {
	pub fn new(hidden: Hidden, each: &'a mut dyn FnMut(&Line<'_>)) -> Self {
		Self { hidden, each, rows: 0, columns: BTreeSet::new(), sheets: Vec::new() }
	}

	/// A line of a text, which hides and merges nothing.
	pub fn line(&mut self, number: u64, cells: &[Cell<'_>]) {
		(self.each)(&Line { number, cells });
	}

	/// A row of a sheet, from 0. Takes the cells out of the buffer.
	pub fn row(&mut self, row: u32, cells: &mut Vec<Cell<'_>>, layout: &Layout) {
		self.hide_columns(cells, layout);
		// A merged cell may reach further than what the row wrote down.
		let reach = layout.merges.0.last_key_value().map_or(0, |(last, _)| *last as usize + 1);
		if cells.len() < reach {
			cells.resize(reach, Cell::Empty);
		}
		for (column, cell) in (0..).zip(cells.iter_mut()) {
			if let Some(first) = layout.merges.begin(row, column) {
				*cell = Cell::Below(u64::from(first) + 1);
			}
		}
		self.seen_or_hidden(row, cells, layout.hidden_rows.contains(&row));
	}

	/// A row of which is known whether it is hidden.
	pub fn seen_or_hidden(&mut self, row: u32, cells: &mut Vec<Cell<'_>>, is_hidden: bool) {
		if is_hidden && !cells.iter().all(Cell::is_blank) {
			self.rows += 1;
		}
		if !is_hidden || self.hidden != Hidden::LeaveOut {
			self.line(u64::from(row) + 1, cells);
		}
		cells.clear();
	}

	/// Hides what stands in hidden columns, when it is to be left out.
	pub fn hide_columns(&mut self, cells: &mut [Cell<'_>], layout: &Layout) {
		for (first, last) in &layout.hidden_columns {
			let range = *first as usize..(*last as usize + 1).min(cells.len());
			for column in range {
				if cells[column].is_blank() {
					continue;
				}
				self.columns.insert(column);
				if self.hidden == Hidden::LeaveOut {
					cells[column] = Cell::Empty;
				}
			}
		}
	}

	/// A sheet that is hidden and holds something.
	pub fn hidden_sheet(&mut self, name: &str) {
		self.sheets.push(name.to_string());
	}

	/// What was hidden: a problem until somebody says what is to happen with it, then a note.
	pub fn finish(self, notes: &mut Vec<Note>) -> Vec<Problem> {
		let (rows, columns, sheets) = (self.rows, self.columns.len(), self.sheets.len());
		if (rows, columns, sheets) == (0, 0, 0) {
			return Vec::new();
		}
		match self.hidden {
			Hidden::Refuse => {
				return vec![Problem {
					line: None,
					reason: Reason::HiddenParts { rows, columns, sheets },
				}]
			}
			Hidden::Read => notes.push(Note::of(Remark::HiddenRead { rows, columns, sheets })),
			Hidden::LeaveOut => {
				notes.push(Note::of(Remark::HiddenLeftOut { rows, columns, sheets }));
			}
		}
		Vec::new()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_merged_cell_begins_on_its_first_line() {
		let mut merges = Merges::default();
		merges.add((7, 8), (2, 2));
		merges.add((1, 3), (2, 3));
		merges.add((5, 5), (2, 6));
		merges.sort();
		let begin = |row| merges.begin(row, 2);
		assert_eq!(
			[0, 1, 2, 3, 4, 5, 7, 8, 9].map(begin),
			[None, None, Some(1), Some(1), None, None, None, Some(7), None]
		);
		assert_eq!(merges.begin(2, 3), None);
	}
}
