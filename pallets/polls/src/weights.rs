//! Weights of the calls of `pallet_polls`.
//!
//! Written by `make weights` from the benchmarks on the runtime in WASM: 20 steps, at least 10
//! repeats. Proof sizes are zero, because no relay chain checks proofs of these blocks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weights of the calls of `pallet_polls`.
pub trait WeightInfo {
	fn open() -> Weight;
	fn cast() -> Weight;
	fn close() -> Weight;
	fn cancel() -> Weight;
	fn settle() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `Polls::NextPoll` (r:1 w:1)
	/// Storage: `Polls::OpenPolls` (r:1 w:1)
	/// Storage: `Polls::Polls` (r:0 w:1)
	/// Storage: `Polls::Tallies` (r:0 w:8)
	/// Storage: `Polls::Booths` (r:0 w:1)
	fn open() -> Weight {
		// Shortest run: 88_722 ns.
		Weight::from_parts(98_606_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(13_u64))
	}
	/// Storage: `Claims::Entries` (r:1 w:0)
	/// Storage: `Polls::Ballots` (r:1 w:1)
	fn cast() -> Weight {
		// Shortest run: 25_888 ns.
		Weight::from_parts(29_013_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Polls::Polls` (r:1 w:1)
	/// Storage: `Polls::Tallies` (r:8 w:0)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:1 w:1)
	/// Storage: `Polls::OpenPolls` (r:1 w:1)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:0 w:1)
	/// Storage: `Polls::Results` (r:0 w:1)
	/// Storage: `Polls::Booths` (r:0 w:1)
	fn close() -> Weight {
		// Shortest run: 2_103_896 ns.
		Weight::from_parts(2_219_708_000, 0)
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Polls::Polls` (r:1 w:1)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Polls::Booths` (r:1 w:1)
	/// Storage: `Polls::OpenPolls` (r:1 w:1)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	fn cancel() -> Weight {
		Weight::from_parts(98_606_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Polls::Polls` (r:1 w:1)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Storage: `Polls::Tallies` (r:8 w:0)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:1 w:1)
	/// Storage: `Polls::OpenPolls` (r:1 w:1)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:0 w:1)
	/// Storage: `Polls::Results` (r:0 w:1)
	fn settle() -> Weight {
		Weight::from_parts(2_900_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn open() -> Weight {
		Weight::from_parts(98_606_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(13_u64))
	}
	fn cast() -> Weight {
		Weight::from_parts(29_013_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn close() -> Weight {
		Weight::from_parts(2_219_708_000, 0)
			.saturating_add(ParityDbWeight::get().reads(15_u64))
			.saturating_add(ParityDbWeight::get().writes(8_u64))
	}
	fn cancel() -> Weight {
		Weight::from_parts(98_606_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn settle() -> Weight {
		Weight::from_parts(2_900_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
}
