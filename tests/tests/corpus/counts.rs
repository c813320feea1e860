//! Counts and rules: what the ballots come to.

use crate::case::Case;
use pallet_polls::{Event as PollsEvent, Polls, Results, Tallies};
use winddown_runtime::{Runtime, RuntimeEvent};
use winddown_tests::winddown::{FIRST_BALLOT, HALF, PLAN_VOTE};
use winddown_verifier::{
	audit::finding::{Code, Place},
	chain::types::{Bound, ClassTally, ItemOutcome, PollResult, PollStatus, StoredPoll},
};

#[test]
fn a_tally_off_by_one_fen_is_named() {
	let mut case = Case::good();
	let key = Tallies::<Runtime>::hashed_key_for(FIRST_BALLOT, 1);
	case.edit::<ClassTally>(&key, |tally| tally.options[0].amount += 1);
	case.finds(Code::TallyDiffers, Place::poll(FIRST_BALLOT));
}

#[test]
fn a_result_off_by_one_fen_is_named_with_its_item() {
	let mut case = Case::good();
	let key = Results::<Runtime>::hashed_key_for(FIRST_BALLOT);
	case.edit::<PollResult>(&key, |result| result.items[2].options[1].amount += 1);
	case.finds(Code::TallyDiffers, Place::poll(FIRST_BALLOT).at_item(2));
}

#[test]
fn one_head_too_many_in_the_turnout_is_named() {
	let mut case = Case::good();
	let key = Results::<Runtime>::hashed_key_for(FIRST_BALLOT);
	case.edit::<PollResult>(&key, |result| result.turnout.heads += 1);
	case.finds(Code::TallyDiffers, Place::poll(FIRST_BALLOT));
}

#[test]
fn another_number_of_lenders_on_the_roll_is_named() {
	let mut case = Case::good();
	let key = Results::<Runtime>::hashed_key_for(PLAN_VOTE);
	case.edit::<PollResult>(&key, |result| result.eligible.heads -= 1);
	case.finds(Code::TotalsDiffer, Place::poll(PLAN_VOTE));
}

#[test]
fn a_rule_with_the_wrong_strictness_is_named() {
	let mut case = Case::good();
	case.edit::<StoredPoll>(&Polls::<Runtime>::hashed_key_for(HALF), |poll| {
		poll.items[0].rule.tests[0].bound = Bound::AtLeast;
	});
	case.finds(Code::RuleMisapplied, Place::poll(HALF).at_item(0));
}

#[test]
fn exactly_half_that_passes_where_more_is_needed_is_named() {
	let mut case = Case::good();
	case.edit_result(HALF, |result| result.items[0].outcome = ItemOutcome::Passed);
	let consequences = [Code::EventDiffers, Code::ResultEvidence];
	case.finds_with(Code::RuleMisapplied, Place::poll(HALF).at_item(0), &consequences);
}

#[test]
fn an_outcome_that_was_flipped_is_named() {
	let mut case = Case::good();
	let key = Results::<Runtime>::hashed_key_for(PLAN_VOTE);
	case.edit::<PollResult>(&key, |result| result.items[0].outcome = ItemOutcome::Failed);
	case.finds(Code::RuleMisapplied, Place::poll(PLAN_VOTE).at_item(0));
}

#[test]
fn a_poll_closed_before_its_end_is_named() {
	let mut case = Case::good();
	let closed = case.find(|event| {
		matches!(event, RuntimeEvent::Polls(PollsEvent::PollClosed { poll: HALF, .. }))
	});
	let early = case.closes_at(HALF) - 1;
	case.set_time(closed.block, early);
	case.edit::<StoredPoll>(&Polls::<Runtime>::hashed_key_for(HALF), |poll| {
		let PollStatus::Closed { at, .. } = &mut poll.status else { panic!("it is closed") };
		*at = early;
	});
	case.finds(Code::ClosedEarly, closed.place().in_poll(HALF));
}

#[test]
fn another_question_than_was_put_to_the_vote_is_named() {
	let mut case = Case::good();
	let other: StoredPoll = case.get(&Polls::<Runtime>::hashed_key_for(HALF));
	case.edit::<StoredPoll>(&Polls::<Runtime>::hashed_key_for(PLAN_VOTE), |poll| {
		poll.items[0].documents = other.items[0].documents.clone();
	});
	case.finds(Code::PollDiffers, Place::poll(PLAN_VOTE).at_item(0));
}
