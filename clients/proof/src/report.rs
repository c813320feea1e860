use crate::{
	authorities::Anchor,
	bundle::Claim,
	digest::Digest,
	grounds::Ground,
	hash::Hash,
	law::Law,
	layout::{
		evidence::{Kind, RecordState, Relation},
		polls::{self, ItemKind},
	},
	receipt::Receipt,
};
use alloc::{string::String, vec::Vec};
use serde::{Serialize, Serializer};

/// What a bundle that passed every check proves, and what it does not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Report {
	/// What was claimed, and holds.
	pub claim: Claim,
	/// Where trust begins.
	pub anchor: Anchor,
	/// The block whose state proves it.
	pub block: Block,
	/// What was found.
	pub subject: Subject,
	/// What is proved, for people.
	pub proved: Vec<Finding>,
	/// What is not proved, for people.
	pub not_proved: Vec<Finding>,
}

/// One sentence of a report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
	/// A short name that does not change, for programs.
	pub code: &'static str,
	/// The sentence in English.
	pub en: String,
	/// The sentence in Chinese.
	pub zh: String,
}

/// A final block.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Block {
	/// Its height.
	pub number: u32,
	/// Its hash.
	pub hash: Hash,
	/// The chain's clock in it, in milliseconds since 1970.
	pub time: u64,
	/// The number of the set of validators that made it final.
	pub set_id: u64,
	/// The validators of that set.
	pub validators: u32,
	/// Changes of validators from the anchor to it.
	pub changes: u32,
}

/// What was found in the state of the block.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Subject {
	/// A ballot.
	Ballot {
		/// Whose.
		lender: Lender,
		/// In which poll.
		poll: PollState,
		/// The ballot.
		ballot: Ballot,
	},
	/// That there is no ballot.
	NoBallot {
		/// Whose.
		lender: Lender,
		/// In which poll.
		poll: PollState,
	},
	/// An evidence record.
	Evidence(Evidence),
	/// The result of a poll.
	Outcome {
		/// Of which poll.
		poll: PollState,
		/// The result.
		result: Outcome,
	},
}

/// A row of a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Lender {
	/// The case.
	pub case: u32,
	/// The row.
	pub lender: u32,
	/// The keyed hash that stands for the person in this case.
	pub identity: Hash,
}

/// A poll at the time of the block.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct PollState {
	/// The poll.
	pub poll: u32,
	/// When it opened, in milliseconds.
	pub opened_at: u64,
	/// The first moment, in milliseconds, at which no ballot counts any more.
	pub closes_at: u64,
	/// Whether ballots may still come.
	pub phase: Phase,
}

/// How far a poll is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum Phase {
	/// Ballots still come in, and may be replaced.
	Voting,
	/// Its time is over; no ballot comes in any more.
	Over,
	/// It was closed and its result stands.
	Closed {
		/// When, in milliseconds.
		at: u64,
		/// The evidence record of its result.
		evidence: u64,
	},
	/// Its association took it back before anybody voted.
	Cancelled {
		/// When, in milliseconds.
		at: u64,
	},
}

/// A ballot as the chain counts it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Ballot {
	/// Its receipt.
	pub receipt: Receipt,
	/// 1 for a first ballot, one more for each replacement.
	pub revision: u8,
	/// The digest of the operator's record.
	#[serde(serialize_with = "as_text")]
	pub record: Digest,
	/// Item by item what was marked.
	pub choices: Vec<Choice>,
	/// When the ballot was cast, in milliseconds, by the operator's record; `None` without it.
	pub cast_at: Option<u64>,
}

/// What a ballot marks in one item.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Choice {
	/// How the item is answered.
	pub item: ItemKind,
	/// The options marked, from 0, ascending; none is an abstention.
	pub marked: Vec<u8>,
}

/// The result of a poll with its grounds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Outcome {
	/// The case.
	pub case: u32,
	/// Everybody on the eligible roll.
	pub eligible: Count,
	/// Everybody who took part.
	pub turnout: Count,
	/// The questions.
	pub items: Vec<ItemOutcome>,
}

