//! `winddown`, the command of an institution's clerk.

mod args;
mod certificate;
mod commands;
mod context;
pub mod demo;
mod kept;
mod kinds;
mod marks;
mod output;
mod private;
mod read_back;
mod rules;
mod terms;
mod times;
mod values;

use args::Cli;
use clap::Parser;
use context::Context;
use std::process::ExitCode;

/// Parses the command line, does what it asks for, and says how it went.
pub fn run() -> ExitCode {
	let cli = Cli::parse();
	let output = output::Output::new(cli.global.json);
	let runtime = match tokio::runtime::Runtime::new() {
		Ok(runtime) => runtime,
		Err(error) => return output.fail(&error.into()),
	};
	let context = Context::new(cli.global, output);
	match runtime.block_on(commands::run(&context, cli.command)) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => context.output.fail(&error),
	}
}
