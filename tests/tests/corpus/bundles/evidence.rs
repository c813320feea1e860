//! Bundles of evidence records: batches, documents, attestations.

use super::{batch, check, evidence};
use crate::case::Case;
use base64::{engine::general_purpose::STANDARD, Engine};
use pallet_evidence::{Attestations, NextRecord, Records};
use winddown_proof::{
	bundle::{Bundle, Plaintext},
	digest::Algorithm,
	layout::evidence::RecordState,
	merkle::Tree,
	record::lines,
	Failure, Subject,
};
use winddown_runtime::Runtime;
use winddown_tests::{chain::account, winddown::ROWS};
use winddown_verifier::chain::types::{self, StoredRecord};

/// The bundle of one record of the service of notices, sixteen of which are in the batch.
fn leaf(case: &Case, position: u32) -> Bundle {
	let (id, records) = batch(case, "service");
	let path = Tree::new(Algorithm::default(), &records).prove(position).expect("a leaf");
	let record = records[position as usize].clone().into_bytes();
	evidence(case, id, Some(Plaintext::Leaf { record, position, siblings: path.siblings }))
}

/// The bundle of a whole batch.
fn whole(case: &Case) -> Bundle {
	let (id, records) = batch(case, "service");
	evidence(case, id, Some(Plaintext::Whole(lines(&records))))
}

/// The bundle of a document, with its record on chain.
fn document(case: &Case) -> (Bundle, u64) {
	let line = case.export.iter().find(|line| line["name"] == "audit report.txt").expect("one");
	let id = case.record_over(line["digest"].as_str().expect("text"));
	let text = STANDARD.decode(line["content"].as_str().expect("text")).expect("base64");
	(evidence(case, id, Some(Plaintext::Whole(text))), id)
}

fn key(id: u64) -> Vec<u8> {
	Records::<Runtime>::hashed_key_for(id)
}

#[test]
fn batches_leaves_and_documents_of_the_real_chain_are_proved_with_their_attestations() {
	let case = Case::good();
	for bundle in [leaf(&case, 5), whole(&case), document(&case).0] {
		let report = check(&bundle).expect("proved");
		let Subject::Evidence(evidence) = report.subject else { panic!("evidence") };
		assert_eq!(evidence.state, RecordState::Effective);
		assert_eq!(evidence.arbiters.len(), 2);
	}
}

#[test]
fn a_leaf_at_another_position_is_refused() {
	let mut bundle = leaf(&Case::good(), 5);
	let Some(Plaintext::Leaf { position, .. }) = &mut bundle.plaintext else { panic!("a leaf") };
	*position = 4;
	assert_eq!(check(&bundle), Err(Failure::NotInBatch));
}

#[test]
fn a_leaf_with_another_amount_of_siblings_is_refused() {
	let mut bundle = leaf(&Case::good(), 5);
	let Some(Plaintext::Leaf { siblings, .. }) = &mut bundle.plaintext else { panic!("a leaf") };
	siblings.pop();
	assert_eq!(check(&bundle), Err(Failure::NotInBatch));
}

#[test]
fn the_leaf_of_another_record_is_refused() {
	let case = Case::good();
	let mut bundle = leaf(&case, 5);
	let Some(Plaintext::Leaf { record, .. }) = &mut bundle.plaintext else { panic!("a leaf") };
	*record = batch(&case, "service").1[6].clone().into_bytes();
	assert_eq!(check(&bundle), Err(Failure::NotInBatch));
}

#[test]
fn a_node_passed_off_as_a_leaf_is_refused() {
	let case = Case::good();
	let (id, records) = batch(&case, "service");
	let hash = |record: &String| Algorithm::default().hash(&[&[0], record.as_bytes()].concat());
	let node = [hash(&records[4]).bytes, hash(&records[5]).bytes].concat();
	let path = Tree::new(Algorithm::default(), &records).prove(5).expect("a leaf");
	let siblings = path.siblings[1..].to_vec();
	let disguised = Plaintext::Leaf { record: node, position: 2, siblings };
	let failure = check(&evidence(&case, id, Some(disguised))).expect_err("refused");
	assert_eq!(failure.code(), "record_unreadable");
}

#[test]
fn a_batch_with_a_leaf_count_off_by_one_is_refused() {
	let mut case = Case::good();
	let (id, _) = batch(&case, "service");
	case.edit::<StoredRecord>(&key(id), |record| record.content.leaves += 1);
	case.seal();
	let failure = Failure::LeavesMismatch { expected: ROWS + 1, actual: ROWS };
	assert_eq!(check(&whole(&case)), Err(failure));
	assert_eq!(check(&leaf(&case, ROWS - 1)), Err(Failure::NotInBatch));
}

#[test]
fn a_batch_without_its_last_record_is_refused() {
	let case = Case::good();
	let (id, mut records) = batch(&case, "service");
	records.pop();
	let bundle = evidence(&case, id, Some(Plaintext::Whole(lines(&records))));
	let failure = Failure::LeavesMismatch { expected: ROWS, actual: ROWS - 1 };
	assert_eq!(check(&bundle), Err(failure));
}

#[test]
fn records_of_a_batch_in_another_order_are_refused() {
	let case = Case::good();
	let (id, mut records) = batch(&case, "service");
	records.swap(0, 1);
	let bundle = evidence(&case, id, Some(Plaintext::Whole(lines(&records))));
	assert_eq!(check(&bundle).expect_err("refused").code(), "digest_mismatch");
}

#[test]
fn a_wrong_document_is_refused() {
	let (mut bundle, _) = document(&Case::good());
	bundle.plaintext = Some(Plaintext::Whole(b"another report".to_vec()));
	assert_eq!(check(&bundle).expect_err("refused").code(), "digest_mismatch");
}

#[test]
fn a_document_of_another_size_than_the_chain_states_is_refused() {
	let mut case = Case::good();
	let (_, id) = document(&case);
	case.edit::<StoredRecord>(&key(id), |record| record.content.size += 1);
	case.seal();
	let failure = check(&document(&case).0).expect_err("refused");
	assert_eq!(failure.code(), "size_mismatch");
}

#[test]
fn a_record_that_is_effective_without_its_policy_is_refused() {
	let mut case = Case::good();
	// The newest record is one that nobody attested.
	let id = case.get::<u64>(&NextRecord::<Runtime>::hashed_key()) - 1;
	case.edit::<StoredRecord>(&key(id), |record| record.state = types::RecordState::Effective);
	case.seal();
	assert_eq!(check(&evidence(&case, id, None)), Err(Failure::StateMismatch));
}

#[test]
fn a_record_with_one_attestation_counted_twice_is_refused() {
	let mut case = Case::good();
	let (_, id) = document(&case);
	case.edit::<StoredRecord>(&key(id), |record| record.counts.confirmed_independent = 2);
	case.seal();
	assert_eq!(check(&document(&case).0), Err(Failure::CountsMismatch));
}

#[test]
fn a_record_whose_attestation_was_taken_away_is_refused() {
	let mut case = Case::good();
	let (_, id) = document(&case);
	case.put(&Attestations::<Runtime>::hashed_key_for(id, account("ArbiterOne")), None);
	case.seal();
	assert_eq!(check(&document(&case).0), Err(Failure::CountsMismatch));
}
