//! Signs that two nodes run with the same session keys, as a node of this network saw them.

use super::{errors::node, Chain};
use crate::Error;
use serde::{Deserialize, Serialize};
use subxt::rpcs::{rpc_params, Error as Rpc};

/// The node does not know the call.
const UNKNOWN_CALL: i32 = -32_601;

/// A slot in which the session keys of an institution made a block that one node alone cannot have made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DoubleBlock {
	/// The name of the institution; its key for blocks where the chain has no name.
	pub institution: String,
	/// The slot, counted since 1970.
	pub slot: u64,
	/// The number of the block.
	pub number: u32,
	/// Hashes of the blocks: two of one slot, or one that the node that was asked did not make with its own keys.
	pub blocks: Vec<String>,
	/// Whether the keys are those of the node that was asked.
	pub own: bool,
}

impl Chain {
	/// What the node saw since it started, at most the last 32, the newest last. None of a node that does not look.
	pub async fn double_blocks(&self) -> Result<Vec<DoubleBlock>, Error> {
		match self.raw.request("winddown_doubleBlocks", rpc_params![]).await {
			Err(Rpc::User(error)) if error.code == UNKNOWN_CALL => Ok(vec![]),
			answer => answer.map_err(node),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_answer_of_a_node_is_read() {
		let answer = r#"[{"institution":"Arbitration Commission One","slot":588000123,"number":7,
			"blocks":["0x01","0x02"],"own":false}]"#;
		let read: Vec<DoubleBlock> = serde_json::from_str(answer).unwrap();
		let expected = DoubleBlock {
			institution: "Arbitration Commission One".into(),
			slot: 588_000_123,
			number: 7,
			blocks: vec!["0x01".into(), "0x02".into()],
			own: false,
		};
		assert_eq!(read, [expected]);
	}
}
