use super::{
	columns::{self, Column},
	problem::{Problem, Reason},
	Problems, TextEncoding,
};
use crate::amount::parse_yuan;
use std::collections::HashMap;
use winddown_primitives::{Fen, LenderIndex};

const ROW: Column = Column { name: "row", chinese: "行号" };
const AMOUNT: Column = Column { name: "amount", chinese: "确认金额" };

/// The columns of an operator's list of confirmation calls, in any order.
pub const CALL_COLUMNS: [Column; 2] = [ROW, AMOUNT];

/// Reads an operator's list: one line a lender who agreed to an amount, in yuan, in a recorded call.
pub fn read_called_claims(
	bytes: &[u8],
	encoding: TextEncoding,
) -> Result<Vec<(LenderIndex, Fen)>, Problems> {
	let table = columns::read(bytes, encoding, &CALL_COLUMNS)?;
	let mut problems = table.problems;
	let mut claims = Vec::with_capacity(table.rows.len());
	let mut lines = HashMap::new();
	for line in &table.rows {
		let mut note = |reason| problems.push(Problem { line: Some(line.line), reason });
		let [row, amount] = line.cells.as_slice() else { continue };
		let row = row.parse::<LenderIndex>().map_err(|_| note(Reason::Row)).ok();
		let amount = parse_yuan(amount).map_err(|error| note(Reason::amount(AMOUNT, error))).ok();
		let (Some(row), Some(amount)) = (row, amount) else { continue };
		let first = *lines.entry(row).or_insert(line.line);
		if first != line.line {
			note(Reason::CalledTwice { first });
		}
		claims.push((row, amount));
	}
	columns::all_or_nothing(&table.rows, problems, claims)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_good_list_has_a_row_and_an_amount_on_each_line() {
		let file = "行号,确认金额\n17,\"8,000.50\"\n3,100\n";
		let read = read_called_claims(file.as_bytes(), TextEncoding::Utf8).unwrap();
		assert_eq!(read, [(17, 800_050), (3, 10_000)]);
	}

	#[test]
	fn every_bad_line_is_named_and_nothing_is_read() {
		let file = b"row,amount\n17,8000\nx,1\n17,1\n4,\n5,-1\n-5,1\n17,1\n";
		let Problems(found) = read_called_claims(file, TextEncoding::Utf8).unwrap_err();
		let found: Vec<_> = found.into_iter().map(|p| (p.line, p.reason)).collect();
		let amount = |text: &str| Reason::amount(AMOUNT, parse_yuan(text).unwrap_err());
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
		let Problems(found) = read_called_claims(b"row,amount\n", TextEncoding::Utf8).unwrap_err();
		assert_eq!(found, [Problem { line: None, reason: Reason::NoLenders }]);
	}
}
