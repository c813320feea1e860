//! Who sits: resignation, recall, reserves.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;

fn open_recall(member: LenderIndex) -> PollId {
	let closes_at = Now::get() + VOTING;
	assert_ok!(CommitteeElection::open_recall(association(), CASE, member, digest(9), closes_at));
	OpenedPolls::get().len() as PollId
}

fn with_committee() -> ExtBuilder {
	ExtBuilder::default().with_committee(Some(mandate()))
}

#[test]
fn a_member_resigns_and_the_first_reserve_takes_the_seat() {
	with_committee().build_and_execute(|| {
		Deposits::set(&vec![]);
		assert_ok!(CommitteeElection::resign(lender(11)));
		assert_eq!(committee().seats.to_vec(), [10, 15, 12, 13, 14]);
		assert_eq!(committee().reserves.to_vec(), [16, 17]);
		assert_eq!(
			take_events(),
			[Event::Resigned {
				case: CASE,
				lender: 11,
				vacancy: Vacancy::Seat { successor: Some(15) }
			}]
		);
		assert_eq!(
			Deposits::get(),
			[(CASE, EvidenceKind::Other, Digest::of(&(CASE, &committee())))]
		);
		assert_noop!(CommitteeElection::resign(lender(11)), Error::<Test>::NotMember);
	});
}

#[test]
fn a_reserve_gives_up_its_place_and_no_seat_changes() {
	with_committee().build_and_execute(|| {
		assert_ok!(CommitteeElection::resign(lender(15)));
		assert_eq!(committee().seats.to_vec(), [10, 11, 12, 13, 14]);
		assert_eq!(committee().reserves.to_vec(), [16, 17]);
		assert_eq!(
			take_events(),
			[Event::Resigned { case: CASE, lender: 15, vacancy: Vacancy::Reserve }]
		);
	});
}

#[test]
fn without_reserves_a_seat_stays_empty() {
	with_committee().build_and_execute(|| {
		for who in [15, 16, 17, 12] {
			assert_ok!(CommitteeElection::resign(lender(who)));
		}
		assert_eq!(committee().seats.to_vec(), [10, 11, 13, 14]);
		assert_eq!(
			take_events().last(),
			Some(&Event::Resigned {
				case: CASE,
				lender: 12,
				vacancy: Vacancy::Seat { successor: None }
			})
		);
	});
}

#[test]
fn only_those_who_serve_resign_and_only_in_a_living_case() {
	with_committee().build_and_execute(|| {
		assert_noop!(CommitteeElection::resign(lender(18)), Error::<Test>::NotMember);
		assert_noop!(CommitteeElection::resign(association()), BadOrigin);
		set_stage(CASE, Stage::Closed);
		assert_noop!(CommitteeElection::resign(lender(10)), Error::<Test>::WrongStage);
	});
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(CommitteeElection::resign(lender(10)), Error::<Test>::NoCommittee);
	});
}

#[test]
fn a_recall_is_one_resolution_on_its_grounds() {
	with_committee().build_and_execute(|| {
		let poll = open_recall(13);
		let opened = OpenedPolls::get().remove(poll as usize - 1);
		assert_eq!((opened.case, opened.purpose), (CASE, Purpose::Recall { member: 13 }));
		let [item] = &opened.items[..] else { panic!("one item") };
		assert_eq!(item.kind, ItemKind::Resolution);
		assert_eq!(item.rule, default_terms().resolution);
		assert_eq!(item.documents.to_vec(), [digest(9)]);
		assert_eq!(
			take_events(),
			[Event::RecallOpened {
				case: CASE,
				member: 13,
				grounds: digest(9),
				poll,
				by: ASSOCIATION
			}]
		);
		assert_eq!(CommitteeElection::recall(CASE, 13), Some(poll));
	});
}

#[test]
fn a_recalled_member_loses_the_seat_to_the_first_reserve() {
	with_committee().build_and_execute(|| {
		let poll = open_recall(13);
		take_events();
		Deposits::set(&vec![]);
		assert_ok!(close_poll(poll, &[ItemOutcome::Passed]));
		assert_eq!(committee().seats.to_vec(), [10, 11, 12, 15, 14]);
		assert_eq!(
			take_events(),
			[Event::RecallClosed {
				case: CASE,
				member: 13,
				poll,
				outcome: RecallOutcome::Recalled,
				vacancy: Some(Vacancy::Seat { successor: Some(15) }),
			}]
		);
		assert_eq!(
			Deposits::get(),
			[(CASE, EvidenceKind::PollOutcome, Digest::of(&(CASE, &committee())))]
		);
		assert_eq!(CommitteeElection::position(CASE, 13), Position::None);
	});
}

