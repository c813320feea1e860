//! What holds for every order of payments and replies, and that a broken state is found.

use crate::{mock::*, *};
use frame_support::assert_ok;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Act {
	Wait(Millis),
	Pay(InstalmentIndex, Fen, u8),
	Flag(InstalmentIndex),
	Acknowledge(LenderIndex, InstalmentIndex),
	Complain(LenderIndex, InstalmentIndex),
}

fn act() -> impl Strategy<Value = Act> {
	prop_oneof![
		(0u64..40_000).prop_map(Act::Wait),
		(0u8..4, 0u128..300, any::<u8>()).prop_map(|(i, amount, list)| Act::Pay(i, amount, list)),
		(0u8..4).prop_map(Act::Flag),
		(60u32..70, 0u8..4).prop_map(|(who, i)| Act::Acknowledge(who, i)),
		(60u32..70, 0u8..4).prop_map(|(who, i)| Act::Complain(who, i)),
	]
}

/// Whether the act succeeded.
fn perform(act: &Act) -> bool {
	match *act {
		Act::Wait(millis) => {
			set_now(Now::get() + millis);
			true
		}
		Act::Pay(instalment, amount, list) => pay(instalment, amount, list).is_ok(),
		Act::Flag(instalment) => flag(instalment).is_ok(),
		Act::Acknowledge(who, i) => RepaymentVote::acknowledge(lender(who), i).is_ok(),
		Act::Complain(who, i) => RepaymentVote::complain(lender(who), i, digest(1)).is_ok(),
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn payments_never_shrink_flags_never_fall_and_the_books_balance(
		acts in prop::collection::vec(act(), 1..80),
	) {
		ExtBuilder::default().with_adopted_plan().build_and_execute(|| {
			let mut reported = 0;
			for act in &acts {
				let before: Vec<_> = (0..3).map(progress).collect();
				let done = perform(act);
				if let (true, Act::Pay(_, amount, _)) = (done, act) {
					reported += amount;
				}
				for (before, index) in before.iter().zip(0..) {
					let after = progress(index);
					assert!(after.paid >= before.paid && after.flag >= before.flag);
					assert!(after.acknowledged >= before.acknowledged);
					assert!(before.settled_at.is_none() || after.settled_at == before.settled_at);
					assert!(before.settled_at.is_none() || after.flag == before.flag);
				}
				assert_ok!(RepaymentVote::do_try_state());
			}
			assert_eq!((0..3).map(|index| progress(index).paid).sum::<Fen>(), reported);
			let settled = (0..3).all(|index| progress(index).paid == AMOUNTS[index as usize]);
			let gate = RepaymentVote::ensure_ready(CASE, Stage::Repaying, Stage::Closed);
			assert_eq!(gate.is_ok(), settled);
		});
	}

	#[test]
	fn a_flag_follows_the_clock(due in 1u64..1_000, grace in 0u64..1_000, now in 0u64..3_000) {
		let flag = Flag::of(due, grace, now);
		prop_assert_eq!(flag >= Flag::Overdue, now >= due);
		prop_assert_eq!(flag == Flag::Breach, now >= due + grace);
	}
}

#[test]
fn a_due_date_at_the_end_of_time_overflows_nothing() {
	assert_eq!(Flag::of(Millis::MAX, 1, Millis::MAX - 1), Flag::None);
	assert_eq!(Flag::of(Millis::MAX, 1, Millis::MAX), Flag::Breach);
}

fn assert_broken(builder: ExtBuilder, with: impl FnOnce()) {
	builder.build().execute_with(|| {
		if Adopted::<Test>::contains_key(CASE) {
			assert_ok!(pay(0, 50, 1));
			assert_ok!(RepaymentVote::acknowledge(lender(5), 0));
		} else {
			open_vote(&[propose(1), propose(2)]);
		}
		assert_ok!(RepaymentVote::do_try_state());
		with();
		assert!(RepaymentVote::do_try_state().is_err());
	});
}

#[test]
fn broken_payments_are_found() {
	let broken = |with: fn(&mut Progress)| {
		assert_broken(ExtBuilder::default().with_adopted_plan(), || {
			Progresses::<Test>::mutate(CASE, 0, with)
		})
	};
	broken(|progress| progress.paid += 1);
	broken(|progress| progress.heads += 1);
	broken(|progress| progress.reports += 1);
	broken(|progress| progress.settled_at = Some(START));
	broken(|progress| progress.acknowledged += 1);
	broken(|progress| progress.complaints += 1);
	let adopted = || ExtBuilder::default().with_adopted_plan();
	assert_broken(adopted(), || Progresses::<Test>::insert(CASE, 9, Progress::default()));
	assert_broken(adopted(), || Payments::<Test>::remove(CASE, digest(1)));
	assert_broken(adopted(), || {
		let payment = Payment { instalment: 1, amount: 1, heads: 1, reported_at: START };
		Payments::<Test>::insert(CASE, digest(2), payment);
	});
	assert_broken(adopted(), || {
		Replies::<Test>::insert((CASE, 2, 0), ReplyPage::try_from(vec![1]).unwrap());
	});
}

#[test]
fn broken_plans_and_votes_are_found() {
	let broken = |with: fn()| assert_broken(ExtBuilder::default(), with);
	let change = |plan, with: fn(&mut Plan)| {
		assert_broken(ExtBuilder::default(), || {
			Plans::<Test>::mutate(CASE, plan, |plan| with(plan.as_mut().unwrap()))
		})
	};
	broken(|| PlanCount::<Test>::insert(CASE, 1));
	broken(|| PlanCount::<Test>::insert(CASE, 3));
	broken(|| Documents::<Test>::remove(CASE, digest(1)));
	broken(|| Documents::<Test>::insert(CASE, digest(3), 0));
	broken(|| Adopted::<Test>::insert(CASE, 0));
	broken(|| VoteRounds::<Test>::insert(CASE, Rounds { held: 1, ballot: None }));
	broken(|| VoteRounds::<Test>::insert(CASE, Rounds { held: 2, ballot: Some(1) }));
	broken(|| PlanBallots::<Test>::remove(1));
	change(0, |plan| plan.state = PlanState::Adopted);
	change(0, |plan| plan.state = PlanState::Rejected);
	change(0, |plan| plan.instalments = Instalments::default());
	change(1, |plan| plan.instalments[1].due_at = plan.instalments[0].due_at);
	change(1, |plan| plan.instalments[1].amount = 0);
	change(1, |plan| plan.document = digest(1));
}
