//! A runtime for tests: the pallet and its neighbours as small fakes in storage, so that they roll
//! back with a failed call.

use crate as pallet_claims;
use crate::{BenchmarkHelper, CalledClaim, Claim, ClaimState, ImportRow, ImportRows, Roll, Ruling};
use frame_support::{
	derive_impl,
	dispatch::DispatchResult,
	ensure, storage_alias,
	traits::{EnsureOrigin, Time},
	Twox64Concat,
};
use sp_runtime::{traits::Dispatchable, BoundedVec, BuildStorage, DispatchError};
use winddown_primitives::{
	roll_digest,
	rules::Preset,
	traits::{Cases, EvidenceSink, IdentityColumn},
	CandidateOrder, CaseId, CaseTerms, ClassId, DeemedConfirmation, Digest, EvidenceId,
	EvidenceKind, Fen, IdentityHash, LenderIndex, LenderRef, Millis, Stage, TieBreak, Votes,
	EMPTY_ROLL_DIGEST,
};

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Claims = pallet_claims;
}

pub type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

impl crate::Config for Test {
	type ImportOrigin = EnsureOneOf<PLATFORM, OTHER_PLATFORM>;
	type ConfirmByCallOrigin = EnsureOneOf<OPERATOR, OPERATOR>;
	type AdjudicateOrigin = EnsureOneOf<ASSOCIATION, OTHER_ASSOCIATION>;
	type LenderOrigin = EnsureLender;
	type Cases = Fakes;
	type Identities = Fakes;
	type Evidence = Fakes;
	type Time = Fakes;
	type WeightInfo = ();
	type BenchmarkHelper = Fakes;
}

pub const PLATFORM: u64 = 1;
pub const OTHER_PLATFORM: u64 = 2;
pub const OPERATOR: u64 = 3;
pub const ASSOCIATION: u64 = 4;
pub const STRANGER: u64 = 5;
/// An association that opened another case.
pub const OTHER_ASSOCIATION: u64 = 6;
/// Lenders sign as this plus their row plus [`ROWS_OF_A_CASE`] for each case.
const FIRST_LENDER: u64 = 1_000_000;
const ROWS_OF_A_CASE: u64 = 1_000_000;

pub const CASE: CaseId = 7;
/// Records of every case that may be referred to, and what chain deposits get.
pub const EVIDENCE: EvidenceId = 40;
pub const ROLL_RECORD: EvidenceId = 41;
/// When the clock begins, and how long lenders have to confirm, in milliseconds.
pub const START: Millis = 1_000_000;
pub const WINDOW: Millis = 5_000;

#[storage_alias]
type Stages = StorageMap<Fakes, Twox64Concat, CaseId, Stage>;
#[storage_alias]
type Windows = StorageMap<Fakes, Twox64Concat, CaseId, Millis>;
#[storage_alias]
type Silence = StorageMap<Fakes, Twox64Concat, CaseId, DeemedConfirmation>;
#[storage_alias]
type Column = StorageMap<Fakes, Twox64Concat, CaseId, Vec<IdentityHash>>;
#[storage_alias]
type Locked = StorageMap<Fakes, Twox64Concat, CaseId, ()>;
#[storage_alias]
type Clock = StorageValue<Fakes, Millis>;
#[storage_alias]
type KindAsked = StorageValue<Fakes, EvidenceKind>;
#[storage_alias]
type Deposits = StorageValue<Fakes, Vec<(CaseId, EvidenceKind, Digest)>>;

pub struct Fakes;

impl Fakes {
	pub fn set_stage(case: CaseId, stage: Stage) {
		Stages::insert(case, stage);
	}
	pub fn set_deemed(case: CaseId, deemed: DeemedConfirmation) {
		Silence::insert(case, deemed);
	}
	pub fn set_now(now: Millis) {
		Clock::put(now);
	}
	pub fn column_is_locked(case: CaseId) -> bool {
		Locked::contains_key(case)
	}
	/// Of which kind the record had to be that was referred to last; forgets it.
	pub fn take_kind_asked() -> Option<EvidenceKind> {
		KindAsked::take()
	}
	pub fn deposits() -> Vec<(CaseId, EvidenceKind, Digest)> {
		Deposits::get().unwrap_or_default()
	}
}

