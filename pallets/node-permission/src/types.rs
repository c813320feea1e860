//! Peer ids and what a node asks about them.

use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::{Type, TypeInfo};
use serde::{Deserialize, Serialize};

/// Longest text of a peer id, in bytes.
pub const MAX_PEER_ID: u32 = 64;

/// A libp2p peer id as nodes print it: `12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp`.
///
/// It is the base58 text of a multihash of the node's public key. The text itself is kept, and its type
/// in the metadata is a string, so that clients show and take it as people write it.
#[derive(
	Clone,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	Serialize,
	Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct PeerId(BoundedVec<u8, ConstU32<MAX_PEER_ID>>);

impl PeerId {
	/// `text` as a peer id; `None` when it is none.
	pub fn new(text: &str) -> Option<Self> {
		let bytes = bs58::decode(text).into_vec().ok()?;
		if !is_multihash(&bytes) {
			return None;
		}
		Some(Self(text.as_bytes().to_vec().try_into().ok()?))
	}

	/// The text; empty when what is stored is none.
	pub fn as_str(&self) -> &str {
		core::str::from_utf8(&self.0).unwrap_or_default()
	}

	/// The bytes of the multihash; none when what is stored is no peer id.
	pub fn multihash(&self) -> Vec<u8> {
		bs58::decode(&*self.0).into_vec().unwrap_or_default()
	}

	/// Whether what is stored is a peer id.
	pub(crate) fn is_sound(&self) -> bool {
		Self::new(self.as_str()).as_ref() == Some(self)
	}
}

impl TypeInfo for PeerId {
	type Identity = str;

	fn type_info() -> Type {
		str::type_info()
	}
}

impl fmt::Display for PeerId {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(self.as_str())
	}
}

impl From<PeerId> for String {
	fn from(peer: PeerId) -> Self {
		peer.as_str().into()
	}
}

impl TryFrom<String> for PeerId {
	type Error = &'static str;

	fn try_from(text: String) -> Result<Self, Self::Error> {
		Self::new(&text)
			.ok_or("no peer id, such as 12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp")
	}
}

/// Multihash code "identity" (0), 36 bytes of it: a protobuf of an ed25519 key (field 1: 1) of 32
/// bytes (field 2). So begins the id of a node with an ed25519 key, which every node of ours has.
const ED25519_PREFIX: [u8; 6] = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];
/// Multihash code "sha2-256" (0x12), 32 bytes of it. So begins the id of a node whose key is long.
const SHA2_256_PREFIX: [u8; 2] = [0x12, 0x20];
const KEY_LENGTH: usize = 32;

/// Whether `bytes` are those of a peer id.
fn is_multihash(bytes: &[u8]) -> bool {
	[&ED25519_PREFIX[..], &SHA2_256_PREFIX[..]]
		.iter()
		.any(|prefix| bytes.strip_prefix(*prefix).is_some_and(|key| key.len() == KEY_LENGTH))
}

/// The peer id of a node whose public key is `key`.
pub fn ed25519_peer_id(key: [u8; KEY_LENGTH]) -> PeerId {
	let bytes: Vec<u8> = ED25519_PREFIX.into_iter().chain(key).collect();
	PeerId(BoundedVec::truncate_from(bs58::encode(bytes).into_vec()))
}

/// What a benchmark needs of the runtime around the pallet.
#[cfg(any(test, feature = "runtime-benchmarks"))]
pub trait BenchmarkHelper<RuntimeOrigin, AccountId> {
	/// An origin that may manage the list.
	fn manage_origin() -> RuntimeOrigin;
	/// An institution.
	fn institution() -> AccountId;
}

sp_api::decl_runtime_apis! {
	/// Which peers may connect. A node asks at finalised blocks.
	pub trait NodePermissionApi {
		/// Raised by one whenever the list changes.
		fn generation() -> u64;
		/// The bytes of every permitted peer id, in ascending order.
		fn peers() -> Vec<Vec<u8>>;
	}
}
