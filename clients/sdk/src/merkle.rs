//! One digest over many records: a Merkle tree of BLAKE2b-256.
//!
//! Leaves and nodes are hashed with different first bytes, so that no node passes for a leaf; a
//! last node without a neighbour rises unchanged. The number of leaves is recorded on chain beside
//! the root.

use crate::digest::blake2_256;
use serde::{Deserialize, Serialize};

const LEAF: u8 = 0;
const NODE: u8 = 1;

/// A tree over records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tree {
	/// The leaves first, the root last.
	levels: Vec<Vec<[u8; 32]>>,
}

/// The neighbours on the way from a leaf to the root.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Proof {
	/// The position of the leaf.
	pub leaf: u32,
	/// The number of leaves.
	pub leaves: u32,
	/// The neighbours, from below.
	pub neighbours: Vec<[u8; 32]>,
}

impl Tree {
	/// Builds a tree; `None` without records.
	pub fn new<Record: AsRef<[u8]>>(records: &[Record]) -> Option<Self> {
		let mut level: Vec<[u8; 32]> =
			records.iter().map(|record| tagged(LEAF, &[record.as_ref()])).collect();
		if level.is_empty() {
			return None;
		}
		let mut levels = Vec::new();
		while level.len() > 1 {
			let above = level
				.chunks(2)
				.map(|pair| match pair {
					[left, right] => tagged(NODE, &[left, right]),
					_ => pair[0],
				})
				.collect();
			levels.push(std::mem::replace(&mut level, above));
		}
		levels.push(level);
		Some(Self { levels })
	}

	/// The root.
	pub fn root(&self) -> [u8; 32] {
		self.levels.last().and_then(|top| top.first()).copied().unwrap_or_default()
	}

	/// How many records it is over.
	pub fn leaves(&self) -> u32 {
		self.levels.first().map_or(0, |leaves| leaves.len() as u32)
	}

	/// Proves that a record is in the tree; `None` when there is no such leaf.
	pub fn prove(&self, leaf: u32) -> Option<Proof> {
		let leaves = self.leaves();
		if leaf >= leaves {
			return None;
		}
		let mut at = leaf as usize;
		let mut neighbours = Vec::new();
		for level in &self.levels {
			if let Some(neighbour) = level.get(at ^ 1) {
				neighbours.push(*neighbour);
			}
			at /= 2;
		}
		Some(Proof { leaf, leaves, neighbours })
	}
}

impl Proof {
	/// Whether `record` is in the tree with this root.
	pub fn holds(&self, record: &[u8], root: &[u8; 32]) -> bool {
		if self.leaf >= self.leaves {
			return false;
		}
		let (mut at, mut width) = (self.leaf, self.leaves);
		let mut hash = tagged(LEAF, &[record]);
		let mut neighbours = self.neighbours.iter();
		while width > 1 {
			let is_alone = at % 2 == 0 && at + 1 == width;
			if !is_alone {
				let Some(neighbour) = neighbours.next() else { return false };
				hash = match at % 2 {
					0 => tagged(NODE, &[&hash, neighbour]),
					_ => tagged(NODE, &[neighbour, &hash]),
				};
			}
			at /= 2;
			width = width.div_ceil(2);
		}
		neighbours.next().is_none() && hash == *root
	}
}

fn tagged(tag: u8, parts: &[&[u8]]) -> [u8; 32] {
	blake2_256(&[&[tag], parts.concat().as_slice()].concat())
}

#[cfg(test)]
mod tests {
	use super::*;

	fn records(count: usize) -> Vec<String> {
		(0..count).map(|at| format!("record {at}")).collect()
	}

	#[test]
	fn every_record_is_proved_and_no_other() {
		for count in 1..=17 {
			let records = records(count);
			let tree = Tree::new(&records).unwrap();
			assert_eq!(tree.leaves() as usize, count);
			for (at, record) in records.iter().enumerate() {
				let proof = tree.prove(at as u32).unwrap();
				assert!(proof.holds(record.as_bytes(), &tree.root()), "{at} of {count}");
				assert!(!proof.holds(b"another", &tree.root()));
				assert!(!proof.holds(record.as_bytes(), &[0; 32]));
			}
			assert_eq!(tree.prove(count as u32), None);
		}
		assert_eq!(Tree::new::<&str>(&[]), None);
	}

	#[test]
	fn the_root_changes_with_every_record_their_order_and_their_number() {
		let root = |records: &[&str]| Tree::new(records).unwrap().root();
		let base = root(&["a", "b", "c"]);
		for other in [&["a", "b", "d"][..], &["b", "a", "c"], &["a", "b"], &["a", "b", "c", "c"]] {
			assert_ne!(root(other), base);
		}
	}

	#[test]
	fn a_node_does_not_pass_for_a_leaf() {
		let tree = Tree::new(&records(2)).unwrap();
		let node = [tagged(LEAF, &[b"record 0"]), tagged(LEAF, &[b"record 1"])].concat();
		assert_ne!(Tree::new(&[node]).unwrap().root(), tree.root());
	}

	#[test]
	fn a_proof_of_another_place_or_length_fails() {
		let records = records(5);
		let tree = Tree::new(&records).unwrap();
		let proof = tree.prove(2).unwrap();
		let moved = Proof { leaf: 3, ..proof.clone() };
		assert!(!moved.holds(b"record 2", &tree.root()));
		let mut longer = proof.clone();
		longer.neighbours.push([0; 32]);
		assert!(!longer.holds(b"record 2", &tree.root()));
		let outside = Proof { leaf: 9, ..proof };
		assert!(!outside.holds(b"record 2", &tree.root()));
	}
}
