//! Why an option passes or does not: what each test of its rule measured.
//!
//! Trust: none. It computes from the votes that it is given, in whole numbers of 256 bits.

use crate::layout::polls::{Base, Bound, Measure, Part, Rule, Scope, Test, Votes};
use alloc::{format, string::String, vec, vec::Vec};
use core::cmp::Ordering;
use serde::{Serialize, Serializer};
use sp_core::U256;

/// The decimals of a share in percent; more where its bound is nearer.
const DECIMALS: usize = 2;

/// The votes on one option within one class.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ClassVotes {
	/// The class.
	pub class: u8,
	/// Everybody on the roll.
	pub eligible: Votes,
	/// Everybody who took part.
	pub voted: Votes,
	/// Those for the option.
	pub in_favour: Votes,
	/// Those who marked nothing.
	pub abstained: Votes,
}

/// What one test of a rule measured. It is written as JSON with its words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ground {
	/// The position of the test in its rule, from 0.
	pub position: u8,
	/// The class that was measured by itself; `None` over the whole roll.
	pub class: Option<u8>,
	/// The test.
	pub test: Test,
	/// The test's part, in persons or fen.
	pub measured: u128,
	/// The test's base, in persons or fen.
	pub of: u128,
	/// Whether the test is met.
	pub met: bool,
}

/// What each test of a rule measured, class by class where it runs over classes. A class with nobody on
/// the roll has no say. `None` when the votes do not add up.
pub fn grounds(rule: &Rule, classes: &[ClassVotes]) -> Option<Vec<Ground>> {
	let populated: Vec<_> = classes.iter().filter(|votes| votes.eligible.heads > 0).collect();
	let judged = match (rule.scope, populated.split_first()) {
		(_, None) => vec![],
		(Scope::EveryClass, _) => {
			populated.iter().map(|votes| (Some(votes.class), **votes)).collect()
		}
		(Scope::WholeRoll, Some((first, rest))) => {
			let whole = rest.iter().try_fold(**first, |sum, votes| sum.checked_add(votes))?;
			vec![(None, whole)]
		}
	};
	let each = judged.iter().flat_map(|(class, votes)| {
		let tests = (0..).zip(&rule.tests);
		tests.map(|(position, test)| Ground::new(position, *class, *test, votes))
	});
	each.collect()
}

/// Whether an option with these grounds passes: every test is met, and somebody is on the roll.
pub fn pass(grounds: &[Ground]) -> bool {
	!grounds.is_empty() && grounds.iter().all(|ground| ground.met)
}

/// The grounds of an item, by option, in the order in which they are told: tests of the turnout first and
/// once, since they measure the same for every option; then those of each option, with its number from 0.
pub fn in_order(grounds: &[Vec<Ground>]) -> Vec<(Option<u8>, &Ground)> {
	let is_turnout = |ground: &&Ground| ground.test.part == Part::Voted;
	let turnout = grounds.first().into_iter().flatten().filter(is_turnout);
	let each = (0u8..).zip(grounds).flat_map(|(option, grounds)| {
		let of_option = grounds.iter().filter(move |ground| !is_turnout(ground));
		of_option.map(move |ground| (Some(option), ground))
	});
	turnout.map(|ground| (None, ground)).chain(each).collect()
}

impl Votes {
	pub(crate) fn checked_add(self, other: Self) -> Option<Self> {
		let heads = self.heads.checked_add(other.heads)?;
		Some(Self { heads, amount: self.amount.checked_add(other.amount)? })
	}

	fn checked_sub(self, other: Self) -> Option<Self> {
		let heads = self.heads.checked_sub(other.heads)?;
		Some(Self { heads, amount: self.amount.checked_sub(other.amount)? })
	}

	fn measure(self, measure: Measure) -> u128 {
		match measure {
			Measure::Heads => self.heads.into(),
			Measure::Amount => self.amount,
		}
	}
}

