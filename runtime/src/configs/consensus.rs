//! Who authors and finalises blocks.

use crate::{
	configs::system::SLOT_DURATION, no_currency::NoCurrency, AccountId, BlockNumber, Runtime,
	RuntimeEvent, SessionKeys,
};
use frame_support::traits::{ConstBool, ConstU128, ConstU32, ConstU64};
use pallet_session::PeriodicSessions;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::traits::{ConvertInto, OpaqueKeys};

/// Blocks in a session: one minute. A change of the validators takes effect two sessions later.
///
/// The first block of a session carries no normal transactions, because pallet-session declares
/// its rotation as a whole block.
pub const SESSION_LENGTH: BlockNumber = 20;
/// Most validators at a time.
pub const MAX_VALIDATORS: u32 = 64;

type MaxAuthorities = ConstU32<MAX_VALIDATORS>;

impl pallet_aura::Config for Runtime {
	type AuthorityId = AuraId;
	type MaxAuthorities = MaxAuthorities;
	type DisabledValidators = crate::Session;
	type AllowMultipleBlocksPerSlot = ConstBool<false>;
	type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = ConstU32<0>;
	// Only needed to check reports of equivocation, which the chain does not take.
	type MaxSetIdSessionEntries = ConstU64<0>;
	type KeyOwnerProof = sp_core::Void;
	type EquivocationReportSystem = ();
}

type SessionPeriod = ConstU32<SESSION_LENGTH>;

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = PeriodicSessions<SessionPeriod, ConstU32<0>>;
	type NextSessionRotation = PeriodicSessions<SessionPeriod, ConstU32<0>>;
	type SessionManager = ();
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = ();
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = NoCurrency;
	type KeyDeposit = ConstU128<0>;
}
