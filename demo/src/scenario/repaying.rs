//! Three instalments, of which the second is late.

use super::Play;
use crate::summary::PaymentList;
use anyhow::{ensure, Context as _, Result};
use winddown_proof::{
	digest::Algorithm,
	record::{self, PaymentRecord, Record, VERSION},
};
use winddown_sdk::{
	api, calls,
	chain::InstalmentView,
	primitives::{EvidenceKind, Fen, Stage},
};

/// Of a hundred lenders paid, how many acknowledge it.
const ACKNOWLEDGED: usize = 4;

/// The platform pays, late once; lenders acknowledge and complain; the case is closed.
pub async fn repay(play: &mut Play) -> Result<()> {
	let repayment = play.best().await?.repayment(play.case).await?.context("a plan was adopted")?;
	let [first, second, third] = <[InstalmentView; 3]>::try_from(repayment.instalments)
		.map_err(|_| anyhow::anyhow!("the adopted plan has three instalments"))?;

	pay(play, &first, first.promised).await?;
	acknowledge(play, &first).await?;

	play.chain.wait_until(second.due_at).await?;
	let flag = calls::flag_overdue(play.case, second.instalment);
	play.submit(&flag, &play.institutions.regulator).await?;
	play.tell("the second instalment is overdue, and flagged by the regulator");
	complain(play, &second).await?;
	// In two parts: the platform has not enough at once.
	let part = second.promised * 3 / 5;
	pay(play, &second, part).await?;
	pay(play, &second, second.promised - part).await?;
	acknowledge(play, &second).await?;

	pay(play, &third, third.promised).await?;
	let close = calls::advance_case(play.case, Stage::Closed);
	play.submit(&close, &play.institutions.association).await?;
	let at = play.best().await?;
	let repayment = at.repayment(play.case).await?.context("a plan was adopted")?;
	ensure!(at.case(play.case).await?.stage == Stage::Closed, "a paid case is closed");
	let flags: Vec<&str> = repayment.instalments.iter().map(|i| i.flag.as_str()).collect();
	ensure!(flags == ["none", "overdue", "none"], "one instalment was late: {flags:?}");
	play.summary.payments = repayment.instalments;
	for (at, plan) in at.plans(play.case).await?.into_iter().enumerate() {
		play.summary.plans[at].state = plan.state;
	}
	Ok(())
}

async fn pay(play: &mut Play, instalment: &InstalmentView, amount: Fen) -> Result<()> {
	let paid: Vec<usize> = play.who(|actor| actor.registered);
	let paid_at = play.now().await?;
	let payments = paid
		.iter()
		.zip(shares(play, &paid, amount))
		.map(|(at, share)| {
			Record::Payment(PaymentRecord {
				version: VERSION,
				algorithm: Algorithm::default(),
				case: play.case,
				salt: play.vault.salt(),
				lender: play.actors[*at].row,
				instalment: instalment.instalment,
				amount: record::Fen(share),
				proof: play.vault.paper("bank"),
				paid_at,
			})
		})
		.collect();
	let list = play.vault.records(payments).await?;
	let platform = &play.institutions.platform;
	let heads = paid.len() as u32;
	let proof = play.deposit_call(EvidenceKind::Payment, &list).await?;
	let report =
		calls::report_payment(play.case, instalment.instalment, amount, heads, list.digest);
	let included = play.submit_all(&[proof, report], platform).await?;
	let reported: api::repayment_vote::events::PaymentReported =
		included.last().context("two transactions were sent")?.event()?;
	play.tell(&format!(
		"instalment {}: {} paid, {} of {}",
		instalment.instalment + 1,
		winddown_terminal::figures::yuan(amount),
		winddown_terminal::figures::yuan(reported.paid),
		winddown_terminal::figures::yuan(instalment.promised)
	));
	let at = play.now().await?;
	play.summary.payment_lists.push(PaymentList {
		instalment: instalment.instalment,
		at,
		fen: amount,
		heads,
	});
	Ok(())
}

async fn acknowledge(play: &mut Play, instalment: &InstalmentView) -> Result<()> {
	let valid_until = play.now().await? + 600_000;
	let who: Vec<usize> =
		play.who(|actor| actor.registered).into_iter().step_by(100 / ACKNOWLEDGED).collect();
	let mut intents = Vec::with_capacity(who.len());
	let excluded = play.best().await?.claims(play.case).await?;
	for at in who {
		// An excluded claim is not paid, and its lender has nothing to acknowledge.
		let row = play.actors[at].row as usize;
		if excluded.get(row).is_some_and(|claim| claim.is_paid()) {
			intents.push(play.sign(at, &calls::acknowledge(instalment.instalment), valid_until));
		}
	}
	play.carry("acknowledging", intents, 0).await?;
	Ok(())
}

/// Some complain that nothing came; most of them acknowledge it later.
async fn complain(play: &mut Play, instalment: &InstalmentView) -> Result<()> {
	let valid_until = play.now().await? + 600_000;
	let claims = play.best().await?.claims(play.case).await?;
	let who: Vec<usize> = play
		.who(|actor| {
			actor.registered && claims.get(actor.row as usize).is_some_and(|c| c.is_paid())
		})
		.into_iter()
		.step_by(100 / ACKNOWLEDGED * 3)
		.collect();
	let mut intents = Vec::with_capacity(who.len());
	for at in who {
		let name = format!("complaint-{}.txt", play.actors[at].row);
		let complaint =
			play.vault.document(play.case, &name, "Nothing arrived. 未收到款项。").await?;
		let call = calls::complain(instalment.instalment, complaint.digest);
		intents.push(play.sign(at, &call, valid_until));
	}
	play.tell(&format!("{} lenders complain", intents.len()));
	play.carry("complaining", intents, 0).await?;
	Ok(())
}

/// What each of `paid` gets of `amount` fen, in proportion to the claims; the last one gets what is
/// left of the division.
fn shares(play: &Play, paid: &[usize], amount: Fen) -> Vec<Fen> {
	let claims: Vec<Fen> = paid.iter().map(|at| play.actors[*at].lender.outstanding).collect();
	let whole: Fen = claims.iter().sum();
	let mut shares: Vec<Fen> = claims.iter().map(|claim| amount * claim / whole.max(1)).collect();
	let rest = amount - shares.iter().sum::<Fen>();
	if let Some(last) = shares.last_mut() {
		*last += rest;
	}
	shares
}
