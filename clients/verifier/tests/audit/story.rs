//! The good case: three lenders, one of whom votes twice, one resolution, two deposits, two attestations.

use crate::kit::{account, key, Case, Kit};
use codec::Encode;
use serde_json::json;
use sp_core::Pair;
use winddown_verifier::chain::{storage, types::*};

/// What every lender is owed, in fen.
pub const AMOUNTS: [Fen; 3] = [500, 300, 200];
/// When the poll is over.
pub const CLOSES: Millis = 70_000;
/// The identities of the lenders.
pub const IDENTITIES: [[u8; 32]; 3] = [[1; 32], [2; 32], [3; 32]];

const NOTICE: Digest = Digest::Sha256([7; 32]);
const QUESTION: Digest = Digest::Sm3([8; 32]);

/// The rule of every vote: more than half of the amount that voted.
pub fn rule() -> Rule {
	Rule {
		scope: Scope::WholeRoll,
		tests: vec![Test {
			part: Part::For,
			base: Base::Voted,
			measure: Measure::Amount,
			bound: Bound::MoreThan,
			numerator: 1,
			denominator: 2,
		}],
	}
}

/// The terms of the case.
pub fn terms() -> Terms {
	Terms {
		resolution: rule(),
		election: rule(),
		plan: rule(),
		max_rounds: 2,
		max_revotes: 1,
		seats: 3,
		reserves: 1,
		candidate_floor: 0,
		candidate_order: CandidateOrder::Nomination,
		tie_break: TieBreak::Nomination,
		deemed: 0,
		confirmation_window: 10_000,
		voting_window: 10_000,
		review_window: 10_000,
		grace: 10_000,
	}
}

/// The policy of the case.
pub fn policy() -> Policy {
	let arbiters = vec![
		(account("ArbiterOne"), Relation::Independent),
		(account("ArbiterTwo"), Relation::Related),
	];
	Policy { arbiters, required: 2, independent: 1 }
}

/// The question of the poll.
pub fn item() -> Item {
	Item { kind: ItemKind::Resolution, rule: rule(), documents: vec![QUESTION] }
}

/// The plaintext of a ballot.
pub fn ballot_record(lender: u32, choice: Option<u8>, salt: u8) -> String {
	let choices = choice.map_or("[[]]".into(), |choice| format!("[[{choice}]]"));
	let salt = hex::encode([salt; 32]);
	format!(
		r#"{{"algorithm":"blake2b-256","case":0,"cast_at":1,"choices":{choices},"kind":"ballot","lender":{lender},"poll":0,"salt":"{salt}","version":1}}"#
	)
}

/// The digest of a plaintext.
pub fn digest(text: &str) -> Digest {
	Digest::Blake2b256(sp_crypto_hashing::blake2_256(text.as_bytes()))
}

/// A record as the operator exports it.
pub fn exported(kind: &str, lender: Option<u32>, content: &str) -> serde_json::Value {
	let poll = (kind == "ballot").then_some(0);
	json!({"type": "record", "digest": digest(content).to_string(), "kind": kind, "case": 0,
		"poll": poll, "lender": lender, "content": content})
}

/// The ballots in order: lender, mark, plaintext.
pub fn ballots() -> [(u32, u32, String); 3] {
	[
		(0, 0b10, ballot_record(0, Some(1), 1)),
		(1, 0b10, ballot_record(1, Some(1), 2)),
		(0, 0b01, ballot_record(0, Some(0), 3)),
	]
}

/// A call that casts a ballot.
pub fn cast(kit: &Kit, marks: u32, record: &str) -> Vec<u8> {
	kit.call("Polls", "cast", (0u32, 0u8, vec![marks], digest(record)))
}

/// The event of a ballot.
pub fn ballot_cast(kit: &Kit, lender: u32, revision: u8, marks: u32, record: &str) -> Vec<u8> {
	kit.event("Polls", "BallotCast", (0u32, lender, revision, vec![marks], digest(record)))
}

/// The event of a batch.
pub fn carried(kit: &Kit, accepted: u32, refused: u32) -> Vec<u8> {
	kit.event("Intents", "BatchSubmitted", (account("Operator"), accepted, refused))
}

/// The two records of the deposited batch.
pub fn batch_records() -> [String; 2] {
	[4u8, 5].map(|salt| {
		let salt = hex::encode([salt; 32]);
		format!(
			r#"{{"algorithm":"blake2b-256","case":0,"document":"sm3:0x{}","kind":"other","made_at":1,"salt":"{salt}","title":"a record","version":1}}"#,
			"ab".repeat(32)
		)
	})
}

