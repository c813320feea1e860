//! A chain of one process: the real WASM runtime, ParityDB on disk, blocks made by hand.

use codec::Encode;
use rand::{seq::SliceRandom, SeedableRng};
use sc_block_builder::{BlockBuilder, BlockBuilderBuilder};
use sc_client_api::{HeaderBackend, StorageProvider};
use sc_consensus::{
	BlockImport, BlockImportParams, ForkChoiceStrategy, StateAction, StorageChanges,
};
use sp_blockchain::{ApplyExtrinsicFailed, Error};
use sp_consensus::BlockOrigin;
use sp_consensus_aura::{digests::CompatibleDigestItem, sr25519::AuthoritySignature, Slot};
use sp_core::{sr25519, Pair};
use sp_inherents::InherentDataProvider;
use sp_runtime::{
	generic::{Digest as BlockDigest, DigestItem, Era},
	traits::{Block as _, IdentifyAccount, Verify},
	MultiSignature, OpaqueExtrinsic,
};
use std::{
	collections::BTreeMap,
	sync::Arc,
	time::{Duration, Instant},
};
use winddown_primitives::{
	roll_digest, rules::Preset, signing_payload, AttestationPolicy, Ballot, CaseKind, CaseTerms,
	Choice, DeemedConfirmation, Digest, EvidenceKind, Fen, IdentityHash, Intent, Item, ItemKind,
	LenderIndex, LenderKey, LenderSignature, Relation, Stage, EMPTY_ROLL_DIGEST,
};
use winddown_runtime::{
	configs::system::SLOT_DURATION, opaque::Block, AccountId, RuntimeApi, RuntimeCall,
	SignedPayload, UncheckedExtrinsic,
};

type HostFunctions = sp_io::SubstrateHostFunctions;
type Executor = sc_executor::WasmExecutor<HostFunctions>;
type Client = sc_service::TFullClient<Block, RuntimeApi, Executor>;

const CASE: u32 = 0;
const POLL: u32 = 0;
/// The one class of the case.
const CLASS: u8 = 0;
/// Rows of one transaction of the platform and the registrar.
const ROWS: usize = 512;
/// Claims confirmed by one transaction of the operator.
const CALLS: usize = 256;
/// Ballots of one transaction of the operator.
const BATCH: usize = pallet_intents::MAX_BATCH as usize;
/// Batches of ballots that wait for one block.
const BATCHES: usize = 2;
/// An hour, in milliseconds.
const HOUR: u64 = 3_600_000;

pub struct Chain {
	client: Arc<Client>,
	slot: u64,
	nonces: BTreeMap<&'static str, u32>,
	genesis: [u8; 32],
	rows: u32,
	/// The last block had room for no extrinsic.
	was_empty: bool,
	// Deleted with the chain.
	_folder: tempfile::TempDir,
}

impl Chain {
	/// A chain with a case of `rows` confirmed lenders and an open poll of three items.
	pub fn with_case(rows: u32) -> Self {
		let mut chain = Self::new(rows);
		chain.open_case();
		chain.import();
		chain.register();
		chain.confirm();
		chain.open_poll();
		chain
	}

