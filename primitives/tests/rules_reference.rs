//! Rules against an independent reference in rational numbers of any size.
//!
//! The reference divides and compares fractions. It is written from the words of each rule, and
//! shares no arithmetic with the code.

mod votes;

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use sp_runtime::BoundedVec;
use winddown_primitives::{
	rules::{Base, Bound, ClassVotes, Measure, Part, Preset, Rule, Scope, Test, Unmet},
	Votes,
};

/// Heads and fen with no limit.
#[derive(Clone, Default)]
struct Big {
	heads: BigInt,
	amount: BigInt,
}

impl From<Votes> for Big {
	fn from(votes: Votes) -> Self {
		Self { heads: votes.heads.into(), amount: votes.amount.into() }
	}
}

impl Big {
	fn plus(&self, other: Votes) -> Self {
		Self { heads: &self.heads + other.heads, amount: &self.amount + other.amount }
	}

	fn fits(&self) -> bool {
		self.heads <= u32::MAX.into() && self.amount <= u128::MAX.into()
	}
}

/// The votes of a class or of everybody.
#[derive(Clone, Default)]
struct Sum {
	eligible: Big,
	voted: Big,
	in_favour: Big,
	abstained: Big,
}

impl Sum {
	fn plus(&self, votes: &ClassVotes) -> Self {
		Self {
			eligible: self.eligible.plus(votes.eligible),
			voted: self.voted.plus(votes.voted),
			in_favour: self.in_favour.plus(votes.in_favour),
			abstained: self.abstained.plus(votes.abstained),
		}
	}

	fn fits(&self) -> bool {
		[&self.eligible, &self.voted, &self.in_favour, &self.abstained].iter().all(|big| big.fits())
	}
}

/// `part` as a share of `whole`; `None` when there is nothing to take a share of.
fn share(part: &BigInt, whole: &BigInt) -> Option<BigRational> {
	let zero = BigInt::from(0);
	(*whole != zero).then(|| BigRational::new(part.clone(), whole.clone()))
}

fn ratio(numerator: u32, denominator: u32) -> BigRational {
	BigRational::new(numerator.into(), denominator.into())
}

fn at_least(part: &BigInt, whole: &BigInt, (p, q): (u32, u32)) -> bool {
	share(part, whole).is_some_and(|share| share >= ratio(p, q))
}

fn more_than(part: &BigInt, whole: &BigInt, (p, q): (u32, u32)) -> bool {
	share(part, whole).is_some_and(|share| share > ratio(p, q))
}

/// The rule of each preset as its source says it, without a look at [`Preset::rule`].
fn by_its_words(preset: Preset, sum: &Sum) -> bool {
	let Sum { eligible, voted, in_favour, .. } = sum;
	match preset {
		Preset::SzTwoThirdsDoubleHalf => {
			at_least(&voted.amount, &eligible.amount, (2, 3))
				&& more_than(&in_favour.heads, &voted.heads, (1, 2))
				&& more_than(&in_favour.amount, &voted.amount, (1, 2))
		}
		Preset::Jinzhu2019 => {
			more_than(&voted.amount, &eligible.amount, (2, 3))
				&& more_than(&in_favour.heads, &voted.heads, (1, 2))
		}
		Preset::SzAltParticipation => {
			more_than(&voted.heads, &eligible.heads, (1, 2))
				&& more_than(&voted.amount, &eligible.amount, (1, 2))
				&& at_least(&in_favour.amount, &voted.amount, (2, 3))
		}
		Preset::CivilCode278Ordinary => {
			at_least(&voted.heads, &eligible.heads, (2, 3))
				&& at_least(&voted.amount, &eligible.amount, (2, 3))
				&& more_than(&in_favour.heads, &voted.heads, (1, 2))
				&& more_than(&in_favour.amount, &voted.amount, (1, 2))
		}
		Preset::CivilCode278Grave => {
			at_least(&voted.heads, &eligible.heads, (2, 3))
				&& at_least(&voted.amount, &eligible.amount, (2, 3))
				&& at_least(&in_favour.heads, &voted.heads, (3, 4))
				&& at_least(&in_favour.amount, &voted.amount, (3, 4))
		}
		Preset::EblOrdinary => {
			more_than(&in_favour.heads, &voted.heads, (1, 2))
				&& at_least(&in_favour.amount, &eligible.amount, (1, 2))
		}
		Preset::EblClassPlan => {
			more_than(&in_favour.heads, &voted.heads, (1, 2))
				&& at_least(&in_favour.amount, &eligible.amount, (2, 3))
		}
		Preset::FundOrdinary => {
			at_least(&voted.amount, &eligible.amount, (1, 2))
				&& at_least(&in_favour.amount, &voted.amount, (1, 2))
		}
		Preset::FundGrave => {
			at_least(&voted.amount, &eligible.amount, (1, 2))
				&& at_least(&in_favour.amount, &voted.amount, (2, 3))
		}
		Preset::FundReconvenedOrdinary => {
			at_least(&voted.amount, &eligible.amount, (1, 3))
				&& at_least(&in_favour.amount, &voted.amount, (1, 2))
		}
		Preset::FundReconvenedGrave => {
			at_least(&voted.amount, &eligible.amount, (1, 3))
				&& at_least(&in_favour.amount, &voted.amount, (2, 3))
		}
		Preset::CompanyOrdinary => more_than(&in_favour.amount, &voted.amount, (1, 2)),
		Preset::CompanySpecial => at_least(&in_favour.amount, &voted.amount, (2, 3)),
	}
}

