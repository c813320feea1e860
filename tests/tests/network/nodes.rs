//! Nodes of the `local` chain that come and go. Dropping the network ends them all.

use anyhow::{Context, Result};
use std::{
	collections::BTreeMap,
	path::{Path, PathBuf},
};
use winddown_devnet::node::{Node, Signals};
pub use winddown_devnet::node::{Part, VALIDATORS};
use winddown_sdk::chain::Chain;

pub struct Network {
	binary: PathBuf,
	folder: PathBuf,
	nodes: BTreeMap<String, Node>,
}

impl Network {
	/// A network of no node yet, with its databases and logs in `folder`.
	pub fn new(binary: &Path, folder: &Path) -> Self {
		Self { binary: binary.into(), folder: folder.into(), nodes: BTreeMap::new() }
	}

	/// Starts the four validators and waits until each answers.
	pub async fn start_validators(&mut self) -> Result<()> {
		for name in VALIDATORS {
			self.reserve(name, Part::Validator)?;
		}
		for name in VALIDATORS {
			self.start(name, Part::Validator)?;
		}
		for name in VALIDATORS {
			self.connect(name).await?;
		}
		Ok(())
	}

	/// Starts a node, or starts it again on its database and ports.
	pub fn start(&mut self, name: &str, part: Part) -> Result<()> {
		self.reserve(name, part)?;
		let validators = self.nodes.values().filter(|node| node.part() == Part::Validator);
		let peers = validators
			.filter(|node| node.name() != name)
			.map(Node::address)
			.collect::<Result<Vec<_>>>()?;
		let binary = self.binary.clone();
		self.node(name)?.start(&binary, &peers, Signals::Shared)
	}

	/// Ends a node without any warning.
	pub fn kill(&mut self, name: &str) -> Result<()> {
		self.node(name)?.kill()
	}

	/// Ends all validators at the same moment without any warning.
	pub fn kill_validators(&mut self) -> Result<()> {
		for name in VALIDATORS {
			self.node(name)?.strike();
		}
		VALIDATORS.iter().try_for_each(|name| self.kill(name))
	}

	/// The folder of a node's database.
	pub fn database(&mut self, name: &str) -> Result<PathBuf> {
		Ok(self.node(name)?.database())
	}

	/// Asks a node to end and waits until it did.
	pub fn stop(&mut self, name: &str) -> Result<()> {
		self.node(name)?.stop()
	}

	/// Connects to a node, as soon as it answers.
	pub async fn connect(&mut self, name: &str) -> Result<Chain> {
		self.node(name)?.connect().await
	}

	/// Gives a node its ports, which it keeps.
	fn reserve(&mut self, name: &str, part: Part) -> Result<()> {
		if !self.nodes.contains_key(name) {
			let node = Node::new(name, part, &self.folder, &self.folder)?;
			self.nodes.insert(name.into(), node);
		}
		Ok(())
	}

	fn node(&mut self, name: &str) -> Result<&mut Node> {
		self.nodes.get_mut(name).with_context(|| format!("there is no {name}"))
	}
}

impl Drop for Network {
	fn drop(&mut self) {
		// All at once; each is then waited for.
		self.nodes.values().for_each(Node::ask_to_end);
	}
}
