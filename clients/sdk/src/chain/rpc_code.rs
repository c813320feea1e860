//! What a node refuses, by the codes of its JSON-RPC and not by its words.

use super::deadline::{NoAnswer, RATE_EXCEEDED};
use subxt::{
	error::{
		AccountNonceError, BackendError, BlockError, BlocksError, EventsError, ExtrinsicError,
		OnlineClientAtBlockError, OnlineClientError, RpcError, RuntimeApiError, StorageError,
		TransactionEventsError, TransactionProgressError, ViewFunctionError,
	},
	rpcs::Error as Rpc,
};

/// The state of a block that the node has cannot be read: it threw the state away.
const STATE: i32 = 4_003;
/// The answer, or the request, is larger than the node sends or takes.
const TOO_LARGE: [i32; 2] = [-32_008, -32_007];
/// Another transaction of the same account and number waits in the pool, with no lower priority.
const TOO_LOW_PRIORITY: i32 = 1_014;
/// The pool has this very transaction.
const ALREADY_IMPORTED: i32 = 1_013;
/// The runtime did not get as far as an answer about a transaction.
pub const VERIFICATION_FAILED: i32 = 1_002;
/// The pool is full.
const DROPPED: i32 = 1_016;
/// The transaction is invalid, of unknown validity, or was one of both a moment ago.
const INVALID: [i32; 3] = [1_010, 1_011, 1_012];
/// The validators' votes on a block are not there yet (`winddown-node`).
const NOT_YET_FINAL: i32 = 7_101;

/// Why a node did not answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
	/// It threw the state away.
	StateGone,
	/// The answer is larger than it sends.
	TooLarge,
	/// Another transaction of the key comes first.
	KeyInUse,
	/// It has this very transaction.
	KnownAlready,
	/// Its pool is full.
	PoolFull,
	/// It says that a transaction is invalid; the runtime says why.
	Invalid,
	/// It has no proof yet that a block is final.
	NotYetFinal,
	/// It takes no more calls for the moment.
	TooOften,
	/// It did not answer in time.
	Silent(NoAnswer),
	/// The connection is lost.
	Lost,
	/// Something else.
	Other,
}

impl Refused {
	/// By an error of the connection's library.
	pub fn of(error: &Rpc) -> Self {
		match error {
			Rpc::User(user) => match user.code {
				STATE => Self::StateGone,
				code if TOO_LARGE.contains(&code) => Self::TooLarge,
				TOO_LOW_PRIORITY => Self::KeyInUse,
				ALREADY_IMPORTED => Self::KnownAlready,
				DROPPED => Self::PoolFull,
				code if INVALID.contains(&code) => Self::Invalid,
				NOT_YET_FINAL => Self::NotYetFinal,
				RATE_EXCEEDED => Self::TooOften,
				_ => Self::Other,
			},
			Rpc::Client(error) => match error.downcast_ref::<NoAnswer>() {
				Some(silent) => Self::Silent(silent.clone()),
				None => Self::Lost,
			},
			Rpc::DisconnectedWillReconnect(_) => Self::Lost,
			_ => Self::Other,
		}
	}

	/// By an error of the client's library.
	pub fn of_client(error: &subxt::Error) -> Self {
		match error {
			subxt::Error::OtherRpcClientError(error)
			| subxt::Error::OnlineClientError(OnlineClientError::RpcError(error)) => Self::of(error),
			error => connection(error).map_or(Self::Other, Self::of_backend),
		}
	}

	/// By an error of the library's connection.
	pub fn of_backend(error: &BackendError) -> Self {
		match error {
			BackendError::Rpc(RpcError::ClientError(error)) => Self::of(error),
			BackendError::Rpc(RpcError::SubscriptionDropped) => Self::Lost,
			_ => Self::Other,
		}
	}
}

/// What the connection said, below an error of the client's library.
fn connection(error: &subxt::Error) -> Option<&BackendError> {
	use subxt::Error as Client;
	match error {
		Client::BackendError(error)
		| Client::OnlineClientError(OnlineClientError::CannotGetGenesisHash(error))
		| Client::ViewFunctionError(ViewFunctionError::CannotCallApi(error))
		| Client::RuntimeApiError(RuntimeApiError::CannotCallApi(error))
		| Client::StorageError(
			StorageError::CannotFetchValue(error)
			| StorageError::CannotIterateValues(error)
			| StorageError::StreamFailure(error),
		)
		| Client::BlockError(BlockError::CouldNotDownloadBlockHeader { reason: error, .. })
		| Client::BlocksError(
			BlocksError::CannotGetBlockHeaderStream(error)
			| BlocksError::CannotGetBlockHeader(error),
		)
		| Client::AccountNonceError(AccountNonceError::CouldNotRetrieve(error))
		| Client::EventsError(EventsError::CannotFetchEventBytes(error))
		| Client::TransactionProgressError(
			TransactionProgressError::CannotGetNextProgressUpdate(error),
		) => Some(error),
		Client::OnlineClientAtBlockError(error)
		| Client::BlocksError(BlocksError::CannotGetCurrentBlock(error)) => at_block(error),
		Client::ExtrinsicError(error) => extrinsic(error),
		Client::TransactionEventsError(error) => events(error),
		_ => None,
	}
}

