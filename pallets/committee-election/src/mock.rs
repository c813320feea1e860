//! A runtime around the pallet whose neighbours are fakes. They keep their state in storage, so
//! that a failed call undoes it as it does on a chain.

use crate as pallet_committee_election;
use crate::*;
use codec::{Decode, Encode};
use frame_support::{assert_ok, derive_impl, parameter_types, storage::with_storage_layer};
use frame_system::RawOrigin;
use sp_runtime::{traits::ConstU32 as Const, BuildStorage};
use std::collections::BTreeMap;
use winddown_primitives::{
	rules::Preset, CandidateOrder, CaseTerms, DeemedConfirmation, EvidenceId, Fen, RollTotals,
	TieBreak, Votes, VotingRight, MAX_ITEMS, MAX_RESERVES, MAX_SEATS,
};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const ASSOCIATION: AccountId = 1;
pub const PLATFORM: AccountId = 2;
/// An association that opened another case.
pub const OTHER_ASSOCIATION: AccountId = 3;
/// The case of most tests.
pub const CASE: CaseId = 7;
/// The clock at the beginning.
pub const START: Millis = 1_000_000;
pub const NOMINATIONS: Millis = 3_000;
/// The longest time for nominations.
pub const MAX_NOMINATIONS: Millis = 1_000_000;
pub const VOTING: Millis = 5_000;
/// The claim of every lender.
pub const CLAIM: Fen = 10_000;
/// Lenders of the case with a voting right: rows 0 to 39.
pub const LENDERS: u32 = 40;
/// Accounts from here on stand for lenders: 1,000 for each case.
const LENDER_ACCOUNTS: AccountId = 1_000;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		CommitteeElection: pallet_committee_election,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

#[derive(Clone, Encode, Decode)]
pub struct FakeCase {
	pub stage: Stage,
	pub terms: CaseTerms,
}

#[derive(Clone, Encode, Decode)]
pub struct FakePoll {
	pub case: CaseId,
	pub purpose: Purpose,
	pub items: BoundedVec<Item, Const<MAX_ITEMS>>,
	pub closes_at: Millis,
	pub precedence: Precedence,
	pub open: bool,
}

parameter_types! {
	pub storage Now: Millis = START;
	pub storage FakeCases: BTreeMap<CaseId, FakeCase> = BTreeMap::new();
	pub storage Claims: BTreeMap<LenderRef, Fen> = BTreeMap::new();
	pub storage OpenedPolls: Vec<FakePoll> = Vec::new();
	pub storage Deposits: Vec<(CaseId, EvidenceKind, Digest)> = Vec::new();
	pub const MinNominationWindow: Millis = NOMINATIONS;
	pub const MaxNominationWindow: Millis = MAX_NOMINATIONS;
}

pub struct Clock;

impl Time for Clock {
	type Moment = Millis;

	fn now() -> Millis {
		Now::get()
	}
}

pub struct EnsureAssociation;

impl EnsureOrigin<RuntimeOrigin> for EnsureAssociation {
	type Success = AccountId;

