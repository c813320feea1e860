//! Vote rules as data (domain.md section 2).
//!
//! A rule is a conjunction of tests; each compares a part of the votes with a base by
//! cross-multiplication in integers. 「以上」 is inclusive, 「过半数」 strictly more than half
//! (Civil Code art. 1259).

use crate::{ClassId, Votes};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::U256;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// Most tests of one rule.
pub const MAX_TESTS: u32 = 4;

/// Which votes a test counts.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Part {
	/// Everybody who took part, abstainers included.
	#[codec(index = 0)]
	Voted,
	/// Those for the option.
	#[codec(index = 1)]
	For,
	/// Those who took part and are neither for it nor abstain.
	#[codec(index = 2)]
	Against,
	/// Those who took part and marked nothing.
	#[codec(index = 3)]
	Abstained,
}

/// What a test measures them against.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Base {
	/// Everybody on the eligible roll, voting or not.
	#[codec(index = 0)]
	Eligible,
	/// Everybody who took part.
	#[codec(index = 1)]
	Voted,
}

/// By what votes are measured.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Measure {
	/// Persons.
	#[codec(index = 0)]
	Heads,
	/// Fen.
	#[codec(index = 1)]
	Amount,
}

/// Whether the share itself suffices.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Bound {
	/// The share or more, 「以上」.
	#[codec(index = 0)]
	AtLeast,
	/// More than the share, 「超过」.
	#[codec(index = 1)]
	MoreThan,
}

/// Over whom the tests of a rule run.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Scope {
	/// The whole roll.
	#[codec(index = 0)]
	WholeRoll,
	/// Each class by itself; every class must pass.
	#[codec(index = 1)]
	EveryClass,
}

/// One test: `part / base` in `measure` is at least, or more than, `numerator / denominator`.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct Test {
	/// Which votes are counted.
	pub part: Part,
	/// What they are measured against.
	pub base: Base,
	/// By what.
	pub measure: Measure,
	/// Whether the share itself suffices.
	pub bound: Bound,
	/// The share's numerator, at most the denominator.
	pub numerator: u32,
	/// The share's denominator, not zero.
	pub denominator: u32,
}

/// A conjunction of tests.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct Rule {
	/// Over whom the tests run.
	pub scope: Scope,
	/// The tests, all of which must hold; at least one.
	pub tests: BoundedVec<Test, ConstU32<MAX_TESTS>>,
}

/// The votes on one option within one class.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ClassVotes {
	/// The class.
	pub class: ClassId,
	/// Everybody on the roll.
	pub eligible: Votes,
	/// Everybody who took part.
	pub voted: Votes,
	/// Those for the option.
	pub in_favour: Votes,
	/// Those who marked nothing.
	pub abstained: Votes,
}

/// Why a rule does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unmet {
	/// Nobody is on the roll.
	EmptyRoll,
	/// The votes do not add up: a part exceeds its whole, or a sum overflows.
	Inconsistent,
	/// A test fails.
	Test {
		/// The position of the test in its rule.
		test: u8,
		/// The class in which it fails; `None` over the whole roll.
		class: Option<ClassId>,
	},
}

impl Test {
	/// Whether the share is a proper fraction.
	pub const fn is_valid(&self) -> bool {
		self.denominator > 0 && self.numerator <= self.denominator
	}

	/// Whether the votes pass. A base of zero never passes.
	pub fn holds(&self, votes: &ClassVotes) -> bool {
		let part = match self.part {
			Part::Voted => votes.voted,
			Part::For => votes.in_favour,
			Part::Abstained => votes.abstained,
			Part::Against => {
				let marked = votes.voted.checked_sub(votes.abstained);
				match marked.and_then(|marked| marked.checked_sub(votes.in_favour)) {
					Some(against) => against,
					None => return false,
				}
			}
		};
		let base = match self.base {
			Base::Eligible => votes.eligible,
			Base::Voted => votes.voted,
		};
		let (part, base) = match self.measure {
			Measure::Heads => (U256::from(part.heads), U256::from(base.heads)),
			Measure::Amount => (U256::from(part.amount), U256::from(base.amount)),
		};
		// 128 bits times 32 bits: neither product can exceed 160 bits.
		let (part, share) =
			(part * U256::from(self.denominator), base * U256::from(self.numerator));
		match self.bound {
			_ if base.is_zero() => false,
			Bound::AtLeast => part >= share,
			Bound::MoreThan => part > share,
		}
	}
}

