//! What the storage of the pallet must always look like.

use crate::*;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let (chosen, queued, active) = (Chosen::<T>::get(), Queued::<T>::get(), Active::<T>::get());

		for set in [&chosen, &queued, &active] {
			for (index, who) in set.iter().enumerate() {
				ensure!(!set.iter().take(index).any(|other| other == who), "a validator twice");
				ensure!(
					frame_system::Pallet::<T>::providers(who) > 0,
					"a validator without a provider reference"
				);
				ensure!(T::Keys::are_set(who), "a validator without keys");
			}
		}

		let minimum = Minimum::<T>::get();
		ensure!(minimum >= 1, "the minimum is zero");
		// A chain that does not use the pallet has chosen nobody.
		ensure!(
			chosen.is_empty() || chosen.len() >= minimum as usize,
			"fewer validators than the minimum"
		);
		ensure!(chosen.is_empty() || !active.is_empty(), "nobody authors");
		Ok(())
	}
}
