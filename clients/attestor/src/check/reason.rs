//! Why a record is rejected, doubted or held back, with names that do not change.

use std::fmt;
use winddown_proof::{count::counted, digest::Digest, record::Slips};

/// What is wrong with a record for good. The first thing found is named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
	/// The encoding is none of those of docs/records.md, or not the depositor's to use.
	UnknownEncoding {
		/// The number on chain.
		encoding: u16,
	},
	/// What has the digest has another length than the chain states.
	WrongSize {
		/// Bytes by the chain.
		stated: u64,
		/// Bytes found.
		found: u64,
	},
	/// What has the digest has another number of leaves than the chain states.
	WrongLeaves {
		/// Leaves by the chain.
		stated: u32,
		/// Leaves found.
		found: u32,
	},
	/// A line of the batch is no record.
	NoRecord {
		/// The position, from 0.
		position: u32,
		/// What is wrong with it.
		why: String,
	},
	/// A record of the batch is of another case.
	OtherCase {
		/// The position, from 0.
		position: u32,
		/// Its case.
		case: u32,
	},
	/// A record of the batch is of a kind that this evidence does not hold.
	WrongKind {
		/// The position, from 0.
		position: u32,
		/// Its kind.
		kind: &'static str,
	},
	/// A record is about a row that the roll does not have.
	NotOnRoll {
		/// The row.
		lender: u32,
	},
	/// A record states another amount than the roll.
	WrongAmount {
		/// The row.
		lender: u32,
		/// Fen by the chain.
		owed: u128,
		/// Fen by the record.
		stated: u128,
	},
	/// The batch holds ballots of several polls.
	SeveralPolls,
	/// The poll does not exist.
	UnknownPoll {
		/// Its number.
		poll: u32,
	},
	/// The poll belongs to another case.
	PollOfOtherCase {
		/// Its number.
		poll: u32,
		/// Its case.
		case: u32,
	},
	/// A record tells of a ballot that the chain does not have.
	NoBallot {
		/// The row.
		lender: u32,
	},
	/// None of a lender's records has the digest in its ballot on chain.
	BallotDiffers {
		/// The row.
		lender: u32,
	},
	/// The record of a ballot tells other choices than the ballot on chain.
	ChoicesDiffer {
		/// The row.
		lender: u32,
	},
	/// There are more records of a lender than it cast ballots, or one occurs twice.
	TooManyBallots {
		/// The row.
		lender: u32,
	},
	/// The record of a ballot on chain is missing.
	MissingBallot {
		/// The row.
		lender: u32,
	},
	/// The batch tells of another number of voters than the chain counted.
	WrongTurnout {
		/// Heads by the chain.
		counted: u32,
		/// Heads found.
		found: u32,
	},
	/// A payment list names several instalments, one that the plan does not have, or another than
	/// the chain was told.
	WrongInstalment {
		/// The instalment, from 0.
		instalment: u8,
	},
	/// A payment list has another sum than the chain was told.
	WrongSum {
		/// Fen by the chain.
		reported: u128,
		/// Fen found.
		found: u128,
	},
	/// A payment list has another number of lenders than the chain was told.
	WrongHeads {
		/// Heads by the chain.
		reported: u32,
		/// Heads found.
		found: u32,
	},
	/// A payment list pays a lender twice.
	PaidTwice {
		/// The row.
		lender: u32,
	},
	/// The chain's value is another one.
	ValueDiffers,
	/// The operator did not have the content in time.
	Unavailable {
		/// The seconds of the chain's time that it had.
		seconds: u64,
	},
	/// What the operator serves in place of the content was another thing all the time.
	OtherContent {
		/// What was served last.
		mismatch: Mismatch,
		/// The seconds of the chain's time that it had.
		seconds: u64,
	},
}

/// How what was served differs from what was deposited. It says nothing about the deposit: the right
/// content may come yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mismatch {
	/// It has another digest or root.
	Digest {
		/// What it has.
		found: Digest,
	},
	/// It is longer than the chain states, and was not read.
	TooLong {
		/// Bytes by the chain.
		stated: u64,
	},
	/// It is a text that says the same, changed on its way.
	Slips {
		/// In what it differs.
		slips: Slips,
	},
}

