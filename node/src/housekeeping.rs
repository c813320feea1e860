//! What a node does beside its chain: it remembers and passes on transactions, and tells how it is in its log, its
//! metrics and to telemetry.

use crate::service::{Client, Pool};
use futures::FutureExt;
use sc_client_api::HeaderBackend;
use sc_network::service::traits::NetworkService;
use sc_network_sync::SyncingService;
use sc_network_transactions::TransactionsHandlerController;
use sc_service::{
	config::PrometheusConfig, propagate_transaction_notifications, Configuration, Error,
	MetricsService, TaskManager,
};
use sc_telemetry::{Telemetry, TelemetryHandle};
use sp_keystore::KeystorePtr;
use std::sync::Arc;
use winddown_runtime::{opaque::Block, Hash};

/// What the housekeeping looks at.
pub struct House<'a> {
	pub client: &'a Arc<Client>,
	pub pool: &'a Arc<Pool>,
	pub keystore: &'a KeystorePtr,
	pub network: &'a Arc<dyn NetworkService>,
	pub sync: &'a Arc<SyncingService<Block>>,
}

/// Starts everything. `transactions` passes transactions on to the peers.
pub fn start(
	config: &Configuration,
	house: &House,
	transactions: TransactionsHandlerController<Hash>,
	telemetry: Option<&mut Telemetry>,
	task_manager: &TaskManager,
) -> Result<(), Error> {
	insert_development_keys(config, house)?;
	let machine = sc_sysinfo::gather_sysinfo();
	sc_sysinfo::print_sysinfo(&machine);
	let telemetry = telemetry
		.map(|telemetry| {
			sc_service::init_telemetry(
				config.network.node_name.clone(),
				config.impl_name.clone(),
				config.impl_version.clone(),
				config.chain_spec.name().into(),
				config.role.is_authority(),
				house.network.clone(),
				house.client.clone(),
				telemetry,
				Some(machine),
			)
		})
		.transpose()?;
	log::info!("📦 Highest known block at #{}", house.client.info().best_number);

	let (client, pool) = (house.client, house.pool);
	let tasks = task_manager.spawn_handle();
	let all_blocks = config.transaction_pool.use_all_block_notifications();
	tasks.spawn(
		"txpool-notifications",
		Some("transaction-pool"),
		sc_transaction_pool::notification_future(client.clone(), pool.clone(), all_blocks),
	);
	tasks.spawn(
		"on-transaction-imported",
		Some("transaction-pool"),
		propagate_transaction_notifications(pool.clone(), transactions, telemetry.clone()),
	);
	let metrics = metrics(config, telemetry, task_manager)?;
	let (network, sync) = (house.network.clone(), house.sync.clone());
	tasks.spawn(
		"telemetry-periodic-send",
		None,
		metrics.run(client.clone(), pool.clone(), network.clone(), sync.clone()),
	);
	tasks.spawn("informant", None, sc_informant::build(client.clone(), network, sync));
	Ok(())
}

/// Puts the well-known keys of an institution into the keystore, where the node plays one.
fn insert_development_keys(config: &Configuration, house: &House) -> Result<(), Error> {
	let seeds = config.dev_key_seed.iter().cloned().collect();
	let best = house.client.info().best_hash;
	sp_session::generate_initial_session_keys(
		house.client.clone(),
		best,
		seeds,
		house.keystore.clone(),
	)
	.map_err(|error| Error::Application(Box::new(error)))
}

/// Counts, for telemetry and for Prometheus where it is asked for.
fn metrics(
	config: &Configuration,
	telemetry: Option<TelemetryHandle>,
	task_manager: &TaskManager,
) -> Result<MetricsService, Error> {
	let Some(PrometheusConfig { port, registry }) = config.prometheus_config.clone() else {
		return Ok(MetricsService::new(telemetry));
	};
	let name = &config.network.node_name;
	let metrics = MetricsService::with_prometheus(
		telemetry,
		&registry,
		config.role,
		name,
		&config.impl_version,
	)?;
	let endpoint = substrate_prometheus_endpoint::init_prometheus(port, registry).map(drop);
	task_manager.spawn_handle().spawn("prometheus-endpoint", None, endpoint);
	Ok(metrics)
}
