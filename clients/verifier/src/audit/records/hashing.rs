//! The three digest algorithms, and how digests are written.

use crate::chain::types::Digest;
use blake2::digest::consts::U32;

/// A digest algorithm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Algorithm {
	/// BLAKE2b with 256 bits.
	Blake2b256,
	/// SHA-256.
	Sha256,
	/// SM3.
	Sm3,
}

impl Algorithm {
	/// The one with this name.
	pub fn named(name: &str) -> Option<Self> {
		Some(match name {
			"blake2b-256" => Self::Blake2b256,
			"sha2-256" => Self::Sha256,
			"sm3" => Self::Sm3,
			_ => return None,
		})
	}

	/// The hash of the parts, one behind the other.
	pub fn hash(self, parts: &[&[u8]]) -> [u8; 32] {
		match self {
			Self::Blake2b256 => fold::<blake2::Blake2b<U32>>(parts),
			Self::Sha256 => fold::<sha2::Sha256>(parts),
			Self::Sm3 => fold::<sm3::Sm3>(parts),
		}
	}
}

fn fold<H: sha2::Digest<OutputSize = U32>>(parts: &[&[u8]]) -> [u8; 32] {
	let hasher = parts.iter().fold(H::new(), |hasher, part| hasher.chain_update(part));
	hasher.finalize().into()
}

/// A digest written as `blake2b-256:0x…`.
pub fn parse(text: &str) -> Option<(Algorithm, Digest)> {
	let (name, digits) = text.split_once(":0x")?;
	let bytes = hex::decode(digits).ok()?.try_into().ok()?;
	let algorithm = Algorithm::named(name)?;
	Some((
		algorithm,
		match algorithm {
			Algorithm::Blake2b256 => Digest::Blake2b256(bytes),
			Algorithm::Sha256 => Digest::Sha256(bytes),
			Algorithm::Sm3 => Digest::Sm3(bytes),
		},
	))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_algorithms_give_their_published_digests_of_abc() {
		let hash = |algorithm: Algorithm| hex::encode(algorithm.hash(&[b"a", b"bc"]));
		assert_eq!(
			hash(Algorithm::Sha256),
			"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
		);
		assert_eq!(
			hash(Algorithm::Sm3),
			"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
		);
		assert_eq!(hash(Algorithm::Blake2b256), hex::encode(sp_crypto_hashing::blake2_256(b"abc")));
	}

	#[test]
	fn a_digest_is_read_as_it_is_written() {
		let digest = Digest::Sm3([9; 32]);
		assert_eq!(parse(&digest.to_string()), Some((Algorithm::Sm3, digest)));
		assert_eq!(parse("md5:0x00"), None);
		assert_eq!(parse("sm3:0x00"), None);
	}
}