/// The deposited document.
pub const DOCUMENT: &str = "a document";

/// The chain with the open case.
pub fn until_case() -> Kit {
	let mut kit = Kit::new(
		&[
			("Association", 2),
			("OtherAssociation", 2),
			("Operator", 4),
			("Registrar", 8),
			("ArbiterOne", 16),
			("ArbiterTwo", 16),
			("Platform", 32),
		],
		&["Alpha", "Beta", "Gamma", "Delta"],
	);
	open_case(&mut kit);
	kit
}

/// The chain up to the open poll.
pub fn until_open() -> Kit {
	let mut kit = until_case();
	import(&mut kit);
	register(&mut kit);
	confirm(&mut kit);
	let advance = kit.signed("Association", &kit.call("Cases", "advance", (0u32, 2u8)));
	let told = stage(&kit, 3, 1, 2, 50_000);
	kit.block(50_000, vec![(advance, told)]);
	let call = kit.call("Polls", "open", (0u32, vec![item()], CLOSES));
	let open = kit.signed("Association", &call);
	let everybody = Votes { heads: 3, amount: 1_000 };
	let fields = (0u32, 0u32, Purpose::General, everybody, CLOSES);
	let told = kit.event("Polls", "PollOpened", fields);
	kit.block(51_000, vec![(open, vec![told])]);
	kit
}

/// The chain with its ballots.
pub fn until_voted() -> Kit {
	let mut kit = until_open();
	let [first, second, third] = ballots();
	let intents =
		[(&first, 2), (&second, 2), (&third, 3)].map(|((lender, marks, record), sequence)| {
			kit.intent((0, *lender), sequence, 90_000, &cast(&kit, *marks, record))
		});
	let mut told: Vec<Vec<u8>> = [(&first, 1), (&second, 1), (&third, 2)]
		.map(|((lender, marks, record), revision)| {
			ballot_cast(&kit, *lender, revision, *marks, record)
		})
		.to_vec();
	told.push(carried(&kit, 3, 0));
	let batch = kit.batch(&intents);
	kit.block(52_000, vec![(batch, told)]);
	kit
}

/// The whole chain, its state not yet written.
pub fn chain() -> Kit {
	let mut kit = until_voted();
	let close = kit.signed("Operator", &kit.call("Polls", "close", 0u32));
	let turnout = Votes { heads: 2, amount: 800 };
	let outcomes = vec![ItemOutcome::Passed];
	let told = vec![
		deposited(&kit, 4, EvidenceKind::PollOutcome, Digest::of(&(0u32, result())), None),
		kit.event("Polls", "PollClosed", (0u32, 0u32, turnout, outcomes, 4u64)),
	];
	kit.block(CLOSES, vec![(close, told)]);
	deposit(&mut kit);
	attest(&mut kit);
	kit
}

/// The good case.
pub fn good() -> Case {
	let mut kit = chain();
	write_state(&mut kit);
	let mut case = kit.finish();
	case.records = export_of();
	case
}

/// The result of the poll.
pub fn result() -> PollResult {
	let votes = |heads, amount| Votes { heads, amount };
	PollResult {
		eligible: votes(3, 1_000),
		turnout: votes(2, 800),
		items: vec![ItemResult {
			options: vec![votes(1, 500), votes(1, 300)],
			abstained: votes(0, 0),
			outcome: ItemOutcome::Passed,
			ties: vec![],
		}],
		lot: None,
	}
}

/// The roll's running digest.
pub fn roll_digest() -> [u8; 32] {
	IDENTITIES.iter().zip(AMOUNTS).fold([0; 32], |before, (identity, amount)| {
		sp_crypto_hashing::blake2_256(&(before, identity, amount, 0u8).encode())
	})
}

pub fn open_case(kit: &mut Kit) {
	let (platform, association) = (account("Platform"), account("Association"));
	let arguments = (platform, 0u8, NOTICE, 0u64, terms(), policy());
	let open = kit.signed("Association", &kit.call("Cases", "open", arguments));
	let fields = (0u32, platform, association, 0u8, NOTICE, 0u64, 0u64, terms());
	let told = vec![
		kit.event("Cases", "CaseOpened", fields),
		kit.event("Evidence", "PolicySet", (0u32, 1u16, policy())),
		deposited(kit, 0, EvidenceKind::Notice, NOTICE, None),
	];
	kit.block(1_000, vec![(open, told)]);
}

