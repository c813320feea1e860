//! Polls that are taken back before anybody voted.

use super::*;
use crate::{Error, Event, PollStatus};
use frame_support::assert_noop;
use sp_runtime::{traits::BadOrigin, DispatchError};

fn cancel(poll: PollId) -> DispatchResult {
	Polls::cancel(RuntimeOrigin::signed(ASSOCIATION), poll)
}

#[test]
fn a_poll_opened_wrongly_is_taken_back_and_the_roll_may_change_again() {
	ExtBuilder::default().build_and_execute(|| {
		let purpose = Purpose::Plan { round: 1 };
		let poll = open_for(purpose, &[resolution()]);
		take_events();
		Now::set(CLOSE - 1);
		assert_ok!(cancel(poll));
		let at = CLOSE - 1;
		assert_eq!(Polls::poll(poll).unwrap().status, PollStatus::Cancelled { at });
		assert_eq!((Polls::open_polls(CASE), OpenOnRoll::get()), (vec![], 0));
		assert_eq!(HeardCancelled::get(), [(CASE, poll, purpose)]);
		assert!(Heard::get().is_empty() && Deposited::get().is_empty());
		assert_eq!(take_events(), [Event::PollCancelled { poll, case: CASE, by: ASSOCIATION }]);
		assert_noop!(cancel(poll), Error::<Test>::PollClosed);
		assert_noop!(cast(0, poll, &[Choice::FOR]), Error::<Test>::PollClosed);
		Now::set(CLOSE);
		assert_noop!(close(poll), Error::<Test>::PollClosed);
		assert_eq!(Polls::result(poll), None);
	});
}

#[test]
fn after_the_first_ballot_or_the_end_nobody_takes_a_poll_back() {
	ExtBuilder::default().build_and_execute(|| {
		let (one, two) = (open(&[resolution()]), open(&[resolution()]));
		assert_ok!(cast(0, one, &[Choice::ABSTAIN]));
		assert_noop!(cancel(one), Error::<Test>::BallotsCast);
		Now::set(CLOSE);
		assert_noop!(cancel(two), Error::<Test>::PollClosed);
		assert_ok!(close(two));
		assert_noop!(cancel(two), Error::<Test>::PollClosed);
		assert_noop!(cancel(two + 1), Error::<Test>::UnknownPoll);
	});
}

#[test]
fn only_the_association_of_the_case_takes_a_poll_back() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		for origin in [lender(0), RuntimeOrigin::signed(ARBITER), RuntimeOrigin::root()] {
			assert_noop!(Polls::cancel(origin, poll), BadOrigin);
		}
		let other = RuntimeOrigin::signed(OTHER_ASSOCIATION);
		assert_noop!(Polls::cancel(other, poll), Error::<Test>::NotAssociationOfCase);
	});
}

#[test]
fn a_listener_that_fails_keeps_the_poll() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		ListenerFails::set(true);
		assert_noop!(cancel(poll), DispatchError::Other("ListenerFailed"));
		assert_ok!(cast(0, poll, &[Choice::FOR]));
	});
}