impl ClassVotes {
	fn checked_add(&self, other: &Self) -> Option<Self> {
		Some(Self {
			class: self.class,
			eligible: self.eligible.checked_add(other.eligible)?,
			voted: self.voted.checked_add(other.voted)?,
			in_favour: self.in_favour.checked_add(other.in_favour)?,
			abstained: self.abstained.checked_add(other.abstained)?,
		})
	}
}

impl Ground {
	fn new(position: u8, class: Option<u8>, test: Test, votes: &ClassVotes) -> Option<Self> {
		votes.eligible.checked_sub(votes.voted)?;
		let others = votes.in_favour.checked_add(votes.abstained)?;
		let against = votes.voted.checked_sub(others)?;
		let part = match test.part {
			Part::Voted => votes.voted,
			Part::For => votes.in_favour,
			Part::Against => against,
			Part::Abstained => votes.abstained,
		};
		let base = match test.base {
			Base::Eligible => votes.eligible,
			Base::Voted => votes.voted,
		};
		let (measured, of) = (part.measure(test.measure), base.measure(test.measure));
		let ground = Self { position, class, test, measured, of, met: false };
		let met = match (ground.relation(), test.bound) {
			(None | Some(Ordering::Less), _) => false,
			(Some(Ordering::Equal), bound) => bound == Bound::AtLeast,
			(Some(Ordering::Greater), _) => true,
		};
		Some(Self { met, ..ground })
	}

	/// How the share stands to the fraction of the test; `None` where there is nothing to measure
	/// against, which never passes.
	pub fn relation(&self) -> Option<Ordering> {
		let Test { numerator, denominator, .. } = self.test;
		// 128 bits times 32 bits: neither product can exceed 160 bits.
		let part = U256::from(self.measured) * U256::from(denominator);
		let needed = U256::from(self.of) * U256::from(numerator);
		(self.of > 0).then(|| part.cmp(&needed))
	}

	/// The share in percent, cut off and never rounded, with as many decimals as tell it from the
	/// fraction of the test: `49.99`, `66.6666…` where it is the fraction itself and does not end.
	pub fn share(&self) -> Option<String> {
		let relation = self.relation()?;
		let mut own = Percent::of(self.measured, self.of);
		let mut needed = Percent::of(self.test.numerator.into(), self.test.denominator.into());
		let mut differs = relation == Ordering::Equal || own.whole != needed.whole;
		let mut decimals = String::new();
		// Fractions that differ do so within as many digits as their denominators have together.
		while decimals.len() < DECIMALS || !differs {
			let (digit, other) = (own.digit(), needed.digit());
			differs |= digit != other;
			decimals.push_str(&format!("{digit}"));
		}
		let goes_on = relation == Ordering::Equal && !own.rest.is_zero();
		Some(format!("{}.{decimals}{}", own.whole, if goes_on { "…" } else { "" }))
	}
}

/// A fraction in percent, by long division.
struct Percent {
	whole: U256,
	rest: U256,
	divisor: U256,
}

impl Percent {
	/// `divisor` is not zero.
	fn of(part: u128, divisor: u128) -> Self {
		let divisor = U256::from(divisor);
		let (whole, rest) = (U256::from(part) * U256::from(100)).div_mod(divisor);
		Self { whole, rest, divisor }
	}

	/// The next decimal.
	fn digit(&mut self) -> U256 {
		let (digit, rest) = (self.rest * U256::from(10)).div_mod(self.divisor);
		self.rest = rest;
		digit
	}
}

/// A ground with its words.
#[derive(Serialize)]
struct Written {
	test: u8,
	class: Option<u8>,
	part: Part,
	base: Base,
	measure: Measure,
	measured: String,
	of: String,
	share: Option<String>,
	bound: Bound,
	numerator: u32,
	denominator: u32,
	met: bool,
	en: String,
	zh: String,
}

/// Numbers of votes are written as text, because many readers of JSON round large numbers.
impl Serialize for Ground {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		let Self { position, class, test, measured, of, met } = *self;
		let Test { part, base, measure, bound, numerator, denominator } = test;
		let written = Written {
			test: position,
			class,
			part,
			base,
			measure,
			measured: format!("{measured}"),
			of: format!("{of}"),
			share: self.share(),
			bound,
			numerator,
			denominator,
			met,
			en: self.english(),
			zh: self.chinese(),
		};
		written.serialize(serializer)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn test(part: Part, base: Base, measure: Measure, bound: Bound, of: (u32, u32)) -> Test {
		Test { part, base, measure, bound, numerator: of.0, denominator: of.1 }
	}

