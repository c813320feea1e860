//! # Validator set
//!
//! Decides which institutions author and finalise blocks. The council adds and removes validators;
//! `pallet-session` asks this pallet at every session boundary whom to plan for the next session.
//!
//! | state | who | becomes |
//! |---|---|---|
//! | incoming | added, not authoring yet | active, one session after the next boundary |
//! | active | authoring | outgoing, when removed |
//! | outgoing | removed, still authoring or planned | gone: its keys are purged |
//!
//! Example: four institutions author in session 7 and the council adds a fifth. Session 8 begins
//! and the five are planned for session 9, in which they author.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Contains, Get},
};
use pallet_session::SessionManager;
use sp_staking::SessionIndex;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(any(test, feature = "runtime-benchmarks"))]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

const LOG_TARGET: &str = "runtime::validator-set";

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// A list of validators, in the order in which they take turns.
	pub type ValidatorsOf<T> =
		BoundedVec<<T as frame_system::Config>::AccountId, <T as Config>::MaxValidators>;

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Who may change the set.
		type ManageOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The institutions that may become validators.
		type Institutions: Contains<Self::AccountId>;
		/// The session keys of their nodes.
		type Keys: NodeKeys<Self::AccountId>;
		/// Most validators at a time.
		#[pallet::constant]
		type MaxValidators: Get<u32>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
		/// What benchmarks need.
		#[cfg(any(test, feature = "runtime-benchmarks"))]
		type BenchmarkHelper: BenchmarkHelper<Self::RuntimeOrigin, Self::AccountId>;
	}

	/// The validators that the council chose. They are planned at the next session boundary.
	#[pallet::storage]
	pub type Chosen<T: Config> = StorageValue<_, ValidatorsOf<T>, ValueQuery>;

	/// The validators planned for the next session.
	#[pallet::storage]
	pub type Queued<T: Config> = StorageValue<_, ValidatorsOf<T>, ValueQuery>;

	/// The validators of the running session.
	#[pallet::storage]
	pub type Active<T: Config> = StorageValue<_, ValidatorsOf<T>, ValueQuery>;

	/// The council may not choose fewer validators than this. At least one.
	#[pallet::storage]
	pub type Minimum<T: Config> = StorageValue<_, u32, ValueQuery, ConstU32<1>>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The council chose a validator.
		ValidatorAdded {
			/// The institution.
			who: T::AccountId,
		},
		/// The council removed a validator.
		ValidatorRemoved {
			/// The institution.
			who: T::AccountId,
		},
		/// A validator began to author.
		ValidatorActivated {
			/// The institution.
			who: T::AccountId,
			/// The first session in which it authors.
			session: u32,
		},
		/// A removed validator no longer authors and its keys were purged.
		ValidatorRetired {
			/// The institution.
			who: T::AccountId,
		},
		/// The council changed the smallest number of validators.
		MinimumChanged {
			/// The smallest number from now on.
			minimum: u32,
		},
		/// An institution that is no validator withdrew the keys of its node.
		KeysWithdrawn {
			/// The institution.
			who: T::AccountId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account belongs to no institution in good standing. Admit the institution first.
		NotInstitution,
		/// The institution's node has no session keys. Let it call `session.set_keys` first.
		KeysNotSet,
		/// The institution is chosen already. Nothing needs to be done.
		AlreadyChosen,
		/// The institution is not chosen. Name one that is.
		NotChosen,
		/// The set is full. Remove a validator first.
		MaxValidatorsExceeded,
		/// Fewer validators would be left than the minimum. Add another one first.
		MinimumNotMet,
		/// The minimum must be at least one and at most the number of chosen validators.
		InvalidMinimum,
		/// A validator, or one that is leaving, needs its keys. Wait until it has retired.
		KeysInUse,
	}

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The first validators. Their keys stand in the genesis of the session pallet.
		pub validators: Vec<T::AccountId>,
		/// The smallest number of validators; zero means one.
		pub minimum: u32,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let validators = ValidatorsOf::<T>::try_from(self.validators.clone())
				.expect("genesis names more validators than MaxValidators");
			let minimum = self.minimum.max(1);
			assert!(
				validators.is_empty() || validators.len() as u32 >= minimum,
				"genesis names fewer validators than its minimum"
			);
			for (index, who) in validators.iter().enumerate() {
				assert!(
					!validators.iter().take(index).any(|other| other == who),
					"genesis names a validator twice"
				);
				frame_system::Pallet::<T>::inc_providers(who);
			}
			Minimum::<T>::put(minimum);
			Active::<T>::put(&validators);
			Queued::<T>::put(&validators);
			Chosen::<T>::put(validators);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxValidators::get() > 0, "a chain needs room for a validator");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Adds a validator.
		///
		/// It is planned at the next session boundary and authors one session later. The origin must
		/// be `ManageOrigin`; the institution's node must have its session keys set.
		///
		/// - `who`: the institution.
		///
		/// Emits `ValidatorAdded`. Fails with `NotInstitution`, `KeysNotSet`, `AlreadyChosen` or
		/// `MaxValidatorsExceeded`.
		#[pallet::call_index(0)]
		pub fn add_validator(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
			T::ManageOrigin::ensure_origin(origin)?;
			Self::do_add(who)
		}

		/// Removes a validator.
		///
		/// It authors until the session already planned is over; then its keys are purged. The
		/// origin must be `ManageOrigin`.
		///
		/// - `who`: the institution.
		///
		/// Emits `ValidatorRemoved`, and `ValidatorRetired` once it is gone. Fails with `NotChosen` or
		/// `MinimumNotMet`.
		#[pallet::call_index(1)]
		pub fn remove_validator(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
			T::ManageOrigin::ensure_origin(origin)?;
			Self::do_remove(who)
		}

		/// Changes the smallest number of validators.
		///
		/// Four validators bear one that fails. The origin must be `ManageOrigin`.
		///
		/// - `minimum`: at least one, at most the number of chosen validators.
		///
		/// Emits `MinimumChanged`. Fails with `InvalidMinimum`.
		#[pallet::call_index(2)]
		pub fn set_minimum(origin: OriginFor<T>, minimum: u32) -> DispatchResult {
			T::ManageOrigin::ensure_origin(origin)?;
			Self::do_set_minimum(minimum)
		}

		/// Withdraws the session keys of an institution that is no validator.
		///
		/// It replaces `session.purge_keys`, by which a validator could stop the chain. The origin
		/// must be signed by the institution.
		///
		/// Emits `KeysWithdrawn`. Fails with `KeysInUse` or `KeysNotSet`.
		#[pallet::call_index(3)]
		pub fn withdraw_keys(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_keys(who)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Where an institution stands, or `None` if it has nothing to do with authoring.
		pub fn status(who: T::AccountId) -> Option<ValidatorStatus> {
			let is_active = Active::<T>::get().contains(&who);
			match (Chosen::<T>::get().contains(&who), is_active) {
				(true, true) => Some(ValidatorStatus::Active),
				(true, false) => Some(ValidatorStatus::Incoming),
				(false, true) => Some(ValidatorStatus::Outgoing),
				(false, false) if Queued::<T>::get().contains(&who) => {
					Some(ValidatorStatus::Outgoing)
				}
				(false, false) => None,
			}
		}

		/// The validators of the running session.
		pub fn active() -> Vec<T::AccountId> {
			Active::<T>::get().into_inner()
		}

		/// Those who were chosen and do not author yet.
		pub fn incoming() -> Vec<T::AccountId> {
			let active = Active::<T>::get();
			Chosen::<T>::get().into_iter().filter(|who| !active.contains(who)).collect()
		}

		/// Those who were removed and still author or are planned for the next session.
		pub fn outgoing() -> Vec<T::AccountId> {
			let (chosen, active) = (Chosen::<T>::get(), Active::<T>::get());
			let queued = Queued::<T>::get().into_iter().filter(|who| !active.contains(who));
			let serving = active.iter().cloned().chain(queued);
			serving.filter(|who| !chosen.contains(who)).collect()
		}
	}
}

