//! The independent audit: another program checks the whole case from the raw chain and the operator's
//! export.

use super::{super::summary::AuditSummary, Play};
use anyhow::{bail, ensure, Context as _, Result};
use serde_json::Value;
use std::process::Stdio;
use tokio::process::Command;

/// Runs `winddown-verifier` against the first node. It shares no code with the chain's count.
pub async fn audit(play: &mut Play<'_>) -> Result<()> {
	let export = play.folder.join("records.jsonl");
	play.vault.export(play.case, &export)?;
	let report = play.folder.join("audit");
	let genesis = format!("0x{}", hex::encode(play.chain.genesis()));
	let spinner = play.context.spinner("auditing the case from the raw chain");
	let mut command = Command::new(&play.verifier);
	command
		.args(["audit", "--json", "--url", play.chain.url(), "--genesis", &genesis])
		.args(["--case", &play.case.to_string(), "--export"])
		.arg(&export)
		.arg("--report")
		.arg(&report)
		.stdin(Stdio::null())
		.kill_on_drop(true);
	let done = command.output().await;
	spinner.finish_and_clear();
	let done =
		done.with_context(|| format!("cannot run {}: make build", play.verifier.display()))?;
	if done.stdout.is_empty() {
		bail!("the audit could not be made: {}", String::from_utf8_lossy(&done.stderr).trim());
	}
	let found: Value = serde_json::from_slice(&done.stdout).context("the audit's report")?;
	let audit = read(&found);
	play.tell(&format!(
		"{} signed intents, {} ballots, {} plaintext records and {} documents checked in {:.1} s: \
		 {} findings; {}",
		audit.intents,
		audit.ballots,
		audit.records,
		audit.documents,
		audit.seconds,
		audit.findings,
		report.join("report.html").display()
	));
	ensure!(audit.findings == 0 && done.status.success(), "the audit found: {}", found["counts"]);
	play.summary.audit = audit;
	Ok(())
}

fn read(report: &Value) -> AuditSummary {
	let (figures, kept) = (&report["figures"], &report["kept"]);
	let number = |value: &Value| value.as_u64().unwrap_or_default();
	AuditSummary {
		intents: number(&figures["intents"]),
		ballots: number(&figures["ballots"]),
		records: number(&kept["ballots"]) + number(&kept["others"]),
		documents: number(&kept["documents"]),
		findings: report["counts"]
			.as_object()
			.map_or(0, |counts| counts.values().map(number).sum()),
		seconds: figures["seconds"].as_f64().unwrap_or_default(),
	}
}
