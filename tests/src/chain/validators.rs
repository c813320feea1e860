//! Who makes blocks final, and their votes: whoever knows the well-known keys of a genesis preset can
//! sign as its validators, as validators who collude could.

use super::institutions::{keys, validator_with};
use codec::{DecodeAll, Encode};
use sp_core::Pair;
use winddown_proof::{
	finality::{Commit, Justification, Precommit, Signature, SignedPrecommit},
	header::{Authorities, Header, Signal},
	Hash,
};
use winddown_verifier::archive::{trie, Parts};

/// The tag of a precommit among the messages of GRANDPA.
const PRECOMMIT: u8 = 1;
/// The round in which validators vote here.
const ROUND: u64 = 1;

/// Validators with the number of their set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Validators {
	/// The number of the set, 0 at the beginning.
	pub set: u64,
	/// The institutions.
	pub names: Vec<&'static str>,
}

/// The validators who make block `number` of an archive final.
pub fn in_office(parts: &Parts, number: u32) -> Validators {
	let root = parts.header(0).expect("a first block").state_root;
	let key = winddown_proof::layout::grandpa::authorities();
	let first = trie::value(&parts.head.genesis_proof, &root, &key).expect("a proof");
	let first = Authorities::decode_all(&mut &first.expect("validators")[..]);
	let mut office = Validators { set: 0, names: names(&first.expect("validators")) };
	for before in 1..number {
		if let Some(next) = next_validators(parts, before) {
			office = Validators { set: office.set + 1, names: next };
		}
	}
	office
}

/// The validators that a block puts into office, if it changes them.
pub fn next_validators(parts: &Parts, number: u32) -> Option<Vec<&'static str>> {
	let header = &parts.blocks[number as usize].header;
	let header = Header::decode_all(&mut &header[..]).expect("a header");
	let signals = header.signals().expect("signals");
	signals.iter().find_map(|signal| match signal {
		Signal::ScheduledChange(change) => Some(names(&change.next)),
		_ => None,
	})
}

fn names(authorities: &Authorities) -> Vec<&'static str> {
	let name = |key: &Hash| validator_with(&key.0).expect("an institution");
	authorities.iter().map(|(key, _)| name(key)).collect()
}

/// The votes of all of `validators` for a block.
pub fn justify(validators: &Validators, number: u32, block: [u8; 32]) -> Justification {
	let block = Hash(block);
	let precommits = validators.names.iter().map(|name| {
		let precommit = Precommit { target_hash: block, target_number: number };
		let message = (PRECOMMIT, &precommit, ROUND, validators.set).encode();
		let pair = &keys(name).validator;
		let signature = Signature(pair.sign(&message).0);
		SignedPrecommit { precommit, signature, id: Hash(pair.public().0) }
	});
	let precommits = precommits.collect();
	let commit = Commit { target_hash: block, target_number: number, precommits };
	Justification { round: ROUND, commit, ancestors: vec![] }
}
