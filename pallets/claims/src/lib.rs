//! # Claims
//!
//! What each lender of a case is owed, and whether the lender agrees. The platform imports the roll
//! row by row and locks it; from then on nobody changes an amount but by a ruling on a dispute.
//! Lenders confirm or dispute; the totals of the roll are the denominators of every vote.
//!
//! | state | reached by | counts in totals | may vote |
//! |---|---|---|---|
//! | `Imported` | `import` | yes | no |
//! | `ConfirmedByApp` | `confirm`, from imported, deemed or disputed | yes | yes |
//! | `ConfirmedByCall` | `confirm_by_call`, from imported or deemed | yes | yes |
//! | `Deemed` | `deem_confirmed`, from imported | yes | yes |
//! | `Disputed` | `dispute`, from imported, confirmed or deemed | no | no |
//! | `Provisional` | `adjudicate`, from disputed or an earlier ruling | yes | yes |
//! | `Adjudicated` | `adjudicate`, from disputed or an earlier ruling; `admit_late` | yes | yes |
//! | `Excluded` | `adjudicate`, from any other state | no | no |
//!
//! Until the lock nothing is final: the platform may clear what it imported, page by page from the end,
//! and import anew once no row is left. In between the roll has no digest and takes no row.
//!
//! While a poll of the case is open, whatever would change the totals fails with `RollFrozen`;
//! confirming what counts already stays possible.
//!
//! ## Example
//!
//! ```ignore
//! Claims::import(platform, case, 0, rows)?;
//! Claims::lock(platform, case, 260_000, 630_000_000_000, digest)?;
//! Claims::confirm(lender, 2_420_000)?;
//! assert_eq!(Claims::voting_right(case, 17)?.amount, 2_420_000);
//! ```

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod actions;
#[cfg(any(test, feature = "runtime-benchmarks"))]
mod benchmarking;
#[cfg(test)]
mod mock;
mod rows;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

