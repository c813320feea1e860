//! Tests of polls, one file a subject.

mod cancel;
mod cast;
mod close;
mod invariants;
mod open;
mod outcome;
mod ties;

use crate::{mock::*, Items};
use frame_support::{assert_ok, BoundedVec};
use sp_runtime::DispatchResult;
use winddown_primitives::{
	rules::{Preset, Rule},
	traits::PollEngine,
	Ballot, Choice, Choices, Digest, Item, ItemKind, LenderIndex, Millis, NewPoll, PollId,
	Precedence, Purpose,
};

/// When the polls of the tests close unless a test says otherwise.
const CLOSE: Millis = START + WINDOW;

/// An item with as many documents as it needs.
fn item(kind: ItemKind, rule: Rule) -> Item {
	let documents = match kind {
		ItemKind::Resolution => 1,
		_ => kind.options(),
	};
	let documents = (0..documents).map(|n| Digest::of(&n)).collect::<Vec<_>>();
	Item { kind, rule, documents: BoundedVec::truncate_from(documents) }
}

fn resolution() -> Item {
	item(ItemKind::Resolution, Preset::SzTwoThirdsDoubleHalf.rule())
}

fn choose_one(options: u8) -> Item {
	item(ItemKind::ChooseOne { options }, Preset::CompanyOrdinary.rule())
}

fn approve(candidates: u8, seats: u8, reserves: u8) -> Item {
	item(ItemKind::ApproveUpTo { candidates, seats, reserves }, Preset::CompanyOrdinary.rule())
}

fn items(items: &[Item]) -> Items {
	BoundedVec::truncate_from(items.to_vec())
}

/// Opens a general poll as the association.
fn open(items: &[Item]) -> PollId {
	let poll = crate::NextPoll::<Test>::get();
	assert_ok!(Polls::open(RuntimeOrigin::signed(ASSOCIATION), CASE, self::items(items), CLOSE));
	poll
}

/// Opens a poll as another pallet does.
fn open_for(purpose: Purpose, items: &[Item]) -> PollId {
	let items = self::items(items);
	<Polls as PollEngine>::open(new_poll(purpose, items, CLOSE)).expect("the poll opens")
}

fn new_poll(purpose: Purpose, items: Items, closes_at: Millis) -> NewPoll {
	NewPoll { case: CASE, purpose, items, closes_at, precedence: Precedence::default() }
}

fn ballot(choices: &[Choice]) -> Ballot {
	Ballot::Open(Choices::truncate_from(choices.to_vec()))
}

/// The record of a ballot, different for each lender and choice.
fn record(row: LenderIndex, choices: &[Choice]) -> Digest {
	Digest::of(&(row, choices))
}

fn cast(row: LenderIndex, poll: PollId, choices: &[Choice]) -> DispatchResult {
	Polls::cast(lender(row), poll, ballot(choices), record(row, choices))
}

fn close(poll: PollId) -> DispatchResult {
	Polls::close(RuntimeOrigin::signed(ARBITER), poll)
}

/// Lets the time run out and closes the poll.
fn run_out_and_close(poll: PollId) {
	Now::set(Polls::poll(poll).expect("the poll is known").closes_at);
	assert_ok!(close(poll));
}