impl<T: Config> Pallet<T> {
	fn do_add(who: T::AccountId) -> DispatchResult {
		ensure!(T::Institutions::contains(&who), Error::<T>::NotInstitution);
		ensure!(T::Keys::are_set(&who), Error::<T>::KeysNotSet);
		let mut chosen = Chosen::<T>::get();
		ensure!(!chosen.contains(&who), Error::<T>::AlreadyChosen);
		chosen.try_push(who.clone()).map_err(|_| Error::<T>::MaxValidatorsExceeded)?;
		Chosen::<T>::put(chosen);
		// One that was leaving still holds the reference of its first term.
		if !Self::serves(&who) {
			frame_system::Pallet::<T>::inc_providers(&who);
		}
		Self::deposit_event(Event::ValidatorAdded { who });
		Ok(())
	}

	fn do_remove(who: T::AccountId) -> DispatchResult {
		let mut chosen = Chosen::<T>::get();
		let index = chosen.iter().position(|other| other == &who).ok_or(Error::<T>::NotChosen)?;
		ensure!(chosen.len() > Minimum::<T>::get() as usize, Error::<T>::MinimumNotMet);
		chosen.remove(index);
		Chosen::<T>::put(chosen);
		Self::deposit_event(Event::ValidatorRemoved { who: who.clone() });
		if !Self::serves(&who) {
			Self::retire(who);
		}
		Ok(())
	}

