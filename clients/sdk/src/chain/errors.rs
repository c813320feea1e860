//! What the node says, in words.

use super::rpc_code::Refused;
use crate::{
	api::runtime_types::{pallet_intents::types::Refusal, sp_runtime::DispatchError as ChainError},
	call::metadata,
	Error,
};
use subxt::error::{BackendError, DispatchError, ExtrinsicError, RpcError};
use winddown_primitives::PoolRefusal;

/// An error of the connection or of the node.
pub(super) fn node(error: impl Into<subxt::Error>) -> Error {
	let error: subxt::Error = error.into();
	let text = error.to_string();
	if text.contains("not compatible") || text.contains("IncompatibleCodegen") {
		return Error::Incompatible(text);
	}
	match Refused::of_client(&error) {
		Refused::StateGone => Error::StateGone(None),
		Refused::TooLarge => Error::AnswerTooLarge,
		Refused::Lost => Error::Disconnected(without_layers(&text)),
		_ if is_lost(&text) => Error::Disconnected(without_layers(&text)),
		_ => Error::Node(without_layers(&text)),
	}
}

/// Whether a text of the connection's library says that the node went away.
fn is_lost(text: &str) -> bool {
	["connection", "background task closed", "service disconnected"]
		.iter()
		.any(|words| text.to_lowercase().contains(words))
}

/// Leaves out what each layer of the libraries puts before the text of the one below it.
pub(super) fn without_layers(text: &str) -> String {
	["Other RPC client error: ", "RPC error: ", "client error: "]
		.iter()
		.fold(text.into(), |text, layer| text.replace(layer, ""))
}

/// Why the node did not take a transaction.
pub(super) fn refused(error: &ExtrinsicError) -> Error {
	if let ExtrinsicError::ErrorSubmittingTransaction(backend) = error {
		match Refused::of_backend(backend) {
			Refused::KeyInUse => return Error::KeyInUse,
			Refused::KnownAlready => return Error::KnownAlready,
			Refused::PoolFull => return Error::PoolFull,
			_ => {}
		}
	}
	let ExtrinsicError::ErrorSubmittingTransaction(BackendError::Rpc(RpcError::ClientError(
		subxt::rpcs::Error::User(user),
	))) = error
	else {
		let text = error.to_string();
		return match is_lost(&text) {
			true => Error::Disconnected(without_layers(&text)),
			false => not_accepted(&without_layers(&text)),
		};
	};
	// The message says that it is invalid, the data why.
	let data = user.data.as_ref().map(|data| data.get().trim_matches('"')).unwrap_or_default();
	not_accepted(format!("{}: {data}", user.message).trim_end_matches(": "))
}

/// Why a transaction did not enter the pool, or left it.
pub(super) fn not_accepted(text: &str) -> Error {
	if let Some(refusal) = custom_code(text).and_then(PoolRefusal::from_code) {
		return Error::Refused(refusal);
	}
	let reason = match text {
		_ if text.contains("outdated") || text.contains("stale") => {
			"it is outdated: another transaction of this key was faster".into()
		}
		_ if text.contains("exhaust") => "it does not fit into a block".into(),
		_ => text.to_string(),
	};
	Error::NotAccepted(reason)
}

fn custom_code(text: &str) -> Option<u8> {
	let (_, rest) = text.split_once("Custom error: ")?;
	let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
	digits.parse().ok()
}

/// Why a transaction failed in its block.
pub(super) fn failed(error: &DispatchError) -> Error {
	let failure = match error {
		DispatchError::Module(module) => match module.details() {
			Ok(details) => Failure {
				pallet: details.pallet.name().into(),
				name: details.variant.name.clone(),
				explanation: details.variant.docs.join(" ").trim().into(),
			},
			Err(_) => Failure::of_chain("UnknownError", &module.to_string()),
		},
		DispatchError::BadOrigin => Failure::of_chain(
			"BadOrigin",
			"This key does not belong to an institution that may do this.",
		),
		error => Failure::of_chain("Failed", &error.to_string()),
	};
	failure.into()
}

/// Why an intent was not carried out: the reason's name, and what it means.
pub(super) fn refusal(reason: &Refusal) -> (String, String) {
	let plain = |name: &str, text: &str| (name.to_string(), text.to_string());
	match reason {
		Refusal::Expired => plain("Expired", "Its end is past; sign again with a later one."),
		Refusal::ValidTooLong => plain(
			"ValidTooLong",
			"It holds longer than the chain allows; sign with an earlier end.",
		),
		Refusal::CallNotAllowed => plain("CallNotAllowed", "Lenders may not ask for this."),
		Refusal::SequenceUsed => {
			plain("SequenceUsed", "The sequence is used up; sign again with a higher one.")
		}
		Refusal::SequenceTooHigh => plain(
			"SequenceTooHigh",
			"The sequence exceeds its end in milliseconds; sign again with a lower one or a later end.",
		),
		Refusal::BadSignature => {
			plain("BadSignature", "It is not signed by the key of the row, for this chain.")
		}
		Refusal::NoActiveKey(error) | Refusal::CallFailed(error) => {
			let Failure { name, explanation, .. } = failure(error);
			(name, explanation)
		}
	}
}

