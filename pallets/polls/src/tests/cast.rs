use super::*;
use crate::{CastBallot, ClassTally, Error, Event};
use frame_support::assert_noop;
use sp_runtime::traits::BadOrigin;
use winddown_primitives::{Fen, Votes};

const FOR: &[Choice] = &[Choice::FOR];
const AGAINST: &[Choice] = &[Choice::AGAINST];
const ABSTAIN: &[Choice] = &[Choice::ABSTAIN];

fn votes(heads: u32, amount: Fen) -> Votes {
	Votes { heads, amount }
}

/// The only class's tally as (voted, options, abstained).
fn tally(poll: PollId) -> (Votes, Vec<Votes>, Vec<Votes>) {
	let tallies = Polls::tally(poll);
	assert_eq!(tallies.len(), 1);
	let ClassTally { voted, options, abstained } = tallies[0].1.clone();
	(voted, options.into_inner(), abstained.into_inner())
}

#[test]
fn a_ballot_counts_one_head_and_the_amount_of_the_claim() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		take_events();
		assert_ok!(cast(0, poll, FOR));
		assert_ok!(cast(1, poll, AGAINST));
		assert_eq!(
			tally(poll),
			(votes(2, 160), vec![votes(1, 100), votes(1, 60)], vec![votes(0, 0)])
		);
		assert_eq!(
			take_events(),
			[
				Event::BallotCast {
					poll,
					lender: 0,
					revision: 1,
					choices: Choices::truncate_from(FOR.to_vec()),
					record: record(0, FOR),
				},
				Event::BallotCast {
					poll,
					lender: 1,
					revision: 1,
					choices: Choices::truncate_from(AGAINST.to_vec()),
					record: record(1, AGAINST),
				},
			]
		);
	});
}

#[test]
fn a_lender_who_abstains_takes_part_and_is_for_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_ok!(cast(0, poll, ABSTAIN));
		assert_eq!(
			tally(poll),
			(votes(1, 100), vec![votes(0, 0), votes(0, 0)], vec![votes(1, 100)])
		);
	});
}

#[test]
fn each_item_of_a_ballot_is_counted_by_itself() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution(), approve(4, 3, 0), choose_one(3)]);
		assert_ok!(cast(0, poll, &[Choice::FOR, Choice(0b1011), Choice::ABSTAIN]));
		let one = votes(1, 100);
		let none = votes(0, 0);
		assert_eq!(
			tally(poll),
			(one, vec![one, none, one, one, none, one, none, none, none], vec![none, none, one])
		);
	});
}

#[test]
fn a_ballot_can_be_read_back_and_an_empty_cell_is_no_ballot() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution(), approve(4, 3, 0)]);
		let choices = [Choice::AGAINST, Choice(0b101)];
		assert_ok!(cast(1, poll, &choices));
		assert_eq!(
			Polls::ballot(poll, 1),
			Some(CastBallot {
				revision: 1,
				record: record(1, &choices),
				choices: Choices::truncate_from(choices.to_vec()),
			})
		);
		assert!(Polls::has_voted(poll, 1));
		for row in [0, 2, 63, 64, u32::MAX] {
			assert_eq!(Polls::ballot(poll, row), None);
			assert!(!Polls::has_voted(poll, row));
		}
		assert!(!Polls::has_voted(poll + 1, 1));
	});
}

#[test]
fn rows_on_both_sides_of_a_page_have_cells_of_their_own() {
	ExtBuilder::without_lenders()
		.with_lender(63, 0, 1)
		.with_lender(64, 0, 2)
		.with_lender(389_999, 0, 4)
		.build_and_execute(|| {
			let poll = open(&[resolution()]);
			assert_ok!(cast(63, poll, FOR));
			assert_ok!(cast(64, poll, AGAINST));
			assert_ok!(cast(389_999, poll, ABSTAIN));
			let choice = |row| Polls::ballot(poll, row).unwrap().choices[0];
			assert_eq!(choice(63), Choice::FOR);
			assert_eq!(choice(64), Choice::AGAINST);
			assert_eq!(choice(389_999), Choice::ABSTAIN);
			assert_eq!(tally(poll).0, votes(3, 7));
		});
}

