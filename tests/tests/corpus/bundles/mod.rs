//! Bundles of the real chain, as `winddown evidence export` makes them from a node, and tampered copies.

mod ballots;
mod evidence;
mod finality;
mod mutations;

use crate::case::Case;
use codec::{Decode, DecodeAll};
use sp_core::{storage::StateVersion, Blake2Hasher, H256};
use sp_state_machine::{
	create_proof_check_backend, prove_read, prove_read_on_trie_backend, InMemoryBackend,
	StorageProof,
};
use std::collections::BTreeMap;
use winddown_proof::{
	authorities,
	bundle::{Bundle, Change, Claim, Origin, Plaintext},
	finality::Justification,
	header::Header,
	layout::evidence::{Policy, Record},
	state::Proof,
	verify, Anchor, Failure, Hash, Report,
};
use winddown_tests::{
	chain::next_validators,
	winddown::{CASE, FIRST_BALLOT},
};

/// A lender who voted.
const VOTER: u32 = 3;
/// A lender who could have voted and did not.
const SILENT: u32 = 13;

/// Verifies a bundle as whoever receives it would, from its bytes.
fn check(bundle: &Bundle) -> Result<Report, Failure> {
	let hash = Hash(Case::good().parts.head.genesis);
	verify(&bundle.to_bytes(), &Anchor::Genesis { hash })
}

/// The bundle of a claim about a ballot in the first poll, with the record that the operator keeps.
fn ballot(case: &Case, lender: u32) -> Bundle {
	let claim = Claim::Ballot { case: CASE, poll: FIRST_BALLOT, lender };
	let line = case.export.iter().rfind(|line| {
		line["kind"] == "ballot" && line["poll"] == FIRST_BALLOT && line["lender"] == lender
	});
	let record =
		line.and_then(|line| line["content"].as_str()).map(|text| text.as_bytes().to_vec());
	bundle(
		case,
		claim,
		&verify::ballot_keys(CASE, FIRST_BALLOT, lender),
		record.map(Plaintext::Whole),
	)
}

/// The bundle that a lender did not vote in the first poll.
fn no_ballot(case: &Case, lender: u32) -> Bundle {
	let claim = Claim::NoBallot { case: CASE, poll: FIRST_BALLOT, lender };
	bundle(case, claim, &verify::ballot_keys(CASE, FIRST_BALLOT, lender), None)
}

/// The bundle of an evidence record.
fn evidence(case: &Case, id: u64, plaintext: Option<Plaintext>) -> Bundle {
	let record: Record = case.get(&winddown_proof::layout::evidence::record(id));
	let policy = winddown_proof::layout::evidence::policy(record.case, record.policy);
	let arbiters: Vec<_> =
		case.get::<Policy>(&policy).arbiters.into_iter().map(|(account, _)| account).collect();
	let keys = verify::evidence_keys(id, record.case, record.policy, &arbiters);
	bundle(case, Claim::Evidence { id }, &keys, plaintext)
}

fn bundle(case: &Case, statement: Claim, keys: &[Vec<u8>], plaintext: Option<Plaintext>) -> Bundle {
	let (header, justification) = final_block(case, case.target());
	let pairs: BTreeMap<Vec<u8>, Vec<u8>> = case.parts.state.iter().cloned().collect();
	let state = InMemoryBackend::<Blake2Hasher>::from((pairs, StateVersion::V0));
	let state = prove_read(state, keys).expect("a state");
	let changes = (1..case.target())
		.filter(|number| next_validators(&case.parts, *number).is_some())
		.map(|number| final_block(case, number))
		.map(|(header, justification)| Change { header, justification });
	Bundle {
		statement,
		plaintext,
		header,
		justification,
		state: Proof::new(state.into_iter_nodes()),
		origin: origin(case),
		changes: changes.collect(),
		certificate: None,
	}
}

/// A block with its votes.
fn final_block(case: &Case, number: u32) -> (Header, Justification) {
	let block = &case.parts.blocks[number as usize];
	let votes = block.justification.as_ref().expect("votes");
	let header = Header::decode_all(&mut &block.header[..]).expect("a header");
	(header, Justification::decode(&mut &votes[..]).expect("votes"))
}

/// The first block with its validators: of the archive's proof the nodes that show them.
fn origin(case: &Case) -> Origin {
	let header = Header::decode_all(&mut &case.parts.blocks[0].header[..]).expect("a header");
	let proof = StorageProof::new(case.parts.head.genesis_proof.iter().cloned());
	let state = create_proof_check_backend::<Blake2Hasher>(H256(header.state_root.0), proof);
	let state = prove_read_on_trie_backend(&state.expect("a state"), authorities::keys());
	Origin { header, state: Proof::new(state.expect("validators").into_iter_nodes()) }
}

/// A batch of the export: its record on chain, and its lines.
fn batch(case: &Case, kind: &str) -> (u64, Vec<String>) {
	let mut batches = case.export.iter();
	let batch = batches.find(|line| line["type"] == "batch" && line["kind"] == kind).expect("one");
	let records = batch["records"].as_array().expect("records").iter().map(|digest| {
		let record = case.export.iter().find(|line| line["digest"] == *digest).expect("a record");
		record["content"].as_str().expect("text").to_string()
	});
	(case.record_over(batch["root"].as_str().expect("text")), records.collect())
}
