//! Which records are waited for, judged, and spoken on next. It lives in memory: the chain knows the
//! rest.

use crate::absence::{Halt, Missed, Patience};
use std::collections::BTreeMap;
use tokio::time::Instant;
use winddown_sdk::calls::{Statement, Verdict};

/// The records that wait for the institution.
#[derive(Debug, Default)]
pub struct Work {
	/// No record below it can wait for the institution any more.
	first: u64,
	items: BTreeMap<u64, Item>,
}

#[derive(Debug, Default)]
struct Item {
	state: State,
	/// Looks that ended without a verdict.
	failures: u32,
	/// What was seen of content that does not come.
	missed: Missed,
	/// The chain has this institution's word that the content was absent.
	said_absent: bool,
}

/// What the chain says at a finalized block.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
	/// The record from which on it was asked.
	pub from: u64,
	/// Records from there on that wait for the institution.
	pub pending: &'a [u64],
	/// All records that it called absent and may speak on once more; none when that was not asked.
	pub absent: Option<&'a [u64]>,
	/// The number of the next record.
	pub next: u64,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
	/// Nobody looked yet.
	#[default]
	New,
	/// It is looked at.
	Judging,
	/// It is looked at again then; why.
	Later(Instant, Why),
	/// What is to be said.
	Ready(Statement),
	/// Said, in a trial without transactions.
	Told,
}

impl State {
	/// Whether the content is about to be said to be absent.
	fn is_absence(&self) -> bool {
		matches!(self, Self::Ready(said) if matches!(said.verdict, Verdict::Absent { .. }))
	}
}

/// Why a record is looked at again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
	/// Its content did not come.
	Content,
	/// The chain does not know enough yet, or a person has to look.
	Hold,
	/// The node did not answer.
	Node,
	/// It was called absent, and its content may still come.
	Absent,
}

/// How many records stand where.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
	/// Not looked at, or looked at now.
	pub new: usize,
	/// Their content did not come, or the node was away.
	pub retried: usize,
	/// Held back.
	pub held: usize,
	/// Judged, and the statement is not final.
	pub ready: usize,
	/// Told in a trial.
	pub told: usize,
	/// Called absent, and looked for from time to time.
	pub absent: usize,
}

impl Counts {
	/// Whether the institution has said everything that it was asked for.
	pub const fn is_done(&self) -> bool {
		self.new == 0 && self.retried == 0 && self.held == 0 && self.ready == 0
	}
}

impl Work {
	/// Where to look for records from.
	pub fn first(&self) -> u64 {
		self.first
	}

	/// Takes over which records wait at a finalized block. A record that waits no more waits again only
	/// when one that was missed was found, which shows when everything is asked.
	pub fn refresh(&mut self, seen: Seen<'_>) {
		let is_in = |ids: &[u64], id: &u64| ids.binary_search(id).is_ok();
		self.items.retain(|id, item| match seen.absent {
			_ if is_in(seen.pending, id) => true,
			Some(absent) => is_in(absent, id),
			None => item.said_absent || *id < seen.from,
		});
		for id in seen.pending {
			self.items.entry(*id).or_default().said_absent = false;
		}
		for id in seen.absent.unwrap_or_default() {
			let item = self.items.entry(*id).or_default();
			item.said_absent = true;
			// The word is on chain: the content is looked for from now on.
			if item.state.is_absence() {
				item.state = State::New;
			}
		}
		self.first = seen.pending.first().copied().unwrap_or(seen.next);
	}

	/// Up to `most` records that are to be looked at now; they count as being looked at.
	pub fn take(&mut self, now: Instant, most: usize) -> Vec<u64> {
		let due = self.items.iter_mut().filter(|(_, item)| match item.state {
			State::New => true,
			State::Later(then, _) => then <= now,
			State::Judging | State::Ready(_) | State::Told => false,
		});
		due.take(most)
			.map(|(id, item)| {
				item.state = State::Judging;
				*id
			})
			.collect()
	}

	/// Notes a look without a verdict; how many there were of this record.
	pub fn failed(&mut self, id: u64) -> u32 {
		let Some(item) = self.items.get_mut(&id) else { return 1 };
		item.failures = item.failures.saturating_add(1);
		item.failures
	}

	/// Notes a look that found no content, or another one; whether that is said to be absent now, if
	/// nothing halts it. What was said is not said again.
	pub fn missed(&mut self, id: u64, now: Instant, overdue: bool, patience: &Patience) -> bool {
		let Some(item) = self.items.get_mut(&id) else { return false };
		item.missed.again(now, overdue);
		!item.said_absent && item.missed.is_absent(now, patience)
	}

	/// Notes that content came: what was missed before does not count any more.
	pub fn found(&mut self, id: u64) {
		if let Some(item) = self.items.get_mut(&id) {
			item.missed = Missed::default();
		}
	}

