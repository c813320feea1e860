//! Ballots on plans, and what comes of them.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::{self, BadOrigin};

const PASSED: ItemOutcome = ItemOutcome::Passed;
const FAILED: ItemOutcome = ItemOutcome::Failed;

fn state(plan: PlanId) -> PlanState {
	RepaymentVote::plan(CASE, plan).unwrap().state
}

fn endorse(document: u8) {
	let mut endorsed = Endorsed::get();
	endorsed.insert(digest(document));
	Endorsed::set(&endorsed);
}

#[test]
fn one_plan_is_a_resolution_on_its_document() {
	ExtBuilder::default().build_and_execute(|| {
		let plan = propose(1);
		take_events();
		let poll = open_vote(&[plan]);
		let [opened] = &OpenedPolls::get()[..] else { panic!("one poll") };
		assert_eq!((opened.case, opened.purpose), (CASE, Purpose::Plan { round: 1 }));
		let [item] = &opened.items[..] else { panic!("one item") };
		assert_eq!(item.kind, ItemKind::Resolution);
		assert_eq!(item.rule, default_terms().plan);
		assert_eq!(item.documents.to_vec(), [digest(1)]);
		let plans: Competing = vec![plan].try_into().unwrap();
		assert_eq!(
			take_events(),
			[Event::VoteOpened {
				case: CASE,
				round: 1,
				poll,
				plans: plans.clone(),
				by: ASSOCIATION
			}]
		);
		let ballot = PlanBallot { case: CASE, round: 1, plans };
		assert_eq!(RepaymentVote::plan_ballot(poll), Some(ballot));
		assert_eq!(RepaymentVote::rounds(CASE), Rounds { held: 1, ballot: Some(poll) });
		assert_eq!((state(plan), stage()), (PlanState::InVote { poll }, Stage::Voting));
	});
}

#[test]
fn several_plans_are_a_choice_in_the_order_of_the_ballot() {
	ExtBuilder::default().build_and_execute(|| {
		let plans = [propose(1), propose(2), propose(3)];
		open_vote(&[plans[2], plans[0]]);
		let items = OpenedPolls::get().remove(0).items;
		assert_eq!(items[0].kind, ItemKind::ChooseOne { options: 2 });
		assert_eq!(items[0].rule, default_terms().plan);
		assert_eq!(items[0].documents.to_vec(), [digest(3), digest(1)]);
		assert_eq!(state(plans[1]), PlanState::Proposed);
	});
}

#[test]
fn only_the_association_opens_a_vote_and_the_engine_may_refuse_it() {
	ExtBuilder::default().build_and_execute(|| {
		let plans: Competing = vec![propose(1)].try_into().unwrap();
		endorse(1);
		let closes_at = START + VOTING;
		for who in [platform(), RuntimeOrigin::signed(REGULATOR), lender(1)] {
			assert_noop!(RepaymentVote::open_vote(who, CASE, plans.clone(), closes_at), BadOrigin);
		}
		assert_noop!(
			RepaymentVote::open_vote(association(), CASE, plans.clone(), closes_at - 1),
			DispatchError::Other("closes too early")
		);
		assert_ok!(RepaymentVote::open_vote(association(), CASE, plans, closes_at));
	});
}

#[test]
fn an_association_opens_votes_in_its_own_case_and_in_no_other() {
	ExtBuilder::default().build_and_execute(|| {
		let plans: Competing = vec![propose(1)].try_into().unwrap();
		endorse(1);
		let open = |who, case| {
			let who = RuntimeOrigin::signed(who);
			RepaymentVote::open_vote(who, case, plans.clone(), START + VOTING)
		};
		for (who, case) in [(OTHER_ASSOCIATION, CASE), (ASSOCIATION, OTHER_CASE)] {
			assert_noop!(open(who, case), Error::<Test>::NotAssociationOfCase);
		}
		assert_ok!(open(ASSOCIATION, CASE));
	});
}

#[test]
fn a_vote_names_known_plans_once_each() {
	ExtBuilder::default().build_and_execute(|| {
		let plan = propose(1);
		endorse(1);
		assert_noop!(try_open_vote(&[]), Error::<Test>::NoPlans);
		assert_noop!(try_open_vote(&[plan, plan]), Error::<Test>::DuplicatePlan);
		assert_noop!(try_open_vote(&[plan, plan + 1]), Error::<Test>::UnknownPlan);
		set_stage(CASE, Stage::Electing);
		assert_noop!(try_open_vote(&[plan]), Error::<Test>::WrongStage);
		set_stage(CASE, Stage::Planning);
		assert_ok!(try_open_vote(&[plan]));
		assert_noop!(try_open_vote(&[plan]), Error::<Test>::WrongStage);
	});
}

