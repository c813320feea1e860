//! Vote rules, evaluated for the audit alone, in numbers without a bound.

use crate::chain::types::{Base, Bound, Class, Measure, Part, Rule, Scope, Test, Votes};
use codec::{DecodeAll, Encode};
use num_bigint::BigUint;
use winddown_proof::{layout::polls, Ground};

/// The votes on one option within one class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClassVotes {
	/// The class.
	pub class: Class,
	/// On the roll.
	pub eligible: Votes,
	/// Took part.
	pub voted: Votes,
	/// For the option.
	pub in_favour: Votes,
	/// Marked nothing.
	pub abstained: Votes,
}

/// Heads and fen without a bound.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Sum {
	heads: BigUint,
	amount: BigUint,
}

impl Sum {
	fn over(classes: &[ClassVotes], votes: impl Fn(&ClassVotes) -> Votes) -> Self {
		classes.iter().map(votes).fold(Self::default(), |sum, votes| Self {
			heads: sum.heads + votes.heads,
			amount: sum.amount + votes.amount,
		})
	}

	fn within(&self, whole: &Self) -> bool {
		self.heads <= whole.heads && self.amount <= whole.amount
	}

	fn minus(&self, other: &Self) -> Option<Self> {
		other.within(self).then(|| Self {
			heads: &self.heads - &other.heads,
			amount: &self.amount - &other.amount,
		})
	}

	fn measure(&self, measure: Measure) -> &BigUint {
		match measure {
			Measure::Heads => &self.heads,
			Measure::Amount => &self.amount,
		}
	}
}

/// Whether an option with these votes passes; one entry for each class of the roll.
pub fn passes(rule: &Rule, classes: &[ClassVotes]) -> bool {
	let in_order = |votes: &ClassVotes| {
		let sum = |v: Votes| Sum { heads: v.heads.into(), amount: v.amount.into() };
		let voted = sum(votes.voted);
		voted.within(&sum(votes.eligible))
			&& sum(votes.in_favour).within(&voted)
			&& sum(votes.abstained).within(&voted)
	};
	if !classes.iter().all(in_order) {
		return false;
	}
	// A class with nobody on the roll has no say.
	let classes: Vec<ClassVotes> =
		classes.iter().filter(|votes| votes.eligible.heads > 0).copied().collect();
	let all_hold = |classes: &[ClassVotes]| rule.tests.iter().all(|test| holds(test, classes));
	match rule.scope {
		_ if classes.is_empty() => false,
		Scope::WholeRoll => all_hold(&classes),
		Scope::EveryClass => classes.iter().all(|class| all_hold(std::slice::from_ref(class))),
	}
}

/// What each test of the rule measures, for the report. Numbers and verdicts are the audit's own, only the
/// words are those of every report. A number that the chain could not hold is left out: there is no result
/// then.
pub fn grounds(rule: &Rule, classes: &[ClassVotes]) -> Vec<Ground> {
	let classes: Vec<ClassVotes> =
		classes.iter().filter(|votes| votes.eligible.heads > 0).copied().collect();
	let judged: Vec<(Option<Class>, &[ClassVotes])> = match rule.scope {
		_ if classes.is_empty() => vec![],
		Scope::WholeRoll => vec![(None, &classes[..])],
		Scope::EveryClass => {
			classes.iter().map(|votes| (Some(votes.class), std::slice::from_ref(votes))).collect()
		}
	};
	let each = judged.into_iter().flat_map(|(class, classes)| {
		let tests = (0u8..).zip(&rule.tests);
		tests.filter_map(move |(position, test)| {
			let (part, base) = measured(test, classes)?;
			Some(Ground {
				position,
				class,
				test: polls::Test::decode_all(&mut test.encode().as_slice()).ok()?,
				measured: part.try_into().ok()?,
				of: base.try_into().ok()?,
				met: holds(test, classes),
			})
		})
	});
	each.collect()
}

/// Whether one fraction holds over the classes together. A base of zero never passes.
fn holds(test: &Test, classes: &[ClassVotes]) -> bool {
	let Some((part, base)) = measured(test, classes) else { return false };
	if base == BigUint::ZERO {
		return false;
	}
	let (part, share) = (part * test.denominator, base * test.numerator);
	match test.bound {
		Bound::AtLeast => part >= share,
		Bound::MoreThan => part > share,
	}
}

