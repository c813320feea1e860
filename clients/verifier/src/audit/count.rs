//! Counting ballots and deciding items, from the ballots and the roll alone.

use super::rules::{self, passes, ClassVotes};
use crate::chain::types::{
	Class, ClassTally, Item, ItemKind, ItemOutcome, ItemResult, Lot, PollId, PollResult, TieBreak,
	Totals, Votes,
};
use num_bigint::BigUint;
use std::{cmp::Reverse, collections::BTreeMap};
use winddown_proof::Ground;

/// A ballot that counts: its class, its fen, its marks on each item.
pub type Counted<'a> = (Class, u128, &'a [u32]);

/// The counts of every class of the roll; `None` when a sum leaves its range or a ballot is of a
/// class that the roll does not have.
pub fn tally<'a>(
	items: &[Item],
	roll: &Totals,
	ballots: impl Iterator<Item = Counted<'a>>,
) -> Option<BTreeMap<Class, ClassTally>> {
	let options: usize = items.iter().map(|item| usize::from(item.kind.limits().0)).sum();
	let empty = ClassTally {
		voted: Votes::default(),
		options: vec![Votes::default(); options],
		abstained: vec![Votes::default(); items.len()],
	};
	let mut tallies: BTreeMap<Class, ClassTally> =
		roll.iter().map(|(class, _)| (*class, empty.clone())).collect();
	for (class, amount, choices) in ballots {
		count(tallies.get_mut(&class)?, items, amount, choices)?;
	}
	Some(tallies)
}

fn count(tally: &mut ClassTally, items: &[Item], amount: u128, choices: &[u32]) -> Option<()> {
	add(&mut tally.voted, amount)?;
	let mut first = 0;
	for (at, (item, marks)) in items.iter().zip(choices).enumerate() {
		if *marks == 0 {
			add(&mut tally.abstained[at], amount)?;
		}
		let options = usize::from(item.kind.limits().0);
		for option in (0..options).filter(|option| marks >> option & 1 == 1) {
			add(&mut tally.options[first + option], amount)?;
		}
		first += options;
	}
	Some(())
}

fn add(votes: &mut Votes, amount: u128) -> Option<()> {
	votes.heads = votes.heads.checked_add(1)?;
	votes.amount = votes.amount.checked_add(amount)?;
	Some(())
}

/// The sum; `None` when it leaves its range.
pub fn sum(votes: impl Iterator<Item = Votes>) -> Option<Votes> {
	votes.into_iter().try_fold(Votes::default(), |sum, votes| {
		Some(Votes {
			heads: sum.heads.checked_add(votes.heads)?,
			amount: sum.amount.checked_add(votes.amount)?,
		})
	})
}

/// What settles ties between candidates.
#[derive(Clone, Copy)]
pub struct Settling<'a> {
	/// The poll.
	pub poll: PollId,
	/// Options in the order in which a tie goes; empty for that of the ballot.
	pub precedence: &'a [u8],
	/// The lot that decides instead.
	pub lot: Option<Lot>,
}

impl Settling<'_> {
	/// Where a tied option comes; the smallest first.
	fn place(&self, item: usize, option: u8) -> ([u8; 32], usize) {
		match self.lot {
			Some(lot) => (lot.of_option(self.poll, item as u8, option), option.into()),
			None => {
				let named = self.precedence.iter().position(|other| *other == option);
				([0; 32], named.unwrap_or(option.into()))
			}
		}
	}
}

/// Whether a result waits for a lot.
pub fn needs_lot(tie_break: TieBreak, items: &[Item], result: &PollResult) -> bool {
	let mut each = items.iter().zip(&result.items);
	tie_break == TieBreak::Lot
		&& each.any(|(item, result)| {
			matches!(item.kind, ItemKind::ApproveUpTo { .. }) && !result.ties.is_empty()
		})
}

