use super::lender::{act, row, LenderArgs};
use crate::{
	context::Context,
	output::{facts, moment, percent, rows, share, votes},
	values::{choices, Moment, Paper, RuleArg},
};
use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;
use std::{io::Write, path::PathBuf, str::FromStr};
use winddown_sdk::{
	api, calls,
	chain::{Head, PollView, ResultView},
	digest::on_chain,
	primitives::{CaseId, Digest, Item, ItemKind, LenderIndex, PollId},
	record, Error,
};

#[derive(Subcommand)]
pub enum PollCommand {
	/// Open a poll that has no consequence on chain (association).
	Open(OpenArgs),
	/// Cast a ballot, or replace an earlier one (lender).
	Cast(CastArgs),
	/// Show a poll with its count and result.
	Show {
		#[arg(long)]
		poll: PollId,
	},
	/// Show the ballot that counts for a lender.
	Ballot {
		#[arg(long)]
		poll: PollId,
		#[arg(long)]
		lender: LenderIndex,
	},
	/// Close a poll whose time is over (any institution).
	Close {
		#[arg(long)]
		poll: PollId,
	},
}

#[derive(Args)]
pub struct OpenArgs {
	#[arg(long)]
	case: CaseId,
	/// A question: `resolution:DOCUMENT`, or `choose:DOCUMENT,DOCUMENT,…`, each a file or a digest.
	#[arg(long = "question", required = true)]
	questions: Vec<QuestionArg>,
	/// When an option passes: a preset or a JSON file; the case's rule for resolutions if not given.
	#[arg(long)]
	rule: Option<RuleArg>,
	/// The first moment at which no ballot counts any more.
	#[arg(long)]
	closes_at: Moment,
}

#[derive(Args)]
pub struct CastArgs {
	#[command(flatten)]
	lender: LenderArgs,
	#[arg(long)]
	poll: PollId,
	/// One choice for each item, separated by commas: for, against, abstain, or options from 1
	/// such as 2 or 1+3.
	#[arg(long)]
	choices: String,
	/// The file to which the plaintext record is added, a line a ballot.
	#[arg(long, value_name = "FILE")]
	record: PathBuf,
}

/// A question of a poll.
#[derive(Clone)]
pub enum QuestionArg {
	Resolution(Paper),
	Choose(Vec<Paper>),
}

impl FromStr for QuestionArg {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		match text.split_once(':') {
			Some(("resolution", document)) => document.parse().map(Self::Resolution),
			Some(("choose", documents)) => {
				documents.split(',').map(str::parse).collect::<Result<_, _>>().map(Self::Choose)
			}
			_ => Err("a question reads resolution:DOCUMENT or choose:DOCUMENT,DOCUMENT".into()),
		}
	}
}

impl QuestionArg {
	fn item(&self, rule: &winddown_sdk::primitives::rules::Rule) -> Result<Item, Error> {
		let (kind, documents) = match self {
			Self::Resolution(paper) => (ItemKind::Resolution, vec![paper.digest()?]),
			Self::Choose(papers) => {
				let documents: Vec<Digest> =
					papers.iter().map(Paper::digest).collect::<Result<_, _>>()?;
				(ItemKind::ChooseOne { options: documents.len() as u8 }, documents)
			}
		};
		let bad = || Error::BadInput("a choice has 2 to 32 options".into());
		let documents = documents.try_into().map_err(|_| bad())?;
		let item = Item { kind, rule: rule.clone(), documents };
		item.is_valid().then_some(item).ok_or_else(bad)
	}
}

pub async fn run(context: &Context, command: PollCommand) -> Result<()> {
	match command {
		PollCommand::Open(args) => open(context, args).await,
		PollCommand::Cast(args) => cast(context, args).await,
		PollCommand::Show { poll } => {
			let view = context.state().await?.poll(poll).await?;
			context.output.show(&view, || poll_table(&view))
		}
		PollCommand::Ballot { poll, lender } => {
			let at = context.state().await?;
			at.poll(poll).await?;
			let ballot = at.ballot(poll, lender).await?;
			context.output.show(&ballot, || match &ballot {
				None => format!("lender {lender} did not vote in poll {poll}"),
				Some(ballot) => facts([
					("poll", ballot.poll.to_string()),
					("lender", ballot.lender.to_string()),
					("revision", ballot.revision.to_string()),
					("marked options", format!("{:?}", ballot.choices)),
					("record", winddown_sdk::digest::Written(ballot.record).to_string()),
				]),
			})
		}
		PollCommand::Close { poll } => {
			let chain = context.chain().await?;
			let included = context.submit(&chain, &calls::close_poll(poll)).await?;
			let view = chain.at_hash(included.block).await?.poll(poll).await?;
			let text = format!("closed poll {poll}\n{}\n", poll_table(&view));
			context.output.done(&included, json!({ "poll": view }), text, Some("winddown audit"))
		}
	}
}

