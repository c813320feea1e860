use super::*;
use proptest::prelude::*;

fn any_stage() -> impl Strategy<Value = Stage> {
	prop::sample::select(vec![
		Stage::Noticed,
		Stage::Confirming,
		Stage::Electing,
		Stage::Planning,
		Stage::Voting,
		Stage::Repaying,
		Stage::Closed,
		Stage::Escalated,
	])
}

proptest! {
	#[test]
	fn whatever_is_tried_a_case_follows_the_table_and_every_step_leaves_evidence(
		tries in prop::collection::vec((any_stage(), 0u8..12, 0..6 * DAY), 0..40),
	) {
		ExtBuilder::default().build_and_execute(|| {
			let id = opened();
			for (to, who, later) in tries {
				Now::mutate(|now| *now += later);
				let (before, kept) = (case(id), Deposited::get().len());
				let outcome = match who {
					0..5 => by_hand(id, to),
					5..11 => by_pallet(id, to),
					_ => Cases::escalate(signed(REGULATOR), id, REASON),
				};
				let after = case(id);
				if outcome.is_err() {
					assert_eq!((after, Deposited::get().len()), (before, kept));
					continue;
				}
				assert!(before.stage.leads_to(after.stage));
				assert_eq!(Deposited::get().len(), kept + 1);
				assert_eq!(after.stage_since, Now::get());
				assert_ok!(Cases::do_try_state());
			}
		});
	}
}

/// Runs `break_it` on a case in its confirmation window and expects the check to notice.
fn notices(break_it: impl FnOnce(&mut CaseOf<Test>), expected: &'static str) {
	ExtBuilder::default().build().execute_with(|| {
		let id = opened_at(Stage::Confirming);
		assert_ok!(Cases::do_try_state());
		crate::Cases::<Test>::mutate(id, |case| case.as_mut().map(break_it));
		assert_eq!(Cases::do_try_state(), Err(expected.into()));
	});
}

#[test]
fn the_check_notices_a_case_that_moved_on_too_early() {
	notices(|case| case.stage = Stage::Electing, "the case moved on while lenders could confirm");
}

#[test]
fn the_check_notices_a_window_that_opened_before_the_roll_was_locked() {
	notices(|case| case.stage = Stage::Noticed, "lenders confirm before the roll is locked");
}

#[test]
fn the_check_notices_a_window_that_never_opened() {
	notices(|case| case.confirm_until = None, "the confirmation window was never opened");
}

#[test]
fn the_check_notices_terms_out_of_bounds() {
	notices(|case| case.terms.seats = 2, "the terms break their bounds");
}

#[test]
fn the_check_notices_a_shortened_window() {
	notices(
		|case| case.confirm_until = Some(case.opened_at),
		"the confirmation window is too short",
	);
}

#[test]
fn the_check_notices_a_deleted_case() {
	ExtBuilder::default().build().execute_with(|| {
		let id = opened();
		crate::Cases::<Test>::remove(id);
		assert_eq!(Cases::do_try_state(), Err("a case is missing".into()));
	});
}
