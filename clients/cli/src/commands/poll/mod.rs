//! Polls and their ballots.

mod cancel;
mod cast;
mod grounds;
mod open;
mod over;
mod show;

pub use cast::{call as ballot_call, BallotArgs};
pub use grounds::of_item as grounds_of_item;
pub use over::{refusal, sentence as when_over, CLOSED};
pub use show::{goes_by_lot, ties_in_words};

use crate::{context::Context, next, read_back::YesArg};
use anyhow::Result;
use clap::Subcommand;
use serde_json::json;
use winddown_sdk::{
	calls,
	chain::{Chain, Included, PollView},
	primitives::{CaseId, LenderIndex, PollId},
	Error,
};

#[derive(Subcommand)]
pub enum PollCommand {
	/// Open a poll that has no consequence on chain (association).
	Open(open::OpenArgs),
	/// Cast a ballot, or replace an earlier one (lender).
	Cast(cast::CastArgs),
	/// Show what a poll is about, with its count and result.
	Show {
		/// The poll's number.
		#[arg(long)]
		poll: PollId,
	},
	/// Show the ballot that counts for a lender.
	Ballot {
		/// The poll's number.
		#[arg(long)]
		poll: PollId,
		/// The lender's row.
		#[arg(long)]
		lender: LenderIndex,
	},
	/// Take back a poll in which nobody voted yet, whatever it is held for (association).
	Cancel {
		/// The poll's number.
		#[arg(long)]
		poll: PollId,
		#[command(flatten)]
		yes: YesArg,
	},
	/// Draw the lot for which a poll with tied candidates waits (any institution).
	Settle {
		/// The poll's number.
		#[arg(long)]
		poll: PollId,
	},
	/// Close a poll whose time is over by the time of the block (any institution).
	Close {
		/// The poll's number.
		#[arg(long)]
		poll: PollId,
	},
}

pub async fn run(context: &Context, command: PollCommand) -> Result<()> {
	match command {
		PollCommand::Open(args) => open::run(context, args).await,
		PollCommand::Cast(args) => cast::run(context, args).await,
		PollCommand::Show { poll } => {
			let view = context.state().await?.poll(poll).await?;
			context.output.show(&view, || show::poll(&view))
		}
		PollCommand::Ballot { poll, lender } => ballot(context, poll, lender).await,
		PollCommand::Cancel { poll, yes } => cancel::run(context, poll, yes).await,
		PollCommand::Settle { poll } => cancel::settle(context, poll).await,
		PollCommand::Close { poll } => close(context, poll).await,
	}
}

async fn ballot(context: &Context, poll: PollId, lender: LenderIndex) -> Result<()> {
	let at = context.state().await?;
	let view = at.poll(poll).await?;
	at.lender(view.case, lender).await?;
	let ballot = at.ballot(poll, lender).await?;
	context.output.show(&ballot, || match &ballot {
		None => format!("lender {lender} did not vote in poll {poll}"),
		Some(ballot) => show::ballot(ballot, &view),
	})
}

async fn close(context: &Context, poll: PollId) -> Result<()> {
	let chain = context.chain().await?;
	let included = match context.submit(&chain, &calls::close_poll(poll)).await {
		Ok(included) => included,
		Err(error) => return Err(refusal(&chain, poll, error).await),
	};
	let at = chain.at_hash(included.block).await?;
	let view = at.poll(poll).await?;
	let (told, next) = match view.awaits_lot {
		None => {
			let stage = at.case(view.case).await?.stage;
			let next = next::poll_closed(view.case, poll, stage, view.purpose);
			(format!("closed poll {poll}"), next)
		}
		Some(block) => (
			format!("candidates are tied: the hash of block {block} draws the lot"),
			next::lot_drawn_after(poll, block),
		),
	};
	let text = format!("{}\n\n{told}", show::poll(&view));
	context.output.done(&included, json!({ "poll": view }), text, Some(&next))
}

/// What comes next after a poll was opened in a block.
pub async fn next_of_opened(
	chain: &Chain,
	included: &Included,
	poll: PollId,
) -> Result<String, Error> {
	let view = chain.at_hash(included.block).await?.poll(poll).await?;
	Ok(next::poll_opened(poll, view.closes_at, &view.raw_items))
}

/// The case of a poll, which must be the one that was named if one was.
pub fn case_of(poll: &PollView, named: Option<CaseId>) -> Result<CaseId, Error> {
	match named {
		Some(named) if named != poll.case => Err(Error::BadInput(format!(
			"poll {} belongs to case {}, not to case {named}",
			poll.poll, poll.case
		))),
		_ => Ok(poll.case),
	}
}
