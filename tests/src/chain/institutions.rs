//! The institutions of the genesis presets, whose keys everybody knows.

use sp_core::{ed25519, sr25519, Pair};
use sp_runtime::{
	traits::{IdentifyAccount, Verify},
	MultiSignature,
};
use std::{collections::BTreeMap, sync::LazyLock};
use winddown_runtime::{genesis_config_presets::Institution, AccountId};

/// The keys of an institution.
pub(super) struct Keys {
	/// Signs its transactions.
	pub account: sr25519::Pair,
	/// With it its node makes blocks final.
	pub validator: ed25519::Pair,
}

/// By name; deriving a key from a name takes milliseconds.
static KEYS: LazyLock<BTreeMap<&str, Keys>> = LazyLock::new(|| {
	let keys = |name: &'static str| {
		let path = format!("//{name}");
		let account = sr25519::Pair::from_string(&path, None).expect("a path");
		let validator = ed25519::Pair::from_string(&path, None).expect("a path");
		(name, Keys { account, validator })
	};
	Institution::ALL.map(Institution::name).map(keys).into()
});

/// The keys of an institution.
pub(super) fn keys(institution: &str) -> &'static Keys {
	&KEYS[institution]
}

/// The institution whose node has this key.
pub(super) fn validator_with(key: &[u8; 32]) -> Option<&'static str> {
	let mut all = KEYS.iter();
	all.find(|(_, keys)| keys.validator.public().0 == *key).map(|(name, _)| *name)
}

/// The account of an institution.
pub fn account(institution: &str) -> AccountId {
	<MultiSignature as Verify>::Signer::from(keys(institution).account.public()).into_account()
}
