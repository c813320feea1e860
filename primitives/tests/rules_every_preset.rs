//! What holds for every rule: nobody votes, one holds everything, many classes, bad numbers.

mod votes;

use codec::{Decode, Encode};
use sp_runtime::BoundedVec;
use votes::{check, class, passes, roll};
use winddown_primitives::{
	rules::{Base, Bound, ClassVotes, Measure, Part, Preset, Rule, Scope, Test, Unmet},
	Votes,
};

const MAX: u128 = u128::MAX;
const HEADS: u32 = u32::MAX;

fn rule(scope: Scope, tests: &[Test]) -> Rule {
	Rule { scope, tests: BoundedVec::truncate_from(tests.to_vec()) }
}

fn share(part: Part, base: Base, measure: Measure, bound: Bound, of: (u32, u32)) -> Test {
	Test { part, base, measure, bound, numerator: of.0, denominator: of.1 }
}

#[test]
fn every_preset_is_a_valid_rule_with_a_name_of_its_own() {
	let mut names: Vec<_> = Preset::ALL.iter().map(|preset| preset.name()).collect();
	names.sort_unstable();
	names.dedup();
	assert_eq!(names.len(), Preset::ALL.len());
	for (position, preset) in Preset::ALL.into_iter().enumerate() {
		let rule = preset.rule();
		assert!(rule.is_valid(), "{}", preset.name());
		assert_eq!(Rule::decode(&mut &rule.encode()[..]), Ok(rule));
		assert_eq!(preset.encode(), [position as u8], "the order is that of the encoding");
	}
}

#[test]
fn no_preset_passes_when_nobody_is_on_the_roll() {
	for preset in Preset::ALL {
		assert_eq!(check(preset, &[]), Err(Unmet::EmptyRoll));
		assert_eq!(check(preset, &[roll((0, 0), (0, 0), (0, 0))]), Err(Unmet::EmptyRoll));
	}
}

#[test]
fn no_preset_passes_when_nobody_votes() {
	for preset in Preset::ALL {
		let verdict = check(preset, &[roll((3, 900), (0, 0), (0, 0))]);
		assert!(matches!(verdict, Err(Unmet::Test { test: 0, .. })), "{}", preset.name());
	}
}

#[test]
fn no_preset_passes_when_everybody_abstains_or_is_against() {
	for preset in Preset::ALL {
		let mut votes = roll((3, 900), (3, 900), (0, 0));
		assert!(!passes(preset, &[votes]), "{}", preset.name());
		votes.abstained = votes.voted;
		assert!(!passes(preset, &[votes]), "{}", preset.name());
	}
}

#[test]
fn every_preset_passes_when_everybody_is_for_it() {
	for preset in Preset::ALL {
		for all in [(1, 1), (2, 2), (3, 900), (390_000, 2_140_000_000_000), (HEADS, MAX)] {
			assert!(passes(preset, &[roll(all, all, all)]), "{} with {all:?}", preset.name());
		}
	}
}

#[test]
fn one_lender_who_holds_everything_decides_alone() {
	for preset in Preset::ALL {
		for amount in [1, 900, MAX] {
			let all = (1, amount);
			assert!(passes(preset, &[roll(all, all, all)]), "{}", preset.name());
			assert!(!passes(preset, &[roll(all, all, (0, 0))]), "{}", preset.name());
			assert!(!passes(preset, &[roll(all, (0, 0), (0, 0))]), "{}", preset.name());
		}
	}
}

#[test]
fn one_lender_with_all_but_a_few_fen_cannot_pass_what_must_have_heads() {
	use Preset::*;
	// Ten heads vote, and the one that is for it holds all but nine fen.
	let votes = roll((10, 1_000_009), (10, 1_000_009), (1, 1_000_000));
	for preset in Preset::ALL {
		let money_alone_decides = matches!(
			preset,
			SzAltParticipation
				| FundOrdinary
				| FundGrave | FundReconvenedOrdinary
				| FundReconvenedGrave
				| CompanyOrdinary
				| CompanySpecial
		);
		assert_eq!(passes(preset, &[votes]), money_alone_decides, "{}", preset.name());
	}
}

#[test]
fn over_the_whole_roll_it_does_not_matter_how_lenders_are_split_into_classes() {
	let split = [
		class(0, (4, 300), (3, 250), (2, 200)),
		class(1, (4, 500), (4, 300), (3, 190)),
		class(2, (1, 100), (0, 0), (0, 0)),
	];
	let whole = roll((9, 900), (7, 550), (5, 390));
	for preset in Preset::ALL {
		if preset.rule().scope == Scope::WholeRoll {
			assert_eq!(passes(preset, &split), passes(preset, &[whole]), "{}", preset.name());
		}
	}
}

#[test]
fn only_the_plan_of_the_bankruptcy_law_votes_by_class() {
	let by_class: Vec<_> =
		Preset::ALL.into_iter().filter(|p| p.rule().scope == Scope::EveryClass).collect();
	assert_eq!(by_class, [Preset::EblClassPlan]);
}

