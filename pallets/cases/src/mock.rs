//! A chain with this pallet alone; institutions, gates and evidence are fakes.

use crate::{self as pallet_cases, *};
use frame_support::{derive_impl, parameter_types, traits::SortedMembers};
use frame_system::{EnsureRoot, EnsureSignedBy};
use sp_runtime::{traits::ConstU32, BoundedVec, BuildStorage};
use winddown_primitives::{
	rules::Preset, Arbiter, CandidateOrder, DeemedConfirmation, EvidenceId, Relation, TieBreak,
};

pub const PLATFORM: u64 = 1;
/// A platform that may still sign, and lost its role in the meantime.
pub const FALLEN_PLATFORM: u64 = 2;
pub const ASSOCIATION: u64 = 10;
pub const OTHER_ASSOCIATION: u64 = 11;
pub const REGULATOR: u64 = 20;

pub const DAY: Millis = 24 * 60 * 60 * 1_000;
/// 8 November 2019, the day of the notice in the case that this project follows.
pub const NOTICE_DAY: Millis = 1_573_171_200_000;
pub const MINIMUMS: MinimumWindows =
	MinimumWindows { notice: 4 * DAY, confirmation: 5 * DAY, voting: 3 * DAY, review: 2 * DAY };
pub const LONGEST: Millis = 365 * DAY;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Cases: pallet_cases,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
}

parameter_types! {
	pub static Now: Millis = NOTICE_DAY;
	/// What the gate was asked, and whether it lets the case pass.
	pub static Asked: Vec<(CaseId, Stage, Stage)> = vec![];
	pub static GateOpen: bool = true;
	/// What was deposited as evidence, and the policies set.
	pub static Deposited: Vec<(CaseId, EvidenceKind, Digest)> = vec![];
	pub static PoliciesSet: Vec<(CaseId, AttestationPolicy<u64>)> = vec![];
	pub const MaxWindow: Millis = LONGEST;
}

pub const NOT_READY: DispatchError = DispatchError::Other("not ready");
pub const BAD_POLICY: DispatchError = DispatchError::Other("bad policy");

pub struct Clock;
impl Time for Clock {
	type Moment = Millis;
	fn now() -> Millis {
		Now::get()
	}
}

pub struct Roster;
impl Institutions<u64> for Roster {
	fn holds(who: &u64, role: Role) -> bool {
		match role {
			Role::Platform => *who == PLATFORM,
			Role::Association => [ASSOCIATION, OTHER_ASSOCIATION].contains(who),
			Role::Regulator => *who == REGULATOR,
			_ => false,
		}
	}
}

pub struct Platforms;
impl SortedMembers<u64> for Platforms {
	fn sorted_members() -> Vec<u64> {
		vec![PLATFORM, FALLEN_PLATFORM]
	}
}

pub struct Associations;
impl SortedMembers<u64> for Associations {
	fn sorted_members() -> Vec<u64> {
		vec![ASSOCIATION, OTHER_ASSOCIATION]
	}
}

pub struct Regulators;
impl SortedMembers<u64> for Regulators {
	fn sorted_members() -> Vec<u64> {
		vec![REGULATOR]
	}
}

pub struct Gate;
impl StageGate for Gate {
	fn ensure_ready(case: CaseId, from: Stage, to: Stage) -> DispatchResult {
		Asked::mutate(|asked| asked.push((case, from, to)));
		ensure!(GateOpen::get(), NOT_READY);
		Ok(())
	}
}

