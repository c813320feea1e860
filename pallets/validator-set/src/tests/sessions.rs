//! How a decision of the council reaches the authoring of blocks.

use super::*;
use sp_runtime::testing::UintAuthorityId;

#[test]
fn a_new_validator_authors_one_session_after_the_next_boundary() {
	ExtBuilder::default().build_and_execute(|| {
		admit_with_keys(4);
		assert_ok!(ValidatorSet::add_validator(RuntimeOrigin::root(), 4));
		assert_eq!(ValidatorSet::status(4), Some(ValidatorStatus::Incoming));
		assert_eq!(ValidatorSet::incoming(), [4]);
		take_events();

		next_session();
		assert_eq!(authors(), [1, 2, 3]);
		assert_eq!(ValidatorSet::status(4), Some(ValidatorStatus::Incoming));
		assert_eq!(take_events(), []);

		next_session();
		assert_eq!(authors(), [1, 2, 3, 4]);
		assert_eq!(Session::validators(), ValidatorSet::active());
		assert_eq!(ValidatorSet::status(4), Some(ValidatorStatus::Active));
		assert!(ValidatorSet::incoming().is_empty());
		assert_eq!(take_events(), [PalletEvent::ValidatorActivated { who: 4, session: 2 }]);
	});
}

#[test]
fn a_removed_validator_authors_until_its_last_session_and_then_its_keys_are_purged() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(ValidatorSet::remove_validator(RuntimeOrigin::root(), 2));
		assert_eq!(take_events(), [PalletEvent::ValidatorRemoved { who: 2 }]);
		assert_eq!(ValidatorSet::status(2), Some(ValidatorStatus::Outgoing));
		assert_eq!(ValidatorSet::outgoing(), [2]);

		next_session();
		assert_eq!(authors(), [1, 2, 3]);
		assert_eq!(ValidatorSet::outgoing(), [2]);
		assert!(Keys::are_set(&2));

		next_session();
		assert_eq!(authors(), [1, 3]);
		assert_eq!(ValidatorSet::status(2), None);
		assert!(ValidatorSet::outgoing().is_empty());
		assert!(!Keys::are_set(&2));
		assert_eq!(System::providers(&2), 0);
		assert_eq!(System::consumers(&2), 0);
		assert_eq!(take_events(), [PalletEvent::ValidatorRetired { who: 2 }]);
	});
}

#[test]
fn one_added_and_removed_within_a_session_retires_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		admit_with_keys(4);
		assert_ok!(ValidatorSet::add_validator(RuntimeOrigin::root(), 4));
		assert_eq!(System::providers(&4), 2);
		assert_ok!(ValidatorSet::remove_validator(RuntimeOrigin::root(), 4));
		assert_eq!(
			take_events(),
			[
				PalletEvent::ValidatorAdded { who: 4 },
				PalletEvent::ValidatorRemoved { who: 4 },
				PalletEvent::ValidatorRetired { who: 4 }
			]
		);
		assert!(!Keys::are_set(&4));
		assert_eq!(System::providers(&4), 1);
		next_session();
		next_session();
		assert_eq!(authors(), [1, 2, 3]);
	});
}

#[test]
fn one_removed_after_it_was_planned_still_serves_its_session() {
	ExtBuilder::default().build_and_execute(|| {
		admit_with_keys(4);
		assert_ok!(ValidatorSet::add_validator(RuntimeOrigin::root(), 4));
		next_session();
		assert_ok!(ValidatorSet::remove_validator(RuntimeOrigin::root(), 4));
		assert_eq!(ValidatorSet::outgoing(), [4]);
		next_session();
		assert_eq!(authors(), [1, 2, 3, 4]);
		next_session();
		assert_eq!(authors(), [1, 2, 3]);
		assert!(!Keys::are_set(&4));
		assert_eq!(System::providers(&4), 1);
	});
}

#[test]
fn one_that_is_leaving_may_come_back_without_a_second_reference() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(ValidatorSet::remove_validator(RuntimeOrigin::root(), 1));
		next_session();
		assert_ok!(ValidatorSet::add_validator(RuntimeOrigin::root(), 1));
		assert_eq!(System::providers(&1), 1);
		assert_eq!(ValidatorSet::status(1), Some(ValidatorStatus::Active));

		// It pauses for the session that was planned without it.
		next_session();
		assert_eq!(authors(), [2, 3]);
		assert_eq!(ValidatorSet::status(1), Some(ValidatorStatus::Incoming));
		assert!(Keys::are_set(&1));
		next_session();
		assert_eq!(authors(), [2, 3, 1]);
		assert_eq!(System::providers(&1), 1);
	});
}

#[test]
fn a_set_that_does_not_change_is_not_planned_anew() {
	ExtBuilder::default().build_and_execute(|| {
		next_session();
		System::reset_events();
		next_session();
		let queued = System::read_events_for_pallet::<pallet_session::Event<Test>>()
			.contains(&pallet_session::Event::NewQueued);
		assert!(!queued);

		assert_ok!(ValidatorSet::remove_validator(RuntimeOrigin::root(), 1));
		System::reset_events();
		next_session();
		let queued = System::read_events_for_pallet::<pallet_session::Event<Test>>()
			.contains(&pallet_session::Event::NewQueued);
		assert!(queued);
	});
}

#[test]
fn a_validator_changes_its_keys_without_leaving() {
	ExtBuilder::default().build_and_execute(|| {
		let mut keys = SessionKeys::from(UintAuthorityId(77));
		let proof = keys.create_ownership_proof(&codec::Encode::encode(&2u64)).expect("signs");
		assert_ok!(Session::set_keys(
			RuntimeOrigin::signed(2),
			keys,
			codec::Encode::encode(&proof)
		));
		next_session();
		assert_eq!(authors(), [1, 2, 3]);
		next_session();
		assert_eq!(authors(), [1, 77, 3]);
		assert_eq!(ValidatorSet::active(), [1, 2, 3]);
	});
}

#[test]
fn a_validator_whose_keys_are_lost_is_skipped_and_returns_with_new_ones() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Keys::purge(&2));
		next_session();
		next_session();
		assert_eq!(authors(), [1, 3]);
		assert_eq!(ValidatorSet::active(), [1, 3]);
		assert_eq!(ValidatorSet::status(2), Some(ValidatorStatus::Incoming));
		set_keys(2);
		next_session();
		next_session();
		assert_eq!(authors(), [1, 2, 3]);
	});
}

#[test]
fn a_chain_whose_keys_are_all_lost_keeps_its_plan() {
	ExtBuilder::default().build().execute_with(|| {
		let active = ValidatorSet::active();
		for who in &active {
			assert_ok!(Keys::purge(who));
		}
		assert_eq!(<ValidatorSet as SessionManager<AccountId>>::new_session(2), None);
		assert_eq!(Queued::<Test>::get().into_inner(), active);
	});
}