	fn new(rows: u32) -> Self {
		let folder = tempfile::tempdir().expect("a temporary folder");
		let executor = Executor::builder().build();
		let code = winddown_runtime::WASM_BINARY.expect("built with the WASM runtime");
		let storage = sc_chain_spec::GenesisConfigBuilderRuntimeCaller::<HostFunctions>::new(code)
			.get_storage_for_named_preset(Some(&"development".to_string()))
			.map(|mut storage| {
				let key = sp_storage::well_known_keys::CODE.to_vec();
				storage.top.insert(key, code.to_vec());
				storage
			})
			.expect("the preset builds");
		let backend = sc_service::new_db_backend(sc_client_db::DatabaseSettings {
			// As the node has it.
			trie_cache_maximum_size: None,
			state_pruning: Some(sc_client_db::PruningMode::blocks_pruning(256)),
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
		let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
		let slot = now.expect("after 1970").as_millis() as u64 / SLOT_DURATION;
		Self {
			client: Arc::new(client),
			slot,
			nonces: BTreeMap::new(),
			genesis,
			rows,
			was_empty: false,
			_folder: folder,
		}
	}

	/// The time of the next block, in milliseconds.
	fn now(&self) -> u64 {
		self.slot * SLOT_DURATION
	}

	/// Makes a block of as many of `extrinsics` as fit and imports it; those left, and the time
	/// that executing them and making the block took.
	fn block(
		&mut self,
		extrinsics: Vec<UncheckedExtrinsic>,
	) -> (Vec<UncheckedExtrinsic>, Duration) {
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
		let time = start.elapsed();
		// A session's first block has room for none, but never two blocks in a row.
		assert!(fitted > 0 || !self.was_empty, "the first extrinsic fits no block");
		self.was_empty = fitted == 0;
		self.import_block(built);
		self.slot += 1;
		(extrinsics.into_iter().skip(fitted).collect(), time)
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
	fn run(&mut self, institution: &'static str, calls: impl IntoIterator<Item = RuntimeCall>) {
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

	fn signed(&mut self, institution: &'static str, call: RuntimeCall) -> UncheckedExtrinsic {
		let pair = sr25519::Pair::from_string(&format!("//{institution}"), None).expect("a path");
		let nonce = self.nonces.entry(institution).or_default();
		let extension = winddown_runtime::tx_extension(*nonce, Era::Immortal);
		*nonce += 1;
		let version = winddown_runtime::VERSION;
		let genesis = sp_core::H256(self.genesis);
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
		);
		let payload = SignedPayload::from_raw(call, extension, implicit);
		let signature = payload.using_encoded(|bytes| pair.sign(bytes));
		let (call, extension, _) = payload.deconstruct();
		let account = account(institution);
		UncheckedExtrinsic::new_signed(call, account.into(), signature.into(), extension)
	}

	fn open_case(&mut self) {
		let notice = Digest::Sha256([1; 32]);
		let arbiter = |name| winddown_primitives::Arbiter {
			account: account(name),
			relation: Relation::Independent,
		};
		let policy = AttestationPolicy {
			arbiters: vec![arbiter("ArbiterOne"), arbiter("ArbiterTwo")].try_into().expect("two"),
			required: 2,
			independent: 1,
		};
		let kind = CaseKind::OnlineLending;
		self.run(
			"Platform",
			[RuntimeCall::Cases(pallet_cases::Call::authorise { kind, notice, association: None })],
		);
		let open = pallet_cases::Call::open {
			platform: account("Platform"),
			kind,
			notice,
			cut_off: self.now() - HOUR,
			terms: terms(),
			policy,
		};
		self.run("Association", [RuntimeCall::Cases(open)]);
	}

	fn import(&mut self) {
		let rows: Vec<_> = (0..self.rows).map(row).collect();
		let amount = rows.iter().map(|row| row.amount).sum();
		let digest = rows.iter().fold(EMPTY_ROLL_DIGEST, |digest, row| {
			roll_digest(&digest, &row.identity, row.amount, row.class)
		});
		let imports = rows.chunks(ROWS).enumerate().map(|(at, rows)| {
			RuntimeCall::Claims(pallet_claims::Call::import {
				case: CASE,
				first: (at * ROWS) as LenderIndex,
				rows: rows.to_vec().try_into().expect("at most 512 rows"),
			})
		});
		self.run("Platform", imports);
		let heads = self.rows;
		let lock = pallet_claims::Call::lock { case: CASE, heads, amount, digest };
		self.run("Platform", [RuntimeCall::Claims(lock)]);
	}

	fn register(&mut self) {
		let lenders: Vec<_> = (0..self.rows).collect();
		let calls = lenders.chunks(ROWS).map(|lenders| {
			let registrations: Vec<_> = lenders
				.iter()
				.map(|lender| pallet_identity_registry::Registration {
					lender: *lender,
					key: LenderKey::Sr25519(lender_pair(*lender).public().0),
				})
				.collect();
			RuntimeCall::IdentityRegistry(pallet_identity_registry::Call::register_batch {
				case: CASE,
				registrations: registrations.try_into().expect("at most 512 rows"),
				evidence: None,
			})
		});
		self.run("Registrar", calls);
	}

	fn confirm(&mut self) {
		let deposit = pallet_evidence::Call::deposit {
			case: CASE,
			kind: EvidenceKind::ConfirmationCall,
			content: pallet_evidence::Content {
				digest: Digest::Sha256([2; 32]),
				leaves: self.rows,
				size: 1,
				encoding: 1,
			},
			produced_at: self.now(),
			parent: None,
			replaces: None,
		};
		self.run("Operator", [RuntimeCall::Evidence(deposit)]);
		let evidence = self.last_evidence();
		let lenders: Vec<_> = (0..self.rows).collect();
		let calls = lenders.chunks(CALLS).map(|lenders| {
			let claims: Vec<_> = lenders
				.iter()
				.map(|lender| pallet_claims::CalledClaim {
					lender: *lender,
					amount: row(*lender).amount,
				})
				.collect();
			RuntimeCall::Claims(pallet_claims::Call::confirm_by_call {
				case: CASE,
				claims: claims.try_into().expect("at most 256 claims"),
				evidence,
			})
		});
		self.run("Operator", calls);
	}

	fn open_poll(&mut self) {
		// The confirmation window is over.
		self.slot += HOUR / SLOT_DURATION;
		let advance = pallet_cases::Call::advance { case: CASE, to: Stage::Electing };
		let document = Digest::Sha256([3; 32]);
		let item = |kind: ItemKind, documents: usize| Item {
			kind,
			rule: Preset::SzTwoThirdsDoubleHalf.rule(),
			documents: vec![document; documents].try_into().expect("few documents"),
		};
		let items = vec![
			item(ItemKind::Resolution, 1),
			item(ItemKind::ApproveUpTo { candidates: 12, seats: 7, reserves: 5 }, 12),
			item(ItemKind::Resolution, 1),
		];
		let open = pallet_polls::Call::open {
			case: CASE,
			items: items.try_into().expect("three items"),
			closes_at: self.now() + 200 * HOUR,
		};
		self.run("Association", [RuntimeCall::Cases(advance), RuntimeCall::Polls(open)]);
	}

	/// The lenders in random order, different in each round, in groups that one block may hold.
	pub fn groups(&self, round: u32) -> Vec<Vec<LenderIndex>> {
		let mut lenders: Vec<LenderIndex> = (0..self.rows).collect();
		lenders.shuffle(&mut rand_chacha::ChaCha8Rng::seed_from_u64(round.into()));
		lenders.chunks(BATCH * BATCHES).map(<[LenderIndex]>::to_vec).collect()
	}

	/// The ballots of `lenders` go into blocks; the time that making those blocks took, and their
	/// number. After the first round, at 0, each replaces the last one.
	pub fn vote(&mut self, round: u32, lenders: &[LenderIndex]) -> (Duration, u32) {
		let mut waiting: Vec<_> = lenders
			.chunks(BATCH)
			.map(|lenders| {
				let intents: Vec<_> =
					lenders.iter().map(|lender| self.intent(round, *lender)).collect();
				let intents = intents.try_into().expect("at most 1,024 intents");
				let call = pallet_intents::Call::submit_batch { intents };
				self.signed("Operator", RuntimeCall::Intents(call))
			})
			.collect();
		let (mut spent, mut blocks) = (Duration::ZERO, 0);
		while !waiting.is_empty() {
			let (left, time) = self.block(waiting);
			waiting = left;
			spent += time;
			blocks += 1;
		}
		(spent, blocks)
	}

	fn intent(&self, round: u32, lender: LenderIndex) -> pallet_intents::SignedIntent<RuntimeCall> {
		let choices = vec![
			[Choice::FOR, Choice::AGAINST, Choice::ABSTAIN][(round + lender) as usize % 3],
			Choice(lender % 127),
			Choice::FOR,
		];
		let intent = Intent {
			case: CASE,
			lender,
			sequence: u64::from(round) + 1,
			valid_until: self.now() + HOUR,
			call: RuntimeCall::Polls(pallet_polls::Call::cast {
				poll: POLL,
				ballot: Ballot::Open(choices.try_into().expect("three choices")),
				record: Digest::Sha256(sp_io::hashing::blake2_256(&lender.encode())),
			}),
		};
		let payload = signing_payload(&self.genesis, &intent);
		let signature = LenderSignature::Sr25519(lender_pair(lender).sign(&payload).0);
		pallet_intents::SignedIntent { intent, signature }
	}

	/// How many lenders voted, as the chain counted.
	pub fn turnout(&self) -> u32 {
		let key = pallet_polls::Tallies::<winddown_runtime::Runtime>::hashed_key_for(POLL, CLASS);
		self.read::<pallet_polls::ClassTally>(&key).expect("a tally").voted.heads
	}

	fn last_evidence(&self) -> u64 {
		let key = pallet_evidence::NextRecord::<winddown_runtime::Runtime>::hashed_key();
		self.read::<u64>(&key).expect("records") - 1
	}

	fn read<T: codec::Decode>(&self, key: &[u8]) -> Option<T> {
		let key = sp_storage::StorageKey(key.to_vec());
		let data = self.client.storage(self.client.info().best_hash, &key).expect("state")?;
		Some(T::decode(&mut &data.0[..]).expect("the type of the storage"))
	}
}

fn row(lender: LenderIndex) -> pallet_claims::ImportRow {
	let mut identity = [0; 32];
	identity[..4].copy_from_slice(&lender.to_be_bytes());
	let amount = 100_000 + Fen::from(lender) * 7;
	pallet_claims::ImportRow { identity: IdentityHash(identity), amount, class: CLASS }
}

fn lender_pair(lender: LenderIndex) -> sr25519::Pair {
	sr25519::Pair::from_seed(&sp_io::hashing::blake2_256(&lender.encode()))
}

fn account(institution: &str) -> AccountId {
	let pair = sr25519::Pair::from_string(&format!("//{institution}"), None).expect("a path");
	<MultiSignature as Verify>::Signer::from(pair.public()).into_account()
}

fn terms() -> CaseTerms {
	let rule = Preset::SzTwoThirdsDoubleHalf.rule();
	CaseTerms {
		resolution: rule.clone(),
		election: rule.clone(),
		plan: rule,
		max_rounds: 2,
		max_revotes: 3,
		seats: 7,
		reserves: 5,
		candidate_floor: 0,
		deemed: DeemedConfirmation::Never,
		confirmation_window: HOUR,
		voting_window: HOUR,
		review_window: HOUR,
		grace: HOUR,
	}
}