#[test]
fn votes_that_do_not_add_up_are_noticed_and_never_pass() {
	let sound = roll((9, 900), (8, 800), (8, 800));
	let broken: [fn(&mut ClassVotes); 6] = [
		|votes| votes.voted.heads = 10,
		|votes| votes.voted.amount = 901,
		|votes| votes.in_favour.heads = 9,
		|votes| votes.in_favour.amount = 801,
		|votes| votes.abstained.heads = 9,
		|votes| votes.abstained.amount = 801,
	];
	for preset in Preset::ALL {
		assert!(passes(preset, &[sound]));
		for break_it in broken {
			let mut votes = sound;
			break_it(&mut votes);
			assert_eq!(check(preset, &[votes]), Err(Unmet::Inconsistent), "{}", preset.name());
			let other = class(1, (9, 900), (8, 800), (8, 800));
			assert_eq!(check(preset, &[other, votes]), Err(Unmet::Inconsistent));
		}
	}
}

#[test]
fn classes_whose_sum_overflows_are_noticed_where_they_are_summed() {
	let huge = |id| class(id, (1, MAX), (1, MAX), (1, MAX));
	for preset in Preset::ALL {
		let verdict = check(preset, &[huge(0), huge(1)]);
		match preset.rule().scope {
			Scope::WholeRoll => assert_eq!(verdict, Err(Unmet::Inconsistent)),
			Scope::EveryClass => assert_eq!(verdict, Ok(())),
		}
	}
}

#[test]
fn a_rule_with_no_test_or_an_improper_share_is_invalid() {
	let with = |of| {
		let test = share(Part::For, Base::Voted, Measure::Heads, Bound::AtLeast, of);
		rule(Scope::WholeRoll, &[test]).is_valid()
	};
	assert!(!rule(Scope::WholeRoll, &[]).is_valid());
	assert!(with((1, 1)) && with((0, 1)) && with((2, 3)) && with((u32::MAX, u32::MAX)));
	assert!(!with((4, 3)) && !with((0, 0)) && !with((1, 0)));
}

#[test]
fn one_improper_share_among_good_ones_makes_the_rule_invalid() {
	let with = |of| share(Part::For, Base::Voted, Measure::Amount, Bound::AtLeast, of);
	assert!(rule(Scope::EveryClass, &[with((1, 2)), with((2, 3))]).is_valid());
	assert!(!rule(Scope::EveryClass, &[with((1, 2)), with((3, 2))]).is_valid());
}

#[test]
fn unanimity_is_at_least_all_and_more_than_all_is_impossible() {
	let with = |bound| {
		rule(Scope::WholeRoll, &[share(Part::For, Base::Voted, Measure::Heads, bound, (1, 1))])
	};
	let all_but_one = [roll((9, 900), (9, 900), (8, 899))];
	let all = [roll((9, 900), (9, 900), (9, 900))];
	assert!(with(Bound::AtLeast).check(&all).is_ok());
	assert!(with(Bound::AtLeast).check(&all_but_one).is_err());
	assert!(with(Bound::MoreThan).check(&all).is_err());
}

#[test]
fn a_share_of_zero_still_needs_somebody_to_take_it_of() {
	let with = |base| {
		rule(Scope::WholeRoll, &[share(Part::For, base, Measure::Amount, Bound::AtLeast, (0, 1))])
	};
	let nobody_voted = [roll((9, 900), (0, 0), (0, 0))];
	assert!(with(Base::Eligible).check(&nobody_voted).is_ok());
	assert!(with(Base::Voted).check(&nobody_voted).is_err());
}

#[test]
fn against_is_what_took_part_and_is_neither_for_it_nor_abstains() {
	let test = |of| {
		let test = share(Part::Against, Base::Voted, Measure::Heads, Bound::AtLeast, of);
		rule(Scope::WholeRoll, &[test])
	};
	let mut votes = roll((9, 900), (8, 800), (3, 300));
	votes.abstained = Votes { heads: 1, amount: 100 };
	assert!(test((4, 8)).check(&[votes]).is_ok());
	assert!(test((5, 8)).check(&[votes]).is_err());
	votes.abstained.heads = 6;
	assert!(test((0, 1)).check(&[votes]).is_err(), "more marks than ballots pass nothing");
}

#[test]
fn abstentions_can_be_measured_too() {
	let test = |of| {
		let test = share(Part::Abstained, Base::Eligible, Measure::Amount, Bound::MoreThan, of);
		rule(Scope::WholeRoll, &[test])
	};
	let mut votes = roll((9, 900), (8, 800), (3, 300));
	votes.abstained = Votes { heads: 1, amount: 100 };
	assert!(test((1, 9)).check(&[votes]).is_err());
	assert!(test((1, 10)).check(&[votes]).is_ok());
}

#[test]
fn the_largest_shares_and_totals_do_not_overflow() {
	let (p, q) = (u32::MAX - 1, u32::MAX);
	for (measure, base_of_two) in [(Measure::Amount, false), (Measure::Heads, true)] {
		let test = share(Part::For, Base::Eligible, measure, Bound::AtLeast, (p, q));
		let rule = rule(Scope::WholeRoll, &[test]);
		let all = (HEADS, MAX);
		assert!(rule.check(&[roll(all, all, all)]).is_ok());
		let short = if base_of_two { (HEADS - 2, MAX) } else { (HEADS, MAX / 2) };
		assert!(rule.check(&[roll(all, all, short)]).is_err());
	}
}
