//! Weights of the calls of `pallet_committee_election`.
//!
//! Written by `make weights` from the benchmarks on the runtime in WASM: 20 steps, at least 10
//! repeats. Proof sizes are zero, because no relay chain checks proofs of these blocks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weights of the calls of `pallet_committee_election`.
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
	fn list_candidates() -> Weight;
	fn draw_candidates() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Cases::Minimums` (r:1 w:0)
	/// Storage: `CommitteeElection::Elections` (r:1 w:1)
	/// Storage: `CommitteeElection::Candidates` (r:1 w:1)
	/// Storage: `Claims::Entries` (r:32 w:0)
	/// Storage: `CommitteeElection::Listings` (r:0 w:1)
	fn open_nominations() -> Weight {
		// Shortest run: 159_746 ns.
		Weight::from_parts(169_852_000, 0)
			.saturating_add(T::DbWeight::get().reads(37_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `CommitteeElection::Elections` (r:1 w:0)
	/// Storage: `Claims::Entries` (r:33 w:0)
	/// Storage: `CommitteeElection::Candidates` (r:1 w:1)
	/// Storage: `CommitteeElection::Places` (r:1 w:1)
	fn nominate() -> Weight {
		// Shortest run: 82_492 ns.
		Weight::from_parts(86_869_000, 0)
			.saturating_add(T::DbWeight::get().reads(37_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `CommitteeElection::Candidates` (r:1 w:1)
	fn withdraw() -> Weight {
		// Shortest run: 24_727 ns.
		Weight::from_parts(27_911_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `CommitteeElection::Elections` (r:1 w:1)
	/// Storage: `CommitteeElection::Candidates` (r:1 w:1)
	/// Storage: `Claims::Entries` (r:1 w:0)
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
	/// Storage: `CommitteeElection::FirstBallots` (r:0 w:1)
	/// Storage: `CommitteeElection::Listings` (r:1 w:0)
	fn open_first_ballot() -> Weight {
		// Shortest run: 133_077 ns.
		Weight::from_parts(144_814_000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `CommitteeElection::Committees` (r:1 w:1)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:0 w:1)
	fn resign() -> Weight {
		// Shortest run: 48_892 ns.
		Weight::from_parts(55_922_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `CommitteeElection::Committees` (r:1 w:0)
	/// Storage: `CommitteeElection::Recalls` (r:1 w:1)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `Polls::NextPoll` (r:1 w:1)
	/// Storage: `Polls::OpenPolls` (r:1 w:1)
	/// Storage: `Polls::Polls` (r:0 w:1)
	/// Storage: `Polls::Tallies` (r:0 w:1)
	/// Storage: `Polls::Booths` (r:0 w:1)
	fn open_recall() -> Weight {
		// Shortest run: 73_098 ns.
		Weight::from_parts(78_717_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `CommitteeElection::Committees` (r:1 w:0)
	/// Storage: `Claims::Entries` (r:1 w:0)
	/// Storage: `CommitteeElection::OpenDecisions` (r:1 w:1)
	/// Storage: `CommitteeElection::DecisionCount` (r:1 w:1)
	/// Storage: `CommitteeElection::Reviews` (r:1 w:1)
	/// Storage: `CommitteeElection::Decisions` (r:0 w:1)
	fn propose_decision() -> Weight {
		// Shortest run: 43_354 ns.
		Weight::from_parts(48_041_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `CommitteeElection::Committees` (r:1 w:0)
	/// Storage: `Claims::Entries` (r:1 w:0)
	/// Storage: `CommitteeElection::Decisions` (r:1 w:1)
	/// Storage: `CommitteeElection::OpenDecisions` (r:1 w:1)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:0 w:1)
	fn decide() -> Weight {
		// Shortest run: 67_761 ns.
		Weight::from_parts(72_607_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `CommitteeElection::FirstBallots` (r:1 w:0)
	/// Storage: `CommitteeElection::Elections` (r:1 w:1)
	/// Storage: `Cases::Cases` (r:1 w:1)
	/// Storage: `CommitteeElection::Candidates` (r:1 w:1)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:2 w:2)
	/// Storage: `Evidence::Records` (r:0 w:2)
	/// Storage: `CommitteeElection::Committees` (r:0 w:1)
	/// Storage: `CommitteeElection::Listings` (r:0 w:1)
	fn conclude_first_ballot() -> Weight {
		// Shortest run: 85_978 ns.
		Weight::from_parts(92_197_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	/// Storage: `CommitteeElection::Recalls` (r:1 w:1)
	/// Storage: `CommitteeElection::Committees` (r:1 w:1)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:0 w:1)
	fn conclude_recall() -> Weight {
		// Shortest run: 51_647 ns.
		Weight::from_parts(60_250_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `CommitteeElection::Elections` (r:1 w:0)
	/// Storage: `CommitteeElection::Candidates` (r:1 w:0)
	/// Storage: `CommitteeElection::Listings` (r:0 w:1)
	fn list_candidates() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `CommitteeElection::Elections` (r:1 w:1)
	/// Storage: `System::BlockHash` (r:1 w:0)
	fn draw_candidates() -> Weight {
		Weight::from_parts(35_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn open_nominations() -> Weight {
		Weight::from_parts(169_852_000, 0)
			.saturating_add(ParityDbWeight::get().reads(37_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn nominate() -> Weight {
		Weight::from_parts(86_869_000, 0)
			.saturating_add(ParityDbWeight::get().reads(37_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn withdraw() -> Weight {
		Weight::from_parts(27_911_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn open_first_ballot() -> Weight {
		Weight::from_parts(144_814_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12_u64))
			.saturating_add(ParityDbWeight::get().writes(12_u64))
	}
	fn resign() -> Weight {
		Weight::from_parts(55_922_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn open_recall() -> Weight {
		Weight::from_parts(78_717_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7_u64))
			.saturating_add(ParityDbWeight::get().writes(7_u64))
	}
	fn propose_decision() -> Weight {
		Weight::from_parts(48_041_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
	}
	fn decide() -> Weight {
		Weight::from_parts(72_607_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn conclude_first_ballot() -> Weight {
		Weight::from_parts(92_197_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(10_u64))
	}
	fn conclude_recall() -> Weight {
		Weight::from_parts(60_250_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn list_candidates() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
	fn draw_candidates() -> Weight {
		Weight::from_parts(35_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
}
