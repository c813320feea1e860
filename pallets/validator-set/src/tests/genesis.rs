//! The first validators.

use super::*;
use sp_runtime::BuildStorage;

#[test]
fn the_first_validators_author_from_the_first_session() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(authors(), [1, 2, 3]);
		assert_eq!(Session::validators(), [1, 2, 3]);
		assert_eq!(ValidatorSet::active(), [1, 2, 3]);
		assert!(ValidatorSet::incoming().is_empty());
		assert!(ValidatorSet::outgoing().is_empty());
		assert_eq!(Minimum::<Test>::get(), 2);
		assert_eq!(System::providers(&1), 1);
	});
}

#[test]
fn a_chain_without_a_set_keeps_the_validators_of_the_session_pallet() {
	let keys = vec![(7, 7, SessionKeys::from(sp_runtime::testing::UintAuthorityId(7)))];
	let storage = RuntimeGenesisConfig {
		session: pallet_session::GenesisConfig { keys, non_authority_keys: vec![] },
		..Default::default()
	}
	.build_storage()
	.expect("genesis builds");
	sp_io::TestExternalities::new(storage).execute_with(|| {
		next_session();
		next_session();
		assert_eq!(Session::validators(), [7]);
		ValidatorSet::do_try_state().expect("every invariant holds");
	});
}

#[test]
fn a_minimum_of_nothing_means_one() {
	ExtBuilder::default().with_validators(&[1]).with_minimum(0).build_and_execute(|| {
		assert_eq!(Minimum::<Test>::get(), 1);
		assert_noop!(
			ValidatorSet::remove_validator(RuntimeOrigin::root(), 1),
			PalletError::MinimumNotMet
		);
	});
}

#[test]
#[should_panic(expected = "genesis names a validator twice")]
fn a_validator_stands_in_genesis_once() {
	ExtBuilder::default().with_validators(&[1, 2, 1]).build();
}

#[test]
#[should_panic(expected = "genesis names fewer validators than its minimum")]
fn genesis_respects_the_minimum() {
	ExtBuilder::default().with_validators(&[1]).build();
}

#[test]
#[should_panic(expected = "genesis names more validators than MaxValidators")]
fn genesis_respects_the_maximum() {
	ExtBuilder::default().with_validators(&[1, 2, 3, 4, 5, 6, 7]).build();
}

#[test]
#[should_panic(expected = "genesis has a validator without keys")]
fn every_validator_of_genesis_has_its_keys() {
	let _storage = RuntimeGenesisConfig {
		validator_set: GenesisConfig { validators: vec![1], minimum: 1 },
		..Default::default()
	}
	.build_storage();
}
