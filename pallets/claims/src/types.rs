//! What the pallet stores and takes as arguments.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use winddown_primitives::{
	pages::{Cell, Page},
	CaseId, ClassId, Fen, IdentityHash, LenderIndex, RollTotals,
};

/// Bytes of the cell of an entry.
pub const ENTRY_WIDTH: u32 = 18;
/// Most rows of one import.
pub const MAX_IMPORT: u32 = 512;
/// Most pages that one call clears.
pub const MAX_CLEAR: u32 = 256;
/// Most lenders of one batch of confirmations.
pub const MAX_CONFIRMATIONS: u32 = 256;

const _: () = assert!(Entry::WIDTH == ENTRY_WIDTH as usize);

/// A page of the column of entries.
pub type EntryPage = Page<ENTRY_WIDTH>;
/// Rows to import.
pub type ImportRows = BoundedVec<ImportRow, ConstU32<MAX_IMPORT>>;
/// Claims that lenders confirmed in recorded calls.
pub type CalledClaims = BoundedVec<CalledClaim, ConstU32<MAX_CONFIRMATIONS>>;
/// Lenders whose silence confirms.
pub type SilentLenders = BoundedVec<LenderIndex, ConstU32<MAX_CONFIRMATIONS>>;

/// One row of a roll, as the platform imports it.
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
pub struct ImportRow {
	/// The keyed hash of the person.
	pub identity: IdentityHash,
	/// The claim in fen, not zero.
	pub amount: Fen,
	/// The class of creditors.
	pub class: ClassId,
}

impl ImportRow {
	/// Its entry before the lender spoke.
	pub(crate) const fn entry(&self) -> Entry {
		let stated = Stated { amount: self.amount, class: self.class };
		Entry { stated, state: ClaimState::Imported }
	}
}

/// A claim that its lender confirmed in a recorded call.
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
pub struct CalledClaim {
	/// The row.
	pub lender: LenderIndex,
	/// The amount, in fen, that the lender agreed to.
	pub amount: Fen,
}

/// What a row states. It never changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stated {
	/// Fen.
	pub amount: Fen,
	/// The class.
	pub class: ClassId,
}

/// A cell of the roll: what the row states, and where the claim stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
	/// What the row states.
	pub stated: Stated,
	/// Where the claim stands.
	pub state: ClaimState,
}

/// The amount in 16 bytes, little endian, then the class, then the state. An amount of zero is no
/// row, and neither is an unknown state.
impl Cell for Entry {
	const WIDTH: usize = 18;

	fn write(&self, cell: &mut [u8]) {
		if let Some((amount, [class, state])) = cell.split_first_chunk_mut() {
			*amount = self.stated.amount.to_le_bytes();
			*class = self.stated.class;
			*state = self.state as u8;
		}
	}

	fn read(cell: &[u8]) -> Option<Self> {
		let (amount, [class, state]) = cell.split_first_chunk()? else { return None };
		let stated = Stated { amount: Fen::from_le_bytes(*amount), class: *class };
		let state = *ClaimState::ALL.get(usize::from(*state))?;
		(stated.amount > 0).then_some(Self { stated, state })
	}
}

/// Where a claim stands.
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
pub enum ClaimState {
	/// Imported; the lender has not spoken yet.
	#[codec(index = 0)]
	Imported,
	/// Confirmed by the lender's own intent.
	#[codec(index = 1)]
	ConfirmedByApp,
	/// Confirmed in a recorded call.
	#[codec(index = 2)]
	ConfirmedByCall,
	/// Confirmed by silence, as the terms of the case declare it.
	#[codec(index = 3)]
	Deemed,
	/// Disputed and not ruled on yet.
	#[codec(index = 4)]
	Disputed,
	/// In dispute, with an amount set for voting.
	#[codec(index = 5)]
	Provisional,
	/// Decided by a ruling, or admitted late.
	#[codec(index = 6)]
	Adjudicated,
	/// Taken off the roll by a ruling.
	#[codec(index = 7)]
	Excluded,
}

impl ClaimState {
	/// Every state, in the order of its byte in an [`Entry`].
	pub const ALL: [Self; 8] = [
		Self::Imported,
		Self::ConfirmedByApp,
		Self::ConfirmedByCall,
		Self::Deemed,
		Self::Disputed,
		Self::Provisional,
		Self::Adjudicated,
		Self::Excluded,
	];

	/// Whether the claim counts in the totals of the roll, voting or not.
	pub const fn is_eligible(self) -> bool {
		!matches!(self, Self::Disputed | Self::Excluded)
	}

	/// Whether the lender may vote.
	pub const fn may_vote(self) -> bool {
		matches!(
			self,
			Self::ConfirmedByApp
				| Self::ConfirmedByCall
				| Self::Deemed
				| Self::Provisional
				| Self::Adjudicated
		)
	}

	/// Whether a ruling may have set an amount other than the stated one.
	pub const fn may_be_adjusted(self) -> bool {
		matches!(self, Self::Provisional | Self::Adjudicated)
	}

	/// Whether there is something to rule on: a dispute, or an earlier ruling.
	pub const fn is_contested(self) -> bool {
		matches!(self, Self::Disputed | Self::Provisional | Self::Adjudicated | Self::Excluded)
	}
}

