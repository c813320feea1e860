//! A runtime with the real session pallet, so that sets change here as they do on a chain.

use crate as pallet_validator_set;
use crate::NodeKeys;
use codec::Encode;
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{ConstU32, ConstU64, Contains},
};
use frame_system::{EnsureRoot, RawOrigin};
use sp_runtime::{
	impl_opaque_keys,
	testing::UintAuthorityId,
	traits::{ConvertInto, OpaqueKeys},
	BuildStorage, DispatchResult, KeyTypeId, RuntimeAppPublic,
};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

/// Accounts below this belong to institutions.
pub const OUTSIDER: AccountId = 1_000;
/// Blocks in a session.
pub const SESSION: u64 = 5;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		ValidatorSet: pallet_validator_set,
		Session: pallet_session,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
}

impl_opaque_keys! {
	pub struct SessionKeys {
		pub node: UintAuthorityId,
	}
}

impl From<UintAuthorityId> for SessionKeys {
	fn from(node: UintAuthorityId) -> Self {
		Self { node }
	}
}

/// Keeps the keys of the validators in charge, as Aura does.
pub struct Handler;

parameter_types! {
	pub static AuthoringKeys: Vec<UintAuthorityId> = Vec::new();
}

impl pallet_session::SessionHandler<AccountId> for Handler {
	const KEY_TYPE_IDS: &'static [KeyTypeId] = &[UintAuthorityId::ID];

	fn on_genesis_session<Ks: OpaqueKeys>(validators: &[(AccountId, Ks)]) {
		Self::on_new_session(true, validators, validators);
	}

	fn on_new_session<Ks: OpaqueKeys>(
		_: bool,
		validators: &[(AccountId, Ks)],
		_: &[(AccountId, Ks)],
	) {
		let keys = validators.iter().filter_map(|(_, keys)| keys.get(UintAuthorityId::ID));
		AuthoringKeys::set(keys.collect());
	}

	fn on_disabled(_: u32) {}
}

impl pallet_session::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = pallet_session::PeriodicSessions<ConstU64<SESSION>, ConstU64<0>>;
	type NextSessionRotation = pallet_session::PeriodicSessions<ConstU64<SESSION>, ConstU64<0>>;
	type SessionManager = ValidatorSet;
	type SessionHandler = Handler;
	type Keys = SessionKeys;
	type DisablingStrategy = ();
	type WeightInfo = ();
	type Currency = Balances;
	type KeyDeposit = ConstU64<0>;
}

/// The institutions in good standing.
pub struct Admitted;

impl Contains<AccountId> for Admitted {
	fn contains(who: &AccountId) -> bool {
		*who < OUTSIDER
	}
}

/// The keys kept by the session pallet.
pub struct Keys;

impl NodeKeys<AccountId> for Keys {
	fn are_set(who: &AccountId) -> bool {
		pallet_session::NextKeys::<Test>::contains_key(who)
	}

	fn purge(who: &AccountId) -> DispatchResult {
		Session::purge_keys(RawOrigin::Signed(*who).into())
	}
}

pub struct Helper;

impl crate::BenchmarkHelper<RuntimeOrigin, AccountId> for Helper {
	fn manage_origin() -> RuntimeOrigin {
		RuntimeOrigin::root()
	}

	fn institution_with_keys(seed: u32) -> AccountId {
		let who = AccountId::from(seed) + 100;
		admit_with_keys(who);
		who
	}
}

impl pallet_validator_set::Config for Test {
	type ManageOrigin = EnsureRoot<AccountId>;
	type Institutions = Admitted;
	type Keys = Keys;
	type MaxValidators = ConstU32<6>;
	type WeightInfo = ();
	type BenchmarkHelper = Helper;
}

/// Gives `who` the reference that the consortium gives an institution, and keys.
pub fn admit_with_keys(who: AccountId) {
	System::inc_providers(&who);
	set_keys(who);
}

/// Sets the keys of `who`.
pub fn set_keys(who: AccountId) {
	let mut keys = SessionKeys::from(UintAuthorityId(who));
	let proof = keys.create_ownership_proof(&who.encode()).expect("a test key signs");
	assert_ok!(Session::set_keys(RuntimeOrigin::signed(who), keys, proof.encode()));
}

/// Runs block after block until the next session has begun.
pub fn next_session() {
	let session = Session::current_index();
	while Session::current_index() == session {
		let block = System::block_number() + 1;
		System::set_block_number(block);
		<AllPalletsWithSystem as frame_support::traits::OnInitialize<u64>>::on_initialize(block);
	}
}

/// The events of the pallet so far, which it also forgets.
pub fn take_events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet::<crate::Event<Test>>();
	System::reset_events();
	events
}

/// A chain whose validators have their keys.
pub struct ExtBuilder {
	validators: Vec<AccountId>,
	minimum: u32,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { validators: vec![1, 2, 3], minimum: 2 }
	}
}

impl ExtBuilder {
	pub fn with_validators(mut self, validators: &[AccountId]) -> Self {
		self.validators = validators.to_vec();
		self
	}

	pub fn with_minimum(mut self, minimum: u32) -> Self {
		self.minimum = minimum;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let keys = self
			.validators
			.iter()
			.map(|who| (*who, *who, SessionKeys::from(UintAuthorityId(*who))))
			.collect();
		let storage = RuntimeGenesisConfig {
			validator_set: crate::GenesisConfig {
				validators: self.validators,
				minimum: self.minimum,
			},
			session: pallet_session::GenesisConfig { keys, non_authority_keys: vec![] },
			..Default::default()
		}
		.build_storage()
		.expect("the genesis of the mock builds");
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			ValidatorSet::do_try_state().expect("every invariant holds");
		});
	}
}
