//! Records of ballots against the ballot column of their poll.

use super::{facts::Poll, Batch, Finding, Hold, Line, Reason};
use std::collections::BTreeMap;
use winddown_proof::{
	layout::{cells::Ballot, evidence::Record as Deposited},
	record::{BallotRecord, Record},
};

/// Fails unless the batch holds the record of every ballot that counts, and no more than one for
/// each that was cast.
///
/// The column keeps the last ballot of a row and how often it was cast. The records of replaced
/// ballots are therefore counted here, and compared by the full audit only.
pub fn compare(deposited: &Deposited, batch: &Batch, poll: Option<&Poll>) -> Result<(), Finding> {
	let (number, by_row) = by_row(batch)?;
	let poll = poll.ok_or(Reason::UnknownPoll { poll: number })?;
	if poll.case != deposited.case {
		return Err(Reason::PollOfOtherCase { poll: number, case: poll.case }.into());
	}
	if !poll.closed {
		return Err(Hold::PollOpen { poll: number }.into());
	}
	for (lender, records) in &by_row {
		let ballot = poll.ballots.get(lender).ok_or(Reason::NoBallot { lender: *lender })?;
		row(*lender, records, ballot)?;
	}
	if let Some(lender) = poll.ballots.keys().find(|row| !by_row.contains_key(row)) {
		return Err(Reason::MissingBallot { lender: *lender }.into());
	}
	match by_row.len() as u32 {
		found if found == poll.turnout => Ok(()),
		found => Err(Reason::WrongTurnout { counted: poll.turnout, found }.into()),
	}
}

type Records<'a> = Vec<(&'a Line, &'a BallotRecord)>;

/// The one poll of a batch, and its records by row.
fn by_row(batch: &Batch) -> Result<(u32, BTreeMap<u32, Records<'_>>), Reason> {
	let mut poll = None;
	let mut by_row: BTreeMap<u32, Records<'_>> = BTreeMap::new();
	for line in &batch.lines {
		let Record::Ballot(record) = &line.record else { continue };
		if *poll.get_or_insert(record.poll) != record.poll {
			return Err(Reason::SeveralPolls);
		}
		by_row.entry(record.lender).or_default().push((line, record));
	}
	Ok((poll.unwrap_or_default(), by_row))
}

fn row(lender: u32, records: &Records<'_>, ballot: &Ballot) -> Result<(), Reason> {
	let mut counting = records.iter().filter(|(line, _)| line.digest == ballot.record);
	let (_, record) = counting.next().ok_or(Reason::BallotDiffers { lender })?;
	if counting.next().is_some() || records.len() > usize::from(ballot.revision) {
		return Err(Reason::TooManyBallots { lender });
	}
	match marks(record) == ballot.choices {
		true => Ok(()),
		false => Err(Reason::ChoicesDiffer { lender }),
	}
}

/// The marks of each item as the column holds them: bit `n` for option `n`.
fn marks(record: &BallotRecord) -> Vec<u32> {
	let set = |marked: &Vec<u8>| {
		marked.iter().fold(0, |set, option| set | 1u32.checked_shl((*option).into()).unwrap_or(0))
	};
	record.choices.iter().map(set).collect()
}
