//! What a lender's intent can do, and why one is refused.

mod ballots;
mod calls;
mod refusals;

use crate::{
	case::Draft,
	chain::{bare, general},
};
use pallet_intents::{Call, SignedIntent};
use winddown_runtime::{RuntimeCall, UncheckedExtrinsic};

/// The transaction with which anybody carries one intent.
fn lone(signed: SignedIntent<RuntimeCall>) -> UncheckedExtrinsic {
	general(Call::submit { signed: Box::new(signed) })
}

/// Both transactions with which anybody carries one intent: a general and a bare one.
fn both(signed: SignedIntent<RuntimeCall>) -> [UncheckedExtrinsic; 2] {
	[lone(signed.clone()), bare(Call::submit { signed: Box::new(signed) })]
}

/// The signed intent of a draft in which something is changed before it is signed.
fn signed_with(draft: &Draft, change: impl FnOnce(&mut Draft)) -> SignedIntent<RuntimeCall> {
	let mut draft = draft.clone();
	change(&mut draft);
	draft.signed()
}