#[test]
fn a_vote_waits_for_the_committee_or_for_the_end_of_its_window() {
	ExtBuilder::default().build_and_execute(|| {
		let plan = propose(1);
		assert_noop!(try_open_vote(&[plan]), Error::<Test>::ReviewPending);
		set_now(START + REVIEW - 1);
		assert_noop!(try_open_vote(&[plan]), Error::<Test>::ReviewPending);
		set_now(START + REVIEW);
		assert_ok!(try_open_vote(&[plan]));
	});
}

#[test]
fn every_plan_of_a_choice_needs_its_review() {
	ExtBuilder::default().build_and_execute(|| {
		let plans = [propose(1), propose(2)];
		endorse(1);
		assert_noop!(try_open_vote(&plans), Error::<Test>::ReviewPending);
		endorse(2);
		assert_ok!(try_open_vote(&plans));
	});
}

#[test]
fn an_objecting_committee_does_not_keep_lenders_from_voting() {
	ExtBuilder::default().build_and_execute(|| {
		let plan = propose(1);
		Objected::set(&[digest(1)].into());
		assert_ok!(try_open_vote(&[plan]));
	});
}

#[test]
fn a_plan_that_falls_due_before_the_ballot_closes_is_not_voted_on() {
	ExtBuilder::default().build_and_execute(|| {
		let plan = propose(1);
		set_now(DUE[0] - VOTING);
		assert_noop!(try_open_vote(&[plan]), Error::<Test>::DueBeforeClose);
		set_now(DUE[0] - VOTING - 1);
		assert_ok!(try_open_vote(&[plan]));
	});
}

#[test]
fn a_passed_plan_is_adopted_and_repayment_begins() {
	ExtBuilder::default().build_and_execute(|| {
		let plan = propose(1);
		let poll = open_vote(&[plan]);
		take_events();
		assert_ok!(close_poll(poll, &[PASSED]));
		let (id, adopted) = RepaymentVote::adopted(CASE).unwrap();
		assert_eq!((id, adopted.state, stage()), (plan, PlanState::Adopted, Stage::Repaying));
		assert_eq!(
			take_events(),
			[Event::PlanAdopted { case: CASE, plan, document: digest(1), poll }]
		);
		assert_eq!(
			Deposits::get(),
			[(CASE, EvidenceKind::Plan, Digest::of(&(CASE, plan, &adopted)))]
		);
		assert_eq!(RepaymentVote::rounds(CASE), Rounds { held: 1, ballot: None });
	});
}

#[test]
fn the_chosen_option_is_adopted_and_the_others_are_rejected() {
	ExtBuilder::default().build_and_execute(|| {
		let plans = [propose(1), propose(2), propose(3), propose(4)];
		let poll = open_vote(&[plans[3], plans[0], plans[1]]);
		assert_ok!(close_poll(poll, &[ItemOutcome::Chosen { option: 1 }]));
		assert_eq!(Adopted::<Test>::get(CASE), Some(plans[0]));
		assert_eq!(
			plans.map(state),
			[PlanState::Adopted, PlanState::Rejected, PlanState::Proposed, PlanState::Rejected]
		);
	});
}

#[test]
fn a_failed_round_leads_back_to_planning_and_its_plan_is_not_asked_again() {
	ExtBuilder::default().build_and_execute(|| {
		let plan = propose(1);
		let poll = open_vote(&[plan]);
		take_events();
		assert_ok!(close_poll(poll, &[FAILED]));
		assert_eq!((state(plan), stage()), (PlanState::Rejected, Stage::Planning));
		assert_eq!(
			take_events(),
			[Event::VoteFailed { case: CASE, poll, round: 1, rounds_left: 1 }]
		);
		assert_eq!((RepaymentVote::adopted(CASE), Deposits::get()), (None, vec![]));
		assert_noop!(try_open_vote(&[plan]), Error::<Test>::NotProposed);
		assert_noop!(
			RepaymentVote::propose_plan(platform(), CASE, digest(1), schedule()),
			Error::<Test>::DuplicateDocument
		);
	});
}

