//! Weights of the node permission's calls, estimated from their reads and writes.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// Weights of the calls of this pallet.
pub trait WeightInfo {
	fn permit() -> Weight;
	fn revoke() -> Weight;
	fn revoke_institution(p: u32) -> Weight;
}

/// Weights on the reference machine, with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: institution (r:1), `Peers` (r:1 w:1), `CounterForPeers` (r:1 w:1), `Generation`
	/// (r:1 w:1)
	fn permit() -> Weight {
		Weight::from_parts(20_000_000, 3_600)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	/// Storage: `Peers` (r:1 w:1), `CounterForPeers` (r:1 w:1), `Generation` (r:1 w:1)
	fn revoke() -> Weight {
		Weight::from_parts(18_000_000, 3_600)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	/// Storage: `Peers` (r:p w:p), `CounterForPeers` (r:1 w:1), `Generation` (r:1 w:1)
	fn revoke_institution(p: u32) -> Weight {
		Weight::from_parts(15_000_000, 1_500)
			.saturating_add(Weight::from_parts(8_000_000, 2_620).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(p.into()))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes(p.into()))
	}
}

impl WeightInfo for () {
	fn permit() -> Weight {
		Weight::from_parts(20_000_000, 3_600)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn revoke() -> Weight {
		Weight::from_parts(18_000_000, 3_600)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn revoke_institution(p: u32) -> Weight {
		Weight::from_parts(15_000_000, 1_500)
			.saturating_add(Weight::from_parts(8_000_000, 2_620).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().reads(p.into()))
			.saturating_add(ParityDbWeight::get().writes(2))
			.saturating_add(ParityDbWeight::get().writes(p.into()))
	}
}
