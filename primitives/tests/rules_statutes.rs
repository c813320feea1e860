//! The rules of statutes, on both sides of each threshold (domain.md section 2.1).

mod votes;

use votes::{around, check, class, fails_at, passes, roll, MORE_THAN, OR_MORE};
use winddown_primitives::{
	rules::{Preset, Preset::*, Unmet},
	Votes,
};

const MAX: u128 = u128::MAX;
const HEADS: u32 = u32::MAX;

/// Civil Code art. 278: two thirds of heads and of area take part; then more than half of those
/// for ordinary matters, three quarters or more for grave ones. Amounts stand for area.
mod civil_code_278 {
	use super::*;

	const ORDINARY: Preset = CivilCode278Ordinary;
	const GRAVE: Preset = CivilCode278Grave;
	const TURNOUT_HEADS: u8 = 0;
	const TURNOUT_AMOUNT: u8 = 1;
	const FOR_HEADS: u8 = 2;
	const FOR_AMOUNT: u8 = 3;

	#[test]
	fn of_30_owners_20_must_take_part() {
		for preset in [ORDINARY, GRAVE] {
			around(preset, TURNOUT_HEADS, 20, OR_MORE, |n| {
				roll((30, 900), (n as u32, 800), (n as u32, 800))
			});
		}
	}

	#[test]
	fn of_31_owners_21_must_take_part() {
		for preset in [ORDINARY, GRAVE] {
			around(preset, TURNOUT_HEADS, 21, OR_MORE, |n| {
				roll((31, 900), (n as u32, 800), (n as u32, 800))
			});
		}
	}

	#[test]
	fn of_900_square_metres_600_must_take_part() {
		for preset in [ORDINARY, GRAVE] {
			around(preset, TURNOUT_AMOUNT, 600, OR_MORE, |n| roll((30, 900), (28, n), (28, n)));
		}
	}

	#[test]
	fn heads_without_area_and_area_without_heads_are_no_quorum() {
		assert_eq!(check(ORDINARY, &[roll((30, 900), (30, 599), (30, 599))]), fails_at(1));
		assert_eq!(check(ORDINARY, &[roll((30, 900), (19, 900), (19, 900))]), fails_at(0));
	}

	#[test]
	fn ordinary_matters_need_more_than_10_of_20_owners_that_took_part() {
		around(ORDINARY, FOR_HEADS, 10, MORE_THAN, |n| roll((30, 900), (20, 800), (n as u32, 700)));
	}

	#[test]
	fn ordinary_matters_need_more_than_400_of_800_square_metres_that_took_part() {
		around(ORDINARY, FOR_AMOUNT, 400, MORE_THAN, |n| roll((30, 900), (20, 800), (20, n)));
	}

	#[test]
	fn grave_matters_need_15_of_20_owners_that_took_part() {
		around(GRAVE, FOR_HEADS, 15, OR_MORE, |n| roll((30, 900), (20, 800), (n as u32, 700)));
	}

	#[test]
	fn grave_matters_need_16_of_21_owners_that_took_part() {
		around(GRAVE, FOR_HEADS, 16, OR_MORE, |n| roll((30, 900), (21, 800), (n as u32, 700)));
	}

	#[test]
	fn grave_matters_need_600_of_800_square_metres_that_took_part() {
		around(GRAVE, FOR_AMOUNT, 600, OR_MORE, |n| roll((30, 900), (20, 800), (20, n)));
	}

	#[test]
	fn an_owner_who_abstains_took_part() {
		let mut votes = roll((30, 900), (20, 600), (15, 450));
		votes.abstained = Votes { heads: 5, amount: 150 };
		assert!(passes(GRAVE, &[votes]), "three quarters exactly, the rest abstains");
		votes.in_favour.heads = 14;
		assert_eq!(check(GRAVE, &[votes]), fails_at(FOR_HEADS));
	}

