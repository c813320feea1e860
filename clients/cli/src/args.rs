//! The command line.

use crate::commands;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use winddown_sdk::{
	chain::{Transport, Until},
	keys::Scheme,
};

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  something went wrong on this machine
  2  the command line or a file is bad; nothing was sent
  3  the chain refused
  4  no node answers, or not as it should
  5  something was compared and differs (audit, import)";

/// Winds down a lending platform in order: rolls, votes, plans, payments and evidence on chain.
#[derive(Parser)]
#[command(name = "winddown", version, about, after_help = EXIT_CODES, max_term_width = 100)]
pub struct Cli {
	#[command(flatten)]
	pub global: Global,
	#[command(subcommand)]
	pub command: Command,
}

/// What every command takes.
#[derive(Args)]
pub struct Global {
	/// The node to speak with.
	#[arg(long, global = true, env = "WINDDOWN_URL", default_value = "ws://127.0.0.1:9944")]
	pub url: String,
	/// Print one JSON document instead of text.
	#[arg(long, global = true)]
	pub json: bool,
	/// The key to sign with: a SURI such as //Platform, a mnemonic or a seed. Others on this
	/// machine can see a command line: prefer --key-file.
	#[arg(long, global = true, value_name = "SURI", env = "WINDDOWN_KEY", hide_env_values = true)]
	pub key: Option<String>,
	/// A file with the key to sign with, which only its owner may read (mode 0600).
	#[arg(long, global = true, value_name = "FILE", conflicts_with = "key")]
	pub key_file: Option<PathBuf>,
	/// The signature scheme of the key.
	#[arg(long, global = true, value_enum, default_value_t)]
	pub scheme: SchemeArg,
	/// How sure a transaction must be before the command ends.
	#[arg(long, global = true, value_enum, default_value_t)]
	pub wait: WaitArg,
	/// Allow ws:// to another machine, in a closed network.
	#[arg(long, global = true)]
	pub allow_plain: bool,
}

impl Global {
	pub fn transport(&self) -> Transport {
		match self.allow_plain {
			true => Transport::AllowPlain,
			false => Transport::Secure,
		}
	}
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum SchemeArg {
	#[default]
	Sr25519,
	Ed25519,
	Ecdsa,
}

impl From<SchemeArg> for Scheme {
	fn from(scheme: SchemeArg) -> Self {
		match scheme {
			SchemeArg::Sr25519 => Self::Sr25519,
			SchemeArg::Ed25519 => Self::Ed25519,
			SchemeArg::Ecdsa => Self::Ecdsa,
		}
	}
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum WaitArg {
	/// It is in a block; a few seconds.
	InBlock,
	/// It is in a block that can never be undone; some seconds more.
	#[default]
	Finalized,
}

impl From<WaitArg> for Until {
	fn from(wait: WaitArg) -> Self {
		match wait {
			WaitArg::InBlock => Self::InBlock,
			WaitArg::Finalized => Self::Finalized,
		}
	}
}

#[derive(Subcommand)]
pub enum Command {
	/// What a node says of itself and its chain.
	Chain,
	/// Keys: make one, show its account.
	#[command(subcommand)]
	Key(commands::key::KeyCommand),
	/// Cases: authorise, open, move on, show.
	#[command(subcommand)]
	Case(commands::case::CaseCommand),
	/// A case's roll of lenders: check a file, import it, lock it, show it.
	#[command(subcommand)]
	Roll(commands::roll::RollCommand),
	/// Lenders' identities and keys.
	#[command(subcommand)]
	Identity(commands::identity::IdentityCommand),
	/// Claims: confirm, dispute, rule on them.
	#[command(subcommand)]
	Claim(commands::claim::ClaimCommand),
	/// Polls: open, cast, show, close.
	#[command(subcommand)]
	Poll(commands::poll::PollCommand),
	/// Lenders' intents: sign without a node, hand in one or many.
	#[command(subcommand)]
	Intent(commands::intent::IntentCommand),
	/// The supervisory committee: nominations, first ballot, decisions, recall.
	#[command(subcommand)]
	Committee(commands::committee::CommitteeCommand),
	/// Repayment plans: propose, vote, show.
	#[command(subcommand)]
	Plan(commands::plan::PlanCommand),
	/// Payments of the adopted plan: report, flag, acknowledge, complain.
	#[command(subcommand)]
	Payment(commands::payment::PaymentCommand),
	/// Evidence: deposit, attest, show.
	#[command(subcommand)]
	Evidence(commands::evidence::EvidenceCommand),
	/// The council of the institutions: propose, vote, close.
	#[command(subcommand)]
	Council(commands::council::CouncilCommand),
	/// Count a poll again from the raw ballots, and compare with the chain's own count.
	Audit(commands::audit::AuditArgs),
	/// Play a whole wind-down on a network of four nodes on this machine.
	Demo(commands::demo::DemoArgs),
}