impl Time for Fakes {
	type Moment = Millis;
	fn now() -> Millis {
		Clock::get().unwrap_or(START)
	}
}

impl Cases<u64> for Fakes {
	fn stage(case: CaseId) -> Result<Stage, DispatchError> {
		Stages::get(case).ok_or(DispatchError::Other("no such case"))
	}
	fn platform(case: CaseId) -> Result<u64, DispatchError> {
		Self::stage(case).map(|_| PLATFORM)
	}
	fn association(case: CaseId) -> Result<u64, DispatchError> {
		Self::stage(case).map(|_| ASSOCIATION)
	}
	fn terms(case: CaseId) -> Result<CaseTerms, DispatchError> {
		let rule = Preset::SzTwoThirdsDoubleHalf.rule();
		Ok(CaseTerms {
			resolution: rule.clone(),
			election: rule.clone(),
			plan: rule,
			max_rounds: 2,
			max_revotes: 3,
			seats: 5,
			reserves: 5,
			candidate_floor: 0,
			candidate_order: CandidateOrder::Nomination,
			tie_break: TieBreak::Nomination,
			deemed: Silence::get(case).unwrap_or(DeemedConfirmation::Never),
			confirmation_window: WINDOW,
			voting_window: WINDOW,
			review_window: WINDOW,
			grace: WINDOW,
		})
	}
	fn confirm_until(case: CaseId) -> Result<Millis, DispatchError> {
		Windows::get(case).ok_or(DispatchError::Other("no window"))
	}
	fn advance(case: CaseId, to: Stage) -> DispatchResult {
		ensure!(Self::stage(case)?.leads_to(to), DispatchError::Other("no such step"));
		Stages::insert(case, to);
		if to == Stage::Confirming {
			Windows::insert(case, Self::now() + WINDOW);
		}
		Ok(())
	}
}

impl IdentityColumn for Fakes {
	fn rows(case: CaseId) -> u32 {
		Column::get(case).unwrap_or_default().len() as u32
	}
	fn append(case: CaseId, identities: &[IdentityHash]) -> DispatchResult {
		ensure!(!Self::column_is_locked(case), DispatchError::Other("the column is locked"));
		let mut column = Column::get(case).unwrap_or_default();
		column.extend(identities);
		ensure!(column.is_sorted_by(|a, b| a < b), DispatchError::Other("not ascending"));
		Column::insert(case, column);
		Ok(())
	}
	fn truncate(case: CaseId, rows: u32) -> DispatchResult {
		ensure!(!Self::column_is_locked(case), DispatchError::Other("the column is locked"));
		let mut column = Column::get(case).unwrap_or_default();
		column.truncate(rows as usize);
		Column::insert(case, column);
		Ok(())
	}
	fn lock(case: CaseId) -> DispatchResult {
		Locked::insert(case, ());
		Ok(())
	}
	fn admit_late(case: CaseId, identity: IdentityHash) -> Result<LenderIndex, DispatchError> {
		ensure!(Self::find(case, &identity).is_none(), DispatchError::Other("has a row"));
		let mut column = Column::get(case).unwrap_or_default();
		column.push(identity);
		Column::insert(case, &column);
		Ok(column.len() as u32 - 1)
	}
	fn find(case: CaseId, identity: &IdentityHash) -> Option<LenderIndex> {
		let column = Column::get(case)?;
		column.iter().position(|present| present == identity).map(|row| row as u32)
	}
}

impl EvidenceSink for Fakes {
	fn deposit_result(
		case: CaseId,
		kind: EvidenceKind,
		digest: Digest,
	) -> Result<EvidenceId, DispatchError> {
		let mut deposits = Self::deposits();
		deposits.push((case, kind, digest));
		Deposits::put(deposits);
		Ok(ROLL_RECORD)
	}
	fn ensure_usable(_: CaseId, id: EvidenceId, kind: EvidenceKind) -> DispatchResult {
		ensure!(id == EVIDENCE, DispatchError::Other("no such evidence"));
		KindAsked::put(kind);
		Ok(())
	}
}

