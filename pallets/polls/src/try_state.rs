//! What the storage of polls must keep.

use crate::{
	outcome, Ballots, Booth, Booths, CastBallot, ClassTally, Config, Limits, NextPoll, OpenPolls,
	Pallet, Poll, PollStatus, Polls, Results, Tallies,
};
use alloc::collections::btree_map::BTreeMap;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;
use winddown_primitives::{
	pages::{cell, PAGE_ROWS},
	traits::ElectoralRoll,
	ClassId, LenderIndex, PollId, Votes,
};

impl<T: Config> Pallet<T> {
	/// Checks polls against their booths, ballots, tallies and results.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for (id, poll) in Polls::<T>::iter() {
			ensure!(id < NextPoll::<T>::get(), "a poll has a number not given out yet");
			let limits =
				Limits::truncate_from(poll.items.iter().map(|item| item.kind.into()).collect());
			let ballots = Self::checked_ballots(id, &poll, &limits)?;
			Self::check_tallies(id, &poll, &limits, &ballots)?;
			match poll.status {
				PollStatus::Open => Self::check_open(id, &poll, &ballots, limits)?,
				PollStatus::AwaitsLot { at, .. } => Self::check_waiting(id, &poll, at)?,
				PollStatus::Closed { at, .. } => Self::check_closed(id, &poll, at)?,
				PollStatus::Cancelled { at } => {
					ensure!(at < poll.closes_at, "a poll was cancelled after its time");
					ensure!(ballots.is_empty(), "a ballot in a cancelled poll");
					ensure!(!Results::<T>::contains_key(id), "a cancelled poll has a result");
					Self::check_over(id, &poll)?
				}
			}
		}
		Self::check_nothing_is_left_over()
	}

	fn checked_ballots(
		id: PollId,
		poll: &Poll,
		limits: &Limits,
	) -> Result<BTreeMap<LenderIndex, CastBallot>, TryRuntimeError> {
		let width = CastBallot::width(poll.items.len());
		let mut ballots = BTreeMap::new();
		for (index, page) in Ballots::<T>::iter_prefix(id) {
			ensure!(page.len() % width == 0, "a page of ballots ends within a cell");
			for slot in 0..PAGE_ROWS {
				let Some(ballot) = cell(&page, slot, width).and_then(CastBallot::read) else {
					continue;
				};
				ensure!(
					ballot.choices.len() == limits.len()
						&& ballot.choices.iter().zip(limits).all(|(c, limit)| limit.allows(*c)),
					"a ballot marks what its items do not allow"
				);
				ensure!(
					u16::from(ballot.revision) <= u16::from(poll.max_revotes).saturating_add(1),
					"a ballot was replaced too often"
				);
				let row = index.saturating_mul(PAGE_ROWS).saturating_add(slot);
				ballots.insert(row, ballot);
			}
		}
		Ok(ballots)
	}

	/// While a poll is open every ballot is counted again. Later the roll may have changed, and
	/// only heads are counted again.
	fn check_tallies(
		id: PollId,
		poll: &Poll,
		limits: &Limits,
		ballots: &BTreeMap<LenderIndex, CastBallot>,
	) -> Result<(), TryRuntimeError> {
		let stored: BTreeMap<ClassId, ClassTally> = Tallies::<T>::iter_prefix(id).collect();
		ensure!(
			stored.keys().copied().eq(poll.roll.classes().iter().map(|total| total.class)),
			"the tallies are not those of the classes of the roll"
		);
		ensure!(
			stored.iter().all(|(class, tally)| {
				poll.roll.class(*class).checked_sub(tally.voted).is_some()
			}),
			"more voted than are on the roll"
		);
		if poll.status.is_pending() {
			ensure!(
				T::Roll::totals(poll.case)? == poll.roll,
				"the roll changed while a poll is open"
			);
			let mut recount: BTreeMap<_, _> =
				stored.keys().map(|class| (*class, ClassTally::new(limits))).collect();
			for (lender, ballot) in ballots {
				let right = T::Roll::voting_right(poll.case, *lender)?;
				recount
					.get_mut(&right.class)
					.and_then(|t| t.add(limits, &ballot.choices, Votes::one(right.amount)))
					.ok_or("a ballot cannot be counted again")?;
			}
			ensure!(recount == stored, "the tallies are not the sum of the ballots");
		}
		let mut heads = ClassTally::new(limits);
		for ballot in ballots.values() {
			heads
				.add(limits, &ballot.choices, Votes::one(0))
				.ok_or("the heads cannot be counted again")?;
		}
		let sum = |pick: &dyn Fn(&ClassTally) -> Option<&Votes>| -> u32 {
			stored.values().filter_map(pick).map(|votes| votes.heads).sum()
		};
		let options_agree = heads
			.options
			.iter()
			.enumerate()
			.all(|(at, votes)| sum(&|tally| tally.options.get(at)) == votes.heads);
		let abstentions_agree = heads
			.abstained
			.iter()
			.enumerate()
			.all(|(at, votes)| sum(&|tally| tally.abstained.get(at)) == votes.heads);
		ensure!(
			options_agree
				&& abstentions_agree
				&& sum(&|tally| Some(&tally.voted)) == heads.voted.heads,
			"the heads of the tallies are not those of the ballots"
		);
		Ok(())
	}

	/// Every replacement raises the revision, so that the revisions sum up to the ballots cast.
	fn check_open(
		id: PollId,
		poll: &Poll,
		ballots: &BTreeMap<LenderIndex, CastBallot>,
		limits: Limits,
	) -> Result<(), TryRuntimeError> {
		let Poll { case, closes_at, max_revotes, .. } = *poll;
		let cast = ballots.values().map(|ballot| u64::from(ballot.revision)).sum();
		ensure!(
			Booths::<T>::get(id) == Some(Booth { case, closes_at, max_revotes, cast, limits }),
			"the booth of an open poll differs from the poll and its ballots"
		);
		ensure!(OpenPolls::<T>::get(case).contains(&id), "an open poll is not in the list");
		ensure!(!Results::<T>::contains_key(id), "an open poll has a result");
		Ok(())
	}

	fn check_closed(id: PollId, poll: &Poll, at: u64) -> Result<(), TryRuntimeError> {
		ensure!(at >= poll.closes_at, "a poll was closed too early");
		Self::check_over(id, poll)?;
		let stored = Results::<T>::get(id).ok_or("a closed poll has no result")?;
		let tallies = Self::tallies(id, poll);
		let result = outcome::count(id, poll, &tallies, stored.lot);
		ensure!(result.as_ref() == Some(&stored), "the result is not what the tallies give");
		let without = outcome::count(id, poll, &tallies, None).ok_or("no result")?;
		let drawn = outcome::needs_lot(poll, &without);
		ensure!(drawn == stored.lot.is_some(), "a lot that the tallies do not ask for, or none");
		Ok(())
	}

	/// A poll that waits for its lot takes no ballot, and still keeps the roll as it is.
	fn check_waiting(id: PollId, poll: &Poll, at: u64) -> Result<(), TryRuntimeError> {
		ensure!(at >= poll.closes_at, "a poll was closed too early");
		ensure!(!Booths::<T>::contains_key(id), "a poll that waits for a lot has a booth");
		ensure!(
			OpenPolls::<T>::get(poll.case).contains(&id),
			"a poll without a result is not open"
		);
		ensure!(!Results::<T>::contains_key(id), "a poll that waits for a lot has a result");
		let result = outcome::count(id, poll, &Self::tallies(id, poll), None).ok_or("no result")?;
		ensure!(outcome::needs_lot(poll, &result), "a lot for which there is no tie");
		Ok(())
	}

	fn check_over(id: PollId, poll: &Poll) -> Result<(), TryRuntimeError> {
		ensure!(!Booths::<T>::contains_key(id), "a poll that is over has a booth");
		let listed = OpenPolls::<T>::get(poll.case).contains(&id);
		ensure!(!listed, "a poll that is over is listed as open");
		Ok(())
	}

	fn check_nothing_is_left_over() -> Result<(), TryRuntimeError> {
		let known = Polls::<T>::contains_key::<PollId>;
		ensure!(
			Booths::<T>::iter_keys().all(known)
				&& Results::<T>::iter_keys().all(known)
				&& Ballots::<T>::iter_keys().all(|(id, _)| known(id))
				&& Tallies::<T>::iter_keys().all(|(id, _)| known(id)),
			"something belongs to no poll"
		);
		for (case, open) in OpenPolls::<T>::iter() {
			ensure!(!open.is_empty(), "an empty list of open polls was kept");
			ensure!(
				open.iter().all(|id| Polls::<T>::get(id).is_some_and(|poll| poll.case == case)),
				"the list of open polls has a poll of another case"
			);
		}
		Ok(())
	}
}
