//! Benchmarks of the node permission.

use super::*;
use frame_benchmarking::v2::*;

/// A peer id that differs for each `seed`.
fn peer(seed: u32) -> PeerId {
	let mut key = [0u8; 32];
	key[..4].copy_from_slice(&seed.to_be_bytes());
	ed25519_peer_id(key)
}

/// Empties the list and permits `count` peers of one institution.
fn permit<T: Config>(count: u32) -> Result<T::AccountId, BenchmarkError> {
	let institution = T::BenchmarkHelper::institution();
	for listed in Peers::<T>::iter_keys().collect::<Vec<_>>() {
		Peers::<T>::remove(listed);
	}
	for seed in 0..count {
		let origin = T::BenchmarkHelper::manage_origin();
		Pallet::<T>::permit(origin, peer(seed).into(), institution.clone())?;
	}
	Ok(institution)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn permit() -> Result<(), BenchmarkError> {
		let last = T::MaxPeers::get().saturating_sub(1);
		let institution = super::permit::<T>(last)?;
		let origin = T::BenchmarkHelper::manage_origin();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, peer(last).into(), institution);

		assert!(Peers::<T>::contains_key(peer(last)));
		Ok(())
	}

	#[benchmark]
	fn revoke() -> Result<(), BenchmarkError> {
		super::permit::<T>(T::MaxPeers::get())?;
		let origin = T::BenchmarkHelper::manage_origin();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, peer(0).into());

		assert!(!Peers::<T>::contains_key(peer(0)));
		Ok(())
	}

	// p: peers on the list, all of the institution.
	#[benchmark]
	fn revoke_institution(p: Linear<1, 256>) -> Result<(), BenchmarkError> {
		let institution = super::permit::<T>(p.min(T::MaxPeers::get()))?;
		let origin = T::BenchmarkHelper::manage_origin();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, institution);

		assert_eq!(Peers::<T>::count(), 0);
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
