//! How a poll is held: lenders cast, some replace, the operator keeps the plaintext, somebody
//! closes it.

use super::Play;
use crate::{
	electorate::{assign, Leaning},
	summary::{Asks, ItemSummary, OptionSummary, PollSummary, Text, Won},
};
use anyhow::{Context as _, Result};
use rand::Rng;
use std::collections::BTreeSet;
use winddown_proof::record::Record;
use winddown_sdk::{
	calls::{cast_ballot, close_poll},
	chain::PollView,
	digest::on_chain,
	law,
	primitives::{Choice, EvidenceKind, ItemKind, ItemOutcome, LenderIndex, Millis, PollId},
	record::ballot,
	rule_text,
};
use winddown_terminal::figures::{percent, share};

/// Of a hundred lenders who may vote, how many do; of the tenth with the largest claims, all do.
const TURNOUT: u32 = 84;
/// Of a hundred who vote, how many replace their ballot.
const REPLACED: u32 = 6;

/// How lenders lean on one item.
pub enum Lean {
	/// Each marks one of these.
	One(Vec<Leaning<Choice>>),
	/// Each approves some candidates, by these chances out of a hundred, at most so many.
	Some { chances: Vec<u32>, most: u32, abstain: u32 },
}

/// What is asked, for people.
pub struct Question {
	pub title: Text,
	pub options: Vec<Text>,
	pub lean: Lean,
}

/// For and against, in both languages.
pub fn resolution(title: Text, in_favour: f64, against: f64, abstain: f64) -> Question {
	let lean = |way, share| Leaning { way, share };
	Question {
		title,
		options: vec![Text::new("For", "同意"), Text::new("Against", "反对")],
		lean: Lean::One(vec![
			lean(Choice::FOR, in_favour),
			lean(Choice::AGAINST, against),
			lean(Choice::ABSTAIN, abstain),
		]),
	}
}

/// One of several options.
pub fn choice(title: Text, options: Vec<(Text, f64)>, abstain: f64) -> Question {
	let mut leanings: Vec<_> = (0u8..)
		.zip(&options)
		.map(|(at, (_, share))| Leaning {
			way: Choice::option(at).unwrap_or(Choice::ABSTAIN),
			share: *share,
		})
		.collect();
	leanings.push(Leaning { way: Choice::ABSTAIN, share: abstain });
	Question {
		title,
		options: options.into_iter().map(|(text, _)| text).collect(),
		lean: Lean::One(leanings),
	}
}

/// Holds an open poll until it is closed; what came of it.
pub async fn hold(
	play: &mut Play,
	poll: PollId,
	title: Text,
	questions: Vec<Question>,
) -> Result<PollView> {
	let open = play.best().await?.poll(poll).await?;
	let voters = voters(play).await?;
	let ballots = draw(play, &voters, &questions);
	let replacing: BTreeSet<usize> =
		(0..voters.len()).filter(|_| play.rng.gen_ratio(REPLACED, 100)).collect();

	// Those who will replace it first vote the other way round.
	let first: Vec<_> = (0..voters.len())
		.map(|at| match replacing.contains(&at) {
			true => (voters[at], vec![Choice::ABSTAIN; questions.len()]),
			false => (voters[at], ballots[at].clone()),
		})
		.collect();
	let mut records = cast(play, &open, &first).await?;
	let second: Vec<_> = replacing.iter().map(|at| (voters[*at], ballots[*at].clone())).collect();
	if !second.is_empty() {
		records.extend(cast(play, &open, &second).await?);
	}
	let cast = records.len();
	play.tell(&format!("{cast} ballots cast, {} of them replace earlier ones", second.len()));

	let kept = play.vault.records(records).await?;
	let (deposited, waited) = tokio::join!(
		play.deposit(EvidenceKind::Ballots, &kept, &play.institutions.operator),
		play.chain.wait_until(open.closes_at)
	);
	deposited?;
	waited?;
	let closed = play.submit(&close_poll(poll), &play.institutions.operator).await?;
	let view = play.chain.at_hash(closed.block).await?.poll(poll).await?;
	play.tell(&format!("turnout: {}", share(view.turnout, view.eligible)));
	let summary = summarise(&view, title, questions, cast, second.len());
	for item in &summary.items {
		let votes: Vec<String> = match item.asks {
			Asks::Election => Vec::new(),
			Asks::Resolution | Asks::Choice => item
				.options
				.iter()
				.map(|option| {
					let votes = percent(option.votes.fen, view.turnout.fen);
					format!("{} {votes}", option.name.en)
				})
				.collect(),
		};
		play.tell(&format!("{}: {} {}", item.title.en, item.outcome.en, votes.join(", ")));
	}
	play.summary.polls.push(summary);
	Ok(view)
}

/// Lenders who may vote, have a key, and feel like it.
async fn voters(play: &mut Play) -> Result<Vec<usize>> {
	let claims = play.best().await?.claims(play.case).await?;
	let mut amounts: Vec<u128> = play.actors.iter().map(|a| a.lender.outstanding).collect();
	amounts.sort_unstable();
	let large = amounts[amounts.len() * 9 / 10];
	let mut voters = Vec::new();
	for at in 0..play.actors.len() {
		let feels_like_it = play.rng.gen_ratio(TURNOUT, 100);
		let actor = &play.actors[at];
		let may_vote = claims.get(actor.row as usize).is_some_and(|claim| claim.may_vote());
		let takes_part = feels_like_it || actor.lender.outstanding >= large;
		if may_vote && actor.registered && takes_part {
			voters.push(at);
		}
	}
	Ok(voters)
}

