//! Benchmarks, each with a full council whose agenda is full.

use super::*;
use frame_benchmarking::v2::*;
use frame_support::{
	dispatch::{DispatchInfo, GetDispatchInfo, PostDispatchInfo},
	weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, Weight},
};
use sp_runtime::traits::DispatchTransaction;

/// What the benchmarks need from the runtime.
pub trait BenchmarkHelper<RuntimeOrigin, AccountId> {
	/// An origin that passes `CouncilOrigin`.
	fn council_origin() -> RuntimeOrigin;

	/// Gives the council as many open motions as it may have, with the votes of `members`.
	fn fill_council_agenda(_members: &[AccountId]) {}
}

fn name() -> InstitutionName {
	InstitutionName::new(&longest_name()).expect("it is plain")
}

fn longest_name() -> String {
	"a".repeat(MAX_NAME as usize)
}

fn council_role() -> Roles {
	Roles::new(&[Role::Council])
}

/// Seats members until `seats` are taken and fills the agenda. Gives the last one seated.
fn seat_council<T: Config>(seats: u32) -> Result<T::AccountId, BenchmarkError> {
	let mut last = None;
	let taken = Council::<T>::decode_len().unwrap_or_default() as u32;
	for n in taken..seats {
		let who: T::AccountId = account("member", n, 0);
		Pallet::<T>::do_admit(who.clone(), name(), council_role())?;
		last = Some(who);
	}
	T::BenchmarkHelper::fill_council_agenda(&Council::<T>::get());
	last.ok_or(BenchmarkError::Stop("the council has no free seat"))
}

fn origin<T: Config>() -> T::RuntimeOrigin {
	T::BenchmarkHelper::council_origin()
}

fn assert_last_event<T: Config>(event: Event<T>) {
	frame_system::Pallet::<T>::assert_last_event(event.into());
}

#[benchmarks(where
	T: Send + Sync,
	T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn admit() -> Result<(), BenchmarkError> {
		seat_council::<T>(T::MaxCouncil::get().saturating_sub(1))?;
		let who: T::AccountId = account("institution", 0, 0);
		Departures::<T>::insert(&who, T::Nonce::default());

		#[extrinsic_call]
		_(origin::<T>() as T::RuntimeOrigin, who.clone(), longest_name(), council_role().list());

		assert_last_event::<T>(Event::Admitted { who, name: name(), roles: council_role() });
		Ok(())
	}

	#[benchmark]
	fn set_roles() -> Result<(), BenchmarkError> {
		let who = seat_council::<T>(T::MaxCouncil::get())?;
		let new = Roles::new(&[Role::Arbiter]);

		#[extrinsic_call]
		_(origin::<T>() as T::RuntimeOrigin, who.clone(), new.list());

		assert_last_event::<T>(Event::RolesSet { who, old: council_role(), new });
		Ok(())
	}

	#[benchmark]
	fn suspend() -> Result<(), BenchmarkError> {
		let who = seat_council::<T>(T::MaxCouncil::get())?;

		#[extrinsic_call]
		_(origin::<T>() as T::RuntimeOrigin, who.clone());

		assert_last_event::<T>(Event::Suspended { who });
		Ok(())
	}

	#[benchmark]
	fn reinstate() -> Result<(), BenchmarkError> {
		let who = seat_council::<T>(T::MaxCouncil::get())?;
		Pallet::<T>::suspend(origin::<T>(), who.clone())?;

		#[extrinsic_call]
		_(origin::<T>() as T::RuntimeOrigin, who.clone());

		assert_last_event::<T>(Event::Reinstated { who });
		Ok(())
	}

	#[benchmark]
	fn remove() -> Result<(), BenchmarkError> {
		let who = seat_council::<T>(T::MaxCouncil::get())?;
		let now = frame_system::Pallet::<T>::block_number();
		Buckets::<T>::insert(&who, Bucket { tokens: 0, at: now });

		#[extrinsic_call]
		_(origin::<T>() as T::RuntimeOrigin, who.clone());

		assert_last_event::<T>(Event::Removed { who });
		Ok(())
	}

	#[benchmark]
	fn enact() {
		let call = Box::new(frame_system::Call::remark { remark: Vec::new() }.into());
		let call_hash = T::Hashing::hash_of(&call);

		#[extrinsic_call]
		_(origin::<T>() as T::RuntimeOrigin, call);

		assert_last_event::<T>(Event::Enacted { call_hash, result: Ok(()) });
	}

	#[benchmark]
	fn check_admission() -> Result<(), BenchmarkError> {
		let who: T::AccountId = account("institution", 0, 0);
		Pallet::<T>::do_admit(who.clone(), name(), Roles::new(&[Role::Arbiter]))?;
		let limits = T::Limits::get();
		let now = frame_system::Pallet::<T>::block_number();
		Buckets::<T>::insert(&who, Bucket::full(now, &limits));
		let call: T::RuntimeCall = frame_system::Call::remark { remark: Vec::new() }.into();
		// It declares more than it needs, so that there are tokens to give back.
		let mut info = call.get_dispatch_info();
		info.call_weight = Weight::from_parts(8 * WEIGHT_REF_TIME_PER_MILLIS, 0);
		let class = T::CallClass::classify(&call);

		#[block]
		{
			let signed = RawOrigin::Signed(who.clone()).into();
			let needless = |_| Ok(Some(Weight::zero()).into());
			let _result = CheckAdmission::<T>::new()
				.test_run(signed, &call, &info, 0, 0, needless)
				.map_err(|_| BenchmarkError::Stop("an institution was refused"))?;
		}

		let tokens = limits.burst.saturating_sub(limits.of(class).cost);
		let at = frame_system::Pallet::<T>::block_number();
		assert_eq!(Buckets::<T>::get(&who), Some(Bucket { tokens, at }));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
