//! A runtime with a board on which lenders pin notes, an institution's call, and `utility`.

use crate as pallet_intents;
use crate::{EnsureLender, SignedIntent};
use frame_support::{
	derive_impl, ord_parameter_types, parameter_types,
	traits::{ConstU64, Contains, Time},
};
use frame_system::EnsureSignedBy;
use sp_core::{ecdsa, ed25519, sr25519, Pair};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{BuildStorage, DispatchError};
use std::collections::BTreeMap;
use winddown_primitives::{
	signing_payload, traits::LenderKeys, CaseId, Intent, LenderIndex, LenderKey, LenderSignature,
	Millis, Sequence,
};

type Block = frame_system::mocking::MockBlock<Test>;

pub type AccountId = u64;

pub const CASE: CaseId = 1;
pub const OTHER_CASE: CaseId = 2;
pub const OPERATOR: AccountId = 1;
pub const ASSOCIATION: AccountId = 2;
/// When a test begins, in milliseconds.
pub const START: Millis = 1_000_000;
pub const MAX_VALIDITY: Millis = 60_000;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Utility: pallet_utility,
		Board: board,
		Intents: pallet_intents,
	}
);

/// A board with a call of each kind that matters here.
#[frame_support::pallet(dev_mode)]
pub mod board {
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use winddown_primitives::LenderRef;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		type LenderOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = LenderRef>;
		type InstitutionOrigin: EnsureOrigin<Self::RuntimeOrigin>;
	}

	/// Notes in the order in which they were pinned.
	#[pallet::storage]
	#[pallet::unbounded]
	pub type Notes<T> = StorageValue<_, Vec<(LenderRef, u32)>, ValueQuery>;

	/// Whether the institution acted.
	#[pallet::storage]
	pub type Ruled<T> = StorageValue<_, bool, ValueQuery>;

	#[pallet::error]
	pub enum Error<T> {
		Torn,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		#[pallet::call_index(0)]
		pub fn pin(origin: OriginFor<T>, note: u32) -> DispatchResult {
			let who = T::LenderOrigin::ensure_origin(origin)?;
			Notes::<T>::append((who, note));
			Ok(())
		}

		/// Pins a note and then fails.
		#[pallet::call_index(1)]
		pub fn tear(origin: OriginFor<T>, note: u32) -> DispatchResult {
			let who = T::LenderOrigin::ensure_origin(origin)?;
			Notes::<T>::append((who, note));
			Err(Error::<T>::Torn.into())
		}

		#[pallet::call_index(2)]
		pub fn rule(origin: OriginFor<T>) -> DispatchResult {
			T::InstitutionOrigin::ensure_origin(origin)?;
			Ruled::<T>::put(true);
			Ok(())
		}
	}
}

parameter_types! {
	pub static Now: Millis = START;
	pub static Keys: BTreeMap<(CaseId, LenderIndex), KeyState> = BTreeMap::new();
}

ord_parameter_types! {
	pub const Operator: AccountId = OPERATOR;
	pub const Association: AccountId = ASSOCIATION;
}

/// What the mock's registry holds for a row.
#[derive(Clone, Copy, Debug)]
pub enum KeyState {
	Active(LenderKey),
	Revoked,
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type BaseCallFilter = Open;
}

impl pallet_utility::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = ();
}

impl board::Config for Test {
	type LenderOrigin = EnsureLender;
	type InstitutionOrigin = EnsureSignedBy<Association, AccountId>;
}

/// Everything is open but a note of 404, as if a call had been paused.
pub struct Open;

impl Contains<RuntimeCall> for Open {
	fn contains(call: &RuntimeCall) -> bool {
		!matches!(call, RuntimeCall::Board(board::Call::pin { note: 404 }))
	}
}

pub struct Clock;

impl Time for Clock {
	type Moment = Millis;

	fn now() -> Millis {
		Now::get()
	}
}

pub struct Registry;

impl Registry {
	pub const NO_KEY: DispatchError = DispatchError::CannotLookup;
	pub const REVOKED: DispatchError = DispatchError::Unavailable;
}

impl LenderKeys for Registry {
	fn active_key(case: CaseId, lender: LenderIndex) -> Result<LenderKey, DispatchError> {
		match Keys::mutate(|keys| keys.get(&(case, lender)).copied()) {
			Some(KeyState::Active(key)) => Ok(key),
			Some(KeyState::Revoked) => Err(Self::REVOKED),
			None => Err(Self::NO_KEY),
		}
	}
}

pub struct LenderCalls;

impl Contains<RuntimeCall> for LenderCalls {
	fn contains(call: &RuntimeCall) -> bool {
		matches!(call, RuntimeCall::Board(board::Call::pin { .. } | board::Call::tear { .. }))
	}
}

impl crate::LenderCalls<RuntimeCall> for LenderCalls {}

pub struct Helper;

impl crate::benchmarking::BenchmarkHelper<RuntimeOrigin, RuntimeCall> for Helper {
	fn carrier_origin() -> RuntimeOrigin {
		RuntimeOrigin::signed(OPERATOR)
	}

