//! What the node says, in words.

use super::{
	deadline::NoAnswer,
	rpc_code::{is_incompatible, Refused, VERIFICATION_FAILED},
};
use crate::{
	api::runtime_types::{pallet_intents::types::Refusal, sp_runtime::DispatchError as ChainError},
	call::metadata,
	Error, NotAccepted,
};
use subxt::{
	error::{BackendError, DispatchError, ExtrinsicError, RpcError},
	tx::{TransactionInvalid, ValidationResult},
};
use winddown_primitives::PoolRefusal;

/// An error of the connection or of the node.
pub(super) fn node(error: impl Into<subxt::Error>) -> Error {
	let error: subxt::Error = error.into();
	let text = error.to_string();
	if is_incompatible(&error) {
		return Error::Incompatible(text);
	}
	let text = first_line(&text);
	match Refused::of_client(&error) {
		Refused::StateGone => Error::StateGone(None),
		Refused::TooLarge => Error::AnswerTooLarge,
		Refused::NotYetFinal => Error::NotYetFinal,
		Refused::Silent(silent) => silent.into(),
		Refused::TooOften => Error::TooOften(without_layers(text)),
		Refused::Lost => Error::Disconnected(without_layers(text)),
		_ => Error::Node(without_layers(text)),
	}
}

impl From<NoAnswer> for Error {
	fn from(NoAnswer { method, seconds }: NoAnswer) -> Self {
		Self::NoAnswer { method, seconds }
	}
}

/// What is below the first line of a node's answer is a trace of the places in its code.
fn first_line(text: &str) -> &str {
	text.lines().next().unwrap_or_default()
}

/// Why no connection came about.
pub fn unreachable(url: &str, error: &subxt::rpcs::Error) -> Error {
	match error {
		subxt::rpcs::Error::InsecureUrl(_) => Error::InsecureUrl(url.into()),
		error => Error::Unreachable { url: url.into(), reason: without_layers(&error.to_string()) },
	}
}

/// Leaves out what each layer of the libraries puts before the text of the one below it.
pub(super) fn without_layers(text: &str) -> String {
	["Other RPC client error: ", "RPC error: ", "client error: "]
		.iter()
		.fold(text.into(), |text, layer| text.replace(layer, ""))
}

/// Why the node did not take a transaction; `None` when it only says that it is invalid.
pub(super) fn refused(error: &ExtrinsicError) -> Option<Error> {
	let ExtrinsicError::ErrorSubmittingTransaction(backend) = error else {
		return Some(in_words_of_the_node(error));
	};
	Some(match Refused::of_backend(backend) {
		Refused::Invalid => return None,
		Refused::KeyInUse => Error::KeyInUse,
		Refused::KnownAlready => Error::KnownAlready,
		Refused::PoolFull => Error::PoolFull,
		Refused::TooLarge => Error::NotAccepted(NotAccepted::TooHeavy),
		Refused::Silent(silent) => silent.into(),
		Refused::TooOften => Error::TooOften(without_layers(first_line(&error.to_string()))),
		Refused::Lost => Error::Disconnected(without_layers(&error.to_string())),
		_ => in_words_of_the_node(error),
	})
}

/// Why a transaction is invalid, as the runtime says; `None` for one that is not.
pub(super) fn invalid(result: &ValidationResult) -> Option<Error> {
	let reason = match result {
		ValidationResult::Valid(_) => return None,
		ValidationResult::Unknown(unknown) => NotAccepted::Other(format!("{unknown:?}")),
		ValidationResult::Invalid(invalid) => match invalid {
			TransactionInvalid::Custom(code) => match PoolRefusal::from_code(*code) {
				Some(refusal) => return Some(Error::Refused(refusal)),
				None => NotAccepted::Other(format!("a rule with the unknown code {code}")),
			},
			TransactionInvalid::Stale => NotAccepted::Outdated,
			TransactionInvalid::Future => NotAccepted::TooEarly,
			TransactionInvalid::AncientBirthBlock => NotAccepted::TooOld,
			TransactionInvalid::BadProof | TransactionInvalid::BadSigner => {
				NotAccepted::BadSignature
			}
			TransactionInvalid::ExhaustsResources => NotAccepted::TooHeavy,
			other => NotAccepted::Other(format!("{other:?}")),
		},
	};
	Some(Error::NotAccepted(reason))
}

