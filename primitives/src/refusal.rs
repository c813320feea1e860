use core::fmt;

/// Why a transaction is refused before it enters a block. The node passes it on as
/// `Invalid Transaction: Custom error: CODE`; docs/clients.md tells users what to do about each.
///
/// A code stays what it is for ever, since clients know it.
#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PoolRefusal {
	/// The signer is no institution and acts for none.
	NotAdmitted = 1,
	/// The institution that acts is suspended.
	Suspended = 2,
	/// The transaction is longer than its class allows.
	TooLong = 3,
	/// The institution has too few tokens left in its bucket.
	RateExceeded = 4,
	/// The account may not act by proxy for the one that the call names, or not by this call.
	NotDelegate = 5,
	/// The delegate has to announce the call and to wait.
	NotAnnounced = 6,
	/// The other members of a multisig do not stand in ascending order, each once, without the signer.
	SignatoriesOutOfOrder = 7,
	/// The hash of a call is all zeros, as clients write for a text that they cannot read.
	ZeroHash = 8,
	/// The intent's end is past.
	Expired = 101,
	/// The intent's end lies further ahead than the chain allows.
	ValidTooLong = 102,
	/// Lenders may not ask for this call.
	CallNotAllowed = 103,
	/// The lender used this sequence or a higher one.
	SequenceUsed = 104,
	/// The row has no active key.
	NoActiveKey = 105,
	/// The signature is not that of the row's key over this intent on this chain.
	BadSignature = 106,
	/// What the intent asked for failed. In the pool calls are not run, so that no answer has this code.
	CallFailed = 107,
	/// The intent's sequence exceeds its end in milliseconds.
	SequenceTooHigh = 108,
}

impl PoolRefusal {
	/// Every refusal, by its code.
	pub const ALL: [Self; 16] = [
		Self::NotAdmitted,
		Self::Suspended,
		Self::TooLong,
		Self::RateExceeded,
		Self::NotDelegate,
		Self::NotAnnounced,
		Self::SignatoriesOutOfOrder,
		Self::ZeroHash,
		Self::Expired,
		Self::ValidTooLong,
		Self::CallNotAllowed,
		Self::SequenceUsed,
		Self::NoActiveKey,
		Self::BadSignature,
		Self::CallFailed,
		Self::SequenceTooHigh,
	];

	/// The code, `InvalidTransaction::Custom`.
	pub const fn code(self) -> u8 {
		self as u8
	}

	/// The refusal of this code.
	pub fn from_code(code: u8) -> Option<Self> {
		Self::ALL.into_iter().find(|refusal| refusal.code() == code)
	}
}

impl fmt::Display for PoolRefusal {
	/// The name.
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		fmt::Debug::fmt(self, f)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn each_code_stands_for_one_refusal_and_stays_what_it_is() {
		let codes = PoolRefusal::ALL.map(PoolRefusal::code);
		let expected = [1, 2, 3, 4, 5, 6, 7, 8, 101, 102, 103, 104, 105, 106, 107, 108];
		assert_eq!(codes, expected);
		for refusal in PoolRefusal::ALL {
			assert_eq!(PoolRefusal::from_code(refusal.code()), Some(refusal));
		}
		assert_eq!(PoolRefusal::from_code(0), None);
		assert_eq!(PoolRefusal::from_code(100), None);
	}
}
