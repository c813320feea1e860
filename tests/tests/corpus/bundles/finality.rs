//! Whose block it is, and who made it final.

use super::{ballot, check, VOTER};
use crate::case::Case;
use codec::Encode;
use winddown_proof::{
	bundle::{Bundle, Change},
	finality::Fault,
	verify, Anchor, Failure, Finalised, Hash,
};
use winddown_tests::chain::{in_office, justify, Validators};

fn not_final(fault: Fault) -> Failure {
	Failure::NotFinal { block: Finalised::Block, fault }
}

/// The receipt with other votes for its block.
fn voted(validators: &Validators) -> Bundle {
	let mut bundle = ballot(&Case::good(), VOTER);
	bundle.justification = justify(validators, bundle.header.number, bundle.header.hash().0);
	bundle
}

#[test]
fn a_receipt_of_another_chain_is_refused() {
	let bundle = ballot(&Case::good(), VOTER).to_bytes();
	let anchor = Anchor::Genesis { hash: Hash([9; 32]) };
	assert_eq!(verify(&bundle, &anchor), Err(Failure::OtherChain));
}

#[test]
fn votes_of_validators_of_another_chain_are_refused() {
	let names = vec!["Platform", "Registrar", "Regulator"];
	let bundle = voted(&Validators { set: 1, names });
	assert_eq!(check(&bundle), Err(not_final(Fault::UnknownVoter)));
}

#[test]
fn votes_of_the_set_before_the_change_are_refused() {
	let case = Case::good();
	let bundle = voted(&in_office(&case.parts, 1));
	assert_eq!(check(&bundle), Err(not_final(Fault::BadSignature)));
}

#[test]
fn a_change_of_validators_left_out_is_noticed() {
	let mut bundle = ballot(&Case::good(), VOTER);
	bundle.changes.clear();
	assert_eq!(check(&bundle), Err(not_final(Fault::BadSignature)));
}

#[test]
fn a_change_of_validators_that_the_new_ones_voted_for_themselves_is_refused() {
	let case = Case::good();
	let mut bundle = ballot(&case, VOTER);
	let Change { header, justification } = &mut bundle.changes[0];
	*justification =
		justify(&in_office(&case.parts, case.target()), header.number, header.hash().0);
	let block = Finalised::Change { change: 0 };
	assert_eq!(check(&bundle), Err(Failure::NotFinal { block, fault: Fault::BadSignature }));
}

#[test]
fn a_change_of_validators_told_twice_is_refused() {
	let mut bundle = ballot(&Case::good(), VOTER);
	bundle.changes.push(bundle.changes[0].clone());
	assert_eq!(check(&bundle), Err(Failure::ChangeOutOfOrder { change: 1 }));
}

#[test]
fn votes_for_another_block_are_refused() {
	let mut bundle = ballot(&Case::good(), VOTER);
	bundle.justification = bundle.changes[0].justification.clone();
	assert_eq!(check(&bundle), Err(not_final(Fault::OtherBlock)));
}

#[test]
fn too_few_votes_are_refused() {
	let mut office = in_office(&Case::good().parts, Case::good().target());
	office.names.truncate(2);
	assert_eq!(check(&voted(&office)), Err(not_final(Fault::TooLittleWeight)));
}

#[test]
fn a_vote_counted_twice_is_refused() {
	let mut bundle = ballot(&Case::good(), VOTER);
	let votes = &mut bundle.justification.commit.precommits;
	votes[1] = votes[0].clone();
	assert_eq!(check(&bundle), Err(not_final(Fault::DuplicateVote)));
}

#[test]
fn a_header_with_another_state_is_refused() {
	let mut bundle = ballot(&Case::good(), VOTER);
	bundle.header.state_root = Hash([1; 32]);
	assert_eq!(check(&bundle), Err(not_final(Fault::OtherBlock)));
}

#[test]
fn another_checkpoint_than_the_known_one_is_refused() {
	let case = Case::good();
	let genesis = Hash(case.parts.head.genesis);
	let anchor = Anchor::Checkpoint { genesis, block: Hash([2; 32]) };
	let bundle = ballot(&case, VOTER);
	assert_eq!(verify(&bundle.to_bytes(), &anchor), Err(Failure::OtherCheckpoint));
}

#[test]
fn bytes_after_the_end_and_another_magic_are_refused() {
	let bytes = ballot(&Case::good(), VOTER).to_bytes();
	let anchor = Anchor::Genesis { hash: Hash(Case::good().parts.head.genesis) };
	let longer = [&bytes[..], &0u8.encode()].concat();
	assert_eq!(verify(&longer, &anchor), Err(Failure::Malformed));
	let mut other = bytes;
	other[7] = b'2';
	assert_eq!(verify(&other, &anchor), Err(Failure::NotABundle));
}
