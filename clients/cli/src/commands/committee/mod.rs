//! The committee of a case: its election, its decisions.

mod arrange;
mod order;
mod show;

use super::{
	intent::{MatterArg, VoteArg},
	lender::{act, act_and_tell, LenderArgs},
	lender_file::FileArgs,
	poll::next_of_opened as poll_next,
};
use crate::{
	context::Context,
	next,
	output::{end, moment},
	read_back::{self, YesArg},
	rules,
	values::{End, Paper},
};
use anyhow::Result;
use clap::Subcommand;
use serde_json::json;
use winddown_sdk::{
	api,
	calls::{self, Matter},
	chain::{Head, Slate},
	digest::Written,
	primitives::{CaseId, ItemKind, LenderIndex},
};

#[derive(Subcommand)]
pub enum CommitteeCommand {
	/// Let lenders stand for the committee (association).
	OpenNominations {
		#[arg(long)]
		case: CaseId,
		/// Until when; a date means the end of that day, 24:00 Beijing time.
		#[arg(long)]
		until: End,
		#[command(flatten)]
		yes: YesArg,
	},
	/// Stand for a seat (lender).
	Nominate {
		#[command(flatten)]
		lender: LenderArgs,
		/// The statement with the declaration of interests: a file, or its digest.
		#[arg(long)]
		statement: Paper,
	},
	/// Stand no longer (lender).
	Withdraw {
		#[command(flatten)]
		lender: LenderArgs,
	},
	/// Propose an order of the candidates by the strokes of their names 按姓氏笔画, and say where it is unsure; sends
	/// nothing. For `committee order`.
	Arrange {
		/// A CSV or a workbook with the columns row 行号 and name 姓名, one line a candidate.
		#[command(flatten)]
		names: FileArgs,
		#[arg(long)]
		case: CaseId,
	},
	/// List the candidates in the order of the ballot, where the terms go by a list (association).
	Order {
		#[arg(long)]
		case: CaseId,
		/// The rows of all who stand, in this order.
		#[arg(long, value_delimiter = ',', required = true)]
		rows: Vec<LenderIndex>,
	},
	/// Ask for the lot that orders the candidates, where the terms draw one (association).
	Draw {
		#[arg(long)]
		case: CaseId,
	},
	/// Open the ballot on exit, committee and mandate (association).
	OpenBallot {
		#[arg(long)]
		case: CaseId,
		/// The exit resolution: a file, or its digest.
		#[arg(long)]
		exit: Paper,
		/// The document of the mandate: a file, or its digest.
		#[arg(long)]
		mandate: Paper,
		/// What the mandate covers.
		#[arg(long, value_enum, value_delimiter = ',', required = true)]
		matters: Vec<MatterArg>,
		/// Until when ballots count; a date means the end of that day, 24:00 Beijing time.
		#[arg(long)]
		closes_at: End,
		#[command(flatten)]
		yes: YesArg,
	},
	/// Give up a seat or a place in reserve (member).
	Resign {
		#[command(flatten)]
		lender: LenderArgs,
	},
	/// Open a ballot on the recall of a member (association).
	OpenRecall {
		#[arg(long)]
		case: CaseId,
		/// The member's row.
		#[arg(long)]
		member: LenderIndex,
		/// The reasons: a file, or its digest.
		#[arg(long)]
		grounds: Paper,
		/// Until when ballots count; a date means the end of that day, 24:00 Beijing time.
		#[arg(long)]
		closes_at: End,
		#[command(flatten)]
		yes: YesArg,
	},
	/// Propose a decision (member).
	Propose {
		#[command(flatten)]
		lender: LenderArgs,
		#[arg(long, value_enum)]
		matter: MatterArg,
		/// What is decided; for a review, the document of the plan.
		#[arg(long)]
		document: Paper,
	},
	/// Vote on a decision (member).
	Decide {
		#[command(flatten)]
		lender: LenderArgs,
		#[arg(long)]
		decision: u32,
		#[arg(long, value_enum)]
		vote: VoteArg,
	},
	/// Show candidates, committee and decisions.
	Show {
		#[arg(long)]
		case: CaseId,
	},
}

