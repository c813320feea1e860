use crate::{
	rules::Rule, CaseId, Choice, Digest, LenderIndex, Millis, Votes, MAX_ITEMS, MAX_OPTIONS,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// Most seats of a committee.
pub const MAX_SEATS: u32 = 9;
/// Most reserves of a committee.
pub const MAX_RESERVES: u32 = 9;

/// Most ties of one item: each has two options or more.
pub const MAX_TIES: u32 = MAX_OPTIONS as u32 / 2;

/// Options in the order in which a tie between them goes; empty for the order of the ballot.
pub type Precedence = BoundedVec<u8, ConstU32<{ MAX_OPTIONS as u32 }>>;
/// Sets of options that were equal where the order decided.
pub type Ties = BoundedVec<Choice, ConstU32<MAX_TIES>>;

/// How an item is answered.
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
pub enum ItemKind {
	/// For, against or abstain.
	#[codec(index = 0)]
	Resolution,
	/// At most one of several options; the winner must pass the rule.
	#[codec(index = 1)]
	ChooseOne {
		/// Options, 2 to 32.
		options: u8,
	},
	/// Approve up to `seats` candidates; those who pass the rule fill the seats by rank.
	#[codec(index = 2)]
	ApproveUpTo {
		/// Candidates, 1 to 32.
		candidates: u8,
		/// Seats, odd, at most 9; also the most candidates that one ballot approves.
		seats: u8,
		/// Most reserves, at most 9.
		reserves: u8,
	},
}

impl ItemKind {
	/// Options of the item.
	pub const fn options(self) -> u8 {
		match self {
			Self::Resolution => 2,
			Self::ChooseOne { options } => options,
			Self::ApproveUpTo { candidates, .. } => candidates,
		}
	}

	/// Most options that one ballot marks.
	pub const fn marks(self) -> u8 {
		match self {
			Self::Resolution | Self::ChooseOne { .. } => 1,
			Self::ApproveUpTo { seats, .. } => seats,
		}
	}

	/// Whether the numbers keep their bounds.
	pub const fn is_valid(self) -> bool {
		match self {
			Self::Resolution => true,
			Self::ChooseOne { options } => options >= 2 && options <= MAX_OPTIONS,
			Self::ApproveUpTo { candidates, seats, reserves } => {
				candidates >= 1
					&& candidates <= MAX_OPTIONS
					&& seats % 2 == 1
					&& seats as u32 <= MAX_SEATS
					&& reserves as u32 <= MAX_RESERVES
			}
		}
	}
}

/// One question of a ballot.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Item {
	/// How it is answered.
	pub kind: ItemKind,
	/// When an option passes.
	pub rule: Rule,
	/// What is voted on: one document for a resolution, else one for each option, in order.
	pub documents: BoundedVec<Digest, ConstU32<{ MAX_OPTIONS as u32 }>>,
}

impl Item {
	/// Whether kind, rule and documents fit together, and no document's digest is zero.
	pub fn is_valid(&self) -> bool {
		let documents = match self.kind {
			ItemKind::Resolution => 1,
			_ => self.kind.options() as usize,
		};
		self.kind.is_valid()
			&& self.rule.is_valid()
			&& self.documents.len() == documents
			&& !self.documents.iter().any(Digest::is_zero)
	}
}

/// Why a poll is held; the pallet concerned acts on its outcome.
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
pub enum Purpose {
	/// A resolution with no consequence on chain.
	#[codec(index = 0)]
	General,
	/// The first ballot: exit, committee, mandate.
	#[codec(index = 1)]
	FirstBallot,
	/// The recall of a committee member.
	#[codec(index = 2)]
	Recall {
		/// The member.
		member: LenderIndex,
	},
	/// A vote on repayment plans.
	#[codec(index = 3)]
	Plan {
		/// The round, from 1.
		round: u8,
	},
}

/// What opens a poll.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewPoll {
	/// The case.
	pub case: CaseId,
	/// Why it is held.
	pub purpose: Purpose,
	/// The items, in the order of the ballot.
	pub items: BoundedVec<Item, ConstU32<MAX_ITEMS>>,
	/// The first moment at which no ballot counts any more.
	pub closes_at: Millis,
	/// The order in which a tie between candidates goes, where the terms go by their nomination.
	pub precedence: Precedence,
}

/// What came of an item.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum ItemOutcome {
	/// A resolution that passed.
	#[codec(index = 0)]
	Passed,
	/// The option that won.
	#[codec(index = 1)]
	Chosen {
		/// The option.
		option: u8,
	},
	/// Candidates elected, by rank.
	#[codec(index = 2)]
	Elected {
		/// The seats, best first.
		seats: BoundedVec<u8, ConstU32<MAX_SEATS>>,
		/// The reserves, in the order in which they move up.
		reserves: BoundedVec<u8, ConstU32<MAX_RESERVES>>,
	},
	/// Nothing passed.
	#[codec(index = 3)]
	Failed,
}

/// The count and outcome of one item, over all classes.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ItemResult {
	/// Votes for each option, in order.
	pub options: BoundedVec<Votes, ConstU32<{ MAX_OPTIONS as u32 }>>,
	/// Abstentions.
	pub abstained: Votes,
	/// What came of it.
	pub outcome: ItemOutcome,
	/// The options that were equal where it mattered who comes first, each tie as a set of them. In an
	/// election a tie that the seats hold wholly is none, nor one of candidates who got no place; a
	/// choice with a tie for the greatest amount chooses nothing.
	pub ties: Ties,
}
