use crate::{CaseOf, Cases, Config, NextCase, Pallet};
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;
use winddown_primitives::Stage;

impl<T: Config> Pallet<T> {
	/// Checks that no case was deleted, and that each case's times fit its stage and terms.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let next = NextCase::<T>::get();
		ensure!(Cases::<T>::iter_keys().count() == next as usize, "a case is missing");
		Cases::<T>::iter().try_for_each(|(id, case)| {
			ensure!(id < next, "a case has a number that was not given yet");
			Self::check_case(&case)
		})
	}

	fn check_case(case: &CaseOf<T>) -> Result<(), TryRuntimeError> {
		ensure!(case.terms.is_valid(), "the terms break their bounds");
		ensure!(case.stage_since >= case.opened_at, "a stage began before the case");
		ensure!(
			case.notice_until >= case.opened_at.max(case.cut_off),
			"the notice period ends before it began, or before the cut-off"
		);
		ensure!(
			case.terms.confirmation_window <= T::MaxWindow::get(),
			"the confirmation window exceeds the longest"
		);
		match (case.stage, case.confirm_until) {
			(Stage::Noticed | Stage::Escalated | Stage::Cancelled, None) => Ok(()),
			(Stage::Noticed | Stage::Cancelled, Some(_)) => {
				Err("lenders confirm before the roll is locked".into())
			}
			(_, None) => Err("the confirmation window was never opened".into()),
			(stage, Some(until)) => {
				let earliest = case.notice_until.saturating_add(case.terms.confirmation_window);
				ensure!(until >= earliest, "the confirmation window is too short");
				let over = !matches!(stage, Stage::Confirming | Stage::Escalated);
				ensure!(
					!over || case.stage_since >= until,
					"the case moved on while lenders could confirm"
				);
				Ok(())
			}
		}
	}
}
