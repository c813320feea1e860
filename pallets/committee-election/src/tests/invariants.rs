//! What holds for every committee, and that a broken state is found.

use crate::{mock::*, *};
use frame_support::assert_ok;
use proptest::prelude::*;

/// A committee of `filled` members from row 0 on, and reserves after them.
fn committee_of(planned: u8, filled: u8, reserves: u8) -> Committee {
	let (filled, end) = (u32::from(filled), u32::from(filled) + u32::from(reserves));
	Committee {
		planned,
		seats: (0..filled).collect::<Vec<_>>().try_into().unwrap(),
		reserves: (filled..end).collect::<Vec<_>>().try_into().unwrap(),
		mandate: None,
		poll: 1,
	}
}

fn votes(ballots: &[Option<bool>]) -> Vec<MemberVote> {
	let cast = |(lender, ballot): (usize, &Option<bool>)| {
		let vote = if (*ballot)? { Vote::Endorse } else { Vote::Object };
		Some(MemberVote { lender: lender as LenderIndex, vote, at: 0 })
	};
	ballots.iter().enumerate().filter_map(cast).collect()
}

prop_compose! {
	fn sizes()(half in 0u8..5)(planned in Just(2 * half + 1), filled in 0..=2 * half + 1)
		-> (u8, u8) {
		(planned, filled)
	}
}

proptest! {
	#[test]
	fn a_decision_is_carried_by_more_than_half_of_the_planned_seats_and_no_less(
		(planned, filled) in sizes(),
		ballots in prop::collection::vec(prop::option::of(any::<bool>()), 18),
	) {
		let tally = committee_of(planned, filled, 0).tally(&votes(&ballots));
		let sitting = &ballots[..usize::from(filled)];
		let endorse = sitting.iter().filter(|b| **b == Some(true)).count();
		let object = sitting.iter().filter(|b| **b == Some(false)).count();
		prop_assert_eq!((tally.endorsed, tally.objected), (endorse as u8, object as u8));
		let carried = 2 * endorse > usize::from(planned);
		let hopeless = 2 * (usize::from(filled) - object) <= usize::from(planned);
		let expected = match (carried, hopeless) {
			(true, _) => Some(Outcome::Carried),
			(false, true) => Some(Outcome::Rejected),
			(false, false) => None,
		};
		prop_assert_eq!(tally.outcome, expected);
	}

	#[test]
	fn no_further_vote_reverses_an_outcome(
		(planned, filled) in sizes(),
		ballots in prop::collection::vec(any::<bool>(), 9),
		given in 0usize..=9,
	) {
		let committee = committee_of(planned, filled, 0);
		let all: Vec<_> = ballots.iter().copied().map(Some).collect();
		let early = committee.tally(&votes(&all[..given])).outcome;
		let late = committee.tally(&votes(&all)).outcome;
		prop_assert!(early.is_none() || early == late);
		prop_assert!(late.is_some(), "when all voted, it is decided");
	}

	#[test]
	fn seats_are_only_left_empty_when_nobody_waits(
		(planned, _) in sizes(),
		reserves in 0u8..=9,
		leaving in prop::collection::vec(0u32..20, 0..20),
	) {
		let mut committee = committee_of(planned, planned, reserves);
		for who in leaving {
			let before: Vec<_> =
				committee.seats.iter().chain(committee.reserves.iter()).copied().collect();
			let vacancy = committee.vacate(who);
			let after: Vec<_> =
				committee.seats.iter().chain(committee.reserves.iter()).copied().collect();
			prop_assert_eq!(vacancy.is_some(), before.contains(&who));
			prop_assert!(!after.contains(&who));
			let left = usize::from(vacancy.is_some());
			prop_assert_eq!(after.len() + left, before.len(), "nobody else is lost or doubled");
			prop_assert!(
				committee.reserves.is_empty() || committee.seats.len() == usize::from(planned)
			);
		}
	}
}

