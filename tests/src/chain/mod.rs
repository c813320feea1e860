//! A chain of one process: the real WASM runtime, ParityDB on disk, blocks made by hand.

mod archive;
mod institutions;
mod validators;

pub use institutions::account;
pub use validators::{in_office, justify, next_validators, Validators};

use codec::Encode;
use frame_support::dispatch::DispatchClass;
use frame_system::{BlockWeight, ConsumedWeight, EventRecord};
use institutions::keys;
use sc_block_builder::{BlockBuilder, BlockBuilderBuilder};
use sc_client_api::{HeaderBackend, StorageProvider};
use sc_client_db::PruningMode;
use sc_consensus::{
	BlockImport, BlockImportParams, ForkChoiceStrategy, StateAction, StorageChanges,
};
use sp_blockchain::{ApplyExtrinsicFailed, Error};
use sp_consensus::BlockOrigin;
use sp_consensus_aura::{digests::CompatibleDigestItem, sr25519::AuthoritySignature, Slot};
use sp_core::{Pair, H256};
use sp_inherents::InherentDataProvider;
use sp_runtime::{
	generic::{Digest as BlockDigest, DigestItem, Era},
	traits::Block as _,
	OpaqueExtrinsic,
};
use std::{
	collections::BTreeMap,
	ops::AddAssign,
	sync::Arc,
	time::{Duration, Instant},
};
use winddown_host::{signatures, HostFunctions};
use winddown_primitives::Millis;
use winddown_runtime::{
	configs::system::SLOT_DURATION, opaque::Block, Runtime, RuntimeApi, RuntimeCall, RuntimeEvent,
	SignedPayload, UncheckedExtrinsic,
};
use winddown_verifier::archive::trie::EVENTS_KEY;

type Executor = sc_executor::WasmExecutor<HostFunctions>;
type Client = sc_service::TFullClient<Block, RuntimeApi, Executor>;

/// Blocks that were made.
#[derive(Clone, Copy, Default)]
pub struct Made {
	/// How many.
	pub blocks: u32,
	/// The time that executing their transactions and making them took.
	pub making: Duration,
	/// The time that handing them to the database took; it writes them later.
	pub importing: Duration,
	/// The time that the runtime charged for their transactions.
	pub charged: Duration,
}

impl AddAssign for Made {
	fn add_assign(&mut self, more: Self) {
		self.blocks += more.blocks;
		self.making += more.making;
		self.importing += more.importing;
		self.charged += more.charged;
	}
}

/// A chain with its client.
pub struct Chain {
	client: Arc<Client>,
	slot: u64,
	nonces: BTreeMap<&'static str, u32>,
	genesis: [u8; 32],
	/// The last block had room for no extrinsic.
	was_empty: bool,
	// Deleted with the chain.
	_folder: tempfile::TempDir,
}

impl Chain {
	/// The first block of the genesis preset `preset`; block 1 follows at `start`, in milliseconds.
	/// Older states are dropped, as a node drops them.
	pub fn new(preset: &str, start: Millis) -> Self {
		Self::with_states(preset, start, PruningMode::blocks_pruning(256))
	}

	/// The same, with every state kept.
	pub fn with_all_states(preset: &str, start: Millis) -> Self {
		Self::with_states(preset, start, PruningMode::ArchiveAll)
	}

	fn with_states(preset: &str, start: Millis, states: PruningMode) -> Self {
		let folder = tempfile::tempdir().expect("a temporary folder");
		let executor = Executor::builder().build();
		let code = winddown_runtime::WASM_BINARY.expect("built with the WASM runtime");
		let storage =
			sc_chain_spec::GenesisConfigBuilderRuntimeCaller::<signatures::HostFunctions>::new(
				code,
			)
			.get_storage_for_named_preset(Some(&preset.to_string()))
			.map(|mut storage| {
				let key = sp_storage::well_known_keys::CODE.to_vec();
				storage.top.insert(key, code.to_vec());
				storage
			})
			.expect("the preset builds");
		let backend = sc_service::new_db_backend(sc_client_db::DatabaseSettings {
			// As the node has it.
			trie_cache_maximum_size: None,
			state_pruning: Some(states),
			source: sc_client_db::DatabaseSource::ParityDb { path: folder.path().into() },
			blocks_pruning: sc_client_db::BlocksPruning::KeepAll,
			pruning_filters: Vec::new(),
			metrics_registry: None,
		})
		.expect("a database");
		let genesis = sc_chain_spec::GenesisBlockBuilder::<Block, _, _>::new_with_storage(
			storage,
			true,
			backend.clone(),
			executor.clone(),
		)
		.expect("a genesis block");
		let client = sc_service::new_client::<_, _, RuntimeApi, _>(
			backend,
			executor.clone(),
			genesis,
			Default::default(),
			Default::default(),
			sc_client_api::execution_extensions::ExecutionExtensions::new(None, Arc::new(executor)),
			Box::new(sp_core::testing::TaskExecutor::new()),
			None,
			None,
			Default::default(),
		)
		.expect("a client");
		let genesis = client.info().genesis_hash.into();
		Self {
			client: Arc::new(client),
			slot: start / SLOT_DURATION,
			nonces: BTreeMap::new(),
			genesis,
			was_empty: false,
			_folder: folder,
		}
	}

	/// The hash of the first block.
	pub const fn genesis(&self) -> [u8; 32] {
		self.genesis
	}

	/// The number of the newest block.
	pub fn height(&self) -> u32 {
		self.client.info().best_number
	}

	/// The time of the next block, in milliseconds.
	pub const fn now(&self) -> Millis {
		self.slot * SLOT_DURATION
	}

	/// Nothing happens for `time` milliseconds.
	pub fn pass(&mut self, time: Millis) {
		self.slot += time.div_ceil(SLOT_DURATION);
	}

