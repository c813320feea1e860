//! Tests of the node permission.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

mod genesis;
mod invariants;
mod manage;
mod peer_id;

type PalletError = Error<Test>;
type PalletEvent = Event<Test>;
