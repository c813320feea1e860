use crate::{
	commands::poll::next_of_opened,
	context::Context,
	next,
	output::{end, facts, moment, percent, rows, yuan},
	read_back::{self, YesArg},
	rules,
	values::{End, Paper, Yuan},
};
use anyhow::Result;
use clap::Subcommand;
use serde_json::json;
use std::str::FromStr;
use winddown_sdk::{
	api,
	calls::{self, Promise},
	chain::{At, Head, PlanView},
	digest::Written,
	primitives::{CaseId, Fen, PlanId},
	Error,
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
		/// END=YUAN, repeated: until when each instalment is to be paid, and its amount. A date means the
		/// end of that day, 24:00 Beijing time.
		#[arg(long = "instalment", required = true)]
		instalments: Vec<InstalmentArg>,
		#[command(flatten)]
		yes: YesArg,
	},
	/// Open a ballot on one plan, or on a choice among several (association).
	Vote {
		#[arg(long)]
		case: CaseId,
		/// The plans, in the order of the ballot's options.
		#[arg(long, value_delimiter = ',', required = true)]
		plans: Vec<PlanId>,
		/// Until when ballots count; a date means the end of that day, 24:00 Beijing time.
		#[arg(long)]
		closes_at: End,
		#[command(flatten)]
		yes: YesArg,
	},
	/// Show every version of every plan.
	Show {
		#[arg(long)]
		case: CaseId,
	},
}

/// A due date and an amount: `2027-01-31=1000000`, to be paid by the end of that day.
#[derive(Clone, Copy)]
pub struct InstalmentArg(End, Yuan);

impl FromStr for InstalmentArg {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let (due, amount) = text
			.split_once('=')
			.ok_or("an instalment reads END=YUAN, such as 2027-01-31=1000000")?;
		Ok(Self(due.parse()?, amount.parse()?))
	}
}

