//! What the lines of a file say together.

use super::{
	cells::Value,
	columns::COLUMNS,
	cut_number::Numbers,
	lender,
	table::{Entry, Row},
	totals::Totals,
	Lender, Problem, Reason, Remark,
};
use crate::document::DocumentError;
use std::collections::{BTreeSet, HashMap, HashSet};
use winddown_primitives::Fen;

/// Fewer wrong check digits than this may be typing.
const FEW: u64 = 5;
/// Of this many numbers one may be mistyped.
const ONE_IN: u64 = 10;

/// Looks at the lines of a file one by one, and remembers what tells something about all of them.
#[derive(Default)]
pub(super) struct Judge {
	lenders: Vec<Lender>,
	problems: Vec<Problem>,
	numbers: Numbers,
	continued: HashMap<u64, u64>,
	totals: Totals,
	phones: u64,
	rounded: [Rounded; 3],
	with_number: u64,
	wrong_check_digits: u64,
	vouched: BTreeSet<u64>,
	lines: BTreeSet<u64>,
	unchecked: u64,
}

/// What is known once the last line was read.
pub(super) struct Judged {
	pub lenders: Vec<Lender>,
	/// Lines of which the person stands in a merged cell, and where that begins.
	pub continued: HashMap<u64, u64>,
	/// Lines of numbers that a spreadsheet cut.
	pub cut: Vec<u64>,
	pub problems: Vec<Problem>,
	pub remarks: Vec<Remark>,
}

/// Amounts of one column that show less than they hold.
#[derive(Clone, Copy, Default)]
struct Rounded {
	cells: u64,
	held: Fen,
	shown: Fen,
}

impl Judge {
	/// Judges a file in which a clerk vouches for the numbers of some lines.
	pub fn new(vouched: &BTreeSet<u64>) -> Self {
		Self { vouched: vouched.clone(), ..Self::default() }
	}

	pub fn take(&mut self, entry: Entry<'_>) {
		match entry {
			Entry::Row(row) => self.take_row(row),
			Entry::Total { row, of } => self.totals.compare(row, of),
		}
	}

	fn take_row(&mut self, row: &Row) {
		let (number, phone) = (&row.cells[1], &row.cells[3]);
		if number.is_continued(row) {
			self.continued.insert(row.line, number.line);
		} else if !number.is_bad && !number.text.is_empty() {
			self.with_number += 1;
			// A true number may look cut by chance; whoever compared it with the paper knows.
			if !self.vouched.contains(&row.line) {
				self.numbers.add(row.line, &number.text);
			}
		}
		if phone.line != 0 && (phone.text.is_empty() || phone.text.contains('*')) {
			self.phones += 1;
		}
		for (rounded, value) in self.rounded.iter_mut().zip(&row.cells[4..7]) {
			if !value.is_bad && !value.is_continued(row) {
				rounded.add(value);
			}
		}
		if self.vouched.contains(&row.line) {
			self.lines.insert(row.line);
		}
		match lender::parse(row, &self.vouched) {
			Ok(lender) => {
				self.unchecked += u64::from(lender.document.is_unchecked());
				self.totals.add(&lender);
				self.lenders.push(lender);
			}
			Err(problems) => {
				let is_wrong = |problem: &Problem| {
					problem.reason == Reason::Document(DocumentError::CheckDigit)
				};
				self.wrong_check_digits += u64::from(problems.iter().any(is_wrong));
				self.totals.lose();
				self.problems.extend(problems);
			}
		}
	}

	pub fn finish(self) -> Judged {
		let mut problems = self.problems;
		let (failed, lines) = (self.wrong_check_digits, self.with_number);
		if failed >= FEW && failed * ONE_IN > lines {
			let reason = Reason::ManyCheckDigits { failed, lines };
			problems.push(Problem { line: None, reason });
		}
		let mut remarks: Vec<Remark> = self
			.rounded
			.iter()
			.zip(&COLUMNS[4..7])
			.filter(|(rounded, _)| rounded.cells > 0)
			.map(|(rounded, column)| Remark::Rounded {
				column: column.name,
				cells: rounded.cells,
				held: rounded.held,
				shown: rounded.shown,
			})
			.collect();
		if self.phones > 0 {
			remarks.push(Remark::Phones(self.phones));
		}
		if self.unchecked > 0 {
			remarks.push(Remark::Unchecked(self.unchecked));
		}
		let strangers = self.vouched.difference(&self.lines);
		problems.extend(
			strangers.map(|line| Problem { line: Some(*line), reason: Reason::NobodyToVouchFor }),
		);
		let (sums, differences) = self.totals.finish();
		remarks.extend(sums);
		problems.extend(differences);
		Judged {
			lenders: self.lenders,
			continued: self.continued,
			cut: self.numbers.cut(),
			problems,
			remarks,
		}
	}
}

impl Rounded {
	fn add(&mut self, value: &Value) {
		let (Some(power), Ok(held)) = (value.shown_to, value.amount()) else { return };
		// The power is that of a yuan; a fen is the second decimal.
		let Some(step) = u32::try_from(i32::from(power) + 2).ok().filter(|step| *step > 0) else {
			return;
		};
		let Some(step) = (10 as Fen).checked_pow(step) else { return };
		let shown = held.saturating_add(step / 2) / step * step;
		if shown != held {
			self.cells += 1;
			self.held = self.held.saturating_add(held);
			self.shown = self.shown.saturating_add(shown);
		}
	}
}

/// Names the true cause on the lines of numbers that were cut, and nothing that follows from it: neither a wrong check
/// digit nor that several persons fell on one number.
pub(super) fn with_cut_numbers(problems: Vec<Problem>, cut: &[u64]) -> Vec<Problem> {
	let mut cut: HashSet<u64> = cut.iter().copied().collect();
	let is_cut = |problem: &&Problem| problem.reason == Reason::CutNumber;
	cut.extend(problems.iter().filter(is_cut).filter_map(|problem| problem.line));
	let follows = |problem: &Problem| {
		let is_effect = matches!(
			problem.reason,
			Reason::CutNumber
				| Reason::Document(_)
				| Reason::DuplicatePerson { .. }
				| Reason::MergedPerson { .. }
				| Reason::RegisteredTwice { .. }
				| Reason::RepeatedLine { .. }
				| Reason::OtherName { .. }
				| Reason::OtherClass { .. }
		);
		is_effect && problem.line.is_some_and(|line| cut.contains(&line))
	};
	let mut kept: Vec<Problem> = problems.into_iter().filter(|problem| !follows(problem)).collect();
	let named = |line: &u64| Problem { line: Some(*line), reason: Reason::CutNumber };
	kept.extend(cut.iter().map(named));
	kept
}
