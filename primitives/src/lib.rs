//! Words that every part of Winddown shares: ids, amounts, digests, vote rules, pages of a case's
//! table, and the small traits by which pallets ask each other without naming each other.
//!
//! Nothing here knows a pallet. Clients and verifiers use the same types to read the chain.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod ballot;
mod case;
mod digest;
mod evidence;
mod ids;
mod intent;
mod lender_key;
pub mod lot;
pub mod pages;
mod poll;
mod refusal;
mod roles;
mod roll;
pub mod rules;
pub mod traits;

pub use ballot::{Ballot, Choice, Choices, MAX_ITEMS, MAX_OPTIONS};
pub use case::{CandidateOrder, CaseKind, CaseTerms, DeemedConfirmation, Stage, TieBreak};
pub use digest::Digest;
pub use evidence::{Arbiter, AttestationPolicy, EvidenceKind, Relation, MAX_ARBITERS};
pub use ids::{
	CaseId, ClassId, EvidenceId, Fen, IdentityHash, LenderIndex, LenderRef, Millis, PlanId, PollId,
	Sequence, MAX_AMOUNT,
};
pub use intent::{signing_payload, Intent, INTENT_TAG};
pub use lender_key::{LenderKey, LenderSignature};
pub use poll::{
	Item, ItemKind, ItemOutcome, ItemResult, NewPoll, Precedence, Purpose, Ties, MAX_RESERVES,
	MAX_SEATS, MAX_TIES,
};
pub use refusal::PoolRefusal;
pub use roles::{Role, Roles};
pub use roll::{
	roll_digest, ClassTotal, RollTotals, Votes, VotingRight, EMPTY_ROLL_DIGEST, MAX_CLASSES,
};
