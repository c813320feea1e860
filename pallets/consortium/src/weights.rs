//! Weights of the calls of `pallet_consortium`.
//!
//! Written by `make weights` from the benchmarks on the runtime in WASM: 20 steps, at least 10
//! repeats. Proof sizes are zero, because no relay chain checks proofs of these blocks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weights of the calls of `pallet_consortium`.
pub trait WeightInfo {
	fn admit() -> Weight;
	fn set_roles() -> Weight;
	fn suspend() -> Weight;
	fn reinstate() -> Weight;
	fn remove() -> Weight;
	fn enact() -> Weight;
	fn check_admission() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Consortium::Institutions` (r:1 w:1)
	/// Storage: `Consortium::CounterForInstitutions` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Consortium::Departures` (r:1 w:1)
	/// Storage: `Consortium::Council` (r:1 w:1)
	/// Storage: `Council::Proposals` (r:1 w:0)
	/// Storage: `Council::Voting` (r:32 w:32)
	/// Storage: `Council::Members` (r:0 w:1)
	/// Storage: `Council::Prime` (r:0 w:1)
	fn admit() -> Weight {
		// Shortest run: 256_570 ns.
		Weight::from_parts(288_838_000, 0)
			.saturating_add(T::DbWeight::get().reads(38_u64))
			.saturating_add(T::DbWeight::get().writes(39_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:1)
	/// Storage: `Consortium::Council` (r:1 w:1)
	/// Storage: `Council::Proposals` (r:1 w:0)
	/// Storage: `Council::Voting` (r:32 w:32)
	/// Storage: `Council::Members` (r:0 w:1)
	/// Storage: `Council::Prime` (r:0 w:1)
	fn set_roles() -> Weight {
		// Shortest run: 240_186 ns.
		Weight::from_parts(267_035_000, 0)
			.saturating_add(T::DbWeight::get().reads(35_u64))
			.saturating_add(T::DbWeight::get().writes(36_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:1)
	/// Storage: `Consortium::Council` (r:1 w:1)
	/// Storage: `Council::Proposals` (r:1 w:0)
	/// Storage: `Council::Voting` (r:32 w:32)
	/// Storage: `Council::Members` (r:0 w:1)
	/// Storage: `Council::Prime` (r:0 w:1)
	fn suspend() -> Weight {
		// Shortest run: 241_348 ns.
		Weight::from_parts(263_610_000, 0)
			.saturating_add(T::DbWeight::get().reads(35_u64))
			.saturating_add(T::DbWeight::get().writes(36_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:1)
	/// Storage: `Consortium::Council` (r:1 w:1)
	/// Storage: `Council::Proposals` (r:1 w:0)
	/// Storage: `Council::Voting` (r:32 w:32)
	/// Storage: `Council::Members` (r:0 w:1)
	/// Storage: `Council::Prime` (r:0 w:1)
	fn reinstate() -> Weight {
		// Shortest run: 226_486 ns.
		Weight::from_parts(237_672_000, 0)
			.saturating_add(T::DbWeight::get().reads(35_u64))
			.saturating_add(T::DbWeight::get().writes(36_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:1)
	/// Storage: `Consortium::Council` (r:1 w:1)
	/// Storage: `Council::Proposals` (r:1 w:0)
	/// Storage: `Council::Voting` (r:32 w:32)
	/// Storage: `Consortium::CounterForInstitutions` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Consortium::Buckets` (r:0 w:1)
	/// Storage: `Consortium::Departures` (r:0 w:1)
	/// Storage: `Council::Members` (r:0 w:1)
	/// Storage: `Council::Prime` (r:0 w:1)
	fn remove() -> Weight {
		// Shortest run: 257_832 ns.
		Weight::from_parts(302_277_000, 0)
			.saturating_add(T::DbWeight::get().reads(37_u64))
			.saturating_add(T::DbWeight::get().writes(40_u64))
	}
	fn enact() -> Weight {
		// Shortest run: 8_843 ns.
		Weight::from_parts(10_075_000, 0)
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Consortium::Buckets` (r:1 w:1)
	fn check_admission() -> Weight {
		// Shortest run: 17_756 ns.
		Weight::from_parts(19_148_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn admit() -> Weight {
		Weight::from_parts(288_838_000, 0)
			.saturating_add(ParityDbWeight::get().reads(38_u64))
			.saturating_add(ParityDbWeight::get().writes(39_u64))
	}
	fn set_roles() -> Weight {
		Weight::from_parts(267_035_000, 0)
			.saturating_add(ParityDbWeight::get().reads(35_u64))
			.saturating_add(ParityDbWeight::get().writes(36_u64))
	}
	fn suspend() -> Weight {
		Weight::from_parts(263_610_000, 0)
			.saturating_add(ParityDbWeight::get().reads(35_u64))
			.saturating_add(ParityDbWeight::get().writes(36_u64))
	}
	fn reinstate() -> Weight {
		Weight::from_parts(237_672_000, 0)
			.saturating_add(ParityDbWeight::get().reads(35_u64))
			.saturating_add(ParityDbWeight::get().writes(36_u64))
	}
	fn remove() -> Weight {
		Weight::from_parts(302_277_000, 0)
			.saturating_add(ParityDbWeight::get().reads(37_u64))
			.saturating_add(ParityDbWeight::get().writes(40_u64))
	}
	fn enact() -> Weight {
		Weight::from_parts(10_075_000, 0)
	}
	fn check_admission() -> Weight {
		Weight::from_parts(19_148_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
}