	#[test]
	fn thresholds_are_exact_at_the_greatest_totals() {
		let heads = u128::from(HEADS);
		for preset in [ORDINARY, GRAVE] {
			around(preset, TURNOUT_HEADS, heads / 3 * 2, OR_MORE, |n| {
				roll((HEADS, MAX), (n as u32, MAX), (n as u32, MAX))
			});
			around(preset, TURNOUT_AMOUNT, MAX / 3 * 2, OR_MORE, |n| {
				roll((HEADS, MAX), (HEADS, n), (HEADS, n))
			});
		}
		around(GRAVE, FOR_AMOUNT, (MAX - 3) / 4 * 3, OR_MORE, |n| {
			roll((HEADS, MAX), (HEADS, MAX - 3), (HEADS, n))
		});
		around(GRAVE, FOR_HEADS, (heads - 3) / 4 * 3, OR_MORE, |n| {
			roll((HEADS, MAX), (HEADS - 3, MAX), (n as u32, MAX))
		});
		around(ORDINARY, FOR_AMOUNT, (MAX - 1) / 2, MORE_THAN, |n| {
			roll((HEADS, MAX), (HEADS, MAX - 1), (HEADS, n))
		});
	}
}

/// Enterprise Bankruptcy Law art. 64: more than half of the creditors present, who hold half or
/// more of ALL unsecured claims.
mod ebl_ordinary {
	use super::*;

	const FOR_HEADS: u8 = 0;
	const FOR_AMOUNT: u8 = 1;

	#[test]
	fn more_than_10_of_20_creditors_present_must_be_for_it() {
		around(EblOrdinary, FOR_HEADS, 10, MORE_THAN, |n| {
			roll((100, 900), (20, 800), (n as u32, 700))
		});
	}

	#[test]
	fn of_21_creditors_present_11_must_be_for_it() {
		around(EblOrdinary, FOR_HEADS, 11, OR_MORE, |n| {
			roll((100, 900), (21, 800), (n as u32, 700))
		});
	}

	#[test]
	fn those_for_it_must_hold_450_of_all_900_fen_whoever_is_present() {
		around(EblOrdinary, FOR_AMOUNT, 450, OR_MORE, |n| roll((100, 900), (20, 800), (20, n)));
		around(EblOrdinary, FOR_AMOUNT, 450, OR_MORE, |n| roll((100, 900), (20, n), (20, n)));
	}

	#[test]
	fn of_901_fen_451_must_be_for_it() {
		around(EblOrdinary, FOR_AMOUNT, 451, OR_MORE, |n| roll((100, 901), (20, 800), (20, n)));
	}

	#[test]
	fn everybody_present_is_too_little_when_they_hold_less_than_half_of_all() {
		let small_meeting = roll((100, 900), (20, 449), (20, 449));
		assert_eq!(check(EblOrdinary, &[small_meeting]), fails_at(FOR_AMOUNT));
	}

	#[test]
	fn there_is_no_quorum_of_heads() {
		assert!(passes(EblOrdinary, &[roll((100, 900), (1, 450), (1, 450))]));
	}

	#[test]
	fn thresholds_are_exact_at_the_greatest_totals() {
		around(EblOrdinary, FOR_AMOUNT, MAX / 2 + 1, OR_MORE, |n| {
			roll((HEADS, MAX), (HEADS, MAX), (HEADS, n))
		});
		around(EblOrdinary, FOR_AMOUNT, (MAX - 1) / 2, OR_MORE, |n| {
			roll((HEADS, MAX - 1), (HEADS, MAX - 1), (HEADS, n))
		});
		around(EblOrdinary, FOR_HEADS, u128::from(HEADS - 1) / 2, MORE_THAN, |n| {
			roll((HEADS, MAX), (HEADS - 1, MAX), (n as u32, MAX))
		});
	}
}

/// Enterprise Bankruptcy Law arts. 84 and 86: in EVERY class more than half of the creditors
/// present, who hold two thirds or more of the CLASS's total.
mod ebl_class_plan {
	use super::*;
	use winddown_primitives::rules::ClassVotes;

	const FOR_HEADS: u8 = 0;
	const FOR_AMOUNT: u8 = 1;

	/// Three classes that pass with room to spare.
	fn classes() -> [ClassVotes; 3] {
		[
			class(0, (100, 900_000), (80, 800_000), (70, 700_000)),
			class(3, (30, 900), (20, 800), (16, 700)),
			class(7, (3, 9), (3, 9), (3, 9)),
		]
	}

	fn fails_in(class: u8, test: u8) -> Result<(), Unmet> {
		Err(Unmet::Test { test, class: Some(class) })
	}

