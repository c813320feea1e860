//! Who may stand, and when.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::{self, BadOrigin};

fn open(until: Millis) -> DispatchResult {
	CommitteeElection::open_nominations(association(), CASE, until)
}

fn standing() -> Vec<LenderIndex> {
	Candidates::<Test>::get(CASE).iter().map(|candidate| candidate.lender).collect()
}

#[test]
fn the_association_opens_nominations_and_nobody_else() {
	ExtBuilder::default().build_and_execute(|| {
		let until = START + NOMINATIONS;
		for who in [RuntimeOrigin::signed(PLATFORM), lender(3), RuntimeOrigin::root()] {
			assert_noop!(CommitteeElection::open_nominations(who, CASE, until), BadOrigin);
		}
		assert_ok!(open(until));
		assert_eq!(
			take_events(),
			[Event::NominationsOpened { case: CASE, until, by: ASSOCIATION }]
		);
		assert_eq!(
			CommitteeElection::election(CASE),
			Some(Election { nominations_until: until, ballot: None, stood: 0, lot: None })
		);
	});
}

#[test]
fn an_association_organises_its_own_case_and_no_other() {
	ExtBuilder::default().build_and_execute(|| {
		let error = || Error::<Test>::NotAssociationOfCase;
		let other = || RuntimeOrigin::signed(OTHER_ASSOCIATION);
		let until = START + NOMINATIONS;
		assert_noop!(CommitteeElection::open_nominations(other(), CASE, until), error());

		nominate(&[10, 11, 12, 13, 14]);
		let (exit, closes_at) = (digest(100), Now::get() + VOTING);
		let ballot = CommitteeElection::open_first_ballot;
		assert_noop!(ballot(other(), CASE, exit, mandate(), closes_at), error());

		let poll = open_first_ballot(mandate());
		let contest = elected(&[0, 1, 2, 3, 4], &[]);
		assert_ok!(close_poll(poll, &[ItemOutcome::Passed, contest, ItemOutcome::Passed]));
		let closes_at = Now::get() + VOTING;
		let recall = CommitteeElection::open_recall;
		assert_noop!(recall(other(), CASE, 10, digest(1), closes_at), error());
		assert_ok!(recall(association(), CASE, 10, digest(1), closes_at));
	});
}

#[test]
fn nominations_belong_to_the_electing_stage() {
	for stage in [Stage::Confirming, Stage::Planning, Stage::Escalated] {
		ExtBuilder::default().with_stage(stage).build_and_execute(|| {
			assert_noop!(open(START + NOMINATIONS), Error::<Test>::WrongStage);
		});
	}
}

#[test]
fn nominations_last_the_shortest_window_and_are_never_shortened() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(open(START + NOMINATIONS - 1), Error::<Test>::WindowTooShort);
		assert_ok!(open(START + 2 * NOMINATIONS));
		assert_noop!(open(START + 2 * NOMINATIONS - 1), Error::<Test>::WindowTooShort);
		assert_ok!(open(START + 3 * NOMINATIONS));
		set_now(START + 4 * NOMINATIONS);
		assert_noop!(open(START + 5 * NOMINATIONS - 1), Error::<Test>::WindowTooShort);
		assert_ok!(open(START + 5 * NOMINATIONS));
	});
}

#[test]
fn lenders_stand_in_the_order_in_which_they_came() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(open(START + NOMINATIONS));
		take_events();
		assert_ok!(CommitteeElection::nominate(lender(9), digest(1)));
		set_now(START + 1);
		assert_ok!(CommitteeElection::nominate(lender(4), digest(2)));
		assert_eq!(
			CommitteeElection::candidates(CASE).to_vec(),
			[
				Candidate { lender: 9, statement: digest(1), nominated_at: START, place: 0 },
				Candidate { lender: 4, statement: digest(2), nominated_at: START + 1, place: 1 },
			]
		);
		assert_eq!(
			take_events(),
			[
				Event::CandidateNominated { case: CASE, lender: 9, statement: digest(1) },
				Event::CandidateNominated { case: CASE, lender: 4, statement: digest(2) },
			]
		);
		assert_eq!(CommitteeElection::position(CASE, 4), Position::Candidate);
		assert_eq!(CommitteeElection::position(CASE, 5), Position::None);
	});
}

