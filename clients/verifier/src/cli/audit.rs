//! `audit`: from an archive, or straight from a node.

use super::FINDINGS;
use crate::{
	archive::Hash,
	audit::{audit, Options, Step},
	export::Source,
	fetch::{self, Progress},
	report::Report,
};
use anyhow::{ensure, Context as _};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::{path::PathBuf, process::ExitCode};
use tokio::runtime::Runtime;

#[derive(Args)]
pub struct Audit {
	/// The archive that `fetch` made
	#[arg(long, required_unless_present = "url", conflicts_with = "url")]
	archive: Option<PathBuf>,
	/// A node to fetch from first; it keeps all blocks and states
	#[arg(long)]
	url: Option<String>,
	/// The genesis hash of the chain, from a source that you trust
	#[arg(long, value_parser = hash)]
	genesis: Option<Hash>,
	/// The case
	#[arg(long)]
	case: u32,
	/// The operator's records, or their export: a JSON Lines file, a folder of CSV files, sqlite:FILE or postgres:…
	#[arg(long, alias = "export", value_name = "URL|FILE|FOLDER")]
	records: Option<String>,
	/// A folder for report.json and report.html
	#[arg(long)]
	report: Option<PathBuf>,
	/// Print the report as JSON
	#[arg(long)]
	json: bool,
}

impl Audit {
	pub fn run(self, runtime: &Runtime) -> anyhow::Result<ExitCode> {
		let fetched = tempfile::Builder::new().suffix(".wda").tempfile()?;
		let archive = match (&self.archive, &self.url) {
			(Some(archive), _) => archive.clone(),
			(None, url) => {
				let url = url.as_deref().unwrap_or_default();
				let path = fetched.path().to_path_buf();
				runtime.block_on(fetch::fetch(url, &path, Progress::Shown))?;
				path
			}
		};
		let export = self.records.as_deref().map(str::parse::<Source>).transpose()?;
		let report = self.audit(&archive, export.as_ref())?;
		if let Some(folder) = &self.report {
			report.write(folder).with_context(|| format!("cannot write {}", folder.display()))?;
		}
		match self.json {
			true => println!("{}", report.json()?),
			false => print!("{}", report.text()),
		}
		Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::from(FINDINGS) })
	}

	fn audit(&self, archive: &std::path::Path, export: Option<&Source>) -> anyhow::Result<Report> {
		let bar = ProgressBar::new(0);
		let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}, {eta} left");
		bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
		let tell = |step| match step {
			Step::Blocks { done, of } => {
				bar.set_length(of.into());
				bar.set_position(done.into());
				bar.set_message("blocks");
			}
			Step::State => bar.set_message("blocks, now the state"),
			Step::Records => bar.set_message("blocks, now the records"),
		};
		let (case, genesis) = (self.case, self.genesis);
		let report = audit(archive, export, &Options { case, genesis, progress: Some(&tell) });
		bar.finish_and_clear();
		Ok(report?)
	}
}

fn hash(text: &str) -> anyhow::Result<Hash> {
	let bytes = hex::decode(text.trim_start_matches("0x"))?;
	ensure!(bytes.len() == 32, "a genesis hash has 64 hex digits");
	Ok(bytes.try_into().unwrap_or_default())
}
