//! Headers of blocks, and what GRANDPA says in them.

use crate::hash::Hash;
use alloc::vec::Vec;
use codec::{Decode, DecodeAll, Encode};

/// The engine whose digest items change the validators that finalise blocks.
pub const GRANDPA: [u8; 4] = *b"FRNK";

/// The header of a block.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Header {
	/// The hash of the block before.
	pub parent: Hash,
	/// The height; the first block has 0.
	#[codec(compact)]
	pub number: u32,
	/// The root of the state after the block.
	pub state_root: Hash,
	/// The root of the block's transactions.
	pub extrinsics_root: Hash,
	/// What the consensus engines say.
	pub digest: Vec<DigestItem>,
}

/// One item of a header's digest.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum DigestItem {
	/// Anything else.
	#[codec(index = 0)]
	Other(Vec<u8>),
	/// From the runtime to an engine.
	#[codec(index = 4)]
	Consensus([u8; 4], Vec<u8>),
	/// The author's signature.
	#[codec(index = 5)]
	Seal([u8; 4], Vec<u8>),
	/// From an engine to the runtime.
	#[codec(index = 6)]
	PreRuntime([u8; 4], Vec<u8>),
	/// The block changed the runtime.
	#[codec(index = 8)]
	RuntimeEnvironmentUpdated,
}

/// A validator's ed25519 key.
pub type ValidatorKey = Hash;

/// The validators that shall finalise blocks, each with its weight.
pub type Authorities = Vec<(ValidatorKey, u64)>;

/// A change of the validators.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ScheduledChange {
	/// The next validators.
	pub next: Authorities,
	/// Blocks until they take over; on this chain always 0.
	pub delay: u32,
}

/// What the runtime tells GRANDPA.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Signal {
	/// The next validators take over once this block is final.
	#[codec(index = 1)]
	ScheduledChange(ScheduledChange),
	/// The next validators take over without the old ones.
	#[codec(index = 2)]
	ForcedChange(u32, ScheduledChange),
	/// A validator is switched off.
	#[codec(index = 3)]
	OnDisabled(u64),
	/// The validators stop after some blocks.
	#[codec(index = 4)]
	Pause(u32),
	/// The validators go on after some blocks.
	#[codec(index = 5)]
	Resume(u32),
}

/// An item of GRANDPA that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnreadableSignal;

impl Header {
	/// The block's hash. Whoever trusts it may trust every field of the header.
	pub fn hash(&self) -> Hash {
		self.using_encoded(Hash::of)
	}

	/// What the runtime tells GRANDPA in this block, in order.
	pub fn signals(&self) -> Result<Vec<Signal>, UnreadableSignal> {
		let items = self.digest.iter().filter_map(|item| match item {
			DigestItem::Consensus(GRANDPA, bytes) => Some(bytes),
			_ => None,
		});
		items
			.map(|bytes| Signal::decode_all(&mut &bytes[..]).map_err(|_| UnreadableSignal))
			.collect()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::{
		generic,
		traits::{BlakeTwo256, Header as _},
		Digest, DigestItem as SdkItem,
	};

	type SdkHeader = generic::Header<u32, BlakeTwo256>;

	fn of_the_sdk() -> SdkHeader {
		let change = sp_consensus_grandpa::ConsensusLog::<u32>::ScheduledChange(
			sp_consensus_grandpa::ScheduledChange {
				next_authorities: vec![(sp_core::ed25519::Public::from_raw([9; 32]).into(), 1)],
				delay: 0,
			},
		);
		let logs = vec![
			SdkItem::PreRuntime(*b"aura", vec![1, 2]),
			SdkItem::Consensus(GRANDPA, change.encode()),
			SdkItem::RuntimeEnvironmentUpdated,
			SdkItem::Other(vec![7]),
			SdkItem::Seal(*b"aura", vec![3; 64]),
		];
		SdkHeader::new(70_000, [1; 32].into(), [2; 32].into(), [3; 32].into(), Digest { logs })
	}

	#[test]
	fn a_header_of_the_sdk_is_read_and_has_the_same_hash() {
		let sdk = of_the_sdk();
		let header = Header::decode_all(&mut &sdk.encode()[..]).unwrap();
		assert_eq!(header.number, 70_000);
		assert_eq!(header.encode(), sdk.encode());
		assert_eq!(header.hash().0, sdk.hash().0);
	}

	#[test]
	fn a_change_of_validators_is_found_in_the_header() {
		let header = Header::decode_all(&mut &of_the_sdk().encode()[..]).unwrap();
		let change = ScheduledChange { next: vec![(Hash([9; 32]), 1)], delay: 0 };
		assert_eq!(header.signals(), Ok(vec![Signal::ScheduledChange(change)]));
	}

	#[test]
	fn a_signal_with_bytes_left_over_is_unreadable() {
		let mut header = Header::decode_all(&mut &of_the_sdk().encode()[..]).unwrap();
		let DigestItem::Consensus(_, bytes) = &mut header.digest[1] else { panic!() };
		bytes.push(0);
		assert_eq!(header.signals(), Err(UnreadableSignal));
	}
}