	fn bind_key(case: CaseId, lender: LenderIndex, key: LenderKey) {
		bind(case, lender, KeyState::Active(key));
	}

	fn lender_call() -> RuntimeCall {
		pin(7)
	}
}

impl pallet_intents::Config for Test {
	type WeightInfo = ();
	type Time = Clock;
	type CarrierOrigin = EnsureSignedBy<Operator, AccountId>;
	type Keys = Registry;
	type LenderCalls = LenderCalls;
	type MaxValidity = ConstU64<MAX_VALIDITY>;
	type Priority = ConstU64<9>;
	type Longevity = ConstU64<64>;
	type BenchmarkHelper = Helper;
}

/// Sets what the registry holds for a row.
pub fn bind(case: CaseId, lender: LenderIndex, state: KeyState) {
	Keys::mutate(|keys| keys.insert((case, lender), state));
}

/// Pins a note.
pub fn pin(note: u32) -> RuntimeCall {
	RuntimeCall::Board(board::Call::pin { note })
}

/// Pins a note and then fails.
pub fn tear(note: u32) -> RuntimeCall {
	RuntimeCall::Board(board::Call::tear { note })
}

/// An institution's call.
pub fn rule() -> RuntimeCall {
	RuntimeCall::Board(board::Call::rule {})
}

/// The notes that lenders pinned, in order: row and note.
pub fn notes() -> Vec<(LenderIndex, u32)> {
	board::Notes::<Test>::get().into_iter().map(|(who, note)| (who.lender, note)).collect()
}

/// A lender of the tests, whose key is made of case and row.
#[derive(Clone)]
pub enum Signer {
	Ed25519(ed25519::Pair),
	Sr25519(sr25519::Pair),
	Ecdsa(ecdsa::Pair),
}

impl Signer {
	/// The signer at a row, of a kind that changes from row to row.
	pub fn at(case: CaseId, lender: LenderIndex) -> Self {
		let seed = format!("//case {case}//lender {lender}");
		match lender % 3 {
			0 => Self::Sr25519(Pair::from_string(&seed, None).expect("a seed")),
			1 => Self::Ed25519(Pair::from_string(&seed, None).expect("a seed")),
			_ => Self::Ecdsa(Pair::from_string(&seed, None).expect("a seed")),
		}
	}

	pub fn key(&self) -> LenderKey {
		match self {
			Self::Ed25519(pair) => LenderKey::Ed25519(pair.public().0),
			Self::Sr25519(pair) => LenderKey::Sr25519(pair.public().0),
			Self::Ecdsa(pair) => LenderKey::Ecdsa(pair.public().0),
		}
	}

	pub fn sign(&self, message: &[u8]) -> LenderSignature {
		match self {
			Self::Ed25519(pair) => LenderSignature::Ed25519(pair.sign(message).0),
			Self::Sr25519(pair) => LenderSignature::Sr25519(pair.sign(message).0),
			Self::Ecdsa(pair) => LenderSignature::Ecdsa(pair.sign(message).0),
		}
	}
}

/// The genesis hash of the mock.
pub fn genesis() -> [u8; 32] {
	System::block_hash(0).0
}

/// An intent of a lender of `CASE`, valid for a second.
pub fn intent(lender: LenderIndex, sequence: Sequence, call: RuntimeCall) -> Intent<RuntimeCall> {
	Intent { case: CASE, lender, sequence, valid_until: Now::get() + 1_000, call }
}

/// Signs `intent` by the lender that it names, as it should be signed.
pub fn sign(intent: Intent<RuntimeCall>) -> SignedIntent<RuntimeCall> {
	sign_by(&Signer::at(intent.case, intent.lender), intent)
}

/// Signs `intent` by anybody.
pub fn sign_by(signer: &Signer, intent: Intent<RuntimeCall>) -> SignedIntent<RuntimeCall> {
	let signature = signer.sign(&signing_payload(&genesis(), &intent));
	SignedIntent { intent, signature }
}

/// A signed intent of a lender of `CASE`.
pub fn signed(
	lender: LenderIndex,
	sequence: Sequence,
	call: RuntimeCall,
) -> SignedIntent<RuntimeCall> {
	sign(intent(lender, sequence, call))
}

/// The events of the pallet so far, which it also forgets.
pub fn take_events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet::<crate::Event<Test>>();
	System::reset_events();
	events
}

/// A chain on which the first rows of `CASE` have active keys.
pub struct ExtBuilder {
	lenders: u32,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { lenders: 6 }
	}
}

impl ExtBuilder {
	pub fn with_lenders(mut self, lenders: u32) -> Self {
		self.lenders = lenders;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let storage = RuntimeGenesisConfig::default()
			.build_storage()
			.expect("the genesis of the mock builds");
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
		ext.execute_with(|| {
			System::set_block_number(1);
			Now::set(START);
			Keys::set(BTreeMap::new());
			for lender in 0..self.lenders {
				bind(CASE, lender, KeyState::Active(Signer::at(CASE, lender).key()));
			}
		});
		ext
	}

	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Intents::do_try_state().expect("every invariant holds");
		});
	}
}
