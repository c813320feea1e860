//! What comes of the items of a poll.

use crate::types::{ClassTally, PollResult};
use alloc::vec::Vec;
use core::cmp::Reverse;
use frame_support::BoundedVec;
use sp_core::U256;
use winddown_primitives::{
	rules::ClassVotes, ClassId, Item, ItemKind, ItemOutcome, ItemResult, RollTotals, Votes,
};

/// The votes on one option, over all classes, and whether it passes the item's rule.
struct OptionCount {
	option: u8,
	in_favour: Votes,
	passes: bool,
}

/// Counts and decides every item; `None` when tallies, items and roll do not fit together.
pub fn count(
	items: &[Item],
	roll: &RollTotals,
	tallies: &[(ClassId, ClassTally)],
) -> Option<PollResult> {
	let turnout = total(tallies.iter().map(|(_, tally)| tally.voted))?;
	let mut results = Vec::with_capacity(items.len());
	let mut start = 0usize;
	for (position, item) in items.iter().enumerate() {
		results.push(count_item(item, position, start, turnout, roll, tallies)?);
		start = start.checked_add(item.kind.options().into())?;
	}
	let items = results.try_into().ok()?;
	Some(PollResult { eligible: roll.whole()?, turnout, items })
}

/// Counts the item at `position`, the options of which begin at `start` in the tallies.
fn count_item(
	item: &Item,
	position: usize,
	start: usize,
	turnout: Votes,
	roll: &RollTotals,
	tallies: &[(ClassId, ClassTally)],
) -> Option<ItemResult> {
	let options = (0..item.kind.options())
		.map(|option| {
			let at = start.checked_add(option.into())?;
			let classes = tallies
				.iter()
				.map(|(class, tally)| {
					Some(ClassVotes {
						class: *class,
						eligible: roll.class(*class),
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
	Some(ItemResult {
		abstained: total(abstained.into_iter())?,
		outcome: decide(item.kind, &options, turnout),
		options: options.iter().map(|count| count.in_favour).collect::<Vec<_>>().try_into().ok()?,
	})
}

fn decide(kind: ItemKind, options: &[OptionCount], turnout: Votes) -> ItemOutcome {
	match kind {
		ItemKind::Resolution => match options.first() {
			Some(resolution) if resolution.passes => ItemOutcome::Passed,
			_ => ItemOutcome::Failed,
		},
		ItemKind::ChooseOne { .. } => choose(options),
		ItemKind::ApproveUpTo { seats, reserves, .. } => elect(options, seats, reserves, turnout),
	}
}

/// The option that passes; of several the one with the greatest amount, and none on a tie.
fn choose(options: &[OptionCount]) -> ItemOutcome {
	let mut passing = standing(options);
	passing.sort_by_key(|count| Reverse(count.in_favour.amount));
	match passing.as_slice() {
		[] => ItemOutcome::Failed,
		[first, second, ..] if first.in_favour.amount == second.in_favour.amount => {
			ItemOutcome::Failed
		}
		[first, ..] => ItemOutcome::Chosen { option: first.option },
	}
}

/// Fills the seats, then the reserves, with those who pass.
///
/// They rank by their share of the amount plus their share of the heads that voted; on a tie by
/// amount, then by heads, then by the order of nomination.
fn elect(options: &[OptionCount], seats: u8, reserves: u8, turnout: Votes) -> ItemOutcome {
	let mut passing = standing(options);
	if passing.is_empty() {
		return ItemOutcome::Failed;
	}
	passing.sort_by_key(|count| {
		let Votes { heads, amount } = count.in_favour;
		(Reverse(score(count.in_favour, turnout)), Reverse(amount), Reverse(heads), count.option)
	});
	let mut ranked = passing.into_iter().map(|count| count.option);
	let seats = ranked.by_ref().take(seats.into()).collect();
	let reserves = ranked.take(reserves.into()).collect();
	ItemOutcome::Elected {
		seats: BoundedVec::truncate_from(seats),
		reserves: BoundedVec::truncate_from(reserves),
	}
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
