//! What each command does, one file a noun.

pub mod audit;
pub mod case;
pub mod chain;
pub mod claim;
pub mod committee;
pub mod council;
pub mod demo;
pub mod evidence;
pub mod identity;
pub mod intent;
pub mod key;
mod lender;
pub mod lender_file;
pub mod payment;
pub mod plan;
pub mod poll;
pub mod records;
pub mod roll;

use crate::{args::Command, context::Context};

pub async fn run(context: &Context, command: Command) -> anyhow::Result<()> {
	match command {
		Command::Chain => chain::run(context).await,
		Command::Key(command) => key::run(context, command),
		Command::Case(command) => case::run(context, command).await,
		Command::Roll(command) => roll::run(context, command).await,
		Command::Identity(command) => identity::run(context, command).await,
		Command::Claim(command) => claim::run(context, command).await,
		Command::Poll(command) => poll::run(context, command).await,
		Command::Intent(command) => intent::run(context, command).await,
		Command::Committee(command) => committee::run(context, command).await,
		Command::Plan(command) => plan::run(context, command).await,
		Command::Payment(command) => payment::run(context, command).await,
		Command::Evidence(command) => evidence::run(context, command).await,
		Command::Records(command) => records::run(context, command).await,
		Command::Council(command) => council::run(context, command).await,
		Command::Audit(args) => audit::run(context, args).await,
		Command::Demo(args) => demo::run(context, args).await,
	}
}
