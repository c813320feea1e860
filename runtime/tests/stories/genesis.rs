//! With which state the chains of the presets begin.

use crate::chain::Chain;
use frame_support::traits::BuildGenesisConfig;
use winddown_primitives::Role;
use winddown_runtime::{
	genesis_config_presets::{get_preset, preset_names, Institution},
	AccountId, Consortium, Council, Grandpa, NodePermission, Runtime, RuntimeGenesisConfig,
	Session, System, ValidatorSet,
};

fn accounts(institutions: &[Institution]) -> Vec<AccountId> {
	institutions.iter().map(|institution| institution.account()).collect()
}

fn superuser(chain: &mut Chain) -> Option<AccountId> {
	chain.with(pallet_sudo::Key::<Runtime>::get)
}

#[test]
fn the_presets_are_those_of_the_sdk() {
	assert_eq!(preset_names(), ["development", "local_testnet"]);
	assert!(get_preset(&"mainnet".into()).is_none());
}

#[test]
fn a_chain_without_a_preset_has_no_institution_and_no_superuser() {
	sp_io::TestExternalities::default().execute_with(|| {
		RuntimeGenesisConfig::default().build();
		assert_eq!(pallet_consortium::Institutions::<Runtime>::count(), 0);
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), None);
	});
}

#[test]
fn a_development_chain_has_one_validator_and_a_superuser() {
	let mut chain = Chain::new("development");
	assert_eq!(superuser(&mut chain), Some(Institution::Regulator.account()));
	chain.with(|| {
		assert_eq!(Session::validators(), accounts(&[Institution::Association]));
		assert_eq!(ValidatorSet::active(), accounts(&[Institution::Association]));
		assert_eq!(pallet_validator_set::Minimum::<Runtime>::get(), 1);
	});
	// It lives past its first session.
	chain.next_session();
	chain.next_session();
	chain.with(|| assert_eq!(Session::current_index(), 2));
}

#[test]
fn a_local_network_has_four_validators_and_no_superuser() {
	let validators = [
		Institution::Association,
		Institution::Operator,
		Institution::ArbiterOne,
		Institution::ArbiterTwo,
	];
	let mut chain = Chain::new("local_testnet");
	assert_eq!(superuser(&mut chain), None);
	chain.with(|| {
		assert_eq!(Session::validators(), accounts(&validators));
		let aura: Vec<_> = validators.iter().map(|who| who.session_keys().aura).collect();
		assert_eq!(pallet_aura::Authorities::<Runtime>::get().into_inner(), aura);
		let grandpa: Vec<_> =
			validators.iter().map(|who| (who.session_keys().grandpa, 1)).collect();
		assert_eq!(Grandpa::grandpa_authorities(), grandpa);
	});
}

#[test]
fn both_presets_found_the_same_consortium() {
	for preset in preset_names() {
		Chain::new(&preset).with(|| {
			let mut council = accounts(&[
				Institution::Regulator,
				Institution::Association,
				Institution::Operator,
			]);
			council.sort();
			assert_eq!(Consortium::council(), council);
			assert_eq!(
				pallet_collective::Members::<Runtime, pallet_collective::Instance1>::get(),
				council
			);
			assert!(council.iter().all(Council::is_member));
			assert_eq!(Consortium::holders(Role::Platform), accounts(&[Institution::Platform]));
			for institution in Institution::ALL {
				let account = institution.account();
				let references = 1 + u32::from(ValidatorSet::active().contains(&account));
				assert_eq!(System::providers(&account), references);
				assert_eq!(NodePermission::owner(institution.peer_id().into()), Some(account));
			}
			assert_eq!(NodePermission::peers().len(), Institution::ALL.len());
		});
	}
}
