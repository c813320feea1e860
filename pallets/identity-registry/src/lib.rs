//! # Identity registry
//!
//! Who the lenders of a case are, without saying who they are: a keyed hash for each person, and
//! the key with which that person signs. A registrar binds keys after it checked a face or a
//! certificate; it replaces the key of a lost phone and takes back a stolen one.
//!
//! | row | by | becomes |
//! |---|---|---|
//! | no key | `register_batch` | active key |
//! | active or revoked key | `rebind` | another key, active |
//! | active key | `revoke` | revoked key |
//!
//! Keys are bound from the lock of the roll on: before it the platform may clear the rows, and a row is
//! not yet somebody's for good. A key serves one row of a case and, once bound, never serves another, not even after it was
//! replaced or revoked. Rows are appended in ascending order of the hash until the roll is locked,
//! so a person occurs once, a row is found by binary search, and two neighbours prove that a person
//! has no row. A late claim adds a row behind them, found through [`LateRows`].
//!
//! ## Example
//!
//! ```ignore
//! let batch = vec![Registration { lender: 17, key: LenderKey::Sr25519(public) }].try_into()?;
//! IdentityRegistry::register_batch(registrar, case, batch, Some(face_checks))?;
//! assert_eq!(IdentityRegistry::active_key(case, 17)?, LenderKey::Sr25519(public));
//! ```

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

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

