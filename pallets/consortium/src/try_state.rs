//! What must always be true of the storage.

use crate::{Buckets, Config, Council, Departures, Institutions, Pallet};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_institutions()?;
		Self::try_council()?;
		Self::try_buckets()
	}

	/// Institutions are counted and bounded, each in order, alive and not departed.
	fn try_institutions() -> Result<(), TryRuntimeError> {
		let mut count = 0u32;
		for (who, institution) in Institutions::<T>::iter() {
			count = count.saturating_add(1);
			Self::ensure_name(&institution.name)?;
			Self::ensure_roles(institution.roles)?;
			ensure!(
				frame_system::Pallet::<T>::providers(&who) > 0,
				"the account of an institution has no provider reference"
			);
			ensure!(!Departures::<T>::contains_key(&who), "an institution counts as departed");
		}
		ensure!(count == Institutions::<T>::count(), "the count of institutions is wrong");
		ensure!(count <= T::MaxInstitutions::get(), "there are too many institutions");
		Ok(())
	}

	/// The council is the sorted list of the active holders of the Council role, and large enough.
	fn try_council() -> Result<(), TryRuntimeError> {
		let mut holders: Vec<T::AccountId> = Institutions::<T>::iter()
			.filter(|(_, institution)| institution.sits_on_council())
			.map(|(who, _)| who)
			.collect();
		holders.sort();
		ensure!(
			Council::<T>::get().as_slice() == holders.as_slice(),
			"the council does not follow the Council role"
		);
		if Institutions::<T>::count() > 0 {
			Self::ensure_council(holders.len())?;
		}
		Ok(())
	}

	/// Buckets belong to institutions, hold no more than a burst and none from the future.
	fn try_buckets() -> Result<(), TryRuntimeError> {
		let now = frame_system::Pallet::<T>::block_number();
		for (who, bucket) in Buckets::<T>::iter() {
			ensure!(Institutions::<T>::contains_key(&who), "a stranger has a bucket");
			ensure!(bucket.tokens <= T::Limits::get().burst, "a bucket overflows");
			ensure!(bucket.at <= now, "a bucket is from the future");
		}
		Ok(())
	}
}
