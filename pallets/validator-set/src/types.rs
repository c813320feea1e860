//! Types and glue traits of the validator set.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::dispatch::DispatchResult;
use scale_info::TypeInfo;

/// Where an institution stands between the council's decision and the authoring of blocks.
#[derive(
	Clone,
	Copy,
	Debug,
	Eq,
	PartialEq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ValidatorStatus {
	/// Chosen by the council, does not author yet.
	Incoming,
	/// Chosen by the council and authoring.
	Active,
	/// Removed by the council, authors until its last session is over.
	Outgoing,
}

/// The session keys of the institutions, kept by the session pallet.
pub trait NodeKeys<AccountId> {
	/// Whether `who` has set the keys of its node.
	fn are_set(who: &AccountId) -> bool;
	/// Removes the keys of `who`, and with them the consumer reference that they hold.
	fn purge(who: &AccountId) -> DispatchResult;
}

/// What a benchmark needs of the runtime around the pallet.
#[cfg(any(test, feature = "runtime-benchmarks"))]
pub trait BenchmarkHelper<RuntimeOrigin, AccountId> {
	/// An origin that may manage the set.
	fn manage_origin() -> RuntimeOrigin;
	/// An institution, different for each `seed`, whose node has its keys set.
	fn institution_with_keys(seed: u32) -> AccountId;
}
