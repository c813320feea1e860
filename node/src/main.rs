//! The Winddown node: the machine of one institution of the consortium.

use std::process::ExitCode;

mod chain_spec;
mod cli;
mod command;
mod database;
mod disk;
mod double;
mod essential;
mod executor;
mod finality_proof;
mod help;
mod housekeeping;
mod key;
mod log_on_disk;
mod peers;
mod ports;
mod rpc;
mod secrets;
mod service;
mod stopping;
mod transaction;
mod votes;

/// Pages and trie nodes are short-lived and of every size, which glibc's allocator bears badly.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("{error}");
			ExitCode::FAILURE
		}
	}
}
