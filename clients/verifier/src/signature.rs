//! Signatures of lenders and institutions.

use crate::chain::types::{Account, Key, Signature};
use sp_core::{ecdsa, ed25519, sr25519, Pair};
use sp_crypto_hashing::blake2_256;

/// Who is said to have signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signer {
	/// An account: a key of either curve, or the hash of an ECDSA key.
	Account(Account),
	/// A lender's key.
	Key(Key),
}

impl Signer {
	/// Whether the signature over `message` is the signer's.
	pub fn verifies(&self, message: &[u8], signature: &Signature) -> bool {
		match (*self, signature) {
			(Self::Account(key) | Self::Key(Key::Sr25519(key)), Signature::Sr25519(signature)) => {
				let signature = sr25519::Signature::from_raw(*signature);
				sr25519::Pair::verify(&signature, message, &sr25519::Public::from_raw(key))
			}
			(Self::Account(key) | Self::Key(Key::Ed25519(key)), Signature::Ed25519(signature)) => {
				let signature = ed25519::Signature::from_raw(*signature);
				ed25519::Pair::verify(&signature, message, &ed25519::Public::from_raw(key))
			}
			(Self::Key(Key::Ecdsa(key)), Signature::Ecdsa(signature)) => {
				let signature = ecdsa::Signature::from_raw(*signature);
				ecdsa::Pair::verify(&signature, message, &ecdsa::Public::from_raw(key))
			}
			(Self::Account(account), Signature::Ecdsa(signature)) => {
				let recovered = ecdsa::Signature::from_raw(*signature).recover(message);
				recovered.is_some_and(|key| blake2_256(&key.0) == account)
			}
			_ => false,
		}
	}

	/// As [`Self::verifies`], also for a message that a wallet wrapped in `<Bytes>`.
	pub fn verifies_as_wallets_sign(&self, message: &[u8], signature: &Signature) -> bool {
		self.verifies(message, signature)
			|| self.verifies(&[b"<Bytes>", message, b"</Bytes>"].concat(), signature)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_lender_signs_raw_or_wrapped_and_with_no_other_key() {
		let pair = sr25519::Pair::from_string("//Lender", None).unwrap();
		let other = sr25519::Pair::from_string("//Other", None).unwrap();
		let key = Signer::Key(Key::Sr25519(pair.public().0));
		let raw = Signature::Sr25519(pair.sign(b"intent").0);
		let wrapped = Signature::Sr25519(pair.sign(b"<Bytes>intent</Bytes>").0);
		let foreign = Signature::Sr25519(other.sign(b"intent").0);
		assert!(key.verifies_as_wallets_sign(b"intent", &raw));
		assert!(key.verifies_as_wallets_sign(b"intent", &wrapped));
		assert!(!key.verifies(b"intent", &wrapped));
		assert!(!key.verifies_as_wallets_sign(b"intent", &foreign));
		assert!(!key.verifies_as_wallets_sign(b"other", &raw));
	}

	#[test]
	fn an_ecdsa_account_is_the_hash_of_its_key() {
		let pair = ecdsa::Pair::from_string("//Institution", None).unwrap();
		let account = blake2_256(&pair.public().0);
		let signature = Signature::Ecdsa(pair.sign(b"payload").0);
		assert!(Signer::Account(account).verifies(b"payload", &signature));
		assert!(!Signer::Account([7; 32]).verifies(b"payload", &signature));
		assert!(Signer::Key(Key::Ecdsa(pair.public().0)).verifies(b"payload", &signature));
	}
}