/// What the association decides on a claim.
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
pub enum Ruling {
	/// The stated amount is right.
	#[codec(index = 0)]
	Uphold,
	/// Another amount is right, in fen, not zero.
	#[codec(index = 1)]
	Adjust(Fen),
	/// The lender votes with this amount, in fen, not zero, until the claim is decided.
	#[codec(index = 2)]
	Provisional(Fen),
	/// The claim does not belong on the roll.
	#[codec(index = 3)]
	Exclude,
}

/// How many claims stand where.
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
)]
pub struct StateCounts {
	/// Lenders that have not spoken.
	pub imported: u32,
	/// Confirmed by their own intent.
	pub confirmed_by_app: u32,
	/// Confirmed in a recorded call.
	pub confirmed_by_call: u32,
	/// Confirmed by silence.
	pub deemed: u32,
	/// Disputed, no ruling yet.
	pub disputed: u32,
	/// In dispute, with an amount for voting.
	pub provisional: u32,
	/// Decided by a ruling, or admitted late.
	pub adjudicated: u32,
	/// Off the roll.
	pub excluded: u32,
}

impl StateCounts {
	/// The claims in `state`.
	pub const fn of(&self, state: ClaimState) -> u32 {
		match state {
			ClaimState::Imported => self.imported,
			ClaimState::ConfirmedByApp => self.confirmed_by_app,
			ClaimState::ConfirmedByCall => self.confirmed_by_call,
			ClaimState::Deemed => self.deemed,
			ClaimState::Disputed => self.disputed,
			ClaimState::Provisional => self.provisional,
			ClaimState::Adjudicated => self.adjudicated,
			ClaimState::Excluded => self.excluded,
		}
	}

	fn of_mut(&mut self, state: ClaimState) -> &mut u32 {
		match state {
			ClaimState::Imported => &mut self.imported,
			ClaimState::ConfirmedByApp => &mut self.confirmed_by_app,
			ClaimState::ConfirmedByCall => &mut self.confirmed_by_call,
			ClaimState::Deemed => &mut self.deemed,
			ClaimState::Disputed => &mut self.disputed,
			ClaimState::Provisional => &mut self.provisional,
			ClaimState::Adjudicated => &mut self.adjudicated,
			ClaimState::Excluded => &mut self.excluded,
		}
	}

	/// Counts `claims` more in `state`; `None` on overflow.
	pub(crate) fn add(&mut self, state: ClaimState, claims: u32) -> Option<()> {
		let count = self.of_mut(state);
		*count = count.checked_add(claims)?;
		Some(())
	}

	/// Counts one claim less in `state`; `None` when there is none.
	pub(crate) fn take(&mut self, state: ClaimState) -> Option<()> {
		let count = self.of_mut(state);
		*count = count.checked_sub(1)?;
		Some(())
	}
}

/// How far a roll is.
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
)]
pub enum RollPhase {
	/// Rows come in.
	#[default]
	#[codec(index = 0)]
	Importing,
	/// The import has ended.
	#[codec(index = 1)]
	Locked,
	/// Rows go out, until none is left.
	#[codec(index = 2)]
	Clearing,
}

/// The state of a case's roll.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Roll {
	/// Rows, late ones included.
	pub rows: u32,
	/// The running digest of the imported rows, see `winddown_primitives::roll_digest`; zero while the
	/// roll is cleared.
	pub digest: [u8; 32],
	/// How far it is.
	pub phase: RollPhase,
	/// Heads and fen as imported.
	pub imported: RollTotals,
	/// Heads and fen that count in votes; empty until the lock.
	pub eligible: RollTotals,
	/// Open polls, each of which keeps the eligible roll as it is.
	pub open_polls: u32,
	/// How many claims stand where.
	pub counts: StateCounts,
}

impl Roll {
	/// Whether the import has ended.
	pub fn is_locked(&self) -> bool {
		self.phase == RollPhase::Locked
	}
}

/// What the platform states when it locks a roll. Its digest is the evidence of the lock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct LockedRoll {
	/// The case.
	pub case: CaseId,
	/// Imported rows.
	pub heads: u32,
	/// Their sum in fen.
	pub amount: Fen,
	/// Their running digest.
	pub digest: [u8; 32],
}

/// A claim, for a client that asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Claim {
	/// The class.
	pub class: ClassId,
	/// The amount in fen as it was imported or admitted.
	pub stated: Fen,
	/// The amount in fen that counts now, zero for an excluded claim.
	pub amount: Fen,
	/// Where the claim stands.
	pub state: ClaimState,
	/// Whether the lender may vote with this amount.
	pub may_vote: bool,
}

/// A row as the pallet works with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Row {
	/// What the row states.
	pub stated: Stated,
	/// Where the claim stands.
	pub state: ClaimState,
	/// The amount in fen that counts now, zero for an excluded claim.
	pub amount: Fen,
}

impl From<Row> for Claim {
	fn from(row: Row) -> Self {
		let Row { stated: Stated { amount: stated, class }, state, amount } = row;
		Self { class, stated, amount, state, may_vote: state.may_vote() }
	}
}