#[cfg(any(test, feature = "runtime-benchmarks"))]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use winddown_primitives::{
		pages::PageIndex,
		traits::{Cases, EvidenceSink},
		CaseId, EvidenceId, EvidenceKind, IdentityHash, LenderIndex, LenderKey,
	};

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Who binds, replaces and revokes keys: a registrar.
		type RegisterOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// The stages of cases.
		type Cases: Cases<Self::AccountId>;

		/// Where the proofs of identity checks lie.
		type Evidence: EvidenceSink;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Origins and neighbours' state for benchmarks.
		#[cfg(any(test, feature = "runtime-benchmarks"))]
		type BenchmarkHelper: BenchmarkHelper<Self::RuntimeOrigin>;
	}

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The state of each case's identity column.
	// Twox64: the chain itself counts cases.
	#[pallet::storage]
	pub type Rolls<T: Config> = StorageMap<_, Twox64Concat, CaseId, IdentityRoll>;

	/// The identity column, 64 rows a page.
	// Identity: the chain itself counts cases and pages.
	#[pallet::storage]
	pub type Identities<T: Config> =
		StorageDoubleMap<_, Identity, CaseId, Identity, PageIndex, IdentityPage, ValueQuery>;

	/// The key column, 64 rows a page.
	// Identity: the chain itself counts cases and pages.
	#[pallet::storage]
	pub type Keys<T: Config> =
		StorageDoubleMap<_, Identity, CaseId, Identity, PageIndex, KeyPage, ValueQuery>;

	/// The row that a key was ever bound to.
	// Blake2: lenders choose their keys.
	#[pallet::storage]
	pub type KeyOwners<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Blake2_128Concat, LenderKey, LenderIndex>;

	/// The rows admitted after the lock, which stand outside the ascending order.
	// Blake2: identities are made off chain.
	#[pallet::storage]
	pub type LateRows<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Blake2_128Concat, IdentityHash, LenderIndex>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A row got its first key.
		KeyRegistered {
			/// The case.
			case: CaseId,
			/// The row.
			lender: LenderIndex,
			/// Its key.
			key: LenderKey,
		},
		/// A batch of registrations was carried out.
		BatchRegistered {
			/// The case.
			case: CaseId,
			/// The registrar.
			registrar: T::AccountId,
			/// Registrations in the batch.
			count: u32,
			/// The record of the identity checks, if any.
			evidence: Option<EvidenceId>,
		},
		/// A row got another key.
		KeyRebound {
			/// The case.
			case: CaseId,
			/// The row.
			lender: LenderIndex,
			/// The key that it had.
			from: LenderKey,
			/// The key that it has now.
			to: LenderKey,
			/// The registrar.
			registrar: T::AccountId,
			/// The record of the identity check.
			evidence: EvidenceId,
		},
		/// A row's key was revoked.
		KeyRevoked {
			/// The case.
			case: CaseId,
			/// The row.
			lender: LenderIndex,
			/// The key.
			key: LenderKey,
			/// The registrar.
			registrar: T::AccountId,
			/// The record of the reason.
			evidence: EvidenceId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The case is closed or escalated; nothing in it changes any more.
		CaseFinal,
		/// The batch is empty; put at least one registration into it.
		EmptyBatch,
		/// The roll is not locked, so that a row may still become somebody else's; wait for the lock.
		RollNotLocked,
		/// The case has no such row; look the row up by its identity first.
		NoSuchRow,
		/// The row had a key before; `rebind` replaces it.
		AlreadyRegistered,
		/// The key was bound to a row of this case before; make a new one.
		KeyInUse,
		/// The row has no key; `register_batch` binds one.
		NotRegistered,
		/// The key of the row is revoked; `rebind` binds another one.
		KeyRevoked,
		/// An identity is not greater than the one before it; sort the rows and drop duplicates.
		NotAscending,
		/// The column is locked; only a late claim adds a row now.
		ColumnLocked,
		/// The column is not locked yet; append the row instead of admitting it late.
		ColumnNotLocked,
		/// The column has no rows; append some before locking it.
		EmptyColumn,
		/// The identity has a row already; a person has one row in a case.
		DuplicateIdentity,
		/// The column cannot number more rows.
		RowsExceeded,
		/// A page cannot hold the row. Does not happen while the column is sound.
		PageOverflow,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Binds first keys to rows of a case, all of them or none.
		///
		/// By a registrar, from the lock of the roll until the case is final. A batch repeated after a
		/// lost answer fails with `AlreadyRegistered` and changes nothing; the view function
		/// `first_refused` tells which registration a batch fails on.
		///
		/// - `case_id`: the case.
		/// - `registrations`: rows and their keys, 1 to 512.
		/// - `evidence`: the record of the identity checks, of the kind `Identity`.
		///
		/// Emits `KeyRegistered` for each row, then `BatchRegistered`. Fails with `CaseFinal`,
		/// `EmptyBatch`, `RollNotLocked`, `NoSuchRow`, `AlreadyRegistered`, `KeyInUse`, or as the evidence
		/// does.
		#[pallet::call_index(0)]
		#[pallet::weight(<T as Config>::WeightInfo::register_batch(registrations.len() as u32))]
		pub fn register_batch(
			origin: OriginFor<T>,
			case_id: CaseId,
			registrations: Registrations,
			evidence: Option<EvidenceId>,
		) -> DispatchResult {
			let registrar = T::RegisterOrigin::ensure_origin(origin)?;
			Self::ensure_not_final(case_id)?;
			if let Some(evidence) = evidence {
				T::Evidence::ensure_usable(case_id, evidence, EvidenceKind::Identity)?;
			}
			Self::do_register_batch(case_id, registrar, registrations, evidence)
		}

		/// Gives a row another key, because the old one is lost or was revoked.
		///
		/// By a registrar, until the case is final, also while a poll is open: what the lender
		/// signed and cast before stays. The old key signs no more.
		///
		/// - `case_id`: the case.
		/// - `lender`: the row.
		/// - `key`: a key that this case never saw.
		/// - `evidence`: the record of the identity check, of the kind `Identity`.
		///
		/// Emits `KeyRebound`. Fails with `CaseFinal`, `NoSuchRow`, `NotRegistered`, `KeyInUse`, or
		/// as the evidence does.
		#[pallet::call_index(1)]
		pub fn rebind(
			origin: OriginFor<T>,
			case_id: CaseId,
			lender: LenderIndex,
			key: LenderKey,
			evidence: EvidenceId,
		) -> DispatchResult {
			let registrar = T::RegisterOrigin::ensure_origin(origin)?;
			Self::ensure_not_final(case_id)?;
			T::Evidence::ensure_usable(case_id, evidence, EvidenceKind::Identity)?;
			Self::do_rebind(case_id, lender, key, registrar, evidence)
		}

		/// Takes a row's key back, because somebody else may hold it.
		///
		/// By a registrar, until the case is final. The row keeps its claim and its ballots; it
		/// acts again after `rebind`.
		///
		/// - `case_id`: the case.
		/// - `lender`: the row.
		/// - `evidence`: the record of the reason, of the kind `Identity`.
		///
		/// Emits `KeyRevoked`. Fails with `CaseFinal`, `NoSuchRow`, `NotRegistered`, `KeyRevoked`,
		/// or as the evidence does.
		#[pallet::call_index(2)]
		pub fn revoke(
			origin: OriginFor<T>,
			case_id: CaseId,
			lender: LenderIndex,
			evidence: EvidenceId,
		) -> DispatchResult {
			let registrar = T::RegisterOrigin::ensure_origin(origin)?;
			Self::ensure_not_final(case_id)?;
			T::Evidence::ensure_usable(case_id, evidence, EvidenceKind::Identity)?;
			Self::do_revoke(case_id, lender, registrar, evidence)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The state of a case's identity column.
		pub fn roll(case_id: CaseId) -> Option<IdentityRoll> {
			Rolls::<T>::get(case_id)
		}

		/// The identity and the key of a row.
		pub fn lender(case_id: CaseId, lender: LenderIndex) -> Option<Lender> {
			let identity = Self::identity_at(case_id, lender)?;
			Some(Lender { identity, key: Self::bound_key(case_id, lender) })
		}

		/// The row of an identity.
		pub fn row_of(case_id: CaseId, identity: IdentityHash) -> Option<LenderIndex> {
			Self::do_find(case_id, &identity)
		}

		/// The row that a key was ever bound to; the key may be replaced or revoked since.
		pub fn row_of_key(case_id: CaseId, key: LenderKey) -> Option<LenderIndex> {
			KeyOwners::<T>::get(case_id, key)
		}

		/// The identities of the 64 rows of a page, or of fewer on the last one.
		pub fn identities(case_id: CaseId, page: PageIndex) -> Vec<IdentityHash> {
			Identities::<T>::get(case_id, page)
				.as_chunks()
				.0
				.iter()
				.copied()
				.map(IdentityHash)
				.collect()
		}

		/// Which registration of a batch would be the first to fail, and with what error.
		pub fn first_refused(
			case_id: CaseId,
			registrations: Registrations,
		) -> Option<(u32, DispatchError)> {
			Self::do_first_refused(case_id, &registrations)
		}
	}
}

