use crate::{
	failure::{Failure, Value},
	grounds::{grounds, pass, ClassVotes, Ground},
	law,
	layout::{
		self,
		polls::{Item, ItemKind, ItemOutcome, ItemResult, Poll, PollResult, Status, Tally, Votes},
	},
	report::{self, Count, Outcome, Phase, PollState, Subject},
	state::State,
};
use alloc::vec::Vec;

/// The count of a class with its roll.
struct Class {
	class: u8,
	eligible: Votes,
	tally: Tally,
}

/// Reads a closed poll, its result and the count of every class, and checks that the result follows from
/// them: that the counts add up to it, and that what passed or won met its rule.
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
	let items = items(&known, &stored, &classes).ok_or(Failure::ResultMismatch)?;
	let phase = Phase::Closed { at, evidence };
	let (opened_at, closes_at) = (known.opened_at, known.closes_at);
	let (eligible, turnout) = (count(stored.eligible), count(stored.turnout));
	Ok(Subject::Outcome {
		poll: PollState { poll, opened_at, closes_at, phase },
		result: Outcome { case, eligible, turnout, items },
	})
}

/// Every item with its grounds; `None` when the result does not follow.
fn items(known: &Poll, stored: &PollResult, classes: &[Class]) -> Option<Vec<report::ItemOutcome>> {
	let eligible = sum(classes.iter().map(|class| class.eligible))?;
	let turnout = sum(classes.iter().map(|class| class.tally.voted))?;
	let same = (eligible, turnout) == (stored.eligible, stored.turnout);
	(same && known.items.len() == stored.items.len()).then_some(())?;
	let mut first = 0;
	let each = known.items.iter().zip(&stored.items).enumerate();
	each.map(|(at, (item, result))| {
		let from = first;
		first += usize::from(item.kind.options());
		let mut found = one(at, from, item, result, classes)?;
		found.lot = stored.lot.filter(|_| !found.ties.is_empty());
		Some(found)
	})
	.collect()
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
	follows(item.kind, &result.outcome, &grounds).then_some(())?;
	let ties = result.ties.iter().map(|tie| tied(item.kind, *tie, &counted));
	let ties = ties.collect::<Option<Vec<_>>>()?;
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

/// The options of a tie; `None` when they are not equal. That there is no other tie is not decided again.
fn tied(kind: ItemKind, tie: u32, counted: &[Votes]) -> Option<Vec<u8>> {
	let options: Vec<u8> = (0..32).filter(|option| tie >> option & 1 == 1).collect();
	let votes = options.iter().map(|option| counted.get(usize::from(*option)).copied());
	let votes = votes.collect::<Option<Vec<_>>>()?;
	let equal = |one: &Votes, other: &Votes| match kind {
		ItemKind::ChooseOne { .. } => one.amount == other.amount,
		_ => one == other,
	};
	let all_equal = votes.windows(2).all(|pair| equal(&pair[0], &pair[1]));
	(all_equal && options.len() > 1).then_some(options)
}

/// Whether what came of an item met its rule. Who of those who met it won is not decided again.
fn follows(kind: ItemKind, outcome: &ItemOutcome, grounds: &[Vec<Ground>]) -> bool {
	let passes = |option: &u8| grounds.get(usize::from(*option)).is_some_and(|found| pass(found));
	match (kind, outcome) {
		(ItemKind::Resolution, ItemOutcome::Passed) => passes(&0),
		(ItemKind::Resolution, ItemOutcome::Failed) => !passes(&0),
		(ItemKind::ChooseOne { .. }, ItemOutcome::Chosen { option }) => passes(option),
		(ItemKind::ApproveUpTo { .. }, ItemOutcome::Elected { seats, reserves }) => {
			seats.iter().chain(reserves).all(passes)
		}
		(ItemKind::ChooseOne { .. } | ItemKind::ApproveUpTo { .. }, ItemOutcome::Failed) => true,
		_ => false,
	}
}

fn sum(votes: impl Iterator<Item = impl Into<Option<Votes>>>) -> Option<Votes> {
	votes.into_iter().try_fold(Votes::default(), |sum, votes| sum.checked_add(votes.into()?))
}

fn count(votes: Votes) -> Count {
	Count { heads: votes.heads, fen: votes.amount }
}
