//! What the storage must keep.

use crate::{Adjusted, Config, Entries, Entry, Pallet, Roll, RollPhase, Rolls, StateCounts};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;
use winddown_primitives::{
	pages::{Cell, PAGE_ROWS},
	traits::IdentityColumn,
	CaseId, RollTotals, Votes, EMPTY_ROLL_DIGEST,
};

impl<T: Config> Pallet<T> {
	/// Fails with the first invariant that the storage breaks.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for (case, roll) in Rolls::<T>::iter() {
			Self::check_column(case, &roll)?;
			Self::check_totals(case, &roll)?;
			Self::check_exceptions(case)?;
			ensure!(
				roll.is_locked() || roll.open_polls == 0,
				"a poll on a roll that is not locked"
			);
		}
		let known = |case| Rolls::<T>::contains_key(case);
		ensure!(Entries::<T>::iter_keys().all(|(case, _)| known(case)), "entries without a roll");
		ensure!(Adjusted::<T>::iter_keys().all(|(case, _)| known(case)), "exceptions, no roll");
		Ok(())
	}

	/// The column has as many rows as the roll, and every cell reads.
	fn check_column(case: CaseId, roll: &Roll) -> Result<(), TryRuntimeError> {
		ensure!(roll.rows > 0, "a roll without rows");
		ensure!(T::Identities::rows(case) == roll.rows, "the identity column has as many rows");
		let pages = roll.rows.div_ceil(PAGE_ROWS);
		ensure!(Entries::<T>::iter_key_prefix(case).count() as u32 == pages, "pages of entries");
		let bytes: usize = (0..pages).map(|page| Entries::<T>::get(case, page).len()).sum();
		ensure!(bytes == Entry::WIDTH * roll.rows as usize, "the column of entries is complete");
		let sound = |lender| Self::row(case, lender).is_ok();
		ensure!((0..roll.rows).all(sound), "an entry of zero fen, or of no known state");
		Ok(())
	}

	/// Totals and counts are those of the rows.
	fn check_totals(case: CaseId, roll: &Roll) -> Result<(), TryRuntimeError> {
		let (mut imported, mut eligible) = (RollTotals::default(), RollTotals::default());
		let mut counts = StateCounts::default();
		let heads = roll.imported.whole().ok_or("imported totals overflow")?.heads;
		ensure!(heads == roll.rows || roll.is_locked(), "late rows on a roll that is not locked");
		for lender in 0..roll.rows {
			let row = Self::row(case, lender)?;
			let class = row.stated.class;
			counts.add(row.state, 1).ok_or("counts overflow")?;
			if lender < heads {
				imported.add(class, Votes::one(row.stated.amount)).ok_or("imported overflow")?;
			}
			if row.state.is_eligible() {
				eligible.add(class, Votes::one(row.amount)).ok_or("eligible overflow")?;
			}
		}
		ensure!(counts == roll.counts, "the counts are those of the rows");
		ensure!(agree(&imported, &roll.imported), "the imported totals are those of the rows");
		if roll.phase == RollPhase::Clearing {
			ensure!(roll.rows.is_multiple_of(PAGE_ROWS), "a roll is cleared by whole pages");
			ensure!(roll.digest == EMPTY_ROLL_DIGEST, "a digest of a roll that is being cleared");
		}
		if roll.is_locked() {
			ensure!(agree(&eligible, &roll.eligible), "the eligible totals are those of the rows");
		} else {
			ensure!(roll.eligible == RollTotals::default(), "nobody is eligible before the lock");
			ensure!(counts.imported == roll.rows, "nobody speaks before the lock");
		}
		Ok(())
	}

	/// An exception belongs to a claim that was ruled on, and differs from what the row states.
	fn check_exceptions(case: CaseId) -> Result<(), TryRuntimeError> {
		for (lender, amount) in Adjusted::<T>::iter_prefix(case) {
			let row = Self::row(case, lender)?;
			ensure!(row.state.may_be_adjusted(), "an exception without a ruling");
			ensure!(amount > 0 && amount != row.stated.amount, "an exception that is none");
		}
		Ok(())
	}
}

/// Whether two totals are the same, but for classes that lost their last member.
fn agree(one: &RollTotals, other: &RollTotals) -> bool {
	let within = |a: &RollTotals, b: &RollTotals| {
		a.classes().iter().all(|total| b.class(total.class) == total.eligible)
	};
	within(one, other) && within(other, one)
}
