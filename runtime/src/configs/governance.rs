//! Who decides what: the council, proxies, and the superuser of a development chain.

use crate::{
	configs::system::{RuntimeBlockWeights, DAYS},
	AccountId, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, EitherOfDiverse, InstanceFilter},
	weights::Weight,
};
use frame_system::EnsureRoot;
use pallet_collective::EnsureProportionAtLeast;
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// The council of the institutions.
pub type CouncilInstance = pallet_collective::Instance1;
/// At least two thirds of all members of the council.
pub type EnsureTwoThirdsOfCouncil = EnsureProportionAtLeast<AccountId, CouncilInstance, 2, 3>;
/// Root, or two thirds of the council.
pub type EnsureRootOrCouncil = EitherOfDiverse<EnsureRoot<AccountId>, EnsureTwoThirdsOfCouncil>;

parameter_types! {
	/// A motion is never heavier than a normal transaction may be.
	pub MaxProposalWeight: Weight = Perbill::from_percent(50) * RuntimeBlockWeights::get().max_block;
	pub const MotionDuration: crate::BlockNumber = 7 * DAYS;
}

impl pallet_collective::Config<CouncilInstance> for Runtime {
	type RuntimeOrigin = RuntimeOrigin;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type MotionDuration = MotionDuration;
	type MaxProposals = ConstU32<32>;
	type MaxMembers = ConstU32<32>;
	// No prime member: silence is a no.
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
	type SetMembersOrigin = EnsureRoot<AccountId>;
	type MaxProposalWeight = MaxProposalWeight;
	type DisapproveOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type Consideration = ();
}

/// The superuser exists on a development chain only: no other genesis preset sets its key, and
/// without a key every call of it fails.
impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}

/// What an institution may hand to another key of its own.
#[derive(
	Copy,
	Clone,
	Debug,
	Default,
	Eq,
	PartialEq,
	Ord,
	PartialOrd,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyKind {
	/// Everything.
	#[default]
	Any,
	/// Motions and votes of the council.
	Governance,
	/// The daily work: everything but the council, the proxies themselves and the node's keys.
	Operations,
}

impl InstanceFilter<RuntimeCall> for ProxyKind {
	fn filter(&self, call: &RuntimeCall) -> bool {
		match self {
			Self::Any => true,
			Self::Governance => matches!(call, RuntimeCall::Council(..)),
			Self::Operations => !matches!(
				call,
				RuntimeCall::Council(..)
					| RuntimeCall::Proxy(..)
					| RuntimeCall::Session(..)
					| RuntimeCall::Sudo(..)
			),
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		self == other || *self == Self::Any
	}
}
