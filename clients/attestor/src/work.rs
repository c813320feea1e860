//! Which records are waited for, judged, and spoken on next. It lives in memory: the chain knows the
//! rest.

use std::collections::BTreeMap;
use tokio::time::Instant;
use winddown_sdk::calls::Statement;

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

/// Why a record is looked at again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
	/// Its content did not come.
	Content,
	/// The chain does not know enough yet, or a person has to look.
	Hold,
	/// The node did not answer.
	Node,
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

	/// Takes over which records wait at a finalized block; `next` is the number of the next record.
	/// A record that waits no more never waits again.
	pub fn refresh(&mut self, pending: &[u64], next: u64) {
		let still = |id: &u64| pending.binary_search(id).is_ok();
		self.items.retain(|id, _| still(id));
		for id in pending {
			self.items.entry(*id).or_default();
		}
		self.first = pending.first().copied().unwrap_or(next);
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
		Statement { id, digest: Digest::Sha256([0; 32]), rejection: None }
	}

	#[test]
	fn a_record_is_looked_at_once_at_a_time_and_in_order() {
		let (mut work, now) = (Work::default(), Instant::now());
		work.refresh(&[3, 5, 9], 10);
		assert_eq!((work.first(), work.take(now, 2)), (3, vec![3, 5]));
		work.refresh(&[3, 5, 9], 10);
		assert_eq!(work.take(now, 9), [9]);
		assert_eq!(work.take(now, 9), [0; 0]);
		assert_eq!(work.counts(), Counts { new: 3, ..Counts::default() });
	}

	#[test]
	fn one_that_failed_comes_again_when_its_time_is_there() {
		let (mut work, now) = (Work::default(), Instant::now());
		work.refresh(&[3], 4);
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
		work.refresh(&[3, 5], 6);
		work.take(now, 2);
		work.ready(statement(3));
		work.ready(statement(5));
		work.refresh(&[3, 5], 6);
		assert_eq!(work.statements(), [statement(3), statement(5)]);
		work.refresh(&[5], 6);
		assert_eq!((work.statements(), work.first()), (vec![statement(5)], 5));
		work.refresh(&[], 6);
		assert_eq!((work.statements(), work.first()), (vec![], 6));
	}

	#[test]
	fn a_verdict_on_a_record_that_waits_no_more_is_forgotten() {
		let mut work = Work::default();
		work.refresh(&[3], 4);
		work.take(Instant::now(), 1);
		work.refresh(&[], 4);
		work.ready(statement(3));
		work.later(3, Instant::now(), Why::Node);
		assert_eq!((work.statements(), work.counts()), (vec![], Counts::default()));
	}

	#[test]
	fn a_lost_connection_loses_no_record() {
		let (mut work, now) = (Work::default(), Instant::now());
		work.refresh(&[3, 5], 6);
		work.take(now, 1);
		work.forget_judging();
		assert_eq!(work.take(now, 9), [3, 5]);
	}
}
