use crate::{
	context::Context,
	output::{facts, moment, print, yuan},
	values::{Moment, Paper, Yuan},
};
use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use std::{
	collections::HashMap,
	io::Write,
	path::{Path, PathBuf},
	time::{SystemTime, UNIX_EPOCH},
};
use winddown_sdk::{
	api,
	calls::{self, Matter, MemberVote},
	digest::on_chain,
	intent::{SignedIntent, Terms, WrittenIntent, MAX_BATCH},
	primitives::{CaseId, Choice, LenderIndex, Millis, PollId, Sequence},
	record, Call, Error,
};

#[derive(Subcommand)]
pub enum IntentCommand {
	/// Sign what a lender wants; needs no node (lender).
	Sign(Box<SignArgs>),
	/// Hand in the intents of a file one by one; needs no account.
	Submit {
		/// The file, an intent a line.
		file: PathBuf,
	},
	/// Hand in the intents of a file in batches (operator).
	SubmitBatch {
		/// The file, an intent a line.
		file: PathBuf,
	},
	/// Show the intents of a file.
	Show {
		/// The file, an intent a line.
		file: PathBuf,
	},
}

#[derive(Args)]
pub struct SignArgs {
	/// The hash of the chain's first block, from `winddown chain`.
	#[arg(long, value_name = "HASH")]
	genesis: String,
	#[arg(long)]
	case: CaseId,
	/// The lender's row.
	#[arg(long)]
	lender: LenderIndex,
	/// A number above the last one that the lender used; this machine's clock if not given.
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
	Confirm { amount: Yuan },
	/// Dispute the own claim.
	Dispute { reason: Paper },
	/// Cast a ballot; marks are numbers of bits, one for each item: 1 is for, 2 against, 0 abstains,
	/// and 1, 2, 4, … are options 1, 2, 3, ….
	Cast {
		poll: PollId,
		#[arg(value_delimiter = ',')]
		marks: Vec<u32>,
		/// The file to which the plaintext record is added.
		#[arg(long, value_name = "FILE")]
		record: PathBuf,
	},
	/// Stand for a seat of the committee.
	Nominate { statement: Paper },
	/// Stand no longer.
	Withdraw,
	/// Give up a seat.
	Resign,
	/// Propose a decision of the committee.
	Propose { matter: MatterArg, document: Paper },
	/// Vote on a decision of the committee.
	Decide { decision: u32, vote: VoteArg },
	/// Acknowledge the own payment.
	Acknowledge { instalment: u8 },
	/// Complain about the own payment.
	Complain { instalment: u8, complaint: Paper },
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

pub async fn run(context: &Context, command: IntentCommand) -> Result<()> {
	match command {
		IntentCommand::Sign(args) => sign(context, *args),
		IntentCommand::Submit { file } => submit(context, &file).await,
		IntentCommand::SubmitBatch { file } => submit_batch(context, &file).await,
		IntentCommand::Show { file } => {
			let intents: Vec<WrittenIntent> =
				read(&file)?.into_iter().map(|(read, _)| read).collect();
			context.output.show(&intents, || {
				let lines = intents.iter().map(|intent| {
					vec![
						intent.case.to_string(),
						intent.lender.to_string(),
						intent.action.clone(),
						intent.sequence.to_string(),
						moment(intent.valid_until),
					]
				});
				crate::output::rows(&["case", "row", "action", "sequence", "valid until"], lines)
			})
		}
	}
}

fn sign(context: &Context, args: SignArgs) -> Result<()> {
	let mut genesis = [0; 32];
	hex::decode_to_slice(args.genesis.trim_start_matches("0x"), &mut genesis)
		.map_err(|_| Error::BadInput("the genesis hash has 64 hexadecimal digits".into()))?;
	let now = clock()?;
	let valid_until = match args.valid_until {
		Moment::At(moment) => moment,
		Moment::After(span) => now.saturating_add(span.0),
	};
	let sequence = args.sequence.unwrap_or(now);
	let terms = Terms { genesis, case: args.case, lender: args.lender, sequence, valid_until };
	let (call, what) = action_call(&args.action, &terms, now)?;
	let signed = SignedIntent::sign(&terms, &call, &context.key()?);
	let written = WrittenIntent::new(&what, &signed);
	let line = serde_json::to_string(&written)?;
	match &args.out {
		None => print(&line)?,
		Some(path) => {
			append(path, &line)?;
			context.output.show(&written, || {
				format!(
					"signed: {what}\nnext: winddown intent submit {}, or hand the file to the operator",
					path.display()
				)
			})?;
		}
	}
	Ok(())
}

fn action_call(action: &Action, terms: &Terms, now: Millis) -> Result<(Call, String)> {
	Ok(match action {
		Action::Confirm { amount: Yuan(amount) } => {
			(calls::confirm_claim(*amount), format!("confirm {}", yuan(*amount)))
		}
		Action::Dispute { reason } => (calls::dispute_claim(reason.digest()?), "dispute".into()),
		Action::Cast { poll, marks, record: file } => {
			let marks: Vec<Choice> = marks.iter().copied().map(Choice).collect();
			let randomness = &mut rand::rngs::OsRng;
			let kept = record::ballot(terms.case, *poll, terms.lender, &marks, now, randomness);
			let call = calls::cast_ballot(*poll, &marks, on_chain(kept.digest()))
				.ok_or_else(|| Error::BadInput("a ballot has at most 8 items".into()))?;
			append(file, &record::line(&kept))?;
			(call, format!("vote in poll {poll}"))
		}
		Action::Nominate { statement } => (calls::nominate(statement.digest()?), "stand".into()),
		Action::Withdraw => (calls::withdraw_candidacy(), "withdraw".into()),
		Action::Resign => (calls::resign(), "resign".into()),
		Action::Propose { matter, document } => {
			let call = calls::propose_decision((*matter).into(), document.digest()?);
			(call, "propose a decision".into())
		}
		Action::Decide { decision, vote } => {
			let call = calls::decide(*decision, (*vote).into());
			(call, format!("vote on decision {decision}"))
		}
		Action::Acknowledge { instalment } => {
			(calls::acknowledge(*instalment), format!("acknowledge instalment {instalment}"))
		}
		Action::Complain { instalment, complaint } => {
			let call = calls::complain(*instalment, complaint.digest()?);
			(call, format!("complain about instalment {instalment}"))
		}
	})
}

async fn submit(context: &Context, file: &Path) -> Result<()> {
	let intents = read(file)?;
	let chain = context.chain().await?;
	let bar = context.bar("handing in", intents.len() as u64);
	let (mut accepted, mut refused) = (0, Vec::new());
	for (written, signed) in intents {
		match chain.submit_intent(signed, context.until()).await {
			Ok(_) => accepted += 1,
			Err(Error::NotAccepted(reason)) => refused.push(refusal(&written, &reason)),
			Err(Error::Failed { name, explanation, .. }) => {
				refused.push(refusal(&written, &format!("{name}: {explanation}")));
			}
			Err(error) => return Err(error.into()),
		}
		bar.inc(1);
	}
	bar.finish_and_clear();
	report(context, accepted, refused)
}

async fn submit_batch(context: &Context, file: &Path) -> Result<()> {
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
	let included = chain
		.submit_all(&calls, &operator, context.until(), |at, _| bar.inc(batches[at].len() as u64))
		.await;
	bar.finish_and_clear();
	let (mut accepted, mut refused) = (0, Vec::new());
	for (batch, included) in batches.iter().zip(included?) {
		let done: api::intents::events::BatchSubmitted = included.event()?;
		accepted += done.accepted;
		for one in included.refused_intents()? {
			if let Some((written, _)) = batch.get(one.index as usize) {
				refused.push(refusal(written, &format!("{}: {}", one.name, one.explanation)));
			}
		}
	}
	report(context, accepted, refused)
}

fn refusal(written: &WrittenIntent, reason: &str) -> HashMap<&'static str, String> {
	HashMap::from([
		("lender", written.lender.to_string()),
		("action", written.action.clone()),
		("reason", reason.into()),
	])
}

