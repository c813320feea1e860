//! The first peers.

use super::*;

#[test]
fn the_first_peers_are_on_the_list() {
	ExtBuilder::default().with_peers(&[(peer(2), 1), (peer(1), 1)]).build_and_execute(|| {
		assert_eq!(NodePermission::peers(), [peer(1).into_inner(), peer(2).into_inner()]);
		assert_eq!(NodePermission::generation(), 0);
		assert_eq!(NodePermission::owner(peer(2)), Some(1));
	});
}

#[test]
#[should_panic(expected = "genesis names a peer twice")]
fn a_peer_stands_in_genesis_once() {
	ExtBuilder::default().with_peers(&[(peer(1), 1), (peer(1), 2)]).build();
}

#[test]
#[should_panic(expected = "genesis has a malformed peer id")]
fn genesis_takes_peer_ids_only() {
	let short = PeerId::truncate_from(vec![0x12, 0x20]);
	ExtBuilder::default().with_peers(&[(short, 1)]).build();
}

#[test]
#[should_panic(expected = "genesis names more peers than MaxPeers")]
fn genesis_respects_the_maximum() {
	let peers: Vec<_> = (0..=MAX_PEERS as u8).map(|seed| (peer(seed), 1)).collect();
	ExtBuilder::default().with_peers(&peers).build();
}
