//! Weights of the calls of `pallet_claims`.
//!
//! Estimates in the shape of the generated file: a batch whose rows lie on as many pages.

#![allow(unused_parens)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// What each call costs.
pub trait WeightInfo {
	/// `n` rows.
	fn import(n: u32) -> Weight;
	/// The end of an import.
	fn lock() -> Weight;
	/// One claim, disputed before.
	fn confirm() -> Weight;
	/// One claim.
	fn dispute() -> Weight;
	/// `n` claims, each on a page of its own.
	fn confirm_by_call(n: u32) -> Weight;
	/// One claim, with an amount set by an earlier ruling.
	fn adjudicate() -> Weight;
	/// One claim.
	fn admit_late() -> Weight;
	/// `n` claims, each on a page of its own.
	fn deem_confirmed(n: u32) -> Weight;
}

/// Weights with the database costs of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// The range of component `n` is `[1, 512]`.
	fn import(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 9_000)
			.saturating_add(Weight::from_parts(4_500_000, 60).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.div_ceil(64).into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(
				T::DbWeight::get().writes((2_u64).saturating_mul(n.div_ceil(64).into())),
			)
	}
	fn lock() -> Weight {
		Weight::from_parts(60_000_000, 9_000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	fn confirm() -> Weight {
		Weight::from_parts(30_000_000, 6_500)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn dispute() -> Weight {
		Weight::from_parts(32_000_000, 6_500)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// The range of component `n` is `[1, 256]`.
	fn confirm_by_call(n: u32) -> Weight {
		Weight::from_parts(30_000_000, 5_000)
			.saturating_add(Weight::from_parts(7_000_000, 3_700).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	fn adjudicate() -> Weight {
		Weight::from_parts(38_000_000, 9_500)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn admit_late() -> Weight {
		Weight::from_parts(60_000_000, 16_000)
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// The range of component `n` is `[1, 256]`.
	fn deem_confirmed(n: u32) -> Weight {
		Weight::from_parts(32_000_000, 5_500)
			.saturating_add(Weight::from_parts(6_500_000, 3_700).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
}

// For tests.
impl WeightInfo for () {
	/// The range of component `n` is `[1, 512]`.
	fn import(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 9_000)
			.saturating_add(Weight::from_parts(4_500_000, 60).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(
				RocksDbWeight::get().reads((2_u64).saturating_mul(n.div_ceil(64).into())),
			)
			.saturating_add(RocksDbWeight::get().writes(3_u64))
			.saturating_add(
				RocksDbWeight::get().writes((2_u64).saturating_mul(n.div_ceil(64).into())),
			)
	}
	fn lock() -> Weight {
		Weight::from_parts(60_000_000, 9_000)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn confirm() -> Weight {
		Weight::from_parts(30_000_000, 6_500)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn dispute() -> Weight {
		Weight::from_parts(32_000_000, 6_500)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	/// The range of component `n` is `[1, 256]`.
	fn confirm_by_call(n: u32) -> Weight {
		Weight::from_parts(30_000_000, 5_000)
			.saturating_add(Weight::from_parts(7_000_000, 3_700).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
			.saturating_add(RocksDbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	fn adjudicate() -> Weight {
		Weight::from_parts(38_000_000, 9_500)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn admit_late() -> Weight {
		Weight::from_parts(60_000_000, 16_000)
			.saturating_add(RocksDbWeight::get().reads(24_u64))
			.saturating_add(RocksDbWeight::get().writes(6_u64))
	}
	/// The range of component `n` is `[1, 256]`.
	fn deem_confirmed(n: u32) -> Weight {
		Weight::from_parts(32_000_000, 5_500)
			.saturating_add(Weight::from_parts(6_500_000, 3_700).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
			.saturating_add(RocksDbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
}
