//! What the calls do once their origin is known.

use crate::{
	types::Row, CalledClaims, ClaimState, Config, Entries, Entry, Error, Event, ImportRows,
	LockedRoll, Pallet, Roll, RollPhase, Rolls, Ruling, SilentLenders, StateCounts, Stated,
	MAX_CLEAR,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure, traits::Time};
use sp_runtime::DispatchError;
use winddown_primitives::{
	pages::{self, PAGE_ROWS},
	roll_digest,
	traits::{Cases, EvidenceSink, IdentityColumn},
	CaseId, DeemedConfirmation, Digest, EvidenceId, EvidenceKind, Fen, IdentityHash, LenderIndex,
	LenderRef, Stage, Votes, EMPTY_ROLL_DIGEST,
};

impl<T: Config> Pallet<T> {
	/// The roll of a case into which `platform` may import.
	pub(crate) fn ensure_importing(
		case: CaseId,
		platform: &T::AccountId,
	) -> Result<Roll, DispatchError> {
		ensure!(T::Cases::platform(case)? == *platform, Error::<T>::NotPlatformOfCase);
		let roll = Rolls::<T>::get(case).unwrap_or_default();
		ensure!(!roll.is_locked(), Error::<T>::RollLocked);
		ensure!(T::Cases::stage(case)? == Stage::Noticed, Error::<T>::WrongStage);
		ensure!(roll.phase == RollPhase::Importing, Error::<T>::RollClearing);
		Ok(roll)
	}

	/// The roll of a case that `platform` may clear.
	pub(crate) fn ensure_clearable(
		case: CaseId,
		platform: &T::AccountId,
	) -> Result<Roll, DispatchError> {
		ensure!(T::Cases::platform(case)? == *platform, Error::<T>::NotPlatformOfCase);
		let roll = Rolls::<T>::get(case).ok_or(Error::<T>::EmptyRoll)?;
		ensure!(!roll.is_locked(), Error::<T>::RollLocked);
		let stage = T::Cases::stage(case)?;
		ensure!(matches!(stage, Stage::Noticed | Stage::Cancelled), Error::<T>::WrongStage);
		Ok(roll)
	}

	/// Fails unless `association` opened the case.
	pub(crate) fn ensure_association(case: CaseId, association: &T::AccountId) -> DispatchResult {
		let own = T::Cases::association(case)? == *association;
		ensure!(own, Error::<T>::NotAssociationOfCase);
		Ok(())
	}

	pub(crate) fn do_import(
		case: CaseId,
		mut roll: Roll,
		first: LenderIndex,
		rows: &ImportRows,
	) -> DispatchResult {
		ensure!(first == roll.rows, Error::<T>::WrongPosition);
		ensure!(!rows.is_empty(), Error::<T>::EmptyBatch);
		for row in rows {
			Self::ensure_possible(&row.identity, row.amount)?;
			Self::add_votes(&mut roll.imported, row.class, row.amount)?;
			roll.digest = roll_digest(&roll.digest, &row.identity, row.amount, row.class);
		}
		let count = rows.len() as u32;
		roll.rows = roll.rows.checked_add(count).ok_or(Error::<T>::TotalsOverflow)?;
		roll.counts.add(ClaimState::Imported, count).ok_or(Error::<T>::TotalsOverflow)?;

		let (identities, entries): (Vec<IdentityHash>, Vec<Entry>) =
			rows.iter().map(|row| (row.identity, row.entry())).unzip();
		T::Identities::append(case, &identities)?;
		Self::write_entries(case, first, &entries)?;
		let digest = roll.digest;
		Rolls::<T>::insert(case, roll);
		Self::deposit_event(Event::RowsImported { case, first, count, digest });
		Ok(())
	}

	/// Takes off the last pages; `roll` is not locked.
	pub(crate) fn do_clear(
		platform: T::AccountId,
		case: CaseId,
		mut roll: Roll,
		pages: u32,
	) -> DispatchResult {
		ensure!((1..=MAX_CLEAR).contains(&pages), Error::<T>::WrongPages);
		let end = roll.rows.div_ceil(PAGE_ROWS);
		let kept = end.saturating_sub(pages);
		for page in kept..end {
			let cells = Entries::<T>::take(case, page);
			for entry in (0..PAGE_ROWS).filter_map(|slot| pages::read::<Entry>(&cells, slot)) {
				let Stated { amount, class } = entry.stated;
				let taken = roll.imported.remove(class, Votes::one(amount));
				taken.ok_or(Error::<T>::TotalsOverflow)?;
			}
		}
		let first = kept.saturating_mul(PAGE_ROWS);
		T::Identities::truncate(case, first)?;
		let count = roll.rows.saturating_sub(first);
		if first == 0 {
			Rolls::<T>::remove(case);
		} else {
			roll.rows = first;
			roll.phase = RollPhase::Clearing;
			roll.digest = EMPTY_ROLL_DIGEST;
			// Nobody speaks before the lock.
			roll.counts = StateCounts { imported: first, ..StateCounts::default() };
			Rolls::<T>::insert(case, roll);
		}
		Self::deposit_event(Event::RowsCleared { case, platform, first, count });
		Ok(())
	}

