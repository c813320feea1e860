//! One digest over many records: the Merkle tree of RFC 6962, section 2.1, with the algorithm of the
//! batch as its hash function.
//!
//! A leaf is the digest of a zero byte and the record, a node that of a one byte and both children,
//! so that no node passes for a leaf. The number of leaves stands on chain beside the root.

use crate::digest::{Algorithm, Digest};
use alloc::vec::Vec;

const LEAF: u8 = 0;
const NODE: u8 = 1;

/// A tree over records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tree {
	algorithm: Algorithm,
	/// The leaves first, the root last.
	levels: Vec<Vec<[u8; 32]>>,
}

/// The way from a leaf to the root.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path {
	/// The position of the leaf, from 0.
	pub position: u32,
	/// The number of leaves, as the chain states it.
	pub leaves: u32,
	/// The siblings, from below.
	pub siblings: Vec<[u8; 32]>,
}

impl Tree {
	/// Builds a tree. Over no record it has the digest of nothing as its root, as RFC 6962 says.
	pub fn new<Record: AsRef<[u8]>>(algorithm: Algorithm, records: &[Record]) -> Self {
		let mut level: Vec<[u8; 32]> =
			records.iter().map(|record| leaf(algorithm, record.as_ref())).collect();
		let mut levels = Vec::new();
		while level.len() > 1 {
			// The left child of every node is full, so an odd last node rises as it is.
			let above = level
				.chunks(2)
				.map(|pair| match pair {
					[left, right] => node(algorithm, left, right),
					_ => pair[0],
				})
				.collect();
			levels.push(core::mem::replace(&mut level, above));
		}
		levels.push(level);
		Self { algorithm, levels }
	}

	/// The root.
	pub fn root(&self) -> Digest {
		match self.levels.last().and_then(|top| top.first()) {
			Some(bytes) => Digest { algorithm: self.algorithm, bytes: *bytes },
			None => self.algorithm.hash(&[]),
		}
	}

	/// How many records it is over.
	pub fn leaves(&self) -> u32 {
		self.levels.first().map_or(0, |leaves| leaves.len() as u32)
	}

	/// Proves that the record at `position` is in the tree; `None` when there is no such leaf.
	pub fn prove(&self, position: u32) -> Option<Path> {
		let leaves = self.leaves();
		if position >= leaves {
			return None;
		}
		let mut at = position as usize;
		let mut siblings = Vec::new();
		for level in &self.levels {
			if let Some(sibling) = level.get(at ^ 1) {
				siblings.push(*sibling);
			}
			at /= 2;
		}
		Some(Path { position, leaves, siblings })
	}
}

impl Path {
	/// Whether `record` lies at this position of the tree with this root and number of leaves.
	/// Takes root and number of leaves on trust: both must come from the chain.
	pub fn verify(&self, root: &Digest, record: &[u8]) -> bool {
		if self.position >= self.leaves {
			return false;
		}
		let algorithm = root.algorithm;
		let (mut at, mut width) = (self.position, self.leaves);
		let mut hash = leaf(algorithm, record);
		let mut siblings = self.siblings.iter();
		while width > 1 {
			let is_alone = at % 2 == 0 && at + 1 == width;
			if !is_alone {
				let Some(sibling) = siblings.next() else { return false };
				hash = match at % 2 {
					0 => node(algorithm, &hash, sibling),
					_ => node(algorithm, sibling, &hash),
				};
			}
			at /= 2;
			width = width.div_ceil(2);
		}
		siblings.next().is_none() && hash == root.bytes
	}
}

fn leaf(algorithm: Algorithm, record: &[u8]) -> [u8; 32] {
	algorithm.hash_parts(&[&[LEAF], record]).bytes
}

fn node(algorithm: Algorithm, left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
	algorithm.hash_parts(&[&[NODE], left, right]).bytes
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::{format, string::String};

	fn records(count: usize) -> Vec<String> {
		(0..count).map(|at| format!("record {at}")).collect()
	}

	fn root(records: &[&str]) -> Digest {
		Tree::new(Algorithm::Sha256, records).root()
	}

	/// The tree of RFC 6962 as the RFC defines it.
	fn by_the_letter(algorithm: Algorithm, records: &[String]) -> [u8; 32] {
		match records {
			[] => algorithm.hash(&[]).bytes,
			[one] => algorithm.hash(&[&[0], one.as_bytes()].concat()).bytes,
			_ => {
				let half = records.len().next_power_of_two() / 2;
				let (left, right) = records.split_at(half);
				let halves = [left, right].map(|part| by_the_letter(algorithm, part)).concat();
				algorithm.hash(&[&[1], halves.as_slice()].concat()).bytes
			}
		}
	}

	#[test]
	fn the_root_is_that_of_rfc_6962_for_every_algorithm() {
		for algorithm in Algorithm::ALL {
			for count in 0..=33 {
				let records = records(count);
				let tree = Tree::new(algorithm, &records);
				assert_eq!(tree.root().bytes, by_the_letter(algorithm, &records), "{count}");
			}
		}
	}

	#[test]
	fn every_record_is_proved_and_no_other() {
		for count in 1..=17 {
			let records = records(count);
			let tree = Tree::new(Algorithm::Sm3, &records);
			assert_eq!(tree.leaves() as usize, count);
			for (at, record) in records.iter().enumerate() {
				let path = tree.prove(at as u32).unwrap();
				assert!(path.verify(&tree.root(), record.as_bytes()), "{at} of {count}");
				assert!(!path.verify(&tree.root(), b"another"));
				let other = Algorithm::Sha256.hash(record.as_bytes());
				assert!(!path.verify(&other, record.as_bytes()));
			}
			assert_eq!(tree.prove(count as u32), None);
		}
	}

	#[test]
	fn the_root_changes_with_every_record_their_order_and_their_number() {
		let base = root(&["a", "b", "c"]);
		for other in [&["a", "b", "d"][..], &["b", "a", "c"], &["a", "b"], &["a", "b", "c", "c"]] {
			assert_ne!(root(other), base);
		}
	}

	#[test]
	fn a_node_does_not_pass_for_a_leaf() {
		let leaf = |record: &str| Algorithm::Sha256.hash(&[&[0], record.as_bytes()].concat()).bytes;
		let children = [leaf("a"), leaf("b")].concat();
		let root = root(&["a", "b"]);
		let path = Path { position: 0, leaves: 1, siblings: Vec::new() };
		assert!(!path.verify(&root, &children));
		assert_ne!(Tree::new(Algorithm::Sha256, &[children]).root(), root);
	}

	#[test]
	fn a_path_of_another_place_or_length_fails() {
		let records = records(5);
		let tree = Tree::new(Algorithm::Blake2b256, &records);
		let path = tree.prove(2).unwrap();
		let moved = Path { position: 3, ..path.clone() };
		assert!(!moved.verify(&tree.root(), b"record 2"));
		let mut longer = path.clone();
		longer.siblings.push([0; 32]);
		assert!(!longer.verify(&tree.root(), b"record 2"));
		let outside = Path { position: 9, ..path };
		assert!(!outside.verify(&tree.root(), b"record 2"));
	}
}
