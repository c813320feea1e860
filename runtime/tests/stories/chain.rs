//! A chain of one node in memory. Each block is authored, taken back and imported as a peer would.

use crate::state::State;
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
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, DispatchError, DispatchResult, MultiSignature,
};
use std::{borrow::Cow, collections::BTreeSet, panic::AssertUnwindSafe};
use winddown_primitives::Millis;
use winddown_runtime::{
	configs::{consensus::SESSION_LENGTH, system::SLOT_DURATION},
	genesis_config_presets::{self, Institution},
	tx_extension, AccountId, Block, BlockNumber, Consortium, Executive, Hash, Header, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeGenesisConfig, SignedPayload, System, UncheckedExtrinsic,
	VERSION,
};

/// The time of genesis: 8 November 2019, 00:00 in Shenzhen.
const GENESIS_TIME: Millis = 1_573_142_400_000;
/// The longest wait, in milliseconds, for which every slot gets its block.
const LONGEST_VIGIL: Millis = 50 * SLOT_DURATION;

/// A chain that grows block by block.
pub struct Chain {
	state: TestExternalities,
	parent: Hash,
	number: BlockNumber,
	now: Millis,
}

/// A transaction that wants to be in a block.
pub enum Transaction {
	/// An institution's, signed when its turn comes, with the nonce that is due by then.
	Due(Institution, RuntimeCall),
	/// One that was made before.
	Made(Box<UncheckedExtrinsic>),
}

impl<Call: Into<RuntimeCall>> From<(Institution, Call)> for Transaction {
	fn from((who, call): (Institution, Call)) -> Self {
		Self::Due(who, call.into())
	}
}

