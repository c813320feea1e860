//! A runtime with frame-system and this pallet. The council's body is a list in storage.

use crate::{
	self as pallet_consortium, benchmarking::BenchmarkHelper, ActingFor, AdmissionLimits,
	CallClass, ClassLimits, Classify, Founder, Pallet,
};
use frame_support::{
	derive_impl, ord_parameter_types, parameter_types,
	traits::{ChangeMembers, ConstU32, Contains, InitializeMembers},
};
use frame_system::EnsureSignedBy;
use sp_runtime::{traits::IdentityLookup, BuildStorage};
use winddown_primitives::{PoolRefusal, Role};

pub type AccountId = u64;

/// The account behind which a motion of the council stands.
pub const MOTION: AccountId = 999;
/// A regulator on the council.
pub const REGULATOR: AccountId = 30;
/// An association on the council.
pub const ASSOCIATION: AccountId = 10;
/// A bank that operates the votes.
pub const BANK: AccountId = 20;
/// Nobody.
pub const STRANGER: AccountId = 77;

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
	pub type Consortium = pallet_consortium;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
}

ord_parameter_types! {
	pub const Motion: AccountId = MOTION;
}

parameter_types! {
	/// The members of the council's body, as it was last told.
	pub storage BodyMembers: Vec<AccountId> = Vec::new();
	/// What the body was told last: who came and who went.
	pub storage BodyChange: (Vec<AccountId>, Vec<AccountId>) = (Vec::new(), Vec::new());
	pub static CurrentLimits: AdmissionLimits = LIMITS;
	pub static MinCouncil: u32 = 1;
}

pub const LIMITS: AdmissionLimits = AdmissionLimits {
	burst: 10,
	refill_per_block: 2,
	operator_refill_per_block: 2,
	bulk: ClassLimits { cost: 5, per_milli: 1, max_length: 1_000 },
	ordinary: ClassLimits { cost: 2, per_milli: 1, max_length: 100 },
	urgent: ClassLimits { cost: 1, per_milli: 4, max_length: 200 },
};

/// The body in which the council votes.
pub struct Body;

impl ChangeMembers<AccountId> for Body {
	fn change_members_sorted(incoming: &[AccountId], outgoing: &[AccountId], new: &[AccountId]) {
		assert!(new.is_sorted(), "the body wants its members sorted");
		BodyMembers::set(&new.to_vec());
		BodyChange::set(&(incoming.to_vec(), outgoing.to_vec()));
	}
}

impl InitializeMembers<AccountId> for Body {
	fn initialize_members(members: &[AccountId]) {
		assert!(BodyMembers::get().is_empty(), "the body is initialised once");
		BodyMembers::set(&members.to_vec());
	}
}

/// Remarks are bulk, remarks with an event ordinary, everything else is urgent.
pub struct ByRemark;

impl Classify<RuntimeCall> for ByRemark {
	fn classify(call: &RuntimeCall) -> CallClass {
		match call {
			RuntimeCall::System(frame_system::Call::remark { .. }) => CallClass::Bulk,
			RuntimeCall::System(frame_system::Call::remark_with_event { .. }) => {
				CallClass::Ordinary
			}
			_ => CallClass::Urgent,
		}
	}
}

/// The proxy of an account, if it has one, acts for it by whatever it signs, but not for the emperor.
pub struct Delegates;

/// An account whose delegates may not do what they sign.
pub const EMPEROR: AccountId = 500;

parameter_types! {
	/// Who acts for whom.
	pub static ActsFor: Vec<(AccountId, AccountId)> = Vec::new();
}

impl ActingFor<AccountId, RuntimeCall> for Delegates {
	fn principal(signer: &AccountId, _: &RuntimeCall) -> Result<Option<AccountId>, PoolRefusal> {
		let found = ActsFor::get().into_iter().find(|(delegate, _)| delegate == signer);
		match found {
			Some((_, EMPEROR)) => Err(PoolRefusal::NotDelegate),
			found => Ok(found.map(|(_, real)| real)),
		}
	}
}

/// Everything but deleting from storage.
pub struct AllButKilling;

impl Contains<RuntimeCall> for AllButKilling {
	fn contains(call: &RuntimeCall) -> bool {
		!matches!(call, RuntimeCall::System(frame_system::Call::kill_storage { .. }))
	}
}

pub struct Helper;

impl BenchmarkHelper<RuntimeOrigin, AccountId> for Helper {
	fn council_origin() -> RuntimeOrigin {
		council()
	}
}

impl pallet_consortium::Config for Test {
	type CouncilOrigin = EnsureSignedBy<Motion, AccountId>;
	type CouncilMembers = Body;
	type MinCouncil = MinCouncil;
	type MaxCouncil = ConstU32<4>;
	type MaxInstitutions = ConstU32<6>;
	type CallClass = ByRemark;
	type ActingFor = Delegates;
	type Enactable = AllButKilling;
	type Limits = CurrentLimits;
	type WeightInfo = ();
	type BenchmarkHelper = Helper;
}

/// The origin of the council.
pub fn council() -> RuntimeOrigin {
	RuntimeOrigin::signed(MOTION)
}

pub fn founder(account: AccountId, name: &str, roles: &[Role]) -> Founder<AccountId> {
	Founder { account, name: name.into(), roles: roles.to_vec() }
}

/// A consortium of an association and a regulator, both on the council, and a bank.
pub struct ExtBuilder {
	founders: Vec<Founder<AccountId>>,
	limits: AdmissionLimits,
	min_council: u32,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			founders: vec![
				founder(REGULATOR, "金融监管局", &[Role::Regulator, Role::Council]),
				founder(ASSOCIATION, "互联网金融协会", &[Role::Association, Role::Council]),
				founder(BANK, "Bank", &[Role::Operator]),
			],
			limits: LIMITS,
			min_council: 1,
		}
	}
}

impl ExtBuilder {
	pub fn with_founders(mut self, founders: Vec<Founder<AccountId>>) -> Self {
		self.founders = founders;
		self
	}

	pub fn with_limits(mut self, limits: AdmissionLimits) -> Self {
		self.limits = limits;
		self
	}

	pub fn with_min_council(mut self, members: u32) -> Self {
		self.min_council = members;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		ActsFor::set(Vec::new());
		CurrentLimits::set(self.limits);
		MinCouncil::set(self.min_council);
		let genesis = RuntimeGenesisConfig {
			system: Default::default(),
			consortium: pallet_consortium::GenesisConfig { institutions: self.founders },
		};
		let mut ext: sp_io::TestExternalities =
			genesis.build_storage().expect("the genesis is in order").into();
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Runs a test and checks all invariants after it, also that the body is the council.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			check_state();
		})
	}
}

/// All invariants, and that the council's body was told of every change.
pub fn check_state() {
	Pallet::<Test>::do_try_state().expect("the invariants hold");
	assert_eq!(BodyMembers::get(), Consortium::council());
}
