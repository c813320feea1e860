//! What an institution says about a record: pure functions of what the chain holds and of bytes.
//!
//! They ask nobody. [`content`] compares bytes with the digest, [`batch`] a batch's records with the
//! chain, [`own`] a value of the chain with its digest. What is read for them stands in
//! [`crate::chain`].

mod ballots;
mod claims;
mod content;
mod facts;
mod kinds;
mod own;
mod payments;
mod reason;
#[cfg(test)]
pub(crate) mod tests;

pub use content::{content, form, Batch, Form, Line, Plaintext, Refused};
pub use facts::{Claim, Facts, Payments, Poll, Reported, Roll};
pub use kinds::{needs, Needs};
pub use own::{own, Source};
pub use reason::{Hold, Mismatch, Reason};

use winddown_proof::layout::evidence::{Kind, Record};

/// A deposited record as the chain states it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deposit {
	/// Its number.
	pub id: u64,
	/// What stands on chain.
	pub record: Record,
}

/// What a confirmation rests on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Basis {
	/// The document has the digest.
	Document,
	/// The batch has the root, and its records agree with the chain.
	Batch,
	/// The chain's value was computed again from the chain's own storage.
	Recomputed,
	/// The chain's value was computed by every node when it executed the block, and is not kept in
	/// a form from which it could be computed again.
	Consensus,
}

impl Basis {
	/// A short name that does not change.
	pub const fn code(self) -> &'static str {
		match self {
			Self::Document => "document",
			Self::Batch => "batch",
			Self::Recomputed => "recomputed",
			Self::Consensus => "consensus",
		}
	}
}

/// What an institution finds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
	/// It stands for the record.
	Confirm(Basis),
	/// It does not: what has the digest of the record is wrong, whoever serves it.
	Reject(Reason),
	/// The content did not come in time. Another word follows when it does.
	Absent(Reason),
	/// It cannot say yet.
	Hold(Hold),
}

/// Compares the records of a batch with the chain.
pub fn batch(deposit: &Deposit, batch: &Batch, facts: &Facts) -> Verdict {
	let kind = deposit.record.kind;
	let found = claims::on_roll(kind, batch, facts).and_then(|()| match kind {
		Kind::Ballots => ballots::compare(&deposit.record, batch, facts.poll.as_ref()),
		Kind::ConfirmationCall => claims::amounts(batch, facts),
		Kind::Payment => payments::compare(batch, facts.payments.as_ref()),
		_ => Ok(()),
	});
	match found {
		Ok(()) => Verdict::Confirm(Basis::Batch),
		Err(Finding::Wrong(reason)) => Verdict::Reject(reason),
		Err(Finding::Early(hold)) => Verdict::Hold(hold),
	}
}

/// Why a batch is not confirmed.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Finding {
	/// It is wrong for good.
	Wrong(Reason),
	/// The chain does not know enough yet.
	Early(Hold),
}

impl From<Reason> for Finding {
	fn from(reason: Reason) -> Self {
		Self::Wrong(reason)
	}
}

impl From<Hold> for Finding {
	fn from(hold: Hold) -> Self {
		Self::Early(hold)
	}
}