/// The ballot of each voter.
fn draw(play: &mut Play, voters: &[usize], questions: &[Question]) -> Vec<Vec<Choice>> {
	let amounts: Vec<f64> =
		voters.iter().map(|at| play.actors[*at].lender.outstanding as f64).collect();
	let mut ballots = vec![Vec::with_capacity(questions.len()); voters.len()];
	for question in questions {
		let marks = match &question.lean {
			Lean::One(leanings) => assign(&mut play.rng, &amounts, leanings),
			Lean::Some { chances, most, abstain } => (0..voters.len())
				.map(|_| approve(&mut play.rng, chances, *most, *abstain))
				.collect(),
		};
		for (ballot, mark) in ballots.iter_mut().zip(marks) {
			ballot.push(mark);
		}
	}
	ballots
}

fn approve(rng: &mut impl Rng, chances: &[u32], most: u32, abstain: u32) -> Choice {
	if rng.gen_ratio(abstain, 100) {
		return Choice::ABSTAIN;
	}
	let mut marked = 0u32;
	// From a random one on, so that the first candidates are not preferred.
	let from = rng.gen_range(0..chances.len());
	for step in 0..chances.len() {
		let at = (from + step) % chances.len();
		if marked.count_ones() < most && rng.gen_ratio(chances[at], 100) {
			marked |= 1 << at;
		}
	}
	Choice(marked)
}

/// Signs and carries ballots; their plaintext records.
async fn cast(
	play: &mut Play,
	poll: &PollView,
	ballots: &[(usize, Vec<Choice>)],
) -> Result<Vec<Record>> {
	let now: Millis = play.now().await?;
	let (mut records, mut intents) = (Vec::new(), Vec::new());
	for (actor, choices) in ballots {
		let row: LenderIndex = play.actors[*actor].row;
		let record = ballot(play.case, poll.poll, row, choices, now, &mut play.rng);
		let call = cast_ballot(poll.poll, choices, on_chain(record.digest()))
			.context("a ballot has at most 8 items")?;
		intents.push(play.sign(*actor, &call, poll.closes_at));
		records.push(record);
	}
	play.carry("voting", intents, 0).await?;
	Ok(records)
}

fn summarise(
	view: &PollView,
	title: Text,
	questions: Vec<Question>,
	ballots: usize,
	replaced: usize,
) -> PollSummary {
	let results = view.result.clone().unwrap_or_default();
	let items = questions
		.into_iter()
		.zip(&view.raw_items)
		.zip(&results)
		.map(|((question, item), result)| ItemSummary {
			title: question.title,
			outcome: outcome(&result.outcome, &question.options),
			passed: result.outcome != ItemOutcome::Failed,
			asks: asks(&item.kind),
			options: question
				.options
				.into_iter()
				.zip(&result.options)
				.enumerate()
				.map(|(at, (name, votes))| OptionSummary {
					name,
					votes: *votes,
					won: won(&result.outcome, at as u8),
				})
				.collect(),
			abstained: result.abstained,
			rule: Text::new(rule_text::english(&item.rule), rule_text::chinese(&item.rule)),
			law: Text::new(law::english(&item.rule), law::chinese(&item.rule)),
			grounds: result.grounds.clone(),
		})
		.collect();
	PollSummary {
		poll: view.poll,
		title,
		eligible: view.eligible,
		turnout: view.turnout,
		ballots: ballots as u32,
		replaced: replaced as u32,
		silent: view.eligible.heads.saturating_sub(view.turnout.heads),
		items,
		..PollSummary::default()
	}
}

fn outcome(outcome: &ItemOutcome, options: &[Text]) -> Text {
	match outcome {
		ItemOutcome::Passed => Text::new("passed", "通过"),
		ItemOutcome::Failed => Text::new("failed", "未通过"),
		ItemOutcome::Chosen { option } => {
			let name = options.get(usize::from(*option)).cloned().unwrap_or_default();
			Text::new(format!("chosen: {}", name.en), format!("选定：{}", name.zh))
		}
		ItemOutcome::Elected { seats, reserves } => Text::new(
			format!("{} seats and {} reserves filled", seats.len(), reserves.len()),
			format!("当选 {} 席，候补 {} 席", seats.len(), reserves.len()),
		),
	}
}

fn won(outcome: &ItemOutcome, option: u8) -> Option<Won> {
	match outcome {
		ItemOutcome::Chosen { option: chosen } => (*chosen == option).then_some(Won::Chosen),
		ItemOutcome::Elected { seats, reserves } => {
			let place = |list: &[u8]| list.iter().position(|one| *one == option).map(|at| at + 1);
			place(seats).map(Won::Seat).or_else(|| place(reserves).map(Won::Reserve))
		}
		ItemOutcome::Passed | ItemOutcome::Failed => None,
	}
}

const fn asks(kind: &ItemKind) -> Asks {
	match kind {
		ItemKind::Resolution => Asks::Resolution,
		ItemKind::ChooseOne { .. } => Asks::Choice,
		ItemKind::ApproveUpTo { .. } => Asks::Election,
	}
}