fn import(kit: &mut Kit) {
	let rows: Vec<([u8; 32], Fen, u8)> =
		IDENTITIES.iter().zip(AMOUNTS).map(|(identity, amount)| (*identity, amount, 0)).collect();
	let import = kit.signed("Platform", &kit.call("Claims", "import", (0u32, 0u32, rows)));
	let (heads, amount, digest) = (3u32, 1_000u128, roll_digest());
	let lock = kit.signed("Platform", &kit.call("Claims", "lock", (0u32, heads, amount, digest)));
	let imported = kit.event("Claims", "RowsImported", (0u32, 0u32, heads, digest));
	let roll = Digest::of(&(0u32, heads, amount, digest));
	let mut locked = vec![deposited(kit, 1, EvidenceKind::Roll, roll, None)];
	locked.extend(stage(kit, 2, 0, 1, 2_000));
	let fields = (0u32, account("Platform"), heads, amount, digest, 1u64);
	locked.push(kit.event("Claims", "RollLocked", fields));
	kit.block(2_000, vec![(import, vec![imported]), (lock, locked)]);
}

fn register(kit: &mut Kit) {
	let keys: Vec<(u32, Key)> = (0..3).map(|row| (row, lender_key(row))).collect();
	let call = kit.call("IdentityRegistry", "register_batch", (0u32, &keys, None::<u64>));
	let mut told: Vec<Vec<u8>> = keys
		.iter()
		.map(|(row, key)| kit.event("IdentityRegistry", "KeyRegistered", (0u32, row, key)))
		.collect();
	let fields = (0u32, account("Registrar"), 3u32, None::<u64>);
	told.push(kit.event("IdentityRegistry", "BatchRegistered", fields));
	let register = kit.signed("Registrar", &call);
	kit.block(3_000, vec![(register, told)]);
}

fn confirm(kit: &mut Kit) {
	let intents: Vec<Vec<u8>> = (0..3u32)
		.zip(AMOUNTS)
		.map(|(row, amount)| {
			kit.intent((0, row), 1, 90_000, &kit.call("Claims", "confirm", amount))
		})
		.collect();
	let by_app = ClaimState::ConfirmedByApp;
	let mut told: Vec<Vec<u8>> = (0..3u32)
		.zip(AMOUNTS)
		.map(|(row, amount)| {
			kit.event("Claims", "ClaimConfirmed", (0u32, row, by_app, amount, None::<u64>))
		})
		.collect();
	told.push(carried(kit, 3, 0));
	let batch = kit.batch(&intents);
	kit.block(4_000, vec![(batch, told)]);
}

/// The key of a lender.
pub fn lender_key(row: u32) -> Key {
	Key::Sr25519(key(&format!("Lender{row}")).public().0)
}

pub fn stage(kit: &Kit, id: u64, from: u8, to: u8, at: u64) -> Vec<Vec<u8>> {
	let reason = None::<Digest>;
	let digest = Digest::of(&(0u32, from, to, at, reason));
	// The association takes this step by hand.
	let by = ((from, to) == (1, 2)).then(|| account("Association"));
	vec![
		kit.event("Cases", "StageChanged", (0u32, from, to, at, by, reason)),
		deposited(kit, id, EvidenceKind::Stage, digest, None),
	]
}

/// The event of a deposit; of the chain itself when nobody produced it.
pub fn deposited(
	kit: &Kit,
	id: u64,
	kind: EvidenceKind,
	digest: Digest,
	by: Option<(&str, u32, u64, u16)>,
) -> Vec<u8> {
	let (leaves, size, encoding) = by.map_or((1, 0, 0), |(_, l, s, e)| (l, s, e));
	let content = Content { digest, leaves, size, encoding };
	let producer = by.map(|(name, ..)| account(name));
	let none = None::<u64>;
	let head = (id, 0u32, kind, content, producer);
	kit.event("Evidence", "Deposited", (head, 0u64, none, none, 1u16))
}

/// The root over the two records of the batch.
pub fn batch_root() -> Digest {
	let [one, two] = batch_records()
		.map(|record| sp_crypto_hashing::blake2_256(&[&[0], record.as_bytes()].concat()));
	Digest::Blake2b256(sp_crypto_hashing::blake2_256(&[&[1][..], &one, &two].concat()))
}

/// Leaves, bytes and encoding of the batch.
pub fn batch_size() -> u64 {
	batch_records().iter().map(|record| record.len() as u64 + 1).sum()
}

