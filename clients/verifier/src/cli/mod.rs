//! The command line.

mod audit;
mod serve;

use crate::{
	fetch::{self, Progress},
	service::work::Work,
};
use clap::{Args, Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

/// There are findings.
const FINDINGS: u8 = 1;
/// Nothing could be audited.
const COULD_NOT: u8 = 2;

/// Checks a wind-down case independently of the chain's own count and of the operator.
#[derive(Parser)]
#[command(name = "winddown-verifier", version)]
struct Cli {
	#[command(subcommand)]
	command: Command,
}

#[derive(Subcommand)]
enum Command {
	/// Fetch everything that an audit needs from a node into one file
	Fetch(Fetch),
	/// Audit a case; the command ends with 0 when it is clean, 1 with findings, 2 when it could not audit
	Audit(audit::Audit),
	/// Serve the page on which lenders check their ballots, and the API for audits
	Serve(serve::Serve),
	#[command(hide = true)]
	Work(Work),
}

#[derive(Args)]
struct Fetch {
	/// The node; it keeps all blocks and states
	#[arg(long, default_value = "ws://127.0.0.1:9944")]
	url: String,
	/// The archive to write
	#[arg(long)]
	out: PathBuf,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
	let cli = Cli::parse();
	let runtime = match tokio::runtime::Runtime::new() {
		Ok(runtime) => runtime,
		Err(error) => return fail(&error.into()),
	};
	let done = match cli.command {
		Command::Fetch(fetch) => runtime.block_on(fetch.run()),
		Command::Audit(audit) => audit.run(&runtime),
		Command::Serve(serve) => runtime.block_on(serve.run()),
		Command::Work(work) => work.run(&runtime).map(|()| ExitCode::SUCCESS),
	};
	done.unwrap_or_else(|error| fail(&error))
}

fn fail(error: &anyhow::Error) -> ExitCode {
	eprintln!("{error:#}");
	ExitCode::from(COULD_NOT)
}

impl Fetch {
	async fn run(self) -> anyhow::Result<ExitCode> {
		let target = fetch::fetch(&self.url, &self.out, Progress::Shown).await?;
		println!("{}: blocks 0 to {target}", self.out.display());
		Ok(ExitCode::SUCCESS)
	}
}
