//! Ways back, lots and the order of candidates: what the rules of the case do not allow.

use crate::{
	kit::{account, Kit},
	story::*,
};
use codec::Encode;
use std::collections::BTreeSet;
use winddown_verifier::chain::types::*;

/// What an audit finds of a chain whose last state nobody wrote down.
fn codes(kit: Kit) -> BTreeSet<&'static str> {
	kit.finish().codes()
}

/// One more block with a call of an institution and the event that it is said to have brought about.
fn says(kit: &mut Kit, at: Millis, by: &str, call: &[u8], told: Vec<u8>) {
	let signed = kit.signed(by, call);
	kit.block(at, vec![(signed, vec![told])]);
}

#[test]
fn a_row_without_an_amount_is_named() {
	let mut kit = until_case();
	let rows: Vec<([u8; 32], Fen, u8)> = vec![(IDENTITIES[0], 500, 0), (IDENTITIES[1], 0, 0)];
	let digest = rows.iter().fold([0; 32], |before, (identity, amount, class)| {
		sp_crypto_hashing::blake2_256(&(before, identity, amount, class).encode())
	});
	let call = kit.call("Claims", "import", (0u32, 0u32, rows));
	let told = kit.event("Claims", "RowsImported", (0u32, 0u32, 2u32, digest));
	says(&mut kit, 2_000, "Platform", &call, told);
	assert!(codes(kit).contains("roll-amount"));
}

#[test]
fn a_roll_that_is_cleared_after_it_was_locked_is_named() {
	let mut kit = until_open();
	let call = kit.call("Claims", "clear", (0u32, 3u32, 1u32));
	let told = kit.event("Claims", "RowsCleared", (0u32, account("Platform"), 0u32, 3u32));
	says(&mut kit, 52_000, "Platform", &call, told);
	assert!(codes(kit).contains("roll-cleared-wrongly"));
}

#[test]
fn a_roll_that_is_cleared_before_that_is_none() {
	let mut kit = until_case();
	let rows: Vec<([u8; 32], Fen, u8)> = vec![(IDENTITIES[0], 500, 0)];
	let digest = sp_crypto_hashing::blake2_256(&([0u8; 32], IDENTITIES[0], 500u128, 0u8).encode());
	let import = kit.call("Claims", "import", (0u32, 0u32, rows));
	let told = kit.event("Claims", "RowsImported", (0u32, 0u32, 1u32, digest));
	says(&mut kit, 2_000, "Platform", &import, told);
	let clear = kit.call("Claims", "clear", (0u32, 1u32, 1u32));
	let told = kit.event("Claims", "RowsCleared", (0u32, account("Platform"), 0u32, 1u32));
	says(&mut kit, 3_000, "Platform", &clear, told);
	let found = codes(kit);
	assert!(!found.contains("roll-cleared-wrongly"), "{found:?}");
}

/// The chain with a poll that its association took back.
fn cancelled(mut kit: Kit) -> BTreeSet<&'static str> {
	let call = kit.call("Polls", "cancel", 0u32);
	let told = kit.event("Polls", "PollCancelled", (0u32, 0u32, account("Association")));
	says(&mut kit, 53_000, "Association", &call, told);
	codes(kit)
}

#[test]
fn a_poll_is_cancelled_before_its_first_ballot_and_not_after_it() {
	assert!(!cancelled(until_open()).contains("cancelled-wrongly"));
	assert!(cancelled(until_voted()).contains("cancelled-wrongly"));
}

#[test]
fn a_lot_where_nobody_is_tied_is_named() {
	let mut kit = until_voted();
	let call = kit.call("Polls", "close", 0u32);
	let tenth = kit.parts.blocks.len() as u32 + 10;
	let told = kit.event("Polls", "LotNamed", (0u32, tenth));
	says(&mut kit, CLOSES, "Operator", &call, told);
	assert!(codes(kit).contains("lot-differs"));
}

#[test]
fn a_list_of_candidates_where_the_terms_go_by_nominations_is_named() {
	let mut kit = until_open();
	let call = kit.call("CommitteeElection", "list_candidates", (0u32, vec![0u32]));
	let fields = (0u32, vec![0u32], account("Association"));
	let told = kit.event("CommitteeElection", "CandidatesListed", fields);
	says(&mut kit, 52_000, "Association", &call, told);
	assert!(codes(kit).contains("candidate-order-differs"));
}

/// An arbiter speaks on the document, the record 6.
fn word(kit: &mut Kit, at: Millis, verdict: Verdict) {
	let wanted = digest(DOCUMENT);
	let call = kit.call("Evidence", "attest", (6u64, wanted, verdict));
	let fields = (6u64, account("ArbiterOne"), Relation::Independent, wanted, verdict);
	let told = kit.event("Evidence", "Attested", fields);
	says(kit, at, "ArbiterOne", &call, told);
}

#[test]
fn an_institution_speaks_once_more_after_an_absence_and_only_then() {
	let mut kit = chain();
	word(&mut kit, 80_000, Verdict::Absent { reason: Digest::Sm3([9; 32]) });
	word(&mut kit, 81_000, Verdict::Confirm);
	let found = codes(kit);
	assert!(!found.contains("attestation-twice"), "{found:?}");

	let mut kit = chain();
	word(&mut kit, 80_000, Verdict::Absent { reason: Digest::Sm3([9; 32]) });
	word(&mut kit, 81_000, Verdict::Confirm);
	word(&mut kit, 82_000, Verdict::Confirm);
	let report = kit.finish().audit();
	let twice = report.findings.iter().find(|one| one.code.text() == "attestation-twice");
	assert_eq!(
		twice.map(|one| one.rule_en),
		Some("An institution attests a record once, and once more after it called the content absent.")
	);
}
