//! Weights of the validator set's calls, estimated from their reads and writes.

#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// Weights of the calls of this pallet.
pub trait WeightInfo {
	fn add_validator() -> Weight;
	fn remove_validator() -> Weight;
	fn set_minimum() -> Weight;
	fn withdraw_keys() -> Weight;
}

/// Weights on the reference machine, with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: institution (r:1), `Session::NextKeys` (r:1), `Chosen` (r:1 w:1), `Active` (r:1),
	/// `Queued` (r:1), `System::Account` (r:1 w:1)
	fn add_validator() -> Weight {
		Weight::from_parts(30_000_000, 6_000)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	/// Storage: `Chosen` (r:1 w:1), `Minimum` (r:1), `Active` (r:1), `Queued` (r:1),
	/// `Session::NextKeys` (r:1 w:1), `Session::KeyOwner` (w:2), `Session::ExternallySetKeys`
	/// (r:1 w:1), `System::Account` (r:1 w:1)
	fn remove_validator() -> Weight {
		Weight::from_parts(45_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	/// Storage: `Chosen` (r:1), `Minimum` (w:1)
	fn set_minimum() -> Weight {
		Weight::from_parts(12_000_000, 3_600)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	/// Storage: `Chosen` (r:1), `Active` (r:1), `Queued` (r:1), `Session::NextKeys` (r:1 w:1),
	/// `Session::KeyOwner` (w:2), `Session::ExternallySetKeys` (r:1 w:1), `System::Account` (r:1 w:1)
	fn withdraw_keys() -> Weight {
		Weight::from_parts(35_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}
}

impl WeightInfo for () {
	fn add_validator() -> Weight {
		Weight::from_parts(30_000_000, 6_000)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn remove_validator() -> Weight {
		Weight::from_parts(45_000_000, 8_000)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn set_minimum() -> Weight {
		Weight::from_parts(12_000_000, 3_600)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn withdraw_keys() -> Weight {
		Weight::from_parts(35_000_000, 8_000)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
}
