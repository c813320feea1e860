use super::*;
use crate::{AdmissionLimits, Bucket, Buckets};
use frame_support::{
	assert_ok, assert_storage_noop,
	dispatch::DispatchInfo,
	weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, Weight},
};

/// What a block says when the signer has too few tokens: the author keeps the transaction.
fn exhausted() -> Validity<()> {
	Err(InvalidTransaction::ExhaustsResources.into())
}

fn include_times(times: u32, who: AccountId, call: RuntimeCall) {
	for _ in 0..times {
		assert_ok!(include(who, &call));
	}
}

fn run_to(block: u64) {
	System::set_block_number(block);
}

#[test]
fn a_transaction_costs_what_its_class_costs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Consortium::tokens(BANK), Some(10));
		assert_ok!(include(BANK, &bulk()));
		assert_eq!(Consortium::tokens(BANK), Some(5));
		assert_ok!(include(BANK, &ordinary()));
		assert_eq!(Consortium::tokens(BANK), Some(3));
		assert_ok!(include(BANK, &urgent()));
		assert_eq!(Consortium::tokens(BANK), Some(2));
		assert_eq!(Buckets::<Test>::get(BANK), Some(Bucket { tokens: 2, at: 1 }));
	});
}

#[test]
fn an_empty_bucket_refuses_every_class() {
	ExtBuilder::default().build_and_execute(|| {
		include_times(5, BANK, ordinary());
		assert_eq!(Consortium::tokens(BANK), Some(0));
		for call in [bulk(), ordinary(), urgent()] {
			assert_storage_noop!(assert_eq!(
				offer(BANK, &call),
				refused(PoolRefusal::RateExceeded)
			));
			assert_storage_noop!(assert_eq!(include(BANK, &call), exhausted()));
		}
	});
}

#[test]
fn what_is_left_still_pays_for_a_cheaper_class() {
	ExtBuilder::default().build_and_execute(|| {
		include_times(3, BANK, ordinary());
		assert_eq!(include(BANK, &bulk()), exhausted());
		assert_ok!(include(BANK, &ordinary()));
	});
}

#[test]
fn a_bucket_recovers_with_the_blocks_and_never_beyond_a_burst() {
	ExtBuilder::default().build_and_execute(|| {
		include_times(2, BANK, bulk());
		run_to(2);
		assert_eq!(Consortium::tokens(BANK), Some(2));
		assert_eq!(offer(BANK, &bulk()), refused(PoolRefusal::RateExceeded));
		run_to(3);
		assert_eq!(offer(BANK, &bulk()), refused(PoolRefusal::RateExceeded));
		run_to(4);
		assert_eq!(Consortium::tokens(BANK), Some(6));
		assert_ok!(include(BANK, &bulk()));
		assert_eq!(Consortium::tokens(BANK), Some(1));

		run_to(u64::MAX);
		assert_eq!(Consortium::tokens(BANK), Some(10));
		include_times(10, BANK, urgent());
		assert_eq!(include(BANK, &urgent()), exhausted());
	});
}

#[test]
fn one_bucket_does_not_touch_another() {
	ExtBuilder::default().build_and_execute(|| {
		include_times(2, BANK, bulk());
		assert_eq!(include(BANK, &urgent()), exhausted());

		assert_eq!(Consortium::tokens(REGULATOR), Some(10));
		include_times(2, REGULATOR, bulk());
		assert_eq!(include(REGULATOR, &urgent()), exhausted());
		assert_eq!(Buckets::<Test>::get(ASSOCIATION), None);
	});
}

#[test]
fn waiting_in_the_pool_costs_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_storage_noop!(assert!((0..20).all(|_| offer(BANK, &bulk()).is_ok())));
		assert_eq!(Consortium::tokens(BANK), Some(10));
	});
}

#[test]
fn a_call_that_fails_has_cost_its_tokens() {
	ExtBuilder::default().build_and_execute(|| {
		let call = urgent();
		let info = call.get_dispatch_info();
		let outcome = CheckAdmission::<Test>::new()
			.dispatch_transaction(RuntimeOrigin::signed(BANK), call, &info, 50, 0)
			.expect("the transaction is valid");
		assert_eq!(
			outcome.map_err(|failed| failed.error).err(),
			Some(sp_runtime::DispatchError::BadOrigin)
		);
		assert_eq!(Consortium::tokens(BANK), Some(9));
	});
}

