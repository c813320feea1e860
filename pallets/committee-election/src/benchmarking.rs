//! Benchmarks of the committee and its election. Each measures the dearest case.

use super::*;
use frame_benchmarking::v2::*;
use winddown_primitives::{pages::PAGE_ROWS, Votes, MAX_OPTIONS, MAX_RESERVES, MAX_SEATS};

const START: Millis = 1_700_000_000_000;
const CANDIDATES: u32 = MAX_OPTIONS as u32;
const DOCUMENT: Digest = Digest::Sha256([7; 32]);

fn mandate() -> Mandate {
	Mandate { document: DOCUMENT, matters: Matters::new(&Matter::ALL) }
}

/// A case in which nominations are open.
fn nominating<T: Config>() -> Result<CaseId, BenchmarkError> {
	T::BenchmarkHelper::set_now(START);
	let case = T::BenchmarkHelper::case_at(Stage::Electing, CANDIDATES);
	let until = START.saturating_add(T::MinNominationWindow::get()).saturating_add(1);
	Pallet::<T>::open_nominations(T::BenchmarkHelper::organiser(), case, until)?;
	Ok(case)
}

/// A case in which `count` lenders stand.
fn nominated<T: Config>(count: u32) -> Result<CaseId, BenchmarkError> {
	let case = nominating::<T>()?;
	for lender in 0..count {
		let origin = T::BenchmarkHelper::lender(LenderRef { case, lender });
		Pallet::<T>::nominate(origin, DOCUMENT)?;
	}
	Ok(case)
}

fn candidate(lender: LenderIndex, place: u32) -> Candidate {
	Candidate { lender, statement: DOCUMENT, nominated_at: 0, place }
}

/// Fills the slate with lenders of whom each is on another page of the roll, and lost the right to
/// stand.
fn fill_slate<T: Config>(case: CaseId) {
	let slate: Vec<_> =
		(0..CANDIDATES).map(|place| candidate((place + 1) * PAGE_ROWS, place)).collect();
	for Candidate { lender, place, .. } in &slate {
		Places::<T>::insert(case, lender, place);
	}
	Elections::<T>::mutate(case, |election| {
		if let Some(election) = election {
			election.stood = CANDIDATES;
		}
	});
	Candidates::<T>::insert(case, BoundedVec::truncate_from(slate));
}

/// The earliest close of a poll of `case` that opens now.
fn close_of<T: Config>(case: CaseId) -> Result<Millis, BenchmarkError> {
	Ok(T::Time::now().saturating_add(T::Cases::terms(case)?.voting_window))
}

/// A case whose nominations are over.
fn ready<T: Config>() -> Result<CaseId, BenchmarkError> {
	let case = nominated::<T>(CANDIDATES)?;
	let until = Elections::<T>::get(case).map(|election| election.nominations_until);
	T::BenchmarkHelper::set_now(until.ok_or(BenchmarkError::Stop("no election"))?);
	Ok(case)
}

/// A case whose first ballot is open.
fn balloting<T: Config>() -> Result<(CaseId, PollId), BenchmarkError> {
	let case = ready::<T>()?;
	let (origin, closes_at) = (T::BenchmarkHelper::organiser(), close_of::<T>(case)?);
	Pallet::<T>::open_first_ballot(origin, case, DOCUMENT, mandate(), closes_at)?;
	let poll = Elections::<T>::get(case).and_then(|election| election.ballot);
	Ok((case, poll.ok_or(BenchmarkError::Stop("no ballot"))?))
}

/// A case with a full committee, elected from rows 0 on.
fn seated<T: Config>() -> Result<CaseId, BenchmarkError> {
	T::BenchmarkHelper::set_now(START);
	let case = T::BenchmarkHelper::case_at(Stage::Planning, CANDIDATES);
	let slate: Vec<_> = (0..CANDIDATES).map(|lender| candidate(lender, lender)).collect();
	let slate = BoundedVec::truncate_from(slate);
	let ballot = FirstBallot { case, exit: DOCUMENT, mandate: mandate(), slate, lot: None };
	FirstBallots::<T>::insert(0, ballot);
	let committee = Committee {
		planned: MAX_SEATS as u8,
		seats: BoundedVec::truncate_from((0..MAX_SEATS).collect()),
		reserves: BoundedVec::truncate_from((MAX_SEATS..MAX_SEATS + MAX_RESERVES).collect()),
		mandate: Some(mandate()),
		poll: 0,
	};
	Committees::<T>::insert(case, committee);
	Ok(case)
}

fn member<T: Config>(case: CaseId, lender: LenderIndex) -> T::RuntimeOrigin {
	T::BenchmarkHelper::lender(LenderRef { case, lender })
}

