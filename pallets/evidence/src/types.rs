use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use winddown_primitives::{
	AttestationPolicy, CaseId, Digest, EvidenceId, EvidenceKind, Millis, Relation,
};

/// A version of a case's attestation policy, from 1.
pub type PolicyVersion = u16;

/// What is recorded: the digest of something kept off chain, and how to make it again.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Content {
	/// The digest of one document, or the Merkle root over many.
	pub digest: Digest,
	/// Leaves of the Merkle tree; 1 for a single document.
	pub leaves: u32,
	/// Bytes of the plaintext; 0 for a value that the chain itself keeps.
	pub bytes: u64,
	/// The version of the canonical encoding that was digested.
	pub encoding: u16,
}

impl Content {
	/// A value of the chain's own storage, in its SCALE encoding.
	pub(crate) const fn of_chain(digest: Digest) -> Self {
		Self { digest, leaves: 1, bytes: 0, encoding: 0 }
	}
}

/// What a record is worth.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum RecordState {
	/// The quorum is open.
	#[codec(index = 0)]
	Pending,
	/// Enough institutions confirmed it.
	#[codec(index = 1)]
	Effective,
	/// So many institutions rejected it, or did not find its content, that the quorum cannot be
	/// reached any more.
	#[codec(index = 2)]
	Rejected,
	/// Its producer replaced it before it was rejected.
	#[codec(index = 3)]
	Superseded,
}

/// What the institutions of a record's policy said so far.
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
)]
pub struct Counts {
	/// Confirmations.
	pub confirmed: u8,
	/// Those of them that came from independent institutions.
	pub confirmed_independent: u8,
	/// Rejections, and words that the content was absent.
	pub rejected: u8,
	/// Those of them that came from independent institutions.
	pub rejected_independent: u8,
}

impl Counts {
	/// Counts one more verdict. A policy's size bounds every counter.
	pub(crate) fn add(&mut self, verdict: &Verdict, relation: Relation) {
		let (all, unrelated) = self.of(verdict);
		*all = all.saturating_add(1);
		*unrelated = unrelated.saturating_add(u8::from(relation == Relation::Independent));
	}

	/// Takes back a verdict that was counted and gives way to another one of its institution.
	pub(crate) fn remove(&mut self, verdict: &Verdict, relation: Relation) {
		let (all, unrelated) = self.of(verdict);
		*all = all.saturating_sub(1);
		*unrelated = unrelated.saturating_sub(u8::from(relation == Relation::Independent));
	}

	/// The counters of a verdict: of all institutions, and of independent ones.
	fn of(&mut self, verdict: &Verdict) -> (&mut u8, &mut u8) {
		match verdict {
			Verdict::Confirm => (&mut self.confirmed, &mut self.confirmed_independent),
			Verdict::Reject { .. } | Verdict::Absent { .. } => {
				(&mut self.rejected, &mut self.rejected_independent)
			}
		}
	}

	/// What these verdicts make of a record that was not replaced.
	///
	/// More verdicts never turn an effective record into another state. A rejected one becomes
	/// another only when an institution that called the content absent finds it after all.
	pub fn state<AccountId: PartialEq>(
		&self,
		policy: &AttestationPolicy<AccountId>,
	) -> RecordState {
		let open = policy.total().saturating_sub(self.rejected);
		let open_independent = policy.total_independent().saturating_sub(self.rejected_independent);
		if self.confirmed >= policy.required && self.confirmed_independent >= policy.independent {
			RecordState::Effective
		} else if open < policy.required || open_independent < policy.independent {
			RecordState::Rejected
		} else {
			RecordState::Pending
		}
	}
}

/// An evidence record. Content, producer and policy never change.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Record<AccountId, BlockNumber> {
	/// The case.
	pub case: CaseId,
	/// What it is about.
	pub kind: EvidenceKind,
	/// What is recorded.
	pub content: Content,
	/// The institution that deposited it; `None` for the chain itself.
	pub producer: Option<AccountId>,
	/// When it was made, in milliseconds, as its producer claims.
	pub produced_at: Millis,
	/// The chain's time when it was deposited, in milliseconds.
	pub deposited_at: Millis,
	/// The block in which it was deposited.
	pub block: BlockNumber,
	/// The record that it follows.
	pub parent: Option<EvidenceId>,
	/// The record that it corrects.
	pub replaces: Option<EvidenceId>,
	/// The record that corrects it.
	pub superseded_by: Option<EvidenceId>,
	/// The version of the case's policy by which it is attested.
	pub policy: PolicyVersion,
	/// What it is worth.
	pub state: RecordState,
	/// The block in which it became effective or rejected; a replaced record keeps it, one that
	/// is open again has none.
	pub decided_at: Option<BlockNumber>,
	/// The verdicts so far.
	pub counts: Counts,
}

/// What an arbitration institution found.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Verdict {
	/// It saw the plaintext, and the digest is right.
	#[codec(index = 0)]
	Confirm,
	/// It does not stand for the record.
	#[codec(index = 1)]
	Reject {
		/// The digest of its written reasons.
		reason: Digest,
	},
	/// It did not get the content in time. It counts as a rejection until the institution speaks
	/// once more, because the content appeared.
	#[codec(index = 2)]
	Absent {
		/// The digest of its written reasons.
		reason: Digest,
	},
}

impl Verdict {
	/// Whether another word of the institution may follow it.
	pub const fn is_absence(&self) -> bool {
		matches!(self, Self::Absent { .. })
	}
}

/// That an institution had called the content absent before it found it.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Absence<BlockNumber> {
	/// The digest of its written reasons.
	pub reason: Digest,
	/// The block in which it said so.
	pub block: BlockNumber,
}

/// One institution's word on one record.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Attestation<BlockNumber> {
	/// What it found.
	pub verdict: Verdict,
	/// The block in which it said so.
	pub block: BlockNumber,
	/// The word that this one followed.
	pub before: Option<Absence<BlockNumber>>,
}

/// What an institution sends about one record.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Statement {
	/// The record.
	pub id: EvidenceId,
	/// The digest that the institution checked; it must be the record's.
	pub digest: Digest,
	/// What it found.
	pub verdict: Verdict,
}

/// A page of the records that wait for an institution.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PendingPage<Record> {
	/// The records, in ascending order.
	pub records: Vec<(EvidenceId, Record)>,
	/// Where to go on; `None` after the newest record.
	pub next: Option<EvidenceId>,
}