/// Why a record is not judged yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hold {
	/// The poll is open: ballots may still come.
	PollOpen {
		/// Its number.
		poll: u32,
	},
	/// The roll is not locked, and the row may still come.
	RollOpen {
		/// The row.
		lender: u32,
	},
	/// The platform has not reported this payment list to the chain.
	NotReported,
	/// It is larger than this institution reads. A person has to look.
	TooLarge {
		/// Bytes by the chain.
		size: u64,
	},
	/// The recount of a poll differs from the chain's count. A person has to look.
	RecountDiffers {
		/// Its number.
		poll: u32,
	},
}

impl Reason {
	/// A short name that does not change, for programs.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::UnknownEncoding { .. } => "unknown-encoding",
			Self::WrongSize { .. } => "wrong-size",
			Self::WrongLeaves { .. } => "wrong-leaves",
			Self::NoRecord { .. } => "no-record",
			Self::OtherCase { .. } => "other-case",
			Self::WrongKind { .. } => "wrong-kind",
			Self::NotOnRoll { .. } => "not-on-roll",
			Self::WrongAmount { .. } => "wrong-amount",
			Self::SeveralPolls => "several-polls",
			Self::UnknownPoll { .. } => "unknown-poll",
			Self::PollOfOtherCase { .. } => "poll-of-other-case",
			Self::NoBallot { .. } => "no-ballot",
			Self::BallotDiffers { .. } => "ballot-differs",
			Self::ChoicesDiffer { .. } => "choices-differ",
			Self::TooManyBallots { .. } => "too-many-ballots",
			Self::MissingBallot { .. } => "missing-ballot",
			Self::WrongTurnout { .. } => "wrong-turnout",
			Self::WrongInstalment { .. } => "wrong-instalment",
			Self::WrongSum { .. } => "wrong-sum",
			Self::WrongHeads { .. } => "wrong-heads",
			Self::PaidTwice { .. } => "paid-twice",
			Self::ValueDiffers => "value-differs",
			Self::Unavailable { .. } => "unavailable",
			Self::OtherContent { .. } => "other-content",
		}
	}
}

impl fmt::Display for Reason {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::UnknownEncoding { encoding } => {
				write!(out, "encoding {encoding} is not one that its depositor may use")
			}
			Self::WrongSize { stated, found } => {
				let stated = counted(*stated, "byte", "bytes");
				write!(out, "the chain states {stated}, the content has {found}")
			}
			Self::WrongLeaves { stated, found } => {
				let stated = counted(*stated, "leaf", "leaves");
				write!(out, "the chain states {stated}, the content has {found}")
			}
			Self::NoRecord { position, why } => write!(out, "line {position} is no record: {why}"),
			Self::OtherCase { position, case } => {
				write!(out, "record {position} is of case {case}")
			}
			Self::WrongKind { position, kind } => {
				write!(out, "record {position} is of kind {kind}, which does not belong here")
			}
			Self::NotOnRoll { lender } => write!(out, "the roll has no row {lender}"),
			Self::WrongAmount { lender, owed, stated } => {
				write!(out, "row {lender} is owed {owed} fen, its record states {stated}")
			}
			Self::SeveralPolls => out.write_str("the ballots are of several polls"),
			Self::UnknownPoll { poll } => write!(out, "there is no poll {poll}"),
			Self::PollOfOtherCase { poll, case } => write!(out, "poll {poll} is of case {case}"),
			Self::NoBallot { lender } => write!(out, "row {lender} cast no ballot"),
			Self::BallotDiffers { lender } => {
				write!(out, "no record of row {lender} has the digest in its ballot")
			}
			Self::ChoicesDiffer { lender } => {
				write!(out, "the record of row {lender} tells other choices than its ballot")
			}
			Self::TooManyBallots { lender } => {
				write!(out, "row {lender} cast fewer ballots than it has records, or one is twice")
			}
			Self::MissingBallot { lender } => {
				write!(out, "the record of the ballot of row {lender} is missing")
			}
			Self::WrongTurnout { counted: heads, found } => {
				let heads = counted(*heads, "voter", "voters");
				write!(out, "the chain counted {heads}, the batch has {found}")
			}
			Self::WrongInstalment { instalment } => {
				write!(out, "instalment {instalment} is not the one that is paid")
			}
			Self::WrongSum { reported, found } => {
				write!(out, "the chain was told {reported} fen, the list has {found}")
			}
			Self::WrongHeads { reported, found } => {
				let reported = counted(*reported, "lender", "lenders");
				write!(out, "the chain was told {reported}, the list has {found}")
			}
			Self::PaidTwice { lender } => write!(out, "row {lender} is on the list twice"),
			Self::ValueDiffers => out.write_str("the chain's own value is another one"),
			Self::Unavailable { seconds } => {
				let time = counted(*seconds, "second", "seconds");
				write!(out, "the operator did not have it {time} after the deposit")
			}
			Self::OtherContent { mismatch, seconds } => {
				let time = counted(*seconds, "second", "seconds");
				write!(
					out,
					"{time} after the deposit the operator still served other content: {mismatch}"
				)
			}
		}
	}
}

