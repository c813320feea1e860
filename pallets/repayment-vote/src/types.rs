//! Types of plans, their votes and their payments.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use winddown_primitives::{
	pages::{Cell, Page},
	CaseId, Digest, Fen, Millis, PlanId, PollId,
};

/// Most instalments of a plan.
pub const MAX_INSTALMENTS: u32 = 24;
/// How far ahead an instalment falls due at most, in milliseconds: a hundred years.
pub const MAX_AHEAD: Millis = 100 * 365 * 24 * 60 * 60 * 1_000;
/// Most plans that compete in one ballot.
pub const MAX_COMPETING: u32 = 8;

/// The position of an instalment in its plan.
pub type InstalmentIndex = u8;
/// The instalments of a plan, in the order in which they fall due.
pub type Instalments = BoundedVec<Instalment, ConstU32<MAX_INSTALMENTS>>;
/// Plans on one ballot, in the order of its options.
pub type Competing = BoundedVec<PlanId, ConstU32<MAX_COMPETING>>;
/// A page of replies: one byte a row.
pub type ReplyPage = Page<1>;

/// What a plan promises to pay, to all lenders together.
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
pub struct Instalment {
	/// The first moment, in milliseconds, at which it is overdue.
	pub due_at: Millis,
	/// Fen.
	pub amount: Fen,
}

/// Where a plan stands.
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
pub enum PlanState {
	/// Proposed; no lender was asked.
	#[codec(index = 0)]
	Proposed,
	/// On the open ballot.
	#[codec(index = 1)]
	InVote {
		/// The ballot.
		poll: PollId,
	},
	/// Lenders adopted it.
	#[codec(index = 2)]
	Adopted,
	/// It did not win its ballot.
	#[codec(index = 3)]
	Rejected,
	/// The case was escalated before its ballot closed.
	#[codec(index = 4)]
	Lapsed,
}

/// A version of a repayment plan. Nothing but its state ever changes.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Plan {
	/// The document.
	pub document: Digest,
	/// What it promises, in the order of due dates.
	pub instalments: Instalments,
	/// When the platform proposed it, in milliseconds.
	pub proposed_at: Millis,
	/// Where it stands.
	pub state: PlanState,
}

/// A ballot on plans: what its options stand for.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct PlanBallot {
	/// The case.
	pub case: CaseId,
	/// The round, from 1.
	pub round: u8,
	/// The plans, in the order of the ballot's options.
	pub plans: Competing,
}

/// How the votes of a case on plans stand.
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
pub struct Rounds {
	/// Ballots opened so far.
	pub held: u8,
	/// The ballot, while it is open.
	pub ballot: Option<PollId>,
}

/// Whether an instalment was late. A flag is never taken back.
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
)]
pub enum Flag {
	/// Not late, as far as the chain knows.
	#[default]
	#[codec(index = 0)]
	None,
	/// Not fully paid when it fell due.
	#[codec(index = 1)]
	Overdue,
	/// Not fully paid when the grace of the case's terms had passed.
	#[codec(index = 2)]
	Breach,
}

impl Flag {
	/// What an instalment deserves that is not fully paid at `now`.
	pub const fn of(due_at: Millis, grace: Millis, now: Millis) -> Self {
		if now >= due_at.saturating_add(grace) {
			Self::Breach
		} else if now >= due_at {
			Self::Overdue
		} else {
			Self::None
		}
	}
}

/// What was paid of an instalment, and what lenders say about it.
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
pub struct Progress {
	/// Fen paid so far.
	pub paid: Fen,
	/// Payments so far; a lender paid in two parts counts twice.
	pub heads: u32,
	/// Payment lists so far.
	pub reports: u32,
	/// When everything promised was paid, in milliseconds.
	pub settled_at: Option<Millis>,
	/// Whether it was late.
	pub flag: Flag,
	/// Lenders who acknowledge their payment, those included who complained before.
	pub acknowledged: u32,
	/// Lenders whose complaint stands.
	pub complaints: u32,
}

/// A payment list that the platform reported.
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
pub struct Payment {
	/// The instalment that it pays.
	pub instalment: InstalmentIndex,
	/// Fen.
	pub amount: Fen,
	/// Lenders paid.
	pub heads: u32,
	/// When it was reported, in milliseconds.
	pub reported_at: Millis,
}

/// What a lender says about its payment. One byte; zero is silence.
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
pub enum Reply {
	/// Received.
	#[codec(index = 1)]
	Acknowledged,
	/// Not received, or not in full.
	#[codec(index = 2)]
	Complained,
	/// Received after a complaint.
	#[codec(index = 3)]
	Resolved,
}

impl Cell for Reply {
	const WIDTH: usize = 1;

	fn write(&self, cell: &mut [u8]) {
		let byte = match self {
			Self::Acknowledged => 1,
			Self::Complained => 2,
			Self::Resolved => 3,
		};
		cell.fill(byte);
	}

	fn read(cell: &[u8]) -> Option<Self> {
		match cell {
			[1] => Some(Self::Acknowledged),
			[2] => Some(Self::Complained),
			[3] => Some(Self::Resolved),
			_ => None,
		}
	}
}

/// Promised against paid, for a client that asks about one case.
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
pub struct InstalmentStatus {
	/// What the plan promises.
	pub promised: Instalment,
	/// What came of it.
	pub progress: Progress,
	/// What it would be flagged now; the same as its flag, unless nobody flagged it yet.
	pub deserved: Flag,
}

/// What a benchmark needs of the runtime around the pallet.
#[cfg(any(test, feature = "runtime-benchmarks"))]
pub trait BenchmarkHelper<RuntimeOrigin> {
	/// The origin of the platform of `case`.
	fn platform(case: CaseId) -> RuntimeOrigin;
	/// The origin of the association of every case made here.
	fn organiser() -> RuntimeOrigin;
	/// An origin that may flag.
	fn flagger() -> RuntimeOrigin;
	/// The origin of `lender`.
	fn lender(lender: winddown_primitives::LenderRef) -> RuntimeOrigin;
	/// A new case at `stage`, of a platform of its own or a shared one, whose rows from 0 to
	/// `lenders` have claims.
	fn case_at(stage: winddown_primitives::Stage, lenders: u32) -> CaseId;
	/// Sets the clock to `now`, in milliseconds.
	fn set_now(now: Millis);
}
