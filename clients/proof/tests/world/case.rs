//! Case 7: 130 lenders, one closed poll, one open poll, evidence of every form.

use super::state::Pairs;
use codec::Encode;
use winddown_proof::{
	digest::{Algorithm, Digest},
	layout::{
		self,
		evidence::{
			Account, Attestation, Content, Counts, Kind, Policy, Record, RecordState, Relation,
			Verdict, BATCH, DOCUMENT, OF_CHAIN,
		},
		polls::{
			Base, Bound, Item, ItemKind, ItemOutcome, ItemResult, Measure, Part, Poll, PollResult,
			Purpose, Rule, Scope, Status, Tally, Test, Votes,
		},
		roll,
	},
	merkle::Tree,
	Hash,
};

/// The case.
pub const CASE: u32 = 7;
/// Its closed poll.
pub const POLL: u32 = 3;
/// Its open poll, with the same ballots.
pub const OPEN_POLL: u32 = 4;
/// Rows of the case.
pub const ROWS: u32 = 130;
/// A lender with a ballot.
pub const BALLOT_LENDER: u32 = 66;
/// A lender whose cell lies empty between others.
pub const EMPTY_CELL: u32 = 65;
/// A lender whose page ends before its cell.
pub const BEYOND_PAGE: u32 = 100;
/// A lender whose page was never written.
pub const NO_PAGE: u32 = 129;
/// The clock at the block.
pub const NOW: u64 = 1_800_000_000_000;

/// A document.
pub const DOCUMENT_ID: u64 = 10;
/// A batch of three records of calls.
pub const BATCH_ID: u64 = 11;
/// A value of the chain.
pub const CHAIN_ID: u64 = 12;

/// The document behind [`DOCUMENT_ID`].
pub const NOTICE: &[u8] = "清退公告".as_bytes();
/// The value behind [`CHAIN_ID`].
pub const RESULT: &[u8] = b"the SCALE encoding of a result";

/// The plaintext record of the ballot.
pub fn record() -> String {
	record_with(CASE, POLL, BALLOT_LENDER, "[[0],[2],[0,3]]")
}

/// A ballot's record that says something else.
pub fn record_with(case: u32, poll: u32, lender: u32, choices: &str) -> String {
	format!(
		r#"{{"algorithm":"blake2b-256","case":{case},"cast_at":1700000000000,"choices":{choices},"kind":"ballot","lender":{lender},"poll":{poll},"salt":"{}","version":1}}"#,
		"5a".repeat(32)
	)
}

/// The records of the batch, one for each of three lenders' ballots.
pub fn batch() -> Vec<String> {
	(1..4).map(|lender| record_with(CASE, POLL, lender, "[[0],[],[]]")).collect()
}

/// The lines of the batch.
pub fn lines() -> String {
	batch().iter().map(|record| format!("{record}\n")).collect()
}

/// The Merkle tree over the batch.
pub fn tree() -> Tree {
	let records = batch();
	Tree::new(Algorithm::Sha256, &records.iter().map(String::as_bytes).collect::<Vec<_>>())
}

/// The institutions of the policy: two independent, one related.
pub fn arbiters() -> Vec<Account> {
	vec![Hash([0xa1; 32]), Hash([0xa2; 32]), Hash([0xa3; 32])]
}

/// The digest of the ballot's record.
pub fn record_digest() -> Digest {
	Algorithm::Blake2b256.hash(record().as_bytes())
}

/// Puts everything of the case into a state.
pub fn fill(state: &mut Pairs) {
	state.insert(layout::time(), NOW.encode());
	rows(state);
	let closed = Status::Closed { at: NOW - 5_000, evidence: CHAIN_ID };
	state.insert(layout::polls::poll(POLL), poll(NOW - 10_000, closed).encode());
	state.insert(layout::polls::poll(OPEN_POLL), poll(NOW + 1, Status::Open).encode());
	ballots(state, POLL);
	ballots(state, OPEN_POLL);
	counts(state);
	evidence(state);
}

/// The counts of the closed poll's classes, and its result: the resolution passes, of the choices the best
/// has exactly half of the heads, and two candidates of five have more.
fn counts(state: &mut Pairs) {
	for (class, tally) in (0..).zip(tallies()) {
		state.insert(layout::polls::tally(POLL, class), tally.encode());
	}
	state.insert(layout::polls::result(POLL), result().encode());
}

/// The counts of the closed poll, by class.
pub fn tallies() -> [Tally; 2] {
	let votes = |heads, amount| Votes { heads, amount };
	let none = votes(0, 0);
	let first = Tally {
		voted: votes(50, 800),
		options: vec![
			votes(40, 700),
			votes(5, 50),
			votes(20, 300),
			none,
			votes(30, 500),
			votes(50, 800),
			none,
			none,
			votes(40, 700),
			none,
		],
		abstained: vec![votes(5, 50), none, none],
	};
	let second = Tally {
		voted: votes(40, 600),
		options: vec![
			votes(30, 500),
			none,
			none,
			votes(5, 100),
			votes(35, 500),
			votes(40, 600),
			none,
			none,
			votes(26, 400),
			none,
		],
		abstained: vec![votes(10, 100), none, none],
	};
	[first, second]
}

