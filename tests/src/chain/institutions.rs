//! The institutions of the genesis presets, whose keys everybody knows.

use sp_core::{sr25519, Pair};
use sp_runtime::{
	traits::{IdentifyAccount, Verify},
	MultiSignature,
};
use winddown_runtime::AccountId;

/// The key of an institution.
pub(super) fn pair(institution: &str) -> sr25519::Pair {
	sr25519::Pair::from_string(&format!("//{institution}"), None).expect("a path")
}

/// The account of an institution.
pub fn account(institution: &str) -> AccountId {
	<MultiSignature as Verify>::Signer::from(pair(institution).public()).into_account()
}
