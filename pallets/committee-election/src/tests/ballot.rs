//! The first ballot, and what comes of it.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;
use winddown_primitives::CaseTerms;

const PASSED: ItemOutcome = ItemOutcome::Passed;
const FAILED: ItemOutcome = ItemOutcome::Failed;

fn open(closes_at: Millis) -> DispatchResult {
	let call = CommitteeElection::open_first_ballot;
	call(association(), CASE, digest(100), mandate(), closes_at)
}

fn not_formed(poll: PollId, reason: NotFormed) -> Vec<Event<Test>> {
	vec![Event::CommitteeNotFormed { case: CASE, poll, reason }]
}

#[test]
fn the_first_ballot_asks_for_exit_committee_and_mandate() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[12, 10, 11]);
		take_events();
		let poll = open_first_ballot(mandate());
		let CaseTerms { resolution, election, seats, reserves, .. } = default_terms();
		let [opened] = &OpenedPolls::get()[..] else { panic!("one poll") };
		assert_eq!((opened.case, opened.purpose), (CASE, Purpose::FirstBallot));
		assert_eq!(opened.precedence.to_vec(), [0, 1, 2], "a tie goes by nomination");
		let kind = ItemKind::ApproveUpTo { candidates: 3, seats, reserves };
		let item = |kind, rule: &Rule, documents: &[Digest]| Item {
			kind,
			rule: rule.clone(),
			documents: documents.to_vec().try_into().unwrap(),
		};
		assert_eq!(
			opened.items.to_vec(),
			[
				item(ItemKind::Resolution, &resolution, &[digest(100)]),
				item(kind, &election, &[digest(12), digest(10), digest(11)]),
				item(ItemKind::Resolution, &resolution, &[digest(200)]),
			]
		);
		assert_eq!(
			take_events(),
			[Event::FirstBallotOpened {
				case: CASE,
				poll,
				exit: digest(100),
				mandate: mandate(),
				candidates: vec![12, 10, 11],
				lot: None,
				by: ASSOCIATION,
			}]
		);
		let ballot = CommitteeElection::first_ballot(poll).unwrap();
		let deposit = (CASE, EvidenceKind::Candidate, Digest::of(&(poll, &ballot)));
		assert_eq!(Deposits::get(), [deposit]);
		assert_eq!(CommitteeElection::election(CASE).unwrap().ballot, Some(poll));
	});
}

#[test]
fn only_the_association_opens_the_ballot_and_the_engine_may_refuse_it() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12]);
		let closes_at = Now::get() + VOTING;
		for who in [RuntimeOrigin::signed(PLATFORM), lender(10)] {
			let call = CommitteeElection::open_first_ballot;
			assert_noop!(call(who, CASE, digest(100), mandate(), closes_at), BadOrigin);
		}
		assert_noop!(open(closes_at - 1), DispatchError::Other("closes too early"));
		assert_ok!(open(closes_at));
	});
}

#[test]
fn the_ballot_waits_until_nominations_were_opened_and_are_over() {
	ExtBuilder::default().build_and_execute(|| {
		let late = START + NOMINATIONS + VOTING;
		assert_noop!(open(late), Error::<Test>::NominationsNotOpened);
		nominate(&[10, 11, 12]);
		set_now(START + NOMINATIONS - 1);
		assert_noop!(open(late), Error::<Test>::NominationsRunning);
		set_now(START + NOMINATIONS);
		set_stage(CASE, Stage::Planning);
		assert_noop!(open(late), Error::<Test>::WrongStage);
		set_stage(CASE, Stage::Electing);
		assert_ok!(open(late));
	});
}

#[test]
fn a_mandate_enumerates_known_matters() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12]);
		let call = |matters| {
			let mandate = Mandate { document: digest(200), matters };
			let closes_at = Now::get() + VOTING;
			let open = CommitteeElection::open_first_ballot;
			open(association(), CASE, digest(100), mandate, closes_at)
		};
		let unknown: Matters = codec::Decode::decode(&mut &[0b1_0001u8][..]).unwrap();
		assert_noop!(call(Matters::new(&[])), Error::<Test>::InvalidMandate);
		assert_noop!(call(unknown), Error::<Test>::InvalidMandate);
		assert_ok!(call(Matters::new(&[Matter::PlanReview])));
	});
}

#[test]
fn a_ballot_that_could_not_form_a_committee_is_not_opened() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11]);
		assert_noop!(open(Now::get() + VOTING), Error::<Test>::TooFewCandidates);
		nominate(&[12]);
		assert_ok!(open(Now::get() + VOTING));
	});
}

