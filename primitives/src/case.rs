use crate::{rules::Rule, Fen, Millis, MAX_AMOUNT, MAX_RESERVES, MAX_SEATS};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Where a case stands (design.md section 1).
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
pub enum Stage {
	/// The exit notice is out; the platform imports the roll.
	#[codec(index = 0)]
	Noticed,
	/// The roll is locked; lenders confirm or dispute their amounts.
	#[codec(index = 1)]
	Confirming,
	/// Nominations, then the first ballot.
	#[codec(index = 2)]
	Electing,
	/// The platform proposes plans, the committee reviews them.
	#[codec(index = 3)]
	Planning,
	/// A ballot on plans is open.
	#[codec(index = 4)]
	Voting,
	/// The adopted plan is paid.
	#[codec(index = 5)]
	Repaying,
	/// Everything promised was paid.
	#[codec(index = 6)]
	Closed,
	/// Handed to the courts.
	#[codec(index = 7)]
	Escalated,
	/// Taken back by its association before the roll was locked.
	#[codec(index = 8)]
	Cancelled,
}

impl Stage {
	/// Whether nothing moves any more.
	pub const fn is_final(self) -> bool {
		matches!(self, Self::Closed | Self::Escalated | Self::Cancelled)
	}

	/// Whether a case may go from here to `to` in one step.
	pub const fn leads_to(self, to: Stage) -> bool {
		use Stage::*;
		match (self, to) {
			(Noticed, Confirming | Cancelled)
			| (Confirming, Electing)
			| (Electing, Planning)
			| (Planning, Voting)
			| (Voting, Planning | Repaying)
			| (Repaying, Closed) => true,
			(from, Escalated) => !from.is_final(),
			_ => false,
		}
	}
}

/// Whose claims a case settles.
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
pub enum CaseKind {
	/// Lenders of an online lending platform.
	#[codec(index = 0)]
	OnlineLending,
	/// Holders of a private fund.
	#[codec(index = 1)]
	PrivateFund,
	/// Creditors of a company.
	#[codec(index = 2)]
	Company,
	/// Owners of a building.
	#[codec(index = 3)]
	Owners,
}

/// Whether silence may confirm a claim (Civil Code art. 140).
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
pub enum DeemedConfirmation {
	/// Silence confirms nothing.
	#[codec(index = 0)]
	Never,
	/// Silence confirms once the confirmation window ended and service was proved.
	#[codec(index = 1)]
	AfterService,
}

/// How a tie between candidates is settled who have the same heads and the same amount.
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
pub enum TieBreak {
	/// Who was nominated first comes first.
	#[codec(index = 0)]
	Nomination,
	/// A lot, drawn from the hash of a block after the close.
	#[codec(index = 1)]
	Lot,
}

/// In which order candidates stand on the ballot.
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
pub enum CandidateOrder {
	/// As they were nominated.
	#[codec(index = 0)]
	Nomination,
	/// As a list of the association says, such as that by the strokes of surnames.
	#[codec(index = 1)]
	List,
	/// By a lot, drawn from the hash of a block after the nominations.
	#[codec(index = 2)]
	Lot,
}

/// The terms of a case, fixed by its exit notice.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct CaseTerms {
	/// When a resolution passes: exit, mandates, recall, general matters.
	pub resolution: Rule,
	/// When a candidate is eligible for a seat.
	pub election: Rule,
	/// When a repayment plan passes.
	pub plan: Rule,
	/// Ballots that may be held on plans, at least 1 (Enterprise Bankruptcy Law art. 87: two).
	pub max_rounds: u8,
	/// How often one lender may replace a ballot.
	pub max_revotes: u8,
	/// Committee seats, odd, at most 9.
	pub seats: u8,
	/// Reserves, at most 9.
	pub reserves: u8,
	/// The least amount, in fen, with which a lender may stand; 0 lets everybody stand.
	pub candidate_floor: Fen,
	/// In which order candidates stand on the ballot.
	pub candidate_order: CandidateOrder,
	/// How a tie between candidates is settled.
	pub tie_break: TieBreak,
	/// Whether silence may confirm a claim.
	pub deemed: DeemedConfirmation,
	/// How long lenders have to confirm, in milliseconds from the lock of the roll.
	pub confirmation_window: Millis,
	/// The shortest time a ballot stays open, in milliseconds.
	pub voting_window: Millis,
	/// How long the committee has to review a plan, in milliseconds.
	pub review_window: Millis,
	/// How long after its due date an unpaid instalment becomes a breach, in milliseconds.
	pub grace: Millis,
}

impl CaseTerms {
	/// Whether the numbers keep their bounds. The genesis minimum of windows is for the caller.
	pub fn is_valid(&self) -> bool {
		[&self.resolution, &self.election, &self.plan].iter().all(|rule| rule.is_valid())
			&& self.max_rounds >= 1
			&& self.seats % 2 == 1
			&& u32::from(self.seats) <= MAX_SEATS
			&& u32::from(self.reserves) <= MAX_RESERVES
			&& self.candidate_floor <= MAX_AMOUNT
	}
}

#[cfg(test)]
mod tests {
	use super::{Stage, Stage::*};

	#[test]
	fn stages_follow_the_table_and_a_failed_vote_goes_back_to_planning() {
		let all = [
			Noticed, Confirming, Electing, Planning, Voting, Repaying, Closed, Escalated, Cancelled,
		];
		let allowed: Vec<(Stage, Stage)> = all
			.into_iter()
			.flat_map(|from| all.into_iter().map(move |to| (from, to)))
			.filter(|(from, to)| *to != Escalated && from.leads_to(*to))
			.collect();
		assert_eq!(
			allowed,
			[
				(Noticed, Confirming),
				(Noticed, Cancelled),
				(Confirming, Electing),
				(Electing, Planning),
				(Planning, Voting),
				(Voting, Planning),
				(Voting, Repaying),
				(Repaying, Closed),
			]
		);
	}

	#[test]
	fn only_a_case_that_is_not_final_can_be_escalated() {
		assert!(Noticed.leads_to(Escalated) && Repaying.leads_to(Escalated));
		assert!(!Closed.leads_to(Escalated) && !Escalated.leads_to(Escalated));
		assert!(!Cancelled.leads_to(Escalated));
	}
}
