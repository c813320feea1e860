use super::*;
use crate::{weights::WeightInfo, Admission, CallClass};
use codec::Encode;
use frame_support::{
	assert_ok, assert_storage_noop,
	dispatch::{DispatchInfo, PostDispatchInfo},
	weights::Weight,
};
use frame_system::RawOrigin;
use sp_runtime::traits::{TransactionExtension, TxBaseImplication};

#[test]
fn an_institution_gets_into_the_pool() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(offer(BANK, &ordinary()));
		assert_ok!(include(BANK, &ordinary()));
	});
}

#[test]
fn a_stranger_never_gets_into_the_pool_or_a_block() {
	ExtBuilder::default().build_and_execute(|| {
		// A provider reference, which is all that the standard nonce check asks for.
		System::inc_providers(&STRANGER);
		for call in [bulk(), ordinary(), urgent()] {
			assert_storage_noop!(assert_eq!(
				offer(STRANGER, &call),
				refused(PoolRefusal::NotAdmitted)
			));
			assert_storage_noop!(assert_eq!(
				include(STRANGER, &call),
				refused(PoolRefusal::NotAdmitted)
			));
		}
	});
}

#[test]
fn a_suspended_institution_is_refused_at_once_also_with_what_waits_in_the_pool() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(offer(BANK, &urgent()));
		assert_ok!(Consortium::suspend(council(), BANK));
		assert_storage_noop!(assert_eq!(offer(BANK, &urgent()), refused(PoolRefusal::Suspended)));
		assert_storage_noop!(assert_eq!(include(BANK, &urgent()), refused(PoolRefusal::Suspended)));

		assert_ok!(Consortium::reinstate(council(), BANK));
		assert_ok!(offer(BANK, &urgent()));
		assert_ok!(include(BANK, &urgent()));
	});
}

#[test]
fn a_removed_institution_is_a_stranger() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Consortium::remove(council(), BANK));
		assert_eq!(offer(BANK, &urgent()), refused(PoolRefusal::NotAdmitted));
		assert_eq!(include(BANK, &urgent()), refused(PoolRefusal::NotAdmitted));
	});
}

#[test]
fn the_length_of_a_transaction_is_bounded_by_its_class() {
	ExtBuilder::default().build_and_execute(|| {
		for (call, longest) in [(bulk(), 1_000), (ordinary(), 100), (urgent(), 200)] {
			assert_ok!(offer_of_length(BANK, &call, longest));
			assert_eq!(offer_of_length(BANK, &call, longest + 1), refused(PoolRefusal::TooLong));
		}
	});
}

#[test]
fn the_urgent_goes_first_and_bulk_waits() {
	ExtBuilder::default().build_and_execute(|| {
		let priority = |call| offer(BANK, &call).map(|validity| validity.priority);
		assert_eq!(priority(bulk()), Ok(CallClass::Bulk.priority()));
		assert_eq!(priority(ordinary()), Ok(CallClass::Ordinary.priority()));
		assert_eq!(priority(urgent()), Ok(CallClass::Urgent.priority()));
		assert!(CallClass::ALL.is_sorted_by(|low, high| low.priority() < high.priority()));
	});
}

#[test]
fn what_nobody_signed_passes_untouched() {
	ExtBuilder::default().build_and_execute(|| {
		let call = bulk();
		let info = call.get_dispatch_info();
		// Longer than any class allows: the limits are for signers.
		let length = 1_000_000;
		for origin in [RawOrigin::None, RawOrigin::Authorized, RawOrigin::Root] {
			assert_storage_noop!({
				let (validity, admission, _) = CheckAdmission::<Test>::new()
					.validate(
						origin.into(),
						&call,
						&info,
						length,
						(),
						&TxBaseImplication((0u8, &call)),
						TransactionSource::External,
					)
					.expect("nobody signed");
				assert_eq!(validity, ValidTransaction::default());
				assert!(matches!(admission, Admission::Unsigned));
			});
		}
		assert_eq!(
			CheckAdmission::<Test>::bare_validate(&call, &info, length),
			Ok(ValidTransaction::default())
		);
		assert_ok!(CheckAdmission::<Test>::bare_validate_and_prepare(&call, &info, length));
	});
}

/// The weight that counts in the end when the call itself weighed 100.
fn weight_after(origin: RawOrigin<AccountId>) -> Weight {
	let call = ordinary();
	let check = CheckAdmission::<Test>::new();
	let info = DispatchInfo {
		call_weight: Weight::from_parts(100, 0),
		extension_weight: check.weight(&call),
		..Default::default()
	};
	let done = |_| Ok(PostDispatchInfo::default());
	let outcome = check.test_run(origin.into(), &call, &info, 50, 0, done);
	let outcome = outcome.expect("the transaction is valid").expect("the call succeeds");
	outcome.calc_actual_weight(&info)
}

#[test]
fn the_check_weighs_nothing_where_nobody_signed() {
	ExtBuilder::default().build_and_execute(|| {
		let call = Weight::from_parts(100, 0);
		assert_eq!(weight_after(RawOrigin::Authorized), call);
		let check = <() as WeightInfo>::check_admission();
		assert_eq!(weight_after(RawOrigin::Signed(BANK)), call + check);
	});
}

#[test]
fn the_extension_asks_nothing_of_wallets() {
	assert!(CheckAdmission::<Test>::new().encode().is_empty());
	assert_eq!(CheckAdmission::<Test>::new().implicit(), Ok(()));
	let metadata = <CheckAdmission<Test> as TransactionExtension<RuntimeCall>>::metadata();
	assert_eq!(metadata[0].identifier, "CheckAdmission");
	assert_eq!(metadata[0].implicit, scale_info::meta_type::<()>());
}
