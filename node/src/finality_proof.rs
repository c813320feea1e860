//! Proof that a block is final, for somebody who trusts the validators and runs no node.

use crate::service::{Backend, Client};
use codec::Encode;
use sc_client_api::{BlockBackend, HeaderBackend};
use sc_consensus_grandpa::{
	best_justification, FinalityProof, FinalityProofError, GrandpaJustification, GRANDPA_ENGINE_ID,
};
use sp_runtime::generic::BlockId;
use winddown_runtime::{opaque::Block, BlockNumber, Header};

/// Headers that one proof may carry. Justifications are kept every few blocks unless finality had stalled.
const MAX_HEADERS: usize = 4_096;

/// The justification kept nearest to the block, at or after it, and the headers that lead there.
///
/// The SDK's own proof looks the block up among the changes of validators. It knows no answer while the
/// validators have never changed, and later leads from a block all the way to the next change.
pub fn prove(
	client: &Client,
	backend: &Backend,
	number: BlockNumber,
) -> Result<Option<FinalityProof<Header>>, FinalityProofError> {
	// The newest justification is kept apart from the blocks, whatever its block's number.
	let newest: Option<GrandpaJustification<Block>> = best_justification(backend)?;
	let Some(newest) = newest else { return Err(FinalityProofError::BlockNotYetFinalized) };
	let (last, block) = newest.target();
	if number > last {
		return Err(FinalityProofError::BlockNotYetFinalized);
	}

	let mut unknown_headers = Vec::new();
	for current in number..last {
		let hash = client.expect_block_hash_from_id(&BlockId::Number(current))?;
		if current > number {
			unknown_headers.push(client.expect_header(hash)?);
		}
		let kept = client.justifications(hash)?;
		if let Some(justification) = kept.and_then(|all| all.into_justification(GRANDPA_ENGINE_ID))
		{
			return Ok(Some(FinalityProof { block: hash, justification, unknown_headers }));
		}
		if unknown_headers.len() >= MAX_HEADERS {
			return Ok(None);
		}
	}
	if last > number {
		unknown_headers.push(client.expect_header(block)?);
	}
	Ok(Some(FinalityProof { block, justification: newest.encode(), unknown_headers }))
}
