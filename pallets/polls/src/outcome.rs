//! What comes of the items of a poll.

use crate::types::{ClassTally, Poll, PollResult};
use alloc::vec::Vec;
use core::cmp::Reverse;
use frame_support::BoundedVec;
use sp_core::U256;
use winddown_primitives::{
	lot::Lot, rules::ClassVotes, Choice, ClassId, Item, ItemKind, ItemOutcome, ItemResult, PollId,
	TieBreak, Ties, Votes,
};

/// The votes on one option, over all classes, and whether it passes the item's rule.
struct OptionCount {
	option: u8,
	in_favour: Votes,
	passes: bool,
}

/// Where a tied option comes; the smallest first.
type Place = ([u8; 32], u8);

/// How ties between candidates of a poll are settled.
struct Settling<'a> {
	id: PollId,
	poll: &'a Poll,
	lot: Option<Lot>,
}

impl Settling<'_> {
	fn place(&self, item: usize, option: u8) -> Place {
		if let Some(lot) = self.lot {
			// A poll has at most eight items.
			return (lot.of_option(self.id, item as u8, option), option);
		}
		let named = self.poll.precedence.iter().position(|other| *other == option);
		([0; 32], named.map_or(option, |place| place as u8))
	}
}

/// Counts and decides every item of a poll; `None` when tallies, items and roll do not fit together.
/// Without a `lot` ties between candidates go by the precedence of the poll.
pub fn count(
	id: PollId,
	poll: &Poll,
	tallies: &[(ClassId, ClassTally)],
	lot: Option<Lot>,
) -> Option<PollResult> {
	let settling = Settling { id, poll, lot };
	let turnout = total(tallies.iter().map(|(_, tally)| tally.voted))?;
	let mut results = Vec::with_capacity(poll.items.len());
	let mut start = 0usize;
	for (position, item) in poll.items.iter().enumerate() {
		results.push(count_item(item, position, start, turnout, tallies, &settling)?);
		start = start.checked_add(item.kind.options().into())?;
	}
	let items = results.try_into().ok()?;
	Some(PollResult { eligible: poll.roll.whole()?, turnout, items, lot })
}

/// Whether a result waits for a lot.
pub fn needs_lot(poll: &Poll, result: &PollResult) -> bool {
	let tied = |(item, result): (&Item, &ItemResult)| {
		matches!(item.kind, ItemKind::ApproveUpTo { .. }) && !result.ties.is_empty()
	};
	poll.tie_break == TieBreak::Lot && poll.items.iter().zip(&result.items).any(tied)
}

/// Counts the item at `position`, the options of which begin at `start` in the tallies.
fn count_item(
	item: &Item,
	position: usize,
	start: usize,
	turnout: Votes,
	tallies: &[(ClassId, ClassTally)],
	settling: &Settling,
) -> Option<ItemResult> {
	let options = (0..item.kind.options())
		.map(|option| {
			let at = start.checked_add(option.into())?;
			let classes = tallies
				.iter()
				.map(|(class, tally)| {
					Some(ClassVotes {
						class: *class,
						eligible: settling.poll.roll.class(*class),
						voted: tally.voted,
						in_favour: *tally.options.get(at)?,
						abstained: *tally.abstained.get(position)?,
					})
				})
				.collect::<Option<Vec<_>>>()?;
			Some(OptionCount {
				option,
				in_favour: total(classes.iter().map(|votes| votes.in_favour))?,
				passes: item.rule.check(&classes).is_ok(),
			})
		})
		.collect::<Option<Vec<_>>>()?;
	let abstained = tallies
		.iter()
		.map(|(_, tally)| tally.abstained.get(position).copied())
		.collect::<Option<Vec<_>>>()?;
	let (outcome, ties) =
		decide(item.kind, &options, turnout, |option| settling.place(position, option));
	Some(ItemResult {
		abstained: total(abstained.into_iter())?,
		outcome,
		options: options.iter().map(|count| count.in_favour).collect::<Vec<_>>().try_into().ok()?,
		ties,
	})
}

