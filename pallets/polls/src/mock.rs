//! A runtime in which the neighbours of polls are small fakes.

use crate as pallet_polls;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, ConstU64, SortedMembers, Time, TryMapSuccess},
	weights::Weight,
};
use frame_system::{EnsureSigned, EnsureSignedBy};
use sp_runtime::{traits::TryMorph, BuildStorage, DispatchError, DispatchResult};
use std::collections::BTreeMap;
use winddown_primitives::{
	rules::Preset,
	traits::{Cases, ElectoralRoll, EvidenceSink, PollListener},
	CandidateOrder, CaseId, CaseTerms, DeemedConfirmation, Digest, EvidenceId, EvidenceKind, Fen,
	ItemResult, LenderIndex, LenderRef, Millis, PollId, Purpose, RollTotals, Stage, TieBreak,
	Votes, VotingRight,
};

type Block = frame_system::mocking::MockBlock<Test>;

pub type AccountId = u64;

/// The case of the tests.
pub const CASE: CaseId = 7;
/// A case that has no roll.
pub const OTHER_CASE: CaseId = 8;
pub const ASSOCIATION: AccountId = 1;
pub const ARBITER: AccountId = 2;
/// An association that opened another case.
pub const OTHER_ASSOCIATION: AccountId = 3;
/// When a test begins, in milliseconds.
pub const START: Millis = 1_000_000;
/// The voting window of the terms, in milliseconds.
pub const WINDOW: Millis = 1_000;
pub const MAX_WINDOW: Millis = 50_000;
/// How long a general poll stays open at most, in milliseconds.
pub const MAX_GENERAL_WINDOW: Millis = 20_000;

/// Accounts from here on stand for lenders: the case in the upper half, the row in the lower.
const LENDERS: AccountId = 1 << 63;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Polls: pallet_polls,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

parameter_types! {
	/// The clock.
	pub static Now: Millis = START;
	pub static MockStage: Stage = Stage::Electing;
	pub static Terms: CaseTerms = terms();
	/// The rows of `CASE` and what they weigh; `None` for a row that may not vote yet.
	pub static Rows: BTreeMap<LenderIndex, (VotingRight, Confirmed)> = BTreeMap::new();
	pub static ListenerFails: bool = false;
	pub ListenerWeight: Weight = Weight::from_parts(1_000, 0);
	pub storage OpenOnRoll: u32 = 0;
	pub storage Deposited: Vec<(CaseId, EvidenceKind, Digest)> = Vec::new();
	pub storage HeardCancelled: Vec<(CaseId, PollId, Purpose)> = Vec::new();
	pub storage Heard: Vec<(CaseId, PollId, Purpose, Vec<ItemResult>)> = Vec::new();
}

/// Whether a row of the mock confirmed its claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Confirmed {
	Yes,
	No,
}

pub struct Clock;

impl Time for Clock {
	type Moment = Millis;

	fn now() -> Millis {
		Now::get()
	}
}

pub struct Associations;

impl SortedMembers<AccountId> for Associations {
	fn sorted_members() -> Vec<AccountId> {
		vec![ASSOCIATION, OTHER_ASSOCIATION]
	}
}

pub struct Institutions;

impl SortedMembers<AccountId> for Institutions {
	fn sorted_members() -> Vec<AccountId> {
		vec![ASSOCIATION, ARBITER, OTHER_ASSOCIATION]
	}
}

pub struct AccountToLender;

impl TryMorph<AccountId> for AccountToLender {
	type Outcome = LenderRef;

	fn try_morph(account: AccountId) -> Result<LenderRef, ()> {
		let lender = account.checked_sub(LENDERS).ok_or(())?;
		Ok(LenderRef { case: (lender >> 32) as CaseId, lender: lender as LenderIndex })
	}
}

pub struct MockCases;

impl Cases<AccountId> for MockCases {
	fn stage(case: CaseId) -> Result<Stage, DispatchError> {
		Self::ensure_known(case).map(|()| MockStage::get())
	}

	fn platform(_: CaseId) -> Result<AccountId, DispatchError> {
		Err(DispatchError::Unavailable)
	}

	fn association(case: CaseId) -> Result<AccountId, DispatchError> {
		Self::ensure_known(case).map(|()| ASSOCIATION)
	}

