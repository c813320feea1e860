//! Motions of the council: what they do, who is for them, and what came of them.

mod motion;
mod propose;
mod show;

use crate::context::Context;
use anyhow::Result;
use clap::{Args, Subcommand};
use motion::Motion;
use serde_json::json;
use winddown_sdk::{
	api::council::events::{Executed, Voted},
	calls,
	chain::{Chain, Head, Included, MotionView},
	Error, H256,
};

#[derive(Subcommand)]
pub enum CouncilCommand {
	/// Propose a motion (member of the council).
	Propose {
		/// Members who must approve it; two thirds of all, the least with which it can be carried
		/// out, if not given.
		#[arg(long, global = true)]
		threshold: Option<u32>,
		#[command(subcommand)]
		motion: Motion,
	},
	/// Vote on a motion (member of the council).
	Vote {
		#[command(flatten)]
		motion: MotionArgs,
		/// Vote against it.
		#[arg(long)]
		against: bool,
	},
	/// Carry out a motion that has enough votes, or end one that no longer can (anybody admitted).
	Close {
		#[command(flatten)]
		motion: MotionArgs,
	},
	/// Show institutions, council and open motions, and what each motion does.
	Show,
}

/// A motion, by its hash.
#[derive(Args)]
pub struct MotionArgs {
	/// The hash of the motion, from `council propose` or `council show`.
	#[arg(long)]
	hash: String,
}

impl MotionArgs {
	fn hash(&self) -> Result<H256, Error> {
		self.hash.parse().map_err(|_| Error::BadInput("a motion's hash has 64 hex digits".into()))
	}
}

pub async fn run(context: &Context, command: CouncilCommand) -> Result<()> {
	match command {
		CouncilCommand::Propose { threshold, motion } => {
			propose::run(context, threshold, &motion).await
		}
		CouncilCommand::Vote { motion, against } => vote(context, &motion, against).await,
		CouncilCommand::Close { motion } => close(context, &motion).await,
		CouncilCommand::Show => show::run(context).await,
	}
}

async fn vote(context: &Context, motion: &MotionArgs, against: bool) -> Result<()> {
	let hash = motion.hash()?;
	let chain = context.chain().await?;
	let found = open_motion(&chain, hash).await?;
	context.output.note(&format!("the motion: {}", show::what(found.proposes.as_ref())));
	let included =
		context.submit(&chain, &calls::vote_on_motion(hash, found.index, !against)).await?;
	let voted: Voted = included.event()?;
	let text = format!("{} for it, {} against it, {} needed", voted.yes, voted.no, found.threshold);
	let next = format!("winddown council close --hash {}", motion.hash);
	let next = (voted.yes >= found.threshold).then_some(next.as_str());
	let facts = json!({
		"hash": motion.hash, "proposes": found.proposes, "ayes": voted.yes, "nays": voted.no
	});
	context.output.done(&included, facts, text, next)
}

async fn close(context: &Context, motion: &MotionArgs) -> Result<()> {
	let hash = motion.hash()?;
	let chain = context.chain().await?;
	let found = open_motion(&chain, hash).await?;
	let at = chain.at(Head::Best).await?;
	let length = at.motion_call(hash).await?.map_or(0, |call| call.len() as u32);
	let call = calls::close_motion(hash, found.index, length);
	let included = context.submit(&chain, &call).await?;
	let outcome = outcome(&included)?.unwrap_or_else(|| "disapproved".into());
	let facts = json!({ "hash": motion.hash, "proposes": found.proposes, "outcome": outcome });
	let text = format!("{outcome}: {}", show::what(found.proposes.as_ref()));
	context.output.done(&included, facts, text, None)
}

/// What became of a motion that was carried out; `None` when it was not.
fn outcome(included: &Included) -> Result<Option<String>, Error> {
	let executed = included.events::<Executed>()?;
	Ok(executed.first().map(|done| match &done.result {
		Ok(()) => "approved and carried out".into(),
		Err(error) => format!("approved, and failed: {error:?}"),
	}))
}

async fn open_motion(chain: &Chain, hash: H256) -> Result<MotionView, Error> {
	let found = chain.at(Head::Best).await?.motion(hash).await?;
	found.ok_or_else(|| Error::NotFound("an open motion with this hash".into()))
}
