//! Benchmarks of `pallet_cases`.

use crate::*;
use frame_benchmarking::v2::*;
use winddown_primitives::{
	rules::Preset, CandidateOrder, DeemedConfirmation, TieBreak, MAX_RESERVES, MAX_SEATS,
};

/// What benchmarks need of the neighbours.
pub trait BenchmarkHelper<RuntimeOrigin, AccountId> {
	/// A platform, and its origin.
	fn platform() -> (RuntimeOrigin, AccountId);
	/// An association, and its origin.
	fn association() -> (RuntimeOrigin, AccountId);
	/// The origin of a regulator.
	fn regulator() -> RuntimeOrigin;
	/// The origin that changes the shortest windows.
	fn council() -> RuntimeOrigin;
	/// A policy of admitted arbitration institutions, as many as there can be.
	fn policy() -> AttestationPolicy<AccountId>;
	/// Sets the clock, in milliseconds.
	fn set_time(now: Millis);
	/// Locks the roll of `case`, which leads it from `Noticed` to `Confirming`, and does what else
	/// the gates ask for before `Electing`.
	fn lock_roll(case: CaseId);
}

type HelperOf<T> = <T as Config>::BenchmarkHelper;

const KIND: CaseKind = CaseKind::OnlineLending;
const NOTICE: Digest = Digest::Sm3([7; 32]);

fn longest_terms<T: Config>() -> CaseTerms {
	// The preset with as many tests as a rule can have.
	let rule = Preset::CivilCode278Grave.rule();
	CaseTerms {
		resolution: rule.clone(),
		election: rule.clone(),
		plan: rule,
		max_rounds: 2,
		max_revotes: 3,
		seats: MAX_SEATS as u8,
		reserves: MAX_RESERVES as u8,
		candidate_floor: 0,
		candidate_order: CandidateOrder::Nomination,
		tie_break: TieBreak::Nomination,
		deemed: DeemedConfirmation::Never,
		confirmation_window: T::MaxWindow::get(),
		voting_window: T::MaxWindow::get(),
		review_window: T::MaxWindow::get(),
		grace: T::MaxWindow::get(),
	}
}

fn authorised<T: Config>() -> Result<T::AccountId, BenchmarkError> {
	let (origin, platform) = HelperOf::<T>::platform();
	let (_, association) = HelperOf::<T>::association();
	Pallet::<T>::authorise(origin, KIND, NOTICE, Some(association))?;
	Ok(platform)
}

fn opened<T: Config>() -> Result<CaseId, BenchmarkError> {
	let platform = authorised::<T>()?;
	let (origin, _) = HelperOf::<T>::association();
	let (case, policy) = (NextCase::<T>::get(), HelperOf::<T>::policy());
	Pallet::<T>::open(origin, platform, KIND, NOTICE, 0, longest_terms::<T>(), policy)?;
	Ok(case)
}

fn stage<T: Config>(case: CaseId) -> Option<Stage> {
	Cases::<T>::get(case).map(|case| case.stage)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn authorise() {
		let (origin, platform) = HelperOf::<T>::platform();
		let (_, association) = HelperOf::<T>::association();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, KIND, NOTICE, Some(association));

		assert!(Authorisations::<T>::contains_key(&platform));
	}

	#[benchmark]
	fn withdraw_authorisation() -> Result<(), BenchmarkError> {
		let platform = authorised::<T>()?;
		let (origin, _) = HelperOf::<T>::platform();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin);

		assert!(!Authorisations::<T>::contains_key(&platform));
		Ok(())
	}

	#[benchmark]
	fn open() -> Result<(), BenchmarkError> {
		let platform = authorised::<T>()?;
		let (origin, _) = HelperOf::<T>::association();
		let (case, policy) = (NextCase::<T>::get(), HelperOf::<T>::policy());

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, platform, KIND, NOTICE, 0, longest_terms::<T>(), policy);

		assert_eq!(stage::<T>(case), Some(Stage::Noticed));
		Ok(())
	}

	#[benchmark]
	fn advance() -> Result<(), BenchmarkError> {
		let case = opened::<T>()?;
		let notice_until = Cases::<T>::get(case).map(|case| case.notice_until);
		HelperOf::<T>::set_time(notice_until.unwrap_or_default());
		HelperOf::<T>::lock_roll(case);
		HelperOf::<T>::set_time(<Pallet<T> as CasesTrait<T::AccountId>>::confirm_until(case)?);
		let (origin, _) = HelperOf::<T>::association();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case, Stage::Electing);

		assert_eq!(stage::<T>(case), Some(Stage::Electing));
		Ok(())
	}

	#[benchmark]
	fn escalate() -> Result<(), BenchmarkError> {
		let case = opened::<T>()?;
		let origin = HelperOf::<T>::regulator();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case, NOTICE);

		assert_eq!(stage::<T>(case), Some(Stage::Escalated));
		Ok(())
	}

	#[benchmark]
	fn cancel() -> Result<(), BenchmarkError> {
		let case = opened::<T>()?;
		let (origin, _) = HelperOf::<T>::association();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case);

		assert_eq!(stage::<T>(case), Some(Stage::Cancelled));
		Ok(())
	}

	#[benchmark]
	fn set_minimums() {
		let origin = HelperOf::<T>::council();
		let shortest = T::MaxWindow::get();
		let minimums = MinimumWindows {
			notice: shortest,
			confirmation: shortest,
			voting: shortest,
			review: shortest,
		};

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, minimums);

		assert_eq!(Minimums::<T>::get(), minimums);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
