//! Why a transaction is kept out: by the chain's own rules, or as every chain keeps some out.

use winddown_primitives::PoolRefusal;

/// Why a transaction did not enter the pool, or left it without a block, where no rule of this chain
/// refused it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotAccepted {
	/// Its number, or a later one of its key, is in a block.
	#[error("it is outdated: another transaction of this key was faster")]
	Outdated,
	/// A transaction of its key that comes before it is missing.
	#[error("an earlier transaction of this key is missing")]
	TooEarly,
	/// The block that it is bound to lies too far back.
	#[error("it is bound to a block that lies too far back")]
	TooOld,
	/// It is signed for another chain or runtime, or by another key.
	#[error("its signature does not hold on this chain")]
	BadSignature,
	/// No block has room for it.
	#[error("it does not fit into a block")]
	TooHeavy,
	/// The node took it and let it go.
	#[error("the node let it go before a block took it")]
	Dropped,
	/// The node's own words, where it gave no reason that is known.
	#[error("{0}")]
	Other(String),
}

/// Why the chain keeps a transaction out.
pub(crate) const fn in_words(refusal: PoolRefusal) -> &'static str {
	match refusal {
		PoolRefusal::NotAdmitted => {
			"the key belongs to no institution of this chain, and acts for none by this call"
		}
		PoolRefusal::Suspended => "the institution is suspended",
		PoolRefusal::TooLong => "the transaction is too long for its kind",
		PoolRefusal::RateExceeded => {
			"the institution sent too much in a short time; wait some blocks"
		}
		PoolRefusal::NotDelegate => {
			"the key is no proxy of the account that it names, or not for this call"
		}
		PoolRefusal::NotAnnounced => "the proxy has to announce this call and to wait",
		PoolRefusal::SignatoriesOutOfOrder => {
			"the other members of the multisig do not stand in ascending order, each once, without the \
			 signer"
		}
		PoolRefusal::ZeroHash => "the hash of the call is all zeros, which no call has",
		PoolRefusal::Expired => "the intent has expired",
		PoolRefusal::ValidTooLong => "the intent holds longer than the chain allows",
		PoolRefusal::CallNotAllowed => "lenders may not do this",
		PoolRefusal::SequenceUsed => "the intent's sequence is used up; sign with a higher one",
		PoolRefusal::NoActiveKey => "the lender has no active key; a registrar binds one",
		PoolRefusal::BadSignature => "the signature is not that of the lender's key",
		PoolRefusal::CallFailed => "what the intent asked for failed",
		PoolRefusal::SequenceTooHigh => {
			"the intent's sequence exceeds its end in milliseconds; sign with a lower one or a later end"
		}
	}
}
