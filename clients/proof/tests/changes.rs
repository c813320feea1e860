//! From the first block, or a checkpoint, through the changes of the validators.

mod world;

use codec::Encode;
use winddown_proof::{
	bundle::{Bundle, MAX_BYTES},
	finality::Fault,
	header::{DigestItem, ScheduledChange, Signal, GRANDPA},
	layout::grandpa,
	verify, Anchor, Failure, Finalised, Hash, Value,
};
use world::{change, header, state, votes, World, BLOCK, CHANGES};

fn failure(alter: impl Fn(&mut Bundle)) -> Failure {
	let world = World::new();
	let mut bundle = world.ballot();
	alter(&mut bundle);
	world.verify(&bundle).unwrap_err()
}

/// What comes of a second change with these signals, finalised as it should be.
fn second_change(signals: Vec<Signal>) -> Failure {
	failure(|bundle| {
		bundle.changes[1] = change(header(CHANGES[1], Hash([9; 32]), signals.clone()), 1);
	})
}

fn scheduled(delay: u32) -> ScheduledChange {
	ScheduledChange { next: world::authorities(2), delay }
}

#[test]
fn bytes_that_are_no_bundle_are_refused() {
	let anchor = World::new().anchor();
	let bytes = World::new().ballot().to_bytes();
	assert_eq!(verify(b"WDPROOF2", &anchor), Err(Failure::NotABundle));
	assert_eq!(verify(&bytes[..bytes.len() - 1], &anchor), Err(Failure::Malformed));
	assert_eq!(verify(&[&bytes[..], &[0]].concat(), &anchor), Err(Failure::Malformed));
	assert_eq!(verify(&vec![0; MAX_BYTES + 1], &anchor), Err(Failure::TooLarge));
}

#[test]
fn a_bundle_of_another_chain_is_refused() {
	let world = World::new();
	let other = Anchor::Genesis { hash: Hash([1; 32]) };
	assert_eq!(verify(&world.ballot().to_bytes(), &other), Err(Failure::OtherChain));
}

#[test]
fn a_later_block_is_no_genesis() {
	let world = World::new();
	let mut bundle = world.ballot();
	bundle.origin = world::origin_at(1, &world.genesis, vec![]);
	let anchor = Anchor::Genesis { hash: bundle.origin.header.hash() };
	assert_eq!(verify(&bundle.to_bytes(), &anchor), Err(Failure::NotGenesis));
}

/// A bundle from a checkpoint between both changes, whose state `alter` may alter.
fn from_checkpoint(alter: impl Fn(&mut state::Pairs)) -> (Bundle, Anchor) {
	let world = World::new();
	let mut pairs = state::noise();
	state::grandpa(&mut pairs, &world::authorities(1), 1);
	alter(&mut pairs);
	let mut bundle = world.ballot();
	bundle.origin = world::origin_at(30, &pairs, vec![]);
	bundle.changes.remove(0);
	let block = bundle.origin.header.hash();
	(bundle, Anchor::Checkpoint { genesis: Hash([5; 32]), block })
}

#[test]
fn a_checkpoint_shortens_the_way() {
	let (bundle, anchor) = from_checkpoint(|_| {});
	let report = verify(&bundle.to_bytes(), &anchor).unwrap();
	assert_eq!((report.block.set_id, report.block.changes), (2, 1));
	let (proved, not_proved) = world::codes(&report);
	assert!(proved.contains(&"from_checkpoint") && not_proved.contains(&"checkpoint"));
}

#[test]
fn a_bundle_from_another_block_than_the_checkpoint_is_refused() {
	let (bundle, _) = from_checkpoint(|_| {});
	let anchor = Anchor::Checkpoint { genesis: Hash([5; 32]), block: Hash([6; 32]) };
	assert_eq!(verify(&bundle.to_bytes(), &anchor), Err(Failure::OtherCheckpoint));
}

#[test]
fn a_checkpoint_with_a_pending_change_is_refused() {
	let (bundle, anchor) = from_checkpoint(|pairs| {
		pairs.insert(grandpa::pending_change(), vec![0]);
	});
	assert_eq!(verify(&bundle.to_bytes(), &anchor), Err(Failure::ChangePending));
}

#[test]
fn an_origin_without_validators_is_refused() {
	let (bundle, anchor) = from_checkpoint(|pairs| {
		pairs.remove(&grandpa::authorities());
	});
	let missing = Failure::Missing { value: Value::Authorities };
	assert_eq!(verify(&bundle.to_bytes(), &anchor), Err(missing));
	let (bundle, anchor) = from_checkpoint(|pairs| {
		pairs.remove(&grandpa::set_id());
	});
	let missing = Failure::Missing { value: Value::SetId };
	assert_eq!(verify(&bundle.to_bytes(), &anchor), Err(missing));
	let (bundle, anchor) = from_checkpoint(|pairs| {
		pairs.insert(grandpa::authorities(), vec![0]);
	});
	assert_eq!(verify(&bundle.to_bytes(), &anchor), Err(Failure::NoAuthorities));
}

