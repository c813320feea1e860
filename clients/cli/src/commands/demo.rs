use crate::{context::Context, demo};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// Plays a whole wind-down.
#[derive(Args)]
pub struct DemoArgs {
	/// How many lenders.
	#[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(100..=300_000))]
	lenders: u32,
	/// The seed: the same seed makes the same people, keys and votes.
	#[arg(long, default_value_t = 20_191_108)]
	seed: u64,
	/// The folder for files, logs and the report.
	#[arg(long, default_value = "demo-out", value_name = "FOLDER")]
	out: PathBuf,
	/// Leave the nodes up and tell how to connect.
	#[arg(long)]
	keep: bool,
	/// The node's binary; searched beside this one if not given.
	#[arg(long, value_name = "FILE")]
	node: Option<PathBuf>,
}

pub async fn run(context: &Context, args: DemoArgs) -> Result<()> {
	let options = demo::Options {
		lenders: args.lenders,
		seed: args.seed,
		out: args.out,
		keep: args.keep,
		node: args.node,
	};
	demo::run(context, options).await
}
