use super::{ColumnTitle, TextEncoding};
use std::collections::BTreeSet;

/// How a file is to be read. The default guesses nothing and takes nothing for granted.
#[derive(Clone, Debug, Default)]
pub struct Reading {
	/// How the characters of a text are written.
	pub encoding: TextEncoding,
	/// Titles of columns that have other ones than usual.
	pub titles: Vec<ColumnTitle>,
	/// The sheet of a workbook; else the only one that names the columns.
	pub sheet: Option<String>,
	/// What happens with what a sheet hides.
	pub hidden: Hidden,
	/// What happens with a person who stands on several lines.
	pub repeated: Repeated,
	/// Lines of a roll whose document numbers a clerk compared with the papers, and vouches for.
	pub vouched: BTreeSet<u64>,
}

/// What happens with rows, columns and sheets that are hidden, as a filter hides them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Hidden {
	/// They are a problem: nobody can see whether they are meant.
	#[default]
	Refuse,
	/// They are read like all others.
	Read,
	/// They are left out.
	LeaveOut,
}

/// What happens with a person who stands on several lines of a roll.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Repeated {
	/// Each further line is a problem.
	#[default]
	Refuse,
	/// Lines of equal kind, number, name and class are added up.
	AddUp,
}

impl From<TextEncoding> for Reading {
	fn from(encoding: TextEncoding) -> Self {
		Self { encoding, ..Self::default() }
	}
}
