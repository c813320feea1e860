//! The operator carries lenders' intents to the chain.

use super::Play;
use anyhow::{bail, Result};
use std::collections::BTreeMap;
use winddown_sdk::{
	api::intents::events::BatchSubmitted,
	calls::submit_intents,
	chain::Until,
	intent::{SignedIntent, MAX_BATCH},
	Call,
};

/// Intents of one batch: a few hundred make no block wait.
const BATCH: usize = 512;
const _: () = assert!(BATCH <= MAX_BATCH);

/// What came of intents that were carried.
#[derive(Default)]
pub struct Carried {
	pub accepted: u32,
	/// Reasons, and how often.
	pub refused: BTreeMap<String, u32>,
}

impl Play {
	/// Carries intents in batches. Fails when more were refused than `expected`.
	pub async fn carry(
		&mut self,
		what: &str,
		mut intents: Vec<SignedIntent>,
		expected: u32,
	) -> Result<Carried> {
		intents.sort_by_key(SignedIntent::carrying_order);
		let total = intents.len() as u64;
		let sizes: Vec<u64> = intents.chunks(BATCH).map(|batch| batch.len() as u64).collect();
		let calls: Vec<Call> =
			intents.chunks(BATCH).map(|batch| submit_intents(batch.to_vec())).collect();
		let bar = self.screen.bar(what, total);
		let included = self
			.chain
			.submit_all(&calls, &self.institutions.operator, Until::InBlock, |at, _| {
				bar.inc(sizes[at]);
			})
			.await;
		bar.finish_and_clear();

		let (mut carried, mut blocks) = (Carried::default(), BTreeMap::<u64, u32>::new());
		for batch in included? {
			let done: BatchSubmitted = batch.event()?;
			carried.accepted += done.accepted;
			*blocks.entry(batch.number).or_default() += done.accepted + done.refused;
			for refused in batch.refused_intents()? {
				*carried.refused.entry(refused.name).or_default() += 1;
			}
		}
		let refused: u32 = carried.refused.values().sum();
		if refused != expected {
			bail!("{refused} intents were refused instead of {expected}: {:?}", carried.refused);
		}
		self.count(&carried, blocks.into_values().max().unwrap_or_default());
		Ok(carried)
	}

	fn count(&mut self, carried: &Carried, most: u32) {
		let intents = &mut self.summary.intents;
		intents.accepted += carried.accepted;
		intents.most_in_a_block = intents.most_in_a_block.max(most);
		for (reason, count) in &carried.refused {
			*intents.refused.entry(reason.clone()).or_default() += count;
		}
	}
}
