//! Signs what a lender wants, without a node if there is none.

use super::clock::{ensure_not_over, Clock, PATIENCE};
use crate::{
	commands::poll::{ballot_call, case_of, BallotArgs},
	context::Context,
	marks, next,
	output::{end, print},
	private,
	values::{End, Paper, Yuan},
};
use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::Value;
use std::path::PathBuf;
use winddown_sdk::{
	calls::{self, Matter, MemberVote},
	chain::{At, PollView},
	intent::{SignedIntent, Terms, WrittenIntent},
	primitives::{CaseId, LenderIndex, Millis, Sequence},
	record, Call, Error,
};

#[derive(Args)]
pub struct SignArgs {
	/// The hash of the chain's first block, from `winddown chain`.
	#[arg(long, value_name = "HASH")]
	genesis: String,
	/// The case's number; for a ballot that of its poll, if a node of this chain answers.
	#[arg(long)]
	case: Option<CaseId>,
	/// The lender's row.
	#[arg(long)]
	lender: LenderIndex,
	/// A number above the last one that the lender used, and not above the end in milliseconds; the
	/// chain's time if not given, without a node that of this machine.
	#[arg(long)]
	sequence: Option<Sequence>,
	/// Until when it holds; spans count from the chain's time, without a node from this machine's. A date
	/// means the end of that day, 24:00 Beijing time.
	#[arg(long, default_value = "+1d")]
	valid_until: End,
	/// The file to which the intent is added; standard output if not given.
	#[arg(long, value_name = "FILE")]
	out: Option<PathBuf>,
	#[command(subcommand)]
	action: Action,
}

/// What lenders may want.
#[derive(Subcommand)]
pub enum Action {
	/// Confirm the own claim.
	Confirm {
		/// Yuan.
		amount: Yuan,
	},
	/// Dispute the own claim.
	Dispute {
		/// The reason: a file, or its digest.
		reason: Paper,
	},
	/// Cast a ballot. With a node of the same chain the choices are compared with the poll; without
	/// one only what no poll has is refused.
	Cast(BallotArgs),
	/// Stand for a seat of the committee.
	Nominate {
		/// The statement with the declaration of interests: a file, or its digest.
		statement: Paper,
	},
	/// Stand no longer.
	Withdraw,
	/// Give up a seat.
	Resign,
	/// Propose a decision of the committee.
	Propose {
		/// What it is about.
		matter: MatterArg,
		/// What is decided; for a review, the document of the plan.
		document: Paper,
	},
	/// Vote on a decision of the committee.
	Decide {
		/// The decision's number.
		decision: u32,
		/// The vote.
		vote: VoteArg,
	},
	/// Acknowledge the own payment.
	Acknowledge {
		/// The instalment, from 0.
		instalment: u8,
	},
	/// Complain about the own payment.
	Complain {
		/// The instalment, from 0.
		instalment: u8,
		/// The complaint: a file, or its digest.
		complaint: Paper,
	},
}

#[derive(Clone, Copy, ValueEnum)]
pub enum MatterArg {
	PlanReview,
	Supervision,
	Meeting,
	DocumentRequest,
}

impl From<MatterArg> for Matter {
	fn from(matter: MatterArg) -> Self {
		match matter {
			MatterArg::PlanReview => Self::PlanReview,
			MatterArg::Supervision => Self::Supervision,
			MatterArg::Meeting => Self::Meeting,
			MatterArg::DocumentRequest => Self::DocumentRequest,
		}
	}
}

impl From<Matter> for MatterArg {
	fn from(matter: Matter) -> Self {
		match matter {
			Matter::PlanReview => Self::PlanReview,
			Matter::Supervision => Self::Supervision,
			Matter::Meeting => Self::Meeting,
			Matter::DocumentRequest => Self::DocumentRequest,
		}
	}
}

impl MatterArg {
	/// As the command line takes it.
	pub fn name(self) -> String {
		self.to_possible_value().map(|value| value.get_name().into()).unwrap_or_default()
	}
}

#[derive(Clone, Copy, ValueEnum)]
pub enum VoteArg {
	Endorse,
	Object,
}

impl From<VoteArg> for MemberVote {
	fn from(vote: VoteArg) -> Self {
		match vote {
			VoteArg::Endorse => Self::Endorse,
			VoteArg::Object => Self::Object,
		}
	}
}

/// What is signed, and what there is to tell of it.
struct Drawn {
	call: Call,
	/// The choices of a ballot.
	choices: Option<String>,
}

pub async fn run(context: &Context, args: SignArgs) -> Result<()> {
	let mut genesis = [0; 32];
	hex::decode_to_slice(args.genesis.trim_start_matches("0x"), &mut genesis)
		.map_err(|_| Error::BadInput("the genesis hash has 64 hexadecimal digits".into()))?;
	let clock = Clock::ask(context, genesis).await?;
	let valid_until = args.valid_until.0.from(clock.now());
	ensure_not_over(valid_until, &clock)?;
	let poll = match (&args.action, clock.chain()) {
		(Action::Cast(ballot), Some(at)) => seen(at, ballot).await?,
		_ => None,
	};
	let case = case(args.case, poll.as_ref())?;
	let sequence = match args.sequence {
		Some(sequence) => sequence,
		None => next_sequence(&clock, case, args.lender).await,
	};
	ensure_ends_late_enough(sequence, valid_until)?;
	let terms = Terms { genesis, case, lender: args.lender, sequence, valid_until };
	let key = context.key()?;
	let drawn = match &args.action {
		Action::Cast(ballot) => cast(&clock, ballot, &terms, poll.as_ref())?,
		action => Drawn { call: call(action)?, choices: None },
	};
	let written = WrittenIntent::of(&SignedIntent::sign(&terms, &drawn.call, &key))?;
	tell(context, &args, &written, drawn.choices, &clock)
}

