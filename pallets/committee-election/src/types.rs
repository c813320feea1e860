//! Types of the committee and its election.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use winddown_primitives::{
	lot::Lot, CaseId, Digest, LenderIndex, Millis, PollId, MAX_OPTIONS, MAX_RESERVES, MAX_SEATS,
};

/// The number of a decision within its case.
pub type DecisionId = u32;
/// Candidates: those who stand in the order of their first nomination, those on a ballot in its order.
pub type Slate = BoundedVec<Candidate, ConstU32<{ MAX_OPTIONS as u32 }>>;
/// Candidates by their rows, in the order in which they shall stand on the ballot.
pub type Listing = BoundedVec<LenderIndex, ConstU32<{ MAX_OPTIONS as u32 }>>;
/// Members who hold a seat, by rank.
pub type Seats = BoundedVec<LenderIndex, ConstU32<MAX_SEATS>>;
/// Reserves, in the order in which they move up.
pub type Reserves = BoundedVec<LenderIndex, ConstU32<MAX_RESERVES>>;
/// The votes on a decision: one of each lender who ever held a seat or a place in reserve.
pub type MemberVotes = BoundedVec<MemberVote, ConstU32<{ MAX_SEATS + MAX_RESERVES }>>;
/// Decisions on one page of an answer to a client.
pub const DECISIONS_PAGE: u32 = 32;

/// A lender who stands for a seat.
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
pub struct Candidate {
	/// The row in the roll.
	pub lender: LenderIndex,
	/// The statement, with the declaration of interests.
	pub statement: Digest,
	/// When it was nominated, in milliseconds.
	pub nominated_at: Millis,
	/// How many lenders of the case stood for the first time before it, also those who withdrew. Who
	/// withdraws and stands again keeps it.
	pub place: u32,
}

/// Where the election of a case stands.
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
pub struct Election {
	/// The first moment, in milliseconds, at which nobody may be nominated any more.
	pub nominations_until: Millis,
	/// The first ballot, while it is open.
	pub ballot: Option<PollId>,
	/// How many lenders ever stood.
	pub stood: u32,
	/// The block whose hash decides the order of the candidates, where the terms draw lots; `None` until
	/// it is named.
	pub lot: Option<u32>,
}

/// What a committee may decide on.
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
pub enum Matter {
	/// An opinion on a repayment plan.
	#[codec(index = 0)]
	PlanReview,
	/// A finding on how the plan is carried out.
	#[codec(index = 1)]
	Supervision,
	/// A call for a meeting of lenders.
	#[codec(index = 2)]
	Meeting,
	/// A demand for documents of the platform.
	#[codec(index = 3)]
	DocumentRequest,
}

impl Matter {
	/// Every matter, in the order of its bits.
	pub const ALL: [Matter; 4] =
		[Matter::PlanReview, Matter::Supervision, Matter::Meeting, Matter::DocumentRequest];

	const fn bit(self) -> u8 {
		1 << self as u8
	}
}

/// A set of matters, one bit each in the order of [`Matter`].
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
pub struct Matters(u8);

impl Matters {
	/// The set of `matters`.
	pub const fn new(matters: &[Matter]) -> Self {
		let (mut bits, mut at) = (0, 0);
		while at < matters.len() {
			bits |= matters[at].bit();
			at += 1;
		}
		Self(bits)
	}

	/// Whether `matter` is in the set.
	pub const fn contains(self, matter: Matter) -> bool {
		self.0 & matter.bit() != 0
	}

	/// Whether there is a matter, and only known ones.
	pub const fn is_valid(self) -> bool {
		self.0 != 0 && self.0 & !Self::new(&Matter::ALL).0 == 0
	}
}

/// What lenders let the committee decide. A blanket mandate does not exist: the matters are
/// enumerated (Enterprise Bankruptcy Law, third interpretation, art. 13).
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
pub struct Mandate {
	/// The document that lenders vote on.
	pub document: Digest,
	/// The matters that it covers.
	pub matters: Matters,
}

/// A first ballot: what its options stand for.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct FirstBallot {
	/// The case.
	pub case: CaseId,
	/// The exit resolution.
	pub exit: Digest,
	/// The mandate.
	pub mandate: Mandate,
	/// The candidates; option `n` of the second item is the candidate at `n`.
	pub slate: Slate,
	/// The lot by which they stand in this order; `None` where the terms order them otherwise.
	pub lot: Option<Lot>,
}

/// A supervisory committee.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Committee {
	/// Seats planned, an odd number. A seat that nobody fills still counts in every majority.
	pub planned: u8,
	/// The members, one for each filled seat.
	pub seats: Seats,
	/// The reserves, in the order in which they move up.
	pub reserves: Reserves,
	/// What the committee may decide; `None` when lenders gave no mandate.
	pub mandate: Option<Mandate>,
	/// The ballot that elected it.
	pub poll: PollId,
}

/// What somebody left, and who follows.
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
pub enum Vacancy {
	/// A seat.
	#[codec(index = 0)]
	Seat {
		/// The reserve who moved up, when there was one.
		successor: Option<LenderIndex>,
	},
	/// A place among the reserves.
	#[codec(index = 1)]
	Reserve,
}

impl Committee {
	/// The least number of seats that is more than half of those planned.
	pub const fn majority(planned: u8) -> usize {
		planned as usize / 2 + 1
	}

	/// Whether `lender` holds a seat.
	pub fn has_member(&self, lender: LenderIndex) -> bool {
		self.seats.contains(&lender)
	}

	/// Whether enough seats are filled to decide anything.
	pub fn is_quorate(&self) -> bool {
		self.seats.len() >= Self::majority(self.planned)
	}

