//! What the storage of the pallet must always look like.

use crate::*;
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_elections()?;
		Self::check_committees()?;
		Self::check_decisions()
	}

	fn check_elections() -> Result<(), TryRuntimeError> {
		for (case, election) in Elections::<T>::iter() {
			let Some(poll) = election.ballot else { continue };
			let ballot = FirstBallots::<T>::get(poll).ok_or("an open ballot without its slate")?;
			ensure!(ballot.case == case, "an open ballot of another case");
			ensure!(!Committees::<T>::contains_key(case), "a ballot although a committee sits");
			let slate: BTreeSet<_> = ballot.slate.iter().map(|c| c.lender).collect();
			let mut standing = Candidates::<T>::get(case).into_iter();
			ensure!(standing.all(|c| slate.contains(&c.lender)), "a candidate off an open ballot");
		}
		for (case, slate) in Candidates::<T>::iter() {
			let election = Elections::<T>::get(case).ok_or("candidates without an election")?;
			ensure!(!Committees::<T>::contains_key(case), "candidates although a committee sits");
			ensure!(distinct(slate.iter().map(|c| c.lender)), "a candidate twice");
			let places = slate.iter().map(|c| c.place);
			ensure!(places.is_sorted_by(|a, b| a < b), "candidates out of order");
			let kept = |c: &Candidate| Places::<T>::get(case, c.lender) == Some(c.place);
			ensure!(slate.iter().all(kept), "a candidate with a place that is not its own");
			let mut ends = slate.iter().map(|c| c.nominated_at);
			ensure!(ends.all(|at| at < election.nominations_until), "a nomination too late");
		}
		for (case, listing) in Listings::<T>::iter() {
			ensure!(Elections::<T>::contains_key(case), "a list without an election");
			ensure!(distinct(listing.iter().copied()), "a candidate twice on a list");
		}
		Self::check_places()?;
		for (_, ballot) in FirstBallots::<T>::iter() {
			ensure!(ballot.mandate.matters.is_valid(), "a mandate on nothing known");
			ensure!(
				distinct(ballot.slate.iter().map(|c| c.lender)),
				"a candidate twice on a ballot"
			);
		}
		Ok(())
	}

	/// The places of a case are 0, 1, 2 and so on, one for each lender who ever stood.
	fn check_places() -> Result<(), TryRuntimeError> {
		let mut given = BTreeMap::<CaseId, BTreeSet<u32>>::new();
		for (case, _, place) in Places::<T>::iter() {
			ensure!(given.entry(case).or_default().insert(place), "a place given twice");
		}
		for (case, places) in given {
			let stood = Elections::<T>::get(case).map(|election| election.stood);
			ensure!(stood == Some(places.len() as u32), "those who stood are miscounted");
			ensure!(places.last().is_some_and(|last| Some(last + 1) == stood), "a place left out");
		}
		Ok(())
	}

	fn check_committees() -> Result<(), TryRuntimeError> {
		for (case, committee) in Committees::<T>::iter() {
			let serving = || committee.seats.iter().chain(committee.reserves.iter()).copied();
			ensure!(committee.planned % 2 == 1, "an even number of seats is planned");
			ensure!(
				committee.seats.len() <= usize::from(committee.planned),
				"more members than seats"
			);
			ensure!(distinct(serving()), "a member twice");
			ensure!(
				committee.reserves.is_empty()
					|| committee.seats.len() == usize::from(committee.planned),
				"a reserve waits although a seat is free"
			);
			let ballot = FirstBallots::<T>::get(committee.poll).ok_or("elected by no ballot")?;
			ensure!(ballot.case == case, "elected by another case");
			let slate: BTreeSet<_> = ballot.slate.iter().map(|c| c.lender).collect();
			ensure!(serving().all(|lender| slate.contains(&lender)), "a member never stood");
			ensure!(committee.mandate.is_none_or(|m| m == ballot.mandate), "another mandate");
		}
		for (case, _, _) in Recalls::<T>::iter() {
			ensure!(Committees::<T>::contains_key(case), "a recall without a committee");
		}
		Ok(())
	}

	fn check_decisions() -> Result<(), TryRuntimeError> {
		let mut open = BTreeMap::<_, u32>::new();
		let mut reviews = 0usize;
		for (case, id, decision) in Decisions::<T>::iter() {
			ensure!(id < DecisionCount::<T>::get(case), "a decision beyond the count");
			ensure!(distinct(decision.votes.iter().map(|v| v.lender)), "a member voted twice");
			let committee = Committees::<T>::get(case).ok_or("a decision without a committee")?;
			let mandate = committee.mandate.ok_or("a decision without a mandate")?;
			ensure!(mandate.matters.contains(decision.matter), "a decision outside the mandate");
			if decision.matter == Matter::PlanReview {
				let review = Reviews::<T>::get(case, decision.document);
				ensure!(review == Some(id), "a review that cannot be found");
				reviews = reviews.saturating_add(1);
			}
			match decision.settlement {
				None => {
					let count = open.entry((case, decision.proposer)).or_default();
					*count = count.saturating_add(1);
				}
				Some(end) => {
					let carried =
						usize::from(end.endorsed) >= Committee::majority(committee.planned);
					ensure!(carried == (end.outcome == Outcome::Carried), "a wrong outcome");
				}
			}
		}
		ensure!(Reviews::<T>::iter().count() == reviews, "a review of no decision");
		for (case, count) in DecisionCount::<T>::iter() {
			let stored = Decisions::<T>::iter_key_prefix(case).count();
			ensure!(stored == count as usize, "a decision is missing");
		}
		let counted: BTreeMap<_, _> =
			OpenDecisions::<T>::iter().map(|(case, who, count)| ((case, who), count)).collect();
		ensure!(counted == open, "open decisions are miscounted");
		Ok(())
	}
}

fn distinct(lenders: impl Iterator<Item = LenderIndex>) -> bool {
	let mut seen = BTreeSet::new();
	lenders.into_iter().all(|lender| seen.insert(lender))
}
