//! Remote calls: those of every Substrate node, those of GRANDPA and `winddown_doubleBlocks`, answered to clients that listen over HTTP and
//! WebSocket.

mod health;
mod limits;
mod server;

use crate::{
	double::Doubles,
	finality_proof,
	service::{Backend, Client, Pool},
};
use codec::Encode;
use jsonrpsee::{
	types::{error::CALL_EXECUTION_FAILED_CODE, ErrorObjectOwned},
	Methods, RpcModule,
};
use sc_client_api::{Backend as _, HeaderBackend};
use sc_consensus_grandpa::{
	FinalityProofError, FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet,
	SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_network_sync::SyncingService;
use sc_rpc::{
	author::{Author, AuthorApiServer},
	chain::ChainApiServer,
	offchain::{Offchain, OffchainApiServer},
	state::{ChildStateApiServer, StateApiServer},
	system::{Request, System, SystemApiServer, SystemInfo},
	SubscriptionTaskExecutor,
};
use sc_rpc_server::{create_rpc_runtime, RpcSpawnHandle, Server};
use sc_rpc_spec_v2::{
	archive::{Archive, ArchiveApiServer},
	bitswap::{Bitswap, BitswapApiServer},
	chain_head::{ChainHead, ChainHeadApiServer, ChainHeadConfig},
	chain_spec::{ChainSpec, ChainSpecApiServer},
	transaction::{
		Transaction, TransactionApiServer, TransactionBroadcast, TransactionBroadcastApiServer,
		TransactionMetrics,
	},
};
use sc_service::{config::PruningMode, Configuration, Error};
use sc_utils::mpsc::TracingUnboundedSender;
use sp_core::{traits::CallContext, Bytes};
use sp_keystore::KeystorePtr;
use std::sync::Arc;
use substrate_frame_rpc_system::{System as Accounts, SystemApiServer as AccountsApiServer};
use winddown_runtime::{opaque::Block, BlockNumber, Hash, VERSION};

const PROVE_FINALITY: &str = "grandpa_proveFinality";
/// The code of the answer while the validators' votes on a block are not there yet; clients wait for
/// it (`winddown_sdk::chain`).
const NOT_YET_FINAL: i32 = 7_101;
/// Signs that two nodes have the same session keys, the newest last.
const DOUBLE_BLOCKS: &str = "winddown_doubleBlocks";

/// Transactions that one connection may have broadcast at a time.
const BROADCASTS: usize = 16;

/// What the calls look at.
pub struct Sources {
	pub client: Arc<Client>,
	pub backend: Arc<Backend>,
	pub genesis: Hash,
	pub pool: Arc<Pool>,
	pub keystore: KeystorePtr,
	pub voter_state: SharedVoterState,
	pub authorities: SharedAuthoritySet<Hash, BlockNumber>,
	pub justifications: GrandpaJustificationStream<Block>,
	pub doubles: Doubles,
	pub network: TracingUnboundedSender<Request<Block>>,
	pub sync: Arc<SyncingService<Block>>,
}

/// Answers calls until the server that it gives back is dropped.
pub fn serve(config: &Configuration, sources: Sources) -> Result<Server, Error> {
	let runtime = create_rpc_runtime(config.rpc.max_connections)?;
	let executor: SubscriptionTaskExecutor =
		Arc::new(RpcSpawnHandle::new(runtime.handle().clone()));
	let client = sources.client.clone();
	let knows_runtime = move || runs_own_runtime(&client);
	let module = module(config, sources, executor)?;
	let registry = config.prometheus_registry();
	let start = server::start(&config.rpc, registry, module, runtime, Arc::new(knows_runtime));
	// This is called from inside of a task, which another one cannot be waited for otherwise.
	tokio::task::block_in_place(|| config.tokio_handle.block_on(start))
}

/// Whether the newest block is of the runtime that is part of this program.
fn runs_own_runtime(client: &Client) -> bool {
	let best = client.info().best_hash;
	client.runtime_version_at(best, CallContext::Offchain).is_ok_and(|version| {
		(version.spec_version, version.transaction_version)
			== (VERSION.spec_version, VERSION.transaction_version)
	})
}

fn module(
	config: &Configuration,
	sources: Sources,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Error> {
	let mut module = RpcModule::new(());
	let mut add =
		|methods: Methods| module.merge(methods).map_err(|error| Error::Application(error.into()));
	for methods in of_every_node(config, &sources, &executor)? {
		add(methods)?;
	}
	let Sources {
		client, backend, pool, voter_state, authorities, justifications, doubles, ..
	} = sources;
	add(Accounts::new(client.clone(), pool).into_rpc().into())?;
	let unused_proofs = FinalityProofProvider::new_for_service(backend.clone(), None);
	let grandpa = Grandpa::new(executor, authorities, voter_state, justifications, unused_proofs);
	let mut finality = grandpa.into_rpc();
	finality.remove_method(PROVE_FINALITY);
	finality
		.register_blocking_method(PROVE_FINALITY, move |params, _, _| {
			let proof = finality_proof::prove(&client, &backend, params.one()?).map_err(failed)?;
			Ok::<_, ErrorObjectOwned>(proof.map(|proof| Bytes(proof.encode())))
		})
		.map_err(|error| Error::Application(error.into()))?;
	add(finality.into())?;
	module
		.register_method(DOUBLE_BLOCKS, move |_, _, _| doubles.list())
		.map_err(|error| Error::Application(error.into()))?;
	Ok(module)
}

/// The calls that the SDK's service offers, in both of its generations.
fn of_every_node(
	config: &Configuration,
	sources: &Sources,
	executor: &SubscriptionTaskExecutor,
) -> Result<Vec<Methods>, Error> {
	let Sources { client, backend, pool, genesis, .. } = sources;
	let spec = &config.chain_spec;
	let info = SystemInfo {
		impl_name: config.impl_name.clone(),
		impl_version: config.impl_version.clone(),
		chain_name: spec.name().into(),
		properties: spec.properties(),
		chain_type: spec.chain_type(),
	};
	let metrics = config.prometheus_registry().map(TransactionMetrics::new).transpose()?;
	let (state, child_state) =
		sc_rpc::state::new_full::<Backend, Block, _>(client.clone(), executor.clone(), None);
	let author =
		Author::new(client.clone(), pool.clone(), sources.keystore.clone(), executor.clone());
	let watch = Transaction::new(client.clone(), pool.clone(), executor.clone(), metrics);
	let broadcast =
		TransactionBroadcast::new(client.clone(), pool.clone(), executor.clone(), BROADCASTS);
	let follow = ChainHead::<_, Block, _>::new(
		client.clone(),
		backend.clone(),
		executor.clone(),
		ChainHeadConfig::default(),
	);
	let bitswap = Bitswap::<Block, _>::new(client.clone(), sources.sync.clone());

	let mut methods: Vec<Methods> = vec![
		sc_rpc::chain::new_full::<Block, _>(client.clone(), executor.clone()).into_rpc().into(),
		state.into_rpc().into(),
		child_state.into_rpc().into(),
		author.into_rpc().into(),
		System::new(info, sources.network.clone()).into_rpc().into(),
		watch.into_rpc().into(),
		broadcast.into_rpc().into(),
		follow.into_rpc().into(),
		ChainSpec::new(spec.name().into(), genesis, spec.properties()).into_rpc().into(),
		bitswap.into_rpc().into(),
	];
	if let Some(storage) = backend.offchain_storage() {
		methods.push(Offchain::new(storage).into_rpc().into());
	}
	if keeps_everything(config) {
		let archive =
			Archive::<_, Block, _>::new(client.clone(), backend.clone(), genesis, executor.clone());
		methods.push(archive.into_rpc().into());
	}
	Ok(methods)
}

/// Whether the node has states and contents of all blocks.
fn keeps_everything(config: &Configuration) -> bool {
	config.state_pruning.as_ref().is_some_and(PruningMode::is_archive)
		&& config.blocks_pruning.is_archive()
}

fn failed(error: FinalityProofError) -> ErrorObjectOwned {
	let code = match error {
		FinalityProofError::BlockNotYetFinalized => NOT_YET_FINAL,
		FinalityProofError::BlockNotInAuthoritySetChanges | FinalityProofError::Client(_) => {
			CALL_EXECUTION_FAILED_CODE
		}
	};
	ErrorObjectOwned::owned(code, error.to_string(), None::<()>)
}