#[test]
fn a_candidate_who_no_longer_qualifies_is_dropped_before_the_ballot() {
	ExtBuilder::default().with_floor(CLAIM).build_and_execute(|| {
		nominate(&[10, 11, 12, 13, 14]);
		take_events();
		set_claim(CASE, 11, None);
		set_claim(CASE, 13, Some(CLAIM - 1));
		let poll = open_first_ballot(mandate());
		let slate = CommitteeElection::first_ballot(poll).unwrap().slate;
		assert_eq!(slate.iter().map(|c| c.lender).collect::<Vec<_>>(), [10, 12, 14]);
		assert_eq!(CommitteeElection::candidates(CASE), slate);
		assert_eq!(
			take_events()[..2],
			[
				Event::CandidateDropped { case: CASE, lender: 11 },
				Event::CandidateDropped { case: CASE, lender: 13 },
			]
		);
	});
}

#[test]
fn dropping_candidates_undoes_nothing_when_too_few_are_left() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12]);
		set_claim(CASE, 11, None);
		assert_noop!(open(Now::get() + VOTING), Error::<Test>::TooFewCandidates);
		assert_eq!(CommitteeElection::candidates(CASE).len(), 3);
	});
}

#[test]
fn while_the_ballot_is_open_there_is_no_second_one_and_nobody_is_nominated() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12]);
		open_first_ballot(mandate());
		let until = Now::get() + NOMINATIONS;
		assert_noop!(open(until + VOTING), Error::<Test>::BallotOpen);
		assert_noop!(
			CommitteeElection::open_nominations(association(), CASE, until),
			Error::<Test>::BallotOpen
		);
		assert_noop!(
			CommitteeElection::nominate(lender(13), digest(1)),
			Error::<Test>::NominationsClosed
		);
	});
}

#[test]
fn a_passed_ballot_seats_the_committee_by_rank_and_begins_planning() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12, 13, 14, 15, 16]);
		let poll = open_first_ballot(mandate());
		take_events();
		Deposits::set(&vec![]);
		assert_ok!(close_poll(poll, &[PASSED, elected(&[6, 0, 2, 1, 5], &[4, 3]), PASSED]));
		let expected = Committee {
			planned: 5,
			seats: vec![16, 10, 12, 11, 15].try_into().unwrap(),
			reserves: vec![14, 13].try_into().unwrap(),
			mandate: Some(mandate()),
			poll,
		};
		assert_eq!(CommitteeElection::committee(CASE), Some(expected.clone()));
		assert_eq!(
			take_events(),
			[Event::CommitteeFormed {
				case: CASE,
				poll,
				seats: vec![16, 10, 12, 11, 15],
				reserves: vec![14, 13],
				mandate: Some(mandate()),
			}]
		);
		assert_eq!(
			Deposits::get(),
			[(CASE, EvidenceKind::PollOutcome, Digest::of(&(CASE, &expected)))]
		);
		assert_eq!(stage(), Stage::Planning);
		assert_eq!(CommitteeElection::position(CASE, 15), Position::Member);
		assert_eq!(CommitteeElection::position(CASE, 13), Position::Reserve { place: 1 });
		assert!(CommitteeElection::candidates(CASE).is_empty());
		assert_eq!(CommitteeElection::election(CASE).unwrap().ballot, None);
	});
}

#[test]
fn one_who_withdrew_during_the_ballot_gets_no_seat_and_the_next_one_moves_up() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12, 13, 14, 15, 16]);
		let poll = open_first_ballot(mandate());
		assert_ok!(CommitteeElection::withdraw(lender(11)));
		assert_ok!(CommitteeElection::withdraw(lender(16)));
		let names = CommitteeElection::first_ballot(poll).unwrap().slate.len();
		assert_eq!(names, 7, "the ballot keeps their names");
		assert_ok!(close_poll(poll, &[PASSED, elected(&[0, 1, 2, 3, 4], &[5, 6]), PASSED]));
		assert_eq!(committee().seats.to_vec(), [10, 12, 13, 14, 15]);
		assert!(committee().reserves.is_empty());
	});
}

#[test]
fn an_even_number_elected_sits_and_the_empty_seat_still_counts() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12, 13, 14]);
		let poll = open_first_ballot(mandate());
		assert_ok!(close_poll(poll, &[PASSED, elected(&[0, 1, 2, 3], &[]), PASSED]));
		assert_eq!(committee().seats.len(), 4);
		assert_eq!(committee().planned, 5);
		assert_eq!(stage(), Stage::Planning);
	});
}

