//! Plans: proposed by the platform, reviewed by the committee, voted on by lenders.

use super::{
	voting::{choice, hold, resolution},
	Play,
};
use crate::summary::{DecisionSummary, PlanSummary, Text};
use anyhow::{ensure, Context as _, Result};
use winddown_sdk::{
	api,
	calls::{self, Matter, MemberVote, Promise},
	primitives::{Digest, Fen, Millis, PlanId, Stage},
};

/// A plan in words, and the shares of the claims that its instalments pay, out of a hundred.
struct Draft {
	name: &'static str,
	title: Text,
	shares: [Fen; 3],
	/// Members who object.
	objecting: usize,
}

/// The first plan promises too little; the committee objects and lenders reject it.
pub async fn first_round(play: &mut Play) -> Result<()> {
	let draft = Draft {
		name: "plan-0.txt",
		title: Text::new("60% in three instalments", "分三期兑付本金 60%"),
		shares: [10, 20, 30],
		objecting: 4,
	};
	let closes_in = play.pace.voting() + 3 * play.pace.step();
	let (plan, document) = propose(play, &draft, closes_in).await?;
	review(play, &draft, plan, document).await?;
	let questions = vec![resolution(draft.title.clone(), 0.33, 0.61, 0.06)];
	let title = Text::new("First vote on a plan", "第一轮方案表决");
	open_and_hold(play, vec![plan], title, questions).await?;
	let stage = play.best().await?.case(play.case).await?.stage;
	ensure!(stage == Stage::Planning, "a failed vote leads back to planning");
	Ok(())
}

/// Two plans compete, and one is adopted.
pub async fn second_round(play: &mut Play) -> Result<()> {
	let drafts = [
		Draft {
			name: "plan-1.txt",
			title: Text::new("100%, equal instalments", "全额，等额三期"),
			shares: [33, 33, 34],
			objecting: 1,
		},
		Draft {
			name: "plan-2.txt",
			title: Text::new("100%: 20, 35 and 45%", "全额，按 20%、35%、45% 三期"),
			shares: [20, 35, 45],
			objecting: 0,
		},
	];
	let closes_in = play.pace.voting() + 4 * play.pace.step();
	let mut plans = Vec::new();
	for draft in &drafts {
		plans.push(propose(play, draft, closes_in).await?);
	}
	for (draft, (plan, document)) in drafts.iter().zip(&plans) {
		review(play, draft, *plan, *document).await?;
	}
	let [equal, rising] = drafts;
	let options = vec![(equal.title, 0.24), (rising.title, 0.69)];
	let question = choice(Text::new("Which plan", "选择兑付方案"), options, 0.07);
	let title = Text::new("Second vote: two plans", "第二轮：两个方案竞选");
	let numbers = plans.iter().map(|(plan, _)| *plan).collect();
	open_and_hold(play, numbers, title, vec![question]).await?;

	let at = play.best().await?;
	ensure!(at.case(play.case).await?.stage == Stage::Repaying, "an adopted plan is paid");
	let adopted = at.repayment(play.case).await?.context("a plan was adopted")?.plan;
	play.tell(&format!("plan {adopted} is adopted"));
	Ok(())
}

async fn propose(play: &mut Play, draft: &Draft, closes_in: Millis) -> Result<(PlanId, Digest)> {
	let text = format!("Repayment plan: {}\n兑付方案：{}", draft.title.en, draft.title.zh);
	let document = play.vault.document(play.case, draft.name, &text).await?;
	// The first instalment comes some blocks after the vote, the second before the platform has the
	// money, the third in good time.
	let step = play.pace.step();
	let first_due = play.now().await? + closes_in + 4 * step;
	let promises: Vec<Promise> = [0, step, 10 * step]
		.into_iter()
		.zip(draft.shares)
		.map(|(after, share)| Promise {
			due_at: first_due + after,
			amount: (play.eligible_fen * share / 100).max(1),
		})
		.collect();
	let call = calls::propose_plan(play.case, document.digest, &promises);
	let proposed = play.submit(&call, &play.institutions.platform).await?;
	let plan = proposed.event::<api::repayment_vote::events::PlanProposed>()?.plan;
	play.summary.plans.push(PlanSummary {
		plan,
		title: draft.title.clone(),
		instalments: promises.len() as u32,
		promised: promises.iter().map(|promise| promise.amount).sum(),
		..PlanSummary::default()
	});
	Ok((plan, document.digest))
}

/// A member proposes an opinion on the plan; all members vote on it.
async fn review(play: &mut Play, draft: &Draft, plan: PlanId, document: Digest) -> Result<()> {
	let valid_until = play.now().await? + 600_000;
	let members: Vec<usize> = play
		.summary
		.committee
		.seats
		.clone()
		.into_iter()
		.filter_map(|row| play.actor_of(row))
		.collect();
	let chair = *members.first().context("the committee has members")?;
	let number = play.summary.committee.decisions.len() as u32;
	let proposal = calls::propose_decision(Matter::PlanReview, document);
	let proposal = play.sign(chair, &proposal, valid_until);
	// A batch is carried in the order of the rows, and nobody votes on what is not proposed yet.
	play.carry("proposing", vec![proposal], 0).await?;
	let mut votes = Vec::new();
	for (at, member) in members.iter().enumerate() {
		let vote = if at < draft.objecting { MemberVote::Object } else { MemberVote::Endorse };
		votes.push(play.sign(*member, &calls::decide(number, vote), valid_until));
	}
	play.carry("reviewing", votes, 0).await?;
	let decisions = play.best().await?.decisions(play.case, number).await?;
	let decision = decisions.first().context("the committee decided")?;
	let outcome = decision.outcome.clone().unwrap_or("open".into());
	let count = |vote: &str| decision.votes.iter().filter(|v| v.vote == vote).count() as u32;
	play.tell(&format!("the committee's opinion on plan {plan}: {outcome}"));
	play.summary.committee.decisions.push(DecisionSummary {
		about: Text::new(
			format!("Plan {plan}: {}", draft.title.en),
			format!("方案 {plan}：{}", draft.title.zh),
		),
		endorsed: count("endorse"),
		objected: count("object"),
		outcome,
	});
	Ok(())
}

async fn open_and_hold(
	play: &mut Play,
	plans: Vec<PlanId>,
	title: Text,
	questions: Vec<super::voting::Question>,
) -> Result<()> {
	let closes_at = play.now().await? + play.pace.voting();
	let open = calls::open_plan_vote(play.case, plans, closes_at);
	let opened = play.submit(&open, &play.institutions.association).await?;
	let poll = opened.event::<api::repayment_vote::events::VoteOpened>()?.poll;
	hold(play, poll, title, questions).await?;
	Ok(())
}
