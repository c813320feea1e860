//! A platform's export of its lenders, from the bytes of a file to the rows of the chain.
//!
//! [`read`] takes a whole CSV file and gives either every lender or every problem, each with its
//! line. [`PreparedRoll`] is what goes on chain: hashes, amounts and classes, and no personal datum.

mod called;
mod columns;
mod encoding;
mod lender;
mod prepared;
mod problem;
mod registration;

pub use called::{read_called_claims, CALL_COLUMNS};
pub use columns::{Column, COLUMNS};
pub use encoding::TextEncoding;
pub use lender::Lender;
pub use prepared::{digest_after, PrepareError, PreparedRoll, PreparedRow, EMPTY_DIGEST};
pub use problem::{Note, Problem, Reason};
pub use registration::{read_registrations, KeyRegistration, REGISTRATION_COLUMNS};

use std::collections::HashMap;
use winddown_primitives::{Fen, MAX_CLASSES};

/// What a good file holds.
#[derive(Debug)]
pub struct Lenders {
	/// One for each line, in the order of the file.
	pub lenders: Vec<Lender>,
	/// What is unusual, but harmless.
	pub notes: Vec<Note>,
}

/// What is wrong with a bad file, in the order of its lines.
#[derive(Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

/// Reads a whole file. A single problem spoils it: nothing is half imported.
pub fn read(bytes: &[u8], encoding: TextEncoding) -> Result<Lenders, Problems> {
	let table = columns::read(bytes, encoding, &COLUMNS)?;
	let mut problems = table.problems;
	let mut lenders = Vec::with_capacity(table.rows.len());
	for row in &table.rows {
		match lender::parse(row) {
			Ok(lender) => lenders.push(lender),
			Err(found) => problems.extend(found),
		}
	}
	problems.extend(duplicates(&lenders));
	problems.extend(sums(&lenders));
	columns::all_or_nothing(&table.rows, problems, Lenders { lenders, notes: table.notes })
}

fn duplicates(lenders: &[Lender]) -> Vec<Problem> {
	let mut first_lines = HashMap::new();
	lenders
		.iter()
		.filter_map(|lender| {
			let first = *first_lines.entry(&lender.document).or_insert(lender.line);
			(first != lender.line).then_some(Problem {
				line: Some(lender.line),
				reason: Reason::DuplicatePerson { first },
			})
		})
		.collect()
}

fn sums(lenders: &[Lender]) -> Option<Problem> {
	let classes: std::collections::BTreeSet<_> = lenders.iter().map(|l| l.class).collect();
	if classes.len() > MAX_CLASSES as usize {
		return Some(Problem { line: None, reason: Reason::TooManyClasses(classes.len()) });
	}
	lenders
		.iter()
		.try_fold((0, 0), |(_, sum): (u64, Fen), lender| {
			sum.checked_add(lender.outstanding)
				.map(|sum| (lender.line, sum))
				.ok_or(Problem { line: Some(lender.line), reason: Reason::SumOverflows })
		})
		.err()
}

#[cfg(test)]
mod tests;
