//! Who may vote, with what weight, and on which totals.

use crate::{mock::*, Adjusted, ClaimState, Entries, Entry, Error, Rolls, Ruling};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use winddown_primitives::{
	traits::{ClaimAmounts, ElectoralRoll},
	Fen, VotingRight,
};

fn right(lender: u32) -> Result<Fen, DispatchError> {
	let VotingRight { class, amount } = Claims::voting_right(CASE, lender)?;
	assert_eq!(class, (lender % 3) as u8);
	Ok(amount)
}

fn put_state(lender: u32, state: ClaimState) {
	let stated = Claims::row(CASE, lender).unwrap().stated;
	Claims::write_entries(CASE, lender, &[Entry { stated, state }]).unwrap();
}

#[test]
fn only_a_claim_that_was_confirmed_votes() {
	ExtBuilder::default().with_deemed_confirmation().with_locked_rows(66).build_and_execute(|| {
		let not_confirmed = Err(Error::<Test>::ClaimNotConfirmed.into());
		for lender in [0, 62, 63, 64, 65] {
			assert_eq!(right(lender), not_confirmed);
		}
		assert_ok!(confirm(63));
		assert_ok!(confirm_by_call([(64, stated(64))]));
		Fakes::set_now(START + WINDOW);
		assert_ok!(deem_confirmed([65]));
		assert_eq!(right(62), not_confirmed);
		for lender in [63, 64, 65] {
			assert_eq!(right(lender), Ok(stated(lender)));
			assert!(claim(lender).may_vote);
		}
	});
}

#[test]
fn a_disputed_claim_cannot_vote_until_a_provisional_amount_is_set() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(confirm(1));
		assert_ok!(dispute(1));
		assert_eq!(right(1), Err(Error::<Test>::ClaimNotConfirmed.into()));
		assert_ok!(adjudicate(1, Ruling::Provisional(150)));
		assert_eq!(right(1), Ok(150));
		assert_ok!(adjudicate(1, Ruling::Adjust(170)));
		assert_eq!(right(1), Ok(170));
		assert_ok!(adjudicate(1, Ruling::Uphold));
		assert_eq!(right(1), Ok(200));
		assert_ok!(adjudicate(1, Ruling::Exclude));
		assert_eq!(right(1), Err(Error::<Test>::ClaimExcluded.into()));
	});
}

#[test]
fn a_late_claim_votes_with_its_amount() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(admit_late(1, 77, 0));
		assert_eq!(right(3), Ok(77));
		assert_eq!(right(4), Err(Error::<Test>::NoSuchRow.into()));
	});
}

#[test]
fn nobody_votes_before_the_lock_or_in_an_unknown_case() {
	ExtBuilder::default().with_rows(3).build_and_execute(|| {
		assert_eq!(right(0), Err(Error::<Test>::ClaimNotConfirmed.into()));
		assert_eq!(Claims::voting_right(99, 0), Err(Error::<Test>::NoSuchRow.into()));
		assert_eq!(Claims::totals(CASE), Err(Error::<Test>::RollNotLocked.into()));
		assert_eq!(Claims::totals(99), Err(Error::<Test>::RollNotLocked.into()));
		assert_noop!(Claims::freeze(CASE), Error::<Test>::RollNotLocked);
		assert_noop!(Claims::thaw(CASE), Error::<Test>::RollNotLocked);
	});
}

#[test]
fn the_exceptions_are_asked_only_for_claims_that_were_ruled_on() {
	ExtBuilder::default().with_locked_rows(8).build_and_execute(|| {
		for (lender, state) in (0..).zip(ClaimState::ALL) {
			put_state(lender, state);
			Adjusted::<Test>::insert(CASE, lender, 1);
		}
		let expected = [
			Err(Error::<Test>::ClaimNotConfirmed.into()),
			Ok(stated(1)),
			Ok(stated(2)),
			Ok(stated(3)),
			Err(Error::<Test>::ClaimNotConfirmed.into()),
			Ok(1),
			Ok(1),
			Err(Error::<Test>::ClaimExcluded.into()),
		];
		assert_eq!([0, 1, 2, 3, 4, 5, 6, 7].map(right), expected);
		// Back to sound storage for the check at the end.
		(0..8).for_each(|lender| {
			put_state(lender, ClaimState::Imported);
			Adjusted::<Test>::remove(CASE, lender);
		});
	});
}

#[test]
fn a_voting_right_is_read_from_the_cell_of_its_row_alone() {
	new_test_ext().execute_with(|| {
		assert_ok!(import(0, rows(0..130)));
		assert_ok!(lock_rows(130));
		assert_ok!(confirm(64));
		Rolls::<Test>::remove(CASE);
		for page in [0, 2] {
			Entries::<Test>::remove(CASE, page);
		}
		assert_eq!(right(64), Ok(stated(64)));
	});
}

#[test]
fn the_totals_of_a_locked_roll_are_those_of_the_eligible() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_eq!(Claims::totals(CASE), Ok(roll().imported));
		assert_ok!(dispute(0));
		let whole = Claims::totals(CASE).unwrap().whole().unwrap();
		assert_eq!((whole.heads, whole.amount), (2, 500));
	});
}

#[test]
fn the_amount_that_counts_is_known_for_everybody_but_the_excluded() {
	ExtBuilder::default().with_locked_rows(4).build_and_execute(|| {
		assert_ok!(confirm(1));
		assert_ok!(dispute(2));
		assert_eq!(
			[0, 1, 2].map(|lender| Claims::amount(CASE, lender)),
			[0, 1, 2].map(|l| Ok(stated(l)))
		);
		assert_ok!(adjudicate(2, Ruling::Provisional(5)));
		assert_eq!(Claims::amount(CASE, 2), Ok(5));
		assert_ok!(adjudicate(3, Ruling::Exclude));
		assert_eq!(Claims::amount(CASE, 3), Err(Error::<Test>::ClaimExcluded.into()));
		assert_eq!(Claims::amount(CASE, 4), Err(Error::<Test>::NoSuchRow.into()));
	});
}

#[test]
fn a_roll_is_thawed_as_often_as_it_was_frozen_and_no_more() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_noop!(Claims::thaw(CASE), Error::<Test>::NotFrozen);
		assert_ok!(Claims::freeze(CASE));
		assert_ok!(Claims::freeze(CASE));
		assert_eq!(roll().open_polls, 2);
		assert_ok!(Claims::thaw(CASE));
		assert_ok!(Claims::thaw(CASE));
		assert_noop!(Claims::thaw(CASE), Error::<Test>::NotFrozen);
		Rolls::<Test>::mutate(CASE, |roll| roll.as_mut().unwrap().open_polls = u32::MAX);
		assert_noop!(Claims::freeze(CASE), Error::<Test>::PollsExceeded);
	});
}
