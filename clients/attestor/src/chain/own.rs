//! Where the chain keeps what it deposited itself.

use super::{
	keys, patiently,
	snapshot::{is_gone, Snapshot},
};
use crate::check::{Deposit, Hold, Source};
use codec::{Decode, Encode};
use std::time::Duration;
use winddown_proof::{
	digest::Digest,
	layout::{
		evidence::Kind,
		polls::{self, Status},
	},
};
use winddown_sdk::{
	chain::{Chain, Head},
	digest::of_chain,
	primitives::EvidenceKind,
	Error,
};

/// How long a recount may take; it reads every ballot and every claim.
const RECOUNT: Duration = Duration::from_secs(900);
/// How many stages a case knows.
const STAGES: u8 = 9;

/// What the digest of a deposit of the chain itself may be of, in the state of the block that
/// deposited it, or in the newest one when the node no longer keeps that.
pub async fn own(chain: &Chain, deposit: &Deposit) -> Result<Result<Source, Hold>, Error> {
	let then = match Snapshot::of_number(chain, deposit.record.block).await {
		Ok(then) => look(&then, deposit).await,
		Err(error) => Err(error),
	};
	let source = match then {
		Err(error) if is_gone(&error) => {
			look(&Snapshot::take(chain, Head::Finalized).await?, deposit).await?
		}
		found => found?,
	};
	if deposit.record.kind == Kind::PollOutcome {
		let head = Snapshot::take(chain, Head::Finalized).await?;
		if let Some(poll) = poll_of(&head, deposit.id).await? {
			if let Some(hold) = recount(chain, poll).await? {
				return Ok(Err(hold));
			}
		}
	}
	Ok(Ok(source))
}

async fn look(state: &Snapshot, deposit: &Deposit) -> Result<Source, Error> {
	let case = deposit.record.case;
	let values = match deposit.record.kind {
		Kind::Notice => {
			let notice = patiently(state.at.case(case)).await?.notice;
			return Ok(Source::Digest(of_chain(notice)));
		}
		Kind::Roll => roll(state, case).await?,
		Kind::Stage => stages(case, deposit.record.deposited_at),
		Kind::PollOutcome => {
			[result(state, deposit.id).await?, committee(state, case).await?].concat()
		}
		Kind::Candidate => first_ballots(state).await?,
		Kind::Decision => decisions(state, case).await?,
		Kind::Plan => plans(state, case).await?,
		Kind::Payment => payments(state, case).await?,
		Kind::Other => committee(state, case).await?,
		_ => Vec::new(),
	};
	Ok(Source::Values(values))
}

/// The heads, fen and running digest that the platform stated when it locked the roll.
async fn roll(state: &Snapshot, case: u32) -> Result<Vec<Vec<u8>>, Error> {
	let roll = patiently(state.at.roll(case)).await?;
	let locked = |roll: winddown_sdk::chain::RollView| {
		(case, roll.rows, roll.imported.fen, roll.digest).encode()
	};
	Ok(roll.map(locked).into_iter().collect())
}

/// Every step that a case may take at a moment. The reasons of an escalation stand in an event only,
/// so that one rests on consensus.
fn stages(case: u32, at: u64) -> Vec<Vec<u8>> {
	let steps = (0..STAGES).flat_map(|from| (0..STAGES).map(move |to| (from, to)));
	steps.map(|(from, to)| (case, from, to, at, None::<()>).encode()).collect()
}

/// The poll whose result an evidence record is.
async fn poll_of(state: &Snapshot, id: u64) -> Result<Option<u32>, Error> {
	let count: u32 = state.get(keys::next_poll()).await?.unwrap_or_default();
	for number in (0..count).rev() {
		let poll: Option<polls::Poll> = state.get(polls::poll(number)).await?;
		let is_it = |poll: &polls::Poll| matches!(poll.status, Status::Closed { evidence, .. } if evidence == id);
		if poll.as_ref().is_some_and(is_it) {
			return Ok(Some(number));
		}
	}
	Ok(None)
}

async fn result(state: &Snapshot, id: u64) -> Result<Vec<Vec<u8>>, Error> {
	let Some(poll) = poll_of(state, id).await? else { return Ok(Vec::new()) };
	numbered(state, &[(poll.encode(), polls::result(poll))]).await
}

