//! The Winddown node: the machine of one institution of the consortium.

use std::process::ExitCode;

mod chain_spec;
mod cli;
mod command;
mod finality_proof;
mod rpc;
mod service;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("{error}");
			ExitCode::FAILURE
		}
	}
}
