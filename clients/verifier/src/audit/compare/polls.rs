//! Polls, ballots, counts and results.

use super::{Code, Findings, Place, State};
use crate::{
	audit::replay::{Cell, Poll, World},
	chain::{
		storage,
		types::{Class, ClassTally, Digest, PollId, PollResult, PollStatus, StoredPoll},
	},
};
use codec::{Decode, DecodeAll, Encode};
use std::collections::BTreeMap;

/// Where the choices of a ballot's cell begin: behind revision and digest.
const CHOICES_AT: usize = 34;

pub fn compare(state: &State, world: &World, findings: &mut Findings) {
	let prefix = storage::prefix("Polls", "Polls");
	for (key, value) in state.under(&prefix) {
		let Ok(id) = key[32..].try_into().map(PollId::from_le_bytes) else { continue };
		let case = u32::decode(&mut { value }).ok();
		if case == Some(world.scope) && !world.polls.contains_key(&id) {
			findings.add(Code::PollDiffers, Place::poll(id), "no such poll", "a stored one");
		}
	}
	let rows = world.cases.get(&world.scope).map_or(&[][..], |case| &case.roll.rows);
	for (id, poll) in world.polls.iter().filter(|(_, poll)| poll.case == world.scope) {
		stored(state, *id, poll, findings);
		ballots(state, *id, poll, rows.len() as u32, findings);
		let tallies = match &poll.closed {
			Some(closed) => closed.tallies.clone(),
			None => poll.tally(rows),
		};
		match tallies {
			Some(tallies) => counts(state, *id, &tallies, findings),
			None => findings.add(
				Code::TallyDiffers,
				Place::poll(*id),
				"a count",
				"numbers out of range",
			),
		}
		result(state, *id, poll, findings);
	}
}

fn stored(state: &State, id: PollId, poll: &Poll, findings: &mut Findings) {
	let place = Place::poll(id);
	let key = storage::key("Polls", "Polls", &[&id.to_le_bytes()]);
	let Ok(Some(stored)) = state.read::<StoredPoll>(&key) else {
		return findings.add(Code::PollDiffers, place, "a stored poll", "none");
	};
	let status = match (&poll.closed, poll.cancelled, poll.waiting) {
		(Some(closed), ..) => PollStatus::Closed { at: closed.at, evidence: closed.evidence },
		(None, Some(at), _) => PollStatus::Cancelled { at },
		(None, None, Some((at, block))) => PollStatus::AwaitsLot { at, block },
		(None, None, None) => PollStatus::Open,
	};
	findings.same(Code::PollDiffers, place.clone(), &poll.purpose, &stored.purpose);
	findings.same(Code::PollDiffers, place.clone(), &status, &stored.status);
	findings.same(Code::PollDiffers, place.clone(), &poll.max_revotes, &stored.max_revotes);
	findings.same(Code::PollDiffers, place.clone(), &poll.tie_break, &stored.tie_break);
	findings.same(Code::PollDiffers, place.clone(), &poll.precedence, &stored.precedence);
	let (window, found) = ((poll.opened_at, poll.closes_at), (stored.opened_at, stored.closes_at));
	findings.same(Code::PollDiffers, place.clone(), &window, &found);
	findings.same(Code::TotalsDiffer, place.clone(), &poll.roll, &stored.roll);
	findings.same(Code::PollDiffers, place.clone(), &poll.items.len(), &stored.items.len());
	for (at, (own, found)) in poll.items.iter().zip(&stored.items).enumerate() {
		let place = place.clone().at_item(at);
		findings.same(Code::RuleMisapplied, place.clone(), &own.rule, &found.rule);
		findings.same(Code::PollDiffers, place.clone(), &own.kind, &found.kind);
		findings.same(Code::PollDiffers, place, &own.documents, &found.documents);
	}
}