/// The result of the closed poll.
pub fn result() -> PollResult {
	let [first, second] = tallies();
	let both = |one: &[Votes], other: &[Votes]| -> Vec<Votes> {
		let sum = |(one, other): (&Votes, &Votes)| Votes {
			heads: one.heads + other.heads,
			amount: one.amount + other.amount,
		};
		one.iter().zip(other).map(sum).collect()
	};
	let options = both(&first.options, &second.options);
	let abstained = both(&first.abstained, &second.abstained);
	let elected = ItemOutcome::Elected { seats: vec![0, 3], reserves: vec![] };
	let items = [(0..2, ItemOutcome::Passed), (2..5, ItemOutcome::Failed), (5..10, elected)];
	PollResult {
		eligible: Votes { heads: 130, amount: 2_000 },
		turnout: Votes { heads: 90, amount: 1_400 },
		items: items
			.into_iter()
			.zip(abstained)
			.map(|((range, outcome), abstained)| ItemResult {
				options: options[range].to_vec(),
				abstained,
				outcome,
				ties: vec![],
			})
			.collect(),
		lot: None,
	}
}

fn rows(state: &mut Pairs) {
	for first in (0..ROWS).step_by(64) {
		let page = first..ROWS.min(first + 64);
		let identities = page.flat_map(|row| identity(row).0);
		state.insert(roll::identities(CASE, first), identities.collect::<Vec<_>>().encode());
	}
}

/// The identity hash of a row.
pub fn identity(row: u32) -> Hash {
	Hash::of(&row.to_be_bytes())
}

/// More than half of the heads on the roll.
pub fn half() -> Test {
	Test {
		part: Part::For,
		base: Base::Eligible,
		measure: Measure::Heads,
		bound: Bound::MoreThan,
		numerator: 1,
		denominator: 2,
	}
}

/// A poll with a resolution, a choice of three and an election.
pub fn poll(closes_at: u64, status: Status) -> Poll {
	let rule = Rule { scope: Scope::WholeRoll, tests: vec![half()] };
	let item = |kind, documents: u8| Item {
		kind,
		rule: rule.clone(),
		documents: (0..documents).map(|n| Algorithm::Sm3.hash(&[n])).collect(),
	};
	Poll {
		case: CASE,
		purpose: Purpose::FirstBallot,
		items: vec![
			item(ItemKind::Resolution, 1),
			item(ItemKind::ChooseOne { options: 3 }, 3),
			item(ItemKind::ApproveUpTo { candidates: 5, seats: 3, reserves: 2 }, 5),
		],
		opened_at: NOW - 100_000,
		closes_at,
		roll: vec![(0, 65, 1_000), (1, 65, 1_000)],
		max_revotes: 3,
		tie_break: 0,
		precedence: vec![0, 1, 2, 3, 4],
		status,
	}
}

/// The ballots of rows 64 and 66, alone on page 1.
fn ballots(state: &mut Pairs, poll: u32) {
	let cell = (2u8, record_digest(), [0b1u32, 0b100, 0b1001]).encode();
	let page = [cell.clone(), vec![0; cell.len()], cell].concat();
	state.insert(layout::polls::ballots(poll, BALLOT_LENDER), page.encode());
}

fn evidence(state: &mut Pairs) {
	let policy = Policy {
		arbiters: arbiters()
			.into_iter()
			.zip([Relation::Related, Relation::Independent, Relation::Independent])
			.collect(),
		required: 2,
		independent: 1,
	};
	state.insert(layout::evidence::policy(CASE, 1), policy.encode());
	let document = Algorithm::Sm3.hash(NOTICE);
	let size = NOTICE.len() as u64;
	let document = Content { digest: document, leaves: 1, size, encoding: DOCUMENT };
	let (digest, size) = (tree().root(), lines().len() as u64);
	let batch = Content { digest, leaves: 3, size, encoding: BATCH };
	let digest = Algorithm::Blake2b256.hash(RESULT);
	let chain = Content { digest, leaves: 1, size: 0, encoding: OF_CHAIN };
	insert_record(state, DOCUMENT_ID, &evidence_record(Kind::Notice, document));
	insert_record(state, BATCH_ID, &evidence_record(Kind::Ballots, batch));
	let chain = Record { producer: None, ..evidence_record(Kind::PollOutcome, chain) };
	insert_record(state, CHAIN_ID, &chain);
	for id in [DOCUMENT_ID, BATCH_ID, CHAIN_ID] {
		attest(state, id, 0, Verdict::Confirm);
		attest(state, id, 1, Verdict::Confirm);
	}
}

/// Puts an evidence record into a state.
pub fn insert_record(state: &mut Pairs, id: u64, record: &Record) {
	state.insert(layout::evidence::record(id), record.encode());
}

/// Puts the verdict of the arbiter at `position` into a state.
pub fn attest(state: &mut Pairs, id: u64, position: usize, verdict: Verdict) {
	let key = layout::evidence::attestation(id, &arbiters()[position]);
	state.insert(key, Attestation { verdict, block: 50, before: None }.encode());
}

/// An effective record, confirmed by a related and an independent institution.
pub fn evidence_record(kind: Kind, content: Content) -> Record {
	Record {
		case: CASE,
		kind,
		content,
		producer: Some(Hash([0x0b; 32])),
		produced_at: NOW - 200_000,
		deposited_at: NOW - 150_000,
		block: 44,
		parent: None,
		replaces: None,
		superseded_by: None,
		policy: 1,
		state: RecordState::Effective,
		decided_at: Some(50),
		counts: Counts {
			confirmed: 2,
			confirmed_independent: 1,
			rejected: 0,
			rejected_independent: 0,
		},
	}
}