fn assert_broken(with: impl FnOnce()) {
	let mut ext = ExtBuilder::default().with_committee(Some(mandate())).build();
	ext.execute_with(|| {
		assert_ok!(CommitteeElection::propose_decision(lender(10), Matter::PlanReview, digest(1)));
		assert_ok!(CommitteeElection::do_try_state());
		with();
		assert!(CommitteeElection::do_try_state().is_err());
	});
}

#[test]
fn a_broken_committee_is_found() {
	let change = |with: fn(&mut Committee)| {
		Committees::<Test>::mutate(CASE, |committee| with(committee.as_mut().unwrap()))
	};
	assert_broken(|| change(|committee| committee.seats[0] = committee.seats[1]));
	assert_broken(|| change(|committee| committee.seats[0] = 30));
	assert_broken(|| change(|committee| committee.planned = 4));
	assert_broken(|| change(|committee| committee.planned = 3));
	assert_broken(|| change(|committee| committee.seats.truncate(4)));
	assert_broken(|| change(|committee| committee.mandate = None));
	assert_broken(|| change(|committee| committee.poll = 9));
	assert_broken(|| Committees::<Test>::remove(CASE));
	assert_broken(|| Recalls::<Test>::insert(CASE + 1, 1, 1));
}

#[test]
fn a_broken_election_is_found() {
	let candidate = Candidate { lender: 1, statement: digest(1), nominated_at: 0, place: 0 };
	assert_broken(|| {
		Candidates::<Test>::insert(CASE, Slate::try_from(vec![candidate]).unwrap());
	});
	let other = CASE + 1;
	let open = |ballot| Election { nominations_until: START, ballot, stood: 0, lot: None };
	assert_broken(|| Elections::<Test>::insert(other, open(Some(99))));
	assert_broken(|| Elections::<Test>::insert(other, open(Some(1))));
	assert_broken(|| Elections::<Test>::insert(CASE, open(Some(1))));
	assert_broken(|| {
		Elections::<Test>::insert(other, open(None));
		Candidates::<Test>::insert(other, Slate::try_from(vec![candidate, candidate]).unwrap());
	});
	assert_broken(|| {
		Elections::<Test>::insert(other, open(None));
		let late = Candidate { nominated_at: START, ..candidate };
		Candidates::<Test>::insert(other, Slate::try_from(vec![late]).unwrap());
	});
	assert_broken(|| Places::<Test>::remove(CASE, 10));
	assert_broken(|| Places::<Test>::insert(CASE, 30, 0));
	assert_broken(|| {
		Elections::<Test>::mutate(CASE, |election| election.as_mut().unwrap().stood += 1)
	});
	assert_broken(|| Listings::<Test>::insert(other, Listing::try_from(vec![1]).unwrap()));
	assert_broken(|| Listings::<Test>::insert(CASE, Listing::try_from(vec![1, 1]).unwrap()));
}

#[test]
fn a_broken_decision_is_found() {
	let change = |with: fn(&mut Decision)| {
		Decisions::<Test>::mutate(CASE, 0, |decision| with(decision.as_mut().unwrap()))
	};
	assert_broken(|| DecisionCount::<Test>::insert(CASE, 0));
	assert_broken(|| DecisionCount::<Test>::insert(CASE, 2));
	assert_broken(|| OpenDecisions::<Test>::insert(CASE, 10, 2));
	assert_broken(|| Reviews::<Test>::remove(CASE, digest(1)));
	assert_broken(|| Reviews::<Test>::insert(CASE, digest(2), 0));
	assert_broken(|| {
		change(|decision| {
			let vote = MemberVote { lender: 10, vote: Vote::Endorse, at: 0 };
			decision.votes = vec![vote, vote].try_into().unwrap();
		})
	});
	assert_broken(|| {
		OpenDecisions::<Test>::remove(CASE, 10);
		change(|decision| {
			let outcome = Outcome::Carried;
			decision.settlement = Some(Settlement { outcome, endorsed: 2, objected: 0, at: 0 });
		})
	});
}
