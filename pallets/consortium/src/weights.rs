//! Weights of `pallet_consortium`: estimates in the shape of the generated file.
//!
//! A change of the council also walks its open motions, 32 at most, to drop the votes of a member
//! who leaves.

#![cfg_attr(rustfmt, rustfmt_skip)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weight functions needed by `pallet_consortium`.
pub trait WeightInfo {
	/// Weight of `admit`.
	fn admit() -> Weight;
	/// Weight of `set_roles`.
	fn set_roles() -> Weight;
	/// Weight of `suspend`.
	fn suspend() -> Weight;
	/// Weight of `reinstate`.
	fn reinstate() -> Weight;
	/// Weight of `remove`.
	fn remove() -> Weight;
	/// Weight of `enact`, without the call that it carries out.
	fn enact() -> Weight;
	/// Weight of the extension `CheckAdmission`.
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
		Weight::from_parts(130_000_000, 120000)
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
		Weight::from_parts(110_000_000, 120000)
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
		Weight::from_parts(110_000_000, 120000)
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
		Weight::from_parts(110_000_000, 120000)
			.saturating_add(T::DbWeight::get().reads(35_u64))
			.saturating_add(T::DbWeight::get().writes(36_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:1)
	/// Storage: `Consortium::CounterForInstitutions` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Consortium::Departures` (r:0 w:1)
	/// Storage: `Consortium::Buckets` (r:0 w:1)
	/// Storage: `Consortium::Council` (r:1 w:1)
	/// Storage: `Council::Proposals` (r:1 w:0)
	/// Storage: `Council::Voting` (r:32 w:32)
	/// Storage: `Council::Members` (r:0 w:1)
	/// Storage: `Council::Prime` (r:0 w:1)
	fn remove() -> Weight {
		Weight::from_parts(130_000_000, 120000)
			.saturating_add(T::DbWeight::get().reads(37_u64))
			.saturating_add(T::DbWeight::get().writes(40_u64))
	}
	fn enact() -> Weight {
		Weight::from_parts(12_000_000, 0)
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Consortium::Buckets` (r:1 w:1)
	fn check_admission() -> Weight {
		Weight::from_parts(9_000_000, 3582)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

// For tests.
impl WeightInfo for () {
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
		Weight::from_parts(130_000_000, 120000)
			.saturating_add(ParityDbWeight::get().reads(38_u64))
			.saturating_add(ParityDbWeight::get().writes(39_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:1)
	/// Storage: `Consortium::Council` (r:1 w:1)
	/// Storage: `Council::Proposals` (r:1 w:0)
	/// Storage: `Council::Voting` (r:32 w:32)
	/// Storage: `Council::Members` (r:0 w:1)
	/// Storage: `Council::Prime` (r:0 w:1)
	fn set_roles() -> Weight {
		Weight::from_parts(110_000_000, 120000)
			.saturating_add(ParityDbWeight::get().reads(35_u64))
			.saturating_add(ParityDbWeight::get().writes(36_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:1)
	/// Storage: `Consortium::Council` (r:1 w:1)
	/// Storage: `Council::Proposals` (r:1 w:0)
	/// Storage: `Council::Voting` (r:32 w:32)
	/// Storage: `Council::Members` (r:0 w:1)
	/// Storage: `Council::Prime` (r:0 w:1)
	fn suspend() -> Weight {
		Weight::from_parts(110_000_000, 120000)
			.saturating_add(ParityDbWeight::get().reads(35_u64))
			.saturating_add(ParityDbWeight::get().writes(36_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:1)
	/// Storage: `Consortium::Council` (r:1 w:1)
	/// Storage: `Council::Proposals` (r:1 w:0)
	/// Storage: `Council::Voting` (r:32 w:32)
	/// Storage: `Council::Members` (r:0 w:1)
	/// Storage: `Council::Prime` (r:0 w:1)
	fn reinstate() -> Weight {
		Weight::from_parts(110_000_000, 120000)
			.saturating_add(ParityDbWeight::get().reads(35_u64))
			.saturating_add(ParityDbWeight::get().writes(36_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:1)
	/// Storage: `Consortium::CounterForInstitutions` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Consortium::Departures` (r:0 w:1)
	/// Storage: `Consortium::Buckets` (r:0 w:1)
	/// Storage: `Consortium::Council` (r:1 w:1)
	/// Storage: `Council::Proposals` (r:1 w:0)
	/// Storage: `Council::Voting` (r:32 w:32)
	/// Storage: `Council::Members` (r:0 w:1)
	/// Storage: `Council::Prime` (r:0 w:1)
	fn remove() -> Weight {
		Weight::from_parts(130_000_000, 120000)
			.saturating_add(ParityDbWeight::get().reads(37_u64))
			.saturating_add(ParityDbWeight::get().writes(40_u64))
	}
	fn enact() -> Weight {
		Weight::from_parts(12_000_000, 0)
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Consortium::Buckets` (r:1 w:1)
	fn check_admission() -> Weight {
		Weight::from_parts(9_000_000, 3582)
			.saturating_add(ParityDbWeight::get().reads(2_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
	}
}