/// Heads and fen. Fen are written as text, because many readers of JSON round large numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Count {
	/// Persons.
	pub heads: u32,
	/// Fen.
	#[serde(serialize_with = "as_text")]
	pub fen: u128,
}

/// What came of one question, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ItemOutcome {
	/// How it is answered.
	pub item: ItemKind,
	/// When an option passes, in English.
	pub rule: String,
	/// When an option passes, in Chinese.
	pub rule_zh: String,
	/// The presets that are this rule, with the law behind each; none for a rule of the case's own.
	pub law: Vec<Law>,
	/// Votes for each option.
	pub options: Vec<Count>,
	/// Abstentions.
	pub abstained: Count,
	/// What came of it.
	#[serde(flatten)]
	pub outcome: polls::ItemOutcome,
	/// The options that were equal where it mattered, each tie by itself, from 0.
	pub ties: Vec<Vec<u8>>,
	/// The lot that settled ties between candidates; `None` where it was the order of first nominations.
	pub lot: Option<polls::Lot>,
	/// What each test of the rule measured, for each option that may win by it; of a resolution for the
	/// option for it alone.
	pub grounds: Vec<Vec<Ground>>,
}

/// An evidence record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Evidence {
	/// Its number.
	pub id: u64,
	/// Its case.
	pub case: u32,
	/// What it is about.
	pub about: Kind,
	/// The digest of the document, or the Merkle root of the batch.
	#[serde(serialize_with = "as_text")]
	pub digest: Digest,
	/// Records in it; 1 for a document.
	pub leaves: u32,
	/// Bytes of the plaintext; 0 for a value of the chain itself.
	pub size: u64,
	/// Who deposited it; `None` for the chain itself.
	pub producer: Option<Hash>,
	/// When it was made, in milliseconds, as its producer claims.
	pub produced_at: u64,
	/// The chain's time when it was deposited, in milliseconds.
	pub deposited_at: u64,
	/// The block in which it was deposited.
	pub deposited_in: u32,
	/// What it is worth.
	pub state: RecordState,
	/// The record that corrects it.
	pub superseded_by: Option<u64>,
	/// The policy by which it is attested.
	pub policy: Policy,
	/// Each institution of the policy, with its word.
	pub arbiters: Vec<Arbiter>,
	/// What the bundle shows of the plaintext.
	pub plaintext: Shown,
}

/// Who attests a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Policy {
	/// Its version within the case, from 1.
	pub version: u16,
	/// Confirmations needed.
	pub required: u8,
	/// How many of them must be by independent institutions.
	pub independent: u8,
}

/// An institution that a policy asks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Arbiter {
	/// Its account.
	pub account: Hash,
	/// Its ties to platform and operator, as the policy states them.
	pub relation: Relation,
	/// What it said, and in which block.
	pub word: Word,
}

/// What an institution said about a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Word {
	/// Nothing yet.
	None,
	/// It confirmed.
	Confirmed {
		/// The block in which it did.
		block: u32,
	},
	/// It rejected.
	Rejected {
		/// The block in which it did.
		block: u32,
		/// The digest of its reasons.
		#[serde(serialize_with = "as_text")]
		reason: Digest,
	},
	/// It did not get the content in time, and may speak once more.
	Absent {
		/// The block in which it said so.
		block: u32,
		/// The digest of its reasons.
		#[serde(serialize_with = "as_text")]
		reason: Digest,
	},
}

/// What a bundle shows of the plaintext behind an evidence record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "shown", rename_all = "snake_case")]
pub enum Shown {
	/// Nothing.
	Nothing,
	/// All of it.
	Whole,
	/// One record of a batch.
	Leaf {
		/// Its position, from 0.
		position: u32,
	},
}

fn as_text<T: core::fmt::Display, S: Serializer>(
	value: &T,
	serializer: S,
) -> Result<S::Ok, S::Error> {
	serializer.collect_str(value)
}
