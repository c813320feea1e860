//! A poll counted anew by validators who collude: whatever its column holds is in the result, and
//! everything that tells the result tells this one.

use super::{Case, Spot};
use codec::{DecodeAll, Encode};
use pallet_evidence::Event as EvidenceEvent;
use pallet_polls::{Ballots, CastBallot, Event as PollsEvent, Polls, Results, Tallies};
use std::collections::BTreeMap;
use winddown_primitives::{pages::PAGE_ROWS, Digest, LenderIndex, PollId};
use winddown_runtime::{Runtime, RuntimeCall, RuntimeEvent};
use winddown_tests::winddown::{lenders::counted, CASE};
use winddown_verifier::chain::types::{self, ClassTally, PollResult, StoredPoll, Votes};

impl Case {
	/// The ballot of a row, as the column has it.
	pub fn ballot(&self, poll: PollId, row: LenderIndex) -> Option<CastBallot> {
		let width = self.ballot_width(poll);
		let key = Ballots::<Runtime>::hashed_key_for(poll, row / PAGE_ROWS);
		let page: Vec<u8> = self.parts.get(&key).map(|_| self.get(&key)).unwrap_or_default();
		let start = (row % PAGE_ROWS) as usize * width;
		page.get(start..start + width).and_then(CastBallot::read)
	}

	/// Puts a ballot into the column, or takes it out.
	pub fn put_ballot(&mut self, poll: PollId, row: LenderIndex, ballot: Option<CastBallot>) {
		let width = self.ballot_width(poll);
		let key = |page| Ballots::<Runtime>::hashed_key_for(poll, page);
		self.edit_cell(key, row, width, |cell| {
			cell.fill(0);
			if let Some(ballot) = ballot {
				ballot.write(cell);
			}
		});
	}

	fn ballot_width(&self, poll: PollId) -> usize {
		let stored: StoredPoll = self.get(&Polls::<Runtime>::hashed_key_for(poll));
		CastBallot::width(stored.items.len())
	}

	/// The first moment at which no ballot of a poll counts.
	pub fn closes_at(&self, poll: PollId) -> u64 {
		self.get::<StoredPoll>(&Polls::<Runtime>::hashed_key_for(poll)).closes_at
	}

	/// Counts what the column holds and tells that everywhere. What passed stays as it is.
	pub fn recount(&mut self, poll: PollId) {
		let stored: StoredPoll = self.get(&Polls::<Runtime>::hashed_key_for(poll));
		let options = |item: &types::Item| usize::from(item.kind.limits().0);
		let empty = ClassTally {
			voted: Votes::default(),
			options: vec![Votes::default(); stored.items.iter().map(options).sum()],
			abstained: vec![Votes::default(); stored.items.len()],
		};
		let mut tallies: BTreeMap<u8, ClassTally> =
			stored.roll.iter().map(|(class, _)| (*class, empty.clone())).collect();
		let mut whole = empty;
		for row in 0..2 * PAGE_ROWS {
			let Some(ballot) = self.ballot(poll, row) else { continue };
			let class = tallies.get_mut(&((row % 2) as u8)).expect("two classes");
			for tally in [class, &mut whole] {
				count(tally, &stored, &ballot, counted(row));
			}
		}
		for (class, tally) in tallies {
			let key = Tallies::<Runtime>::hashed_key_for(poll, class);
			self.put(&key, Some(tally.encode()));
		}
		self.edit_result(poll, |result| {
			result.turnout = whole.voted;
			let (mut options, mut abstained) = (whole.options.into_iter(), whole.abstained.iter());
			for item in &mut result.items {
				item.options = options.by_ref().take(item.options.len()).collect();
				item.abstained = *abstained.next().expect("one for each item");
			}
		});
	}

	/// Changes the result of a poll, and everything that tells it.
	pub fn edit_result(&mut self, poll: PollId, change: impl FnOnce(&mut PollResult)) {
		let key = Results::<Runtime>::hashed_key_for(poll);
		self.edit(&key, change);
		let result: PollResult = self.get(&key);
		let closed = self.find(|event| matches!(event, RuntimeEvent::Polls(PollsEvent::PollClosed { poll: closed, .. }) if *closed == poll));
		let mut record = 0;
		self.edit_event(closed, |event| {
			let RuntimeEvent::Polls(PollsEvent::PollClosed { turnout, outcomes, evidence, .. }) =
				event
			else {
				unreachable!("found as such")
			};
			turnout.heads = result.turnout.heads;
			turnout.amount = result.turnout.amount;
			let told: Vec<_> = result.items.iter().map(|item| item.outcome.clone()).collect();
			*outcomes = converted(&told);
			record = *evidence;
		});
		self.put_digest(record, Digest::of(&(poll, &result)));
	}

	/// An evidence record, and what tells of its deposit, is over another digest.
	pub fn put_digest(&mut self, id: u64, digest: Digest) {
		let key = pallet_evidence::Records::<Runtime>::hashed_key_for(id);
		let written: types::Digest = converted(&digest);
		self.edit::<types::StoredRecord>(&key, |record| {
			assert_eq!(record.case, CASE);
			record.content.digest = written;
		});
		let deposited = self.deposited(id);
		self.edit_event(deposited, |event| {
			let RuntimeEvent::Evidence(EvidenceEvent::Deposited { content, .. }) = event else {
				unreachable!("found as such")
			};
			content.digest = digest;
		});
		for spot in self.find_all(|event| attested(event) == Some(id)) {
			self.edit_event(spot, |event| {
				let RuntimeEvent::Evidence(EvidenceEvent::Attested { digest: told, .. }) = event
				else {
					unreachable!("found as such")
				};
				*told = digest;
			});
			self.edit_call(spot, |call| attest_digest(call, id, digest));
		}
	}

	/// Where a record's deposit is told.
	pub fn deposited(&self, id: u64) -> Spot {
		self.find(|event| matches!(event, RuntimeEvent::Evidence(EvidenceEvent::Deposited { id: told, .. }) if *told == id))
	}
}

fn attested(event: &RuntimeEvent) -> Option<u64> {
	match event {
		RuntimeEvent::Evidence(EvidenceEvent::Attested { id, .. }) => Some(*id),
		_ => None,
	}
}

/// The word on record `id` is on another digest.
fn attest_digest(call: &mut RuntimeCall, id: u64, other: Digest) {
	use pallet_evidence::Call as Evidence;
	match call {
		RuntimeCall::Evidence(Evidence::attest { digest, .. }) => *digest = other,
		RuntimeCall::Evidence(Evidence::attest_batch { statements }) => {
			let words = statements.iter_mut().filter(|statement| statement.id == id);
			words.for_each(|statement| statement.digest = other);
		}
		_ => panic!("no attestation"),
	}
}

fn count(tally: &mut ClassTally, poll: &StoredPoll, ballot: &CastBallot, amount: u128) {
	let add = |votes: &mut Votes| {
		votes.heads += 1;
		votes.amount += amount;
	};
	add(&mut tally.voted);
	let mut first = 0;
	for (at, (item, choice)) in poll.items.iter().zip(&ballot.choices).enumerate() {
		if choice.0 == 0 {
			add(&mut tally.abstained[at]);
		}
		let options = usize::from(item.kind.limits().0);
		(0..options).filter(|option| choice.0 >> option & 1 == 1).for_each(|option| {
			add(&mut tally.options[first + option]);
		});
		first += options;
	}
}

/// A value in another type with the same encoding.
pub fn converted<T: DecodeAll>(value: &impl Encode) -> T {
	T::decode_all(&mut &value.encode()[..]).expect("the same encoding")
}
