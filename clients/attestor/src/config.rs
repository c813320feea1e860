//! Flags and the configuration file.

mod exit;
mod resolve;
mod settings;

pub use exit::Exit;
pub use resolve::{BadConfig, Config, Ending, Mode, Telling};
pub use settings::Settings;

use crate::{
	follow::{Attestor, Ended},
	journal::{self, Journal},
	serve,
};
use anyhow::Context as _;
use clap::Parser;
use std::{path::PathBuf, process::ExitCode};
use tokio::signal::unix::{signal, SignalKind};

const EXIT_CODES: &str = "\
Exit codes:
  0  stopped by a signal; with --once, nothing is left
  1  something went wrong on this machine
  2  a flag, the configuration file or the key file is bad
  3  with --once: records are left that could not be judged or said yet
  4  with --once: no node answers";

/// An arbitration institution's daemon: checks the plaintext behind evidence and attests it.
#[derive(Parser)]
#[command(name = "winddown-attestor", version, after_help = EXIT_CODES, max_term_width = 100)]
struct Cli {
	/// The configuration file (TOML); flags go before it
	#[arg(long, value_name = "FILE")]
	config: Option<PathBuf>,
	/// Do everything but send transactions
	#[arg(long)]
	dry_run: bool,
	/// Work off what waits now, and end
	#[arg(long)]
	once: bool,
	/// Print JSON Lines
	#[arg(long)]
	json: bool,
	#[command(flatten)]
	settings: Settings,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
	let cli = Cli::parse();
	let form = if cli.json { journal::Form::Json } else { journal::Form::Text };
	let journal = Journal(form);
	let exit = match tokio::runtime::Runtime::new().context("cannot start") {
		Ok(runtime) => runtime.block_on(cli.run(journal)),
		Err(error) => Err(error),
	};
	exit.unwrap_or_else(|error| {
		journal.note("failed", &format!("{error:#}"));
		match error.is::<BadConfig>() {
			true => Exit::BadConfig,
			false => Exit::Failed,
		}
	})
	.into()
}

impl Cli {
	async fn run(self, journal: Journal) -> anyhow::Result<Exit> {
		let settings = match &self.config {
			Some(path) => self.settings.over(Settings::read(path)?),
			None => self.settings,
		};
		let mode = Mode::new(self.dry_run, self.once);
		let config = Config::resolve(settings, mode)?;
		let listen = config.listen;
		let attestor = Attestor::new(config, journal)?;
		// The endpoint ends with the process.
		if let Some(address) = listen {
			let listener = tokio::net::TcpListener::bind(address)
				.await
				.map_err(|error| BadConfig::Listen { address, reason: error.to_string() })?;
			let router = serve::router(attestor.shown());
			tokio::spawn(async move { axum::serve(listener, router).await });
		}
		Ok(match attestor.run(stopped()?).await {
			Ended::Stopped => Exit::Done,
			Ended::WorkedOff(counts) if counts.is_done() => Exit::Done,
			Ended::WorkedOff(_) => Exit::Left,
			Ended::NoNode => Exit::NoNode,
		})
	}
}

/// Waits for a signal to end.
fn stopped() -> anyhow::Result<impl std::future::Future<Output = ()>> {
	let (mut term, mut interrupt) =
		(signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
	Ok(async move {
		tokio::select! {
			_ = term.recv() => {}
			_ = interrupt.recv() => {}
		}
	})
}