impl Mismatch {
	/// A short name that does not change, for programs.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::Digest { .. } => "other-digest",
			Self::TooLong { .. } => "too-long",
			Self::Slips { .. } => "changed-on-its-way",
		}
	}
}

impl fmt::Display for Mismatch {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Digest { found } => write!(out, "it has the digest {found}"),
			Self::TooLong { stated } => {
				write!(out, "it is longer than {}", counted(*stated, "byte", "bytes"))
			}
			Self::Slips { slips } => {
				write!(out, "it says the same, and was changed on its way: it differs in {slips}")
			}
		}
	}
}

impl Hold {
	/// A short name that does not change, for programs.
	pub const fn code(self) -> &'static str {
		match self {
			Self::PollOpen { .. } => "poll-open",
			Self::RollOpen { .. } => "roll-open",
			Self::NotReported => "not-reported",
			Self::TooLarge { .. } => "too-large",
			Self::RecountDiffers { .. } => "recount-differs",
		}
	}
}

impl fmt::Display for Hold {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::PollOpen { poll } => write!(out, "poll {poll} is open"),
			Self::RollOpen { lender } => {
				write!(out, "the roll is not locked and has no row {lender} yet")
			}
			Self::NotReported => {
				out.write_str("the platform has not reported this payment list to the chain")
			}
			Self::TooLarge { size } => {
				let size = counted(*size, "byte is", "bytes are");
				write!(out, "{size} more than this institution reads; look at it by hand")
			}
			Self::RecountDiffers { poll } => {
				write!(out, "the recount of poll {poll} differs from the chain; look at it by hand")
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn one_of_a_thing_is_told_in_the_singular() {
		let told = [
			Reason::WrongTurnout { counted: 1, found: 2 }.to_string(),
			Reason::WrongSize { stated: 1, found: 2 }.to_string(),
			Reason::WrongLeaves { stated: 1, found: 2 }.to_string(),
			Reason::WrongHeads { reported: 1, found: 2 }.to_string(),
			Reason::Unavailable { seconds: 1 }.to_string(),
			Mismatch::TooLong { stated: 1 }.to_string(),
			Hold::TooLarge { size: 1 }.to_string(),
		];
		let expected = [
			"the chain counted 1 voter, the batch has 2",
			"the chain states 1 byte, the content has 2",
			"the chain states 1 leaf, the content has 2",
			"the chain was told 1 lender, the list has 2",
			"the operator did not have it 1 second after the deposit",
			"it is longer than 1 byte",
			"1 byte is more than this institution reads; look at it by hand",
		];
		assert_eq!(told, expected);
		let many = Reason::Unavailable { seconds: 86_400 }.to_string();
		assert_eq!(many, "the operator did not have it 86400 seconds after the deposit");
	}
}
