//! The first peers.

use super::*;
use codec::{Decode, Encode};

#[test]
fn the_first_peers_are_on_the_list() {
	ExtBuilder::default().with_peers(&[(peer(2), 1), (peer(1), 1)]).build_and_execute(|| {
		assert_eq!(NodePermission::peers(), [peer(1).multihash(), peer(2).multihash()]);
		assert_eq!(NodePermission::generation(), 0);
		assert_eq!(NodePermission::owner(peer(2).into()), Some(1));
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
	let stored =
		PeerId::decode(&mut &b"12D3KooW".to_vec().encode()[..]).expect("it is short enough");
	ExtBuilder::default().with_peers(&[(stored, 1)]).build();
}

#[test]
fn peers_stand_in_genesis_as_nodes_print_them() {
	let text = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
	let json = format!(r#"{{"peers":[["{text}",1]]}}"#);
	let genesis: GenesisConfig<Test> = serde_json::from_str(&json).expect("the JSON is in order");
	assert_eq!(genesis.peers, [(PeerId::new(text).expect("a peer id"), 1)]);
	assert_eq!(serde_json::to_string(&genesis).expect("it is written"), json);
	let refusal = serde_json::from_str::<GenesisConfig<Test>>(r#"{"peers":[["0x0024",1]]}"#);
	assert!(refusal
		.err()
		.expect("it is refused")
		.to_string()
		.contains("no peer id, such as 12D3KooW"));
}

#[test]
#[should_panic(expected = "genesis names more peers than MaxPeers")]
fn genesis_respects_the_maximum() {
	let peers: Vec<_> = (0..=MAX_PEERS as u8).map(|seed| (peer(seed), 1)).collect();
	ExtBuilder::default().with_peers(&peers).build();
}
