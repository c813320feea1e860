//! Weights of the calls of `pallet_repayment_vote`.
//!
//! Written by `make weights` from the benchmarks on the runtime in WASM: 20 steps, at least 10
//! repeats. Proof sizes are zero, because no relay chain checks proofs of these blocks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weights of the calls of `pallet_repayment_vote`.
pub trait WeightInfo {
	fn propose_plan() -> Weight;
	fn open_vote() -> Weight;
	fn report_payment() -> Weight;
	fn flag_overdue() -> Weight;
	fn acknowledge() -> Weight;
	fn complain() -> Weight;
	fn conclude_vote() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `RepaymentVote::VoteRounds` (r:1 w:0)
	/// Storage: `RepaymentVote::Documents` (r:1 w:1)
	/// Storage: `RepaymentVote::PlanCount` (r:1 w:1)
	/// Storage: `RepaymentVote::Plans` (r:0 w:1)
	fn propose_plan() -> Weight {
		// Shortest run: 47_110 ns.
		Weight::from_parts(51_235_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:1)
	/// Storage: `RepaymentVote::VoteRounds` (r:1 w:1)
	/// Storage: `RepaymentVote::Plans` (r:8 w:8)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `Polls::NextPoll` (r:1 w:1)
	/// Storage: `Polls::OpenPolls` (r:1 w:1)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:0 w:1)
	/// Storage: `Polls::Polls` (r:0 w:1)
	/// Storage: `Polls::Tallies` (r:0 w:1)
	/// Storage: `Polls::Booths` (r:0 w:1)
	/// Storage: `RepaymentVote::PlanBallots` (r:0 w:1)
	fn open_vote() -> Weight {
		// Shortest run: 175_209 ns.
		Weight::from_parts(187_677_000, 0)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(20_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `RepaymentVote::Adopted` (r:1 w:0)
	/// Storage: `RepaymentVote::Plans` (r:1 w:0)
	/// Storage: `RepaymentVote::Payments` (r:1 w:1)
	/// Storage: `RepaymentVote::Progresses` (r:1 w:1)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:0 w:1)
	/// Storage: `Claims::Rolls` (r:1 w:0)
	fn report_payment() -> Weight {
		// Shortest run: 84_205 ns.
		Weight::from_parts(89_973_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `RepaymentVote::Adopted` (r:1 w:0)
	/// Storage: `RepaymentVote::Plans` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `RepaymentVote::Progresses` (r:1 w:1)
	fn flag_overdue() -> Weight {
		// Shortest run: 46_058 ns.
		Weight::from_parts(50_054_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `RepaymentVote::Adopted` (r:1 w:0)
	/// Storage: `RepaymentVote::Plans` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Claims::Entries` (r:1 w:0)
	/// Storage: `RepaymentVote::Progresses` (r:1 w:1)
	/// Storage: `RepaymentVote::Replies` (r:1 w:1)
	fn acknowledge() -> Weight {
		// Shortest run: 52_107 ns.
		Weight::from_parts(56_414_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `RepaymentVote::Adopted` (r:1 w:0)
	/// Storage: `RepaymentVote::Plans` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Claims::Entries` (r:1 w:0)
	/// Storage: `RepaymentVote::Progresses` (r:1 w:1)
	/// Storage: `RepaymentVote::Replies` (r:1 w:1)
	fn complain() -> Weight {
		// Shortest run: 51_547 ns.
		Weight::from_parts(56_884_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `RepaymentVote::PlanBallots` (r:1 w:0)
	/// Storage: `RepaymentVote::VoteRounds` (r:1 w:1)
	/// Storage: `Cases::Cases` (r:1 w:1)
	/// Storage: `RepaymentVote::Plans` (r:8 w:8)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:2 w:2)
	/// Storage: `Evidence::Records` (r:0 w:2)
	/// Storage: `RepaymentVote::Adopted` (r:0 w:1)
	fn conclude_vote() -> Weight {
		// Shortest run: 122_542 ns.
		Weight::from_parts(126_788_000, 0)
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn propose_plan() -> Weight {
		Weight::from_parts(51_235_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn open_vote() -> Weight {
		Weight::from_parts(187_677_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17_u64))
			.saturating_add(ParityDbWeight::get().writes(20_u64))
	}
	fn report_payment() -> Weight {
		Weight::from_parts(89_973_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn flag_overdue() -> Weight {
		Weight::from_parts(50_054_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn acknowledge() -> Weight {
		Weight::from_parts(56_414_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn complain() -> Weight {
		Weight::from_parts(56_884_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn conclude_vote() -> Weight {
		Weight::from_parts(126_788_000, 0)
			.saturating_add(ParityDbWeight::get().reads(15_u64))
			.saturating_add(ParityDbWeight::get().writes(16_u64))
	}
}
