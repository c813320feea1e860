//! What lenders say about their payments.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;

fn acknowledge(who: LenderIndex) -> DispatchResult {
	RepaymentVote::acknowledge(lender(who), 0)
}

fn complain(who: LenderIndex) -> DispatchResult {
	RepaymentVote::complain(lender(who), 0, digest(77))
}

fn counters() -> (u32, u32) {
	(progress(0).acknowledged, progress(0).complaints)
}

/// Runs in a case of which the first instalment is paid.
fn with_paid(test: impl FnOnce()) {
	ExtBuilder::default().with_adopted_plan().build_and_execute(|| {
		assert_ok!(pay(0, AMOUNTS[0], 1));
		take_events();
		test();
	});
}

#[test]
fn a_lender_acknowledges_once() {
	with_paid(|| {
		assert_ok!(acknowledge(5));
		assert_eq!(
			take_events(),
			[Event::PaymentAcknowledged {
				case: CASE,
				instalment: 0,
				lender: 5,
				reply: Reply::Acknowledged,
			}]
		);
		assert_noop!(acknowledge(5), Error::<Test>::AlreadyAcknowledged);
		assert_noop!(complain(5), Error::<Test>::AlreadyAcknowledged);
		assert_eq!(counters(), (1, 0));
	});
}

#[test]
fn a_complaint_is_resolved_by_the_lenders_own_acknowledgement() {
	with_paid(|| {
		assert_ok!(complain(5));
		assert_eq!(
			take_events(),
			[Event::PaymentDisputed {
				case: CASE,
				instalment: 0,
				lender: 5,
				complaint: digest(77)
			}]
		);
		assert_noop!(complain(5), Error::<Test>::AlreadyComplained);
		assert_eq!(counters(), (0, 1));
		assert_ok!(acknowledge(5));
		assert_eq!(
			take_events(),
			[Event::PaymentAcknowledged {
				case: CASE,
				instalment: 0,
				lender: 5,
				reply: Reply::Resolved,
			}]
		);
		assert_eq!(counters(), (1, 0));
		assert_noop!(acknowledge(5), Error::<Test>::AlreadyAcknowledged);
		assert_noop!(complain(5), Error::<Test>::AlreadyAcknowledged);
	});
}

#[test]
fn neighbours_in_the_column_and_other_instalments_keep_their_own_reply() {
	with_paid(|| {
		assert_ok!(pay(1, 1, 2));
		assert_ok!(acknowledge(63));
		assert_ok!(complain(64));
		assert_ok!(RepaymentVote::acknowledge(lender(64), 1));
		assert_ok!(acknowledge(199));
		let (yes, no) = (Some(Reply::Acknowledged), Some(Reply::Complained));
		assert_eq!(RepaymentVote::replies(CASE, 63), [yes, None, None]);
		assert_eq!(RepaymentVote::replies(CASE, 64), [no, yes, None]);
		assert_eq!(RepaymentVote::replies(CASE, 65), [None, None, None]);
		assert_eq!(RepaymentVote::replies(CASE, 198), [None, None, None]);
		assert_eq!(RepaymentVote::replies(OTHER_CASE, 63), []);
		assert_eq!(counters(), (2, 1));
		assert_eq!(progress(1).acknowledged, 1);
	});
}

#[test]
fn nothing_is_acknowledged_before_a_report() {
	ExtBuilder::default().with_adopted_plan().build_and_execute(|| {
		set_now(DUE[0]);
		assert_noop!(acknowledge(5), Error::<Test>::NothingReported);
		assert_ok!(pay(0, 1, 1));
		assert_ok!(acknowledge(5));
	});
}

#[test]
fn there_is_nothing_to_complain_about_until_the_due_date_or_a_report() {
	ExtBuilder::default().with_adopted_plan().build_and_execute(|| {
		set_now(DUE[0] - 1);
		assert_noop!(complain(5), Error::<Test>::NotDue);
		set_now(DUE[0]);
		assert_ok!(complain(5));
	});
	ExtBuilder::default().with_adopted_plan().build_and_execute(|| {
		assert_ok!(pay(0, 1, 1));
		assert_ok!(complain(5));
	});
}

#[test]
fn only_a_lender_with_a_claim_answers_and_only_in_its_own_case() {
	with_paid(|| {
		let none = DispatchError::Other("no claim");
		for who in [LENDERS, LENDERS + 1] {
			assert_noop!(acknowledge(who), none);
			assert_noop!(complain(who), none);
		}
		Excluded::set(&[LenderRef { case: CASE, lender: 5 }].into());
		assert_noop!(acknowledge(5), none);
		assert_noop!(complain(5), none);
		assert_noop!(
			RepaymentVote::acknowledge(lender_of(OTHER_CASE, 6), 0),
			Error::<Test>::NothingAdopted
		);
		for who in [platform(), association()] {
			assert_noop!(RepaymentVote::acknowledge(who.clone(), 0), BadOrigin);
			assert_noop!(RepaymentVote::complain(who, 0, digest(77)), BadOrigin);
		}
	});
}

#[test]
fn answers_need_a_known_instalment_of_a_case_that_repays() {
	with_paid(|| {
		let unknown = DispatchError::from(Error::<Test>::UnknownInstalment);
		assert_noop!(RepaymentVote::acknowledge(lender(5), 3), unknown);
		assert_noop!(RepaymentVote::complain(lender(5), 3, digest(77)), unknown);
		set_stage(CASE, Stage::Escalated);
		assert_noop!(acknowledge(5), Error::<Test>::WrongStage);
		assert_noop!(complain(5), Error::<Test>::WrongStage);
	});
}
