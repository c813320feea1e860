//! Plaintext records: what the operator keeps, and the chain knows by its digest. `docs/records.md`
//! describes every kind.
//!
//! A record is a JSON object in the canonical form of RFC 8785. It has one form only: bytes that
//! differ from it in anything, down to a blank or a field more, are no record.

mod canonical;
mod fields;
mod kinds;
mod slips;

pub use canonical::GREATEST;
pub use fields::{Fen, Salt};
pub use kinds::*;
pub use slips::{slips, text_lines, Slips};

use crate::digest::Digest;
use alloc::{
	string::{String, ToString},
	vec::Vec,
};
use core::fmt;

/// The version of the schemas of [`kinds`](self).
pub const VERSION: u8 = 1;

/// Most options of an item of a ballot.
const MOST_OPTIONS: u8 = 32;

/// Longest record in bytes.
pub const LONGEST: usize = 16 * 1024;

/// Why bytes are no record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RecordError {
	/// It is longer than [`LONGEST`].
	TooLong {
		/// Bytes.
		length: usize,
	},
	/// It is no JSON, or a field is missing or of the wrong form.
	Malformed {
		/// What the reader says.
		reason: String,
	},
	/// Its schema is of another version.
	OtherVersion {
		/// The version.
		version: u8,
	},
	/// It is a record with something around it that a text gets on its way.
	Changed {
		/// What.
		slips: Slips,
	},
	/// It reads well, but is not in its canonical form: fields in another order, blanks, a field
	/// that its kind does not have, or one that occurs twice.
	NotCanonical,
}

impl fmt::Display for RecordError {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::TooLong { length } => {
				write!(out, "a record has at most {LONGEST} bytes, this one has {length}")
			}
			Self::Malformed { reason } => write!(out, "this is no record: {reason}"),
			Self::OtherVersion { version } => {
				write!(out, "the record is of version {version}; this program reads {VERSION}")
			}
			Self::Changed { slips } => write!(
				out,
				"the record is right, and the file was changed on its way: it differs in {slips}"
			),
			Self::NotCanonical => out.write_str(
				"the record is not in its canonical form (RFC 8785): it has blanks, fields in another \
				 order, or a field that its kind does not have",
			),
		}
	}
}

impl core::error::Error for RecordError {}

impl Record {
	/// Reads a record in its canonical form.
	pub fn parse(bytes: &[u8]) -> Result<Self, RecordError> {
		let read = Self::read(bytes);
		match read {
			Err(RecordError::Malformed { .. } | RecordError::NotCanonical) => {
				let slips = slips(bytes, |variant| Self::read(variant).is_ok());
				slips.map_or(read, |slips| Err(RecordError::Changed { slips }))
			}
			read => read,
		}
	}

	fn read(bytes: &[u8]) -> Result<Self, RecordError> {
		if bytes.len() > LONGEST {
			return Err(RecordError::TooLong { length: bytes.len() });
		}
		let malformed =
			|error: serde_json::Error| RecordError::Malformed { reason: error.to_string() };
		let record: Self = serde_json::from_slice(bytes).map_err(malformed)?;
		if record.version() != VERSION {
			return Err(RecordError::OtherVersion { version: record.version() });
		}
		if record.canonical() != bytes {
			return Err(RecordError::NotCanonical);
		}
		if !record.marks_ascend() {
			let reason = "marks of an item ascend and are at most 31".into();
			return Err(RecordError::Malformed { reason });
		}
		Ok(record)
	}

	fn marks_ascend(&self) -> bool {
		let Self::Ballot(ballot) = self else { return true };
		let ascends = |marks: &Vec<u8>| {
			marks.windows(2).all(|pair| pair[0] < pair[1])
				&& marks.last().is_none_or(|last| *last < MOST_OPTIONS)
		};
		ballot.choices.iter().all(ascends)
	}

	/// Its canonical bytes. What was not read by [`Self::parse`] may hold numbers above
	/// [`GREATEST`]; they are left out, and then it cannot be read again.
	pub fn canonical(&self) -> Vec<u8> {
		let value = serde_json::to_value(self).unwrap_or_default();
		canonical::canonical(&value).unwrap_or_default()
	}

	/// The digest that stands on chain, or in a leaf of a batch.
	pub fn digest(&self) -> Digest {
		self.algorithm().hash(&self.canonical())
	}

	/// The poll, of a ballot.
	pub const fn poll(&self) -> Option<u32> {
		match self {
			Self::Ballot(ballot) => Some(ballot.poll),
			_ => None,
		}
	}

	/// The lender's row, of a record about one lender.
	pub const fn lender(&self) -> Option<u32> {
		match self {
			Self::Ballot(BallotRecord { lender, .. })
			| Self::Confirmation(ConfirmationRecord { lender, .. })
			| Self::Call(CallRecord { lender, .. })
			| Self::Service(ServiceRecord { lender, .. })
			| Self::Identity(IdentityRecord { lender, .. })
			| Self::Adjudication(AdjudicationRecord { lender, .. })
			| Self::Candidate(CandidateRecord { lender, .. })
			| Self::Payment(PaymentRecord { lender, .. }) => Some(*lender),
			Self::Notice(_) | Self::Plan(_) | Self::Decision(_) | Self::Other(_) => None,
		}
	}
}

/// What a batch is digested as, and what the operator serves: each record's line, then a line feed.
pub fn lines<Line: AsRef<[u8]>>(records: &[Line]) -> Vec<u8> {
	let mut out = Vec::new();
	for record in records {
		out.extend_from_slice(record.as_ref());
		out.push(b'\n');
	}
	out
}

/// The records of a batch as [`lines`] wrote them; `None` when the last line has no end.
pub fn split(content: &[u8]) -> Option<Vec<&[u8]>> {
	let lines = content.strip_suffix(b"\n")?;
	Some(lines.split(|byte| *byte == b'\n').collect())
}

#[cfg(test)]
mod tests;
