//! # Consortium
//!
//! Which institution may do what. The council admits institutions, gives them roles, suspends and
//! removes them; two thirds of it stand behind every call of this pallet. Who is not admitted, and acts
//! for nobody who is, gets no transaction into the chain, see [`CheckAdmission`].
//!
//! | an institution is | it becomes | by |
//! |---|---|---|
//! | a stranger | active | `admit` |
//! | active | active, with other roles | `set_roles` |
//! | active | suspended: keeps its roles, may do nothing | `suspend` |
//! | suspended | active | `reinstate` |
//! | active or suspended | a stranger | `remove` |
//!
//! The council's seats follow the Council role of active institutions. `enact` lets the council do
//! the few things that a pallet leaves to Root alone, such as upgrading the runtime.
//!
//! Example: `admit(bank, "Qianhai Bank", [Operator, Council])` gives the bank an account that may
//! transact, [`EnsureOperator`] accepts it, and it votes in the council from the next block on.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(test, feature = "runtime-benchmarks"))]
pub mod benchmarking;
mod extension;
#[cfg(test)]
mod mock;
mod nonce;
mod origin;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

pub use extension::{Admission, CheckAdmission};
pub use nonce::CheckNonce;
pub use origin::{
	EnsureArbiter, EnsureAssociation, EnsureCouncilMember, EnsureInstitution, EnsureOperator,
	EnsurePlatform, EnsureRegistrar, EnsureRegulator, EnsureRole,
};
pub use pallet::*;
use types::is_plain;
pub use types::{
	ActingFor, AdmissionLimits, Bucket, CallClass, ClassLimits, Classify, Founder, Institution,
	InstitutionName, Standing, MAX_NAME,
};
pub use weights::WeightInfo;

use alloc::{boxed::Box, string::String, vec::Vec};
use frame_support::{
	pallet_prelude::*,
	traits::{ChangeMembers, Contains, InitializeMembers, StorageVersion},
	DefaultNoBound,
};
use frame_system::{pallet_prelude::*, RawOrigin};
use sp_runtime::traits::{Dispatchable, Hash};
use winddown_primitives::{Role, Roles};

const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

