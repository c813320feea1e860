use super::winners::{decide, Settling};
use crate::{
	failure::{Failure, Value},
	grounds::{grounds, pass, ClassVotes},
	law,
	layout::{
		self,
		polls::{Item, ItemKind, ItemResult, Poll, PollResult, Status, Tally, Votes},
	},
	report::{self, Count, Outcome, Phase, PollState, Subject},
	state::State,
};
use alloc::vec::Vec;

/// The terms draw a lot where candidates are tied.
const BY_LOT: u8 = 1;

/// The count of a class with its roll.
struct Class {
	class: u8,
	eligible: Votes,
	tally: Tally,
}

/// Reads a closed poll, its result and the count of every class, and checks that the result follows from
/// them: that the counts add up to it, and that what passed and who won, in which order, is what rule, rank and
/// the order of ties give. The hash of a lot's block is the chain's word.
///
/// Trust: that the counts are those of the ballots; an audit of the case checks that.
pub fn result(state: &mut State, case: u32, poll: u32) -> Result<Subject, Failure> {
	let known: Poll = state.require(&layout::polls::poll(poll), Value::Poll)?;
	if known.case != case {
		return Err(Failure::OtherCase { actual: known.case });
	}
	let Status::Closed { at, evidence } = known.status else {
		return Err(Failure::PollNotClosed);
	};
	let stored: PollResult = state.require(&layout::polls::result(poll), Value::Result)?;
	let classes = known.roll.iter().map(|(class, heads, amount)| {
		let tally = state.require(&layout::polls::tally(poll, *class), Value::Tally)?;
		let eligible = Votes { heads: *heads, amount: *amount };
		Ok(Class { class: *class, eligible, tally })
	});
	let classes = classes.collect::<Result<Vec<_>, Failure>>()?;
	let items = items(poll, &known, &stored, &classes).ok_or(Failure::ResultMismatch)?;
	let phase = Phase::Closed { at, evidence };
	let (opened_at, closes_at) = (known.opened_at, known.closes_at);
	let (eligible, turnout) = (count(stored.eligible), count(stored.turnout));
	Ok(Subject::Outcome {
		poll: PollState { poll, opened_at, closes_at, phase },
		result: Outcome { case, eligible, turnout, items },
	})
}

/// Every item with its grounds; `None` when the result does not follow.
fn items(
	poll: u32,
	known: &Poll,
	stored: &PollResult,
	classes: &[Class],
) -> Option<Vec<report::ItemOutcome>> {
	let eligible = sum(classes.iter().map(|class| class.eligible))?;
	let turnout = sum(classes.iter().map(|class| class.tally.voted))?;
	let same = (eligible, turnout) == (stored.eligible, stored.turnout);
	(same && known.items.len() == stored.items.len()).then_some(())?;
	let settling = Settling { poll, precedence: &known.precedence, lot: stored.lot };
	// Chains told no ties once, and settled them by the order of the ballot.
	let tells_ties = stored.lot.is_some()
		|| !known.precedence.is_empty()
		|| stored.items.iter().any(|item| !item.ties.is_empty());
	let mut first = 0;
	let each = known.items.iter().zip(&stored.items).enumerate();
	let found = each.map(|(at, (item, result))| {
		let from = first;
		first += usize::from(item.kind.options());
		let mut found = one(at, from, item, result, classes)?;
		let passing: Vec<bool> = found.grounds.iter().map(|grounds| pass(grounds)).collect();
		let number = u8::try_from(at).ok()?;
		let (outcome, ties) =
			decide(number, item.kind, &result.options, &passing, turnout, &settling)?;
		(outcome == result.outcome && (ties == result.ties || !tells_ties)).then_some(())?;
		found.lot = stored.lot.filter(|_| !found.ties.is_empty());
		Some(found)
	});
	let found = found.collect::<Option<Vec<_>>>()?;
	(stored.lot.is_some() == needs_lot(known, stored)).then_some(found)
}

/// Whether the terms draw a lot and candidates are tied.
fn needs_lot(known: &Poll, stored: &PollResult) -> bool {
	let mut each = known.items.iter().zip(&stored.items);
	let tied = |(item, result): (&Item, &ItemResult)| {
		matches!(item.kind, ItemKind::ApproveUpTo { .. }) && !result.ties.is_empty()
	};
	known.tie_break == BY_LOT && each.any(tied)
}

/// The item at `at`, whose options begin at `from` among those of all items.
fn one(
	at: usize,
	from: usize,
	item: &Item,
	result: &ItemResult,
	classes: &[Class],
) -> Option<report::ItemOutcome> {
	let options = usize::from(item.kind.options());
	let total = |option: usize| {
		sum(classes.iter().map(|class| class.tally.options.get(from + option).copied()))
	};
	let counted = (0..options).map(total).collect::<Option<Vec<_>>>()?;
	let abstained = sum(classes.iter().map(|class| class.tally.abstained.get(at).copied()))?;
	(counted == result.options && abstained == result.abstained).then_some(())?;
	let winning = match item.kind {
		ItemKind::Resolution => 1,
		_ => options,
	};
	let grounds = (0..winning).map(|option| {
		let votes = classes.iter().map(|class| {
			Some(ClassVotes {
				class: class.class,
				eligible: class.eligible,
				voted: class.tally.voted,
				in_favour: *class.tally.options.get(from + option)?,
				abstained: *class.tally.abstained.get(at)?,
			})
		});
		grounds(&item.rule, &votes.collect::<Option<Vec<_>>>()?)
	});
	let grounds = grounds.collect::<Option<Vec<_>>>()?;
	let ties = result.ties.iter().map(|tie| options_of(*tie)).collect();
	Some(report::ItemOutcome {
		item: item.kind,
		rule: item.rule.english(),
		rule_zh: item.rule.chinese(),
		law: law::of_rule(&item.rule),
		options: counted.into_iter().map(count).collect(),
		abstained: count(abstained),
		outcome: result.outcome.clone(),
		ties,
		lot: None,
		grounds,
	})
}

/// The options of a tie.
fn options_of(tie: u32) -> Vec<u8> {
	(0..32).filter(|option| tie >> option & 1 == 1).collect()
}

fn sum(votes: impl Iterator<Item = impl Into<Option<Votes>>>) -> Option<Votes> {
	votes.into_iter().try_fold(Votes::default(), |sum, votes| sum.checked_add(votes.into()?))
}

fn count(votes: Votes) -> Count {
	Count { heads: votes.heads, fen: votes.amount }
}
