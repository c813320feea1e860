//! The other end of a [`super::process`]: audits, and tells on standard output how far it is, an object a line.

use super::Step;
use crate::{
	audit::{self, audit, Options},
	export::Source,
	fetch::{self, Progress},
};
use anyhow::Context as _;
use clap::Args;
use rustix::process::{set_parent_process_death_signal, setrlimit, Resource, Rlimit, Signal};
use serde::{Deserialize, Serialize};
use std::{
	cell::Cell,
	io::Write as _,
	path::PathBuf,
	time::{Duration, Instant},
};
use tokio::runtime::Runtime;
use winddown_proof::Hash;

/// The name of this command.
pub const COMMAND: &str = "work";
/// The least time between two lines on blocks.
const PAUSE: Duration = Duration::from_millis(200);

/// A line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
	/// How far it is.
	Step(Step),
	/// The report is written.
	Done {
		/// How many findings there are.
		findings: u64,
	},
}

/// What to audit.
#[derive(Args)]
pub struct Work {
	#[arg(long, required_unless_present = "url", conflicts_with = "url")]
	archive: Option<PathBuf>,
	#[arg(long)]
	url: Option<String>,
	#[arg(long)]
	genesis: Hash,
	#[arg(long)]
	case: u32,
	#[arg(long)]
	records: Option<String>,
	#[arg(long)]
	report: PathBuf,
	/// Bytes
	#[arg(long)]
	memory: u64,
}

impl Work {
	/// Audits, with no more memory than it was given, and no longer than the service is there.
	pub fn run(self, runtime: &Runtime) -> anyhow::Result<()> {
		set_parent_process_death_signal(Some(Signal::KILL))
			.context("the service cannot be watched")?;
		let limit = Some(self.memory);
		setrlimit(Resource::Data, Rlimit { current: limit, maximum: limit })
			.context("the memory cannot be limited")?;
		let fetched = self.report.join("chain.wda");
		let archive = match (&self.archive, &self.url) {
			(Some(archive), _) => archive,
			(None, url) => {
				tell(&Told::Step(Step::Fetching));
				let url = url.as_deref().unwrap_or_default();
				runtime.block_on(fetch::fetch(url, &fetched, Progress::Hidden))?;
				&fetched
			}
		};
		let export = self.records.as_deref().map(str::parse::<Source>).transpose()?;
		let told = Cell::new(None);
		let progress = |step| show(step, &told);
		let options =
			Options { case: self.case, genesis: Some(self.genesis.0), progress: Some(&progress) };
		let report = audit(archive, export.as_ref(), &options)?;
		report.write(&self.report)?;
		if self.archive.is_none() {
			std::fs::remove_file(&fetched)?;
		}
		tell(&Told::Done { findings: report.total() as u64 });
		Ok(())
	}
}

fn show(step: audit::Step, told: &Cell<Option<Instant>>) {
	let step = match step {
		audit::Step::Blocks { done, of } => {
			if told.get().is_some_and(|told| told.elapsed() < PAUSE) {
				return;
			}
			told.set(Some(Instant::now()));
			Step::Blocks { done, of }
		}
		audit::Step::State => Step::State,
		audit::Step::Records => Step::Records,
	};
	tell(&Told::Step(step));
}

/// Whoever listens may be gone; the report is written all the same.
fn tell(told: &Told) {
	if let Ok(line) = serde_json::to_string(told) {
		let mut out = std::io::stdout().lock();
		writeln!(out, "{line}").and_then(|()| out.flush()).ok();
	}
}