const fn at_block(error: &OnlineClientAtBlockError) -> Option<&BackendError> {
	match error {
		OnlineClientAtBlockError::CannotGetCurrentBlock { reason }
		| OnlineClientAtBlockError::CannotGetBlockHash { reason, .. }
		| OnlineClientAtBlockError::CannotGetBlockHeader { reason, .. }
		| OnlineClientAtBlockError::CannotGetSpecVersion { reason, .. } => Some(reason),
		_ => None,
	}
}

const fn extrinsic(error: &ExtrinsicError) -> Option<&BackendError> {
	match error {
		ExtrinsicError::ErrorSubmittingTransaction(error)
		| ExtrinsicError::TransactionStatusStreamError(error)
		| ExtrinsicError::CannotGetBlockBody(error)
		| ExtrinsicError::CannotGetFeeInfo(error)
		| ExtrinsicError::CannotGetValidationInfo(error)
		| ExtrinsicError::AccountNonceError {
			reason: AccountNonceError::CouldNotRetrieve(error),
			..
		} => Some(error),
		_ => None,
	}
}

const fn events(error: &TransactionEventsError) -> Option<&BackendError> {
	match error {
		TransactionEventsError::CannotFetchBlockBody { error, .. }
		| TransactionEventsError::CannotDecodeEventInBlock {
			error: EventsError::CannotFetchEventBytes(error),
			..
		}
		| TransactionEventsError::CannotFetchEventsForTransaction {
			error: EventsError::CannotFetchEventBytes(error),
			..
		} => Some(error),
		TransactionEventsError::CannotInstantiateClientAtBlock(error) => at_block(error),
		_ => None,
	}
}

/// Whether the chain's calls or storage are not those that this client was made of.
pub const fn is_incompatible(error: &subxt::Error) -> bool {
	use subxt::{error::ConstantError, Error as Client};
	matches!(
		error,
		Client::RuntimeApiError(RuntimeApiError::IncompatibleCodegen)
			| Client::ViewFunctionError(ViewFunctionError::IncompatibleCodegen)
			| Client::ExtrinsicError(ExtrinsicError::IncompatibleCodegen)
			| Client::StorageError(StorageError::IncompatibleCodegen)
			| Client::ConstantError(ConstantError::IncompatibleCodegen)
	)
}

#[cfg(test)]
mod tests {
	use super::*;
	use subxt::rpcs::UserError;

	fn answer(code: i32) -> Rpc {
		// The words say something else than the code on purpose.
		Rpc::User(UserError { code, message: "State already discarded".into(), data: None })
	}

	#[test]
	fn codes_decide_and_words_do_not() {
		for (code, expected) in [
			(4_003, Refused::StateGone),
			(-32_008, Refused::TooLarge),
			(-32_007, Refused::TooLarge),
			(1_014, Refused::KeyInUse),
			(1_013, Refused::KnownAlready),
			(1_016, Refused::PoolFull),
			(1_010, Refused::Invalid),
			(1_011, Refused::Invalid),
			(1_012, Refused::Invalid),
			(7_101, Refused::NotYetFinal),
			(-32_999, Refused::TooOften),
			(1_002, Refused::Other),
		] {
			assert_eq!(Refused::of(&answer(code)), expected, "{code}");
		}
		assert_eq!(Refused::of(&Rpc::Client("anything".into())), Refused::Lost);
		let silent = NoAnswer { method: "system_name".into(), seconds: 45 };
		let error = Rpc::Client(Box::new(silent.clone()));
		assert_eq!(Refused::of(&error), Refused::Silent(silent));
	}

	#[test]
	fn an_error_is_known_in_whatever_call_it_came() {
		let backend = || BackendError::from(answer(4_003));
		for error in [
			subxt::Error::from(ViewFunctionError::CannotCallApi(backend())),
			RuntimeApiError::CannotCallApi(backend()).into(),
			StorageError::CannotFetchValue(backend()).into(),
			backend().into(),
			answer(4_003).into(),
			OnlineClientError::RpcError(answer(4_003)).into(),
			EventsError::CannotFetchEventBytes(backend()).into(),
			TransactionEventsError::CannotFetchBlockBody {
				block_hash: subxt::error::Hex::from(vec![0; 32]),
				error: backend(),
			}
			.into(),
			BlocksError::CannotGetCurrentBlock(OnlineClientAtBlockError::CannotGetCurrentBlock {
				reason: backend(),
			})
			.into(),
		] {
			assert_eq!(Refused::of_client(&error), Refused::StateGone, "{error}");
		}
	}

	#[test]
	fn a_client_of_another_release_is_known_wherever_it_shows() {
		for error in [
			subxt::Error::from(RuntimeApiError::IncompatibleCodegen),
			ViewFunctionError::IncompatibleCodegen.into(),
			ExtrinsicError::IncompatibleCodegen.into(),
			StorageError::IncompatibleCodegen.into(),
		] {
			assert!(is_incompatible(&error), "{error}");
		}
		assert!(!is_incompatible(&answer(4_003).into()));
	}
}
