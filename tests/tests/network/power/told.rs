//! What nodes told their clients to be final.

use crate::world::Outcome;
use sp_core::H256;
use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex},
	time::Duration,
};
use tokio::task::JoinSet;
use winddown_sdk::chain::{Chain, Head};

/// How often a client asks.
const INTERVAL: Duration = Duration::from_millis(20);

/// Final blocks by number, for each node.
pub type ByNode = BTreeMap<&'static str, BTreeMap<u64, H256>>;

/// Clients that ask all the time, one a node.
pub struct Clients {
	told: Arc<Mutex<ByNode>>,
	tasks: JoinSet<()>,
}

impl Clients {
	pub fn start(chains: &[(&'static str, Chain)]) -> Self {
		let mut clients = Self { told: Arc::default(), tasks: JoinSet::new() };
		for (name, chain) in chains {
			let (name, chain, told) = (*name, chain.clone(), clients.told.clone());
			clients.tasks.spawn(async move {
				// A node that is gone does not answer any more.
				while let Ok(at) = chain.at(Head::Finalized).await {
					note(&told, name, at.number(), H256(at.hash().0));
					tokio::time::sleep(INTERVAL).await;
				}
			});
		}
		clients
	}

	/// Everything that was told, once the nodes are gone.
	pub async fn end(mut self) -> Outcome<ByNode> {
		self.tasks.abort_all();
		while self.tasks.join_next().await.is_some() {}
		let told = self.told.lock().expect("no client panics");
		Ok(told.clone())
	}
}

fn note(told: &Mutex<ByNode>, name: &'static str, number: u64, hash: H256) {
	told.lock().expect("no client panics").entry(name).or_default().insert(number, hash);
}
