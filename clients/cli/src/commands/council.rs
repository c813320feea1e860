use crate::{
	context::Context,
	output::{facts, rows},
	values::{RoleArg, Span},
};
use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;
use winddown_sdk::{
	api, calls,
	primitives::{Role, Roles},
	AccountId32, Call, Error,
};

#[derive(Subcommand)]
pub enum CouncilCommand {
	/// Propose a motion (member of the council).
	Propose {
		/// Members who must approve it; two thirds of all if not given.
		#[arg(long)]
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
	/// Show institutions, council and open motions.
	Show,
}

/// A motion, by its hash.
#[derive(Args)]
pub struct MotionArgs {
	/// The hash of the motion, from `council propose` or `council show`.
	#[arg(long)]
	hash: String,
}

/// What the council decides.
#[derive(Subcommand)]
pub enum Motion {
	/// Admit an institution.
	Admit {
		account: AccountId32,
		#[arg(long)]
		name: String,
		#[arg(long, value_enum, value_delimiter = ',', required = true)]
		roles: Vec<RoleArg>,
	},
	/// Change what an institution may do.
	SetRoles {
		account: AccountId32,
		#[arg(long, value_enum, value_delimiter = ',', required = true)]
		roles: Vec<RoleArg>,
	},
	/// Keep an institution from acting.
	Suspend { account: AccountId32 },
	/// Let a suspended institution act again.
	Reinstate { account: AccountId32 },
	/// Take an institution out of the consortium.
	Remove { account: AccountId32 },
	/// Change the shortest windows of new cases.
	SetWindows {
		#[arg(long)]
		notice: Span,
		#[arg(long)]
		confirmation: Span,
		#[arg(long)]
		voting: Span,
		#[arg(long)]
		review: Span,
	},
}

fn roles(named: &[RoleArg]) -> Roles {
	Roles::new(&named.iter().map(|role| Role::from(*role)).collect::<Vec<_>>())
}

impl Motion {
	fn call(&self) -> Call {
		match self {
			Self::Admit { account, name, roles: named } => {
				calls::admit(*account, name, roles(named))
			}
			Self::SetRoles { account, roles: named } => calls::set_roles(*account, roles(named)),
			Self::Suspend { account } => calls::suspend(*account),
			Self::Reinstate { account } => calls::reinstate(*account),
			Self::Remove { account } => calls::remove(*account),
			Self::SetWindows { notice, confirmation, voting, review } => {
				calls::set_minimum_windows(notice.0, confirmation.0, voting.0, review.0)
			}
		}
	}
}

impl MotionArgs {
	fn hash(&self) -> Result<winddown_sdk::H256, Error> {
		self.hash.parse().map_err(|_| Error::BadInput("a motion's hash has 64 hex digits".into()))
	}
}

pub async fn run(context: &Context, command: CouncilCommand) -> Result<()> {
	match command {
		CouncilCommand::Propose { threshold, motion } => propose(context, threshold, &motion).await,
		CouncilCommand::Vote { motion, against } => {
			let hash = motion.hash()?;
			let chain = context.chain().await?;
			let found = open_motion(&chain, hash).await?;
			let call = calls::vote_on_motion(hash, found.index, !against);
			let included = context.submit(&chain, &call).await?;
			let voted: api::council::events::Voted = included.event()?;
			let text = format!(
				"{} for it, {} against it, {} needed",
				voted.yes, voted.no, found.threshold
			);
			let next = (voted.yes >= found.threshold).then_some("winddown council close");
			let facts = json!({ "hash": motion.hash, "ayes": voted.yes, "nays": voted.no });
			context.output.done(&included, facts, text, next)
		}
		CouncilCommand::Close { motion } => {
			let hash = motion.hash()?;
			let chain = context.chain().await?;
			let found = open_motion(&chain, hash).await?;
			let at = chain.at(winddown_sdk::chain::Head::Best).await?;
			let length = at.motion_call(hash).await?.map_or(0, |call| call.len() as u32);
			let call = calls::close_motion(hash, found.index, length);
			let included = context.submit(&chain, &call).await?;
			let executed = included.events::<api::council::events::Executed>()?;
			let outcome = match executed.first() {
				None => "disapproved".to_string(),
				Some(done) => match &done.result {
					Ok(()) => "approved and carried out".to_string(),
					Err(error) => format!("approved, and failed: {error:?}"),
				},
			};
			let facts = json!({ "hash": motion.hash, "outcome": outcome });
			context.output.done(&included, facts, outcome.clone(), None)
		}
		CouncilCommand::Show => show(context).await,
	}
}

async fn open_motion(
	chain: &winddown_sdk::chain::Chain,
	hash: winddown_sdk::H256,
) -> Result<winddown_sdk::chain::MotionView, Error> {
	let at = chain.at(winddown_sdk::chain::Head::Best).await?;
	at.motion(hash).await?.ok_or_else(|| Error::NotFound("an open motion with this hash".into()))
}

async fn propose(context: &Context, threshold: Option<u32>, motion: &Motion) -> Result<()> {
	let chain = context.chain().await?;
	let members = chain.at(winddown_sdk::chain::Head::Best).await?.council().await?.len() as u32;
	let threshold = threshold.unwrap_or((members * 2).div_ceil(3));
	let motion = motion.call();
	let included = context.submit(&chain, &calls::propose_motion(threshold, &motion)).await?;
	let hash = format!("{:?}", calls::motion_hash(&motion));
	let text = format!("motion {hash} needs {threshold} of {members} votes");
	let next = format!("members vote, the proposer too: winddown council vote --hash {hash}");
	let facts = json!({ "hash": hash, "threshold": threshold });
	context.output.done(&included, facts, text, Some(&next))
}

async fn show(context: &Context) -> Result<()> {
	let at = context.state().await?;
	let (institutions, council) = (at.institutions().await?, at.council().await?);
	let mut motions = Vec::new();
	for hash in at.motions().await? {
		motions.extend(at.motion(hash).await?);
	}
	let members: Vec<_> = council.iter().map(ToString::to_string).collect();
	let value = json!({ "institutions": institutions, "council": members, "motions": motions });
	context.output.show(&value, || {
		let lines = institutions.iter().map(|institution| {
			vec![
				institution.name.clone(),
				format!("{:?}", institution.roles),
				if institution.suspended { "suspended" } else { "active" }.to_string(),
				institution.account.to_string(),
			]
		});
		let mut text = rows(&["institution", "roles", "standing", "account"], lines);
		for motion in &motions {
			let table = facts([
				("motion", motion.hash.clone()),
				("for it", format!("{} of {} needed", motion.ayes.len(), motion.threshold)),
				("against it", motion.nays.len().to_string()),
				("ends at block", motion.end.to_string()),
			]);
			text = format!("{text}\n\n{table}");
		}
		text
	})
}
