//! Who won, decided once more from the counts: the best of those who met the rule, and how equals were settled.

use crate::{
	hash::Hash,
	layout::polls::{ItemKind, ItemOutcome, Lot, Votes},
};
use alloc::{vec, vec::Vec};
use codec::Encode;
use core::cmp::Reverse;

/// What settles a tie between candidates.
pub struct Settling<'a> {
	/// The poll.
	pub poll: u32,
	/// Options in the order in which a tie goes; empty for that of the ballot.
	pub precedence: &'a [u8],
	/// The lot that decides instead.
	pub lot: Option<Lot>,
}

impl Settling<'_> {
	/// Where a tied option comes; the smallest first.
	fn place(&self, item: u8, option: u8) -> (Hash, usize) {
		match self.lot {
			Some(Lot { hash, .. }) => {
				let drawn = (hash, self.poll, item, option).encode();
				(Hash::of(&[&b"winddown/lot/tie/v1"[..], &drawn].concat()), option.into())
			}
			None => {
				let named = self.precedence.iter().position(|other| *other == option);
				(Hash([0; 32]), named.unwrap_or(option.into()))
			}
		}
	}
}

/// What comes of the item at `item`, and the options that were equal where it mattered; `None` when a number
/// leaves its range. `passing` tells of each option that may win whether it met the rule.
pub fn decide(
	item: u8,
	kind: ItemKind,
	counted: &[Votes],
	passing: &[bool],
	turnout: Votes,
	settling: &Settling<'_>,
) -> Option<(ItemOutcome, Vec<u32>)> {
	let standing = || {
		// Whoever nobody voted for does not stand, whatever a rule says.
		let all = (0u8..).zip(counted.iter().zip(passing));
		all.filter(|(_, (votes, passes))| **passes && votes.heads > 0)
			.map(|(option, (votes, _))| (option, *votes))
			.collect::<Vec<_>>()
	};
	match kind {
		ItemKind::Resolution if *passing.first()? => Some((ItemOutcome::Passed, vec![])),
		ItemKind::Resolution => Some((ItemOutcome::Failed, vec![])),
		ItemKind::ChooseOne { .. } => Some(choose(&standing())),
		ItemKind::ApproveUpTo { seats, reserves, .. } => {
			let place = |option| settling.place(item, option);
			elect(&standing(), seats.into(), reserves.into(), turnout, place)
		}
	}
}

/// The option with the greatest amount; nobody wins a tie.
fn choose(standing: &[(u8, Votes)]) -> (ItemOutcome, Vec<u32>) {
	let best = standing.iter().map(|(_, votes)| votes.amount).max();
	let best = standing.iter().filter(|(_, votes)| Some(votes.amount) == best);
	let options: Vec<u8> = best.map(|(option, _)| *option).collect();
	match options[..] {
		[] => (ItemOutcome::Failed, vec![]),
		[option] => (ItemOutcome::Chosen { option }, vec![]),
		_ => (ItemOutcome::Failed, vec![marks(&options)]),
	}
}

/// Seats, then reserves, by the share of the amount plus the share of the heads that voted; on a tie by amount,
/// then heads, then `place`.
fn elect(
	standing: &[(u8, Votes)],
	seats: usize,
	reserves: usize,
	turnout: Votes,
	place: impl Fn(u8) -> (Hash, usize),
) -> Option<(ItemOutcome, Vec<u32>)> {
	if standing.is_empty() {
		return Some((ItemOutcome::Failed, vec![]));
	}
	let mut ranked = Vec::with_capacity(standing.len());
	for (option, votes) in standing {
		// Both shares on their common denominator.
		let amount = votes.amount.checked_mul(turnout.heads.into())?;
		let share = turnout.amount.checked_mul(votes.heads.into())?.checked_add(amount)?;
		let (hash, position) = place(*option);
		let order = (Reverse((share, votes.amount, votes.heads)), hash.0, position);
		ranked.push((order, *option, *votes));
	}
	ranked.sort_by_key(|(order, ..)| *order);
	let options: Vec<u8> = ranked.iter().map(|(_, option, _)| *option).collect();
	let ties = ranked
		.chunk_by(|one, other| one.2 == other.2)
		.scan(0, |from, equals| {
			let at = *from;
			*from += equals.len();
			Some((at, equals))
		})
		// Not all of them have a seat, and one has at least a place in reserve.
		.filter(|(from, equals)| {
			equals.len() > 1 && from + equals.len() > seats && *from < seats + reserves
		})
		.map(|(_, equals)| marks(&equals.iter().map(|(_, option, _)| *option).collect::<Vec<_>>()));
	let ties = ties.collect();
	let elected = options.iter().take(seats).copied().collect();
	let in_reserve = options.iter().skip(seats).take(reserves).copied().collect();
	Some((ItemOutcome::Elected { seats: elected, reserves: in_reserve }, ties))
}

