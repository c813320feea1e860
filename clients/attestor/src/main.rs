//! `winddown-attestor`.

use std::process::ExitCode;

fn main() -> ExitCode {
	winddown_attestor::config::run()
}