	/// Takes `lender` off; the first reserve takes a seat left. `None` for one who has neither a
	/// seat nor a place in reserve.
	pub fn vacate(&mut self, lender: LenderIndex) -> Option<Vacancy> {
		if let Some(place) = self.reserves.iter().position(|reserve| *reserve == lender) {
			self.reserves.remove(place);
			return Some(Vacancy::Reserve);
		}
		let place = self.seats.iter().position(|member| *member == lender)?;
		let successor = (!self.reserves.is_empty()).then(|| self.reserves.remove(0));
		match successor.zip(self.seats.get_mut(place)) {
			Some((reserve, seat)) => *seat = reserve,
			None => {
				self.seats.remove(place);
			}
		}
		Some(Vacancy::Seat { successor })
	}

	/// Where a decision with these votes stands. Only those who hold a seat now are counted.
	pub fn tally(&self, votes: &[MemberVote]) -> Tally {
		let by =
			|vote| votes.iter().filter(|v| v.vote == vote && self.has_member(v.lender)).count();
		let (endorsed, objected) = (by(Vote::Endorse), by(Vote::Object));
		let silent = self.seats.len().saturating_sub(endorsed).saturating_sub(objected);
		let majority = Self::majority(self.planned);
		let outcome = if endorsed >= majority {
			Some(Outcome::Carried)
		} else if endorsed.saturating_add(silent) < majority {
			Some(Outcome::Rejected)
		} else {
			None
		};
		// A committee has at most nine seats.
		Tally { endorsed: endorsed as u8, objected: objected as u8, outcome }
	}
}

/// Why a first ballot formed no committee.
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
pub enum NotFormed {
	/// The exit resolution failed.
	#[codec(index = 0)]
	ExitRejected,
	/// No more than half of the seats could be filled.
	#[codec(index = 1)]
	TooFewElected {
		/// Seats that could be filled.
		elected: u8,
	},
	/// The case was escalated while the ballot was open.
	#[codec(index = 2)]
	CaseMovedOn,
}

/// What came of a recall.
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
pub enum RecallOutcome {
	/// The member lost the seat.
	#[codec(index = 0)]
	Recalled,
	/// The recall failed and the member stays.
	#[codec(index = 1)]
	Kept,
	/// The member had left, or the case had ended, before the ballot closed.
	#[codec(index = 2)]
	Lapsed,
}

/// A member's vote on a decision.
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
pub enum Vote {
	/// For it.
	#[codec(index = 0)]
	Endorse,
	/// Against it; the minutes keep the dissent.
	#[codec(index = 1)]
	Object,
}

/// A vote in the minutes of a decision.
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
pub struct MemberVote {
	/// The member.
	pub lender: LenderIndex,
	/// The vote.
	pub vote: Vote,
	/// When it was given, in milliseconds.
	pub at: Millis,
}

/// How a decision ended.
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
pub enum Outcome {
	/// More than half of all seats endorse it.
	#[codec(index = 0)]
	Carried,
	/// So many object that more than half of all seats can no longer endorse it.
	#[codec(index = 1)]
	Rejected,
}

/// The votes of the sitting members on a decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tally {
	/// Seats that endorse it.
	pub endorsed: u8,
	/// Seats that object.
	pub objected: u8,
	/// How it ended; `None` while it is open.
	pub outcome: Option<Outcome>,
}

/// The end of a decision.
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
pub struct Settlement {
	/// How it ended.
	pub outcome: Outcome,
	/// Seats that endorsed it at that moment.
	pub endorsed: u8,
	/// Seats that objected at that moment.
	pub objected: u8,
	/// When it ended, in milliseconds.
	pub at: Millis,
}

/// A decision of a committee, with its minutes.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Decision {
	/// What it is about.
	pub matter: Matter,
	/// What is decided; for a review, the document of the plan.
	pub document: Digest,
	/// The member who proposed it.
	pub proposer: LenderIndex,
	/// When it was proposed, in milliseconds.
	pub proposed_at: Millis,
	/// The votes, in the order in which they were given, also those given after it ended.
	pub votes: MemberVotes,
	/// How it ended; `None` while it is open.
	pub settlement: Option<Settlement>,
}

/// Where a lender stands, for a client that asks about one.
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
pub enum Position {
	/// Neither stands nor serves.
	#[codec(index = 0)]
	None,
	/// Stands for a seat.
	#[codec(index = 1)]
	Candidate,
	/// Waits in reserve.
	#[codec(index = 2)]
	Reserve {
		/// How many move up before, from 0.
		place: u8,
	},
	/// Holds a seat.
	#[codec(index = 3)]
	Member,
}

/// What a benchmark needs of the runtime around the pallet.
#[cfg(any(test, feature = "runtime-benchmarks"))]
pub trait BenchmarkHelper<RuntimeOrigin> {
	/// The origin of the association of every case made here.
	fn organiser() -> RuntimeOrigin;
	/// The origin of `lender`, in whose case it has a voting right.
	fn lender(lender: winddown_primitives::LenderRef) -> RuntimeOrigin;
	/// A new case at `stage` with the most seats and reserves, whose rows from 0 to `lenders`
	/// have voting rights that reach the floor of candidates.
	fn case_at(stage: winddown_primitives::Stage, lenders: u32) -> CaseId;
	/// Makes the terms of `case` order candidates by `order`.
	fn set_order(case: CaseId, order: winddown_primitives::CandidateOrder);
	/// Sets the clock to `now`, in milliseconds.
	fn set_now(now: Millis);
}
