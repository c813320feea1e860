//! Puts the node together: database, executor, pool, network, authoring and finality.

use crate::rpc::{self, Finality};
use futures::FutureExt;
use sc_client_api::{backend::Backend as _, BlockBackend};
use sc_consensus::DefaultImportQueue;
use sc_consensus_aura::{ImportQueueParams, SlotDuration, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaBlockImport, GrandpaParams, GrandpaPruningFilter, LinkHalf,
	SharedVoterState, VotingRulesBuilder,
};
use sc_executor::WasmExecutor;
use sc_network::{
	config::FullNetworkConfiguration, service::traits::NetworkService, NetworkBackend,
	NotificationService, ProtocolName,
};
use sc_network_sync::SyncingService;
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{
	config::PrometheusRegistry, BuildNetworkParams, Configuration, Error, KeystoreContainer,
	SpawnTasksParams, TaskManager, WarpSyncConfig,
};
use sc_telemetry::{Telemetry, TelemetryHandle, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::{
	inherents::InherentDataProvider as SlotProvider, sr25519::AuthorityPair as AuraPair,
};
use sp_timestamp::InherentDataProvider as TimestampProvider;
use std::{sync::Arc, time::Duration};
use winddown_runtime::{opaque::Block, Hash, RuntimeApi};

/// The client: database and executor behind one handle.
pub type Client = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// The database.
pub type Backend = sc_service::TFullBackend<Block>;
/// The transaction pool.
pub type Pool = TransactionPoolHandle<Block, Client>;

type Executor = WasmExecutor<sp_io::SubstrateHostFunctions>;
type SelectChain = sc_consensus::LongestChain<Backend, Block>;
type BlockImport = GrandpaBlockImport<Backend, Block, Client, SelectChain>;
type FinalityLink = LinkHalf<Block, Client, SelectChain>;

/// A justification is kept at least every so many blocks, so that a light proof exists near any block.
const JUSTIFICATION_PERIOD: u32 = 16;

/// How long GRANDPA lets a message travel before it counts on it. Blocks come every three seconds.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// Share of a slot for making its block: 1.8 s of 3 s. The proposer keeps a tenth of that back, which leaves
/// 1.6 s for the 1.5 s of compute that a block may declare, and the rest of the slot to send and import it.
const PROPOSAL_SHARE: f32 = 3.0 / 5.0;

/// What there is before the network: enough for the commands that work on the database.
pub struct Components {
	pub client: Arc<Client>,
	pub backend: Arc<Backend>,
	pub import_queue: DefaultImportQueue<Block>,
	keystore: KeystorePtr,
	select_chain: SelectChain,
	pool: Arc<Pool>,
	block_import: BlockImport,
	finality_link: FinalityLink,
	slot_duration: SlotDuration,
	telemetry: Option<Telemetry>,
}

/// The network and the ways to talk to it.
struct Network {
	service: Arc<dyn NetworkService>,
	sync: Arc<SyncingService<Block>>,
	system_rpc: TracingUnboundedSender<sc_rpc::system::Request<Block>>,
	transactions: TransactionsHandlerController<Hash>,
	finality_protocol: ProtocolName,
	finality_messages: Box<dyn NotificationService>,
}

/// Opens the database and makes everything that needs no network.
pub fn components(config: &Configuration) -> Result<(Components, TaskManager), Error> {
	let (telemetry, telemetry_worker) = telemetry(config)?.unzip();
	let telemetry_handle = telemetry.as_ref().map(Telemetry::handle);

	let (client, backend, keystore, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry_handle.clone(),
			sc_service::new_wasm_executor(&config.executor),
			// A node that prunes keeps the blocks that prove a change of validators.
			vec![Arc::new(GrandpaPruningFilter)],
		)?;
	let client = Arc::new(client);
	if let Some(worker) = telemetry_worker {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
	}

	let select_chain = SelectChain::new(backend.clone());
	let pool = Arc::new(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (block_import, finality_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry_handle.clone(),
	)?;

	let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
	let import_queue =
		sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
			block_import: block_import.clone(),
			justification_import: Some(Box::new(block_import.clone())),
			client: client.clone(),
			create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
			spawner: &task_manager.spawn_essential_handle(),
			registry: config.prometheus_registry(),
			check_for_equivocation: Default::default(),
			telemetry: telemetry_handle,
			compatibility_mode: Default::default(),
		})?;

	let components = Components {
		client,
		backend,
		import_queue,
		keystore: keystore.keystore(),
		select_chain,
		pool,
		block_import,
		finality_link,
		slot_duration,
		telemetry,
	};
	Ok((components, task_manager))
}

