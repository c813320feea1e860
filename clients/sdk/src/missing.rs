use winddown_primitives::{CaseId, EvidenceId, LenderIndex, PollId};
use winddown_proof::Hash;

/// What was asked for and is not on the chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Missing {
	/// A case.
	#[error("case {0}")]
	Case(CaseId),
	/// The roll of a case.
	#[error("the roll of case {0}")]
	Roll(CaseId),
	/// A row of a roll.
	#[error("row {lender} of case {case}")]
	Row {
		/// The case.
		case: CaseId,
		/// The row.
		lender: LenderIndex,
	},
	/// A person on the roll of a case.
	#[error("this person on the roll of case {0}")]
	Person(CaseId),
	/// A poll.
	#[error("poll {0}")]
	Poll(PollId),
	/// The ballot of a row.
	#[error("a ballot of row {lender} in poll {poll}")]
	Ballot {
		/// The poll.
		poll: PollId,
		/// The row.
		lender: LenderIndex,
	},
	/// A record of evidence.
	#[error("evidence record {0}")]
	Evidence(EvidenceId),
	/// A plan that the lenders adopted.
	#[error("an adopted plan of case {0}")]
	AdoptedPlan(CaseId),
	/// A motion of the council that is open.
	#[error("an open motion with this hash")]
	OpenMotion,
	/// A block, by its hash.
	#[error("block {0}")]
	Block(Hash),
	/// A block, by its number.
	#[error("block {0}")]
	BlockNumber(u32),
	/// The validators' votes on a block, or on one soon after it.
	#[error("a justification near block {0}")]
	Justification(u32),
	/// Any final block but the first.
	#[error("a final block after the first")]
	FinalBlock,
}