	fn votes(heads: u32, amount: u128) -> Votes {
		Votes { heads, amount }
	}

	fn class(class: u8, eligible: Votes, voted: Votes, in_favour: Votes) -> ClassVotes {
		ClassVotes { class, eligible, voted, in_favour, abstained: votes(0, 0) }
	}

	/// The turnout of a rule over amounts.
	fn turnout(measured: u128, of: u128, bound: Bound, needed: (u32, u32)) -> Ground {
		let test = test(Part::Voted, Base::Eligible, Measure::Amount, bound, needed);
		let one = class(0, votes(9, of), votes(6, measured), votes(0, 0));
		let rule = Rule { scope: Scope::WholeRoll, tests: vec![test] };
		grounds(&rule, &[one]).unwrap()[0]
	}

	#[test]
	fn exactly_two_thirds_do_not_exceed_two_thirds_and_it_is_said() {
		let ground = turnout(400_000, 600_000, Bound::MoreThan, (2, 3));
		assert!(!ground.met);
		assert_eq!(
			ground.english(),
			"voted amount of all: 4,000.00 of 6,000.00 = 66.66… % = 2/3, and more is needed: not met"
		);
		assert_eq!(
			ground.chinese(),
			"参加表决金额占全部金额：4,000.00/6,000.00元 = 66.66…% = 2/3，须超过，未达到"
		);
		let enough = turnout(400_000, 600_000, Bound::AtLeast, (2, 3));
		assert_eq!(
			enough.line(),
			"voted amount of all 参加表决金额占全部金额: 4,000.00 of 6,000.00 = 66.66… % = 2/3, which suffices 含本数: met 达到"
		);
	}

	#[test]
	fn a_fen_short_of_half_is_shown_as_less_than_half() {
		let ground = turnout(299_999, 600_000, Bound::AtLeast, (1, 2));
		assert_eq!(
			ground.line(),
			"voted amount of all 参加表决金额占全部金额: 2,999.99 of 6,000.00 = 49.99 % < 1/2: not met 未达到"
		);
	}

	#[test]
	fn a_share_shows_as_many_decimals_as_tell_it_from_the_fraction() {
		let share = |measured, of, needed| {
			let ground = turnout(measured, of, Bound::AtLeast, needed);
			(ground.share().unwrap(), ground.met)
		};
		assert_eq!(share(6_666_661, 10_000_000, (2, 3)), ("66.66661".into(), false));
		assert_eq!(share(6_666_667, 10_000_000, (2, 3)), ("66.66667".into(), true));
		assert_eq!(share(5_000_001, 10_000_000, (1, 2)), ("50.00001".into(), true));
		assert_eq!(share(4_999_999, 10_000_000, (1, 2)), ("49.99".into(), false));
		assert_eq!(share(1, 1, (1, 2)), ("100.00".into(), true));
		assert_eq!(share(0, 7, (0, 1)), ("0.00".into(), true));
		// The nearest share below one half that the chain can hold.
		assert_eq!(share(u128::MAX / 2, u128::MAX, (1, 2)), ("49.99".into(), false));
		// And the nearest above it, which takes many decimals to tell.
		let (text, met) = share(u128::MAX / 2 + 1, u128::MAX, (1, 2));
		assert!(met && text.starts_with("50.00000000") && text.ends_with("01"), "{text}");
	}

