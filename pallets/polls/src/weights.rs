//! Weights of the calls of polls, estimated from their reads and writes.

#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// Weights of the calls of this pallet.
pub trait WeightInfo {
	fn open() -> Weight;
	fn cast() -> Weight;
	fn close() -> Weight;
}

/// Weights on the reference machine, with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: institution (r:1), case (r:1), roll (r:1 w:1), `NextPoll` (r:1 w:1), `OpenPolls`
	/// (r:1 w:1), `Polls` (w:1), `Booths` (w:1), `Tallies` (w:8), `Timestamp::Now` (r:1)
	fn open() -> Weight {
		Weight::from_parts(120_000_000, 18_000)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(13))
	}

	/// Storage: claim state and amount (r:3), `Ballots` (r:1 w:1). `Booths`, `Tallies` and
	/// `Timestamp::Now` are the same for every ballot of a block.
	fn cast() -> Weight {
		Weight::from_parts(30_000_000, 18_000)
	}

	/// Storage: institution (r:1), case (r:1), roll (r:1 w:1), evidence (r:3 w:3), `Polls` (r:1
	/// w:1), `Tallies` (r:8), `OpenPolls` (r:1 w:1), `Results` (w:1), `Booths` (w:1),
	/// `Timestamp::Now` (r:1)
	fn close() -> Weight {
		Weight::from_parts(900_000_000, 80_000)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(8))
	}
}

impl WeightInfo for () {
	fn open() -> Weight {
		Weight::from_parts(120_000_000, 18_000)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(13))
	}

	fn cast() -> Weight {
		Weight::from_parts(30_000_000, 18_000)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn close() -> Weight {
		Weight::from_parts(900_000_000, 80_000)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
}
