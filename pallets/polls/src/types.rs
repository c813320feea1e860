use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use winddown_primitives::{
	CaseId, Choice, Choices, Digest, EvidenceId, Item, ItemKind, ItemResult, Millis, Purpose,
	RollTotals, Votes, MAX_ITEMS, MAX_OPTIONS,
};

/// Bytes of the widest cell of a ballot column: eight items.
pub const CELL_WIDTH: u32 = 66;

/// Options of all items together, at most.
const MAX_TALLIED: u32 = MAX_ITEMS * MAX_OPTIONS as u32;

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
}

/// What casting a ballot must know of a poll.
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
	/// What each choice may mark.
	pub limits: Limits,
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

impl ClassTally {
	/// Nobody voted yet.
	pub fn new(limits: &[Limit]) -> Self {
		let options = limits.iter().map(|limit| usize::from(limit.options)).sum();
		let zeros = |count| core::iter::repeat_n(Votes::default(), count).collect::<Vec<_>>();
		Self {
			voted: Votes::default(),
			options: BoundedVec::truncate_from(zeros(options)),
			abstained: BoundedVec::truncate_from(zeros(limits.len())),
		}
	}

	/// Counts a ballot; `None` on overflow, or when it does not fit the tally.
	pub fn add(&mut self, limits: &[Limit], choices: &[Choice], votes: Votes) -> Option<()> {
		self.change(limits, choices, |count| count.checked_add(votes))
	}

	/// Takes back a counted ballot; `None` when it was not counted.
	pub fn remove(&mut self, limits: &[Limit], choices: &[Choice], votes: Votes) -> Option<()> {
		self.change(limits, choices, |count| count.checked_sub(votes))
	}

	fn change(
		&mut self,
		limits: &[Limit],
		choices: &[Choice],
		step: impl Fn(Votes) -> Option<Votes>,
	) -> Option<()> {
		self.voted = step(self.voted)?;
		let mut rest: &mut [Votes] = self.options.as_mut();
		for ((limit, choice), abstained) in limits.iter().zip(choices).zip(&mut self.abstained) {
			let (options, following) = rest.split_at_mut_checked(limit.options.into())?;
			rest = following;
			let mut marks = choice.0;
			if marks == 0 {
				*abstained = step(*abstained)?;
			}
			while marks != 0 {
				let option = options.get_mut(marks.trailing_zeros() as usize)?;
				*option = step(*option)?;
				// Clears the lowest mark.
				marks &= marks.saturating_sub(1);
			}
		}
		Some(())
	}
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
		let copy = |to: Option<&mut [u8]>, from: &[u8]| {
			to.into_iter().flatten().zip(from).for_each(|(to, from)| *to = *from)
		};
		copy(cell.get_mut(..1), &[self.revision]);
		self.record.using_encoded(|record| copy(cell.get_mut(1..Self::CHOICES_AT), record));
		let places = cell.iter_mut().skip(Self::CHOICES_AT);
		let choices = self.choices.iter().flat_map(|choice| choice.0.to_le_bytes());
		places.zip(choices).for_each(|(to, from)| *to = from);
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
}
