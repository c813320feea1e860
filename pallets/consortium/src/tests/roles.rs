use super::*;
use crate::{
	EnsureArbiter, EnsureAssociation, EnsureCouncilMember, EnsureInstitution, EnsureOperator,
	EnsurePlatform, EnsureRegistrar, EnsureRegulator, EnsureRole,
};
use frame_support::{
	assert_ok,
	traits::{Contains, EnsureOrigin},
};
use frame_system::RawOrigin;
use sp_runtime::traits::BadOrigin;
use winddown_primitives::traits::Institutions;

type EnsureOperatorOrRegulator =
	EnsureRole<Test, { Roles::new(&[Role::Operator, Role::Regulator]).bits() }>;

fn accepts<Ensure: EnsureOrigin<RuntimeOrigin, Success = AccountId>>(who: AccountId) -> bool {
	match Ensure::ensure_origin(RuntimeOrigin::signed(who)) {
		Ok(account) => {
			assert_eq!(account, who);
			true
		}
		Err(BadOrigin) => false,
	}
}

#[test]
fn each_role_has_an_origin_that_accepts_no_other_role() {
	let ensure: [(Role, fn(AccountId) -> bool); 7] = [
		(Role::Regulator, accepts::<EnsureRegulator<Test>>),
		(Role::Association, accepts::<EnsureAssociation<Test>>),
		(Role::Operator, accepts::<EnsureOperator<Test>>),
		(Role::Registrar, accepts::<EnsureRegistrar<Test>>),
		(Role::Arbiter, accepts::<EnsureArbiter<Test>>),
		(Role::Platform, accepts::<EnsurePlatform<Test>>),
		(Role::Council, accepts::<EnsureCouncilMember<Test>>),
	];
	ExtBuilder::default().build_and_execute(|| {
		for held in Role::ALL {
			assert_ok!(Consortium::set_roles(council(), BANK, roles(&[held]).list()));
			for (asked, accepts) in ensure {
				assert_eq!(accepts(BANK), held == asked, "{held:?} asked for {asked:?}");
				assert_eq!(Consortium::holds(&BANK, asked), held == asked);
				assert_eq!(Consortium::holders(asked).contains(&BANK), held == asked);
			}
			assert!(accepts::<EnsureInstitution<Test>>(BANK));
		}
	});
}

#[test]
fn an_origin_of_several_roles_accepts_each_of_them() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(accepts::<EnsureOperatorOrRegulator>(BANK));
		assert!(accepts::<EnsureOperatorOrRegulator>(REGULATOR));
		assert!(!accepts::<EnsureOperatorOrRegulator>(ASSOCIATION));
	});
}

#[test]
fn a_suspended_institution_holds_no_role() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Consortium::suspend(council(), BANK));
		assert!(!accepts::<EnsureOperator<Test>>(BANK));
		assert!(!accepts::<EnsureInstitution<Test>>(BANK));
		assert!(!Consortium::holds(&BANK, Role::Operator));
		assert!(!Consortium::contains(&BANK));
		assert_eq!(Consortium::holders(Role::Operator), Vec::<AccountId>::new());

		assert_ok!(Consortium::reinstate(council(), BANK));
		assert!(accepts::<EnsureOperator<Test>>(BANK));
		assert!(Consortium::holds(&BANK, Role::Operator));
		assert!(Consortium::contains(&BANK));
		assert_eq!(Consortium::holders(Role::Operator), vec![BANK]);
	});
}

#[test]
fn a_stranger_and_a_removed_institution_hold_no_role() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Consortium::remove(council(), BANK));
		for who in [STRANGER, BANK] {
			assert!(!accepts::<EnsureInstitution<Test>>(who));
			assert!(!Consortium::contains(&who));
			assert!(Role::ALL.into_iter().all(|role| !Consortium::holds(&who, role)));
		}
	});
}

#[test]
fn only_a_signature_proves_a_role() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [RawOrigin::Root, RawOrigin::None, RawOrigin::Authorized] {
			assert!(EnsureInstitution::<Test>::ensure_origin(origin.into()).is_err());
		}
	});
}
