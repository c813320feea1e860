//! Two thirds of the council upgrade the runtime; nobody else does.

use crate::chain::Chain;
use frame_support::{assert_ok, dispatch::RawOrigin, weights::Weight};
use sp_core::storage::well_known_keys::CODE;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DispatchError,
};
use winddown_runtime::{
	genesis_config_presets::Institution, Runtime, RuntimeCall, RuntimeEvent, UncheckedExtrinsic,
};

type SystemCall = frame_system::Call<Runtime>;
type SystemError = frame_system::Error<Runtime>;
type SystemEvent = frame_system::Event<Runtime>;
type UtilityCall = pallet_utility::Call<Runtime>;
type SchedulerCall = pallet_scheduler::Call<Runtime>;
type ConsortiumCall = pallet_consortium::Call<Runtime>;
type ConsortiumEvent = pallet_consortium::Event<Runtime>;

fn new_code() -> Vec<u8> {
	vec![42; 600_000]
}

fn authorize() -> ConsortiumCall {
	let code_hash = BlakeTwo256::hash(&new_code());
	let call = RuntimeCall::from(SystemCall::authorize_upgrade { code_hash });
	ConsortiumCall::enact { call: Box::new(call) }
}

fn has_new_code(chain: &mut Chain) -> bool {
	chain.with(|| sp_io::storage::get(CODE).is_some_and(|code| code == new_code()))
}

#[test]
fn the_council_authorises_an_upgrade_and_any_institution_applies_it() {
	let mut chain = Chain::new("local_testnet");
	assert_ok!(chain.council_decides(authorize()));
	assert!(chain.events().iter().any(|event| matches!(
		event,
		RuntimeEvent::Consortium(ConsortiumEvent::Enacted { result: Ok(()), .. })
	)));
	assert!(!has_new_code(&mut chain));

	let other = SystemCall::apply_authorized_upgrade { code: vec![43; 600_000] };
	assert_eq!(chain.submit(Institution::Platform, other), Err(SystemError::Unauthorized.into()));

	let apply = SystemCall::apply_authorized_upgrade { code: new_code() };
	assert_ok!(chain.submit(Institution::Platform, apply));
	let hash = BlakeTwo256::hash(&new_code());
	assert!(chain.events().contains(&RuntimeEvent::System(SystemEvent::CodeUpdated { hash })));
	assert!(has_new_code(&mut chain));
}

#[test]
fn one_member_of_the_council_cannot_authorise_an_upgrade() {
	let mut chain = Chain::new("local_testnet");
	assert_eq!(chain.submit(Institution::Regulator, authorize()), Err(DispatchError::BadOrigin));
	// Nor by a motion with a threshold of one, which is executed at once.
	let call = RuntimeCall::from(authorize());
	let length_bound = codec::Encode::encoded_size(&call) as u32;
	let motion =
		pallet_collective::Call::propose { threshold: 1, proposal: Box::new(call), length_bound };
	assert_ok!(chain.submit(Institution::Regulator, motion));
	assert!(chain.events().iter().any(|event| matches!(
		event,
		RuntimeEvent::Council(pallet_collective::Event::Executed {
			result: Err(DispatchError::BadOrigin),
			..
		})
	)));
}

#[test]
fn two_thirds_of_the_council_write_into_the_state_by_an_upgrade_alone() {
	let mut chain = Chain::new("local_testnet");
	let items = || vec![(b"roll".to_vec(), b"another".to_vec())];
	let write = || RuntimeCall::from(SystemCall::set_storage { items: items() });
	// Setting the code at once weighs more than a motion may.
	let refused: [RuntimeCall; 7] = [
		write(),
		SystemCall::kill_storage { keys: vec![b"roll".to_vec()] }.into(),
		SystemCall::kill_prefix { prefix: b"roll".to_vec(), subkeys: 1 }.into(),
		UtilityCall::batch_all { calls: vec![write()] }.into(),
		UtilityCall::with_weight { call: Box::new(write()), weight: Weight::zero() }.into(),
		UtilityCall::dispatch_as {
			as_origin: Box::new(RawOrigin::Root.into()),
			call: Box::new(write()),
		}
		.into(),
		SchedulerCall::schedule_after {
			after: 1,
			maybe_periodic: None,
			priority: 0,
			call: Box::new(write()),
		}
		.into(),
	];
	let not_enactable = DispatchError::from(pallet_consortium::Error::<Runtime>::NotEnactable);
	for call in refused {
		let enact = ConsortiumCall::enact { call: Box::new(call.clone()) };
		assert_eq!(chain.council_decides(enact), Err(not_enactable), "{call:?}");
	}
	// Nor is such a call carried out that the council itself proposes, now or later.
	assert_eq!(chain.council_decides(write()), Err(DispatchError::BadOrigin));
	let later = SchedulerCall::schedule_after {
		after: 1,
		maybe_periodic: None,
		priority: 0,
		call: Box::new(write()),
	};
	assert_ok!(chain.council_decides(later));
	chain.block(Vec::<UncheckedExtrinsic>::new());
	chain.block(Vec::<UncheckedExtrinsic>::new());
	chain.with(|| assert_eq!(sp_io::storage::get(b"roll"), None));
}

#[test]
fn without_a_key_the_superuser_pallet_does_nothing() {
	let mut chain = Chain::new("local_testnet");
	let call = Box::new(RuntimeCall::from(SystemCall::set_heap_pages { pages: 1 }));
	let sudo = pallet_sudo::Call::sudo { call };
	let require_sudo = Err(pallet_sudo::Error::<Runtime>::RequireSudo.into());
	for who in Institution::ALL {
		assert_eq!(chain.submit(who, sudo.clone()), require_sudo);
	}

	let mut development = Chain::new("development");
	assert_eq!(development.submit(Institution::Operator, sudo.clone()), require_sudo);
	assert_ok!(development.submit(Institution::Regulator, sudo));
	assert!(development
		.events()
		.contains(&RuntimeEvent::Sudo(pallet_sudo::Event::Sudid { sudo_result: Ok(()) })));
}
