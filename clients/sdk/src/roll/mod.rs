//! A platform's export of its lenders, from the bytes of a file to the rows of the chain.
//!
//! [`read`] takes a whole file, a CSV or a workbook, and gives either every lender or every problem, each with its
//! line; what only a person can tell are [`Doubt`]s. [`PreparedRoll`] is what goes on chain: hashes, amounts and
//! classes, and no personal datum.

mod across;
mod called;
mod cells;
mod clean;
mod columns;
mod cut_number;
mod doubt;
mod judge;
mod lender;
mod named;
mod note;
mod persons;
mod prepared;
mod problem;
mod reading;
mod registration;
mod sheet;
mod table;
mod totals;

pub use called::{read_called_claims, CALL_COLUMNS};
pub use columns::{Column, ColumnTitle, Content, Need, Unit, COLUMNS};
pub use doubt::{Doubt, Grain};
pub use lender::Lender;
pub use named::{read_names, NAME_COLUMNS};
pub use note::{Note, Remark};
pub use persons::AddedLine;
pub use prepared::{digest_after, PrepareError, PreparedRoll, PreparedRow, EMPTY_DIGEST};
pub use problem::{Problem, Reason};
pub use reading::{Hidden, Reading, Repeated};
pub use registration::{read_registrations, KeyRegistration, REGISTRATION_COLUMNS};
pub use sheet::{FileKind, Likely, TextEncoding};

use judge::{Judge, Judged};
use std::collections::BTreeSet;
use winddown_primitives::{Fen, MAX_CLASSES};

/// What a good file holds.
#[derive(Debug, Default)]
pub struct Lenders {
	/// One for each person, in the order of the file.
	pub lenders: Vec<Lender>,
	/// The lines of persons who had several, all of them.
	pub added: Vec<AddedLine>,
	/// What is unusual, but harmless.
	pub notes: Vec<Note>,
	/// What may be wrong, and only a person can tell: ask before anything is sent.
	pub doubts: Vec<Doubt>,
}

/// What a good list of another kind holds: keys of lenders, confirmed claims.
#[derive(Debug, PartialEq, Eq)]
pub struct List<T> {
	/// One for each line, in the order of the file.
	pub entries: Vec<T>,
	/// What is unusual, but harmless.
	pub notes: Vec<Note>,
}

/// What is wrong with a bad file, in the order of its lines.
#[derive(Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

/// Reads a whole file. A single problem spoils it: nothing is half imported.
pub fn read(bytes: &[u8], reading: &Reading) -> Result<Lenders, Problems> {
	let mut judge = Judge::new(&reading.vouched);
	let summary = table::read(bytes, reading, &COLUMNS, &mut |entry| judge.take(entry))?;
	let (rows, mut notes) = (summary.rows, summary.notes);
	let Judged { lenders, continued, cut, mut problems, remarks } = judge.finish();
	problems.extend(summary.problems);
	problems.extend(sums(&lenders));
	let persons = persons::persons(lenders, reading.repeated, &continued);
	notes.extend(remarks.into_iter().chain(persons.remark()).map(Note::of));
	let across = across::kinds(&persons.lenders);
	notes.extend(across.notes);
	problems.extend(across.problems);
	let amounts = persons.lenders.iter().map(|lender| lender.outstanding);
	let doubts = Doubt::of_amounts(amounts).into_iter().chain(persons.doubt).collect();
	problems.extend(persons.problems);
	let read = Lenders { lenders: persons.lenders, added: persons.added, notes, doubts };
	table::all_or_nothing(rows, judge::with_cut_numbers(problems, &cut), read)
}

fn sums(lenders: &[Lender]) -> Option<Problem> {
	let classes: BTreeSet<_> = lenders.iter().map(|l| l.class).collect();
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
