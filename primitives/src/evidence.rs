use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What an evidence record is about (domain.md section 4.6).
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
	Serialize,
	Deserialize,
)]
pub enum EvidenceKind {
	/// The exit notice, or another notice to lenders.
	#[codec(index = 0)]
	Notice,
	/// Proof that a notice was served.
	#[codec(index = 1)]
	NoticeService,
	/// The locked roll.
	#[codec(index = 2)]
	Roll,
	/// Face checks and certificates of a batch of registrations.
	#[codec(index = 3)]
	Identity,
	/// Recordings of confirmation calls.
	#[codec(index = 4)]
	ConfirmationCall,
	/// The grounds of an adjudicated claim.
	#[codec(index = 5)]
	Adjudication,
	/// A candidate's statement and declaration of interests.
	#[codec(index = 6)]
	Candidate,
	/// Plaintext records of ballots.
	#[codec(index = 7)]
	Ballots,
	/// The outcome of a poll.
	#[codec(index = 8)]
	PollOutcome,
	/// A repayment plan's document.
	#[codec(index = 9)]
	Plan,
	/// A committee's decision.
	#[codec(index = 10)]
	Decision,
	/// A payment list and its bank proof.
	#[codec(index = 11)]
	Payment,
	/// A change of a case's stage.
	#[codec(index = 12)]
	Stage,
	/// Anything else that the parties agree to keep.
	#[codec(index = 13)]
	Other,
}
