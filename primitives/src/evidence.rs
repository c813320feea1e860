use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::{traits::ConstU32, BoundedVec};

/// Most arbitration institutions of one policy.
pub const MAX_ARBITERS: u32 = 8;

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

/// Whether an arbitration institution has ties to the platform or the operator of a case. An
/// operator with an interest weakens the evidence (Online Litigation Rules art. 17).
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
pub enum Relation {
	/// No tie to platform or operator.
	#[codec(index = 0)]
	Independent,
	/// Owned, paid or run by one of them.
	#[codec(index = 1)]
	Related,
}

/// One arbitration institution of a policy.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Arbiter<AccountId> {
	/// Its account.
	pub account: AccountId,
	/// Its ties to platform and operator.
	pub relation: Relation,
}

/// Who attests the evidence of a case, and how many confirmations make a record effective.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct AttestationPolicy<AccountId> {
	/// The institutions asked, each once.
	pub arbiters: BoundedVec<Arbiter<AccountId>, ConstU32<MAX_ARBITERS>>,
	/// Confirmations needed, at least 1.
	pub required: u8,
	/// How many of them must come from independent institutions, at least 1.
	pub independent: u8,
}

impl<AccountId: PartialEq> AttestationPolicy<AccountId> {
	/// Whether each institution occurs once, and the confirmations asked can be reached.
	pub fn is_valid(&self) -> bool {
		let unique = self.arbiters.iter().enumerate().all(|(at, arbiter)| {
			self.arbiters.iter().skip(at + 1).all(|other| other.account != arbiter.account)
		});
		unique
			&& self.independent >= 1
			&& self.independent <= self.required
			&& self.required <= self.total()
			&& self.independent <= self.total_independent()
	}

	/// The relation of an institution; `None` for one that the policy does not ask.
	pub fn relation(&self, account: &AccountId) -> Option<Relation> {
		self.arbiters
			.iter()
			.find(|arbiter| arbiter.account == *account)
			.map(|arbiter| arbiter.relation)
	}

	/// How many institutions are asked.
	pub fn total(&self) -> u8 {
		self.arbiters.len() as u8
	}

	/// How many of them are independent.
	pub fn total_independent(&self) -> u8 {
		self.arbiters.iter().filter(|a| a.relation == Relation::Independent).count() as u8
	}
}

#[cfg(test)]
mod tests {
	use super::{Relation::*, *};

	fn policy(
		arbiters: &[(u64, Relation)],
		required: u8,
		independent: u8,
	) -> AttestationPolicy<u64> {
		let arbiters = arbiters.iter().map(|&(account, relation)| Arbiter { account, relation });
		AttestationPolicy {
			arbiters: BoundedVec::truncate_from(arbiters.collect()),
			required,
			independent,
		}
	}

	#[test]
	fn a_policy_is_valid_only_when_its_quorum_can_be_reached() {
		let both = [(1, Independent), (2, Related)];
		assert!(policy(&both, 1, 1).is_valid() && policy(&both, 2, 1).is_valid());
		assert!(!policy(&both, 3, 1).is_valid(), "more than there are");
		assert!(!policy(&both, 2, 2).is_valid(), "more independent ones than there are");
		assert!(!policy(&[(1, Independent); 1], 1, 2).is_valid(), "more than required");
		assert!(!policy(&[], 0, 0).is_valid(), "nobody");
	}

	#[test]
	fn a_policy_always_asks_an_independent_institution() {
		assert!(!policy(&[(1, Independent), (2, Related)], 1, 0).is_valid());
		assert!(!policy(&[(1, Related), (2, Related)], 2, 1).is_valid());
	}

	#[test]
	fn an_institution_counts_once() {
		assert!(!policy(&[(1, Independent), (2, Related), (1, Related)], 2, 1).is_valid());
	}

	#[test]
	fn the_relation_of_an_institution_is_found_by_its_account() {
		let policy = policy(&[(1, Independent), (2, Related)], 2, 1);
		assert_eq!(policy.relation(&2), Some(Related));
		assert_eq!(policy.relation(&3), None);
	}
}
