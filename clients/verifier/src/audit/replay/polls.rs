//! Polls: opened, voted in, closed.

use super::{Code, Extrinsic, World};
use crate::{
	audit::count,
	chain::{call::Call, event::Event, types::*},
};
use std::collections::BTreeMap;

/// Most items of a poll.
const MAX_ITEMS: usize = 8;

/// The ballot that counts for a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cell {
	/// 1 for the first ballot of the row, one more for each replacement.
	pub revision: u8,
	/// The digest of the plaintext record.
	pub record: Digest,
	/// The marks on each item; unused items are 0.
	pub choices: [u32; MAX_ITEMS],
}

/// A ballot that counted when it was cast, whatever replaced it later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cast {
	/// The poll.
	pub poll: PollId,
	/// The row.
	pub row: Row,
	/// The block.
	pub block: u32,
	/// How many items it answers.
	pub items: u8,
	/// What it says.
	pub cell: Cell,
}

/// How a poll ended.
#[derive(Clone, Debug)]
pub struct Closed {
	/// When.
	pub at: Millis,
	/// The record of the result, as the chain tells.
	pub evidence: EvidenceId,
	/// The own count; `None` when the numbers leave their range.
	pub tallies: Option<BTreeMap<Class, ClassTally>>,
	/// The own result.
	pub result: Option<PollResult>,
}

/// A poll.
#[derive(Debug)]
pub struct Poll {
	/// The case.
	pub case: CaseId,
	/// Why it is held.
	pub purpose: Purpose,
	/// What had to be asked.
	pub items: Vec<Item>,
	/// When it opened.
	pub opened_at: Millis,
	/// When its time is over.
	pub closes_at: Millis,
	/// The own totals at the opening.
	pub roll: Totals,
	/// Replacements of a ballot, at most.
	pub max_revotes: u8,
	/// The ballots that count.
	pub ballots: BTreeMap<Row, Cell>,
	/// How it ended.
	pub closed: Option<Closed>,
}

impl World {
	pub(super) fn polls_event(&mut self, extrinsic: &mut Extrinsic, event: Event) {
		match event {
			Event::PollOpened { poll, case, purpose, eligible, closes_at } => {
				self.open(extrinsic, poll, case, purpose, closes_at, eligible)
			}
			Event::PollClosed { poll, turnout, outcomes, evidence, .. } => {
				self.close(extrinsic, poll, turnout, &outcomes, evidence)
			}
			_ => {}
		}
	}

	fn open(
		&mut self,
		extrinsic: &mut Extrinsic,
		id: PollId,
		case: CaseId,
		purpose: Purpose,
		told_end: Millis,
		told_eligible: Votes,
	) {
		let place = self.here(extrinsic).in_poll(id);
		let Some((items, closes_at)) = self.items(extrinsic, case, purpose) else {
			return self.note(
				case,
				Code::EventUnexplained,
				place,
				"a call that opens the poll",
				"none",
			);
		};
		if purpose == Purpose::General {
			// The event does not tell who opened it.
			let placed =
				extrinsic.take(|call| matches!(call, Call::OpenPoll { case: c, .. } if *c == case));
			if let Some(by) = placed.as_ref().and_then(|placed| extrinsic.maker(placed)) {
				self.organised(case, extrinsic, placed.as_ref(), &by);
			}
		}
		let documents: Vec<Digest> =
			items.iter().flat_map(|item| item.documents.iter().copied()).collect();
		documents.into_iter().for_each(|digest| self.refer(case, digest, "a poll's document"));
		let opened_at = self.now;
		let Some(known) = self.cases.get_mut(&case) else { return };
		known.roll.open_polls += 1;
		let roll = known.roll.totals();
		let max_revotes = known.terms.max_revotes;
		let window = known.terms.voting_window;
		let eligible = count::sum(roll.iter().map(|(_, votes)| *votes));
		let poll = Poll {
			case,
			purpose,
			items,
			opened_at,
			closes_at,
			roll,
			max_revotes,
			ballots: BTreeMap::new(),
			closed: None,
		};
		self.polls.insert(id, poll);
		if eligible != Some(told_eligible) {
			let expected = format!("{eligible:?}");
			self.note(
				case,
				Code::TotalsDiffer,
				place.clone(),
				expected,
				format!("{told_eligible:?}"),
			);
		}
		if told_end != closes_at || closes_at.saturating_sub(opened_at) < window {
			let expected = format!("{closes_at} ms, at least {window} ms after {opened_at} ms");
			self.note(case, Code::PollDiffers, place, expected, told_end);
		}
	}