impl BenchmarkHelper<RuntimeOrigin> for Fakes {
	fn new_case() -> CaseId {
		let case = 100 + Stages::iter().count() as CaseId;
		Self::set_stage(case, Stage::Noticed);
		Self::set_deemed(case, DeemedConfirmation::AfterService);
		case
	}
	fn platform(_: CaseId) -> RuntimeOrigin {
		RuntimeOrigin::signed(PLATFORM)
	}
	fn operator() -> RuntimeOrigin {
		RuntimeOrigin::signed(OPERATOR)
	}
	fn association() -> RuntimeOrigin {
		RuntimeOrigin::signed(ASSOCIATION)
	}
	fn lender(who: LenderRef) -> RuntimeOrigin {
		RuntimeOrigin::signed(account_of(who))
	}
	fn evidence(_: CaseId, _: EvidenceKind) -> EvidenceId {
		EVIDENCE
	}
	fn end_confirmation_window(case: CaseId) {
		Self::set_now(Windows::get(case).unwrap());
	}
}

/// Lets two accounts pass.
pub struct EnsureOneOf<const A: u64, const B: u64>;

impl<const A: u64, const B: u64> EnsureOrigin<RuntimeOrigin> for EnsureOneOf<A, B> {
	type Success = u64;

	fn try_origin(origin: RuntimeOrigin) -> Result<u64, RuntimeOrigin> {
		match frame_system::ensure_signed(origin.clone()) {
			Ok(who) if who == A || who == B => Ok(who),
			_ => Err(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::signed(A))
	}
}

/// Takes the lender from the number of the account.
pub struct EnsureLender;

impl EnsureOrigin<RuntimeOrigin> for EnsureLender {
	type Success = LenderRef;

	fn try_origin(origin: RuntimeOrigin) -> Result<LenderRef, RuntimeOrigin> {
		let number = frame_system::ensure_signed(origin.clone())
			.ok()
			.and_then(|who| who.checked_sub(FIRST_LENDER))
			.ok_or(origin)?;
		Ok(LenderRef {
			case: (number / ROWS_OF_A_CASE) as u32,
			lender: (number % ROWS_OF_A_CASE) as u32,
		})
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::signed(FIRST_LENDER))
	}
}

fn account_of(who: LenderRef) -> u64 {
	FIRST_LENDER + u64::from(who.case) * ROWS_OF_A_CASE + u64::from(who.lender)
}

/// Dispatches as the chain does: a call that fails leaves nothing behind.
pub fn dispatch(who: u64, call: crate::Call<Test>) -> DispatchResult {
	RuntimeCall::from(call)
		.dispatch(RuntimeOrigin::signed(who))
		.map(|_| ())
		.map_err(|failed| failed.error)
}

/// An identity by number: identities ascend as their numbers do.
pub fn identity(number: u32) -> IdentityHash {
	let mut bytes = [0x5a; 32];
	bytes[..4].copy_from_slice(&number.to_be_bytes());
	IdentityHash(bytes)
}

/// What row `row` of every test roll states: 100 fen more than the row before, three classes.
pub fn row(row: LenderIndex) -> ImportRow {
	ImportRow { identity: identity(2 * row), amount: stated(row), class: (row % 3) as u8 }
}

pub fn stated(row: LenderIndex) -> Fen {
	100 * Fen::from(row + 1)
}

pub fn rows(range: core::ops::Range<u32>) -> ImportRows {
	batch(range.map(row))
}

pub fn batch<R, S: frame_support::traits::Get<u32>>(
	items: impl IntoIterator<Item = R>,
) -> BoundedVec<R, S> {
	items.into_iter().collect::<Vec<_>>().try_into().ok().unwrap()
}

pub fn import(first: LenderIndex, rows: ImportRows) -> DispatchResult {
	dispatch(PLATFORM, crate::Call::import { case_id: CASE, first, rows })
}

pub fn lock(heads: u32, amount: Fen, digest: [u8; 32]) -> DispatchResult {
	dispatch(PLATFORM, crate::Call::lock { case_id: CASE, heads, amount, digest })
}

