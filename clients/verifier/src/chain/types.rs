//! The values that stand in calls, events and storage, as the documentation of the chain describes
//! them; written for the audit, not taken from the chain's own sources.

use codec::{Decode, Encode};
use std::fmt;

/// The account of an institution.
pub type Account = [u8; 32];
/// A case.
pub type CaseId = u32;
/// A row of a roll.
pub type Row = u32;
/// A poll.
pub type PollId = u32;
/// An evidence record.
pub type EvidenceId = u64;
/// An amount in fen.
pub type Fen = u128;
/// Milliseconds since 1970, or a span of them.
pub type Millis = u64;
/// A class of creditors.
pub type Class = u8;

/// A digest with its algorithm.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encode, Decode)]
pub enum Digest {
	/// BLAKE2b with 256 bits.
	#[codec(index = 0)]
	Blake2b256([u8; 32]),
	/// SHA-256.
	#[codec(index = 1)]
	Sha256([u8; 32]),
	/// SM3.
	#[codec(index = 2)]
	Sm3([u8; 32]),
}

impl Digest {
	/// The name of the algorithm, and the bytes.
	pub fn parts(&self) -> (&'static str, &[u8; 32]) {
		match self {
			Self::Blake2b256(bytes) => ("blake2b-256", bytes),
			Self::Sha256(bytes) => ("sha2-256", bytes),
			Self::Sm3(bytes) => ("sm3", bytes),
		}
	}

	/// The BLAKE2b-256 digest of an encoding.
	pub fn of(value: &impl Encode) -> Self {
		Self::Blake2b256(sp_crypto_hashing::blake2_256(&value.encode()))
	}
}

impl fmt::Display for Digest {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		let (name, bytes) = self.parts();
		write!(f, "{name}:0x{}", hex::encode(bytes))
	}
}

/// A lender's key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode)]
pub enum Key {
	/// Ed25519.
	#[codec(index = 0)]
	Ed25519([u8; 32]),
	/// Sr25519.
	#[codec(index = 1)]
	Sr25519([u8; 32]),
	/// ECDSA on secp256k1, compressed.
	#[codec(index = 2)]
	Ecdsa([u8; 33]),
}

/// A signature, of a lender or of an institution.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Signature {
	/// Ed25519.
	#[codec(index = 0)]
	Ed25519([u8; 64]),
	/// Sr25519.
	#[codec(index = 1)]
	Sr25519([u8; 64]),
	/// ECDSA on secp256k1 over BLAKE2b-256, recoverable.
	#[codec(index = 2)]
	Ecdsa([u8; 65]),
}

/// Heads and fen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Votes {
	/// Persons.
	pub heads: u32,
	/// Fen.
	pub amount: Fen,
}

/// Where a claim stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum ClaimState {
	/// Not yet answered.
	#[codec(index = 0)]
	Imported,
	/// Confirmed by an intent.
	#[codec(index = 1)]
	ConfirmedByApp,
	/// Confirmed in a call.
	#[codec(index = 2)]
	ConfirmedByCall,
	/// Confirmed by silence.
	#[codec(index = 3)]
	Deemed,
	/// Disputed.
	#[codec(index = 4)]
	Disputed,
	/// Disputed, with an amount for voting.
	#[codec(index = 5)]
	Provisional,
	/// Decided.
	#[codec(index = 6)]
	Adjudicated,
	/// Off the roll.
	#[codec(index = 7)]
	Excluded,
}

impl ClaimState {
	/// Whether the claim counts in the totals.
	pub fn counts(self) -> bool {
		!matches!(self, Self::Disputed | Self::Excluded)
	}

	/// Whether the lender may vote.
	pub fn votes(self) -> bool {
		self.counts() && self != Self::Imported
	}
}

/// A ruling on a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Ruling {
	/// The stated amount is right.
	#[codec(index = 0)]
	Uphold,
	/// Another amount is.
	#[codec(index = 1)]
	Adjust(Fen),
	/// An amount for voting.
	#[codec(index = 2)]
	Provisional(Fen),
	/// Off the roll.
	#[codec(index = 3)]
	Exclude,
}

/// Which votes a test counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Part {
	/// All who took part.
	#[codec(index = 0)]
	Voted,
	/// Those for it.
	#[codec(index = 1)]
	For,
	/// Those who marked something else.
	#[codec(index = 2)]
	Against,
	/// Those who marked nothing.
	#[codec(index = 3)]
	Abstained,
}

