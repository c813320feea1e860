//! `winddown`, the command of an institution's clerk.

mod advice;
mod args;
mod certificate;
mod commands;
mod context;
mod global;
mod institutions;
mod kept;
mod marks;
mod next;
mod output;
mod private;
mod read_back;
mod registered;
mod renamed;
mod rules;
mod slips;
mod strokes;
mod values;

use args::Cli;
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use context::Context;
use std::process::ExitCode;
use winddown_sdk::primitives::CaseId;

/// Parses the command line, does what it asks for, and says how it went.
pub fn run() -> ExitCode {
	let given = Cli::command()
		.try_get_matches()
		.map_err(slips::explained)
		.unwrap_or_else(|error| error.exit());
	let cli = Cli::from_arg_matches(&given).unwrap_or_else(|error| error.exit());
	let output = output::Output::new(cli.global.json, case_in(&given));
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

/// The case that a command line names, so that what is advised after an error is about it.
fn case_in(given: &ArgMatches) -> Option<CaseId> {
	let inner = given.subcommand().and_then(|(_, given)| case_in(given));
	inner.or_else(|| given.try_get_one("case").ok().flatten().copied())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_case_is_known_wherever_a_command_line_names_it() {
		let case = |line: &str| case_in(&Cli::command().get_matches_from(line.split(' ')));
		assert_eq!(case("winddown committee show --case 3"), Some(3));
		assert_eq!(case("winddown intent sign --genesis 0 --case 3 --lender 1 resign"), Some(3));
		assert_eq!(case("winddown poll show --poll 3"), None);
		assert_eq!(case("winddown chain"), None);
	}
}