use frame_support::{
	dispatch::DispatchResult,
	ensure,
	storage::{generator::StorageDoubleMap as _, with_transaction, TransactionOutcome},
};
use sp_runtime::DispatchError;
use winddown_primitives::{
	pages::{self, by_page, page_of, slot_of, PAGE_ROWS},
	traits::{Cases, IdentityColumn, LenderKeys},
	CaseId, EvidenceId, IdentityHash, LenderIndex, LenderKey,
};

impl<T: Config> Pallet<T> {
	fn do_register_batch(
		case: CaseId,
		registrar: T::AccountId,
		registrations: Registrations,
		evidence: Option<EvidenceId>,
	) -> DispatchResult {
		ensure!(!registrations.is_empty(), Error::<T>::EmptyBatch);
		let rows = Self::locked_rows(case)?;
		for registration in &registrations {
			Self::do_register(case, rows, registration)?;
		}
		let count = registrations.len() as u32;
		Self::deposit_event(Event::BatchRegistered { case, registrar, count, evidence });
		Ok(())
	}

	fn do_register(case: CaseId, rows: u32, registration: &Registration) -> DispatchResult {
		let Registration { lender, key } = *registration;
		ensure!(lender < rows, Error::<T>::NoSuchRow);
		Keys::<T>::try_mutate(case, page_of(lender), |page| {
			let bound = pages::read::<BoundKey>(page, slot_of(lender));
			ensure!(bound.is_none(), Error::<T>::AlreadyRegistered);
			Self::bind(case, lender, key, page)
		})?;
		Self::deposit_event(Event::KeyRegistered { case, lender, key });
		Ok(())
	}

	fn do_rebind(
		case: CaseId,
		lender: LenderIndex,
		key: LenderKey,
		registrar: T::AccountId,
		evidence: EvidenceId,
	) -> DispatchResult {
		let from = Self::ensure_bound(case, lender)?.key;
		Keys::<T>::try_mutate(case, page_of(lender), |page| Self::bind(case, lender, key, page))?;
		Self::deposit_event(Event::KeyRebound { case, lender, from, to: key, registrar, evidence });
		Ok(())
	}

	fn do_revoke(
		case: CaseId,
		lender: LenderIndex,
		registrar: T::AccountId,
		evidence: EvidenceId,
	) -> DispatchResult {
		let BoundKey { key, status } = Self::ensure_bound(case, lender)?;
		ensure!(status == KeyStatus::Active, Error::<T>::KeyRevoked);
		Keys::<T>::try_mutate(case, page_of(lender), |page| {
			Self::write_key(page, lender, BoundKey { key, status: KeyStatus::Revoked })
		})?;
		Self::deposit_event(Event::KeyRevoked { case, lender, key, registrar, evidence });
		Ok(())
	}

