//! Reading rows, and moving a claim from one state to another together with what is counted of it.

use crate::{
	types::Row, Adjusted, ClaimState, Config, Entries, Entry, Error, Pallet, Roll, Rolls, Ruling,
	Stated,
};
use frame_support::{dispatch::DispatchResult, ensure, storage::generator::StorageDoubleMap as _};
use sp_runtime::DispatchError;
use winddown_primitives::{
	pages::{self, by_page, slot_of},
	traits::Cases,
	CaseId, ClassId, Fen, IdentityHash, LenderIndex, RollTotals, Votes, MAX_AMOUNT, MAX_CLASSES,
};

impl<T: Config> Pallet<T> {
	/// The row of a lender. Reads its cell, and the exceptions only for a claim that was ruled on.
	pub(crate) fn row(case: CaseId, lender: LenderIndex) -> Result<Row, DispatchError> {
		let Entry { stated, state } =
			pages::read_stored(&Self::entries_key(case, lender), slot_of(lender))
				.ok_or(Error::<T>::NoSuchRow)?;
		let amount = match state {
			ClaimState::Excluded => 0,
			_ if state.may_be_adjusted() => {
				Adjusted::<T>::get(case, lender).unwrap_or(stated.amount)
			}
			_ => stated.amount,
		};
		Ok(Row { stated, state, amount })
	}

	/// The key of a lender's page in [`Entries`].
	pub(crate) fn entries_key(case: CaseId, lender: LenderIndex) -> [u8; 40] {
		pages::page_key(Entries::<T>::prefix_hash(), case, lender)
	}

	/// The roll of a case that is locked and not over.
	pub(crate) fn ensure_live(case: CaseId) -> Result<Roll, DispatchError> {
		let roll = Self::ensure_locked(case)?;
		ensure!(!T::Cases::stage(case)?.is_final(), Error::<T>::CaseFinal);
		Ok(roll)
	}

	pub(crate) fn ensure_locked(case: CaseId) -> Result<Roll, DispatchError> {
		let roll = Rolls::<T>::get(case).filter(Roll::is_locked);
		Ok(roll.ok_or(Error::<T>::RollNotLocked)?)
	}

	/// Fails while a poll counts on the roll as it is.
	pub(crate) fn ensure_thawed(roll: &Roll) -> DispatchResult {
		ensure!(roll.open_polls == 0, Error::<T>::RollFrozen);
		Ok(())
	}

	/// Moves a claim to `state` with `amount`. The caller stores `roll`.
	pub(crate) fn move_claim(
		case: CaseId,
		lender: LenderIndex,
		roll: &mut Roll,
		from: &Row,
		state: ClaimState,
		amount: Fen,
	) -> DispatchResult {
		let Stated { class, amount: stated } = from.stated;
		if from.state.is_eligible() != state.is_eligible() || from.amount != amount {
			if from.state.is_eligible() {
				let votes = Votes::one(from.amount);
				roll.eligible.remove(class, votes).ok_or(Error::<T>::TotalsOverflow)?;
			}
			if state.is_eligible() {
				Self::add_votes(&mut roll.eligible, class, amount)?;
			}
		}
		roll.counts.take(from.state).ok_or(Error::<T>::TotalsOverflow)?;
		roll.counts.add(state, 1).ok_or(Error::<T>::TotalsOverflow)?;
		Self::write_entries(case, lender, &[Entry { stated: from.stated, state }])?;
		if state.may_be_adjusted() && amount != stated {
			Adjusted::<T>::insert(case, lender, amount);
		} else if from.state.may_be_adjusted() {
			Adjusted::<T>::remove(case, lender);
		}
		Ok(())
	}

	/// Where a ruling takes a claim, and with what amount.
	pub(crate) fn outcome(row: &Row, ruling: Ruling) -> Result<(ClaimState, Fen), DispatchError> {
		let stated = row.stated.amount;
		let (state, amount) = match ruling {
			Ruling::Uphold => (ClaimState::Adjudicated, stated),
			Ruling::Adjust(amount) => (ClaimState::Adjudicated, amount),
			Ruling::Provisional(amount) => (ClaimState::Provisional, amount),
			Ruling::Exclude => {
				ensure!(row.state != ClaimState::Excluded, Error::<T>::ClaimExcluded);
				return Ok((ClaimState::Excluded, 0));
			}
		};
		ensure!(row.state.is_contested(), Error::<T>::NotDisputed);
		Self::ensure_amount(amount)?;
		Ok((state, amount))
	}

	/// Fails for a row that no roll has: of nobody, or with an amount that no claim is.
	pub(crate) fn ensure_possible(identity: &IdentityHash, amount: Fen) -> DispatchResult {
		ensure!(*identity != IdentityHash::default(), Error::<T>::ZeroIdentity);
		Self::ensure_amount(amount)
	}

	fn ensure_amount(amount: Fen) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(amount <= MAX_AMOUNT, Error::<T>::AmountTooLarge);
		Ok(())
	}

	/// Adds one head with `amount` fen to `class`.
	pub(crate) fn add_votes(
		totals: &mut RollTotals,
		class: ClassId,
		amount: Fen,
	) -> DispatchResult {
		let classes = totals.classes();
		let known = classes.iter().any(|total| total.class == class);
		ensure!(known || classes.len() < MAX_CLASSES as usize, Error::<T>::ClassesExceeded);
		totals.add(class, Votes::one(amount)).ok_or(Error::<T>::TotalsOverflow)?;
		Ok(())
	}

	/// Writes consecutive entries, the first of which is that of `first`.
	pub(crate) fn write_entries(
		case: CaseId,
		first: LenderIndex,
		entries: &[Entry],
	) -> DispatchResult {
		for (page, slot, part) in by_page(first, entries) {
			Entries::<T>::try_mutate(case, page, |cells| {
				(slot..).zip(part).try_for_each(|(slot, entry)| pages::write(cells, slot, entry))
			})
			.map_err(|_| Error::<T>::PageOverflow)?;
		}
		Ok(())
	}
}
