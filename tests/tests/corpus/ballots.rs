//! Ballots that must not count, and ballots that must. Where a ballot counts that must not, the
//! validators let it count everywhere: in the column, the tally, the result and its evidence.

use crate::case::{Case, Spot};
use pallet_intents::{Event as IntentsEvent, Refusal};
use pallet_polls::{CastBallot, Event as PollsEvent};
use winddown_primitives::{Ballot, Choice, Choices, LenderIndex, PollId};
use winddown_runtime::{RuntimeCall, RuntimeEvent};
use winddown_tests::winddown::{
	lenders::{self, ROBBED},
	FIRST_BALLOT, HALF, ROWS,
};
use winddown_verifier::audit::finding::{Code, Place};

/// The one lender whose ballot the operator carries alone.
const LAST: LenderIndex = 12;
/// What follows when a ballot counts that the audit does not count.
const COUNTED: [Code; 5] = [
	Code::EventDiffers,
	Code::BallotExtra,
	Code::TallyDiffers,
	Code::ResultEvidence,
	Code::RecordExtra,
];

/// The event of the ballot of a row, the first one in a poll.
fn cast_of(case: &Case, poll: PollId, row: LenderIndex) -> Spot {
	case.find(|event| {
		matches!(event, RuntimeEvent::Polls(PollsEvent::BallotCast { poll: p, lender, .. })
			if (*p, *lender) == (poll, row))
	})
}

/// The event of the last ballot of the first ballot.
fn last(case: &Case) -> Spot {
	cast_of(case, FIRST_BALLOT, LAST)
}

fn place(spot: Spot, poll: PollId, row: LenderIndex) -> Place {
	spot.place().in_poll(poll).at_row(row)
}

/// The operator carries one ballot more with the last one, of whoever; the chain counts it.
fn carry_too(case: &mut Case, row: LenderIndex, choices: [Choice; 3], revision: u8) -> Spot {
	let spot = last(case);
	let sequence = case.sequence(row) + 1;
	let (genesis, like) = (case.parts.head.genesis, case.ballot(FIRST_BALLOT, LAST));
	let choices: Choices = choices.to_vec().try_into().expect("three choices");
	let record = like.expect("a ballot").record;
	case.edit_intents(spot, |intents| {
		let mut intent = intents[0].intent.clone();
		(intent.lender, intent.sequence) = (row, sequence);
		intent.call = RuntimeCall::Polls(pallet_polls::Call::cast {
			poll: FIRST_BALLOT,
			ballot: Ballot::Open(choices.clone()),
			record,
		});
		intents.push(lenders::sign(genesis, row, intent));
	});
	let cast = PollsEvent::BallotCast {
		poll: FIRST_BALLOT,
		lender: row,
		revision,
		choices: choices.clone(),
		record,
	};
	let behind = Spot { event: spot.event + 1, ..spot };
	case.insert_event(behind, RuntimeEvent::Polls(cast));
	case.edit_event(Spot { event: spot.event + 2, ..spot }, |event| {
		let RuntimeEvent::Intents(IntentsEvent::BatchSubmitted { accepted, .. }) = event else {
			panic!("a batch ends with its event")
		};
		*accepted += 1;
	});
	case.put_ballot(FIRST_BALLOT, row, Some(CastBallot { revision, record, choices }));
	if row < ROWS {
		case.put_sequence(row, sequence);
	}
	case.recount(FIRST_BALLOT);
	spot
}

#[test]
fn a_ballot_after_the_close_is_named() {
	let mut case = Case::good();
	let genesis = case.parts.head.genesis;
	let (spot, end) = (last(&case), case.closes_at(FIRST_BALLOT));
	case.edit_intents(spot, |intents| {
		let mut intent = intents[0].intent.clone();
		intent.valid_until = end + 1;
		intents[0] = lenders::sign(genesis, LAST, intent);
	});
	case.set_time(spot.block, end);
	case.set_time(spot.block + 1, end + 1);
	case.finds_with(Code::BallotAfterClose, place(spot, FIRST_BALLOT, LAST), &COUNTED);
}

