use super::*;
use crate::Error;
use frame_support::{assert_noop, assert_ok};

#[test]
fn an_institution_admitted_with_the_role_takes_its_seat() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Consortium::admit(council(), 15, "A".into(), roles(&[Role::Council]).list()));
		assert_eq!(Consortium::council(), vec![ASSOCIATION, 15, REGULATOR]);
		assert_eq!(BodyMembers::get(), vec![ASSOCIATION, 15, REGULATOR]);
		assert_eq!(BodyChange::get(), (vec![15], vec![]));
	});
}

#[test]
fn the_seat_comes_and_goes_with_the_role() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Consortium::set_roles(
			council(),
			BANK,
			roles(&[Role::Operator, Role::Council]).list()
		));
		assert_eq!(BodyMembers::get(), vec![ASSOCIATION, BANK, REGULATOR]);
		assert_eq!(BodyChange::get(), (vec![BANK], vec![]));

		assert_ok!(Consortium::set_roles(council(), BANK, roles(&[Role::Operator]).list()));
		assert_eq!(BodyMembers::get(), vec![ASSOCIATION, REGULATOR]);
		assert_eq!(BodyChange::get(), (vec![], vec![BANK]));
	});
}

#[test]
fn a_change_of_other_roles_does_not_disturb_the_council() {
	ExtBuilder::default().build_and_execute(|| {
		let council_too = roles(&[Role::Regulator, Role::Arbiter, Role::Council]);
		assert_ok!(Consortium::set_roles(council(), REGULATOR, council_too.list()));
		assert_ok!(Consortium::set_roles(council(), BANK, roles(&[Role::Registrar]).list()));
		assert_ok!(Consortium::suspend(council(), BANK));
		assert_ok!(Consortium::remove(council(), BANK));
		assert_eq!(BodyChange::get(), (vec![], vec![]));
	});
}

#[test]
fn a_suspended_member_has_no_seat_until_it_is_reinstated() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Consortium::suspend(council(), REGULATOR));
		assert_eq!(BodyMembers::get(), vec![ASSOCIATION]);
		assert_eq!(BodyChange::get(), (vec![], vec![REGULATOR]));

		assert_ok!(Consortium::reinstate(council(), REGULATOR));
		assert_eq!(BodyMembers::get(), vec![ASSOCIATION, REGULATOR]);
		assert_eq!(BodyChange::get(), (vec![REGULATOR], vec![]));
	});
}

#[test]
fn a_suspended_institution_that_gets_the_role_is_seated_when_it_is_reinstated() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Consortium::suspend(council(), BANK));
		assert_ok!(Consortium::set_roles(council(), BANK, roles(&[Role::Council]).list()));
		assert_eq!(BodyMembers::get(), vec![ASSOCIATION, REGULATOR]);
		assert_ok!(Consortium::reinstate(council(), BANK));
		assert_eq!(BodyMembers::get(), vec![ASSOCIATION, BANK, REGULATOR]);
	});
}

#[test]
fn a_removed_member_loses_its_seat() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Consortium::remove(council(), ASSOCIATION));
		assert_eq!(BodyMembers::get(), vec![REGULATOR]);
		assert_eq!(BodyChange::get(), (vec![], vec![ASSOCIATION]));
	});
}

#[test]
fn the_last_member_stays() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Consortium::remove(council(), ASSOCIATION));
		assert_noop!(Consortium::remove(council(), REGULATOR), Error::<Test>::CouncilTooSmall);
		assert_noop!(Consortium::suspend(council(), REGULATOR), Error::<Test>::CouncilTooSmall);
		assert_noop!(
			Consortium::set_roles(council(), REGULATOR, roles(&[Role::Regulator]).list()),
			Error::<Test>::CouncilTooSmall
		);
		assert_eq!(BodyMembers::get(), vec![REGULATOR]);
	});
}

#[test]
fn the_council_keeps_its_least_size() {
	ExtBuilder::default().with_min_council(2).build_and_execute(|| {
		assert_noop!(Consortium::suspend(council(), REGULATOR), Error::<Test>::CouncilTooSmall);
		assert_ok!(Consortium::set_roles(council(), BANK, roles(&[Role::Council]).list()));
		assert_ok!(Consortium::suspend(council(), REGULATOR));
	});
}

#[test]
fn a_full_council_takes_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		let seat = roles(&[Role::Council]);
		assert_ok!(Consortium::admit(council(), 41, "A".into(), seat.list()));
		assert_ok!(Consortium::suspend(council(), 41));
		assert_ok!(Consortium::admit(council(), 42, "A".into(), seat.list()));
		assert_ok!(Consortium::set_roles(council(), BANK, seat.list()));

		assert_noop!(
			Consortium::admit(council(), 43, "A".into(), seat.list()),
			Error::<Test>::MaxCouncilExceeded
		);
		assert_noop!(Consortium::reinstate(council(), 41), Error::<Test>::MaxCouncilExceeded);
		assert_ok!(Consortium::admit(council(), 43, "A".into(), roles(&[Role::Platform]).list()));
		assert_noop!(
			Consortium::set_roles(council(), 43, seat.list()),
			Error::<Test>::MaxCouncilExceeded
		);
	});
}
