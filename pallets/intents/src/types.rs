use crate::Origin;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::Contains;
use scale_info::TypeInfo;
use sp_runtime::{
	traits::Dispatchable, transaction_validity::InvalidTransaction, DispatchError, DispatchResult,
};
use winddown_primitives::{
	pages::{stored_bytes, Cell, Page, PageError},
	Intent, LenderRef, LenderSignature, PoolRefusal, Sequence,
};

/// Most intents of one batch.
pub const MAX_BATCH: u32 = 2_048;

/// An intent with the lender's signature.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SignedIntent<Call> {
	/// The intent.
	pub intent: Intent<Call>,
	/// The signature over `signing_payload`, raw or wrapped in `<Bytes>`.
	pub signature: LenderSignature,
}

/// What lenders may ask for, and how it is done.
pub trait LenderCalls<Call: Dispatchable<RuntimeOrigin: From<Origin>>>: Contains<Call> {
	/// Does what `call` asks for in the name of `who`; changes nothing when it fails.
	///
	/// A dispatched call has a storage layer of its own, which undoes it. What checks all before it
	/// writes may be done directly: layer and origin cost a tenth of a ballot.
	fn carry_out(call: Call, who: LenderRef) -> DispatchResult {
		dispatch(call, who)
	}
}

/// Dispatches `call` with the origin of `who`, in a storage layer of its own.
pub fn dispatch<Call: Dispatchable<RuntimeOrigin: From<Origin>>>(
	call: Call,
	who: LenderRef,
) -> DispatchResult {
	call.dispatch(Origin::Lender(who).into()).map(|_| ()).map_err(|failed| failed.error)
}

/// An intent of a runtime.
pub(crate) type IntentOf<T> = Intent<<T as frame_system::Config>::RuntimeCall>;

/// A signed intent of a runtime.
pub type SignedIntentOf<T> = SignedIntent<<T as frame_system::Config>::RuntimeCall>;

/// Why an intent was not carried out.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Refusal {
	/// Its end is past; sign again with a later one.
	#[codec(index = 0)]
	Expired,
	/// Its end lies further ahead than `MaxValidity`; sign again with an earlier one.
	#[codec(index = 1)]
	ValidTooLong,
	/// Lenders may not ask for this call.
	#[codec(index = 2)]
	CallNotAllowed,
	/// The lender used this sequence or a higher one; sign again with a higher one.
	#[codec(index = 3)]
	SequenceUsed,
	/// The row has no active key, for the reason given; a registrar binds one.
	#[codec(index = 4)]
	NoActiveKey(DispatchError),
	/// The signature is not that of the row's key over this intent on this chain.
	#[codec(index = 5)]
	BadSignature,
	/// What the intent asked for failed, and its sequence is used; sign again with a higher one.
	#[codec(index = 6)]
	CallFailed(DispatchError),
	/// Its sequence exceeds its end in milliseconds; sign again with a lower one or a later end.
	#[codec(index = 7)]
	SequenceTooHigh,
}

impl Refusal {
	/// With what the pool refuses an intent that comes alone.
	pub const fn in_pool(self) -> PoolRefusal {
		match self {
			Self::Expired => PoolRefusal::Expired,
			Self::ValidTooLong => PoolRefusal::ValidTooLong,
			Self::CallNotAllowed => PoolRefusal::CallNotAllowed,
			Self::SequenceUsed => PoolRefusal::SequenceUsed,
			Self::NoActiveKey(_) => PoolRefusal::NoActiveKey,
			Self::BadSignature => PoolRefusal::BadSignature,
			Self::CallFailed(_) => PoolRefusal::CallFailed,
			Self::SequenceTooHigh => PoolRefusal::SequenceTooHigh,
		}
	}
}

impl From<Refusal> for InvalidTransaction {
	fn from(refusal: Refusal) -> Self {
		Self::Custom(refusal.in_pool().code())
	}
}

impl From<PageError> for Refusal {
	/// A sequence that finds no place was never given out.
	fn from(_: PageError) -> Self {
		Self::SequenceUsed
	}
}

/// Bytes of a stored page of the sequence column.
pub(crate) const SEQUENCE_PAGE: usize = stored_bytes(LastSequence::WIDTH);

/// A page of the sequence column.
pub(crate) type SequencePage = Page<{ LastSequence::WIDTH as u32 }>;

/// The last sequence that a lender used; 0 in an empty cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct LastSequence(pub Sequence);

impl Cell for LastSequence {
	const WIDTH: usize = 8;

	fn write(&self, cell: &mut [u8]) {
		cell.iter_mut().zip(self.0.to_le_bytes()).for_each(|(to, from)| *to = from);
	}

	fn read(cell: &[u8]) -> Option<Self> {
		match cell.try_into().map(Sequence::from_le_bytes) {
			Ok(0) | Err(_) => None,
			Ok(sequence) => Some(Self(sequence)),
		}
	}
}
