//! Weights of `pallet_consortium`, estimated in the shape of the generated file.
//!
//! Calls that change a seat count the change in the council: 32 open motions lose the votes of a
//! member who leaves.

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// Weight functions needed by `pallet_consortium`.
pub trait WeightInfo {
	fn admit() -> Weight;
	fn set_roles() -> Weight;
	fn suspend() -> Weight;
	fn reinstate() -> Weight;
	fn remove() -> Weight;
	fn enact() -> Weight;
	fn check_admission() -> Weight;
}

/// Weights with the database of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn admit() -> Weight {
		admit(T::DbWeight::get())
	}
	fn set_roles() -> Weight {
		change(T::DbWeight::get())
	}
	fn suspend() -> Weight {
		change(T::DbWeight::get())
	}
	fn reinstate() -> Weight {
		change(T::DbWeight::get())
	}
	fn remove() -> Weight {
		remove(T::DbWeight::get())
	}
	fn enact() -> Weight {
		enact()
	}
	fn check_admission() -> Weight {
		check_admission(T::DbWeight::get())
	}
}
