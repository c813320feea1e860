//! The wind-down itself: cases, identities, claims, intents, polls, committees, repayment, evidence.
//!
//! Here the runtime says which pallet answers which question of `winddown_primitives::traits`.

use crate::{
	configs::{governance::EnsureRootOrCouncil, system::MINUTES},
	Cases, Claims, CommitteeElection, Consortium, Evidence, IdentityRegistry, Polls, RepaymentVote,
	Runtime, RuntimeCall, Timestamp,
};
use frame_support::{
	dispatch::DispatchResult,
	traits::{ConstU32, ConstU64, Contains, Get},
	weights::Weight,
};
use pallet_consortium::{
	EnsureArbiter, EnsureAssociation, EnsureInstitution, EnsureOperator, EnsurePlatform,
	EnsureRegistrar, EnsureRegulator, EnsureRole,
};
use winddown_primitives::{LenderRef, Millis, Role, Roles};

/// A day, in milliseconds.
const DAY: Millis = 24 * 60 * 60 * 1_000;
/// The longest window that the terms of a case may name, in milliseconds.
pub const MAX_WINDOW: Millis = 400 * DAY;
/// The longest time for which a general poll stays open, in milliseconds. It has no consequence on
/// chain and keeps the roll fixed, so three months must do.
pub const MAX_GENERAL_WINDOW: Millis = 90 * DAY;

/// Who may deposit evidence.
type EnsureDepositor = EnsureRole<
	Runtime,
	{ Roles::new(&[Role::Operator, Role::Platform, Role::Association, Role::Registrar]).bits() },
>;
/// Who acts for a lender: a signed intent.
type EnsureLender = pallet_intents::EnsureLender;

