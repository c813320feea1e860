//! What the committee decides.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;
use Vote::{Endorse, Object};

const PLAN: Digest = Digest::Sha256([50; 32]);

fn with_committee() -> ExtBuilder {
	ExtBuilder::default().with_committee(Some(mandate()))
}

fn propose(who: LenderIndex, matter: Matter, document: Digest) -> DispatchResult {
	CommitteeElection::propose_decision(lender(who), matter, document)
}

/// Proposes the review of `PLAN` as decision 0.
fn review() {
	assert_ok!(propose(10, Matter::PlanReview, PLAN));
}

fn vote(who: LenderIndex, vote: Vote) -> DispatchResult {
	CommitteeElection::decide(lender(who), 0, vote)
}

fn settlement() -> Option<Settlement> {
	CommitteeElection::decision(CASE, 0).unwrap().settlement
}

fn opinion() -> Option<Opinion> {
	CommitteeElection::opinion(CASE, &PLAN)
}

#[test]
fn a_member_proposes_a_decision_and_has_not_voted_by_that() {
	with_committee().build_and_execute(|| {
		review();
		assert_eq!(
			CommitteeElection::decision(CASE, 0),
			Some(Decision {
				matter: Matter::PlanReview,
				document: PLAN,
				proposer: 10,
				proposed_at: Now::get(),
				votes: Default::default(),
				settlement: None,
			})
		);
		assert_eq!(
			take_events(),
			[Event::DecisionProposed {
				case: CASE,
				decision: 0,
				matter: Matter::PlanReview,
				document: PLAN,
				proposer: 10,
			}]
		);
		assert_eq!(opinion(), None);
	});
}

#[test]
fn more_than_half_of_all_seats_carries_a_review_with_its_dissent() {
	with_committee().build_and_execute(|| {
		review();
		Deposits::set(&vec![]);
		assert_ok!(vote(10, Endorse));
		assert_ok!(vote(11, Object));
		assert_ok!(vote(12, Endorse));
		assert_eq!((settlement(), opinion()), (None, None), "two of five are not enough");
		take_events();
		set_now(Now::get() + 5);
		assert_ok!(vote(13, Endorse));
		let end =
			Settlement { outcome: Outcome::Carried, endorsed: 3, objected: 1, at: Now::get() };
		assert_eq!((settlement(), opinion()), (Some(end), Some(Opinion::Endorsed)));
		assert_eq!(
			take_events(),
			[
				Event::MemberVoted { case: CASE, decision: 0, lender: 13, vote: Endorse },
				Event::DecisionSettled {
					case: CASE,
					decision: 0,
					outcome: Outcome::Carried,
					endorsed: 3,
					objected: 1,
				},
			]
		);
		let decision = CommitteeElection::decision(CASE, 0).unwrap();
		let dissent = MemberVote { lender: 11, vote: Object, at: decision.proposed_at };
		assert_eq!(decision.votes[1], dissent);
		assert_eq!(
			Deposits::get(),
			[(CASE, EvidenceKind::Decision, Digest::of(&(CASE, 0u32, &decision)))]
		);
	});
}

#[test]
fn exactly_half_of_the_members_decides_nothing() {
	with_committee().build_and_execute(|| {
		for who in [15, 16, 17, 14] {
			assert_ok!(CommitteeElection::resign(lender(who)));
		}
		review();
		assert_ok!(vote(10, Endorse));
		assert_ok!(vote(11, Endorse));
		assert_eq!(opinion(), None, "two of four members, of five seats");
		assert_ok!(vote(12, Endorse));
		assert_eq!(opinion(), Some(Opinion::Endorsed));
	});
}

#[test]
fn an_even_split_of_the_members_is_no_endorsement() {
	with_committee().build_and_execute(|| {
		for who in [15, 16, 17, 14] {
			assert_ok!(CommitteeElection::resign(lender(who)));
		}
		review();
		assert_ok!(vote(10, Endorse));
		assert_ok!(vote(11, Endorse));
		assert_ok!(vote(12, Object));
		assert_eq!(opinion(), None);
		assert_ok!(vote(13, Object));
		assert_eq!(opinion(), Some(Opinion::Objected));
	});
}

