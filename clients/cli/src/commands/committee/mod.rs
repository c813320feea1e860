//! The committee of a case: its election, its decisions.

mod show;

use super::{
	intent::{MatterArg, VoteArg},
	lender::{act, act_and_tell, LenderArgs},
};
use crate::{
	context::Context,
	output::moment,
	values::{Moment, Paper},
};
use anyhow::Result;
use clap::Subcommand;
use serde_json::json;
use winddown_sdk::{
	api,
	calls::{self, Matter},
	chain::{Head, Slate},
	primitives::{CaseId, ItemKind, LenderIndex},
};

#[derive(Subcommand)]
pub enum CommitteeCommand {
	/// Let lenders stand for the committee (association).
	OpenNominations {
		#[arg(long)]
		case: CaseId,
		/// The first moment at which it is too late.
		#[arg(long)]
		until: Moment,
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
		/// The first moment at which no ballot counts any more.
		#[arg(long)]
		closes_at: Moment,
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
		/// The first moment at which no ballot counts any more.
		#[arg(long)]
		closes_at: Moment,
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
		CommitteeCommand::OpenNominations { case, until } => {
			let chain = context.chain().await?;
			let until = until.resolve(&chain.at(Head::Best).await?).await?;
			let call = calls::open_nominations(case, until);
			let included = context.submit(&chain, &call).await?;
			let text = format!("lenders of case {case} may stand until {}", moment(until));
			let next = "winddown committee open-ballot, once nominations are over";
			context.output.done(
				&included,
				json!({ "case": case, "until": until }),
				text,
				Some(next),
			)
		}
		CommitteeCommand::Nominate { lender, statement } => {
			let call = calls::nominate(statement.digest()?);
			act_and_tell(context, lender, &call, "stands for the committee").await
		}
		CommitteeCommand::Withdraw { lender } => {
			act_and_tell(context, lender, &calls::withdraw_candidacy(), "stands no longer").await
		}
		CommitteeCommand::OpenBallot { case, exit, mandate, matters, closes_at } => {
			let chain = context.chain().await?;
			let closes_at = closes_at.resolve(&chain.at(Head::Best).await?).await?;
			let matters: Vec<Matter> = matters.into_iter().map(Into::into).collect();
			let (exit, mandate) = (exit.digest()?, mandate.digest()?);
			let call = calls::open_first_ballot(case, exit, mandate, &matters, closes_at);
			let included = context.submit(&chain, &call).await?;
			let opened: api::committee_election::events::FirstBallotOpened = included.event()?;
			let text = format!(
				"poll {} on exit, committee and mandate, until {}\n{}\nopened poll {}",
				opened.poll,
				moment(closes_at),
				candidates(&opened.candidates),
				opened.poll
			);
			let facts =
				json!({ "case": case, "poll": opened.poll, "candidates": opened.candidates });
			context.output.done(&included, facts, text, Some("lenders vote: winddown poll cast"))
		}
		CommitteeCommand::Resign { lender } => {
			act_and_tell(context, lender, &calls::resign(), "resigned").await
		}
		CommitteeCommand::OpenRecall { case, member, grounds, closes_at } => {
			let chain = context.chain().await?;
			let closes_at = closes_at.resolve(&chain.at(Head::Best).await?).await?;
			let call = calls::open_recall(case, member, grounds.digest()?, closes_at);
			let included = context.submit(&chain, &call).await?;
			let opened: api::committee_election::events::RecallOpened = included.event()?;
			let text = format!("opened poll {} on the recall of member {member}", opened.poll);
			context.output.done(&included, json!({ "case": case, "poll": opened.poll }), text, None)
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
	let next = format!(
		"members vote: winddown committee decide --case {case} --decision {decision} --vote endorse"
	);
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
