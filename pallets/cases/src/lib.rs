//! # Cases
//!
//! A case is one platform's orderly wind-down: whose claims are settled, by which terms, and where
//! it stands. An association opens it once the platform agreed, and no other one acts in it. From then
//! on it moves one stage at a time, each step with its condition, until everything promised is paid or
//! a court takes over.
//!
//! | stage | goes on to | who takes the step, and when |
//! |---|---|---|
//! | `Noticed` | `Confirming` | `claims`: the platform locks the roll, once the notice period is over |
//! | `Confirming` | `Electing` | the association, once the confirmation window is over |
//! | `Electing` | `Planning` | `committee-election`: a committee was elected |
//! | `Planning` | `Voting` | `repayment-vote`: a vote on plans opened |
//! | `Voting` | `Repaying`, or back to `Planning` | `repayment-vote`: a plan was adopted, or none |
//! | `Repaying` | `Closed` | the association, once everything promised is paid |
//! | `Noticed` | `Cancelled` | the association takes back a case that it opened wrongly |
//! | any but a final one | `Escalated` | the regulator hands the case to the courts |
//!
//! A cancelled case leaves nothing that acts: the platform's consent is used up, so that another case
//! needs another one; the roll was never locked, so that nobody had a key, a claim or a vote. The platform
//! may clear its rows.
//!
//! Example: the platform authorises a notice on 8 November; the association opens the case with it.
//! The roll is locked on 12 November, so that lenders confirm their claims until the 26th; from then
//! on the association may start the election.