/// Starts a node, which runs as long as its task manager.
pub fn start<N: NetworkBackend<Block, Hash>>(config: Configuration) -> Result<TaskManager, Error> {
	let (components, mut task_manager) = components(&config)?;
	let Components {
		client,
		backend,
		import_queue,
		keystore,
		select_chain,
		pool,
		block_import,
		finality_link,
		slot_duration,
		mut telemetry,
	} = components;
	let authors = config.role.is_authority();
	let force_authoring = config.force_authoring;
	let prometheus = config.prometheus_registry().cloned();

	let authorities = finality_link.shared_authority_set().clone();
	let warp_proofs = Arc::new(WarpProofs::new(backend.clone(), authorities.clone(), Vec::new()));
	let network =
		network::<N>(&config, &task_manager, &client, &pool, import_queue, warp_proofs)?;
	spawn_offchain_workers(&config, &task_manager, &client, &backend, &keystore, &pool, &network)?;

	let voter = (!config.disable_grandpa).then(|| finality_config(&config, &keystore, &network));
	let voter_state = SharedVoterState::empty();
	let finality = Finality {
		voter_state: voter_state.clone(),
		justifications: finality_link.justification_stream(),
		proofs: FinalityProofProvider::new_for_service(backend.clone(), Some(authorities.clone())),
		authorities,
	};
	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: client.clone(),
		backend,
		task_manager: &mut task_manager,
		keystore: keystore.clone(),
		transaction_pool: pool.clone(),
		rpc_builder: {
			let (client, pool) = (client.clone(), pool.clone());
			Box::new(move |executor| {
				rpc::module(client.clone(), pool.clone(), finality.clone(), executor)
					.map_err(Error::Application)
			})
		},
		network: network.service.clone(),
		system_rpc_tx: network.system_rpc.clone(),
		tx_handler_controller: network.transactions.clone(),
		sync_service: network.sync.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;
	let telemetry = telemetry.as_ref().map(Telemetry::handle);

	if authors {
		let proposer_factory = sc_basic_authorship::ProposerFactory::new(
			task_manager.spawn_handle(),
			client.clone(),
			pool.clone(),
			prometheus.as_ref(),
			telemetry.clone(),
		);
		let author = sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(
			StartAuraParams {
				slot_duration,
				client,
				select_chain,
				block_import,
				proposer_factory,
				sync_oracle: network.sync.clone(),
				justification_sync_link: network.sync.clone(),
				create_inherent_data_providers: move |_, ()| async move {
					Ok(inherents(slot_duration))
				},
				force_authoring,
				backoff_authoring_blocks: None::<()>,
				keystore,
				block_proposal_slot_portion: SlotProportion::new(PROPOSAL_SHARE),
				max_block_proposal_slot_portion: None,
				telemetry: telemetry.clone(),
				compatibility_mode: Default::default(),
			},
		)?;
		task_manager
			.spawn_essential_handle()
			.spawn_blocking("aura", Some("block-authoring"), author);
	}

	if let Some(voter) = voter {
		let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
			config: sc_consensus_grandpa::Config { telemetry: telemetry.clone(), ..voter },
			link: finality_link,
			network: network.service,
			sync: network.sync,
			notification_service: network.finality_messages,
			voting_rule: VotingRulesBuilder::default().build(),
			prometheus_registry: prometheus,
			shared_voter_state: voter_state,
			telemetry,
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(pool),
		})?;
		task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
	}

	Ok(task_manager)
}
