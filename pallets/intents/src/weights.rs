//! Weights of the calls of `pallet_intents`.
//!
//! Written by `make weights` from the benchmarks on the runtime in WASM: 6 steps, at least 3
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
	fn submit_batch_together(n: u32) -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Intents::Sequences` (r:1 w:1)
	/// Storage: `Claims::Rolls` (r:1 w:0)
	fn submit() -> Weight {
		// Shortest run: 19_549 ns.
		Weight::from_parts(40_951_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Intents::Sequences` (r:1 w:0)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Storage: `IdentityRegistry::Keys` (r:1 w:0)
	fn authorize_submit() -> Weight {
		// Shortest run: 95_852 ns.
		Weight::from_parts(106_648_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Storage: `IdentityRegistry::Keys` (r:2048 w:0)
	/// Storage: `Intents::Sequences` (r:2048 w:2048)
	/// Storage: `Claims::Rolls` (r:1 w:0)
	/// `n` is from 1 to 2048.
	fn submit_batch(n: u32) -> Weight {
		// Shortest run: 208_649 ns.
		Weight::from_parts(2_246_887_232, 0)
			.saturating_add(Weight::from_parts(132_766_383, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Storage: `IdentityRegistry::Keys` (r:2048 w:0)
	/// Storage: `Intents::Sequences` (r:2048 w:2048)
	/// Storage: `Claims::Rolls` (r:1 w:0)
	/// `n` is from 1 to 2048.
	fn submit_batch_together(n: u32) -> Weight {
		// Shortest run: 108_701 ns.
		Weight::from_parts(4_352_741_285, 0)
			.saturating_add(Weight::from_parts(41_985_144, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn submit() -> Weight {
		Weight::from_parts(40_951_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn authorize_submit() -> Weight {
		Weight::from_parts(106_648_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
	}
	fn submit_batch(n: u32) -> Weight {
		Weight::from_parts(2_246_887_232, 0)
			.saturating_add(Weight::from_parts(132_766_383, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	fn submit_batch_together(n: u32) -> Weight {
		Weight::from_parts(4_352_741_285, 0)
			.saturating_add(Weight::from_parts(41_985_144, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
}
