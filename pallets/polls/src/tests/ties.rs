//! Ties: what they are, and what settles them.

use super::*;
use crate::{Error, Event, PollStatus};
use frame_support::assert_noop;
use sp_runtime::traits::BadOrigin;
use winddown_primitives::{
	lot::{Lot, LOT_DELAY},
	ItemOutcome, ItemResult, TieBreak,
};

/// Rows 0 to 5 of 50 fen each.
fn equals() -> ExtBuilder {
	(0..6).fold(ExtBuilder::without_lenders(), |builder, row| builder.with_lender(row, 0, 50))
}

fn by_lot() -> ExtBuilder {
	equals().with_terms(|terms| terms.tie_break = TieBreak::Lot)
}

/// An election in which everybody who has a vote is eligible.
fn election(candidates: u8, seats: u8, reserves: u8) -> Item {
	let rule = Preset::CompanyOrdinary.rule();
	let mut tests = rule.tests.into_inner();
	tests.iter_mut().for_each(|test| test.numerator = 0);
	let rule = Rule { scope: rule.scope, tests: BoundedVec::truncate_from(tests) };
	Item { rule, ..approve(candidates, seats, reserves) }
}

/// Each row votes for the candidates of its mask.
fn vote(poll: PollId, ballots: &[u32]) {
	for (row, marks) in (0..).zip(ballots) {
		assert_ok!(cast(row, poll, &[Choice(*marks)]));
	}
}

fn result(poll: PollId) -> ItemResult {
	Polls::result(poll).expect("it is closed").items[0].clone()
}

fn elected(result: &ItemResult) -> (Vec<u8>, Vec<u8>) {
	match &result.outcome {
		ItemOutcome::Elected { seats, reserves } => (seats.to_vec(), reserves.to_vec()),
		other => panic!("{other:?}"),
	}
}

fn ties(result: &ItemResult) -> Vec<u32> {
	result.ties.iter().map(|tie| tie.0).collect()
}

fn settle(poll: PollId) -> DispatchResult {
	Polls::settle(RuntimeOrigin::signed(ARBITER), poll)
}

fn come_to(block: u32, lot: Lot) {
	frame_system::BlockHash::<Test>::insert(u64::from(lot.block), sp_core::H256(lot.block_hash));
	System::set_block_number(block.into());
}

#[test]
fn a_tie_for_the_last_seat_stands_in_the_result_and_in_an_event() {
	equals().build_and_execute(|| {
		let poll = open(&[election(4, 1, 1)]);
		vote(poll, &[0b0010, 0b0100, 0b1000]);
		take_events();
		run_out_and_close(poll);
		let result = result(poll);
		assert_eq!(elected(&result), (vec![1], vec![2]));
		assert_eq!(ties(&result), [0b1110]);
		let options = Choice(0b1110);
		assert_eq!(take_events()[0], Event::Tied { poll, item: 0, options, lot: None });
		assert_eq!(Polls::result(poll).unwrap().lot, None);
	});
}

#[test]
fn a_tie_that_the_seats_hold_wholly_or_nobody_gains_by_is_none() {
	equals().build_and_execute(|| {
		let poll = open(&[election(4, 3, 0)]);
		// Candidates 0 and 1 have two votes each, and both sit; 2 sits alone, and 3 has none.
		vote(poll, &[0b0011, 0b0011, 0b0100]);
		run_out_and_close(poll);
		assert_eq!((elected(&result(poll)).0, ties(&result(poll))), (vec![0, 1, 2], vec![]));
	});
	equals().build_and_execute(|| {
		let poll = open(&[election(4, 1, 0)]);
		vote(poll, &[0b0001, 0b0001, 0b0010, 0b0100]);
		run_out_and_close(poll);
		assert_eq!((elected(&result(poll)).0, ties(&result(poll))), (vec![0], vec![]));
	});
}

#[test]
fn a_tie_among_reserves_is_one_since_their_order_decides_who_moves_up() {
	equals().build_and_execute(|| {
		let poll = open(&[election(3, 1, 2)]);
		vote(poll, &[0b001, 0b001, 0b010, 0b100]);
		run_out_and_close(poll);
		assert_eq!(elected(&result(poll)), (vec![0], vec![1, 2]));
		assert_eq!(ties(&result(poll)), [0b110]);
	});
}

#[test]
fn several_ties_are_told_apart() {
	equals().build_and_execute(|| {
		let poll = open(&[election(5, 1, 3)]);
		vote(
			poll,
			&[0b00011, 0b00011, 0b00100, 0b01000, 0b10000].map(|marks: u32| {
				// One seat lets a ballot mark one candidate only.
				1 << marks.trailing_zeros()
			}),
		);
		run_out_and_close(poll);
		assert_eq!(ties(&result(poll)), [0b11100]);
	});
}

#[test]
fn a_tie_goes_by_the_precedence_of_the_poll_and_not_by_the_ballot() {
	equals().build_and_execute(|| {
		let items = items(&[election(3, 1, 2)]);
		let precedence = Precedence::truncate_from(vec![2, 0, 1]);
		let new = NewPoll { precedence, ..new_poll(Purpose::FirstBallot, items, CLOSE) };
		let poll = <Polls as PollEngine>::open(new).expect("it opens");
		vote(poll, &[0b001, 0b010, 0b100]);
		run_out_and_close(poll);
		assert_eq!(elected(&result(poll)), (vec![2], vec![0, 1]));
	});
}

#[test]
fn a_precedence_that_is_none_of_the_options_is_refused() {
	equals().build_and_execute(|| {
		for wrong in [vec![0, 1], vec![0, 1, 1], vec![0, 1, 3], vec![0, 1, 2, 3]] {
			let items = items(&[election(3, 1, 2)]);
			let precedence = Precedence::truncate_from(wrong);
			let new = NewPoll { precedence, ..new_poll(Purpose::FirstBallot, items, CLOSE) };
			let open = <Polls as PollEngine>::open(new);
			assert_eq!(open, Err(Error::<Test>::InvalidItem.into()));
		}
	});
}

