use crate::pages::Cell;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{ecdsa, ed25519, sr25519};

/// A lender's signing key. New kinds (secp256r1 passkeys, SM2) take further indices.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum LenderKey {
	/// Ed25519.
	#[codec(index = 0)]
	Ed25519([u8; 32]),
	/// Sr25519, the key of Polkadot wallets.
	#[codec(index = 1)]
	Sr25519([u8; 32]),
	/// ECDSA on secp256k1 over BLAKE2b-256, compressed.
	#[codec(index = 2)]
	Ecdsa([u8; 33]),
}

/// A signature by a [`LenderKey`] of the same kind.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum LenderSignature {
	/// Ed25519.
	#[codec(index = 0)]
	Ed25519([u8; 64]),
	/// Sr25519.
	#[codec(index = 1)]
	Sr25519([u8; 64]),
	/// ECDSA on secp256k1, recoverable.
	#[codec(index = 2)]
	Ecdsa([u8; 65]),
}

impl LenderKey {
	/// Whether `signature` is this key's over `payload`, raw or wrapped in `<Bytes>` as wallets
	/// wrap what they sign.
	pub fn verifies(&self, payload: &[u8], signature: &LenderSignature) -> bool {
		self.verifies_exactly(payload, signature)
			|| self.verifies_exactly(&[b"<Bytes>", payload, b"</Bytes>"].concat(), signature)
	}

	fn verifies_exactly(&self, message: &[u8], signature: &LenderSignature) -> bool {
		match (self, signature) {
			(Self::Ed25519(key), LenderSignature::Ed25519(signature)) => {
				sp_io::crypto::ed25519_verify(
					&ed25519::Signature::from_raw(*signature),
					message,
					&ed25519::Public::from_raw(*key),
				)
			}
			(Self::Sr25519(key), LenderSignature::Sr25519(signature)) => {
				sp_io::crypto::sr25519_verify(
					&sr25519::Signature::from_raw(*signature),
					message,
					&sr25519::Public::from_raw(*key),
				)
			}
			(Self::Ecdsa(key), LenderSignature::Ecdsa(signature)) => sp_io::crypto::ecdsa_verify(
				&ecdsa::Signature::from_raw(*signature),
				message,
				&ecdsa::Public::from_raw(*key),
			),
			_ => false,
		}
	}
}

/// The kind of key in one byte, 1 to 3, then the key padded to 33 bytes. Zero is no key.
impl Cell for LenderKey {
	const WIDTH: usize = 34;

	fn write(&self, cell: &mut [u8]) {
		cell.fill(0);
		let (kind, key): (u8, &[u8]) = match self {
			Self::Ed25519(key) => (1, key),
			Self::Sr25519(key) => (2, key),
			Self::Ecdsa(key) => (3, key),
		};
		if let Some((first, rest)) = cell.split_first_mut() {
			*first = kind;
			for (to, from) in rest.iter_mut().zip(key) {
				*to = *from;
			}
		}
	}

	fn read(cell: &[u8]) -> Option<Self> {
		match cell.first()? {
			1 => cell.get(1..33)?.try_into().ok().map(Self::Ed25519),
			2 => cell.get(1..33)?.try_into().ok().map(Self::Sr25519),
			3 => cell.get(1..34)?.try_into().ok().map(Self::Ecdsa),
			_ => None,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::Pair;

	fn signed_by_each(message: &[u8]) -> Vec<(LenderKey, LenderSignature)> {
		let seed = "//Lender";
		let ed = ed25519::Pair::from_string(seed, None).unwrap();
		let sr = sr25519::Pair::from_string(seed, None).unwrap();
		let ec = ecdsa::Pair::from_string(seed, None).unwrap();
		vec![
			(LenderKey::Ed25519(ed.public().0), LenderSignature::Ed25519(ed.sign(message).0)),
			(LenderKey::Sr25519(sr.public().0), LenderSignature::Sr25519(sr.sign(message).0)),
			(LenderKey::Ecdsa(ec.public().0), LenderSignature::Ecdsa(ec.sign(message).0)),
		]
	}

	#[test]
	fn every_kind_of_key_verifies_a_payload_raw_and_wrapped() {
		for message in [&b"payload"[..], b"<Bytes>payload</Bytes>"] {
			for (key, signature) in signed_by_each(message) {
				assert!(key.verifies(b"payload", &signature), "{key:?}");
				assert!(!key.verifies(b"another", &signature), "{key:?}");
			}
		}
	}

	#[test]
	fn a_signature_of_another_kind_never_verifies() {
		let signed = signed_by_each(b"payload");
		for (at, (key, _)) in signed.iter().enumerate() {
			for (other, (_, signature)) in signed.iter().enumerate() {
				assert_eq!(key.verifies(b"payload", signature), at == other);
			}
		}
	}

	#[test]
	fn a_key_survives_its_cell_and_an_empty_cell_is_no_key() {
		for (key, _) in signed_by_each(b"") {
			let mut cell = [0xff; LenderKey::WIDTH];
			key.write(&mut cell);
			assert_eq!(LenderKey::read(&cell), Some(key));
		}
		assert_eq!(LenderKey::read(&[0; LenderKey::WIDTH]), None);
	}
}