	/// Puts `votes` in the place of its class, among classes that pass.
	fn check_with(votes: ClassVotes) -> Result<(), Unmet> {
		let all = classes().map(|other| if other.class == votes.class { votes } else { other });
		check(EblClassPlan, &all)
	}

	#[test]
	fn a_plan_passes_when_every_class_passes() {
		assert_eq!(check(EblClassPlan, &classes()), Ok(()));
	}

	#[test]
	fn in_each_class_more_than_half_of_the_heads_present_must_be_for_it() {
		for (at, (id, eligible, voted, amount)) in [
			(40, (0, (100, 900_000), (80, 800_000), 700_000)),
			(10, (3, (30, 900), (20, 800), 700)),
			(1, (7, (3, 9), (2, 9), 9)),
		] {
			let with = |heads| check_with(class(id, eligible, voted, (heads, amount)));
			assert_eq!(with(at - 1), fails_in(id, FOR_HEADS));
			assert_eq!(with(at), fails_in(id, FOR_HEADS));
			assert_eq!(with(at + 1), Ok(()));
		}
	}

	#[test]
	fn in_each_class_two_thirds_of_its_total_must_be_for_it_whoever_is_present() {
		for (at, (id, eligible, voted, heads)) in [
			(600_000, (0, (100, 900_000), (80, 800_000), 70)),
			(600, (3, (30, 900), (20, 800), 16)),
			(6, (7, (3, 9), (3, 9), 3)),
		] {
			let with = |amount| check_with(class(id, eligible, voted, (heads, amount)));
			assert_eq!(with(at - 1), fails_in(id, FOR_AMOUNT));
			assert_eq!(with(at), Ok(()));
			assert_eq!(with(at + 1), Ok(()));
		}
	}

	#[test]
	fn a_class_total_that_three_does_not_divide_is_not_rounded_down() {
		let with = |amount| check_with(class(3, (30, 901), (20, 800), (16, amount)));
		assert_eq!(with(600), fails_in(3, FOR_AMOUNT));
		assert_eq!(with(601), Ok(()));
	}

	#[test]
	fn one_small_class_stops_a_plan_that_all_others_want() {
		let stubborn = class(7, (3, 9), (3, 9), (1, 7));
		assert_eq!(check_with(stubborn), fails_in(7, FOR_HEADS));
		let whole = classes().map(|votes| if votes.class == 7 { stubborn } else { votes });
		assert!(passes(EblOrdinary, &whole), "over the whole roll it would have passed");
	}

	#[test]
	fn a_class_that_stays_away_has_not_agreed() {
		assert_eq!(check_with(class(3, (30, 900), (0, 0), (0, 0))), fails_in(3, FOR_HEADS));
	}

	#[test]
	fn a_class_with_nobody_in_it_has_no_say() {
		let empty = class(3, (0, 0), (0, 0), (0, 0));
		assert_eq!(check_with(empty), Ok(()));
		assert_eq!(check(EblClassPlan, &[empty]), Err(Unmet::EmptyRoll));
	}

	#[test]
	fn the_first_class_that_fails_is_named() {
		let failing = |id| class(id, (3, 9), (3, 9), (0, 0));
		let all = [classes()[0], failing(1), failing(2)];
		assert_eq!(check(EblClassPlan, &all), fails_in(1, FOR_HEADS));
	}

	#[test]
	fn the_amount_of_a_class_may_reach_the_greatest_number() {
		let with = |amount| check_with(class(3, (HEADS, MAX), (HEADS, MAX), (HEADS, amount)));
		let two_thirds = MAX / 3 * 2;
		assert_eq!(with(two_thirds - 1), fails_in(3, FOR_AMOUNT));
		assert_eq!(with(two_thirds), Ok(()));
		assert_eq!(with(two_thirds + 1), Ok(()));
	}
}

/// Securities Investment Fund Law art. 86: holders of half of the units take part, a third when
/// reconvened; half or more of those are for it, two thirds or more in grave matters.
mod fund {
	use super::*;

	const TURNOUT: u8 = 0;
	const FOR: u8 = 1;

	#[test]
	fn holders_of_450_of_900_units_must_take_part() {
		for preset in [FundOrdinary, FundGrave] {
			around(preset, TURNOUT, 450, OR_MORE, |n| roll((9, 900), (1, n), (1, n)));
			around(preset, TURNOUT, 451, OR_MORE, |n| roll((9, 901), (1, n), (1, n)));
		}
	}

