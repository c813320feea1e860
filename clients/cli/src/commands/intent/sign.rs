//! Signs what a lender wants, without a node if there is none.

use crate::{
	commands::poll::{ballot_call, BallotArgs},
	context::Context,
	marks,
	output::print,
	private,
	values::{Moment, Paper, Yuan},
};
use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use std::{
	path::PathBuf,
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use winddown_sdk::{
	calls::{self, Matter, MemberVote},
	chain::{Head, PollView},
	intent::{SignedIntent, Terms, WrittenIntent},
	primitives::{CaseId, LenderIndex, Millis, Sequence},
	record, Call, Error,
};

/// How long a node is waited for that may not be there.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Args)]
pub struct SignArgs {
	/// The hash of the chain's first block, from `winddown chain`.
	#[arg(long, value_name = "HASH")]
	genesis: String,
	/// The case's number.
	#[arg(long)]
	case: CaseId,
	/// The lender's row.
	#[arg(long)]
	lender: LenderIndex,
	/// A number above the last one that the lender used, and not above the end in milliseconds; this
	/// machine's clock if not given.
	#[arg(long)]
	sequence: Option<Sequence>,
	/// Until when it holds; spans count from this machine's clock.
	#[arg(long, default_value = "+1d")]
	valid_until: Moment,
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
	let now = clock()?;
	let valid_until = match args.valid_until {
		Moment::At(moment) => moment,
		Moment::After(span) => now.saturating_add(span.0),
	};
	let sequence = args.sequence.unwrap_or(now);
	ensure_ends_late_enough(sequence, valid_until)?;
	let terms = Terms { genesis, case: args.case, lender: args.lender, sequence, valid_until };
	let key = context.key()?;
	let drawn = match &args.action {
		Action::Cast(ballot) => cast(context, ballot, &terms, now).await?,
		action => Drawn { call: call(action)?, choices: None },
	};
	let written = WrittenIntent::of(&SignedIntent::sign(&terms, &drawn.call, &key))?;
	tell(context, &args, &written, drawn.choices)
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
) -> Result<()> {
	let choices = choices.map(|choices| format!("\n{choices}")).unwrap_or_default();
	let signed = format!("signed: {}{choices}", written.action);
	let line = serde_json::to_string(written)?;
	let Some(path) = &args.out else {
		context.output.note(&signed);
		return print(&line);
	};
	private::append(path, &line)?;
	context.output.show(written, || {
		format!(
			"{signed}\nnext: winddown intent submit {}, or hand the file to the operator",
			path.display()
		)
	})
}

/// Draws up a ballot. Its plaintext lies on the disk before anything is signed.
async fn cast(context: &Context, ballot: &BallotArgs, terms: &Terms, now: Millis) -> Result<Drawn> {
	let poll = seen(context, ballot, terms).await?;
	let (marks, choices) = match &poll {
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
	let kept = record::ballot(terms.case, ballot.poll, terms.lender, &marks, now, randomness);
	let call = ballot_call(ballot.poll, &marks, &kept)?;
	private::append(&ballot.record, &record::line(&kept))?;
	Ok(Drawn { call, choices: Some(choices) })
}

/// The poll, if a node of this chain answers soon.
async fn seen(
	context: &Context,
	ballot: &BallotArgs,
	terms: &Terms,
) -> Result<Option<PollView>, Error> {
	let look = async {
		let chain = context.chain().await?;
		match chain.genesis() == terms.genesis {
			true => chain.at(Head::Best).await?.poll(ballot.poll).await.map(Some),
			false => Ok(None),
		}
	};
	match tokio::time::timeout(PATIENCE, look).await {
		Ok(Ok(Some(poll))) if poll.case == terms.case => Ok(Some(poll)),
		Ok(Ok(Some(poll))) => Err(Error::BadInput(format!(
			"poll {} belongs to case {}, not to case {}",
			poll.poll, poll.case, terms.case
		))),
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

fn clock() -> Result<Millis> {
	Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as Millis)
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
