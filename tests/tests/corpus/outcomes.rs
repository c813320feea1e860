//! What follows from polls: seats, reserves, the adopted plan, the stages of the case.

use crate::case::Case;
use pallet_committee_election::{Committees, Event as ElectionEvent};
use pallet_evidence::Event as EvidenceEvent;
use pallet_repayment_vote::{Adopted, Plans};
use winddown_primitives::{Digest, EvidenceKind};
use winddown_runtime::{Runtime, RuntimeEvent};
use winddown_tests::winddown::{CASE, FIRST_BALLOT};
use winddown_verifier::{
	audit::{
		finding::{Code, Place},
		replay::{Plan, PlanState},
	},
	chain::types::Committee,
};

#[test]
fn a_seat_given_to_the_wrong_candidate_is_named() {
	let mut case = Case::good();
	let key = Committees::<Runtime>::hashed_key_for(CASE);
	case.edit::<Committee>(&key, |committee| {
		std::mem::swap(&mut committee.seats[2], &mut committee.reserves[0]);
	});
	case.finds(Code::OutcomeDiffers, Place::default());
}

#[test]
fn a_seat_given_to_the_wrong_candidate_wherever_it_is_told_is_named() {
	let mut case = Case::good();
	let key = Committees::<Runtime>::hashed_key_for(CASE);
	let before: Committee = case.get(&key);
	case.edit::<Committee>(&key, |committee| {
		std::mem::swap(&mut committee.seats[2], &mut committee.reserves[0]);
	});
	let after: Committee = case.get(&key);
	let formed = case.find(|event| {
		matches!(event, RuntimeEvent::CommitteeElection(ElectionEvent::CommitteeFormed { .. }))
	});
	case.edit_event(formed, |event| {
		let RuntimeEvent::CommitteeElection(ElectionEvent::CommitteeFormed {
			seats, reserves, ..
		}) = event
		else {
			panic!("a committee")
		};
		std::mem::swap(&mut seats[2], &mut reserves[0]);
	});
	let (old, new) = (Digest::of(&(CASE, before)), Digest::of(&(CASE, after)));
	let own = winddown_sdk::digest::Written(old).to_string();
	let id = case.record_over(&own);
	case.put_digest(id, new);
	case.finds_all(&[
		(Code::OutcomeDiffers, Place::default()),
		(Code::OutcomeDiffers, formed.place().in_poll(FIRST_BALLOT)),
		(Code::ResultEvidence, Place::digest(own)),
	]);
}

#[test]
fn a_plan_that_was_not_adopted_is_named() {
	let mut case = Case::good();
	case.put(&Adopted::<Runtime>::hashed_key_for(CASE), None);
	case.finds(Code::OutcomeDiffers, Place::default());
}

#[test]
fn an_instalment_altered_after_the_vote_is_named() {
	let mut case = Case::good();
	case.edit::<Plan>(&Plans::<Runtime>::hashed_key_for(CASE, 0), |plan| {
		plan.instalments[1].amount -= 1;
	});
	case.finds(Code::OutcomeDiffers, Place::default());
}

#[test]
fn a_rejected_plan_that_was_adopted_is_named() {
	let mut case = Case::good();
	case.edit::<Plan>(&Plans::<Runtime>::hashed_key_for(CASE, 0), |plan| {
		plan.state = PlanState::Rejected;
	});
	case.finds(Code::OutcomeDiffers, Place::default());
}

#[test]
fn a_step_of_the_case_with_other_evidence_is_named() {
	let mut case = Case::good();
	let stage = case.find(|event| {
		matches!(
			event,
			RuntimeEvent::Evidence(EvidenceEvent::Deposited { kind: EvidenceKind::Stage, .. })
		)
	});
	let RuntimeEvent::Evidence(EvidenceEvent::Deposited { id, content, .. }) =
		case.events(stage.block)[stage.event].event.clone()
	else {
		panic!("a deposit")
	};
	let other = Digest::Sm3([9; 32]);
	case.put_digest(id, other);
	let text = |digest| winddown_sdk::digest::Written(digest).to_string();
	case.finds_all(&[
		(Code::ResultEvidence, Place::digest(text(content.digest))),
		(Code::ResultEvidence, Place { evidence: Some(id), ..Place::digest(text(other)) }),
	]);
}