/// Why a call failed that the chain carried out for somebody, such as that of a motion.
pub fn call_failed(error: &ChainError) -> Error {
	failure(error).into()
}

struct Failure {
	pallet: String,
	name: String,
	explanation: String,
}

impl Failure {
	fn of_chain(name: &str, explanation: &str) -> Self {
		Self { pallet: "Chain".into(), name: name.into(), explanation: explanation.into() }
	}
}

impl From<Failure> for Error {
	fn from(Failure { pallet, name, explanation }: Failure) -> Self {
		Self::Failed { pallet, name, explanation }
	}
}

/// A pallet's error by its name and documentation.
fn failure(error: &ChainError) -> Failure {
	let ChainError::Module(module) = error else {
		return Failure::of_chain("Failed", &format!("{error:?}"));
	};
	let (index, error) = (module.index, module.error[0]);
	let found = metadata()
		.pallet_by_error_index(index)
		.and_then(|pallet| Some((pallet.name(), pallet.error_variant_by_index(error)?)));
	match found {
		Some((pallet, variant)) => Failure {
			pallet: pallet.into(),
			name: variant.name.clone(),
			explanation: variant.docs.join(" ").trim().into(),
		},
		None => {
			Failure::of_chain("UnknownError", &format!("error {error} of pallet number {index}"))
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_refusal_is_told_by_the_documentation_of_the_pallets_error() {
		use crate::api::runtime_types::sp_runtime::ModuleError;
		// Pallet 32 is `Claims`; its first error.
		let error = ChainError::Module(ModuleError { index: 32, error: [0; 4] });
		let text = call_failed(&error).to_string();
		assert!(text.starts_with("Claims: NotPlatformOfCase: "), "{text}");
		let (name, explanation) = refusal(&Refusal::CallFailed(error));
		assert_eq!(name, "NotPlatformOfCase");
		assert!(explanation.contains("own cases"), "{explanation}");
		let unknown = ChainError::Module(ModuleError { index: 255, error: [0; 4] });
		assert_eq!(refusal(&Refusal::NoActiveKey(unknown)).0, "UnknownError");
	}

	#[test]
	fn a_node_that_goes_away_is_no_trouble_with_a_key() {
		use subxt::rpcs::Error as Rpc;
		let gone = "The background task closed connection reset by peer; restart required";
		let reading = node(Rpc::Client(gone.into()));
		let sending = refused(&ExtrinsicError::ErrorSubmittingTransaction(BackendError::Rpc(
			RpcError::ClientError(Rpc::Client("RPC service disconnected".into())),
		)));
		for (error, reason) in [(reading, gone), (sending, "RPC service disconnected")] {
			assert_eq!(error.kind(), crate::ErrorKind::Connection);
			let text = error.to_string();
			let head = "the connection to the node was lost: ";
			assert!(text.starts_with(head) && text.ends_with(reason), "{text}");
			assert!(!text.contains("client error") && !text.contains("RPC error"), "{text}");
			assert!(!text.contains("Other RPC"), "{text}");
		}
	}

	#[test]
	fn two_clerks_with_one_key_are_told_so() {
		use subxt::rpcs::{Error as Rpc, UserError};
		let message = "Priority is too low: (4294967296 vs 4294967296)".into();
		let answer = Rpc::User(UserError { code: 1_014, message, data: None });
		let error = refused(&ExtrinsicError::ErrorSubmittingTransaction(answer.into()));
		assert!(matches!(error, Error::KeyInUse), "{error:?}");
		assert_eq!(
			error.to_string(),
			"another transaction of this key is on its way: somebody else, or another window, acts with it now"
		);
	}

	#[test]
	fn codes_of_the_pool_are_told_in_words() {
		let text = "RPC error: User error: Invalid Transaction (1010): \"Custom error: 104\"";
		let used = not_accepted(text);
		assert!(matches!(used, Error::Refused(PoolRefusal::SequenceUsed)), "{used:?}");
		assert_eq!(
			used.to_string(),
			"the transaction was not accepted: the intent's sequence is used up; sign with a higher one"
		);
		assert!(not_accepted("Custom error: 108").to_string().contains("a later end"));
		assert!(not_accepted("Custom error: 2").to_string().contains("suspended"));
		let outdated = "it is outdated: another transaction of this key was faster";
		assert!(not_accepted("Transaction is outdated").to_string().ends_with(outdated));
		let unknown = not_accepted("Custom error: 99");
		assert!(matches!(unknown, Error::NotAccepted(_)), "{unknown:?}");
		assert!(not_accepted("something else").to_string().contains("something else"));
		assert!(matches!(
			not_accepted("Custom error: 1"),
			Error::Refused(PoolRefusal::NotAdmitted)
		));
	}
}
