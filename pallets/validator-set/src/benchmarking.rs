//! Benchmarks of the validator set.

use super::*;
use frame_benchmarking::v2::*;
use frame_support::assert_ok;
use frame_system::RawOrigin;

/// Fills the set up to `count` validators, and returns them.
fn choose<T: Config>(count: u32) -> Result<Vec<T::AccountId>, BenchmarkError> {
	let mut added = Vec::new();
	for seed in 0..count {
		if Chosen::<T>::decode_len().unwrap_or_default() as u32 >= count {
			break;
		}
		let who = T::BenchmarkHelper::institution_with_keys(seed);
		Pallet::<T>::add_validator(T::BenchmarkHelper::manage_origin(), who.clone())
			.map_err(|_| BenchmarkError::Stop("cannot choose"))?;
		added.push(who);
	}
	Ok(added)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn add_validator() -> Result<(), BenchmarkError> {
		let max = T::MaxValidators::get();
		choose::<T>(max.saturating_sub(1))?;
		let who = T::BenchmarkHelper::institution_with_keys(max);
		let origin = T::BenchmarkHelper::manage_origin();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone());

		assert!(Chosen::<T>::get().contains(&who));
		Ok(())
	}

	// The dearest case: it does not serve yet, so that it retires at once.
	#[benchmark]
	fn remove_validator() -> Result<(), BenchmarkError> {
		choose::<T>(T::MaxValidators::get().saturating_sub(1))?;
		let who = T::BenchmarkHelper::institution_with_keys(T::MaxValidators::get());
		assert_ok!(Pallet::<T>::add_validator(T::BenchmarkHelper::manage_origin(), who.clone()));
		let origin = T::BenchmarkHelper::manage_origin();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone());

		assert!(!T::Keys::are_set(&who));
		Ok(())
	}

	#[benchmark]
	fn set_minimum() -> Result<(), BenchmarkError> {
		choose::<T>(T::MaxValidators::get())?;
		let minimum = Chosen::<T>::decode_len().unwrap_or_default() as u32;
		let origin = T::BenchmarkHelper::manage_origin();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, minimum);

		assert_eq!(Minimum::<T>::get(), minimum);
		Ok(())
	}

	#[benchmark]
	fn withdraw_keys() -> Result<(), BenchmarkError> {
		choose::<T>(T::MaxValidators::get())?;
		let who = T::BenchmarkHelper::institution_with_keys(T::MaxValidators::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(!T::Keys::are_set(&who));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
