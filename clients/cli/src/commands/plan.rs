use crate::{
	context::Context,
	output::{moment, rows, yuan},
	values::{Moment, Paper, Yuan},
};
use anyhow::Result;
use clap::Subcommand;
use serde_json::json;
use std::str::FromStr;
use winddown_sdk::{
	api,
	calls::{self, Promise},
	chain::Head,
	primitives::{CaseId, PlanId},
};

#[derive(Subcommand)]
pub enum PlanCommand {
	/// Propose a version of a repayment plan (platform).
	Propose {
		#[arg(long)]
		case: CaseId,
		/// The plan's document: a file, or its digest.
		#[arg(long)]
		document: Paper,
		/// MOMENT=YUAN, repeated: the due date and the amount of each instalment.
		#[arg(long = "instalment", required = true)]
		instalments: Vec<InstalmentArg>,
	},
	/// Open a ballot on one plan, or on a choice among several (association).
	Vote {
		#[arg(long)]
		case: CaseId,
		/// The plans, in the order of the ballot's options.
		#[arg(long, value_delimiter = ',', required = true)]
		plans: Vec<PlanId>,
		/// The first moment at which no ballot counts any more.
		#[arg(long)]
		closes_at: Moment,
	},
	/// Show every version of every plan.
	Show {
		#[arg(long)]
		case: CaseId,
	},
}

/// A due date and an amount: `2027-01-31=1000000`.
#[derive(Clone, Copy)]
pub struct InstalmentArg(Moment, Yuan);

impl FromStr for InstalmentArg {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let (due, amount) = text.split_once('=').ok_or("an instalment reads MOMENT=YUAN")?;
		Ok(Self(due.parse()?, amount.parse()?))
	}
}

pub async fn run(context: &Context, command: PlanCommand) -> Result<()> {
	match command {
		PlanCommand::Propose { case, document, instalments } => {
			let chain = context.chain().await?;
			let at = chain.at(Head::Best).await?;
			let mut promises = Vec::with_capacity(instalments.len());
			for InstalmentArg(due, Yuan(amount)) in instalments {
				promises.push(Promise { due_at: due.resolve(&at).await?, amount });
			}
			let call = calls::propose_plan(case, document.digest()?, &promises);
			let included = context.submit(&chain, &call).await?;
			let proposed: api::repayment_vote::events::PlanProposed = included.event()?;
			let text = format!("proposed plan {} of case {case}", proposed.plan);
			let next = "the committee reviews it: winddown committee propose --matter plan-review";
			let facts = json!({ "case": case, "plan": proposed.plan });
			context.output.done(&included, facts, text, Some(next))
		}
		PlanCommand::Vote { case, plans, closes_at } => {
			let chain = context.chain().await?;
			let closes_at = closes_at.resolve(&chain.at(Head::Best).await?).await?;
			let call = calls::open_plan_vote(case, plans, closes_at);
			let included = context.submit(&chain, &call).await?;
			let opened: api::repayment_vote::events::VoteOpened = included.event()?;
			let text = format!(
				"opened poll {}, round {}, until {}",
				opened.poll,
				opened.round,
				moment(closes_at)
			);
			let facts = json!({ "case": case, "poll": opened.poll, "round": opened.round });
			context.output.done(&included, facts, text, Some("lenders vote: winddown poll cast"))
		}
		PlanCommand::Show { case } => {
			let at = context.state().await?;
			at.case(case).await?;
			let plans = at.plans(case).await?;
			context.output.show(&plans, || {
				let lines = plans.iter().flat_map(|plan| {
					plan.instalments.iter().enumerate().map(|(at, instalment)| {
						vec![
							plan.plan.to_string(),
							plan.state.clone(),
							at.to_string(),
							moment(instalment.due_at),
							yuan(instalment.amount),
						]
					})
				});
				rows(&["plan", "state", "instalment", "due", "amount"], lines)
			})
		}
	}
}