#[test]
fn a_later_ballot_replaces_the_earlier_one_and_the_tally_moves_exactly() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution(), approve(3, 3, 0)]);
		let none = votes(0, 0);
		assert_ok!(cast(1, poll, &[Choice::FOR, Choice(0b011)]));
		assert_ok!(cast(0, poll, &[Choice::FOR, Choice(0b011)]));
		take_events();
		assert_eq!(Polls::ballots_cast(poll), Some(2));
		assert_ok!(cast(0, poll, &[Choice::AGAINST, Choice(0b110)]));
		assert_eq!(Polls::ballots_cast(poll), Some(3), "the replaced one stays counted as cast");
		assert_eq!(
			tally(poll),
			(
				votes(2, 160),
				vec![votes(1, 60), votes(1, 100), votes(1, 60), votes(2, 160), votes(1, 100)],
				vec![none, none]
			)
		);
		assert_ok!(cast(0, poll, &[Choice::ABSTAIN, Choice::ABSTAIN]));
		assert_eq!(
			tally(poll),
			(
				votes(2, 160),
				vec![votes(1, 60), none, votes(1, 60), votes(1, 60), none],
				vec![votes(1, 100), votes(1, 100)]
			)
		);
		let revisions: Vec<_> = take_events()
			.into_iter()
			.map(|event| match event {
				Event::BallotCast { lender, revision, .. } => (lender, revision),
				other => panic!("unexpected {other:?}"),
			})
			.collect();
		assert_eq!(revisions, [(0, 2), (0, 3)]);
		assert_eq!(Polls::ballot(poll, 0).unwrap().revision, 3);
	});
}

#[test]
fn the_same_ballot_again_moves_nothing_but_the_revision() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_ok!(cast(0, poll, FOR));
		let before = tally(poll);
		assert_ok!(cast(0, poll, FOR));
		assert_eq!(tally(poll), before);
		assert_eq!(Polls::ballot(poll, 0).unwrap().revision, 2);
	});
}

#[test]
fn a_ballot_is_replaced_only_so_often_and_the_last_one_stands() {
	ExtBuilder::default().with_terms(|terms| terms.max_revotes = 2).build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_ok!(cast(0, poll, FOR));
		assert_ok!(cast(0, poll, AGAINST));
		assert_ok!(cast(0, poll, FOR));
		assert_noop!(cast(0, poll, AGAINST), Error::<Test>::RevotesExhausted);
		assert_eq!(Polls::ballot(poll, 0).unwrap().choices[0], Choice::FOR);
		assert_ok!(cast(1, poll, AGAINST));
	});
}

#[test]
fn where_no_revote_is_allowed_the_first_ballot_stands() {
	ExtBuilder::default().with_terms(|terms| terms.max_revotes = 0).build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_ok!(cast(0, poll, FOR));
		assert_noop!(cast(0, poll, FOR), Error::<Test>::RevotesExhausted);
	});
}

#[test]
fn the_counter_of_revisions_ends_at_its_last_number() {
	ExtBuilder::default().with_terms(|terms| terms.max_revotes = 255).build_and_execute(|| {
		let poll = open(&[resolution()]);
		for _ in 0..255 {
			assert_ok!(cast(0, poll, FOR));
		}
		assert_eq!(Polls::ballot(poll, 0).unwrap().revision, 255);
		assert_noop!(cast(0, poll, FOR), Error::<Test>::RevotesExhausted);
	});
}

#[test]
fn the_terms_at_the_opening_decide_how_often_a_ballot_is_replaced() {
	ExtBuilder::default().with_terms(|terms| terms.max_revotes = 0).build_and_execute(|| {
		let poll = open(&[resolution()]);
		Terms::mutate(|terms| terms.max_revotes = 9);
		assert_ok!(cast(0, poll, FOR));
		assert_noop!(cast(0, poll, FOR), Error::<Test>::RevotesExhausted);
	});
}

#[test]
fn a_ballot_one_millisecond_before_the_close_counts_and_one_at_the_close_does_not() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		Now::set(CLOSE - 1);
		assert_ok!(cast(0, poll, FOR));
		Now::set(CLOSE);
		assert_noop!(cast(1, poll, FOR), Error::<Test>::PollClosed);
		assert_noop!(cast(0, poll, AGAINST), Error::<Test>::PollClosed);
		assert_eq!(tally(poll).0, votes(1, 100));
	});
}

#[test]
fn a_closed_poll_and_one_that_never_was_take_no_ballot() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		run_out_and_close(poll);
		assert_noop!(cast(0, poll, FOR), Error::<Test>::PollClosed);
		assert_noop!(cast(0, poll + 1, FOR), Error::<Test>::UnknownPoll);
	});
}

#[test]
fn a_lender_of_another_case_cannot_vote_here() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_noop!(
			Polls::cast(lender_of(OTHER_CASE, 0), poll, ballot(FOR), record(0, FOR)),
			Error::<Test>::WrongCase
		);
	});
}

#[test]
fn only_a_lender_casts_a_ballot() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		for origin in
			[RuntimeOrigin::signed(ASSOCIATION), RuntimeOrigin::none(), RuntimeOrigin::root()]
		{
			assert_noop!(Polls::cast(origin, poll, ballot(FOR), record(0, FOR)), BadOrigin);
		}
	});
}

