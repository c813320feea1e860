//! Who decides what: the consortium, its council, proxies, and the superuser of a development chain.

use crate::{
	configs::{
		acting::ProxiesAndMultisigs,
		system::{RuntimeBlockWeights, DAYS},
	},
	AccountId, Council, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, Contains, EitherOfDiverse, InstanceFilter},
	weights::Weight,
};
use frame_system::{EnsureNever, EnsureRoot};
use pallet_collective::EnsureProportionAtLeast;
use pallet_consortium::{AdmissionLimits, CallClass, ClassLimits, Classify};
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
	pub MaxProposalWeight: Weight = Perbill::from_percent(25) * RuntimeBlockWeights::get().max_block;
	pub const MotionDuration: crate::BlockNumber = 7 * DAYS;
}

/// Most members of the council.
const MAX_COUNCIL: u32 = 32;

parameter_types! {
	/// A token is a millisecond of a block. One institution may send a thousand light bulk calls at a stroke,
	/// then 64 of them a block; with heavy ones it fills, in the long run, a quarter of what transactions
	/// may weigh (1,125 ms), an operator four fifths, so that lenders' own intents always find room. Urgent
	/// ones cost four times as much: what is kept for them (375 ms) serves many institutions.
	pub const Limits: AdmissionLimits = AdmissionLimits {
		burst: 4_096,
		refill_per_block: 256,
		operator_refill_per_block: 896,
		// Long enough for a runtime in an upgrade.
		bulk: ClassLimits { cost: 4, per_milli: 1, max_length: 3 * 1024 * 1024 },
		ordinary: ClassLimits { cost: 1, per_milli: 1, max_length: 64 * 1024 },
		urgent: ClassLimits { cost: 1, per_milli: 4, max_length: 64 * 1024 },
	};
}

/// The class of each call of the runtime.
pub struct CallClasses;

impl Classify<RuntimeCall> for CallClasses {
	fn classify(call: &RuntimeCall) -> CallClass {
		use pallet_multisig::Call as Multisig;
		use pallet_proxy::Call as Proxy;
		use pallet_utility::Call as Utility;

		match call {
			RuntimeCall::Evidence(..) | RuntimeCall::Council(..) | RuntimeCall::Consortium(..) => {
				CallClass::Urgent
			}
			RuntimeCall::Claims(
				pallet_claims::Call::import { .. }
				| pallet_claims::Call::clear { .. }
				| pallet_claims::Call::confirm_by_call { .. }
				| pallet_claims::Call::deem_confirmed { .. },
			)
			| RuntimeCall::IdentityRegistry(pallet_identity_registry::Call::register_batch {
				..
			})
			| RuntimeCall::Intents(pallet_intents::Call::submit_batch { .. }) => CallClass::Bulk,
			RuntimeCall::Preimage(..)
			| RuntimeCall::System(frame_system::Call::apply_authorized_upgrade { .. }) => CallClass::Bulk,
			RuntimeCall::Utility(Utility::batch { calls })
			| RuntimeCall::Utility(Utility::batch_all { calls })
			| RuntimeCall::Utility(Utility::force_batch { calls }) => dearest(calls.iter()),
			RuntimeCall::Utility(Utility::if_else { main, fallback }) => {
				dearest([&**main, &**fallback].into_iter())
			}
			RuntimeCall::Utility(Utility::as_derivative { call, .. })
			| RuntimeCall::Multisig(Multisig::as_multi { call, .. })
			| RuntimeCall::Multisig(Multisig::as_multi_threshold_1 { call, .. })
			| RuntimeCall::Proxy(Proxy::proxy { call, .. })
			| RuntimeCall::Proxy(Proxy::proxy_announced { call, .. }) => Self::classify(call),
			_ => CallClass::Ordinary,
		}
	}
}

/// Bulk if one of `calls` is, urgent if all are.
fn dearest<'a>(calls: impl Iterator<Item = &'a RuntimeCall> + Clone) -> CallClass {
	let mut classes = calls.map(CallClasses::classify);
	if classes.clone().any(|class| class == CallClass::Bulk) {
		CallClass::Bulk
	} else if classes.clone().next().is_some() && classes.all(|class| class == CallClass::Urgent) {
		CallClass::Urgent
	} else {
		CallClass::Ordinary
	}
}

/// What two thirds of the council may have carried out as Root: what an SDK's pallet leaves to nobody else.
/// Nothing that writes into the state at will, by which a roll, a ballot or a record could be changed, and
/// nothing that holds another call.
pub struct EnactableCalls;

impl Contains<RuntimeCall> for EnactableCalls {
	fn contains(call: &RuntimeCall) -> bool {
		use frame_system::Call as System;

		matches!(
			call,
			RuntimeCall::System(
				System::authorize_upgrade { .. }
					| System::authorize_upgrade_without_checks { .. }
					| System::set_heap_pages { .. }
					| System::remark { .. },
			) | RuntimeCall::Grandpa(pallet_grandpa::Call::note_stalled { .. })
				| RuntimeCall::Council(
					pallet_collective::Call::disapprove_proposal { .. }
						| pallet_collective::Call::kill { .. },
				)
		)
	}
}

impl pallet_consortium::Config for Runtime {
	type CouncilOrigin = EnsureRootOrCouncil;
	type CouncilMembers = Council;
	type MinCouncil = ConstU32<3>;
	type MaxCouncil = ConstU32<MAX_COUNCIL>;
	type MaxInstitutions = ConstU32<512>;
	type CallClass = CallClasses;
	type ActingFor = ProxiesAndMultisigs;
	type Enactable = EnactableCalls;
	type Limits = Limits;
	type WeightInfo = pallet_consortium::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl pallet_collective::Config<CouncilInstance> for Runtime {
	type RuntimeOrigin = RuntimeOrigin;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type MotionDuration = MotionDuration;
	type MaxProposals = ConstU32<32>;
	type MaxMembers = ConstU32<MAX_COUNCIL>;
	// No prime member: silence is a no.
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
	// Members change with the consortium's list alone, or the two could part.
	type SetMembersOrigin = EnsureNever<()>;
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