#[test]
fn objections_settle_a_review_once_it_can_no_longer_be_endorsed() {
	with_committee().build_and_execute(|| {
		review();
		assert_ok!(vote(10, Object));
		assert_ok!(vote(11, Object));
		assert_eq!(settlement(), None);
		assert_ok!(vote(12, Object));
		let end =
			Settlement { outcome: Outcome::Rejected, endorsed: 0, objected: 3, at: Now::get() };
		assert_eq!((settlement(), opinion()), (Some(end), Some(Opinion::Objected)));
	});
}

#[test]
fn a_member_votes_once_and_the_vote_is_final() {
	with_committee().build_and_execute(|| {
		review();
		assert_ok!(vote(10, Endorse));
		assert_noop!(vote(10, Endorse), Error::<Test>::AlreadyVoted);
		assert_noop!(vote(10, Object), Error::<Test>::AlreadyVoted);
	});
}

#[test]
fn dissent_after_the_end_enters_the_minutes_and_changes_nothing_else() {
	with_committee().build_and_execute(|| {
		review();
		for who in [10, 11, 12] {
			assert_ok!(vote(who, Endorse));
		}
		let end = settlement();
		Deposits::set(&vec![]);
		take_events();
		assert_ok!(vote(13, Object));
		assert_eq!((settlement(), opinion()), (end, Some(Opinion::Endorsed)));
		let decision = CommitteeElection::decision(CASE, 0).unwrap();
		assert_eq!(decision.votes.len(), 4);
		assert_eq!(
			Deposits::get(),
			[(CASE, EvidenceKind::Decision, Digest::of(&(CASE, 0u32, &decision)))]
		);
		assert_eq!(
			take_events(),
			[Event::MemberVoted { case: CASE, decision: 0, lender: 13, vote: Object }]
		);
		assert_noop!(vote(10, Object), Error::<Test>::AlreadyVoted);
	});
}

#[test]
fn neither_reserves_nor_strangers_nor_institutions_decide() {
	with_committee().build_and_execute(|| {
		review();
		for who in [15, 30] {
			assert_noop!(vote(who, Endorse), Error::<Test>::NotMember);
			assert_noop!(propose(who, Matter::Meeting, PLAN), Error::<Test>::NotMember);
		}
		let member_elsewhere = lender_of(CASE + 1, 10);
		add_case(CASE + 1, Stage::Planning, default_terms(), LENDERS);
		assert_noop!(
			CommitteeElection::decide(member_elsewhere, 0, Endorse),
			Error::<Test>::NoCommittee
		);
		for who in [association(), RuntimeOrigin::signed(PLATFORM)] {
			assert_noop!(CommitteeElection::decide(who.clone(), 0, Endorse), BadOrigin);
			let call = CommitteeElection::propose_decision;
			assert_noop!(call(who, Matter::Meeting, PLAN), BadOrigin);
		}
	});
}

#[test]
fn a_decision_outside_the_mandate_is_refused() {
	let matters = Matters::new(&[Matter::PlanReview, Matter::Meeting]);
	let narrow = Mandate { document: digest(200), matters };
	ExtBuilder::default().with_committee(Some(narrow)).build_and_execute(|| {
		assert_noop!(propose(10, Matter::Supervision, PLAN), Error::<Test>::OutsideMandate);
		assert_noop!(propose(10, Matter::DocumentRequest, PLAN), Error::<Test>::OutsideMandate);
		assert_ok!(propose(10, Matter::PlanReview, PLAN));
		assert_ok!(propose(10, Matter::Meeting, PLAN));
	});
}

#[test]
fn a_committee_without_a_mandate_decides_nothing() {
	ExtBuilder::default().with_committee(None).build_and_execute(|| {
		for matter in Matter::ALL {
			assert_noop!(propose(10, matter, PLAN), Error::<Test>::NoMandate);
		}
	});
}

