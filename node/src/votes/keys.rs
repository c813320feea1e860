//! The keys of a validator, which has none for votes while it abstains.

use sp_core::{crypto::key_types::GRANDPA, crypto::KeyTypeId, ecdsa, ed25519, sr25519};
use sp_keystore::{Error, Keystore, KeystorePtr};
use std::sync::atomic::{AtomicBool, Ordering};

/// A keystore for the voter. It is asked for its keys when a round begins, and uses them to the round's end.
pub struct VotingKeys {
	keys: KeystorePtr,
	abstain: AtomicBool,
}

impl VotingKeys {
	/// Keys of a validator that votes from the start, or abstains.
	pub fn new(keys: KeystorePtr, abstain: bool) -> Self {
		Self { keys, abstain: AtomicBool::new(abstain) }
	}

	/// Whether the validator abstains.
	pub fn abstain(&self) -> bool {
		self.abstain.load(Ordering::SeqCst)
	}

	/// Lets the validator vote from the next round on.
	pub fn vote(&self) {
		self.abstain.store(false, Ordering::SeqCst);
	}
}

impl Keystore for VotingKeys {
	fn has_keys(&self, keys: &[(Vec<u8>, KeyTypeId)]) -> bool {
		let votes = keys.iter().any(|(_, purpose)| *purpose == GRANDPA);
		!(votes && self.abstain()) && self.keys.has_keys(keys)
	}

	fn ed25519_sign(
		&self,
		purpose: KeyTypeId,
		public: &ed25519::Public,
		message: &[u8],
	) -> Result<Option<ed25519::Signature>, Error> {
		self.keys.ed25519_sign(purpose, public, message)
	}

	// The voter needs no more than these two; all others are those of the node.

	fn sr25519_public_keys(&self, purpose: KeyTypeId) -> Vec<sr25519::Public> {
		self.keys.sr25519_public_keys(purpose)
	}

	fn sr25519_generate_new(
		&self,
		purpose: KeyTypeId,
		seed: Option<&str>,
	) -> Result<sr25519::Public, Error> {
		self.keys.sr25519_generate_new(purpose, seed)
	}

	fn sr25519_sign(
		&self,
		purpose: KeyTypeId,
		public: &sr25519::Public,
		message: &[u8],
	) -> Result<Option<sr25519::Signature>, Error> {
		self.keys.sr25519_sign(purpose, public, message)
	}

	fn sr25519_vrf_sign(
		&self,
		purpose: KeyTypeId,
		public: &sr25519::Public,
		data: &sr25519::vrf::VrfSignData,
	) -> Result<Option<sr25519::vrf::VrfSignature>, Error> {
		self.keys.sr25519_vrf_sign(purpose, public, data)
	}

	fn sr25519_vrf_pre_output(
		&self,
		purpose: KeyTypeId,
		public: &sr25519::Public,
		input: &sr25519::vrf::VrfInput,
	) -> Result<Option<sr25519::vrf::VrfPreOutput>, Error> {
		self.keys.sr25519_vrf_pre_output(purpose, public, input)
	}

	fn ed25519_public_keys(&self, purpose: KeyTypeId) -> Vec<ed25519::Public> {
		self.keys.ed25519_public_keys(purpose)
	}

	fn ed25519_generate_new(
		&self,
		purpose: KeyTypeId,
		seed: Option<&str>,
	) -> Result<ed25519::Public, Error> {
		self.keys.ed25519_generate_new(purpose, seed)
	}

	fn ecdsa_public_keys(&self, purpose: KeyTypeId) -> Vec<ecdsa::Public> {
		self.keys.ecdsa_public_keys(purpose)
	}

	fn ecdsa_generate_new(
		&self,
		purpose: KeyTypeId,
		seed: Option<&str>,
	) -> Result<ecdsa::Public, Error> {
		self.keys.ecdsa_generate_new(purpose, seed)
	}

	fn ecdsa_sign(
		&self,
		purpose: KeyTypeId,
		public: &ecdsa::Public,
		message: &[u8],
	) -> Result<Option<ecdsa::Signature>, Error> {
		self.keys.ecdsa_sign(purpose, public, message)
	}

	fn ecdsa_sign_prehashed(
		&self,
		purpose: KeyTypeId,
		public: &ecdsa::Public,
		message: &[u8; 32],
	) -> Result<Option<ecdsa::Signature>, Error> {
		self.keys.ecdsa_sign_prehashed(purpose, public, message)
	}

	fn insert(&self, purpose: KeyTypeId, suri: &str, public: &[u8]) -> Result<(), ()> {
		self.keys.insert(purpose, suri, public)
	}

	fn keys(&self, purpose: KeyTypeId) -> Result<Vec<Vec<u8>>, Error> {
		self.keys.keys(purpose)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sc_keystore::LocalKeystore;
	use sp_core::crypto::key_types::AURA;
	use std::sync::Arc;

	#[test]
	fn an_abstaining_validator_has_no_key_for_votes_and_keeps_the_one_for_blocks() {
		let keystore = LocalKeystore::in_memory();
		let vote = keystore.ed25519_generate_new(GRANDPA, None).unwrap().0.to_vec();
		let block = keystore.sr25519_generate_new(AURA, None).unwrap().0.to_vec();
		let keys = VotingKeys::new(Arc::new(keystore), true);
		assert!(keys.abstain() && !keys.has_keys(&[(vote.clone(), GRANDPA)]));
		assert!(keys.has_keys(&[(block, AURA)]));
		keys.vote();
		assert!(!keys.abstain() && keys.has_keys(&[(vote, GRANDPA)]));
	}
}