impl From<UncheckedExtrinsic> for Transaction {
	fn from(made: UncheckedExtrinsic) -> Self {
		Self::Made(Box::new(made))
	}
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
		Self { state, parent, number: 0, now: GENESIS_TIME }
	}

	/// The time of the last block, in milliseconds.
	pub fn now(&self) -> Millis {
		self.now
	}

	/// The number of the last block.
	pub fn height(&self) -> BlockNumber {
		self.number
	}

	/// The hash by which signers tell this chain from others.
	pub fn genesis(&mut self) -> [u8; 32] {
		self.with(|| System::block_hash(0)).0
	}

	/// Reads, or changes past the rules, the state after the last block.
	pub fn with<R>(&mut self, look: impl FnOnce() -> R) -> R {
		self.state.execute_with(look)
	}

	/// Makes the next block of these transactions, in this order.
	pub fn block<T: Into<Transaction>>(
		&mut self,
		transactions: Vec<T>,
	) -> Vec<ApplyExtrinsicResult> {
		if !transactions.is_empty() {
			self.pass_session_start();
		}
		self.next(transactions.into_iter().map(Into::into).collect())
	}

	/// One transaction in a block of its own, and how its call ended.
	pub fn submit(&mut self, who: Institution, call: impl Into<RuntimeCall>) -> DispatchResult {
		self.block(vec![(who, call.into())]).remove(0).expect("the transaction is valid")
	}

	/// Sends a call that fails with `error` and leaves nothing behind.
	#[track_caller]
	pub fn fails(
		&mut self,
		who: Institution,
		call: impl Into<RuntimeCall>,
		error: impl Into<DispatchError>,
	) {
		self.pass_session_start();
		let before = self.state();
		assert_eq!(self.submit(who, call), Err(error.into()));
		assert_eq!(self.state().lasting_changes(&before), BTreeSet::new());
	}

	/// Two thirds of the council put a motion through; how its call ended.
	pub fn council_decides(&mut self, call: impl Into<RuntimeCall>) -> DispatchResult {
		let close = self.council_agrees(call);
		self.submit(Institution::Platform, close).expect("anyone may close");
		self.find(|event| match event {
			RuntimeEvent::Council(CouncilEvent::Executed { result, .. }) => Some(result),
			_ => None,
		})
	}

	/// Two thirds of the council vote for a motion; what is left is the call, returned here, by
	/// which anyone has it carried out.
	pub fn council_agrees(&mut self, call: impl Into<RuntimeCall>) -> RuntimeCall {
		let call = call.into();
		let length_bound = call.encoded_size() as u32;
		let proposal_weight_bound = call.get_dispatch_info().call_weight;
		let proposal_hash = BlakeTwo256::hash_of(&call);
		let index = self
			.with(pallet_collective::ProposalCount::<Runtime, pallet_collective::Instance1>::get);
		let seats = self.with(Consortium::council).len();
		let threshold = (2 * seats).div_ceil(3);

		let motion = pallet_collective::Call::propose {
			threshold: threshold as u32,
			proposal: Box::new(call),
			length_bound,
		};
		self.submit(Institution::Regulator, motion).expect("a member may propose");
		let members = [Institution::Regulator, Institution::Association, Institution::Registrar];
		for member in &members[..threshold] {
			let vote =
				pallet_collective::Call::vote { proposal: proposal_hash, index, approve: true };
			self.submit(*member, vote).expect("a member may vote");
		}
		pallet_collective::Call::close { proposal_hash, index, proposal_weight_bound, length_bound }
			.into()
	}

	/// What the pool of a node says to a transaction.
	pub fn pool(
		&mut self,
		source: TransactionSource,
		transaction: UncheckedExtrinsic,
	) -> TransactionValidity {
		let parent = self.parent;
		self.undone(|| Executive::validate_transaction(source, transaction, parent))
	}

	/// Whether other nodes refuse a block for this one transaction, which its author put in although
	/// it is not valid.
	pub fn refuses_block_with(&mut self, transaction: UncheckedExtrinsic) -> bool {
		self.pass_session_start();
		let (header, time) = self.header();
		self.undone(|| {
			let (mut block, _) = author(header, time, Vec::new());
			block.extrinsics.push(transaction);
			let import = AssertUnwindSafe(|| Executive::execute_block(block.into()));
			let refusal = std::panic::catch_unwind(import).expect_err("no node imports the block");
			let refusal = refusal.downcast::<String>().expect("the executive says why");
			// Not for its state root, which is checked in the end.
			refusal.contains("applying extrinsic: InvalidTransaction custom error")
		})
	}

	/// Makes blocks until the time of the last one is `moment` or later. Of a long wait only the
	/// last block is made.
	pub fn wait_until(&mut self, moment: Millis) {
		if moment.saturating_sub(self.now) > LONGEST_VIGIL {
			self.now = moment.next_multiple_of(SLOT_DURATION) - SLOT_DURATION;
		}
		while self.now < moment {
			self.next(Vec::new());
		}
	}

	/// Makes blocks until the next one is not the first of a session, which takes no transactions.
	pub fn pass_session_start(&mut self) {
		if (self.number + 1).is_multiple_of(SESSION_LENGTH) {
			self.next(Vec::new());
		}
	}

	/// Makes blocks until the next session has begun.
	pub fn next_session(&mut self) {
		self.next(Vec::new());
		while !self.number.is_multiple_of(SESSION_LENGTH) {
			self.next(Vec::new());
		}
	}

	/// The events of the last block.
	pub fn events(&mut self) -> Vec<RuntimeEvent> {
		self.with(|| System::read_events_no_consensus().map(|record| record.event).collect())
	}

	/// What `pick` makes of the one event of the last block that it knows.
	#[track_caller]
	pub fn find<R>(&mut self, pick: impl FnMut(RuntimeEvent) -> Option<R>) -> R {
		let mut found: Vec<R> = self.events().into_iter().filter_map(pick).collect();
		assert_eq!(found.len(), 1, "the block has one such event: {:?}", self.events());
		found.remove(0)
	}

	/// The whole state after the last block.
	pub fn state(&mut self) -> State {
		self.with(State::read)
	}

	/// The whole state after a block of these transactions, which is not made.
	pub fn state_after<T: Into<Transaction>>(&mut self, transactions: Vec<T>) -> State {
		self.pass_session_start();
		let transactions = transactions.into_iter().map(Into::into).collect();
		let (header, time) = self.header();
		self.undone(|| {
			let (block, _) = author(header, time, transactions);
			Executive::execute_block(block.into());
			State::read()
		})
	}

	fn next(&mut self, transactions: Vec<Transaction>) -> Vec<ApplyExtrinsicResult> {
		let (header, time) = self.header();
		let (block, results) = self.state.execute_with(|| author(header, time, transactions));
		self.parent = block.header.hash();
		self.number += 1;
		self.now += SLOT_DURATION;
		self.state.execute_with(|| Executive::execute_block(block.into()));
		self.state.commit_all().expect("nothing is left open");
		#[cfg(feature = "try-runtime")]
		self.check();
		results
	}

	/// The header and the first extrinsic of the next block.
	fn header(&self) -> (Header, UncheckedExtrinsic) {
		let now = self.now + SLOT_DURATION;
		let slot = Slot::from(now / SLOT_DURATION);
		let digest = Digest { logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())] };
		let (none, parent) = (Hash::default(), self.parent);
		let header = Header::new(self.number + 1, none, none, parent, digest);
		(header, UncheckedExtrinsic::new_bare(pallet_timestamp::Call::set { now }.into()))
	}

	/// Runs `attempt` and takes its changes back.
	fn undone<R>(&mut self, attempt: impl FnOnce() -> R) -> R {
		self.state.execute_with(|| {
			sp_io::storage::start_transaction();
			let result = attempt();
			sp_io::storage::rollback_transaction();
			result
		})
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
	transactions: Vec<Transaction>,
) -> (Block, Vec<ApplyExtrinsicResult>) {
	// Not `with_transaction`, whose counter would stand in the state and change its root.
	sp_io::storage::start_transaction();
	Executive::initialize_block(&header);
	Executive::apply_extrinsic(time.clone()).expect("the time is valid").expect("and is set");
	let mut extrinsics = vec![time];
	let mut results = Vec::new();
	for transaction in transactions {
		let transaction = match transaction {
			Transaction::Made(made) => *made,
			Transaction::Due(who, call) => {
				sign(who.name(), call, System::account_nonce(who.account()))
			}
		};
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

/// A transaction as the wallet of somebody, known by the name of the key, makes it.
pub fn sign(name: &str, call: RuntimeCall, nonce: u32) -> UncheckedExtrinsic {
	let pair = sr25519::Pair::from_string(&format!("//{name}"), None).expect("is a path");
	let payload = SignedPayload::new(call, tx_extension(nonce, Era::Immortal))
		.expect("the chain knows its genesis");
	let signature = MultiSignature::from(payload.using_encoded(|bytes| pair.sign(bytes)));
	let (call, extension, _) = payload.deconstruct();
	let account = AccountId::from(pair.public());
	UncheckedExtrinsic::new_signed(call, account.into(), signature, extension)
}

/// A general transaction that nobody signs, with which anybody may carry one lender's intent.
pub fn general(call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	UncheckedExtrinsic::new_transaction(call.into(), tx_extension(0, Era::Immortal))
}

/// A bare transaction, in the format that clients have known longest. It is the other form of [`general`].
pub fn bare(call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	UncheckedExtrinsic::new_bare_legacy(call.into())
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
