//! Remote calls that the node answers beside the ones of every Substrate node.

use crate::{
	double::Doubles,
	finality_proof,
	service::{Backend, Client, Pool},
};
use codec::Encode;
use jsonrpsee::{
	types::{error::CALL_EXECUTION_FAILED_CODE, ErrorObjectOwned},
	RpcModule,
};
use sc_consensus_grandpa::{
	FinalityProofError, FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet,
	SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sp_core::Bytes;
use std::{error::Error, sync::Arc};
use substrate_frame_rpc_system::{System, SystemApiServer};
use winddown_runtime::{opaque::Block, BlockNumber, Hash};

const PROVE_FINALITY: &str = "grandpa_proveFinality";
/// The code of the answer while the validators' votes on a block are not there yet; clients wait for
/// it (`winddown_sdk::chain`).
const NOT_YET_FINAL: i32 = 7_101;
/// Signs that two nodes have the same session keys, the newest last.
const DOUBLE_BLOCKS: &str = "winddown_doubleBlocks";

/// What the calls look at.
#[derive(Clone)]
pub struct Sources {
	pub client: Arc<Client>,
	pub backend: Arc<Backend>,
	pub pool: Arc<Pool>,
	pub voter_state: SharedVoterState,
	pub authorities: SharedAuthoritySet<Hash, BlockNumber>,
	pub justifications: GrandpaJustificationStream<Block>,
	pub doubles: Doubles,
}

/// The calls: `system_accountNextIndex`, `system_dryRun`, the ones of GRANDPA and `winddown_doubleBlocks`.
pub fn module(
	sources: Sources,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn Error + Send + Sync>> {
	let Sources { client, backend, pool, voter_state, authorities, justifications, doubles } =
		sources;
	let mut module = RpcModule::new(());
	module.merge(System::new(client.clone(), pool).into_rpc())?;

	let unused_proofs = FinalityProofProvider::new_for_service(backend.clone(), None);
	let grandpa = Grandpa::new(executor, authorities, voter_state, justifications, unused_proofs);
	module.merge(grandpa.into_rpc())?;
	module.remove_method(PROVE_FINALITY);
	module.register_blocking_method(PROVE_FINALITY, move |params, _, _| {
		let proof = finality_proof::prove(&client, &backend, params.one()?).map_err(failed)?;
		Ok::<_, ErrorObjectOwned>(proof.map(|proof| Bytes(proof.encode())))
	})?;
	module.register_method(DOUBLE_BLOCKS, move |_, _, _| doubles.list())?;
	Ok(module)
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