#[frame_support::pallet]
pub mod pallet {
	use super::*;

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Who decides about institutions and enacts calls: two thirds of the council.
		type CouncilOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The body in which the council votes. It follows the Council role.
		type CouncilMembers: ChangeMembers<Self::AccountId> + InitializeMembers<Self::AccountId>;
		/// Fewest members of the council, at least 1.
		#[pallet::constant]
		type MinCouncil: Get<u32>;
		/// Most members of the council; no more than [`Config::CouncilMembers`] takes.
		#[pallet::constant]
		type MaxCouncil: Get<u32>;
		/// Most institutions, suspended ones included.
		#[pallet::constant]
		type MaxInstitutions: Get<u32>;
		/// The class of a call.
		type CallClass: Classify<Self::RuntimeCall>;
		/// For whom a signer acts: institutions have proxies, and a multisig may be one.
		type ActingFor: ActingFor<Self::AccountId, Self::RuntimeCall>;
		/// What [`Pallet::enact`] carries out. Root stands above every rule of the chain, so this is narrow.
		type Enactable: Contains<<Self as frame_system::Config>::RuntimeCall>;
		/// How much an institution may transact.
		#[pallet::constant]
		type Limits: Get<AdmissionLimits>;
		/// Weights of the calls and of [`CheckAdmission`].
		type WeightInfo: WeightInfo;
		/// What the benchmarks need from the runtime.
		#[cfg(any(test, feature = "runtime-benchmarks"))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::RuntimeOrigin, Self::AccountId>;
	}

	/// The institutions.
	// Blake2: an institution chooses its account, and with it the key.
	#[pallet::storage]
	pub type Institutions<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, T::AccountId, Institution>;

	/// The accounts on the council, in ascending order.
	#[pallet::storage]
	pub type Council<T: Config> =
		StorageValue<_, BoundedVec<T::AccountId, T::MaxCouncil>, ValueQuery>;

	/// Tokens of the institutions that transacted. One without an entry has a full bucket.
	// Blake2, as above.
	#[pallet::storage]
	pub type Buckets<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Bucket<BlockNumberFor<T>>>;

	/// The nonce at which an institution was removed. It goes on there when it is admitted again,
	/// so that nobody can replay its old transactions.
	// Blake2, as above.
	#[pallet::storage]
	pub type Departures<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, T::Nonce>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An institution joined the consortium.
		Admitted {
			/// Its account.
			who: T::AccountId,
			/// Its name.
			name: InstitutionName,
			/// What it may do.
			roles: Roles,
		},
		/// An institution got other roles.
		RolesSet {
			/// Its account.
			who: T::AccountId,
			/// What it could do before.
			old: Roles,
			/// What it may do now.
			new: Roles,
		},
		/// An institution may do nothing until it is reinstated.
		Suspended {
			/// Its account.
			who: T::AccountId,
		},
		/// A suspended institution may act again.
		Reinstated {
			/// Its account.
			who: T::AccountId,
		},
		/// An institution left the consortium.
		Removed {
			/// Its account.
			who: T::AccountId,
		},
		/// The council had a call carried out as Root.
		Enacted {
			/// Hash of the encoded call.
			call_hash: T::Hash,
			/// How the call ended.
			result: DispatchResult,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account is an institution already; change its roles instead.
		AlreadyAdmitted,
		/// The account is no institution; admit it first.
		NotFound,
		/// The name is empty, longer than 64 bytes or has control characters; give a plain, short one.
		InvalidName,
		/// An institution needs a role; remove it instead.
		NoRole,
		/// A role stands in the list twice; name each once.
		DuplicateRole,
		/// The institution is suspended already; nothing is left to do.
		AlreadySuspended,
		/// The institution is not suspended; nothing is left to do.
		NotSuspended,
		/// The council would be too small; seat another member first.
		CouncilTooSmall,
		/// The council is full; unseat a member first.
		MaxCouncilExceeded,
		/// The consortium is full; remove an institution first.
		MaxInstitutionsExceeded,
		/// The account is still in use, by session keys say; clear that first.
		StillReferenced,
		/// The council may not have this carried out as Root; propose the call itself instead.
		NotEnactable,
	}

	#[pallet::genesis_config]
	#[derive(DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The founding institutions. With any, at least `MinCouncil` of them hold the Council role.
		pub institutions: Vec<Founder<T::AccountId>>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let founded = Pallet::<T>::found(&self.institutions);
			assert!(founded.is_ok(), "the founding institutions are not in order: {founded:?}");
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			let limits = T::Limits::get();
			let refills = [limits.refill_per_block, limits.operator_refill_per_block];
			assert!(refills.iter().all(|refill| *refill > 0), "an empty bucket would stay empty");
			for class in CallClass::ALL {
				let ClassLimits { cost, max_length, .. } = limits.of(class);
				assert!(cost <= limits.burst, "no bucket could pay for {class:?}");
				assert!(max_length > 0, "nothing would be short enough for {class:?}");
			}
			assert!(T::MinCouncil::get() >= 1, "without a council the chain has no government");
			assert!(T::MinCouncil::get() <= T::MaxCouncil::get(), "no council could be in order");
			assert!(T::MaxCouncil::get() <= T::MaxInstitutions::get(), "seats nobody can take");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Admits an institution: from now on it may transact and act in its roles.
		///
		/// - `who`: its account, not yet admitted.
		/// - `name`: its name, 1 to 64 bytes of UTF-8.
		/// - `roles`: what it may do, at least one role and each once, in any order.
		///
		/// Emits [`Event::Admitted`]. Fails with [`Error::AlreadyAdmitted`], [`Error::InvalidName`],
		/// [`Error::NoRole`], [`Error::DuplicateRole`], [`Error::MaxInstitutionsExceeded`] or
		/// [`Error::MaxCouncilExceeded`].
		#[pallet::call_index(0)]
		pub fn admit(
			origin: OriginFor<T>,
			who: T::AccountId,
			// Any length is taken and refused by name: what cannot be decoded reads as a fault of the node.
			name: String,
			roles: Vec<Role>,
		) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Self::do_admit(who, Self::named(&name)?, Self::distinct(&roles)?)
		}

		/// Gives an institution other roles, in place of those it holds.
		///
		/// - `who`: the institution, suspended or not.
		/// - `roles`: what it may do from now on, at least one role and each once, in any order.
		///
		/// Emits [`Event::RolesSet`]. Fails with [`Error::NotFound`], [`Error::NoRole`],
		/// [`Error::DuplicateRole`], [`Error::CouncilTooSmall`] or [`Error::MaxCouncilExceeded`].
		#[pallet::call_index(1)]
		pub fn set_roles(
			origin: OriginFor<T>,
			who: T::AccountId,
			roles: Vec<Role>,
		) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Self::do_set_roles(who, Self::distinct(&roles)?)
		}

		/// Suspends an institution at once: it keeps its roles but may do nothing.
		///
		/// - `who`: an institution that is not suspended.
		///
		/// Emits [`Event::Suspended`]. Fails with [`Error::NotFound`], [`Error::AlreadySuspended`] or
		/// [`Error::CouncilTooSmall`].
		#[pallet::call_index(2)]
		pub fn suspend(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Self::do_suspend(who)
		}

		/// Ends the suspension of an institution.
		///
		/// - `who`: a suspended institution.
		///
		/// Emits [`Event::Reinstated`]. Fails with [`Error::NotFound`], [`Error::NotSuspended`] or
		/// [`Error::MaxCouncilExceeded`].
		#[pallet::call_index(3)]
		pub fn reinstate(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Self::do_reinstate(who)
		}

		/// Removes an institution from the consortium. What it did stays on the chain.
		///
		/// - `who`: an institution, suspended or not, whose account nothing else refers to.
		///
		/// Emits [`Event::Removed`]. Fails with [`Error::NotFound`], [`Error::CouncilTooSmall`] or
		/// [`Error::StillReferenced`].
		#[pallet::call_index(4)]
		pub fn remove(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Self::do_remove(who)
		}

		/// Carries out a call as Root: what the council decides beyond the other calls.
		///
		/// - `call`: the call, one of [`Config::Enactable`]. When it fails it changes nothing, and this
		///   call still succeeds.
		///
		/// Emits [`Event::Enacted`] with the result of `call`. Fails with [`Error::NotEnactable`].
		#[pallet::call_index(5)]
		#[pallet::weight({
			let info = call.get_dispatch_info();
			(<T as Config>::WeightInfo::enact().saturating_add(info.call_weight), info.class)
		})]
		pub fn enact(
			origin: OriginFor<T>,
			call: Box<<T as frame_system::Config>::RuntimeCall>,
		) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			ensure!(T::Enactable::contains(&call), Error::<T>::NotEnactable);
			let call_hash = T::Hashing::hash_of(&call);
			let result = call.dispatch(RawOrigin::Root.into());
			let result = result.map(|_| ()).map_err(|failed| failed.error);
			Self::deposit_event(Event::Enacted { call_hash, result });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The institution behind an account, suspended or not.
		pub fn institution(who: T::AccountId) -> Option<Institution> {
			Institutions::<T>::get(who)
		}

		/// The institutions, not suspended, that hold `role`.
		pub fn holders(role: Role) -> Vec<T::AccountId> {
			Institutions::<T>::iter()
				.filter(|(_, institution)| institution.acts_as(Roles::new(&[role])))
				.map(|(who, _)| who)
				.collect()
		}

		/// The accounts on the council, in ascending order.
		pub fn council() -> Vec<T::AccountId> {
			Council::<T>::get().into_inner()
		}

		/// How many tokens an institution may spend in this block. `None` for a stranger.
		pub fn tokens(who: T::AccountId) -> Option<u32> {
			let institution = Institutions::<T>::get(&who)?;
			Some(Self::bucket(&who, institution.roles, &T::Limits::get()).tokens)
		}
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_admit(
		who: T::AccountId,
		name: InstitutionName,
		roles: Roles,
	) -> DispatchResult {
		let institution = Self::enrol(&who, name.clone(), roles)?;
		Self::follow_council_role(&who, Some(&institution))?;
		Self::deposit_event(Event::Admitted { who, name, roles });
		Ok(())
	}

	fn do_set_roles(who: T::AccountId, new: Roles) -> DispatchResult {
		Self::ensure_roles(new)?;
		let old =
			Self::change(&who, |institution| Ok(core::mem::replace(&mut institution.roles, new)))?;
		Self::deposit_event(Event::RolesSet { who, old, new });
		Ok(())
	}

	fn do_suspend(who: T::AccountId) -> DispatchResult {
		Self::change(&who, |institution| {
			ensure!(institution.is_active(), Error::<T>::AlreadySuspended);
			institution.standing = Standing::Suspended;
			Ok(())
		})?;
		Self::deposit_event(Event::Suspended { who });
		Ok(())
	}

	fn do_reinstate(who: T::AccountId) -> DispatchResult {
		Self::change(&who, |institution| {
			ensure!(!institution.is_active(), Error::<T>::NotSuspended);
			institution.standing = Standing::Active;
			Ok(())
		})?;
		Self::deposit_event(Event::Reinstated { who });
		Ok(())
	}

	fn do_remove(who: T::AccountId) -> DispatchResult {
		ensure!(Institutions::<T>::contains_key(&who), Error::<T>::NotFound);
		Self::follow_council_role(&who, None)?;
		Institutions::<T>::remove(&who);
		Buckets::<T>::remove(&who);
		// The account may die here, and its nonce with it.
		Departures::<T>::insert(&who, frame_system::Pallet::<T>::account_nonce(&who));
		frame_system::Pallet::<T>::dec_providers(&who).map_err(|_| Error::<T>::StillReferenced)?;
		Self::deposit_event(Event::Removed { who });
		Ok(())
	}

	/// Whether `who` is an institution, not suspended, with one of `roles`.
	pub fn acts_as(who: &T::AccountId, roles: Roles) -> bool {
		Institutions::<T>::get(who).is_some_and(|institution| institution.acts_as(roles))
	}

	/// The bucket of `who` with these roles as it is in this block.
	pub(crate) fn bucket(
		who: &T::AccountId,
		roles: Roles,
		limits: &AdmissionLimits,
	) -> Bucket<BlockNumberFor<T>> {
		let now = frame_system::Pallet::<T>::block_number();
		match Buckets::<T>::get(who) {
			Some(bucket) => bucket.refilled(now, roles, limits),
			None => Bucket::full(now, limits),
		}
	}

	fn ensure_roles(roles: Roles) -> DispatchResult {
		ensure!(!roles.is_empty(), Error::<T>::NoRole);
		Ok(())
	}

	/// The set of the roles that a call names.
	fn distinct(roles: &[Role]) -> Result<Roles, DispatchError> {
		Ok(Roles::of_distinct(roles).map_err(|_| Error::<T>::DuplicateRole)?)
	}

	/// The name that a call gives.
	fn named(name: &str) -> Result<InstitutionName, DispatchError> {
		Ok(InstitutionName::new(name).ok_or(Error::<T>::InvalidName)?)
	}

	pub(crate) fn ensure_name(name: &InstitutionName) -> DispatchResult {
		ensure!(is_plain(name.as_str()), Error::<T>::InvalidName);
		Ok(())
	}

	/// Enters an institution into the books and brings its account to life.
	fn enrol(
		who: &T::AccountId,
		name: InstitutionName,
		roles: Roles,
	) -> Result<Institution, DispatchError> {
		ensure!(!Institutions::<T>::contains_key(who), Error::<T>::AlreadyAdmitted);
		ensure!(
			Institutions::<T>::count() < T::MaxInstitutions::get(),
			Error::<T>::MaxInstitutionsExceeded
		);
		Self::ensure_name(&name)?;
		Self::ensure_roles(roles)?;
		let institution = Institution { name, roles, standing: Standing::Active };
		Institutions::<T>::insert(who, &institution);
		frame_system::Pallet::<T>::inc_providers(who);
		if let Some(nonce) = Departures::<T>::take(who) {
			frame_system::Account::<T>::mutate(who, |account| {
				account.nonce = account.nonce.max(nonce)
			});
		}
		Ok(institution)
	}

	/// Changes an institution, and its seat on the council with it.
	fn change<Outcome>(
		who: &T::AccountId,
		change: impl FnOnce(&mut Institution) -> Result<Outcome, DispatchError>,
	) -> Result<Outcome, DispatchError> {
		Institutions::<T>::try_mutate(who, |slot| {
			let institution = slot.as_mut().ok_or(Error::<T>::NotFound)?;
			let outcome = change(institution)?;
			Self::follow_council_role(who, Some(institution))?;
			Ok(outcome)
		})
	}

	/// Seats or unseats `who`, as its role and standing ask for.
	fn follow_council_role(
		who: &T::AccountId,
		institution: Option<&Institution>,
	) -> DispatchResult {
		let sits = institution.is_some_and(Institution::sits_on_council);
		Council::<T>::try_mutate(|council| {
			let changed = core::slice::from_ref(who);
			match (council.binary_search(who), sits) {
				(Err(at), true) => {
					council
						.try_insert(at, who.clone())
						.map_err(|_| Error::<T>::MaxCouncilExceeded)?;
					T::CouncilMembers::change_members_sorted(changed, &[], council);
				}
				(Ok(at), false) => {
					council.remove(at);
					Self::ensure_council(council.len())?;
					T::CouncilMembers::change_members_sorted(&[], changed, council);
				}
				(Ok(_), true) | (Err(_), false) => (),
			}
			Ok(())
		})
	}

	fn ensure_council(members: usize) -> DispatchResult {
		ensure!(members >= T::MinCouncil::get() as usize, Error::<T>::CouncilTooSmall);
		Ok(())
	}

	/// Writes the genesis: institutions and council.
	fn found(founders: &[Founder<T::AccountId>]) -> DispatchResult {
		let mut council = Vec::new();
		for founder in founders {
			let name = Self::named(&founder.name)?;
			let roles = Self::distinct(&founder.roles)?;
			let institution = Self::enrol(&founder.account, name, roles)?;
			if institution.sits_on_council() {
				council.push(founder.account.clone());
			}
		}
		if !founders.is_empty() {
			Self::ensure_council(council.len())?;
		}
		council.sort();
		T::CouncilMembers::initialize_members(&council);
		Council::<T>::put(
			BoundedVec::try_from(council).map_err(|_| Error::<T>::MaxCouncilExceeded)?,
		);
		Ok(())
	}
}

impl<T: Config> Contains<T::AccountId> for Pallet<T> {
	fn contains(who: &T::AccountId) -> bool {
		Institutions::<T>::get(who).is_some_and(|institution| institution.is_active())
	}
}

impl<T: Config> winddown_primitives::traits::Institutions<T::AccountId> for Pallet<T> {
	fn holds(who: &T::AccountId, role: Role) -> bool {
		Self::acts_as(who, Roles::new(&[role]))
	}
}
