//! Weights of the calls of intents, estimated from their reads and writes.

#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// Weights of the calls of this pallet, without what an intent's own call weighs.
pub trait WeightInfo {
	fn submit() -> Weight;
	fn authorize_submit() -> Weight;
	fn submit_batch(n: u32) -> Weight;
}

/// Weights on the reference machine, with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Sequences` (r:1 w:1)
	fn submit() -> Weight {
		Weight::from_parts(12_000_000, 4_000)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	/// Storage: `Timestamp::Now` (r:1), `System::BlockHash` (r:1), `Sequences` (r:1), key (r:1)
	fn authorize_submit() -> Weight {
		Weight::from_parts(130_000_000, 8_000).saturating_add(T::DbWeight::get().reads(4))
	}

	/// Storage: institution (r:1), `Timestamp::Now` (r:1), `System::BlockHash` (r:1), `Sequences`
	/// (r:n w:n), key (r:n)
	fn submit_batch(n: u32) -> Weight {
		Weight::from_parts(15_000_000, 4_000)
			.saturating_add(Weight::from_parts(60_000_000, 6_000).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(2u64))
			.saturating_add(T::DbWeight::get().writes(2))
	}
}

impl WeightInfo for () {
	fn submit() -> Weight {
		Weight::from_parts(12_000_000, 4_000)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn authorize_submit() -> Weight {
		Weight::from_parts(130_000_000, 8_000).saturating_add(ParityDbWeight::get().reads(4))
	}

	fn submit_batch(n: u32) -> Weight {
		Weight::from_parts(15_000_000, 4_000)
			.saturating_add(Weight::from_parts(60_000_000, 6_000).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().reads(2u64))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
}
