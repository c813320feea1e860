//! Four nodes on this machine, stopped whatever happens.

use crate::{
	node::{Node, Part, Signals, VALIDATORS},
	progress::Progress,
};
use anyhow::{bail, Context as _, Result};
use std::{
	fs,
	path::{Path, PathBuf},
	time::Duration,
};
use winddown_sdk::chain::Chain;

/// How long a starting network may stand still: no new peer, no new block, nothing new that is final.
const STANDSTILL: Duration = Duration::from_secs(120);
/// Blocks after which a network that makes blocks must have finalized one.
const BLOCKS: u64 = 100;

/// A running network. Dropping it ends its nodes.
pub struct Network {
	nodes: Vec<Node>,
	/// Databases; deleted with the network.
	folder: tempfile::TempDir,
}

impl Network {
	/// Starts the nodes; their logs go to `logs`.
	pub fn start(binary: &Path, logs: &Path) -> Result<Self> {
		fs::create_dir_all(logs).with_context(|| format!("cannot make {}", logs.display()))?;
		let folder = tempfile::Builder::new().prefix("winddown-demo-").tempdir()?;
		let nodes = VALIDATORS
			.iter()
			.map(|name| Node::new(name, Part::Validator, folder.path(), logs))
			.collect::<Result<Vec<_>>>()?;
		let addresses = nodes.iter().map(Node::address).collect::<Result<Vec<_>>>()?;
		let mut network = Self { nodes, folder };
		for (at, node) in network.nodes.iter_mut().enumerate() {
			let others = addresses.iter().enumerate().filter(|(other, _)| *other != at);
			let peers: Vec<String> = others.map(|(_, address)| address.clone()).collect();
			// Ctrl-C reaches this process alone, which then stops its nodes.
			node.start(binary, &peers, Signals::Kept)?;
		}
		Ok(network)
	}

	/// Waits until every node has its peers and finalizes blocks; a connection to the first one.
	pub async fn ready(&mut self) -> Result<Chain> {
		let mut progress = Progress::new();
		let mut chains = Vec::new();
		for node in &mut self.nodes {
			chains.push(node.connect().await?);
		}
		loop {
			let mut seen = Vec::new();
			for (node, chain) in self.nodes.iter_mut().zip(&chains) {
				node.ensure_runs()?;
				let info = chain.node_info().await?;
				seen.push((info.peers, info.best, info.finalized));
			}
			if seen.iter().all(|&(peers, _, finalized)| peers + 1 >= chains.len() && finalized >= 1)
			{
				return Ok(chains.swap_remove(0));
			}
			let height = seen.iter().map(|&(_, best, _)| best).max().unwrap_or_default();
			if progress.stands_still(seen) > STANDSTILL || height > BLOCKS {
				bail!("the network is not ready at block {height} and stands still; see the nodes' logs");
			}
			tokio::time::sleep(Duration::from_millis(500)).await;
		}
	}

	/// Name and address of every node.
	pub fn addresses(&self) -> Vec<(String, String)> {
		self.nodes.iter().map(|node| (node.name().into(), node.url())).collect()
	}

	/// The most memory that all nodes together held so far, in bytes; `None` where it is not known.
	pub fn peak_memory(&self) -> Option<u64> {
		self.nodes.iter().map(Node::peak_memory).sum()
	}

	/// Leaves the nodes up; their process ids and the folder of their databases.
	pub fn keep(mut self) -> (Vec<u32>, PathBuf) {
		self.folder.disable_cleanup(true);
		let nodes = std::mem::take(&mut self.nodes);
		(nodes.into_iter().filter_map(Node::leave).collect(), self.folder.path().into())
	}
}

impl Drop for Network {
	fn drop(&mut self) {
		// All at once; each is then waited for.
		self.nodes.iter().for_each(Node::ask_to_end);
	}
}
