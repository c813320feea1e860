//! What votes must be like to make a block final.

mod world;

use winddown_proof::{
	bundle::Bundle,
	finality::{AuthoritySet, Fault, Justification},
	header::Header,
	Failure, Finalised, Hash,
};
use world::{
	votes::{justify, public, validators, vote},
	World, BLOCK,
};

/// Set 2 of the world, whose validators all weigh 1.
fn set() -> AuthoritySet {
	AuthoritySet::new(2, world::authorities(2)).unwrap()
}

fn block() -> Header {
	world::header(BLOCK, Hash([1; 32]), vec![])
}

/// A block on top of `parent`.
fn child(parent: &Header, salt: u8) -> Header {
	let mut header = world::header(parent.number + 1, Hash([salt; 32]), vec![]);
	header.parent = parent.hash();
	header
}

/// Votes for several blocks, all claimed to make `block` final.
fn votes(block: &Header, for_blocks: &[&Header], ancestors: &[&Header]) -> Justification {
	let mut justification = justify(block, &[], 2);
	let voters = validators(2);
	for (header, key) in for_blocks.iter().zip(&voters) {
		justification.commit.precommits.push(vote(header, key, justification.round, 2));
	}
	justification.ancestors = ancestors.iter().map(|header| (*header).clone()).collect();
	justification
}

fn fault(change: impl Fn(&mut Justification)) -> Fault {
	let mut justification = justify(&block(), &validators(2), 2);
	change(&mut justification);
	set().check(&block(), &justification).unwrap_err()
}

#[test]
fn three_of_four_votes_make_a_block_final_and_two_do_not() {
	let keys = validators(2);
	for count in [3, 4] {
		assert_eq!(set().check(&block(), &justify(&block(), &keys[..count], 2)), Ok(()));
	}
	for count in [0, 1, 2] {
		let votes = justify(&block(), &keys[..count], 2);
		assert_eq!(set().check(&block(), &votes), Err(Fault::TooLittleWeight), "{count}");
	}
}

#[test]
fn weight_counts_and_not_heads() {
	let keys = validators(2);
	let weights = [10, 1, 1, 1];
	let weighted = keys.iter().map(public).zip(weights).collect();
	let set = AuthoritySet::new(2, weighted).unwrap();
	assert_eq!(set.check(&block(), &justify(&block(), &keys[..1], 2)), Ok(()));
	let light = justify(&block(), &keys[1..], 2);
	assert_eq!(set.check(&block(), &light), Err(Fault::TooLittleWeight));
}

#[test]
fn a_set_without_weight_or_with_too_much_of_it_is_none() {
	assert_eq!(AuthoritySet::new(0, vec![]), None);
	assert_eq!(AuthoritySet::new(0, vec![(Hash([1; 32]), 0)]), None);
	let much = vec![(Hash([1; 32]), u64::MAX), (Hash([2; 32]), 1)];
	assert_eq!(AuthoritySet::new(0, much), None);
}

#[test]
fn votes_for_another_block_are_refused() {
	assert_eq!(fault(|votes| votes.commit.target_number += 1), Fault::OtherBlock);
	assert_eq!(fault(|votes| votes.commit.target_hash = Hash([0; 32])), Fault::OtherBlock);
	let other = world::header(BLOCK, Hash([2; 32]), vec![]);
	let votes = justify(&other, &validators(2), 2);
	assert_eq!(set().check(&block(), &votes), Err(Fault::OtherBlock));
}

#[test]
fn a_vote_by_a_stranger_or_a_former_validator_is_refused() {
	let former = &validators(0)[0];
	let stranger = |votes: &mut Justification| {
		votes.commit.precommits[3] = vote(&block(), former, votes.round, 2)
	};
	assert_eq!(fault(stranger), Fault::UnknownVoter);
}

#[test]
fn a_vote_counted_twice_is_refused() {
	let twice = |votes: &mut Justification| {
		votes.commit.precommits.truncate(2);
		let again = votes.commit.precommits[0].clone();
		votes.commit.precommits.push(again);
	};
	assert_eq!(fault(twice), Fault::DuplicateVote);
}

