//! Weights of `pallet_evidence`.
//!
//! Estimates in the shape of the generated file; `make weights` replaces them.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::RocksDbWeight, Weight}};

/// Weights of the calls of `pallet_evidence`.
pub trait WeightInfo {
	fn deposit() -> Weight;
	fn attest() -> Weight;
	fn attest_batch(n: u32, ) -> Weight;
	fn set_policy() -> Weight;
}

/// Weights of `pallet_evidence` for a chain with the weights of its own database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Consortium::Institutions` (r:1 w:0), `Timestamp::Now` (r:1 w:0), `Cases::Cases` (r:1 w:0)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0), `Evidence::Known` (r:1 w:1), `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:2 w:2)
	fn deposit() -> Weight {
		Weight::from_parts(60_000_000, 9_000)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0), `Evidence::Records` (r:1 w:1)
	/// Storage: `Evidence::Policies` (r:1 w:0), `Evidence::Attestations` (r:1 w:1)
	fn attest() -> Weight {
		Weight::from_parts(45_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0), `Evidence::Records` (r:256 w:256)
	/// Storage: `Evidence::Policies` (r:1 w:0), `Evidence::Attestations` (r:256 w:256)
	fn attest_batch(n: u32, ) -> Weight {
		Weight::from_parts(20_000_000, 3_600)
			.saturating_add(Weight::from_parts(25_000_000, 5_200).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
	/// Storage: `Cases::Cases` (r:1 w:0), `Consortium::Institutions` (r:8 w:0)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:1), `Evidence::Policies` (r:0 w:1)
	fn set_policy() -> Weight {
		Weight::from_parts(50_000_000, 26_000)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn deposit() -> Weight {
		Weight::from_parts(60_000_000, 9_000)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn attest() -> Weight {
		Weight::from_parts(45_000_000, 7_000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn attest_batch(n: u32, ) -> Weight {
		Weight::from_parts(20_000_000, 3_600)
			.saturating_add(Weight::from_parts(25_000_000, 5_200).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().reads((3_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
	fn set_policy() -> Weight {
		Weight::from_parts(50_000_000, 26_000)
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
}
