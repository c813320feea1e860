//! GRANDPA: whether the validators' votes make a block final.
//!
//! Trust: that at most a third of the weight of the set voted against the protocol, and that the
//! validators' keys were theirs alone, also after they left the set.

use crate::{
	hash::Hash,
	header::{Authorities, Header, ValidatorKey},
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use codec::{Decode, Encode};
use core::fmt;
use ed25519_zebra::{Signature as Ed25519Signature, VerificationKey};
use finality_grandpa::{
	validate_commit, voter_set::VoterSet, Chain, Error as GrandpaError, Message,
};

/// An ed25519 signature.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Signature(pub [u8; 64]);

/// A validator's vote for a block and all before it.
pub type Precommit = finality_grandpa::Precommit<Hash, u32>;

/// A vote with its signature.
pub type SignedPrecommit = finality_grandpa::SignedPrecommit<Hash, u32, Signature, ValidatorKey>;

/// The votes of one round, and the block that they make final.
pub type Commit = finality_grandpa::Commit<Hash, u32, Signature, ValidatorKey>;

/// A justification as nodes store and answer it: the votes, and the headers between the block that
/// they make final and the later blocks that some of them name.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Justification {
	/// The round of the votes.
	pub round: u64,
	/// The votes.
	pub commit: Commit,
	/// Headers of the blocks voted for, down to the block that is final.
	pub ancestors: Vec<Header>,
}

impl fmt::Debug for Justification {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { round, commit, ancestors } = self;
		let (number, votes) = (commit.target_number, commit.precommits.len());
		write!(out, "{votes} votes of round {round} for block {number} and {ancestors:?}")
	}
}

/// The validators of a time, with the number of their set, counted from 0 at genesis.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuthoritySet {
	/// The number of the set.
	pub id: u64,
	voters: VoterSet<ValidatorKey>,
}

/// What is wrong with a justification.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
	/// It is for another block.
	OtherBlock,
	/// Somebody voted who is no validator of the set.
	UnknownVoter,
	/// A validator voted twice.
	DuplicateVote,
	/// A vote is not for the block nor for one after it.
	NotDescendant,
	/// A signature is not by that validator, in that round, of that set.
	BadSignature,
	/// A header occurs twice.
	DuplicateAncestor,
	/// A header is not needed.
	SuperfluousAncestor,
	/// The votes weigh less than two thirds of the set and one more.
	TooLittleWeight,
	/// The votes make a later block final, not this one.
	NotTheTarget,
}

impl AuthoritySet {
	/// The set number `id`; `None` when nobody has weight or the weights overflow.
	pub fn new(id: u64, authorities: Authorities) -> Option<Self> {
		Some(Self { id, voters: VoterSet::new(authorities)? })
	}

	/// The number of the validators, at least 1.
	pub fn validators(&self) -> usize {
		self.voters.len().get()
	}

	/// Checks that `justification` makes the block of `header` final.
	///
	/// Trust: the caller knows that this set finalises that block; and see the head of this module.
	pub fn check(&self, header: &Header, justification: &Justification) -> Result<(), Fault> {
		let commit = &justification.commit;
		if (commit.target_hash, commit.target_number) != (header.hash(), header.number) {
			return Err(Fault::OtherBlock);
		}
		let mut chain = Ancestry::new(commit, &justification.ancestors)?;
		let mut voted = BTreeSet::new();
		let mut weight = 0u64;
		for vote in &commit.precommits {
			let voter = self.voters.get(&vote.id).ok_or(Fault::UnknownVoter)?;
			if !voted.insert(vote.id) {
				return Err(Fault::DuplicateVote);
			}
			chain.visit(&vote.precommit)?;
			self.check_signature(vote, justification.round)?;
			weight = weight.saturating_add(voter.weight().get());
		}
		if !chain.unvisited.is_empty() {
			return Err(Fault::SuperfluousAncestor);
		}
		if weight < self.voters.threshold().get() {
			return Err(Fault::TooLittleWeight);
		}
		match validate_commit(commit, &self.voters, &chain) {
			Ok(result) if result.is_valid() => Ok(()),
			_ => Err(Fault::NotTheTarget),
		}
	}

	fn check_signature(&self, vote: &SignedPrecommit, round: u64) -> Result<(), Fault> {
		let message = (Message::Precommit(vote.precommit.clone()), round, self.id).encode();
		VerificationKey::try_from(vote.id.0)
			.and_then(|key| key.verify(&Ed25519Signature::from(vote.signature.0), &message))
			.map_err(|_| Fault::BadSignature)
	}
}

/// The headers between a final block and those voted for.
struct Ancestry {
	target: (Hash, u32),
	/// Parent and height of each header.
	headers: BTreeMap<Hash, (Hash, u32)>,
	unvisited: BTreeSet<Hash>,
}

impl Ancestry {
	fn new(commit: &Commit, ancestors: &[Header]) -> Result<Self, Fault> {
		let mut headers = BTreeMap::new();
		for header in ancestors {
			if headers.insert(header.hash(), (header.parent, header.number)).is_some() {
				return Err(Fault::DuplicateAncestor);
			}
		}
		let unvisited = headers.keys().copied().collect();
		Ok(Self { target: (commit.target_hash, commit.target_number), headers, unvisited })
	}

	/// Walks from the block of a vote down to the final block, or to where an earlier walk was.
	fn visit(&mut self, vote: &Precommit) -> Result<(), Fault> {
		let (mut hash, mut number) = (vote.target_hash, vote.target_number);
		while (hash, number) != self.target {
			let (parent, height) = *self.headers.get(&hash).ok_or(Fault::NotDescendant)?;
			if height != number {
				return Err(Fault::NotDescendant);
			}
			if !self.unvisited.remove(&hash) {
				return Ok(());
			}
			hash = parent;
			number = number.checked_sub(1).ok_or(Fault::NotDescendant)?;
		}
		Ok(())
	}
}

impl Chain<Hash, u32> for Ancestry {
	fn ancestry(&self, base: Hash, block: Hash) -> Result<Vec<Hash>, GrandpaError> {
		let mut route = Vec::new();
		let mut hash = block;
		while hash != base {
			// Each header is one higher than its parent, so that no walk is longer than there are headers.
			let (parent, _) = self.headers.get(&hash).ok_or(GrandpaError::NotDescendent)?;
			hash = *parent;
			if hash != base {
				route.push(hash);
			}
		}
		Ok(route)
	}
}
