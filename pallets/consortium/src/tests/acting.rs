//! Somebody who acts for an institution: a second key of it, or a member of the multisig that it is.

use super::*;
use crate::{Buckets, CheckNonce};
use frame_support::{assert_ok, assert_storage_noop};

/// A second key of the bank, with no role of its own.
const SECOND_KEY: AccountId = 21;

fn act_for(pairs: &[(AccountId, AccountId)]) {
	ActsFor::set(pairs.to_vec());
}

/// A short ordinary transaction of `who` in a block, with its nonce.
fn transact(who: AccountId, nonce: u32) -> Validity<()> {
	let (origin, call) = (RuntimeOrigin::signed(who), ordinary());
	let info = call.get_dispatch_info();
	(CheckAdmission::<Test>::new(), CheckNonce::<Test>::from(nonce))
		.validate_and_prepare(origin, &call, &info, 50, 0)
		.map(|_| ())
}

#[test]
fn a_delegate_with_no_role_transacts_from_the_bucket_of_the_institution() {
	ExtBuilder::default().build_and_execute(|| {
		act_for(&[(SECOND_KEY, BANK)]);
		let before = Consortium::tokens(BANK);
		assert_ok!(transact(SECOND_KEY, 0));
		assert_eq!(Consortium::tokens(BANK), before.map(|tokens| tokens - 2));
		assert_eq!(Buckets::<Test>::get(SECOND_KEY), None);
	});
}

#[test]
fn a_delegate_whom_nothing_keeps_alive_has_a_nonce_that_stays() {
	ExtBuilder::default().build_and_execute(|| {
		act_for(&[(SECOND_KEY, BANK)]);
		assert_ok!(transact(SECOND_KEY, 0));
		assert_eq!(transact(SECOND_KEY, 0), Err(InvalidTransaction::Stale.into()));
		assert_eq!(transact(SECOND_KEY, 2), Err(InvalidTransaction::Future.into()));
		assert_ok!(transact(SECOND_KEY, 1));

		// Admitted and removed, it keeps the nonce, and may act for nobody any more.
		let roles = vec![Role::Platform];
		assert_ok!(Consortium::admit(council(), SECOND_KEY, "Second".into(), roles));
		assert_eq!(System::account_nonce(SECOND_KEY), 2);
		assert_ok!(Consortium::remove(council(), SECOND_KEY));
		assert_eq!(transact(SECOND_KEY, 0), refused(PoolRefusal::NotAdmitted));
		assert_eq!(transact(SECOND_KEY, 2), refused(PoolRefusal::NotAdmitted));
	});
}

#[test]
fn acting_for_a_stranger_or_for_nobody_is_being_one() {
	ExtBuilder::default().build_and_execute(|| {
		act_for(&[(SECOND_KEY, STRANGER)]);
		assert_storage_noop!(assert_eq!(
			transact(SECOND_KEY, 0),
			refused(PoolRefusal::NotAdmitted)
		));
		act_for(&[]);
		assert_eq!(transact(SECOND_KEY, 0), refused(PoolRefusal::NotAdmitted));
	});
}

#[test]
fn what_would_not_be_carried_out_is_refused_whoever_signs_it() {
	ExtBuilder::default().build_and_execute(|| {
		act_for(&[(SECOND_KEY, EMPEROR), (BANK, EMPEROR)]);
		for signer in [SECOND_KEY, BANK] {
			assert_storage_noop!(assert_eq!(
				offer(signer, &ordinary()),
				refused(PoolRefusal::NotDelegate)
			));
		}
	});
}

#[test]
fn nobody_acts_for_a_suspended_institution() {
	ExtBuilder::default().build_and_execute(|| {
		act_for(&[(SECOND_KEY, BANK), (REGULATOR, BANK)]);
		assert_ok!(Consortium::suspend(council(), BANK));
		for signer in [SECOND_KEY, REGULATOR] {
			assert_storage_noop!(assert_eq!(
				offer(signer, &ordinary()),
				refused(PoolRefusal::Suspended)
			));
		}
	});
}

#[test]
fn an_institution_that_acts_for_another_one_pays_itself() {
	ExtBuilder::default().build_and_execute(|| {
		act_for(&[(REGULATOR, BANK)]);
		let before = Consortium::tokens(REGULATOR);
		assert_ok!(transact(REGULATOR, 0));
		assert_eq!(Consortium::tokens(REGULATOR), before.map(|tokens| tokens - 2));
		assert_eq!(Buckets::<Test>::get(BANK), None);
	});
}