#![cfg_attr(not(feature = "std"), no_std)]

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(any(test, feature = "runtime-benchmarks"))]
mod benchmarking;
#[cfg(any(test, feature = "runtime-benchmarks"))]
pub use benchmarking::BenchmarkHelper;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Get, Time},
};
use sp_runtime::{ArithmeticError, DispatchError};
use winddown_primitives::{
	traits::{Cases as CasesTrait, EvidencePolicies, EvidenceSink, Institutions, StageGate},
	AttestationPolicy, CaseId, CaseKind, CaseTerms, Digest, EvidenceKind, Millis, Role, Stage,
};

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// A case of this chain.
	pub type CaseOf<T> = Case<<T as frame_system::Config>::AccountId>;
	/// A platform's consent on this chain.
	pub type AuthorisationOf<T> = Authorisation<<T as frame_system::Config>::AccountId>;

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Who may authorise a case of its own: platforms.
		type PlatformOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;
		/// Who may open cases, and each move its own ones on: associations.
		type AssociationOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;
		/// Who may hand a case to the courts: regulators.
		type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;
		/// Who may change the shortest windows.
		type CouncilOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The institutions and their roles.
		type Institutions: Institutions<Self::AccountId>;
		/// What must be done before a case is moved on by hand.
		type Gate: StageGate;
		/// Where stages are kept as evidence.
		type Evidence: EvidenceSink;
		/// Where the case's attestation policy is kept.
		type Policies: EvidencePolicies<Self::AccountId>;
		/// The clock, in milliseconds.
		type Time: Time<Moment = Millis>;
		/// The longest window that terms may name, in milliseconds.
		#[pallet::constant]
		type MaxWindow: Get<Millis>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
		/// What benchmarks need.
		#[cfg(any(test, feature = "runtime-benchmarks"))]
		type BenchmarkHelper: BenchmarkHelper<Self::RuntimeOrigin, Self::AccountId>;
	}

	/// The cases.
	// Twox: the chain itself numbers them.
	#[pallet::storage]
	pub type Cases<T: Config> = StorageMap<_, Twox64Concat, CaseId, CaseOf<T>>;

	/// The number of the next case.
	#[pallet::storage]
	pub type NextCase<T: Config> = StorageValue<_, CaseId, ValueQuery>;

	/// The case that each platform agreed to and no association opened yet.
	// Blake2: accounts are chosen by people.
	#[pallet::storage]
	pub type Authorisations<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, AuthorisationOf<T>>;

	/// The shortest windows that the terms of a new case may name.
	#[pallet::storage]
	pub type Minimums<T: Config> = StorageValue<_, MinimumWindows, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A platform agreed to have its case opened.
		CaseAuthorised {
			/// The platform.
			platform: T::AccountId,
			/// Whose claims the case settles.
			kind: CaseKind,
			/// The digest of the exit notice.
			notice: Digest,
			/// The only association that may open the case; `None` for any.
			association: Option<T::AccountId>,
		},
		/// A platform took back its consent before the case was opened.
		AuthorisationWithdrawn {
			/// The platform.
			platform: T::AccountId,
		},
		/// A case was opened.
		CaseOpened {
			/// The case.
			case: CaseId,
			/// The platform that winds down.
			platform: T::AccountId,
			/// The association that opened it.
			association: T::AccountId,
			/// Whose claims are settled.
			kind: CaseKind,
			/// The digest of the exit notice.
			notice: Digest,
			/// The moment, in milliseconds, at which claims are counted.
			cut_off: Millis,
			/// The first moment, in milliseconds, at which the roll may be locked.
			notice_until: Millis,
			/// The terms.
			terms: CaseTerms,
		},
		/// A case moved to another stage.
		StageChanged {
			/// The case.
			case: CaseId,
			/// Where it stood.
			from: Stage,
			/// Where it stands now.
			to: Stage,
			/// When it moved, in milliseconds.
			at: Millis,
			/// The institution that moved it; `None` when the step's own condition was met.
			by: Option<T::AccountId>,
			/// The digest of the regulator's reasons, for an escalation.
			reason: Option<Digest>,
		},
		/// The council changed the shortest windows.
		MinimumsChanged {
			/// The shortest windows from now on.
			minimums: MinimumWindows,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No case has this number. Look it up in `CaseOpened`.
		NotFound,
		/// The platform did not authorise this kind, notice and association. Let it authorise them.
		NotAuthorised,
		/// The account is no platform in good standing. Admit it first.
		NotAPlatform,
		/// The association named is none in good standing. Name another one, or none.
		NotAnAssociation,
		/// The terms break their bounds: a rule, the rounds, the seats or the reserves. Correct them.
		InvalidTerms,
		/// A window is shorter than the shortest that this chain allows. Lengthen it.
		WindowTooShort,
		/// A window is longer than the longest that this chain allows. Shorten it.
		WindowTooLong,
		/// The cut-off lies further ahead than the longest window. Correct it.
		CutOffTooFar,
		/// The case does not take this step from where it stands, or not this way.
		WrongStep,
		/// The notice has not been out long enough, or the cut-off is ahead. Wait until it is past.
		NoticeRunning,
		/// Lenders may still confirm and dispute. Wait until the window is over.
		ConfirmationOpen,
		/// The confirmation window begins when the roll is locked. Lock it first.
		RollNotLocked,
		/// The case was opened by another association; an association acts in its own cases only.
		NotAssociationOfCase,
		/// A digest is all zeros, which no document has. Look what the client encoded.
		ZeroDigest,
	}

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The shortest windows that terms may name.
		pub minimums: MinimumWindows,
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(self.minimums.longest() <= T::MaxWindow::get(), "no case could be opened");
			Minimums::<T>::put(self.minimums);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxWindow::get() > 0, "terms could name no window");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Agrees to have the own case opened, by one association or any.
		///
		/// The origin must be a platform. A second consent takes the place of the first, as long as
		/// no case was opened with it.
		///
		/// - `kind`: whose claims the case settles.
		/// - `notice`: the digest of the exit notice.
		/// - `association`: the only one that may open the case; `None` for any.
		///
		/// Emits `CaseAuthorised`. Fails with `NotAnAssociation` or `ZeroDigest`.
		#[pallet::call_index(0)]
		pub fn authorise(
			origin: OriginFor<T>,
			kind: CaseKind,
			notice: Digest,
			association: Option<T::AccountId>,
		) -> DispatchResult {
			let platform = T::PlatformOrigin::ensure_origin(origin)?;
			ensure!(!notice.is_zero(), Error::<T>::ZeroDigest);
			if let Some(association) = &association {
				ensure!(
					T::Institutions::holds(association, Role::Association),
					Error::<T>::NotAnAssociation
				);
			}
			let authorisation = Authorisation { kind, notice, association: association.clone() };
			Authorisations::<T>::insert(&platform, authorisation);
			Self::deposit_event(Event::CaseAuthorised { platform, kind, notice, association });
			Ok(())
		}

		/// Takes back a consent that no case was opened with.
		///
		/// The origin must be a platform.
		///
		/// Emits `AuthorisationWithdrawn`. Fails with `NotAuthorised`.
		#[pallet::call_index(1)]
		pub fn withdraw_authorisation(origin: OriginFor<T>) -> DispatchResult {
			let platform = T::PlatformOrigin::ensure_origin(origin)?;
			Authorisations::<T>::take(&platform).ok_or(Error::<T>::NotAuthorised)?;
			Self::deposit_event(Event::AuthorisationWithdrawn { platform });
			Ok(())
		}

		/// Opens a case and uses up the platform's consent.
		///
		/// The origin must be an association, the platform must have authorised this kind and
		/// notice, and the terms must keep the shortest windows of this chain.
		///
		/// - `platform`: the platform that winds down.
		/// - `kind`: whose claims are settled.
		/// - `notice`: the digest of the exit notice; it becomes evidence of kind `Notice`.
		/// - `cut_off`: the moment, in milliseconds, at which claims are counted.
		/// - `terms`: the terms, which never change.
		/// - `policy`: who attests the case's evidence.
		///
		/// Emits `CaseOpened`. Fails with `NotAuthorised`, `NotAPlatform`, `InvalidTerms`,
		/// `WindowTooShort`, `WindowTooLong`, `CutOffTooFar`, or as the policy is refused.
		#[pallet::call_index(2)]
		pub fn open(
			origin: OriginFor<T>,
			platform: T::AccountId,
			kind: CaseKind,
			notice: Digest,
			cut_off: Millis,
			terms: CaseTerms,
			policy: AttestationPolicy<T::AccountId>,
		) -> DispatchResult {
			let association = T::AssociationOrigin::ensure_origin(origin)?;
			Self::ensure_authorised(&platform, kind, notice, &association)?;
			Self::ensure_terms(&terms)?;
			let opened_at = T::Time::now();
			let latest_cut_off = opened_at.saturating_add(T::MaxWindow::get());
			ensure!(cut_off <= latest_cut_off, Error::<T>::CutOffTooFar);

			Authorisations::<T>::remove(&platform);
			let case = NextCase::<T>::get();
			NextCase::<T>::put(case.checked_add(1).ok_or(ArithmeticError::Overflow)?);
			let notice_until = opened_at.saturating_add(Minimums::<T>::get().notice).max(cut_off);
			Cases::<T>::insert(
				case,
				Case {
					platform: platform.clone(),
					association: association.clone(),
					kind,
					notice,
					cut_off,
					opened_at,
					notice_until,
					stage: Stage::Noticed,
					stage_since: opened_at,
					terms: terms.clone(),
					confirm_until: None,
				},
			);
			Self::deposit_event(Event::CaseOpened {
				case,
				platform,
				association,
				kind,
				notice,
				cut_off,
				notice_until,
				terms,
			});
			T::Policies::set_initial_policy(case, policy)?;
			T::Evidence::deposit_result(case, EvidenceKind::Notice, notice).map(|_| ())
		}

		/// Moves a case on by hand: from `Confirming` to `Electing`, or from `Repaying` to `Closed`.
		///
		/// The origin must be the association of the case. Every other step is taken by what causes
		/// it.
		///
		/// - `case_id`: the case.
		/// - `to`: the next stage.
		///
		/// Emits `StageChanged`. Fails with `NotFound`, `NotAssociationOfCase`, `WrongStep`,
		/// `ConfirmationOpen`, or with what is missing.
		#[pallet::call_index(3)]
		pub fn advance(origin: OriginFor<T>, case_id: CaseId, to: Stage) -> DispatchResult {
			let association = T::AssociationOrigin::ensure_origin(origin)?;
			let own = Self::get(case_id)?.association == association;
			ensure!(own, Error::<T>::NotAssociationOfCase);
			Self::ensure_by_hand(case_id, to)?;
			Self::change_stage(case_id, to, Some(association), None)
		}

		/// Hands a case to the courts, from any stage but a final one.
		///
		/// The origin must be a regulator.
		///
		/// - `case_id`: the case.
		/// - `reason`: the digest of the regulator's reasons.
		///
		/// Emits `StageChanged`. Fails with `NotFound`, `WrongStep` or `ZeroDigest`.
		#[pallet::call_index(4)]
		pub fn escalate(origin: OriginFor<T>, case_id: CaseId, reason: Digest) -> DispatchResult {
			let regulator = T::RegulatorOrigin::ensure_origin(origin)?;
			ensure!(!reason.is_zero(), Error::<T>::ZeroDigest);
			Self::change_stage(case_id, Stage::Escalated, Some(regulator), Some(reason))
		}

		/// Changes the shortest windows that the terms of new cases may name.
		///
		/// The origin must be the council. Open cases keep their terms.
		///
		/// - `minimums`: the shortest windows, in milliseconds.
		///
		/// Emits `MinimumsChanged`. Fails with `WindowTooLong`.
		#[pallet::call_index(5)]
		pub fn set_minimums(origin: OriginFor<T>, minimums: MinimumWindows) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			ensure!(minimums.longest() <= T::MaxWindow::get(), Error::<T>::WindowTooLong);
			Minimums::<T>::put(minimums);
			Self::deposit_event(Event::MinimumsChanged { minimums });
			Ok(())
		}

		/// Takes back a case that was opened wrongly, before its roll is locked.
		///
		/// The origin must be the association of the case, which must be `Noticed`. The platform's
		/// consent stays used up; whatever was deposited stays evidence.
		///
		/// - `case_id`: the case.
		///
		/// Emits `StageChanged`. Fails with `NotFound`, `NotAssociationOfCase` or `WrongStep`.
		#[pallet::call_index(6)]
		pub fn cancel(origin: OriginFor<T>, case_id: CaseId) -> DispatchResult {
			let association = T::AssociationOrigin::ensure_origin(origin)?;
			let own = Self::get(case_id)?.association == association;
			ensure!(own, Error::<T>::NotAssociationOfCase);
			Self::change_stage(case_id, Stage::Cancelled, Some(association), None)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A case.
		pub fn case(case_id: CaseId) -> Option<CaseOf<T>> {
			Cases::<T>::get(case_id)
		}

		/// What a platform agreed to and no association opened yet.
		pub fn authorisation(platform: T::AccountId) -> Option<AuthorisationOf<T>> {
			Authorisations::<T>::get(platform)
		}

		/// The shortest windows that the terms of a new case may name.
		pub fn minimums() -> MinimumWindows {
			Minimums::<T>::get()
		}

		/// Whether the association of a case may move it on by hand now; else what is missing.
		pub fn readiness(case_id: CaseId, to: Stage) -> Result<(), DispatchError> {
			Self::ensure_by_hand(case_id, to)
		}
	}
}

