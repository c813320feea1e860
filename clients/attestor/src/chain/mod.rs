//! What is asked of the node: records, facts for the checks, the chain's own values.
//!
//! Values are read with their storage proofs against the state root of a finalized block, in the
//! shapes of `winddown_proof::layout`. That the block is final is the word of the node, which is the
//! institution's own.

mod facts;
mod keys;
mod own;
mod pool;
mod snapshot;

pub use facts::facts;
pub use own::own;
pub use pool::Pool;
pub use snapshot::Snapshot;

use std::{future::Future, time::Duration};
use winddown_sdk::{
	chain::{Chain, Transport},
	Error,
};

/// How long the node may take for one answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection to the institution's node.
#[derive(Clone)]
pub struct Session {
	/// The chain.
	pub chain: Chain,
	/// What the node's pool holds.
	pub pool: Pool,
}

impl Session {
	/// Connects; fails for another chain than that with `genesis`.
	pub async fn connect(
		url: &str,
		transport: Transport,
		genesis: Option<[u8; 32]>,
	) -> Result<Self, Error> {
		let chain = Chain::connect(url, transport).await?;
		if genesis.is_some_and(|genesis| genesis != chain.genesis()) {
			return Err(Error::Mismatch(format!(
				"the node follows another chain, with the genesis hash 0x{}",
				hex::encode(chain.genesis())
			)));
		}
		Ok(Self { chain, pool: Pool::connect(url, transport).await? })
	}
}

/// Waits for an answer of the node, but not for ever: a connection may hang without an error.
pub async fn patiently<T>(answer: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
	tokio::time::timeout(PATIENCE, answer)
		.await
		.map_err(|_| Error::TimedOut { seconds: PATIENCE.as_secs() })?
}
