//! A connection to a node.

mod audit;
mod blocks;
mod deadline;
mod double;
mod errors;
mod import;
mod proof;
mod read;
mod register;
mod rpc_code;
mod submit;

pub use audit::{Audit, AuditedPoll};
pub use blocks::BlockContents;
pub use double::DoubleBlock;
pub use errors::{call_failed, unreachable};
pub use import::{ImportProgress, ImportReport};
pub use proof::Final;
pub use read::*;
pub use register::{FoundPerson, RegisterReport, RegistrationPlan, RowOfLine};
pub use submit::{Included, RefusedIntent, Until};

use crate::Error;
use deadline::Timely;
use errors::node;
use std::{collections::HashMap, sync::Arc, time::Duration};
use subxt::{
	backend::LegacyBackend,
	client::OnlineClientAtBlock,
	config::RpcConfigFor,
	rpcs::{
		client::jsonrpsee_client, methods::legacy::LegacyRpcMethods, utils::validate_url_is_secure,
		RpcClient,
	},
	utils::{AccountId32, H256},
	OnlineClient, SubstrateConfig,
};
use tokio::sync::Mutex;
use winddown_primitives::Millis;

type Rpc = LegacyRpcMethods<RpcConfigFor<SubstrateConfig>>;

/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// Whether a connection to another machine may be unencrypted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Transport {
	/// `wss://`, or this machine.
	#[default]
	Secure,
	/// `ws://` to any machine; for closed networks.
	AllowPlain,
}

/// A node, by its RPC.
#[derive(Clone)]
pub struct Chain {
	url: String,
	client: OnlineClient<SubstrateConfig>,
	rpc: Rpc,
	/// The same connection, for calls of this node alone.
	raw: RpcClient,
	/// One lock an account: a nonce is asked for and used before the next is asked for.
	nonces: Arc<Mutex<HashMap<[u8; 32], Arc<Mutex<()>>>>>,
}

/// The chain at one block. Everything read through it is of the same moment.
pub struct At {
	pub(crate) client: OnlineClientAtBlock<SubstrateConfig>,
}

/// Which block to look at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Head {
	/// The last one that can never be undone.
	#[default]
	Finalized,
	/// The newest one.
	Best,
}

/// Opens a connection.
async fn open(url: &str, transport: Transport) -> Result<RpcClient, subxt::rpcs::Error> {
	if transport == Transport::Secure {
		validate_url_is_secure(url)?;
	}
	Ok(RpcClient::new(Timely::new(jsonrpsee_client(url).await?)))
}

impl Chain {
	/// Connects to a node.
	pub async fn connect(url: &str, transport: Transport) -> Result<Self, Error> {
		let connect = async {
			let rpc = open(url, transport).await.map_err(|error| unreachable(url, &error))?;
			let backend = LegacyBackend::builder().build(rpc.clone());
			let client =
				OnlineClient::from_backend_with_config(SubstrateConfig::new(), Arc::new(backend))
					.await
					.map_err(node)?;
			Ok(Self {
				url: url.into(),
				client,
				rpc: Rpc::new(rpc.clone()),
				raw: rpc,
				nonces: Arc::default(),
			})
		};
		tokio::time::timeout(CONNECT_TIMEOUT, connect).await.map_err(|_| Error::Unreachable {
			url: url.into(),
			reason: format!("no answer in {CONNECT_TIMEOUT:?}"),
		})?
	}

	/// Where the node is.
	pub fn url(&self) -> &str {
		&self.url
	}

	/// The hash of the first block, to which every signature is bound.
	pub fn genesis(&self) -> [u8; 32] {
		self.client.genesis_hash().0
	}

	/// The chain at its finalized or its best block.
	pub async fn at(&self, head: Head) -> Result<At, Error> {
		let hash = match head {
			Head::Finalized => self.rpc.chain_get_finalized_head().await.map_err(node)?,
			Head::Best => self
				.rpc
				.chain_get_block_hash(None)
				.await
				.map_err(node)?
				.ok_or_else(|| Error::Node("it knows no best block".into()))?,
		};
		self.at_hash(hash).await
	}

	/// The chain at a block.
	pub async fn at_hash(&self, hash: H256) -> Result<At, Error> {
		Ok(At { client: self.client.at_block(hash).await.map_err(node)? })
	}

	/// The chain at the block of this number.
	pub async fn at_number(&self, number: u64) -> Result<At, Error> {
		Ok(At { client: self.client.at_block(number).await.map_err(node)? })
	}

	/// The name of the chain, of the node's software, and its peers.
	pub async fn node_info(&self) -> Result<NodeInfo, Error> {
		let health = self.rpc.system_health().await.map_err(node)?;
		let best = self.at(Head::Best).await?;
		Ok(NodeInfo {
			chain: self.rpc.system_chain().await.map_err(node)?,
			software: format!(
				"{} {}",
				self.rpc.system_name().await.map_err(node)?,
				self.rpc.system_version().await.map_err(node)?
			),
			peers: health.peers,
			is_syncing: health.is_syncing,
			genesis: format!("0x{}", hex::encode(self.genesis())),
			runtime: best.client.spec_version(),
			best: best.number(),
			time: best.now().await?,
			finalized: self.at(Head::Finalized).await?.number(),
			incompatible: best.incompatible_pallets(),
			double_blocks: self.double_blocks().await?,
		})
	}

	/// Waits until the chain's own clock, the time of its best block, is past `moment`.
	pub async fn wait_until(&self, moment: Millis) -> Result<(), Error> {
		loop {
			let now = self.at(Head::Best).await?.now().await?;
			if now >= moment {
				return Ok(());
			}
			// The clock stands still between blocks.
			let rest = Duration::from_millis((moment - now).clamp(200, 1_000));
			tokio::time::sleep(rest).await;
		}
	}

	async fn nonce_lock(&self, account: &AccountId32) -> Arc<Mutex<()>> {
		self.nonces.lock().await.entry(account.0).or_default().clone()
	}
}

/// What a node says of itself.
#[derive(Clone, Debug, serde::Serialize)]
pub struct NodeInfo {
	/// The name of the chain.
	pub chain: String,
	/// Name and version of the node.
	pub software: String,
	/// The version of the runtime of the best block.
	pub runtime: u32,
	/// Connected peers.
	pub peers: usize,
	/// Whether it is catching up.
	pub is_syncing: bool,
	/// The hash of the first block.
	pub genesis: String,
	/// The number of the best block.
	pub best: u64,
	/// The chain's time, that of the best block, in milliseconds.
	pub time: Millis,
	/// The number of the last finalized block.
	pub finalized: u64,
	/// Pallets whose calls or storage differ from what this client was made of.
	pub incompatible: Vec<String>,
	/// Signs that two nodes run with the same session keys.
	pub double_blocks: Vec<DoubleBlock>,
}
