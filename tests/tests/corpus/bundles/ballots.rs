//! Receipts of ballots, and proofs that there is none.

use super::{ballot, bundle, check, no_ballot, SILENT, VOTER};
use crate::case::Case;
use winddown_primitives::Choice;
use winddown_proof::{
	bundle::{Claim, Plaintext},
	record::Record,
	state::Proof,
	verify, Failure, Phase, Subject, Value,
};
use winddown_tests::winddown::{CASE, FIRST_BALLOT};

/// The record in a bundle, changed.
fn altered(plaintext: &Option<Plaintext>, change: impl FnOnce(&mut Record)) -> Option<Plaintext> {
	let Some(Plaintext::Whole(bytes)) = plaintext else { panic!("a record") };
	let mut record = Record::parse(bytes).expect("a record");
	change(&mut record);
	Some(Plaintext::Whole(record.canonical()))
}

fn code(outcome: Result<winddown_proof::Report, Failure>) -> &'static str {
	outcome.expect_err("refused").code()
}

#[test]
fn a_receipt_of_the_real_chain_proves_the_ballot_of_a_closed_poll() {
	let bundle = ballot(&Case::good(), VOTER);
	let report = check(&bundle).expect("proved");
	let Subject::Ballot { poll, ballot, lender, .. } = report.subject else { panic!("a ballot") };
	assert!(matches!(poll.phase, Phase::Closed { .. }), "{:?}", poll.phase);
	assert_eq!(lender.lender, VOTER);
	let marked: Vec<_> = ballot.choices.iter().map(|choice| choice.marked.clone()).collect();
	assert_eq!(marked, [vec![0], vec![0, 1, 3], vec![0]]);
	assert_eq!((report.block.set_id, report.block.validators, report.block.changes), (1, 3, 1));
	assert!(bundle.to_bytes().len() < 16 * 1024, "{}", bundle.to_bytes().len());
}

#[test]
fn the_real_chain_proves_that_a_lender_did_not_vote() {
	let report = check(&no_ballot(&Case::good(), SILENT)).expect("proved");
	assert!(matches!(report.subject, Subject::NoBallot { lender, .. } if lender.lender == SILENT));
}

#[test]
fn a_changed_choice_is_refused() {
	let mut bundle = ballot(&Case::good(), VOTER);
	bundle.plaintext = altered(&bundle.plaintext, |record| {
		let Record::Ballot(record) = record else { panic!("a ballot") };
		record.choices[0] = vec![1];
	});
	assert_eq!(code(check(&bundle)), "digest_mismatch");
}

#[test]
fn a_changed_salt_is_refused() {
	let mut bundle = ballot(&Case::good(), VOTER);
	bundle.plaintext = altered(&bundle.plaintext, |record| {
		let Record::Ballot(record) = record else { panic!("a ballot") };
		record.salt.0[0] ^= 1;
	});
	assert_eq!(code(check(&bundle)), "digest_mismatch");
}

#[test]
fn the_record_of_another_lender_is_refused() {
	let case = Case::good();
	let mut bundle = ballot(&case, VOTER);
	bundle.plaintext = ballot(&case, VOTER + 1).plaintext;
	assert_eq!(code(check(&bundle)), "digest_mismatch");
}

#[test]
fn a_ballot_that_the_validators_changed_afterwards_does_not_fit_its_record() {
	let mut case = Case::good();
	let mut cast = case.ballot(FIRST_BALLOT, VOTER).expect("a ballot");
	cast.choices[0] = Choice::AGAINST;
	case.put_ballot(FIRST_BALLOT, VOTER, Some(cast));
	case.seal();
	assert_eq!(check(&ballot(&case, VOTER)), Err(Failure::RecordOfOtherChoices));
}

#[test]
fn the_ballot_of_one_lender_under_another_lenders_row_does_not_fit_its_record() {
	let mut case = Case::good();
	let cast = case.ballot(FIRST_BALLOT, VOTER);
	case.put_ballot(FIRST_BALLOT, SILENT, cast);
	case.seal();
	let mut bundle = ballot(&case, SILENT);
	bundle.plaintext = ballot(&case, VOTER).plaintext;
	assert_eq!(check(&bundle), Err(Failure::RecordOfOtherLender { actual: VOTER }));
}

#[test]
fn a_claim_for_a_lender_who_did_not_vote_is_refused() {
	let mut bundle = ballot(&Case::good(), VOTER);
	bundle.statement = Claim::Ballot { case: CASE, poll: FIRST_BALLOT, lender: SILENT };
	assert_eq!(check(&bundle), Err(Failure::NoBallot));
}

#[test]
fn a_denial_for_a_lender_who_voted_is_refused() {
	let mut bundle = no_ballot(&Case::good(), SILENT);
	bundle.statement = Claim::NoBallot { case: CASE, poll: FIRST_BALLOT, lender: VOTER };
	assert_eq!(code(check(&bundle)), "ballot_found");
}

#[test]
fn a_claim_for_another_case_is_refused() {
	let mut bundle = ballot(&Case::good(), VOTER);
	bundle.statement = Claim::Ballot { case: 7, poll: FIRST_BALLOT, lender: VOTER };
	assert_eq!(check(&bundle), Err(Failure::OtherCase { actual: CASE }));
}

#[test]
fn a_claim_for_another_poll_is_refused() {
	let mut bundle = ballot(&Case::good(), VOTER);
	bundle.statement = Claim::Ballot { case: CASE, poll: 1, lender: VOTER };
	assert_eq!(check(&bundle), Err(Failure::ProofIncomplete { value: Value::Poll }));
}

#[test]
fn a_denial_for_somebody_not_on_the_roll_is_refused() {
	assert_eq!(check(&no_ballot(&Case::good(), 99)), Err(Failure::NoSuchLender));
}

#[test]
fn a_denial_with_a_plaintext_is_refused() {
	let case = Case::good();
	let mut bundle = no_ballot(&case, SILENT);
	bundle.plaintext = ballot(&case, VOTER).plaintext;
	assert_eq!(check(&bundle), Err(Failure::PlaintextOutOfPlace));
}

#[test]
fn a_proof_without_the_page_of_ballots_is_refused() {
	let case = Case::good();
	let claim = Claim::NoBallot { case: CASE, poll: FIRST_BALLOT, lender: VOTER };
	let mut keys = verify::ballot_keys(CASE, FIRST_BALLOT, VOTER);
	keys.remove(2);
	let hidden = bundle(&case, claim, &keys, None);
	assert_eq!(check(&hidden), Err(Failure::ProofIncomplete { value: Value::Ballots }));
}

#[test]
fn a_proof_with_a_node_of_something_else_is_refused() {
	let case = Case::good();
	let mut bundle = ballot(&case, VOTER);
	let key = pallet_evidence::NextRecord::<winddown_runtime::Runtime>::hashed_key().to_vec();
	let other = super::bundle(&case, bundle.statement, &[key], None);
	let nodes = bundle.state.nodes().iter().chain(other.state.nodes()).cloned();
	bundle.state = Proof::new(nodes);
	assert_eq!(check(&bundle), Err(Failure::ProofSuperfluous));
}
