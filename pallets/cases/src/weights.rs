//! Weights of the calls of `pallet_cases`.
//!
//! Written by `make weights` from the benchmarks on the runtime in WASM: 20 steps, at least 10
//! repeats. Proof sizes are zero, because no relay chain checks proofs of these blocks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weights of the calls of `pallet_cases`.
pub trait WeightInfo {
	fn authorise() -> Weight;
	fn withdraw_authorisation() -> Weight;
	fn open() -> Weight;
	fn advance() -> Weight;
	fn escalate() -> Weight;
	fn set_minimums() -> Weight;
	fn cancel() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Consortium::Institutions` (r:2 w:0)
	/// Storage: `Cases::Authorisations` (r:0 w:1)
	fn authorise() -> Weight {
		// Shortest run: 20_320 ns.
		Weight::from_parts(22_023_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Authorisations` (r:1 w:1)
	fn withdraw_authorisation() -> Weight {
		// Shortest run: 19_760 ns.
		Weight::from_parts(21_702_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Consortium::Institutions` (r:10 w:0)
	/// Storage: `Cases::Authorisations` (r:1 w:1)
	/// Storage: `Cases::Minimums` (r:1 w:0)
	/// Storage: `Cases::NextCase` (r:1 w:1)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:1)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:1 w:1)
	/// Storage: `Cases::Cases` (r:0 w:1)
	/// Storage: `Evidence::Policies` (r:0 w:1)
	/// Storage: `Evidence::Records` (r:0 w:1)
	fn open() -> Weight {
		// Shortest run: 136_432 ns.
		Weight::from_parts(146_247_000, 0)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:1)
	/// Storage: `Claims::Rolls` (r:1 w:0)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:0 w:1)
	fn advance() -> Weight {
		// Shortest run: 61_911 ns.
		Weight::from_parts(66_339_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:1)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:0 w:1)
	fn escalate() -> Weight {
		// Shortest run: 48_592 ns.
		Weight::from_parts(52_428_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Cases::Minimums` (r:0 w:1)
	fn set_minimums() -> Weight {
		// Shortest run: 5_629 ns.
		Weight::from_parts(6_329_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:1)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:0 w:1)
	fn cancel() -> Weight {
		Weight::from_parts(52_428_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn authorise() -> Weight {
		Weight::from_parts(22_023_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn withdraw_authorisation() -> Weight {
		Weight::from_parts(21_702_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn open() -> Weight {
		Weight::from_parts(146_247_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16_u64))
			.saturating_add(ParityDbWeight::get().writes(8_u64))
	}
	fn advance() -> Weight {
		Weight::from_parts(66_339_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn escalate() -> Weight {
		Weight::from_parts(52_428_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn set_minimums() -> Weight {
		Weight::from_parts(6_329_000, 0)
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn cancel() -> Weight {
		Weight::from_parts(52_428_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
}