pub async fn run(context: &Context, command: CommitteeCommand) -> Result<()> {
	match command {
		CommitteeCommand::OpenNominations { case, until, yes } => {
			let chain = context.chain().await?;
			let at = chain.at(Head::Best).await?;
			let order = at.case(case).await?.raw_terms.candidate_order;
			let until = until.resolve(&at).await?;
			let terms = [
				("case", case.to_string()),
				("nominations until", end(until)),
				("time on chain now", moment(at.now().await?)),
			];
			read_back::ask(context, yes, "the nominations that are to be opened", terms)?;
			let call = calls::open_nominations(case, until);
			let included = context.submit(&chain, &call).await?;
			let text = format!("lenders of case {case} may stand until {}", end(until));
			let next = next::nominations_opened(case, order);
			context.output.done(
				&included,
				json!({ "case": case, "until": until }),
				text,
				Some(&next),
			)
		}
		CommitteeCommand::Nominate { lender, statement } => {
			let call = calls::nominate(statement.digest()?);
			act_and_tell(context, lender, &call, "stands for the committee").await
		}
		CommitteeCommand::Withdraw { lender } => {
			act_and_tell(context, lender, &calls::withdraw_candidacy(), "stands no longer").await
		}
		CommitteeCommand::OpenBallot { case, exit, mandate, matters, closes_at, yes } => {
			let chain = context.chain().await?;
			let at = chain.at(Head::Best).await?;
			let closes_at = closes_at.resolve(&at).await?;
			let covered: Vec<_> = matters.iter().map(|matter| matter.name()).collect();
			let matters: Vec<Matter> = matters.into_iter().map(Into::into).collect();
			let (exit, mandate) = (exit.digest()?, mandate.digest()?);
			let terms_of_case = at.case(case).await?.raw_terms;
			let terms = [
				("case", case.to_string()),
				("exit resolution", Written(exit).to_string()),
				("mandate", Written(mandate).to_string()),
				("mandate covers", covered.join(", ")),
				("a resolution passes by", rules::in_words(&terms_of_case.resolution)),
				("a candidate is eligible by", rules::in_words(&terms_of_case.election)),
				("ballots count until", end(closes_at)),
				("time on chain now", moment(at.now().await?)),
			];
			read_back::ask(context, yes, "the first ballot that is to be opened", terms)?;
			let call = calls::open_first_ballot(case, exit, mandate, &matters, closes_at);
			let included = context.submit(&chain, &call).await?;
			let opened: api::committee_election::events::FirstBallotOpened = included.event()?;
			let text = format!(
				"poll {} on exit, committee and mandate, until {}\n{}\nopened poll {}",
				opened.poll,
				end(closes_at),
				candidates(&opened.candidates),
				opened.poll
			);
			let facts =
				json!({ "case": case, "poll": opened.poll, "candidates": opened.candidates });
			let next = poll_next(&chain, &included, opened.poll).await?;
			context.output.done(&included, facts, text, Some(&next))
		}
		CommitteeCommand::Arrange { names, case } => arrange::run(context, &names, case).await,
		CommitteeCommand::Order { case, rows } => order::list(context, case, rows).await,
		CommitteeCommand::Draw { case } => order::draw(context, case).await,
		CommitteeCommand::Resign { lender } => {
			act_and_tell(context, lender, &calls::resign(), "resigned").await
		}
		CommitteeCommand::OpenRecall { case, member, grounds, closes_at, yes } => {
			let chain = context.chain().await?;
			let at = chain.at(Head::Best).await?;
			let (closes_at, grounds) = (closes_at.resolve(&at).await?, grounds.digest()?);
			let terms = [
				("case", case.to_string()),
				("member", format!("row {member} 第{member}行")),
				("reasons", Written(grounds).to_string()),
				("passes by", rules::in_words(&at.case(case).await?.raw_terms.resolution)),
				("ballots count until", end(closes_at)),
				("time on chain now", moment(at.now().await?)),
			];
			read_back::ask(context, yes, "the recall that is to be opened", terms)?;
			let call = calls::open_recall(case, member, grounds, closes_at);
			let included = context.submit(&chain, &call).await?;
			let opened: api::committee_election::events::RecallOpened = included.event()?;
			let text = format!("opened poll {} on the recall of member {member}", opened.poll);
			let facts = json!({ "case": case, "poll": opened.poll });
			let next = poll_next(&chain, &included, opened.poll).await?;
			context.output.done(&included, facts, text, Some(&next))
		}
		CommitteeCommand::Propose { lender, matter, document } => {
			propose(context, lender, matter, &document).await
		}
		CommitteeCommand::Decide { lender, decision, vote } => {
			let call = calls::decide(decision, vote.into());
			act_and_tell(context, lender, &call, &format!("voted on decision {decision}")).await
		}
		CommitteeCommand::Show { case } => show::run(context, case).await,
	}
}

async fn propose(
	context: &Context,
	args: LenderArgs,
	matter: MatterArg,
	document: &Paper,
) -> Result<()> {
	let call = calls::propose_decision(matter.into(), document.digest()?);
	let (lender, included) = act(context, args, &call).await?;
	let proposed: api::committee_election::events::DecisionProposed = included.event()?;
	let (case, decision) = (args.case, proposed.decision);
	let text = format!("lender {lender} of case {case}: proposed decision {decision}");
	let facts = json!({
		"case": case,
		"lender": lender,
		"action": "proposed a decision",
		"decision": decision,
	});
	let next = next::decision_proposed(case, decision);
	context.output.done(&included, facts, text, Some(&next))
}

/// The candidates of a ballot, one a line, in the order of its options.
fn candidates(rows: &[LenderIndex]) -> String {
	let slate = Slate { candidates: rows.to_vec(), plans: Vec::new() };
	let count = rows.len() as u8;
	let kind = ItemKind::ApproveUpTo { candidates: count, seats: 1, reserves: 0 };
	let lines = (0..count)
		.map(|option| format!("{} {}", slate.english(kind, option), slate.chinese(kind, option)));
	lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn candidates_are_told_with_their_number_on_the_ballot_and_their_row() {
		assert_eq!(
			candidates(&[6, 2]),
			"candidate 1 (row 6) 候选人1（第6行）\ncandidate 2 (row 2) 候选人2（第2行）"
		);
	}
}
