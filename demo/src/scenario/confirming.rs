//! Confirmation by app and by call, disputes, rulings.

use super::{Actor, Play, Way};
use anyhow::{Context as _, Result};
use futures::future::try_join_all;
use rand::Rng;
use winddown_proof::{
	digest::Algorithm,
	record::{self, AdjudicationRecord, Answer, CallRecord, Fen, Record, VERSION},
};
use winddown_sdk::{
	calls::{self, Ruling, MAX_CONFIRMATIONS},
	chain::Until,
	intent::{SignedIntent, Terms},
	primitives::{EvidenceKind, Stage},
	Call,
};

/// Lenders who hand in their intent themselves, without the operator.
const SINGLE: usize = 3;

/// Lenders confirm or dispute; the association rules on disputes; the case goes on to electing.
pub async fn confirm(play: &mut Play) -> Result<()> {
	let valid_until = play.confirm_until + 600_000;
	let by_app = play.who(|actor| actor.way == Way::App);
	let (single, carried) = by_app.split_at(SINGLE);

	let mut intents = Vec::with_capacity(carried.len() + 2);
	for at in carried {
		let call = calls::confirm_claim(play.actors[*at].lender.outstanding);
		intents.push(play.sign(*at, &call, valid_until));
	}
	let replayed = intents.first().cloned().context("somebody confirms by app")?;
	intents.push(replayed);
	intents.push(forged(play, carried, valid_until)?);
	let disputing = play.who(|actor| actor.way == Way::Dispute);
	for at in &disputing {
		let letter = format!("lender {} disputes the amount", play.actors[*at].row);
		let name = format!("dispute-{}.txt", play.actors[*at].row);
		let reason = play.vault.document(play.case, &name, &letter).await?;
		let call = calls::dispute_claim(reason.digest);
		intents.push(play.sign(*at, &call, valid_until));
	}
	let carried = play.carry("confirming by app", intents, 2).await?;
	play.tell(&format!(
		"{} intents carried, {} disputes among them; a replay and a forgery were refused",
		carried.accepted,
		disputing.len()
	));

	let mut alone = Vec::with_capacity(single.len());
	for at in single {
		let call = calls::confirm_claim(play.actors[*at].lender.outstanding);
		alone.push(play.sign(*at, &call, valid_until));
	}
	try_join_all(alone.into_iter().map(|one| play.chain.submit_intent(one, Until::InBlock)))
		.await?;
	play.summary.intents.single = SINGLE as u32;
	confirm_by_call(play).await?;
	rule(play, &disputing).await?;

	play.chain.wait_until(play.confirm_until).await?;
	let electing = calls::advance_case(play.case, Stage::Electing);
	play.submit(&electing, &play.institutions.association).await?;
	let roll = play.best().await?.roll(play.case).await?.context("the case has a roll")?;
	play.eligible_fen = roll.eligible.fen;
	play.summary.claims.counts = roll.counts;
	play.summary.claims.eligible = roll.eligible;
	play.summary.claims.disputed = disputing.len() as u32;
	play.tell(&format!("eligible to vote: {}", winddown_terminal::figures::votes(roll.eligible)));
	Ok(())
}

/// An intent in one lender's name, signed by another.
fn forged(play: &Play, actors: &[usize], valid_until: u64) -> Result<SignedIntent> {
	let [victim, forger, ..] = actors else { anyhow::bail!("too few lenders confirm by app") };
	let (victim, forger) = (&play.actors[*victim], &play.actors[*forger]);
	let terms = Terms {
		genesis: play.chain.genesis(),
		case: play.case,
		lender: victim.row,
		sequence: victim.sequence + 1_000,
		valid_until,
	};
	Ok(SignedIntent::sign(&terms, &calls::confirm_claim(1), &forger.lender.key))
}