impl<T: Config> Pallet<T> {
	fn get(case: CaseId) -> Result<CaseOf<T>, DispatchError> {
		Ok(Cases::<T>::get(case).ok_or(Error::<T>::NotFound)?)
	}

	fn ensure_authorised(
		platform: &T::AccountId,
		kind: CaseKind,
		notice: Digest,
		association: &T::AccountId,
	) -> DispatchResult {
		let given = Authorisations::<T>::get(platform).ok_or(Error::<T>::NotAuthorised)?;
		let meant = given.association.as_ref().is_none_or(|named| named == association);
		ensure!(meant && given.kind == kind && given.notice == notice, Error::<T>::NotAuthorised);
		ensure!(T::Institutions::holds(platform, Role::Platform), Error::<T>::NotAPlatform);
		Ok(())
	}

	fn ensure_terms(terms: &CaseTerms) -> DispatchResult {
		ensure!(terms.is_valid(), Error::<T>::InvalidTerms);
		let minimums = Minimums::<T>::get();
		ensure!(
			terms.confirmation_window >= minimums.confirmation
				&& terms.voting_window >= minimums.voting
				&& terms.review_window >= minimums.review,
			Error::<T>::WindowTooShort
		);
		let longest = terms
			.confirmation_window
			.max(terms.voting_window)
			.max(terms.review_window)
			.max(terms.grace);
		ensure!(longest <= T::MaxWindow::get(), Error::<T>::WindowTooLong);
		Ok(())
	}

