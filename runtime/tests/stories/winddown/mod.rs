//! The main job: one case from the exit notice to the last payment.
//!
//! | row | claim in fen | class | who |
//! |---|---|---|---|
//! | 0 | 100,000 | 0 | too small to stand for the committee |
//! | 1, 2, 3 | 200,000, 300,000, 400,000 | 1, 0, 1 | confirm by their own intents |
//! | 4, 5 | 500,000, 600,000 | 0, 1 | confirm in a recorded call |
//! | 6 | 700,000 | 0 | disputes; the ruling says 650,000 |
//! | 7 | 800,000 | 1 | stays silent: counts on the roll, may not vote |
//! | 8 | 900,000 | 0 | elected, then resigns |
//! | 9 | 350,000 | 1 | admitted late |
//!
//! So 10 heads and 4,800,000 fen are on the roll, and two thirds of the amount are 3,200,000.

mod confirming;
mod electing;
mod escalating;
mod opening;
mod planning;
mod repaying;

use crate::{
	case::{attest_all, cast, Case},
	chain::Chain,
};
use pallet_polls::Event as PollEvent;
use winddown_primitives::{
	Choice, EvidenceId, Fen, ItemOutcome, ItemResult, LenderIndex, PollId, Votes,
};
use winddown_runtime::{
	genesis_config_presets::Institution, Evidence, Polls, Runtime, RuntimeEvent,
};

#[test]
fn a_platform_winds_down_from_the_exit_notice_to_the_last_payment() {
	let mut chain = Chain::new("local_testnet");
	let case = opening::notice(&mut chain);
	opening::import_and_lock(&mut chain, case);
	attested(&mut chain, 0..4);

	confirming::identify(&mut chain, case);
	confirming::confirm_or_dispute(&mut chain, case);
	confirming::rule(&mut chain, case);
	confirming::close_the_window(&mut chain, case);
	attested(&mut chain, 4..9);

	electing::nominate(&mut chain, case);
	let first = electing::open_the_first_ballot(&mut chain, case);
	electing::vote(&mut chain, case, first);
	electing::seat_the_committee(&mut chain, case, first);
	electing::resign(&mut chain, case);
	attested(&mut chain, 9..15);

	planning::first_plan_fails(&mut chain, case);
	planning::two_plans_compete(&mut chain, case);
	attested(&mut chain, 15..24);

	repaying::first_instalment_in_time(&mut chain, case);
	repaying::second_instalment_late(&mut chain, case);
	repaying::last_instalment_closes_the_case(&mut chain, case);
	attested(&mut chain, 24..29);
	chain.with(|| assert_eq!(pallet_evidence::NextRecord::<Runtime>::get(), 29));
	chain.with(|| assert_eq!(Evidence::pending(Institution::ArbiterOne.account(), 0).next, None));
}

/// A case of which lenders stand for the committee.
fn nominated(chain: &mut Chain) -> Case {
	let case = opening::notice(chain);
	opening::import_and_lock(chain, case);
	confirming::identify(chain, case);
	confirming::confirm_or_dispute(chain, case);
	confirming::rule(chain, case);
	confirming::close_the_window(chain, case);
	electing::nominate(chain, case);
	case
}

#[test]
fn a_vote_and_a_recall_lapse_in_a_case_that_is_handed_to_the_courts() {
	let mut chain = Chain::new("local_testnet");
	let case = nominated(&mut chain);
	let first = electing::open_the_first_ballot(&mut chain, case);
	electing::vote(&mut chain, case, first);
	electing::seat_the_committee(&mut chain, case, first);
	let (vote, recall) = escalating::open_a_vote_and_a_recall(&mut chain);
	escalating::escalate(&mut chain, case);
	escalating::the_plan_lapses(&mut chain, case, vote);
	escalating::the_recall_lapses(&mut chain, case, recall);
}

#[test]
fn a_first_ballot_forms_no_committee_in_a_case_that_is_handed_to_the_courts() {
	let mut chain = Chain::new("local_testnet");
	let case = nominated(&mut chain);
	let first = electing::open_the_first_ballot(&mut chain, case);
	escalating::escalate(&mut chain, case);
	escalating::the_first_ballot_forms_no_committee(&mut chain, case, first);
}

/// Both arbitration institutions confirm what was deposited since, which are these records.
#[track_caller]
fn attested(chain: &mut Chain, records: std::ops::Range<EvidenceId>) {
	assert_eq!(attest_all(chain), records.collect::<Vec<_>>());
}

fn votes(heads: u32, amount: Fen) -> Votes {
	Votes { heads, amount }
}

fn result(options: &[Votes], abstained: Votes, outcome: ItemOutcome) -> ItemResult {
	let options = options.to_vec().try_into().unwrap();
	ItemResult { options, abstained, outcome, ties: Default::default() }
}

/// Marks some options of one item.
fn marks(options: &[u8]) -> Choice {
	let mark = |option: &u8| Choice::option(*option).expect("an option").0;
	Choice(options.iter().map(mark).sum())
}

/// These lenders cast their ballots, which the operator carries all at once.
#[track_caller]
fn ballots(chain: &mut Chain, case: Case, poll: PollId, ballots: &[(LenderIndex, Vec<Choice>)]) {
	let sign = |(row, choices): &(LenderIndex, Vec<Choice>)| {
		let record = format!("ballot of {row} in poll {poll}");
		case.intent(chain, *row, cast(poll, choices, &record))
	};
	let intents = ballots.iter().map(sign).collect();
	assert_eq!(chain.batch(intents), []);
}

/// An institution without a stake closes a poll whose time is over, which then has this turnout
/// and these results.
#[track_caller]
fn close(chain: &mut Chain, poll: PollId, turnout: Votes, results: &[ItemResult]) {
	let close = || pallet_polls::Call::<Runtime>::close { poll };
	let known = chain.with(|| Polls::poll(poll)).expect("the poll was opened");
	chain.fails(Institution::ArbiterTwo, close(), pallet_polls::Error::<Runtime>::StillOpen);
	chain.wait_until(known.closes_at);
	frame_support::assert_ok!(chain.submit(Institution::ArbiterTwo, close()));
	let outcomes: Vec<ItemOutcome> = results.iter().map(|item| item.outcome.clone()).collect();
	chain.find(|event| match event {
		RuntimeEvent::Polls(PollEvent::PollClosed {
			poll: closed,
			turnout: of,
			outcomes: came,
			..
		}) => {
			assert_eq!((closed, of, came.into_inner()), (poll, turnout, outcomes.clone()));
			Some(())
		}
		_ => None,
	});
	let stored = chain.with(|| Polls::result(poll)).expect("the poll has a result");
	assert_eq!(stored.eligible, votes(10, 4_800_000));
	assert_eq!(stored.turnout, turnout);
	assert_eq!(stored.items.into_inner(), results);
}
