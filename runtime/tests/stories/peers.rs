//! The council changes which nodes take part.

use crate::chain::Chain;
use frame_support::assert_ok;
use pallet_node_permission::{
	ed25519_peer_id, runtime_decl_for_node_permission_api::NodePermissionApiV1, Call, Error, Event,
};
use sp_runtime::DispatchError;
use winddown_runtime::{genesis_config_presets::Institution, Block, Runtime, RuntimeEvent};

fn generation(chain: &mut Chain) -> u64 {
	chain.with(<Runtime as NodePermissionApiV1<Block>>::generation)
}

fn peers(chain: &mut Chain) -> Vec<Vec<u8>> {
	chain.with(<Runtime as NodePermissionApiV1<Block>>::peers)
}

#[test]
fn a_node_is_revoked_and_every_node_learns_it_through_the_runtime_api() {
	let mut chain = Chain::new("local_testnet");
	let peer = Institution::ArbiterTwo.peer_id();
	assert!(peers(&mut chain).contains(&peer.multihash()));
	assert_eq!(generation(&mut chain), 0);

	assert_ok!(chain.council_decides(Call::revoke { peer: peer.to_string() }));
	assert!(chain.events().contains(&RuntimeEvent::NodePermission(Event::PeerRevoked {
		peer: peer.clone(),
		institution: Institution::ArbiterTwo.account(),
		generation: 1,
	})));
	assert_eq!(generation(&mut chain), 1);
	assert!(!peers(&mut chain).contains(&peer.multihash()));
}

#[test]
fn only_institutions_own_nodes_and_only_the_council_permits_them() {
	let mut chain = Chain::new("local_testnet");
	let peer = ed25519_peer_id([9; 32]);
	let platform = Institution::Platform;
	let permit = |institution| Call::permit { peer: peer.to_string(), institution };

	assert_eq!(chain.submit(platform, permit(platform.account())), Err(DispatchError::BadOrigin));
	assert_eq!(
		chain.council_decides(permit([9; 32].into())),
		Err(Error::<Runtime>::NotInstitution.into())
	);
	assert_ok!(chain.council_decides(permit(platform.account())));
	assert_eq!(peers(&mut chain).len(), Institution::ALL.len() + 1);
}