#[test]
fn a_tied_choice_chooses_nothing_and_tells_the_tie() {
	by_lot().build_and_execute(|| {
		let poll = open(&[Item { rule: election(3, 1, 0).rule, ..choose_one(3) }]);
		vote(poll, &[0b001, 0b010]);
		take_events();
		run_out_and_close(poll);
		assert_eq!(result(poll).outcome, ItemOutcome::Failed);
		assert_eq!(ties(&result(poll)), [0b011]);
		let options = Choice(0b011);
		assert_eq!(take_events()[0], Event::Tied { poll, item: 0, options, lot: None });
	});
}

#[test]
fn by_lot_the_hash_of_a_block_after_the_close_settles_the_tie() {
	by_lot().build_and_execute(|| {
		let poll = open(&[election(4, 1, 3)]);
		vote(poll, &[0b0001, 0b0010, 0b0100, 0b1000]);
		take_events();
		Now::set(CLOSE + 3);
		System::set_block_number(40);
		assert_ok!(close(poll));
		let block = 40 + LOT_DELAY;
		let at = CLOSE + 3;
		assert_eq!(Polls::poll(poll).unwrap().status, PollStatus::AwaitsLot { at, block });
		assert_eq!(take_events(), [Event::LotNamed { poll, block }]);
		assert_eq!((Polls::open_polls(CASE), OpenOnRoll::get()), (vec![poll], 1));
		assert!(Heard::get().is_empty() && Polls::result(poll).is_none());
		assert_ok!(Polls::do_try_state());
		assert_noop!(cast(0, poll, &[Choice(1)]), Error::<Test>::PollClosed);
		assert_noop!(close(poll), Error::<Test>::PollClosed);

		System::set_block_number(block.into());
		assert_noop!(settle(poll), Error::<Test>::LotPending);
		let lot = Lot { block, block_hash: [9; 32] };
		come_to(block + 1, lot);
		assert_noop!(Polls::settle(lender(0), poll), BadOrigin);
		assert_ok!(settle(poll));
		let mut expected: Vec<u8> = (0..4).collect();
		expected.sort_by_key(|option| lot.of_option(poll, 0, *option));
		let (seats, reserves) = elected(&result(poll));
		assert_eq!([seats, reserves].concat(), expected);
		assert_eq!(Polls::result(poll).unwrap().lot, Some(lot));
		assert_eq!(ties(&result(poll)), [0b1111]);
		let tied = Event::Tied { poll, item: 0, options: Choice(0b1111), lot: Some(lot) };
		assert_eq!(take_events()[0], tied);
		let closed = PollStatus::Closed { at, evidence: 1 };
		assert_eq!(Polls::poll(poll).unwrap().status, closed);
		assert_eq!((Heard::get().len(), OpenOnRoll::get()), (1, 0));
		assert_noop!(settle(poll), Error::<Test>::NoLot);
	});
}

#[test]
fn another_hash_is_another_lot() {
	let drawn = |seed: u8| {
		let mut order = vec![];
		by_lot().build_and_execute(|| {
			let poll = open(&[election(4, 1, 3)]);
			vote(poll, &[0b0001, 0b0010, 0b0100, 0b1000]);
			run_out_and_close(poll);
			let lot = Lot { block: 1 + LOT_DELAY, block_hash: [seed; 32] };
			come_to(lot.block + 1, lot);
			assert_ok!(settle(poll));
			let (seats, reserves) = elected(&result(poll));
			order = [seats, reserves].concat();
		});
		order
	};
	let orders: std::collections::BTreeSet<_> = (1..30).map(drawn).collect();
	assert!(orders.len() > 5, "{orders:?}");
}

#[test]
fn without_a_tie_no_lot_is_waited_for() {
	by_lot().build_and_execute(|| {
		let poll = open(&[election(2, 1, 1)]);
		vote(poll, &[0b01, 0b01, 0b10]);
		run_out_and_close(poll);
		assert_eq!(elected(&result(poll)), (vec![0], vec![1]));
		assert_eq!(Polls::result(poll).unwrap().lot, None);
		assert_noop!(settle(poll), Error::<Test>::NoLot);
		assert_noop!(settle(poll + 1), Error::<Test>::UnknownPoll);
	});
}

#[test]
fn a_lot_whose_block_the_chain_forgot_is_named_anew() {
	by_lot().build_and_execute(|| {
		let poll = open(&[election(2, 1, 1)]);
		vote(poll, &[0b01, 0b10]);
		run_out_and_close(poll);
		System::set_block_number(9_000);
		take_events();
		assert_ok!(settle(poll));
		let block = 9_000 + LOT_DELAY;
		assert_eq!(take_events(), [Event::LotNamed { poll, block }]);
		assert_noop!(settle(poll), Error::<Test>::LotPending);
		come_to(block + 1, Lot { block, block_hash: [3; 32] });
		assert_ok!(settle(poll));
	});
}

#[test]
fn a_record_of_zeros_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		let zeros = Digest::Sm3([0; 32]);
		let cast = Polls::cast(lender(0), poll, ballot(&[Choice::FOR]), zeros);
		assert_noop!(cast, Error::<Test>::ZeroDigest);
		let mut nothing = resolution();
		nothing.documents[0] = zeros;
		let open = Polls::open(RuntimeOrigin::signed(ASSOCIATION), CASE, items(&[nothing]), CLOSE);
		assert_noop!(open, Error::<Test>::InvalidItem);
	});
}