#[cfg(any(test, feature = "runtime-benchmarks"))]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::{
	CalledClaim, CalledClaims, Claim, ClaimState, Entry, EntryPage, ImportRow, ImportRows,
	LockedRoll, Roll, RollPhase, Ruling, SilentLenders, StateCounts, Stated, ENTRY_WIDTH,
	MAX_CLEAR, MAX_CONFIRMATIONS, MAX_IMPORT,
};
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use winddown_primitives::{
		pages::{PageIndex, PAGE_ROWS},
		traits::{Cases, EvidenceSink, IdentityColumn},
		CaseId, ClassId, Digest, EvidenceId, Fen, IdentityHash, LenderIndex, LenderRef, Millis,
	};

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Who imports and locks rolls: a platform, in its own case.
		type ImportOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// Who records confirmations by call: the operator.
		type ConfirmByCallOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// Who rules on claims, admits late ones and declares silent ones confirmed: an association,
		/// in its own case.
		type AdjudicateOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// A lender, acting for the own row.
		type LenderOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = LenderRef>;

		/// Stages, platforms, associations, terms and windows of cases.
		type Cases: Cases<Self::AccountId>;

		/// The identity column, of which this pallet's columns continue the rows.
		type Identities: IdentityColumn;

		/// Where the locked roll is deposited, and where grounds of rulings lie.
		type Evidence: EvidenceSink;

		/// The time, in milliseconds.
		type Time: Time<Moment = Millis>;

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

	/// The state of each case's roll.
	// Twox64: the chain itself counts cases.
	#[pallet::storage]
	pub type Rolls<T: Config> = StorageMap<_, Twox64Concat, CaseId, Roll>;

	/// The column of amounts, classes and states, 64 rows a page. Of a cell only the state changes.
	// One column, because a ballot must know all three, and each column costs it a way through the
	// trie. Identity: the chain itself counts cases and pages.
	#[pallet::storage]
	pub type Entries<T: Config> =
		StorageDoubleMap<_, Identity, CaseId, Identity, PageIndex, EntryPage, ValueQuery>;

	/// The amounts, in fen, that rulings set and that differ from the stated ones.
	// Twox64: the chain itself counts cases and rows.
	#[pallet::storage]
	pub type Adjusted<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Twox64Concat, LenderIndex, Fen>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Rows were imported.
		RowsImported {
			/// The case.
			case: CaseId,
			/// The first of the rows.
			first: LenderIndex,
			/// How many they are.
			count: u32,
			/// The running digest after the last of them.
			digest: [u8; 32],
		},
		/// Rows were cleared off the end of a roll that is not locked; it is over when `first` is 0.
		RowsCleared {
			/// The case.
			case: CaseId,
			/// The platform that cleared them.
			platform: T::AccountId,
			/// The first of the rows, which is how many are left.
			first: LenderIndex,
			/// How many they were.
			count: u32,
		},
		/// The roll was locked; the case goes on to `Confirming`.
		RollLocked {
			/// The case.
			case: CaseId,
			/// The platform that locked it.
			platform: T::AccountId,
			/// Imported rows.
			heads: u32,
			/// Their sum in fen.
			amount: Fen,
			/// Their running digest.
			digest: [u8; 32],
			/// The record of the lock.
			evidence: EvidenceId,
		},
		/// A claim was confirmed.
		ClaimConfirmed {
			/// The case.
			case: CaseId,
			/// The row.
			lender: LenderIndex,
			/// How: by app, by call or deemed.
			state: ClaimState,
			/// The amount in fen.
			amount: Fen,
			/// The record of the call, or of the service; none for a lender's own intent.
			evidence: Option<EvidenceId>,
		},
		/// A batch passed over a claim, because its state leaves nothing to confirm.
		ConfirmationSkipped {
			/// The case.
			case: CaseId,
			/// The row.
			lender: LenderIndex,
			/// The state that it keeps.
			state: ClaimState,
		},
		/// A lender disputed a claim.
		ClaimDisputed {
			/// The case.
			case: CaseId,
			/// The row.
			lender: LenderIndex,
			/// The digest of the reason.
			reason: Digest,
		},
		/// The association ruled on a claim.
		ClaimAdjudicated {
			/// The case.
			case: CaseId,
			/// The row.
			lender: LenderIndex,
			/// What it decided.
			ruling: Ruling,
			/// The amount in fen before the ruling.
			before: Fen,
			/// The amount in fen that counts now, zero for an excluded claim.
			amount: Fen,
			/// The association.
			association: T::AccountId,
			/// The record of the grounds.
			evidence: EvidenceId,
		},
		/// A claim was admitted after the lock.
		LateClaimAdmitted {
			/// The case.
			case: CaseId,
			/// The row that it got.
			lender: LenderIndex,
			/// The keyed hash of the person.
			identity: IdentityHash,
			/// The claim in fen.
			amount: Fen,
			/// The class.
			class: ClassId,
			/// The association.
			association: T::AccountId,
			/// The record of the grounds.
			evidence: EvidenceId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The case belongs to another platform; a platform acts in its own cases only.
		NotPlatformOfCase,
		/// The case is past the stage `Noticed`; a roll is imported, and cleared, before anything else.
		WrongStage,
		/// The case is closed or escalated; nothing in it changes any more.
		CaseFinal,
		/// The roll is locked; only a ruling or a late claim changes it now.
		RollLocked,
		/// The roll is not locked yet; wait until the platform locked it.
		RollNotLocked,
		/// The roll has no rows; import some before locking it.
		EmptyRoll,
		/// The batch is empty; put at least one row into it.
		EmptyBatch,
		/// The batch does not begin where the roll ends; ask for the roll's `rows` and go on there.
		WrongPosition,
		/// An amount is zero; leave such a row out, or exclude the claim.
		ZeroAmount,
		/// The roll would have a ninth class; use at most eight.
		ClassesExceeded,
		/// A sum of heads or fen leaves its range; look for an amount far too large.
		TotalsOverflow,
		/// The roll has another number of rows than stated; compare the import with its source.
		WrongHeads,
		/// The roll has another sum than stated; compare the import with its source.
		WrongTotal,
		/// The roll has another digest than stated; compare the import with its source.
		WrongDigest,
		/// The case has no such row; look the row up by its identity first.
		NoSuchRow,
		/// The amount is not the stated one; read the claim, then confirm that amount or dispute it.
		WrongAmount,
		/// The claim is confirmed already; nothing is left to do.
		AlreadyConfirmed,
		/// The claim is disputed already; wait for the ruling, or confirm the stated amount.
		AlreadyDisputed,
		/// The claim was ruled on; only another ruling changes it.
		AlreadyAdjudicated,
		/// The claim was taken off the roll; only another ruling brings it back.
		ClaimExcluded,
		/// The claim is not confirmed; confirm it, or wait for a ruling on the dispute.
		ClaimNotConfirmed,
		/// Nobody disputed the claim; a ruling on it can only exclude it.
		NotDisputed,
		/// The window for confirmation is over; show the association why the claim is wrong.
		DisputeWindowOver,
		/// The window for confirmation is still open; wait for its end.
		WindowStillOpen,
		/// The terms of the case do not let silence confirm.
		DeemedNotDeclared,
		/// A poll of the case is open and counts on the roll as it is; wait for its close.
		RollFrozen,
		/// No poll of the case is open.
		NotFrozen,
		/// More polls of the case are open than can be counted.
		PollsExceeded,
		/// The identity column has another number of rows. Does not happen while both are sound.
		ColumnsDiffer,
		/// A page cannot hold the row. Does not happen while the column is sound.
		PageOverflow,
		/// The case was opened by another association; an association acts in its own cases only.
		NotAssociationOfCase,
		/// The roll is being cleared; clear it until no row is left, then import it anew.
		RollClearing,
		/// The pages to clear are none, or more than 256; name 1 to 256.
		WrongPages,
		/// An identity is all zeros, which no keyed hash is; look what the client encoded.
		ZeroIdentity,
		/// A digest is all zeros, which no document has; look what the client encoded.
		ZeroDigest,
		/// An amount is above 10^17 fen, which no claim is; look what the client encoded.
		AmountTooLarge,
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
		/// Imports the next rows of a case, all of them or none.
		///
		/// By the platform of the case while it is `Noticed`. Rows ascend by identity, across
		/// batches too. A batch sent again after a lost answer fails with `WrongPosition`.
		///
		/// - `case_id`: the case.
		/// - `first`: the number of rows that the roll has now.
		/// - `rows`: 1 to 512 rows, no amount zero.
		///
		/// Emits `RowsImported`. Fails with `NotPlatformOfCase`, `WrongStage`, `RollLocked`,
		/// `RollClearing`, `WrongPosition`, `EmptyBatch`, `ZeroIdentity`, `ZeroAmount`,
		/// `AmountTooLarge`, `ClassesExceeded`, `TotalsOverflow`, or as the identity column does when an
		/// identity descends or repeats.
		#[pallet::call_index(0)]
		#[pallet::weight(<T as Config>::WeightInfo::import((rows.len() as u32).div_ceil(PAGE_ROWS)))]
		pub fn import(
			origin: OriginFor<T>,
			case_id: CaseId,
			first: LenderIndex,
			rows: ImportRows,
		) -> DispatchResult {
			let platform = T::ImportOrigin::ensure_origin(origin)?;
			let roll = Self::ensure_importing(case_id, &platform)?;
			Self::do_import(case_id, roll, first, &rows)
		}

		/// Ends the import: the roll is what the platform says it is, and changes no more.
		///
		/// By the platform of the case while it is `Noticed`, after the last row. The case goes on
		/// to `Confirming` and the roll is deposited as evidence.
		///
		/// - `case_id`: the case.
		/// - `heads`: the number of rows that the platform means to have imported.
		/// - `amount`: their sum in fen.
		/// - `digest`: their running digest, recomputed from the platform's own records.
		///
		/// Emits `RollLocked`. Fails with `NotPlatformOfCase`, `WrongStage`, `RollLocked`,
		/// `RollClearing`, `EmptyRoll`, `WrongHeads`, `WrongTotal` or `WrongDigest`.
		#[pallet::call_index(1)]
		pub fn lock(
			origin: OriginFor<T>,
			case_id: CaseId,
			heads: u32,
			amount: Fen,
			digest: [u8; 32],
		) -> DispatchResult {
			let platform = T::ImportOrigin::ensure_origin(origin)?;
			let roll = Self::ensure_importing(case_id, &platform)?;
			Self::do_lock(platform, roll, LockedRoll { case: case_id, heads, amount, digest })
		}

		/// Confirms the lender's own claim, or withdraws the lender's dispute of it.
		///
		/// By a lender, from the lock until the case is final. A deemed claim becomes one that the
		/// lender confirmed.
		///
		/// - `amount`: the stated amount in fen, so that it is certain what is confirmed.
		///
		/// Emits `ClaimConfirmed`. Fails with `RollNotLocked`, `CaseFinal`, `NoSuchRow`,
		/// `AlreadyConfirmed`, `AlreadyAdjudicated`, `ClaimExcluded`, `WrongAmount`, or `RollFrozen`
		/// for a disputed claim.
		#[pallet::call_index(2)]
		pub fn confirm(origin: OriginFor<T>, amount: Fen) -> DispatchResult {
			let lender = T::LenderOrigin::ensure_origin(origin)?;
			Self::do_confirm(lender, amount)
		}

		/// Disputes the lender's own claim; it does not vote until there is a ruling.
		///
		/// By a lender, from the lock until the window for confirmation ends.
		///
		/// - `reason`: the digest of the reason and its proof.
		///
		/// Emits `ClaimDisputed`. Fails with `RollNotLocked`, `CaseFinal`, `DisputeWindowOver`,
		/// `RollFrozen`, `NoSuchRow`, `AlreadyDisputed`, `AlreadyAdjudicated`, `ClaimExcluded` or
		/// `ZeroDigest`.
		#[pallet::call_index(3)]
		pub fn dispute(origin: OriginFor<T>, reason: Digest) -> DispatchResult {
			let lender = T::LenderOrigin::ensure_origin(origin)?;
			Self::do_dispute(lender, reason)
		}

		/// Records claims that lenders confirmed in recorded calls.
		///
		/// By the operator, from the lock until the case is final. A claim that its lender confirmed,
		/// disputed or had adjudicated in the meantime is passed over; any other fault undoes the
		/// whole batch.
		///
		/// - `case_id`: the case.
		/// - `claims`: 1 to 256 rows with the amounts that were agreed to.
		/// - `evidence`: the record of the calls' recordings, of the kind `ConfirmationCall`.
		///
		/// Emits `ClaimConfirmed` or `ConfirmationSkipped` for each. Fails with `RollNotLocked`,
		/// `CaseFinal`, `EmptyBatch`, `NoSuchRow`, `WrongAmount`, or as the evidence does.
		#[pallet::call_index(4)]
		#[pallet::weight(<T as Config>::WeightInfo::confirm_by_call(claims.len() as u32))]
		pub fn confirm_by_call(
			origin: OriginFor<T>,
			case_id: CaseId,
			claims: CalledClaims,
			evidence: EvidenceId,
		) -> DispatchResult {
			T::ConfirmByCallOrigin::ensure_origin(origin)?;
			Self::do_confirm_by_call(case_id, &claims, evidence)
		}

		/// Rules on a claim, for good or provisionally.
		///
		/// By the association of the case, from the lock until the case is final, while no poll is
		/// open. A later ruling replaces an earlier one. A claim that its lender did not dispute can
		/// only be excluded, on the objection of somebody else.
		///
		/// - `case_id`: the case.
		/// - `lender`: the row.
		/// - `ruling`: what is decided.
		/// - `evidence`: the record of the grounds, of the kind `Adjudication`.
		///
		/// Emits `ClaimAdjudicated`. Fails with `NotAssociationOfCase`, `RollNotLocked`, `CaseFinal`,
		/// `RollFrozen`, `NoSuchRow`, `NotDisputed`, `ClaimExcluded`, `ZeroAmount`, `AmountTooLarge`,
		/// `TotalsOverflow`, or as the evidence does.
		#[pallet::call_index(5)]
		pub fn adjudicate(
			origin: OriginFor<T>,
			case_id: CaseId,
			lender: LenderIndex,
			ruling: Ruling,
			evidence: EvidenceId,
		) -> DispatchResult {
			let association = T::AdjudicateOrigin::ensure_origin(origin)?;
			Self::ensure_association(case_id, &association)?;
			Self::do_adjudicate(association, case_id, lender, ruling, evidence)
		}

		/// Admits a claim that came after the lock. It votes from now on.
		///
		/// By the association of the case, from the lock until the case is final, while no poll is
		/// open.
		///
		/// - `case_id`: the case.
		/// - `identity`: the keyed hash of a person who has no row yet.
		/// - `amount`: the claim in fen, not zero.
		/// - `class_id`: the class of creditors.
		/// - `evidence`: the record of the grounds, of the kind `Adjudication`.
		///
		/// Emits `LateClaimAdmitted`. Fails with `NotAssociationOfCase`, `RollNotLocked`, `CaseFinal`,
		/// `RollFrozen`, `ZeroIdentity`, `ZeroAmount`, `AmountTooLarge`, `ClassesExceeded`,
		/// `TotalsOverflow`, as the identity column does when the person has a row, or as the evidence
		/// does.
		#[pallet::call_index(6)]
		pub fn admit_late(
			origin: OriginFor<T>,
			case_id: CaseId,
			identity: IdentityHash,
			amount: Fen,
			class_id: ClassId,
			evidence: EvidenceId,
		) -> DispatchResult {
			let association = T::AdjudicateOrigin::ensure_origin(origin)?;
			Self::ensure_association(case_id, &association)?;
			Self::do_admit_late(
				association,
				case_id,
				identity,
				Stated { amount, class: class_id },
				evidence,
			)
		}

		/// Declares claims confirmed whose lenders kept silent.
		///
		/// By the association of the case, after the window for confirmation, until the case is
		/// final, and only if the terms of the case declare it. A claim whose lender spoke is passed
		/// over.
		///
		/// - `case_id`: the case.
		/// - `lenders`: 1 to 256 rows.
		/// - `evidence`: the record that the notice was served on them, of the kind `NoticeService`.
		///
		/// Emits `ClaimConfirmed` or `ConfirmationSkipped` for each. Fails with
		/// `NotAssociationOfCase`, `RollNotLocked`, `CaseFinal`, `DeemedNotDeclared`,
		/// `WindowStillOpen`, `EmptyBatch`, `NoSuchRow`, or as the evidence does.
		#[pallet::call_index(7)]
		#[pallet::weight(<T as Config>::WeightInfo::deem_confirmed(lenders.len() as u32))]
		pub fn deem_confirmed(
			origin: OriginFor<T>,
			case_id: CaseId,
			lenders: SilentLenders,
			evidence: EvidenceId,
		) -> DispatchResult {
			let association = T::AdjudicateOrigin::ensure_origin(origin)?;
			Self::ensure_association(case_id, &association)?;
			Self::do_deem_confirmed(case_id, &lenders, evidence)
		}

		/// Takes rows off the end of a roll that is not locked, whole pages of them.
		///
		/// By the platform of the case while it is `Noticed`, or after it was cancelled. From the first
		/// page on the roll is being cleared: it takes no row and is not locked until all are gone, since
		/// a digest that runs forward cannot run back.
		///
		/// - `case_id`: the case.
		/// - `rows`: the number of rows that the roll has now.
		/// - `pages`: pages of 64 rows, 1 to 256; more than there are clear them all.
		///
		/// Emits `RowsCleared`. Fails with `NotPlatformOfCase`, `EmptyRoll`, `RollLocked`, `WrongStage`,
		/// `WrongPosition` or `WrongPages`.
		#[pallet::call_index(8)]
		#[pallet::weight(<T as Config>::WeightInfo::clear((*pages).min(MAX_CLEAR)))]
		pub fn clear(
			origin: OriginFor<T>,
			case_id: CaseId,
			rows: u32,
			pages: u32,
		) -> DispatchResult {
			let platform = T::ImportOrigin::ensure_origin(origin)?;
			let roll = Self::ensure_clearable(case_id, &platform)?;
			ensure!(rows == roll.rows, Error::<T>::WrongPosition);
			Self::do_clear(platform, case_id, roll, pages)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The state of a case's roll.
		pub fn roll(case_id: CaseId) -> Option<Roll> {
			Rolls::<T>::get(case_id)
		}

		/// The claim of a row.
		pub fn claim(case_id: CaseId, lender: LenderIndex) -> Option<Claim> {
			Self::row(case_id, lender).ok().map(Into::into)
		}

		/// The claims of the 64 rows of a page, or of fewer on the last one.
		pub fn claims(case_id: CaseId, page: PageIndex) -> Vec<Claim> {
			let first = page.saturating_mul(PAGE_ROWS);
			(first..first.saturating_add(PAGE_ROWS))
				.map_while(|lender| Self::claim(case_id, lender))
				.collect()
		}
	}
}

