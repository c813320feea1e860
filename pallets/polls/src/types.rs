use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen, Output};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use winddown_primitives::{
	lot::Lot, pages::stored_bytes, CaseId, Choice, Choices, Digest, EvidenceId, Item, ItemKind,
	ItemResult, Millis, Precedence, Purpose, RollTotals, TieBreak, Votes, MAX_ITEMS, MAX_OPTIONS,
};

/// Bytes of the widest cell of a ballot column: eight items.
pub const CELL_WIDTH: u32 = 66;

/// Options of all items together, at most.
pub(crate) const MAX_TALLIED: u32 = MAX_ITEMS * MAX_OPTIONS as u32;

/// Bytes of the largest page of a ballot column as it is stored.
pub(crate) const BALLOT_PAGE: usize = stored_bytes(CELL_WIDTH as usize);

/// The questions of a poll, in the order of the ballot.
pub type Items = BoundedVec<Item, ConstU32<MAX_ITEMS>>;

/// The limits of a ballot, one for each item.
pub type Limits = BoundedVec<Limit, ConstU32<MAX_ITEMS>>;

/// A poll: what it asks, of whom, until when.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Poll {
	/// The case.
	pub case: CaseId,
	/// Why it is held.
	pub purpose: Purpose,
	/// The questions.
	pub items: Items,
	/// When it opened, in milliseconds.
	pub opened_at: Millis,
	/// The first moment, in milliseconds, at which no ballot counts any more.
	pub closes_at: Millis,
	/// The eligible roll as it was when the poll opened.
	pub roll: RollTotals,
	/// How often one lender may replace a ballot, at most 254.
	pub max_revotes: u8,
	/// How a tie between candidates is settled.
	pub tie_break: TieBreak,
	/// The order in which a tie goes that is not settled by a lot.
	pub precedence: Precedence,
	/// Whether it was closed.
	pub status: PollStatus,
}

/// Whether a poll was closed.
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
)]
pub enum PollStatus {
	/// Ballots come in, or it waits to be closed.
	#[codec(index = 0)]
	Open,
	/// The result stands.
	#[codec(index = 1)]
	Closed {
		/// When, in milliseconds.
		at: Millis,
		/// The evidence record of the result.
		evidence: EvidenceId,
	},
	/// Its association took it back before anybody voted.
	#[codec(index = 2)]
	Cancelled {
		/// When, in milliseconds.
		at: Millis,
	},
	/// Its time is over and candidates are tied: the result waits for the lot.
	#[codec(index = 3)]
	AwaitsLot {
		/// When it was closed, in milliseconds.
		at: Millis,
		/// The block whose hash is drawn.
		block: u32,
	},
}

impl PollStatus {
	/// Whether the roll stands still for it: ballots come in, or there is no result yet.
	pub const fn is_pending(self) -> bool {
		matches!(self, Self::Open | Self::AwaitsLot { .. })
	}
}

/// What casting a ballot must know of a poll, and the count of ballots cast.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Booth {
	/// The case.
	pub case: CaseId,
	/// The first moment, in milliseconds, at which no ballot counts any more.
	pub closes_at: Millis,
	/// How often one lender may replace a ballot.
	pub max_revotes: u8,
	/// Ballots cast so far, replaced ones included.
	pub cast: u64,
	/// What each choice may mark.
	pub limits: Limits,
}

impl Booth {
	/// Bytes of the longest encoding: case, close, revotes, count, and eight limits with their
	/// number.
	pub(crate) const MAX_BYTES: usize = 4 + 8 + 1 + 8 + 1 + 2 * MAX_ITEMS as usize;

	/// The booth stored under `key`; one host call reads it.
	pub(crate) fn read_stored(key: &[u8]) -> Option<Self> {
		let mut bytes = [0; Self::MAX_BYTES];
		let length = sp_io::storage::read(key, &mut bytes, 0)?;
		Self::decode(&mut bytes.get(..length as usize)?).ok()
	}