#[test]
fn a_committee_needs_more_than_half_of_its_planned_seats() {
	for (seats, elected_seats, formed) in
		[(5u8, 2u8, false), (5, 3, true), (9, 4, false), (9, 5, true), (1, 0, false), (1, 1, true)]
	{
		ExtBuilder::default().with_seats(seats, 0).build_and_execute(|| {
			nominate(&[10, 11, 12, 13, 14, 15, 16, 17, 18]);
			let poll = open_first_ballot(mandate());
			take_events();
			let winners: Vec<u8> = (0..elected_seats).collect();
			let contest = if elected_seats == 0 { FAILED } else { elected(&winners, &[]) };
			assert_ok!(close_poll(poll, &[PASSED, contest, PASSED]));
			assert_eq!(
				Committees::<Test>::contains_key(CASE),
				formed,
				"{elected_seats} of {seats}"
			);
			if !formed {
				let reason = NotFormed::TooFewElected { elected: elected_seats };
				assert_eq!(take_events(), not_formed(poll, reason));
				assert_eq!(stage(), Stage::Electing);
			}
		});
	}
}

#[test]
fn withdrawals_can_take_the_committee_below_its_majority() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12]);
		let poll = open_first_ballot(mandate());
		assert_ok!(CommitteeElection::withdraw(lender(11)));
		take_events();
		assert_ok!(close_poll(poll, &[PASSED, elected(&[0, 1, 2], &[]), PASSED]));
		let reason = NotFormed::TooFewElected { elected: 2 };
		assert_eq!(take_events(), not_formed(poll, reason));
	});
}

#[test]
fn when_the_exit_fails_no_committee_sits_and_the_association_tries_again() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12, 13, 14]);
		let first = open_first_ballot(mandate());
		take_events();
		assert_ok!(close_poll(first, &[FAILED, elected(&[0, 1, 2, 3, 4], &[]), PASSED]));
		assert_eq!(take_events(), not_formed(first, NotFormed::ExitRejected));
		assert_eq!((stage(), CommitteeElection::committee(CASE)), (Stage::Electing, None));

		nominate(&[15]);
		let second = open_first_ballot(mandate());
		let slate = CommitteeElection::first_ballot(second).unwrap().slate;
		let names: Vec<_> = slate.iter().map(|c| c.lender).collect();
		assert_eq!(names, [10, 11, 12, 13, 14, 15], "those of the first ballot still stand");
		assert_ok!(close_poll(second, &[PASSED, elected(&[5, 4, 3, 2, 1], &[0]), PASSED]));
		assert_eq!(committee().seats.to_vec(), [15, 14, 13, 12, 11]);
		assert_eq!(committee().poll, second);
	});
}

#[test]
fn a_failed_mandate_leaves_a_committee_that_may_decide_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12]);
		let poll = open_first_ballot(mandate());
		assert_ok!(close_poll(poll, &[PASSED, elected(&[0, 1, 2], &[]), FAILED]));
		assert_eq!(committee().mandate, None);
		assert_noop!(
			CommitteeElection::propose_decision(lender(10), Matter::Meeting, digest(1)),
			Error::<Test>::NoMandate
		);
	});
}

#[test]
fn a_ballot_of_a_case_escalated_meanwhile_closes_without_effect() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12]);
		let poll = open_first_ballot(mandate());
		take_events();
		set_stage(CASE, Stage::Escalated);
		assert_ok!(close_poll(poll, &[PASSED, elected(&[0, 1, 2], &[]), PASSED]));
		assert_eq!(take_events(), not_formed(poll, NotFormed::CaseMovedOn));
		assert_eq!((stage(), CommitteeElection::committee(CASE)), (Stage::Escalated, None));
	});
}

#[test]
fn results_that_do_not_fit_keep_the_poll_open() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12]);
		let poll = open_first_ballot(mandate());
		let unexpected = DispatchError::from(Error::<Test>::UnexpectedResults);
		assert_noop!(close_poll(poll, &[PASSED, elected(&[0, 1, 2], &[])]), unexpected);
		let stranger = elected(&[0, 1, 3], &[]);
		assert_noop!(close_poll(poll, &[PASSED, stranger, PASSED]), unexpected);
		let results = [];
		let first = Purpose::FirstBallot;
		assert_noop!(CommitteeElection::poll_closed(CASE, poll + 1, first, &results), unexpected);
		assert_noop!(CommitteeElection::poll_closed(CASE + 1, poll, first, &results), unexpected);
		assert_ok!(close_poll(poll, &[PASSED, elected(&[0, 1, 2], &[]), PASSED]));
		assert_noop!(CommitteeElection::poll_closed(CASE, poll, first, &results), unexpected);
	});
}

#[test]
fn polls_of_others_are_none_of_the_committees_business() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(CommitteeElection::poll_closed(CASE, 1, Purpose::General, &[]));
		assert_ok!(CommitteeElection::poll_closed(CASE, 1, Purpose::Plan { round: 1 }, &[]));
		assert_eq!(take_events(), []);
	});
}
