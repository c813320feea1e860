//! The rules of lending platforms, on both sides of each threshold (domain.md section 2.1).
//!
//! The label 「三分之二加双过半」 is certain, its arithmetic in Shenzhen is not: the text of the
//! voting rule of 2019 was not found. `sz_two_thirds_double_half` and `sz_alt_participation` are
//! readings of it; `jinzhu_2019` follows a whole notice that was found.

mod votes;

use votes::{around, check, fails_at, passes, roll, MORE_THAN, OR_MORE};
use winddown_primitives::{
	rules::{Preset, Preset::*},
	Votes,
};

const MAX: u128 = u128::MAX;
const HEADS: u32 = u32::MAX;

mod sz_two_thirds_double_half {
	use super::*;

	const SZ: Preset = SzTwoThirdsDoubleHalf;
	const TURNOUT: u8 = 0;
	const FOR_HEADS: u8 = 1;
	const FOR_AMOUNT: u8 = 2;

	#[test]
	fn of_900_fen_600_must_vote_which_is_two_thirds_inclusive() {
		around(SZ, TURNOUT, 600, OR_MORE, |n| roll((9, 900), (6, n), (6, n)));
	}

	#[test]
	fn of_901_fen_601_must_vote_since_600_are_less_than_two_thirds() {
		around(SZ, TURNOUT, 601, OR_MORE, |n| roll((9, 901), (6, n), (6, n)));
	}

	#[test]
	fn turnout_counts_fen_and_not_heads() {
		assert!(passes(SZ, &[roll((1_000, 900), (1, 600), (1, 600))]));
		assert_eq!(check(SZ, &[roll((1_000, 900), (999, 599), (999, 599))]), fails_at(TURNOUT));
	}

	#[test]
	fn of_8_heads_that_voted_more_than_4_must_be_for_it() {
		around(SZ, FOR_HEADS, 4, MORE_THAN, |n| roll((9, 900), (8, 800), (n as u32, 500)));
	}

	#[test]
	fn of_7_heads_that_voted_4_must_be_for_it() {
		around(SZ, FOR_HEADS, 4, OR_MORE, |n| roll((9, 900), (7, 800), (n as u32, 500)));
	}

	#[test]
	fn of_800_fen_that_voted_more_than_400_must_be_for_it() {
		around(SZ, FOR_AMOUNT, 400, MORE_THAN, |n| roll((9, 900), (8, 800), (5, n)));
	}

	#[test]
	fn of_801_fen_that_voted_401_must_be_for_it() {
		around(SZ, FOR_AMOUNT, 401, OR_MORE, |n| roll((9, 900), (8, 801), (5, n)));
	}

	#[test]
	fn many_small_lenders_cannot_outvote_the_money_nor_one_large_lender_the_heads() {
		assert_eq!(check(SZ, &[roll((100, 1_000), (100, 1_000), (99, 100))]), fails_at(FOR_AMOUNT));
		assert_eq!(check(SZ, &[roll((100, 1_000), (100, 1_000), (1, 901))]), fails_at(FOR_HEADS));
	}

	#[test]
	fn abstainers_count_in_the_turnout_and_in_what_half_is_taken_of() {
		let mut votes = roll((9, 900), (8, 800), (4, 500));
		votes.abstained = Votes { heads: 4, amount: 300 };
		assert_eq!(check(SZ, &[votes]), fails_at(FOR_HEADS), "4 of 8, though nobody is against");
	}

	#[test]
	fn thresholds_are_exact_at_the_greatest_totals() {
		let two_thirds = MAX / 3 * 2;
		around(SZ, TURNOUT, two_thirds, OR_MORE, |n| roll((HEADS, MAX), (HEADS, n), (HEADS, n)));
		around(SZ, FOR_AMOUNT, MAX / 2 + 1, OR_MORE, |n| {
			roll((HEADS, MAX), (HEADS, MAX), (HEADS, n))
		});
		around(SZ, FOR_AMOUNT, (MAX - 1) / 2, MORE_THAN, |n| {
			roll((HEADS, MAX), (HEADS, MAX - 1), (HEADS, n))
		});
		around(SZ, FOR_HEADS, u128::from(HEADS) / 2 + 1, OR_MORE, |n| {
			roll((HEADS, MAX), (HEADS, MAX), (n as u32, MAX))
		});
	}
}

mod jinzhu_2019 {
	use super::*;

	const TURNOUT: u8 = 0;
	const FOR_HEADS: u8 = 1;

	#[test]
	fn more_than_600_of_900_fen_must_vote_by_the_notice_of_6_december_2019() {
		around(Jinzhu2019, TURNOUT, 600, MORE_THAN, |n| roll((9, 900), (6, n), (6, n)));
	}