	/// Fails unless the association of the case may take this step now.
	fn ensure_by_hand(id: CaseId, to: Stage) -> DispatchResult {
		let case = Self::get(id)?;
		ensure!(is_by_hand(case.stage, to), Error::<T>::WrongStep);
		if to == Stage::Electing {
			let until = case.confirm_until.ok_or(Error::<T>::RollNotLocked)?;
			ensure!(T::Time::now() >= until, Error::<T>::ConfirmationOpen);
		}
		T::Gate::ensure_ready(id, case.stage, to)
	}

	fn change_stage(
		id: CaseId,
		to: Stage,
		by: Option<T::AccountId>,
		reason: Option<Digest>,
	) -> DispatchResult {
		let mut case = Self::get(id)?;
		let (from, at) = (case.stage, T::Time::now());
		ensure!(from.leads_to(to), Error::<T>::WrongStep);
		if to == Stage::Confirming {
			ensure!(at >= case.notice_until, Error::<T>::NoticeRunning);
			let until = at.checked_add(case.terms.confirmation_window);
			case.confirm_until = Some(until.ok_or(ArithmeticError::Overflow)?);
		}
		case.stage = to;
		case.stage_since = at;
		Cases::<T>::insert(id, case);
		Self::deposit_event(Event::StageChanged { case: id, from, to, at, by, reason });
		let change = StageChange { case: id, from, to, at, reason };
		T::Evidence::deposit_result(id, EvidenceKind::Stage, Digest::of(&change)).map(|_| ())
	}
}

