//! `winddown`, the command of an institution's clerk.

use std::process::ExitCode;

fn main() -> ExitCode {
	winddown_cli::run()
}
