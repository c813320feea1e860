use super::{
	columns::{Column, Content},
	problem::{Problem, Reason},
	table::{self, Entry, Row},
	List, Problems, Reading,
};
use std::collections::HashMap;
use winddown_primitives::{Fen, LenderIndex};

const ROW: Column = Column::new("row", "行号", Content::Text);
const AMOUNT: Column = Column::new("amount", "确认金额", Content::Amount);

/// The columns of an operator's list of confirmation calls, in any order.
pub const CALL_COLUMNS: [Column; 2] = [ROW, AMOUNT];

/// Reads an operator's list: one line a lender who agreed to an amount, in yuan, in a recorded call.
pub fn read_called_claims(
	bytes: &[u8],
	reading: &Reading,
) -> Result<List<(LenderIndex, Fen)>, Problems> {
	let mut called = Called::default();
	let mut summary = table::read(bytes, reading, &CALL_COLUMNS, &mut |entry| match entry {
		Entry::Row(row) => called.take(row),
		Entry::Total { .. } => (),
	})?
	.with_sums_left_out();
	summary.problems.append(&mut called.problems);
	let list = List { entries: called.claims, notes: summary.notes };
	table::all_or_nothing(summary.rows, summary.problems, list)
}

#[derive(Default)]
struct Called {
	claims: Vec<(LenderIndex, Fen)>,
	lines: HashMap<LenderIndex, u64>,
	problems: Vec<Problem>,
}

impl Called {
	fn take(&mut self, line: &Row) {
		let mut note = |reason| self.problems.push(Problem { line: Some(line.line), reason });
		let [row, amount] = line.cells.as_slice() else { return };
		let (row, amount) = match (row.is_bad, amount.is_bad) {
			(false, false) => (row.text.parse::<LenderIndex>(), amount.amount()),
			_ => return,
		};
		let row = row.map_err(|_| note(Reason::Row)).ok();
		let amount = amount.map_err(|error| note(Reason::amount(&AMOUNT, error))).ok();
		let (Some(row), Some(amount)) = (row, amount) else { return };
		let first = *self.lines.entry(row).or_insert(line.line);
		if first != line.line {
			note(Reason::CalledTwice { first });
		}
		self.claims.push((row, amount));
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::amount::parse_yuan;

	#[test]
	fn a_good_list_has_a_row_and_an_amount_on_each_line() {
		let file = "行号,确认金额\n17,\"8,000.50\"\n3,100\n";
		let read = read_called_claims(file.as_bytes(), &Reading::default()).unwrap();
		assert_eq!(read, List { entries: vec![(17, 800_050), (3, 10_000)], notes: Vec::new() });
	}

	#[test]
	fn every_bad_line_is_named_and_nothing_is_read() {
		let file = b"row,amount\n17,8000\nx,1\n17,1\n4,\n5,-1\n-5,1\n17,1\n";
		let Problems(found) = read_called_claims(file, &Reading::default()).unwrap_err();
		let found: Vec<_> = found.into_iter().map(|p| (p.line, p.reason)).collect();
		let amount = |text: &str| Reason::amount(&AMOUNT, parse_yuan(text).unwrap_err());
		assert_eq!(
			found,
			[
				(Some(3), Reason::Row),
				(Some(4), Reason::CalledTwice { first: 2 }),
				(Some(5), amount("")),
				(Some(6), amount("-1")),
				(Some(7), Reason::Row),
				(Some(8), Reason::CalledTwice { first: 2 }),
			]
		);
	}

	#[test]
	fn a_list_without_lines_is_refused() {
		let Problems(found) = read_called_claims(b"row,amount\n", &Reading::default()).unwrap_err();
		assert_eq!(found, [Problem { line: None, reason: Reason::NoLenders }]);
	}
}
