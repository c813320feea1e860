//! An honest case that ends before the courts: what lapses there is no finding.

use crate::case::Case;
use pallet_committee_election::{Decision, Decisions, Outcome, Settlement};
use pallet_repayment_vote::Plans;
use winddown_runtime::Runtime;
use winddown_tests::winddown::{play_to_the_courts, CASE};
use winddown_verifier::audit::replay::{Plan, PlanState};

#[test]
fn a_case_that_ended_before_the_courts_is_clean() {
	let case = Case::of(play_to_the_courts());
	let report = case.audit_as(case.parts.head.genesis);
	assert!(report.is_clean(), "{}", report.text());
	let outcomes: Vec<&str> = report
		.polls
		.iter()
		.flat_map(|poll| &poll.items)
		.map(|item| item.outcome.as_str())
		.collect();
	assert_eq!(outcomes, ["passed", "candidates 1, 2, 3 elected", "passed", "passed"]);
	let plan: Plan = case.get(&Plans::<Runtime>::hashed_key_for(CASE, 0));
	assert_eq!(plan.state, PlanState::Lapsed);
	let decision = |id| {
		let key = Decisions::<Runtime>::hashed_key_for(CASE, id);
		case.get::<Decision>(&key)
	};
	let Some(Settlement { outcome, endorsed, objected, .. }) = decision(0).settlement else {
		panic!("a member who voted ended it")
	};
	assert_eq!((outcome, endorsed, objected), (Outcome::Rejected, 1, 1));
	assert_eq!((decision(1).settlement, decision(1).votes.len()), (None, 0));
}
