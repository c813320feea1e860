use codec::Encode;
use ed25519_zebra::{SigningKey, VerificationKeyBytes};
use finality_grandpa::Message;
use winddown_proof::{
	finality::{Commit, Justification, Precommit, Signature, SignedPrecommit},
	header::Header,
	Hash,
};

/// The four validators of set number `set`; one changes from set to set.
pub fn validators(set: u8) -> Vec<SigningKey> {
	(set + 1..set + 5).map(|seed| SigningKey::from([seed; 32])).collect()
}

/// A validator's key as the chain has it.
pub fn public(key: &SigningKey) -> Hash {
	Hash(VerificationKeyBytes::from(key).into())
}

/// A vote for `header`.
pub fn vote(header: &Header, key: &SigningKey, round: u64, set_id: u64) -> SignedPrecommit {
	let precommit = Precommit { target_hash: header.hash(), target_number: header.number };
	let message = (Message::Precommit(precommit.clone()), round, set_id).encode();
	let signature = Signature(key.sign(&message).into());
	SignedPrecommit { precommit, signature, id: public(key) }
}

/// The votes of `keys` for `header`.
pub fn justify(header: &Header, keys: &[SigningKey], set_id: u64) -> Justification {
	let round = 11;
	Justification {
		round,
		commit: Commit {
			target_hash: header.hash(),
			target_number: header.number,
			precommits: keys.iter().map(|key| vote(header, key, round, set_id)).collect(),
		},
		ancestors: vec![],
	}
}
