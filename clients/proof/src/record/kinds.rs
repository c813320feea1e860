//! The kinds of records.

use super::{Fen, Salt};
use crate::{
	digest::{Algorithm, Digest},
	layout::evidence::Kind as Evidence,
};
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// Declares the kinds: each gets the fields that all records have, and its own, and the evidence that
/// holds it.
macro_rules! kinds {
	($(
		$(#[$doc:meta])*
		$name:literal $variant:ident($kind:ident) in $evidence:ident {
			$($(#[$field_doc:meta])* $field:ident: $type:ty,)*
		}
	)*) => {
		$(
			$(#[$doc])*
			#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
			pub struct $kind {
				/// The version of the schema.
				pub version: u8,
				/// The algorithm of the record's digest.
				pub algorithm: Algorithm,
				/// The case.
				pub case: u32,
				/// So that the digest tells nothing.
				pub salt: Salt,
				$($(#[$field_doc])* pub $field: $type,)*
			}
		)*

		/// A record of any kind.
		#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
		#[serde(tag = "kind")]
		pub enum Record {
			$(
				$(#[$doc])*
				#[serde(rename = $name)]
				$variant($kind),
			)*
		}

		impl Record {
			/// Every kind, as records name it.
			pub const KINDS: &'static [&'static str] = &[$($name),*];

			/// The kind, as the record names it.
			pub const fn kind(&self) -> &'static str {
				match self { $(Self::$variant(_) => $name,)* }
			}

			/// What evidence is about that holds records of this kind. Arbiters reject a batch that is deposited
			/// as evidence of another kind.
			pub const fn evidence(&self) -> Evidence {
				match self { $(Self::$variant(_) => Evidence::$evidence,)* }
			}

			/// What evidence is about that holds records of the kind with this name.
			pub fn evidence_of(kind: &str) -> Option<Evidence> {
				match kind {
					$($name => Some(Evidence::$evidence),)*
					_ => None,
				}
			}

			/// The version of its schema.
			pub const fn version(&self) -> u8 {
				match self { $(Self::$variant(record) => record.version,)* }
			}

			/// The algorithm of its digest.
			pub const fn algorithm(&self) -> Algorithm {
				match self { $(Self::$variant(record) => record.algorithm,)* }
			}

			/// The case.
			pub const fn case(&self) -> u32 {
				match self { $(Self::$variant(record) => record.case,)* }
			}

			/// The salt.
			pub const fn salt(&self) -> Salt {
				match self { $(Self::$variant(record) => record.salt,)* }
			}
		}
	};
}

kinds! {
	/// A ballot. Its digest stands in the ballot on chain.
	"ballot" Ballot(BallotRecord) in Ballots {
		/// The poll.
		poll: u32,
		/// The lender's row.
		lender: u32,
		/// For each item the options marked, from 0, ascending; of a resolution 0 is for, 1 against.
		choices: Vec<Vec<u8>>,
		/// When it was cast, in milliseconds, by the lender's clock.
		cast_at: u64,
	}

	/// A claim confirmed by app.
	"confirmation" Confirmation(ConfirmationRecord) in ConfirmationCall {
		/// The lender's row.
		lender: u32,
		/// The amount confirmed.
		amount: Fen,
		/// When, in milliseconds.
		confirmed_at: u64,
	}

	/// A recorded call about a claim.
	"call" Call(CallRecord) in ConfirmationCall {
		/// The lender's row.
		lender: u32,
		/// The amount that was read out.
		amount: Fen,
		/// What the lender said.
		answer: Answer,
		/// The digest of the recording, which holds its own salt.
		recording: Digest,
		/// When, in milliseconds.
		called_at: u64,
	}

	/// A notice to lenders.
	"notice" Notice(NoticeRecord) in Notice {
		/// What it is about.
		title: String,
		/// The digest of the document.
		document: Digest,
		/// When it was published, in milliseconds.
		published_at: u64,
	}

	/// Proof that a notice was served on a lender.
	"service" Service(ServiceRecord) in NoticeService {
		/// The line of the platform's export, since the roll is not sorted when a notice is served.
		lender: u32,
		/// The digest of the notice.
		notice: Digest,
		/// By which way.
		channel: Channel,
		/// When it arrived, in milliseconds; none when it did not.
		served_at: Option<u64>,
	}

	/// A check of a lender's identity.
	"identity" Identity(IdentityRecord) in Identity {
		/// The lender's row.
		lender: u32,
		/// Whether face and document belonged together.
		face: bool,
		/// Whether the personal certificate was valid.
		certificate: bool,
		/// The digest of the checking service's own record of the session.
		session: Digest,
		/// When, in milliseconds.
		checked_at: u64,
	}

	/// The grounds of a ruling on a claim.
	"adjudication" Adjudication(AdjudicationRecord) in Adjudication {
		/// The lender's row.
		lender: u32,
		/// What was ruled.
		ruling: Ruling,
		/// The amount that the ruling sets; none when it sets none.
		amount: Option<Fen>,
		/// The digest of the written grounds.
		grounds: Digest,
		/// When, in milliseconds.
		ruled_at: u64,
	}

	/// A candidate's statement.
	"candidate" Candidate(CandidateRecord) in Candidate {
		/// The candidate's row.
		lender: u32,
		/// The digest of statement and declaration of interests.
		statement: Digest,
		/// When, in milliseconds.
		declared_at: u64,
	}

	/// A repayment plan.
	"plan" Plan(PlanRecord) in Plan {
		/// Its title.
		title: String,
		/// The digest of the document.
		document: Digest,
		/// When it was proposed, in milliseconds.
		proposed_at: u64,
	}

	/// A decision of the committee.
	"decision" Decision(DecisionRecord) in Decision {
		/// Its number.
		decision: u32,
		/// The digest of the minutes.
		minutes: Digest,
		/// When, in milliseconds.
		decided_at: u64,
	}

	/// A payment to a lender.
	"payment" Payment(PaymentRecord) in Payment {
		/// The lender's row.
		lender: u32,
		/// The instalment, from 0.
		instalment: u8,
		/// The amount.
		amount: Fen,
		/// The digest of the bank's proof.
		proof: Digest,
		/// When, in milliseconds.
		paid_at: u64,
	}

	/// Anything else that the parties agree to keep.
	"other" Other(OtherRecord) in Other {
		/// What it is.
		title: String,
		/// The digest of the document.
		document: Digest,
		/// When it was made, in milliseconds.
		made_at: u64,
	}
}

/// What a lender said to the amount that was read out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
	/// It is right.
	Confirmed,
	/// It is wrong.
	Disputed,
	/// Nothing that could be understood.
	Unclear,
}

/// How a notice reaches a lender.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
	/// In the platform's app.
	App,
	/// By text message.
	Message,
	/// By telephone.
	Call,
	/// By letter.
	Post,
}

/// What the association ruled on a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
	/// The imported amount stands.
	Uphold,
	/// Another amount holds.
	Adjust,
	/// An amount holds for voting until the dispute ends.
	Provisional,
	/// There is no claim.
	Exclude,
}