async fn open(context: &Context, args: OpenArgs) -> Result<()> {
	let chain = context.chain().await?;
	let at = chain.at(Head::Best).await?;
	let rule = match args.rule {
		Some(RuleArg(rule)) => rule,
		None => at.case(args.case).await?.raw_terms.resolution,
	};
	let items = args.questions.iter().map(|q| q.item(&rule)).collect::<Result<Vec<_>, _>>()?;
	let closes_at = args.closes_at.resolve(&at).await?;
	let call = calls::open_poll(args.case, items, closes_at);
	let included = context.submit(&chain, &call).await?;
	let opened: api::polls::events::PollOpened = included.event()?;
	let text = format!("opened poll {}, until {}", opened.poll, moment(closes_at));
	let facts = json!({ "case": args.case, "poll": opened.poll, "closes_at": closes_at });
	context.output.done(&included, facts, text, Some("lenders vote: winddown poll cast"))
}

async fn cast(context: &Context, args: CastArgs) -> Result<()> {
	let chain = context.chain().await?;
	let at = chain.at(Head::Best).await?;
	let poll = at.poll(args.poll).await?;
	let marks = choices(&args.choices, &poll.raw_items)?;
	let lender = row(context, &chain, args.lender).await?;
	let mut randomness = rand::rngs::OsRng;
	let now = at.now().await?;
	let kept = record::ballot(args.lender.case, args.poll, lender, &marks, now, &mut randomness);
	let failed = |reason: std::io::Error| Error::File {
		path: args.record.clone(),
		reason: reason.to_string(),
	};
	let mut file =
		std::fs::OpenOptions::new().create(true).append(true).open(&args.record).map_err(failed)?;
	writeln!(file, "{}", record::line(&kept)).map_err(failed)?;

	let call = calls::cast_ballot(args.poll, &marks, on_chain(kept.digest()))
		.ok_or_else(|| Error::BadInput("a ballot has at most 8 items".into()))?;
	let named = LenderArgs { lender: Some(lender), ..args.lender };
	let (lender, included) = act(context, named, &call).await?;
	let cast: api::polls::events::BallotCast = included.event()?;
	let text = format!(
		"lender {lender} cast ballot number {} in poll {}: {}",
		cast.revision, args.poll, args.choices
	);
	let facts = json!({ "poll": args.poll, "lender": lender, "revision": cast.revision });
	context.output.done(&included, facts, text, None)
}

pub fn poll_table(view: &PollView) -> String {
	let mut known = vec![
		("poll", view.poll.to_string()),
		("case", view.case.to_string()),
		("purpose", view.purpose_name.clone()),
		("opened", moment(view.opened_at)),
		("closes", moment(view.closes_at)),
		("closed", view.closed_at.map_or("no".into(), moment)),
		("may vote", votes(view.eligible)),
		("took part", share(view.turnout, view.eligible)),
	];
	if let Some(cast) = view.ballots_cast {
		let replaced = cast.saturating_sub(view.turnout.heads.into());
		known.push((
			"ballots cast",
			format!("{cast}, of which {replaced} are replaced by later ones"),
		));
	}
	let mut text = facts(known);
	for (at, item) in view.items.iter().enumerate() {
		let result = view.result.as_ref().and_then(|result| result.get(at));
		text = format!("{text}\n\nitem {}: {} by {}\n", at + 1, item.kind, item.rule);
		text += &match result {
			Some(result) => result_table(result, item.kind == "resolution", view),
			None => "no result yet".into(),
		};
	}
	text
}

fn result_table(result: &ResultView, is_resolution: bool, view: &PollView) -> String {
	let name = |at: usize| match (is_resolution, at) {
		(true, 0) => "for".into(),
		(true, _) => "against".into(),
		(false, at) => format!("option {}", at + 1),
	};
	let line = |name: String, votes: winddown_sdk::chain::VotesView| {
		vec![
			name,
			votes.heads.to_string(),
			percent(votes.heads.into(), view.turnout.heads.into()),
			crate::output::yuan(votes.fen),
			percent(votes.fen, view.turnout.fen),
		]
	};
	let lines = result
		.options
		.iter()
		.enumerate()
		.map(|(at, votes)| line(name(at), *votes))
		.chain([line("abstained".into(), result.abstained)]);
	let table = rows(&["", "lenders", "of those voting", "amount", "of that voting"], lines);
	format!("{table}\noutcome: {}", result.outcome_text)
}
