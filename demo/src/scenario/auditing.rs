//! The independent audit: another program checks the whole case from the raw chain and the operator's
//! export.

use super::Play;
use crate::summary::AuditSummary;
use anyhow::{bail, ensure, Context as _, Result};
use serde::Deserialize;
use std::{collections::BTreeMap, process::Stdio};
use tokio::process::Command;

/// What the demonstration tells of the audit's report.
#[derive(Deserialize)]
struct Report {
	figures: Figures,
	kept: Kept,
	/// Findings by code.
	counts: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
struct Figures {
	intents: u64,
	ballots: u64,
	seconds: f64,
}

#[derive(Deserialize)]
struct Kept {
	ballots: u64,
	others: u64,
	documents: u64,
}

impl Report {
	fn summary(&self) -> AuditSummary {
		let Self { figures, kept, counts } = self;
		AuditSummary {
			intents: figures.intents,
			ballots: figures.ballots,
			records: kept.ballots + kept.others,
			documents: kept.documents,
			findings: counts.values().sum(),
			seconds: figures.seconds,
		}
	}
}

/// Runs `winddown-verifier` against the first node. It shares no code with the chain's count.
pub async fn audit(play: &mut Play) -> Result<()> {
	let export = play.vault.export(play.case).await?;
	let folder = play.folder.join("audit");
	let genesis = format!("0x{}", hex::encode(play.chain.genesis()));
	let spinner = play.screen.spinner("auditing the case from the raw chain");
	let mut command = Command::new(&play.verifier);
	command
		.args(["audit", "--json", "--url", play.chain.url(), "--genesis", &genesis])
		.args(["--case", &play.case.to_string(), "--records"])
		.arg(&export)
		.arg("--report")
		.arg(&folder)
		.stdin(Stdio::null())
		.kill_on_drop(true);
	let done = command.output().await;
	spinner.finish_and_clear();
	let done = done.with_context(|| format!("cannot run {}", play.verifier.display()))?;
	if done.stdout.is_empty() {
		bail!("the audit could not be made: {}", String::from_utf8_lossy(&done.stderr).trim());
	}
	let report: Report = serde_json::from_slice(&done.stdout).context("the audit's report")?;
	let audit = report.summary();
	play.tell(&format!(
		"{} signed intents, {} ballots, {} plaintext records and {} documents checked in {:.1} s: \
		 {} findings; {}",
		audit.intents,
		audit.ballots,
		audit.records,
		audit.documents,
		audit.seconds,
		audit.findings,
		folder.join("report.html").display()
	));
	ensure!(audit.findings == 0 && done.status.success(), "the audit found: {:?}", report.counts);
	play.summary.audit = audit;
	Ok(())
}