#[test]
fn a_lender_stands_only_once() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(open(START + NOMINATIONS));
		assert_ok!(CommitteeElection::nominate(lender(3), digest(1)));
		assert_noop!(
			CommitteeElection::nominate(lender(3), digest(2)),
			Error::<Test>::AlreadyCandidate
		);
	});
}

#[test]
fn nobody_is_nominated_before_the_beginning_or_from_the_end_on() {
	ExtBuilder::default().build_and_execute(|| {
		let nominate = |who| CommitteeElection::nominate(lender(who), digest(1));
		assert_noop!(nominate(3), Error::<Test>::NominationsClosed);
		assert_ok!(open(START + NOMINATIONS));
		set_now(START + NOMINATIONS - 1);
		assert_ok!(nominate(3));
		set_now(START + NOMINATIONS);
		assert_noop!(nominate(4), Error::<Test>::NominationsClosed);
		set_stage(CASE, Stage::Escalated);
		assert_noop!(nominate(4), Error::<Test>::WrongStage);
	});
}

#[test]
fn a_claim_below_the_floor_does_not_stand_and_one_at_the_floor_does() {
	ExtBuilder::default().with_floor(CLAIM).build_and_execute(|| {
		assert_ok!(open(START + NOMINATIONS));
		set_claim(CASE, 3, Some(CLAIM - 1));
		assert_noop!(CommitteeElection::nominate(lender(3), digest(1)), Error::<Test>::BelowFloor);
		assert_ok!(CommitteeElection::nominate(lender(4), digest(1)));
	});
}

#[test]
fn one_who_may_not_vote_may_not_stand() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(open(START + NOMINATIONS));
		set_claim(CASE, 3, None);
		assert_noop!(
			CommitteeElection::nominate(lender(3), digest(1)),
			DispatchError::Other("no voting right")
		);
		assert_noop!(
			CommitteeElection::nominate(lender_of(CASE + 1, 4), digest(1)),
			DispatchError::Other("unknown case")
		);
		for who in [association(), RuntimeOrigin::signed(PLATFORM)] {
			assert_noop!(CommitteeElection::nominate(who.clone(), digest(1)), BadOrigin);
			assert_noop!(CommitteeElection::withdraw(who), BadOrigin);
		}
	});
}

/// Rows 0 to 31 stand, in this order; no event of that is left.
fn fill_the_slate() {
	assert_ok!(open(START + NOMINATIONS));
	for who in 0..32 {
		assert_ok!(CommitteeElection::nominate(lender(who), digest(1)));
	}
	take_events();
}

#[test]
fn the_thirty_third_candidate_finds_the_slate_full() {
	ExtBuilder::default().build_and_execute(|| {
		fill_the_slate();
		for claim in [CLAIM, CLAIM - 1] {
			set_claim(CASE, 32, Some(claim));
			assert_noop!(
				CommitteeElection::nominate(lender(32), digest(1)),
				Error::<Test>::MaxCandidatesExceeded
			);
		}
		assert_ok!(CommitteeElection::withdraw(lender(0)));
		assert_ok!(CommitteeElection::nominate(lender(32), digest(1)));
	});
}

#[test]
fn on_a_full_slate_the_smallest_claim_gives_way_to_a_larger_one() {
	ExtBuilder::default().build_and_execute(|| {
		fill_the_slate();
		set_claim(CASE, 7, Some(CLAIM - 2));
		set_claim(CASE, 32, Some(CLAIM - 1));
		assert_ok!(CommitteeElection::nominate(lender(32), digest(2)));
		assert_eq!(
			take_events(),
			[
				Event::CandidateDropped { case: CASE, lender: 7 },
				Event::CandidateNominated { case: CASE, lender: 32, statement: digest(2) },
			]
		);
		let expected: Vec<_> = (0..7).chain(8..33).collect();
		assert_eq!(standing(), expected, "the others keep their places");
		assert_eq!(CommitteeElection::position(CASE, 7), Position::None);
		assert_noop!(
			CommitteeElection::nominate(lender(7), digest(1)),
			Error::<Test>::MaxCandidatesExceeded
		);
	});
}

#[test]
fn of_equal_claims_the_last_one_nominated_gives_way() {
	ExtBuilder::default().build_and_execute(|| {
		fill_the_slate();
		set_claim(CASE, 32, Some(CLAIM + 1));
		set_claim(CASE, 33, Some(CLAIM + 1));
		assert_ok!(CommitteeElection::nominate(lender(32), digest(1)));
		assert_ok!(CommitteeElection::nominate(lender(33), digest(1)));
		let expected: Vec<_> = (0..30).chain(32..34).collect();
		assert_eq!(standing(), expected);
	});
}