#[test]
fn a_failed_recall_changes_nothing_and_may_be_tried_again() {
	with_committee().build_and_execute(|| {
		let before = committee();
		let poll = open_recall(13);
		take_events();
		Deposits::set(&vec![]);
		assert_ok!(close_poll(poll, &[ItemOutcome::Failed]));
		assert_eq!(committee(), before);
		assert_eq!(
			take_events(),
			[Event::RecallClosed {
				case: CASE,
				member: 13,
				poll,
				outcome: RecallOutcome::Kept,
				vacancy: None,
			}]
		);
		assert_eq!(Deposits::get(), []);
		open_recall(13);
	});
}

#[test]
fn a_recall_of_one_who_resigned_meanwhile_lapses_and_spares_the_successor() {
	with_committee().build_and_execute(|| {
		let poll = open_recall(13);
		assert_ok!(CommitteeElection::resign(lender(13)));
		let before = committee();
		take_events();
		assert_ok!(close_poll(poll, &[ItemOutcome::Passed]));
		assert_eq!(committee(), before);
		let [Event::RecallClosed { outcome, vacancy: None, .. }] = take_events()[..] else {
			panic!("one event")
		};
		assert_eq!(outcome, RecallOutcome::Lapsed);
	});
}

#[test]
fn a_member_whose_claim_was_excluded_may_be_recalled_or_resign() {
	with_committee().build_and_execute(|| {
		for who in [13, 14] {
			set_claim(CASE, who, None);
		}
		let poll = open_recall(13);
		assert_ok!(CommitteeElection::resign(lender(14)));
		assert_ok!(close_poll(poll, &[ItemOutcome::Passed]));
		assert_eq!(committee().seats.to_vec(), [10, 11, 12, 16, 15]);
	});
}

#[test]
fn a_recall_in_a_case_that_ended_meanwhile_lapses() {
	with_committee().build_and_execute(|| {
		let poll = open_recall(13);
		set_stage(CASE, Stage::Escalated);
		Deposits::set(&vec![]);
		take_events();
		assert_ok!(close_poll(poll, &[ItemOutcome::Passed]));
		let (outcome, vacancy) = (RecallOutcome::Lapsed, None);
		assert_eq!(
			take_events(),
			[Event::RecallClosed { case: CASE, member: 13, poll, outcome, vacancy }]
		);
		assert!(committee().has_member(13));
		assert_eq!(CommitteeElection::recall(CASE, 13), None);
		assert_eq!((stage(), Deposits::get()), (Stage::Escalated, vec![]));
	});
}

#[test]
fn two_members_may_be_recalled_at_once_but_none_twice_at_once() {
	with_committee().build_and_execute(|| {
		let (first, second) = (open_recall(13), open_recall(10));
		let again = CommitteeElection::open_recall;
		assert_noop!(
			again(association(), CASE, 13, digest(8), Now::get() + VOTING),
			Error::<Test>::RecallOpen
		);
		assert_ok!(close_poll(second, &[ItemOutcome::Passed]));
		assert_ok!(close_poll(first, &[ItemOutcome::Passed]));
		assert_eq!(committee().seats.to_vec(), [15, 11, 12, 16, 14]);
		assert_eq!(committee().reserves.to_vec(), [17]);
	});
}

#[test]
fn a_recall_names_a_member_of_a_committee_in_a_living_case() {
	with_committee().build_and_execute(|| {
		let closes_at = Now::get() + VOTING;
		let recall = |who, case, member, closes_at| {
			CommitteeElection::open_recall(who, case, member, digest(9), closes_at)
		};
		let platform = RuntimeOrigin::signed(PLATFORM);
		assert_noop!(recall(platform, CASE, 13, closes_at), BadOrigin);
		assert_noop!(recall(lender(10), CASE, 13, closes_at), BadOrigin);
		let reserve = 15;
		assert_noop!(recall(association(), CASE, reserve, closes_at), Error::<Test>::NotMember);
		assert_noop!(
			recall(association(), CASE, 13, closes_at - 1),
			DispatchError::Other("closes too early")
		);
		add_case(CASE + 1, Stage::Planning, default_terms(), 0);
		assert_noop!(recall(association(), CASE + 1, 13, closes_at), Error::<Test>::NoCommittee);
		set_stage(CASE, Stage::Closed);
		assert_noop!(recall(association(), CASE, 13, closes_at), Error::<Test>::WrongStage);
	});
}

#[test]
fn results_of_an_unknown_recall_keep_the_poll_open() {
	with_committee().build_and_execute(|| {
		let poll = open_recall(13);
		let unexpected = DispatchError::from(Error::<Test>::UnexpectedResults);
		let purpose = Purpose::Recall { member: 13 };
		assert_noop!(close_poll(poll, &[]), unexpected);
		assert_noop!(CommitteeElection::poll_closed(CASE, poll + 1, purpose, &[]), unexpected);
		assert_ok!(close_poll(poll, &[ItemOutcome::Passed]));
	});
}