/// What they are measured against.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Base {
	/// All on the roll.
	#[codec(index = 0)]
	Eligible,
	/// All who took part.
	#[codec(index = 1)]
	Voted,
}

/// In what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Measure {
	/// Persons.
	#[codec(index = 0)]
	Heads,
	/// Fen.
	#[codec(index = 1)]
	Amount,
}

/// Whether the share itself is enough.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Bound {
	/// It is, 「以上」.
	#[codec(index = 0)]
	AtLeast,
	/// It is not, 「超过」.
	#[codec(index = 1)]
	MoreThan,
}

/// Over whom a rule runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Scope {
	/// All together.
	#[codec(index = 0)]
	WholeRoll,
	/// Each class by itself.
	#[codec(index = 1)]
	EveryClass,
}

/// One fraction of a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Test {
	/// Which votes.
	pub part: Part,
	/// Of what.
	pub base: Base,
	/// In what.
	pub measure: Measure,
	/// Whether the share itself is enough.
	pub bound: Bound,
	/// The share's numerator.
	pub numerator: u32,
	/// The share's denominator.
	pub denominator: u32,
}

/// Fractions that must all hold.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Rule {
	/// Over whom.
	pub scope: Scope,
	/// The fractions.
	pub tests: Vec<Test>,
}

/// How an item is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum ItemKind {
	/// For or against.
	#[codec(index = 0)]
	Resolution,
	/// One of several.
	#[codec(index = 1)]
	ChooseOne {
		/// How many.
		options: u8,
	},
	/// Several of the candidates.
	#[codec(index = 2)]
	ApproveUpTo {
		/// How many stand.
		candidates: u8,
		/// Seats, and the most marks.
		seats: u8,
		/// Reserves.
		reserves: u8,
	},
}

impl ItemKind {
	/// How many options there are, and how many may be marked.
	pub fn limits(self) -> (u8, u8) {
		match self {
			Self::Resolution => (2, 1),
			Self::ChooseOne { options } => (options, 1),
			Self::ApproveUpTo { candidates, seats, .. } => (candidates, seats),
		}
	}
}

/// A question of a poll.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Item {
	/// How it is answered.
	pub kind: ItemKind,
	/// When an option passes.
	pub rule: Rule,
	/// What it is about.
	pub documents: Vec<Digest>,
}

/// Why a poll is held.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Purpose {
	/// Nothing follows on chain.
	#[codec(index = 0)]
	General,
	/// Exit, committee, mandate.
	#[codec(index = 1)]
	FirstBallot,
	/// The recall of a member.
	#[codec(index = 2)]
	Recall {
		/// Who.
		member: Row,
	},
	/// Plans.
	#[codec(index = 3)]
	Plan {
		/// The round, from 1.
		round: u8,
	},
}

/// What came of an item.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum ItemOutcome {
	/// It passed.
	#[codec(index = 0)]
	Passed,
	/// One won.
	#[codec(index = 1)]
	Chosen {
		/// Which.
		option: u8,
	},
	/// Candidates won.
	#[codec(index = 2)]
	Elected {
		/// Seats, best first.
		seats: Vec<u8>,
		/// Reserves, in order.
		reserves: Vec<u8>,
	},
	/// Nothing passed.
	#[codec(index = 3)]
	Failed,
}

/// Count and outcome of an item.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ItemResult {
	/// Votes for each option.
	pub options: Vec<Votes>,
	/// Abstentions.
	pub abstained: Votes,
	/// What came of it.
	pub outcome: ItemOutcome,
	/// Options that were equal where it mattered, each tie as a set of marks.
	pub ties: Vec<u32>,
}

/// A lot: a block and its hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Lot {
	/// The block.
	pub block: u32,
	/// Its hash.
	pub hash: [u8; 32],
}

impl Lot {
	/// Where a tied option comes; the smallest first.
	pub fn of_option(&self, poll: PollId, item: u8, option: u8) -> [u8; 32] {
		drawn(b"winddown/lot/tie/v1", (self.hash, poll, item, option))
	}

	/// Where a candidate stands on the ballot; the smallest first.
	pub fn of_candidate(&self, case: CaseId, lender: Row) -> [u8; 32] {
		drawn(b"winddown/lot/ballot/v1", (self.hash, case, lender))
	}
}

fn drawn(tag: &[u8], of: impl Encode) -> [u8; 32] {
	sp_crypto_hashing::blake2_256(&[tag, &of.encode()].concat())
}

