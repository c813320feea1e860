use super::*;
use crate::{Booth, Error, Event, Limit, PollStatus};
use frame_support::assert_noop;
use sp_runtime::{
	traits::{BadOrigin, Dispatchable},
	DispatchError,
};
use winddown_primitives::{Stage, Votes};

fn try_open(items: &[Item], closes_at: Millis) -> DispatchResult {
	Polls::open(RuntimeOrigin::signed(ASSOCIATION), CASE, self::items(items), closes_at)
}

#[test]
fn the_association_opens_a_poll_on_the_roll_as_it_is() {
	ExtBuilder::default().with_lender(3, 2, 800).build_and_execute(|| {
		let poll = open(&[resolution(), approve(4, 3, 1)]);
		assert_eq!(poll, 0);
		let known = Polls::poll(poll).unwrap();
		assert_eq!((known.case, known.purpose), (CASE, Purpose::General));
		assert_eq!((known.opened_at, known.closes_at), (START, CLOSE));
		assert_eq!(known.roll.class(0), Votes { heads: 3, amount: 200 });
		assert_eq!(known.roll.class(2), Votes { heads: 1, amount: 800 });
		assert_eq!((known.max_revotes, known.status), (2, PollStatus::Open));
		assert_eq!(
			crate::Booths::<Test>::get(poll),
			Some(Booth {
				case: CASE,
				closes_at: CLOSE,
				max_revotes: 2,
				cast: 0,
				limits: BoundedVec::truncate_from(vec![
					Limit { options: 2, marks: 1 },
					Limit { options: 4, marks: 3 },
				]),
			})
		);
		assert_eq!(Polls::open_polls(CASE), [poll]);
		assert_eq!(OpenOnRoll::get(), 1, "the roll is frozen");
		assert_eq!(
			take_events(),
			[Event::PollOpened {
				poll,
				case: CASE,
				purpose: Purpose::General,
				eligible: Votes { heads: 4, amount: 1_000 },
				closes_at: CLOSE,
			}]
		);
	});
}

#[test]
fn another_pallet_opens_a_poll_for_its_purpose() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open_for(Purpose::Plan { round: 2 }, &[resolution()]);
		assert_eq!(Polls::poll(poll).unwrap().purpose, Purpose::Plan { round: 2 });
	});
}

#[test]
fn only_the_association_opens_a_general_poll() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [
			RuntimeOrigin::signed(ARBITER),
			lender(0),
			RuntimeOrigin::none(),
			RuntimeOrigin::root(),
		] {
			assert_noop!(Polls::open(origin, CASE, items(&[resolution()]), CLOSE), BadOrigin);
		}
	});
}

#[test]
fn an_association_opens_polls_in_its_own_case_and_in_no_other() {
	ExtBuilder::default().build_and_execute(|| {
		let other = RuntimeOrigin::signed(OTHER_ASSOCIATION);
		assert_noop!(
			Polls::open(other, CASE, items(&[resolution()]), CLOSE),
			Error::<Test>::NotAssociationOfCase
		);
		assert_eq!((Polls::open_polls(CASE), OpenOnRoll::get()), (vec![], 0));
		assert_ok!(try_open(&[resolution()], CLOSE));
	});
}

#[test]
fn general_polls_are_held_from_electing_to_repaying() {
	for (stage, allowed) in [
		(Stage::Noticed, false),
		(Stage::Confirming, false),
		(Stage::Electing, true),
		(Stage::Planning, true),
		(Stage::Voting, true),
		(Stage::Repaying, true),
		(Stage::Closed, false),
		(Stage::Escalated, false),
	] {
		ExtBuilder::default().build_and_execute(|| {
			MockStage::set(stage);
			let opened = try_open(&[resolution()], CLOSE);
			let expected = if allowed { Ok(()) } else { Err(Error::<Test>::WrongStage.into()) };
			assert_eq!(opened, expected, "{stage:?}");
		});
	}
}

#[test]
fn an_unknown_case_or_one_with_no_locked_roll_holds_no_poll() {
	ExtBuilder::default().build_and_execute(|| {
		let by = || RuntimeOrigin::signed(ASSOCIATION);
		assert_noop!(Polls::open(by(), 99, items(&[resolution()]), CLOSE), MockCases::UNKNOWN);
		assert_noop!(
			Polls::open(by(), OTHER_CASE, items(&[resolution()]), CLOSE),
			MockRoll::NOT_LOCKED
		);
	});
}

#[test]
fn a_poll_stays_open_at_least_the_voting_window() {
	ExtBuilder::default().build_and_execute(|| {
		let one_short = START + WINDOW - 1;
		assert_noop!(try_open(&[resolution()], one_short), Error::<Test>::WindowTooShort);
		assert_noop!(try_open(&[resolution()], START - 1), Error::<Test>::WindowTooShort);
		assert_ok!(try_open(&[resolution()], START + WINDOW));
	});
}

