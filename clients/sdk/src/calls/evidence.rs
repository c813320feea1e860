//! Calls about evidence.

use super::list;
use crate::{
	api::{
		self,
		runtime_types::pallet_evidence::types::{
			Content as ChainContent, Statement as ChainStatement, Verdict as ChainVerdict,
		},
	},
	call::Call,
};
use subxt::utils::Static;
use winddown_primitives::{CaseId, Digest, EvidenceId, EvidenceKind, Millis};

/// The most statements of one batch.
pub const MAX_STATEMENTS: usize = 256;

/// What is deposited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deposit {
	/// The case.
	pub case: CaseId,
	/// What it is about.
	pub kind: EvidenceKind,
	/// The digest of one document, or the Merkle root over many.
	pub digest: Digest,
	/// Which of the two.
	pub form: Form,
	/// Leaves of the Merkle tree; 1 for a single document.
	pub leaves: u32,
	/// Bytes of the plaintext.
	pub size: u64,
	/// When it was made, in milliseconds.
	pub produced_at: Millis,
	/// The record that it follows.
	pub parent: Option<EvidenceId>,
	/// The record that it corrects.
	pub replaces: Option<EvidenceId>,
}

/// What an arbitration institution says about one record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Statement {
	/// The record.
	pub id: EvidenceId,
	/// The digest that was checked.
	pub digest: Digest,
	/// What it found.
	pub verdict: Verdict,
}

/// What an arbitration institution found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
	/// It stands for the record.
	Confirm,
	/// It does not.
	Reject {
		/// The digest of the written reasons.
		reason: Digest,
	},
	/// It did not get the content in time. It may speak once more when the content appears.
	Absent {
		/// The digest of the written reasons.
		reason: Digest,
	},
}

/// What a digest was taken of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
	/// The bytes of a document.
	Document,
	/// Canonical records, by their Merkle root.
	Batch,
}

impl Form {
	/// The version of the encoding, as it stands on chain.
	const fn encoding(self) -> u16 {
		match self {
			Self::Document => winddown_proof::layout::evidence::DOCUMENT,
			Self::Batch => winddown_proof::layout::evidence::BATCH,
		}
	}
}

/// Deposits a digest.
pub fn deposit(deposit: Deposit) -> Call {
	let Deposit { case, kind, digest, form, leaves, size, produced_at, parent, replaces } = deposit;
	let content =
		ChainContent { digest: Static(digest), leaves, bytes: size, encoding: form.encoding() };
	let calls = api::transactions().evidence();
	Call::new(calls.deposit(case, Static(kind), content, produced_at, parent, replaces))
}

/// Attests one record; for an arbitration institution.
pub fn attest(statement: Statement) -> Call {
	let Statement { id, digest, verdict } = statement;
	Call::new(api::transactions().evidence().attest(id, Static(digest), of_chain(verdict)))
}

/// Attests many records, or none of them.
pub fn attest_all(statements: &[Statement]) -> Call {
	let statements = statements.iter().map(|Statement { id, digest, verdict }| ChainStatement {
		id: *id,
		digest: Static(*digest),
		verdict: of_chain(*verdict),
	});
	Call::new(api::transactions().evidence().attest_batch(list::<_, ChainStatement>(statements)))
}

const fn of_chain(verdict: Verdict) -> ChainVerdict {
	match verdict {
		Verdict::Confirm => ChainVerdict::Confirm,
		Verdict::Reject { reason } => ChainVerdict::Reject { reason: Static(reason) },
		Verdict::Absent { reason } => ChainVerdict::Absent { reason: Static(reason) },
	}
}
