//! Bundles of the real chain altered at random: none that is accepted says anything else, none makes the
//! verifier panic.

#[path = "../../../../clients/proof/tests/edits/mod.rs"]
mod edits;

use super::{ballot, batch, evidence, no_ballot, SILENT, VOTER};
use crate::case::Case;
use edits::{apply, edit};
use proptest::{prelude::*, sample::Index};
use std::sync::LazyLock;
use winddown_proof::{
	bundle::{Bundle, Plaintext},
	digest::Algorithm,
	merkle::Tree,
	record::lines,
	state::Proof,
	verify, Anchor, Hash, Report,
};

static GOOD: LazyLock<(Vec<(Bundle, Report)>, Anchor)> = LazyLock::new(|| {
	let case = Case::good();
	let anchor = Anchor::Genesis { hash: Hash(case.parts.head.genesis) };
	let (id, records) = batch(&case, "ballot");
	let path = Tree::new(Algorithm::default(), &records).prove(2).expect("a leaf");
	let record = records[2].clone().into_bytes();
	let leaf = Plaintext::Leaf { record, position: 2, siblings: path.siblings };
	let bundles = [
		ballot(&case, VOTER),
		no_ballot(&case, SILENT),
		evidence(&case, id, Some(leaf)),
		evidence(&case, id, Some(Plaintext::Whole(lines(&records)))),
	];
	let with_report = |bundle: Bundle| {
		let report = verify(&bundle.to_bytes(), &anchor).expect("proved");
		(bundle, report)
	};
	(bundles.map(with_report).into(), anchor)
});

/// A part of one bundle in another, or out of it.
#[derive(Clone, Debug)]
enum Swap {
	Statement,
	Plaintext,
	State,
	Node(Index, Index),
	WithoutNode(Index),
	Votes(Index, Index),
	HeaderOfChange,
	OriginState,
}

fn swap() -> impl Strategy<Value = Swap> {
	prop_oneof![
		2 => Just(Swap::Statement),
		2 => Just(Swap::Plaintext),
		1 => Just(Swap::State),
		4 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Swap::Node(from, to)),
		2 => any::<Index>().prop_map(Swap::WithoutNode),
		2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Swap::Votes(from, to)),
		1 => Just(Swap::HeaderOfChange),
		1 => Just(Swap::OriginState),
	]
}

fn exchange(bundle: &mut Bundle, other: &Bundle, swap: &Swap) {
	let mut nodes = bundle.state.nodes().to_vec();
	match swap {
		Swap::Statement => bundle.statement = other.statement,
		Swap::Plaintext => bundle.plaintext.clone_from(&other.plaintext),
		Swap::State => bundle.state = other.state.clone(),
		Swap::Node(from, to) => {
			let from = &other.state.nodes()[from.index(other.state.nodes().len())];
			let to = to.index(nodes.len());
			nodes[to].clone_from(from);
			bundle.state = Proof::new(nodes);
		}
		Swap::WithoutNode(at) => {
			nodes.remove(at.index(nodes.len()));
			bundle.state = Proof::new(nodes);
		}
		Swap::Votes(from, to) => {
			let votes = &mut bundle.justification.commit.precommits;
			let (from, to) = (from.index(votes.len()), to.index(votes.len()));
			votes[to] = votes[from].clone();
		}
		Swap::HeaderOfChange => bundle.header = bundle.changes[0].header.clone(),
		Swap::OriginState => bundle.origin.state = other.state.clone(),
	}
}

proptest! {
	#![proptest_config(ProptestConfig {
		cases: 2_000,
		failure_persistence: None,
		..ProptestConfig::default()
	})]

	#[test]
	fn bytes_altered_at_random_prove_nothing_else(
		which in any::<Index>(),
		edits in prop::collection::vec(edit(), 1..4),
	) {
		let (bundles, anchor) = &*GOOD;
		let (bundle, report) = &bundles[which.index(bundles.len())];
		let mut bytes = bundle.to_bytes();
		edits.iter().for_each(|edit| apply(&mut bytes, edit));
		if let Ok(altered) = verify(&bytes, anchor) {
			prop_assert_eq!(&altered, report);
		}
	}

	#[test]
	fn parts_of_one_bundle_in_another_prove_nothing_else(
		which in any::<Index>(),
		other in any::<Index>(),
		swaps in prop::collection::vec(swap(), 1..4),
	) {
		let (bundles, anchor) = &*GOOD;
		let (mut bundle, _) = bundles[which.index(bundles.len())].clone();
		let (other, _) = &bundles[other.index(bundles.len())];
		swaps.iter().for_each(|swap| exchange(&mut bundle, other, swap));
		if let Ok(altered) = verify(&bundle.to_bytes(), anchor) {
			// It says just what the good bundle of its claim says with its plaintext.
			let good = bundles.iter().find(|(good, _)| good.statement == bundle.statement);
			let mut good = good.expect("the claim of a good bundle").0.clone();
			good.plaintext = bundle.plaintext;
			prop_assert_eq!(Ok(altered), verify(&good.to_bytes(), anchor));
		}
	}
}

/// Every bit of a receipt that proves something proves nothing else when it is turned.
#[test]
fn every_bit_of_a_real_receipt_matters() {
	let (bundles, anchor) = &*GOOD;
	let (bundle, report) = &bundles[0];
	let bytes = bundle.to_bytes();
	for bit in (0..bytes.len() * 8).step_by(11) {
		let mut altered = bytes.clone();
		altered[bit / 8] ^= 1 << (bit % 8);
		if let Ok(accepted) = verify(&altered, anchor) {
			assert_eq!(&accepted, report, "bit {bit}");
		}
	}
}