/// The result of a poll by its counts; `None` when a sum leaves its range.
pub fn result(
	items: &[Item],
	roll: &Totals,
	tallies: &BTreeMap<Class, ClassTally>,
	settling: Settling,
) -> Option<PollResult> {
	let turnout = sum(tallies.values().map(|tally| tally.voted))?;
	let mut first = 0;
	let mut results = Vec::new();
	for (at, item) in items.iter().enumerate() {
		let options = usize::from(item.kind.limits().0);
		let range = first..first + options;
		let each = range.clone().map(|option| option_votes(option, at, roll, tallies));
		let passing: Vec<bool> = each.map(|classes| passes(&item.rule, &classes)).collect();
		let total = |of: &dyn Fn(&ClassTally) -> Votes| sum(tallies.values().map(of));
		let counts: Vec<Votes> =
			range.map(|option| total(&|tally| tally.options[option])).collect::<Option<_>>()?;
		let place = |option| settling.place(at, option);
		let (outcome, ties) = decide(item.kind, &counts, &passing, turnout, place);
		results.push(ItemResult {
			outcome,
			ties,
			abstained: total(&|tally| tally.abstained[at])?,
			options: counts,
		});
		first += options;
	}
	let eligible = sum(roll.iter().map(|(_, votes)| *votes))?;
	Some(PollResult { eligible, turnout, items: results, lot: settling.lot })
}

/// What the rule of each item measured, for each option that may win by it: of a resolution only for it,
/// not against it.
pub fn grounds(
	items: &[Item],
	roll: &Totals,
	tallies: &BTreeMap<Class, ClassTally>,
) -> Vec<Vec<Vec<Ground>>> {
	let mut first = 0;
	let mut all = Vec::new();
	for (at, item) in items.iter().enumerate() {
		let options = usize::from(item.kind.limits().0);
		let winning = match item.kind {
			ItemKind::Resolution => 1,
			_ => options,
		};
		let votes = (first..first + winning).map(|option| option_votes(option, at, roll, tallies));
		all.push(votes.map(|votes| rules::grounds(&item.rule, &votes)).collect());
		first += options;
	}
	all
}

fn option_votes(
	option: usize,
	item: usize,
	roll: &Totals,
	tallies: &BTreeMap<Class, ClassTally>,
) -> Vec<ClassVotes> {
	roll.iter()
		.filter_map(|(class, eligible)| {
			let tally = tallies.get(class)?;
			Some(ClassVotes {
				class: *class,
				eligible: *eligible,
				voted: tally.voted,
				in_favour: tally.options[option],
				abstained: tally.abstained[item],
			})
		})
		.collect()
}

type Ties = Vec<u32>;

fn decide(
	kind: ItemKind,
	counts: &[Votes],
	passing: &[bool],
	turnout: Votes,
	place: impl Fn(u8) -> ([u8; 32], usize),
) -> (ItemOutcome, Ties) {
	// Whoever nobody voted for does not stand, whatever a rule says.
	let standing = || {
		let all = counts.iter().zip(passing).enumerate();
		all.filter(|(_, (votes, passes))| **passes && votes.heads > 0)
			.map(|(option, (votes, _))| (option as u8, *votes))
			.collect::<Vec<_>>()
	};
	match kind {
		ItemKind::Resolution if passing[0] => (ItemOutcome::Passed, vec![]),
		ItemKind::Resolution => (ItemOutcome::Failed, vec![]),
		ItemKind::ChooseOne { .. } => choose(standing()),
		ItemKind::ApproveUpTo { seats, reserves, .. } => {
			elect(standing(), seats, reserves, turnout, place)
		}
	}
}

/// The option with the greatest amount; nobody wins a tie.
fn choose(standing: Vec<(u8, Votes)>) -> (ItemOutcome, Ties) {
	let best = standing.iter().map(|(_, votes)| votes.amount).max();
	let winners: Vec<u8> = standing
		.iter()
		.filter(|(_, votes)| Some(votes.amount) == best)
		.map(|(option, _)| *option)
		.collect();
	match winners.as_slice() {
		[] => (ItemOutcome::Failed, vec![]),
		[option] => (ItemOutcome::Chosen { option: *option }, vec![]),
		tied => (ItemOutcome::Failed, vec![set(tied.iter().copied())]),
	}
}