#[test]
fn a_ballot_by_a_revoked_key_is_named() {
	let mut case = Case::good();
	let revoked = case.find(|event| {
		matches!(
			event,
			RuntimeEvent::IdentityRegistry(pallet_identity_registry::Event::KeyRevoked { .. })
		)
	});
	let opened = case.find(|event| {
		matches!(event, RuntimeEvent::Polls(PollsEvent::PollOpened { poll: FIRST_BALLOT, .. }))
	});
	let (revoke, told) = case.remove(revoked);
	case.append(opened.block, revoke, told);
	let cast = cast_of(&case, FIRST_BALLOT, ROBBED);
	let [first, rest @ ..] = COUNTED;
	let consequences: Vec<Code> = [first, Code::SequenceDiffers].into_iter().chain(rest).collect();
	case.finds_with(Code::KeyRevoked, place(cast, FIRST_BALLOT, ROBBED), &consequences);
}

#[test]
fn a_replayed_ballot_is_named() {
	let mut case = Case::good();
	let row = 5;
	let first = cast_of(&case, FIRST_BALLOT, row);
	let RuntimeCall::Intents(pallet_intents::Call::submit_batch { intents }) =
		case.extrinsic(first).function
	else {
		panic!("a batch")
	};
	let old = intents.iter().find(|signed| signed.intent.lender == row).expect("one of it").clone();
	let again = case.find_all(|event| {
		matches!(event, RuntimeEvent::Polls(PollsEvent::BallotCast { poll: FIRST_BALLOT, lender, .. })
			if *lender == row)
	})[1];
	case.edit_intents(again, |intents| intents[0] = old);
	let RuntimeEvent::Polls(PollsEvent::BallotCast { record, .. }) =
		case.events(first.block)[first.event].event.clone()
	else {
		panic!("a ballot")
	};
	case.edit_event(again, |event| {
		let RuntimeEvent::Polls(PollsEvent::BallotCast { record: told, .. }) = event else {
			panic!("a ballot")
		};
		*told = record;
	});
	let ballot = case.ballot(FIRST_BALLOT, row).map(|ballot| CastBallot { record, ..ballot });
	case.put_ballot(FIRST_BALLOT, row, ballot);
	let sequence = case.sequence(row);
	case.put_sequence(row, sequence - 1);
	let consequences = [Code::EventDiffers, Code::BallotAltered, Code::RecordExtra];
	case.finds_with(Code::Replay, place(again, FIRST_BALLOT, row), &consequences);
}

#[test]
fn a_ballot_with_a_sequence_below_the_last_one_is_named() {
	let mut case = Case::good();
	let (genesis, spot) = (case.parts.head.genesis, last(&case));
	case.edit_intents(spot, |intents| {
		let mut intent = intents[0].intent.clone();
		intent.sequence = 0;
		intents[0] = lenders::sign(genesis, LAST, intent);
	});
	case.finds_with(Code::Replay, place(spot, FIRST_BALLOT, LAST), &COUNTED);
}

#[test]
fn a_ballot_with_a_sequence_above_the_end_of_its_intent_is_named() {
	let mut case = Case::good();
	let (genesis, spot) = (case.parts.head.genesis, last(&case));
	case.edit_intents(spot, |intents| {
		let mut intent = intents[0].intent.clone();
		intent.sequence = intent.valid_until + 1;
		intents[0] = lenders::sign(genesis, LAST, intent);
	});
	case.finds_with(Code::SequenceTooHigh, place(spot, FIRST_BALLOT, LAST), &COUNTED);
}

#[test]
fn a_ballot_past_the_end_of_its_intent_is_named() {
	let mut case = Case::good();
	let (genesis, spot) = (case.parts.head.genesis, last(&case));
	let now = case.time(spot.block);
	case.edit_intents(spot, |intents| {
		let mut intent = intents[0].intent.clone();
		intent.valid_until = now - 1;
		intents[0] = lenders::sign(genesis, LAST, intent);
	});
	case.finds_with(Code::IntentExpired, place(spot, FIRST_BALLOT, LAST), &COUNTED);
}