	fn do_append(case: CaseId, identities: &[IdentityHash]) -> DispatchResult {
		let mut roll = Rolls::<T>::get(case).unwrap_or_default();
		ensure!(!roll.locked, Error::<T>::ColumnLocked);
		let Some(last) = identities.last() else { return Ok(()) };
		let before = (roll.rows > 0).then_some(&roll.last);
		let ascending = before.into_iter().chain(identities).is_sorted_by(|a, b| a < b);
		ensure!(ascending, Error::<T>::NotAscending);

		Self::write_identities(case, roll.rows, identities)?;
		let added = u32::try_from(identities.len()).map_err(|_| Error::<T>::RowsExceeded)?;
		roll.rows = roll.rows.checked_add(added).ok_or(Error::<T>::RowsExceeded)?;
		roll.sorted_rows = roll.rows;
		roll.last = *last;
		Rolls::<T>::insert(case, roll);
		Ok(())
	}

	fn do_truncate(case: CaseId, rows: u32) -> DispatchResult {
		let mut roll = Rolls::<T>::get(case).ok_or(Error::<T>::EmptyColumn)?;
		ensure!(!roll.locked, Error::<T>::ColumnLocked);
		ensure!(rows < roll.rows && slot_of(rows) == 0, Error::<T>::NoSuchRow);
		for page in page_of(rows)..roll.rows.div_ceil(PAGE_ROWS) {
			Identities::<T>::remove(case, page);
		}
		let Some(last) = rows.checked_sub(1) else {
			Rolls::<T>::remove(case);
			return Ok(());
		};
		roll.rows = rows;
		roll.sorted_rows = rows;
		roll.last = Self::identity_at(case, last).ok_or(Error::<T>::NoSuchRow)?;
		Rolls::<T>::insert(case, roll);
		Ok(())
	}

	fn do_lock(case: CaseId) -> DispatchResult {
		let mut roll = Rolls::<T>::get(case).ok_or(Error::<T>::EmptyColumn)?;
		ensure!(!roll.locked, Error::<T>::ColumnLocked);
		roll.locked = true;
		Rolls::<T>::insert(case, roll);
		Ok(())
	}

	fn do_admit_late(case: CaseId, identity: IdentityHash) -> Result<LenderIndex, DispatchError> {
		let mut roll = Rolls::<T>::get(case).ok_or(Error::<T>::EmptyColumn)?;
		ensure!(roll.locked, Error::<T>::ColumnNotLocked);
		ensure!(Self::do_find(case, &identity).is_none(), Error::<T>::DuplicateIdentity);
		let lender = roll.rows;
		roll.rows = lender.checked_add(1).ok_or(Error::<T>::RowsExceeded)?;
		Self::write_identities(case, lender, &[identity])?;
		LateRows::<T>::insert(case, identity, lender);
		Rolls::<T>::insert(case, roll);
		Ok(lender)
	}

	fn do_find(case: CaseId, identity: &IdentityHash) -> Option<LenderIndex> {
		let sorted_rows = Rolls::<T>::get(case)?.sorted_rows;
		Self::find_sorted(case, sorted_rows, identity)
			.or_else(|| LateRows::<T>::get(case, identity))
	}

	/// Searches the first identities of pages for the page, then that page for the row.
	fn find_sorted(case: CaseId, sorted_rows: u32, identity: &IdentityHash) -> Option<LenderIndex> {
		let (mut low, mut high) = (0, sorted_rows.div_ceil(PAGE_ROWS));
		while low < high {
			let middle = low.midpoint(high);
			let first = Self::identity_at(case, middle.checked_mul(PAGE_ROWS)?)?;
			if first <= *identity {
				low = middle.saturating_add(1);
			} else {
				high = middle;
			}
		}
		let page = low.checked_sub(1)?;
		let first = page.checked_mul(PAGE_ROWS)?;
		let sorted = sorted_rows.saturating_sub(first).min(PAGE_ROWS) as usize;
		let cells = Identities::<T>::get(case, page);
		let slot = cells.as_chunks().0.get(..sorted)?.binary_search(&identity.0).ok()?;
		first.checked_add(slot as u32)
	}