impl ClassVotes {
	fn is_consistent(&self) -> bool {
		self.eligible.checked_sub(self.voted).is_some()
			&& self.voted.checked_sub(self.in_favour).is_some()
			&& self.voted.checked_sub(self.abstained).is_some()
	}

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

impl Rule {
	/// Whether there is a test, and every share is a proper fraction.
	pub fn is_valid(&self) -> bool {
		!self.tests.is_empty() && self.tests.iter().all(Test::is_valid)
	}

	/// Whether an option with these votes passes, one entry for each class of the roll; else why
	/// not. A class with nobody on the roll has no say.
	pub fn check(&self, classes: &[ClassVotes]) -> Result<(), Unmet> {
		if !classes.iter().all(ClassVotes::is_consistent) {
			return Err(Unmet::Inconsistent);
		}
		let mut populated = classes.iter().filter(|votes| votes.eligible.heads > 0).peekable();
		let first = *populated.peek().ok_or(Unmet::EmptyRoll)?;
		match self.scope {
			Scope::EveryClass => populated.try_for_each(|votes| {
				self.check_one(votes).map_err(|test| Unmet::Test { test, class: Some(votes.class) })
			}),
			Scope::WholeRoll => {
				let whole = populated
					.skip(1)
					.try_fold(*first, |sum, votes| sum.checked_add(votes))
					.ok_or(Unmet::Inconsistent)?;
				self.check_one(&whole).map_err(|test| Unmet::Test { test, class: None })
			}
		}
	}

	fn check_one(&self, votes: &ClassVotes) -> Result<(), u8> {
		match self.tests.iter().position(|test| !test.holds(votes)) {
			None => Ok(()),
			Some(position) => Err(position as u8),
		}
	}
}

/// Rules by name. Each is only a name for a [`Rule`]; a case may also bring its own.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Preset {
	/// 「三分之二加双过半」 as its words read most naturally: voted amount at least 2/3 of all, for
	/// more than half of the heads and of the amount that voted. UNVERIFIED: the text of the
	/// Shenzhen voting rule of 2019 was not found (domain.md section 2.1).
	#[codec(index = 0)]
	SzTwoThirdsDoubleHalf,
	/// Guiyang Jinzhu notice of 6 December 2019: voted amount more than 2/3 of all, for more
	/// than half of the heads that voted.
	#[codec(index = 1)]
	Jinzhu2019,
	/// Another reading of the Shenzhen label, nearer to the share reform of 2005: more than half
	/// of all heads and amount vote, for at least 2/3 of the amount that voted. UNVERIFIED.
	#[codec(index = 2)]
	SzAltParticipation,
	/// Civil Code art. 278, ordinary matters: 2/3 of heads and of area take part, for more than
	/// half of each that took part.
	#[codec(index = 3)]
	CivilCode278Ordinary,
	/// Civil Code art. 278, grave matters: 2/3 of heads and of area take part, for at least 3/4
	/// of each that took part.
	#[codec(index = 4)]
	CivilCode278Grave,
	/// Enterprise Bankruptcy Law art. 64: more than half of the heads present, at least half of
	/// ALL unsecured claims.
	#[codec(index = 5)]
	EblOrdinary,
	/// Enterprise Bankruptcy Law arts. 84 and 86: in every class more than half of the heads
	/// present and at least 2/3 of the class's total.
	#[codec(index = 6)]
	EblClassPlan,
	/// Securities Investment Fund Law art. 86: half of the units present, for at least half.
	#[codec(index = 7)]
	FundOrdinary,
	/// Securities Investment Fund Law art. 86, grave matters: for at least 2/3 of those present.
	#[codec(index = 8)]
	FundGrave,
	/// Securities Investment Fund Law art. 86, reconvened: a third of the units present.
	#[codec(index = 9)]
	FundReconvenedOrdinary,
	/// Securities Investment Fund Law art. 86, reconvened, grave matters.
	#[codec(index = 10)]
	FundReconvenedGrave,
	/// Company Law art. 116: more than half of the votes present.
	#[codec(index = 11)]
	CompanyOrdinary,
	/// Company Law art. 116, grave matters: at least 2/3 of the votes present.
	#[codec(index = 12)]
	CompanySpecial,
}

impl Preset {
	/// Every preset.
	pub const ALL: [Preset; 13] = [
		Self::SzTwoThirdsDoubleHalf,
		Self::Jinzhu2019,
		Self::SzAltParticipation,
		Self::CivilCode278Ordinary,
		Self::CivilCode278Grave,
		Self::EblOrdinary,
		Self::EblClassPlan,
		Self::FundOrdinary,
		Self::FundGrave,
		Self::FundReconvenedOrdinary,
		Self::FundReconvenedGrave,
		Self::CompanyOrdinary,
		Self::CompanySpecial,
	];

