//! A runtime around the pallet whose neighbours are fakes. They keep their state in storage, so
//! that a failed call undoes it as it does on a chain.

use crate as pallet_repayment_vote;
use crate::*;
use codec::{Decode, Encode};
use frame_support::{
	assert_ok, derive_impl, parameter_types, storage::with_storage_layer, traits::ConstU32,
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_runtime::BuildStorage;
use std::collections::{BTreeMap, BTreeSet};
use winddown_primitives::{
	rules::Preset, traits::Opinion, CandidateOrder, CaseTerms, DeemedConfirmation, EvidenceId,
	TieBreak, Votes, MAX_ITEMS,
};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

/// The association that opened another case.
pub const OTHER_ASSOCIATION: AccountId = 0;
pub const ASSOCIATION: AccountId = 1;
pub const PLATFORM: AccountId = 2;
/// The platform of another case.
pub const OTHER_PLATFORM: AccountId = 3;
pub const REGULATOR: AccountId = 4;
/// Accounts of institutions lie below this, those of lenders above: 1,000 for each case.
const LENDER_ACCOUNTS: AccountId = 1_000;
/// The case of most tests.
pub const CASE: CaseId = 7;
/// Another case, of another platform and another association.
pub const OTHER_CASE: CaseId = 8;
/// The clock at the beginning.
pub const START: Millis = 1_000_000;
pub const REVIEW: Millis = 2_000;
pub const VOTING: Millis = 5_000;
pub const GRACE: Millis = 700;
/// Lenders of each case with a claim: rows 0 to 199.
pub const LENDERS: u32 = 200;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		RepaymentVote: pallet_repayment_vote,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

#[derive(Clone, Encode, Decode)]
pub struct FakeCase {
	pub stage: Stage,
	pub platform: AccountId,
	pub terms: CaseTerms,
}

#[derive(Clone, Encode, Decode)]
pub struct FakePoll {
	pub case: CaseId,
	pub purpose: Purpose,
	pub items: BoundedVec<Item, ConstU32<MAX_ITEMS>>,
	pub closes_at: Millis,
	pub precedence: Precedence,
	pub open: bool,
}

parameter_types! {
	pub storage Now: Millis = START;
	pub storage FakeCases: BTreeMap<CaseId, FakeCase> = BTreeMap::new();
	pub storage Excluded: BTreeSet<LenderRef> = BTreeSet::new();
	pub storage Endorsed: BTreeSet<Digest> = BTreeSet::new();
	pub storage Objected: BTreeSet<Digest> = BTreeSet::new();
	pub storage OpenedPolls: Vec<FakePoll> = Vec::new();
	pub storage Deposits: Vec<(CaseId, EvidenceKind, Digest)> = Vec::new();
}

pub struct Clock;

impl Time for Clock {
	type Moment = Millis;

	fn now() -> Millis {
		Now::get()
	}
}

/// Institutions with an account between these two.
pub struct EnsureBetween<const FIRST: AccountId, const LAST: AccountId>;

impl<const FIRST: AccountId, const LAST: AccountId> EnsureOrigin<RuntimeOrigin>
	for EnsureBetween<FIRST, LAST>
{
	type Success = AccountId;

	fn try_origin(origin: RuntimeOrigin) -> Result<AccountId, RuntimeOrigin> {
		match origin.clone().into() {
			Ok(RawOrigin::Signed(who)) if (FIRST..=LAST).contains(&who) => Ok(who),
			_ => Err(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::signed(FIRST))
	}
}

pub struct EnsureLender;

impl EnsureOrigin<RuntimeOrigin> for EnsureLender {
	type Success = LenderRef;

	fn try_origin(origin: RuntimeOrigin) -> Result<LenderRef, RuntimeOrigin> {
		match origin.clone().into() {
			Ok(RawOrigin::Signed(who)) if who >= LENDER_ACCOUNTS => Ok(LenderRef {
				case: (who / LENDER_ACCOUNTS) as CaseId,
				lender: (who % LENDER_ACCOUNTS) as LenderIndex,
			}),
			_ => Err(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(lender(0))
	}
}

pub struct FakeCasesPallet;

impl FakeCasesPallet {
	fn get(case: CaseId) -> Result<FakeCase, DispatchError> {
		FakeCases::get().remove(&case).ok_or(DispatchError::Other("unknown case"))
	}
}

impl Cases<AccountId> for FakeCasesPallet {
	fn stage(case: CaseId) -> Result<Stage, DispatchError> {
		Ok(Self::get(case)?.stage)
	}

	fn platform(case: CaseId) -> Result<AccountId, DispatchError> {
		Ok(Self::get(case)?.platform)
	}

	fn association(case: CaseId) -> Result<AccountId, DispatchError> {
		let own = |_| if case == OTHER_CASE { OTHER_ASSOCIATION } else { ASSOCIATION };
		Self::get(case).map(own)
	}

	fn terms(case: CaseId) -> Result<CaseTerms, DispatchError> {
		Ok(Self::get(case)?.terms)
	}

	fn confirm_until(case: CaseId) -> Result<Millis, DispatchError> {
		Self::get(case).map(|_| START)
	}

	fn advance(case: CaseId, to: Stage) -> DispatchResult {
		ensure!(Self::get(case)?.stage.leads_to(to), DispatchError::Other("no such step"));
		set_stage(case, to);
		Ok(())
	}
}

pub struct FakeClaims;

impl ClaimAmounts for FakeClaims {
	fn amount(case: CaseId, lender: LenderIndex) -> Result<Fen, DispatchError> {
		let excluded = Excluded::get().contains(&LenderRef { case, lender });
		ensure!(lender < LENDERS && !excluded, DispatchError::Other("no claim"));
		Ok(10_000)
	}

	fn rows(_: CaseId) -> u32 {
		LENDERS
	}
}

pub struct FakeReview;

impl CommitteeReview for FakeReview {
	fn opinion(case: CaseId, document: &Digest) -> Option<Opinion> {
		if case == CASE && Endorsed::get().contains(document) {
			Some(Opinion::Endorsed)
		} else if case == CASE && Objected::get().contains(document) {
			Some(Opinion::Objected)
		} else {
			None
		}
	}
}

pub struct FakePolls;

impl PollEngine for FakePolls {
	fn open(poll: NewPoll) -> Result<PollId, DispatchError> {
		let NewPoll { case, purpose, items, closes_at, precedence } = poll;
		let window = FakeCasesPallet::terms(case)?.voting_window;
		ensure!(closes_at >= Now::get() + window, DispatchError::Other("closes too early"));
		ensure!(items.iter().all(Item::is_valid), DispatchError::Other("a bad item"));
		let mut polls = OpenedPolls::get();
		polls.push(FakePoll { case, purpose, items, closes_at, precedence, open: true });
		OpenedPolls::set(&polls);
		Ok(polls.len() as PollId)
	}
}

pub struct FakeEvidence;

impl EvidenceSink for FakeEvidence {
	fn deposit_result(
		case: CaseId,
		kind: EvidenceKind,
		digest: Digest,
	) -> Result<EvidenceId, DispatchError> {
		let mut deposits = Deposits::get();
		deposits.push((case, kind, digest));
		Deposits::set(&deposits);
		Ok(deposits.len() as EvidenceId)
	}

	fn ensure_usable(_: CaseId, _: EvidenceId, _: EvidenceKind) -> DispatchResult {
		Ok(())
	}
}

pub struct Helper;

impl BenchmarkHelper<RuntimeOrigin> for Helper {
	fn platform(_: CaseId) -> RuntimeOrigin {
		platform()
	}

	fn organiser() -> RuntimeOrigin {
		association()
	}

	fn flagger() -> RuntimeOrigin {
		RuntimeOrigin::signed(REGULATOR)
	}

	fn lender(who: LenderRef) -> RuntimeOrigin {
		lender_of(who.case, who.lender)
	}

	fn case_at(stage: Stage, _: u32) -> CaseId {
		set_stage(CASE, stage);
		CASE
	}

	fn set_now(now: Millis) {
		Now::set(&now);
	}
}

impl pallet_repayment_vote::Config for Test {
	type ProposeOrigin = EnsureBetween<PLATFORM, OTHER_PLATFORM>;
	type OrganiseOrigin = EnsureBetween<OTHER_ASSOCIATION, ASSOCIATION>;
	type ReportOrigin = EnsureBetween<PLATFORM, OTHER_PLATFORM>;
	type FlagOrigin = EnsureBetween<OTHER_ASSOCIATION, REGULATOR>;
	type LenderOrigin = EnsureLender;
	type Time = Clock;
	type Cases = FakeCasesPallet;
	type Claims = FakeClaims;
	type Review = FakeReview;
	type Polls = FakePolls;
	type Evidence = FakeEvidence;
	type WeightInfo = ();
	type BenchmarkHelper = Helper;
}

pub fn default_terms() -> CaseTerms {
	CaseTerms {
		resolution: Preset::CompanyOrdinary.rule(),
		election: Preset::CompanyOrdinary.rule(),
		plan: Preset::SzTwoThirdsDoubleHalf.rule(),
		max_rounds: 2,
		max_revotes: 3,
		seats: 5,
		reserves: 3,
		candidate_floor: 0,
		candidate_order: CandidateOrder::Nomination,
		tie_break: TieBreak::Nomination,
		deemed: DeemedConfirmation::Never,
		confirmation_window: 1_000,
		voting_window: VOTING,
		review_window: REVIEW,
		grace: GRACE,
	}
}

pub fn add_case(case: CaseId, platform: AccountId, stage: Stage, terms: CaseTerms) {
	let mut cases = FakeCases::get();
	cases.insert(case, FakeCase { stage, platform, terms });
	FakeCases::set(&cases);
}

pub fn set_stage(case: CaseId, stage: Stage) {
	let mut cases = FakeCases::get();
	cases.get_mut(&case).expect("the case exists").stage = stage;
	FakeCases::set(&cases);
}

pub fn stage() -> Stage {
	FakeCasesPallet::stage(CASE).expect("the case exists")
}

pub fn set_now(now: Millis) {
	Now::set(&now);
}

pub fn association() -> RuntimeOrigin {
	RuntimeOrigin::signed(ASSOCIATION)
}

pub fn platform() -> RuntimeOrigin {
	RuntimeOrigin::signed(PLATFORM)
}

/// A lender of the case of most tests.
pub fn lender(lender: LenderIndex) -> RuntimeOrigin {
	lender_of(CASE, lender)
}

pub fn lender_of(case: CaseId, lender: LenderIndex) -> RuntimeOrigin {
	RuntimeOrigin::signed(AccountId::from(case) * LENDER_ACCOUNTS + AccountId::from(lender))
}

pub fn digest(byte: u8) -> Digest {
	Digest::Sha256([byte; 32])
}

/// When the instalments of [`schedule`] are due.
pub const DUE: [Millis; 3] = [START + 100_000, START + 200_000, START + 300_000];
/// What they promise.
pub const AMOUNTS: [Fen; 3] = [200, 350, 450];

/// Three instalments.
pub fn schedule() -> Instalments {
	let instalments = DUE.iter().zip(AMOUNTS);
	let instalments = instalments.map(|(due_at, amount)| Instalment { due_at: *due_at, amount });
	instalments.collect::<Vec<_>>().try_into().expect("three fit")
}

/// Proposes a plan with [`schedule`] and this document.
pub fn propose(document: u8) -> PlanId {
	let next = PlanCount::<Test>::get(CASE);
	assert_ok!(RepaymentVote::propose_plan(platform(), CASE, digest(document), schedule()));
	next
}

/// Opens a vote on these plans, which the committee endorsed.
pub fn open_vote(plans: &[PlanId]) -> PollId {
	let mut endorsed = Endorsed::get();
	for plan in plans {
		endorsed.insert(Plans::<Test>::get(CASE, plan).expect("the plan exists").document);
	}
	Endorsed::set(&endorsed);
	assert_ok!(try_open_vote(plans));
	OpenedPolls::get().len() as PollId
}

pub fn try_open_vote(plans: &[PlanId]) -> DispatchResult {
	let plans = plans.to_vec().try_into().expect("few plans");
	RepaymentVote::open_vote(association(), CASE, plans, Now::get() + VOTING)
}

/// Closes a poll with these outcomes, as the engine does: an error keeps it open.
pub fn close_poll(poll: PollId, outcomes: &[ItemOutcome]) -> DispatchResult {
	with_storage_layer(|| {
		let mut polls = OpenedPolls::get();
		let FakePoll { case, purpose, open, closes_at, .. } = &mut polls[poll as usize - 1];
		assert!(*open, "a poll closes once");
		*open = false;
		let (case, purpose, closes_at) = (*case, *purpose, *closes_at);
		OpenedPolls::set(&polls);
		if Now::get() < closes_at {
			set_now(closes_at);
		}
		let results: Vec<_> = outcomes
			.iter()
			.map(|outcome| ItemResult {
				options: Default::default(),
				abstained: Votes::default(),
				outcome: outcome.clone(),
				ties: Default::default(),
			})
			.collect();
		RepaymentVote::poll_closed(case, poll, purpose, &results)
	})
}

/// Cancels a poll, as the engine does.
pub fn cancel_poll(poll: PollId) -> DispatchResult {
	with_storage_layer(|| {
		let mut polls = OpenedPolls::get();
		let FakePoll { case, purpose, open, .. } = &mut polls[poll as usize - 1];
		assert!(*open, "a poll that is open is cancelled");
		*open = false;
		let (case, purpose) = (*case, *purpose);
		OpenedPolls::set(&polls);
		RepaymentVote::poll_cancelled(case, poll, purpose)
	})
}

/// Adopts a plan with [`schedule`] by one vote.
pub fn adopt_a_plan() {
	let plan = propose(1);
	let poll = open_vote(&[plan]);
	assert_ok!(close_poll(poll, &[ItemOutcome::Passed]));
}

pub fn pay(instalment: InstalmentIndex, amount: Fen, list: u8) -> DispatchResult {
	RepaymentVote::report_payment(platform(), CASE, instalment, amount, 10, digest(list))
}

pub fn flag(instalment: InstalmentIndex) -> DispatchResult {
	RepaymentVote::flag_overdue(RuntimeOrigin::signed(REGULATOR), CASE, instalment)
}

pub fn progress(instalment: InstalmentIndex) -> Progress {
	Progresses::<Test>::get(CASE, instalment)
}

/// The events of the pallet so far, which it also forgets.
pub fn take_events() -> Vec<Event<Test>> {
	let events = System::read_events_for_pallet::<Event<Test>>();
	System::reset_events();
	events
}

/// A chain with one case at its planning, and one of another platform.
pub struct ExtBuilder {
	stage: Stage,
	terms: CaseTerms,
	adopted: bool,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { stage: Stage::Planning, terms: default_terms(), adopted: false }
	}
}

impl ExtBuilder {
	pub fn with_stage(mut self, stage: Stage) -> Self {
		self.stage = stage;
		self
	}

	pub fn with_max_rounds(mut self, max_rounds: u8) -> Self {
		self.terms.max_rounds = max_rounds;
		self
	}

	/// A plan with [`schedule`] was adopted, and neither event nor deposit of it is left.
	pub fn with_adopted_plan(mut self) -> Self {
		self.adopted = true;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let storage = frame_system::GenesisConfig::<Test>::default()
			.build_storage()
			.expect("the genesis of the mock builds");
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			add_case(CASE, PLATFORM, self.stage, self.terms);
			add_case(OTHER_CASE, OTHER_PLATFORM, Stage::Planning, default_terms());
			if self.adopted {
				adopt_a_plan();
				take_events();
				Deposits::set(&Vec::new());
			}
		});
		ext
	}

	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			RepaymentVote::do_try_state().expect("every invariant holds");
		});
	}
}