	fn terms(case: CaseId) -> Result<CaseTerms, DispatchError> {
		Self::ensure_known(case).map(|()| Terms::get())
	}

	fn confirm_until(_: CaseId) -> Result<Millis, DispatchError> {
		Err(DispatchError::Unavailable)
	}

	fn advance(_: CaseId, _: Stage) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
}

impl MockCases {
	pub const UNKNOWN: DispatchError = DispatchError::Other("UnknownCase");

	fn ensure_known(case: CaseId) -> DispatchResult {
		match case {
			CASE | OTHER_CASE => Ok(()),
			_ => Err(Self::UNKNOWN),
		}
	}
}

pub struct MockRoll;

impl MockRoll {
	pub const NOT_LOCKED: DispatchError = DispatchError::Other("RollNotLocked");
	pub const NOT_CONFIRMED: DispatchError = DispatchError::Other("ClaimNotConfirmed");
}

impl ElectoralRoll for MockRoll {
	fn totals(case: CaseId) -> Result<RollTotals, DispatchError> {
		if case != CASE {
			return Err(Self::NOT_LOCKED);
		}
		let mut totals = RollTotals::default();
		for (right, _) in Rows::get().values() {
			totals
				.add(right.class, Votes::one(right.amount))
				.ok_or(DispatchError::Other("the roll of the test overflows"))?;
		}
		Ok(totals)
	}

	fn voting_right(case: CaseId, lender: LenderIndex) -> Result<VotingRight, DispatchError> {
		match Rows::get().get(&lender) {
			Some((right, Confirmed::Yes)) if case == CASE => Ok(*right),
			_ => Err(Self::NOT_CONFIRMED),
		}
	}

	fn freeze(_: CaseId) -> DispatchResult {
		OpenOnRoll::set(&(OpenOnRoll::get() + 1));
		Ok(())
	}

	fn thaw(_: CaseId) -> DispatchResult {
		OpenOnRoll::set(&(OpenOnRoll::get() - 1));
		Ok(())
	}
}

pub struct MockEvidence;

impl EvidenceSink for MockEvidence {
	fn deposit_result(
		case: CaseId,
		kind: EvidenceKind,
		digest: Digest,
	) -> Result<EvidenceId, DispatchError> {
		let mut deposited = Deposited::get();
		deposited.push((case, kind, digest));
		Deposited::set(&deposited);
		Ok(deposited.len() as EvidenceId)
	}

	fn ensure_usable(_: CaseId, _: EvidenceId, _: EvidenceKind) -> DispatchResult {
		Ok(())
	}
}

pub struct MockListener;

impl PollListener for MockListener {
	fn poll_closed(
		case: CaseId,
		poll: PollId,
		purpose: Purpose,
		results: &[ItemResult],
	) -> DispatchResult {
		let mut heard = Heard::get();
		heard.push((case, poll, purpose, results.to_vec()));
		Heard::set(&heard);
		match ListenerFails::get() {
			true => Err(DispatchError::Other("ListenerFailed")),
			false => Ok(()),
		}
	}

	fn poll_cancelled(case: CaseId, poll: PollId, purpose: Purpose) -> DispatchResult {
		let mut cancelled = HeardCancelled::get();
		cancelled.push((case, poll, purpose));
		HeardCancelled::set(&cancelled);
		match ListenerFails::get() {
			true => Err(DispatchError::Other("ListenerFailed")),
			false => Ok(()),
		}
	}
}

pub struct Helper;

impl crate::benchmarking::BenchmarkHelper<RuntimeOrigin> for Helper {
	fn open_origin() -> RuntimeOrigin {
		RuntimeOrigin::signed(ASSOCIATION)
	}

	fn close_origin() -> RuntimeOrigin {
		RuntimeOrigin::signed(ARBITER)
	}

	fn electing_case(classes: u32) -> CaseId {
		let right =
			|row| VotingRight { class: (row % classes) as u8, amount: 100 + Fen::from(row) };
		Rows::set((0..64).map(|row| (row, (right(row), Confirmed::Yes))).collect());
		CASE
	}

	fn lender_origin(case: CaseId, row: LenderIndex) -> RuntimeOrigin {
		lender_of(case, row)
	}

