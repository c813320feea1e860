//! Which records an evidence record may hold, and what must be asked of the chain for them.

use super::{Batch, Reason};
use std::collections::BTreeSet;
use winddown_proof::{
	digest::Digest,
	layout::evidence::{Kind, Record as Deposited},
	record::Record,
};

/// What the chain must be asked before a batch can be compared with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Needs {
	/// Whether its records are about rows of the roll.
	pub roll: bool,
	/// Rows whose claims are compared.
	pub claims: BTreeSet<u32>,
	/// The poll whose ballots are compared.
	pub poll: Option<u32>,
	/// The payment list that is compared.
	pub payments: Option<Digest>,
}

/// Fails unless a record belongs into evidence of this kind.
pub fn ensure(kind: Kind, position: u32, record: &Record) -> Result<(), Reason> {
	match record.evidence() == kind {
		true => Ok(()),
		false => Err(Reason::WrongKind { position, kind: record.kind() }),
	}
}

/// What a batch must be compared with.
pub fn needs(deposited: &Deposited, batch: &Batch) -> Needs {
	let first = batch.lines.first().map(|line| &line.record);
	let lenders = || batch.lines.iter().filter_map(|line| line.record.lender());
	Needs {
		roll: is_of_rows(deposited.kind),
		claims: match deposited.kind {
			Kind::ConfirmationCall => lenders().collect(),
			_ => BTreeSet::new(),
		},
		poll: first.and_then(Record::poll),
		payments: (deposited.kind == Kind::Payment).then_some(deposited.content.digest),
	}
}

/// Whether records of this kind name rows of the roll. Proofs of service name lines of the
/// platform's export, because notice is served before the roll is sorted.
pub const fn is_of_rows(kind: Kind) -> bool {
	matches!(
		kind,
		Kind::Identity
			| Kind::ConfirmationCall
			| Kind::Adjudication
			| Kind::Candidate
			| Kind::Ballots
			| Kind::Payment
	)
}