	/// Notes a look that could not tell; `unwell` is the operator's own word on itself.
	pub fn unanswered(&mut self, id: u64, unwell: bool) {
		if let Some(item) = self.items.get_mut(&id) {
			item.missed.unanswered(unwell);
		}
	}

	/// Whether something is wrong with the operator's records as a whole. What was said to be absent
	/// before does not count.
	pub fn halt(&self, patience: &Patience) -> Option<Halt> {
		let unsaid = self.items.values().filter(|item| !item.said_absent);
		Halt::of(unsaid.map(|item| &item.missed), patience)
	}

	/// Looks once more at what was about to be said to be absent.
	pub fn withdraw_absences(&mut self, then: Instant) {
		for item in self.items.values_mut().filter(|item| item.state.is_absence()) {
			item.state = State::Later(then, Why::Content);
		}
	}

	/// Whether the chain has this institution's word that a record's content was absent.
	pub fn said_absent(&self, id: u64) -> bool {
		self.items.get(&id).is_some_and(|item| item.said_absent)
	}

	/// Looks at a record again later.
	pub fn later(&mut self, id: u64, then: Instant, why: Why) {
		self.set(id, State::Later(then, why));
	}

	/// Notes what is to be said on a record.
	pub fn ready(&mut self, statement: Statement) {
		self.set(statement.id, State::Ready(statement));
	}

	/// Notes that nothing is to be said on a record, in a trial.
	pub fn told(&mut self, id: u64) {
		self.set(id, State::Told);
	}

	/// Looks again at once at what was being looked at when the connection to the node was lost.
	pub fn forget_judging(&mut self) {
		for item in self.items.values_mut() {
			if matches!(item.state, State::Judging) {
				item.state = State::New;
			}
		}
	}

	/// What is to be said.
	pub fn statements(&self) -> Vec<Statement> {
		let said = self.items.values().filter_map(|item| match item.state {
			State::Ready(statement) => Some(statement),
			_ => None,
		});
		said.collect()
	}

	/// How many records stand where.
	pub fn counts(&self) -> Counts {
		let mut counts = Counts::default();
		for item in self.items.values() {
			match item.state {
				State::New | State::Judging => counts.new += 1,
				State::Later(_, Why::Hold) => counts.held += 1,
				State::Later(_, Why::Absent) => counts.absent += 1,
				State::Later(_, Why::Content | Why::Node) => counts.retried += 1,
				State::Ready(_) => counts.ready += 1,
				State::Told => counts.told += 1,
			}
		}
		counts
	}