#[test]
fn a_poll_is_never_over_when_it_opens() {
	ExtBuilder::default().with_terms(|terms| terms.voting_window = 0).build_and_execute(|| {
		assert_noop!(try_open(&[resolution()], START), Error::<Test>::WindowTooShort);
		assert_ok!(try_open(&[resolution()], START + 1));
	});
}

#[test]
fn a_poll_stays_open_at_most_the_longest_window() {
	ExtBuilder::default().build_and_execute(|| {
		let last = START + MAX_WINDOW;
		let vote = |closes_at| {
			let (purpose, items) = (Purpose::Plan { round: 1 }, items(&[resolution()]));
			<Polls as PollEngine>::open(new_poll(purpose, items, closes_at))
		};
		assert_noop!(try_open(&[resolution()], last + 1), Error::<Test>::WindowTooLong);
		assert_noop!(vote(last + 1), Error::<Test>::WindowTooLong);
		assert_noop!(vote(Millis::MAX), Error::<Test>::WindowTooLong);
		assert_ok!(vote(last));
	});
}

#[test]
fn a_general_poll_keeps_the_roll_fixed_for_a_shorter_time() {
	ExtBuilder::default().build_and_execute(|| {
		let last = START + MAX_GENERAL_WINDOW;
		let error = Error::<Test>::GeneralWindowTooLong;
		assert_noop!(try_open(&[resolution()], last + 1), error);
		assert_ok!(try_open(&[resolution()], last));
	});
}

#[test]
fn a_general_poll_lasts_the_voting_window_even_where_that_is_longer() {
	let longer = MAX_GENERAL_WINDOW + 1;
	ExtBuilder::default().with_terms(|terms| terms.voting_window = longer).build_and_execute(
		|| {
			let last = START + longer;
			let error = Error::<Test>::GeneralWindowTooLong;
			assert_noop!(try_open(&[resolution()], last + 1), error);
			assert_ok!(try_open(&[resolution()], last));
		},
	);
}

#[test]
fn a_poll_needs_a_question() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(try_open(&[], CLOSE), Error::<Test>::NoItems);
	});
}

#[test]
fn one_bad_item_spoils_the_poll() {
	let too_few_documents = Item { documents: BoundedVec::new(), ..resolution() };
	let one_option = choose_one(1);
	let even_seats = approve(5, 2, 0);
	let too_many_candidates = approve(33, 3, 0);
	let no_test =
		Item { rule: Rule { tests: BoundedVec::new(), ..resolution().rule }, ..resolution() };
	for bad in [too_few_documents, one_option, even_seats, too_many_candidates, no_test] {
		ExtBuilder::default().build_and_execute(|| {
			assert_noop!(try_open(&[resolution(), bad], CLOSE), Error::<Test>::InvalidItem);
		});
	}
}

#[test]
fn eight_items_of_thirty_two_options_fit_a_poll() {
	ExtBuilder::default().build_and_execute(|| {
		let poll = open(&vec![approve(32, 9, 9); 8]);
		assert_ok!(cast(0, poll, &[Choice(0xff80_0000); 8]));
		let (_, tally) = Polls::tally(poll).remove(0);
		assert_eq!(tally.options.len(), 256);
		assert_eq!(tally.options[255], Votes::one(100));
	});
}

#[test]
fn only_so_many_polls_of_a_case_are_open_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		let first = open(&[resolution()]);
		open(&[resolution()]);
		open(&[resolution()]);
		assert_noop!(try_open(&[resolution()], CLOSE), Error::<Test>::TooManyOpenPolls);
		run_out_and_close(first);
		assert_ok!(try_open(&[resolution()], CLOSE + WINDOW));
		assert_eq!(Polls::open_polls(CASE), [1, 2, 3]);
	});
}

#[test]
fn numbers_of_polls_never_start_over() {
	ExtBuilder::default().build_and_execute(|| {
		crate::NextPoll::<Test>::put(PollId::MAX);
		assert_noop!(try_open(&[resolution()], CLOSE), Error::<Test>::Inconsistent);
	});
}

#[test]
fn an_institution_reaches_the_calls_by_their_documented_indices() {
	ExtBuilder::default().build_and_execute(|| {
		use codec::Encode;
		let open = crate::Call::<Test>::open {
			case_id: CASE,
			items: items(&[resolution()]),
			closes_at: CLOSE,
		};
		assert_eq!(open.encode().first(), Some(&0));
		assert_eq!(crate::Call::<Test>::close { poll: 0 }.encode().first(), Some(&2));
		let by = RuntimeOrigin::signed(ASSOCIATION);
		assert_eq!(RuntimeCall::Polls(open).dispatch(by).map_err(|e| e.error).map(|_| ()), Ok(()));
		let cast = crate::Call::<Test>::cast {
			poll: 0,
			ballot: ballot(&[Choice::FOR]),
			record: record(0, &[]),
		};
		assert_eq!(cast.encode().first(), Some(&1));
		let by = RuntimeOrigin::signed(ASSOCIATION);
		assert_eq!(
			RuntimeCall::Polls(cast).dispatch(by).map_err(|e| e.error).map(|_| ()),
			Err(DispatchError::BadOrigin),
			"an institution casts no ballot"
		);
	});
}
