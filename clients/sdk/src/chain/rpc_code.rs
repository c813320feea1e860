//! What a node refuses, by the codes of its JSON-RPC and not by its words.

use subxt::{
	error::{
		BackendError, BlocksError, ExtrinsicError, OnlineClientAtBlockError, RpcError,
		RuntimeApiError, StorageError, TransactionProgressError, ViewFunctionError,
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
/// The pool is full.
const DROPPED: i32 = 1_016;

/// Why a node did not answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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
				_ => Self::Other,
			},
			Rpc::Client(_) | Rpc::DisconnectedWillReconnect(_) => Self::Lost,
			_ => Self::Other,
		}
	}

	/// By an error of the client's library.
	pub fn of_client(error: &subxt::Error) -> Self {
		use subxt::Error as Client;
		let backend = match error {
			Client::OtherRpcClientError(error) => return Self::of(error),
			Client::BackendError(error)
			| Client::ViewFunctionError(ViewFunctionError::CannotCallApi(error))
			| Client::RuntimeApiError(RuntimeApiError::CannotCallApi(error))
			| Client::StorageError(
				StorageError::CannotFetchValue(error)
				| StorageError::CannotIterateValues(error)
				| StorageError::StreamFailure(error),
			)
			| Client::OnlineClientAtBlockError(
				OnlineClientAtBlockError::CannotGetCurrentBlock { reason: error }
				| OnlineClientAtBlockError::CannotGetBlockHash { reason: error, .. }
				| OnlineClientAtBlockError::CannotGetBlockHeader { reason: error, .. }
				| OnlineClientAtBlockError::CannotGetSpecVersion { reason: error, .. },
			)
			| Client::BlocksError(
				BlocksError::CannotGetBlockHeaderStream(error)
				| BlocksError::CannotGetBlockHeader(error),
			)
			| Client::ExtrinsicError(
				ExtrinsicError::ErrorSubmittingTransaction(error)
				| ExtrinsicError::TransactionStatusStreamError(error)
				| ExtrinsicError::CannotGetBlockBody(error),
			)
			| Client::TransactionProgressError(
				TransactionProgressError::CannotGetNextProgressUpdate(error),
			) => error,
			_ => return Self::Other,
		};
		Self::of_backend(backend)
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
			(1_010, Refused::Other),
		] {
			assert_eq!(Refused::of(&answer(code)), expected, "{code}");
		}
		assert_eq!(Refused::of(&Rpc::Client("anything".into())), Refused::Lost);
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
		] {
			assert_eq!(Refused::of_client(&error), Refused::StateGone, "{error}");
		}
	}
}
