//! Deposits with one thing wrong each, and the exact verdict.

mod ballots;
mod claims;
mod content;
mod own;
mod payments;

use super::*;
use winddown_proof::{
	digest::Algorithm,
	layout::evidence::{Account, Content, Counts, RecordState, BATCH, DOCUMENT},
	merkle::Tree,
	record::{self, BallotRecord, CallRecord, Fen, PaymentRecord, Salt, VERSION},
};

pub const CASE: u32 = 3;
const POLL: u32 = 5;
const ALGORITHM: Algorithm = Algorithm::Sha256;

/// Record 7, the deposit of a document.
pub fn deposit_of(document: &[u8]) -> Deposit {
	let digest = ALGORITHM.hash(document);
	let size = document.len() as u64;
	deposit(Kind::Notice, Content { digest, leaves: 1, size, encoding: DOCUMENT })
}

fn deposit(kind: Kind, content: Content) -> Deposit {
	let record = Record {
		case: CASE,
		kind,
		content,
		producer: Some(Account::default()),
		produced_at: 1,
		deposited_at: 2,
		block: 3,
		parent: None,
		replaces: None,
		superseded_by: None,
		policy: 1,
		state: RecordState::Pending,
		decided_at: None,
		counts: Counts::default(),
	};
	Deposit { id: 7, record }
}

/// The deposit of a batch of these lines, and its bytes.
fn batch_of<L: AsRef<[u8]>>(kind: Kind, lines: &[L]) -> (Deposit, Vec<u8>) {
	let bytes = record::lines(lines);
	let tree = Tree::new(ALGORITHM, lines);
	let (digest, leaves, size) = (tree.root(), tree.leaves(), bytes.len() as u64);
	(deposit(kind, Content { digest, leaves, size, encoding: BATCH }), bytes)
}

/// The verdict on a batch of these records, as it is reached from bytes.
fn verdict(kind: Kind, records: &[record::Record], facts: &Facts) -> Verdict {
	let lines: Vec<_> = records.iter().map(record::Record::canonical).collect();
	let (deposit, bytes) = batch_of(kind, &lines);
	match super::content(&deposit, Form::Batch, &bytes) {
		Ok(Plaintext::Batch(found)) => super::batch(&deposit, &found, facts),
		Err(Refused::Wrong(reason)) => Verdict::Reject(reason),
		other => panic!("{other:?}"),
	}
}

fn facts(rows: u32) -> Facts {
	Facts { roll: Some(Roll { rows, locked: true }), ..Facts::default() }
}

fn ballot(lender: u32, choices: &[&[u8]]) -> BallotRecord {
	BallotRecord {
		version: VERSION,
		algorithm: Algorithm::Sm3,
		case: CASE,
		salt: Salt([lender as u8; 32]),
		poll: POLL,
		lender,
		choices: choices.iter().map(|marks| marks.to_vec()).collect(),
		cast_at: 9,
	}
}

fn call(lender: u32, fen: u128) -> record::Record {
	record::Record::Call(CallRecord {
		version: VERSION,
		algorithm: ALGORITHM,
		case: CASE,
		salt: Salt([1; 32]),
		lender,
		amount: Fen(fen),
		answer: record::Answer::Confirmed,
		recording: ALGORITHM.hash(b"recording"),
		called_at: 9,
	})
}

fn payment(lender: u32, instalment: u8, fen: u128) -> record::Record {
	record::Record::Payment(PaymentRecord {
		version: VERSION,
		algorithm: ALGORITHM,
		case: CASE,
		salt: Salt([1; 32]),
		lender,
		instalment,
		amount: Fen(fen),
		proof: ALGORITHM.hash(b"bank"),
		paid_at: 9,
	})
}