impl pallet_cases::Config for Runtime {
	type PlatformOrigin = EnsurePlatform<Runtime>;
	type AssociationOrigin = EnsureAssociation<Runtime>;
	type RegulatorOrigin = EnsureRegulator<Runtime>;
	type CouncilOrigin = EnsureRootOrCouncil;
	type Institutions = Consortium;
	type Gate = (Claims, RepaymentVote);
	type Evidence = Evidence;
	type Policies = Evidence;
	type Time = Timestamp;
	type MaxWindow = ConstU64<MAX_WINDOW>;
	type WeightInfo = pallet_cases::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl pallet_identity_registry::Config for Runtime {
	type RegisterOrigin = EnsureRegistrar<Runtime>;
	type Cases = Cases;
	type Evidence = Evidence;
	type WeightInfo = pallet_identity_registry::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl pallet_claims::Config for Runtime {
	type ImportOrigin = EnsurePlatform<Runtime>;
	type ConfirmByCallOrigin = EnsureOperator<Runtime>;
	type AdjudicateOrigin = EnsureAssociation<Runtime>;
	type LenderOrigin = EnsureLender;
	type Cases = Cases;
	type Identities = IdentityRegistry;
	type Evidence = Evidence;
	type Time = Timestamp;
	type WeightInfo = pallet_claims::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

/// What a lender may ask for. No call of the list dispatches another one.
pub struct LenderCalls;

impl Contains<RuntimeCall> for LenderCalls {
	fn contains(call: &RuntimeCall) -> bool {
		matches!(
			call,
			RuntimeCall::Claims(
				pallet_claims::Call::confirm { .. } | pallet_claims::Call::dispute { .. }
			) | RuntimeCall::Polls(pallet_polls::Call::cast { .. })
				| RuntimeCall::CommitteeElection(
					pallet_committee_election::Call::nominate { .. }
						| pallet_committee_election::Call::withdraw { .. }
						| pallet_committee_election::Call::resign { .. }
						| pallet_committee_election::Call::propose_decision { .. }
						| pallet_committee_election::Call::decide { .. }
				) | RuntimeCall::RepaymentVote(
				pallet_repayment_vote::Call::acknowledge { .. }
					| pallet_repayment_vote::Call::complain { .. }
			)
		)
	}
}

impl pallet_intents::LenderCalls<RuntimeCall> for LenderCalls {
	fn carry_out(call: RuntimeCall, who: LenderRef) -> DispatchResult {
		match call {
			// Checks all before it writes.
			RuntimeCall::Polls(pallet_polls::Call::cast { poll, ballot, record }) => {
				Polls::cast_by(who, poll, ballot, record)
			}
			call => pallet_intents::dispatch(call, who),
		}
	}
}

impl pallet_intents::Config for Runtime {
	type WeightInfo = pallet_intents::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type CarrierOrigin = EnsureOperator<Runtime>;
	type Keys = IdentityRegistry;
	type LenderCalls = LenderCalls;
	type MaxValidity = ConstU64<{ 30 * DAY }>;
	// Behind every institution: a flood of single intents delays nobody's work.
	type Priority = ConstU64<{ 1 << 31 }>;
	type Longevity = ConstU64<{ 10 * MINUTES as u64 }>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

/// The dearest of what a closed poll may bring about: a committee, a recall, or an adopted plan.
pub struct ListenerWeight;

impl Get<Weight> for ListenerWeight {
	fn get() -> Weight {
		use pallet_committee_election::WeightInfo as _;
		use pallet_repayment_vote::WeightInfo as _;
		type Election = <Runtime as pallet_committee_election::Config>::WeightInfo;
		type Repayment = <Runtime as pallet_repayment_vote::Config>::WeightInfo;

		Election::conclude_first_ballot()
			.max(Election::conclude_recall())
			.max(Repayment::conclude_vote())
	}
}

impl pallet_polls::Config for Runtime {
	type WeightInfo = pallet_polls::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type LenderOrigin = EnsureLender;
	type OpenOrigin = EnsureAssociation<Runtime>;
	type CloseOrigin = EnsureInstitution<Runtime>;
	type Cases = Cases;
	type Roll = Claims;
	type Evidence = Evidence;
	type Listener = (CommitteeElection, RepaymentVote);
	type ListenerWeight = ListenerWeight;
	type MaxOpenPolls = ConstU32<8>;
	type MaxWindow = ConstU64<MAX_WINDOW>;
	type MaxGeneralWindow = ConstU64<MAX_GENERAL_WINDOW>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

/// Nominations stay open as long as the shortest ballot.
pub struct MinNominationWindow;

impl Get<Millis> for MinNominationWindow {
	fn get() -> Millis {
		pallet_cases::Minimums::<Runtime>::get().voting
	}
}

impl pallet_committee_election::Config for Runtime {
	type OrganiseOrigin = EnsureAssociation<Runtime>;
	type LenderOrigin = EnsureLender;
	type Time = Timestamp;
	type Cases = Cases;
	type Roll = Claims;
	type Polls = Polls;
	type Evidence = Evidence;
	type MinNominationWindow = MinNominationWindow;
	type MaxNominationWindow = ConstU64<MAX_WINDOW>;
	type MaxOpenDecisions = ConstU32<8>;
	type WeightInfo = pallet_committee_election::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl pallet_repayment_vote::Config for Runtime {
	type ProposeOrigin = EnsurePlatform<Runtime>;
	type OrganiseOrigin = EnsureAssociation<Runtime>;
	type ReportOrigin = EnsurePlatform<Runtime>;
	type FlagOrigin = EnsureInstitution<Runtime>;
	type LenderOrigin = EnsureLender;
	type Time = Timestamp;
	type Cases = Cases;
	type Claims = Claims;
	type Review = CommitteeElection;
	type Polls = Polls;
	type Evidence = Evidence;
	type WeightInfo = pallet_repayment_vote::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl pallet_evidence::Config for Runtime {
	type DepositOrigin = EnsureDepositor;
	type ArbiterOrigin = EnsureArbiter<Runtime>;
	type CouncilOrigin = EnsureRootOrCouncil;
	type Cases = Cases;
	type Institutions = Consortium;
	type Time = Timestamp;
	// Clocks of institutions may run ahead of a block by this much.
	type ClockSkew = ConstU64<60_000>;
	type MaxBatch = ConstU32<256>;
	type WeightInfo = pallet_evidence::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}
