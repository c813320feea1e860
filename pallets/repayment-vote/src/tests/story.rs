//! The whole way of one case: a plan that fails, a choice that passes, three instalments of which
//! one is late.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn a_second_round_of_two_plans_passes_and_a_late_instalment_stays_flagged_to_the_end() {
	ExtBuilder::default().build_and_execute(|| {
		let first = propose(1);
		assert_noop!(try_open_vote(&[first]), Error::<Test>::ReviewPending);
		set_now(START + REVIEW);
		assert_ok!(try_open_vote(&[first]));
		assert_ok!(close_poll(1, &[ItemOutcome::Failed]));
		assert_eq!(stage(), Stage::Planning);

		let (quick, full) = (propose(2), propose(3));
		let poll = open_vote(&[quick, full]);
		assert_ok!(close_poll(poll, &[ItemOutcome::Chosen { option: 1 }]));
		assert_eq!(RepaymentVote::adopted(CASE).map(|(plan, _)| plan), Some(full));
		assert_eq!(stage(), Stage::Repaying);

		set_now(DUE[0] - 10);
		assert_ok!(pay(0, 120, 1));
		assert_ok!(pay(0, 80, 2));
		assert_ok!(RepaymentVote::acknowledge(lender(1), 0));

		set_now(DUE[1] + 1);
		assert_ok!(flag(1));
		assert_ok!(RepaymentVote::complain(lender(2), 1, digest(9)));
		set_now(DUE[1] + GRACE - 1);
		assert_ok!(pay(1, AMOUNTS[1], 3));
		assert_ok!(RepaymentVote::acknowledge(lender(2), 1));

		let gate = || RepaymentVote::ensure_ready(CASE, Stage::Repaying, Stage::Closed);
		assert_noop!(gate(), Error::<Test>::InstalmentOpen);
		set_now(DUE[2] - 1);
		assert_ok!(pay(2, AMOUNTS[2], 4));
		assert_ok!(gate());

		let flags: Vec<_> =
			RepaymentVote::repayment(CASE).iter().map(|status| status.progress.flag).collect();
		assert_eq!(flags, [Flag::None, Flag::Overdue, Flag::None]);
		let kinds: Vec<_> = Deposits::get().iter().map(|(_, kind, _)| *kind).collect();
		let payment = EvidenceKind::Payment;
		assert_eq!(kinds, [EvidenceKind::Plan, payment, payment, payment, payment]);
	});
}
