//! Receipts of ballots, and proofs that somebody did not vote.

mod world;

use codec::Encode;
use winddown_proof::{
	bundle::{Claim, Plaintext},
	layout::{self, cells, polls::ItemKind},
	receipt,
	record::Slips,
	verify, Anchor, Failure, Phase, Receipt, Subject, Value,
};
use world::{
	case::{self, *},
	codes, World,
};

fn with_record(record: String) -> Result<winddown_proof::Report, Failure> {
	let mut world = World::new();
	let digest = winddown_proof::digest::Algorithm::Blake2b256.hash(record.as_bytes());
	let cell = (1u8, digest, [0b1u32, 0b100, 0b1001]).encode();
	let page = [vec![0; 2 * cell.len()], cell].concat();
	world.state.insert(layout::polls::ballots(POLL, BALLOT_LENDER), page.encode());
	let mut bundle = world.ballot();
	bundle.plaintext = Some(Plaintext::Whole(record.into_bytes()));
	world.verify(&bundle)
}

#[test]
fn a_ballot_is_proved_with_row_record_choices_and_block() {
	let world = World::new();
	let report = world.verify(&world.ballot()).unwrap();
	let Subject::Ballot { lender, poll, ballot } = &report.subject else { panic!() };
	assert_eq!((lender.case, lender.lender), (CASE, BALLOT_LENDER));
	assert_eq!(lender.identity, case::identity(BALLOT_LENDER));
	assert_eq!((ballot.revision, ballot.record), (2, record_digest()));
	assert_eq!(ballot.cast_at, Some(1_700_000_000_000));
	let marked: Vec<_> = ballot.choices.iter().map(|choice| &choice.marked[..]).collect();
	assert_eq!(marked, [&[0][..], &[2], &[0, 3]]);
	assert_eq!(ballot.choices[1].item, ItemKind::ChooseOne { options: 3 });
	assert_eq!(poll.phase, Phase::Closed { at: NOW - 5_000, evidence: CHAIN_ID });
	assert_eq!((report.block.number, report.block.time), (world::BLOCK, NOW));
	assert_eq!((report.block.set_id, report.block.validators, report.block.changes), (2, 4, 2));
	let genesis = world.anchor().genesis();
	let code = receipt::code(&genesis, POLL, BALLOT_LENDER, &record_digest());
	assert_eq!(ballot.receipt.to_string(), code);
}

#[test]
fn a_receipt_says_in_words_what_is_proved_and_what_is_not() {
	let world = World::new();
	let report = world.verify(&world.ballot()).unwrap();
	let (proved, not_proved) = codes(&report);
	assert_eq!(
		proved,
		["ballot_cast", "choices", "plaintext", "poll_closed", "row", "finality", "from_genesis"]
	);
	assert_eq!(
		not_proved,
		[
			"will",
			"plaintext_truth",
			"person",
			"weight",
			"tally",
			"later",
			"validators",
			"program",
			"genesis",
			"certificate"
		]
	);
	let choices = &report.proved[1];
	assert_eq!(
		choices.en,
		"The ballot counts as: item 1 for; item 2 option 3; item 3 candidates 1, 4."
	);
	assert_eq!(choices.zh, "该票计为：第1项赞成；第2项选择方案3；第3项选举候选人1、4。");
}

#[test]
fn the_code_typed_from_a_receipt_is_that_of_the_report() {
	let world = World::new();
	let report = world.verify(&world.ballot()).unwrap();
	let Subject::Ballot { ballot, .. } = &report.subject else { panic!() };
	let typed = ballot.receipt.to_string().to_lowercase().replace('0', "o").replace('-', " ");
	let typed: Receipt = typed.replacen(' ', "-", 1).parse().unwrap();
	assert_eq!(typed, ballot.receipt);
}

#[test]
fn a_ballot_without_its_record_is_proved_by_the_chain_alone() {
	let world = World::new();
	let mut bundle = world.ballot();
	bundle.plaintext = None;
	let report = world.verify(&bundle).unwrap();
	let (proved, not_proved) = codes(&report);
	assert!(!proved.contains(&"plaintext"));
	assert!(not_proved.contains(&"plaintext_not_shown"));
}

#[test]
fn a_ballot_of_an_open_poll_may_still_change() {
	let world = World::new();
	let claim = Claim::Ballot { case: CASE, poll: OPEN_POLL, lender: BALLOT_LENDER };
	let keys = verify::ballot_keys(CASE, OPEN_POLL, BALLOT_LENDER);
	let report = world.verify(&world.bundle(claim, &keys, None)).unwrap();
	let Subject::Ballot { poll, .. } = report.subject.clone() else { panic!() };
	assert_eq!(poll.phase, Phase::Voting);
	let (proved, not_proved) = codes(&report);
	assert!(proved.contains(&"poll_open") && not_proved.contains(&"may_change"));
}