#[test]
fn a_plan_has_one_review_and_only_a_review_is_an_opinion_on_it() {
	with_committee().build_and_execute(|| {
		assert_ok!(propose(10, Matter::Supervision, PLAN));
		for who in [10, 11, 12] {
			assert_ok!(vote(who, Endorse));
		}
		assert_eq!(settlement().map(|end| end.outcome), Some(Outcome::Carried));
		assert_eq!(opinion(), None, "endorsing a finding endorses no plan");
		review();
		assert_noop!(propose(11, Matter::PlanReview, PLAN), Error::<Test>::AlreadyUnderReview);
		assert_ok!(propose(11, Matter::PlanReview, digest(51)));
		assert_eq!(
			CommitteeElection::decisions(CASE, 1).iter().map(|(id, _)| *id).collect::<Vec<_>>(),
			[1, 2]
		);
	});
}

#[test]
fn a_member_keeps_few_decisions_open_at_a_time() {
	with_committee().build_and_execute(|| {
		assert_ok!(propose(10, Matter::Meeting, digest(1)));
		assert_ok!(propose(10, Matter::Meeting, digest(2)));
		assert_noop!(
			propose(10, Matter::Meeting, digest(3)),
			Error::<Test>::MaxOpenDecisionsExceeded
		);
		assert_ok!(propose(11, Matter::Meeting, digest(3)));
		for who in [12, 13, 14] {
			assert_ok!(vote(who, Object));
		}
		assert_ok!(propose(10, Matter::Meeting, digest(4)));
		assert_noop!(
			propose(10, Matter::Meeting, digest(5)),
			Error::<Test>::MaxOpenDecisionsExceeded
		);
	});
}

#[test]
fn the_vote_of_one_who_left_counts_no_more_and_the_successor_votes() {
	with_committee().build_and_execute(|| {
		review();
		assert_ok!(vote(10, Endorse));
		assert_ok!(vote(11, Endorse));
		assert_ok!(CommitteeElection::resign(lender(11)));
		assert_ok!(vote(12, Endorse));
		assert_eq!(opinion(), None, "two of those who sit endorse it");
		assert_ok!(vote(15, Endorse));
		assert_eq!(opinion(), Some(Opinion::Endorsed));
		assert_eq!(CommitteeElection::decision(CASE, 0).unwrap().votes.len(), 4);
	});
}

#[test]
fn when_the_last_silent_member_leaves_a_member_who_voted_ends_the_decision() {
	with_committee().with_seats(3, 0).build_and_execute(|| {
		review();
		assert_ok!(vote(10, Endorse));
		assert_ok!(vote(11, Object));
		assert_ok!(CommitteeElection::resign(lender(12)));
		assert_eq!(settlement(), None);
		let votes = CommitteeElection::decision(CASE, 0).unwrap().votes;
		Deposits::set(&vec![]);
		take_events();

		assert_noop!(vote(12, Object), Error::<Test>::NotMember);
		assert_ok!(vote(10, Endorse));
		let outcome = Outcome::Rejected;
		let end = Settlement { outcome, endorsed: 1, objected: 1, at: Now::get() };
		assert_eq!((settlement(), opinion()), (Some(end), Some(Opinion::Objected)));
		assert_eq!(
			take_events(),
			[Event::DecisionSettled { case: CASE, decision: 0, outcome, endorsed: 1, objected: 1 }]
		);
		let decision = CommitteeElection::decision(CASE, 0).unwrap();
		assert_eq!(decision.votes, votes, "it adds no vote");
		assert_eq!(
			Deposits::get(),
			[(CASE, EvidenceKind::Decision, Digest::of(&(CASE, 0u32, &decision)))]
		);
		for who in [10, 11] {
			assert_noop!(vote(who, Object), Error::<Test>::AlreadyVoted);
		}
	});
}

