use super::{
	intent::{MatterArg, VoteArg},
	lender::{act_and_tell, LenderArgs},
};
use crate::{
	context::Context,
	output::{facts, moment, rows},
	values::{Moment, Paper},
};
use anyhow::Result;
use clap::Subcommand;
use serde_json::json;
use winddown_sdk::{
	api,
	calls::{self, Matter},
	chain::Head,
	digest::Written,
	primitives::{CaseId, LenderIndex},
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
				"opened poll {} on exit, {} candidates and mandate, until {}",
				opened.poll,
				opened.candidates.len(),
				moment(closes_at)
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
			let call = calls::propose_decision(matter.into(), document.digest()?);
			act_and_tell(context, lender, &call, "proposed a decision").await
		}
		CommitteeCommand::Decide { lender, decision, vote } => {
			let call = calls::decide(decision, vote.into());
			act_and_tell(context, lender, &call, &format!("voted on decision {decision}")).await
		}
		CommitteeCommand::Show { case } => show(context, case).await,
	}
}

async fn show(context: &Context, case: CaseId) -> Result<()> {
	let at = context.state().await?;
	at.case(case).await?;
	let election = at.election(case).await?;
	let committee = at.committee(case).await?;
	let mut decisions = at.decisions(case, 0).await?;
	while let Some(last) = decisions.last().map(|decision| decision.decision + 1) {
		let more = at.decisions(case, last).await?;
		if more.is_empty() {
			break;
		}
		decisions.extend(more);
	}
	let value = json!({ "election": election, "committee": committee, "decisions": decisions });
	context.output.show(&value, || {
		let mut parts = Vec::new();
		if let Some(election) = &election {
			let lines = election
				.candidates
				.iter()
				.map(|c| vec![c.lender.to_string(), Written(c.statement).to_string()]);
			parts.push(format!("nominations until {}", moment(election.nominations_until)));
			parts.push(rows(&["candidate", "statement"], lines));
		}
		match &committee {
			None => parts.push("no committee yet".into()),
			Some(committee) => parts.push(facts([
				("seats planned", committee.planned.to_string()),
				("members", format!("{:?}", committee.seats)),
				("reserves", format!("{:?}", committee.reserves)),
				("mandate covers", format!("{:?}", committee.matters)),
				("elected in poll", committee.poll.to_string()),
			])),
		}
		if !decisions.is_empty() {
			let lines = decisions.iter().map(|decision| {
				let votes = decision.votes.iter().map(|v| format!("{} {}", v.lender, v.vote));
				vec![
					decision.decision.to_string(),
					decision.matter.clone(),
					decision.outcome.clone().unwrap_or("open".into()),
					votes.collect::<Vec<_>>().join(", "),
				]
			});
			parts.push(rows(&["decision", "matter", "outcome", "votes"], lines));
		}
		parts.join("\n\n")
	})
}
