//! Weights of the calls of `pallet_intents`.
//!
//! Written by `make weights` from the benchmarks on the runtime in WASM: 4 steps, at least 2
//! repeats. Proof sizes are zero, because no relay chain checks proofs of these blocks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weights of the calls of `pallet_intents`.
pub trait WeightInfo {
	fn submit() -> Weight;
	fn authorize_submit() -> Weight;
	fn submit_batch(n: u32) -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Intents::Sequences` (r:1 w:1)
	/// Storage: `Claims::Rolls` (r:1 w:0)
	fn submit() -> Weight {
		// Shortest run: 22_954 ns.
		Weight::from_parts(35_197_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Intents::Sequences` (r:1 w:0)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Storage: `IdentityRegistry::Keys` (r:1 w:0)
	fn authorize_submit() -> Weight {
		// Shortest run: 103_442 ns.
		Weight::from_parts(188_592_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Storage: `Intents::Sequences` (r:4096 w:4096)
	/// Storage: `IdentityRegistry::Keys` (r:4096 w:0)
	/// Storage: `Claims::Rolls` (r:1 w:0)
	/// `n` is from 1 to 4096.
	fn submit_batch(n: u32) -> Weight {
		// Shortest run: 132_429 ns.
		Weight::from_parts(37_794_049, 0)
			.saturating_add(Weight::from_parts(94_634_950, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn submit() -> Weight {
		Weight::from_parts(35_197_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn authorize_submit() -> Weight {
		Weight::from_parts(188_592_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
	}
	fn submit_batch(n: u32) -> Weight {
		Weight::from_parts(37_794_049, 0)
			.saturating_add(Weight::from_parts(94_634_950, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
}
