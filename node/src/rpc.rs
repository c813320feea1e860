//! Remote calls that the node answers beside the ones of every Substrate node.

use crate::service::{Backend, Client, Pool};
use jsonrpsee::RpcModule;
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use std::{error::Error, sync::Arc};
use substrate_frame_rpc_system::{System, SystemApiServer};
use winddown_runtime::{opaque::Block, BlockNumber, Hash};

/// What the finality calls look at.
#[derive(Clone)]
pub struct Finality {
	pub voter_state: SharedVoterState,
	pub authorities: SharedAuthoritySet<Hash, BlockNumber>,
	pub justifications: GrandpaJustificationStream<Block>,
	pub proofs: Arc<FinalityProofProvider<Backend, Block>>,
}

/// The calls: `system_accountNextIndex`, `system_dryRun` and the ones of GRANDPA.
pub fn module(
	client: Arc<Client>,
	pool: Arc<Pool>,
	finality: Finality,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn Error + Send + Sync>> {
	let Finality { voter_state, authorities, justifications, proofs } = finality;
	let mut module = RpcModule::new(());
	module.merge(System::new(client, pool).into_rpc())?;
	module.merge(
		Grandpa::new(executor, authorities, voter_state, justifications, proofs).into_rpc(),
	)?;
	Ok(module)
}
