//! What the storage of intents must keep.

use crate::{
	types::{LastSequence, SequencePage},
	Config, Pallet, Sequences,
};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;
use winddown_primitives::pages::{read, Cell};

impl<T: Config> Pallet<T> {
	/// Checks the form of every page: whole cells, of which the last is a used sequence.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Sequences::<T>::iter_values().try_for_each(|page| Self::check_page(&page))
	}

	fn check_page(page: &SequencePage) -> Result<(), TryRuntimeError> {
		ensure!(
			page.len().is_multiple_of(LastSequence::WIDTH),
			"a page of sequences ends within a cell"
		);
		let last = (page.len() / LastSequence::WIDTH)
			.checked_sub(1)
			.ok_or("an empty page of sequences was kept")?;
		ensure!(
			read::<LastSequence>(page, last as u32).is_some(),
			"a page of sequences ends with an unused one"
		);
		Ok(())
	}
}
