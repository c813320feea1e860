//! Counts for the tests of vote rules.

// Each test file uses its own part of this module.
#![allow(dead_code)]

use winddown_primitives::{
	rules::{ClassVotes, Preset, Unmet},
	ClassId, Fen, Votes,
};

/// Heads and fen.
pub type Count = (u32, Fen);

/// 「超过」: the threshold itself does not suffice.
pub const MORE_THAN: [bool; 3] = [false, false, true];
/// 「以上」: the threshold itself suffices. Also the first number that suffices when the
/// threshold lies between two numbers.
pub const OR_MORE: [bool; 3] = [false, true, true];

pub fn votes((heads, amount): Count) -> Votes {
	Votes { heads, amount }
}

/// The votes of one class in which nobody abstained.
pub fn class(class: ClassId, eligible: Count, voted: Count, in_favour: Count) -> ClassVotes {
	ClassVotes {
		class,
		eligible: votes(eligible),
		voted: votes(voted),
		in_favour: votes(in_favour),
		abstained: Votes::default(),
	}
}

/// The votes of a roll with one class in which nobody abstained.
pub fn roll(eligible: Count, voted: Count, in_favour: Count) -> ClassVotes {
	class(0, eligible, voted, in_favour)
}

pub fn check(preset: Preset, classes: &[ClassVotes]) -> Result<(), Unmet> {
	preset.rule().check(classes)
}

pub fn passes(preset: Preset, classes: &[ClassVotes]) -> bool {
	check(preset, classes).is_ok()
}

/// The failure of the test at position `test` over the whole roll.
pub fn fails_at(test: u8) -> Result<(), Unmet> {
	Err(Unmet::Test { test, class: None })
}

/// Checks a preset one unit below `at`, at it, and one unit above. `expected` tells which of the
/// three pass; those that do not must fail at the test at position `test`, and at no other.
pub fn around(
	preset: Preset,
	test: u8,
	at: u128,
	expected: [bool; 3],
	votes: impl Fn(u128) -> ClassVotes,
) {
	for (number, passes) in [at - 1, at, at + 1].into_iter().zip(expected) {
		let verdict = check(preset, &[votes(number)]);
		let expected = if passes { Ok(()) } else { fails_at(test) };
		assert_eq!(verdict, expected, "{} at {number}", preset.name());
	}
}