#[test]
fn on_a_full_slate_one_who_lost_the_right_to_stand_gives_way_first() {
	ExtBuilder::default().with_floor(CLAIM).build_and_execute(|| {
		fill_the_slate();
		set_claim(CASE, 4, Some(CLAIM - 1));
		set_claim(CASE, 9, None);
		assert_ok!(CommitteeElection::nominate(lender(32), digest(1)));
		assert_ok!(CommitteeElection::nominate(lender(33), digest(1)));
		let dropped = |lender| Event::CandidateDropped { case: CASE, lender };
		let events = take_events();
		assert_eq!((&events[0], &events[2]), (&dropped(9), &dropped(4)));
		assert_noop!(
			CommitteeElection::nominate(lender(34), digest(1)),
			Error::<Test>::MaxCandidatesExceeded
		);
	});
}

#[test]
fn one_who_stands_already_displaces_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		fill_the_slate();
		set_claim(CASE, 3, Some(CLAIM + 1));
		assert_noop!(
			CommitteeElection::nominate(lender(3), digest(2)),
			Error::<Test>::AlreadyCandidate
		);
	});
}

#[test]
fn opening_nominations_again_drops_those_who_no_longer_qualify() {
	ExtBuilder::default().with_floor(CLAIM).build_and_execute(|| {
		nominate(&[10, 11, 12, 13]);
		take_events();
		set_claim(CASE, 11, None);
		set_claim(CASE, 13, Some(CLAIM - 1));
		let until = Now::get() + NOMINATIONS;
		assert_noop!(open(until - 1), Error::<Test>::WindowTooShort);
		assert_ok!(open(until));
		assert_eq!(
			take_events(),
			[
				Event::CandidateDropped { case: CASE, lender: 11 },
				Event::CandidateDropped { case: CASE, lender: 13 },
				Event::NominationsOpened { case: CASE, until, by: ASSOCIATION },
			]
		);
		assert_eq!(standing(), [10, 12]);
	});
}

#[test]
fn a_slate_full_of_excluded_candidates_blocks_nobody_for_ever() {
	ExtBuilder::default().build_and_execute(|| {
		fill_the_slate();
		for who in 0..32 {
			set_claim(CASE, who, None);
		}
		set_now(START + NOMINATIONS);
		let call = CommitteeElection::open_first_ballot;
		assert_noop!(
			call(association(), CASE, digest(100), mandate(), Now::get() + VOTING),
			Error::<Test>::TooFewCandidates
		);
		nominate(&[32, 33, 34]);
		assert_eq!(standing(), [32, 33, 34]);
		open_first_ballot(mandate());
	});
}

#[test]
fn one_who_withdrew_no_longer_stands_but_may_come_back_to_the_first_place() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(open(START + NOMINATIONS));
		for who in [1, 2, 3] {
			assert_ok!(CommitteeElection::nominate(lender(who), digest(1)));
		}
		take_events();
		assert_ok!(CommitteeElection::withdraw(lender(2)));
		assert_eq!(take_events(), [Event::CandidateWithdrew { case: CASE, lender: 2 }]);
		assert_eq!(standing(), [1, 3]);
		assert_noop!(CommitteeElection::withdraw(lender(2)), Error::<Test>::NotCandidate);
		assert_ok!(CommitteeElection::nominate(lender(2), digest(1)));
		assert_eq!(standing(), [1, 2, 3]);
		set_stage(CASE, Stage::Escalated);
		assert_noop!(CommitteeElection::withdraw(lender(2)), Error::<Test>::WrongStage);
	});
}

#[test]
fn cases_do_not_share_candidates() {
	ExtBuilder::default().build_and_execute(|| {
		add_case(CASE + 1, Stage::Electing, default_terms(), LENDERS);
		assert_ok!(open(START + NOMINATIONS));
		let other = CommitteeElection::open_nominations;
		assert_ok!(other(association(), CASE + 1, START + NOMINATIONS));
		assert_ok!(CommitteeElection::nominate(lender(3), digest(1)));
		assert_ok!(CommitteeElection::nominate(lender_of(CASE + 1, 3), digest(1)));
		assert_ok!(CommitteeElection::withdraw(lender_of(CASE + 1, 3)));
		assert_eq!(standing(), [3]);
	});
}