fn report(
	context: &Context,
	accepted: u32,
	refused: Vec<HashMap<&'static str, String>>,
) -> Result<()> {
	let value = json!({ "accepted": accepted, "refused": refused });
	context.output.show(&value, || {
		let mut table = vec![("carried out".to_string(), accepted.to_string())];
		table.extend(refused.iter().map(|refusal| {
			let field = |name| refusal.get(name).cloned().unwrap_or_default();
			(format!("refused: row {}, {}", field("lender"), field("action")), field("reason"))
		}));
		facts(table)
	})?;
	match refused.is_empty() {
		true => Ok(()),
		false => Err(Error::IntentsRefused(refused.len()).into()),
	}
}

fn read(file: &Path) -> Result<Vec<(WrittenIntent, SignedIntent)>, Error> {
	let text = String::from_utf8(super::roll::read_file(file)?)
		.map_err(|_| Error::BadInput("the file is not text in UTF-8".into()))?;
	let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
	let intents: Vec<_> = lines
		.map(|(at, line)| {
			let written: WrittenIntent = serde_json::from_str(line)
				.map_err(|error| Error::BadInput(format!("line {}: {error}", at + 1)))?;
			let signed = written.read()?;
			Ok((written, signed))
		})
		.collect::<Result<_, Error>>()?;
	match intents.is_empty() {
		true => Err(Error::BadInput("the file has no intents".into())),
		false => Ok(intents),
	}
}

fn append(path: &Path, line: &str) -> Result<(), Error> {
	let failed =
		|reason: std::io::Error| Error::File { path: path.into(), reason: reason.to_string() };
	let mut file =
		std::fs::OpenOptions::new().create(true).append(true).open(path).map_err(failed)?;
	writeln!(file, "{line}").map_err(failed)
}

fn clock() -> Result<Millis> {
	Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as Millis)
}