/// How a tie between candidates is settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum TieBreak {
	/// Who was nominated first comes first.
	#[codec(index = 0)]
	Nomination,
	/// By lot.
	#[codec(index = 1)]
	Lot,
}

/// In which order candidates stand on the ballot.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum CandidateOrder {
	/// As they were nominated.
	#[codec(index = 0)]
	Nomination,
	/// As the association listed them.
	#[codec(index = 1)]
	List,
	/// By lot.
	#[codec(index = 2)]
	Lot,
}

/// The result of a poll.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct PollResult {
	/// All on the roll.
	pub eligible: Votes,
	/// All who took part.
	pub turnout: Votes,
	/// Each item.
	pub items: Vec<ItemResult>,
	/// The lot that settled ties between candidates.
	pub lot: Option<Lot>,
}

/// The count of a class.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ClassTally {
	/// All who took part.
	pub voted: Votes,
	/// Each option of each item, one item after the other.
	pub options: Vec<Votes>,
	/// Abstentions on each item.
	pub abstained: Vec<Votes>,
}

/// Eligible heads and fen of each class, ascending.
pub type Totals = Vec<(Class, Votes)>;

/// Whether a poll was closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum PollStatus {
	/// Not yet.
	#[codec(index = 0)]
	Open,
	/// It was.
	#[codec(index = 1)]
	Closed {
		/// When.
		at: Millis,
		/// The record of the result.
		evidence: EvidenceId,
	},
	/// It was taken back before anybody voted.
	#[codec(index = 2)]
	Cancelled {
		/// When.
		at: Millis,
	},
	/// It waits for a lot.
	#[codec(index = 3)]
	AwaitsLot {
		/// When its count ended.
		at: Millis,
		/// The block of the lot.
		block: u32,
	},
}

/// A poll as it is stored.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct StoredPoll {
	/// The case.
	pub case: CaseId,
	/// Why it is held.
	pub purpose: Purpose,
	/// The questions.
	pub items: Vec<Item>,
	/// When it opened.
	pub opened_at: Millis,
	/// The first moment at which no ballot counts.
	pub closes_at: Millis,
	/// The roll at the opening.
	pub roll: Totals,
	/// How often a ballot may be replaced.
	pub max_revotes: u8,
	/// How a tie between candidates is settled.
	pub tie_break: TieBreak,
	/// The order of options in which a tie goes that no lot settles; empty for that of the ballot.
	pub precedence: Vec<u8>,
	/// Whether it was closed.
	pub status: PollStatus,
}

/// The terms of a case.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Terms {
	/// For resolutions.
	pub resolution: Rule,
	/// For candidates.
	pub election: Rule,
	/// For plans.
	pub plan: Rule,
	/// Ballots on plans, at most.
	pub max_rounds: u8,
	/// Replacements of a ballot, at most.
	pub max_revotes: u8,
	/// Seats.
	pub seats: u8,
	/// Reserves.
	pub reserves: u8,
	/// The least amount of a candidate.
	pub candidate_floor: Fen,
	/// In which order candidates stand on the ballot.
	pub candidate_order: CandidateOrder,
	/// How a tie between candidates is settled.
	pub tie_break: TieBreak,
	/// Whether silence confirms: 1, or never: 0.
	pub deemed: u8,
	/// From the lock on.
	pub confirmation_window: Millis,
	/// The shortest ballot.
	pub voting_window: Millis,
	/// For the committee.
	pub review_window: Millis,
	/// After the due date.
	pub grace: Millis,
}

/// Whether an arbiter has ties to platform or operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Relation {
	/// None.
	#[codec(index = 0)]
	Independent,
	/// Some.
	#[codec(index = 1)]
	Related,
}

/// Who attests, and how many must.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Policy {
	/// The institutions.
	pub arbiters: Vec<(Account, Relation)>,
	/// Confirmations needed.
	pub required: u8,
	/// Of them independent.
	pub independent: u8,
}

