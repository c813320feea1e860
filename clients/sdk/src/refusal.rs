//! What the chain's own rules keep out, in words.

use winddown_primitives::PoolRefusal;

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
