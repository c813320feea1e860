//! A chain of one node in memory. Each block is authored, taken back and imported as a peer would.

use codec::Encode;
use frame_support::dispatch::GetDispatchInfo;
use pallet_collective::Event as CouncilEvent;
use serde_json::Value;
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_core::{
	sr25519,
	traits::{ReadRuntimeVersion, ReadRuntimeVersionExt},
	Pair,
};
use sp_io::TestExternalities;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	generic::{Digest, DigestItem, Era},
	traits::{BlakeTwo256, Hash as _, Header as _},
	ApplyExtrinsicResult, DispatchResult, MultiSignature,
};
use std::borrow::Cow;
use winddown_runtime::{
	configs::{consensus::SESSION_LENGTH, system::SLOT_DURATION},
	genesis_config_presets::{self, Institution},
	tx_extension, Block, BlockNumber, Executive, Hash, Header, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeGenesisConfig, SignedPayload, System, UncheckedExtrinsic, VERSION,
};

/// The time of genesis: 8 November 2019, 00:00 in Shenzhen.
const GENESIS_TIME: u64 = 1_573_142_400_000;

/// A chain that grows block by block.
pub struct Chain {
	state: TestExternalities,
	parent: Hash,
	number: BlockNumber,
}

impl Chain {
	/// A chain at the genesis of a preset.
	pub fn new(preset: &str) -> Self {
		let patch = genesis_config_presets::get_preset(&preset.into()).expect("the preset exists");
		let mut genesis = serde_json::to_value(RuntimeGenesisConfig::default()).expect("is JSON");
		merge(&mut genesis, serde_json::from_slice(&patch).expect("a preset is JSON"));
		let genesis = genesis.to_string().into_bytes();

		let mut state = TestExternalities::default();
		state.register_extension(KeystoreExt::new(MemoryKeystore::new()));
		state.register_extension(ReadRuntimeVersionExt::new(NextVersion));
		state
			.execute_with(|| {
				frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(genesis)
			})
			.expect("the preset builds");
		let parent = state.execute_with(|| System::block_hash(0));
		Self { state, parent, number: 0 }
	}

	/// Reads, or changes past the rules, the state after the last block.
	pub fn with<R>(&mut self, look: impl FnOnce() -> R) -> R {
		self.state.execute_with(look)
	}

	/// Makes the next block of these transactions, in this order. The first block of a session takes
	/// none, so one without any comes before.
	pub fn block(&mut self, calls: Vec<(Institution, RuntimeCall)>) -> Vec<ApplyExtrinsicResult> {
		if !calls.is_empty() && (self.number + 1) % SESSION_LENGTH == 0 {
			self.next(Vec::new());
		}
		let mut nonces = std::collections::BTreeMap::new();
		let transactions = self.state.execute_with(|| {
			calls
				.into_iter()
				.map(|(who, call)| {
					let account = who.account();
					let nonce = nonces
						.entry(account.clone())
						.or_insert_with(|| System::account_nonce(&account));
					*nonce += 1;
					sign(who, call, *nonce - 1)
				})
				.collect()
		});
		self.next(transactions)
	}

	/// One transaction in a block of its own, and how its call ended.
	pub fn submit(&mut self, who: Institution, call: impl Into<RuntimeCall>) -> DispatchResult {
		self.block(vec![(who, call.into())]).remove(0).expect("the transaction is valid")
	}

	/// Two of the three members of the council put a motion through; how its call ended.
	pub fn council_decides(&mut self, call: impl Into<RuntimeCall>) -> DispatchResult {
		let call = call.into();
		let length_bound = call.encoded_size() as u32;
		let proposal_weight_bound = call.get_dispatch_info().call_weight;
		let proposal_hash = BlakeTwo256::hash_of(&call);
		let index = self
			.with(pallet_collective::ProposalCount::<Runtime, pallet_collective::Instance1>::get);

		let motion = pallet_collective::Call::propose {
			threshold: 2,
			proposal: Box::new(call),
			length_bound,
		};
		self.submit(Institution::Regulator, motion).expect("a member may propose");
		for member in [Institution::Regulator, Institution::Association] {
			let vote =
				pallet_collective::Call::vote { proposal: proposal_hash, index, approve: true };
			self.submit(member, vote).expect("a member may vote");
		}
		let close = pallet_collective::Call::close {
			proposal_hash,
			index,
			proposal_weight_bound,
			length_bound,
		};
		self.submit(Institution::Platform, close).expect("anyone may close");
		self.events()
			.into_iter()
			.find_map(|event| match event {
				RuntimeEvent::Council(CouncilEvent::Executed { result, .. }) => Some(result),
				_ => None,
			})
			.expect("the motion was executed")
	}