/// The verdict on a preset by its words.
fn expected_of(preset: Preset, classes: &[ClassVotes]) -> bool {
	let populated: Vec<_> = classes.iter().filter(|votes| votes.eligible.heads > 0).collect();
	if populated.is_empty() {
		return false;
	}
	match preset {
		Preset::EblClassPlan => {
			populated.iter().all(|votes| by_its_words(preset, &Sum::default().plus(votes)))
		}
		_ => {
			let sum = populated.iter().fold(Sum::default(), |sum, votes| sum.plus(votes));
			sum.fits() && by_its_words(preset, &sum)
		}
	}
}

/// The verdict on any rule, with the test and the class in which it fails.
fn expected_verdict(rule: &Rule, classes: &[ClassVotes]) -> Result<(), Unmet> {
	let populated: Vec<_> = classes.iter().filter(|votes| votes.eligible.heads > 0).collect();
	if populated.is_empty() {
		return Err(Unmet::EmptyRoll);
	}
	let first_failing = |sum: &Sum, class| {
		let failing = rule.tests.iter().position(|test| !holds(test, sum));
		failing.map_or(Ok(()), |test| Err(Unmet::Test { test: test as u8, class }))
	};
	match rule.scope {
		Scope::EveryClass => populated
			.iter()
			.try_for_each(|votes| first_failing(&Sum::default().plus(votes), Some(votes.class))),
		Scope::WholeRoll => {
			let sum = populated.iter().fold(Sum::default(), |sum, votes| sum.plus(votes));
			if !sum.fits() {
				return Err(Unmet::Inconsistent);
			}
			first_failing(&sum, None)
		}
	}
}

fn holds(test: &Test, sum: &Sum) -> bool {
	let measured = |big: &Big| match test.measure {
		Measure::Heads => big.heads.clone(),
		Measure::Amount => big.amount.clone(),
	};
	// Nothing passes where more marks than ballots were counted, by heads or by amount.
	let against = Big {
		heads: &sum.voted.heads - &sum.in_favour.heads - &sum.abstained.heads,
		amount: &sum.voted.amount - &sum.in_favour.amount - &sum.abstained.amount,
	};
	let zero = BigInt::from(0);
	if test.part == Part::Against && (against.heads < zero || against.amount < zero) {
		return false;
	}
	let part = match test.part {
		Part::Voted => measured(&sum.voted),
		Part::For => measured(&sum.in_favour),
		Part::Against => measured(&against),
		Part::Abstained => measured(&sum.abstained),
	};
	let base = match test.base {
		Base::Eligible => measured(&sum.eligible),
		Base::Voted => measured(&sum.voted),
	};
	let share = (test.numerator, test.denominator);
	match test.bound {
		Bound::AtLeast => at_least(&part, &base, share),
		Bound::MoreThan => more_than(&part, &base, share),
	}
}

/// Twelfths, so that halves, thirds and quarters are hit, and a step of a unit or two to either
/// side.
#[derive(Clone, Copy, Debug)]
struct Portion {
	twelfths: u8,
	step: i8,
}

impl Portion {
	fn of(self, whole: u128) -> u128 {
		let (each, rest) = (whole / 12, whole % 12);
		let twelfths = u128::from(self.twelfths);
		let portion = each * twelfths + rest * twelfths / 12;
		portion.saturating_add_signed(self.step.into()).min(whole)
	}

	fn of_votes(self, by_amount: Self, whole: Votes) -> Votes {
		Votes { heads: self.of(whole.heads.into()) as u32, amount: by_amount.of(whole.amount) }
	}
}

fn portion() -> impl Strategy<Value = Portion> {
	let twelfths = prop_oneof![0..=12u8, 6..=12u8];
	(twelfths, -2..=2i8).prop_map(|(twelfths, step)| Portion { twelfths, step })
}

