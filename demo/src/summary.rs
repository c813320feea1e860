//! What the demonstration did, in numbers.

use serde::Serialize;
use std::{collections::BTreeMap, path::PathBuf};
use winddown_proof::Ground;
use winddown_sdk::{
	chain::{CountsView, InstalmentView, VotesView},
	primitives::{Fen, Millis},
};

/// A text in both languages.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Text {
	/// English.
	pub en: String,
	/// Chinese.
	pub zh: String,
}

impl Text {
	/// Both.
	pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
		Self { en: en.into(), zh: zh.into() }
	}
}

/// Everything.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
	/// When it was played, in milliseconds.
	pub played_at: Millis,
	/// The seed of people, keys and votes.
	pub seed: u64,
	/// How many lenders.
	pub lenders: u32,
	/// The network.
	pub network: NetworkSummary,
	/// The number of the case.
	pub case: u32,
	/// The terms, in words.
	pub terms: Vec<(Text, String)>,
	/// The roll.
	pub roll: RollSummary,
	/// Confirmation and disputes.
	pub claims: ClaimsSummary,
	/// Every poll, in order.
	pub polls: Vec<PollSummary>,
	/// The committee.
	pub committee: CommitteeSummary,
	/// Plans, in order.
	pub plans: Vec<PlanSummary>,
	/// Promised against paid.
	pub payments: Vec<InstalmentView>,
	/// Payment lists, for the chart.
	pub payment_lists: Vec<PaymentList>,
	/// Lenders' intents.
	pub intents: IntentsSummary,
	/// Evidence by kind.
	pub evidence: EvidenceSummary,
	/// The independent audit.
	pub audit: AuditSummary,
	/// Proofs that were written and verified.
	pub proofs: Vec<ProofSummary>,
	/// The search for personal data.
	pub privacy: PrivacySummary,
	/// How long each act took, in seconds.
	pub acts: Vec<Act>,
}

/// The network on which it was played.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NetworkSummary {
	/// Its nodes.
	pub nodes: Vec<String>,
	/// The hash of its first block.
	pub genesis: String,
	/// Its last finalized block.
	pub blocks: u64,
	/// The most memory that nodes, attestors and this client held, in bytes.
	pub peak_memory: Option<u64>,
}

/// The roll.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RollSummary {
	/// Heads and fen as imported.
	pub imported: VotesView,
	/// Rows on chain when the import was cut off.
	pub cut_off_at: u32,
	/// The running digest, hexadecimal.
	pub digest: String,
	/// The median claim in fen.
	#[serde(serialize_with = "as_text")]
	pub median: Fen,
	/// The mean claim in fen.
	#[serde(serialize_with = "as_text")]
	pub mean: Fen,
	/// The largest claim in fen.
	#[serde(serialize_with = "as_text")]
	pub largest: Fen,
	/// Claims by size, for the chart.
	pub histogram: Vec<Bin>,
	/// Keys that the registrar bound.
	pub registered: u32,
}

/// Claims of a size.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Bin {
	/// From this many yuan.
	pub from: u64,
	/// To less than this many.
	pub to: u64,
	/// Lenders.
	pub heads: u32,
	/// Their fen.
	#[serde(serialize_with = "as_text")]
	pub fen: Fen,
}

/// Confirmation and disputes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ClaimsSummary {
	/// Claims by state, once everything was ruled on.
	pub counts: CountsView,
	/// Disputes.
	pub disputed: u32,
	/// Rulings by kind.
	pub rulings: BTreeMap<String, u32>,
	/// Heads and fen that may vote.
	pub eligible: VotesView,
}

/// A poll.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PollSummary {
	/// Its number.
	pub poll: u32,
	/// What it was about.
	pub title: Text,
	/// Everybody who may vote.
	pub eligible: VotesView,
	/// Everybody who took part.
	pub turnout: VotesView,
	/// Ballots sent, replacements too.
	pub ballots: u32,
	/// Lenders who replaced their ballot.
	pub replaced: u32,
	/// Lenders on the roll who never voted.
	pub silent: u32,
	/// The questions.
	pub items: Vec<ItemSummary>,
	/// The block at which it was counted again.
	pub audited_at: u64,
	/// Whether the recount from raw ballots equals the chain's count and outcome.
	pub audit_agrees: bool,
	/// In what it differs.
	pub differences: Vec<String>,
}

/// A question.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ItemSummary {
	/// What was asked.
	pub title: Text,
	/// The options and their votes.
	pub options: Vec<OptionSummary>,
	/// Those who marked nothing.
	pub abstained: VotesView,
	/// When it passes.
	pub rule: Text,
	/// The law behind the rule.
	pub law: Text,
	/// Why it passed or did not: what each test measured, for each option that may win by it.
	pub grounds: Vec<Vec<Ground>>,
	/// What came of it.
	pub outcome: Text,
	/// Whether something passed.
	pub passed: bool,
	/// What it asks.
	pub asks: Asks,
}

