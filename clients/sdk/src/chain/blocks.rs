//! Blocks and states in raw bytes, for those who search them.

use super::{errors::node, Chain};
use crate::Error;
use subxt::utils::H256;

/// Keys asked for at once.
const PAGE: u32 = 512;

/// Everything that a block added, in bytes.
pub struct BlockContents {
	/// Its number.
	pub number: u64,
	/// Its extrinsics.
	pub extrinsics: Vec<Vec<u8>>,
	/// Its events.
	pub events: Vec<u8>,
}

impl Chain {
	/// The contents of a block.
	pub async fn block(&self, number: u64) -> Result<BlockContents, Error> {
		let at = self.at_number(number).await?;
		let extrinsics = at.client.extrinsics().fetch().await.map_err(node)?;
		let extrinsics = extrinsics
			.iter()
			.map(|extrinsic| extrinsic.map(|extrinsic| extrinsic.bytes().to_vec()))
			.collect::<Result<_, _>>()
			.map_err(node)?;
		let events = at.client.events().fetch().await.map_err(node)?.bytes().to_vec();
		Ok(BlockContents { number, extrinsics, events })
	}

	/// Tells every key and value of the state at a block.
	pub async fn visit_state(
		&self,
		block: H256,
		mut visit: impl FnMut(&[u8], &[u8]),
	) -> Result<(), Error> {
		let mut last: Option<Vec<u8>> = None;
		loop {
			let keys = self
				.rpc
				.state_get_keys_paged(&[], PAGE, last.as_deref(), Some(block))
				.await
				.map_err(node)?;
			let Some(newest) = keys.last() else { return Ok(()) };
			last = Some(newest.clone());
			let wanted = keys.iter().map(Vec::as_slice);
			let sets = self.rpc.state_query_storage_at(wanted, Some(block)).await.map_err(node)?;
			for (key, value) in sets.into_iter().flat_map(|set| set.changes) {
				visit(&key.0, value.as_ref().map_or(&[], |value| &value.0));
			}
		}
	}
}
