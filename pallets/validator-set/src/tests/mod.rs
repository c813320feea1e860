//! Tests of the validator set, on the real session pallet.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

mod genesis;
mod invariants;
mod manage;
mod sessions;

type PalletError = Error<Test>;
type PalletEvent = Event<Test>;

/// Who authors, by the keys handed to consensus.
fn authors() -> Vec<AccountId> {
	AuthoringKeys::get().into_iter().map(Into::into).collect()
}