fn deposit(kit: &mut Kit) {
	let mut steps = vec![];
	let batch = (EvidenceKind::Other, batch_root(), 2u32, batch_size(), 2u16);
	let document = (EvidenceKind::Other, digest(DOCUMENT), 1, DOCUMENT.len() as u64, 1);
	for (id, (kind, digest, leaves, size, encoding)) in (5u64..).zip([batch, document]) {
		let content = Content { digest, leaves, size, encoding };
		let none = None::<u64>;
		let call = kit.call("Evidence", "deposit", (0u32, kind, content, 0u64, none, none));
		let by = Some(("Operator", leaves, size, encoding));
		let told = deposited(kit, id, kind, digest, by);
		steps.push((kit.signed("Operator", &call), vec![told]));
	}
	kit.block(71_000, steps);
}

/// An attestation and its events.
pub fn attestation(kit: &Kit, by: &str, relation: Relation, digest: Digest) -> crate::kit::Step {
	let call = kit.call("Evidence", "attest", (5u64, digest, Verdict::Confirm));
	let fields = (5u64, account(by), relation, digest, Verdict::Confirm);
	(kit.signed(by, &call), vec![kit.event("Evidence", "Attested", fields)])
}

fn attest(kit: &mut Kit) {
	let one = attestation(kit, "ArbiterOne", Relation::Independent, batch_root());
	let mut two = attestation(kit, "ArbiterTwo", Relation::Related, batch_root());
	two.1.push(kit.event("Evidence", "RecordEffective", 5u64));
	kit.block(72_000, vec![one, two]);
}

/// The operator's export of the good case.
pub fn export_of() -> Vec<serde_json::Value> {
	let mut lines: Vec<serde_json::Value> = ballots()
		.iter()
		.map(|(lender, _, record)| exported("ballot", Some(*lender), record))
		.collect();
	lines.extend(batch_records().iter().map(|record| exported("other", None, record)));
	let digests: Vec<String> =
		batch_records().iter().map(|record| digest(record).to_string()).collect();
	lines.push(
		json!({"type": "batch", "root": batch_root().to_string(), "case": 0, "kind": "other",
		"leaves": 2, "size": batch_size(), "records": digests}),
	);
	let content = base64_of(DOCUMENT.as_bytes());
	lines.push(json!({"type": "document", "digest": digest(DOCUMENT).to_string(), "case": 0,
		"kind": "other", "name": "document.txt", "media_type": "text/plain", "content": content}));
	lines
}

/// Base64 of bytes.
pub fn base64_of(bytes: &[u8]) -> String {
	use base64::{engine::general_purpose::STANDARD, Engine};
	STANDARD.encode(bytes)
}

/// The key of a page of a column.
pub fn page(pallet: &str, column: &str) -> Vec<u8> {
	storage::key(pallet, column, &[&0u32.to_le_bytes(), &0u32.to_le_bytes()])
}

/// The key of an entry under case 0.
pub fn of_case(pallet: &str, entry: &str) -> Vec<u8> {
	storage::key(pallet, entry, &[&storage::twox(&0u32)])
}

/// The key of something of poll 0.
pub fn of_poll(entry: &str) -> Vec<u8> {
	storage::key("Polls", entry, &[&0u32.to_le_bytes()])
}

/// The cell of a ballot.
pub fn cell(revision: u8, marks: u32, record: &str) -> Vec<u8> {
	(revision, digest(record), marks).encode()
}

