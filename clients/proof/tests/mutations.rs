//! Bundles altered at random: none that is accepted says anything else, none makes the verifier panic.

mod edits;
mod world;

use edits::{apply, edit};
use proptest::{prelude::*, sample::Index};
use std::sync::LazyLock;
use winddown_proof::{
	bundle::{Bundle, Claim, Plaintext},
	state::Proof,
	verify, Anchor, Failure, Report,
};
use world::{
	case::{self, BATCH_ID, CHAIN_ID, DOCUMENT_ID, EMPTY_CELL, NOTICE},
	World,
};

struct Good {
	bundles: Vec<(Bundle, Report)>,
	anchor: Anchor,
}

static GOOD: LazyLock<Good> = LazyLock::new(|| {
	let world = World::new();
	let leaf = Plaintext::Leaf {
		record: case::batch()[1].clone().into_bytes(),
		position: 1,
		siblings: case::tree().prove(1).unwrap().siblings,
	};
	let bundles = [
		world.ballot(),
		world.no_ballot(EMPTY_CELL),
		world.evidence(DOCUMENT_ID, Some(Plaintext::Whole(NOTICE.to_vec()))),
		world.evidence(BATCH_ID, Some(leaf)),
		world.evidence(BATCH_ID, Some(Plaintext::Whole(case::lines().into_bytes()))),
		world.evidence(CHAIN_ID, None),
		world.outcome(),
	];
	let bundles = bundles.map(|bundle| {
		let report = world.verify(&bundle).unwrap();
		(bundle, report)
	});
	Good { bundles: bundles.into(), anchor: world.anchor() }
});

/// Whether an outcome is harmless: refused, or the very report of the good bundle.
fn harmless(outcome: Result<Report, Failure>, good: &Report) -> Result<(), TestCaseError> {
	if let Ok(report) = outcome {
		prop_assert_eq!(&report, good);
	}
	Ok(())
}

/// What of one bundle is put into another.
#[derive(Clone, Debug)]
enum Swap {
	Statement(Claim),
	Plaintext,
	Header,
	Justification,
	State,
	Origin,
	Changes,
	Ancestors,
	Votes(Index, Index),
	Node(Index, Index, u8),
	Nodes(Index),
	Change(Index, Index),
}

fn claim() -> impl Strategy<Value = Claim> {
	prop_oneof![
		(6u32..9, 2u32..6, 60u32..131).prop_map(|(case, poll, lender)| Claim::Ballot {
			case,
			poll,
			lender
		}),
		(6u32..9, 2u32..6, 60u32..131).prop_map(|(case, poll, lender)| Claim::NoBallot {
			case,
			poll,
			lender
		}),
		(9u64..14).prop_map(|id| Claim::Evidence { id }),
		(6u32..9, 2u32..6).prop_map(|(case, poll)| Claim::Outcome { case, poll }),
	]
}

fn swap() -> impl Strategy<Value = Swap> {
	prop_oneof![
		4 => claim().prop_map(Swap::Statement),
		1 => Just(Swap::Plaintext),
		1 => Just(Swap::Header),
		1 => Just(Swap::Justification),
		1 => Just(Swap::State),
		1 => Just(Swap::Origin),
		1 => Just(Swap::Changes),
		1 => Just(Swap::Ancestors),
		2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Swap::Votes(from, to)),
		4 => (any::<Index>(), any::<Index>(), 1u8..)
			.prop_map(|(node, at, with)| Swap::Node(node, at, with)),
		2 => any::<Index>().prop_map(Swap::Nodes),
		2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Swap::Change(from, to)),
	]
}

