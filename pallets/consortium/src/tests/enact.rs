use super::*;
use crate::{weights::WeightInfo, Error, Event};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, DispatchResult},
	storage::unhashed,
};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DispatchError::BadOrigin,
};

/// A call that only Root may make.
fn root_call() -> RuntimeCall {
	let items = vec![(b"parameter".to_vec(), b"new".to_vec())];
	frame_system::Call::set_storage { items }.into()
}

fn enacted(call: &RuntimeCall, result: DispatchResult) -> RuntimeEvent {
	Event::Enacted { call_hash: BlakeTwo256::hash_of(call), result }.into()
}

#[test]
fn the_council_has_a_call_carried_out_as_root() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Consortium::enact(council(), Box::new(root_call())));
		assert_eq!(unhashed::get_raw(b"parameter"), Some(b"new".to_vec()));
		System::assert_last_event(enacted(&root_call(), Ok(())));
	});
}

#[test]
fn a_call_that_fails_is_reported_and_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		// Root is not the council, which alone may remove an institution.
		let refused: RuntimeCall = crate::Call::remove { who: BANK }.into();
		assert_ok!(Consortium::enact(council(), Box::new(refused.clone())));
		System::assert_last_event(enacted(&refused, Err(BadOrigin)));
		assert!(Consortium::institution(BANK).is_some());
	});
}

#[test]
fn what_the_runtime_does_not_leave_to_the_council_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		unhashed::put_raw(b"parameter", b"old");
		let kill = frame_system::Call::kill_storage { keys: vec![b"parameter".to_vec()] };
		assert_noop!(
			Consortium::enact(council(), Box::new(kill.into())),
			Error::<Test>::NotEnactable
		);
		assert_eq!(unhashed::get_raw(b"parameter"), Some(b"old".to_vec()));
	});
}

#[test]
fn nobody_but_the_council_enacts() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [RuntimeOrigin::signed(REGULATOR), RuntimeOrigin::none()] {
			assert_noop!(Consortium::enact(origin, Box::new(root_call())), BadOrigin);
		}
	});
}

#[test]
fn enacting_weighs_and_counts_as_the_call() {
	let inner = root_call().get_dispatch_info();
	let outer = RuntimeCall::from(crate::Call::enact { call: Box::new(root_call()) });
	let outer = outer.get_dispatch_info();
	assert_eq!(outer.call_weight, <() as WeightInfo>::enact() + inner.call_weight);
	assert_eq!(outer.class, DispatchClass::Operational);
}
