use crate::{
	context::Context,
	output::{end, moment},
	read_back::{self, YesArg},
	rules,
	values::{End, Paper, RuleArg},
};
use anyhow::Result;
use clap::Args;
use serde_json::json;
use std::str::FromStr;
use winddown_sdk::{
	api, calls,
	chain::Head,
	digest::Written,
	primitives::{rules::Rule, CaseId, Digest, Item, ItemKind},
	Error,
};

#[derive(Args)]
pub struct OpenArgs {
	#[arg(long)]
	case: CaseId,
	/// A question: `resolution:DOCUMENT`, or `choose:DOCUMENT,DOCUMENT,…`, each a file or a digest.
	#[arg(long = "question", required = true)]
	questions: Vec<QuestionArg>,
	/// When an option passes; the case's rule for resolutions if not given.
	#[arg(long, value_name = "PRESET|FILE", long_help = rules::help("When an option passes"))]
	rule: Option<RuleArg>,
	/// Until when ballots count; a date means the end of that day, 24:00 Beijing time.
	#[arg(long)]
	closes_at: End,
	#[command(flatten)]
	yes: YesArg,
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
	/// What is asked, with the documents that are voted on.
	fn in_words(&self) -> Result<String, Error> {
		let (kind, papers) = match self {
			Self::Resolution(paper) => ("a resolution 决议", std::slice::from_ref(paper)),
			Self::Choose(papers) => ("a choice of one 选择其一", papers.as_slice()),
		};
		let papers = papers.iter().map(|paper| Ok(Written(paper.digest()?).to_string()));
		Ok(format!("{kind}\n{}", papers.collect::<Result<Vec<_>, Error>>()?.join("\n")))
	}

	fn item(&self, rule: &Rule) -> Result<Item, Error> {
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

pub async fn run(context: &Context, args: OpenArgs) -> Result<()> {
	let chain = context.chain().await?;
	let at = chain.at(Head::Best).await?;
	let rule = match args.rule {
		Some(RuleArg(rule)) => rule,
		None => at.case(args.case).await?.raw_terms.resolution,
	};
	let items = args.questions.iter().map(|q| q.item(&rule)).collect::<Result<Vec<_>, _>>()?;
	let closes_at = args.closes_at.resolve(&at).await?;
	let questions =
		args.questions.iter().map(QuestionArg::in_words).collect::<Result<Vec<_>, _>>()?;
	let terms = [
		("case", args.case.to_string()),
		("asked", questions.join("\n")),
		("passes by", rules::in_words(&rule)),
		("ballots count until", end(closes_at)),
		("time on chain now", moment(at.now().await?)),
	];
	read_back::ask(context, args.yes, "the poll that is to be opened", terms)?;
	let call = calls::open_poll(args.case, items, closes_at);
	let included = context.submit(&chain, &call).await?;
	let opened: api::polls::events::PollOpened = included.event()?;
	let text = format!("opened poll {}, until {}", opened.poll, end(closes_at));
	let facts = json!({ "case": args.case, "poll": opened.poll, "closes_at": closes_at });
	let next = super::next_of_opened(&chain, &included, opened.poll).await?;
	context.output.done(&included, facts, text, Some(&next))
}
