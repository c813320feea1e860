//! The own results of the polls, for the report.

use super::{
	count,
	replay::{Poll, World},
};
use crate::{
	chain::types::{
		CandidateOrder, Item, ItemKind, ItemOutcome, ItemResult, Lot, PollResult, Purpose, Votes,
	},
	report::{Count, ItemSummary, PollSummary, Words},
};
use codec::{DecodeAll, Encode};
use winddown_proof::{law, layout::polls};

/// The polls of the case under audit.
pub fn polls(world: &World) -> Vec<PollSummary> {
	let of_case = world.polls.iter().filter(|(_, poll)| poll.case == world.scope);
	of_case.map(|(id, poll)| summary(*id, poll, world)).collect()
}

fn summary(id: u32, poll: &Poll, world: &World) -> PollSummary {
	let purpose = match poll.purpose {
		Purpose::General => "general".into(),
		Purpose::FirstBallot => "first ballot".into(),
		Purpose::Recall { member } => format!("recall of row {member}"),
		Purpose::Plan { round } => format!("plan, round {round}"),
	};
	let result = poll.closed.as_ref().and_then(|closed| closed.result.as_ref());
	PollSummary {
		poll: id,
		purpose,
		opened_at: poll.opened_at,
		closes_at: poll.closes_at,
		candidate_order: match poll.purpose {
			Purpose::FirstBallot => {
				world.cases.get(&poll.case).map(|case| order(case.terms.candidate_order))
			}
			_ => None,
		},
		closed: poll.closed.is_some(),
		ballots: poll.ballots.len() as u64,
		eligible: result.map(|result| counted(result.eligible)),
		turnout: result.map(|result| counted(result.turnout)),
		items: result.map(|result| items(poll, result)).unwrap_or_default(),
	}
}

const fn order(order: CandidateOrder) -> Words {
	match order {
		CandidateOrder::Nomination => {
			Words { en: "as they were first nominated", zh: "按首次提名先后" }
		}
		CandidateOrder::List => Words {
			en: "as the association lists them",
			zh: "按协会所列顺序（如姓氏笔画）",
		},
		CandidateOrder::Lot => Words {
			en: "by lot, from the hash of a later block",
			zh: "以其后区块的哈希抽签",
		},
	}
}

fn items(poll: &Poll, result: &PollResult) -> Vec<ItemSummary> {
	let tallies = poll.closed.as_ref().and_then(|closed| closed.tallies.as_ref());
	let grounds = tallies.map(|tallies| count::grounds(&poll.items, &poll.roll, tallies));
	let mut grounds = grounds.unwrap_or_default().into_iter();
	let each = poll.items.iter().zip(&result.items);
	each.map(|(item, result)| ItemSummary {
		kind: match item.kind {
			ItemKind::Resolution => "resolution".into(),
			ItemKind::ChooseOne { options } => format!("one of {options}"),
			ItemKind::ApproveUpTo { candidates, seats, .. } => {
				format!("{seats} of {candidates} candidates")
			}
		},
		options: result.options.iter().map(|votes| counted(*votes)).collect(),
		abstained: counted(result.abstained),
		grounds: grounds.next().unwrap_or_default(),
		rule: rule(item, polls::Rule::english),
		rule_zh: rule(item, polls::Rule::chinese),
		law: rule(item, law::of_rule),
		outcome: outcome(&result.outcome) + &ties(poll, item.kind, result),
	})
	.collect()
}

/// Who was tied, and what settled it.
fn ties(poll: &Poll, kind: ItemKind, result: &ItemResult) -> String {
	let closed = poll.closed.as_ref().and_then(|closed| closed.result.as_ref());
	let settled = match (kind, closed.and_then(|result| result.lot)) {
		(ItemKind::ChooseOne { .. }, _) => "a tied choice chooses nothing 并列则均不当选".into(),
		(_, Some(Lot { block, hash })) => {
			let hash = hex::encode(hash);
			format!("settled by lot from block {block}, 0x{hash} 以该区块哈希抽签决定")
		}
		_ => "settled by the order of first nominations 以首次提名先后决定".to_string(),
	};
	let each = result.ties.iter().map(|tie| {
		let options: Vec<_> = (0..32u32).filter(|option| tie >> option & 1 == 1).collect();
		let names: Vec<_> = options.iter().map(|option| (option + 1).to_string()).collect();
		format!("; {} tied 票数相同, {settled}", names.join(", "))
	});
	each.collect()
}

/// What the words of every report say of a rule: the same bytes as the audit's own.
fn rule<T: Default>(item: &Item, say: fn(&polls::Rule) -> T) -> T {
	let rule = polls::Rule::decode_all(&mut item.rule.encode().as_slice());
	rule.map(|rule| say(&rule)).unwrap_or_default()
}

/// Options and candidates count from 1, as on the ballot.
fn outcome(outcome: &ItemOutcome) -> String {
	let list = |options: &[u8]| {
		options.iter().map(|option| (option + 1).to_string()).collect::<Vec<_>>().join(", ")
	};
	match outcome {
		ItemOutcome::Passed => "passed".into(),
		ItemOutcome::Failed => "failed".into(),
		ItemOutcome::Chosen { option } => format!("option {} chosen", option + 1),
		ItemOutcome::Elected { seats, reserves } => {
			let noun = if seats.len() == 1 { "candidate" } else { "candidates" };
			let reserve = match reserves.is_empty() {
				true => String::new(),
				false => format!(", {} in reserve", list(reserves)),
			};
			format!("{noun} {} elected{reserve}", list(seats))
		}
	}
}

fn counted(votes: Votes) -> Count {
	Count { heads: votes.heads, fen: votes.amount.to_string() }
}
