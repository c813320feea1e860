use super::*;
use crate::{Buckets, CheckNonce, Departures, Error, Event, Institution, Institutions, Standing};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;

fn admit_platform(who: AccountId) {
	assert_ok!(Consortium::admit(
		council(),
		who,
		"Platform".into(),
		roles(&[Role::Platform]).list()
	));
}

#[test]
fn the_council_admits_an_institution() {
	ExtBuilder::default().build_and_execute(|| {
		let held = roles(&[Role::Registrar, Role::Arbiter]);
		assert_ok!(Consortium::admit(council(), 40, "公证处".into(), held.list()));

		assert_eq!(
			Consortium::institution(40),
			Some(Institution { name: name("公证处"), roles: held, standing: Standing::Active })
		);
		assert_eq!(System::providers(&40), 1);
		System::assert_last_event(
			Event::Admitted { who: 40, name: name("公证处"), roles: held }.into(),
		);
	});
}

#[test]
fn nobody_but_the_council_decides_about_institutions() {
	ExtBuilder::default().build_and_execute(|| {
		let held = roles(&[Role::Platform]);
		for origin in [
			RuntimeOrigin::signed(REGULATOR),
			RuntimeOrigin::signed(STRANGER),
			RuntimeOrigin::root(),
			RuntimeOrigin::none(),
		] {
			assert_noop!(Consortium::admit(origin.clone(), 40, "A".into(), held.list()), BadOrigin);
			assert_noop!(Consortium::set_roles(origin.clone(), BANK, held.list()), BadOrigin);
			assert_noop!(Consortium::suspend(origin.clone(), BANK), BadOrigin);
			assert_noop!(Consortium::reinstate(origin.clone(), BANK), BadOrigin);
			assert_noop!(Consortium::remove(origin, BANK), BadOrigin);
		}
	});
}

#[test]
fn an_institution_is_admitted_once() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Consortium::admit(council(), BANK, "Bank".into(), roles(&[Role::Operator]).list()),
			Error::<Test>::AlreadyAdmitted
		);
	});
}

#[test]
fn a_name_is_plain_text() {
	ExtBuilder::default().build_and_execute(|| {
		let held = roles(&[Role::Platform]);
		let too_long = "n".repeat(65);
		for bad in ["", " \t ", "two\nlines", "反\u{9b}白", &too_long] {
			let admission = Consortium::admit(council(), 40, bad.into(), held.list());
			assert_noop!(admission, Error::<Test>::InvalidName);
		}
		assert_ok!(Consortium::admit(council(), 40, "名".repeat(21), held.list()));
	});
}

#[test]
fn an_institution_has_at_least_one_role_and_each_once() {
	ExtBuilder::default().build_and_execute(|| {
		let twice = vec![Role::Platform, Role::Arbiter, Role::Platform];
		let admit = |roles| Consortium::admit(council(), 40, "A".into(), roles);
		let set = |roles| Consortium::set_roles(council(), BANK, roles);
		assert_noop!(admit(vec![]), Error::<Test>::NoRole);
		assert_noop!(set(vec![]), Error::<Test>::NoRole);
		assert_noop!(admit(twice.clone()), Error::<Test>::DuplicateRole);
		assert_noop!(set(twice), Error::<Test>::DuplicateRole);
	});
}

#[test]
fn roles_may_be_named_in_any_order() {
	ExtBuilder::default().build_and_execute(|| {
		let named = vec![Role::Platform, Role::Arbiter];
		assert_ok!(Consortium::set_roles(council(), BANK, named));
		let held = Institutions::<Test>::get(BANK).map(|bank| bank.roles.list());
		assert_eq!(held, Some(vec![Role::Arbiter, Role::Platform]));
	});
}

#[test]
fn the_consortium_takes_no_more_institutions_than_it_may() {
	ExtBuilder::default().build_and_execute(|| {
		(41..=43).for_each(admit_platform);
		assert_noop!(
			Consortium::admit(council(), 44, "A".into(), roles(&[Role::Platform]).list()),
			Error::<Test>::MaxInstitutionsExceeded
		);
		assert_ok!(Consortium::remove(council(), 41));
		admit_platform(44);
	});
}

#[test]
fn roles_are_replaced_as_a_whole() {
	ExtBuilder::default().build_and_execute(|| {
		let (old, new) = (roles(&[Role::Operator]), roles(&[Role::Arbiter, Role::Registrar]));
		assert_ok!(Consortium::set_roles(council(), BANK, new.list()));
		assert_eq!(Institutions::<Test>::get(BANK).map(|bank| bank.roles), Some(new));
		System::assert_last_event(Event::RolesSet { who: BANK, old, new }.into());
	});
}

