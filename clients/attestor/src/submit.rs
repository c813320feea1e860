//! Statements to the chain, many in one transaction, each once.

use crate::chain::{patiently, Session};
use std::collections::BTreeSet;
use winddown_sdk::{
	calls::{attest_all, Statement, Verdict, MAX_STATEMENTS},
	chain::{Head, Until},
	keys::Keypair,
	Error,
};

/// What became of statements.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sent {
	/// So many are in a finalized block.
	Final(usize),
	/// The newest block has them all; only finality is missing.
	Known,
	/// The pool holds so many transactions of the key. They may be these very statements, sent
	/// before the daemon was killed.
	InPool(u32),
	/// The chain has a word of the institution on one of them already.
	Refused,
}

/// Whether transactions of the key in the pool are waited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pooled {
	/// They are.
	Wait,
	/// They waited longer than a transaction lives.
	Ignore,
}

/// Sends up to [`MAX_STATEMENTS`] statements in one transaction, and waits until it is final.
pub async fn submit(
	session: &Session,
	key: &Keypair,
	statements: &[Statement],
	pooled: Pooled,
) -> Result<Sent, Error> {
	let Some(first) = statements.first() else { return Ok(Sent::Known) };
	let held = session.pool.held(&session.chain, &key.account()).await?;
	if held > 0 && pooled == Pooled::Wait {
		return Ok(Sent::InPool(held));
	}
	// After the pool: what left it meanwhile is in this block.
	let best = patiently(session.chain.at(Head::Best)).await?;
	let pending = patiently(best.pending_records(&key.account(), first.id)).await?;
	let pending: BTreeSet<u64> = pending.iter().map(|record| record.id).collect();
	let absent = patiently(best.absent_records(&key.account(), first.id)).await?;
	let absent: BTreeSet<u64> = absent.iter().map(|record| record.id).collect();
	// After a word of absence the chain takes one about the content.
	let is_unsaid = |statement: &&Statement| {
		let is_absence = matches!(statement.verdict, Verdict::Absent { .. });
		pending.contains(&statement.id) || !is_absence && absent.contains(&statement.id)
	};
	let unsaid: Vec<Statement> =
		statements.iter().filter(is_unsaid).take(MAX_STATEMENTS).copied().collect();
	if unsaid.is_empty() {
		return Ok(Sent::Known);
	}
	match session.chain.submit(&attest_all(&unsaid), key, Until::Finalized).await {
		Ok(_) => Ok(Sent::Final(unsaid.len())),
		Err(Error::Failed { name, .. }) if is_settled(&name) => Ok(Sent::Refused),
		Err(error) => Err(error),
	}
}

/// Whether a refusal means that nothing is left to be said on a record. The transaction as a whole
/// had no effect; the next finalized block tells what is still to be said.
fn is_settled(name: &str) -> bool {
	matches!(name, "AlreadyAttested" | "AlreadySuperseded")
}