	fn set_time(now: Millis) {
		Now::set(now);
	}
}

impl pallet_polls::Config for Test {
	type WeightInfo = ();
	type Time = Clock;
	type LenderOrigin = TryMapSuccess<EnsureSigned<AccountId>, AccountToLender>;
	type OpenOrigin = EnsureSignedBy<Associations, AccountId>;
	type CloseOrigin = EnsureSignedBy<Institutions, AccountId>;
	type Cases = MockCases;
	type Roll = MockRoll;
	type Evidence = MockEvidence;
	type Listener = MockListener;
	type ListenerWeight = ListenerWeight;
	type MaxOpenPolls = ConstU32<3>;
	type MaxWindow = ConstU64<MAX_WINDOW>;
	type MaxGeneralWindow = ConstU64<MAX_GENERAL_WINDOW>;
	type BenchmarkHelper = Helper;
}

/// The terms of the case: the presets by which the Shenzhen cases are run.
fn terms() -> CaseTerms {
	CaseTerms {
		resolution: Preset::SzTwoThirdsDoubleHalf.rule(),
		election: Preset::CompanyOrdinary.rule(),
		plan: Preset::SzTwoThirdsDoubleHalf.rule(),
		max_rounds: 2,
		max_revotes: 2,
		seats: 3,
		reserves: 2,
		candidate_floor: 0,
		candidate_order: CandidateOrder::Nomination,
		tie_break: TieBreak::Nomination,
		deemed: DeemedConfirmation::Never,
		confirmation_window: WINDOW,
		voting_window: WINDOW,
		review_window: WINDOW,
		grace: WINDOW,
	}
}

/// The origin of the lender at `row` of the case of the tests.
pub fn lender(row: LenderIndex) -> RuntimeOrigin {
	lender_of(CASE, row)
}

/// The origin of a lender of any case.
pub fn lender_of(case: CaseId, row: LenderIndex) -> RuntimeOrigin {
	RuntimeOrigin::signed(LENDERS | (u64::from(case) << 32) | u64::from(row))
}

/// The events of the pallet so far, which it also forgets.
pub fn take_events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet::<crate::Event<Test>>();
	System::reset_events();
	events
}

/// A chain on which the case of the tests stands at `Electing`, with three lenders of 100, 60 and
/// 40 fen in one class.
pub struct ExtBuilder {
	rows: BTreeMap<LenderIndex, (VotingRight, Confirmed)>,
	terms: CaseTerms,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		let builder = Self { rows: BTreeMap::new(), terms: terms() };
		builder.with_lender(0, 0, 100).with_lender(1, 0, 60).with_lender(2, 0, 40)
	}
}

impl ExtBuilder {
	/// A case whose lenders are only those given later.
	pub fn without_lenders() -> Self {
		Self { rows: BTreeMap::new(), ..Self::default() }
	}

	pub fn with_lender(mut self, row: LenderIndex, class: u8, amount: Fen) -> Self {
		self.rows.insert(row, (VotingRight { class, amount }, Confirmed::Yes));
		self
	}

	/// A lender who is on the roll but did not confirm the claim.
	pub fn with_silent_lender(mut self, row: LenderIndex, class: u8, amount: Fen) -> Self {
		self.rows.insert(row, (VotingRight { class, amount }, Confirmed::No));
		self
	}

	pub fn with_terms(mut self, change: impl FnOnce(&mut CaseTerms)) -> Self {
		change(&mut self.terms);
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let storage = RuntimeGenesisConfig::default()
			.build_storage()
			.expect("the genesis of the mock builds");
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			Now::set(START);
			MockStage::set(Stage::Electing);
			ListenerFails::set(false);
			Rows::set(self.rows);
			Terms::set(self.terms);
		});
		ext
	}

	pub fn build_and_execute<R>(self, test: impl FnOnce() -> R) -> R {
		self.build().execute_with(|| {
			let outcome = test();
			Polls::do_try_state().expect("every invariant holds");
			assert_eq!(
				OpenOnRoll::get() as usize,
				Polls::open_polls(CASE).len(),
				"the roll is frozen exactly while polls are open"
			);
			outcome
		})
	}
}
