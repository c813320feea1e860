//! What comes of an item, in whole numbers of any size.

use super::count::{sum, ClassCount, ItemCount};
use num_bigint::BigUint;
use std::{
	cmp::{Ordering, Reverse},
	collections::BTreeMap,
};
use winddown_primitives::{
	rules::{Base, Bound, Measure, Part, Rule, Scope, Test},
	ClassId, Item, ItemKind, ItemOutcome, Votes,
};

/// The votes on one option, of one class or of everybody.
#[derive(Clone, Copy, Default)]
struct Sides {
	eligible: Votes,
	voted: Votes,
	in_favour: Votes,
	abstained: Votes,
}

/// Counts and decides the item at `at`; `None` when a sum overflows.
pub(super) fn item(
	item: &Item,
	at: usize,
	classes: &BTreeMap<ClassId, ClassCount>,
) -> Option<ItemCount> {
	let mut options = Vec::new();
	let mut passing = Vec::new();
	for option in 0..usize::from(item.kind.options()) {
		let sides: Vec<Sides> = classes
			.values()
			.map(|class| Sides {
				eligible: class.eligible,
				voted: class.voted,
				in_favour: class.options[at][option],
				abstained: class.abstained[at],
			})
			.collect();
		let in_favour = sum(sides.iter().map(|side| side.in_favour)).ok()?;
		if passes(&item.rule, &sides)? {
			passing.push((option as u8, in_favour));
		}
		options.push(in_favour);
	}
	let turnout = sum(classes.values().map(|class| class.voted)).ok()?;
	Some(ItemCount {
		options,
		abstained: sum(classes.values().map(|class| class.abstained[at])).ok()?,
		outcome: outcome(item.kind, passing, turnout),
	})
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

/// Whether the rule holds; a class without heads has no say. `None` when a sum overflows.
fn passes(rule: &Rule, classes: &[Sides]) -> Option<bool> {
	let populated: Vec<Sides> =
		classes.iter().filter(|class| class.eligible.heads > 0).copied().collect();
	let judged = match rule.scope {
		Scope::EveryClass => populated,
		Scope::WholeRoll if populated.is_empty() => populated,
		Scope::WholeRoll => vec![Sides {
			eligible: sum(populated.iter().map(|class| class.eligible)).ok()?,
			voted: sum(populated.iter().map(|class| class.voted)).ok()?,
			in_favour: sum(populated.iter().map(|class| class.in_favour)).ok()?,
			abstained: sum(populated.iter().map(|class| class.abstained)).ok()?,
		}],
	};
	let all = |side: &Sides| rule.tests.iter().all(|test| holds(test, side));
	Some(!judged.is_empty() && judged.iter().all(all))
}

fn holds(test: &Test, side: &Sides) -> bool {
	let measure = |votes: Votes| match test.measure {
		Measure::Heads => BigUint::from(votes.heads),
		Measure::Amount => BigUint::from(votes.amount),
	};
	let part = match test.part {
		Part::Voted => measure(side.voted),
		Part::For => measure(side.in_favour),
		Part::Abstained => measure(side.abstained),
		Part::Against => {
			let others = measure(side.in_favour) + measure(side.abstained);
			let voted = measure(side.voted);
			if others > voted {
				return false;
			}
			voted - others
		}
	};
	let base = match test.base {
		Base::Eligible => measure(side.eligible),
		Base::Voted => measure(side.voted),
	};
	if base == BigUint::ZERO {
		return false;
	}
	let needed = (base * test.numerator).cmp(&(part * test.denominator));
	match test.bound {
		Bound::AtLeast => needed != Ordering::Greater,
		Bound::MoreThan => needed == Ordering::Less,
	}
}
