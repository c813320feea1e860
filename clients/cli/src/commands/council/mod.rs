//! Motions of the council: what they do, who is for them, and what came of them.

mod motion;
mod propose;
mod show;

use super::lender_file::read_file;
use crate::{context::Context, institutions::Names, next};
use anyhow::Result;
use clap::{Args, Subcommand};
use motion::Motion;
use serde_json::json;
use std::path::{Path, PathBuf};
use winddown_sdk::{
	api::{
		council::events::{Executed, Voted},
		system::events::RejectedInvalidAuthorizedUpgrade,
	},
	calls,
	chain::{call_failed, Chain, Head, Included, MotionView},
	digest, Error, Missing, H256,
};

const CARRIED_OUT: &str = "approved and carried out";

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
	/// Hand in the runtime that the council authorised (anybody admitted).
	ApplyUpgrade {
		/// The runtime's WASM file, the same bytes whose hash the council approved.
		#[arg(value_name = "FILE.wasm")]
		code: PathBuf,
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
		CouncilCommand::ApplyUpgrade { code } => apply_upgrade(context, &code).await,
		CouncilCommand::Show => show::run(context).await,
	}
}

async fn vote(context: &Context, motion: &MotionArgs, against: bool) -> Result<()> {
	let hash = motion.hash()?;
	let chain = context.chain().await?;
	let found = open_motion(&chain, hash).await?;
	context.output.note(&format!("the motion: {}", by_name(&chain, &found).await?));
	let included =
		context.submit(&chain, &calls::vote_on_motion(hash, found.index, !against)).await?;
	let voted: Voted = included.event()?;
	let text = format!("{} for it, {} against it, {} needed", voted.yes, voted.no, found.threshold);
	let next = (voted.yes >= found.threshold).then(|| next::motion_approved(&motion.hash));
	let facts = json!({
		"hash": motion.hash, "proposes": found.proposes, "ayes": voted.yes, "nays": voted.no
	});
	context.output.done(&included, facts, text, next.as_deref())
}

async fn close(context: &Context, motion: &MotionArgs) -> Result<()> {
	let hash = motion.hash()?;
	let chain = context.chain().await?;
	let found = open_motion(&chain, hash).await?;
	let at = chain.at(Head::Best).await?;
	let length = at.motion_call(hash).await?.map_or(0, |call| call.len() as u32);
	let call = calls::close_motion(hash, found.index, length);
	let included = context.submit(&chain, &call).await?;
	let outcome = if carried_out(&included)? { CARRIED_OUT } else { "disapproved" };
	let facts = json!({ "hash": motion.hash, "proposes": found.proposes, "outcome": outcome });
	let text = format!("{outcome}: {}", by_name(&chain, &found).await?);
	context.output.done(&included, facts, text, None)
}

async fn apply_upgrade(context: &Context, file: &Path) -> Result<()> {
	let code = read_file(file)?;
	let hash = format!("0x{}", hex::encode(digest::blake2_256(&code)));
	let included = context.submit(&context.chain().await?, &calls::apply_upgrade(code)).await?;
	// The chain takes a code with a bad version for done, too: it forgets the authorisation.
	if let Some(rejected) = included.events::<RejectedInvalidAuthorizedUpgrade>()?.first() {
		return Err(anyhow::Error::new(call_failed(&rejected.error))
			.context("the runtime was not taken, and its authorisation is used up"));
	}
	let text = format!("handed in the runtime {hash}, which rules from the next block on");
	let facts = json!({ "code_hash": hash });
	context.output.done(&included, facts, text, Some(&next::upgrade_applied()))
}

/// Whether a motion was carried out; an error when its call failed, which does not open it again.
fn carried_out(included: &Included) -> Result<bool> {
	match included.events::<Executed>()?.first().map(|done| &done.result) {
		None => Ok(false),
		Some(Ok(())) => Ok(true),
		Some(Err(error)) => {
			let block = included.number;
			Err(anyhow::Error::new(call_failed(error)).context(format!(
				"the motion was approved and is closed (block {block}), and its call failed"
			)))
		}
	}
}

/// What a motion does, with the names of institutions.
async fn by_name(chain: &Chain, motion: &MotionView) -> Result<String, Error> {
	let names = Names::of(&chain.at(Head::Best).await?).await?;
	Ok(names.within(&show::what(motion.proposes.as_ref())))
}

async fn open_motion(chain: &Chain, hash: H256) -> Result<MotionView, Error> {
	let found = chain.at(Head::Best).await?.motion(hash).await?;
	found.ok_or(Error::NotFound(Missing::OpenMotion))
}
