//! Whether intents are signed by the keys of their rows.

use crate::{Config, Refusal, SignedIntent, SignedIntentOf};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Contains as _};
use winddown_host::{signatures::valid_sr25519_runs, SignedMessage};
use winddown_primitives::{signing_payload, traits::LenderKeys, LenderKey, LenderSignature};

/// Signatures that are verified together. A longer run saves next to nothing more, and one bad
/// signature makes its whole run be verified one by one.
const RUN: usize = 128;

/// Whether the intent is signed by the active key of its row.
pub(crate) fn ensure_signed<T: Config>(
	signed: &SignedIntentOf<T>,
	genesis: &[u8; 32],
) -> Result<(), Refusal> {
	let SignedIntent { intent, signature } = signed;
	let key = T::Keys::active_key(intent.case, intent.lender).map_err(Refusal::NoActiveKey)?;
	let payload = signing_payload(genesis, intent);
	ensure!(key.verifies(&payload, signature), Refusal::BadSignature);
	Ok(())
}

/// Whether each of `intents` was verified together with its run: its row has an sr25519 key, and all
/// such signatures of the run are valid as raw ones. The others are left to [`ensure_signed`].
pub(crate) fn verified_together<T: Config>(
	intents: &[SignedIntentOf<T>],
	genesis: &[u8; 32],
) -> Vec<bool> {
	let messages: Vec<_> =
		intents.iter().map(|signed| sr25519_message::<T>(signed, genesis)).collect();
	let is_sr25519: Vec<_> = messages.iter().map(Option::is_some).collect();
	let mut messages = messages.into_iter();
	let run = |_| messages.by_ref().take(RUN).flatten().collect();
	let valid_runs = valid_sr25519_runs((0..intents.len()).step_by(RUN).map(run).collect());
	let is_valid = valid_runs.into_iter().flat_map(|is_valid| [is_valid; RUN]);
	is_sr25519.into_iter().zip(is_valid).map(|(of_kind, valid)| of_kind && valid).collect()
}

/// What an sr25519 key signed, if both the row's key and the signature are of that kind. Calls that
/// no lender may ask for can be long, and are not worth it.
fn sr25519_message<T: Config>(
	signed: &SignedIntentOf<T>,
	genesis: &[u8; 32],
) -> Option<SignedMessage> {
	let SignedIntent { intent, signature } = signed;
	if !T::LenderCalls::contains(&intent.call) {
		return None;
	}
	match (T::Keys::active_key(intent.case, intent.lender), signature) {
		(Ok(LenderKey::Sr25519(key)), LenderSignature::Sr25519(signature)) => Some(SignedMessage {
			key,
			signature: *signature,
			message: signing_payload(genesis, intent),
		}),
		_ => None,
	}
}
