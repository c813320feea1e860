//! Weights of the calls of `pallet_evidence`.
//!
//! Written by `make weights` from the benchmarks on the runtime in WASM: 20 steps, at least 10
//! repeats. Proof sizes are zero, because no relay chain checks proofs of these blocks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weights of the calls of `pallet_evidence`.
pub trait WeightInfo {
	fn deposit() -> Weight;
	fn attest() -> Weight;
	fn attest_batch(n: u32) -> Weight;
	fn set_policy() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Evidence::Known` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:2 w:2)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	fn deposit() -> Weight {
		// Shortest run: 68_020 ns.
		Weight::from_parts(72_528_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Evidence::Records` (r:1 w:1)
	/// Storage: `Evidence::Policies` (r:1 w:0)
	/// Storage: `Evidence::Attestations` (r:1 w:1)
	fn attest() -> Weight {
		// Shortest run: 41_031 ns.
		Weight::from_parts(44_516_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Evidence::Records` (r:256 w:256)
	/// Storage: `Evidence::Policies` (r:1 w:0)
	/// Storage: `Evidence::Attestations` (r:256 w:256)
	/// `n` is from 1 to 256.
	fn attest_batch(n: u32) -> Weight {
		// Shortest run: 43_104 ns.
		Weight::from_parts(0, 0)
			.saturating_add(Weight::from_parts(20_827_383, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Consortium::Institutions` (r:8 w:0)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:1)
	/// Storage: `Evidence::Policies` (r:0 w:1)
	fn set_policy() -> Weight {
		// Shortest run: 99_978 ns.
		Weight::from_parts(104_284_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn deposit() -> Weight {
		Weight::from_parts(72_528_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn attest() -> Weight {
		Weight::from_parts(44_516_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn attest_batch(n: u32) -> Weight {
		Weight::from_parts(0, 0)
			.saturating_add(Weight::from_parts(20_827_383, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(n.into())))
	}
	fn set_policy() -> Weight {
		Weight::from_parts(104_284_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
}