#[test]
fn a_poll_whose_time_is_over_changes_no_more_even_before_it_is_closed() {
	let mut world = World::new();
	world.state.insert(layout::time(), (NOW + 1).encode());
	let claim = Claim::Ballot { case: CASE, poll: OPEN_POLL, lender: BALLOT_LENDER };
	let keys = verify::ballot_keys(CASE, OPEN_POLL, BALLOT_LENDER);
	let report = world.verify(&world.bundle(claim, &keys, None)).unwrap();
	let Subject::Ballot { poll, .. } = &report.subject else { panic!() };
	assert_eq!(poll.phase, Phase::Over);
	assert!(codes(&report).0.contains(&"poll_over"));
}

#[test]
fn an_empty_cell_a_short_page_and_a_missing_page_prove_that_a_lender_did_not_vote() {
	let world = World::new();
	for lender in [EMPTY_CELL, BEYOND_PAGE, NO_PAGE] {
		let report = world.verify(&world.no_ballot(lender)).unwrap();
		let Subject::NoBallot { lender: row, poll } = &report.subject else { panic!() };
		assert_eq!((row.lender, row.identity), (lender, case::identity(lender)));
		assert_eq!(poll.poll, POLL);
		let (proved, not_proved) = codes(&report);
		assert_eq!(proved[0], "no_ballot");
		assert_eq!(not_proved[0], "attempt");
	}
}

#[test]
fn somebody_who_voted_cannot_be_shown_not_to_have() {
	let world = World::new();
	let failure = world.verify(&world.no_ballot(BALLOT_LENDER)).unwrap_err();
	assert_eq!(failure, Failure::BallotFound { record: record_digest() });
}

#[test]
fn somebody_who_did_not_vote_cannot_be_shown_to_have() {
	let world = World::new();
	for lender in [EMPTY_CELL, BEYOND_PAGE, NO_PAGE] {
		let mut bundle = world.no_ballot(lender);
		bundle.statement = Claim::Ballot { case: CASE, poll: POLL, lender };
		assert_eq!(world.verify(&bundle), Err(Failure::NoBallot));
	}
}

#[test]
fn a_row_that_the_case_does_not_have_is_refused() {
	let world = World::new();
	for lender in [ROWS, ROWS + 1, 10_000] {
		assert_eq!(world.verify(&world.no_ballot(lender)), Err(Failure::NoSuchLender));
	}
}

#[test]
fn a_poll_of_another_case_is_refused() {
	let world = World::new();
	let mut bundle = world.ballot();
	bundle.statement = Claim::Ballot { case: CASE + 1, poll: POLL, lender: BALLOT_LENDER };
	assert_eq!(world.verify(&bundle), Err(Failure::OtherCase { actual: CASE }));
}

#[test]
fn an_unknown_poll_is_refused() {
	let world = World::new();
	let claim = Claim::NoBallot { case: CASE, poll: 99, lender: EMPTY_CELL };
	let bundle = world.bundle(claim, &verify::ballot_keys(CASE, 99, EMPTY_CELL), None);
	assert_eq!(world.verify(&bundle), Err(Failure::Missing { value: Value::Poll }));
}

#[test]
fn a_claim_on_a_lender_whose_page_the_proof_does_not_show_is_refused() {
	let world = World::new();
	let mut bundle = world.ballot();
	bundle.statement = Claim::NoBallot { case: CASE, poll: POLL, lender: NO_PAGE };
	bundle.plaintext = None;
	let failure = world.verify(&bundle).unwrap_err();
	assert!(matches!(failure, Failure::ProofIncomplete { .. }), "{failure:?}");
}

/// A lender is told that nobody altered the record, and what the file lost on its way.
#[test]
fn a_record_that_came_with_other_line_ends_or_a_mark_is_told_from_an_altered_one() {
	let world = World::new();
	for (before, after, slips) in [
		("\u{feff}", "", Slips { mark: true, ..Slips::default() }),
		("", "\r\n", Slips { tail: true, ..Slips::default() }),
		("\u{feff}", "\n\n", Slips { mark: true, tail: true, ..Slips::default() }),
	] {
		let mut bundle = world.ballot();
		let text = format!("{before}{}{after}", case::record());
		bundle.plaintext = Some(Plaintext::Whole(text.into_bytes()));
		let failure = Failure::TextChanged { slips };
		assert_eq!(world.verify(&bundle), Err(failure.clone()));
		assert!(failure.chinese().contains(&slips.chinese()), "{}", failure.chinese());
	}
}

#[test]
fn a_changed_choice_or_salt_in_the_record_is_found() {
	let world = World::new();
	for (from, to) in [("[[0]", "[[1]"), ("5a5a", "5b5a")] {
		let mut bundle = world.ballot();
		let altered = case::record().replacen(from, to, 1);
		let actual = winddown_proof::digest::Algorithm::Blake2b256.hash(altered.as_bytes());
		bundle.plaintext = Some(Plaintext::Whole(altered.into_bytes()));
		let expected = record_digest();
		assert_eq!(world.verify(&bundle), Err(Failure::DigestMismatch { expected, actual }));
	}
}

