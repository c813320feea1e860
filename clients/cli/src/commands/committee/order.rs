//! The order of candidates on the ballot.

use crate::{context::Context, next};
use anyhow::Result;
use serde_json::json;
use winddown_sdk::{
	api, calls,
	primitives::{CaseId, LenderIndex},
};

/// Lists the candidates in the order of the ballot.
pub async fn list(context: &Context, case: CaseId, rows: Vec<LenderIndex>) -> Result<()> {
	let call = calls::list_candidates(case, rows.clone());
	let included = context.submit(&context.chain().await?, &call).await?;
	let lines = (1..).zip(&rows).map(|(number, row)| format!("candidate {number}: row {row}"));
	let text = lines.collect::<Vec<_>>().join("\n");
	let facts = json!({ "case": case, "listing": rows });
	context.output.done(&included, facts, text, Some(&next::candidates_ordered(case)))
}

/// Names the block whose hash orders the candidates.
pub async fn draw(context: &Context, case: CaseId) -> Result<()> {
	let included = context.submit(&context.chain().await?, &calls::draw_candidates(case)).await?;
	let drawn: api::committee_election::events::CandidatesDrawn = included.event()?;
	let text = format!("the hash of block {} orders the candidates of case {case}", drawn.block);
	let next = format!("after block {}, {}", drawn.block, next::candidates_ordered(case));
	let facts = json!({ "case": case, "block": drawn.block });
	context.output.done(&included, facts, text, Some(&next))
}
