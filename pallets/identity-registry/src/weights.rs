//! Weights of the calls of `pallet_identity_registry`.
//!
//! Written by `make weights` from the benchmarks on the runtime in WASM: 20 steps, at least 10
//! repeats. Proof sizes are zero, because no relay chain checks proofs of these blocks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weights of the calls of `pallet_identity_registry`.
pub trait WeightInfo {
	fn register_batch(n: u32) -> Weight;
	fn rebind() -> Weight;
	fn revoke() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Evidence::Records` (r:1 w:0)
	/// Storage: `IdentityRegistry::Rolls` (r:1 w:0)
	/// Storage: `IdentityRegistry::Keys` (r:512 w:512)
	/// Storage: `IdentityRegistry::KeyOwners` (r:512 w:512)
	/// `n` is from 1 to 512.
	fn register_batch(n: u32) -> Weight {
		// Shortest run: 56_684 ns.
		Weight::from_parts(0, 0)
			.saturating_add(Weight::from_parts(18_342_722, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Evidence::Records` (r:1 w:0)
	/// Storage: `IdentityRegistry::Keys` (r:1 w:1)
	/// Storage: `IdentityRegistry::KeyOwners` (r:1 w:1)
	fn rebind() -> Weight {
		// Shortest run: 50_915 ns.
		Weight::from_parts(55_322_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Evidence::Records` (r:1 w:0)
	/// Storage: `IdentityRegistry::Keys` (r:1 w:1)
	fn revoke() -> Weight {
		// Shortest run: 41_542 ns.
		Weight::from_parts(43_835_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn register_batch(n: u32) -> Weight {
		Weight::from_parts(0, 0)
			.saturating_add(Weight::from_parts(18_342_722, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	fn rebind() -> Weight {
		Weight::from_parts(55_322_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn revoke() -> Weight {
		Weight::from_parts(43_835_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
}
