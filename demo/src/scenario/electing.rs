//! Nominations and the first ballot.

use super::{
	voting::{hold, resolution, Lean, Question},
	Play, Way,
};
use crate::summary::Text;
use anyhow::{Context as _, Result};
use winddown_sdk::{
	api,
	calls::{self, Matter},
	primitives::{LenderIndex, Stage},
};

/// Who stands; one of them withdraws.
const CANDIDATES: usize = 9;
/// The chances of those who stand to be approved, out of a hundred.
const CHANCES: [u32; 8] = [72, 64, 58, 51, 46, 38, 30, 18];

/// Lenders stand for the committee.
pub async fn nominate(play: &mut Play) -> Result<()> {
	let until = play.now().await? + play.pace.nominations();
	let open = calls::open_nominations(play.case, until);
	play.submit(&open, &play.institutions.association).await?;

	let confirmed = play.who(|actor| actor.registered && actor.way == Way::App);
	let step = (confirmed.len() / CANDIDATES).max(1);
	let standing: Vec<usize> = confirmed.into_iter().step_by(step).take(CANDIDATES).collect();
	let mut intents = Vec::new();
	for at in &standing {
		let row = play.actors[*at].row;
		let statement = play
			.vault
			.document(
				play.case,
				&format!("candidate-{row}.txt"),
				"Statement and declaration of interests: none. 参选声明：与平台无利害关系。",
			)
			.await?;
		intents.push(play.sign(*at, &calls::nominate(statement.digest), until + 600_000));
	}
	play.carry("standing", intents, 0).await?;
	let last = standing.last().context("somebody stands")?;
	let withdrawal = play.sign(*last, &calls::withdraw_candidacy(), until + 600_000);
	play.carry("withdrawing", vec![withdrawal], 0).await?;
	play.tell(&format!("{} lenders stand, one withdrew", standing.len()));
	play.chain.wait_until(until).await?;
	Ok(())
}

/// Exit, committee and mandate on one ballot.
pub async fn vote(play: &mut Play) -> Result<()> {
	let exit = play
		.vault
		.document(play.case, "exit-resolution.txt", "Wind down in order. 同意良性退出。")
		.await?;
	let mandate = play
		.vault
		.document(
			play.case,
			"mandate.txt",
			"The committee reviews plans, supervises payments and asks for documents.\n\
		 授权监委会审核方案、监督兑付、索取资料。",
		)
		.await?;
	let closes_at = play.now().await? + play.pace.voting();
	let matters = [Matter::PlanReview, Matter::Supervision, Matter::DocumentRequest];
	let (exit, mandate) = (exit.digest, mandate.digest);
	let open = calls::open_first_ballot(play.case, exit, mandate, &matters, closes_at);
	let opened = play.submit(&open, &play.institutions.association).await?;
	let opened: api::committee_election::events::FirstBallotOpened = opened.event()?;

	let questions = vec![
		resolution(Text::new("Exit resolution", "退出决议"), 0.87, 0.08, 0.05),
		Question {
			title: Text::new("Supervisory committee", "选举监委会"),
			options: opened.candidates.iter().map(|row| candidate(*row)).collect(),
			lean: Lean::Some {
				chances: CHANCES.into_iter().cycle().take(opened.candidates.len()).collect(),
				most: 5,
				abstain: 4,
			},
		},
		resolution(Text::new("Mandate of the committee", "授权监委会"), 0.82, 0.12, 0.06),
	];
	let title = Text::new("First ballot", "第一次重大事项表决");
	hold(play, opened.poll, title, questions).await?;

	let at = play.best().await?;
	let committee =
		at.committee(play.case).await?.context("the first ballot formed a committee")?;
	anyhow::ensure!(at.case(play.case).await?.stage == Stage::Planning, "the case goes on");
	play.tell(&format!("committee: rows {:?}, reserves {:?}", committee.seats, committee.reserves));
	let summary = &mut play.summary.committee;
	summary.planned = committee.planned;
	summary.seats = committee.seats;
	summary.reserves = committee.reserves;
	summary.matters = committee.matters.iter().map(|matter| format!("{matter:?}")).collect();
	Ok(())
}

fn candidate(row: LenderIndex) -> Text {
	Text::new(format!("Lender {row}"), format!("出借人 {row} 号"))
}