#[test]
fn a_checkpoint_with_the_number_of_another_set_leads_nowhere() {
	let (bundle, anchor) = from_checkpoint(|pairs| {
		pairs.insert(grandpa::set_id(), 7u64.encode());
	});
	let (block, fault) = (Finalised::Change { change: 0 }, Fault::BadSignature);
	assert_eq!(verify(&bundle.to_bytes(), &anchor), Err(Failure::NotFinal { block, fault }));
}

#[test]
fn a_change_left_out_is_found_by_the_number_of_the_set_that_validators_sign() {
	let fault = Fault::BadSignature;
	let first = Failure::NotFinal { block: Finalised::Change { change: 0 }, fault };
	assert_eq!(failure(|bundle| drop(bundle.changes.remove(0))), first);
	let block = Failure::NotFinal { block: Finalised::Block, fault };
	assert_eq!(failure(|bundle| bundle.changes.truncate(1)), block);
}

#[test]
fn changes_out_of_order_are_refused() {
	let swapped = failure(|bundle| bundle.changes.swap(0, 1));
	let (block, fault) = (Finalised::Change { change: 0 }, Fault::BadSignature);
	assert_eq!(swapped, Failure::NotFinal { block, fault });
	let again = failure(|bundle| bundle.changes[1] = bundle.changes[0].clone());
	assert_eq!(again, Failure::ChangeOutOfOrder { change: 1 });
}

#[test]
fn a_block_before_the_last_change_is_refused() {
	let world = World::new();
	for number in [CHANGES[1], CHANGES[1] - 1] {
		let mut bundle = world.ballot();
		bundle.header = header(number, state::root(&world.state), vec![]);
		bundle.justification = votes::justify(&bundle.header, &votes::validators(2), 2);
		assert_eq!(world.verify(&bundle), Err(Failure::BlockOutOfOrder));
	}
	let mut bundle = world.ballot();
	bundle.changes.clear();
	bundle.header = header(0, state::root(&world.state), vec![]);
	assert_eq!(world.verify(&bundle), Err(Failure::BlockOutOfOrder));
}

#[test]
fn a_block_that_changes_nothing_twice_late_or_by_force_is_no_change() {
	assert_eq!(second_change(vec![]), Failure::NoChange { change: 1 });
	assert_eq!(second_change(vec![Signal::OnDisabled(1)]), Failure::NoChange { change: 1 });
	let twice = vec![Signal::ScheduledChange(scheduled(0)); 2];
	assert_eq!(second_change(twice), Failure::SeveralChanges { change: 1 });
	let late = vec![Signal::ScheduledChange(scheduled(1))];
	assert_eq!(second_change(late), Failure::DelayedChange { change: 1 });
	let forced = vec![Signal::ForcedChange(7, scheduled(0))];
	assert_eq!(second_change(forced), Failure::ForcedChange { change: 1 });
	let empty = vec![Signal::ScheduledChange(ScheduledChange { next: vec![], delay: 0 })];
	assert_eq!(second_change(empty), Failure::NoAuthorities);
}

#[test]
fn a_signal_that_cannot_be_read_is_refused() {
	let outcome = failure(|bundle| {
		let mut header = header(CHANGES[1], Hash([9; 32]), vec![]);
		header.digest.push(DigestItem::Consensus(GRANDPA, vec![99]));
		bundle.changes[1] = change(header, 1);
	});
	assert_eq!(outcome, Failure::SignalUnreadable { change: 1 });
}

#[test]
fn a_state_of_another_block_is_no_proof() {
	let outcome = failure(|bundle| {
		bundle.header = header(BLOCK, Hash([3; 32]), vec![]);
		bundle.justification = votes::justify(&bundle.header, &votes::validators(2), 2);
	});
	assert_eq!(outcome, Failure::ProofIncomplete { value: Value::Time });
}

#[test]
fn a_proof_with_a_node_too_many_or_twice_is_refused() {
	let with = |node: fn(&Bundle) -> Vec<u8>| {
		failure(|bundle| {
			let mut nodes = bundle.state.nodes().to_vec();
			nodes.push(node(bundle));
			bundle.state = codec::Decode::decode(&mut &nodes.encode()[..]).unwrap();
		})
	};
	assert_eq!(with(|_| vec![0; 40]), Failure::ProofSuperfluous);
	assert_eq!(with(|bundle| bundle.state.nodes()[0].clone()), Failure::ProofSuperfluous);
}

#[test]
fn every_node_of_a_proof_is_needed() {
	let nodes = World::new().ballot().state.nodes().len();
	for left_out in 0..nodes {
		let outcome = failure(|bundle| {
			let mut nodes = bundle.state.nodes().to_vec();
			nodes.remove(left_out);
			bundle.state = winddown_proof::state::Proof::new(nodes);
		});
		assert_eq!(outcome.code(), "proof_incomplete", "without node {left_out}");
	}
}
