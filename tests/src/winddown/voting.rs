//! How a poll is held: ballots with their records, which go on chain once more as a batch.

use super::{Play, CASE, HOUR};
use pallet_polls::Call as Polls;
use winddown_primitives::{Ballot, Choice, EvidenceKind, LenderIndex, PollId};
use winddown_proof::record::Record;
use winddown_runtime::Runtime;
use winddown_sdk::{digest::on_chain, record::ballot};

/// The ballots that lenders cast together.
pub type Wave<'a> = &'a [(LenderIndex, &'a [Choice])];

impl Play {
	/// Ballots are cast, then the poll is closed.
	pub(super) fn vote(&mut self, poll: PollId, waves: &[(Wave, usize)]) {
		self.cast(poll, waves);
		self.close(poll);
	}

	/// The poll is closed after its end.
	pub(super) fn close(&mut self, poll: PollId) {
		self.chain.pass(2 * HOUR);
		self.act("Operator", [Polls::<Runtime>::close { poll }]);
	}

	/// Each wave of ballots is carried by itself. A wave has so many ballots that the chain refuses,
	/// the last ones.
	pub(super) fn cast(&mut self, poll: PollId, waves: &[(Wave, usize)]) {
		let mut records = vec![];
		for (wave, refused) in waves {
			let cast_at = self.chain.now();
			let mut intents = vec![];
			for (at, (lender, choices)) in wave.iter().enumerate() {
				let randomness = &mut self.vault.randomness;
				let record = ballot(CASE, poll, *lender, choices, cast_at, randomness);
				let cast = cast(poll, choices, &record);
				intents.push(self.intent(*lender, cast));
				if at + refused < wave.len() {
					records.push(record);
				}
			}
			self.carry(intents, *refused as u32);
		}
		let records = self.vault.batch(&records);
		self.deposit("Operator", EvidenceKind::Ballots, records);
	}
}

/// The call that casts a ballot.
pub fn cast(poll: PollId, choices: &[Choice], record: &Record) -> Polls<Runtime> {
	let choices = choices.to_vec().try_into().expect("at most 8 items");
	Polls::cast { poll, ballot: Ballot::Open(choices), record: on_chain(record.digest()) }
}
