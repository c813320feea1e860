//! A node without peers says why that may be.

use futures_timer::Delay;
use sc_network::config::NetworkConfiguration;
use sc_network_sync::SyncingService;
use std::{sync::Arc, time::Duration};
use winddown_runtime::{opaque::Block, Hash};

/// How long a node may be without peers before it says so, each time.
const LONELY: Duration = Duration::from_secs(60);
/// How often the node looks.
const INTERVAL: Duration = Duration::from_secs(5);

/// Addresses of nodes that this one shall connect to. Without one it is meant to be alone, or to be found.
pub fn known(network: &NetworkConfiguration) -> usize {
	network.boot_nodes.len() + network.default_peers_set.reserved_nodes.len()
}

/// Warns again and again while the node has no peer. Nodes of another chain are not heard at all: their messages
/// have another name, which begins with the hash of their first block.
pub async fn watch(sync: Arc<SyncingService<Block>>, genesis: Hash, known: usize) {
	let mut alone = Duration::ZERO;
	loop {
		Delay::new(INTERVAL).await;
		alone = match sync.num_connected_peers() {
			0 => alone + INTERVAL,
			_ => Duration::ZERO,
		};
		if alone > Duration::ZERO && alone.as_secs().is_multiple_of(LONELY.as_secs()) {
			log::warn!("{}", warning(alone, genesis, known));
		}
	}
}

fn warning(alone: Duration, genesis: Hash, known: usize) -> String {
	format!(
		"No peer shares genesis {genesis:?}: 0 peers for {} s, with {known} known addresses. Either none of them \
		 can be reached, or they run a chain of another specification: compare this hash with the one that they \
		 print when they start",
		alone.as_secs()
	)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_warning_names_the_whole_hash() {
		let warning = warning(Duration::from_secs(60), Hash::repeat_byte(0xab), 3);
		let hash = "ab".repeat(32);
		assert!(warning.starts_with(&format!("No peer shares genesis 0x{hash}: 0 peers for 60 s")));
		assert!(warning.contains("with 3 known addresses"));
	}
}