	pub(crate) fn do_lock(
		platform: T::AccountId,
		mut roll: Roll,
		locked: LockedRoll,
	) -> DispatchResult {
		let LockedRoll { case, heads, amount, digest } = locked;
		let total = roll.imported.whole().ok_or(Error::<T>::TotalsOverflow)?.amount;
		ensure!(roll.rows > 0, Error::<T>::EmptyRoll);
		ensure!(heads == roll.rows, Error::<T>::WrongHeads);
		ensure!(amount == total, Error::<T>::WrongTotal);
		ensure!(digest == roll.digest, Error::<T>::WrongDigest);

		T::Identities::lock(case)?;
		roll.phase = RollPhase::Locked;
		roll.eligible = roll.imported.clone();
		Rolls::<T>::insert(case, roll);
		let evidence = T::Evidence::deposit_result(case, EvidenceKind::Roll, Digest::of(&locked))?;
		T::Cases::advance(case, Stage::Confirming)?;
		Self::deposit_event(Event::RollLocked { case, platform, heads, amount, digest, evidence });
		Ok(())
	}

	pub(crate) fn do_confirm(who: LenderRef, amount: Fen) -> DispatchResult {
		let LenderRef { case, lender } = who;
		let mut roll = Self::ensure_live(case)?;
		let row = Self::row(case, lender)?;
		match row.state {
			ClaimState::Imported | ClaimState::Deemed => {}
			ClaimState::Disputed => Self::ensure_thawed(&roll)?,
			ClaimState::ConfirmedByApp | ClaimState::ConfirmedByCall => {
				return Err(Error::<T>::AlreadyConfirmed.into())
			}
			ClaimState::Provisional | ClaimState::Adjudicated => {
				return Err(Error::<T>::AlreadyAdjudicated.into())
			}
			ClaimState::Excluded => return Err(Error::<T>::ClaimExcluded.into()),
		}
		ensure!(amount == row.stated.amount, Error::<T>::WrongAmount);
		Self::confirm_row(who, &mut roll, &row, ClaimState::ConfirmedByApp, None)?;
		Rolls::<T>::insert(case, roll);
		Ok(())
	}

	pub(crate) fn do_dispute(who: LenderRef, reason: Digest) -> DispatchResult {
		let LenderRef { case, lender } = who;
		ensure!(!reason.is_zero(), Error::<T>::ZeroDigest);
		let mut roll = Self::ensure_live(case)?;
		let until = T::Cases::confirm_until(case)?;
		ensure!(T::Time::now() < until, Error::<T>::DisputeWindowOver);
		Self::ensure_thawed(&roll)?;
		let row = Self::row(case, lender)?;
		match row.state {
			ClaimState::Imported
			| ClaimState::ConfirmedByApp
			| ClaimState::ConfirmedByCall
			| ClaimState::Deemed => {}
			ClaimState::Disputed => return Err(Error::<T>::AlreadyDisputed.into()),
			ClaimState::Provisional | ClaimState::Adjudicated => {
				return Err(Error::<T>::AlreadyAdjudicated.into())
			}
			ClaimState::Excluded => return Err(Error::<T>::ClaimExcluded.into()),
		}
		Self::move_claim(case, lender, &mut roll, &row, ClaimState::Disputed, row.amount)?;
		Rolls::<T>::insert(case, roll);
		Self::deposit_event(Event::ClaimDisputed { case, lender, reason });
		Ok(())
	}

