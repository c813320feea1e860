use super::*;

#[test]
fn a_new_case_gets_one_initial_policy() {
	ExtBuilder::default().without_policy().build_and_execute(|| {
		let first = policy(&[0, 1], &[], 1, 1);
		assert_ok!(Evidence::set_initial_policy(CASE, first.clone()));
		assert_eq!(events(), [Event::PolicySet { case: CASE, version: 1, policy: first.clone() }]);
		assert_eq!(Evidence::policy(CASE), Some((1, first.clone())));
		assert_noop!(Evidence::set_initial_policy(CASE, first), Failure::PolicyExists);
	});
}

#[test]
fn the_council_sets_a_policy_for_later_records_only() {
	ExtBuilder::default().build_and_execute(|| {
		let old = deposited("a");
		let later = policy(&[5], &[], 1, 1);
		System::reset_events();
		assert_ok!(Evidence::set_policy(RuntimeOrigin::root(), CASE, later.clone()));
		assert_eq!(events(), [Event::PolicySet { case: CASE, version: 2, policy: later.clone() }]);
		let new = deposited("b");
		assert_eq!((record(old).policy, record(new).policy), (1, 2));
		assert_noop!(confirm(5, old), Failure::NotInPolicy);
		assert_noop!(confirm(0, new), Failure::NotInPolicy);
		assert_ok!(confirm(5, new));
		assert_eq!(state(new), RecordState::Effective);
		assert_ok!(confirm(0, old));
		assert_ok!(confirm(1, old));
		assert_eq!(state(old), RecordState::Effective);
	});
}

#[test]
fn nobody_but_the_council_sets_a_policy() {
	ExtBuilder::default().build_and_execute(|| {
		for who in [PLATFORM, OPERATOR, ASSOCIATION, ARBITERS] {
			let call = Evidence::set_policy(signed(who), CASE, policy(&[0], &[], 1, 1));
			assert_noop!(call, BadOrigin);
		}
	});
}

#[test]
fn an_unknown_case_gets_no_policy() {
	ExtBuilder::default().build_and_execute(|| {
		let call = Evidence::set_policy(RuntimeOrigin::root(), 9, policy(&[0], &[], 1, 1));
		assert_noop!(call, DispatchError::Other("unknown case"));
	});
}

fn set(policy: PolicyOf<Test>) -> DispatchResult {
	Evidence::set_policy(RuntimeOrigin::root(), CASE, policy)
}

#[test]
fn a_policy_that_cannot_be_met_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set(policy(&[0, 1], &[], 3, 1)), Failure::InvalidPolicy);
		assert_noop!(set(policy(&[0], &[1], 2, 2)), Failure::InvalidPolicy);
		assert_noop!(set(policy(&[0, 0], &[], 1, 1)), Failure::InvalidPolicy);
		assert_noop!(set(policy(&[], &[], 0, 0)), Failure::InvalidPolicy);
	});
}

#[test]
fn a_policy_without_an_independent_confirmation_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set(policy(&[0], &[1], 1, 0)), Failure::InvalidPolicy);
		assert_noop!(set(policy(&[], &[0, 1], 2, 1)), Failure::InvalidPolicy);
	});
}

#[test]
fn a_policy_asks_only_admitted_arbitration_institutions() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set(policy(&[0, 10], &[], 1, 1)), Failure::NotAnArbiter);
		let initial = Evidence::set_initial_policy(9, policy(&[10], &[], 1, 1));
		assert_noop!(initial, Failure::NotAnArbiter);
	});
}

#[test]
fn an_operator_that_attests_is_never_called_independent() {
	ExtBuilder::default().build_and_execute(|| {
		let with = |relation| {
			let mut policy = policy(&[0], &[1], 2, 1);
			policy.arbiters[1] =
				winddown_primitives::Arbiter { account: OPERATOR_ARBITER, relation };
			set(policy)
		};
		assert_noop!(with(Relation::Independent), Failure::NotIndependent);
		assert_ok!(with(Relation::Related));
	});
}