	fn do_first_refused(
		case: CaseId,
		registrations: &Registrations,
	) -> Option<(u32, DispatchError)> {
		let rows = match Self::locked_rows(case) {
			Ok(rows) => rows,
			Err(error) => return Some((0, error.into())),
		};
		// Tried in earnest, since two registrations of the batch may exclude each other.
		let refused = with_transaction(|| {
			let refused = (0..).zip(registrations).find_map(|(at, registration)| {
				Self::do_register(case, rows, registration).err().map(|error| (at, error))
			});
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(refused))
		});
		refused.ok().flatten()
	}

	/// The rows of a locked roll.
	fn locked_rows(case: CaseId) -> Result<u32, Error<T>> {
		let roll = Rolls::<T>::get(case).filter(|roll| roll.locked);
		Ok(roll.ok_or(Error::<T>::RollNotLocked)?.rows)
	}

	fn ensure_not_final(case: CaseId) -> DispatchResult {
		ensure!(!T::Cases::stage(case)?.is_final(), Error::<T>::CaseFinal);
		Ok(())
	}

	fn ensure_bound(case: CaseId, lender: LenderIndex) -> Result<BoundKey, DispatchError> {
		match Self::bound_key(case, lender) {
			Some(bound) => Ok(bound),
			None if lender < Self::rows(case) => Err(Error::<T>::NotRegistered.into()),
			None => Err(Error::<T>::NoSuchRow.into()),
		}
	}

	fn bind(
		case: CaseId,
		lender: LenderIndex,
		key: LenderKey,
		page: &mut KeyPage,
	) -> DispatchResult {
		ensure!(!KeyOwners::<T>::contains_key(case, key), Error::<T>::KeyInUse);
		Self::write_key(page, lender, BoundKey { key, status: KeyStatus::Active })?;
		KeyOwners::<T>::insert(case, key, lender);
		Ok(())
	}

	fn write_key(page: &mut KeyPage, lender: LenderIndex, bound: BoundKey) -> DispatchResult {
		pages::write(page, slot_of(lender), &bound).map_err(|_| Error::<T>::PageOverflow)?;
		Ok(())
	}

	fn write_identities(
		case: CaseId,
		first: LenderIndex,
		identities: &[IdentityHash],
	) -> DispatchResult {
		for (page, slot, part) in by_page(first, identities) {
			Identities::<T>::try_mutate(case, page, |cells| {
				(slot..)
					.zip(part)
					.try_for_each(|(slot, identity)| pages::write(cells, slot, identity))
			})
			.map_err(|_| Error::<T>::PageOverflow)?;
		}
		Ok(())
	}

	fn identity_at(case: CaseId, lender: LenderIndex) -> Option<IdentityHash> {
		pages::read_stored(&Self::identities_key(case, lender), slot_of(lender))
	}

	fn bound_key(case: CaseId, lender: LenderIndex) -> Option<BoundKey> {
		pages::read_stored(&Self::keys_key(case, lender), slot_of(lender))
	}

	/// The key of a lender's page in [`Identities`].
	pub(crate) fn identities_key(case: CaseId, lender: LenderIndex) -> [u8; 40] {
		pages::page_key(Identities::<T>::prefix_hash(), case, lender)
	}

	/// The key of a lender's page in [`Keys`].
	pub(crate) fn keys_key(case: CaseId, lender: LenderIndex) -> [u8; 40] {
		pages::page_key(Keys::<T>::prefix_hash(), case, lender)
	}
}

impl<T: Config> IdentityColumn for Pallet<T> {
	fn rows(case: CaseId) -> u32 {
		Rolls::<T>::get(case).map_or(0, |roll| roll.rows)
	}

	fn append(case: CaseId, identities: &[IdentityHash]) -> DispatchResult {
		Self::do_append(case, identities)
	}

	fn truncate(case: CaseId, rows: u32) -> DispatchResult {
		Self::do_truncate(case, rows)
	}

	fn lock(case: CaseId) -> DispatchResult {
		Self::do_lock(case)
	}

	fn admit_late(case: CaseId, identity: IdentityHash) -> Result<LenderIndex, DispatchError> {
		Self::do_admit_late(case, identity)
	}

	fn find(case: CaseId, identity: &IdentityHash) -> Option<LenderIndex> {
		Self::do_find(case, identity)
	}
}

impl<T: Config> LenderKeys for Pallet<T> {
	fn active_key(case: CaseId, lender: LenderIndex) -> Result<LenderKey, DispatchError> {
		let bound = Self::ensure_bound(case, lender)?;
		ensure!(bound.status == KeyStatus::Active, Error::<T>::KeyRevoked);
		Ok(bound.key)
	}
}