#[test]
fn a_ballot_that_another_lender_signed_is_named() {
	let mut case = Case::good();
	let (genesis, spot) = (case.parts.head.genesis, last(&case));
	case.edit_intents(spot, |intents| {
		intents[0] = lenders::sign(genesis, LAST + 1, intents[0].intent.clone());
	});
	case.finds_with(Code::SignatureInvalid, place(spot, FIRST_BALLOT, LAST), &COUNTED);
}

#[test]
fn a_ballot_signed_for_another_chain_is_named() {
	let mut case = Case::good();
	let spot = last(&case);
	case.edit_intents(spot, |intents| {
		intents[0] = lenders::sign([7; 32], LAST, intents[0].intent.clone());
	});
	case.finds_with(Code::SignatureInvalid, place(spot, FIRST_BALLOT, LAST), &COUNTED);
}

#[test]
fn a_ballot_for_another_poll_is_named() {
	let mut case = Case::good();
	let (genesis, spot) = (case.parts.head.genesis, last(&case));
	case.edit_intents(spot, |intents| {
		let mut intent = intents[0].intent.clone();
		let RuntimeCall::Polls(pallet_polls::Call::cast { poll, .. }) = &mut intent.call else {
			panic!("a ballot")
		};
		*poll = HALF;
		intents[0] = lenders::sign(genesis, LAST, intent);
	});
	case.finds_with(Code::BallotForeign, place(spot, HALF, LAST), &COUNTED);
}

#[test]
fn a_ballot_of_another_case_is_named() {
	let mut case = Case::good();
	let (genesis, spot) = (case.parts.head.genesis, last(&case));
	case.edit_intents(spot, |intents| {
		let mut intent = intents[0].intent.clone();
		intent.case = 1;
		intents[0] = lenders::sign(genesis, LAST, intent);
	});
	case.finds_with(Code::KeyMissing, place(spot, FIRST_BALLOT, LAST), &COUNTED);
}

#[test]
fn a_ballot_of_somebody_not_on_the_roll_is_named() {
	let mut case = Case::good();
	let spot = carry_too(&mut case, 99, [Choice::FOR, Choice(1), Choice::FOR], 1);
	let place = place(spot, FIRST_BALLOT, 99);
	case.finds_with(Code::KeyMissing, place, &COUNTED[..4]);
}

#[test]
fn a_ballot_of_a_lender_who_confirmed_nothing_is_named() {
	let mut case = Case::good();
	let spot = carry_too(&mut case, 14, [Choice::FOR, Choice(1), Choice::FOR], 1);
	let place = place(spot, FIRST_BALLOT, 14);
	case.finds_with(Code::BallotNoRight, place, &COUNTED[..4]);
}

#[test]
fn a_ballot_of_an_excluded_claim_is_named() {
	let mut case = Case::good();
	let spot = carry_too(&mut case, 11, [Choice::FOR, Choice(1), Choice::FOR], 1);
	let place = place(spot, FIRST_BALLOT, 11);
	case.finds_with(Code::BallotNoRight, place, &COUNTED[..4]);
}

#[test]
fn a_ballot_with_more_marks_than_seats_is_named() {
	let mut case = Case::good();
	let spot = carry_too(&mut case, 13, [Choice::FOR, Choice(0b11111), Choice::FOR], 1);
	let place = place(spot, FIRST_BALLOT, 13);
	case.finds_with(Code::BallotChoices, place, &COUNTED[..4]);
}

#[test]
fn a_ballot_replaced_more_often_than_allowed_is_named() {
	let mut case = Case::good();
	let spot = carry_too(&mut case, 5, [Choice::AGAINST, Choice(1), Choice::AGAINST], 3);
	let consequences =
		[Code::EventDiffers, Code::BallotAltered, Code::TallyDiffers, Code::ResultEvidence];
	case.finds_with(Code::RevotesExceeded, place(spot, FIRST_BALLOT, 5), &consequences);
}