	/// Makes blocks until the next session has begun.
	pub fn next_session(&mut self) {
		self.next(Vec::new());
		while self.number % SESSION_LENGTH != 0 {
			self.next(Vec::new());
		}
	}

	/// The events of the last block.
	pub fn events(&mut self) -> Vec<RuntimeEvent> {
		self.with(|| System::read_events_no_consensus().map(|record| record.event).collect())
	}

	fn next(&mut self, transactions: Vec<UncheckedExtrinsic>) -> Vec<ApplyExtrinsicResult> {
		let number = self.number + 1;
		let now = GENESIS_TIME + u64::from(number) * SLOT_DURATION;
		let slot = Slot::from(now / SLOT_DURATION);
		let digest = Digest { logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())] };
		let header = Header::new(number, Hash::default(), Hash::default(), self.parent, digest);
		let time = UncheckedExtrinsic::new_bare(pallet_timestamp::Call::set { now }.into());

		let (block, results) = self.state.execute_with(|| author(header, time, transactions));
		self.parent = block.header.hash();
		self.number = number;
		self.state.execute_with(|| Executive::execute_block(block.into()));
		self.state.commit_all().expect("nothing is left open");
		#[cfg(feature = "try-runtime")]
		self.check();
		results
	}

	#[cfg(feature = "try-runtime")]
	fn check(&mut self) {
		use frame_support::traits::{TryState, TryStateSelect};
		let number = self.number;
		self.with(|| {
			winddown_runtime::AllPalletsWithSystem::try_state(number, TryStateSelect::All)
		})
		.expect("every invariant holds");
	}
}

/// Makes a block, without the transactions that are not valid, and takes its changes back.
fn author(
	header: Header,
	time: UncheckedExtrinsic,
	transactions: Vec<UncheckedExtrinsic>,
) -> (Block, Vec<ApplyExtrinsicResult>) {
	// Not `with_transaction`, whose counter would stand in the state and change its root.
	sp_io::storage::start_transaction();
	Executive::initialize_block(&header);
	Executive::apply_extrinsic(time.clone()).expect("the time is valid").expect("and is set");
	let mut extrinsics = vec![time];
	let mut results = Vec::new();
	for transaction in transactions {
		sp_io::storage::start_transaction();
		let result = Executive::apply_extrinsic(transaction.clone());
		if result.is_ok() {
			sp_io::storage::commit_transaction();
			extrinsics.push(transaction);
		} else {
			sp_io::storage::rollback_transaction();
		}
		results.push(result);
	}
	let header = Executive::finalize_block();
	sp_io::storage::rollback_transaction();
	(Block { header, extrinsics }, results)
}

/// A transaction as a wallet makes it.
fn sign(who: Institution, call: RuntimeCall, nonce: u32) -> UncheckedExtrinsic {
	let pair = sr25519::Pair::from_string(&format!("//{}", who.name()), None).expect("is a path");
	let payload = SignedPayload::new(call, tx_extension(nonce, Era::Immortal))
		.expect("the chain knows its genesis");
	let signature = MultiSignature::from(payload.using_encoded(|bytes| pair.sign(bytes)));
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(call, who.account().into(), signature, extension)
}

/// Merges a patch into a value, as RFC 7386 has it.
fn merge(target: &mut Value, patch: Value) {
	match (target, patch) {
		(Value::Object(target), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(target.entry(key).or_insert(Value::Null), value);
			}
		}
		(target, patch) => *target = patch,
	}
}

/// Takes any code for the next version of this runtime.
struct NextVersion;

impl ReadRuntimeVersion for NextVersion {
	fn read_runtime_version(
		&self,
		_: &[u8],
		_: &mut dyn sp_externalities::Externalities,
	) -> Result<Vec<u8>, String> {
		let mut version = VERSION;
		version.spec_name = Cow::Borrowed("winddown");
		version.spec_version += 1;
		Ok(version.encode())
	}
}
