//! `winddown-verifier`: fetches archives of a chain and audits cases from them.

use std::process::ExitCode;

fn main() -> ExitCode {
	winddown_verifier::cli::run()
}