fn exchange(bundle: &mut Bundle, other: &Bundle, swap: &Swap) {
	let other = other.clone();
	match swap {
		Swap::Statement(claim) => bundle.statement = *claim,
		Swap::Plaintext => bundle.plaintext = other.plaintext,
		Swap::Header => bundle.header = bundle.changes[0].header.clone(),
		Swap::Justification => {
			bundle.justification = bundle.changes[1].justification.clone();
		}
		Swap::State => bundle.state = other.state,
		Swap::Origin => bundle.origin.state = other.state,
		Swap::Changes => bundle.changes.reverse(),
		Swap::Ancestors => bundle.justification.ancestors.push(other.changes[0].header.clone()),
		Swap::Votes(from, to) => {
			let votes = &mut bundle.justification.commit.precommits;
			let vote = votes[from.index(votes.len())].clone();
			let to = to.index(votes.len());
			votes[to] = vote;
		}
		Swap::Node(node, at, with) => {
			let mut nodes = bundle.state.nodes().to_vec();
			let node = node.index(nodes.len());
			let length = nodes[node].len();
			nodes[node][at.index(length)] ^= with;
			bundle.state = Proof::new(nodes);
		}
		Swap::Nodes(at) => {
			let mut nodes = bundle.state.nodes().to_vec();
			nodes.remove(at.index(nodes.len()));
			bundle.state = Proof::new(nodes);
		}
		Swap::Change(from, to) => {
			let change = bundle.changes[from.index(bundle.changes.len())].clone();
			bundle.changes.insert(to.index(bundle.changes.len() + 1), change);
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig {
		cases: 4_000,
		failure_persistence: None,
		..ProptestConfig::default()
	})]

	#[test]
	fn bytes_altered_at_random_prove_nothing_else(
		which in any::<Index>(),
		edits in prop::collection::vec(edit(), 1..4),
	) {
		let (bundle, report) = &GOOD.bundles[which.index(GOOD.bundles.len())];
		let mut bytes = bundle.to_bytes();
		edits.iter().for_each(|edit| apply(&mut bytes, edit));
		harmless(verify(&bytes, &GOOD.anchor), report)?;
	}

	#[test]
	fn parts_exchanged_prove_nothing_but_what_a_good_bundle_proves(
		which in any::<Index>(),
		other in any::<Index>(),
		swaps in prop::collection::vec(swap(), 1..4),
	) {
		let good = &GOOD.bundles;
		let mut bundle = good[which.index(good.len())].0.clone();
		let other = &good[other.index(good.len())].0;
		swaps.iter().for_each(|swap| exchange(&mut bundle, other, swap));
		if let Ok(report) = verify(&bundle.to_bytes(), &GOOD.anchor) {
			// Another true statement may come of it, as long as state and claim agree.
			prop_assert_eq!(report.claim, bundle.statement);
			prop_assert_eq!(&report, &true_report(&bundle));
		}
	}

	#[test]
	fn bytes_that_are_no_bundle_make_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
		let bytes = [&winddown_proof::bundle::MAGIC[..], &bytes].concat();
		prop_assert!(verify(&bytes, &GOOD.anchor).is_err());
	}

	#[test]
	fn a_bundle_survives_its_bytes(which in any::<Index>()) {
		let (bundle, _) = &GOOD.bundles[which.index(GOOD.bundles.len())];
		prop_assert_eq!(&Bundle::from_bytes(&bundle.to_bytes()).unwrap(), bundle);
	}
}

/// What the world itself says of a claim, with a bundle made for it.
fn true_report(bundle: &Bundle) -> Report {
	let world = World::new();
	let made = match bundle.statement {
		Claim::Ballot { case, poll, lender } | Claim::NoBallot { case, poll, lender } => {
			let keys = verify::ballot_keys(case, poll, lender);
			world.bundle(bundle.statement, &keys, bundle.plaintext.clone())
		}
		Claim::Evidence { id } => world.evidence(id, bundle.plaintext.clone()),
		Claim::Outcome { .. } => world.outcome(),
	};
	world.verify(&made).unwrap()
}

#[test]
fn every_single_bit_of_a_receipt_matters_or_is_not_about_the_claim() {
	let (bundle, report) = &GOOD.bundles[0];
	let bytes = bundle.to_bytes();
	let step = 3;
	for bit in (0..bytes.len() * 8).step_by(step) {
		let mut altered = bytes.clone();
		altered[bit / 8] ^= 1 << (bit % 8);
		let outcome = verify(&altered, &GOOD.anchor);
		assert!(outcome.is_err() || outcome.as_ref() == Ok(report), "bit {bit}");
	}
}
