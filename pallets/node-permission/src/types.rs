//! Peer ids and what a node asks about them.

use alloc::vec::Vec;
use frame_support::{traits::ConstU32, BoundedVec};

/// Longest peer id, in bytes.
pub const MAX_PEER_ID: u32 = 64;

/// The bytes of a libp2p peer id, a multihash of the node's public key.
pub type PeerId = BoundedVec<u8, ConstU32<MAX_PEER_ID>>;

/// Multihash code "identity" (0), 36 bytes of it: a protobuf of an ed25519 key (field 1: 1) of 32
/// bytes (field 2). So begins the id of a node with an ed25519 key, which every node of ours has.
const ED25519_PREFIX: [u8; 6] = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];
/// Multihash code "sha2-256" (0x12), 32 bytes of it. So begins the id of a node whose key is long.
const SHA2_256_PREFIX: [u8; 2] = [0x12, 0x20];
const KEY_LENGTH: usize = 32;

/// Whether `bytes` are a peer id as libp2p writes it.
pub(crate) fn is_peer_id(bytes: &[u8]) -> bool {
	[&ED25519_PREFIX[..], &SHA2_256_PREFIX[..]]
		.iter()
		.any(|prefix| bytes.strip_prefix(*prefix).is_some_and(|key| key.len() == KEY_LENGTH))
}

/// The peer id of a node whose public key is `key`.
pub fn ed25519_peer_id(key: [u8; KEY_LENGTH]) -> PeerId {
	BoundedVec::truncate_from(ED25519_PREFIX.into_iter().chain(key).collect())
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