	fn try_origin(origin: RuntimeOrigin) -> Result<AccountId, RuntimeOrigin> {
		match origin.clone().into() {
			Ok(RawOrigin::Signed(who @ (ASSOCIATION | OTHER_ASSOCIATION))) => Ok(who),
			_ => Err(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::signed(ASSOCIATION))
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
		Self::get(case).map(|_| PLATFORM)
	}

	fn association(case: CaseId) -> Result<AccountId, DispatchError> {
		Self::get(case).map(|_| ASSOCIATION)
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

pub struct FakeRoll;

impl ElectoralRoll for FakeRoll {
	fn totals(_: CaseId) -> Result<RollTotals, DispatchError> {
		Ok(RollTotals::default())
	}

	fn voting_right(case: CaseId, lender: LenderIndex) -> Result<VotingRight, DispatchError> {
		let claim = Claims::get().remove(&LenderRef { case, lender });
		let amount = claim.ok_or(DispatchError::Other("no voting right"))?;
		Ok(VotingRight { class: 0, amount })
	}

	fn freeze(_: CaseId) -> DispatchResult {
		Ok(())
	}

	fn thaw(_: CaseId) -> DispatchResult {
		Ok(())
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
	fn organiser() -> RuntimeOrigin {
		association()
	}

	fn lender(who: LenderRef) -> RuntimeOrigin {
		lender_of(who.case, who.lender)
	}

	fn case_at(stage: Stage, lenders: u32) -> CaseId {
		let terms =
			CaseTerms { seats: MAX_SEATS as u8, reserves: MAX_RESERVES as u8, ..default_terms() };
		add_case(CASE, stage, terms, lenders);
		CASE
	}

	fn set_order(case: CaseId, order: CandidateOrder) {
		set_order(case, order);
	}

	fn set_now(now: Millis) {
		Now::set(&now);
	}
}

impl pallet_committee_election::Config for Test {
	type OrganiseOrigin = EnsureAssociation;
	type LenderOrigin = EnsureLender;
	type Time = Clock;
	type Cases = FakeCasesPallet;
	type Roll = FakeRoll;
	type Polls = FakePolls;
	type Evidence = FakeEvidence;
	type MinNominationWindow = MinNominationWindow;
	type MaxNominationWindow = MaxNominationWindow;
	type MaxOpenDecisions = Const<2>;
	type WeightInfo = ();
	type BenchmarkHelper = Helper;
}

/// Five seats, three reserves, no floor.
pub fn default_terms() -> CaseTerms {
	CaseTerms {
		resolution: Preset::SzTwoThirdsDoubleHalf.rule(),
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
		review_window: 1_000,
		grace: 1_000,
	}
}

pub fn add_case(case: CaseId, stage: Stage, terms: CaseTerms, lenders: u32) {
	let mut cases = FakeCases::get();
	cases.insert(case, FakeCase { stage, terms });
	FakeCases::set(&cases);
	for lender in 0..lenders {
		set_claim(case, lender, Some(CLAIM));
	}
}

pub fn set_stage(case: CaseId, stage: Stage) {
	let mut cases = FakeCases::get();
	cases.get_mut(&case).expect("the case exists").stage = stage;
	FakeCases::set(&cases);
}

/// Changes the terms of a case, which real cases never do.
pub fn set_order(case: CaseId, order: CandidateOrder) {
	let mut cases = FakeCases::get();
	cases.get_mut(&case).expect("the case exists").terms.candidate_order = order;
	FakeCases::set(&cases);
}

pub fn set_claim(case: CaseId, lender: LenderIndex, claim: Option<Fen>) {
	let mut claims = Claims::get();
	match claim {
		Some(amount) => claims.insert(LenderRef { case, lender }, amount),
		None => claims.remove(&LenderRef { case, lender }),
	};
	Claims::set(&claims);
}

pub fn association() -> RuntimeOrigin {
	RuntimeOrigin::signed(ASSOCIATION)
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

/// A mandate on everything.
pub fn mandate() -> Mandate {
	Mandate { document: digest(200), matters: Matters::new(&Matter::ALL) }
}

pub fn set_now(now: Millis) {
	Now::set(&now);
}

pub fn stage() -> Stage {
	FakeCasesPallet::stage(CASE).expect("the case exists")
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
		CommitteeElection::poll_closed(case, poll, purpose, &results)
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
		CommitteeElection::poll_cancelled(case, poll, purpose)
	})
}

pub fn elected(seats: &[u8], reserves: &[u8]) -> ItemOutcome {
	ItemOutcome::Elected {
		seats: seats.to_vec().try_into().expect("few seats"),
		reserves: reserves.to_vec().try_into().expect("few reserves"),
	}
}

/// Lets these lenders stand, and ends the nominations.
pub fn nominate(lenders: &[LenderIndex]) {
	let until = Now::get() + NOMINATIONS;
	assert_ok!(CommitteeElection::open_nominations(association(), CASE, until));
	for who in lenders {
		assert_ok!(CommitteeElection::nominate(lender(*who), digest(*who as u8)));
	}
	set_now(until);
}

/// Opens the first ballot.
pub fn open_first_ballot(mandate: Mandate) -> PollId {
	let closes_at = Now::get() + VOTING;
	let call = CommitteeElection::open_first_ballot;
	assert_ok!(call(association(), CASE, digest(100), mandate, closes_at));
	OpenedPolls::get().len() as PollId
}

/// Forms a committee of rows 10 to 14 with the reserves 15 to 17 and this mandate.
pub fn seat_committee(given: Option<Mandate>) {
	nominate(&[10, 11, 12, 13, 14, 15, 16, 17]);
	let poll = open_first_ballot(given.unwrap_or(mandate()));
	let last = if given.is_some() { ItemOutcome::Passed } else { ItemOutcome::Failed };
	let contest = elected(&[0, 1, 2, 3, 4], &[5, 6, 7]);
	assert_ok!(close_poll(poll, &[ItemOutcome::Passed, contest, last]));
}

pub fn committee() -> Committee {
	Committees::<Test>::get(CASE).expect("a committee sits")
}

/// The events of the pallet so far, which it also forgets.
pub fn take_events() -> Vec<Event<Test>> {
	let events = System::read_events_for_pallet::<Event<Test>>();
	System::reset_events();
	events
}

/// A chain with one case at its election.
pub struct ExtBuilder {
	stage: Stage,
	terms: CaseTerms,
	committee: Option<Option<Mandate>>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { stage: Stage::Electing, terms: default_terms(), committee: None }
	}
}

impl ExtBuilder {
	pub fn with_stage(mut self, stage: Stage) -> Self {
		self.stage = stage;
		self
	}

	pub fn with_seats(mut self, seats: u8, reserves: u8) -> Self {
		self.terms.seats = seats;
		self.terms.reserves = reserves;
		self
	}

	pub fn with_floor(mut self, floor: Fen) -> Self {
		self.terms.candidate_floor = floor;
		self
	}

	/// The committee of `seat_committee` sits, and no event of its election is left.
	pub fn with_committee(mut self, mandate: Option<Mandate>) -> Self {
		self.committee = Some(mandate);
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let storage = frame_system::GenesisConfig::<Test>::default()
			.build_storage()
			.expect("the genesis of the mock builds");
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			add_case(CASE, self.stage, self.terms, LENDERS);
			if let Some(mandate) = self.committee {
				seat_committee(mandate);
				take_events();
			}
		});
		ext
	}

	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			CommitteeElection::do_try_state().expect("every invariant holds");
		});
	}
}
