use super::{
	columns::{Column, Content},
	problem::{Problem, Reason},
	table::{self, Entry, Row},
	List, Problems, Reading,
};
use std::collections::HashMap;
use winddown_primitives::LenderIndex;

/// The columns of a list of candidates with their names, in any order.
pub const NAME_COLUMNS: [Column; 2] =
	[Column::new("row", "行号", Content::Text), Column::new("name", "姓名", Content::Name)];

/// Reads a list of candidates: one line a lender's row with the name, which is brought to one spelling.
pub fn read_names(
	bytes: &[u8],
	reading: &Reading,
) -> Result<List<(LenderIndex, String)>, Problems> {
	let mut named = Named::default();
	let mut summary = table::read(bytes, reading, &NAME_COLUMNS, &mut |entry| match entry {
		Entry::Row(row) => named.take(row),
		Entry::Total { .. } => (),
	})?
	.with_sums_left_out();
	summary.problems.append(&mut named.problems);
	let list = List { entries: named.names, notes: summary.notes };
	table::all_or_nothing(summary.rows, summary.problems, list)
}

#[derive(Default)]
struct Named {
	names: Vec<(LenderIndex, String)>,
	lines: HashMap<LenderIndex, u64>,
	problems: Vec<Problem>,
}

impl Named {
	fn take(&mut self, line: &Row) {
		let mut note = |reason| self.problems.push(Problem { line: Some(line.line), reason });
		let [row, name] = line.cells.as_slice() else { return };
		if row.is_bad || name.is_bad {
			return;
		}
		let number = row.text.parse::<LenderIndex>().map_err(|_| note(Reason::Row)).ok();
		if name.text.is_empty() {
			note(Reason::EmptyCell("name"));
			return;
		}
		let Some(number) = number else { return };
		let first = *self.lines.entry(number).or_insert(line.line);
		if first != line.line {
			note(Reason::CalledTwice { first });
		}
		self.names.push((number, name.text.clone()));
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn names_are_read_in_one_spelling_beside_their_rows() {
		let file = "姓名,行号,备注\n张 三,6,\n⻢四,2,x\n";
		let read = read_names(file.as_bytes(), &Reading::default()).unwrap();
		assert_eq!(read.entries, [(6, "张三".to_string()), (2, "马四".to_string())]);
	}

	#[test]
	fn every_bad_line_is_named_and_nothing_is_read() {
		let file = "row,name\n6,张三\nx,李四\n6,王五\n7,\n8,NULL\n";
		let Problems(found) = read_names(file.as_bytes(), &Reading::default()).unwrap_err();
		let found: Vec<_> = found.into_iter().map(|p| (p.line, p.reason)).collect();
		assert_eq!(
			found,
			[
				(Some(3), Reason::Row),
				(Some(4), Reason::CalledTwice { first: 2 }),
				(Some(5), Reason::EmptyCell("name")),
				(Some(6), Reason::Placeholder("name")),
			]
		);
	}
}
