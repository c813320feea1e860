//! Roots of extrinsics and states, and proofs of single values.

use super::{Hash, Pair};
use sp_core::{Blake2Hasher, H256};
use sp_trie::{
	read_trie_value, LayoutV0, LayoutV1, MemoryDB, StorageProof, TrieConfiguration, TrieDBBuilder,
	TrieDBIterator, TrieDBMutBuilder, TrieMut,
};

/// The key of `System.Events`: twox128 of the pallet's name, then of the entry's.
pub const EVENTS_KEY: [u8; 32] = [
	0x26, 0xaa, 0x39, 0x4e, 0xea, 0x56, 0x30, 0xe0, 0x7c, 0x48, 0xae, 0x0c, 0x95, 0x58, 0xce, 0xf7,
	0x80, 0xd4, 0x1e, 0x5e, 0x16, 0x05, 0x67, 0x65, 0xbc, 0x84, 0x61, 0x85, 0x10, 0x72, 0xc9, 0xd7,
];

/// The root of a block's extrinsics, each with its length, as the present runtime makes it.
pub fn extrinsics_root(extrinsics: &[Vec<u8>]) -> Hash {
	LayoutV0::<Blake2Hasher>::ordered_trie_root(extrinsics).0
}

/// Whether `root` is that of the extrinsics. Which of the two layouts a runtime takes depends on
/// its version; both commit to every byte.
pub fn is_extrinsics_root(extrinsics: &[Vec<u8>], root: &Hash) -> bool {
	extrinsics_root(extrinsics) == *root
		|| LayoutV1::<Blake2Hasher>::ordered_trie_root(extrinsics).0 == *root
}

/// The root of a whole state, as the present runtime makes it.
pub fn state_root(pairs: &[Pair]) -> Hash {
	root_in::<LayoutV0<Blake2Hasher>>(pairs)
}

/// Whether `root` is that of the state; of the layouts as for [`is_extrinsics_root`].
pub fn is_state_root(pairs: &[Pair], root: &Hash) -> bool {
	state_root(pairs) == *root || root_in::<LayoutV1<Blake2Hasher>>(pairs) == *root
}

fn root_in<Layout: TrieConfiguration<Hash = Blake2Hasher>>(pairs: &[Pair]) -> Hash {
	Layout::trie_root(pairs.iter().map(|(key, value)| (key, value))).0
}

/// The value of `key` under `root`, by the trie nodes of a proof; an error when they do not reach
/// it, `Ok(None)` when they prove that there is none.
pub fn value(proof: &[Vec<u8>], root: &Hash, key: &[u8]) -> Result<Option<Vec<u8>>, String> {
	let nodes = StorageProof::new(proof.iter().cloned()).into_memory_db::<Blake2Hasher>();
	read_trie_value::<LayoutV1<Blake2Hasher>, _>(&nodes, &H256(*root), key, None, None)
		.map_err(|error| error.to_string())
}

/// The root and all nodes of a state that holds nothing but `pairs`: a block whose events were
/// changed gets such a state, since an audit sees no more of it than the events.
pub fn sealed(pairs: &[Pair]) -> Result<(Hash, Vec<Vec<u8>>), String> {
	let mut nodes = MemoryDB::<Blake2Hasher>::default();
	let mut root = H256::default();
	let mut trie = TrieDBMutBuilder::<LayoutV0<Blake2Hasher>>::new(&mut nodes, &mut root).build();
	for (key, value) in pairs {
		trie.insert(key, value).map_err(|error| error.to_string())?;
	}
	trie.commit();
	drop(trie);
	let nodes = nodes.drain().into_values().filter(|(_, count)| *count > 0).map(|(node, _)| node);
	Ok((root.0, nodes.collect()))
}

/// All pairs whose keys begin with `prefix` under `root`, by the trie nodes of a proof; an error when
/// the proof leaves one out.
pub fn values_under(proof: &[Vec<u8>], root: &Hash, prefix: &[u8]) -> Result<Vec<Pair>, String> {
	let nodes = StorageProof::new(proof.iter().cloned()).into_memory_db::<Blake2Hasher>();
	let root = H256(*root);
	let trie = TrieDBBuilder::<LayoutV1<Blake2Hasher>>::new(&nodes, &root).build();
	let pairs = TrieDBIterator::new_prefixed(&trie, prefix).map_err(|error| error.to_string())?;
	pairs.collect::<Result<_, _>>().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
	use super::*;

	fn pairs() -> Vec<Pair> {
		let long = |byte: u8| vec![byte; 40];
		(0..50u8).map(|at| (vec![at % 5, at], long(at))).collect()
	}

	fn sorted() -> Vec<Pair> {
		let mut pairs = pairs();
		pairs.sort();
		pairs
	}

	#[test]
	fn a_sealed_state_proves_its_values_and_has_the_root_of_its_pairs() {
		let (root, proof) = sealed(&sorted()).unwrap();
		assert_eq!(root, state_root(&sorted()));
		assert_eq!(value(&proof, &root, &[3, 8]), Ok(Some(vec![8; 40])));
		assert_eq!(value(&proof, &root, &[3, 9]), Ok(None));
	}

	#[test]
	fn a_state_in_either_layout_is_known_by_its_root_and_another_is_not() {
		let pairs = sorted();
		let roots = [state_root(&pairs), root_in::<LayoutV1<Blake2Hasher>>(&pairs)];
		assert_ne!(roots[0], roots[1]);
		for root in roots {
			assert!(is_state_root(&pairs, &root));
			assert!(!is_state_root(&pairs[1..], &root));
		}
	}

	#[test]
	fn a_prefix_gives_all_its_pairs_and_a_missing_node_is_an_error() {
		let (root, proof) = sealed(&sorted()).unwrap();
		let under = values_under(&proof, &root, &[3]).unwrap();
		assert_eq!(under.len(), 10);
		assert!(under.iter().all(|(key, _)| key[0] == 3));
		let broken = (0..proof.len()).filter(|out| {
			let mut fewer = proof.clone();
			fewer.remove(*out);
			(0..5).any(|byte| values_under(&fewer, &root, &[byte]).is_err())
		});
		assert_eq!(broken.count(), proof.len(), "every node is needed by some prefix");
	}
}
