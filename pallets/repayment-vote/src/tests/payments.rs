//! Payments against promises, and flags.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;

fn adopted() -> ExtBuilder {
	ExtBuilder::default().with_adopted_plan()
}

fn ready_to_close() -> DispatchResult {
	RepaymentVote::ensure_ready(CASE, Stage::Repaying, Stage::Closed)
}

#[test]
fn payments_of_an_instalment_add_up_until_it_is_settled() {
	adopted().build_and_execute(|| {
		assert_ok!(pay(0, 150, 1));
		assert_eq!(
			take_events(),
			[Event::PaymentReported {
				case: CASE,
				instalment: 0,
				amount: 150,
				heads: 10,
				list: digest(1),
				paid: 150,
			}]
		);
		let payment = Payment { instalment: 0, amount: 150, heads: 10, reported_at: Now::get() };
		assert_eq!(RepaymentVote::payment(CASE, digest(1)), Some(payment));
		assert_eq!(
			Deposits::get(),
			[(CASE, EvidenceKind::Payment, Digest::of(&(CASE, digest(1), payment)))]
		);
		assert_eq!(progress(0).settled_at, None);

		set_now(DUE[0] - 1);
		assert_ok!(pay(0, 50, 2));
		let expected = Progress {
			paid: 200,
			heads: 20,
			reports: 2,
			settled_at: Some(DUE[0] - 1),
			..Progress::default()
		};
		assert_eq!(progress(0), expected);
		assert_eq!(
			take_events().last(),
			Some(&Event::InstalmentSettled { case: CASE, instalment: 0, flag: Flag::None })
		);
		assert_eq!(Deposits::get().len(), 2);
	});
}

#[test]
fn more_than_the_promise_is_refused() {
	adopted().build_and_execute(|| {
		assert_noop!(pay(0, AMOUNTS[0] + 1, 1), Error::<Test>::ExceedsPromise);
		assert_ok!(pay(0, AMOUNTS[0], 1));
		assert_noop!(pay(0, 1, 2), Error::<Test>::ExceedsPromise);
		assert_noop!(pay(0, Fen::MAX, 2), ArithmeticError::Overflow);
	});
}

#[test]
fn a_list_that_no_case_can_have_is_refused() {
	adopted().build_and_execute(|| {
		let report =
			|heads, list| RepaymentVote::report_payment(platform(), CASE, 0, 1, heads, list);
		assert_noop!(report(LENDERS + 1, digest(1)), Error::<Test>::HeadsExceedRoll);
		assert_noop!(report(u32::MAX, digest(1)), Error::<Test>::HeadsExceedRoll);
		assert_noop!(report(1, digest(0)), Error::<Test>::ZeroDigest);
		assert_ok!(report(LENDERS, digest(1)));
	});
}

#[test]
fn a_list_counts_once_in_a_case() {
	adopted().build_and_execute(|| {
		assert_ok!(pay(0, 50, 1));
		assert_noop!(pay(0, 50, 1), Error::<Test>::AlreadyReported);
		assert_noop!(pay(1, 50, 1), Error::<Test>::AlreadyReported);
	});
}

#[test]
fn a_payment_pays_somebody_something() {
	adopted().build_and_execute(|| {
		assert_noop!(pay(0, 0, 1), Error::<Test>::EmptyPayment);
		assert_noop!(
			RepaymentVote::report_payment(platform(), CASE, 0, 1, 0, digest(1)),
			Error::<Test>::EmptyPayment
		);
		let heads = |heads, list| {
			RepaymentVote::report_payment(platform(), CASE, 0, 1, heads, digest(list))
		};
		assert_ok!(heads(1, 1));
		Progresses::<Test>::mutate(CASE, 0, |progress| progress.heads = u32::MAX);
		assert_noop!(heads(1, 2), ArithmeticError::Overflow);
		Progresses::<Test>::mutate(CASE, 0, |progress| progress.heads = 1);
	});
}

#[test]
fn only_the_platform_of_the_case_reports_payments() {
	adopted().build_and_execute(|| {
		let report = |who| RepaymentVote::report_payment(who, CASE, 0, 1, 1, digest(1));
		let other = RuntimeOrigin::signed(OTHER_PLATFORM);
		assert_noop!(report(other), Error::<Test>::NotPlatform);
		for who in [association(), RuntimeOrigin::signed(REGULATOR), lender(1)] {
			assert_noop!(report(who), BadOrigin);
		}
	});
}

#[test]
fn a_payment_needs_an_adopted_plan_a_known_instalment_and_a_case_that_repays() {
	ExtBuilder::default().build_and_execute(|| {
		propose(1);
		assert_noop!(pay(0, 1, 1), Error::<Test>::NothingAdopted);
		assert_noop!(flag(0), Error::<Test>::NothingAdopted);
	});
	adopted().build_and_execute(|| {
		assert_noop!(pay(3, 1, 1), Error::<Test>::UnknownInstalment);
		assert_noop!(flag(3), Error::<Test>::UnknownInstalment);
		set_now(DUE[0]);
		set_stage(CASE, Stage::Escalated);
		assert_noop!(pay(0, 1, 1), Error::<Test>::WrongStage);
		assert_noop!(flag(0), Error::<Test>::WrongStage);
	});
}

