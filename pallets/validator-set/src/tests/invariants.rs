//! Whatever the council does and whenever sessions change, references and keys stay in balance.

use super::*;
use proptest::prelude::*;
use sp_runtime::StateVersion;

#[derive(Clone, Debug)]
enum Act {
	Add(AccountId),
	Remove(AccountId),
	SetMinimum(u32),
	WithdrawKeys(AccountId),
	SetKeys(AccountId),
	NextSession,
}

fn act() -> impl Strategy<Value = Act> {
	let who = 1u64..=8;
	prop_oneof![
		4 => who.clone().prop_map(Act::Add),
		4 => who.clone().prop_map(Act::Remove),
		1 => (0u32..=4).prop_map(Act::SetMinimum),
		1 => who.clone().prop_map(Act::WithdrawKeys),
		2 => who.prop_map(Act::SetKeys),
		4 => Just(Act::NextSession),
	]
}

/// Applies `act`; one that is refused must change nothing.
fn apply(act: Act) {
	let root = RuntimeOrigin::root();
	let before = sp_io::storage::root(StateVersion::V1);
	let result = match act {
		Act::Add(who) => ValidatorSet::add_validator(root, who),
		Act::Remove(who) => ValidatorSet::remove_validator(root, who),
		Act::SetMinimum(minimum) => ValidatorSet::set_minimum(root, minimum),
		Act::WithdrawKeys(who) => ValidatorSet::withdraw_keys(RuntimeOrigin::signed(who)),
		Act::SetKeys(who) => {
			set_keys(who);
			Ok(())
		}
		Act::NextSession => {
			next_session();
			Ok(())
		}
	};
	if result.is_err() {
		assert_eq!(before, sp_io::storage::root(StateVersion::V1));
	}
}

fn check() {
	ValidatorSet::do_try_state().expect("every invariant holds");
	assert_eq!(Session::validators(), ValidatorSet::active());
	for who in 1..=8 {
		// One reference of the consortium, and one of the set for those that it needs.
		let held = u32::from(ValidatorSet::status(who).is_some());
		assert_eq!(System::providers(&who), 1 + held, "providers of {who}");
		assert_eq!(System::consumers(&who), u32::from(Keys::are_set(&who)), "consumers of {who}");
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn references_and_keys_stay_in_balance(acts in prop::collection::vec(act(), 1..40)) {
		ExtBuilder::default().build_and_execute(|| {
			for who in 1..=8 {
				System::inc_providers(&who);
			}
			for act in acts {
				apply(act);
				check();
			}
		});
	}
}