/// The voice robot calls; the recordings are evidence.
async fn confirm_by_call(play: &mut Play) -> Result<()> {
	let called = play.who(|actor| actor.way == Way::Call);
	let called_at = play.now().await?;
	let recordings = called
		.iter()
		.map(|at| {
			Record::Call(CallRecord {
				version: VERSION,
				algorithm: Algorithm::default(),
				case: play.case,
				salt: play.vault.salt(),
				lender: play.actors[*at].row,
				amount: Fen(play.actors[*at].lender.outstanding),
				answer: Answer::Confirmed,
				recording: play.vault.paper("recording"),
				called_at,
			})
		})
		.collect();
	let recordings = play.vault.records(recordings).await?;
	let operator = &play.institutions.operator;
	let evidence = play.deposit(EvidenceKind::ConfirmationCall, &recordings, operator).await?;
	let claims: Vec<_> = called
		.iter()
		.map(|at| (play.actors[*at].row, play.actors[*at].lender.outstanding))
		.collect();
	let calls: Vec<Call> = claims
		.chunks(MAX_CONFIRMATIONS)
		.map(|chunk| calls::confirm_by_call(play.case, chunk, evidence))
		.collect();
	play.submit_all(&calls, operator).await?;
	play.tell(&format!("{} claims confirmed by recorded call", claims.len()));
	Ok(())
}

/// The association rules; one dispute in eight stays undecided, and does not vote.
async fn rule(play: &mut Play, disputing: &[usize]) -> Result<()> {
	let mut rulings = Vec::new();
	for (serial, at) in disputing.iter().enumerate() {
		let stated = play.actors[*at].lender.outstanding;
		let ruling = match serial % 8 {
			0 | 3 | 6 => Ruling::Uphold,
			1 | 5 => Ruling::Adjust((stated * play.rng.gen_range(70..130) / 100).max(1)),
			2 => Ruling::Provisional((stated / 2).max(1)),
			4 => Ruling::Exclude,
			_ => continue,
		};
		rulings.push((play.actors[*at].row, ruling));
	}
	let ruled_at = play.now().await?;
	let grounds = rulings
		.iter()
		.map(|(row, ruling)| {
			let (ruling, amount) = match ruling {
				Ruling::Uphold => (record::Ruling::Uphold, None),
				Ruling::Adjust(amount) => (record::Ruling::Adjust, Some(Fen(*amount))),
				Ruling::Provisional(amount) => (record::Ruling::Provisional, Some(Fen(*amount))),
				Ruling::Exclude => (record::Ruling::Exclude, None),
			};
			Record::Adjudication(AdjudicationRecord {
				version: VERSION,
				algorithm: Algorithm::default(),
				case: play.case,
				salt: play.vault.salt(),
				lender: *row,
				ruling,
				amount,
				grounds: play.vault.paper("grounds"),
				ruled_at,
			})
		})
		.collect();
	let grounds = play.vault.records(grounds).await?;
	let association = &play.institutions.association;
	let evidence = play.deposit(EvidenceKind::Adjudication, &grounds, association).await?;
	let calls: Vec<Call> = rulings
		.iter()
		.map(|(row, ruling)| calls::adjudicate(play.case, *row, *ruling, evidence))
		.collect();
	play.submit_all(&calls, association).await?;
	for (_, ruling) in &rulings {
		let name = match ruling {
			Ruling::Uphold => "uphold",
			Ruling::Adjust(_) => "adjust",
			Ruling::Provisional(_) => "provisional",
			Ruling::Exclude => "exclude",
		};
		*play.summary.claims.rulings.entry(name.into()).or_default() += 1;
	}
	play.tell(&format!("{} of {} disputes were ruled on", rulings.len(), disputing.len()));
	Ok(())
}

impl Play {
	/// The actors for whom something holds.
	pub fn who(&self, holds: impl Fn(&Actor) -> bool) -> Vec<usize> {
		(0..self.actors.len()).filter(|at| holds(&self.actors[*at])).collect()
	}
}
