//! Puts the node together: database, executor, pool, network, authoring and finality.

use crate::{
	database, disk,
	double::{self, Doubles},
	essential::Essential,
	executor::Executor,
	housekeeping, log_on_disk, peers, ports, rpc,
	stopping::Closing,
	votes::{self, Lacking, Votes, VotingKeys},
};
use futures::FutureExt;
use sc_client_api::{Backend as _, HeaderBackend as _};
use sc_consensus::DefaultImportQueue;
use sc_consensus_aura::{ImportQueueParams, SlotDuration, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{
	warp_proof::NetworkProvider as WarpProofs, GrandpaBlockImport, GrandpaParams, LinkHalf,
	SharedVoterState, VotingRulesBuilder,
};
use sc_network::{
	config::FullNetworkConfiguration, service::traits::NetworkService, NetworkBackend,
	NotificationService, ProtocolName,
};
use sc_network_sync::SyncingService;
use sc_network_transactions::TransactionsHandlerController;
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{BuildNetworkParams, Configuration, Error, TaskManager, WarpSyncConfig};
use sc_telemetry::{Telemetry, TelemetryHandle, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sc_utils::mpsc::TracingUnboundedSender;
use sp_consensus_aura::{inherents::InherentDataProvider as Slot, sr25519::AuthorityPair};
use sp_core::traits::SpawnEssentialNamed;
use sp_keystore::KeystorePtr;
use sp_timestamp::InherentDataProvider as Timestamp;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;
use winddown_runtime::{opaque::Block, Hash, RuntimeApi};

/// The client: database and executor behind one handle.
pub type Client = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// The database.
pub type Backend = sc_service::TFullBackend<Block>;
/// The transaction pool.
pub type Pool = TransactionPoolHandle<Block, Client>;
/// Where blocks of the network or of a file wait to be verified.
pub type ImportQueue = DefaultImportQueue<Block>;

type SelectChain = sc_consensus::LongestChain<Backend, Block>;
type BlockImport = GrandpaBlockImport<Backend, Block, Client, SelectChain>;
type FinalityLink = LinkHalf<Block, Client, SelectChain>;

/// A justification is kept at least every so many blocks, so that a light proof exists near any block.
const JUSTIFICATION_PERIOD: u32 = 16;

/// How long GRANDPA gives a message to travel. Blocks come every three seconds.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// Share of a slot for making its block: 1.8 s of 3 s. The proposer keeps a tenth of that back, which
/// leaves 1.6 s for the 1.5 s of compute that a block may declare; the rest is to send and import it.
const PROPOSAL_SHARE: f32 = 3.0 / 5.0;

/// What there is before the network: enough for the commands that work on the database.
pub struct Components {
	pub client: Arc<Client>,
	pub backend: Arc<Backend>,
	genesis: Hash,
	keystore: KeystorePtr,
	select_chain: SelectChain,
	pool: Arc<Pool>,
	block_import: BlockImport,
	finality_link: FinalityLink,
	voter_state: SharedVoterState,
	doubles: Doubles,
	slot_duration: SlotDuration,
	telemetry: Option<Telemetry>,
	prometheus: Option<Registry>,
}

impl Components {
	fn telemetry_handle(&self) -> Option<TelemetryHandle> {
		self.telemetry.as_ref().map(Telemetry::handle)
	}
}

/// The peers, as consensus sees them.
struct Network {
	service: Arc<dyn NetworkService>,
	sync: Arc<SyncingService<Block>>,
	finality_protocol: ProtocolName,
	finality_messages: Box<dyn NotificationService>,
}

/// The network's ends for the remote calls.
struct NetworkCalls {
	system: TracingUnboundedSender<sc_rpc::system::Request<Block>>,
	transactions: TransactionsHandlerController<Hash>,
}

/// Opens the database and makes everything that needs no network.
pub fn components(config: &Configuration) -> Result<(Components, ImportQueue, TaskManager), Error> {
	let (telemetry, telemetry_worker) = telemetry(config)?.unzip();
	let telemetry_handle = telemetry.as_ref().map(Telemetry::handle);

	let backend = database::open(config)?;
	let executor = Executor::new(&config.executor);
	let (genesis_builder, genesis) = database::same_chain(config, &backend, &executor)?;
	let (client, backend, keystore, task_manager) =
		sc_service::new_full_parts_with_genesis_builder::<Block, RuntimeApi, _, _>(
			config,
			telemetry_handle.clone(),
			executor,
			backend,
			genesis_builder,
			false,
		)?;
	let client = Arc::new(client);
	if let Some(worker) = telemetry_worker {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
	}

	let select_chain = SelectChain::new(backend.clone());
	let pool = Arc::new(
		sc_transaction_pool::Builder::new(
			Essential(task_manager.spawn_essential_handle()),
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
		telemetry_handle,
	)?;

	let components = Components {
		slot_duration: sc_consensus_aura::slot_duration(&*client)?,
		client,
		backend,
		genesis,
		keystore: keystore.keystore(),
		select_chain,
		pool,
		block_import,
		finality_link,
		voter_state: SharedVoterState::empty(),
		doubles: Doubles::default(),
		telemetry,
		prometheus: config.prometheus_registry().cloned(),
	};
	let import_queue = import_queue(&components, &task_manager)?;
	Ok((components, import_queue, task_manager))
}

/// Starts a node, which runs as long as its task manager. `closing` shall know its database.
pub fn start<N: NetworkBackend<Block, Hash>>(
	mut config: Configuration,
	lacking: Lacking,
	closing: &Closing,
) -> Result<TaskManager, Error> {
	ports::claim(&mut config)?;
	let (mut components, import_queue, mut task_manager) = components(&config)?;
	closing.of(&components.backend);
	log::info!("Genesis {:?}", components.genesis);
	let voting = Voting::new(&config, &components, lacking);
	let (network, calls) = connect::<N>(&config, &components, import_queue, &task_manager)?;
	spawn_watches(&config, &components, &network, &task_manager);

	let authors = config.role.is_authority();
	let force_authoring = config.force_authoring;
	let voter =
		(!config.disable_grandpa).then(|| voter_config(&config, &components, &network, &voting));

	if config.offchain_worker.enabled {
		spawn_offchain_workers(&components, &network, authors, &task_manager)?;
	}
	serve(config, &mut components, &network, calls, &mut task_manager)?;
	// Keys of `--institution` are there by now.
	voting.spawn_watches(&components, &task_manager);
	if authors {
		spawn_author(&components, &network, force_authoring, &task_manager)?;
	}
	if let Some(voter) = voter {
		spawn_voter(voter, components, network, &task_manager)?;
	}
	Ok(task_manager)
}

/// What a validator must know about its own votes and keys.
struct Voting {
	keys: Arc<VotingKeys>,
	mark: votes::Mark,
	start: sp_consensus_aura::Slot,
	is_validator: bool,
}

impl Voting {
	fn new(config: &Configuration, components: &Components, lacking: Lacking) -> Self {
		let mark = votes::mark(config);
		let best = components.client.info().best_number;
		let validators = components.finality_link.shared_authority_set().current_authorities();
		// The only validator would wait for itself.
		let waits = lacking == Lacking::Abstain && validators.len().get() > 1;
		let abstain = waits && votes::are_lacking(&mark, best);
		let (start, _) = inherents(components.slot_duration);
		Self {
			keys: Arc::new(VotingKeys::new(components.keystore.clone(), abstain)),
			mark,
			start: *start,
			is_validator: config.role.is_authority(),
		}
	}

	fn spawn_watches(self, components: &Components, task_manager: &TaskManager) {
		let watch = double::Watch {
			client: components.client.clone(),
			keys: self.is_validator.then(|| components.keystore.clone()),
			start: self.start,
			doubles: components.doubles.clone(),
		};
		watch.tell_own();
		task_manager.spawn_handle().spawn("double-blocks", None, watch.run());
		if self.is_validator {
			let votes = Votes {
				client: components.client.clone(),
				backend: components.backend.clone(),
				authorities: components.finality_link.shared_authority_set().clone(),
				voter: components.voter_state.clone(),
				keys: self.keys,
				start: self.start,
				mark: self.mark,
			};
			task_manager.spawn_handle().spawn("votes", None, votes.watch());
		}
	}
}

/// Looks after what a node needs of its surroundings: room on the disk, and peers.
fn spawn_watches(
	config: &Configuration,
	components: &Components,
	network: &Network,
	task_manager: &TaskManager,
) {
	if let Some(folder) = config.database.path() {
		let watch = disk::watch(folder.into());
		task_manager.spawn_essential_handle().spawn("room-on-disk", None, watch);
		let sync = log_on_disk::follow_finality(components.client.clone(), folder.into());
		task_manager.spawn_handle().spawn_blocking("log-on-disk", None, sync);
	}
	let known = peers::known(&config.network);
	if known > 0 {
		let watch = peers::watch(network.sync.clone(), components.genesis, known);
		task_manager.spawn_handle().spawn("peers", None, watch);
	}
}

fn telemetry(config: &Configuration) -> Result<Option<(Telemetry, TelemetryWorker)>, Error> {
	const BUFFERED_MESSAGES: usize = 16;

	let endpoints = config.telemetry_endpoints.clone().filter(|endpoints| !endpoints.is_empty());
	let Some(endpoints) = endpoints else { return Ok(None) };
	let worker = TelemetryWorker::new(BUFFERED_MESSAGES)?;
	Ok(Some((worker.handle().new_telemetry(endpoints), worker)))
}

/// What a block says about itself beside its transactions: its slot and its time.
fn inherents(slot_duration: SlotDuration) -> (Slot, Timestamp) {
	let timestamp = Timestamp::from_system_time();
	(Slot::from_timestamp_and_slot_duration(*timestamp, slot_duration), timestamp)
}

fn import_queue(components: &Components, task_manager: &TaskManager) -> Result<ImportQueue, Error> {
	let slot_duration = components.slot_duration;
	Ok(sc_consensus_aura::import_queue::<AuthorityPair, _, _, _, _, _>(ImportQueueParams {
		block_import: components.block_import.clone(),
		justification_import: Some(Box::new(components.block_import.clone())),
		client: components.client.clone(),
		create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
		spawner: &Essential(task_manager.spawn_essential_handle()),
		registry: components.prometheus.as_ref(),
		check_for_equivocation: Default::default(),
		telemetry: components.telemetry_handle(),
		compatibility_mode: Default::default(),
	})?)
}

/// Opens the network: block sync, transactions, GRANDPA's messages and warp proofs.
fn connect<N: NetworkBackend<Block, Hash>>(
	config: &Configuration,
	components: &Components,
	import_queue: ImportQueue,
	task_manager: &TaskManager,
) -> Result<(Network, NetworkCalls), Error> {
	let metrics = N::register_notification_metrics(components.prometheus.as_ref());
	let mut net_config =
		FullNetworkConfiguration::<_, _, N>::new(&config.network, components.prometheus.clone());

	let finality_protocol =
		sc_consensus_grandpa::protocol_standard_name(&components.genesis, &config.chain_spec);
	let (finality_set, finality_messages) = sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
		finality_protocol.clone(),
		metrics.clone(),
		net_config.peer_store_handle(),
	);
	net_config.add_notification_protocol(finality_set);

	let warp_proofs = WarpProofs::new(
		components.backend.clone(),
		components.finality_link.shared_authority_set().clone(),
		Vec::new(),
	);
	let (service, system, transactions, sync, _) = sc_service::build_network(BuildNetworkParams {
		config,
		net_config,
		client: components.client.clone(),
		transaction_pool: components.pool.clone(),
		spawn_handle: task_manager.spawn_handle(),
		spawn_essential_handle: task_manager.spawn_essential_handle(),
		import_queue,
		block_announce_validator_builder: None,
		warp_sync_config: Some(WarpSyncConfig::WithProvider(Arc::new(warp_proofs))),
		block_relay: None,
		metrics,
		gap_sync_body_policy: None,
	})?;

	let network = Network { service, sync, finality_protocol, finality_messages };
	Ok((network, NetworkCalls { system, transactions }))
}

/// Answers remote calls and keeps the node's housekeeping going: metrics, telemetry, the log line.
fn serve(
	config: Configuration,
	components: &mut Components,
	network: &Network,
	calls: NetworkCalls,
	task_manager: &mut TaskManager,
) -> Result<(), Error> {
	let house = housekeeping::House {
		client: &components.client,
		pool: &components.pool,
		keystore: &components.keystore,
		network: &network.service,
		sync: &network.sync,
	};
	let telemetry = components.telemetry.as_mut();
	housekeeping::start(&config, &house, calls.transactions, telemetry, task_manager)?;

	let sources = rpc::Sources {
		client: components.client.clone(),
		backend: components.backend.clone(),
		genesis: components.genesis,
		pool: components.pool.clone(),
		keystore: components.keystore.clone(),
		voter_state: components.voter_state.clone(),
		authorities: components.finality_link.shared_authority_set().clone(),
		justifications: components.finality_link.justification_stream(),
		doubles: components.doubles.clone(),
		network: calls.system,
		sync: network.sync.clone(),
	};
	let server = rpc::serve(&config, sources)?;
	task_manager.keep_alive((config.base_path, server));
	Ok(())
}

/// Runs the runtime's off-chain workers. None of ours asks the web, so none may.
fn spawn_offchain_workers(
	components: &Components,
	network: &Network,
	is_validator: bool,
	task_manager: &TaskManager,
) -> Result<(), Error> {
	let workers = OffchainWorkers::new(OffchainWorkerOptions {
		runtime_api_provider: components.client.clone(),
		keystore: Some(components.keystore.clone()),
		offchain_db: components.backend.offchain_storage(),
		transaction_pool: Some(OffchainTransactionPoolFactory::new(components.pool.clone())),
		network_provider: Arc::new(network.service.clone()),
		is_validator,
		enable_http_requests: false,
		custom_extensions: |_| Vec::new(),
	})?;
	let run = workers.run(components.client.clone(), task_manager.spawn_handle());
	task_manager.spawn_handle().spawn("offchain-workers", Some("offchain-worker"), run.boxed());
	Ok(())
}

/// Makes blocks when it is this node's turn.
fn spawn_author(
	components: &Components,
	network: &Network,
	force_authoring: bool,
	task_manager: &TaskManager,
) -> Result<(), Error> {
	let slot_duration = components.slot_duration;
	let proposer_factory = sc_basic_authorship::ProposerFactory::new(
		task_manager.spawn_handle(),
		components.client.clone(),
		components.pool.clone(),
		components.prometheus.as_ref(),
		components.telemetry_handle(),
	);
	let author = sc_consensus_aura::start_aura::<AuthorityPair, _, _, _, _, _, _, _, _, _, _>(
		StartAuraParams {
			slot_duration,
			client: components.client.clone(),
			select_chain: components.select_chain.clone(),
			block_import: components.block_import.clone(),
			proposer_factory,
			sync_oracle: network.sync.clone(),
			justification_sync_link: network.sync.clone(),
			create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
			force_authoring,
			backoff_authoring_blocks: None::<()>,
			keystore: components.keystore.clone(),
			block_proposal_slot_portion: SlotProportion::new(PROPOSAL_SHARE),
			max_block_proposal_slot_portion: None,
			telemetry: components.telemetry_handle(),
			compatibility_mode: Default::default(),
		},
	)?;
	Essential(task_manager.spawn_essential_handle()).spawn_essential_blocking(
		"aura",
		Some("block-authoring"),
		author.boxed(),
	);
	Ok(())
}

fn voter_config(
	config: &Configuration,
	components: &Components,
	network: &Network,
	voting: &Voting,
) -> sc_consensus_grandpa::Config {
	sc_consensus_grandpa::Config {
		gossip_duration: GOSSIP_DURATION,
		justification_generation_period: JUSTIFICATION_PERIOD,
		observer_enabled: false,
		local_role: config.role,
		name: Some(config.network.node_name.clone()),
		// A node that is no validator follows finality without a key of its own.
		keystore: config.role.is_authority().then(|| voting.keys.clone() as KeystorePtr),
		telemetry: components.telemetry_handle(),
		protocol_name: network.finality_protocol.clone(),
	}
}

/// Votes on final blocks if this node is a validator, and follows the votes if it is not.
fn spawn_voter(
	config: sc_consensus_grandpa::Config,
	components: Components,
	network: Network,
	task_manager: &TaskManager,
) -> Result<(), Error> {
	let telemetry = components.telemetry_handle();
	let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
		config,
		link: components.finality_link,
		network: network.service,
		sync: network.sync,
		notification_service: network.finality_messages,
		voting_rule: VotingRulesBuilder::default().build(),
		prometheus_registry: components.prometheus,
		shared_voter_state: components.voter_state,
		telemetry,
		offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(components.pool),
	})?;
	Essential(task_manager.spawn_essential_handle()).spawn_essential_blocking(
		"grandpa-voter",
		None,
		voter.boxed(),
	);
	Ok(())
}
