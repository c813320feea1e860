//! Candidates, committee and decisions for people.

use crate::{
	commands::intent::MatterArg,
	context::Context,
	output::{end, facts, rows},
};
use anyhow::Result;
use serde_json::json;
use winddown_sdk::{
	chain::{At, CandidateView, CommitteeView, DecisionView, ElectionView},
	digest::Written,
	primitives::{CaseId, LenderIndex},
	Error,
};

pub async fn run(context: &Context, case: CaseId) -> Result<()> {
	let at = context.state().await?;
	at.case(case).await?;
	let election = at.election(case).await?;
	let committee = at.committee(case).await?;
	let decisions = decisions(&at, case).await?;
	let value = json!({ "election": election, "committee": committee, "decisions": decisions });
	context.output.show(&value, || {
		let mut parts: Vec<_> = election.iter().map(election_text).collect();
		parts.push(match &committee {
			None => "no committee yet".into(),
			Some(committee) => committee_text(committee),
		});
		if !decisions.is_empty() {
			parts.push(decisions_text(&decisions));
		}
		parts.join("\n\n")
	})
}

async fn decisions(at: &At, case: CaseId) -> Result<Vec<DecisionView>, Error> {
	let mut decisions = at.decisions(case, 0).await?;
	while let Some(next) = decisions.last().map(|decision| decision.decision + 1) {
		let more = at.decisions(case, next).await?;
		if more.is_empty() {
			break;
		}
		decisions.extend(more);
	}
	Ok(decisions)
}

fn election_text(election: &ElectionView) -> String {
	let mut parts = vec![format!("nominations until {}", end(election.nominations_until))];
	if let Some(listing) = &election.listing {
		parts.push(format!("listed for the ballot as {}", people(listing)));
	}
	if let Some(block) = election.lot_block {
		parts.push(format!("ordered for the ballot by the hash of block {block}"));
	}
	match (&election.on_ballot, election.ballot) {
		(Some(on_ballot), None) if !election.candidates.is_empty() => {
			parts.push("standing now".into());
			parts.push(standing(&election.candidates));
			parts.push(format!("candidates of poll {}, which is over", on_ballot.poll));
			parts.push(numbered(&on_ballot.candidates));
		}
		(Some(on_ballot), open) => {
			let over = if open.is_none() { ", which is over" } else { "" };
			parts.push(format!("candidates of poll {}{over}", on_ballot.poll));
			parts.push(numbered(&on_ballot.candidates));
		}
		(None, _) => parts.push(standing(&election.candidates)),
	}
	parts.join("\n")
}

/// Candidates of a ballot, with their numbers on it.
fn numbered(candidates: &[CandidateView]) -> String {
	let lines = candidates.iter().enumerate().map(|(at, candidate)| {
		vec![
			(at + 1).to_string(),
			candidate.lender.to_string(),
			Written(candidate.statement).to_string(),
		]
	});
	rows(&["candidate", "row", "statement"], lines)
}

/// Those who stand before there is a ballot: they have no numbers yet.
fn standing(candidates: &[CandidateView]) -> String {
	let lines = candidates
		.iter()
		.map(|one| vec![format!("row {}", one.lender), Written(one.statement).to_string()]);
	rows(&["candidate", "statement"], lines)
}

fn committee_text(committee: &CommitteeView) -> String {
	let matters = committee.matters.iter().map(|matter| MatterArg::from(*matter).name());
	let matters: Vec<_> = matters.collect();
	facts([
		("seats planned", committee.planned.to_string()),
		("members", people(&committee.seats)),
		("reserves", people(&committee.reserves)),
		("mandate covers", matters.join(", ")),
		("elected in poll", committee.poll.to_string()),
	])
}

/// Lenders by their rows.
fn people(lenders: &[LenderIndex]) -> String {
	let rows: Vec<_> = lenders.iter().map(|lender| format!("row {lender}")).collect();
	rows.join(", ")
}

fn decisions_text(decisions: &[DecisionView]) -> String {
	let lines = decisions.iter().map(|decision| {
		let votes = decision.votes.iter().map(|vote| format!("row {} {}", vote.lender, vote.vote));
		vec![
			decision.decision.to_string(),
			decision.matter.clone(),
			Written(decision.document).to_string(),
			decision.outcome.clone().unwrap_or("open".into()),
			votes.collect::<Vec<_>>().join(", "),
		]
	});
	rows(&["decision", "matter", "document", "outcome", "votes"], lines)
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::{chain::BallotSlateView, primitives::Digest};

	fn candidate(lender: LenderIndex) -> CandidateView {
		CandidateView { lender, statement: Digest::Sm3([1; 32]), nominated_at: 0 }
	}

	/// The cells of each line, without the digests.
	fn cells(text: &str) -> Vec<Vec<&str>> {
		let lines = text.lines().map(|line| line.split_whitespace().take(2).collect());
		lines.collect()
	}

	#[test]
	fn candidates_stay_with_their_numbers_when_the_ballot_closed() {
		let on_ballot = BallotSlateView { poll: 4, candidates: vec![candidate(6), candidate(2)] };
		let election = ElectionView {
			nominations_until: 0,
			ballot: None,
			candidates: Vec::new(),
			listing: None,
			lot_block: None,
			on_ballot: Some(on_ballot),
		};
		let text = election_text(&election);
		assert!(text.contains("candidates of poll 4, which is over"), "{text}");
		let cells = cells(&text);
		assert!(cells.contains(&vec!["1", "6"]) && cells.contains(&vec!["2", "2"]), "{text}");
	}

	#[test]
	fn those_who_stand_have_no_number_before_there_is_a_ballot() {
		let election = ElectionView {
			nominations_until: 0,
			ballot: None,
			candidates: vec![candidate(6)],
			listing: None,
			lot_block: None,
			on_ballot: None,
		};
		let text = election_text(&election);
		assert!(cells(&text).contains(&vec!["row", "6"]), "{text}");
	}
}