	/// Stores the booth under `key`; allocates nothing.
	pub(crate) fn write_stored(&self, key: &[u8]) {
		let mut bytes = [0; Self::MAX_BYTES];
		let mut rest = CellOutput(&mut bytes);
		self.encode_to(&mut rest);
		let length = Self::MAX_BYTES.saturating_sub(rest.0.len());
		sp_io::storage::set(key, bytes.get(..length).unwrap_or_default());
	}
}

/// What a choice on one item may mark.
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
)]
pub struct Limit {
	/// Options of the item.
	pub options: u8,
	/// Most options that one ballot marks.
	pub marks: u8,
}

impl From<ItemKind> for Limit {
	fn from(kind: ItemKind) -> Self {
		Self { options: kind.options(), marks: kind.marks() }
	}
}

impl Limit {
	/// Whether the item allows `choice`.
	pub fn allows(self, choice: Choice) -> bool {
		choice.is_valid(self.options, self.marks)
	}
}

/// The running count of one class.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ClassTally {
	/// Everybody who took part.
	pub voted: Votes,
	/// Votes for each option: the options of the first item, then those of the second, and so on.
	pub options: BoundedVec<Votes, ConstU32<MAX_TALLIED>>,
	/// Abstentions on each item.
	pub abstained: BoundedVec<Votes, ConstU32<MAX_ITEMS>>,
}

/// A ballot as it lies in its cell: revision, digest of the record, choices.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct CastBallot {
	/// 1 for a first ballot, one more for each replacement; 0 in an empty cell.
	pub revision: u8,
	/// The digest of the plaintext record.
	pub record: Digest,
	/// The choices, one for each item.
	pub choices: Choices,
}

impl CastBallot {
	const CHOICES_AT: usize = 1 + Digest::WIDTH;

	/// Bytes of a cell for a ballot on `items` items.
	pub const fn width(items: usize) -> usize {
		Self::CHOICES_AT + items * Choice::WIDTH
	}

	/// Reads a cell; `None` when it is empty.
	pub fn read(cell: &[u8]) -> Option<Self> {
		let (revision, rest) = cell.split_first()?;
		let (mut record, choices) = rest.split_at_checked(Digest::WIDTH)?;
		if *revision == 0 {
			return None;
		}
		let choices = choices
			.chunks_exact(Choice::WIDTH)
			.map(|bytes| bytes.try_into().map(|bytes| Choice(u32::from_le_bytes(bytes))))
			.collect::<Result<Vec<_>, _>>()
			.ok()?;
		Some(Self {
			revision: *revision,
			record: Digest::decode(&mut record).ok()?,
			choices: choices.try_into().ok()?,
		})
	}

	/// Writes a cell of [`CastBallot::width`] bytes.
	pub fn write(&self, cell: &mut [u8]) {
		let mut cell = CellOutput(cell);
		self.revision.encode_to(&mut cell);
		self.record.encode_to(&mut cell);
		self.choices.iter().for_each(|choice| choice.encode_to(&mut cell));
	}
}

/// What is left of a cell to be written; what does not fit is dropped.
struct CellOutput<'a>(&'a mut [u8]);

impl Output for CellOutput<'_> {
	fn write(&mut self, bytes: &[u8]) {
		let length = bytes.len().min(self.0.len());
		let (written, rest) = core::mem::take(&mut self.0).split_at_mut(length);
		written.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
		self.0 = rest;
	}
}

/// The result of a poll.
///
/// Its evidence is the BLAKE2b-256 digest of the SCALE encoding of the poll's number, then this.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct PollResult {
	/// Everybody on the eligible roll.
	pub eligible: Votes,
	/// Everybody who took part.
	pub turnout: Votes,
	/// The count and outcome of each item.
	pub items: BoundedVec<ItemResult, ConstU32<MAX_ITEMS>>,
	/// The lot that settled ties between candidates; `None` where there were none, or where the terms
	/// settle them otherwise.
	pub lot: Option<Lot>,
}