/// Locks with what the platform's own records say of `heads` test rows.
pub fn lock_rows(heads: u32) -> DispatchResult {
	lock(heads, (0..heads).map(stated).sum(), digest_of((0..heads).map(row)))
}

pub fn digest_of(rows: impl IntoIterator<Item = ImportRow>) -> [u8; 32] {
	rows.into_iter().fold(EMPTY_ROLL_DIGEST, |digest, row| {
		roll_digest(&digest, &row.identity, row.amount, row.class)
	})
}

pub fn as_lender(lender: LenderIndex, call: crate::Call<Test>) -> DispatchResult {
	dispatch(account_of(LenderRef { case: CASE, lender }), call)
}

pub fn confirm(lender: LenderIndex) -> DispatchResult {
	as_lender(lender, crate::Call::confirm { amount: stated(lender) })
}

pub fn dispute(lender: LenderIndex) -> DispatchResult {
	as_lender(lender, crate::Call::dispute { reason: Digest::Sm3([7; 32]) })
}

pub fn confirm_by_call(claims: impl IntoIterator<Item = (LenderIndex, Fen)>) -> DispatchResult {
	let claims = claims.into_iter().map(|(lender, amount)| CalledClaim { lender, amount });
	let call =
		crate::Call::confirm_by_call { case_id: CASE, claims: batch(claims), evidence: EVIDENCE };
	dispatch(OPERATOR, call)
}

pub fn deem_confirmed(lenders: impl IntoIterator<Item = LenderIndex>) -> DispatchResult {
	let call =
		crate::Call::deem_confirmed { case_id: CASE, lenders: batch(lenders), evidence: EVIDENCE };
	dispatch(ASSOCIATION, call)
}

pub fn adjudicate(lender: LenderIndex, ruling: Ruling) -> DispatchResult {
	let call = crate::Call::adjudicate { case_id: CASE, lender, ruling, evidence: EVIDENCE };
	dispatch(ASSOCIATION, call)
}

pub fn admit_late(number: u32, amount: Fen, class: ClassId) -> DispatchResult {
	let call = crate::Call::admit_late {
		case_id: CASE,
		identity: identity(number),
		amount,
		class_id: class,
		evidence: EVIDENCE,
	};
	dispatch(ASSOCIATION, call)
}

pub fn roll() -> Roll {
	Claims::roll(CASE).unwrap()
}

pub fn claim(lender: LenderIndex) -> Claim {
	Claims::claim(CASE, lender).unwrap()
}

pub fn state(lender: LenderIndex) -> ClaimState {
	claim(lender).state
}

/// Heads and fen of the eligible roll.
pub fn eligible() -> (u32, Fen) {
	let Votes { heads, amount } = roll().eligible.whole().unwrap();
	(heads, amount)
}

pub fn events() -> Vec<crate::Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Claims(event) => Some(event),
			_ => None,
		})
		.collect()
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		Fakes::set_now(START);
		Fakes::set_stage(CASE, Stage::Noticed);
	});
	ext
}

/// Builds the state in which a test begins.
#[derive(Default)]
pub struct ExtBuilder {
	rows: u32,
	locked: bool,
	deemed: bool,
}

impl ExtBuilder {
	/// The roll has `rows` test rows.
	pub fn with_rows(mut self, rows: u32) -> Self {
		self.rows = rows;
		self
	}

	/// The roll has `rows` test rows and is locked.
	pub fn with_locked_rows(mut self, rows: u32) -> Self {
		self.locked = true;
		self.with_rows(rows)
	}

	/// The terms let silence confirm after proof of service.
	pub fn with_deemed_confirmation(mut self) -> Self {
		self.deemed = true;
		self
	}

	/// Runs `test`, then checks what the storage must keep.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		new_test_ext().execute_with(|| {
			if self.deemed {
				Fakes::set_deemed(CASE, DeemedConfirmation::AfterService);
			}
			for first in (0..self.rows).step_by(crate::MAX_IMPORT as usize) {
				let end = self.rows.min(first + crate::MAX_IMPORT);
				import(first, rows(first..end)).unwrap();
			}
			if self.locked {
				lock_rows(self.rows).unwrap();
			}
			System::reset_events();
			test();
			Claims::do_try_state().unwrap();
		});
	}
}
