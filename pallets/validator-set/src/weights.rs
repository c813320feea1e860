//! Weights of the calls of `pallet_validator_set`.
//!
//! Written by `make weights` from the benchmarks on the runtime in WASM: 20 steps, at least 10
//! repeats. Proof sizes are zero, because no relay chain checks proofs of these blocks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weights of the calls of `pallet_validator_set`.
pub trait WeightInfo {
	fn add_validator() -> Weight;
	fn remove_validator() -> Weight;
	fn set_minimum() -> Weight;
	fn withdraw_keys() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Session::NextKeys` (r:1 w:0)
	/// Storage: `ValidatorSet::Chosen` (r:1 w:1)
	/// Storage: `ValidatorSet::Active` (r:1 w:0)
	/// Storage: `ValidatorSet::Queued` (r:1 w:0)
	/// Storage: `System::Account` (r:1 w:1)
	fn add_validator() -> Weight {
		// Shortest run: 53_609 ns.
		Weight::from_parts(60_079_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `ValidatorSet::Chosen` (r:1 w:1)
	/// Storage: `ValidatorSet::Minimum` (r:1 w:0)
	/// Storage: `ValidatorSet::Active` (r:1 w:0)
	/// Storage: `ValidatorSet::Queued` (r:1 w:0)
	/// Storage: `Session::NextKeys` (r:1 w:1)
	/// Storage: `Session::ExternallySetKeys` (r:1 w:0)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Session::KeyOwner` (r:0 w:2)
	fn remove_validator() -> Weight {
		// Shortest run: 59_358 ns.
		Weight::from_parts(65_087_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `ValidatorSet::Chosen` (r:1 w:0)
	/// Storage: `ValidatorSet::Minimum` (r:0 w:1)
	fn set_minimum() -> Weight {
		// Shortest run: 17_426 ns.
		Weight::from_parts(21_031_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `ValidatorSet::Active` (r:1 w:0)
	/// Storage: `ValidatorSet::Chosen` (r:1 w:0)
	/// Storage: `ValidatorSet::Queued` (r:1 w:0)
	/// Storage: `Session::NextKeys` (r:1 w:1)
	/// Storage: `Session::ExternallySetKeys` (r:1 w:0)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Session::KeyOwner` (r:0 w:2)
	fn withdraw_keys() -> Weight {
		// Shortest run: 51_857 ns.
		Weight::from_parts(57_345_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn add_validator() -> Weight {
		Weight::from_parts(60_079_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn remove_validator() -> Weight {
		Weight::from_parts(65_087_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn set_minimum() -> Weight {
		Weight::from_parts(21_031_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn withdraw_keys() -> Weight {
		Weight::from_parts(57_345_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
}
