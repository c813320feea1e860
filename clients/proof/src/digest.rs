//! Digests of what is kept off chain, by the three algorithms that the chain knows.

use crate::Hash;
use alloc::string::{String, ToString};
use codec::{Decode, Encode};
use core::{fmt, str::FromStr};
use serde::{de, Deserialize, Deserializer, Serialize, Serializer};

/// A digest algorithm. The order is that of the chain's encoding.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Default,
	Hash,
	Encode,
	Decode,
	Serialize,
	Deserialize,
)]
pub enum Algorithm {
	/// BLAKE2b with 256 bits.
	#[default]
	#[serde(rename = "blake2b-256")]
	Blake2b256,
	/// SHA-256.
	#[serde(rename = "sha2-256")]
	Sha256,
	/// SM3, GB/T 32905-2016.
	#[serde(rename = "sm3")]
	Sm3,
}

impl Algorithm {
	/// Every algorithm.
	pub const ALL: [Self; 3] = [Self::Blake2b256, Self::Sha256, Self::Sm3];

	/// The name in a written digest.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Blake2b256 => "blake2b-256",
			Self::Sha256 => "sha2-256",
			Self::Sm3 => "sm3",
		}
	}

	/// The digest of `bytes`.
	pub fn hash(self, bytes: &[u8]) -> Digest {
		self.hash_parts(&[bytes])
	}

	/// The digest of `parts`, one after the other.
	pub(crate) fn hash_parts(self, parts: &[&[u8]]) -> Digest {
		let bytes = match self {
			Self::Blake2b256 => digest_of::<blake2::Blake2b<sha2::digest::consts::U32>>(parts),
			Self::Sha256 => digest_of::<sha2::Sha256>(parts),
			Self::Sm3 => digest_of::<sm3::Sm3>(parts),
		};
		Digest { algorithm: self, bytes }
	}
}

fn digest_of<H>(parts: &[&[u8]]) -> [u8; 32]
where
	H: sha2::Digest<OutputSize = sha2::digest::consts::U32>,
{
	let mut hasher = H::new();
	parts.iter().for_each(|part| hasher.update(part));
	hasher.finalize().into()
}

impl FromStr for Algorithm {
	type Err = NotADigest;

	fn from_str(name: &str) -> Result<Self, NotADigest> {
		Self::ALL.into_iter().find(|algorithm| algorithm.name() == name).ok_or(NotADigest)
	}
}

/// A digest with its algorithm. In SCALE it is what the chain stores: the algorithm in one byte,
/// then 32 bytes. As text it reads `blake2b-256:0x…`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Encode, Decode)]
pub struct Digest {
	/// The algorithm.
	pub algorithm: Algorithm,
	/// What it gave.
	pub bytes: [u8; 32],
}

impl fmt::Display for Digest {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(out, "{}:{}", self.algorithm.name(), Hash(self.bytes))
	}
}

/// A text that is no digest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotADigest;

impl fmt::Display for NotADigest {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		out.write_str(
			"a digest reads blake2b-256:0x…, sha2-256:0x… or sm3:0x…, with 64 lower-case hex digits",
		)
	}
}

impl core::error::Error for NotADigest {}

impl FromStr for Digest {
	type Err = NotADigest;

	fn from_str(text: &str) -> Result<Self, NotADigest> {
		let (name, digits) = text.split_once(':').ok_or(NotADigest)?;
		let bytes = digits.parse::<Hash>().map_err(|_| NotADigest)?.0;
		let digest = Self { algorithm: name.parse()?, bytes };
		// One digest has one text.
		if digest.to_string() == text {
			Ok(digest)
		} else {
			Err(NotADigest)
		}
	}
}

impl Serialize for Digest {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

impl<'de> Deserialize<'de> for Digest {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn digests_are_those_of_the_standards() {
		let written = |algorithm: Algorithm| algorithm.hash(b"abc").to_string();
		assert_eq!(
			written(Algorithm::Sha256),
			"sha2-256:0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
		);
		assert_eq!(
			written(Algorithm::Sm3),
			"sm3:0x66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
		);
		assert_eq!(
			written(Algorithm::Blake2b256),
			"blake2b-256:0xbddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"
		);
	}

	#[test]
	fn a_digest_is_one_byte_and_thirty_two_on_chain() {
		for (index, algorithm) in (0u8..).zip(Algorithm::ALL) {
			let digest = algorithm.hash(b"abc");
			assert_eq!(digest.encode(), [&[index][..], &digest.bytes].concat());
			assert_eq!(Digest::decode(&mut &digest.encode()[..]), Ok(digest));
		}
	}

	#[test]
	fn a_digest_has_one_text() {
		let digest = Algorithm::Sm3.hash(b"abc");
		let text = digest.to_string();
		assert_eq!(text.parse(), Ok(digest));
		let upper = text.to_uppercase().replace("SM3:0X", "sm3:0x");
		for wrong in ["", "sm3", "md5:0x00", &text[..66], &text.replace("0x", ""), &upper] {
			assert_eq!(wrong.parse::<Digest>(), Err(NotADigest), "{wrong}");
		}
	}
}
