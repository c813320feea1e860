//! Keys of institutions and of lenders.

use crate::{secret, Error};
use serde::{Deserialize, Serialize};
use sp_core::{ecdsa, ed25519, sr25519, Pair};
use std::{fmt, path::Path, str::FromStr};
use subxt::utils::{AccountId32, MultiSignature};
use winddown_primitives::{LenderKey, LenderSignature};

/// A signature scheme.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
	/// The scheme of Polkadot wallets.
	#[default]
	Sr25519,
	/// Ed25519.
	Ed25519,
	/// ECDSA on secp256k1.
	Ecdsa,
}

/// A key that signs, for an institution or a lender.
#[derive(Clone)]
pub enum Keypair {
	/// Sr25519.
	Sr25519(sr25519::Pair),
	/// Ed25519.
	Ed25519(ed25519::Pair),
	/// ECDSA.
	Ecdsa(ecdsa::Pair),
}

impl Keypair {
	/// Makes it of a secret URI: `//Platform`, a mnemonic, or a seed in hexadecimal, each with
	/// optional derivations.
	pub fn from_suri(scheme: Scheme, suri: &str) -> Result<Self, Error> {
		// The error would repeat the secret.
		let bad = |_| Error::BadKey("the text is neither a SURI, a mnemonic nor a seed".into());
		Ok(match scheme {
			Scheme::Sr25519 => Self::Sr25519(sr25519::Pair::from_string(suri, None).map_err(bad)?),
			Scheme::Ed25519 => Self::Ed25519(ed25519::Pair::from_string(suri, None).map_err(bad)?),
			Scheme::Ecdsa => Self::Ecdsa(ecdsa::Pair::from_string(suri, None).map_err(bad)?),
		})
	}

	/// Reads a secret URI from a file that only its owner may read.
	pub fn read(scheme: Scheme, path: &Path) -> Result<Self, Error> {
		Self::from_suri(scheme, secret::read_text(path)?.trim())
	}

	/// Makes it of 32 secret bytes.
	pub fn from_seed(scheme: Scheme, seed: &[u8; 32]) -> Self {
		match scheme {
			Scheme::Sr25519 => Self::Sr25519(sr25519::Pair::from_seed(seed)),
			Scheme::Ed25519 => Self::Ed25519(ed25519::Pair::from_seed(seed)),
			Scheme::Ecdsa => Self::Ecdsa(ecdsa::Pair::from_seed(seed)),
		}
	}

	/// The public key, as a lender's.
	pub fn lender_key(&self) -> LenderKey {
		match self {
			Self::Sr25519(pair) => LenderKey::Sr25519(pair.public().0),
			Self::Ed25519(pair) => LenderKey::Ed25519(pair.public().0),
			Self::Ecdsa(pair) => LenderKey::Ecdsa(pair.public().0),
		}
	}

	/// The account, as an institution's.
	pub fn account(&self) -> AccountId32 {
		AccountId32(match self {
			Self::Sr25519(pair) => pair.public().0,
			Self::Ed25519(pair) => pair.public().0,
			Self::Ecdsa(pair) => crate::digest::blake2_256(&pair.public().0),
		})
	}

	/// Signs what a lender signs.
	pub fn sign_as_lender(&self, payload: &[u8]) -> LenderSignature {
		match self {
			Self::Sr25519(pair) => LenderSignature::Sr25519(pair.sign(payload).0),
			Self::Ed25519(pair) => LenderSignature::Ed25519(pair.sign(payload).0),
			Self::Ecdsa(pair) => LenderSignature::Ecdsa(pair.sign(payload).0),
		}
	}
}

/// Keeps the secret out of logs.
impl fmt::Debug for Keypair {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "Keypair({})", WrittenKey(self.lender_key()))
	}
}

impl<Config> subxt::tx::Signer<Config> for Keypair
where
	Config: subxt::Config<AccountId = AccountId32, Signature = MultiSignature>,
{
	fn account_id(&self) -> AccountId32 {
		self.account()
	}

	fn sign(&self, payload: &[u8]) -> MultiSignature {
		match self.sign_as_lender(payload) {
			LenderSignature::Sr25519(signature) => MultiSignature::Sr25519(signature),
			LenderSignature::Ed25519(signature) => MultiSignature::Ed25519(signature),
			LenderSignature::Ecdsa(signature) => MultiSignature::Ecdsa(signature),
		}
	}
}

/// A lender's key as people write it: `sr25519:0x…`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WrittenKey(pub LenderKey);

impl fmt::Display for WrittenKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let (scheme, key): (_, &[u8]) = match &self.0 {
			LenderKey::Sr25519(key) => ("sr25519", key),
			LenderKey::Ed25519(key) => ("ed25519", key),
			LenderKey::Ecdsa(key) => ("ecdsa", key),
		};
		write!(f, "{scheme}:0x{}", hex::encode(key))
	}
}

impl FromStr for WrittenKey {
	type Err = Error;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let bad =
			|| Error::BadKey("a lender's key reads sr25519:0x…, ed25519:0x… or ecdsa:0x…".into());
		let (scheme, digits) = text.split_once(":0x").ok_or_else(bad)?;
		let bytes = hex::decode(digits).map_err(|_| bad())?;
		let key = match scheme {
			"sr25519" => bytes.try_into().map(LenderKey::Sr25519).map_err(|_| bad()),
			"ed25519" => bytes.try_into().map(LenderKey::Ed25519).map_err(|_| bad()),
			"ecdsa" => bytes.try_into().map(LenderKey::Ecdsa).map_err(|_| bad()),
			_ => Err(bad()),
		};
		key.map(Self)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const SCHEMES: [Scheme; 3] = [Scheme::Sr25519, Scheme::Ed25519, Scheme::Ecdsa];

	#[test]
	fn a_key_of_each_scheme_signs_what_the_chain_accepts() {
		for scheme in SCHEMES {
			let pair = Keypair::from_suri(scheme, "//Lender").unwrap();
			let signature = pair.sign_as_lender(b"payload");
			assert!(pair.lender_key().verifies(b"payload", &signature), "{scheme:?}");
			assert!(!pair.lender_key().verifies(b"another", &signature), "{scheme:?}");
		}
	}

	#[test]
	fn a_lenders_key_is_read_as_it_is_written() {
		for scheme in SCHEMES {
			let key = Keypair::from_seed(scheme, &[9; 32]).lender_key();
			let written = WrittenKey(key).to_string();
			assert_eq!(written.parse::<WrittenKey>().unwrap().0, key, "{written}");
		}
		for bad in ["", "sr25519", "sr25519:0x00", "rsa:0x00", "ecdsa:00"] {
			assert!(bad.parse::<WrittenKey>().is_err(), "{bad}");
		}
	}

	#[test]
	fn the_development_accounts_are_those_of_the_genesis_presets() {
		let account = |suri| Keypair::from_suri(Scheme::Sr25519, suri).unwrap().account();
		let expected = sr25519::Pair::from_string("//Regulator", None).unwrap().public().0;
		assert_eq!(account("//Regulator"), AccountId32(expected));
		assert_ne!(account("//Regulator"), account("//Platform"));
	}

	#[test]
	fn neither_an_error_nor_a_debug_print_tells_the_secret() {
		let error = Keypair::from_suri(Scheme::Sr25519, "my secret words").unwrap_err();
		assert!(!format!("{error} {error:?}").contains("secret words"));
		let pair = Keypair::from_suri(Scheme::Sr25519, "//Lender").unwrap();
		assert!(!format!("{pair:?}").contains("//Lender"));
	}
}
