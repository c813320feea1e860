//! When content that does not come is said to be absent: not at one look, and not while something is wrong
//! with the operator's records as a whole.
//!
//! What was seen lives in memory. A daemon that is started anew begins to look anew, and says it later.

use std::{fmt, time::Duration};
use tokio::time::Instant;
use winddown_proof::count::counted;

/// How sure an institution wants to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Patience {
	/// Looks that must have found no content.
	pub looks: u32,
	/// How long before the last of them the first one was, by this machine's own clock: a chain that
	/// stood still does not count.
	pub span: Duration,
	/// Most records whose content may be overdue at once. More are no accident of one record.
	pub most_overdue: usize,
}

/// What was seen of content that does not come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Missed {
	looks: u32,
	since: Option<Instant>,
	/// Whether the operator had its time, by the chain's clock, at the last look.
	pub overdue: bool,
	/// Whether the operator could not answer at the last look.
	pub unwell: bool,
}

impl Missed {
	/// A look at `now` found no content.
	pub fn again(&mut self, now: Instant, overdue: bool) {
		self.looks = self.looks.saturating_add(1);
		self.since.get_or_insert(now);
		(self.overdue, self.unwell) = (overdue, false);
	}

	/// A look could not tell, because of the way or the operator. What was seen before stands.
	pub fn unanswered(&mut self, unwell: bool) {
		self.unwell = unwell;
	}

	/// Whether several looks, far enough apart, found no content after the operator's time.
	pub fn is_absent(&self, now: Instant, patience: &Patience) -> bool {
		let lasted = self.since.map_or(Duration::ZERO, |since| now.duration_since(since));
		self.overdue && self.looks >= patience.looks && lasted >= patience.span
	}
}

/// Why nothing is said to be absent for now. A person has to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Halt {
	/// More contents are overdue at once than may be.
	Overdue {
		/// How many.
		records: usize,
	},
	/// The operator says that its records are not in order, or that it cannot look (503).
	Unwell {
		/// For how many records.
		records: usize,
	},
}

impl Halt {
	/// A short name that does not change, for programs.
	pub const fn code(self) -> &'static str {
		match self {
			Self::Overdue { .. } => "many-overdue",
			Self::Unwell { .. } => "operator-unwell",
		}
	}

	/// Whether to halt, by what was seen of all records that wait.
	pub fn of<'a>(seen: impl Iterator<Item = &'a Missed>, patience: &Patience) -> Option<Self> {
		let (mut overdue, mut unwell) = (0, 0);
		for missed in seen {
			overdue += usize::from(missed.overdue);
			unwell += usize::from(missed.unwell);
		}
		match (unwell, overdue) {
			(0, records) if records > patience.most_overdue => Some(Self::Overdue { records }),
			(0, _) => None,
			(records, _) => Some(Self::Unwell { records }),
		}
	}
}

impl fmt::Display for Halt {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Overdue { records } => write!(
				out,
				"HALTED: the contents of {} are missing at once; nothing is said to be absent until a person has asked \
				 the operator whether its records are whole",
				counted(*records as u64, "record", "records")
			),
			Self::Unwell { records } => write!(
				out,
				"HALTED: the operator answers 503 for {}; nothing is said to be absent until it has its records in order",
				counted(*records as u64, "record", "records")
			),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const PATIENCE: Patience =
		Patience { looks: 3, span: Duration::from_secs(3_600), most_overdue: 2 };

	#[test]
	fn absence_takes_several_looks_over_ones_own_time() {
		let start = Instant::now();
		let hour = PATIENCE.span;
		let mut missed = Missed::default();
		missed.again(start, true);
		assert!(!missed.is_absent(start + hour * 24, &PATIENCE), "one look");
		missed.again(start + hour / 2, true);
		assert!(!missed.is_absent(start + hour, &PATIENCE), "two looks");
		missed.again(start + hour - Duration::from_secs(1), true);
		assert!(!missed.is_absent(start + hour - Duration::from_secs(1), &PATIENCE), "too soon");
		assert!(missed.is_absent(start + hour, &PATIENCE));
	}

	/// The chain stood still for two days; then every record is old at once, and nobody looked before.
	#[test]
	fn a_stall_of_the_chain_is_no_time_of_the_operators() {
		let mut missed = Missed::default();
		let resumed = Instant::now();
		missed.again(resumed, true);
		assert!(!missed.is_absent(resumed, &PATIENCE));
	}

	#[test]
	fn content_that_is_not_overdue_is_not_absent() {
		let start = Instant::now();
		let mut missed = Missed::default();
		(0..9).for_each(|_| missed.again(start, false));
		assert!(!missed.is_absent(start + PATIENCE.span, &PATIENCE));
	}

	#[test]
	fn many_at_once_and_an_operator_that_cannot_answer_halt() {
		let mut overdue = Missed::default();
		overdue.again(Instant::now(), true);
		let halt = |seen: &[Missed]| Halt::of(seen.iter(), &PATIENCE);
		assert_eq!(halt(&[overdue, overdue]), None);
		assert_eq!(halt(&[overdue; 3]), Some(Halt::Overdue { records: 3 }));
		let mut unwell = overdue;
		unwell.unanswered(true);
		assert_eq!(halt(&[unwell]), Some(Halt::Unwell { records: 1 }));
		assert!(Halt::Unwell { records: 1 }.to_string().contains("503 for 1 record;"));
		assert!(Halt::Overdue { records: 3 }.to_string().contains("contents of 3 records are"));
		unwell.unanswered(false);
		assert_eq!(halt(&[unwell]), None);
		unwell.unanswered(true);
		unwell.again(Instant::now(), true);
		assert_eq!(halt(&[unwell]), None, "it answers again");
	}
}
