//! What comes of an item, in whole numbers of any size.

use super::count::{sum, ClassCount, ItemCount};
use crate::law::of_proof;
use num_bigint::BigUint;
use std::{
	cmp::{Ordering, Reverse},
	collections::BTreeMap,
};
use winddown_primitives::{lot::Lot, ClassId, Item, ItemKind, ItemOutcome, PollId, Votes};
use winddown_proof::{
	grounds::{self, ClassVotes, Ground},
	layout::polls,
};

/// What settles ties between the candidates of a poll.
#[derive(Clone, Copy, Default)]
pub struct Settling<'a> {
	/// The poll.
	pub poll: PollId,
	/// The options in the order in which a tie goes; empty for that of the ballot.
	pub precedence: &'a [u8],
	/// The lot that decides instead.
	pub lot: Option<Lot>,
}

impl Settling<'_> {
	/// Where a tied option comes; the smallest first.
	fn place(&self, item: usize, option: u8) -> ([u8; 32], usize) {
		if let Some(lot) = self.lot {
			return (lot.of_option(self.poll, item as u8, option), 0);
		}
		let named = self.precedence.iter().position(|other| *other == option);
		([0; 32], named.unwrap_or(option.into()))
	}
}

/// Counts and decides the item at `at`; `None` when a sum overflows or the votes do not add up.
pub(super) fn item(
	item: &Item,
	at: usize,
	classes: &BTreeMap<ClassId, ClassCount>,
	settling: &Settling,
) -> Option<ItemCount> {
	let options = (0..item.kind.options().into())
		.map(|option| sum(classes.values().map(|class| class.options[at][option])).ok())
		.collect::<Option<Vec<_>>>()?;
	let grounds = grounds(item, at, classes)?;
	let passing = (0u8..)
		.zip(options.iter().zip(&grounds))
		.filter(|(_, (_, grounds))| grounds::pass(grounds))
		.map(|(option, (votes, _))| (option, *votes))
		.collect();
	let turnout = sum(classes.values().map(|class| class.voted)).ok()?;
	let (outcome, ties) =
		outcome(item.kind, passing, turnout, &|option| settling.place(at, option));
	Some(ItemCount {
		options,
		abstained: sum(classes.values().map(|class| class.abstained[at])).ok()?,
		outcome,
		ties,
		grounds,
	})
}

/// What the rule of the item at `at` measured, for each option that may win by it: of a resolution
/// only for it, not against it. `None` when the votes do not add up.
pub fn grounds(
	item: &Item,
	at: usize,
	classes: &BTreeMap<ClassId, ClassCount>,
) -> Option<Vec<Vec<Ground>>> {
	let rule = of_proof(&item.rule)?;
	let options = match item.kind {
		ItemKind::Resolution => 1,
		kind => kind.options(),
	};
	(0..options.into())
		.map(|option| {
			let votes = classes
				.iter()
				.map(|(class, count)| {
					Some(ClassVotes {
						class: *class,
						eligible: votes(count.eligible),
						voted: votes(count.voted),
						in_favour: votes(*count.options.get(at)?.get(option)?),
						abstained: votes(*count.abstained.get(at)?),
					})
				})
				.collect::<Option<Vec<_>>>()?;
			grounds::grounds(&rule, &votes)
		})
		.collect()
}

fn votes(votes: Votes) -> polls::Votes {
	polls::Votes { heads: votes.heads, amount: votes.amount }
}

type Place<'a> = &'a dyn Fn(u8) -> ([u8; 32], usize);

/// What comes of an item, and the sets of options that were equal where it mattered.
fn outcome(
	kind: ItemKind,
	mut passing: Vec<(u8, Votes)>,
	turnout: Votes,
	place: Place,
) -> (ItemOutcome, Vec<u32>) {
	if kind == ItemKind::Resolution {
		let outcome = match passing.first() {
			Some((0, _)) => ItemOutcome::Passed,
			_ => ItemOutcome::Failed,
		};
		return (outcome, Vec::new());
	}
	passing.retain(|(_, votes)| votes.heads > 0);
	match kind {
		ItemKind::ApproveUpTo { seats, reserves, .. } if !passing.is_empty() => {
			passing.sort_by(|one, other| {
				rank(one, other, turnout).then_with(|| place(one.0).cmp(&place(other.0)))
			});
			let order: Vec<u8> = passing.iter().map(|(option, _)| *option).collect();
			let filled = order.len().min(seats.into());
			let waiting = order.len().min(filled + usize::from(reserves));
			let ties = ties(&passing, seats.into(), usize::from(seats) + usize::from(reserves));
			match (order[..filled].to_vec().try_into(), order[filled..waiting].to_vec().try_into())
			{
				(Ok(seats), Ok(reserves)) => (ItemOutcome::Elected { seats, reserves }, ties),
				_ => (ItemOutcome::Failed, Vec::new()),
			}
		}
		ItemKind::ChooseOne { .. } => {
			let most = passing.iter().map(|(_, votes)| votes.amount).max();
			passing.retain(|(_, votes)| Some(votes.amount) == most);
			match passing.as_slice() {
				[] => (ItemOutcome::Failed, Vec::new()),
				[(option, _)] => (ItemOutcome::Chosen { option: *option }, Vec::new()),
				tied => (ItemOutcome::Failed, vec![set(tied)]),
			}
		}
		_ => (ItemOutcome::Failed, Vec::new()),
	}
}

/// Share of the amount plus share of the heads that voted; then amount, then heads.
fn rank(one: &(u8, Votes), other: &(u8, Votes), turnout: Votes) -> Ordering {
	let key = |(_, votes): &(u8, Votes)| {
		let shares = BigUint::from(votes.amount) * turnout.heads
			+ BigUint::from(turnout.amount) * votes.heads;
		(Reverse(shares), Reverse(votes.amount), Reverse(votes.heads))
	};
	key(one).cmp(&key(other))
}

/// Those with the same heads and fen who do not all have a seat, and of whom one has a place at all.
fn ties(ranked: &[(u8, Votes)], seats: usize, places: usize) -> Vec<u32> {
	let mut before = 0;
	let groups = ranked.chunk_by(|one, other| one.1 == other.1);
	let mut ties = Vec::new();
	for group in groups {
		let after = before + group.len();
		if group.len() > 1 && before < places && after > seats {
			ties.push(set(group));
		}
		before = after;
	}
	ties
}

fn set(options: &[(u8, Votes)]) -> u32 {
	options.iter().fold(0, |set, (option, _)| set | 1 << option)
}
