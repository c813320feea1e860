use super::columns::Column;
use crate::{amount::AmountError, document::DocumentError};
use serde::{Serialize, Serializer};
use std::fmt;

/// What is wrong, and where. Never tells a personal datum, so that it may be logged and mailed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Problem {
	/// The line, from 1; `None` when it is about the whole file.
	pub line: Option<u64>,
	/// What is wrong there.
	#[serde(serialize_with = "as_text")]
	pub reason: Reason,
}

/// What is unusual in a good file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Note {
	/// The line, from 1.
	pub line: u64,
	/// What was found, and what was done about it.
	pub text: String,
}

/// Why a line, or a file, is bad.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Reason {
	/// Not one byte, or nothing but blank lines.
	#[error("the file is empty")]
	EmptyFile,
	/// Only the line of column names.
	#[error("the file has column names but no lenders")]
	NoLenders,
	/// The bytes are not what the encoding allows.
	#[error("the bytes are not {expected}{hint}")]
	Encoding {
		/// The encoding asked for.
		expected: &'static str,
		/// What they might be, and what to do.
		hint: String,
	},
	/// The first line does not name the columns.
	#[error("the first line must name the columns; missing: {0}")]
	MissingColumns(String),
	/// Two columns of one name.
	#[error("the column {0} occurs twice")]
	RepeatedColumn(&'static str),
	/// The separator is not a comma.
	#[error("the columns are separated by {0} instead of commas; export the file again")]
	Separator(&'static str),
	/// Too many or too few cells.
	#[error("the line has {found} cells instead of {expected}; is a comma or a quote missing?")]
	Cells {
		/// Cells of the line.
		found: usize,
		/// Cells of the first line.
		expected: usize,
	},
	/// A quote that is opened and never closed makes a cell of many lines.
	#[error("the column {0} holds a line break; a quote that was opened is not closed")]
	LineBreak(&'static str),
	/// A character that nobody sees.
	#[error("the column {0} holds an invisible character (a control or a byte order mark)")]
	Invisible(&'static str),
	/// Nothing is there.
	#[error("the column {0} is empty")]
	EmptyCell(&'static str),
	/// No amount.
	#[error("the column {column} {error}")]
	Amount {
		/// Where.
		column: &'static str,
		/// Why.
		error: AmountError,
	},
	/// Nothing is owed to this lender.
	#[error("the outstanding principal is zero; only lenders with a claim belong on the roll")]
	NothingOutstanding,
	/// No class.
	#[error("the class is not a number from 0 to 255")]
	Class,
	/// No telephone number.
	#[error("the phone number has characters that do not belong there, or a wrong length")]
	Phone,
	/// No document.
	#[error("{0}")]
	Document(#[from] DocumentError),
	/// The person stands on an earlier line already.
	#[error("the same person stands on line {first}; add up their claims on one line")]
	DuplicatePerson {
		/// The earlier line.
		first: u64,
	},
	/// The person stands on an earlier line of a registrar's file already.
	#[error("the same person stands on line {first}; a person has one key")]
	RegisteredTwice {
		/// The earlier line.
		first: u64,
	},
	/// The row stands on an earlier line of a list of calls already.
	#[error("the same row stands on line {first}; a claim is confirmed once")]
	CalledTwice {
		/// The earlier line.
		first: u64,
	},
	/// No row of a lender.
	#[error("the row is not a number of the roll; `winddown identity show` finds it")]
	Row,
	/// Together the claims are more than the chain can hold.
	#[error("from this line on, the sum of all claims is larger than the chain can hold")]
	SumOverflows,
	/// A case has at most eight classes.
	#[error("the file has {0} classes; a case has at most 8")]
	TooManyClasses(usize),
	/// No key of a lender.
	#[error("the key does not read sr25519:0x…, ed25519:0x… or ecdsa:0x…")]
	LenderKey,
	/// The person has no claim in this case.
	#[error("this person is not on the roll of the case")]
	NotOnRoll,
	/// The person has another key.
	#[error("row {row} has another key; replace it with: winddown identity rebind")]
	OtherKey {
		/// The row.
		row: u32,
	},
	/// The key stands on an earlier line already.
	#[error("the same key stands on line {first}; each lender needs an own one")]
	DuplicateKey {
		/// The earlier line.
		first: u64,
	},
}

impl Reason {
	/// Whether only a registrar's file has it.
	pub(crate) const fn is_of_keys(&self) -> bool {
		matches!(
			self,
			Self::LenderKey
				| Self::NotOnRoll
				| Self::OtherKey { .. }
				| Self::DuplicateKey { .. }
				| Self::RegisteredTwice { .. }
		)
	}

	pub(super) fn amount(column: Column, error: AmountError) -> Self {
		match error {
			AmountError::Empty => Self::EmptyCell(column.name),
			error => Self::Amount { column: column.name, error },
		}
	}
}

impl fmt::Display for Problem {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self.line {
			Some(line) => write!(f, "line {line}: {}", self.reason),
			None => self.reason.fmt(f),
		}
	}
}

fn as_text<S: Serializer>(reason: &Reason, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.collect_str(reason)
}
