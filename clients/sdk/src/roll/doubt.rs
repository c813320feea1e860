use serde::{Serialize, Serializer};
use std::fmt;
use winddown_primitives::Fen;

/// What may be wrong with a file that can be read, and only a person can tell. Tells no personal datum.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Doubt {
	/// Too few amounts have fen, or all are round, as after an export of what cells show.
	#[error(
		"{with_fen} of {lenders} amounts have fen, and all are multiples of {grain}: are they the true amounts, \
		 or what a sheet shows? 金额几乎都没有零头，请确认不是表格显示值"
	)]
	Coarse {
		/// Amounts that are not whole yuan.
		with_fen: u64,
		/// All amounts.
		lenders: u64,
		/// What all amounts are multiples of.
		grain: Grain,
	},
	/// Lines that repeat person and amounts of the line above were added up.
	#[error(
		"lines that repeat person and amounts of the line above: {lines}, the first of them line {first}; several equal \
		 claims, or copies of merged cells? 有重复行，请确认是多笔等额债权而不是重复"
	)]
	Copies {
		/// How many.
		lines: u64,
		/// The first one.
		first: u64,
	},
}

/// What amounts are multiples of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Grain {
	/// A fen.
	Fen,
	/// A yuan.
	Yuan,
	/// 100 yuan.
	Hundred,
	/// 10,000 yuan.
	TenThousand,
}

/// Of this many amounts one has fen, at the least, where nobody rounded.
const ONE_IN: u64 = 10;

impl Doubt {
	/// Looks at all amounts of a file.
	pub(super) fn of_amounts(amounts: impl Iterator<Item = Fen>) -> Option<Self> {
		let (mut lenders, mut with_fen, mut grain) = (0, 0, Grain::TenThousand);
		for amount in amounts {
			let own = Grain::of(amount);
			lenders += 1;
			with_fen += u64::from(own == Grain::Fen);
			grain = grain.min(own);
		}
		(with_fen * ONE_IN < lenders).then_some(Self::Coarse { with_fen, lenders, grain })
	}
}

impl Grain {
	const ALL: [Self; 4] = [Self::TenThousand, Self::Hundred, Self::Yuan, Self::Fen];

	const fn fen(self) -> Fen {
		match self {
			Self::Fen => 1,
			Self::Yuan => 100,
			Self::Hundred => 10_000,
			Self::TenThousand => 1_000_000,
		}
	}

	/// The coarsest one that an amount is a multiple of.
	pub(super) fn of(amount: Fen) -> Self {
		let fits = |grain: &Self| amount.is_multiple_of(grain.fen());
		Self::ALL.into_iter().find(fits).unwrap_or(Self::Fen)
	}
}

impl fmt::Display for Grain {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Fen => "0.01 yuan",
			Self::Yuan => "1 yuan",
			Self::Hundred => "100 yuan",
			Self::TenThousand => "10,000 yuan (万)",
		})
	}
}

impl Serialize for Doubt {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_without_fen_are_doubted_and_with_fen_are_not() {
		let coarse = |amounts: &[Fen]| Doubt::of_amounts(amounts.iter().copied());
		let doubt = |with_fen, lenders, grain| Some(Doubt::Coarse { with_fen, lenders, grain });
		assert_eq!(coarse(&[1_234_600]), doubt(0, 1, Grain::Yuan));
		assert_eq!(coarse(&[1_230_000, 40_000]), doubt(0, 2, Grain::Hundred));
		assert_eq!(coarse(&[12_000_000, 3_000_000]), doubt(0, 2, Grain::TenThousand));
		assert_eq!(coarse(&[1_234_567]), None);
		assert_eq!(coarse(&[]), None);
		let one_in = |n: usize| [vec![1], vec![100; n - 1]].concat();
		assert_eq!(coarse(&one_in(10)), None);
		assert_eq!(coarse(&one_in(11)), doubt(1, 11, Grain::Fen));
	}
}
