//! A runtime with nothing but the list of peers.

use crate as pallet_node_permission;
use crate::{ed25519_peer_id, PeerId};
use frame_support::{
	derive_impl,
	traits::{ConstU32, Contains},
};
use frame_system::EnsureRoot;
use sp_runtime::BuildStorage;

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

/// Accounts below this belong to institutions.
pub const OUTSIDER: AccountId = 1_000;
/// Most peers on the list.
pub const MAX_PEERS: u32 = 5;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		NodePermission: pallet_node_permission,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

/// The institutions in good standing.
pub struct Admitted;

impl Contains<AccountId> for Admitted {
	fn contains(who: &AccountId) -> bool {
		*who < OUTSIDER
	}
}

pub struct Helper;

impl crate::BenchmarkHelper<RuntimeOrigin, AccountId> for Helper {
	fn manage_origin() -> RuntimeOrigin {
		RuntimeOrigin::root()
	}

	fn institution() -> AccountId {
		1
	}
}

impl pallet_node_permission::Config for Test {
	type ManageOrigin = EnsureRoot<AccountId>;
	type Institutions = Admitted;
	type MaxPeers = ConstU32<MAX_PEERS>;
	type WeightInfo = ();
	type BenchmarkHelper = Helper;
}

/// The id of a node with an ed25519 key of `seed`s.
pub fn peer(seed: u8) -> PeerId {
	ed25519_peer_id([seed; 32])
}

/// The events of the pallet so far, which it also forgets.
pub fn take_events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet::<crate::Event<Test>>();
	System::reset_events();
	events
}

/// A chain with a list of peers.
#[derive(Default)]
pub struct ExtBuilder {
	peers: Vec<(PeerId, AccountId)>,
}

impl ExtBuilder {
	pub fn with_peers(mut self, peers: &[(PeerId, AccountId)]) -> Self {
		self.peers = peers.to_vec();
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let storage = RuntimeGenesisConfig {
			node_permission: crate::GenesisConfig { peers: self.peers },
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
			NodePermission::do_try_state().expect("every invariant holds");
		});
	}
}