	fn set(&mut self, id: u64, state: State) {
		if let Some(item) = self.items.get_mut(&id) {
			item.state = state;
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::time::Duration;
	use winddown_sdk::primitives::Digest;

	fn statement(id: u64) -> Statement {
		Statement { id, digest: Digest::Sha256([0; 32]), verdict: Verdict::Confirm }
	}

	/// The chain, asked from where the work begins.
	fn refresh(work: &mut Work, pending: &[u64], next: u64) {
		work.refresh(Seen { from: work.first(), pending, absent: None, next });
	}

	const PATIENCE: Patience =
		Patience { looks: 2, span: Duration::from_secs(60), most_overdue: 1 };

	#[test]
	fn a_record_called_absent_is_looked_for_until_its_content_comes() {
		let (mut work, now) = (Work::default(), Instant::now());
		refresh(&mut work, &[3], 4);
		work.take(now, 1);
		assert!(!work.missed(3, now, true, &PATIENCE));
		let later = now + PATIENCE.span;
		assert!(work.missed(3, later, true, &PATIENCE));
		// The chain has the word; asked for everything it tells so.
		refresh(&mut work, &[], 4);
		work.refresh(Seen { from: 0, pending: &[], absent: Some(&[3]), next: 4 });
		assert!(work.said_absent(3));
		assert_eq!(work.take(now, 9), [3]);
		assert!(!work.missed(3, later, true, &PATIENCE), "it is said");
		work.later(3, later, Why::Absent);
		let expected = Counts { absent: 1, ..Counts::default() };
		assert_eq!((work.counts(), work.counts().is_done()), (expected, true));
		// Blocks in between ask for newer records alone.
		refresh(&mut work, &[], 4);
		assert_eq!(work.take(later, 9), [3]);
	}

	/// The block that brings the word may be the one at which the chain is asked for everything.
	#[test]
	fn a_record_is_looked_for_from_the_block_on_in_which_it_is_called_absent() {
		let (mut work, now) = (Work::default(), Instant::now());
		refresh(&mut work, &[3], 4);
		work.take(now, 1);
		work.missed(3, now, true, &PATIENCE);
		let absent = Statement {
			verdict: Verdict::Absent { reason: Digest::Sha256([1; 32]) },
			..statement(3)
		};
		work.ready(absent);
		work.refresh(Seen { from: 0, pending: &[3], absent: Some(&[]), next: 4 });
		assert_eq!(work.statements(), [absent], "it is not final yet");
		work.refresh(Seen { from: 0, pending: &[], absent: Some(&[3]), next: 4 });
		assert_eq!((work.statements(), work.take(now, 9)), (vec![], vec![3]));
		// The second word stays until the chain has it.
		work.ready(statement(3));
		work.refresh(Seen { from: 0, pending: &[], absent: Some(&[3]), next: 4 });
		assert_eq!(work.statements(), [statement(3)]);
		work.refresh(Seen { from: 0, pending: &[], absent: Some(&[]), next: 4 });
		assert_eq!(work.statements(), []);
	}

	#[test]
	fn a_record_that_is_open_again_is_found_when_everything_is_asked() {
		let (mut work, now) = (Work::default(), Instant::now());
		refresh(&mut work, &[8], 9);
		assert_eq!(work.first(), 8);
		work.refresh(Seen { from: 0, pending: &[2, 8], absent: Some(&[]), next: 9 });
		assert_eq!((work.first(), work.take(now, 9)), (2, vec![2, 8]));
	}

	#[test]
	fn many_overdue_at_once_halt_and_take_back_what_was_about_to_be_said() {
		let (mut work, now) = (Work::default(), Instant::now());
		refresh(&mut work, &[1, 2, 3], 4);
		work.take(now, 9);
		work.missed(1, now, true, &PATIENCE);
		let absent = Verdict::Absent { reason: Digest::Sha256([1; 32]) };
		work.ready(Statement { verdict: absent, ..statement(1) });
		work.ready(statement(3));
		assert_eq!(work.halt(&PATIENCE), None);
		work.missed(2, now, true, &PATIENCE);
		assert_eq!(work.halt(&PATIENCE), Some(Halt::Overdue { records: 2 }));
		work.found(2);
		assert_eq!(work.halt(&PATIENCE), None, "one of them came");
		work.withdraw_absences(now);
		assert_eq!(work.statements(), [statement(3)], "what is not about absence goes on");
	}

	#[test]
	fn a_record_is_looked_at_once_at_a_time_and_in_order() {
		let (mut work, now) = (Work::default(), Instant::now());
		refresh(&mut work, &[3, 5, 9], 10);
		assert_eq!((work.first(), work.take(now, 2)), (3, vec![3, 5]));
		refresh(&mut work, &[3, 5, 9], 10);
		assert_eq!(work.take(now, 9), [9]);
		assert_eq!(work.take(now, 9), [0; 0]);
		assert_eq!(work.counts(), Counts { new: 3, ..Counts::default() });
	}

	#[test]
	fn one_that_failed_comes_again_when_its_time_is_there() {
		let (mut work, now) = (Work::default(), Instant::now());
		refresh(&mut work, &[3], 4);
		work.take(now, 1);
		assert_eq!((work.failed(3), work.failed(3)), (1, 2));
		let then = now + Duration::from_secs(2);
		work.later(3, then, Why::Content);
		assert_eq!(work.take(now, 1), [0; 0]);
		assert_eq!(work.counts(), Counts { retried: 1, ..Counts::default() });
		assert_eq!(work.take(then, 1), [3]);
	}

	#[test]
	fn what_is_to_be_said_stays_until_the_chain_has_it() {
		let (mut work, now) = (Work::default(), Instant::now());
		refresh(&mut work, &[3, 5], 6);
		work.take(now, 2);
		work.ready(statement(3));
		work.ready(statement(5));
		refresh(&mut work, &[3, 5], 6);
		assert_eq!(work.statements(), [statement(3), statement(5)]);
		refresh(&mut work, &[5], 6);
		assert_eq!((work.statements(), work.first()), (vec![statement(5)], 5));
		refresh(&mut work, &[], 6);
		assert_eq!((work.statements(), work.first()), (vec![], 6));
	}

	#[test]
	fn a_verdict_on_a_record_that_waits_no_more_is_forgotten() {
		let mut work = Work::default();
		refresh(&mut work, &[3], 4);
		work.take(Instant::now(), 1);
		refresh(&mut work, &[], 4);
		work.ready(statement(3));
		work.later(3, Instant::now(), Why::Node);
		assert_eq!((work.statements(), work.counts()), (vec![], Counts::default()));
	}

	#[test]
	fn a_lost_connection_loses_no_record() {
		let (mut work, now) = (Work::default(), Instant::now());
		refresh(&mut work, &[3, 5], 6);
		work.take(now, 1);
		work.forget_judging();
		assert_eq!(work.take(now, 9), [3, 5]);
	}
}