/// Part and base of a fraction over the classes together; `None` when the votes do not add up.
fn measured(test: &Test, classes: &[ClassVotes]) -> Option<(BigUint, BigUint)> {
	let voted = Sum::over(classes, |votes| votes.voted);
	let in_favour = Sum::over(classes, |votes| votes.in_favour);
	let abstained = Sum::over(classes, |votes| votes.abstained);
	let part = match test.part {
		Part::Voted => voted.clone(),
		Part::For => in_favour,
		Part::Abstained => abstained,
		Part::Against => voted.minus(&abstained)?.minus(&in_favour)?,
	};
	let base = match test.base {
		Base::Eligible => Sum::over(classes, |votes| votes.eligible),
		Base::Voted => voted,
	};
	Some((part.measure(test.measure).clone(), base.measure(test.measure).clone()))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn votes(heads: u32, amount: u128) -> Votes {
		Votes { heads, amount }
	}

	fn class(eligible: Votes, voted: Votes, in_favour: Votes, abstained: Votes) -> ClassVotes {
		ClassVotes { class: 0, eligible, voted, in_favour, abstained }
	}

	fn rule(scope: Scope, tests: &[(Part, Base, Measure, Bound, u32, u32)]) -> Rule {
		let tests = tests.iter().map(|&(part, base, measure, bound, numerator, denominator)| {
			Test { part, base, measure, bound, numerator, denominator }
		});
		Rule { scope, tests: tests.collect() }
	}

	const HALF: (Part, Base, Measure) = (Part::For, Base::Voted, Measure::Amount);

	fn half(bound: Bound) -> Rule {
		rule(Scope::WholeRoll, &[(HALF.0, HALF.1, HALF.2, bound, 1, 2)])
	}

	#[test]
	fn exactly_half_is_at_least_half_but_not_more_than_half() {
		let even = [class(votes(4, 100), votes(2, 100), votes(1, 50), votes(0, 0))];
		assert!(passes(&half(Bound::AtLeast), &even));
		assert!(!passes(&half(Bound::MoreThan), &even));
		let more = [class(votes(4, 100), votes(2, 100), votes(1, 51), votes(0, 0))];
		assert!(passes(&half(Bound::MoreThan), &more));
	}

	#[test]
	fn every_class_must_pass_by_itself_and_an_empty_one_has_no_say() {
		let tests = [(Part::For, Base::Eligible, Measure::Amount, Bound::AtLeast, 2, 3)];
		let strong = class(votes(1, 900), votes(1, 900), votes(1, 900), votes(0, 0));
		let weak = class(votes(1, 100), votes(1, 100), votes(0, 0), votes(0, 0));
		let empty = class(votes(0, 0), votes(0, 0), votes(0, 0), votes(0, 0));
		assert!(passes(&rule(Scope::WholeRoll, &tests), &[strong, weak]));
		assert!(!passes(&rule(Scope::EveryClass, &tests), &[strong, weak]));
		assert!(passes(&rule(Scope::EveryClass, &tests), &[strong, empty]));
	}

	#[test]
	fn a_base_of_zero_and_an_empty_roll_never_pass() {
		let zero = rule(Scope::WholeRoll, &[(HALF.0, HALF.1, HALF.2, Bound::AtLeast, 0, 1)]);
		let nobody = [class(votes(4, 100), votes(0, 0), votes(0, 0), votes(0, 0))];
		assert!(!passes(&zero, &nobody));
		assert!(!passes(&zero, &[]));
	}

	#[test]
	fn sums_that_exceed_128_bits_are_compared_exactly() {
		let huge = u128::MAX;
		let classes = [
			class(votes(2, huge), votes(1, huge), votes(1, huge / 2), votes(0, 0)),
			class(votes(2, huge), votes(1, huge), votes(1, huge / 2 + 1), votes(0, 0)),
		];
		assert!(passes(&half(Bound::AtLeast), &classes));
		assert!(!passes(&half(Bound::MoreThan), &classes));
	}

	#[test]
	fn the_grounds_are_the_numbers_by_which_it_was_decided() {
		let tests = [
			(Part::Voted, Base::Eligible, Measure::Amount, Bound::MoreThan, 2, 3),
			(Part::For, Base::Voted, Measure::Heads, Bound::MoreThan, 1, 2),
		];
		let two_thirds = [class(votes(3, 300), votes(2, 200), votes(2, 200), votes(0, 0))];
		let whole = rule(Scope::WholeRoll, &tests);
		let told: Vec<String> =
			grounds(&whole, &two_thirds).iter().map(|ground| ground.english()).collect();
		assert_eq!(
			told,
			[
				"voted amount of all: 2.00 of 3.00 = 66.66… % = 2/3, and more is needed: not met",
				"for heads of voted: 2 of 2 = 100.00 % > 1/2: met",
			]
		);
		assert!(!passes(&whole, &two_thirds));
		let other = ClassVotes { class: 4, ..two_thirds[0] };
		let by_class = grounds(&rule(Scope::EveryClass, &tests), &[two_thirds[0], other]);
		let classes: Vec<_> = by_class.iter().map(|ground| ground.class).collect();
		assert_eq!(classes, [Some(0), Some(0), Some(4), Some(4)]);
		assert_eq!(grounds(&whole, &[]), []);
	}

	#[test]
	fn against_is_what_neither_favours_nor_abstains() {
		let against = rule(
			Scope::WholeRoll,
			&[(Part::Against, Base::Voted, Measure::Heads, Bound::AtLeast, 2, 10)],
		);
		let two = [class(votes(10, 10), votes(10, 10), votes(5, 5), votes(3, 3))];
		assert!(passes(&against, &two));
		let one = [class(votes(10, 10), votes(10, 10), votes(6, 6), votes(3, 3))];
		assert!(!passes(&against, &one));
	}
}
