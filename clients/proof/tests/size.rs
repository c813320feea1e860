//! How large a receipt is in a case of 390,000 rows.

mod world;

use codec::Encode;
use rand::{Rng, RngCore, SeedableRng};
use winddown_proof::{
	bundle::{Bundle, Claim, Plaintext},
	digest::Algorithm,
	layout::{
		self,
		polls::{Item, ItemKind, Poll, Rule, Scope, Status},
		roll,
	},
	verify,
};
use world::{case, state, votes, World};

const ROWS: u32 = 390_000;
const LENDER: u32 = 200_001;
const BUDGET: usize = 16 * 1024;

/// A page of random cells, as hard to compress as a real one.
fn page(width: usize, randomness: &mut impl RngCore) -> Vec<u8> {
	let mut cells = vec![0; 64 * width];
	randomness.fill_bytes(&mut cells);
	cells.encode()
}

/// A poll with `items` items of two documents each.
fn poll(items: usize) -> Poll {
	let item = Item {
		kind: ItemKind::ChooseOne { options: 2 },
		rule: Rule { scope: Scope::WholeRoll, tests: vec![case::half(); 3] },
		documents: vec![Algorithm::Sha256.hash(b"plan"); 2],
	};
	let closed = Status::Closed { at: case::NOW, evidence: 70_000 };
	Poll { items: vec![item; items], ..case::poll(case::NOW, closed) }
}

/// A receipt of a ballot on `items` items, beside another case and four other polls.
fn receipt(items: usize) -> Bundle {
	let mut randomness = rand::rngs::StdRng::seed_from_u64(1);
	let mut pairs = state::noise();
	pairs.insert(layout::time(), case::NOW.encode());
	let width = layout::cells::Ballot::width(items);
	for row in (0..ROWS).step_by(64) {
		for case in [case::CASE, 8] {
			pairs.insert(roll::identities(case, row), page(32, &mut randomness));
		}
		pairs.insert(layout::polls::ballots(case::POLL, row), page(width, &mut randomness));
	}
	for other in 0..5 {
		pairs.insert(layout::polls::poll(other), poll(items).encode());
	}
	let salt = randomness.gen::<[u8; 32]>().map(|byte| format!("{byte:02x}")).concat();
	let choices = vec!["[0]"; items].join(",");
	let record = format!(
		r#"{{"algorithm":"sha2-256","case":7,"cast_at":1700000000000,"choices":[{choices}],"kind":"ballot","lender":{LENDER},"poll":3,"salt":"{salt}","version":1}}"#
	);
	let cell = (1u8, Algorithm::Sha256.hash(record.as_bytes()), vec![1u32; items]).encode();
	// The choices' number is no part of a cell.
	let cell = [&cell[..34], &cell[35..]].concat();
	let key = layout::polls::ballots(case::POLL, LENDER);
	let stored = pairs.get_mut(&key).unwrap();
	let at = stored.len() - 64 * width + (LENDER % 64) as usize * width;
	stored[at..at + width].copy_from_slice(&cell);

	let keys = verify::ballot_keys(case::CASE, case::POLL, LENDER);
	let (root, proof) = state::root_and_proof(pairs, &keys);
	let header = world::header(world::BLOCK, root, vec![]);
	Bundle {
		statement: Claim::Ballot { case: case::CASE, poll: case::POLL, lender: LENDER },
		plaintext: Some(Plaintext::Whole(record.into_bytes())),
		justification: votes::justify(&header, &votes::validators(2), 2),
		header,
		state: proof,
		..World::new().ballot()
	}
}

/// Bytes of a receipt from a checkpoint or from genesis: all, and those of each change of validators.
fn sizes(bundle: &Bundle) -> (usize, usize) {
	let changes = bundle.changes.encoded_size() - 1;
	(bundle.to_bytes().len() - changes, changes / bundle.changes.len())
}

#[test]
fn a_receipt_in_a_case_of_390_000_rows_takes_at_most_16_kib() {
	let world = World::new();
	// A change of validators adds about 930 bytes; where they do not fit, a checkpoint replaces them.
	for (items, changes) in [(1, 3), (3, 2), (8, 1)] {
		let bundle = receipt(items);
		world.verify(&bundle).unwrap();
		let (own, change) = sizes(&bundle);
		println!("{items} items: {own} bytes, and {change} for each change of validators");
		assert!(own + changes * change <= BUDGET, "{items} items: {own} + {changes} * {change}");
	}
}