/// The independent count of a closed poll. Counted as of the block that closed it; when the node
/// does not keep that state, claims may have changed since, and nothing is said.
async fn recount(chain: &Chain, poll: u32) -> Result<Option<Hold>, Error> {
	let audit = tokio::time::timeout(RECOUNT, chain.audit(poll))
		.await
		.map_err(|_| Error::TimedOut { seconds: RECOUNT.as_secs() })??;
	let differs = audit.at_close && !audit.differences.is_empty();
	Ok(differs.then_some(Hold::RecountDiffers { poll }))
}

async fn committee(state: &Snapshot, case: u32) -> Result<Vec<Vec<u8>>, Error> {
	numbered(state, &[(case.encode(), keys::committee(case))]).await
}

async fn first_ballots(state: &Snapshot) -> Result<Vec<Vec<u8>>, Error> {
	let count: u32 = state.get(keys::next_poll()).await?.unwrap_or_default();
	let wanted: Vec<_> = (0..count).map(|poll| (poll.encode(), keys::first_ballot(poll))).collect();
	numbered(state, &wanted).await
}

async fn decisions(state: &Snapshot, case: u32) -> Result<Vec<Vec<u8>>, Error> {
	let count: u32 = state.get(keys::decision_count(case)).await?.unwrap_or_default();
	let wanted: Vec<_> =
		(0..count).map(|id| ((case, id).encode(), keys::decision(case, id))).collect();
	let stored = numbered(state, &wanted).await?;
	Ok(stored.iter().flat_map(|minutes| earlier(minutes)).collect())
}

/// The minutes of a decision as they stood after each of its votes: several may be given in one
/// block, and each is deposited.
fn earlier(minutes: &[u8]) -> Vec<Vec<u8>> {
	/// Case and number, matter, document, proposer, time.
	type Head = (u32, u32, u8, Digest, u32, u64);
	/// Lender, vote, time.
	type Votes = Vec<(u32, u8, u64)>;
	let mut rest = minutes;
	let Ok((head, votes)) = <(Head, Votes)>::decode(&mut rest) else { return Vec::new() };
	let after = |count: usize| [&(&head, &votes[..count]).encode(), rest].concat();
	(0..=votes.len()).map(after).collect()
}

async fn plans(state: &Snapshot, case: u32) -> Result<Vec<Vec<u8>>, Error> {
	let plans = patiently(state.at.plans(case)).await?;
	let wanted: Vec<_> = plans
		.iter()
		.map(|plan| ((case, plan.plan).encode(), keys::plan(case, plan.plan)))
		.collect();
	numbered(state, &wanted).await
}

/// Payments by the lists that were deposited as evidence of the case.
async fn payments(state: &Snapshot, case: u32) -> Result<Vec<Vec<u8>>, Error> {
	let records = patiently(state.at.records(case)).await?;
	let wanted: Vec<_> = records
		.iter()
		.filter(|record| record.kind == EvidenceKind::Payment && record.producer.is_some())
		.map(|record| of_chain(record.digest))
		.map(|list| ((case, list).encode(), keys::payment(case, &list)))
		.collect();
	numbered(state, &wanted).await
}

/// The stored values, each behind the numbers with which the chain digests it.
async fn numbered(state: &Snapshot, wanted: &[(Vec<u8>, Vec<u8>)]) -> Result<Vec<Vec<u8>>, Error> {
	let keys: Vec<_> = wanted.iter().map(|(_, key)| key.clone()).collect();
	let values = state.values(&keys).await?;
	let stored = wanted
		.iter()
		.zip(values)
		.filter_map(|((head, _), value)| Some([head.as_slice(), &value?].concat()));
	Ok(stored.collect())
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_proof::digest::Algorithm;

	#[test]
	fn minutes_are_known_as_they_stood_after_each_vote() {
		let head = (3u32, 1u32, 4u8, Algorithm::Sm3.hash(b"document"), 7u32, 9u64);
		let votes = vec![(7u32, 0u8, 10u64), (8, 1, 11)];
		let settlement = (1u8, 2u8);
		let minutes = |votes: &[(u32, u8, u64)]| (head, votes.to_vec(), settlement).encode();
		let expected = [minutes(&[]), minutes(&votes[..1]), minutes(&votes)];
		assert_eq!(earlier(&minutes(&votes)), expected);
	}

	#[test]
	fn what_is_no_minutes_has_no_earlier_form() {
		assert_eq!(earlier(&[0; 9]), [[0u8; 0]; 0]);
	}

	#[test]
	fn every_step_of_a_case_is_tried() {
		let steps = stages(3, 99);
		assert_eq!(steps.len(), 81);
		// Case, noticed, confirming, when, no reason.
		assert!(steps.contains(&(3u32, 0u8, 1u8, 99u64, 0u8).encode()));
	}
}
