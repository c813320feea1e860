//! Ids of nodes, as libp2p writes them.

use crate::base58::{self, Slip};
use std::{fmt, str::FromStr};
use winddown_proof::typed;

/// The id of a node with an ed25519 key, which every node has if its operator chose no other kind: an
/// identity multihash of 36 bytes, a protobuf of the key's kind and the key.
const ED25519_PREFIX: [u8; 6] = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];
/// The id of a node whose key is long: a SHA-256 multihash of it.
const SHA2_256_PREFIX: [u8; 2] = [0x12, 0x20];
const KEY_LENGTH: usize = 32;
/// How many characters of base 58 each of both has.
const ED25519_TEXT: usize = 52;
const SHA2_256_TEXT: usize = 46;

/// The id by which nodes know each other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PeerId(Vec<u8>);

impl PeerId {
	/// The id of the node with this ed25519 public key.
	pub fn of_ed25519(key: &[u8; KEY_LENGTH]) -> Self {
		Self([&ED25519_PREFIX[..], key].concat())
	}

	/// The bytes, if they are an id that the chain accepts.
	fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
		[&ED25519_PREFIX[..], &SHA2_256_PREFIX]
			.iter()
			.any(|prefix| bytes.strip_prefix(*prefix).is_some_and(|key| key.len() == KEY_LENGTH))
			.then_some(Self(bytes))
	}
}

impl fmt::Display for PeerId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&bs58::encode(&self.0).into_string())
	}
}

impl FromStr for PeerId {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let text = typed::plain(text);
		let bytes = bs58::decode(&text).into_vec().ok();
		bytes.and_then(Self::from_bytes).ok_or_else(|| {
			let expected = if text.starts_with("Qm") { SHA2_256_TEXT } else { ED25519_TEXT };
			let slip = match base58::slip(&text, expected) {
				// It has no checksum.
				Slip::Checksum => "it is the id of something else".into(),
				slip => slip.to_string(),
			};
			format!(
				"'{text}' is no peer id: {slip}; a node prints its own, such as 12D3KooW…, when it starts, and \
				 'winddown-node key inspect-node-key' tells that of a key file"
			)
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_peer_id_is_written_as_libp2p_writes_it() {
		// From the documentation of libp2p's peer ids, an ed25519 key.
		let key = hex::decode("1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e");
		let id = PeerId::of_ed25519(&key.unwrap().try_into().unwrap());
		assert_eq!(id.to_string(), "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq");
		assert_eq!(id.to_string().parse(), Ok(id));
	}

	#[test]
	fn what_is_no_peer_id_is_refused() {
		let short = bs58::encode([&ED25519_PREFIX[..], &[7; 31]].concat()).into_string();
		let other = bs58::encode([9; 38]).into_string();
		for text in ["", "0OIl", &short, &other] {
			let refusal = text.parse::<PeerId>().unwrap_err();
			assert!(refusal.contains("is no peer id"), "{refusal}");
		}
		let good = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
		let letter = good.replacen("12D", "l2D", 1).parse::<PeerId>().unwrap_err();
		assert!(letter.contains("'l' at character 1 is none of its characters"), "{letter}");
		let short = good[..51].parse::<PeerId>().unwrap_err();
		assert!(short.contains("it has 51 characters instead of 52"), "{short}");
	}
}
