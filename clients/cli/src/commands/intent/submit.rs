//! Hands intents in, and tells what came of each, however it ends.

use super::{asked, read};
use crate::{
	commands::poll::{when_over, CLOSED},
	context::Context,
	output::facts,
};
use anyhow::Result;
use serde_json::json;
use std::{
	collections::{BTreeSet, HashMap},
	path::Path,
};
use winddown_sdk::{
	api, calls,
	chain::{Chain, Included},
	intent::{SignedIntent, Wanted, WrittenIntent, MAX_BATCH},
	primitives::PollId,
	Error,
};

type Intents = [(WrittenIntent, SignedIntent)];

/// What is known of the intents so far.
#[derive(Default)]
struct Progress {
	accepted: u32,
	refused: Vec<HashMap<&'static str, String>>,
	/// Polls whose ballots came too late.
	over: BTreeSet<PollId>,
}

pub async fn one_by_one(context: &Context, file: &Path) -> Result<()> {
	let intents = read(file)?;
	let chain = context.chain().await?;
	let bar = context.bar("handing in", intents.len() as u64);
	let (mut progress, mut stopped) = (Progress::default(), None);
	for (_, signed) in &intents {
		match chain.submit_intent(signed.clone(), context.until()).await {
			Ok(_) => progress.accepted += 1,
			Err(error @ (Error::NotAccepted(_) | Error::Refused(_))) => {
				progress.refuse(signed, &error.to_string());
			}
			Err(Error::Failed { name, explanation, .. }) => {
				progress.fail(signed, &name, &explanation);
			}
			Err(error) => {
				stopped = Some(error);
				break;
			}
		}
		bar.inc(1);
	}
	bar.finish_and_clear();
	progress.report(context, &chain, intents.len(), stopped).await
}

pub async fn in_batches(context: &Context, file: &Path) -> Result<()> {
	let mut intents = read(file)?;
	intents.sort_by_key(|(_, signed)| signed.carrying_order());
	let (chain, operator) = (context.chain().await?, context.key()?);
	let batches: Vec<_> = intents.chunks(MAX_BATCH).collect();
	let calls: Vec<_> = batches
		.iter()
		.map(|batch| {
			calls::submit_intents(batch.iter().map(|(_, signed)| signed.clone()).collect())
		})
		.collect();
	let bar = context.bar("handing in", intents.len() as u64);
	let (mut progress, mut unread) = (Progress::default(), None);
	let sent = chain
		.submit_all(&calls, &operator, context.until(), |at, included| {
			unread = progress.take(batches[at], included).err().or(unread.take());
			bar.inc(batches[at].len() as u64);
		})
		.await;
	bar.finish_and_clear();
	progress.report(context, &chain, intents.len(), sent.err().or(unread)).await
}

impl Progress {
	/// Counts a batch that is in a block.
	fn take(&mut self, batch: &Intents, included: &Included) -> Result<(), Error> {
		let done: api::intents::events::BatchSubmitted = included.event()?;
		self.accepted += done.accepted;
		for one in included.refused_intents()? {
			if let Some((_, signed)) = batch.get(one.index as usize) {
				self.fail(signed, &one.name, &one.explanation);
			}
		}
		Ok(())
	}

	/// Notes an intent whose call failed on chain.
	fn fail(&mut self, signed: &SignedIntent, name: &str, explanation: &str) {
		if let (CLOSED, Some(Wanted::Cast { poll, .. })) = (name, signed.wanted()) {
			self.over.insert(poll);
		}
		self.refuse(signed, &format!("{name}: {explanation}"));
	}

	fn refuse(&mut self, signed: &SignedIntent, reason: &str) {
		self.refused.push(HashMap::from([
			("lender", signed.intent.lender.to_string()),
			("action", asked(signed)),
			("reason", reason.into()),
		]));
	}

	/// Tells what is known, also when it ended before all of them were handed in.
	async fn report(
		self,
		context: &Context,
		chain: &Chain,
		total: usize,
		stopped: Option<Error>,
	) -> Result<()> {
		let Self { accepted, refused, over } = self;
		let unknown = total - accepted as usize - refused.len();
		let mut ends = Vec::new();
		for poll in over {
			ends.extend(when_over(chain, poll).await);
		}
		let value =
			json!({ "accepted": accepted, "refused": refused, "unknown": unknown, "ends": ends });
		context.output.show(&value, || {
			let mut table = vec![("carried out".to_string(), accepted.to_string())];
			table.extend(refused.iter().map(|refusal| {
				let field = |name| refusal.get(name).cloned().unwrap_or_default();
				(format!("refused: row {}, {}", field("lender"), field("action")), field("reason"))
			}));
			if stopped.is_some() {
				table.push(("not known".into(), unknown.to_string()));
			}
			[facts(table)].into_iter().chain(ends).collect::<Vec<_>>().join("\n")
		})?;
		match (stopped, refused.is_empty()) {
			(Some(error), _) => Err(anyhow::Error::from(error).context(interrupted(unknown))),
			(None, true) => Ok(()),
			(None, false) => Err(Error::IntentsRefused(refused.len()).into()),
		}
	}
}

/// What to do when the node went away in the middle.
fn interrupted(unknown: usize) -> String {
	format!(
		"handing in was interrupted, and of {unknown} intents it is not known whether they were carried out; run the \
		 same command again: none is ever carried out twice, and the sequence of one that was is told to be used up"
	)
}
