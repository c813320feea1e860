use serde::{Serialize, Serializer};
use std::fmt;
use winddown_sdk::primitives::LenderIndex;

/// What the tables of strokes leave open about the place of a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
	/// The first character is in no table: a rare one, or no Chinese one.
	CountUnknown,
	/// Among characters of as many strokes, where this one belongs.
	OrderUnknown {
		/// The character.
		character: char,
	},
	/// Another character has the same strokes in the same order.
	Alike {
		/// The row above.
		row: LenderIndex,
	},
	/// Two people of one name.
	SameName {
		/// The row above.
		row: LenderIndex,
	},
	/// One surname; the name above is longer.
	ShorterFirst {
		/// The row above.
		row: LenderIndex,
	},
}

impl fmt::Display for Doubt {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::CountUnknown => write!(f, "strokes not known here, so last 笔画数未知，暂列末尾"),
			Self::OrderUnknown { character } => write!(
				f,
				"how {character} is written is not known here: compare with those of as many strokes \
				 笔顺未知，请与同笔画者核对"
			),
			Self::Alike { row } => {
				write!(f, "the same strokes in the same order as row {row} 与第{row}行笔画笔顺相同")
			}
			Self::SameName { row } => write!(f, "the same name as row {row} 与第{row}行同名"),
			Self::ShorterFirst { row } => write!(
				f,
				"row {row} has the same surname and a longer name; some lists put the shorter one first \
				 与第{row}行同姓，有的名单单名在前"
			),
		}
	}
}

impl Serialize for Doubt {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}