fn eligible() -> impl Strategy<Value = Votes> {
	let heads = prop_oneof![
		3 => 0..40u32,
		2 => any::<u32>(),
		1 => u32::MAX - 30..=u32::MAX,
		1 => Just(u32::MAX / 8 - 1),
	];
	let amount = prop_oneof![
		3 => 0..60u128,
		2 => any::<u64>().prop_map(u128::from),
		2 => any::<u128>(),
		1 => u128::MAX - 30..=u128::MAX,
		2 => Just(u128::MAX / 8 - 1),
	];
	(heads, amount).prop_map(|(heads, amount)| Votes { heads, amount })
}

fn class_votes() -> impl Strategy<Value = ClassVotes> {
	(eligible(), prop::array::uniform6(portion())).prop_map(|(eligible, portions)| {
		let [vh, va, fh, fa, ah, aa] = portions;
		let voted = vh.of_votes(va, eligible);
		let in_favour = fh.of_votes(fa, voted);
		let abstained = ah.of_votes(aa, voted);
		ClassVotes { class: 0, eligible, voted, in_favour, abstained }
	})
}

fn classes() -> impl Strategy<Value = Vec<ClassVotes>> {
	let several = prop::collection::vec(class_votes(), 1..=8);
	prop_oneof![class_votes().prop_map(|votes| vec![votes]), several].prop_map(|mut classes| {
		for (class, votes) in (0..).zip(&mut classes) {
			votes.class = class;
		}
		classes
	})
}

fn tests() -> impl Strategy<Value = Test> {
	let part =
		prop_oneof![Just(Part::Voted), Just(Part::For), Just(Part::Against), Just(Part::Abstained)];
	let base = prop_oneof![Just(Base::Eligible), Just(Base::Voted)];
	let measure = prop_oneof![Just(Measure::Heads), Just(Measure::Amount)];
	let bound = prop_oneof![Just(Bound::AtLeast), Just(Bound::MoreThan)];
	let share = prop_oneof![
		Just((0u32, 1u32)),
		Just((1, 2)),
		Just((1, 3)),
		Just((2, 3)),
		Just((3, 4)),
		Just((1, 1)),
		(1..=u32::MAX).prop_flat_map(|q| (0..=q, Just(q))),
	];
	(part, base, measure, bound, share).prop_map(
		|(part, base, measure, bound, (numerator, denominator))| Test {
			part,
			base,
			measure,
			bound,
			numerator,
			denominator,
		},
	)
}

fn rules() -> impl Strategy<Value = Rule> {
	let scope = prop_oneof![Just(Scope::WholeRoll), Just(Scope::EveryClass)];
	(scope, prop::collection::vec(tests(), 1..=4))
		.prop_map(|(scope, tests)| Rule { scope, tests: BoundedVec::truncate_from(tests) })
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(4_000))]

	#[test]
	fn every_preset_says_what_its_words_say(classes in classes()) {
		for preset in Preset::ALL {
			prop_assert_eq!(
				preset.rule().check(&classes).is_ok(),
				expected_of(preset, &classes),
				"{} on {:?}", preset.name(), &classes
			);
		}
	}

	#[test]
	fn every_rule_agrees_with_fractions_of_any_size(rule in rules(), classes in classes()) {
		prop_assert_eq!(rule.check(&classes), expected_verdict(&rule, &classes));
	}

	#[test]
	fn more_for_it_never_turns_a_pass_into_a_failure(
		votes in class_votes(),
		more in (portion(), portion()),
	) {
		let room = Votes {
			heads: votes.voted.heads - votes.in_favour.heads,
			amount: votes.voted.amount - votes.in_favour.amount,
		};
		let added = more.0.of_votes(more.1, room);
		let in_favour = votes.in_favour.checked_add(added).expect("at most who voted");
		let grown = ClassVotes { in_favour, abstained: Votes::default(), ..votes };
		let before = ClassVotes { abstained: Votes::default(), ..votes };
		for preset in Preset::ALL {
			if preset.rule().check(&[before]).is_ok() {
				prop_assert!(preset.rule().check(&[grown]).is_ok(), "{}", preset.name());
			}
		}
	}
}

#[test]
fn the_strategy_reaches_both_verdicts_of_every_preset() {
	use proptest::{strategy::ValueTree, test_runner::TestRunner};
	let mut runner = TestRunner::deterministic();
	let mut seen = [[0u32; 2]; Preset::ALL.len()];
	for _ in 0..4_000 {
		let classes = classes().new_tree(&mut runner).expect("a value").current();
		for (preset, seen) in Preset::ALL.into_iter().zip(&mut seen) {
			seen[usize::from(preset.rule().check(&classes).is_ok())] += 1;
		}
	}
	assert!(seen.iter().flatten().all(|times| *times >= 40), "{seen:?}");
}