fn decide(
	kind: ItemKind,
	options: &[OptionCount],
	turnout: Votes,
	place: impl Fn(u8) -> Place,
) -> (ItemOutcome, Ties) {
	match kind {
		ItemKind::Resolution => match options.first() {
			Some(resolution) if resolution.passes => (ItemOutcome::Passed, Ties::default()),
			_ => (ItemOutcome::Failed, Ties::default()),
		},
		ItemKind::ChooseOne { .. } => choose(options),
		ItemKind::ApproveUpTo { seats, reserves, .. } => {
			elect(options, seats, reserves, turnout, place)
		}
	}
}

/// The option that passes; of several the one with the greatest amount, and none on a tie.
fn choose(options: &[OptionCount]) -> (ItemOutcome, Ties) {
	let passing = standing(options);
	let greatest = passing.iter().map(|count| count.in_favour.amount).max();
	let best: Vec<_> =
		passing.into_iter().filter(|count| Some(count.in_favour.amount) == greatest).collect();
	match best.as_slice() {
		[] => (ItemOutcome::Failed, Ties::default()),
		[one] => (ItemOutcome::Chosen { option: one.option }, Ties::default()),
		tied => (ItemOutcome::Failed, Ties::truncate_from(Vec::from([set_of(tied)]))),
	}
}

/// Fills the seats, then the reserves, with those who pass.
///
/// They rank by their share of the amount plus their share of the heads that voted; on a tie by
/// amount, then by heads, then by `place`.
fn elect(
	options: &[OptionCount],
	seats: u8,
	reserves: u8,
	turnout: Votes,
	place: impl Fn(u8) -> Place,
) -> (ItemOutcome, Ties) {
	let mut passing = standing(options);
	if passing.is_empty() {
		return (ItemOutcome::Failed, Ties::default());
	}
	passing.sort_by_cached_key(|count| {
		let Votes { heads, amount } = count.in_favour;
		let score = score(count.in_favour, turnout);
		(Reverse(score), Reverse(amount), Reverse(heads), place(count.option))
	});
	let ties = ties(&passing, seats.into(), seats.saturating_add(reserves).into());
	let mut ranked = passing.into_iter().map(|count| count.option);
	let seats = ranked.by_ref().take(seats.into()).collect();
	let reserves = ranked.take(reserves.into()).collect();
	let outcome = ItemOutcome::Elected {
		seats: BoundedVec::truncate_from(seats),
		reserves: BoundedVec::truncate_from(reserves),
	};
	(outcome, ties)
}

/// Those who rank equal where it matters who comes first: neither all within the `seats` nor all behind
/// the `places`, which are seats and reserves.
fn ties(ranked: &[&OptionCount], seats: usize, places: usize) -> Ties {
	let mut ties = Vec::new();
	let mut first = 0usize;
	for tied in ranked.chunk_by(|one, other| one.in_favour == other.in_favour) {
		let end = first.saturating_add(tied.len());
		if tied.len() > 1 && end > seats && first < places {
			ties.push(set_of(tied));
		}
		first = end;
	}
	Ties::truncate_from(ties)
}

fn set_of(options: &[&OptionCount]) -> Choice {
	let marks = options.iter().filter_map(|count| Choice::option(count.option));
	Choice(marks.fold(0, |set, mark| set | mark.0))
}

/// Those who pass the rule and for whom somebody voted.
fn standing(options: &[OptionCount]) -> Vec<&OptionCount> {
	options.iter().filter(|count| count.passes && count.in_favour.heads > 0).collect()
}

/// `amount / voted amount + heads / voted heads`, times both denominators.
///
/// 128 bits times 32 bits each, so the sum stays below 161 bits.
fn score(in_favour: Votes, turnout: Votes) -> U256 {
	U256::from(in_favour.amount) * U256::from(turnout.heads)
		+ U256::from(in_favour.heads) * U256::from(turnout.amount)
}

fn total(mut votes: impl Iterator<Item = Votes>) -> Option<Votes> {
	votes.try_fold(Votes::default(), Votes::checked_add)
}
