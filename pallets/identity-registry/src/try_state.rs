//! What the storage must keep.

use crate::{BoundKey, Config, Identities, IdentityRoll, KeyOwners, Keys, LateRows, Pallet, Rolls};
use alloc::vec::Vec;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;
use winddown_primitives::{
	pages::{self, page_of, slot_of, Cell, PAGE_ROWS},
	CaseId, IdentityHash,
};

impl<T: Config> Pallet<T> {
	/// Fails with the first invariant that the storage breaks.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for (case, roll) in Rolls::<T>::iter() {
			Self::check_identities(case, &roll)?;
			Self::check_keys(case, &roll)?;
		}
		let known = |case| Rolls::<T>::contains_key(case);
		ensure!(Identities::<T>::iter_keys().all(|(case, _)| known(case)), "identities, no roll");
		ensure!(Keys::<T>::iter_keys().all(|(case, _)| known(case)), "keys without a roll");
		ensure!(KeyOwners::<T>::iter_keys().all(|(case, _)| known(case)), "owners without a roll");
		ensure!(LateRows::<T>::iter_keys().all(|(case, _)| known(case)), "late rows, no roll");
		Ok(())
	}

	/// The sorted rows ascend up to `last`; the rest are exactly the late rows; no page is longer.
	fn check_identities(case: CaseId, roll: &IdentityRoll) -> Result<(), TryRuntimeError> {
		ensure!(roll.rows > 0, "a roll without rows");
		let pages = roll.rows.div_ceil(PAGE_ROWS);
		ensure!(Identities::<T>::iter_key_prefix(case).count() as u32 == pages, "identity pages");
		let column: Vec<u8> =
			(0..pages).flat_map(|page| Identities::<T>::get(case, page).into_inner()).collect();
		ensure!(
			column.len() == IdentityHash::WIDTH * roll.rows as usize,
			"the identity column is as long as its rows"
		);
		let identities: Vec<_> =
			column.chunks_exact(IdentityHash::WIDTH).filter_map(IdentityHash::read).collect();
		ensure!(roll.sorted_rows <= roll.rows, "more sorted rows than rows");
		let (sorted, late) = identities.split_at(roll.sorted_rows as usize);
		ensure!(sorted.is_sorted_by(|a, b| a < b), "sorted identities ascend");
		ensure!(sorted.last() == Some(&roll.last), "the last sorted identity");
		ensure!(late.is_empty() || roll.locked, "late rows of a column not locked");
		ensure!(LateRows::<T>::iter_prefix(case).count() == late.len(), "late rows are counted");
		for (identity, row) in late.iter().zip(roll.sorted_rows..) {
			ensure!(LateRows::<T>::get(case, identity) == Some(row), "a late row is found");
			ensure!(sorted.binary_search(identity).is_err(), "a late identity has one row");
		}
		Ok(())
	}

	/// A bound key is known to belong to its row, and every key ever bound to a row that has one.
	fn check_keys(case: CaseId, roll: &IdentityRoll) -> Result<(), TryRuntimeError> {
		let keys = Keys::<T>::iter_prefix(case).next().is_some();
		ensure!(roll.locked || !keys, "a key although the roll is not locked");
		for (page, cells) in Keys::<T>::iter_prefix(case) {
			ensure!(cells.len() % BoundKey::WIDTH == 0, "a key page holds whole cells");
			for (cell, row) in cells.chunks(BoundKey::WIDTH).zip(page.saturating_mul(PAGE_ROWS)..) {
				let Some(bound) = BoundKey::read(cell) else {
					ensure!(cell.iter().all(|byte| *byte == 0), "an unreadable key cell");
					continue;
				};
				ensure!(row < roll.rows, "a key beyond the rows");
				ensure!(KeyOwners::<T>::get(case, bound.key) == Some(row), "a key has one owner");
			}
		}
		for (_, row) in KeyOwners::<T>::iter_prefix(case) {
			let page = Keys::<T>::get(case, page_of(row));
			ensure!(
				pages::read::<BoundKey>(&page, slot_of(row)).is_some(),
				"a key belongs to a row that has one"
			);
		}
		Ok(())
	}
}