/// Seats, then reserves, by the share of the amount plus the share of the heads that voted; on a tie
/// by amount, then heads, then `place`.
fn elect(
	mut standing: Vec<(u8, Votes)>,
	seats: u8,
	reserves: u8,
	turnout: Votes,
	place: impl Fn(u8) -> ([u8; 32], usize),
) -> (ItemOutcome, Ties) {
	if standing.is_empty() {
		return (ItemOutcome::Failed, vec![]);
	}
	standing.sort_by_cached_key(|(option, votes)| {
		// Both shares on their common denominator.
		let share = BigUint::from(votes.amount) * turnout.heads
			+ BigUint::from(turnout.amount) * votes.heads;
		(Reverse(share), Reverse(votes.amount), Reverse(votes.heads), place(*option))
	});
	let ties = ties(&standing, seats.into(), usize::from(seats) + usize::from(reserves));
	let mut ranked = standing.into_iter().map(|(option, _)| option);
	let seats = ranked.by_ref().take(seats.into()).collect();
	(ItemOutcome::Elected { seats, reserves: ranked.take(reserves.into()).collect() }, ties)
}

/// Equals of whom not all have a seat, and of whom one has at least a place in reserve.
fn ties(ranked: &[(u8, Votes)], seats: usize, places: usize) -> Ties {
	let mut ties = vec![];
	let mut from = 0;
	while from < ranked.len() {
		let equal = ranked[from..].iter().take_while(|other| other.1 == ranked[from].1).count();
		let to = from + equal;
		if equal > 1 && to > seats && from < places {
			ties.push(set(ranked[from..to].iter().map(|(option, _)| *option)));
		}
		from = to;
	}
	ties
}

fn set(options: impl Iterator<Item = u8>) -> u32 {
	options.fold(0, |set, option| set | 1 << option)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::types::{Base, Bound, Measure, Part, Rule, Scope, Test};

	fn majority() -> Rule {
		let (part, base, measure) = (Part::For, Base::Voted, Measure::Amount);
		let (bound, numerator, denominator) = (Bound::MoreThan, 0, 1);
		let test = Test { part, base, measure, bound, numerator, denominator };
		Rule { scope: Scope::WholeRoll, tests: vec![test] }
	}

	fn item(kind: ItemKind) -> Item {
		Item { kind, rule: majority(), documents: vec![] }
	}

	fn outcome(kind: ItemKind, ballots: &[(u128, u32)]) -> (ItemResult, Votes) {
		let items = [item(kind)];
		let roll = vec![(0, Votes { heads: 100, amount: 1_000_000 })];
		let ballots: Vec<(u128, [u32; 1])> = ballots.iter().map(|(a, m)| (*a, [*m])).collect();
		let counted = ballots.iter().map(|(amount, marks)| (0, *amount, marks.as_slice()));
		let tallies = tally(&items, &roll, counted).unwrap();
		let settling = Settling { poll: 0, precedence: &[], lot: None };
		let result = result(&items, &roll, &tallies, settling).unwrap();
		(result.items[0].clone(), result.turnout)
	}

	#[test]
	fn abstaining_takes_part_and_is_for_nothing() {
		let (item, turnout) = outcome(ItemKind::Resolution, &[(5, 1), (7, 2), (9, 0)]);
		assert_eq!(turnout, Votes { heads: 3, amount: 21 });
		let one = |amount| Votes { heads: 1, amount };
		assert_eq!((item.options, item.abstained), (vec![one(5), one(7)], one(9)));
	}

	#[test]
	fn the_greatest_amount_is_chosen_and_a_tie_chooses_nothing() {
		let kind = ItemKind::ChooseOne { options: 3 };
		let chosen = outcome(kind, &[(5, 1), (7, 2), (6, 4)]).0.outcome;
		assert_eq!(chosen, ItemOutcome::Chosen { option: 1 });
		assert_eq!(outcome(kind, &[(7, 1), (7, 2)]).0.outcome, ItemOutcome::Failed);
	}

	#[test]
	fn seats_go_by_both_shares_and_ties_by_nomination() {
		let kind = ItemKind::ApproveUpTo { candidates: 4, seats: 1, reserves: 2 };
		// Candidates 0 and 2 are even in everything; nobody is for 3.
		let ballots = [(10, 0b001), (10, 0b100), (4, 0b010)];
		let elected = ItemOutcome::Elected { seats: vec![0], reserves: vec![2, 1] };
		let found = outcome(kind, &ballots).0;
		assert_eq!((found.outcome, found.ties), (elected, vec![0b101]));
	}
}
