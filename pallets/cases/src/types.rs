use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use winddown_primitives::{CaseId, CaseKind, CaseTerms, Digest, Millis, Stage};

/// A wind-down case.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Case<AccountId> {
	/// The platform that winds down.
	pub platform: AccountId,
	/// The association that opened it, and the only one that acts in it.
	pub association: AccountId,
	/// Whose claims are settled.
	pub kind: CaseKind,
	/// The digest of the exit notice.
	pub notice: Digest,
	/// The moment, in milliseconds, at which claims are counted.
	pub cut_off: Millis,
	/// When it was opened, in milliseconds.
	pub opened_at: Millis,
	/// The first moment, in milliseconds, at which the roll may be locked: the notice has been out
	/// long enough, and the cut-off is past.
	pub notice_until: Millis,
	/// Where it stands.
	pub stage: Stage,
	/// Since when, in milliseconds.
	pub stage_since: Millis,
	/// Its terms.
	pub terms: CaseTerms,
	/// When the confirmation window ends, in milliseconds; `None` until the roll is locked.
	pub confirm_until: Option<Millis>,
}

/// A platform's consent to have its case opened.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Authorisation<AccountId> {
	/// Whose claims the case settles.
	pub kind: CaseKind,
	/// The digest of the exit notice.
	pub notice: Digest,
	/// The only association that may open the case; `None` for any.
	pub association: Option<AccountId>,
}

/// The shortest windows that terms may name, in milliseconds.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MinimumWindows {
	/// From the opening of a case until its roll may be locked.
	pub notice: Millis,
	/// For lenders to confirm or dispute.
	pub confirmation: Millis,
	/// For a ballot.
	pub voting: Millis,
	/// For the committee to review a plan.
	pub review: Millis,
}

impl MinimumWindows {
	/// The longest of them.
	pub(crate) fn longest(&self) -> Millis {
		self.notice.max(self.confirmation).max(self.voting).max(self.review)
	}
}

/// What is digested as evidence when a case moves on, in SCALE.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct StageChange {
	/// The case.
	pub case: CaseId,
	/// Where it stood.
	pub from: Stage,
	/// Where it stands now.
	pub to: Stage,
	/// When it moved, in milliseconds.
	pub at: Millis,
	/// The digest of the regulator's reasons, for an escalation.
	pub reason: Option<Digest>,
}
