//! Appending, locking, finding and admitting rows.

use crate::{mock::*, Error, IdentityRoll, Lender, Rolls};
use frame_support::{assert_noop, assert_ok};
use winddown_primitives::{
	traits::{IdentityColumn, LenderKeys},
	IdentityHash,
};

#[test]
fn rows_continue_across_the_border_of_a_page_and_stay_in_order() {
	ExtBuilder::default().with_rows(63).build_and_execute(|| {
		assert_ok!(append(&[identity(126), identity(128)]));
		assert_ok!(append(&[identity(130)]));
		assert_eq!(Registry::rows(CASE), 66);
		for row in [0, 62, 63, 64, 65] {
			let found = Registry::lender(CASE, row).unwrap();
			assert_eq!(found, Lender { identity: identity(2 * row), key: None });
			assert_eq!(Registry::find(CASE, &identity(2 * row)), Some(row));
		}
		assert_eq!(Registry::lender(CASE, 66), None);
		assert_eq!(Registry::identities(CASE, 0), even_identities(64));
		assert_eq!(Registry::identities(CASE, 1), [identity(128), identity(130)]);
		assert!(Registry::identities(CASE, 2).is_empty());
		assert_eq!(Registry::rows(OTHER_CASE), 63, "the other case is untouched");
	});
}

#[test]
fn the_way_rows_are_cut_into_batches_does_not_matter() {
	ExtBuilder::default().build_and_execute(|| {
		let all = even_identities(200);
		assert_ok!(Registry::append(OTHER_CASE, &all));
		for batch in [0..1, 1..63, 63..64, 64..65, 65..192, 192..200] {
			assert_ok!(append(&all[batch]));
		}
		assert_eq!(Rolls::<Test>::get(CASE), Rolls::<Test>::get(OTHER_CASE));
		for page in 0..4 {
			assert_eq!(Registry::identities(CASE, page), Registry::identities(OTHER_CASE, page));
		}
	});
}

#[test]
fn rows_that_descend_or_repeat_are_refused_within_a_batch() {
	ExtBuilder::default().build_and_execute(|| {
		for bad in [
			vec![identity(2), identity(1)],
			vec![identity(1), identity(1)],
			vec![identity(1), identity(3), identity(2)],
		] {
			assert_noop!(append(&bad), Error::<Test>::NotAscending);
		}
		assert_eq!(Registry::roll(CASE), None);
	});
}

#[test]
fn rows_that_descend_or_repeat_are_refused_across_batches_at_every_border_of_a_page() {
	for rows in [1, 63, 64, 65, 128] {
		ExtBuilder::default().with_rows(rows).build_and_execute(|| {
			let last = 2 * (rows - 1);
			for bad in [last, last - last.min(1)] {
				assert_noop!(append(&[identity(bad)]), Error::<Test>::NotAscending);
				assert_noop!(
					append(&[identity(bad), identity(last + 2)]),
					Error::<Test>::NotAscending
				);
			}
			assert_ok!(append(&[identity(last + 1)]));
			assert_eq!(Registry::rows(CASE), rows + 1);
		});
	}
}

#[test]
fn a_batch_appended_twice_is_refused_the_second_time() {
	ExtBuilder::default().with_rows(10).build_and_execute(|| {
		assert_noop!(append(&even_identities(10)), Error::<Test>::NotAscending);
		assert_eq!(Registry::rows(CASE), 10);
	});
}

#[test]
fn the_smallest_identity_is_an_identity_like_any_other() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(append(&[IdentityHash([0; 32])]));
		assert_noop!(append(&[IdentityHash([0; 32])]), Error::<Test>::NotAscending);
		assert_ok!(append(&[identity(0)]));
		assert_eq!(Registry::find(CASE, &IdentityHash([0; 32])), Some(0));
	});
}

#[test]
fn everybody_is_found_and_nobody_else() {
	for rows in [1, 2, 63, 64, 65, 127, 128, 129, 300] {
		ExtBuilder::default().with_rows(rows).build_and_execute(|| {
			for row in 0..rows {
				assert_eq!(Registry::row_of(CASE, identity(2 * row)), Some(row));
				assert_eq!(Registry::row_of(CASE, identity(2 * row + 1)), None);
			}
			assert_eq!(Registry::row_of(CASE, IdentityHash([0; 32])), None);
			assert_eq!(Registry::row_of(CASE, IdentityHash([0xff; 32])), None);
		});
	}
}