	#[test]
	fn of_901_fen_601_must_vote() {
		around(Jinzhu2019, TURNOUT, 601, OR_MORE, |n| roll((9, 901), (6, n), (6, n)));
	}

	#[test]
	fn more_than_4_of_8_heads_that_voted_must_be_for_it() {
		around(Jinzhu2019, FOR_HEADS, 4, MORE_THAN, |n| roll((9, 900), (8, 800), (n as u32, 1)));
	}

	#[test]
	fn of_7_heads_that_voted_4_must_be_for_it() {
		around(Jinzhu2019, FOR_HEADS, 4, OR_MORE, |n| roll((9, 900), (7, 800), (n as u32, 1)));
	}

	#[test]
	fn the_amount_that_is_for_it_has_no_say_unlike_in_the_shenzhen_reading() {
		let heads_only = roll((9, 900), (8, 800), (5, 1));
		assert!(passes(Jinzhu2019, &[heads_only]));
		assert!(!passes(SzTwoThirdsDoubleHalf, &[heads_only]));
	}

	#[test]
	fn thresholds_are_exact_at_the_greatest_totals() {
		around(Jinzhu2019, TURNOUT, MAX / 3 * 2, MORE_THAN, |n| {
			roll((HEADS, MAX), (HEADS, n), (HEADS, n))
		});
		around(Jinzhu2019, FOR_HEADS, u128::from(HEADS - 1) / 2, MORE_THAN, |n| {
			roll((HEADS, MAX), (HEADS - 1, MAX), (n as u32, MAX))
		});
	}
}

mod sz_alt_participation {
	use super::*;

	const ALT: Preset = SzAltParticipation;
	const TURNOUT_HEADS: u8 = 0;
	const TURNOUT_AMOUNT: u8 = 1;
	const FOR_AMOUNT: u8 = 2;

	#[test]
	fn more_than_5_of_10_heads_must_vote() {
		around(ALT, TURNOUT_HEADS, 5, MORE_THAN, |n| {
			roll((10, 900), (n as u32, 800), (n as u32, 800))
		});
	}

	#[test]
	fn of_11_heads_6_must_vote() {
		around(ALT, TURNOUT_HEADS, 6, OR_MORE, |n| {
			roll((11, 900), (n as u32, 800), (n as u32, 800))
		});
	}

	#[test]
	fn more_than_450_of_900_fen_must_vote() {
		around(ALT, TURNOUT_AMOUNT, 450, MORE_THAN, |n| roll((10, 900), (9, n), (9, n)));
	}

	#[test]
	fn of_600_fen_that_voted_400_must_be_for_it_which_is_two_thirds_inclusive() {
		around(ALT, FOR_AMOUNT, 400, OR_MORE, |n| roll((10, 900), (9, 600), (1, n)));
	}

	#[test]
	fn of_601_fen_that_voted_401_must_be_for_it() {
		around(ALT, FOR_AMOUNT, 401, OR_MORE, |n| roll((10, 900), (9, 601), (1, n)));
	}

	#[test]
	fn the_heads_that_are_for_it_have_no_say_unlike_in_the_default_reading() {
		let money_only = roll((10, 900), (9, 900), (1, 600));
		assert!(passes(ALT, &[money_only]));
		assert!(!passes(SzTwoThirdsDoubleHalf, &[money_only]));
	}

	#[test]
	fn thresholds_are_exact_at_the_greatest_totals() {
		around(ALT, TURNOUT_AMOUNT, MAX / 2 + 1, OR_MORE, |n| {
			roll((HEADS, MAX), (HEADS, n), (HEADS, n))
		});
		around(ALT, FOR_AMOUNT, MAX / 3 * 2, OR_MORE, |n| {
			roll((HEADS, MAX), (HEADS, MAX), (HEADS, n))
		});
	}
}

#[test]
fn the_shenzhen_rule_and_its_sources_differ_exactly_at_two_thirds() {
	let at_two_thirds = roll((9, 900), (6, 600), (6, 600));
	assert!(passes(SzTwoThirdsDoubleHalf, &[at_two_thirds]), "以上 is inclusive");
	assert!(!passes(Jinzhu2019, &[at_two_thirds]), "超过 is not");
}

#[test]
fn the_case_of_the_newspaper_passes_with_its_own_numbers() {
	// 260,000 lenders with 6.3 billion yuan in fen; 200,000 of them with 5 billion vote.
	let (everybody, voted) = ((260_000, 630_000_000_000), (200_000, 500_000_000_000));
	for preset in [SzTwoThirdsDoubleHalf, Jinzhu2019, SzAltParticipation] {
		assert!(passes(preset, &[roll(everybody, voted, (150_000, 400_000_000_000))]));
		assert!(!passes(preset, &[roll(everybody, (200_000, 300_000_000_000), (0, 0))]));
	}
}
