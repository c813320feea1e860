//! Batches: Merkle trees of RFC 6962 over records, leaves and nodes told apart by a tag.

use super::{
	hashing::{self, Algorithm},
	Code, Findings, Place,
};
use crate::{
	chain::types::{Content, Digest},
	export::Batch,
};
use std::{collections::HashMap, fmt::Display};

/// The tag of a leaf.
const LEAF: [u8; 1] = [0];
/// The tag of an inner node.
const NODE: [u8; 1] = [1];
/// Leaves and bytes in words.
fn told((records, bytes): (impl Display, impl Display)) -> String {
	format!("{records} records, {bytes} bytes")
}

/// Bytes of two hashes, which an inner node is made of.
const TWO_HASHES: u32 = 64;

/// A record as a leaf.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leaf {
	algorithm: Algorithm,
	/// With the tag of a leaf.
	hash: [u8; 32],
	/// With the tag of an inner node, which it must not be.
	as_node: [u8; 32],
	/// Bytes.
	length: u32,
}

impl Leaf {
	/// The leaf of a record's bytes.
	pub fn new(algorithm: Algorithm, bytes: &[u8]) -> Self {
		Self {
			algorithm,
			hash: algorithm.hash(&[&LEAF, bytes]),
			as_node: algorithm.hash(&[&NODE, bytes]),
			length: bytes.len() as u32,
		}
	}
}

/// A batch with what the chain says of it.
pub struct Check<'a> {
	/// The batch.
	pub batch: &'a Batch,
	/// The algorithm of its root.
	pub algorithm: Algorithm,
	/// What the chain says.
	pub content: &'a Content,
	/// All records; nothing for one that was altered.
	pub leaves: &'a HashMap<Digest, Option<Leaf>>,
}

impl Check<'_> {
	/// Notes what is wrong with the batch.
	pub fn run(&self, place: &Place, findings: &mut Findings) {
		let Some(leaves) = self.known(place, findings) else { return };
		let (_, bytes) = self.content.digest.parts();
		let hashes: Vec<[u8; 32]> = leaves.iter().map(|leaf| leaf.hash).collect();
		let root = root(self.algorithm, &hashes);
		if root != *bytes {
			let as_nodes: Vec<[u8; 32]> = leaves.iter().map(|leaf| leaf.as_node).collect();
			let disguised = leaves.iter().any(|leaf| leaf.length == TWO_HASHES)
				|| self::root(self.algorithm, &as_nodes) == *bytes;
			let code = if disguised { Code::LeafIsNode } else { Code::BatchRoot };
			findings.add(code, place.clone(), hex::encode(bytes), hex::encode(root));
		}
		// Each record is a line.
		let size: u64 = leaves.iter().map(|leaf| u64::from(leaf.length) + 1).sum();
		let own = (leaves.len() as u64, size);
		let stated = (u64::from(self.content.leaves), self.content.size);
		if own != stated {
			let expected = told(stated);
			let found = told(own);
			findings.add(Code::BatchLeaves, place.clone(), expected, found);
		}
		let kept = (self.batch.leaves, self.batch.size);
		if (stated.0 as i64, stated.1 as i64) != kept {
			let expected = told(stated);
			let found = told(kept);
			findings.add(Code::BatchLeaves, place.clone(), expected, found);
		}
	}

	/// The leaves in order; nothing when one is missing or altered.
	fn known(&self, place: &Place, findings: &mut Findings) -> Option<Vec<Leaf>> {
		let mut leaves = Vec::with_capacity(self.batch.records.len());
		for text in &self.batch.records {
			let leaf = hashing::parse(text).and_then(|(_, digest)| self.leaves.get(&digest));
			match leaf {
				Some(Some(leaf)) if leaf.algorithm == self.algorithm => leaves.push(*leaf),
				// The record itself was found to be altered.
				Some(None) => return None,
				Some(Some(leaf)) => {
					let found = format!("{text} by {:?}", leaf.algorithm);
					findings.add(
						Code::BatchRoot,
						place.clone(),
						format!("{:?}", self.algorithm),
						found,
					);
					return None;
				}
				None => {
					let place = Place { digest: Some(text.clone()), ..place.clone() };
					findings.add(Code::RecordMissing, place, "the record of this leaf", "none");
					return None;
				}
			}
		}
		Some(leaves)
	}
}

/// The root of a tree: split at the largest power of two below the number of leaves.
fn root(algorithm: Algorithm, leaves: &[[u8; 32]]) -> [u8; 32] {
	match leaves {
		[] => algorithm.hash(&[]),
		[leaf] => *leaf,
		_ => {
			let split = leaves.len().next_power_of_two() / 2;
			let (left, right) = leaves.split_at(split);
			algorithm.hash(&[&NODE, &root(algorithm, left), &root(algorithm, right)])
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_root_is_that_of_rfc_6962() {
		// The test vectors of the Certificate Transparency reference implementation.
		let inputs = ["", "00", "10", "2021", "3031", "40414243"];
		let leaves: Vec<[u8; 32]> = inputs
			.iter()
			.map(|hex| Leaf::new(Algorithm::Sha256, &hex::decode(hex).unwrap()).hash)
			.collect();
		let of = |count: usize| hex::encode(root(Algorithm::Sha256, &leaves[..count]));
		assert_eq!(of(1), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
		assert_eq!(of(2), "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
		assert_eq!(of(3), "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
		assert_eq!(of(6), "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef");
	}
}