	/// The name by which people call it.
	pub const fn name(self) -> &'static str {
		match self {
			Self::SzTwoThirdsDoubleHalf => "sz_two_thirds_double_half",
			Self::Jinzhu2019 => "jinzhu_2019",
			Self::SzAltParticipation => "sz_alt_participation",
			Self::CivilCode278Ordinary => "civil_code_278_ordinary",
			Self::CivilCode278Grave => "civil_code_278_grave",
			Self::EblOrdinary => "ebl_ordinary",
			Self::EblClassPlan => "ebl_class_plan",
			Self::FundOrdinary => "fund_ordinary",
			Self::FundGrave => "fund_grave",
			Self::FundReconvenedOrdinary => "fund_reconvened_ordinary",
			Self::FundReconvenedGrave => "fund_reconvened_grave",
			Self::CompanyOrdinary => "company_ordinary",
			Self::CompanySpecial => "company_special",
		}
	}

	/// The rule that the name stands for.
	pub fn rule(self) -> Rule {
		use Base::*;
		use Bound::*;
		use Measure::*;
		let turnout = |measure, bound, p, q| test(Part::Voted, Eligible, measure, bound, p, q);
		let pass = |base, measure, bound, p, q| test(Part::For, base, measure, bound, p, q);
		let (scope, tests): (Scope, &[Test]) = match self {
			Self::SzTwoThirdsDoubleHalf => (
				Scope::WholeRoll,
				&[
					turnout(Amount, AtLeast, 2, 3),
					pass(Voted, Heads, MoreThan, 1, 2),
					pass(Voted, Amount, MoreThan, 1, 2),
				],
			),
			Self::Jinzhu2019 => (
				Scope::WholeRoll,
				&[turnout(Amount, MoreThan, 2, 3), pass(Voted, Heads, MoreThan, 1, 2)],
			),
			Self::SzAltParticipation => (
				Scope::WholeRoll,
				&[
					turnout(Heads, MoreThan, 1, 2),
					turnout(Amount, MoreThan, 1, 2),
					pass(Voted, Amount, AtLeast, 2, 3),
				],
			),
			Self::CivilCode278Ordinary => (
				Scope::WholeRoll,
				&[
					turnout(Heads, AtLeast, 2, 3),
					turnout(Amount, AtLeast, 2, 3),
					pass(Voted, Heads, MoreThan, 1, 2),
					pass(Voted, Amount, MoreThan, 1, 2),
				],
			),
			Self::CivilCode278Grave => (
				Scope::WholeRoll,
				&[
					turnout(Heads, AtLeast, 2, 3),
					turnout(Amount, AtLeast, 2, 3),
					pass(Voted, Heads, AtLeast, 3, 4),
					pass(Voted, Amount, AtLeast, 3, 4),
				],
			),
			Self::EblOrdinary => (
				Scope::WholeRoll,
				&[pass(Voted, Heads, MoreThan, 1, 2), pass(Eligible, Amount, AtLeast, 1, 2)],
			),
			Self::EblClassPlan => (
				Scope::EveryClass,
				&[pass(Voted, Heads, MoreThan, 1, 2), pass(Eligible, Amount, AtLeast, 2, 3)],
			),
			Self::FundOrdinary => (
				Scope::WholeRoll,
				&[turnout(Amount, AtLeast, 1, 2), pass(Voted, Amount, AtLeast, 1, 2)],
			),
			Self::FundGrave => (
				Scope::WholeRoll,
				&[turnout(Amount, AtLeast, 1, 2), pass(Voted, Amount, AtLeast, 2, 3)],
			),
			Self::FundReconvenedOrdinary => (
				Scope::WholeRoll,
				&[turnout(Amount, AtLeast, 1, 3), pass(Voted, Amount, AtLeast, 1, 2)],
			),
			Self::FundReconvenedGrave => (
				Scope::WholeRoll,
				&[turnout(Amount, AtLeast, 1, 3), pass(Voted, Amount, AtLeast, 2, 3)],
			),
			Self::CompanyOrdinary => (Scope::WholeRoll, &[pass(Voted, Amount, MoreThan, 1, 2)]),
			Self::CompanySpecial => (Scope::WholeRoll, &[pass(Voted, Amount, AtLeast, 2, 3)]),
		};
		Rule { scope, tests: BoundedVec::truncate_from(tests.to_vec()) }
	}
}

const fn test(
	part: Part,
	base: Base,
	measure: Measure,
	bound: Bound,
	numerator: u32,
	denominator: u32,
) -> Test {
	Test { part, base, measure, bound, numerator, denominator }
}