	#[test]
	fn every_class_is_measured_by_itself_and_one_without_anybody_is_not() {
		let test = test(Part::For, Base::Eligible, Measure::Amount, Bound::AtLeast, (2, 3));
		let rule = Rule { scope: Scope::EveryClass, tests: vec![test] };
		let classes = [
			class(0, votes(1, 90), votes(1, 90), votes(1, 90)),
			class(1, votes(0, 0), votes(0, 0), votes(0, 0)),
			class(2, votes(1, 300), votes(1, 300), votes(0, 0)),
		];
		let found = grounds(&rule, &classes).unwrap();
		let told: Vec<_> = found.iter().map(|ground| (ground.class, ground.met)).collect();
		assert_eq!(told, [(Some(0), true), (Some(2), false)]);
		assert!(!pass(&found) && pass(&found[..1]));
		assert_eq!(
			found[1].english(),
			"class 2, for amount of all: 0.00 of 3.00 = 0.00 % < 2/3: not met"
		);
		assert_eq!(
			found[1].chinese(),
			"第2组，同意金额占全部金额：0.00/3.00元 = 0.00% < 2/3，未达到"
		);
		let whole = Rule { scope: Scope::WholeRoll, ..rule };
		let found = grounds(&whole, &classes).unwrap();
		assert_eq!((found.len(), found[0].measured, found[0].of), (1, 90, 390));
	}

	#[test]
	fn nobody_voting_is_nothing_to_measure_against_and_nobody_on_the_roll_no_ground() {
		let test = test(Part::For, Base::Voted, Measure::Heads, Bound::AtLeast, (0, 1));
		let rule = Rule { scope: Scope::WholeRoll, tests: vec![test] };
		let nobody = class(0, votes(3, 30), votes(0, 0), votes(0, 0));
		let found = grounds(&rule, &[nobody]).unwrap();
		assert_eq!((found[0].met, found[0].share()), (false, None));
		assert_eq!(
			found[0].line(),
			"for heads of voted 同意人数占参加表决人数: 0 of 0, nothing to measure against 无可计量: not met 未达到"
		);
		assert_eq!(grounds(&rule, &[]), Some(vec![]));
		assert!(!pass(&[]));
	}

	#[test]
	fn votes_that_do_not_add_up_have_no_grounds() {
		let test = test(Part::Against, Base::Voted, Measure::Heads, Bound::AtLeast, (1, 2));
		let rule = Rule { scope: Scope::WholeRoll, tests: vec![test] };
		let more_for_than_voted = class(0, votes(3, 30), votes(1, 10), votes(2, 20));
		assert_eq!(grounds(&rule, &[more_for_than_voted]), None);
		let more_voted_than_are = class(0, votes(3, 30), votes(4, 40), votes(2, 20));
		assert_eq!(grounds(&rule, &[more_voted_than_are]), None);
	}

	#[test]
	fn programs_get_the_numbers_as_text_and_the_words_beside_them() {
		let value = serde_json::to_value(turnout(1, 3, Bound::AtLeast, (2, 3))).unwrap();
		assert_eq!(value["measured"], "1");
		assert_eq!(value["of"], "3");
		assert_eq!(value["share"], "33.33");
		assert_eq!((&value["part"], &value["bound"]), (&"voted".into(), &"at_least".into()));
		assert_eq!((&value["met"], &value["class"]), (&false.into(), &serde_json::Value::Null));
	}

	proptest! {
		/// What is printed never lies on the other side of the fraction, nor on it.
		#[test]
		fn a_share_as_printed_stands_to_the_fraction_as_the_share_does(
			of in 1u64..1_000_000_000_000,
			part in 0u64..1_000_000_000_000,
			denominator in 1u32..1_000,
			numerator in 0u32..1_000,
		) {
			let (measured, numerator) = (part.min(of), numerator.min(denominator));
			let ground =
				turnout(measured.into(), of.into(), Bound::AtLeast, (numerator, denominator));
			let relation = ground.relation().unwrap();
			prop_assume!(relation != Ordering::Equal);
			let text = ground.share().unwrap();
			let (whole, decimals) = text.split_once('.').unwrap();
			// The printed percentage and the fraction on one denominator.
			let digits: u128 = format!("{whole}{decimals}").parse().unwrap();
			let hundredths = U256::from(10u8).pow((decimals.len() + 2).into());
			let printed = U256::from(digits) * U256::from(denominator);
			prop_assert_eq!(printed.cmp(&(hundredths * U256::from(numerator))), relation);
		}
	}
}