	/// What the call that opened a poll had to ask, and until when.
	fn items(
		&self,
		extrinsic: &mut Extrinsic,
		case: CaseId,
		purpose: Purpose,
	) -> Option<(Vec<Item>, Millis)> {
		let known = self.cases.get(&case)?;
		let terms = &known.terms;
		let resolution = |document| Item {
			kind: ItemKind::Resolution,
			rule: terms.resolution.clone(),
			documents: vec![document],
		};
		let wanted = |call: &Call| match (purpose, call) {
			(Purpose::General, Call::OpenPoll { case: c, .. })
			| (Purpose::FirstBallot, Call::OpenFirstBallot { case: c, .. })
			| (Purpose::Plan { .. }, Call::OpenVote { case: c, .. }) => *c == case,
			(Purpose::Recall { member }, Call::OpenRecall { case: c, member: m, .. }) => {
				(*c, *m) == (case, member)
			}
			_ => false,
		};
		let placed = extrinsic.find(wanted)?;
		Some(match &placed.call {
			Call::OpenPoll { items, closes_at, .. } => (items.clone(), *closes_at),
			Call::OpenFirstBallot { exit, mandate, closes_at, .. } => {
				let contest = Item {
					kind: ItemKind::ApproveUpTo {
						candidates: known.slate.len() as u8,
						seats: terms.seats,
						reserves: terms.reserves,
					},
					rule: terms.election.clone(),
					documents: known.slate.iter().map(|candidate| candidate.1).collect(),
				};
				(vec![resolution(*exit), contest, resolution(mandate.0)], *closes_at)
			}
			Call::OpenRecall { grounds, closes_at, .. } => (vec![resolution(*grounds)], *closes_at),
			Call::OpenVote { plans, closes_at, .. } => {
				let document =
					|plan: &u32| known.plans.get(*plan as usize).map(|plan| plan.document);
				let documents: Vec<Digest> = plans.iter().map(document).collect::<Option<_>>()?;
				let kind = match documents.len() {
					1 => ItemKind::Resolution,
					options => ItemKind::ChooseOne { options: options as u8 },
				};
				(vec![Item { kind, rule: terms.plan.clone(), documents }], *closes_at)
			}
			_ => return None,
		})
	}

	/// A ballot; its revision, or the rule that it breaks.
	pub(super) fn cast(
		&mut self,
		case: CaseId,
		row: Row,
		id: PollId,
		choices: &[u32],
		record: Digest,
	) -> Result<u8, Code> {
		let (now, block) = (self.now, self.block);
		let poll = self.polls.get_mut(&id).filter(|poll| poll.case == case);
		let poll = poll.ok_or(Code::BallotForeign)?;
		if poll.closed.is_some() || now >= poll.closes_at {
			return Err(Code::BallotAfterClose);
		}
		let allowed = |(marks, item): (&u32, &Item)| {
			let (options, most) = item.kind.limits();
			let known = marks.checked_shr(options.into()).unwrap_or_default() == 0;
			known && marks.count_ones() <= most.into()
		};
		if choices.len() != poll.items.len() || !choices.iter().zip(&poll.items).all(allowed) {
			return Err(Code::BallotChoices);
		}
		let claim = self.cases.get(&case).and_then(|case| case.roll.rows.get(row as usize));
		if !claim.is_some_and(|claim| claim.state.votes()) {
			return Err(Code::BallotNoRight);
		}
		let replaced = poll.ballots.get(&row).map_or(0, |cell| cell.revision);
		if replaced > poll.max_revotes || replaced == u8::MAX {
			return Err(Code::RevotesExceeded);
		}
		let mut marks = [0; MAX_ITEMS];
		marks[..choices.len()].copy_from_slice(choices);
		let cell = Cell { revision: replaced + 1, record, choices: marks };
		poll.ballots.insert(row, cell);
		if case == self.scope {
			self.casts.push(Cast { poll: id, row, block, items: choices.len() as u8, cell });
		}
		Ok(cell.revision)
	}

	fn close(
		&mut self,
		extrinsic: &Extrinsic,
		id: PollId,
		told_turnout: Votes,
		told_outcomes: &[ItemOutcome],
		evidence: EvidenceId,
	) {
		let place = self.here(extrinsic).in_poll(id);
		let now = self.now;
		let Some(poll) = self.polls.get_mut(&id) else { return };
		let Some(known) = self.cases.get_mut(&poll.case) else { return };
		let case = poll.case;
		let early = now < poll.closes_at;
		known.roll.open_polls = known.roll.open_polls.saturating_sub(1);
		let tallies = poll.tally(&known.roll.rows);
		let result =
			tallies.as_ref().and_then(|tallies| count::result(&poll.items, &poll.roll, tallies));
		if let Some(result) = &result {
			let digest = Digest::of(&(id, result));
			known.results.push((EvidenceKind::PollOutcome, digest));
		}
		let own: Option<(Votes, Vec<ItemOutcome>)> = result.as_ref().map(|result| {
			(result.turnout, result.items.iter().map(|item| item.outcome.clone()).collect())
		});
		let purpose = poll.purpose;
		let items = result.as_ref().map(|result| result.items.clone()).unwrap_or_default();
		poll.closed = Some(Closed { at: now, evidence, tallies, result });
		self.conclude(case, id, purpose, &items);
		if early {
			self.note(case, Code::ClosedEarly, place.clone(), "the end of the poll", "before it");
		}
		if own.as_ref() != Some(&(told_turnout, told_outcomes.to_vec())) {
			let found = format!("{told_turnout:?} {told_outcomes:?}");
			self.note(case, Code::EventDiffers, place, format!("{own:?}"), found);
		}
	}
}

impl Poll {
	/// The own count, by the claims as they are now: while a poll is open its roll stands still.
	pub fn tally(&self, rows: &[super::Claim]) -> Option<BTreeMap<Class, ClassTally>> {
		let items = self.items.len();
		let ballots = self.ballots.iter().filter_map(|(row, cell)| {
			let claim = rows.get(*row as usize)?;
			Some((claim.class, claim.amount, &cell.choices[..items]))
		});
		count::tally(&self.items, &self.roll, ballots)
	}
}
