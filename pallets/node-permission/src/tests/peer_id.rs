//! Which bytes are a peer id.

use super::*;

fn permit(bytes: Vec<u8>) -> DispatchResult {
	let peer = PeerId::try_from(bytes).expect("short enough");
	NodePermission::permit(RuntimeOrigin::root(), peer, 1)
}

#[test]
fn a_peer_id_of_either_kind_is_taken() {
	ExtBuilder::default().build_and_execute(|| {
		// 12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp, the id of node key 0x00…01.
		let ed25519 =
			"0024080112204cb5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba29";
		assert_ok!(permit(from_hex(ed25519)));
		assert_ok!(permit([vec![0x12, 0x20], vec![7; 32]].concat()));
		assert_eq!(NodePermission::peers().len(), 2);
	});
}

#[test]
fn anything_else_is_malformed() {
	let ed25519 = peer(7).into_inner();
	let sha2_256 = [vec![0x12, 0x20], vec![7; 32]].concat();
	ExtBuilder::default().build_and_execute(|| {
		let mut bad =
			vec![vec![], b"12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp".to_vec()];
		for good in [&ed25519, &sha2_256] {
			bad.push(good[..good.len() - 1].to_vec());
			bad.push([good.clone(), vec![0]].concat());
		}
		// Each byte of the prefix counts: the hash, its length, the kind of key, the key's length.
		for index in 0..6 {
			let mut wrong = ed25519.clone();
			wrong[index] ^= 0x80;
			bad.push(wrong);
		}
		for index in 0..2 {
			let mut wrong = sha2_256.clone();
			wrong[index] ^= 0x80;
			bad.push(wrong);
		}
		for bytes in bad {
			assert_noop!(permit(bytes), PalletError::MalformedPeerId);
		}
	});
}

fn from_hex(text: &str) -> Vec<u8> {
	(0..text.len())
		.step_by(2)
		.map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex"))
		.collect()
}
