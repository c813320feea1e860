//! The two arbitration institutions: their attestors compare each record with its plaintext and with
//! the chain, and confirm it on chain. The play goes on meanwhile.

use super::Play;
use anyhow::{bail, Result};
use std::time::{Duration, Instant};
use winddown_sdk::chain::{Head, RecordView};

/// How long the attestors may be silent while records wait for them.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often the chain is asked.
const INTERVAL: Duration = Duration::from_millis(500);

impl Play {
	/// Records that took effect so far, by both institutions' word.
	pub async fn effective(&self) -> Result<u32> {
		let records = self.best().await?.records(self.case).await?;
		Ok(records.iter().filter(|record| is_effective(record)).count() as u32)
	}

	/// Waits until every record took effect, and that is final.
	pub async fn wait_for_attestors(&mut self) -> Result<()> {
		let (mut waiting, mut since) = (usize::MAX, Instant::now());
		let spinner = self.screen.spinner("waiting for the attestors");
		loop {
			self.services.ensure_run()?;
			let at = self.chain.at(Head::Finalized).await?;
			let records = at.records(self.case).await?;
			if let Some(rejected) = records.iter().find(|record| record.rejected > 0) {
				bail!("record {} was rejected; see {}", rejected.id, self.logs_of_attestors());
			}
			let left = records.iter().filter(|record| !is_effective(record)).count();
			spinner.set_message(format!("the attestors have {left} records before them"));
			// What is in a block that is not final yet counts as left.
			if left == 0 && records.len() == self.best().await?.records(self.case).await?.len() {
				spinner.finish_and_clear();
				return Ok(());
			}
			if left != waiting {
				(waiting, since) = (left, Instant::now());
			}
			if since.elapsed() > PATIENCE {
				bail!("{left} records wait for the attestors; see {}", self.logs_of_attestors());
			}
			tokio::time::sleep(INTERVAL).await;
		}
	}

	fn logs_of_attestors(&self) -> String {
		let logs: Vec<_> =
			self.services.logs().iter().map(|log| log.display().to_string()).collect();
		logs.join(" and ")
	}
}

fn is_effective(record: &RecordView) -> bool {
	record.state == "effective"
}
