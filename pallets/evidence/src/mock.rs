//! A chain with this pallet alone; cases and institutions are fakes.

use crate::{self as pallet_evidence, *};
use frame_support::{derive_impl, parameter_types, traits::SortedMembers};
use frame_system::{EnsureRoot, EnsureSignedBy};
use sp_runtime::{traits::ConstU32, BoundedVec, BuildStorage, DispatchError};
use winddown_primitives::{traits::EvidencePolicies, Arbiter, CaseTerms, Role, Stage};

pub const PLATFORM: u64 = 1;
pub const OTHER_PLATFORM: u64 = 2;
pub const OPERATOR: u64 = 10;
pub const ASSOCIATION: u64 = 11;
pub const REGISTRAR: u64 = 12;
pub const REGULATOR: u64 = 13;
/// An operator that also attests.
pub const OPERATOR_ARBITER: u64 = 14;
/// Arbitration institutions are `ARBITERS + 0`, `ARBITERS + 1` and so on, ten of them.
pub const ARBITERS: u64 = 100;

pub const CASE: CaseId = 0;
pub const OTHER_CASE: CaseId = 1;

pub const SKEW: Millis = 5_000;
pub const MAX_BATCH: u32 = 16;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Evidence: pallet_evidence,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
}

parameter_types! {
	pub static Now: Millis = 1_573_200_000_000;
	pub const ClockSkew: Millis = SKEW;
}

pub struct Clock;
impl Time for Clock {
	type Moment = Millis;
	fn now() -> Millis {
		Now::get()
	}
}

/// Two cases, each with its own platform.
pub struct TwoCases;
impl Cases<u64> for TwoCases {
	fn stage(case: CaseId) -> Result<Stage, DispatchError> {
		Self::platform(case).map(|_| Stage::Noticed)
	}
	fn platform(case: CaseId) -> Result<u64, DispatchError> {
		match case {
			CASE => Ok(PLATFORM),
			OTHER_CASE => Ok(OTHER_PLATFORM),
			_ => Err(DispatchError::Other("unknown case")),
		}
	}
	fn association(_: CaseId) -> Result<u64, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn terms(_: CaseId) -> Result<CaseTerms, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn confirm_until(_: CaseId) -> Result<Millis, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn advance(_: CaseId, _: Stage) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
}

pub struct Roster;
impl Institutions<u64> for Roster {
	fn holds(who: &u64, role: Role) -> bool {
		match role {
			Role::Platform => [PLATFORM, OTHER_PLATFORM].contains(who),
			Role::Operator => [OPERATOR, OPERATOR_ARBITER].contains(who),
			Role::Association => *who == ASSOCIATION,
			Role::Registrar => *who == REGISTRAR,
			Role::Regulator => *who == REGULATOR,
			Role::Arbiter => *who == OPERATOR_ARBITER || (ARBITERS..ARBITERS + 10).contains(who),
			Role::Council => false,
		}
	}
}

pub struct Depositors;
impl SortedMembers<u64> for Depositors {
	fn sorted_members() -> Vec<u64> {
		vec![PLATFORM, OTHER_PLATFORM, OPERATOR, ASSOCIATION, REGISTRAR, OPERATOR_ARBITER]
	}
}

pub struct Arbiters;
impl SortedMembers<u64> for Arbiters {
	fn sorted_members() -> Vec<u64> {
		(OPERATOR_ARBITER..=OPERATOR_ARBITER).chain(ARBITERS..ARBITERS + 10).collect()
	}
}

impl Config for Test {
	type DepositOrigin = EnsureSignedBy<Depositors, u64>;
	type ArbiterOrigin = EnsureSignedBy<Arbiters, u64>;
	type CouncilOrigin = EnsureRoot<u64>;
	type Cases = TwoCases;
	type Institutions = Roster;
	type Time = Clock;
	type ClockSkew = ClockSkew;
	type MaxBatch = ConstU32<MAX_BATCH>;
	type WeightInfo = ();
	type BenchmarkHelper = Helper;
}

pub struct Helper;
impl BenchmarkHelper<RuntimeOrigin, u64> for Helper {
	fn case() -> CaseId {
		CASE
	}
	fn depositor() -> (RuntimeOrigin, u64) {
		(RuntimeOrigin::signed(OPERATOR), OPERATOR)
	}
	fn arbiter(index: u32) -> (RuntimeOrigin, u64) {
		let who = ARBITERS + u64::from(index);
		(RuntimeOrigin::signed(who), who)
	}
	fn council() -> RuntimeOrigin {
		RuntimeOrigin::root()
	}
}

/// A policy that asks these institutions, by number from [`ARBITERS`].
pub fn policy(
	independent: &[u64],
	related: &[u64],
	required: u8,
	required_independent: u8,
) -> PolicyOf<Test> {
	let arbiter = |relation| move |number: &u64| Arbiter { account: ARBITERS + number, relation };
	let arbiters = independent
		.iter()
		.map(arbiter(Relation::Independent))
		.chain(related.iter().map(arbiter(Relation::Related)));
	AttestationPolicy {
		arbiters: BoundedVec::truncate_from(arbiters.collect()),
		required,
		independent: required_independent,
	}
}

/// Both cases follow one policy: by default arbiters 0 and 1 are independent, 2 is related, and
/// two of the three must confirm, one of them independent.
pub struct ExtBuilder {
	policy: Option<PolicyOf<Test>>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { policy: Some(policy(&[0, 1], &[2], 2, 1)) }
	}
}

impl ExtBuilder {
	pub fn with_policy(mut self, policy: PolicyOf<Test>) -> Self {
		self.policy = Some(policy);
		self
	}

	pub fn without_policy(mut self) -> Self {
		self.policy = None;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let storage = frame_system::GenesisConfig::<Test>::default().build_storage();
		let mut ext = sp_io::TestExternalities::new(storage.expect("the storage is empty"));
		ext.execute_with(|| {
			System::set_block_number(1);
			if let Some(policy) = self.policy {
				for case in [CASE, OTHER_CASE] {
					assert!(Evidence::set_initial_policy(case, policy.clone()).is_ok());
				}
			}
			System::reset_events();
		});
		ext
	}

	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Evidence::do_try_state().expect("the storage keeps its invariants");
		});
	}
}
