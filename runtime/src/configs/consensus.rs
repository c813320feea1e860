//! Who authors and finalises blocks.

use crate::{
	configs::{governance::EnsureRootOrCouncil, system::SLOT_DURATION},
	no_currency::NoCurrency,
	AccountId, BlockNumber, Consortium, Runtime, RuntimeEvent, RuntimeOrigin, Session, SessionKeys,
	ValidatorSet,
};
use frame_support::{
	dispatch::DispatchResult,
	traits::{ConstBool, ConstU128, ConstU32, ConstU64, ValidatorRegistration},
};
use frame_system::RawOrigin;
use pallet_session::PeriodicSessions;
use pallet_validator_set::NodeKeys;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::traits::{ConvertInto, OpaqueKeys};

/// Blocks in a session: one minute. A change of the validators takes effect one session after the
/// next boundary, so within two minutes.
///
/// The first block of a session takes no normal transaction, because pallet-session declares its
/// rotation as heavy as a whole block: one block in twenty.
pub const SESSION_LENGTH: BlockNumber = 20;
/// Most validators at a time.
pub const MAX_VALIDATORS: u32 = 64;

type MaxAuthorities = ConstU32<MAX_VALIDATORS>;

impl pallet_aura::Config for Runtime {
	type AuthorityId = AuraId;
	type MaxAuthorities = MaxAuthorities;
	type DisabledValidators = Session;
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
	type SessionManager = ValidatorSet;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = ();
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = NoCurrency;
	type KeyDeposit = ConstU128<0>;
}

/// The keys that institutions set for their nodes with the session pallet.
pub struct SessionPalletKeys;

impl NodeKeys<AccountId> for SessionPalletKeys {
	fn are_set(who: &AccountId) -> bool {
		Session::is_registered(who)
	}

	fn purge(who: &AccountId) -> DispatchResult {
		Session::purge_keys(RuntimeOrigin::from(RawOrigin::Signed(who.clone())))
	}
}

impl pallet_validator_set::Config for Runtime {
	type ManageOrigin = EnsureRootOrCouncil;
	type Institutions = Consortium;
	type Keys = SessionPalletKeys;
	type MaxValidators = ConstU32<MAX_VALIDATORS>;
	type WeightInfo = pallet_validator_set::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl pallet_node_permission::Config for Runtime {
	type ManageOrigin = EnsureRootOrCouncil;
	type Institutions = Consortium;
	type MaxPeers = ConstU32<256>;
	type WeightInfo = pallet_node_permission::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}
