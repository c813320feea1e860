use super::*;
use crate::{Council, GenesisConfig, Institution, Institutions, Pallet, Standing};
use frame_support::{assert_storage_noop, traits::Hooks};

#[test]
fn the_founders_are_active_institutions_and_the_council_is_sorted() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Institutions::<Test>::count(), 3);
		assert_eq!(
			Institutions::<Test>::get(BANK),
			Some(Institution {
				name: name("Bank"),
				roles: roles(&[Role::Operator]),
				standing: Standing::Active,
			})
		);
		assert_eq!(Council::<Test>::get().into_inner(), vec![ASSOCIATION, REGULATOR]);
		assert_eq!(BodyMembers::get(), vec![ASSOCIATION, REGULATOR]);
		assert_eq!(System::providers(&BANK), 1);
	});
}

#[test]
fn a_chain_may_start_without_institutions() {
	ExtBuilder::default().with_founders(vec![]).build_and_execute(|| {
		assert_eq!(Institutions::<Test>::count(), 0);
		assert_eq!(BodyMembers::get(), Vec::<AccountId>::new());
	});
}

#[test]
fn the_genesis_reads_as_plain_json() {
	let json = r#"{"institutions":[
		{"account": 1, "name": "仲裁委", "roles": ["Arbiter", "Council"]}
	]}"#;
	let genesis: GenesisConfig<Test> = serde_json::from_str(json).expect("the JSON is in order");
	assert_eq!(genesis.institutions, [founder(1, "仲裁委", &[Role::Arbiter, Role::Council])]);
}

#[test]
fn the_genesis_refuses_unknown_fields_and_roles() {
	for json in [
		r#"{"institutions":[{"account": 1, "name": "A", "roles": ["Emperor"]}]}"#,
		r#"{"institutions":[{"account": 1, "name": "A", "roles": [], "suspended": true}]}"#,
	] {
		assert!(serde_json::from_str::<GenesisConfig<Test>>(json).is_err(), "{json}");
	}
}

#[test]
#[should_panic(expected = "CouncilTooSmall")]
fn a_genesis_without_a_council_is_refused() {
	ExtBuilder::default()
		.with_founders(vec![founder(1, "A", &[Role::Platform])])
		.build_and_execute(|| ());
}

#[test]
#[should_panic(expected = "CouncilTooSmall")]
fn a_genesis_with_too_small_a_council_is_refused() {
	ExtBuilder::default().with_min_council(3).build_and_execute(|| ());
}

#[test]
#[should_panic(expected = "MaxCouncilExceeded")]
fn a_genesis_with_too_large_a_council_is_refused() {
	let founders = (1..=5).map(|who| founder(who, "A", &[Role::Council])).collect();
	ExtBuilder::default().with_founders(founders).build_and_execute(|| ());
}

#[test]
#[should_panic(expected = "AlreadyAdmitted")]
fn a_genesis_with_the_same_account_twice_is_refused() {
	let twice = vec![founder(1, "A", &[Role::Council]), founder(1, "B", &[Role::Platform])];
	ExtBuilder::default().with_founders(twice).build_and_execute(|| ());
}

#[test]
#[should_panic(expected = "InvalidName")]
fn a_genesis_with_a_name_of_65_bytes_is_refused() {
	let long = "n".repeat(65);
	ExtBuilder::default()
		.with_founders(vec![founder(1, &long, &[Role::Council])])
		.build_and_execute(|| ());
}

#[test]
#[should_panic(expected = "NoRole")]
fn a_genesis_with_an_institution_without_roles_is_refused() {
	ExtBuilder::default().with_founders(vec![founder(1, "A", &[])]).build_and_execute(|| ());
}

#[test]
fn the_constants_of_the_mock_are_in_order() {
	ExtBuilder::default().build_and_execute(|| {
		assert_storage_noop!(Pallet::<Test>::integrity_test());
	});
}

#[test]
#[should_panic(expected = "no bucket could pay for Bulk")]
fn a_class_that_costs_more_than_a_burst_is_refused() {
	let limits = crate::AdmissionLimits { burst: 4, ..LIMITS };
	ExtBuilder::default().with_limits(limits).build_and_execute(Pallet::<Test>::integrity_test);
}

#[test]
#[should_panic(expected = "an empty bucket would stay empty")]
fn a_bucket_without_refill_is_refused() {
	let limits = crate::AdmissionLimits { refill_per_block: 0, ..LIMITS };
	ExtBuilder::default().with_limits(limits).build_and_execute(Pallet::<Test>::integrity_test);
}

#[test]
#[should_panic(expected = "nothing would be short enough for Urgent")]
fn a_class_without_length_is_refused() {
	let urgent = crate::ClassLimits { max_length: 0, ..LIMITS.urgent };
	let limits = crate::AdmissionLimits { urgent, ..LIMITS };
	ExtBuilder::default().with_limits(limits).build_and_execute(Pallet::<Test>::integrity_test);
}

#[test]
#[should_panic(expected = "without a council")]
fn a_council_that_may_vanish_is_refused() {
	ExtBuilder::default().with_min_council(0).build_and_execute(Pallet::<Test>::integrity_test);
}
