//! A runtime for tests: the pallet and its neighbours as small fakes in storage, so that they roll
//! back with a failed call.

use crate as pallet_identity_registry;
use crate::{BenchmarkHelper, Registration, Registrations};
use frame_support::{
	derive_impl, dispatch::DispatchResult, ensure, storage_alias, traits::EnsureOrigin,
	Twox64Concat,
};
use sp_runtime::{traits::Dispatchable, BuildStorage, DispatchError};
use winddown_primitives::{
	traits::{Cases, EvidenceSink, IdentityColumn},
	CaseId, CaseTerms, Digest, EvidenceId, EvidenceKind, IdentityHash, LenderIndex, LenderKey,
	Millis, Stage,
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
	pub type Registry = pallet_identity_registry;
}

pub type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

impl crate::Config for Test {
	type RegisterOrigin = EnsureRegistrar;
	type Cases = Fakes;
	type Evidence = Fakes;
	type WeightInfo = ();
	type BenchmarkHelper = Fakes;
}

pub const REGISTRAR: u64 = 1;
pub const STRANGER: u64 = 2;
pub const CASE: CaseId = 7;
/// A second case with rows of its own.
pub const OTHER_CASE: CaseId = 8;
/// A record of identity checks of every case, which may be referred to; every other id is refused.
pub const EVIDENCE: EvidenceId = 40;

#[storage_alias]
type Stages = StorageMap<Fakes, Twox64Concat, CaseId, Stage>;

pub struct Fakes;

impl Fakes {
	pub fn set_stage(case: CaseId, stage: Stage) {
		Stages::insert(case, stage);
	}
}

impl Cases<u64> for Fakes {
	fn stage(case: CaseId) -> Result<Stage, DispatchError> {
		Stages::get(case).ok_or(DispatchError::Other("no such case"))
	}
	fn platform(_: CaseId) -> Result<u64, DispatchError> {
		Err(DispatchError::Unavailable)
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

impl EvidenceSink for Fakes {
	fn deposit_result(_: CaseId, _: EvidenceKind, _: Digest) -> Result<EvidenceId, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn ensure_usable(_: CaseId, id: EvidenceId, kind: EvidenceKind) -> DispatchResult {
		let is_usable = id == EVIDENCE && kind == EvidenceKind::Identity;
		ensure!(is_usable, DispatchError::Other("no such evidence"));
		Ok(())
	}
}

impl BenchmarkHelper<RuntimeOrigin> for Fakes {
	fn registrar() -> RuntimeOrigin {
		RuntimeOrigin::signed(REGISTRAR)
	}
	fn new_case() -> CaseId {
		let case = Stages::iter().count() as CaseId;
		Self::set_stage(case, Stage::Noticed);
		case
	}
	fn evidence(_: CaseId) -> EvidenceId {
		EVIDENCE
	}
}

pub struct EnsureRegistrar;

impl EnsureOrigin<RuntimeOrigin> for EnsureRegistrar {
	type Success = u64;

	fn try_origin(origin: RuntimeOrigin) -> Result<u64, RuntimeOrigin> {
		match frame_system::ensure_signed(origin.clone()) {
			Ok(REGISTRAR) => Ok(REGISTRAR),
			_ => Err(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::signed(REGISTRAR))
	}
}

/// An identity by number: identities ascend as their numbers do.
pub fn identity(number: u32) -> IdentityHash {
	let mut bytes = [0x5a; 32];
	bytes[..4].copy_from_slice(&number.to_be_bytes());
	IdentityHash(bytes)
}

/// The identities with even numbers, 0, 2, 4 and so on: between any two there is a stranger.
pub fn even_identities(count: u32) -> Vec<IdentityHash> {
	(0..count).map(|row| identity(2 * row)).collect()
}

/// A key of any kind by number.
pub fn key(number: u8) -> LenderKey {
	match number % 3 {
		0 => LenderKey::Ed25519([number; 32]),
		1 => LenderKey::Sr25519([number; 32]),
		_ => LenderKey::Ecdsa([number; 33]),
	}
}

pub fn registrations(pairs: &[(LenderIndex, LenderKey)]) -> Registrations {
	let batch: Vec<_> =
		pairs.iter().map(|(lender, key)| Registration { lender: *lender, key: *key }).collect();
	batch.try_into().unwrap()
}

/// Dispatches as the chain does: a call that fails leaves nothing behind.
pub fn dispatch(who: u64, call: crate::Call<Test>) -> DispatchResult {
	RuntimeCall::from(call)
		.dispatch(RuntimeOrigin::signed(who))
		.map(|_| ())
		.map_err(|failed| failed.error)
}

pub fn register(pairs: &[(LenderIndex, LenderKey)]) -> DispatchResult {
	let call = crate::Call::register_batch {
		case_id: CASE,
		registrations: registrations(pairs),
		evidence: None,
	};
	dispatch(REGISTRAR, call)
}

pub fn rebind(lender: LenderIndex, key: LenderKey) -> DispatchResult {
	dispatch(REGISTRAR, crate::Call::rebind { case_id: CASE, lender, key, evidence: EVIDENCE })
}

pub fn revoke(lender: LenderIndex) -> DispatchResult {
	dispatch(REGISTRAR, crate::Call::revoke { case_id: CASE, lender, evidence: EVIDENCE })
}

/// Appends in one storage layer, as the import of the claims does.
pub fn append(identities: &[IdentityHash]) -> DispatchResult {
	frame_support::storage::with_storage_layer(|| Registry::append(CASE, identities))
}

pub fn events() -> Vec<crate::Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Registry(event) => Some(event),
			_ => None,
		})
		.collect()
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		Fakes::set_stage(CASE, Stage::Noticed);
		Fakes::set_stage(OTHER_CASE, Stage::Noticed);
	});
	ext
}

/// Builds the state in which a test begins.
#[derive(Default)]
pub struct ExtBuilder {
	rows: u32,
	locked: bool,
}

impl ExtBuilder {
	/// Both cases have `rows` rows with [`even_identities`].
	pub fn with_rows(mut self, rows: u32) -> Self {
		self.rows = rows;
		self
	}

	/// The rows are locked.
	pub fn with_locked_rows(mut self, rows: u32) -> Self {
		self.locked = true;
		self.with_rows(rows)
	}

	/// Runs `test`, then checks what the storage must keep.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		new_test_ext().execute_with(|| {
			for case in [CASE, OTHER_CASE] {
				Registry::append(case, &even_identities(self.rows)).unwrap();
				if self.locked {
					Registry::lock(case).unwrap();
				}
			}
			test();
			Registry::do_try_state().unwrap();
		});
	}
}
