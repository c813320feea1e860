//! Storage keys that `winddown_proof::layout` does not have.

use winddown_proof::{
	digest::Digest,
	layout::{blake2_128_concat, evidence::Account, prefix, twox_64_concat},
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
	[prefix("CommitteeElection", "FirstBallots"), twox_64_concat(&poll)].concat()
}

/// The committee of a case.
pub fn committee(case: u32) -> Vec<u8> {
	[prefix("CommitteeElection", "Committees"), twox_64_concat(&case)].concat()
}

/// How many decisions a committee made, a `u32`.
pub fn decision_count(case: u32) -> Vec<u8> {
	[prefix("CommitteeElection", "DecisionCount"), twox_64_concat(&case)].concat()
}

/// A decision of a committee.
pub fn decision(case: u32, decision: u32) -> Vec<u8> {
	[prefix("CommitteeElection", "Decisions"), twox_64_concat(&case), twox_64_concat(&decision)]
		.concat()
}

/// A plan.
pub fn plan(case: u32, plan: u32) -> Vec<u8> {
	[prefix("RepaymentVote", "Plans"), twox_64_concat(&case), twox_64_concat(&plan)].concat()
}

/// What the platform reported of a payment list: `(u8, u128, u32, u64)`, the instalment, fen,
/// lenders, when.
pub fn payment(case: u32, list: &Digest) -> Vec<u8> {
	[prefix("RepaymentVote", "Payments"), twox_64_concat(&case), blake2_128_concat(list)].concat()
}

/// An account; it begins with its nonce, a `u32`.
pub fn account(account: &Account) -> Vec<u8> {
	[prefix("System", "Account"), blake2_128_concat(account)].concat()
}
