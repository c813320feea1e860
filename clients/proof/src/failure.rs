use crate::{
	digest::{Algorithm, Digest},
	finality::Fault,
	record::Slips,
	words,
};
use alloc::string::String;
use core::fmt;
use serde::{ser::SerializeStruct, Serialize, Serializer};

/// What is wrong with a bundle. The first thing found is named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
	/// The file does not begin as a bundle does.
	NotABundle,
	/// The file is larger than [`crate::bundle::MAX_BYTES`].
	TooLarge,
	/// The bytes end too early, go on after the end, or make no sense.
	Malformed,

	/// The bundle begins at the genesis of another chain.
	OtherChain,
	/// The block given as genesis is not a chain's first.
	NotGenesis,
	/// The bundle begins at another block than the checkpoint.
	OtherCheckpoint,
	/// A change of validators was pending at the checkpoint.
	ChangePending,
	/// A set of validators is empty or its weights overflow.
	NoAuthorities,

	/// A change of validators does not come after the one before, or after the origin.
	ChangeOutOfOrder {
		/// Its position in the bundle, from 0.
		change: u32,
	},
	/// A header of GRANDPA's cannot be read.
	SignalUnreadable {
		/// Its position in the bundle, from 0.
		change: u32,
	},
	/// A block does not change the validators.
	NoChange {
		/// Its position in the bundle, from 0.
		change: u32,
	},
	/// A block changes the validators twice.
	SeveralChanges {
		/// Its position in the bundle, from 0.
		change: u32,
	},
	/// A change of validators takes effect later, which this chain never does.
	DelayedChange {
		/// Its position in the bundle, from 0.
		change: u32,
	},
	/// A block replaces the validators without their votes; only a checkpoint leads past it.
	ForcedChange {
		/// Its position in the bundle, from 0.
		change: u32,
	},
	/// The block lies before a change of validators, or before the origin.
	BlockOutOfOrder,
	/// The votes do not make a block final.
	NotFinal {
		/// Which block.
		block: Finalised,
		/// What is wrong with the votes.
		fault: Fault,
	},

	/// The storage proof does not lead from the state root to a value.
	ProofIncomplete {
		/// Which value.
		value: Value,
	},
	/// The storage proof holds a node twice, or one that no value needs.
	ProofSuperfluous,
	/// A value that must be on the chain is not.
	Missing {
		/// Which value.
		value: Value,
	},
	/// A value on the chain does not have the shape that it should have.
	Unreadable {
		/// Which value.
		value: Value,
	},

	/// The poll belongs to another case.
	OtherCase {
		/// The case of the poll.
		actual: u32,
	},
	/// The case has no such row.
	NoSuchLender,
	/// The poll was not closed, so that it has no result.
	PollNotClosed,
	/// The result of the poll does not follow from its roll, its counts by class and its rules.
	ResultMismatch,
	/// The lender has no ballot in the poll.
	NoBallot,
	/// The lender has a ballot in the poll.
	BallotFound {
		/// The digest of its record.
		record: Digest,
	},

	/// The bundle holds a plaintext where none belongs, or in the wrong form.
	PlaintextOutOfPlace,
	/// The plaintext is not what was digested.
	DigestMismatch {
		/// The digest on the chain.
		expected: Digest,
		/// The digest of the plaintext.
		actual: Digest,
	},
	/// The plaintext is a text that says what was digested, with other bytes.
	TextChanged {
		/// In what it differs.
		slips: Slips,
	},
	/// The plaintext has another size in bytes than the record on the chain states.
	SizeMismatch {
		/// Bytes stated on the chain.
		expected: u64,
		/// Bytes of the plaintext.
		actual: u64,
	},
	/// The plaintext record cannot be read.
	RecordUnreadable {
		/// Why.
		reason: String,
	},
	/// The plaintext record is not a ballot's.
	NotABallot,
	/// The plaintext record names another digest algorithm than the chain.
	RecordOfOtherAlgorithm {
		/// The algorithm that it names.
		actual: Algorithm,
	},
	/// The plaintext record names another case.
	RecordOfOtherCase {
		/// The case that it names.
		actual: u32,
	},
	/// The plaintext record names another poll.
	RecordOfOtherPoll {
		/// The poll that it names.
		actual: u32,
	},
	/// The plaintext record names another lender.
	RecordOfOtherLender {
		/// The row that it names.
		actual: u32,
	},
	/// The plaintext record has other choices than the ballot on the chain.
	RecordOfOtherChoices,
	/// The record does not lie at that place of the batch.
	NotInBatch,
	/// The batch has another number of records than the chain states.
	LeavesMismatch {
		/// Records stated on the chain.
		expected: u32,
		/// Records in the plaintext.
		actual: u32,
	},

	/// The verdicts counted on the chain are not those of the institutions asked.
	CountsMismatch,
	/// The state of the record does not follow from verdicts and policy.
	StateMismatch,
}