	/// Makes a block of as many of `extrinsics` as fit and imports it; those left, and what the block
	/// took.
	pub fn block(
		&mut self,
		extrinsics: Vec<UncheckedExtrinsic>,
	) -> (Vec<UncheckedExtrinsic>, Made) {
		let info = self.client.info();
		let slot = Slot::from(self.slot);
		let digest =
			<DigestItem as CompatibleDigestItem<AuthoritySignature>>::aura_pre_digest(slot);
		let mut builder = BlockBuilderBuilder::new(&*self.client)
			.on_parent_block(info.best_hash)
			.with_parent_block_number(info.best_number)
			.with_inherent_digests(BlockDigest { logs: vec![digest] })
			.build()
			.expect("a block begins");
		self.push_inherents(&mut builder);

		let opaque: Vec<_> = extrinsics
			.iter()
			.map(|xt| {
				OpaqueExtrinsic::try_from_encoded_extrinsic(&xt.encode()).expect("an extrinsic")
			})
			.collect();
		let mut fitted = 0;
		let start = Instant::now();
		for extrinsic in opaque {
			match builder.push(extrinsic) {
				Ok(()) => fitted += 1,
				Err(Error::ApplyExtrinsicFailed(ApplyExtrinsicFailed::Validity(error)))
					if error.exhausted_resources() =>
				{
					break
				}
				Err(error) => panic!("extrinsic {fitted} is refused: {error}"),
			}
		}
		let built = builder.build().expect("a block ends");
		let making = start.elapsed();
		// A session's first block has room for none, but never two blocks in a row.
		let in_vain = fitted == 0 && !extrinsics.is_empty();
		assert!(!in_vain || !self.was_empty, "the first extrinsic fits no block");
		self.was_empty = in_vain;
		let start = Instant::now();
		self.import_block(built);
		let importing = start.elapsed();
		self.slot += 1;
		let made = Made { blocks: 1, making, importing, charged: self.charged() };
		(extrinsics.into_iter().skip(fitted).collect(), made)
	}

	fn push_inherents(&self, builder: &mut BlockBuilder<'_, Block, Client>) {
		let mut data = sp_inherents::InherentData::new();
		let timestamp = sp_timestamp::InherentDataProvider::new(self.now().into());
		futures::executor::block_on(timestamp.provide_inherent_data(&mut data)).expect("a time");
		for inherent in builder.create_inherents(data).expect("inherents") {
			builder.push(inherent).expect("an inherent is valid");
		}
	}

	fn import_block(&self, built: sc_block_builder::BuiltBlock<Block>) {
		let (block, changes) = built.into_inner();
		let (header, body) = block.deconstruct();
		let mut import = BlockImportParams::new(BlockOrigin::Own, header);
		import.body = Some(body);
		import.finalized = true;
		import.fork_choice = Some(ForkChoiceStrategy::LongestChain);
		import.state_action = StateAction::ApplyChanges(StorageChanges::Changes(changes));
		futures::executor::block_on((*self.client).import_block(import)).expect("imported");
	}

	/// Puts `calls` of `institution` into blocks, as many as fit each.
	pub fn run(&mut self, institution: &'static str, calls: impl IntoIterator<Item = RuntimeCall>) {
		let mut calls = calls.into_iter().peekable();
		let mut waiting = Vec::new();
		while calls.peek().is_some() || !waiting.is_empty() {
			while waiting.len() < 8 {
				let Some(call) = calls.next() else { break };
				waiting.push(self.signed(institution, call));
			}
			waiting = self.block(waiting).0;
		}
	}

	/// The next transaction of an institution.
	pub fn signed(&mut self, institution: &'static str, call: RuntimeCall) -> UncheckedExtrinsic {
		let nonce = self.nonces.entry(institution).or_default();
		*nonce += 1;
		signed(self.genesis, institution, *nonce - 1, call)
	}

	/// The time that the runtime charged for the transactions of the newest block.
	fn charged(&self) -> Duration {
		let weight: ConsumedWeight =
			self.read(&BlockWeight::<Runtime>::hashed_key()).expect("every block weighs");
		Duration::from_nanos(weight.get(DispatchClass::Normal).ref_time() / 1_000)
	}

	/// What the newest block tells.
	pub fn events(&self) -> Vec<RuntimeEvent> {
		let records: Vec<Box<EventRecord<RuntimeEvent, H256>>> =
			self.read(&EVENTS_KEY).unwrap_or_default();
		records.into_iter().map(|record| record.event).collect()
	}

	/// The value under `key` in the newest state.
	pub fn read<T: codec::Decode>(&self, key: &[u8]) -> Option<T> {
		let key = sp_storage::StorageKey(key.to_vec());
		let data = self.client.storage(self.client.info().best_hash, &key).expect("state")?;
		Some(T::decode(&mut &data.0[..]).expect("the type of the storage"))
	}
}

/// A transaction of an institution, on the chain with this genesis hash.
pub fn signed(
	genesis: [u8; 32],
	institution: &str,
	nonce: u32,
	call: RuntimeCall,
) -> UncheckedExtrinsic {
	let extension = winddown_runtime::tx_extension(nonce, Era::Immortal);
	let version = winddown_runtime::VERSION;
	let genesis = H256(genesis);
	let implicit = (
		(),
		(),
		(),
		version.spec_version,
		version.transaction_version,
		genesis,
		genesis,
		(),
		(),
		(),
		None,
		(),
	);
	let payload = SignedPayload::from_raw(call, extension, implicit);
	let signature = payload.using_encoded(|bytes| keys(institution).account.sign(bytes));
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(call, account(institution).into(), signature.into(), extension)
}