#[test]
fn when_every_round_failed_neither_plan_nor_vote_is_left() {
	ExtBuilder::default().with_max_rounds(2).build_and_execute(|| {
		let (first, second, third) = (propose(1), propose(2), propose(3));
		let poll = open_vote(&[first]);
		assert_ok!(close_poll(poll, &[FAILED]));
		let poll = open_vote(&[second]);
		assert_eq!(OpenedPolls::get()[1].purpose, Purpose::Plan { round: 2 });
		take_events();
		assert_ok!(close_poll(poll, &[FAILED]));
		assert_eq!(
			take_events(),
			[
				Event::VoteFailed { case: CASE, poll, round: 2, rounds_left: 0 },
				Event::RoundsUsedUp { case: CASE },
			]
		);
		assert_eq!(stage(), Stage::Planning);
		endorse(3);
		assert_noop!(try_open_vote(&[third]), Error::<Test>::RoundsExhausted);
		assert_noop!(
			RepaymentVote::propose_plan(platform(), CASE, digest(4), schedule()),
			Error::<Test>::RoundsExhausted
		);
	});
}

#[test]
fn a_vote_of_a_case_escalated_meanwhile_closes_without_effect() {
	ExtBuilder::default().build_and_execute(|| {
		let plan = propose(1);
		let poll = open_vote(&[plan]);
		take_events();
		set_stage(CASE, Stage::Escalated);
		assert_ok!(close_poll(poll, &[PASSED]));
		assert_eq!(take_events(), [Event::VoteLapsed { case: CASE, poll }]);
		assert_eq!((state(plan), stage()), (PlanState::Lapsed, Stage::Escalated));
		assert_eq!((RepaymentVote::adopted(CASE), Deposits::get()), (None, vec![]));
	});
}

#[test]
fn results_that_do_not_fit_keep_the_poll_open() {
	ExtBuilder::default().build_and_execute(|| {
		let unexpected = DispatchError::from(Error::<Test>::UnexpectedResults);
		let plans = [propose(1), propose(2)];
		let poll = open_vote(&plans);
		let elected =
			ItemOutcome::Elected { seats: Default::default(), reserves: Default::default() };
		for bad in [PASSED, ItemOutcome::Chosen { option: 2 }, elected] {
			assert_noop!(close_poll(poll, &[bad]), unexpected);
		}
		assert_noop!(close_poll(poll, &[]), unexpected);
		assert_noop!(close_poll(poll, &[FAILED, FAILED]), unexpected);
		let close = RepaymentVote::poll_closed;
		assert_noop!(close(CASE, poll + 1, Purpose::Plan { round: 1 }, &[]), unexpected);
		assert_noop!(close(CASE, poll, Purpose::Plan { round: 2 }, &[]), unexpected);
		assert_noop!(close(OTHER_CASE, poll, Purpose::Plan { round: 1 }, &[]), unexpected);
		assert_ok!(close_poll(poll, &[ItemOutcome::Chosen { option: 0 }]));
		assert_noop!(close(CASE, poll, Purpose::Plan { round: 1 }, &[]), unexpected);
	});
	ExtBuilder::default().build_and_execute(|| {
		let poll = open_vote(&[propose(1)]);
		assert_noop!(
			close_poll(poll, &[ItemOutcome::Chosen { option: 0 }]),
			Error::<Test>::UnexpectedResults
		);
	});
}

#[test]
fn polls_of_others_are_none_of_this_pallets_business() {
	ExtBuilder::default().build_and_execute(|| {
		for purpose in [Purpose::General, Purpose::FirstBallot, Purpose::Recall { member: 1 }] {
			assert_ok!(RepaymentVote::poll_closed(CASE, 1, purpose, &[]));
		}
		assert_eq!(take_events(), []);
	});
}

#[test]
fn a_cancelled_vote_uses_up_no_round_and_its_plans_may_be_voted_on_again() {
	ExtBuilder::default().build_and_execute(|| {
		let plans = [propose(1), propose(2)];
		let poll = open_vote(&plans);
		assert_ok!(cancel_poll(poll));
		assert_eq!(RepaymentVote::rounds(CASE), Rounds { held: 0, ballot: None });
		assert_eq!((state(plans[0]), state(plans[1])), (PlanState::Proposed, PlanState::Proposed));
		assert_eq!((stage(), RepaymentVote::plan_ballot(poll)), (Stage::Planning, None));
		assert_ok!(RepaymentVote::do_try_state());
		let again = open_vote(&plans[..1]);
		let ballot = RepaymentVote::plan_ballot(again).unwrap();
		assert_eq!(ballot.round, 1);
		assert_ok!(close_poll(again, &[PASSED]));
		assert_eq!(stage(), Stage::Repaying);
	});
}

#[test]
fn a_vote_cancelled_in_a_case_that_ended_leaves_nothing_open() {
	ExtBuilder::default().build_and_execute(|| {
		let plan = propose(1);
		let poll = open_vote(&[plan]);
		set_stage(CASE, Stage::Escalated);
		assert_ok!(cancel_poll(poll));
		assert_eq!((stage(), state(plan)), (Stage::Escalated, PlanState::Proposed));
	});
}
