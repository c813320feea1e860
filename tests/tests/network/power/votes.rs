//! Votes of the validators, as nodes keep them (GRANDPA's entries of `sc-consensus-grandpa` in a node's database).

use codec::{Decode, DecodeAll};
use std::collections::{BTreeMap, BTreeSet};

/// A validator's key.
pub type Voter = [u8; 32];

/// A block that is voted for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Decode)]
pub struct Target {
	pub hash: [u8; 32],
	pub number: u32,
}

/// What a vote says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Decode)]
pub enum Step {
	Prevote,
	Precommit,
	Proposal,
}

/// A vote on the wire: its step, its target, the signature and the voter.
type Signed = ((Step, Target), [u8; 64], Voter);

/// What is known of a round: ghost, final block and estimate of its votes, and whether it may be left.
type State = ([Option<Target>; 3], bool);

/// A round that is over, with the votes that were seen.
#[derive(Decode)]
pub struct Over {
	pub number: u64,
	_state: State,
	_base: Target,
	pub votes: Vec<Signed>,
}

/// What a validator remembers of its own votes in a round.
#[derive(Decode)]
enum Own {
	Nothing,
	Voted(Voter, OwnVotes),
}

#[derive(Decode)]
enum OwnVotes {
	Proposal(Target),
	Prevote(Option<Target>, Target),
	Precommit(Option<Target>, Target, Target),
}

impl OwnVotes {
	fn each(self) -> Vec<(Step, Target)> {
		let (proposal, prevote, precommit) = match self {
			Self::Proposal(target) => (Some(target), None, None),
			Self::Prevote(proposal, target) => (proposal, Some(target), None),
			Self::Precommit(proposal, prevote, target) => (proposal, Some(prevote), Some(target)),
		};
		[(Step::Proposal, proposal), (Step::Prevote, prevote), (Step::Precommit, precommit)]
			.into_iter()
			.filter_map(|(step, target)| Some((step, target?)))
			.collect()
	}
}

/// The last rounds that are over, the number of the set of validators, and these.
type LastRounds = (Vec<Over>, u64, Vec<Voter>);

/// Where a validator stands: the last rounds, and its own votes in open ones.
#[derive(Decode)]
enum Standing {
	Live(LastRounds, BTreeMap<u64, Own>),
	Paused(LastRounds),
}

/// Which vote: the round, the voter, the step. There may be one of each.
type Place = (u64, Voter, Step);

/// Votes of one set of validators from whoever saw them.
#[derive(Default)]
pub struct Votes(BTreeMap<Place, BTreeSet<Target>>);

impl Votes {
	/// Adds a round that is over.
	pub fn add_round(&mut self, encoded: &[u8]) -> Result<(), codec::Error> {
		self.add_over(Over::decode_all(&mut &*encoded)?);
		Ok(())
	}

	fn add_over(&mut self, round: Over) {
		for ((step, target), _, voter) in round.votes {
			self.add(round.number, voter, step, target);
		}
	}

	/// Adds what a validator remembers; how many votes of its own in rounds that were open.
	pub fn add_standing(&mut self, encoded: &[u8]) -> Result<usize, codec::Error> {
		let ((over, set, _), open) = match Standing::decode_all(&mut &*encoded)? {
			Standing::Live(rounds, open) => (rounds, open),
			Standing::Paused(rounds) => (rounds, BTreeMap::new()),
		};
		// Rounds are counted within a set of validators, and nothing changes it here.
		assert_eq!(set, 0, "the validators are those of the first block");
		over.into_iter().for_each(|round| self.add_over(round));
		let mut own = 0;
		for (round, voted) in open {
			let Own::Voted(voter, votes) = voted else { continue };
			for (step, target) in votes.each() {
				own += 1;
				self.add(round, voter, step, target);
			}
		}
		Ok(own)
	}

	fn add(&mut self, round: u64, voter: Voter, step: Step, target: Target) {
		self.0.entry((round, voter, step)).or_default().insert(target);
	}

	/// How many votes there are.
	pub fn count(&self) -> usize {
		self.0.len()
	}

	/// Who voted twice, when, and for what.
	pub fn double(&self) -> impl Iterator<Item = (&Place, &BTreeSet<Target>)> {
		self.0.iter().filter(|(_, targets)| targets.len() > 1)
	}
}
