//! Roll, claims, keys and sequences.

use super::{must_be, Code, Difference, Findings, Place, State};
use crate::{
	audit::replay::{Case, Claim, World},
	chain::{
		storage,
		types::{ClaimState, Fen, Key, Totals},
	},
};
use codec::{Decode, DecodeAll, Encode};

/// Bytes of a key's cell: kind, key, status.
const KEY: usize = 35;
/// Bytes of a claim's cell: what its row states, then its state.
const CLAIM: usize = STATED + 1;
/// Bytes of what a row states: amount, class.
const STATED: usize = 17;

/// A roll as it is stored.
#[derive(PartialEq, Debug, Decode)]
struct StoredRoll {
	rows: u32,
	digest: [u8; 32],
	/// 0 importing, 1 locked, 2 clearing.
	phase: u8,
	imported: Totals,
	eligible: Totals,
	open_polls: u32,
	counts: [u32; 8],
}

pub fn compare(state: &State, world: &World, findings: &mut Findings) {
	let id = world.scope;
	let Some(case) = world.cases.get(&id) else { return };
	columns(state, id, case, findings);
	let stored = state.read::<StoredRoll>(&storage::key("Claims", "Rolls", &[&storage::twox(&id)]));
	match (stored, case.roll.rows.is_empty()) {
		(Ok(None), true) => {}
		(Ok(Some(stored)), false) => totals(&stored, case, findings),
		(stored, _) => {
			let found = format!("{stored:?}");
			findings.add(Code::RollDiffers, Place::default(), "the roll of the blocks", found);
		}
	}
	adjusted(state, id, case, findings);
	owners(state, id, case, findings);
}

fn columns(state: &State, id: u32, case: &Case, findings: &mut Findings) {
	let rows = &case.roll.rows;
	let count = rows.len() as u32;
	let row = |at: u32| rows.get(at as usize);
	let mut note = |code: Code, differences: Vec<Difference>| {
		for Difference { row, expected, found } in differences {
			let (expected, found) = (hex::encode(expected), hex::encode(found));
			findings.add(code, Place::row(row), expected, found);
		}
	};
	let identities =
		state.differences(("IdentityRegistry", "Identities"), id, 32, count, |at, cell| {
			if let Some(claim) = row(at) {
				cell.copy_from_slice(&claim.identity);
			}
		});
	note(Code::RollDiffers, identities);
	let keys = state.differences(("IdentityRegistry", "Keys"), id, KEY, count, |at, cell| {
		if let Some((key, active)) = case.keys.get(&at) {
			write_key(key, *active, cell);
		}
	});
	note(Code::KeyDiffers, keys);
	let sequences = state.differences(("Intents", "Sequences"), id, 8, count, |at, cell| {
		let sequence = case.sequences.get(&at).copied().unwrap_or_default();
		cell.copy_from_slice(&sequence.to_le_bytes());
	});
	note(Code::SequenceDiffers, sequences);
	let claims = state.differences(("Claims", "Entries"), id, CLAIM, count, |at, cell| {
		if let Some(claim) = row(at) {
			cell[..16].copy_from_slice(&claim.stated.to_le_bytes());
			cell[16] = claim.class;
			cell[17] = claim.state as u8;
		}
	});
	for Difference { row, expected, found } in claims {
		claim(row, &expected, &found, findings);
	}
}

/// What differs in the cell of a claim: what its row states, its state, or both.
fn claim(row: u32, expected: &[u8], found: &[u8], findings: &mut Findings) {
	let (Some(expected), Some(found)) =
		(expected.split_at_checked(STATED), found.split_at_checked(STATED))
	else {
		return findings.add(Code::RollDiffers, Place::row(row), "a claim", hex::encode(found));
	};
	if expected.0 != found.0 {
		findings.add(Code::RollDiffers, Place::row(row), amount(expected.0), amount(found.0));
	}
	if expected.1 != found.1 {
		let (expected, found) = (hex::encode(expected.1), hex::encode(found.1));
		findings.add(Code::ClaimDiffers, Place::row(row), expected, found);
	}
}

fn amount(cell: &[u8]) -> String {
	match cell.split_last() {
		Some((class, fen)) => match fen.try_into().map(Fen::from_le_bytes) {
			Ok(fen) => format!("{fen} fen in class {class}"),
			Err(_) => "no amount".into(),
		},
		None => "no amount".into(),
	}
}

fn write_key(key: &Key, active: bool, cell: &mut [u8]) {
	let (kind, bytes): (u8, &[u8]) = match key {
		Key::Ed25519(bytes) => (1, bytes),
		Key::Sr25519(bytes) => (2, bytes),
		Key::Ecdsa(bytes) => (3, bytes),
	};
	cell[0] = kind;
	cell[1..=bytes.len()].copy_from_slice(bytes);
	cell[KEY - 1] = if active { 1 } else { 2 };
}

fn totals(stored: &StoredRoll, case: &Case, findings: &mut Findings) {
	let roll = &case.roll;
	let mut counts = [0; 8];
	roll.rows.iter().for_each(|claim| counts[claim.state as usize] += 1);
	let place = Place::default;
	findings.same(Code::RollDiffers, place(), &(roll.rows.len() as u32), &stored.rows);
	findings.same(
		Code::RollDiffers,
		place(),
		&hex::encode(roll.digest),
		&hex::encode(stored.digest),
	);
	let phase = match (roll.locked, roll.clearing) {
		(Some(_), _) => 1,
		(None, true) => 2,
		(None, false) => 0,
	};
	findings.same(Code::RollDiffers, place(), &phase, &stored.phase);
	findings.same(Code::RollDiffers, place(), &roll.open_polls, &stored.open_polls);
	findings.same(Code::ClaimDiffers, place(), &counts, &stored.counts);
	if roll.locked.is_some() {
		findings.same(Code::TotalsDiffer, place(), &roll.totals(), &stored.eligible);
	}
}

/// Amounts that rulings set stand beside the column.
fn adjusted(state: &State, id: u32, case: &Case, findings: &mut Findings) {
	let prefix = storage::key("Claims", "Adjusted", &[&storage::twox(&id)]);
	let is_adjusted = |claim: &Claim| {
		matches!(claim.state, ClaimState::Provisional | ClaimState::Adjudicated)
			&& claim.amount != claim.stated
	};
	let mut expected = 0;
	for (row, claim) in (0u32..).zip(&case.roll.rows).filter(|(_, claim)| is_adjusted(claim)) {
		let key = [prefix.as_slice(), &storage::twox(&row)].concat();
		must_be(state, &key, Some(&claim.amount), Code::ClaimDiffers, Place::row(row), findings);
		expected += 1;
	}
	let found = state.under(&prefix).count();
	findings.same(Code::ClaimDiffers, Place::default(), &expected, &found);
}

fn owners(state: &State, id: u32, case: &Case, findings: &mut Findings) {
	let prefix = storage::key("IdentityRegistry", "KeyOwners", &[&storage::twox(&id)]);
	let mut found = 0;
	for (key, value) in state.under(&prefix) {
		found += 1;
		let known = key.get(prefix.len() + 16..).and_then(|key| Key::decode_all(&mut { key }).ok());
		let owner = known.and_then(|key| case.owners.get(&key));
		if owner.map(|row| row.encode()).as_deref() != Some(value) {
			let place = owner.map_or(Place::default(), |row| Place::row(*row));
			findings.add(Code::KeyDiffers, place, format!("{owner:?}"), hex::encode(value));
		}
	}
	findings.same(Code::KeyDiffers, Place::default(), &case.owners.len(), &found);
}
