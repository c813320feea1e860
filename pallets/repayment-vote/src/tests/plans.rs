//! What a platform may propose.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;

fn propose_with(instalments: &[(Millis, Fen)]) -> DispatchResult {
	let instalments =
		instalments.iter().map(|(due_at, amount)| Instalment { due_at: *due_at, amount: *amount });
	let instalments = instalments.collect::<Vec<_>>().try_into().expect("few instalments");
	RepaymentVote::propose_plan(platform(), CASE, digest(1), instalments)
}

#[test]
fn the_platform_of_the_case_proposes_numbered_versions() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(propose(1), 0);
		assert_eq!(
			take_events(),
			[Event::PlanProposed {
				case: CASE,
				plan: 0,
				document: digest(1),
				instalments: schedule()
			}]
		);
		set_now(START + 1);
		assert_eq!(propose(2), 1);
		assert_eq!(
			RepaymentVote::plan(CASE, 1),
			Some(Plan {
				document: digest(2),
				instalments: schedule(),
				proposed_at: START + 1,
				state: PlanState::Proposed,
			})
		);
		assert_eq!(RepaymentVote::plan_count(CASE), 2);
	});
}

#[test]
fn nobody_else_proposes_a_plan_not_even_another_platform() {
	ExtBuilder::default().build_and_execute(|| {
		let call = RepaymentVote::propose_plan;
		let other = RuntimeOrigin::signed(OTHER_PLATFORM);
		assert_noop!(call(other, CASE, digest(1), schedule()), Error::<Test>::NotPlatform);
		for who in [association(), RuntimeOrigin::signed(REGULATOR), lender(1)] {
			assert_noop!(call(who, CASE, digest(1), schedule()), BadOrigin);
		}
		let unknown = DispatchError::Other("unknown case");
		assert_noop!(call(platform(), 99, digest(1), schedule()), unknown);
	});
}

#[test]
fn plans_belong_to_the_planning_stage() {
	for stage in [Stage::Electing, Stage::Voting, Stage::Repaying, Stage::Escalated] {
		ExtBuilder::default().with_stage(stage).build_and_execute(|| {
			assert_noop!(propose_with(&[(DUE[0], 1)]), Error::<Test>::WrongStage);
		});
	}
}

#[test]
fn a_plan_promises_an_amount_in_every_instalment() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(propose_with(&[]), Error::<Test>::EmptyPromise);
		assert_noop!(propose_with(&[(DUE[0], 1), (DUE[1], 0)]), Error::<Test>::EmptyPromise);
		for amount in [MAX_AMOUNT + 1, Fen::MAX] {
			let huge = [(DUE[0], 1), (DUE[1], amount)];
			assert_noop!(propose_with(&huge), Error::<Test>::AmountTooLarge);
		}
		assert_ok!(propose_with(&[(DUE[0], MAX_AMOUNT), (DUE[1], MAX_AMOUNT)]));
	});
}

#[test]
fn a_plan_that_no_case_can_have_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let call = RepaymentVote::propose_plan;
		assert_noop!(call(platform(), CASE, digest(0), schedule()), Error::<Test>::ZeroDigest);
		let latest = START + MAX_AHEAD;
		for due in [latest + 1, Millis::MAX] {
			assert_noop!(propose_with(&[(due, 1)]), Error::<Test>::DueTooFar);
		}
		assert_ok!(propose_with(&[(latest, 1)]));
	});
}

#[test]
fn due_dates_ascend_and_the_first_lies_in_the_future() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(propose_with(&[(START, 1)]), Error::<Test>::InvalidSchedule);
		assert_noop!(propose_with(&[(DUE[0], 1), (DUE[0], 1)]), Error::<Test>::InvalidSchedule);
		assert_noop!(propose_with(&[(DUE[1], 1), (DUE[0], 1)]), Error::<Test>::InvalidSchedule);
		assert_ok!(propose_with(&[(START + 1, 1), (START + 2, 1)]));
	});
}

#[test]
fn a_document_has_one_plan_in_a_case_so_a_change_is_a_new_version() {
	ExtBuilder::default().build_and_execute(|| {
		propose(1);
		assert_noop!(propose_with(&[(DUE[0], 1)]), Error::<Test>::DuplicateDocument);
		let other = RuntimeOrigin::signed(OTHER_PLATFORM);
		assert_ok!(RepaymentVote::propose_plan(other, OTHER_CASE, digest(1), schedule()));
		assert_eq!(RepaymentVote::plan_count(OTHER_CASE), 1, "cases number their own plans");
	});
}

#[test]
fn a_plan_cannot_change_once_its_vote_is_open() {
	ExtBuilder::default().build_and_execute(|| {
		let plan = propose(1);
		let before = RepaymentVote::plan(CASE, plan).unwrap();
		let poll = open_vote(&[plan]);
		assert_noop!(propose_with(&[(DUE[0], 1)]), Error::<Test>::WrongStage);
		let during = RepaymentVote::plan(CASE, plan).unwrap();
		assert_eq!(during, Plan { state: PlanState::InVote { poll }, ..before.clone() });
		assert_ok!(close_poll(poll, &[ItemOutcome::Passed]));
		assert_noop!(propose_with(&[(DUE[0], 1)]), Error::<Test>::WrongStage);
		let after = RepaymentVote::plan(CASE, plan).unwrap();
		assert_eq!(after, Plan { state: PlanState::Adopted, ..before });
	});
}
