use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The digest of something kept off chain, with the algorithm that made it. 33 bytes encoded.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Digest {
	/// BLAKE2b with 256 bits.
	#[codec(index = 0)]
	Blake2b256([u8; 32]),
	/// SHA-256.
	#[codec(index = 1)]
	Sha256([u8; 32]),
	/// SM3, GB/T 32905-2016.
	#[codec(index = 2)]
	Sm3([u8; 32]),
}

impl Digest {
	/// Bytes of an encoded digest.
	pub const WIDTH: usize = 33;

	/// The BLAKE2b-256 digest of the SCALE encoding of `value`.
	pub fn of<T: Encode>(value: &T) -> Self {
		Self::Blake2b256(value.using_encoded(sp_io::hashing::blake2_256))
	}

	/// Whether all bytes are zero. Nothing has such a digest: a client wrote it for a text that is none.
	pub fn is_zero(&self) -> bool {
		self.bytes() == &[0; 32]
	}

	/// The 32 bytes, whatever the algorithm.
	pub fn bytes(&self) -> &[u8; 32] {
		match self {
			Self::Blake2b256(bytes) | Self::Sha256(bytes) | Self::Sm3(bytes) => bytes,
		}
	}
}