	#[test]
	fn holders_of_300_of_900_units_suffice_when_reconvened() {
		for preset in [FundReconvenedOrdinary, FundReconvenedGrave] {
			around(preset, TURNOUT, 300, OR_MORE, |n| roll((9, 900), (1, n), (1, n)));
			around(preset, TURNOUT, 301, OR_MORE, |n| roll((9, 901), (1, n), (1, n)));
		}
	}

	#[test]
	fn half_of_600_units_that_took_part_suffice_in_ordinary_matters() {
		for preset in [FundOrdinary, FundReconvenedOrdinary] {
			around(preset, FOR, 300, OR_MORE, |n| roll((9, 900), (8, 600), (1, n)));
			around(preset, FOR, 301, OR_MORE, |n| roll((9, 900), (8, 601), (1, n)));
		}
	}

	#[test]
	fn two_thirds_of_600_units_that_took_part_are_needed_in_grave_matters() {
		for preset in [FundGrave, FundReconvenedGrave] {
			around(preset, FOR, 400, OR_MORE, |n| roll((9, 900), (8, 600), (1, n)));
			around(preset, FOR, 401, OR_MORE, |n| roll((9, 900), (8, 601), (1, n)));
		}
	}

	#[test]
	fn heads_have_no_say() {
		for preset in [FundOrdinary, FundGrave, FundReconvenedOrdinary, FundReconvenedGrave] {
			assert!(passes(preset, &[roll((1_000, 900), (1, 900), (1, 900))]));
			assert!(!passes(preset, &[roll((1_000, 900), (999, 299), (999, 299))]));
		}
	}

	#[test]
	fn a_tie_of_units_is_enough_by_the_letter_of_the_law() {
		assert!(passes(FundOrdinary, &[roll((2, 900), (2, 900), (1, 450))]));
	}

	#[test]
	fn thresholds_are_exact_at_the_greatest_totals() {
		around(FundReconvenedOrdinary, TURNOUT, MAX / 3, OR_MORE, |n| {
			roll((HEADS, MAX), (HEADS, n), (HEADS, n))
		});
		around(FundOrdinary, TURNOUT, MAX / 2 + 1, OR_MORE, |n| {
			roll((HEADS, MAX), (HEADS, n), (HEADS, n))
		});
		around(FundGrave, FOR, MAX / 3 * 2, OR_MORE, |n| {
			roll((HEADS, MAX), (HEADS, MAX), (HEADS, n))
		});
		around(FundReconvenedGrave, FOR, MAX / 3 * 2, OR_MORE, |n| {
			roll((HEADS, MAX), (HEADS, MAX), (HEADS, n))
		});
	}
}

/// Company Law art. 116: more than half of the votes present, two thirds or more in grave matters.
mod company {
	use super::*;

	const FOR: u8 = 0;

	#[test]
	fn more_than_300_of_600_votes_present_are_needed() {
		around(CompanyOrdinary, FOR, 300, MORE_THAN, |n| roll((9, 900), (8, 600), (1, n)));
		around(CompanyOrdinary, FOR, 301, OR_MORE, |n| roll((9, 900), (8, 601), (1, n)));
	}

	#[test]
	fn grave_matters_need_400_of_600_votes_present() {
		around(CompanySpecial, FOR, 400, OR_MORE, |n| roll((9, 900), (8, 600), (1, n)));
		around(CompanySpecial, FOR, 401, OR_MORE, |n| roll((9, 900), (8, 601), (1, n)));
	}

	#[test]
	fn there_is_no_quorum_and_heads_have_no_say() {
		for preset in [CompanyOrdinary, CompanySpecial] {
			assert!(passes(preset, &[roll((1_000, 900), (1, 1), (1, 1))]));
			assert!(!passes(preset, &[roll((1_000, 900), (1_000, 900), (999, 450))]));
		}
	}

	#[test]
	fn thresholds_are_exact_at_the_greatest_totals() {
		around(CompanyOrdinary, FOR, (MAX - 1) / 2, MORE_THAN, |n| {
			roll((HEADS, MAX), (HEADS, MAX - 1), (HEADS, n))
		});
		around(CompanySpecial, FOR, MAX / 3 * 2, OR_MORE, |n| {
			roll((HEADS, MAX), (HEADS, MAX), (HEADS, n))
		});
	}
}
