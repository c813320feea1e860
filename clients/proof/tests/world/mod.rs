//! A small chain with real proofs: a state trie, headers, validators' keys and votes, and two changes of
//! the validators. Each test takes a good bundle of it and alters one thing.
#![allow(dead_code, reason = "each test uses its part of the world")]

pub mod case;
pub mod state;
pub mod votes;

use case::{BALLOT_LENDER, CASE, POLL};
use state::Pairs;
use std::collections::BTreeMap;
use votes::{justify, validators};
use winddown_proof::{
	bundle::{Bundle, Change, Claim, Origin, Plaintext},
	header::{Authorities, DigestItem, Header, ScheduledChange, Signal, GRANDPA},
	verify, Anchor, Failure, Hash, Report,
};

/// The heights of the blocks that change the validators.
pub const CHANGES: [u32; 2] = [20, 40];
/// The height of the block whose state proves the claims.
pub const BLOCK: u32 = 64;

/// A chain whose last state may be altered before its bundles are made.
#[derive(Clone)]
pub struct World {
	/// The state of the first block.
	pub genesis: Pairs,
	/// The state of the block that proves claims.
	pub state: Pairs,
}

impl World {
	/// The case with its polls, its evidence and its votes.
	pub fn new() -> Self {
		let mut genesis = state::noise();
		state::grandpa(&mut genesis, &authorities(0), 0);
		let mut state = state::noise();
		case::fill(&mut state);
		Self { genesis, state }
	}

	/// The first block's hash, which whoever verifies knows.
	pub fn anchor(&self) -> Anchor {
		Anchor::Genesis { hash: self.origin().header.hash() }
	}

	/// The first block with its validators.
	pub fn origin(&self) -> Origin {
		origin_at(0, &self.genesis, vec![])
	}

	/// The bundle of a claim.
	pub fn bundle(
		&self,
		statement: Claim,
		keys: &[Vec<u8>],
		plaintext: Option<Plaintext>,
	) -> Bundle {
		let header = header(BLOCK, state::root(&self.state), vec![]);
		Bundle {
			statement,
			plaintext,
			justification: justify(&header, &validators(2), 2),
			header,
			state: state::prove(&self.state, keys),
			origin: self.origin(),
			changes: changes(),
			certificate: None,
		}
	}

	/// The bundle of a lender's ballot, with its record.
	pub fn ballot(&self) -> Bundle {
		let claim = Claim::Ballot { case: CASE, poll: POLL, lender: BALLOT_LENDER };
		let keys = verify::ballot_keys(CASE, POLL, BALLOT_LENDER);
		self.bundle(claim, &keys, Some(Plaintext::Whole(case::record().into_bytes())))
	}

	/// The bundle that `lender` did not vote.
	pub fn no_ballot(&self, lender: u32) -> Bundle {
		let claim = Claim::NoBallot { case: CASE, poll: POLL, lender };
		self.bundle(claim, &verify::ballot_keys(CASE, POLL, lender), None)
	}

	/// The bundle of an evidence record.
	pub fn evidence(&self, id: u64, plaintext: Option<Plaintext>) -> Bundle {
		let keys = verify::evidence_keys(id, CASE, 1, &case::arbiters());
		self.bundle(Claim::Evidence { id }, &keys, plaintext)
	}

	/// The bundle of the closed poll's result.
	pub fn outcome(&self) -> Bundle {
		let keys = verify::outcome_keys(POLL, [0, 1]);
		self.bundle(Claim::Outcome { case: CASE, poll: POLL }, &keys, None)
	}

	/// Verifies a bundle as whoever receives it would, from its bytes.
	pub fn verify(&self, bundle: &Bundle) -> Result<Report, Failure> {
		verify(&bundle.to_bytes(), &self.anchor())
	}
}

/// The validators of set number `id`.
pub fn authorities(id: u8) -> Authorities {
	validators(id).iter().map(|key| (votes::public(key), 1)).collect()
}

/// Both changes of the validators, each finalised by the set before.
pub fn changes() -> Vec<Change> {
	CHANGES
		.iter()
		.enumerate()
		.map(|(at, number)| {
			let next = ScheduledChange { next: authorities(at as u8 + 1), delay: 0 };
			let header = header(*number, Hash([9; 32]), vec![Signal::ScheduledChange(next)]);
			change(header, at as u8)
		})
		.collect()
}

/// A change finalised by set number `set`.
pub fn change(header: Header, set: u8) -> Change {
	Change { justification: justify(&header, &validators(set), set.into()), header }
}

/// A header whose state has `state_root`.
pub fn header(number: u32, state_root: Hash, signals: Vec<Signal>) -> Header {
	let mut digest = vec![DigestItem::PreRuntime(*b"aura", vec![1; 8])];
	digest.extend(
		signals.iter().map(|signal| DigestItem::Consensus(GRANDPA, codec::Encode::encode(signal))),
	);
	digest.push(DigestItem::Seal(*b"aura", vec![2; 64]));
	Header {
		parent: Hash::of(&number.to_le_bytes()),
		number,
		state_root,
		extrinsics_root: Hash([7; 32]),
		digest,
	}
}

/// An origin at `number` with the state `pairs`.
pub fn origin_at(number: u32, pairs: &Pairs, signals: Vec<Signal>) -> Origin {
	let header = header(number, state::root(pairs), signals);
	Origin { state: state::prove(pairs, &winddown_proof::authorities::keys()), header }
}

/// All codes of a report's findings, in order.
pub fn codes(report: &Report) -> (Vec<&str>, Vec<&str>) {
	let codes = |findings: &[winddown_proof::Finding]| {
		findings.iter().map(|finding| finding.code).collect::<Vec<_>>()
	};
	(codes(&report.proved), codes(&report.not_proved))
}

/// A map from keys to values, as a state is given.
pub type Map = BTreeMap<Vec<u8>, Vec<u8>>;