/// The state that the chain must have come to.
pub fn write_state(kit: &mut Kit) {
	let everybody: Totals = vec![(0, Votes { heads: 3, amount: 1_000 })];
	let mut put = |key: Vec<u8>, value: Vec<u8>| {
		kit.state.insert(key, value);
	};
	let entry = |amount: &Fen| (*amount, 0u8, ClaimState::ConfirmedByApp as u8).encode();
	let entries: Vec<u8> = AMOUNTS.iter().flat_map(entry).collect();
	put(page("Claims", "Entries"), entries.encode());
	put(page("IdentityRegistry", "Identities"), IDENTITIES.concat().encode());
	let keys: Vec<u8> = (0..3)
		.flat_map(|row| {
			let Key::Sr25519(key) = lender_key(row) else { unreachable!() };
			[&[2][..], &key, &[0, 1]].concat()
		})
		.collect();
	put(page("IdentityRegistry", "Keys"), keys.encode());
	let sequences: Vec<u8> = [3u64, 2, 1].iter().flat_map(|s| s.to_le_bytes()).collect();
	put(page("Intents", "Sequences"), sequences.encode());
	let counts = [0u32, 3, 0, 0, 0, 0, 0, 0];
	let roll = (3u32, roll_digest(), true, &everybody, &everybody, 0u32, counts);
	put(of_case("Claims", "Rolls"), roll.encode());
	for row in 0..3u32 {
		let owner = [of_case("IdentityRegistry", "KeyOwners"), storage::blake(&lender_key(row))];
		put(owner.concat(), row.encode());
	}
	let poll = StoredPoll {
		case: 0,
		purpose: Purpose::General,
		items: vec![item()],
		opened_at: 51_000,
		closes_at: CLOSES,
		roll: everybody,
		max_revotes: 1,
		tie_break: TieBreak::Nomination,
		precedence: vec![],
		status: PollStatus::Closed { at: CLOSES, evidence: 4 },
	};
	put(of_poll("Polls"), poll.encode());
	put(of_poll("Results"), result().encode());
	let tally = ClassTally {
		voted: result().turnout,
		options: result().items[0].options.clone(),
		abstained: vec![Votes::default()],
	};
	put([of_poll("Tallies"), vec![0]].concat(), tally.encode());
	let [_, (_, marks, second), (_, last_marks, last)] = ballots();
	let cells = [cell(2, last_marks, &last), cell(1, marks, &second)].concat();
	put(page("Polls", "Ballots"), cells.encode());
	put(of_case("Evidence", "CurrentPolicy"), 1u16.encode());
	put([of_case("Evidence", "Policies"), storage::twox(&1u16)].concat(), policy().encode());
	for (id, record) in (0u64..).zip(records()) {
		put(record_key(id), record.encode());
	}
	for name in ["ArbiterOne", "ArbiterTwo"] {
		let word = Attestation { verdict: Verdict::Confirm, block: 10, before: None };
		put(attestation_key(5, name), word.encode());
	}
}

/// The key of an evidence record.
pub fn record_key(id: u64) -> Vec<u8> {
	storage::key("Evidence", "Records", &[&storage::twox(&id)])
}

/// The key of an attestation.
pub fn attestation_key(id: u64, by: &str) -> Vec<u8> {
	storage::key("Evidence", "Attestations", &[&storage::twox(&id), &storage::blake(&account(by))])
}

fn records() -> Vec<StoredRecord> {
	let of_chain = |kind, digest, block, at| StoredRecord {
		case: 0,
		kind,
		content: Content { digest, leaves: 1, size: 0, encoding: 0 },
		producer: None,
		produced_at: 0,
		deposited_at: at,
		block,
		parent: None,
		replaces: None,
		superseded_by: None,
		policy: 1,
		state: RecordState::Pending,
		decided_at: None,
		counts: Counts::default(),
	};
	let stage = |from: u8, to: u8, at: u64| Digest::of(&(0u32, from, to, at, None::<Digest>));
	let roll = Digest::of(&(0u32, 3u32, 1_000u128, roll_digest()));
	let by_operator = |digest, leaves, size, encoding| StoredRecord {
		content: Content { digest, leaves, size, encoding },
		producer: Some(account("Operator")),
		..of_chain(EvidenceKind::Other, digest, 9, 71_000)
	};
	let mut batch = by_operator(batch_root(), 2, batch_size(), 2);
	batch.state = RecordState::Effective;
	batch.decided_at = Some(10);
	batch.counts = Counts { confirmed: 2, confirmed_independent: 1, ..Counts::default() };
	vec![
		of_chain(EvidenceKind::Notice, NOTICE, 1, 1_000),
		of_chain(EvidenceKind::Roll, roll, 2, 2_000),
		of_chain(EvidenceKind::Stage, stage(0, 1, 2_000), 2, 2_000),
		of_chain(EvidenceKind::Stage, stage(1, 2, 50_000), 5, 50_000),
		of_chain(EvidenceKind::PollOutcome, Digest::of(&(0u32, result())), 8, CLOSES),
		batch,
		by_operator(digest(DOCUMENT), 1, DOCUMENT.len() as u64, 1),
	]
}

#[test]
fn the_good_case_is_clean() {
	let report = good().audit();
	assert!(report.is_clean(), "{}", report.text());
	assert_eq!((report.figures.ballots, report.figures.intents), (3, 6));
	assert_eq!(report.polls[0].items[0].outcome, "passed");
	assert_eq!(report.kept.map(|kept| (kept.ballots, kept.others, kept.batches)), Some((3, 2, 1)));
}