use frame_support::{dispatch::DispatchResult, ensure};
use sp_runtime::DispatchError;
use winddown_primitives::{
	traits::{ClaimAmounts, ElectoralRoll, StageGate},
	CaseId, Fen, LenderIndex, RollTotals, Stage, VotingRight,
};

impl<T: Config> ElectoralRoll for Pallet<T> {
	fn totals(case: CaseId) -> Result<RollTotals, DispatchError> {
		Ok(Self::ensure_locked(case)?.eligible)
	}

	fn voting_right(case: CaseId, lender: LenderIndex) -> Result<VotingRight, DispatchError> {
		let row = Self::row(case, lender)?;
		ensure!(row.state != ClaimState::Excluded, Error::<T>::ClaimExcluded);
		ensure!(row.state.may_vote(), Error::<T>::ClaimNotConfirmed);
		Ok(VotingRight { class: row.stated.class, amount: row.amount })
	}

	fn freeze(case: CaseId) -> DispatchResult {
		let mut roll = Self::ensure_locked(case)?;
		roll.open_polls = roll.open_polls.checked_add(1).ok_or(Error::<T>::PollsExceeded)?;
		Rolls::<T>::insert(case, roll);
		Ok(())
	}

	fn thaw(case: CaseId) -> DispatchResult {
		let mut roll = Self::ensure_locked(case)?;
		roll.open_polls = roll.open_polls.checked_sub(1).ok_or(Error::<T>::NotFrozen)?;
		Rolls::<T>::insert(case, roll);
		Ok(())
	}
}

impl<T: Config> ClaimAmounts for Pallet<T> {
	fn amount(case: CaseId, lender: LenderIndex) -> Result<Fen, DispatchError> {
		let row = Self::row(case, lender)?;
		ensure!(row.state != ClaimState::Excluded, Error::<T>::ClaimExcluded);
		Ok(row.amount)
	}

	fn rows(case: CaseId) -> u32 {
		Rolls::<T>::get(case).map_or(0, |roll| roll.rows)
	}
}

impl<T: Config> StageGate for Pallet<T> {
	/// An election needs a locked roll. Disputes without a ruling do not hold it up: such claims
	/// simply do not vote (Enterprise Bankruptcy Law art. 59).
	fn ensure_ready(case: CaseId, from: Stage, to: Stage) -> DispatchResult {
		if (from, to) == (Stage::Confirming, Stage::Electing) {
			Self::ensure_locked(case)?;
		}
		Ok(())
	}
}