	pub(crate) fn do_confirm_by_call(
		case: CaseId,
		claims: &CalledClaims,
		evidence: EvidenceId,
	) -> DispatchResult {
		let mut roll = Self::ensure_live(case)?;
		ensure!(!claims.is_empty(), Error::<T>::EmptyBatch);
		T::Evidence::ensure_usable(case, evidence, EvidenceKind::ConfirmationCall)?;
		for claim in claims {
			let who = LenderRef { case, lender: claim.lender };
			let row = Self::row(case, claim.lender)?;
			if matches!(row.state, ClaimState::Imported | ClaimState::Deemed) {
				ensure!(claim.amount == row.stated.amount, Error::<T>::WrongAmount);
				let state = ClaimState::ConfirmedByCall;
				Self::confirm_row(who, &mut roll, &row, state, Some(evidence))?;
			} else {
				Self::skip_row(who, &row);
			}
		}
		Rolls::<T>::insert(case, roll);
		Ok(())
	}

	pub(crate) fn do_deem_confirmed(
		case: CaseId,
		lenders: &SilentLenders,
		evidence: EvidenceId,
	) -> DispatchResult {
		let mut roll = Self::ensure_live(case)?;
		let declared = T::Cases::terms(case)?.deemed == DeemedConfirmation::AfterService;
		ensure!(declared, Error::<T>::DeemedNotDeclared);
		let until = T::Cases::confirm_until(case)?;
		ensure!(T::Time::now() >= until, Error::<T>::WindowStillOpen);
		ensure!(!lenders.is_empty(), Error::<T>::EmptyBatch);
		T::Evidence::ensure_usable(case, evidence, EvidenceKind::NoticeService)?;
		for lender in lenders {
			let who = LenderRef { case, lender: *lender };
			let row = Self::row(case, *lender)?;
			if row.state == ClaimState::Imported {
				Self::confirm_row(who, &mut roll, &row, ClaimState::Deemed, Some(evidence))?;
			} else {
				Self::skip_row(who, &row);
			}
		}
		Rolls::<T>::insert(case, roll);
		Ok(())
	}

	pub(crate) fn do_adjudicate(
		association: T::AccountId,
		case: CaseId,
		lender: LenderIndex,
		ruling: Ruling,
		evidence: EvidenceId,
	) -> DispatchResult {
		let mut roll = Self::ensure_live(case)?;
		Self::ensure_thawed(&roll)?;
		T::Evidence::ensure_usable(case, evidence, EvidenceKind::Adjudication)?;
		let row = Self::row(case, lender)?;
		let (state, amount) = Self::outcome(&row, ruling)?;
		Self::move_claim(case, lender, &mut roll, &row, state, amount)?;
		Rolls::<T>::insert(case, roll);
		let before = row.amount;
		Self::deposit_event(Event::ClaimAdjudicated {
			case,
			lender,
			ruling,
			before,
			amount,
			association,
			evidence,
		});
		Ok(())
	}

	pub(crate) fn do_admit_late(
		association: T::AccountId,
		case: CaseId,
		identity: IdentityHash,
		stated: Stated,
		evidence: EvidenceId,
	) -> DispatchResult {
		let mut roll = Self::ensure_live(case)?;
		Self::ensure_thawed(&roll)?;
		T::Evidence::ensure_usable(case, evidence, EvidenceKind::Adjudication)?;
		let Stated { amount, class } = stated;
		Self::ensure_possible(&identity, amount)?;
		Self::add_votes(&mut roll.eligible, class, amount)?;
		roll.counts.add(ClaimState::Adjudicated, 1).ok_or(Error::<T>::TotalsOverflow)?;

		let lender = T::Identities::admit_late(case, identity)?;
		ensure!(lender == roll.rows, Error::<T>::ColumnsDiffer);
		roll.rows = lender.checked_add(1).ok_or(Error::<T>::TotalsOverflow)?;
		Self::write_entries(case, lender, &[Entry { stated, state: ClaimState::Adjudicated }])?;
		Rolls::<T>::insert(case, roll);
		Self::deposit_event(Event::LateClaimAdmitted {
			case,
			lender,
			identity,
			amount,
			class,
			association,
			evidence,
		});
		Ok(())
	}

	fn confirm_row(
		who: LenderRef,
		roll: &mut Roll,
		row: &Row,
		state: ClaimState,
		evidence: Option<EvidenceId>,
	) -> DispatchResult {
		let LenderRef { case, lender } = who;
		let amount = row.stated.amount;
		Self::move_claim(case, lender, roll, row, state, amount)?;
		Self::deposit_event(Event::ClaimConfirmed { case, lender, state, amount, evidence });
		Ok(())
	}

	fn skip_row(who: LenderRef, row: &Row) {
		let LenderRef { case, lender } = who;
		Self::deposit_event(Event::ConfirmationSkipped { case, lender, state: row.state });
	}
}
