//! Clearing a roll that was imported wrongly.

use crate::{mock::*, Call, Entries, Error, Event, ImportRow, RollPhase, Rolls, MAX_CLEAR};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;
use winddown_primitives::{traits::IdentityColumn, Stage, EMPTY_ROLL_DIGEST};

fn clear(rows: u32, pages: u32) -> sp_runtime::DispatchResult {
	dispatch(PLATFORM, Call::clear { case_id: CASE, rows, pages })
}

#[test]
fn a_wrong_roll_is_cleared_page_by_page_and_the_right_one_imported() {
	ExtBuilder::default().with_rows(130).build_and_execute(|| {
		assert_ok!(clear(130, 1));
		assert_eq!((roll().rows, roll().phase), (128, RollPhase::Clearing));
		assert_eq!(roll().digest, EMPTY_ROLL_DIGEST);
		assert_eq!(roll().counts.imported, 128);
		let left: u128 = (0..128).map(stated).sum();
		assert_eq!(roll().imported.whole().unwrap().amount, left);
		assert_eq!((claim(127).stated, Claims::claim(CASE, 128)), (stated(127), None));
		assert_eq!(Fakes::rows(CASE), 128);
		assert_ok!(Claims::do_try_state());

		assert_ok!(clear(128, 2));
		assert_eq!((Claims::roll(CASE), Fakes::rows(CASE)), (None, 0));
		assert_eq!(Entries::<Test>::iter_key_prefix(CASE).count(), 0);
		assert_eq!(
			events(),
			[
				Event::RowsCleared { case: CASE, platform: PLATFORM, first: 128, count: 2 },
				Event::RowsCleared { case: CASE, platform: PLATFORM, first: 0, count: 128 },
			]
		);

		// The roll that was meant: other rows, and none of the earlier ones.
		let meant = || (0..3).map(|number| ImportRow { amount: 7, ..row(number + 500) });
		assert_ok!(import(0, batch(meant())));
		assert_ok!(lock(3, 21, digest_of(meant())));
		assert_eq!(eligible(), (3, 21));
	});
}

#[test]
fn more_pages_than_there_are_clear_them_all_at_once() {
	ExtBuilder::default().with_rows(65).build_and_execute(|| {
		assert_ok!(clear(65, MAX_CLEAR));
		assert_eq!(Claims::roll(CASE), None);
	});
}

#[test]
fn a_half_cleared_roll_takes_no_row_and_is_not_locked() {
	ExtBuilder::default().with_rows(65).build_and_execute(|| {
		assert_ok!(clear(65, 1));
		assert_noop!(import(64, rows(64..65)), Error::<Test>::RollClearing);
		assert_noop!(lock_rows(64), Error::<Test>::RollClearing);
		let digest = digest_of((0..64).map(row));
		assert_noop!(
			lock(64, roll().imported.whole().unwrap().amount, digest),
			Error::<Test>::RollClearing
		);
		assert_ok!(clear(64, 1));
		assert_ok!(import(0, rows(0..65)));
		assert_ok!(lock_rows(65));
	});
}

#[test]
fn a_call_sent_again_clears_nothing_of_the_roll_imported_since() {
	ExtBuilder::default().with_rows(65).build_and_execute(|| {
		assert_ok!(clear(65, 9));
		assert_noop!(clear(65, 9), Error::<Test>::EmptyRoll);
		assert_ok!(import(0, rows(0..70)));
		assert_noop!(clear(65, 9), Error::<Test>::WrongPosition);
		assert_eq!(roll().rows, 70);
	});
}

#[test]
fn a_call_names_one_to_256_pages() {
	ExtBuilder::default().with_rows(3).build_and_execute(|| {
		for pages in [0, MAX_CLEAR + 1, u32::MAX] {
			assert_noop!(clear(3, pages), Error::<Test>::WrongPages);
		}
	});
}

#[test]
fn nobody_but_the_platform_of_the_case_clears_its_roll() {
	ExtBuilder::default().with_rows(3).build_and_execute(|| {
		let call = || Call::clear { case_id: CASE, rows: 3, pages: 1 };
		for who in [OPERATOR, ASSOCIATION, STRANGER] {
			assert_noop!(dispatch(who, call()), BadOrigin);
		}
		assert_noop!(dispatch(OTHER_PLATFORM, call()), Error::<Test>::NotPlatformOfCase);
	});
}

#[test]
fn a_locked_roll_stays() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_noop!(clear(3, 1), Error::<Test>::RollLocked);
	});
}

#[test]
fn the_roll_of_a_cancelled_case_may_go_and_that_of_an_escalated_one_stays() {
	ExtBuilder::default().with_rows(3).build_and_execute(|| {
		Fakes::set_stage(CASE, Stage::Escalated);
		assert_noop!(clear(3, 1), Error::<Test>::WrongStage);
		Fakes::set_stage(CASE, Stage::Cancelled);
		assert_ok!(clear(3, 1));
		assert_eq!(Claims::roll(CASE), None);
		assert_noop!(import(0, rows(0..3)), Error::<Test>::WrongStage);
	});
}

#[test]
fn a_digest_in_a_roll_that_is_being_cleared_is_noticed() {
	new_test_ext().execute_with(|| {
		assert_ok!(import(0, rows(0..65)));
		assert_ok!(clear(65, 1));
		assert_ok!(Claims::do_try_state());
		Rolls::<Test>::mutate(CASE, |roll| roll.as_mut().unwrap().digest = [1; 32]);
		assert!(Claims::do_try_state().is_err());
	});
}