/// The case that was named, or the one of the poll.
fn case(named: Option<CaseId>, poll: Option<&PollView>) -> Result<CaseId, Error> {
	match (poll, named) {
		(Some(poll), named) => case_of(poll, named),
		(None, Some(named)) => Ok(named),
		(None, None) => Err(Error::BadInput(
			"name the case with --case; only for a ballot a node of this chain tells it by the poll".into(),
		)),
	}
}

/// The time, or one more than the last sequence where a lender was ahead of it.
async fn next_sequence(clock: &Clock, case: CaseId, lender: LenderIndex) -> Sequence {
	let last = match clock.chain() {
		Some(at) => at.lender(case, lender).await.map(|view| view.last_sequence),
		None => Ok(0),
	};
	// A node that cannot tell is as good as none.
	clock.now().max(last.unwrap_or_default().saturating_add(1))
}

/// The chain refuses a sequence above the end.
fn ensure_ends_late_enough(sequence: Sequence, valid_until: Millis) -> Result<(), Error> {
	match sequence <= valid_until {
		true => Ok(()),
		false => Err(Error::BadInput(format!(
			"the chain takes no sequence above the end in milliseconds, and {sequence} is above \
			 {valid_until}; choose a later --valid-until or a lower --sequence"
		))),
	}
}

fn tell(
	context: &Context,
	args: &SignArgs,
	written: &WrittenIntent,
	choices: Option<String>,
	clock: &Clock,
) -> Result<()> {
	let choices = choices.map(|choices| format!("\n{choices}")).unwrap_or_default();
	let until = end(written.valid_until);
	let signed =
		format!("signed: {}{choices}\nholds until {until}, by {}", written.action, clock.name());
	let line = serde_json::to_string(written)?;
	let Some(path) = &args.out else {
		context.output.note(&signed);
		warn(context, clock);
		return Ok(print(&line)?);
	};
	private::append(path, &line)?;
	warn(context, clock);
	let mut shown = serde_json::to_value(written)?;
	if let Value::Object(facts) = &mut shown {
		facts.insert("clock".into(), clock.facts());
	}
	context.output.show(&shown, || format!("{signed}\nnext: {}", next::intent_signed(path)))
}

fn warn(context: &Context, clock: &Clock) {
	if let Some(warning) = clock.warning() {
		context.output.warn(&warning);
	}
}

/// Draws up a ballot. Its plaintext lies on the disk before anything is signed.
fn cast(
	clock: &Clock,
	ballot: &BallotArgs,
	terms: &Terms,
	poll: Option<&PollView>,
) -> Result<Drawn> {
	let (marks, choices) = match poll {
		Some(poll) => {
			let marks = marks::read(&ballot.choices, &poll.raw_items)?;
			let words = marks::in_words(&marks, poll);
			(marks, words)
		}
		None => {
			let marks = marks::read_unseen(&ballot.choices)?;
			let words = marks::in_words_unseen(&marks);
			(marks, format!("{words}\nno node of this chain answers: not compared with the poll"))
		}
	};
	let randomness = &mut rand::rngs::OsRng;
	let kept =
		record::ballot(terms.case, ballot.poll, terms.lender, &marks, clock.now(), randomness);
	let call = ballot_call(ballot.poll, &marks, &kept)?;
	private::append(&ballot.record, &record::line(&kept))?;
	Ok(Drawn { call, choices: Some(choices) })
}

/// The poll, if the node answers soon.
async fn seen(at: &At, ballot: &BallotArgs) -> Result<Option<PollView>, Error> {
	match tokio::time::timeout(PATIENCE, at.poll(ballot.poll)).await {
		Ok(Ok(poll)) => Ok(Some(poll)),
		Ok(Err(error @ Error::NotFound(_))) => Err(error),
		_ => Ok(None),
	}
}

/// The call of anything but a ballot.
fn call(action: &Action) -> Result<Call, Error> {
	Ok(match action {
		Action::Confirm { amount: Yuan(amount) } => calls::confirm_claim(*amount),
		Action::Dispute { reason } => calls::dispute_claim(reason.digest()?),
		Action::Cast(_) => return Err(Error::BadInput("a ballot has a poll".into())),
		Action::Nominate { statement } => calls::nominate(statement.digest()?),
		Action::Withdraw => calls::withdraw_candidacy(),
		Action::Resign => calls::resign(),
		Action::Propose { matter, document } => {
			calls::propose_decision((*matter).into(), document.digest()?)
		}
		Action::Decide { decision, vote } => calls::decide(*decision, (*vote).into()),
		Action::Acknowledge { instalment } => calls::acknowledge(*instalment),
		Action::Complain { instalment, complaint } => {
			calls::complain(*instalment, complaint.digest()?)
		}
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_intent_that_ends_before_its_sequence_is_not_signed() {
		assert!(ensure_ends_late_enough(5, 5).is_ok());
		assert_eq!(
			ensure_ends_late_enough(6, 5).expect_err("above").to_string(),
			"the chain takes no sequence above the end in milliseconds, and 6 is above 5; choose a \
			 later --valid-until or a lower --sequence"
		);
	}
}
