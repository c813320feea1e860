//! Storage proofs: values of a block's state, or their proven absence.
//!
//! Trust: what a [`State`] answers is as true as the state root that it was opened with. It holds only
//! what the proof holds; a value outside it is an error and never reads as absent.

use crate::{
	failure::{Failure, Value},
	hash::Hash,
};
use alloc::{collections::BTreeSet, vec::Vec};
use codec::{Decode, DecodeAll, Encode};
use sp_core::{Blake2Hasher, H256};
use sp_trie::{
	accessed_nodes_tracker::AccessedNodesTracker, read_trie_value, LayoutV1, MemoryDB, StorageProof,
};

// It reads the nodes of the older layout, which our runtime writes, as well.
type Layout = LayoutV1<Blake2Hasher>;

/// Nodes of a block's state trie, as `state_getReadProof` answers them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Proof(Vec<Vec<u8>>);

impl Proof {
	/// A proof of these nodes, in any order, each at least once.
	pub fn new(nodes: impl IntoIterator<Item = Vec<u8>>) -> Self {
		Self(nodes.into_iter().collect::<BTreeSet<_>>().into_iter().collect())
	}

	/// The nodes.
	pub fn nodes(&self) -> &[Vec<u8>] {
		&self.0
	}
}

/// What a proof shows of a state.
pub struct State {
	nodes: MemoryDB<Blake2Hasher>,
	root: H256,
	used: AccessedNodesTracker<H256>,
}

impl State {
	/// Opens `proof` under `root`. A node that occurs twice is refused.
	///
	/// Trust: the caller knows that `root` is the state root of the block in question.
	pub fn open(root: Hash, proof: &Proof) -> Result<Self, Failure> {
		let nodes = StorageProof::new_with_duplicate_nodes_check(proof.0.iter().cloned())
			.map_err(|_| Failure::ProofSuperfluous)?;
		let used = AccessedNodesTracker::new(proof.0.len());
		Ok(Self { nodes: nodes.into_memory_db(), root: root.into(), used })
	}

	/// The bytes under `key`; `None` when the proof shows that there are none. `value` names them in
	/// failures.
	pub fn bytes(&mut self, key: &[u8], value: Value) -> Result<Option<Vec<u8>>, Failure> {
		read_trie_value::<Layout, _>(&self.nodes, &self.root, key, Some(&mut self.used), None)
			.map_err(|_| Failure::ProofIncomplete { value })
	}

	/// The value under `key`, decoded to its last byte.
	pub fn get<T: Decode>(&mut self, key: &[u8], value: Value) -> Result<Option<T>, Failure> {
		let decode = |bytes: Vec<u8>| T::decode_all(&mut &bytes[..]);
		self.bytes(key, value)?.map(decode).transpose().map_err(|_| Failure::Unreadable { value })
	}

	/// The value under `key`, which must be there.
	pub fn require<T: Decode>(&mut self, key: &[u8], value: Value) -> Result<T, Failure> {
		self.get(key, value)?.ok_or(Failure::Missing { value })
	}

	/// Ends the reading: a proof with nodes that no value needed is refused.
	pub fn finish(self) -> Result<(), Failure> {
		self.used.ensure_no_unused_nodes().map_err(|_| Failure::ProofSuperfluous)
	}
}
