use super::*;
use crate::{Error, Event, PollResult, PollStatus};
use frame_support::assert_noop;
use sp_runtime::{traits::BadOrigin, DispatchError};
use winddown_primitives::{EvidenceKind, ItemOutcome, ItemResult, Stage, Votes};

const FOR: &[Choice] = &[Choice::FOR];

#[test]
fn a_poll_closes_once_its_time_is_over_and_not_a_millisecond_before() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		Now::set(CLOSE - 1);
		assert_noop!(close(poll), Error::<Test>::StillOpen);
		Now::set(CLOSE);
		assert_ok!(close(poll));
		assert_noop!(close(poll), Error::<Test>::PollClosed);
		assert_noop!(close(poll + 1), Error::<Test>::UnknownPoll);
	});
}

#[test]
fn any_institution_closes_a_poll_and_nobody_else_does() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		Now::set(CLOSE);
		for origin in
			[lender(0), RuntimeOrigin::signed(99), RuntimeOrigin::none(), RuntimeOrigin::root()]
		{
			assert_noop!(Polls::close(origin, poll), BadOrigin);
		}
		assert_ok!(Polls::close(RuntimeOrigin::signed(ASSOCIATION), poll));
	});
}

#[test]
fn a_close_stores_the_result_deposits_its_digest_and_thaws_the_roll() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_ok!(cast(0, poll, FOR));
		assert_ok!(cast(1, poll, FOR));
		take_events();
		Now::set(CLOSE + 5);
		assert_ok!(close(poll));

		let result = PollResult {
			eligible: Votes { heads: 3, amount: 200 },
			turnout: Votes { heads: 2, amount: 160 },
			items: BoundedVec::truncate_from(vec![ItemResult {
				options: BoundedVec::truncate_from(vec![
					Votes { heads: 2, amount: 160 },
					Votes::default(),
				]),
				abstained: Votes::default(),
				outcome: ItemOutcome::Passed,
				ties: Default::default(),
			}]),
			lot: None,
		};
		assert_eq!(Polls::result(poll), Some(result.clone()));
		assert_eq!(
			Deposited::get(),
			[(CASE, EvidenceKind::PollOutcome, Digest::of(&(poll, result.clone())))]
		);
		assert_eq!(
			Polls::poll(poll).unwrap().status,
			PollStatus::Closed { at: CLOSE + 5, evidence: 1 }
		);
		assert!(!crate::Booths::<Test>::contains_key(poll));
		assert!(Polls::open_polls(CASE).is_empty());
		assert!(!crate::OpenPolls::<Test>::contains_key(CASE), "no empty list is kept");
		assert_eq!(OpenOnRoll::get(), 0);
		assert_eq!(
			take_events(),
			[Event::PollClosed {
				poll,
				case: CASE,
				turnout: Votes { heads: 2, amount: 160 },
				outcomes: BoundedVec::truncate_from(vec![ItemOutcome::Passed]),
				evidence: 1,
			}]
		);
	});
}

#[test]
fn two_polls_with_the_same_count_leave_different_evidence() {
	ExtBuilder::default().build_and_execute(|| {
		let (one, two) = (open(&[resolution()]), open(&[resolution()]));
		run_out_and_close(one);
		run_out_and_close(two);
		assert_eq!(Polls::result(one), Polls::result(two));
		let deposited = Deposited::get();
		assert_ne!(deposited[0].2, deposited[1].2);
	});
}

#[test]
fn the_listener_hears_the_purpose_and_the_results() {
	ExtBuilder::default().build_and_execute(|| {
		let purpose = Purpose::Recall { member: 2 };
		let poll = open_for(purpose, &[resolution()]);
		assert_ok!(cast(0, poll, FOR));
		run_out_and_close(poll);
		let results = Polls::result(poll).unwrap().items.into_inner();
		assert_eq!(Heard::get(), [(CASE, poll, purpose, results)]);
	});
}

#[test]
fn a_listener_that_fails_keeps_the_poll_open() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		Now::set(CLOSE);
		ListenerFails::set(true);
		assert_noop!(close(poll), DispatchError::Other("ListenerFailed"));
		assert_eq!(Polls::open_polls(CASE), [poll]);
		ListenerFails::set(false);
		assert_ok!(close(poll));
	});
}

#[test]
fn in_a_case_that_ended_the_count_is_still_recorded_and_the_listener_hears_it() {
	for stage in [Stage::Closed, Stage::Escalated] {
		ExtBuilder::default().build_and_execute(|| {
			let purpose = Purpose::Plan { round: 1 };
			let poll = open_for(purpose, &[resolution()]);
			assert_ok!(cast(0, poll, FOR));
			MockStage::set(stage);
			run_out_and_close(poll);
			let results = Polls::result(poll).unwrap().items.into_inner();
			assert_eq!(Heard::get(), [(CASE, poll, purpose, results)]);
			assert_eq!(Deposited::get().len(), 1);
		});
	}
}

#[test]
fn closing_one_poll_leaves_the_other_open_and_the_roll_frozen() {
	ExtBuilder::default().build_and_execute(|| {
		let (one, two) = (open(&[resolution()]), open(&[resolution()]));
		run_out_and_close(one);
		assert_eq!(Polls::open_polls(CASE), [two]);
		assert_eq!(OpenOnRoll::get(), 1);
	});
}

#[test]
fn a_roll_that_changed_later_does_not_change_the_result() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_ok!(cast(0, poll, FOR));
		assert_ok!(cast(1, poll, FOR));
		run_out_and_close(poll);
		let result = Polls::result(poll);
		Rows::mutate(|rows| rows.get_mut(&0).unwrap().0.amount = 1);
		assert_eq!(Polls::result(poll), result);
		assert_eq!(Polls::tally(poll)[0].1.voted, Votes { heads: 2, amount: 160 });
	});
}

#[test]
fn a_poll_in_which_nobody_voted_fails() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution(), choose_one(2), approve(3, 1, 1)]);
		run_out_and_close(poll);
		let result = Polls::result(poll).unwrap();
		assert_eq!(result.turnout, Votes::default());
		assert!(result.items.iter().all(|item| item.outcome == ItemOutcome::Failed));
	});
}
