//! A case that is handed to the courts while lenders vote on the plan. Before that one candidate and one
//! member of the committee lose their claims, and another member leaves a decision open behind it.

use super::{Play, CASE, FIRST_BALLOT, HOUR, LAPSED_VOTE};
use pallet_claims::{Call as Claims, Ruling};
use pallet_committee_election::{Call as Election, Matter, Vote};
use winddown_primitives::{Choice, EvidenceKind, LenderIndex};
use winddown_runtime::Runtime;

/// Who stands and is excluded before the ballot.
const DROPPED: LenderIndex = 4;
/// Who votes in both polls.
const VOTERS: [LenderIndex; 10] = [0, 2, 3, 5, 6, 7, 8, 9, 10, 12];

impl Play {
	/// Nominations are opened again, which drops the candidate who was excluded.
	pub(super) fn drop_a_candidate(&mut self) {
		self.exclude(DROPPED);
		self.open_nominations();
		self.chain.pass(2 * HOUR);
	}

	/// Rows 0, 1 and 2 are elected, with nobody in reserve.
	pub(super) fn elect(&mut self) {
		self.open_first_ballot();
		let all = [Choice::FOR, Choice(0b0111), Choice::FOR];
		self.vote(FIRST_BALLOT, &[(&VOTERS.map(|lender| (lender, &all[..])), 0)]);
	}

	/// One endorses, one objects, the third leaves: one who voted ends the decision. Then a member is
	/// excluded, whose next vote is refused.
	pub(super) fn decide(&mut self) {
		let decide = |decision, vote| Election::<Runtime>::decide { decision, vote };
		let propose = self.proposal("first finding");
		let intents = vec![
			self.intent(0, propose),
			self.intent(0, decide(0, Vote::Endorse)),
			self.intent(1, decide(0, Vote::Object)),
			self.intent(2, Election::<Runtime>::resign {}),
			self.intent(0, decide(0, Vote::Endorse)),
		];
		self.carry(intents, 0);
		self.exclude(1);
		let propose = self.proposal("second finding");
		let intents = vec![self.intent(0, propose), self.intent(1, decide(1, Vote::Object))];
		self.carry(intents, 1);
	}

	/// Everybody agrees with the plan, for nothing.
	pub(super) fn escalate_during_the_vote(&mut self) {
		self.open_plan_vote();
		self.cast(LAPSED_VOTE, &[(&VOTERS.map(|lender| (lender, &[Choice::FOR][..])), 0)]);
		let reason = self.vault.document("reasons of the regulator").digest;
		self.act("Regulator", [pallet_cases::Call::<Runtime>::escalate { case_id: CASE, reason }]);
		self.close(LAPSED_VOTE);
	}

	fn proposal(&mut self, name: &str) -> Election<Runtime> {
		let document = self.vault.document(name).digest;
		Election::propose_decision { matter: Matter::Supervision, document }
	}

	/// The association takes a claim off the roll.
	fn exclude(&mut self, lender: LenderIndex) {
		let grounds = self.vault.document(&format!("why row {lender} is excluded"));
		let evidence = self.deposit("Association", EvidenceKind::Adjudication, grounds);
		let ruling = Ruling::Exclude;
		self.act(
			"Association",
			[Claims::<Runtime>::adjudicate { case_id: CASE, lender, ruling, evidence }],
		);
	}
}
