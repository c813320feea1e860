//! What comes of an item, in whole numbers of any size.

use super::count::{sum, ClassCount, ItemCount};
use crate::law::of_proof;
use num_bigint::BigUint;
use std::{
	cmp::{Ordering, Reverse},
	collections::BTreeMap,
};
use winddown_primitives::{ClassId, Item, ItemKind, ItemOutcome, Votes};
use winddown_proof::{
	grounds::{self, ClassVotes, Ground},
	layout::polls,
};

/// Counts and decides the item at `at`; `None` when a sum overflows or the votes do not add up.
pub(super) fn item(
	item: &Item,
	at: usize,
	classes: &BTreeMap<ClassId, ClassCount>,
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
	Some(ItemCount {
		options,
		abstained: sum(classes.values().map(|class| class.abstained[at])).ok()?,
		outcome: outcome(item.kind, passing, turnout),
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

fn outcome(kind: ItemKind, mut passing: Vec<(u8, Votes)>, turnout: Votes) -> ItemOutcome {
	if kind == ItemKind::Resolution {
		return match passing.first() {
			Some((0, _)) => ItemOutcome::Passed,
			_ => ItemOutcome::Failed,
		};
	}
	passing.retain(|(_, votes)| votes.heads > 0);
	match kind {
		ItemKind::ApproveUpTo { seats, reserves, .. } if !passing.is_empty() => {
			passing.sort_by(|one, other| rank(one, other, turnout));
			let order: Vec<u8> = passing.iter().map(|(option, _)| *option).collect();
			let filled = order.len().min(seats.into());
			let waiting = order.len().min(filled + usize::from(reserves));
			match (order[..filled].to_vec().try_into(), order[filled..waiting].to_vec().try_into())
			{
				(Ok(seats), Ok(reserves)) => ItemOutcome::Elected { seats, reserves },
				_ => ItemOutcome::Failed,
			}
		}
		ItemKind::ChooseOne { .. } => {
			let most = passing.iter().map(|(_, votes)| votes.amount).max();
			let mut best = passing.iter().filter(|(_, votes)| Some(votes.amount) == most);
			match (best.next(), best.next()) {
				(Some((option, _)), None) => ItemOutcome::Chosen { option: *option },
				_ => ItemOutcome::Failed,
			}
		}
		_ => ItemOutcome::Failed,
	}
}

/// Share of the amount plus share of the heads that voted; then amount, heads, and who was
/// nominated first.
fn rank(one: &(u8, Votes), other: &(u8, Votes), turnout: Votes) -> Ordering {
	let key = |(option, votes): &(u8, Votes)| {
		let shares = BigUint::from(votes.amount) * turnout.heads
			+ BigUint::from(turnout.amount) * votes.heads;
		(Reverse(shares), Reverse(votes.amount), Reverse(votes.heads), *option)
	};
	key(one).cmp(&key(other))
}
