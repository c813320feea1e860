//! Calls of a lender. They are signed as intents, never sent by themselves.

use super::Matter;
use crate::{
	api::{self, runtime_types::pallet_committee_election::types as chain},
	call::Call,
};
use serde::{Deserialize, Serialize};
use subxt::utils::Static;
use winddown_primitives::{Ballot, Choice, Digest, Fen, PollId};

/// A committee member's vote.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberVote {
	/// For it.
	Endorse,
	/// Against it.
	Object,
}

/// Confirms the own claim.
pub fn confirm_claim(amount: Fen) -> Call {
	Call::new(api::transactions().claims().confirm(amount))
}

/// Disputes the own claim.
pub fn dispute_claim(reason: Digest) -> Call {
	Call::new(api::transactions().claims().dispute(Static(reason)))
}

/// Casts or replaces a ballot; `None` for more choices than a ballot has.
pub fn cast_ballot(poll: PollId, choices: &[Choice], record: Digest) -> Option<Call> {
	let ballot = Ballot::Open(choices.to_vec().try_into().ok()?);
	Some(Call::new(api::transactions().polls().cast(poll, Static(ballot), Static(record))))
}

/// Stands for a seat of the committee.
pub fn nominate(statement: Digest) -> Call {
	Call::new(api::transactions().committee_election().nominate(Static(statement)))
}

/// Stands no longer.
pub fn withdraw_candidacy() -> Call {
	Call::new(api::transactions().committee_election().withdraw())
}

/// Gives up a seat or a place in reserve.
pub fn resign() -> Call {
	Call::new(api::transactions().committee_election().resign())
}

/// Proposes a decision of the committee.
pub fn propose_decision(matter: Matter, document: Digest) -> Call {
	let matter = match matter {
		Matter::PlanReview => chain::Matter::PlanReview,
		Matter::Supervision => chain::Matter::Supervision,
		Matter::Meeting => chain::Matter::Meeting,
		Matter::DocumentRequest => chain::Matter::DocumentRequest,
	};
	Call::new(api::transactions().committee_election().propose_decision(matter, Static(document)))
}

/// Votes on a decision of the committee.
pub fn decide(decision: u32, vote: MemberVote) -> Call {
	let vote = match vote {
		MemberVote::Endorse => chain::Vote::Endorse,
		MemberVote::Object => chain::Vote::Object,
	};
	Call::new(api::transactions().committee_election().decide(decision, vote))
}

/// Acknowledges the own payment.
pub fn acknowledge(instalment: u8) -> Call {
	Call::new(api::transactions().repayment_vote().acknowledge(instalment))
}

/// Complains about the own payment.
pub fn complain(instalment: u8, complaint: Digest) -> Call {
	Call::new(api::transactions().repayment_vote().complain(instalment, Static(complaint)))
}
