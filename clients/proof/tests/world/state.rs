use codec::Encode;
use sp_core::{storage::StateVersion, Blake2Hasher};
use sp_state_machine::{prove_read, InMemoryBackend};
use winddown_proof::{header::Authorities, layout::grandpa, state::Proof, Hash};

/// A state: keys and values.
pub type Pairs = super::Map;

fn backend(pairs: Pairs) -> InMemoryBackend<Blake2Hasher> {
	(pairs, StateVersion::V0).into()
}

/// The state root.
pub fn root(pairs: &Pairs) -> Hash {
	Hash((*backend(pairs.clone()).root()).into())
}

/// The proof of `keys`, as a node answers it.
pub fn prove(pairs: &Pairs, keys: &[Vec<u8>]) -> Proof {
	root_and_proof(pairs.clone(), keys).1
}

/// Root and proof of a state that is too large to build twice.
pub fn root_and_proof(pairs: Pairs, keys: &[Vec<u8>]) -> (Hash, Proof) {
	let backend = backend(pairs);
	let root = Hash((*backend.root()).into());
	(root, Proof::new(prove_read(backend, keys).unwrap().into_iter_nodes()))
}

/// Values of other pallets, so that the trie branches as a real one does.
pub fn noise() -> Pairs {
	(0..600u32)
		.map(|n| (sp_crypto_hashing::twox_256(&n.encode()).to_vec(), vec![n as u8; 40]))
		.collect()
}

/// The validators in a state.
pub fn grandpa(pairs: &mut Pairs, authorities: &Authorities, set_id: u64) {
	pairs.insert(grandpa::authorities(), authorities.encode());
	pairs.insert(grandpa::set_id(), set_id.encode());
}