#[test]
fn an_instalment_is_overdue_from_its_due_date_and_not_a_millisecond_before() {
	adopted().build_and_execute(|| {
		assert_ok!(pay(0, 150, 1));
		set_now(DUE[0] - 1);
		assert_noop!(flag(0), Error::<Test>::NotDue);
		set_now(DUE[0]);
		take_events();
		assert_ok!(flag(0));
		assert_eq!(
			take_events(),
			[Event::InstalmentFlagged {
				case: CASE,
				instalment: 0,
				flag: Flag::Overdue,
				missing: 50,
				by: REGULATOR,
			}]
		);
		assert_noop!(flag(0), Error::<Test>::AlreadyFlagged);
		assert_noop!(flag(1), Error::<Test>::NotDue);
	});
}

#[test]
fn an_overdue_instalment_is_in_breach_once_the_grace_has_passed() {
	adopted().build_and_execute(|| {
		set_now(DUE[0]);
		assert_ok!(flag(0));
		set_now(DUE[0] + GRACE - 1);
		assert_noop!(flag(0), Error::<Test>::AlreadyFlagged);
		set_now(DUE[0] + GRACE);
		take_events();
		assert_ok!(flag(0));
		assert_eq!(
			take_events(),
			[Event::InstalmentFlagged {
				case: CASE,
				instalment: 0,
				flag: Flag::Breach,
				missing: AMOUNTS[0],
				by: REGULATOR,
			}]
		);
		assert_noop!(flag(0), Error::<Test>::AlreadyFlagged);
	});
}

#[test]
fn a_breach_nobody_flagged_before_is_a_breach_at_once() {
	adopted().build_and_execute(|| {
		set_now(DUE[0] + GRACE);
		assert_ok!(flag(0));
		assert_eq!(progress(0).flag, Flag::Breach);
	});
}

#[test]
fn a_late_settlement_keeps_its_flag() {
	adopted().build_and_execute(|| {
		set_now(DUE[0]);
		assert_ok!(flag(0));
		take_events();
		set_now(DUE[0] + 1);
		assert_ok!(pay(0, AMOUNTS[0], 1));
		assert_eq!(progress(0).flag, Flag::Overdue);
		assert_eq!(progress(0).settled_at, Some(DUE[0] + 1));
		assert_eq!(
			take_events().last(),
			Some(&Event::InstalmentSettled { case: CASE, instalment: 0, flag: Flag::Overdue })
		);
		set_now(DUE[0] + 2 * GRACE);
		assert_noop!(flag(0), Error::<Test>::AlreadySettled);
		assert_eq!(progress(0).flag, Flag::Overdue, "the grace of a paid instalment is over");
	});
}

#[test]
fn a_late_report_flags_itself_although_nobody_did() {
	adopted().build_and_execute(|| {
		set_now(DUE[0] - 1);
		assert_ok!(pay(0, AMOUNTS[0], 1));
		assert_eq!(progress(0).flag, Flag::None);
		set_now(DUE[1]);
		take_events();
		assert_ok!(pay(1, AMOUNTS[1], 2));
		assert_eq!(
			take_events()[0],
			Event::InstalmentFlagged {
				case: CASE,
				instalment: 1,
				flag: Flag::Overdue,
				missing: AMOUNTS[1],
				by: PLATFORM,
			}
		);
		assert_eq!(progress(1).flag, Flag::Overdue);
		set_now(DUE[2] + GRACE);
		assert_ok!(pay(2, 1, 3));
		assert_eq!((progress(2).flag, progress(2).paid), (Flag::Breach, 1));
	});
}

#[test]
fn any_institution_flags_but_lenders_complain_instead() {
	adopted().build_and_execute(|| {
		set_now(DUE[0]);
		assert_noop!(RepaymentVote::flag_overdue(lender(1), CASE, 0), BadOrigin);
		assert_ok!(RepaymentVote::flag_overdue(association(), CASE, 0));
	});
}

#[test]
fn a_case_is_closed_only_when_every_instalment_is_settled() {
	adopted().build_and_execute(|| {
		for (index, amount) in AMOUNTS.iter().enumerate().rev() {
			assert_noop!(ready_to_close(), Error::<Test>::InstalmentOpen);
			assert_ok!(pay(index as u8, amount - 1, 10 + index as u8));
			assert_noop!(ready_to_close(), Error::<Test>::InstalmentOpen);
			assert_ok!(pay(index as u8, 1, 20 + index as u8));
		}
		assert_ok!(ready_to_close());
	});
}

#[test]
fn the_gate_minds_only_the_closing_of_a_case() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(RepaymentVote::ensure_ready(CASE, Stage::Confirming, Stage::Electing));
		assert_ok!(RepaymentVote::ensure_ready(CASE, Stage::Repaying, Stage::Escalated));
		assert_noop!(ready_to_close(), Error::<Test>::NothingAdopted);
	});
}

#[test]
fn a_client_reads_promised_against_paid_and_what_is_late_though_unflagged() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(RepaymentVote::repayment(CASE), vec![]);
		adopt_a_plan();
		assert_ok!(pay(0, AMOUNTS[0], 1));
		set_now(DUE[1]);
		let status = RepaymentVote::repayment(CASE);
		let deserved: Vec<_> = status.iter().map(|s| s.deserved).collect();
		assert_eq!(deserved, [Flag::None, Flag::Overdue, Flag::None]);
		assert_eq!(status[0].progress.paid, AMOUNTS[0]);
		assert_eq!(status[2].promised, Instalment { due_at: DUE[2], amount: AMOUNTS[2] });
		assert_eq!(status[1].progress.flag, Flag::None);
	});
}
