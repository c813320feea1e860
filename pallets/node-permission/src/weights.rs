//! Weights of the calls of `pallet_node_permission`.
//!
//! Written by `make weights` from the benchmarks on the runtime in WASM: 20 steps, at least 10
//! repeats. Proof sizes are zero, because no relay chain checks proofs of these blocks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weights of the calls of `pallet_node_permission`.
pub trait WeightInfo {
	fn permit() -> Weight;
	fn revoke() -> Weight;
	fn revoke_institution(p: u32) -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `NodePermission::Peers` (r:1 w:1)
	/// Storage: `NodePermission::CounterForPeers` (r:1 w:1)
	/// Storage: `NodePermission::Generation` (r:1 w:1)
	fn permit() -> Weight {
		// Shortest run: 40_119 ns.
		Weight::from_parts(49_533_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `NodePermission::Peers` (r:1 w:1)
	/// Storage: `NodePermission::CounterForPeers` (r:1 w:1)
	/// Storage: `NodePermission::Generation` (r:1 w:1)
	fn revoke() -> Weight {
		// Shortest run: 26_329 ns.
		Weight::from_parts(42_864_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `NodePermission::CounterForPeers` (r:1 w:1)
	/// Storage: `NodePermission::Peers` (r:257 w:256)
	/// Storage: `NodePermission::Generation` (r:1 w:1)
	/// `p` is from 1 to 256.
	fn revoke_institution(p: u32) -> Weight {
		// Shortest run: 23_855 ns.
		Weight::from_parts(0, 0)
			.saturating_add(Weight::from_parts(12_254_307, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn permit() -> Weight {
		Weight::from_parts(49_533_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn revoke() -> Weight {
		Weight::from_parts(42_864_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn revoke_institution(p: u32) -> Weight {
		Weight::from_parts(0, 0)
			.saturating_add(Weight::from_parts(12_254_307, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}
}
