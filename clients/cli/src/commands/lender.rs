//! What a lender does with an own key: sign an intent, and hand it in.

use crate::{context::Context, values::Span};
use anyhow::Result;
use clap::Args;
use serde_json::json;
use winddown_sdk::{
	chain::{Chain, Head, Included},
	intent::{SignedIntent, Terms},
	primitives::{CaseId, LenderIndex, Millis, Sequence},
	Call, Error,
};

/// How long an intent holds that is handed in at once.
const VALIDITY: Span = Span(10 * 60_000);

/// Which lender acts.
#[derive(Args, Clone, Copy)]
pub struct LenderArgs {
	/// The case.
	#[arg(long)]
	pub case: CaseId,
	/// The lender's row; found by the key when it is not given.
	#[arg(long)]
	pub lender: Option<LenderIndex>,
}

/// Signs a call in the name of the lender whose key was given, hands it in and waits for it.
pub async fn act(
	context: &Context,
	args: LenderArgs,
	call: &Call,
) -> Result<(LenderIndex, Included)> {
	let chain = context.chain().await?;
	let (lender, signed) = sign(context, &chain, args, call).await?;
	let what = format!("{}.{}", call.pallet(), call.name());
	Ok((lender, hand_in(context, &chain, signed, &what).await?))
}

/// Hands an intent in and waits for it.
pub async fn hand_in(
	context: &Context,
	chain: &Chain,
	signed: SignedIntent,
	what: &str,
) -> Result<Included, Error> {
	let spinner = context.spinner(what);
	let included = chain.submit_intent(signed, context.until()).await;
	spinner.finish_and_clear();
	included
}

/// Acts, and tells so.
pub async fn act_and_tell(
	context: &Context,
	args: LenderArgs,
	call: &Call,
	what: &str,
) -> Result<()> {
	let (lender, included) = act(context, args, call).await?;
	let facts = json!({ "case": args.case, "lender": lender, "action": what });
	context.output.done(
		&included,
		facts,
		format!("lender {lender} of case {}: {what}", args.case),
		None,
	)
}

/// The row of the lender who acts.
pub async fn row(context: &Context, chain: &Chain, args: LenderArgs) -> Result<LenderIndex> {
	Ok(match args.lender {
		Some(lender) => lender,
		None => {
			let found = chain.lender_of(args.case, &context.key()?.lender_key()).await;
			if let Err(Error::KeyNotBound { .. }) = found {
				// A case that is not there has no rows; that is what to say.
				chain.at(Head::Best).await?.case(args.case).await?;
			}
			found?
		}
	})
}

/// Signs a call in the name of the lender whose key was given, to be handed in at once.
pub async fn sign(
	context: &Context,
	chain: &Chain,
	args: LenderArgs,
	call: &Call,
) -> Result<(LenderIndex, SignedIntent)> {
	let key = context.key()?;
	let lender = row(context, chain, args).await?;
	let at = chain.at(Head::Best).await?;
	let view = at.ensure_key(args.case, lender, &key.lender_key()).await?;
	let (sequence, valid_until) = next(at.now().await?, view.last_sequence);
	let terms = Terms { genesis: chain.genesis(), case: args.case, lender, sequence, valid_until };
	Ok((lender, SignedIntent::sign(&terms, call, &key)))
}

/// Sequence and end of an intent that is handed in at once.
///
/// The clock counts up by itself, so that intents signed elsewhere fit in between. The chain takes no
/// sequence above the end, so the end follows where a lender, or a thief, was ahead of the clock.
fn next(now: Millis, last: Sequence) -> (Sequence, Millis) {
	let sequence = now.max(last.saturating_add(1));
	(sequence, sequence.max(now.saturating_add(VALIDITY.0)))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_intent_ends_no_earlier_than_its_sequence_is_high() {
		let now = 1_000_000_000;
		let soon = now + VALIDITY.0;
		assert_eq!(next(now, 0), (now, soon));
		assert_eq!(next(now, now), (now + 1, soon));
		assert_eq!(next(now, soon - 1), (soon, soon));
		assert_eq!(next(now, soon), (soon + 1, soon + 1));
	}
}