#[test]
fn nobody_is_found_in_a_case_without_rows() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Registry::row_of(CASE, identity(0)), None);
		assert_eq!(Registry::rows(CASE), 0);
		assert_ok!(append(&[]));
		assert_eq!(Registry::roll(CASE), None, "appending nothing makes no column");
	});
}

#[test]
fn a_locked_column_takes_no_more_rows_and_is_locked_once() {
	ExtBuilder::default().with_rows(3).build_and_execute(|| {
		assert_ok!(Registry::lock(CASE));
		assert_noop!(append(&[identity(6)]), Error::<Test>::ColumnLocked);
		assert_noop!(append(&[]), Error::<Test>::ColumnLocked);
		assert_noop!(Registry::lock(CASE), Error::<Test>::ColumnLocked);
		assert_eq!(
			Registry::roll(CASE),
			Some(IdentityRoll { rows: 3, sorted_rows: 3, locked: true, last: identity(4) })
		);
	});
}

#[test]
fn a_column_without_rows_cannot_be_locked() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Registry::lock(CASE), Error::<Test>::EmptyColumn);
	});
}

#[test]
fn a_late_row_stands_behind_the_sorted_ones_and_is_found() {
	ExtBuilder::default().with_locked_rows(63).build_and_execute(|| {
		// Three late rows: the last one of a page and the first ones of the next.
		for (late, row) in [(51, 63), (3, 64), (1_000, 65)] {
			assert_eq!(Registry::admit_late(CASE, identity(late)), Ok(row));
			assert_eq!(Registry::find(CASE, &identity(late)), Some(row));
			assert_eq!(Registry::lender(CASE, row).map(|l| l.identity), Some(identity(late)));
		}
		for row in 0..63 {
			assert_eq!(Registry::find(CASE, &identity(2 * row)), Some(row));
		}
		assert_eq!(
			Registry::roll(CASE),
			Some(IdentityRoll { rows: 66, sorted_rows: 63, locked: true, last: identity(124) })
		);
		assert_eq!(Registry::find(OTHER_CASE, &identity(51)), None);
	});
}

#[test]
fn a_late_row_can_be_given_a_key() {
	ExtBuilder::default().with_locked_rows(64).build_and_execute(|| {
		assert_noop!(register(&[(64, key(1))]), Error::<Test>::NoSuchRow);
		assert_ok!(Registry::admit_late(CASE, identity(5)));
		assert_ok!(register(&[(64, key(1))]));
		assert_eq!(Registry::active_key(CASE, 64), Ok(key(1)));
	});
}

#[test]
fn a_person_with_a_row_is_not_admitted_late() {
	ExtBuilder::default().with_locked_rows(65).build_and_execute(|| {
		assert_ok!(Registry::admit_late(CASE, identity(5)));
		for present in [0, 126, 128, 5] {
			assert_noop!(
				Registry::admit_late(CASE, identity(present)),
				Error::<Test>::DuplicateIdentity
			);
		}
	});
}

#[test]
fn nobody_is_late_before_the_lock() {
	ExtBuilder::default().with_rows(2).build_and_execute(|| {
		assert_noop!(Registry::admit_late(CASE, identity(1)), Error::<Test>::ColumnNotLocked);
		assert_noop!(Registry::admit_late(99, identity(1)), Error::<Test>::EmptyColumn);
	});
}

#[test]
fn rows_are_taken_off_the_end_in_whole_pages_and_others_may_follow() {
	ExtBuilder::default().with_rows(130).build_and_execute(|| {
		assert_noop!(Registry::truncate(CASE, 65), Error::<Test>::NoSuchRow);
		assert_noop!(Registry::truncate(CASE, 192), Error::<Test>::NoSuchRow);
		assert_ok!(Registry::truncate(CASE, 64));
		assert_eq!(Registry::rows(CASE), 64);
		assert_eq!(Registry::find(CASE, &identity(128)), None);
		assert_eq!(Rolls::<Test>::get(CASE).map(|roll| roll.last), Some(identity(126)));
		assert_ok!(append(&[identity(127)]));
		assert_eq!(Registry::find(CASE, &identity(127)), Some(64));
		assert_ok!(Registry::truncate(CASE, 0));
		assert_eq!(Registry::roll(CASE), None);
		assert_eq!(Registry::rows(OTHER_CASE), 130, "the other case is untouched");
		assert_ok!(append(&[identity(1)]));
	});
	ExtBuilder::default().with_locked_rows(65).build_and_execute(|| {
		assert_noop!(Registry::truncate(CASE, 0), Error::<Test>::ColumnLocked);
	});
}
