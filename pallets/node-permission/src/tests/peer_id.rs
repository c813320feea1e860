//! Which texts are a peer id.

use super::*;

/// The id of node key 0x00…01.
const ED25519: &str = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
/// An id of the longer kind of key, from libp2p's documentation.
const SHA2_256: &str = "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N";

fn permit(text: impl Into<String>) -> DispatchResult {
	NodePermission::permit(RuntimeOrigin::root(), text.into(), 1)
}

#[test]
fn a_peer_id_of_either_kind_is_taken_and_shown_as_it_was_given() {
	ExtBuilder::default().build_and_execute(|| {
		for text in [ED25519, SHA2_256] {
			assert_ok!(permit(text));
			assert_eq!(NodePermission::owner(text.into()), Some(1));
		}
		let shown: Vec<_> = take_events()
			.into_iter()
			.map(|event| match event {
				PalletEvent::PeerPermitted { peer, .. } => peer.to_string(),
				event => panic!("{event:?}"),
			})
			.collect();
		assert_eq!(shown, [ED25519, SHA2_256]);
	});
}

#[test]
fn nodes_are_told_the_bytes_of_the_multihash() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(permit(ED25519));
		let key = "4cb5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba29";
		let expected = from_hex(&format!("002408011220{key}"));
		assert_eq!(NodePermission::peers(), [expected]);
	});
}

#[test]
fn anything_else_is_malformed() {
	let texts = |bytes: Vec<u8>| bs58::encode(bytes).into_string();
	let ed25519 = peer(7).multihash();
	let sha2_256 = [vec![0x12, 0x20], vec![7; 32]].concat();
	ExtBuilder::default().build_and_execute(|| {
		let mut bad: Vec<String> =
			["", "0x0024080112204cb5", "12D3KooW", "not base58: 0OIl", "节点"]
				.map(Into::into)
				.into();
		bad.push(format!("{ED25519} "));
		bad.push("1".repeat(65));
		for good in [&ed25519, &sha2_256] {
			bad.push(texts(good[..good.len() - 1].to_vec()));
			bad.push(texts([good.clone(), vec![0]].concat()));
		}
		// Each byte of the prefix counts: the hash, its length, the kind of key, the key's length.
		for (good, prefix) in [(&ed25519, 6), (&sha2_256, 2)] {
			for index in 0..prefix {
				let mut wrong = good.clone();
				wrong[index] ^= 0x80;
				bad.push(texts(wrong));
			}
		}
		for text in bad {
			assert_noop!(permit(text.clone()), PalletError::MalformedPeerId);
			let revocation = NodePermission::revoke(RuntimeOrigin::root(), text);
			assert_noop!(revocation, PalletError::MalformedPeerId);
		}
	});
}

fn from_hex(text: &str) -> Vec<u8> {
	(0..text.len())
		.step_by(2)
		.map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex"))
		.collect()
}