#[test]
fn a_signature_of_another_round_set_or_key_is_refused() {
	assert_eq!(fault(|votes| votes.round += 1), Fault::BadSignature);
	assert_eq!(fault(|votes| votes.commit.precommits[0].signature.0[5] ^= 1), Fault::BadSignature);
	let swapped = |votes: &mut Justification| {
		let [first, second, ..] = &mut votes.commit.precommits[..] else { panic!() };
		core::mem::swap(&mut first.signature, &mut second.signature);
	};
	assert_eq!(fault(swapped), Fault::BadSignature);
	let stale = justify(&block(), &validators(2), 1);
	assert_eq!(set().check(&block(), &stale), Err(Fault::BadSignature));
}

#[test]
fn votes_for_later_blocks_count_when_their_headers_lead_back() {
	let block = block();
	let (one, two) = (child(&block, 1), child(&child(&block, 1), 2));
	let good = votes(&block, &[&block, &two, &two], &[&one, &two]);
	assert_eq!(set().check(&block, &good), Ok(()));
	let without_way = votes(&block, &[&block, &two, &two], &[&two]);
	assert_eq!(set().check(&block, &without_way), Err(Fault::NotDescendant));
}

#[test]
fn a_vote_for_an_earlier_or_unrelated_block_is_refused() {
	let block = block();
	let unrelated = world::header(BLOCK + 1, Hash([3; 32]), vec![]);
	let strange = votes(&block, &[&block, &block, &unrelated], &[&unrelated]);
	assert_eq!(set().check(&block, &strange), Err(Fault::NotDescendant));
	let earlier = world::header(BLOCK - 1, Hash([3; 32]), vec![]);
	let strange = votes(&block, &[&block, &block, &earlier], &[]);
	assert_eq!(set().check(&block, &strange), Err(Fault::NotDescendant));
}

#[test]
fn a_vote_that_gives_its_block_another_height_is_refused() {
	let higher = |votes: &mut Justification| {
		let header = block();
		let key = &validators(2)[0];
		let precommit = winddown_proof::finality::Precommit {
			target_hash: header.hash(),
			target_number: BLOCK + 1,
		};
		let message = finality_grandpa::Message::Precommit(precommit.clone());
		let message = codec::Encode::encode(&(message, votes.round, 2u64));
		let signature = winddown_proof::finality::Signature(key.sign(&message).into());
		let id = public(key);
		votes.commit.precommits[0] =
			winddown_proof::finality::SignedPrecommit { precommit, signature, id };
	};
	assert_eq!(fault(higher), Fault::NotDescendant);
}

#[test]
fn a_header_that_occurs_twice_or_is_not_needed_is_refused() {
	let block = block();
	let one = child(&block, 1);
	let twice = votes(&block, &[&block, &block, &one], &[&one, &one]);
	assert_eq!(set().check(&block, &twice), Err(Fault::DuplicateAncestor));
	let spare = votes(&block, &[&block, &block, &block], &[&one]);
	assert_eq!(set().check(&block, &spare), Err(Fault::SuperfluousAncestor));
}

#[test]
fn votes_that_all_name_a_later_block_are_not_for_this_one() {
	let block = block();
	let one = child(&block, 1);
	let later = votes(&block, &[&one, &one, &one], &[&one]);
	assert_eq!(set().check(&block, &later), Err(Fault::NotTheTarget));
}

#[test]
fn a_bundle_with_the_votes_of_another_chain_is_refused() {
	let world = World::new();
	let outcome = |change: fn(&mut Bundle)| {
		let mut bundle = world.ballot();
		change(&mut bundle);
		world.verify(&bundle).unwrap_err()
	};
	let strangers = |bundle: &mut Bundle| {
		bundle.justification = justify(&bundle.header, &validators(100), 2);
	};
	let block = Finalised::Block;
	let fault = Fault::UnknownVoter;
	assert_eq!(outcome(strangers), Failure::NotFinal { block, fault });
	let few = |bundle: &mut Bundle| {
		bundle.justification.commit.precommits.truncate(2);
	};
	let fault = Fault::TooLittleWeight;
	assert_eq!(outcome(few), Failure::NotFinal { block, fault });
}
