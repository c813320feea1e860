//! The questions that pallets ask each other. The runtime wires the answers.

use crate::{
	AttestationPolicy, CaseId, CaseTerms, Digest, EvidenceId, EvidenceKind, Fen, IdentityHash,
	ItemResult, LenderIndex, LenderKey, Millis, NewPoll, PollId, Purpose, RollTotals, Stage,
	VotingRight,
};
use sp_runtime::{DispatchError, DispatchResult};

/// A case: its stage, platform, association and terms. Answered by `cases`.
pub trait Cases<AccountId> {
	/// The stage; fails for an unknown case.
	fn stage(case: CaseId) -> Result<Stage, DispatchError>;
	/// The platform whose case it is; fails for an unknown case.
	fn platform(case: CaseId) -> Result<AccountId, DispatchError>;
	/// The association that opened it; fails for an unknown case.
	fn association(case: CaseId) -> Result<AccountId, DispatchError>;
	/// The terms fixed by the notice; fails for an unknown case.
	fn terms(case: CaseId) -> Result<CaseTerms, DispatchError>;
	/// When the confirmation window ends, in milliseconds; fails until the roll is locked.
	fn confirm_until(case: CaseId) -> Result<Millis, DispatchError>;
	/// Moves the case on, for the pallet that owns the condition of this step; fails for a step
	/// that the table of stages does not have.
	fn advance(case: CaseId, to: Stage) -> DispatchResult;
}

/// Whether a case may be moved on by hand. Answered by the pallets that know what is missing.
pub trait StageGate {
	/// Fails with what is missing.
	fn ensure_ready(case: CaseId, from: Stage, to: Stage) -> DispatchResult;
}

#[impl_trait_for_tuples::impl_for_tuples(4)]
impl StageGate for Tuple {
	fn ensure_ready(case: CaseId, from: Stage, to: Stage) -> DispatchResult {
		for_tuples!( #( Tuple::ensure_ready(case, from, to)?; )* );
		Ok(())
	}
}

/// The identity-hash column. Answered by `identity-registry`, written by `claims`.
pub trait IdentityColumn {
	/// Rows, late ones included.
	fn rows(case: CaseId) -> u32;
	/// Appends rows in ascending order; fails when the order breaks, also against the last row.
	fn append(case: CaseId, identities: &[IdentityHash]) -> DispatchResult;
	/// Takes rows off the end until `rows` are left, a whole number of pages; fails once it is locked.
	fn truncate(case: CaseId, rows: u32) -> DispatchResult;
	/// Ends appending.
	fn lock(case: CaseId) -> DispatchResult;
	/// Adds one row after the lock, out of order; fails when the identity has a row.
	fn admit_late(case: CaseId, identity: IdentityHash) -> Result<LenderIndex, DispatchError>;
	/// The row of an identity.
	fn find(case: CaseId, identity: &IdentityHash) -> Option<LenderIndex>;
}

/// Lenders' signing keys. Answered by `identity-registry`.
pub trait LenderKeys {
	/// The active key; fails when the row has none, or a revoked one.
	fn active_key(case: CaseId, lender: LenderIndex) -> Result<LenderKey, DispatchError>;
}

/// Who may vote, with what weight. Answered by `claims`.
pub trait ElectoralRoll {
	/// Totals of the eligible roll; fails until it is locked.
	fn totals(case: CaseId) -> Result<RollTotals, DispatchError>;
	/// What the lender's ballot weighs; fails for one who may not vote.
	fn voting_right(case: CaseId, lender: LenderIndex) -> Result<VotingRight, DispatchError>;
	/// A poll opened: from now on the eligible roll must not change.
	fn freeze(case: CaseId) -> DispatchResult;
	/// A poll closed.
	fn thaw(case: CaseId) -> DispatchResult;
}

/// The ballot engine. Answered by `polls`.
pub trait PollEngine {
	/// Opens a poll on the roll as it is now; fails when an item, a rule or the window is bad.
	fn open(poll: NewPoll) -> Result<PollId, DispatchError>;
}

/// Who acts on the end of a poll. Called when a poll closes, or is cancelled.
pub trait PollListener {
	/// The poll closed with one result for each item; in a case that has ended it has no consequence
	/// but that it is over. An error keeps the poll open.
	fn poll_closed(
		case: CaseId,
		poll: PollId,
		purpose: Purpose,
		results: &[ItemResult],
	) -> DispatchResult;

	/// The poll was cancelled before anybody voted: everything is as before it opened.
	fn poll_cancelled(case: CaseId, poll: PollId, purpose: Purpose) -> DispatchResult;
}

#[impl_trait_for_tuples::impl_for_tuples(4)]
impl PollListener for Tuple {
	fn poll_closed(
		case: CaseId,
		poll: PollId,
		purpose: Purpose,
		results: &[ItemResult],
	) -> DispatchResult {
		for_tuples!( #( Tuple::poll_closed(case, poll, purpose, results)?; )* );
		Ok(())
	}

	fn poll_cancelled(case: CaseId, poll: PollId, purpose: Purpose) -> DispatchResult {
		for_tuples!( #( Tuple::poll_cancelled(case, poll, purpose)?; )* );
		Ok(())
	}
}

/// Where pallets deposit their own results as evidence. Answered by `evidence`.
pub trait EvidenceSink {
	/// Deposits a digest that the chain itself made of `kind`.
	fn deposit_result(
		case: CaseId,
		kind: EvidenceKind,
		digest: Digest,
	) -> Result<EvidenceId, DispatchError>;
	/// Fails unless the record exists, belongs to `case`, is of `kind` and was neither rejected nor
	/// superseded.
	fn ensure_usable(case: CaseId, id: EvidenceId, kind: EvidenceKind) -> DispatchResult;
}

/// Who attests the evidence of a case. Answered by `evidence`.
pub trait EvidencePolicies<AccountId> {
	/// Sets the first policy of a new case; fails when it is not valid, or the case has one.
	fn set_initial_policy(case: CaseId, policy: AttestationPolicy<AccountId>) -> DispatchResult;
}

/// What a committee has to say. Answered by `committee-election`.
pub trait CommitteeReview {
	/// The committee's opinion on the plan with this document; `None` until it decided.
	fn opinion(case: CaseId, document: &Digest) -> Option<Opinion>;
}

/// A committee's opinion on a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Opinion {
	/// More than half of all seats endorse it.
	Endorsed,
	/// More than half of all seats object, or can no longer endorse it.
	Objected,
}

/// The amount of a lender's claim, for pallets that pay or compare. Answered by `claims`.
pub trait ClaimAmounts {
	/// The amount that counts now, in fen; fails for an excluded or unknown row.
	fn amount(case: CaseId, lender: LenderIndex) -> Result<Fen, DispatchError>;
	/// Rows of the roll, late ones included.
	fn rows(case: CaseId) -> u32;
}

/// Institutions and their roles, for pallets that must check an account that did not sign.
/// Answered by `consortium`.
pub trait Institutions<AccountId> {
	/// Whether `who` is an institution, not suspended, that holds `role`.
	fn holds(who: &AccountId, role: crate::Role) -> bool;
}