/// Whether an association takes this step itself.
const fn is_by_hand(from: Stage, to: Stage) -> bool {
	matches!((from, to), (Stage::Confirming, Stage::Electing) | (Stage::Repaying, Stage::Closed))
}

impl<T: Config> CasesTrait<T::AccountId> for Pallet<T> {
	fn stage(case: CaseId) -> Result<Stage, DispatchError> {
		Self::get(case).map(|case| case.stage)
	}

	fn platform(case: CaseId) -> Result<T::AccountId, DispatchError> {
		Self::get(case).map(|case| case.platform)
	}

	fn association(case: CaseId) -> Result<T::AccountId, DispatchError> {
		Self::get(case).map(|case| case.association)
	}

	fn terms(case: CaseId) -> Result<CaseTerms, DispatchError> {
		Self::get(case).map(|case| case.terms)
	}

	fn confirm_until(case: CaseId) -> Result<Millis, DispatchError> {
		Ok(Self::get(case)?.confirm_until.ok_or(Error::<T>::RollNotLocked)?)
	}

	fn advance(case: CaseId, to: Stage) -> DispatchResult {
		// A pallet must not go round the association or the regulator.
		let from = Self::get(case)?.stage;
		let by_institution =
			is_by_hand(from, to) || matches!(to, Stage::Escalated | Stage::Cancelled);
		ensure!(!by_institution, Error::<T>::WrongStep);
		Self::change_stage(case, to, None, None)
	}
}
