//! Random histories: the running tallies must be what a recount of the ballots gives.

use super::*;
use crate::{Ballots, CastBallot, PollStatus, Results, Tallies};
use proptest::prelude::*;
use sp_runtime::TryRuntimeError;
use std::collections::BTreeMap;
use winddown_primitives::{Fen, ItemOutcome, Votes};

const LENDERS: u32 = 130;

#[derive(Clone, Debug)]
struct Step {
	row: LenderIndex,
	choices: [u32; 3],
	elapsed: Millis,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
	let step = (0..LENDERS + 2, any::<[u32; 3]>(), 0..12u64)
		.prop_map(|(row, choices, elapsed)| Step { row, choices, elapsed });
	prop::collection::vec(step, 1..250)
}

fn amounts() -> impl Strategy<Value = Vec<(u8, Fen)>> {
	let amount = prop_oneof![1..1_000u128, Just(u128::MAX >> 9)];
	prop::collection::vec((0..4u8, amount), LENDERS as usize)
}

/// Keeps most choices valid, so that a history is more than refusals.
fn narrowed(raw: [u32; 3]) -> [Choice; 3] {
	[Choice(raw[0] % 4), Choice(1 << (raw[1] % 6) >> 1), Choice(raw[2] & (raw[2] >> 5) & 0x7f)]
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn tallies_are_the_sum_of_the_last_ballots(amounts in amounts(), steps in steps()) {
		let roll = (0..).zip(&amounts).fold(
			ExtBuilder::without_lenders(),
			|builder, (row, (class, amount))| builder.with_lender(row, *class, *amount),
		);
		roll.build_and_execute(|| {
			let poll = open(&[resolution(), choose_one(5), approve(7, 3, 2)]);
			let mut expected: BTreeMap<LenderIndex, (u8, [Choice; 3])> = BTreeMap::new();
			for Step { row, choices, elapsed } in steps {
				Now::set(Now::get() + elapsed);
				let choices = narrowed(choices);
				let before = expected.get(&row).map_or(0, |(revision, _)| *revision);
				let counts = row < LENDERS
					&& before <= 2
					&& Now::get() < CLOSE
					&& choices[0].0 < 3
					&& choices[2].count() <= 3;
				assert_eq!(cast(row, poll, &choices).is_ok(), counts);
				if counts {
					expected.insert(row, (before + 1, choices));
				}
			}
			assert_recount(poll, &amounts, &expected);
			Polls::do_try_state().expect("every invariant holds while the poll is open");
			run_out_and_close(poll);
			assert_recount(poll, &amounts, &expected);
		});
	}
}

/// Adds up `ballots` in the plainest way and compares.
fn assert_recount(
	poll: PollId,
	amounts: &[(u8, Fen)],
	ballots: &BTreeMap<LenderIndex, (u8, [Choice; 3])>,
) {
	for (class, tally) in Polls::tally(poll) {
		let of_class = || {
			ballots.iter().filter_map(|(row, (_, choices))| {
				let (of, amount) = amounts[*row as usize];
				(of == class).then_some((amount, choices))
			})
		};
		let sum = |chosen: &dyn Fn(&[Choice; 3]) -> bool| {
			of_class().filter(|(_, choices)| chosen(choices)).fold(
				Votes::default(),
				|sum, (amount, _)| Votes { heads: sum.heads + 1, amount: sum.amount + amount },
			)
		};
		assert_eq!(tally.voted, sum(&|_| true));
		let options: Vec<Votes> = [2, 5, 7]
			.into_iter()
			.enumerate()
			.flat_map(|(item, options)| (0..options).map(move |option| (item, option)))
			.map(|(item, option)| sum(&|choices| choices[item].0 >> option & 1 == 1))
			.collect();
		assert_eq!(tally.options.to_vec(), options);
		let abstained: Vec<Votes> =
			(0..3).map(|item| sum(&|choices| choices[item].0 == 0)).collect();
		assert_eq!(tally.abstained.to_vec(), abstained);
	}
	for (row, (revision, choices)) in ballots {
		assert_eq!(
			Polls::ballot(poll, *row),
			Some(CastBallot {
				revision: *revision,
				record: record(*row, choices),
				choices: Choices::truncate_from(choices.to_vec()),
			})
		);
	}
	assert_eq!(
		(0..LENDERS).filter(|row| Polls::has_voted(poll, *row)).count(),
		ballots.len(),
		"who did not vote has an empty cell"
	);
}

