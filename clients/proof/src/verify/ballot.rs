use super::plaintext;
use crate::{
	authorities::Anchor,
	bundle::Plaintext,
	failure::{Failure, Value},
	hash::Hash,
	layout::{
		self,
		cells::{self, cell},
		polls::{Poll, Status},
		roll,
	},
	receipt::Receipt,
	record::{BallotRecord, Record},
	report::{Ballot, Choice, Lender, Phase, PollState, Subject},
	state::State,
};
use alloc::vec::Vec;

/// What the chain holds on one lender in one poll.
pub struct Row {
	lender: Lender,
	poll: PollState,
	items: Vec<layout::polls::ItemKind>,
	ballot: Option<cells::Ballot>,
}

/// Reads poll, ballot cell and row from the state, each shown to be there or not to be there.
pub fn row(state: &mut State, case: u32, poll: u32, lender: u32, now: u64) -> Result<Row, Failure> {
	let known: Poll = state.require(&layout::polls::poll(poll), Value::Poll)?;
	if known.case != case {
		return Err(Failure::OtherCase { actual: known.case });
	}
	let items: Vec<_> = known.items.iter().map(|item| item.kind).collect();
	let ballots = page(state, &layout::polls::ballots(poll, lender), Value::Ballots)?;
	let ballot = cell(&ballots, lender, cells::Ballot::width(items.len()))
		.map_or(Ok(None), cells::Ballot::read)
		.map_err(|_| Failure::Unreadable { value: Value::Ballots })?;

	let identities = page(state, &roll::identities(case, lender), Value::Identities)?;
	let identity = cell(&identities, lender, roll::IDENTITY_WIDTH)
		.and_then(|cell| cell.try_into().ok())
		.map(Hash)
		.ok_or(Failure::NoSuchLender)?;
	let lender = Lender { case, lender, identity };
	let phase = match known.status {
		Status::Closed { at, evidence } => Phase::Closed { at, evidence },
		Status::Cancelled { at } => Phase::Cancelled { at },
		Status::AwaitsLot { .. } => Phase::Over,
		Status::Open if now >= known.closes_at => Phase::Over,
		Status::Open => Phase::Voting,
	};
	let (opened_at, closes_at) = (known.opened_at, known.closes_at);
	Ok(Row { lender, poll: PollState { poll, opened_at, closes_at, phase }, items, ballot })
}

fn page(state: &mut State, key: &[u8], value: Value) -> Result<Vec<u8>, Failure> {
	Ok(state.get(key, value)?.unwrap_or_default())
}

/// The claim that there is a ballot, and that `plaintext` is its record.
pub fn cast(row: Row, plaintext: Option<&Plaintext>, anchor: &Anchor) -> Result<Subject, Failure> {
	let found = row.ballot.as_ref().ok_or(Failure::NoBallot)?;
	let cast_at = match plaintext {
		None => None,
		Some(Plaintext::Whole(bytes)) => Some(record_of(&row, found, bytes)?.cast_at),
		Some(Plaintext::Leaf { .. }) => return Err(Failure::PlaintextOutOfPlace),
	};
	let choices = row.items.iter().zip(&found.choices);
	let ballot = Ballot {
		receipt: Receipt::new(&anchor.genesis(), row.poll.poll, row.lender.lender, &found.record),
		revision: found.revision,
		record: found.record,
		choices: choices
			.map(|(item, marks)| Choice { item: *item, marked: marked(*marks) })
			.collect(),
		cast_at,
	};
	Ok(Subject::Ballot { lender: row.lender, poll: row.poll, ballot })
}

/// The claim that there is no ballot.
pub fn none(row: Row, plaintext: Option<&Plaintext>) -> Result<Subject, Failure> {
	match (row.ballot, plaintext) {
		(Some(found), _) => Err(Failure::BallotFound { record: found.record }),
		(None, Some(_)) => Err(Failure::PlaintextOutOfPlace),
		(None, None) => Ok(Subject::NoBallot { lender: row.lender, poll: row.poll }),
	}
}

/// The record of a ballot, once it is what the ballot's digest was taken of and says the same.
fn record_of(row: &Row, found: &cells::Ballot, bytes: &[u8]) -> Result<BallotRecord, Failure> {
	plaintext::has_digest(bytes, found.record)?;
	let Record::Ballot(record) = plaintext::record(bytes)? else {
		return Err(Failure::NotABallot);
	};
	if record.algorithm != found.record.algorithm {
		return Err(Failure::RecordOfOtherAlgorithm { actual: record.algorithm });
	}
	if record.case != row.lender.case {
		return Err(Failure::RecordOfOtherCase { actual: record.case });
	}
	if record.poll != row.poll.poll {
		return Err(Failure::RecordOfOtherPoll { actual: record.poll });
	}
	if record.lender != row.lender.lender {
		return Err(Failure::RecordOfOtherLender { actual: record.lender });
	}
	let cast: Vec<Vec<u8>> = found.choices.iter().map(|marks| marked(*marks)).collect();
	if record.choices != cast {
		return Err(Failure::RecordOfOtherChoices);
	}
	Ok(record)
}

/// The options of a set of marks, ascending.
fn marked(marks: u32) -> Vec<u8> {
	(0..32).filter(|option| marks & (1 << option) != 0).collect()
}
