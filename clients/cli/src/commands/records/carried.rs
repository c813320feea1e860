//! Which records of ballots the chain ever carried out. A refused ballot, or one that was signed and
//! never handed in, is no evidence: the arbiters reject a batch with it for good.

use crate::context::Context;
use anyhow::Result;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use winddown_proof::{
	digest::Digest,
	record::{BallotRecord, Record},
};
use winddown_records::store::Store;
use winddown_sdk::{
	chain::{Chain, CountedBallot, Head},
	digest::of_chain,
	primitives::{CaseId, LenderIndex, PollId},
	Error,
};

/// The records that are kept, parted by whether the chain carried their ballots out.
#[derive(Debug, PartialEq, Eq)]
pub struct Parted {
	/// Those of ballots that count, or counted until they were replaced.
	pub carried: Vec<Digest>,
	/// All others.
	pub left_out: Vec<LeftOut>,
	/// Rows whose ballot counts and has no record here.
	pub without_record: Vec<LenderIndex>,
}

/// A record that no ballot on chain ever carried.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct LeftOut {
	/// The record.
	pub record: Digest,
	/// The row of the lender whom it names.
	pub lender: LenderIndex,
}

/// Parts the records of a closed poll.
pub async fn part(
	context: &Context,
	store: &Store,
	(case, poll): (CaseId, PollId),
	chosen: Vec<Digest>,
) -> Result<Parted> {
	let chain = context.chain().await?;
	// What a batch is compared with must never be undone.
	let at = chain.at(Head::Finalized).await?;
	let view = at.poll(poll).await?;
	if view.case != case {
		return Err(bad(format!("poll {poll} belongs to case {}, not to case {case}", view.case)));
	}
	if view.closed_at.is_none() {
		return Err(bad(format!(
			"poll {poll} is still open, and ballots may be replaced; make the batch when it is closed"
		)));
	}
	let counted = at.counted_ballots(poll).await?;
	let doubtful = doubtful(store, &counted, &chosen).await?;
	let replaced = replaced(&chain, poll, &counted, &doubtful).await?;
	Ok(sort(chosen, &counted, &doubtful, &replaced))
}

/// The lenders of the records that no ballot carries now.
async fn doubtful(
	store: &Store,
	counted: &[CountedBallot],
	chosen: &[Digest],
) -> Result<HashMap<Digest, LenderIndex>> {
	let counting: HashSet<_> = counted.iter().map(|ballot| of_chain(ballot.record)).collect();
	let mut doubtful = HashMap::new();
	for digest in chosen.iter().filter(|digest| !counting.contains(digest)) {
		let found = store.record(digest).await?;
		let content = found.map(|found| found.content).unwrap_or_default();
		match Record::parse(content.as_bytes()) {
			Ok(Record::Ballot(BallotRecord { lender, .. })) => doubtful.insert(*digest, lender),
			_ => return Err(bad(format!("{digest} is no record of a ballot"))),
		};
	}
	Ok(doubtful)
}

/// Records that the chain carried before they were replaced. Only rows with more than one ballot are
/// looked for in its history.
async fn replaced(
	chain: &Chain,
	poll: PollId,
	counted: &[CountedBallot],
	doubtful: &HashMap<Digest, LenderIndex>,
) -> Result<HashSet<Digest>, Error> {
	let rows: HashSet<_> = doubtful.values().collect();
	let again =
		counted.iter().filter(|ballot| ballot.revision > 1 && rows.contains(&ballot.lender));
	let mut replaced = HashSet::new();
	for CountedBallot { lender, .. } in again {
		replaced.extend(chain.ever_cast(poll, *lender).await?.into_iter().map(of_chain));
	}
	Ok(replaced)
}

fn sort(
	chosen: Vec<Digest>,
	counted: &[CountedBallot],
	doubtful: &HashMap<Digest, LenderIndex>,
	replaced: &HashSet<Digest>,
) -> Parted {
	let kept: HashSet<_> = chosen.iter().copied().collect();
	let without_record = counted
		.iter()
		.filter(|ballot| !kept.contains(&of_chain(ballot.record)))
		.map(|ballot| ballot.lender)
		.collect();
	let mut parted = Parted { carried: Vec::new(), left_out: Vec::new(), without_record };
	for record in chosen {
		match doubtful.get(&record) {
			Some(lender) if !replaced.contains(&record) => {
				parted.left_out.push(LeftOut { record, lender: *lender });
			}
			_ => parted.carried.push(record),
		}
	}
	parted
}

fn bad(reason: String) -> anyhow::Error {
	Error::BadInput(reason).into()
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_proof::digest::Algorithm;
	use winddown_sdk::digest::on_chain;

	fn digest(name: &str) -> Digest {
		Algorithm::Sm3.hash(name.as_bytes())
	}

	fn counting(lender: LenderIndex, revision: u8, name: &str) -> CountedBallot {
		CountedBallot { lender, revision, record: on_chain(digest(name)) }
	}

	#[test]
	fn a_record_that_no_ballot_ever_carried_is_left_out_by_name_and_a_replaced_one_stays() {
		let counted = [counting(1, 1, "one"), counting(2, 2, "two"), counting(3, 1, "three")];
		let chosen = ["one", "refused", "two", "two before"].map(digest).to_vec();
		let doubtful = HashMap::from([(digest("refused"), 4), (digest("two before"), 2)]);
		let replaced = HashSet::from([digest("two"), digest("two before")]);
		assert_eq!(
			sort(chosen, &counted, &doubtful, &replaced),
			Parted {
				carried: ["one", "two", "two before"].map(digest).to_vec(),
				left_out: vec![LeftOut { record: digest("refused"), lender: 4 }],
				without_record: vec![3],
			}
		);
	}
}
