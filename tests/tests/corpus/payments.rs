//! Payments against the promise.

use crate::case::Case;
use codec::Encode;
use pallet_repayment_vote::{Event as RepaymentEvent, Flag, Progress, Progresses};
use winddown_runtime::{Runtime, RuntimeCall, RuntimeEvent};
use winddown_tests::winddown::CASE;
use winddown_verifier::audit::finding::{Code, Place};

/// The instalment that was paid late.
const LATE: u8 = 1;

fn key(instalment: u8) -> Vec<u8> {
	Progresses::<Runtime>::hashed_key_for(CASE, instalment)
}

#[test]
fn a_late_payment_that_stands_as_in_time_is_named() {
	let mut case = Case::good();
	case.edit::<Progress>(&key(LATE), |progress| progress.flag = Flag::None);
	case.finds(Code::PaymentDiffers, Place::default());
}

#[test]
fn a_late_payment_that_is_told_as_less_late_is_named() {
	let mut case = Case::good();
	let flagged = case.find(|event| {
		matches!(event, RuntimeEvent::RepaymentVote(RepaymentEvent::InstalmentFlagged { .. }))
	});
	case.edit_event(flagged, |event| {
		let RuntimeEvent::RepaymentVote(RepaymentEvent::InstalmentFlagged { flag, .. }) = event
		else {
			panic!("a flag")
		};
		*flag = Flag::Breach;
	});
	case.finds(Code::PaymentDiffers, flagged.place());
}

#[test]
fn an_instalment_that_stands_as_paid_before_it_was_is_named() {
	let mut case = Case::good();
	case.edit::<Progress>(&key(LATE), |progress| {
		progress.settled_at = progress.settled_at.map(|at| at - 1);
	});
	case.finds(Code::PaymentDiffers, Place::default());
}

#[test]
fn one_fen_more_than_was_paid_is_named() {
	let mut case = Case::good();
	case.edit::<Progress>(&key(0), |progress| progress.paid += 1);
	case.finds(Code::PaymentDiffers, Place::default());
}

#[test]
fn an_instalment_that_nobody_promised_or_paid_is_named() {
	let mut case = Case::good();
	let paid: Progress = case.get(&key(0));
	case.put(&key(7), Some(paid.encode()));
	case.finds(Code::PaymentDiffers, Place::default());
}

#[test]
fn a_payment_other_than_the_platform_reported_is_named() {
	let mut case = Case::good();
	let reported = case.find(|event| {
		matches!(event, RuntimeEvent::RepaymentVote(RepaymentEvent::PaymentReported { .. }))
	});
	case.edit_call(reported, |call| {
		let RuntimeCall::RepaymentVote(pallet_repayment_vote::Call::report_payment {
			amount, ..
		}) = call
		else {
			panic!("a report")
		};
		*amount -= 1;
	});
	let platform = winddown_tests::chain::account("Platform");
	case.finds(Code::EventUnexplained, reported.place().by(&platform.into()));
}