/// What an item of a ballot asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
	/// For or against.
	#[default]
	Resolution,
	/// One of several.
	Choice,
	/// Candidates.
	Election,
}

/// An option.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OptionSummary {
	/// What it is.
	pub name: Text,
	/// Its votes.
	pub votes: VotesView,
	/// What it won, if anything.
	pub won: Option<Won>,
}

/// What an option won.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Won {
	/// It is chosen.
	Chosen,
	/// A seat, from 1.
	Seat(usize),
	/// A place among the reserves, from 1.
	Reserve(usize),
}

impl Won {
	/// In both languages.
	pub fn text(self) -> Text {
		match self {
			Self::Chosen => Text::new("chosen", "选定"),
			Self::Seat(place) => Text::new(format!("seat {place}"), format!("第 {place} 席")),
			Self::Reserve(place) => Text::new(format!("reserve {place}"), format!("候补 {place}")),
		}
	}
}

/// The committee.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CommitteeSummary {
	/// Seats planned.
	pub planned: u8,
	/// Rows of the members, by rank.
	pub seats: Vec<u32>,
	/// Rows of the reserves.
	pub reserves: Vec<u32>,
	/// What the mandate covers.
	pub matters: Vec<String>,
	/// Decisions: about which plan, how many endorse, how many object, the outcome.
	pub decisions: Vec<DecisionSummary>,
}

/// A decision.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DecisionSummary {
	/// What it is about.
	pub about: Text,
	/// Members for it.
	pub endorsed: u32,
	/// Members against it.
	pub objected: u32,
	/// How it ended.
	pub outcome: String,
}

/// A plan.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PlanSummary {
	/// Its number.
	pub plan: u32,
	/// What it promises.
	pub title: Text,
	/// Where it ended.
	pub state: String,
	/// Instalments.
	pub instalments: u32,
	/// Fen promised in all.
	#[serde(serialize_with = "as_text")]
	pub promised: Fen,
}

/// A payment list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PaymentList {
	/// The instalment.
	pub instalment: u8,
	/// When it was reported, in milliseconds.
	pub at: Millis,
	/// Fen.
	#[serde(serialize_with = "as_text")]
	pub fen: Fen,
	/// Lenders paid.
	pub heads: u32,
}

/// Lenders' intents.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IntentsSummary {
	/// Carried out.
	pub accepted: u32,
	/// Refused, by reason; these were meant to be.
	pub refused: BTreeMap<String, u32>,
	/// Handed in by lenders themselves, without the operator.
	pub single: u32,
	/// The most that one block carried.
	pub most_in_a_block: u32,
}

/// Evidence.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EvidenceSummary {
	/// Records by kind: deposited by institutions, by the chain, effective.
	pub kinds: BTreeMap<String, EvidenceKindSummary>,
	/// Records in all.
	pub records: u32,
	/// Records that both arbitration institutions confirmed.
	pub effective: u32,
	/// Attestations.
	pub attestations: u32,
}

/// Evidence of a kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EvidenceKindSummary {
	/// The kind in Chinese.
	pub name_zh: &'static str,
	/// Deposited by institutions.
	pub deposited: u32,
	/// Deposited by the chain itself.
	pub by_chain: u32,
	/// Effective.
	pub effective: u32,
}

/// What the independent audit looked at.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AuditSummary {
	/// Lenders' intents, each with its signature.
	pub intents: u64,
	/// Ballots that counted when they were cast.
	pub ballots: u64,
	/// Plaintext records of the operator.
	pub records: u64,
	/// Documents of the operator.
	pub documents: u64,
	/// Defects; none, or the demonstration fails.
	pub findings: u64,
	/// How long it took, in seconds.
	pub seconds: f64,
}

/// A proof for a lender, verified from its file alone.
#[derive(Clone, Debug, Serialize)]
pub struct ProofSummary {
	/// The file.
	pub file: PathBuf,
	/// Its size.
	pub bytes: u64,
	/// How long it took to verify, in milliseconds.
	pub milliseconds: f64,
	/// What it proves first.
	pub proved: Text,
}

/// The search for personal data.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PrivacySummary {
	/// Names, numbers, telephone numbers and plain hashes that were looked for.
	pub searched_for: u32,
	/// Blocks searched.
	pub blocks: u64,
	/// Bytes searched, in blocks and in the state.
	pub bytes: u64,
	/// Occurrences; none, or the demonstration fails.
	pub found: u32,
}

/// An act of the play.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Act {
	/// What happened.
	pub title: Text,
	/// Seconds.
	pub seconds: f64,
	/// Records that took effect in it, both institutions having confirmed them.
	pub attested: u32,
}

fn as_text<S: serde::Serializer>(value: &Fen, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(&value.to_string())
}
