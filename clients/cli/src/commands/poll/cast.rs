//! Casts a ballot so that its plaintext is neither lost nor taken for one that counts.

use crate::{
	commands::lender::{self, LenderArgs},
	context::Context,
	kept::{Kept, Waiting},
	marks, next,
};
use anyhow::Result;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use winddown_proof::record::{BallotRecord, Record};
use winddown_sdk::{
	calls,
	chain::{BallotView, Chain, Head, Included, PollView},
	digest::of_chain,
	primitives::{CaseId, Choice, LenderIndex, PollId, PoolRefusal},
	record, Error,
};

#[derive(Args)]
pub struct CastArgs {
	/// The case; that of the poll if not given.
	#[arg(long)]
	case: Option<CaseId>,
	/// The lender's row; found by the key when it is not given.
	#[arg(long)]
	lender: Option<LenderIndex>,
	#[command(flatten)]
	ballot: BallotArgs,
}

/// A ballot, as every command takes it.
#[derive(Args)]
pub struct BallotArgs {
	/// The poll's number.
	#[arg(long)]
	pub poll: PollId,
	#[arg(long, help = marks::HELP)]
	pub choices: String,
	/// The file to which the plaintext record is added, a line a ballot.
	#[arg(long, value_name = "FILE")]
	pub record: PathBuf,
}

/// A ballot that somebody is about to cast.
struct Cast {
	lender: LenderArgs,
	row: LenderIndex,
	poll: PollView,
	marks: Vec<Choice>,
	kept: Kept,
}

pub async fn run(context: &Context, args: CastArgs) -> Result<()> {
	let chain = context.chain().await?;
	let poll = chain.at(Head::Best).await?.poll(args.ballot.poll).await?;
	let marks = marks::read(&args.ballot.choices, &poll.raw_items)?;
	let lender = LenderArgs { case: super::case_of(&poll, args.case)?, lender: args.lender };
	let row = lender::row(context, &chain, lender).await?;
	let lender = LenderArgs { lender: Some(row), ..lender };
	let cast = Cast { lender, row, poll, marks, kept: Kept::new(&args.ballot.record) };

	let mut waiting = cast.kept.waiting(lender.case, cast.poll.poll, row)?;
	if let Some(counting) = cast.settle(context, &mut waiting).await? {
		return cast.tell_that_it_counts(context, &counting);
	}
	let (held, is_new) = match cast.again(&chain, &mut waiting).await? {
		Some(held) => (held, false),
		None => (cast.hold(context, &chain).await?, true),
	};
	match lender::hand_in(context, &chain, held.intent.clone(), "Polls.cast").await {
		Ok(included) => cast.carried_out(context, &included, &held, &waiting),
		Err(error) => cast.failed(context, error, &held, is_new).await,
	}
}

impl Cast {
	/// Moves the waiting ballot that counts by now to the record file; it is given back when it is
	/// the one that is to be cast.
	async fn settle(
		&self,
		context: &Context,
		waiting: &mut Vec<Waiting>,
	) -> Result<Option<BallotView>> {
		if waiting.is_empty() {
			return Ok(None);
		}
		let counting = context.state().await?.ballot(self.poll.poll, self.row).await?;
		let Some(counting) = counting else { return Ok(None) };
		let Some(at) = waiting.iter().position(|one| counts(one, &counting)) else {
			return Ok(None);
		};
		let settled = waiting.remove(at);
		self.kept.keep(&settled)?;
		Ok(self.is_the_same(&settled.ballot).then_some(counting))
	}

	/// The waiting ballot with the same choices whose intent the chain still takes. Handed in again it
	/// is the same intent, so that it never counts twice.
	async fn again(&self, chain: &Chain, waiting: &mut Vec<Waiting>) -> Result<Option<Waiting>> {
		let now = chain.at(Head::Best).await?.now().await?;
		let found = waiting
			.iter()
			.rposition(|one| self.is_the_same(&one.ballot) && one.intent.intent.valid_until > now);
		Ok(found.map(|at| waiting.remove(at)))
	}

	/// Signs a new ballot, and lays its plaintext on the disk before anything is sent.
	async fn hold(&self, context: &Context, chain: &Chain) -> Result<Waiting> {
		let now = chain.at(Head::Best).await?.now().await?;
		let (case, poll) = (self.lender.case, self.poll.poll);
		let randomness = &mut rand::rngs::OsRng;
		let made = record::ballot(case, poll, self.row, &self.marks, now, randomness);
		let call = call(poll, &self.marks, &made)?;
		let (_, intent) = lender::sign(context, chain, self.lender, &call).await?;
		let Record::Ballot(ballot) = made else {
			return Err(Error::BadInput("a ballot is kept as a ballot".into()).into());
		};
		Ok(self.kept.hold(ballot, intent)?)
	}

	fn is_the_same(&self, ballot: &BallotRecord) -> bool {
		let marked = |choice: &Choice| (0..32).filter(|option| choice.marks(*option)).collect();
		let wanted: Vec<Vec<u8>> = self.marks.iter().map(marked).collect();
		ballot.choices == wanted
	}

