use crate::pages::Cell;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A wind-down case.
pub type CaseId = u32;
/// A row of a case's table: the position of a lender in the roll.
pub type LenderIndex = u32;
/// A ballot, with its items.
pub type PollId = u32;
/// A version of a repayment plan, numbered within its case.
pub type PlanId = u32;
/// An evidence record.
pub type EvidenceId = u64;
/// A class of creditors within a case.
pub type ClassId = u8;
/// An amount of money in fen, one hundredth of a yuan.
pub type Fen = u128;
/// The largest amount that a case can have, in fen: 10^15 yuan, several times what China produces in a
/// year. Whatever is above it was written by a client that took a text for a number.
pub const MAX_AMOUNT: Fen = 100_000_000_000_000_000;
/// Milliseconds since the Unix epoch, or a span of milliseconds.
pub type Millis = u64;
/// The number a lender gives an intent; it must exceed the last one used.
pub type Sequence = u64;

/// The keyed hash that stands for a person within one case.
///
/// HMAC-SHA-256 under the case key over document type and normalised number; made off chain.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
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
pub struct IdentityHash(pub [u8; 32]);

/// The 32 bytes. Their column grows row by row, so a cell that exists holds an identity.
impl Cell for IdentityHash {
	const WIDTH: usize = 32;

	fn write(&self, cell: &mut [u8]) {
		for (to, from) in cell.iter_mut().zip(self.0) {
			*to = from;
		}
	}

	fn read(cell: &[u8]) -> Option<Self> {
		cell.try_into().ok().map(Self)
	}
}

/// One lender of one case: the success value of a lender's origin.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct LenderRef {
	/// The case.
	pub case: CaseId,
	/// The row in its roll.
	pub lender: LenderIndex,
}
