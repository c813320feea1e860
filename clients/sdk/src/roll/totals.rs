//! The sums that a file states, against those of its lines.

use super::{
	columns::{Column, COLUMNS},
	table::{Row, Scope},
	Lender, Problem, Reason, Remark,
};
use winddown_primitives::Fen;

/// The first of the three columns of amounts.
const FIRST: usize = 4;

/// The sums of a file, as far as it was read.
#[derive(Default)]
pub(super) struct Totals {
	sums: [Sum; 3],
	/// Totals that stand above all lines, to be compared at the end.
	above: Vec<(u64, usize, Fen)>,
	totals: u64,
	subtotals: u64,
	compared: u64,
	problems: Vec<Problem>,
}

/// The sum of a column; `None` once a line could not be read, or there is no room for it.
#[derive(Clone, Copy)]
struct Sum {
	whole: Option<Fen>,
	/// Since the last line of sums.
	part: Option<Fen>,
	lines: u64,
}

impl Default for Sum {
	fn default() -> Self {
		Self { whole: Some(0), part: Some(0), lines: 0 }
	}
}

fn column(at: usize) -> &'static Column {
	&COLUMNS[FIRST + at]
}

impl Totals {
	/// A line of a lender.
	pub fn add(&mut self, lender: &Lender) {
		let amounts = [lender.recharge, lender.withdrawal, lender.outstanding];
		for (sum, amount) in self.sums.iter_mut().zip(amounts) {
			let added = |to: Option<Fen>| to.and_then(|to| to.checked_add(amount));
			(sum.whole, sum.part, sum.lines) = (added(sum.whole), added(sum.part), sum.lines + 1);
		}
	}

	/// A line that could not be read: no sum that includes it can be compared.
	pub fn lose(&mut self) {
		for sum in &mut self.sums {
			(sum.whole, sum.part) = (None, None);
		}
	}

	/// A line of sums.
	pub fn compare(&mut self, row: &Row, of: Scope) {
		match of {
			Scope::Part => self.subtotals += 1,
			Scope::Whole => self.totals += 1,
		}
		for at in 0..self.sums.len() {
			let value = &row.cells[FIRST + at];
			if value.is_bad || value.is_continued(row) {
				continue;
			}
			if let Ok(stated) = value.amount() {
				self.compare_one(row.line, at, stated, of);
			}
		}
		for sum in &mut self.sums {
			sum.part = Some(0);
		}
	}

	fn compare_one(&mut self, line: u64, at: usize, stated: Fen, of: Scope) {
		let sum = self.sums[at];
		if sum.lines == 0 && of == Scope::Whole {
			self.above.push((line, at, stated));
			return;
		}
		let Some(part) = sum.part else { return };
		let agrees = part == stated || (of == Scope::Whole && sum.whole == Some(stated));
		// A part of which no line was seen stands above its lines, and is compared with nothing.
		let is_known = of == Scope::Part || sum.whole.is_some();
		match (agrees, is_known) {
			(true, _) => self.compared += 1,
			(false, true) => self.differs(line, at, stated, of),
			(false, false) => (),
		}
	}

	fn differs(&mut self, line: u64, at: usize, stated: Fen, of: Scope) {
		let column = column(at).name;
		let reason = match of {
			Scope::Part => Reason::OtherSubtotal { column },
			Scope::Whole => {
				let counted = self.sums[at].whole.unwrap_or_default();
				Reason::OtherTotal { column, stated, counted }
			}
		};
		self.problems.push(Problem { line: Some(line), reason });
	}

	/// What was compared, and what differs.
	pub fn finish(mut self) -> (Option<Remark>, Vec<Problem>) {
		for (line, at, stated) in std::mem::take(&mut self.above) {
			match self.sums[at].whole {
				Some(whole) if whole == stated => self.compared += 1,
				Some(_) => self.differs(line, at, stated, Scope::Whole),
				None => (),
			}
		}
		let Self { totals, subtotals, compared, problems, .. } = self;
		let remark = Remark::Totals { totals, subtotals, compared };
		((totals + subtotals > 0).then_some(remark), problems)
	}
}
