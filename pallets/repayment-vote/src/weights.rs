//! Weights of the repayment's calls, estimated from their reads and writes.

#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// Weights of this pallet. The last one is of its act when one of its polls closes, for the weight
/// of the engine's `close`.
pub trait WeightInfo {
	fn propose_plan() -> Weight;
	fn open_vote() -> Weight;
	fn report_payment() -> Weight;
	fn flag_overdue() -> Weight;
	fn acknowledge() -> Weight;
	fn complain() -> Weight;
	fn conclude_vote() -> Weight;
}

/// Weights on the reference machine, with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: case (r:1), `VoteRounds` (r:1), clock (r:1), `Documents` (r:1 w:1), `PlanCount` (r:1 w:1),
	/// `Plans` (w:1)
	fn propose_plan() -> Weight {
		Weight::from_parts(40_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	/// Storage: case (r:1 w:1), `VoteRounds` (r:1 w:1), clock (r:1), `Plans` of 8 plans (r:8 w:8), reviews
	/// (r:16), the poll (r:6 w:6), evidence of the stage (r:3 w:3), `PlanBallots` (w:1)
	fn open_vote() -> Weight {
		Weight::from_parts(190_000_000, 60_000)
			.saturating_add(T::DbWeight::get().reads(36))
			.saturating_add(T::DbWeight::get().writes(20))
	}

	/// Storage: case (r:1), `Adopted` (r:1), `Plans` (r:1), `Payments` (r:1 w:1), clock (r:1), `Progresses`
	/// (r:1 w:1), evidence (r:3 w:3)
	fn report_payment() -> Weight {
		Weight::from_parts(70_000_000, 12_000)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	/// Storage: `Adopted` (r:1), `Plans` (r:1), case (r:1), `Progresses` (r:1 w:1), clock (r:1)
	fn flag_overdue() -> Weight {
		Weight::from_parts(40_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	/// Storage: `Adopted` (r:1), `Plans` (r:1), case (r:1), claim (r:3), `Progresses` (r:1 w:1), `Replies`
	/// (r:1 w:1)
	fn acknowledge() -> Weight {
		Weight::from_parts(40_000_000, 9_000)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	/// Storage: `Adopted` (r:1), `Plans` (r:1), case (r:1), claim (r:3), `Progresses` (r:1 w:1), clock (r:1),
	/// `Replies` (r:1 w:1)
	fn complain() -> Weight {
		Weight::from_parts(40_000_000, 9_000)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	/// Storage: `PlanBallots` (r:1), `VoteRounds` (r:1 w:1), case (r:1 w:1), `Plans` of 8 plans (r:8 w:8),
	/// `Adopted` (w:1), evidence (r:6 w:6)
	fn conclude_vote() -> Weight {
		Weight::from_parts(140_000_000, 30_000)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(17))
	}
}

impl WeightInfo for () {
	fn propose_plan() -> Weight {
		Weight::from_parts(40_000_000, 8_000)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn open_vote() -> Weight {
		Weight::from_parts(190_000_000, 60_000)
			.saturating_add(ParityDbWeight::get().reads(36))
			.saturating_add(ParityDbWeight::get().writes(20))
	}

	fn report_payment() -> Weight {
		Weight::from_parts(70_000_000, 12_000)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn flag_overdue() -> Weight {
		Weight::from_parts(40_000_000, 8_000)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn acknowledge() -> Weight {
		Weight::from_parts(40_000_000, 9_000)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn complain() -> Weight {
		Weight::from_parts(40_000_000, 9_000)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn conclude_vote() -> Weight {
		Weight::from_parts(140_000_000, 30_000)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(17))
	}
}