#[test]
fn a_member_who_voted_ends_nothing_while_another_vote_could_still_decide() {
	with_committee().with_seats(3, 1).build_and_execute(|| {
		review();
		assert_ok!(vote(10, Endorse));
		assert_ok!(vote(11, Object));
		assert_noop!(vote(10, Object), Error::<Test>::AlreadyVoted);
		assert_ok!(CommitteeElection::resign(lender(12)));
		assert_noop!(vote(10, Endorse), Error::<Test>::AlreadyVoted);
		let successor = 13;
		assert_ok!(vote(successor, Endorse));
		assert_eq!(opinion(), Some(Opinion::Endorsed));
	});
}

#[test]
fn members_who_voted_end_nothing_in_a_committee_with_half_of_its_seats() {
	with_committee().with_seats(3, 0).build_and_execute(|| {
		review();
		assert_ok!(vote(10, Object));
		for who in [11, 12] {
			assert_ok!(CommitteeElection::resign(lender(who)));
		}
		assert_noop!(vote(10, Object), Error::<Test>::AlreadyVoted);
		assert_eq!(settlement(), None);
	});
}

#[test]
fn a_member_whose_claim_was_excluded_neither_proposes_nor_decides() {
	with_committee().build_and_execute(|| {
		review();
		set_claim(CASE, 10, None);
		let excluded = DispatchError::Other("no voting right");
		assert_noop!(vote(10, Endorse), excluded);
		assert_noop!(propose(10, Matter::Meeting, PLAN), excluded);
		set_claim(CASE, 10, Some(CLAIM));
		assert_ok!(vote(10, Endorse));
		set_claim(CASE, 10, None);
		for who in [11, 12] {
			assert_ok!(vote(who, Endorse));
		}
		let counted = settlement().map(|end| (end.outcome, end.endorsed));
		assert_eq!(counted, Some((Outcome::Carried, 3)), "a vote given before counts");
	});
}

#[test]
fn a_committee_with_half_of_its_seats_left_decides_nothing() {
	with_committee().build_and_execute(|| {
		review();
		for who in [15, 16, 17, 14, 13] {
			assert_ok!(CommitteeElection::resign(lender(who)));
		}
		assert_ok!(propose(10, Matter::Meeting, digest(1)));
		assert_ok!(CommitteeElection::resign(lender(12)));
		assert_noop!(propose(11, Matter::Meeting, digest(2)), Error::<Test>::Inquorate);
		assert_noop!(vote(10, Endorse), Error::<Test>::Inquorate);
		assert_noop!(vote(10, Object), Error::<Test>::Inquorate);
		assert_eq!(opinion(), None);
	});
}

#[test]
fn unknown_decisions_and_ended_cases_take_no_vote() {
	with_committee().build_and_execute(|| {
		assert_noop!(vote(10, Endorse), Error::<Test>::UnknownDecision);
		review();
		set_stage(CASE, Stage::Closed);
		assert_noop!(vote(10, Endorse), Error::<Test>::WrongStage);
		assert_noop!(propose(10, Matter::Meeting, digest(1)), Error::<Test>::WrongStage);
	});
}

#[test]
fn decisions_are_listed_page_by_page() {
	with_committee().build_and_execute(|| {
		let members = [10, 11, 12, 13, 14];
		for id in 0..40u8 {
			assert_ok!(propose(members[id as usize % 5], Matter::Meeting, digest(id + 1)));
			for who in [10, 11, 12] {
				let call = CommitteeElection::decide;
				assert_ok!(call(lender(who), id.into(), Endorse));
			}
		}
		assert_eq!(CommitteeElection::decisions(CASE, 0).len(), 32);
		let rest = CommitteeElection::decisions(CASE, 32);
		assert_eq!(rest.first().map(|(id, d)| (*id, d.document)), Some((32, digest(33))));
		assert_eq!(rest.len(), 8);
		assert!(CommitteeElection::decisions(CASE, u32::MAX).is_empty());
	});
}