/// Options as a set of marks.
fn marks(options: &[u8]) -> u32 {
	options.iter().fold(0, |set, option| set | 1 << option)
}

#[cfg(test)]
mod tests {
	use super::*;

	const NAMED: Settling<'_> = Settling { poll: 3, precedence: &[], lot: None };

	fn votes(heads: u32, amount: u128) -> Votes {
		Votes { heads, amount }
	}

	fn decided(
		kind: ItemKind,
		counted: &[Votes],
		settling: &Settling<'_>,
	) -> (ItemOutcome, Vec<u32>) {
		let passing = vec![true; counted.len()];
		decide(1, kind, counted, &passing, votes(10, 100), settling).unwrap()
	}

	#[test]
	fn the_greatest_amount_is_chosen_and_a_tie_chooses_nothing() {
		let kind = ItemKind::ChooseOne { options: 3 };
		let chosen = decided(kind, &[votes(9, 5), votes(1, 7), votes(2, 6)], &NAMED);
		assert_eq!(chosen, (ItemOutcome::Chosen { option: 1 }, vec![]));
		let tied = decided(kind, &[votes(9, 7), votes(1, 7), votes(2, 6)], &NAMED);
		assert_eq!(tied, (ItemOutcome::Failed, vec![0b011]));
		let nobody = decided(kind, &[votes(0, 0); 3], &NAMED);
		assert_eq!(nobody, (ItemOutcome::Failed, vec![]), "nobody voted for them");
	}

	#[test]
	fn seats_go_by_both_shares_and_a_tie_by_the_order_of_the_terms() {
		let kind = ItemKind::ApproveUpTo { candidates: 4, seats: 1, reserves: 2 };
		let counted = [votes(4, 40), votes(2, 30), votes(4, 40), votes(0, 0)];
		let elected = |seats: &[u8], reserves: &[u8]| ItemOutcome::Elected {
			seats: seats.to_vec(),
			reserves: reserves.to_vec(),
		};
		assert_eq!(decided(kind, &counted, &NAMED), (elected(&[0], &[2, 1]), vec![0b101]));
		let settling = Settling { precedence: &[2, 1, 0, 3], ..NAMED };
		assert_eq!(decided(kind, &counted, &settling), (elected(&[2], &[0, 1]), vec![0b101]));
		// More heads weigh as much as more money.
		let counted = [votes(9, 10), votes(1, 60), votes(0, 0), votes(1, 1)];
		assert_eq!(decided(kind, &counted, &NAMED), (elected(&[0], &[1, 3]), vec![]));
		// Who is behind every place ties with nobody.
		let kind = ItemKind::ApproveUpTo { candidates: 4, seats: 1, reserves: 0 };
		let counted = [votes(9, 10), votes(1, 5), votes(1, 5), votes(0, 0)];
		assert_eq!(decided(kind, &counted, &NAMED), (elected(&[0], &[]), vec![]));
	}

	#[test]
	fn a_lot_settles_what_is_equal_and_nothing_else() {
		let kind = ItemKind::ApproveUpTo { candidates: 3, seats: 1, reserves: 1 };
		let counted = [votes(4, 40), votes(5, 50), votes(4, 40)];
		let orders: Vec<_> = (0..8u8)
			.map(|seed| {
				let lot = Some(Lot { block: 9, hash: Hash([seed; 32]) });
				decided(kind, &counted, &Settling { lot, ..NAMED })
			})
			.collect();
		let with = |reserve| ItemOutcome::Elected { seats: vec![1], reserves: vec![reserve] };
		assert!(orders.iter().all(|(_, ties)| *ties == [0b101]));
		for reserve in [0, 2] {
			assert!(orders.iter().any(|(outcome, _)| *outcome == with(reserve)), "{reserve}");
		}
	}

	#[test]
	fn who_did_not_meet_the_rule_does_not_win() {
		let kind = ItemKind::ApproveUpTo { candidates: 2, seats: 2, reserves: 0 };
		let counted = [votes(9, 90), votes(1, 10)];
		let found = decide(0, kind, &counted, &[false, true], votes(10, 100), &NAMED).unwrap();
		assert_eq!(found.0, ItemOutcome::Elected { seats: vec![1], reserves: vec![] });
		let none = decide(0, kind, &counted, &[false; 2], votes(10, 100), &NAMED).unwrap();
		assert_eq!(none, (ItemOutcome::Failed, vec![]));
		let huge = [votes(2, u128::MAX), votes(1, 1)];
		assert_eq!(decide(0, kind, &huge, &[true; 2], votes(3, u128::MAX), &NAMED), None);
	}
}
