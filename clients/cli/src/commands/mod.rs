//! What each command does, one file a noun.

pub mod audit;
pub mod case;
pub mod chain;
pub mod claim;
mod clear;
pub mod committee;
pub mod council;
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
mod shared;

use crate::context::Context;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
	/// What a node says of itself and its chain.
	Chain,
	/// Keys: make one, show its account.
	#[command(subcommand)]
	Key(key::KeyCommand),
	/// Cases: authorise, open, move on, show.
	#[command(subcommand)]
	Case(case::CaseCommand),
	/// A case's roll of lenders: check a file, import it, lock it, show it.
	#[command(subcommand)]
	Roll(roll::RollCommand),
	/// Lenders' identities and keys.
	#[command(subcommand)]
	Identity(identity::IdentityCommand),
	/// Claims: confirm, dispute, rule on them.
	#[command(subcommand)]
	Claim(claim::ClaimCommand),
	/// Polls: open, cast, show, close.
	#[command(subcommand)]
	Poll(poll::PollCommand),
	/// Lenders' intents: sign without a node, hand in one or many.
	#[command(subcommand)]
	Intent(intent::IntentCommand),
	/// The supervisory committee: nominations, first ballot, decisions, recall.
	#[command(subcommand)]
	Committee(committee::CommitteeCommand),
	/// Repayment plans: propose, vote, show.
	#[command(subcommand)]
	Plan(plan::PlanCommand),
	/// Payments of the adopted plan: report, flag, acknowledge, complain.
	#[command(subcommand)]
	Payment(payment::PaymentCommand),
	/// Evidence: deposit, attest, show.
	#[command(subcommand)]
	Evidence(evidence::EvidenceCommand),
	/// The operator's plaintext records: keep, batch, export, serve to arbiters.
	#[command(subcommand)]
	Records(records::RecordsCommand),
	/// The council of the institutions: propose, vote, close.
	#[command(subcommand)]
	Council(council::CouncilCommand),
	/// Count a poll again from the raw ballots, and compare with the chain's own count.
	Audit(audit::AuditArgs),
}

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
	}
}
