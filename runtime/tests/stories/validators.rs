//! The council changes who authors, and the chain follows two sessions later.

use crate::chain::Chain;
use codec::Encode;
use frame_support::assert_ok;
use sp_runtime::DispatchError;
use winddown_runtime::{
	configs::consensus::SESSION_LENGTH, genesis_config_presets::Institution, Grandpa, Runtime,
	RuntimeCall, RuntimeEvent, Session, SessionKeys, System, ValidatorSet,
};

type SetCall = pallet_validator_set::Call<Runtime>;
type SetError = pallet_validator_set::Error<Runtime>;
type SetEvent = pallet_validator_set::Event<Runtime>;
type SessionCall = pallet_session::Call<Runtime>;

/// The institution's node makes its keys, and the institution sets them.
fn set_keys(chain: &mut Chain, who: Institution) -> SessionKeys {
	let owner = who.account().encode();
	let seed = format!("//{}", who.name()).into_bytes();
	let made = chain.with(|| SessionKeys::generate(&owner, Some(seed)));
	let call = SessionCall::set_keys { keys: made.keys.clone(), proof: made.proof.encode() };
	assert_ok!(chain.submit(who, call));
	made.keys
}

fn authors(chain: &mut Chain) -> Vec<sp_consensus_aura::sr25519::AuthorityId> {
	chain.with(|| pallet_aura::Authorities::<Runtime>::get().into_inner())
}

#[test]
fn a_fifth_institution_is_voted_in_and_authors_two_sessions_later() {
	let mut chain = Chain::new("local_testnet");
	let who = Institution::Registrar;
	let keys = set_keys(&mut chain, who);
	assert_eq!(keys, who.session_keys());

	assert_ok!(chain.council_decides(SetCall::add_validator { who: who.account() }));
	assert!(chain
		.events()
		.contains(&RuntimeEvent::ValidatorSet(SetEvent::ValidatorAdded { who: who.account() })));
	chain.with(|| assert_eq!(ValidatorSet::incoming(), [who.account()]));

	chain.next_session();
	assert_eq!(authors(&mut chain).len(), 4);
	chain.next_session();
	assert_eq!(authors(&mut chain).last(), Some(&keys.aura));
	chain.with(|| {
		assert_eq!(Grandpa::grandpa_authorities().last(), Some(&(keys.grandpa, 1)));
		assert_eq!(System::block_number(), 2 * SESSION_LENGTH);
		assert_eq!(Session::validators(), ValidatorSet::active());
	});
	assert!(chain.events().contains(&RuntimeEvent::ValidatorSet(SetEvent::ValidatorActivated {
		who: who.account(),
		session: 2
	})));
}

#[test]
fn a_validator_is_voted_out_and_its_keys_are_purged_once_it_is_gone() {
	let mut chain = Chain::new("local_testnet");
	let who = Institution::Operator.account();
	assert_ok!(chain.council_decides(SetCall::remove_validator { who: who.clone() }));
	chain.next_session();
	assert_eq!(authors(&mut chain).len(), 4);
	chain.with(|| assert_eq!(System::consumers(&who), 1));
	chain.next_session();
	assert_eq!(authors(&mut chain).len(), 3);
	chain.with(|| {
		assert_eq!(pallet_session::NextKeys::<Runtime>::get(&who), None);
		assert_eq!((System::providers(&who), System::consumers(&who)), (1, 0));
	});

	// Three are left, and the local network wants no fewer.
	let another = Institution::ArbiterOne.account();
	assert_eq!(
		chain.council_decides(SetCall::remove_validator { who: another }),
		Err(SetError::MinimumNotMet.into())
	);
}

#[test]
fn a_set_that_stays_the_same_keeps_its_grandpa_set() {
	let mut chain = Chain::new("local_testnet");
	for _ in 0..3 {
		chain.next_session();
	}
	chain.with(|| assert_eq!(pallet_grandpa::CurrentSetId::<Runtime>::get(), 0));
}

#[test]
fn no_single_institution_changes_the_set() {
	let mut chain = Chain::new("local_testnet");
	let who = Institution::ArbiterOne.account();
	assert_eq!(
		chain.submit(Institution::Association, SetCall::remove_validator { who }),
		Err(DispatchError::BadOrigin)
	);
}

#[test]
fn a_validator_cannot_purge_its_keys_not_even_inside_a_batch() {
	let mut chain = Chain::new("local_testnet");
	let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
	let who = Institution::ArbiterOne;
	assert_eq!(chain.submit(who, SessionCall::purge_keys {}), filtered);
	let calls = vec![RuntimeCall::from(SessionCall::purge_keys {})];
	assert_eq!(chain.submit(who, pallet_utility::Call::batch_all { calls }), filtered);
	assert_eq!(chain.submit(who, SetCall::withdraw_keys {}), Err(SetError::KeysInUse.into()));
	chain.with(|| assert!(pallet_session::NextKeys::<Runtime>::contains_key(who.account())));
}

#[test]
fn keys_need_the_proof_that_their_owner_has_them() {
	let mut chain = Chain::new("local_testnet");
	let call =
		SessionCall::set_keys { keys: Institution::Registrar.session_keys(), proof: vec![0; 128] };
	assert_eq!(
		chain.submit(Institution::Registrar, call),
		Err(pallet_session::Error::<Runtime>::InvalidProof.into())
	);
}
