//! What the council may do, and what it is refused.

use super::*;

#[test]
fn only_the_manager_changes_the_set() {
	ExtBuilder::default().build_and_execute(|| {
		admit_with_keys(4);
		for origin in [RuntimeOrigin::signed(1), RuntimeOrigin::none()] {
			assert_noop!(ValidatorSet::add_validator(origin.clone(), 4), DispatchError::BadOrigin);
			assert_noop!(
				ValidatorSet::remove_validator(origin.clone(), 3),
				DispatchError::BadOrigin
			);
			assert_noop!(ValidatorSet::set_minimum(origin, 1), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn adding_needs_an_institution() {
	ExtBuilder::default().build_and_execute(|| {
		admit_with_keys(OUTSIDER);
		assert_noop!(
			ValidatorSet::add_validator(RuntimeOrigin::root(), OUTSIDER),
			PalletError::NotInstitution
		);
	});
}

#[test]
fn adding_needs_the_keys_of_the_node() {
	ExtBuilder::default().build_and_execute(|| {
		System::inc_providers(&4);
		assert_noop!(
			ValidatorSet::add_validator(RuntimeOrigin::root(), 4),
			PalletError::KeysNotSet
		);
		set_keys(4);
		assert_ok!(ValidatorSet::add_validator(RuntimeOrigin::root(), 4));
		assert_eq!(take_events(), [PalletEvent::ValidatorAdded { who: 4 }]);
	});
}

#[test]
fn a_validator_is_chosen_once() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			ValidatorSet::add_validator(RuntimeOrigin::root(), 3),
			PalletError::AlreadyChosen
		);
		admit_with_keys(4);
		assert_ok!(ValidatorSet::add_validator(RuntimeOrigin::root(), 4));
		assert_noop!(
			ValidatorSet::add_validator(RuntimeOrigin::root(), 4),
			PalletError::AlreadyChosen
		);
	});
}

#[test]
fn the_set_has_a_maximum() {
	ExtBuilder::default().build_and_execute(|| {
		for who in 4..=6 {
			admit_with_keys(who);
			assert_ok!(ValidatorSet::add_validator(RuntimeOrigin::root(), who));
		}
		admit_with_keys(7);
		assert_noop!(
			ValidatorSet::add_validator(RuntimeOrigin::root(), 7),
			PalletError::MaxValidatorsExceeded
		);
	});
}

#[test]
fn the_set_cannot_go_under_its_minimum() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(ValidatorSet::remove_validator(RuntimeOrigin::root(), 1));
		assert_noop!(
			ValidatorSet::remove_validator(RuntimeOrigin::root(), 2),
			PalletError::MinimumNotMet
		);
		// A newcomer makes room, although it does not author yet.
		admit_with_keys(4);
		assert_ok!(ValidatorSet::add_validator(RuntimeOrigin::root(), 4));
		assert_ok!(ValidatorSet::remove_validator(RuntimeOrigin::root(), 2));
	});
}

#[test]
fn who_is_not_chosen_cannot_be_removed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			ValidatorSet::remove_validator(RuntimeOrigin::root(), 4),
			PalletError::NotChosen
		);
		assert_ok!(ValidatorSet::remove_validator(RuntimeOrigin::root(), 3));
		assert_noop!(
			ValidatorSet::remove_validator(RuntimeOrigin::root(), 3),
			PalletError::NotChosen
		);
	});
}

#[test]
fn the_minimum_lies_between_one_and_the_chosen() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			ValidatorSet::set_minimum(RuntimeOrigin::root(), 0),
			PalletError::InvalidMinimum
		);
		assert_noop!(
			ValidatorSet::set_minimum(RuntimeOrigin::root(), 4),
			PalletError::InvalidMinimum
		);
		assert_ok!(ValidatorSet::set_minimum(RuntimeOrigin::root(), 3));
		assert_eq!(take_events(), [PalletEvent::MinimumChanged { minimum: 3 }]);
		assert_noop!(
			ValidatorSet::remove_validator(RuntimeOrigin::root(), 1),
			PalletError::MinimumNotMet
		);
		assert_ok!(ValidatorSet::set_minimum(RuntimeOrigin::root(), 1));
		assert_ok!(ValidatorSet::remove_validator(RuntimeOrigin::root(), 1));
	});
}

#[test]
fn an_institution_that_is_no_validator_withdraws_its_keys() {
	ExtBuilder::default().build_and_execute(|| {
		admit_with_keys(4);
		assert_eq!(System::consumers(&4), 1);
		assert_ok!(ValidatorSet::withdraw_keys(RuntimeOrigin::signed(4)));
		assert_eq!(take_events(), [PalletEvent::KeysWithdrawn { who: 4 }]);
		assert_eq!(System::consumers(&4), 0);
		assert_noop!(
			ValidatorSet::withdraw_keys(RuntimeOrigin::signed(4)),
			PalletError::KeysNotSet
		);
		assert_noop!(
			ValidatorSet::add_validator(RuntimeOrigin::root(), 4),
			PalletError::KeysNotSet
		);
	});
}

#[test]
fn a_validator_keeps_its_keys_until_it_has_retired() {
	ExtBuilder::default().build_and_execute(|| {
		admit_with_keys(4);
		assert_ok!(ValidatorSet::add_validator(RuntimeOrigin::root(), 4));
		for who in [3, 4] {
			assert_noop!(
				ValidatorSet::withdraw_keys(RuntimeOrigin::signed(who)),
				PalletError::KeysInUse
			);
		}
		assert_ok!(ValidatorSet::remove_validator(RuntimeOrigin::root(), 3));
		assert_noop!(ValidatorSet::withdraw_keys(RuntimeOrigin::signed(3)), PalletError::KeysInUse);
		assert_noop!(ValidatorSet::withdraw_keys(RuntimeOrigin::root()), DispatchError::BadOrigin);
	});
}
