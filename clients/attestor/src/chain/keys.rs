//! Storage keys that `winddown_proof::layout` does not have.

use codec::Encode;
use sp_crypto_hashing::{blake2_128, twox_64};
use winddown_proof::{
	digest::Digest,
	layout::{evidence::Account, prefix},
};

/// The number of the next evidence record, a `u64`.
pub fn next_record() -> Vec<u8> {
	prefix("Evidence", "NextRecord")
}

/// The number of the next poll, a `u32`.
pub fn next_poll() -> Vec<u8> {
	prefix("Polls", "NextPoll")
}

/// A first ballot, by its poll.
pub fn first_ballot(poll: u32) -> Vec<u8> {
	[prefix("CommitteeElection", "FirstBallots"), twox(&poll)].concat()
}

/// The committee of a case.
pub fn committee(case: u32) -> Vec<u8> {
	[prefix("CommitteeElection", "Committees"), twox(&case)].concat()
}

/// How many decisions a committee made, a `u32`.
pub fn decision_count(case: u32) -> Vec<u8> {
	[prefix("CommitteeElection", "DecisionCount"), twox(&case)].concat()
}

/// A decision of a committee.
pub fn decision(case: u32, decision: u32) -> Vec<u8> {
	[prefix("CommitteeElection", "Decisions"), twox(&case), twox(&decision)].concat()
}

/// A plan.
pub fn plan(case: u32, plan: u32) -> Vec<u8> {
	[prefix("RepaymentVote", "Plans"), twox(&case), twox(&plan)].concat()
}

/// What the platform reported of a payment list: `(u8, u128, u32, u64)`, the instalment, fen,
/// lenders, when.
pub fn payment(case: u32, list: &Digest) -> Vec<u8> {
	[prefix("RepaymentVote", "Payments"), twox(&case), blake2(list)].concat()
}

/// An account; it begins with its nonce, a `u32`.
pub fn account(account: &Account) -> Vec<u8> {
	[prefix("System", "Account"), blake2(account)].concat()
}

fn twox(part: &impl Encode) -> Vec<u8> {
	part.using_encoded(|bytes| [&twox_64(bytes), bytes].concat())
}

fn blake2(part: &impl Encode) -> Vec<u8> {
	part.using_encoded(|bytes| [&blake2_128(bytes), bytes].concat())
}
