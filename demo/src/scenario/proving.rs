//! Proofs for lenders: of a ballot that counted, and that somebody did not vote. Each is written as a
//! file with the clerk's command, and verified from the file alone.

use super::Play;
use crate::summary::ProofSummary;
use anyhow::{bail, ensure, Context as _, Result};
use serde::{de::DeserializeOwned, Deserialize};
use std::{
	path::{Path, PathBuf},
	process::Stdio,
};
use tokio::process::Command;
use winddown_devnet::program::beside;
use winddown_sdk::primitives::{LenderIndex, PollId};

/// What `winddown evidence verify` says, as far as the demonstration tells it.
#[derive(Deserialize)]
struct Verified {
	valid: bool,
	bytes: u64,
	milliseconds: f64,
	report: Report,
}

#[derive(Deserialize)]
struct Report {
	proved: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
	en: String,
	zh: String,
}

/// Proves the ballot of a lender who voted in the last poll, and the absence of one who did not.
pub async fn prove(play: &mut Play) -> Result<()> {
	let poll = play.summary.polls.last().context("polls were held")?.poll;
	let (voter, absentee) = find(play, poll).await?;
	let records = play.vault.exported();
	let records = records.to_str().context("the folder's name is Unicode")?;
	let kept = ["--records", records];
	proof(play, "ballot", "--ballot", poll, voter, &kept).await?;
	proof(play, "no-ballot", "--no-ballot", poll, absentee, &[]).await
}

/// A lender with a ballot in a poll, and one without.
async fn find(play: &Play, poll: PollId) -> Result<(LenderIndex, LenderIndex)> {
	let at = play.best().await?;
	let (mut voter, mut absentee) = (None, None);
	for row in 0..play.actors.len() as LenderIndex {
		match at.ballot(poll, row).await? {
			Some(_) => voter = voter.or(Some(row)),
			None => absentee = absentee.or(Some(row)),
		}
		if let (Some(voter), Some(absentee)) = (voter, absentee) {
			return Ok((voter, absentee));
		}
	}
	bail!("everybody voted in poll {poll}, or nobody")
}

async fn proof(
	play: &mut Play,
	name: &str,
	claim: &str,
	poll: PollId,
	lender: LenderIndex,
	more: &[&str],
) -> Result<()> {
	let file = play.folder.join(format!("{name}.wdproof"));
	let (poll, lender) = (poll.to_string(), lender.to_string());
	let path = file.to_str().context("the folder's name is Unicode")?;
	let mut export = vec!["--url", play.chain.url(), "evidence", "export", claim];
	export.extend(["--poll", &poll, "--lender", &lender, "--no-certificate", "--out", path]);
	export.extend(more);
	run::<serde_json::Value>(&export).await?;

	let genesis = format!("0x{}", hex::encode(play.chain.genesis()));
	let verified: Verified = run(&["evidence", "verify", path, "--genesis", &genesis]).await?;
	ensure!(verified.valid, "{} proves nothing", file.display());
	let first = verified.report.proved.into_iter().next().context("something is proved")?;
	play.tell(&format!("{}: {}", shown(&file), first.en));
	play.summary.proofs.push(ProofSummary {
		file,
		bytes: verified.bytes,
		milliseconds: verified.milliseconds,
		proved: super::Text { en: first.en, zh: first.zh },
	});
	Ok(())
}

fn shown(file: &Path) -> String {
	file.file_name().map(PathBuf::from).unwrap_or_default().display().to_string()
}

/// Runs the clerk's program; what it answers.
async fn run<Answer: DeserializeOwned>(arguments: &[&str]) -> Result<Answer> {
	let done = Command::new(beside("winddown")?)
		.arg("--json")
		.args(arguments)
		.stdin(Stdio::null())
		.kill_on_drop(true)
		.output()
		.await?;
	ensure!(
		done.status.success(),
		"`winddown {}` failed: {}",
		arguments.join(" "),
		String::from_utf8_lossy(&done.stderr).trim()
	);
	serde_json::from_slice(&done.stdout).context("the answer is JSON")
}
