//! The two arbitration institutions: they look at the plaintext, then confirm.

use super::Play;
use anyhow::{bail, Result};
use winddown_sdk::{
	calls::{attest_all, Statement, MAX_STATEMENTS},
	keys::Keypair,
	Call,
};

impl Play<'_> {
	/// Has both institutions confirm every record that waits for them.
	pub async fn attest(&mut self) -> Result<()> {
		let [one, two] = &self.institutions.arbiters;
		let (first, second) = tokio::try_join!(self.attest_as(one), self.attest_as(two))?;
		// Each record asks both.
		self.attested += first.min(second);
		Ok(())
	}

	async fn attest_as(&self, arbiter: &Keypair) -> Result<u32> {
		let records = self.best().await?.pending_records(&arbiter.account(), 0).await?;
		let mut statements = Vec::with_capacity(records.len());
		for record in records.iter().filter(|record| record.case == self.case) {
			// What the chain deposits is computed by every node, and theirs are two of them.
			if record.producer.is_some() && !self.vault.holds(&record.digest) {
				bail!("the plaintext of evidence record {} is not what was deposited", record.id);
			}
			statements.push(Statement { id: record.id, digest: record.digest, rejection: None });
		}
		let calls: Vec<Call> = statements.chunks(MAX_STATEMENTS).map(attest_all).collect();
		self.submit_all(&calls, arbiter).await?;
		Ok(statements.len() as u32)
	}
}