#[test]
fn a_record_that_says_something_else_than_its_ballot_is_found_though_its_digest_is_right() {
	let other = |case, poll, lender, choices| {
		with_record(case::record_with(case, poll, lender, choices)).unwrap_err()
	};
	let same = "[[0],[2],[0,3]]";
	assert_eq!(other(8, POLL, BALLOT_LENDER, same), Failure::RecordOfOtherCase { actual: 8 });
	assert_eq!(other(CASE, 4, BALLOT_LENDER, same), Failure::RecordOfOtherPoll { actual: 4 });
	assert_eq!(other(CASE, POLL, 67, same), Failure::RecordOfOtherLender { actual: 67 });
	for choices in ["[[1],[2],[0,3]]", "[[0],[2]]", "[[0],[2],[0,3],[]]", "[[0],[2],[0]]"] {
		let failure = other(CASE, POLL, BALLOT_LENDER, choices);
		assert_eq!(failure, Failure::RecordOfOtherChoices, "{choices}");
	}
}

#[test]
fn a_record_that_names_another_algorithm_than_its_digest_is_found() {
	let failure = with_record(case::record().replace("blake2b-256", "sm3")).unwrap_err();
	let actual = winddown_proof::digest::Algorithm::Sm3;
	assert_eq!(failure, Failure::RecordOfOtherAlgorithm { actual });
}

#[test]
fn a_record_of_another_kind_is_no_ballots() {
	let (salt, document) = ("5a".repeat(32), record_digest());
	let other = format!(
		r#"{{"algorithm":"blake2b-256","case":7,"document":"{document}","kind":"other","made_at":5,"salt":"{salt}","title":"x","version":1}}"#
	);
	assert_eq!(with_record(other), Err(Failure::NotABallot));
}

#[test]
fn a_record_that_is_not_canonical_is_found_though_its_digest_is_right() {
	let failure = with_record(case::record().replace("{\"algorithm", "{ \"algorithm")).unwrap_err();
	assert_eq!(failure.code(), "record_unreadable");
}

#[test]
fn a_plaintext_where_none_belongs_is_refused() {
	let world = World::new();
	let mut bundle = world.no_ballot(EMPTY_CELL);
	bundle.plaintext = Some(Plaintext::Whole(case::record().into_bytes()));
	assert_eq!(world.verify(&bundle), Err(Failure::PlaintextOutOfPlace));
	let mut bundle = world.ballot();
	let record = case::record().into_bytes();
	bundle.plaintext = Some(Plaintext::Leaf { record, position: 0, siblings: vec![] });
	assert_eq!(world.verify(&bundle), Err(Failure::PlaintextOutOfPlace));
}

#[test]
fn a_cell_that_makes_no_sense_is_refused() {
	let mut world = World::new();
	let cell = vec![9u8; cells::Ballot::width(3)];
	let page = [vec![0; 2 * cell.len()], cell].concat();
	world.state.insert(layout::polls::ballots(POLL, BALLOT_LENDER), page.encode());
	assert_eq!(world.verify(&world.ballot()), Err(Failure::Unreadable { value: Value::Ballots }));
}

#[test]
fn a_value_with_bytes_left_over_is_refused() {
	let mut world = World::new();
	world.state.get_mut(&layout::polls::poll(POLL)).unwrap().push(0);
	assert_eq!(world.verify(&world.ballot()), Err(Failure::Unreadable { value: Value::Poll }));
}

#[test]
fn the_certificate_changes_nothing() {
	let world = World::new();
	let mut bundle = world.ballot();
	let report = world.verify(&bundle).unwrap();
	bundle.certificate = Some(b"%PDF".to_vec());
	assert_eq!(world.verify(&bundle), Ok(report));
}

#[test]
fn a_report_and_a_failure_are_told_as_json() {
	let world = World::new();
	let report = world.verify(&world.ballot()).unwrap();
	let json = serde_json::to_value(&report).unwrap();
	assert_eq!(json["claim"]["kind"], "ballot");
	assert_eq!(json["anchor"]["kind"], "genesis");
	assert_eq!(json["subject"]["lender"]["lender"], BALLOT_LENDER);
	assert_eq!(json["subject"]["poll"]["phase"]["phase"], "closed");
	assert_eq!(json["subject"]["ballot"]["record"], record_digest().to_string());
	let failure = verify::verify(&[], &Anchor::Genesis { hash: Default::default() }).unwrap_err();
	assert_eq!(
		serde_json::to_value(&failure).unwrap(),
		serde_json::json!({
			"code": "not_a_bundle",
			"en": "This is not an evidence bundle.",
			"zh": "该文件不是存证证明包。",
		})
	);
}