#[test]
fn a_suspended_institution_keeps_its_roles_until_it_is_reinstated() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Consortium::suspend(council(), BANK));
		System::assert_last_event(Event::Suspended { who: BANK }.into());
		let bank = Institutions::<Test>::get(BANK).expect("the bank stays");
		assert_eq!((bank.standing, bank.roles), (Standing::Suspended, roles(&[Role::Operator])));
		assert_noop!(Consortium::suspend(council(), BANK), Error::<Test>::AlreadySuspended);

		assert_ok!(Consortium::reinstate(council(), BANK));
		System::assert_last_event(Event::Reinstated { who: BANK }.into());
		assert!(Institutions::<Test>::get(BANK).is_some_and(|bank| bank.is_active()));
		assert_noop!(Consortium::reinstate(council(), BANK), Error::<Test>::NotSuspended);
	});
}

#[test]
fn nothing_can_be_done_to_a_stranger() {
	ExtBuilder::default().build_and_execute(|| {
		let held = roles(&[Role::Platform]);
		assert_noop!(
			Consortium::set_roles(council(), STRANGER, held.list()),
			Error::<Test>::NotFound
		);
		assert_noop!(Consortium::suspend(council(), STRANGER), Error::<Test>::NotFound);
		assert_noop!(Consortium::reinstate(council(), STRANGER), Error::<Test>::NotFound);
		assert_noop!(Consortium::remove(council(), STRANGER), Error::<Test>::NotFound);
	});
}

#[test]
fn a_removed_institution_leaves_nothing_but_its_nonce() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(include(BANK, &ordinary()));
		System::inc_account_nonce(BANK);
		assert_ok!(Consortium::remove(council(), BANK));

		System::assert_last_event(Event::Removed { who: BANK }.into());
		assert_eq!(Consortium::institution(BANK), None);
		assert_eq!(Buckets::<Test>::get(BANK), None);
		assert_eq!(Departures::<Test>::get(BANK), Some(1));
		assert_eq!(System::providers(&BANK), 0);
		assert_eq!(System::account_nonce(BANK), 0);
		assert_eq!(offer(BANK, &ordinary()), refused(PoolRefusal::NotAdmitted));
	});
}

#[test]
fn an_account_in_use_cannot_be_removed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(System::inc_consumers(&BANK));
		assert_noop!(Consortium::remove(council(), BANK), Error::<Test>::StillReferenced);
		System::dec_consumers(&BANK);
		assert_ok!(Consortium::remove(council(), BANK));
	});
}

#[test]
fn removal_takes_away_only_the_reference_that_admission_added() {
	ExtBuilder::default().build_and_execute(|| {
		System::inc_providers(&BANK);
		assert_ok!(Consortium::remove(council(), BANK));
		assert_eq!(System::providers(&BANK), 1);
	});
}

#[test]
fn admission_and_removal_leave_no_references_however_often() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..3 {
			admit_platform(40);
			assert_eq!(System::providers(&40), 1);
			assert_ok!(Consortium::remove(council(), 40));
			assert_eq!(System::providers(&40), 0);
		}
	});
}

#[test]
fn the_old_transactions_of_an_institution_that_returns_cannot_be_replayed() {
	ExtBuilder::default().build_and_execute(|| {
		(0..3).for_each(|_| System::inc_account_nonce(BANK));
		assert_ok!(Consortium::remove(council(), BANK));
		assert_ok!(Consortium::admit(
			council(),
			BANK,
			"Bank".into(),
			roles(&[Role::Operator]).list()
		));

		assert_eq!(System::account_nonce(BANK), 3);
		assert_eq!(Departures::<Test>::get(BANK), None);
		let send = |nonce: u32| {
			let call = ordinary();
			let info = call.get_dispatch_info();
			(CheckAdmission::<Test>::new(), CheckNonce::<Test>::from(nonce))
				.validate_and_prepare(RuntimeOrigin::signed(BANK), &call, &info, 50, 0)
				.map(|_| ())
		};
		assert_eq!(send(0), Err(InvalidTransaction::Stale.into()));
		assert_eq!(send(2), Err(InvalidTransaction::Stale.into()));
		assert_eq!(send(3), Ok(()));
	});
}

#[test]
fn a_nonce_never_goes_back_when_the_account_outlived_the_removal() {
	ExtBuilder::default().build_and_execute(|| {
		System::inc_providers(&BANK);
		System::inc_account_nonce(BANK);
		assert_ok!(Consortium::remove(council(), BANK));
		System::inc_account_nonce(BANK);
		assert_ok!(Consortium::admit(
			council(),
			BANK,
			"Bank".into(),
			roles(&[Role::Operator]).list()
		));
		assert_eq!(System::account_nonce(BANK), 2);
	});
}