#[test]
fn a_lender_who_did_not_confirm_the_claim_or_has_no_row_cannot_vote() {
	ExtBuilder::default().with_silent_lender(3, 0, 500).build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_noop!(cast(3, poll, FOR), MockRoll::NOT_CONFIRMED);
		assert_noop!(cast(4, poll, FOR), MockRoll::NOT_CONFIRMED);
		assert_noop!(cast(u32::MAX, poll, FOR), MockRoll::NOT_CONFIRMED);
		assert_eq!(
			Polls::poll(poll).unwrap().roll.whole(),
			Some(votes(4, 700)),
			"the silent one is still on the roll"
		);
	});
}

#[test]
fn a_ballot_answers_every_item_and_no_more() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution(), resolution()]);
		for choices in [&[][..], &[Choice::FOR; 1], &[Choice::FOR; 3]] {
			assert_noop!(cast(0, poll, choices), Error::<Test>::WrongNumberOfChoices);
		}
		assert_ok!(cast(0, poll, &[Choice::FOR; 2]));
	});
}

#[test]
fn a_choice_marks_only_what_its_item_allows() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution(), choose_one(3), approve(4, 3, 0)]);
		let fine = [Choice::FOR, Choice(0b100), Choice(0b1101)];
		for (at, bad) in [
			(0, Choice(0b11)),
			(0, Choice(0b100)),
			(1, Choice(0b110)),
			(1, Choice(0b1000)),
			(2, Choice(0b1111)),
			(2, Choice(0b1_0000)),
			(2, Choice(1 << 31)),
		] {
			let mut choices = fine;
			choices[at] = bad;
			assert_noop!(cast(0, poll, &choices), Error::<Test>::InvalidChoice);
		}
		assert_ok!(cast(0, poll, &fine));
	});
}

#[test]
fn ballots_of_each_class_are_counted_in_their_class() {
	ExtBuilder::default().with_lender(3, 5, 7).build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_ok!(cast(0, poll, FOR));
		assert_ok!(cast(3, poll, FOR));
		let tallies: Vec<_> =
			Polls::tally(poll).into_iter().map(|(class, tally)| (class, tally.voted)).collect();
		assert_eq!(tallies, [(0, votes(1, 100)), (5, votes(1, 7))]);
	});
}

#[test]
fn a_ballot_is_counted_where_the_list_of_options_takes_a_longer_length() {
	for candidates in [30, 31, 32] {
		ExtBuilder::default().build_and_execute(|| {
			let poll = open(&[approve(32, 3, 0), approve(candidates, 3, 0)]);
			let last = Choice(1 << (candidates - 1));
			assert_ok!(cast(0, poll, &[Choice::ABSTAIN, last]));
			assert_ok!(cast(1, poll, &[Choice(1 << 31), Choice::ABSTAIN]));
			assert_ok!(cast(0, poll, &[Choice(1), last]));
			let (voted, options, abstained) = tally(poll);
			assert_eq!(voted, votes(2, 160));
			let marked: Vec<_> =
				options.iter().enumerate().filter(|(_, count)| count.heads > 0).collect();
			assert_eq!(
				marked,
				[
					(0, &votes(1, 100)),
					(31, &votes(1, 60)),
					(31 + usize::from(candidates), &votes(1, 100)),
				]
			);
			assert_eq!(abstained, [votes(0, 0), votes(1, 60)]);
		});
	}
}

#[test]
fn two_polls_keep_their_ballots_apart() {
	ExtBuilder::default().build_and_execute(|| {
		let (one, two) = (open(&[resolution()]), open(&[resolution(), resolution()]));
		assert_ok!(cast(0, one, FOR));
		assert_ok!(cast(0, two, &[Choice::AGAINST, Choice::FOR]));
		assert_eq!(tally(one).1, [votes(1, 100), votes(0, 0)]);
		assert_eq!(tally(two).1, [votes(0, 0), votes(1, 100), votes(1, 100), votes(0, 0)]);
		assert!(!Polls::has_voted(one, 1));
	});
}

#[test]
fn a_roll_that_changed_under_an_open_poll_is_noticed_before_the_tally_breaks() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_ok!(cast(0, poll, FOR));
		let before = Rows::get();
		Rows::mutate(|rows| rows.get_mut(&0).unwrap().0.amount += 1);
		assert_noop!(cast(0, poll, AGAINST), Error::<Test>::Inconsistent);
		Rows::mutate(|rows| rows.get_mut(&1).unwrap().0.class = 9);
		assert_noop!(cast(1, poll, FOR), Error::<Test>::Inconsistent);
		Rows::set(before);
	});
}

#[test]
fn a_ballot_weighs_no_more_than_declared_for_the_largest() {
	use frame_support::dispatch::GetDispatchInfo;
	let cast = crate::Call::<Test>::cast { poll: 0, ballot: ballot(FOR), record: record(0, FOR) };
	let close = crate::Call::<Test>::close { poll: 0 };
	assert!(cast.get_dispatch_info().call_weight.ref_time() > 0);
	assert_eq!(
		close.get_dispatch_info().call_weight,
		<() as crate::WeightInfo>::close() + ListenerWeight::get(),
		"closing also pays for what the listener does"
	);
}
