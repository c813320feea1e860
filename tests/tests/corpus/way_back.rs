//! An honest case in which nearly everything went wrong at first, and copies of it in which a lot, a tie, a
//! cleared roll or a cancelled poll is not what it was.

use crate::case::{Case, Spot};
use pallet_claims::{Event as ClaimsEvent, Rolls};
use pallet_committee_election::{Committees, FirstBallots};
use pallet_polls::{Event as PollsEvent, Polls, Results};
use std::sync::LazyLock;
use winddown_runtime::{Runtime, RuntimeEvent};
use winddown_tests::winddown::{
	play_a_case_taken_back, play_the_way_back, Played, CASE, VOTED_AGAIN,
};
use winddown_verifier::{
	audit::finding::{Code, Place},
	chain::types::{Committee, Lot, PollResult, PollStatus, StoredPoll, TieBreak},
};

static PLAYED: LazyLock<Played> = LazyLock::new(play_the_way_back);

fn case() -> Case {
	Case::of(PLAYED.clone())
}

/// Asserts that an audit of the sealed copy finds these codes and no others.
fn finds(mut case: Case, expected: &[Code]) {
	case.seal();
	let report = case.audit_as(case.parts.head.genesis);
	let mut found: Vec<Code> = report.findings.iter().map(|finding| finding.code).collect();
	found.sort();
	found.dedup();
	assert_eq!(found, expected, "{}", report.text());
}

/// Asserts that an audit of the sealed copy names this at this event. Whatever is changed before the block
/// of a lot changes the lot, too, which is named besides.
fn names(mut case: Case, code: Code, spot: Spot) {
	case.seal();
	let report = case.audit_as(case.parts.head.genesis);
	let at =
		|place: &Place| (place.block, place.extrinsic) == (Some(spot.block), Some(spot.extrinsic));
	let found = report.findings.iter().any(|one| one.code == code && at(&one.place));
	assert!(found, "{}", report.text());
}

fn result() -> Vec<u8> {
	Results::<Runtime>::hashed_key_for(VOTED_AGAIN)
}

#[test]
fn a_case_that_went_wrong_at_first_is_clean_and_its_lots_stand_in_it() {
	let case = case();
	let report = case.audit_as(case.parts.head.genesis);
	assert!(report.is_clean(), "{}", report.text());
	let poll: StoredPoll = case.get(&Polls::<Runtime>::hashed_key_for(VOTED_AGAIN));
	assert_eq!(poll.tie_break, TieBreak::Lot);
	let result: PollResult = case.get(&result());
	let lot = result.lot.expect("a lot settled the tie");
	let [tie] = result.items[1].ties[..] else { panic!("one tie") };
	assert_eq!(tie.count_ones(), 2);
	let block = &case.parts.blocks[lot.block as usize];
	assert_eq!(lot.hash, block.hash());

	let committee: Committee = case.get(&Committees::<Runtime>::hashed_key_for(CASE));
	let (last, reserve) = (committee.seats[2], committee.reserves[0]);
	assert!(committee.seats[..2].contains(&1) && committee.seats[..2].contains(&2));
	assert!([last, reserve] == [0, 3] || [last, reserve] == [3, 0]);
	let cancelled: StoredPoll = case.get(&Polls::<Runtime>::hashed_key_for(0));
	assert!(matches!(cancelled.status, PollStatus::Cancelled { .. }));
	let told = report.polls.iter().find(|poll| poll.poll == VOTED_AGAIN).expect("the poll");
	let words = format!("settled by lot from block {}", lot.block);
	assert!(told.items[1].outcome.contains(&words), "{}", told.items[1].outcome);
}

#[test]
fn a_lot_that_is_not_the_hash_of_its_block_is_named() {
	let mut case = case();
	case.edit::<PollResult>(&result(), |result| {
		result.lot = Some(Lot { hash: [7; 32], ..result.lot.expect("a lot") });
	});
	finds(case, &[Code::LotDiffers]);
}

#[test]
fn a_tie_that_is_hidden_is_named() {
	let mut case = case();
	case.edit::<PollResult>(&result(), |result| result.items[1].ties.clear());
	finds(case, &[Code::TallyDiffers]);
	let mut case = self::case();
	let tied = case.find(|event| matches!(event, RuntimeEvent::Polls(PollsEvent::Tied { .. })));
	case.edit_event(tied, |event| {
		let RuntimeEvent::Polls(PollsEvent::Tied { lot, .. }) = event else { panic!("a tie") };
		*lot = None;
	});
	finds(case, &[Code::EventDiffers]);
}

#[test]
fn another_rule_for_ties_is_named() {
	let mut case = case();
	case.edit::<StoredPoll>(&Polls::<Runtime>::hashed_key_for(VOTED_AGAIN), |poll| {
		poll.tie_break = TieBreak::Nomination;
	});
	finds(case, &[Code::PollDiffers]);
}

#[test]
fn another_block_for_the_lot_is_named() {
	let mut case = case();
	let named =
		case.find(|event| matches!(event, RuntimeEvent::Polls(PollsEvent::LotNamed { .. })));
	case.edit_event(named, |event| {
		let RuntimeEvent::Polls(PollsEvent::LotNamed { block, .. }) = event else {
			panic!("a lot")
		};
		*block -= 1;
	});
	names(case, Code::LotDiffers, named);
}

#[test]
fn rows_said_to_be_cleared_that_were_not_are_named() {
	let mut case = case();
	let cleared =
		case.find(|event| matches!(event, RuntimeEvent::Claims(ClaimsEvent::RowsCleared { .. })));
	case.edit_event(cleared, |event| {
		let RuntimeEvent::Claims(ClaimsEvent::RowsCleared { count, .. }) = event else {
			panic!("rows")
		};
		*count += 1;
	});
	names(case, Code::EventDiffers, cleared);
}

#[test]
fn candidates_in_another_order_are_named() {
	let mut case = case();
	let mut opened = case.find_all(|event| {
		matches!(
			event,
			RuntimeEvent::CommitteeElection(
				pallet_committee_election::Event::FirstBallotOpened { .. }
			)
		)
	});
	let opened = opened.pop().expect("a ballot");
	case.edit_event(opened, |event| {
		let RuntimeEvent::CommitteeElection(pallet_committee_election::Event::FirstBallotOpened {
			candidates,
			..
		}) = event
		else {
			panic!("a ballot")
		};
		candidates.swap(0, 1);
	});
	names(case, Code::CandidateOrderDiffers, opened);
	let key = FirstBallots::<Runtime>::hashed_key_for(1);
	assert!(self::case().parts.get(&key).is_some(), "the cancelled ballot stays readable");
}

#[test]
fn a_case_taken_back_is_clean_and_has_no_roll() {
	let case = Case::of(play_a_case_taken_back());
	let report = case.audit_as(case.parts.head.genesis);
	assert!(report.is_clean(), "{}", report.text());
	assert!(case.parts.get(&Rolls::<Runtime>::hashed_key_for(CASE)).is_none());
}