fn ballots(state: &State, id: PollId, poll: &Poll, rows: u32, findings: &mut Findings) {
	let items = poll.items.len();
	let width = CHOICES_AT + 4 * items;
	let differences = state.differences(("Polls", "Ballots"), id, width, rows, |row, bytes| {
		if let Some(cell) = poll.ballots.get(&row) {
			write(cell, items, bytes);
		}
	});
	for difference in differences {
		let place = Place::poll(id).at_row(difference.row);
		let (expected, found) = (difference.expected, difference.found);
		let is_empty = |cell: &[u8]| cell.first().is_none_or(|revision| *revision == 0);
		let code = match (is_empty(&expected), is_empty(&found)) {
			(false, true) => Code::BallotMissing,
			(true, false) => Code::BallotExtra,
			_ => Code::BallotAltered,
		};
		findings.add(code, place, told(&expected), told(&found));
	}
}

fn write(cell: &Cell, items: usize, bytes: &mut [u8]) {
	bytes[0] = cell.revision;
	bytes[1..CHOICES_AT].copy_from_slice(&cell.record.encode());
	for (to, marks) in bytes[CHOICES_AT..].chunks_exact_mut(4).zip(&cell.choices[..items]) {
		to.copy_from_slice(&marks.to_le_bytes());
	}
}

/// A cell in words.
fn told(cell: &[u8]) -> String {
	let Some((revision, rest)) = cell.split_first().filter(|(revision, _)| **revision > 0) else {
		return "no ballot".into();
	};
	let Some((mut record, choices)) = rest.split_at_checked(CHOICES_AT - 1) else {
		return "a broken cell".into();
	};
	let record =
		Digest::decode(&mut record).map_or("no digest".into(), |digest| digest.to_string());
	let marks: Vec<String> = choices
		.chunks_exact(4)
		.map(|bytes| format!("{:#b}", u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])))
		.collect();
	format!("revision {revision}, marks {}, record {record}", marks.join(" "))
}

fn counts(state: &State, id: PollId, own: &BTreeMap<Class, ClassTally>, findings: &mut Findings) {
	let prefix = storage::key("Polls", "Tallies", &[&id.to_le_bytes()]);
	let stored: BTreeMap<Class, Option<ClassTally>> = state
		.under(&prefix)
		.filter_map(|(key, value)| {
			Some((*key.last()?, ClassTally::decode_all(&mut { value }).ok()))
		})
		.collect();
	let classes: std::collections::BTreeSet<Class> =
		own.keys().chain(stored.keys()).copied().collect();
	for class in classes {
		let (own, found) = (own.get(&class), stored.get(&class).and_then(Option::as_ref));
		if own != found {
			let expected = format!("class {class}: {own:?}");
			findings.add(Code::TallyDiffers, Place::poll(id), expected, format!("{found:?}"));
		}
	}
}

fn result(state: &State, id: PollId, poll: &Poll, findings: &mut Findings) {
	let place = Place::poll(id);
	let key = storage::key("Polls", "Results", &[&id.to_le_bytes()]);
	let stored = state.read::<PollResult>(&key);
	let own = poll.closed.as_ref().and_then(|closed| closed.result.as_ref());
	let (own, stored) = match (own, stored) {
		(None, Ok(None)) => return,
		(Some(own), Ok(Some(stored))) => (own, stored),
		(own, stored) => {
			let (expected, found) = (format!("{own:?}"), format!("{stored:?}"));
			return findings.add(Code::TallyDiffers, place, expected, found);
		}
	};
	findings.same(Code::TotalsDiffer, place.clone(), &own.eligible, &stored.eligible);
	findings.same(Code::TallyDiffers, place.clone(), &own.turnout, &stored.turnout);
	findings.same(Code::TallyDiffers, place.clone(), &own.items.len(), &stored.items.len());
	findings.same(Code::LotDiffers, place.clone(), &own.lot, &stored.lot);
	for (at, (own, found)) in own.items.iter().zip(&stored.items).enumerate() {
		let place = place.clone().at_item(at);
		findings.same(Code::TallyDiffers, place.clone(), &own.options, &found.options);
		findings.same(Code::TallyDiffers, place.clone(), &own.abstained, &found.abstained);
		findings.same(Code::TallyDiffers, place.clone(), &own.ties, &found.ties);
		findings.same(Code::RuleMisapplied, place, &own.outcome, &found.outcome);
	}
}