/// What the node said when it did not take a transaction, in its words.
pub(super) fn in_words_of_the_node(error: &ExtrinsicError) -> Error {
	let ExtrinsicError::ErrorSubmittingTransaction(BackendError::Rpc(RpcError::ClientError(
		subxt::rpcs::Error::User(user),
	))) = error
	else {
		return Error::NotAccepted(NotAccepted::Other(without_layers(&error.to_string())));
	};
	// The message says that it is invalid, the data why.
	let data = user.data.as_ref().map(|data| data.get().trim_matches('"')).unwrap_or_default();
	let words = match user.code {
		// The data repeats the message, in the form of the node's own code.
		VERIFICATION_FAILED => first_line(&user.message).into(),
		_ => format!("{}: {data}", user.message),
	};
	Error::NotAccepted(NotAccepted::Other(words.trim_end_matches(": ").into()))
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
		)))
		.unwrap();
		for (error, reason) in [(reading, gone), (sending, "RPC service disconnected")] {
			assert_eq!(error.kind(), crate::ErrorKind::Connection);
			let text = error.to_string();
			let head = "the connection to the node was lost: ";
			assert!(text.starts_with(head) && text.ends_with(reason), "{text}");
			assert!(!text.contains("client error") && !text.contains("RPC error"), "{text}");
			assert!(!text.contains("Other RPC"), "{text}");
		}
	}

	fn not_taken(code: i32, message: &str, data: Option<&str>) -> ExtrinsicError {
		use subxt::rpcs::{Error as Rpc, UserError};
		let data = data.map(|data| serde_json::value::to_raw_value(data).expect("a text"));
		let answer = Rpc::User(UserError { code, message: message.into(), data });
		ExtrinsicError::ErrorSubmittingTransaction(answer.into())
	}

	#[test]
	fn a_node_that_does_not_answer_is_not_a_lost_connection() {
		use subxt::rpcs::Error as Rpc;
		let silent = || NoAnswer { method: "state_call".into(), seconds: 45 };
		let reading = node(Rpc::Client(Box::new(silent())));
		let sending = Rpc::Client(Box::new(silent())).into();
		let sending = refused(&ExtrinsicError::ErrorSubmittingTransaction(sending)).unwrap();
		for error in [reading, sending] {
			assert_eq!(error.kind(), crate::ErrorKind::Connection);
			let said = "the node did not answer within 45 seconds (state_call)";
			assert_eq!(error.to_string(), said);
		}
	}

	#[test]
	fn a_trace_of_the_nodes_code_reaches_nobody() {
		use subxt::rpcs::{Error as Rpc, UserError};
		let message = "Verification Error: the runtime stopped\nWASM backtrace:\n  0: 0x6abd8";
		let sending = refused(&not_taken(1_002, message, Some(message))).unwrap();
		assert_eq!(
			sending.to_string(),
			"the transaction was not accepted: Verification Error: the runtime stopped"
		);
		let answer = UserError { code: 4_000, message: message.into(), data: None };
		let reading = node(Rpc::User(answer)).to_string();
		assert!(reading.ends_with("Verification Error: the runtime stopped"), "{reading}");
		assert!(!reading.contains("WASM"), "{reading}");
	}

	#[test]
	fn two_clerks_with_one_key_are_told_so() {
		let message = "Priority is too low: (4294967296 vs 4294967296)";
		let error = refused(&not_taken(1_014, message, None)).unwrap();
		assert!(matches!(error, Error::KeyInUse), "{error:?}");
		assert_eq!(
			error.to_string(),
			"another transaction of this key is on its way: somebody else, or another window, acts with it now"
		);
	}

	#[test]
	fn why_a_transaction_is_invalid_is_asked_of_the_runtime_and_not_read_in_a_text() {
		// The words say something else than the code on purpose.
		let error = not_taken(1_010, "Priority is too low", Some("Custom error: 104"));
		assert!(refused(&error).is_none());
		assert_eq!(
			in_words_of_the_node(&error).to_string(),
			"the transaction was not accepted: Priority is too low: Custom error: 104"
		);
		let of = |invalid| super::invalid(&ValidationResult::Invalid(invalid)).unwrap();
		for refusal in PoolRefusal::ALL {
			let error = of(TransactionInvalid::Custom(refusal.code()));
			assert!(matches!(error, Error::Refused(known) if known == refusal), "{error:?}");
		}
		assert_eq!(
			of(TransactionInvalid::Custom(104)).to_string(),
			"the transaction was not accepted: the intent's sequence is used up; sign with a higher one"
		);
		let not_accepted = |invalid| match of(invalid) {
			Error::NotAccepted(reason) => reason,
			error => panic!("{error:?}"),
		};
		assert_eq!(not_accepted(TransactionInvalid::Stale), NotAccepted::Outdated);
		assert_eq!(not_accepted(TransactionInvalid::Future), NotAccepted::TooEarly);
		assert_eq!(not_accepted(TransactionInvalid::AncientBirthBlock), NotAccepted::TooOld);
		assert_eq!(not_accepted(TransactionInvalid::BadProof), NotAccepted::BadSignature);
		assert_eq!(not_accepted(TransactionInvalid::ExhaustsResources), NotAccepted::TooHeavy);
		assert_eq!(
			not_accepted(TransactionInvalid::Custom(99)).to_string(),
			"a rule with the unknown code 99"
		);
	}

	#[test]
	fn a_connection_that_nobody_allowed_is_no_node_that_is_away() {
		use subxt::rpcs::Error as Rpc;
		let insecure = unreachable("ws://example.org:1", &Rpc::InsecureUrl("any words".into()));
		assert!(matches!(&insecure, Error::InsecureUrl(url) if url == "ws://example.org:1"));
		let away = unreachable("ws://127.0.0.1:1", &Rpc::Client("insecure URL".into()));
		assert!(matches!(away, Error::Unreachable { .. }), "{away:?}");
	}
}