	fn carried_out(
		&self,
		context: &Context,
		included: &Included,
		held: &Waiting,
		earlier: &[Waiting],
	) -> Result<()> {
		self.kept.keep(held)?;
		let cast: winddown_sdk::api::polls::events::BallotCast = included.event()?;
		for one in earlier {
			// Their sequences are used up, so that they never count any more. One that counted before
			// this one is needed as evidence: `records batch` takes it if the chain carried it out.
			match cast.revision {
				0 | 1 => self.kept.discard(one)?,
				_ => self.kept.keep(one)?,
			}
		}
		let text = format!(
			"lender {} cast ballot number {} in poll {}\n{}\nthe chain carried it out",
			self.row,
			cast.revision,
			self.poll.poll,
			marks::in_words(&self.marks, &self.poll)
		);
		let next = next::ballot_cast(self.poll.poll, self.row);
		context.output.done(included, self.facts(cast.revision), text, Some(&next))
	}

	/// Tells what is known of a ballot that was sent and not seen in a block.
	async fn failed(
		&self,
		context: &Context,
		error: Error,
		held: &Waiting,
		is_new: bool,
	) -> Result<()> {
		if let Some(counting) = self.look_for(context, held).await {
			self.kept.keep(held)?;
			return self.tell_that_it_counts(context, &counting);
		}
		let fate = match is_new && is_final(&error) {
			true => {
				self.kept.discard(held)?;
				"the ballot was refused and does not count; no record of it was kept".into()
			}
			false => format!(
				"it is not known whether the ballot counts; its record waits in {}: run the same command again, it \
				 asks the chain, and the ballot never counts twice",
				held.path.display()
			),
		};
		let refusal = match context.chain().await {
			Ok(chain) => super::refusal(&chain, self.poll.poll, error).await,
			Err(_) => error.into(),
		};
		Err(refusal.context(fate))
	}

	/// The ballot that counts, asked for once more with a new connection.
	async fn look_for(&self, context: &Context, held: &Waiting) -> Option<BallotView> {
		let at = context.state().await.ok()?;
		let counting = at.ballot(self.poll.poll, self.row).await.ok()??;
		counts(held, &counting).then_some(counting)
	}

	fn tell_that_it_counts(&self, context: &Context, counting: &BallotView) -> Result<()> {
		context.output.show(&self.facts(counting.revision), || {
			format!(
				"ballot number {} of lender {} in poll {} counts; its record is kept\n{}",
				counting.revision,
				self.row,
				self.poll.poll,
				marks::in_words(&self.marks, &self.poll)
			)
		})
	}

	fn facts(&self, revision: u8) -> serde_json::Value {
		json!({ "poll": self.poll.poll, "lender": self.row, "revision": revision })
	}
}

/// The call that casts a ballot.
pub fn call(poll: PollId, marks: &[Choice], kept: &Record) -> Result<winddown_sdk::Call, Error> {
	calls::cast_ballot(poll, marks, winddown_sdk::digest::on_chain(kept.digest()))
		.ok_or_else(|| Error::BadInput("a ballot has at most 8 items".into()))
}

fn counts(waiting: &Waiting, counting: &BallotView) -> bool {
	of_chain(counting.record) == waiting.digest()
}

/// Whether a new intent that failed so was not carried out, and never will be: its call failed in a
/// block, which uses its sequence up, or the chain's own rules kept it out. Anything else is taken
/// for unknown.
fn is_final(error: &Error) -> bool {
	match error {
		Error::Failed { .. } => true,
		Error::Refused(refusal) => matches!(
			refusal,
			PoolRefusal::Expired
				| PoolRefusal::ValidTooLong
				| PoolRefusal::CallNotAllowed
				| PoolRefusal::SequenceUsed
				| PoolRefusal::NoActiveKey
				| PoolRefusal::BadSignature
				| PoolRefusal::CallFailed
				| PoolRefusal::SequenceTooHigh
		),
		_ => false,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::NotAccepted;

	#[test]
	fn only_a_refusal_of_the_chain_is_final() {
		let refused = |reason| is_final(&Error::NotAccepted(reason));
		assert!(is_final(&Error::Failed {
			pallet: "Intents".into(),
			name: "ClaimNotConfirmed".into(),
			explanation: String::new(),
		}));
		assert!(is_final(&Error::Refused(PoolRefusal::NoActiveKey)));
		assert!(is_final(&Error::Refused(PoolRefusal::Expired)));
		assert!(!is_final(&Error::Refused(PoolRefusal::RateExceeded)));
		assert!(!refused(NotAccepted::Dropped));
		assert!(!refused(NotAccepted::TooHeavy));
		assert!(!refused(NotAccepted::Outdated));
		assert!(!refused(NotAccepted::Other("the intent's sequence is used up".into())));
		assert!(!is_final(&Error::Node("the connection was lost".into())));
		assert!(!is_final(&Error::TimedOut { seconds: 180 }));
	}
}