/// A block that votes make final.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finalised {
	/// The block whose state proves the claim.
	Block,
	/// A block that changed the validators.
	Change {
		/// Its position in the bundle, from 0.
		change: u32,
	},
}

/// A value of the chain's state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value {
	/// The validators.
	Authorities,
	/// The number of their set.
	SetId,
	/// An announced change of validators.
	PendingChange,
	/// The clock.
	Time,
	/// The poll.
	Poll,
	/// The result of the poll.
	Result,
	/// The count of a class.
	Tally,
	/// The page of ballots.
	Ballots,
	/// The page of identity hashes.
	Identities,
	/// The evidence record.
	Record,
	/// The attestation policy.
	Policy,
	/// An institution's attestation.
	Attestation,
}

impl Failure {
	/// A short name that does not change, for programs: `digest_mismatch`.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::NotABundle => "not_a_bundle",
			Self::TooLarge => "too_large",
			Self::Malformed => "malformed",
			Self::OtherChain => "other_chain",
			Self::NotGenesis => "not_genesis",
			Self::OtherCheckpoint => "other_checkpoint",
			Self::ChangePending => "change_pending",
			Self::NoAuthorities => "no_authorities",
			Self::ChangeOutOfOrder { .. } => "change_out_of_order",
			Self::SignalUnreadable { .. } => "signal_unreadable",
			Self::NoChange { .. } => "no_change",
			Self::SeveralChanges { .. } => "several_changes",
			Self::DelayedChange { .. } => "delayed_change",
			Self::ForcedChange { .. } => "forced_change",
			Self::BlockOutOfOrder => "block_out_of_order",
			Self::NotFinal { .. } => "not_final",
			Self::ProofIncomplete { .. } => "proof_incomplete",
			Self::ProofSuperfluous => "proof_superfluous",
			Self::Missing { .. } => "missing",
			Self::Unreadable { .. } => "unreadable",
			Self::OtherCase { .. } => "other_case",
			Self::NoSuchLender => "no_such_lender",
			Self::PollNotClosed => "poll_not_closed",
			Self::ResultMismatch => "result_mismatch",
			Self::NoBallot => "no_ballot",
			Self::BallotFound { .. } => "ballot_found",
			Self::PlaintextOutOfPlace => "plaintext_out_of_place",
			Self::DigestMismatch { .. } => "digest_mismatch",
			Self::TextChanged { .. } => "text_changed",
			Self::SizeMismatch { .. } => "size_mismatch",
			Self::RecordUnreadable { .. } => "record_unreadable",
			Self::NotABallot => "not_a_ballot",
			Self::RecordOfOtherAlgorithm { .. } => "record_of_other_algorithm",
			Self::RecordOfOtherCase { .. } => "record_of_other_case",
			Self::RecordOfOtherPoll { .. } => "record_of_other_poll",
			Self::RecordOfOtherLender { .. } => "record_of_other_lender",
			Self::RecordOfOtherChoices => "record_of_other_choices",
			Self::NotInBatch => "not_in_batch",
			Self::LeavesMismatch { .. } => "leaves_mismatch",
			Self::CountsMismatch => "counts_mismatch",
			Self::StateMismatch => "state_mismatch",
		}
	}

	/// What is wrong, in English.
	pub fn english(&self) -> String {
		words::failures::english(self)
	}

	/// What is wrong, in Chinese.
	pub fn chinese(&self) -> String {
		words::failures::chinese(self)
	}
}

impl fmt::Display for Failure {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		out.write_str(&self.english())
	}
}

impl core::error::Error for Failure {}

/// `{"code", "en", "zh"}`.
impl Serialize for Failure {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		let mut words = serializer.serialize_struct("Failure", 3)?;
		words.serialize_field("code", self.code())?;
		words.serialize_field("en", &self.english())?;
		words.serialize_field("zh", &self.chinese())?;
		words.end()
	}
}
