use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::{traits::ConstU32, BoundedVec};

/// Most items of one ballot.
pub const MAX_ITEMS: u32 = 8;
/// Most options of one item; a choice has one bit for each.
pub const MAX_OPTIONS: u8 = 32;

/// A lender's choice on one item: the set of options marked, bit `n` for option `n`.
///
/// No mark is an abstention: it takes part, and is for nothing. A resolution has two options,
/// [`Choice::FOR`] and [`Choice::AGAINST`].
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct Choice(pub u32);

impl Choice {
	/// Bytes of an encoded choice.
	pub const WIDTH: usize = 4;
	/// Takes part without marking an option.
	pub const ABSTAIN: Self = Self(0);
	/// For a resolution.
	pub const FOR: Self = Self(0b01);
	/// Against a resolution.
	pub const AGAINST: Self = Self(0b10);

	/// Marks one option; `None` beyond [`MAX_OPTIONS`].
	pub fn option(option: u8) -> Option<Self> {
		1u32.checked_shl(option.into()).map(Self)
	}

	/// Whether `option` is marked.
	pub fn marks(self, option: u8) -> bool {
		Self::option(option).is_some_and(|mark| self.0 & mark.0 != 0)
	}

	/// How many options are marked.
	pub const fn count(self) -> u32 {
		self.0.count_ones()
	}

	/// Whether only the first `options` options are marked, and at most `marks` of them.
	pub fn is_valid(self, options: u8, marks: u8) -> bool {
		let known = 1u64.checked_shl(options.into()).unwrap_or(0).saturating_sub(1);
		u64::from(self.0) & !known == 0 && self.count() <= marks.into()
	}
}

/// The choices of a ballot, one for each item of the poll, in order.
pub type Choices = BoundedVec<Choice, ConstU32<MAX_ITEMS>>;

/// What a lender casts.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Ballot {
	/// Choices that everybody can read.
	#[codec(index = 0)]
	Open(Choices),
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_choice_marks_only_known_options_and_not_too_many() {
		assert!(Choice::ABSTAIN.is_valid(2, 1));
		assert!(Choice::FOR.is_valid(2, 1) && Choice::AGAINST.is_valid(2, 1));
		assert!(!Choice(0b11).is_valid(2, 1), "for and against at once");
		assert!(!Choice(0b100).is_valid(2, 1), "an option that does not exist");
		assert!(Choice(u32::MAX).is_valid(32, 32));
		assert!(!Choice(u32::MAX).is_valid(32, 31));
		assert!(!Choice(1 << 31).is_valid(31, 31));
	}

	#[test]
	fn the_thirty_third_option_does_not_exist() {
		assert_eq!(Choice::option(31), Some(Choice(1 << 31)));
		assert_eq!(Choice::option(32), None);
		assert!(!Choice(u32::MAX).marks(32));
	}
}