fn result(outcome: ItemOutcome) -> ItemResult {
	let (options, ties) = Default::default();
	ItemResult { options, abstained: Votes::default(), outcome, ties }
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open_nominations() -> Result<(), BenchmarkError> {
		let case = nominating::<T>()?;
		let until = Elections::<T>::get(case).map(|election| election.nominations_until);
		let until = until.unwrap_or_default().saturating_add(1);
		fill_slate::<T>(case);
		let origin = T::BenchmarkHelper::organiser();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case, until);

		assert_eq!(Elections::<T>::get(case).map(|e| e.nominations_until), Some(until));
		assert!(Candidates::<T>::get(case).is_empty());
		Ok(())
	}

	#[benchmark]
	fn nominate() -> Result<(), BenchmarkError> {
		let case = nominating::<T>()?;
		fill_slate::<T>(case);
		let origin = member::<T>(case, 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, DOCUMENT);

		let slate = Candidates::<T>::get(case);
		assert_eq!(slate.last().map(|candidate| candidate.lender), Some(0));
		assert_eq!(slate.len(), CANDIDATES as usize);
		Ok(())
	}

	#[benchmark]
	fn withdraw() -> Result<(), BenchmarkError> {
		let case = nominated::<T>(CANDIDATES)?;
		let origin = member::<T>(case, 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin);

		assert_eq!(Candidates::<T>::get(case).len(), CANDIDATES as usize - 1);
		Ok(())
	}

	#[benchmark]
	fn open_first_ballot() -> Result<(), BenchmarkError> {
		let case = ready::<T>()?;
		let (origin, closes_at) = (T::BenchmarkHelper::organiser(), close_of::<T>(case)?);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case, DOCUMENT, mandate(), closes_at);

		assert!(Elections::<T>::get(case).is_some_and(|election| election.ballot.is_some()));
		Ok(())
	}

	#[benchmark]
	fn resign() -> Result<(), BenchmarkError> {
		let case = seated::<T>()?;
		let origin = member::<T>(case, 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin);

		assert!(Committees::<T>::get(case).is_some_and(|committee| !committee.has_member(0)));
		Ok(())
	}

	#[benchmark]
	fn open_recall() -> Result<(), BenchmarkError> {
		let case = seated::<T>()?;
		let (origin, closes_at) = (T::BenchmarkHelper::organiser(), close_of::<T>(case)?);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case, 0, DOCUMENT, closes_at);

		assert!(Recalls::<T>::contains_key(case, 0));
		Ok(())
	}

	#[benchmark]
	fn propose_decision() -> Result<(), BenchmarkError> {
		let case = seated::<T>()?;
		let origin = member::<T>(case, 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Matter::PlanReview, DOCUMENT);

		assert!(Reviews::<T>::contains_key(case, DOCUMENT));
		Ok(())
	}

	#[benchmark]
	fn decide() -> Result<(), BenchmarkError> {
		let case = seated::<T>()?;
		Pallet::<T>::propose_decision(member::<T>(case, 0), Matter::PlanReview, DOCUMENT)?;
		let last = MAX_SEATS / 2;
		for lender in 0..last {
			Pallet::<T>::decide(member::<T>(case, lender), 0, Vote::Endorse)?;
		}
		let origin = member::<T>(case, last);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, 0, Vote::Endorse);

		assert_eq!(Pallet::<T>::opinion(case, &DOCUMENT), Some(Opinion::Endorsed));
		Ok(())
	}

	#[benchmark]
	fn conclude_first_ballot() -> Result<(), BenchmarkError> {
		let (case, poll) = balloting::<T>()?;
		let options = |range: core::ops::Range<u32>| range.map(|option| option as u8).collect();
		let results = [
			result(ItemOutcome::Passed),
			result(ItemOutcome::Elected {
				seats: BoundedVec::truncate_from(options(0..MAX_SEATS)),
				reserves: BoundedVec::truncate_from(options(MAX_SEATS..MAX_SEATS + MAX_RESERVES)),
			}),
			result(ItemOutcome::Passed),
		];

		#[block]
		{
			Pallet::<T>::poll_closed(case, poll, Purpose::FirstBallot, &results)?;
		}

		assert!(Committees::<T>::contains_key(case));
		Ok(())
	}

	#[benchmark]
	fn conclude_recall() -> Result<(), BenchmarkError> {
		let case = seated::<T>()?;
		let (origin, closes_at) = (T::BenchmarkHelper::organiser(), close_of::<T>(case)?);
		Pallet::<T>::open_recall(origin, case, 0, DOCUMENT, closes_at)?;
		let poll = Recalls::<T>::get(case, 0).ok_or(BenchmarkError::Stop("no recall"))?;
		let results = [result(ItemOutcome::Passed)];

		#[block]
		{
			Pallet::<T>::poll_closed(case, poll, Purpose::Recall { member: 0 }, &results)?;
		}

		assert!(Committees::<T>::get(case).is_some_and(|committee| !committee.has_member(0)));
		Ok(())
	}

	#[benchmark]
	fn list_candidates() -> Result<(), BenchmarkError> {
		let case = ready::<T>()?;
		T::BenchmarkHelper::set_order(case, CandidateOrder::List);
		let listing = Listing::truncate_from((0..CANDIDATES).rev().collect());
		let origin = T::BenchmarkHelper::organiser();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case, listing);

		assert!(Listings::<T>::contains_key(case));
		Ok(())
	}

	#[benchmark]
	fn draw_candidates() -> Result<(), BenchmarkError> {
		let case = ready::<T>()?;
		T::BenchmarkHelper::set_order(case, CandidateOrder::Lot);
		let origin = T::BenchmarkHelper::organiser();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case);

		assert!(Elections::<T>::get(case).is_some_and(|election| election.lot.is_some()));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
