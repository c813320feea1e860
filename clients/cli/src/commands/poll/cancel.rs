//! Polls that are taken back, and polls that wait for a lot.

use super::show;
use crate::{
	context::Context,
	next,
	output::{counted, end},
	read_back::{self, YesArg},
};
use anyhow::Result;
use serde_json::json;
use winddown_sdk::{api, calls, chain::Head, primitives::PollId, Error};

/// Takes back a poll in which nobody voted yet.
pub async fn run(context: &Context, poll: PollId, yes: YesArg) -> Result<()> {
	let chain = context.chain().await?;
	let view = chain.at(Head::Best).await?.poll(poll).await?;
	let voted = view.ballots_cast.unwrap_or_default();
	if voted > 0 {
		return Err(Error::BadInput(format!(
			"poll {poll} has {}: a poll is cancelled before the first one only",
			counted(voted, "ballot", "ballots")
		))
		.into());
	}
	let terms = [
		("poll", poll.to_string()),
		("case", view.case.to_string()),
		("purpose", show::purpose(&view)),
		("closes", end(view.closes_at)),
	];
	read_back::ask(context, yes, "the poll that is to be cancelled", terms)?;
	let included = context.submit(&chain, &calls::cancel_poll(poll)).await?;
	let _: api::polls::events::PollCancelled = included.event()?;
	let text = format!("cancelled poll {poll}; everything is as before it opened");
	let facts = json!({ "poll": poll, "case": view.case, "cancelled": true });
	context.output.done(&included, facts, text, None)
}

/// Draws the lot for which a poll waits.
pub async fn settle(context: &Context, poll: PollId) -> Result<()> {
	let chain = context.chain().await?;
	let included = context.submit(&chain, &calls::settle_poll(poll)).await?;
	let at = chain.at_hash(included.block).await?;
	let view = at.poll(poll).await?;
	let (text, next) = match view.awaits_lot {
		None => {
			let stage = at.case(view.case).await?.stage;
			let next = next::poll_closed(view.case, poll, stage, view.purpose);
			(format!("settled poll {poll}"), next)
		}
		Some(block) => (
			format!("the chain forgot the block of the lot; it is block {block} now"),
			next::lot_drawn_after(poll, block),
		),
	};
	let text = format!("{}\n\n{text}", show::poll(&view));
	context.output.done(&included, json!({ "poll": view }), text, Some(&next))
}