pub async fn run(context: &Context, command: PlanCommand) -> Result<()> {
	match command {
		PlanCommand::Propose { case, document, instalments, yes } => {
			propose(context, case, &document, instalments, yes).await
		}
		PlanCommand::Vote { case, plans, closes_at, yes } => {
			let chain = context.chain().await?;
			let at = chain.at(Head::Best).await?;
			let closes_at = closes_at.resolve(&at).await?;
			let terms = [
				("case", case.to_string()),
				("plans", plans.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
				("passes by", rules::in_words(&at.case(case).await?.raw_terms.plan)),
				("ballots count until", end(closes_at)),
				("time on chain now", moment(at.now().await?)),
			];
			read_back::ask(context, yes, "the vote that is to be opened", terms)?;
			let call = calls::open_plan_vote(case, plans, closes_at);
			let included = context.submit(&chain, &call).await?;
			let opened: api::repayment_vote::events::VoteOpened = included.event()?;
			let text = format!(
				"opened poll {}, round {}, until {}",
				opened.poll,
				opened.round,
				end(closes_at)
			);
			let facts = json!({ "case": case, "poll": opened.poll, "round": opened.round });
			let next = next_of_opened(&chain, &included, opened.poll).await?;
			context.output.done(&included, facts, text, Some(&next))
		}
		PlanCommand::Show { case } => {
			let at = context.state().await?;
			at.case(case).await?;
			let plans = at.plans(case).await?;
			let claims = claims(&at, case).await?;
			context.output.show(&plans, || match plans.is_empty() {
				true => format!("case {case} has no plan yet"),
				false => {
					let plans = plans.iter().map(|plan| plan_text(plan, claims));
					plans.collect::<Vec<_>>().join("\n\n")
				}
			})
		}
	}
}

async fn propose(
	context: &Context,
	case: CaseId,
	document: &Paper,
	instalments: Vec<InstalmentArg>,
	yes: YesArg,
) -> Result<()> {
	let chain = context.chain().await?;
	let at = chain.at(Head::Best).await?;
	let mut promises = Vec::with_capacity(instalments.len());
	for InstalmentArg(due, Yuan(amount)) in instalments {
		promises.push(Promise { due_at: due.resolve(&at).await?, amount });
	}
	let total = total(&promises);
	if let Some(warning) = warning(total, claims(&at, case).await?) {
		context.output.note(&format!("warning: {warning}"));
	}
	let document = document.digest()?;
	let paid = promises.iter().map(|one| format!("{} until {}", yuan(one.amount), end(one.due_at)));
	let terms = [
		("case", case.to_string()),
		("document of the plan", Written(document).to_string()),
		("instalment", paid.collect::<Vec<_>>().join("\n")),
		("total", yuan(total)),
		("time on chain now", moment(at.now().await?)),
	];
	read_back::ask(context, yes, "the plan that is to be proposed", terms)?;
	let call = calls::propose_plan(case, document, &promises);
	let included = context.submit(&chain, &call).await?;
	let proposed: api::repayment_vote::events::PlanProposed = included.event()?;
	let text = format!("proposed plan {} of case {case}: {} in all", proposed.plan, yuan(total));
	let next = next::plan_proposed(case, proposed.plan, &Written(document));
	let facts = json!({ "case": case, "plan": proposed.plan, "total": total.to_string() });
	context.output.done(&included, facts, text, Some(&next))
}

/// The claims that count now, in fen.
async fn claims(at: &At, case: CaseId) -> Result<Fen, Error> {
	Ok(at.roll(case).await?.map_or(0, |roll| roll.eligible.fen))
}

fn total(promises: &[Promise]) -> Fen {
	promises.iter().fold(0, |sum: Fen, promise| sum.saturating_add(promise.amount))
}

/// What is odd about a total: more than everything, or less than half.
fn warning(total: Fen, claims: Fen) -> Option<String> {
	let share = || format!("{} of the claims of {}", percent(total, claims), yuan(claims));
	match (total > claims, total < claims / 2) {
		(true, _) => Some(format!(
			"the plan promises {}, more than the claims of {}",
			yuan(total),
			yuan(claims)
		)),
		(_, true) => Some(format!("the plan promises {}, only {}", yuan(total), share())),
		_ => None,
	}
}

fn plan_text(plan: &PlanView, claims: Fen) -> String {
	let total = total(&plan.instalments);
	let known = facts([
		("plan", plan.plan.to_string()),
		("state", plan.state.clone()),
		("document", Written(plan.document).to_string()),
		("proposed", moment(plan.proposed_at)),
		("total", yuan(total)),
		("of the claims", format!("{} of {}", percent(total, claims), yuan(claims))),
	]);
	let lines = plan.instalments.iter().enumerate().map(|(at, instalment)| {
		vec![at.to_string(), end(instalment.due_at), yuan(instalment.amount)]
	});
	format!("{known}\n{}", rows(&["instalment", "due", "amount"], lines))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_plan_that_promises_too_much_or_far_too_little_is_remarked() {
		assert_eq!(
			warning(90_000, 39_195_060).as_deref(),
			Some("the plan promises 900.00 yuan, only 0.22% of the claims of 391,950.60 yuan")
		);
		assert_eq!(
			warning(101, 100).as_deref(),
			Some("the plan promises 1.01 yuan, more than the claims of 1.00 yuan")
		);
		assert_eq!(warning(100, 100), None);
		assert_eq!(warning(50, 100), None);
	}

	#[test]
	fn a_plan_is_shown_with_its_document_its_total_and_its_share_of_the_claims() {
		let promise = |amount| Promise { due_at: 1_573_142_400_000, amount };
		let plan = PlanView {
			plan: 3,
			document: winddown_sdk::primitives::Digest::Sm3([0xab; 32]),
			instalments: vec![promise(30_000), promise(10_000)],
			proposed_at: 0,
			state: "proposed".into(),
		};
		let text = plan_text(&plan, 80_000);
		for part in [
			&format!("sm3:0x{}", "ab".repeat(32)),
			"400.00 yuan",
			"50.00% of 800.00 yuan",
			"2019-11-07 24:00 / 2019-11-08 00:00 +08:00",
			"300.00 yuan",
		] {
			assert!(text.contains(part), "{part}\n{text}");
		}
	}
}
