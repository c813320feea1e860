//! Weights of the committee's calls, estimated from their reads and writes.

#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// Weights of this pallet. The last two are of its acts when one of its polls closes, for the
/// weight of the engine's `close`.
pub trait WeightInfo {
	fn open_nominations() -> Weight;
	fn nominate() -> Weight;
	fn withdraw() -> Weight;
	fn open_first_ballot() -> Weight;
	fn resign() -> Weight;
	fn open_recall() -> Weight;
	fn propose_decision() -> Weight;
	fn decide() -> Weight;
	fn conclude_first_ballot() -> Weight;
	fn conclude_recall() -> Weight;
}

/// Weights on the reference machine, with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: case (r:1), `Elections` (r:1 w:1), clock (r:1)
	fn open_nominations() -> Weight {
		Weight::from_parts(22_000_000, 4_000)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	/// Storage: case (r:1), `Elections` (r:1), `Candidates` (r:1 w:1), claim (r:4), clock (r:1)
	fn nominate() -> Weight {
		Weight::from_parts(45_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	/// Storage: case (r:1), `Candidates` (r:1 w:1)
	fn withdraw() -> Weight {
		Weight::from_parts(25_000_000, 5_000)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	/// Storage: case (r:1), `Elections` (r:1 w:1), `Candidates` (r:1 w:1), clock (r:1), claims of
	/// 32 candidates (r:97), the poll (r:6 w:6), evidence (r:3 w:3), `FirstBallots` (w:1)
	fn open_first_ballot() -> Weight {
		Weight::from_parts(420_000_000, 200_000)
			.saturating_add(T::DbWeight::get().reads(110))
			.saturating_add(T::DbWeight::get().writes(12))
	}

	/// Storage: case (r:1), `Committees` (r:1 w:1), evidence (r:3 w:3)
	fn resign() -> Weight {
		Weight::from_parts(45_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	/// Storage: case (r:1), `Committees` (r:1), `Recalls` (r:1 w:1), the poll (r:6 w:6)
	fn open_recall() -> Weight {
		Weight::from_parts(75_000_000, 14_000)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	/// Storage: case (r:1), `Committees` (r:1), `OpenDecisions` (r:1 w:1), `DecisionCount` (r:1 w:1),
	/// `Reviews` (r:1 w:1), clock (r:1), `Decisions` (w:1)
	fn propose_decision() -> Weight {
		Weight::from_parts(45_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	/// Storage: case (r:1), `Committees` (r:1), `Decisions` (r:1 w:1), clock (r:1), `OpenDecisions` (r:1 w:1),
	/// evidence (r:3 w:3)
	fn decide() -> Weight {
		Weight::from_parts(65_000_000, 10_000)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	/// Storage: `FirstBallots` (r:1), `Elections` (r:1 w:1), case (r:1 w:1), `Candidates` (r:1 w:1), evidence
	/// (r:5 w:5), `Committees` (w:1)
	fn conclude_first_ballot() -> Weight {
		Weight::from_parts(110_000_000, 16_000)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(9))
	}

	/// Storage: `Recalls` (r:1 w:1), `Committees` (r:1 w:1), case (r:1), evidence (r:3 w:3)
	fn conclude_recall() -> Weight {
		Weight::from_parts(60_000_000, 10_000)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}
}

impl WeightInfo for () {
	fn open_nominations() -> Weight {
		Weight::from_parts(22_000_000, 4_000)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn nominate() -> Weight {
		Weight::from_parts(45_000_000, 8_000)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn withdraw() -> Weight {
		Weight::from_parts(25_000_000, 5_000)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn open_first_ballot() -> Weight {
		Weight::from_parts(420_000_000, 200_000)
			.saturating_add(ParityDbWeight::get().reads(110))
			.saturating_add(ParityDbWeight::get().writes(12))
	}

	fn resign() -> Weight {
		Weight::from_parts(45_000_000, 8_000)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn open_recall() -> Weight {
		Weight::from_parts(75_000_000, 14_000)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn propose_decision() -> Weight {
		Weight::from_parts(45_000_000, 8_000)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn decide() -> Weight {
		Weight::from_parts(65_000_000, 10_000)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn conclude_first_ballot() -> Weight {
		Weight::from_parts(110_000_000, 16_000)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(9))
	}

	fn conclude_recall() -> Weight {
		Weight::from_parts(60_000_000, 10_000)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
}