/// What a record is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum EvidenceKind {
	/// A notice.
	#[codec(index = 0)]
	Notice,
	/// Its service.
	#[codec(index = 1)]
	NoticeService,
	/// The locked roll.
	#[codec(index = 2)]
	Roll,
	/// Checks of identity.
	#[codec(index = 3)]
	Identity,
	/// Calls.
	#[codec(index = 4)]
	ConfirmationCall,
	/// Grounds of a ruling.
	#[codec(index = 5)]
	Adjudication,
	/// Candidates.
	#[codec(index = 6)]
	Candidate,
	/// Records of ballots.
	#[codec(index = 7)]
	Ballots,
	/// The outcome of a poll.
	#[codec(index = 8)]
	PollOutcome,
	/// A plan.
	#[codec(index = 9)]
	Plan,
	/// A committee's decision.
	#[codec(index = 10)]
	Decision,
	/// A payment.
	#[codec(index = 11)]
	Payment,
	/// A change of stage.
	#[codec(index = 12)]
	Stage,
	/// Anything else.
	#[codec(index = 13)]
	Other,
}

/// What a record's digest is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Content {
	/// A digest, or a Merkle root.
	pub digest: Digest,
	/// Leaves.
	pub leaves: u32,
	/// Bytes.
	pub size: u64,
	/// 0 a value of the chain, 1 a document, 2 a batch of records.
	pub encoding: u16,
}

/// Where a record stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum RecordState {
	/// Attestations are missing.
	#[codec(index = 0)]
	Pending,
	/// It has them.
	#[codec(index = 1)]
	Effective,
	/// It cannot get them any more.
	#[codec(index = 2)]
	Rejected,
	/// Its producer replaced it.
	#[codec(index = 3)]
	Superseded,
}

/// Attestations counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Counts {
	/// For it.
	pub confirmed: u8,
	/// For it and independent.
	pub confirmed_independent: u8,
	/// Against it, or without its content.
	pub rejected: u8,
	/// Against it and independent.
	pub rejected_independent: u8,
}

/// A record as it is stored.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct StoredRecord {
	/// The case.
	pub case: CaseId,
	/// What it is about.
	pub kind: EvidenceKind,
	/// What its digest is over.
	pub content: Content,
	/// Who deposited it; nobody for the chain's own results.
	pub producer: Option<Account>,
	/// When it was made, as its producer says.
	pub produced_at: Millis,
	/// When it was deposited.
	pub deposited_at: Millis,
	/// In which block.
	pub block: u32,
	/// What it belongs to.
	pub parent: Option<EvidenceId>,
	/// What it replaces.
	pub replaces: Option<EvidenceId>,
	/// What replaced it.
	pub superseded_by: Option<EvidenceId>,
	/// The version of the policy.
	pub policy: u16,
	/// Where it stands.
	pub state: RecordState,
	/// The block of the decision.
	pub decided_at: Option<u32>,
	/// Attestations.
	pub counts: Counts,
}

/// An arbiter's word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Verdict {
	/// The content is what the digest says.
	#[codec(index = 0)]
	Confirm,
	/// It is not.
	#[codec(index = 1)]
	Reject {
		/// Why.
		reason: Digest,
	},
	/// The content did not come in time; another word may follow.
	#[codec(index = 2)]
	Absent {
		/// Why.
		reason: Digest,
	},
}

/// The word that another one followed: that the content did not come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Absence {
	/// Why.
	pub reason: Digest,
	/// In which block.
	pub block: u32,
}

/// An arbiter's word on a record, as it is stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Attestation {
	/// What it says.
	pub verdict: Verdict,
	/// In which block.
	pub block: u32,
	/// The absence that it followed.
	pub before: Option<Absence>,
}

/// An attestation, as it is called for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Statement {
	/// The record.
	pub id: EvidenceId,
	/// What the arbiter saw.
	pub digest: Digest,
	/// Its word.
	pub verdict: Verdict,
}

/// A promised instalment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Instalment {
	/// When.
	pub due_at: Millis,
	/// How much.
	pub amount: Fen,
}

/// Whether an instalment was late.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Encode, Decode)]
pub enum Flag {
	/// It was not.
	#[default]
	#[codec(index = 0)]
	None,
	/// Not all was paid when it fell due.
	#[codec(index = 1)]
	Overdue,
	/// Not all was paid when the grace had passed, too.
	#[codec(index = 2)]
	Breach,
}

/// A mandate of a committee: the document and the matters.
pub type Mandate = (Digest, u8);

/// A candidate: row, statement, time of nomination, and how many lenders stood for the first time before.
pub type Candidate = (Row, Digest, Millis, u32);

/// A committee as it is stored.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Committee {
	/// Seats planned.
	pub planned: u8,
	/// Members.
	pub seats: Vec<Row>,
	/// Reserves.
	pub reserves: Vec<Row>,
	/// What it may decide.
	pub mandate: Option<Mandate>,
	/// The poll that elected it.
	pub poll: PollId,
}
