//! Weights of `pallet_cases`.
//!
//! Estimates in the shape of the generated file; `make weights` replaces them.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::RocksDbWeight, Weight}};

/// Weights of the calls of `pallet_cases`.
pub trait WeightInfo {
	fn authorise() -> Weight;
	fn withdraw_authorisation() -> Weight;
	fn open() -> Weight;
	fn advance() -> Weight;
	fn escalate() -> Weight;
	fn set_minimums() -> Weight;
}

/// Weights of `pallet_cases` for a chain with the weights of its own database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Consortium::Institutions` (r:2 w:0), `Cases::Authorisations` (r:0 w:1)
	fn authorise() -> Weight {
		Weight::from_parts(25_000_000, 6_200)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0), `Cases::Authorisations` (r:1 w:1)
	fn withdraw_authorisation() -> Weight {
		Weight::from_parts(22_000_000, 3_600)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Consortium::Institutions` (r:10 w:0), `Timestamp::Now` (r:1 w:0)
	/// Storage: `Cases::Authorisations` (r:1 w:1), `Cases::Minimums` (r:1 w:0), `Cases::NextCase` (r:1 w:1), `Cases::Cases` (r:0 w:1)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:1), `Evidence::Policies` (r:0 w:1), `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:1 w:1), `Evidence::Records` (r:0 w:1)
	fn open() -> Weight {
		Weight::from_parts(110_000_000, 30_000)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0), `Timestamp::Now` (r:1 w:0), `Cases::Cases` (r:1 w:1)
	/// Storage: what the gates read (r:26 w:0)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0), `Evidence::NextRecord` (r:1 w:1), `Evidence::Known` (r:1 w:1), `Evidence::Records` (r:0 w:1)
	fn advance() -> Weight {
		Weight::from_parts(120_000_000, 70_000)
			.saturating_add(T::DbWeight::get().reads(32_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0), `Timestamp::Now` (r:1 w:0), `Cases::Cases` (r:1 w:1)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0), `Evidence::NextRecord` (r:1 w:1), `Evidence::Known` (r:1 w:1), `Evidence::Records` (r:0 w:1)
	fn escalate() -> Weight {
		Weight::from_parts(55_000_000, 4_400)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Cases::Minimums` (r:0 w:1)
	fn set_minimums() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn authorise() -> Weight {
		Weight::from_parts(25_000_000, 6_200)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn withdraw_authorisation() -> Weight {
		Weight::from_parts(22_000_000, 3_600)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn open() -> Weight {
		Weight::from_parts(110_000_000, 30_000)
			.saturating_add(RocksDbWeight::get().reads(17_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn advance() -> Weight {
		Weight::from_parts(120_000_000, 70_000)
			.saturating_add(RocksDbWeight::get().reads(32_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn escalate() -> Weight {
		Weight::from_parts(55_000_000, 4_400)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn set_minimums() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
}