pub struct Notary;
impl EvidenceSink for Notary {
	fn deposit_result(
		case: CaseId,
		kind: EvidenceKind,
		digest: Digest,
	) -> Result<EvidenceId, DispatchError> {
		// As the real one does: no evidence before the policy is set.
		ensure!(PoliciesSet::get().iter().any(|(of, _)| *of == case), BAD_POLICY);
		Deposited::mutate(|all| all.push((case, kind, digest)));
		Ok(Deposited::get().len() as EvidenceId)
	}
	fn ensure_usable(_: CaseId, _: EvidenceId, _: EvidenceKind) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
}
impl EvidencePolicies<u64> for Notary {
	fn set_initial_policy(case: CaseId, policy: AttestationPolicy<u64>) -> DispatchResult {
		ensure!(policy.is_valid(), BAD_POLICY);
		PoliciesSet::mutate(|all| all.push((case, policy)));
		Ok(())
	}
}

impl Config for Test {
	type PlatformOrigin = EnsureSignedBy<Platforms, u64>;
	type AssociationOrigin = EnsureSignedBy<Associations, u64>;
	type RegulatorOrigin = EnsureSignedBy<Regulators, u64>;
	type CouncilOrigin = EnsureRoot<u64>;
	type Institutions = Roster;
	type Gate = Gate;
	type Evidence = Notary;
	type Policies = Notary;
	type Time = Clock;
	type MaxWindow = MaxWindow;
	type WeightInfo = ();
	type BenchmarkHelper = Helper;
}

pub struct Helper;
impl BenchmarkHelper<RuntimeOrigin, u64> for Helper {
	fn platform() -> (RuntimeOrigin, u64) {
		(RuntimeOrigin::signed(PLATFORM), PLATFORM)
	}
	fn association() -> (RuntimeOrigin, u64) {
		(RuntimeOrigin::signed(ASSOCIATION), ASSOCIATION)
	}
	fn regulator() -> RuntimeOrigin {
		RuntimeOrigin::signed(REGULATOR)
	}
	fn council() -> RuntimeOrigin {
		RuntimeOrigin::root()
	}
	fn policy() -> AttestationPolicy<u64> {
		policy()
	}
	fn set_time(now: Millis) {
		Now::set(now);
	}
	fn lock_roll(case: CaseId) {
		let locked = <Cases as CasesTrait<u64>>::advance(case, Stage::Confirming);
		assert_eq!(locked, Ok(()));
	}
}

pub fn policy() -> AttestationPolicy<u64> {
	let arbiter = Arbiter { account: 100, relation: Relation::Independent };
	AttestationPolicy {
		arbiters: BoundedVec::<_, ConstU32<8>>::truncate_from(vec![arbiter]),
		required: 1,
		independent: 1,
	}
}

/// Terms with the shortest windows that the chain allows.
pub fn terms() -> CaseTerms {
	CaseTerms {
		resolution: Preset::SzTwoThirdsDoubleHalf.rule(),
		election: Preset::SzTwoThirdsDoubleHalf.rule(),
		plan: Preset::EblClassPlan.rule(),
		max_rounds: 2,
		max_revotes: 3,
		seats: 7,
		reserves: 7,
		candidate_floor: 0,
		candidate_order: CandidateOrder::Nomination,
		tie_break: TieBreak::Nomination,
		deemed: DeemedConfirmation::Never,
		confirmation_window: MINIMUMS.confirmation,
		voting_window: MINIMUMS.voting,
		review_window: MINIMUMS.review,
		grace: 0,
	}
}

pub struct ExtBuilder {
	minimums: MinimumWindows,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { minimums: MINIMUMS }
	}
}

impl ExtBuilder {
	pub fn with_minimums(mut self, minimums: MinimumWindows) -> Self {
		self.minimums = minimums;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		Now::set(NOTICE_DAY);
		Asked::set(vec![]);
		GateOpen::set(true);
		Deposited::set(vec![]);
		PoliciesSet::set(vec![]);
		let cases = CasesConfig { minimums: self.minimums, ..Default::default() };
		let storage = RuntimeGenesisConfig { cases, ..Default::default() }.build_storage();
		let mut ext = sp_io::TestExternalities::new(storage.expect("the genesis is in order"));
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Cases::do_try_state().expect("the storage keeps its invariants");
		});
	}
}
