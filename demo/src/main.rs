//! `winddown-demo`: a whole wind-down on a network of this machine's own, played through the programs that
//! institutions use.

mod electorate;
mod generator;
mod people;
mod play;
mod report;
mod scenario;
mod screen;
mod services;
mod summary;
mod vault;

use clap::Parser;
use play::Options;
use screen::Screen;
use std::{path::PathBuf, process::ExitCode};

/// Plays a whole wind-down on a network of four nodes on this machine, from the exit notice to proofs that
/// lenders check without a node.
#[derive(Parser)]
#[command(name = "winddown-demo", version)]
struct Arguments {
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
	/// Print one JSON document instead of text.
	#[arg(long)]
	json: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
	let Arguments { lenders, seed, out, keep, node, json } = Arguments::parse();
	let screen = Screen::new(json);
	match play::run(screen, Options { lenders, seed, out, keep, node }).await {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {error:#}");
			ExitCode::FAILURE
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	#[test]
	fn the_command_line_is_read_as_the_documentation_writes_it() {
		Arguments::command().debug_assert();
		let line = ["winddown-demo", "--lenders", "200", "--keep", "--node", "winddown-node"];
		let read = Arguments::try_parse_from(line).unwrap();
		assert_eq!((read.lenders, read.keep, read.json), (200, true, false));
		assert_eq!(read.node, Some(PathBuf::from("winddown-node")));
		let few = Arguments::try_parse_from(["winddown-demo", "--lenders", "99"]).err().unwrap();
		assert!(few.to_string().contains("99 is not in 100..=300000"), "{few}");
	}
}