	fn do_set_minimum(minimum: u32) -> DispatchResult {
		let chosen = Chosen::<T>::decode_len().unwrap_or_default();
		ensure!(minimum >= 1 && minimum as usize <= chosen, Error::<T>::InvalidMinimum);
		Minimum::<T>::put(minimum);
		Self::deposit_event(Event::MinimumChanged { minimum });
		Ok(())
	}

	fn do_withdraw_keys(who: T::AccountId) -> DispatchResult {
		ensure!(Self::status(who.clone()).is_none(), Error::<T>::KeysInUse);
		ensure!(T::Keys::are_set(&who), Error::<T>::KeysNotSet);
		T::Keys::purge(&who)?;
		Self::deposit_event(Event::KeysWithdrawn { who });
		Ok(())
	}

	/// Whether `who` authors in the running session or is planned for the next one.
	fn serves(who: &T::AccountId) -> bool {
		Active::<T>::get().contains(who) || Queued::<T>::get().contains(who)
	}

	/// Purges the keys of one that no longer serves and gives back its provider reference. Neither
	/// can fail while nobody else meddles with them, and a session boundary must not fail.
	fn retire(who: T::AccountId) {
		if T::Keys::are_set(&who) {
			if let Err(error) = T::Keys::purge(&who) {
				log::error!(target: LOG_TARGET, "keys of {who:?} were not purged: {error:?}");
			}
		}
		if let Err(error) = frame_system::Pallet::<T>::dec_providers(&who) {
			log::error!(target: LOG_TARGET, "{who:?} keeps a provider reference: {error:?}");
		}
		Self::deposit_event(Event::ValidatorRetired { who });
	}

	/// The chosen validators whose keys are set, unless they are those of the running session.
	fn plan() -> Option<Vec<T::AccountId>> {
		let active = Active::<T>::get();
		let mut planned = Chosen::<T>::get();
		planned.retain(T::Keys::are_set);
		// Nobody left would stop the chain; nothing new would change the GRANDPA set for nothing.
		if planned.is_empty() || planned == active {
			Queued::<T>::put(active);
			return None;
		}
		Queued::<T>::put(&planned);
		Some(planned.into_inner())
	}

	/// Lets the planned validators begin and those of the former session retire.
	fn begin_session(session: SessionIndex) {
		let queued = Queued::<T>::get();
		let former = Active::<T>::mutate(|active| core::mem::replace(active, queued.clone()));
		for who in queued.iter().filter(|who| !former.contains(who)) {
			Self::deposit_event(Event::ValidatorActivated { who: who.clone(), session });
		}
		let chosen = Chosen::<T>::get();
		for who in former {
			if !queued.contains(&who) && !chosen.contains(&who) {
				Self::retire(who);
			}
		}
	}
}

impl<T: Config> SessionManager<T::AccountId> for Pallet<T> {
	fn new_session(_: SessionIndex) -> Option<Vec<T::AccountId>> {
		Self::plan()
	}

	fn new_session_genesis(_: SessionIndex) -> Option<Vec<T::AccountId>> {
		let validators = Active::<T>::get();
		assert!(validators.iter().all(T::Keys::are_set), "genesis has a validator without keys");
		(!validators.is_empty()).then(|| validators.into_inner())
	}

	fn start_session(session: SessionIndex) {
		Self::begin_session(session);
	}

	fn end_session(_: SessionIndex) {}
}