#[test]
fn keys_made_without_the_maps_are_those_of_the_maps() {
	ExtBuilder::default().build_and_execute(|| {
		for (poll, row, class) in [(0, 0, 0), (1, 64, 7), (PollId::MAX, LenderIndex::MAX, 255)] {
			let page = Ballots::<Test>::hashed_key_for(poll, row / 64);
			assert_eq!(Polls::page_key(poll, row).to_vec(), page);
			let tally = Tallies::<Test>::hashed_key_for(poll, class);
			assert_eq!(Polls::tally_key(poll, class).to_vec(), tally);
			let booth = crate::Booths::<Test>::hashed_key_for(poll);
			assert_eq!(Polls::booth_key(poll).to_vec(), booth);
		}
	});
}

#[test]
fn the_largest_booth_fits_where_it_is_read() {
	use codec::MaxEncodedLen;
	assert_eq!(crate::Booth::MAX_BYTES, crate::Booth::max_encoded_len());
}

/// Changes the storage of a poll with three ballots and returns what `try_state` says of it.
fn tampered(change: impl FnOnce(PollId)) -> Result<(), TryRuntimeError> {
	ExtBuilder::default().build().execute_with(|| {
		let poll = open(&[resolution()]);
		for row in 0..3 {
			assert_ok!(cast(row, poll, &[Choice::FOR]));
		}
		assert_ok!(Polls::do_try_state());
		change(poll);
		Polls::do_try_state()
	})
}

#[test]
fn the_recount_notices_a_tally_that_was_changed() {
	let changed = tampered(|poll| {
		Tallies::<Test>::mutate(poll, 0, |tally| tally.as_mut().unwrap().options[0].amount -= 1)
	});
	assert_eq!(changed, Err("the tallies are not the sum of the ballots".into()));
}

#[test]
fn the_recount_notices_a_ballot_that_was_taken_away() {
	let changed = tampered(|poll| Ballots::<Test>::mutate(poll, 0, |page| page[0] = 0));
	assert_eq!(changed, Err("the tallies are not the sum of the ballots".into()));
}

#[test]
fn the_recount_notices_a_ballot_that_was_turned() {
	let changed = tampered(|poll| Ballots::<Test>::mutate(poll, 0, |page| page[34] = 2));
	assert_eq!(changed, Err("the tallies are not the sum of the ballots".into()));
}

#[test]
fn the_recount_notices_a_choice_that_no_item_allows() {
	let changed = tampered(|poll| Ballots::<Test>::mutate(poll, 0, |page| page[34] = 3));
	assert_eq!(changed, Err("a ballot marks what its items do not allow".into()));
}

#[test]
fn after_the_close_the_heads_and_the_result_are_still_checked() {
	let changed = tampered(|poll| {
		run_out_and_close(poll);
		Ballots::<Test>::mutate(poll, 0, |page| page[0] = 0);
	});
	assert_eq!(changed, Err("the heads of the tallies are not those of the ballots".into()));
	let changed = tampered(|poll| {
		run_out_and_close(poll);
		Results::<Test>::mutate(poll, |result| {
			result.as_mut().unwrap().items[0].outcome = ItemOutcome::Failed
		});
	});
	assert_eq!(changed, Err("the result is not what the tallies give".into()));
}

#[test]
fn a_poll_without_its_booth_is_noticed() {
	let changed = tampered(crate::Booths::<Test>::remove);
	assert_eq!(
		changed,
		Err("the booth of an open poll differs from the poll and its ballots".into())
	);
	let changed = tampered(|poll| {
		crate::Booths::<Test>::mutate(poll, |booth| booth.as_mut().unwrap().cast -= 1)
	});
	assert_eq!(
		changed,
		Err("the booth of an open poll differs from the poll and its ballots".into())
	);
	let changed = tampered(crate::Polls::<Test>::remove);
	assert_eq!(changed, Err("something belongs to no poll".into()));
}

#[test]
fn a_poll_marked_as_closed_by_hand_is_noticed() {
	let changed = tampered(|poll| {
		crate::Polls::<Test>::mutate(poll, |known| {
			known.as_mut().unwrap().status = PollStatus::Closed { at: CLOSE, evidence: 1 }
		})
	});
	assert_eq!(changed, Err("a poll that is over has a booth".into()));
}

#[test]
fn a_roll_that_changes_while_a_poll_is_open_is_noticed() {
	let changed = tampered(|_| Rows::mutate(|rows| rows.get_mut(&2).unwrap().0.amount += 1));
	assert_eq!(changed, Err("the roll changed while a poll is open".into()));
}