/// Runs a call that declares `declared` milliseconds and needs `needed`.
fn run_heavy(who: AccountId, call: &RuntimeCall, declared: u64, needed: u64) -> Validity<()> {
	let millis = |millis| Weight::from_parts(millis * WEIGHT_REF_TIME_PER_MILLIS, 0);
	let info = DispatchInfo { call_weight: millis(declared), ..Default::default() };
	let done = |_: RuntimeOrigin| Ok(Some(millis(needed)).into());
	let origin = RuntimeOrigin::signed(who);
	let outcome = CheckAdmission::<Test>::new().test_run(origin, call, &info, 50, 0, done);
	outcome.map(|result| assert!(result.is_ok(), "{result:?}"))
}

#[test]
fn a_heavy_call_pays_by_its_weight_and_gets_back_what_it_did_not_need() {
	ExtBuilder::default().build_and_execute(|| {
		// Five tokens for the class, or one a millisecond.
		assert_ok!(run_heavy(BANK, &bulk(), 5, 5));
		assert_eq!(Consortium::tokens(BANK), Some(5));
		assert_eq!(run_heavy(BANK, &bulk(), 6, 6), exhausted());
		run_to(4);
		assert_eq!(Consortium::tokens(BANK), Some(10));
		assert_ok!(run_heavy(BANK, &bulk(), 9, 7));
		assert_eq!(Consortium::tokens(BANK), Some(3));
		run_to(8);
		assert_ok!(run_heavy(BANK, &bulk(), 10, 0));
		assert_eq!(Consortium::tokens(BANK), Some(5), "never less than the class costs");
		// Four tokens a millisecond for what is urgent.
		assert_ok!(run_heavy(BANK, &urgent(), 1, 1));
		assert_eq!(Consortium::tokens(BANK), Some(1));
		assert_eq!(run_heavy(BANK, &urgent(), 1, 1), exhausted());
	});
}

#[test]
fn a_full_bucket_pays_for_any_weight() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(run_heavy(BANK, &ordinary(), 1_000_000, 1_000_000));
		assert_eq!(Consortium::tokens(BANK), Some(0));
		assert_ok!(run_heavy(REGULATOR, &urgent(), u64::MAX / 1_000_000_000, 0));
		assert_eq!(Consortium::tokens(REGULATOR), Some(9));
	});
}

#[test]
fn whoever_is_removed_by_its_own_call_gets_nothing_back() {
	ExtBuilder::default().build_and_execute(|| {
		let info = DispatchInfo {
			call_weight: Weight::from_parts(9 * WEIGHT_REF_TIME_PER_MILLIS, 0),
			..Default::default()
		};
		let remove = |_: RuntimeOrigin| {
			assert_ok!(Consortium::remove(council(), BANK));
			Ok(Some(Weight::zero()).into())
		};
		let origin = RuntimeOrigin::signed(BANK);
		let outcome = CheckAdmission::<Test>::new().test_run(origin, &bulk(), &info, 50, 0, remove);
		assert_ok!(outcome.expect("the transaction is valid"));
		assert_eq!(Buckets::<Test>::get(BANK), None);
	});
}

#[test]
fn the_bucket_of_an_operator_fills_faster() {
	let limits = AdmissionLimits { operator_refill_per_block: 4, ..LIMITS };
	ExtBuilder::default().with_limits(limits).build_and_execute(|| {
		for who in [BANK, REGULATOR] {
			include_times(2, who, bulk());
		}
		run_to(2);
		assert_eq!([BANK, REGULATOR].map(Consortium::tokens), [Some(4), Some(2)]);
		assert_ok!(Consortium::set_roles(council(), BANK, roles(&[Role::Platform]).list()));
		run_to(3);
		assert_eq!([BANK, REGULATOR].map(Consortium::tokens), [Some(4), Some(4)]);
	});
}

#[test]
fn suspension_does_not_refill_a_bucket() {
	ExtBuilder::default().build_and_execute(|| {
		include_times(2, BANK, bulk());
		assert_ok!(Consortium::suspend(council(), BANK));
		assert_ok!(Consortium::reinstate(council(), BANK));
		assert_eq!(Consortium::tokens(BANK), Some(0));
	});
}

#[test]
fn a_stranger_has_no_bucket() {
	ExtBuilder::default().build_and_execute(|| assert_eq!(Consortium::tokens(STRANGER), None));
}