#[test]
fn an_intent_that_lenders_may_not_ask_for_is_named() {
	let mut case = Case::good();
	let (genesis, spot) = (case.parts.head.genesis, last(&case));
	case.edit_intents(spot, |intents| {
		let mut intent = intents[0].intent.clone();
		(intent.lender, intent.sequence) = (13, 1);
		intent.call = RuntimeCall::Polls(pallet_polls::Call::close { poll: FIRST_BALLOT });
		intents.push(lenders::sign(genesis, 13, intent));
	});
	case.edit_event(Spot { event: spot.event + 1, ..spot }, |event| {
		let RuntimeEvent::Intents(IntentsEvent::BatchSubmitted { accepted, .. }) = event else {
			panic!("a batch ends with its event")
		};
		*accepted += 1;
	});
	let place = spot.place().at_row(13);
	case.finds_with(Code::CallNotAllowed, place, &[Code::EventDiffers]);
}

#[test]
fn a_good_ballot_that_was_refused_is_named() {
	let mut case = Case::good();
	let spot = last(&case);
	case.edit_events(spot.block, |events| {
		let refused = IntentsEvent::Refused {
			index: 0,
			case: 0,
			lender: LAST,
			sequence: 2,
			reason: Refusal::BadSignature,
		};
		events[spot.event].event = RuntimeEvent::Intents(refused);
		let RuntimeEvent::Intents(IntentsEvent::BatchSubmitted { accepted, refused, .. }) =
			&mut events[spot.event + 1].event
		else {
			panic!("a batch ends with its event")
		};
		(*accepted, *refused) = (0, 1);
	});
	case.put_ballot(FIRST_BALLOT, LAST, None);
	case.recount(FIRST_BALLOT);
	let consequences =
		[Code::EventDiffers, Code::BallotMissing, Code::TallyDiffers, Code::ResultEvidence];
	case.finds_with(Code::RefusedWrongly, place(spot, FIRST_BALLOT, LAST), &consequences);
}

#[test]
fn a_ballot_in_the_column_with_another_choice_is_named() {
	let mut case = Case::good();
	let mut ballot = case.ballot(FIRST_BALLOT, 3).expect("a ballot");
	ballot.choices[0] = Choice::AGAINST;
	case.put_ballot(FIRST_BALLOT, 3, Some(ballot));
	case.finds(Code::BallotAltered, Place::poll(FIRST_BALLOT).at_row(3));
}

#[test]
fn a_ballot_taken_out_of_the_column_is_named() {
	let mut case = Case::good();
	case.put_ballot(FIRST_BALLOT, 3, None);
	case.finds(Code::BallotMissing, Place::poll(FIRST_BALLOT).at_row(3));
}

#[test]
fn a_ballot_that_nobody_cast_in_the_column_is_named() {
	let mut case = Case::good();
	let ballot = case.ballot(FIRST_BALLOT, 3);
	case.put_ballot(FIRST_BALLOT, 13, ballot);
	case.finds(Code::BallotExtra, Place::poll(FIRST_BALLOT).at_row(13));
}

#[test]
fn an_event_with_another_choice_than_the_intent_is_named() {
	let mut case = Case::good();
	let spot = last(&case);
	case.edit_event(spot, |event| {
		let RuntimeEvent::Polls(PollsEvent::BallotCast { choices, .. }) = event else {
			panic!("a ballot")
		};
		choices[0] = Choice::AGAINST;
	});
	case.finds(Code::EventDiffers, place(spot, FIRST_BALLOT, LAST));
}

#[test]
fn a_ballot_without_an_intent_is_named() {
	let mut case = Case::good();
	let closed = case.find(|event| {
		matches!(event, RuntimeEvent::Polls(PollsEvent::PollOpened { poll: FIRST_BALLOT, .. }))
	});
	let ballot = case.events(last(&case).block)[last(&case).event].event.clone();
	case.insert_event(closed, ballot);
	case.finds(Code::EventUnexplained, closed.place());
}

#[test]
fn a_sequence_set_back_is_named() {
	let mut case = Case::good();
	let sequence = case.sequence(5);
	case.put_sequence(5, sequence - 1);
	case.finds(Code::SequenceDiffers, Place::row(5));
}
