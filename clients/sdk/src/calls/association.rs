//! Calls of an association, a regulator and of any institution.

use super::list;
use crate::{
	api::{
		self,
		runtime_types::{
			pallet_claims::types::Ruling as ChainRuling,
			pallet_committee_election::types::{Mandate, Matters},
		},
	},
	call::Call,
};
use serde::{Deserialize, Serialize};
use subxt::utils::{AccountId32, Static};
use winddown_primitives::{
	AttestationPolicy, CaseId, CaseKind, CaseTerms, ClassId, Digest, EvidenceId, Fen, IdentityHash,
	Item, LenderIndex, Millis, PlanId, PollId, Stage,
};

/// What opens a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewCase {
	/// The platform that winds down.
	pub platform: AccountId32,
	/// Whose claims are settled.
	pub kind: CaseKind,
	/// The exit notice.
	pub notice: Digest,
	/// The moment, in milliseconds, at which claims are counted.
	pub cut_off: Millis,
	/// The terms.
	pub terms: CaseTerms,
	/// Who attests the evidence.
	pub policy: AttestationPolicy<AccountId32>,
}

/// What an association decides on a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
	/// The stated amount is right.
	Uphold,
	/// Another amount is right, in fen.
	Adjust(Fen),
	/// The lender votes with this amount, in fen, until the claim is decided.
	Provisional(Fen),
	/// The claim does not belong on the roll.
	Exclude,
}

/// What a committee may decide on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
	/// An opinion on a repayment plan.
	PlanReview,
	/// A finding on how the plan is carried out.
	Supervision,
	/// A call for a meeting of lenders.
	Meeting,
	/// A demand for documents of the platform.
	DocumentRequest,
}

impl Matter {
	/// Every matter, in the order of its bits.
	pub const ALL: [Self; 4] =
		[Self::PlanReview, Self::Supervision, Self::Meeting, Self::DocumentRequest];
}

/// Opens a case that its platform authorised.
pub fn open_case(case: NewCase) -> Call {
	let NewCase { platform, kind, notice, cut_off, terms, policy } = case;
	Call::new(api::transactions().cases().open(
		platform,
		Static(kind),
		Static(notice),
		cut_off,
		Static(terms),
		Static(policy),
	))
}

/// Moves a case on by hand.
pub fn advance_case(case: CaseId, to: Stage) -> Call {
	Call::new(api::transactions().cases().advance(case, Static(to)))
}

/// Takes back a case whose roll is not locked.
pub fn cancel_case(case: CaseId) -> Call {
	Call::new(api::transactions().cases().cancel(case))
}

/// Hands a case to the courts; for a regulator.
pub fn escalate_case(case: CaseId, reason: Digest) -> Call {
	Call::new(api::transactions().cases().escalate(case, Static(reason)))
}

/// Rules on a claim.
pub fn adjudicate(case: CaseId, lender: LenderIndex, ruling: Ruling, evidence: EvidenceId) -> Call {
	let ruling = match ruling {
		Ruling::Uphold => ChainRuling::Uphold,
		Ruling::Adjust(amount) => ChainRuling::Adjust(amount),
		Ruling::Provisional(amount) => ChainRuling::Provisional(amount),
		Ruling::Exclude => ChainRuling::Exclude,
	};
	Call::new(api::transactions().claims().adjudicate(case, lender, ruling, evidence))
}

/// Admits a claim that came after the lock of the roll.
pub fn admit_late(
	case: CaseId,
	identity: IdentityHash,
	amount: Fen,
	class: ClassId,
	evidence: EvidenceId,
) -> Call {
	let identity = Static(identity);
	Call::new(api::transactions().claims().admit_late(case, identity, amount, class, evidence))
}

/// Confirms the claims of lenders who kept silent, where the terms of the case declare it.
pub fn deem_confirmed(case: CaseId, lenders: Vec<LenderIndex>, evidence: EvidenceId) -> Call {
	let lenders = list::<_, LenderIndex>(lenders);
	Call::new(api::transactions().claims().deem_confirmed(case, lenders, evidence))
}

/// Opens a poll that has no consequence on chain.
pub fn open_poll(case: CaseId, items: Vec<Item>, closes_at: Millis) -> Call {
	Call::new(api::transactions().polls().open(case, list(items), closes_at))
}

/// Closes a poll whose time is over; for any institution.
pub fn close_poll(poll: PollId) -> Call {
	Call::new(api::transactions().polls().close(poll))
}

/// Takes back a poll in which nobody voted yet, whatever it is held for.
pub fn cancel_poll(poll: PollId) -> Call {
	Call::new(api::transactions().polls().cancel(poll))
}

/// Draws the lot for which a poll waits; for any institution.
pub fn settle_poll(poll: PollId) -> Call {
	Call::new(api::transactions().polls().settle(poll))
}

/// Lists the candidates in the order of the ballot, where the terms go by a list.
pub fn list_candidates(case: CaseId, listing: Vec<LenderIndex>) -> Call {
	let listing = list::<_, LenderIndex>(listing);
	Call::new(api::transactions().committee_election().list_candidates(case, listing))
}

/// Names the block whose hash orders the candidates, where the terms draw lots.
pub fn draw_candidates(case: CaseId) -> Call {
	Call::new(api::transactions().committee_election().draw_candidates(case))
}

/// Lets lenders stand for the committee.
pub fn open_nominations(case: CaseId, until: Millis) -> Call {
	Call::new(api::transactions().committee_election().open_nominations(case, until))
}

/// Opens the ballot on exit, committee and mandate.
pub fn open_first_ballot(
	case: CaseId,
	exit: Digest,
	mandate: Digest,
	matters: &[Matter],
	closes_at: Millis,
) -> Call {
	let bits = matters.iter().fold(0u8, |bits, matter| bits | 1 << *matter as u8);
	let mandate = Mandate { document: Static(mandate), matters: Matters(bits) };
	let calls = api::transactions().committee_election();
	Call::new(calls.open_first_ballot(case, Static(exit), mandate, closes_at))
}

/// Opens a ballot on the recall of a committee member.
pub fn open_recall(case: CaseId, member: LenderIndex, grounds: Digest, closes_at: Millis) -> Call {
	let calls = api::transactions().committee_election();
	Call::new(calls.open_recall(case, member, Static(grounds), closes_at))
}

/// Opens a ballot on one plan, or on a choice among several.
pub fn open_plan_vote(case: CaseId, plans: Vec<PlanId>, closes_at: Millis) -> Call {
	let plans = list::<_, PlanId>(plans);
	Call::new(api::transactions().repayment_vote().open_vote(case, plans, closes_at))
}

/// Flags an instalment that was not fully paid in time; for any institution.
pub fn flag_overdue(case: CaseId, instalment: u8) -> Call {
	Call::new(api::transactions().repayment_vote().flag_overdue(case, instalment))
}
