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
	/// How a tie between candidates is settled.
	pub tie_break: TieBreak,
	/// The order of options in which a tie goes that no lot settles.
	pub precedence: Vec<u8>,
	/// The ballots that count.
	pub ballots: BTreeMap<Row, Cell>,
	/// When its count ended and which block's hash is drawn, while it waits for a lot.
	pub waiting: Option<(Millis, u32)>,
	/// When it was taken back.
	pub cancelled: Option<Millis>,
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
			Event::PollCancelled { poll, case, by } => self.cancel(extrinsic, poll, case, by),
			Event::LotNamed { poll, block } => self.await_lot(extrinsic, poll, block),
			Event::Tied { poll, item, options, lot } => {
				extrinsic.ties.push((poll, item, options, lot))
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
		let precedence = match purpose {
			Purpose::FirstBallot => self.precedence(case),
			_ => vec![],
		};
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
			tie_break: known.terms.tie_break,
			precedence,
			ballots: BTreeMap::new(),
			waiting: None,
			cancelled: None,
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
				let (slate, _) = self.in_order(case);
				let contest = Item {
					kind: ItemKind::ApproveUpTo {
						candidates: slate.len() as u8,
						seats: terms.seats,
						reserves: terms.reserves,
					},
					rule: terms.election.clone(),
					documents: slate.iter().map(|candidate| candidate.1).collect(),
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
		let over = poll.closed.is_some() || poll.cancelled.is_some();
		if over || now >= poll.closes_at {
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
		extrinsic: &mut Extrinsic,
		id: PollId,
		told_turnout: Votes,
		told_outcomes: &[ItemOutcome],
		evidence: EvidenceId,
	) {
		let place = self.here(extrinsic).in_poll(id);
		let Some(poll) = self.polls.get(&id) else { return };
		let (case, purpose, waiting) = (poll.case, poll.purpose, poll.waiting);
		let at = waiting.map_or(self.now, |(at, _)| at);
		let early = at < poll.closes_at || poll.cancelled.is_some();
		let lot = waiting.and_then(|(_, block)| self.lot(block));
		let Some(rows) = self.cases.get(&case).map(|case| &case.roll.rows) else { return };
		let tallies = poll.tally(rows);
		let result = tallies.as_ref().and_then(|tallies| poll.result(id, tallies, lot));
		let undrawn = result.as_ref().is_some_and(|result| {
			count::needs_lot(poll.tie_break, &poll.items, result) != result.lot.is_some()
		});
		self.ties_told(extrinsic, case, id, result.as_ref());
		let own: Option<(Votes, Vec<ItemOutcome>)> = result.as_ref().map(|result| {
			(result.turnout, result.items.iter().map(|item| item.outcome.clone()).collect())
		});
		let items = result.as_ref().map(|result| result.items.clone()).unwrap_or_default();
		if let Some(known) = self.cases.get_mut(&case) {
			known.roll.open_polls = known.roll.open_polls.saturating_sub(1);
			let digest = result.as_ref().map(|result| Digest::of(&(id, result)));
			known.results.extend(digest.map(|digest| (EvidenceKind::PollOutcome, digest)));
		}
		if let Some(poll) = self.polls.get_mut(&id) {
			poll.closed = Some(Closed { at, evidence, tallies, result });
			poll.waiting = None;
		}
		self.conclude(case, id, purpose, &items);
		if early {
			self.note(case, Code::ClosedEarly, place.clone(), "the end of the poll", "before it");
		}
		if undrawn {
			let expected = "a lot where candidates are tied and the terms draw one, else none";
			self.note(case, Code::LotDiffers, place.clone(), expected, "the other");
		}
		if own.as_ref() != Some(&(told_turnout, told_outcomes.to_vec())) {
			let found = format!("{told_turnout:?} {told_outcomes:?}");
			self.note(case, Code::EventDiffers, place, format!("{own:?}"), found);
		}
	}

	/// Every tie of the own result is told with what settled it, and no other.
	fn ties_told(
		&mut self,
		extrinsic: &mut Extrinsic,
		case: CaseId,
		id: PollId,
		result: Option<&PollResult>,
	) {
		let told: Vec<_> = extrinsic.ties.extract_if(.., |tie| tie.0 == id).collect();
		let Some(result) = result else { return };
		let own: Vec<_> = (0u8..)
			.zip(&result.items)
			.flat_map(|(at, item)| {
				let lot = result.lot.filter(|_| item.outcome != ItemOutcome::Failed);
				item.ties.iter().map(move |options| (id, at, *options, lot))
			})
			.collect();
		if own != told {
			let place = self.here(extrinsic).in_poll(id);
			let (expected, found) = (format!("{own:?}"), format!("{told:?}"));
			self.note(case, Code::EventDiffers, place, expected, found);
		}
	}

	/// A poll whose time is over waits for a lot, because candidates are tied and the terms draw one.
	fn await_lot(&mut self, extrinsic: &Extrinsic, id: PollId, block: u32) {
		let place = self.here(extrinsic).in_poll(id);
		let Some(poll) = self.polls.get(&id) else { return };
		let (case, waiting, early) = (poll.case, poll.waiting, self.now < poll.closes_at);
		let Some(rows) = self.cases.get(&case).map(|case| &case.roll.rows) else { return };
		let tallies = poll.tally(rows);
		let result = tallies.and_then(|tallies| poll.result(id, &tallies, None));
		let tied =
			result.is_some_and(|result| count::needs_lot(poll.tie_break, &poll.items, &result));
		self.lot_named(case, extrinsic, block, waiting.map(|(_, block)| block));
		let at = waiting.map_or(self.now, |(at, _)| at);
		if let Some(poll) = self.polls.get_mut(&id) {
			poll.waiting = Some((at, block));
		}
		if early {
			self.note(case, Code::ClosedEarly, place.clone(), "the end of the poll", "before it");
		}
		if !tied {
			self.note(case, Code::LotDiffers, place, "no lot without a tie", "a lot");
		}
	}

	/// A poll is taken back; what it was held for is as before.
	fn cancel(&mut self, extrinsic: &mut Extrinsic, id: PollId, case: CaseId, by: Account) {
		let placed =
			extrinsic.take(|call| matches!(call, Call::CancelPoll { poll } if *poll == id));
		self.organised(case, extrinsic, placed.as_ref(), &by);
		let (place, now) = (self.here(extrinsic).in_poll(id), self.now);
		let Some(poll) = self.polls.get_mut(&id) else { return };
		let open = poll.closed.is_none() && poll.waiting.is_none() && poll.cancelled.is_none();
		let in_time = open && now < poll.closes_at && poll.ballots.is_empty() && poll.case == case;
		poll.cancelled = Some(now);
		if let Some(known) = self.cases.get_mut(&case) {
			known.roll.open_polls = known.roll.open_polls.saturating_sub(1);
			known.take_back(id);
		}
		if !in_time {
			let expected = "an open poll in which nobody voted";
			self.note(case, Code::CancelledWrongly, place, expected, "another");
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

	/// The own result by the own count.
	fn result(
		&self,
		id: PollId,
		tallies: &BTreeMap<Class, ClassTally>,
		lot: Option<Lot>,
	) -> Option<PollResult> {
		let settling = count::Settling { poll: id, precedence: &self.precedence, lot };
		count::result(&self.items, &self.roll, tallies, settling)
	}
}
