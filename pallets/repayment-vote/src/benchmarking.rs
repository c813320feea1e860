//! Benchmarks of plans, votes and payments. Each measures the dearest case.

use super::*;
use frame_benchmarking::v2::*;
use frame_support::BoundedVec;
use winddown_primitives::{pages::PAGE_ROWS, Votes};

const START: Millis = 1_700_000_000_000;
const DAY: Millis = 24 * 60 * 60 * 1_000;
const AMOUNT: Fen = 1_000_000;
/// The last row of a page: to hold its reply the page grows to its full size.
const LENDER: LenderIndex = PAGE_ROWS - 1;
const LAST: InstalmentIndex = MAX_INSTALMENTS as InstalmentIndex - 1;

fn digest(byte: u32) -> Digest {
	Digest::Sha256([(byte as u8).saturating_add(1); 32])
}

/// The longest schedule, whose first instalment is due a year after `from`.
fn schedule(from: Millis) -> Instalments {
	let due_at = |n: u32| from.saturating_add(DAY.saturating_mul(u64::from(n).saturating_add(365)));
	let instalments =
		(0..MAX_INSTALMENTS).map(|n| Instalment { due_at: due_at(n), amount: AMOUNT });
	BoundedVec::truncate_from(instalments.collect())
}

/// A case with as many plans as one ballot holds, which may be voted on.
fn planned<T: Config>() -> Result<(CaseId, Competing), BenchmarkError> {
	T::BenchmarkHelper::set_now(START);
	let case = T::BenchmarkHelper::case_at(Stage::Planning, 1);
	let after = START.saturating_add(T::Cases::terms(case)?.review_window);
	for plan in 0..MAX_COMPETING {
		let origin = T::BenchmarkHelper::platform(case);
		Pallet::<T>::propose_plan(origin, case, digest(plan), schedule(after))?;
	}
	T::BenchmarkHelper::set_now(after);
	Ok((case, BoundedVec::truncate_from((0..MAX_COMPETING).collect())))
}

/// A case whose ballot on as many plans as it holds is open.
fn voting<T: Config>() -> Result<(CaseId, PollId), BenchmarkError> {
	let (case, plans) = planned::<T>()?;
	let closes_at = T::Time::now().saturating_add(T::Cases::terms(case)?.voting_window);
	Pallet::<T>::open_vote(T::BenchmarkHelper::organiser(), case, plans, closes_at)?;
	let poll = VoteRounds::<T>::get(case).ballot;
	Ok((case, poll.ok_or(BenchmarkError::Stop("no ballot"))?))
}

/// A case that repays a plan of the longest schedule, none of which is due yet.
fn repaying<T: Config>() -> Result<CaseId, BenchmarkError> {
	T::BenchmarkHelper::set_now(START);
	let case = T::BenchmarkHelper::case_at(Stage::Repaying, PAGE_ROWS);
	let (instalments, state) = (schedule(START), PlanState::Adopted);
	let plan = Plan { document: digest(0), instalments, proposed_at: START, state };
	Plans::<T>::insert(case, 0, plan);
	PlanCount::<T>::insert(case, 1);
	Documents::<T>::insert(case, digest(0), 0);
	Adopted::<T>::insert(case, 0);
	Ok(case)
}

/// As [`repaying`], with the last instalment in breach.
fn in_breach<T: Config>() -> Result<CaseId, BenchmarkError> {
	let case = repaying::<T>()?;
	let due = schedule(START).last().map(|last| last.due_at).unwrap_or_default();
	T::BenchmarkHelper::set_now(due.saturating_add(T::Cases::terms(case)?.grace));
	Ok(case)
}

/// As [`repaying`], with a payment of the last instalment reported.
fn reported<T: Config>() -> Result<CaseId, BenchmarkError> {
	let case = repaying::<T>()?;
	let origin = T::BenchmarkHelper::platform(case);
	Pallet::<T>::report_payment(origin, case, LAST, 1, 1, digest(1))?;
	Ok(case)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn propose_plan() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_now(START);
		let case = T::BenchmarkHelper::case_at(Stage::Planning, 1);
		let origin = T::BenchmarkHelper::platform(case);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case, digest(0), schedule(START));

		assert_eq!(PlanCount::<T>::get(case), 1);
		Ok(())
	}

	#[benchmark]
	fn open_vote() -> Result<(), BenchmarkError> {
		let (case, plans) = planned::<T>()?;
		let closes_at = T::Time::now().saturating_add(T::Cases::terms(case)?.voting_window);
		let origin = T::BenchmarkHelper::organiser();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case, plans, closes_at);

		assert!(VoteRounds::<T>::get(case).ballot.is_some());
		Ok(())
	}

	#[benchmark]
	fn report_payment() -> Result<(), BenchmarkError> {
		let case = in_breach::<T>()?;
		let origin = T::BenchmarkHelper::platform(case);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case, LAST, AMOUNT, 1, digest(1));

		let progress = Progresses::<T>::get(case, LAST);
		assert!(progress.settled_at.is_some() && progress.flag == Flag::Breach);
		Ok(())
	}

	#[benchmark]
	fn flag_overdue() -> Result<(), BenchmarkError> {
		let case = in_breach::<T>()?;
		let origin = T::BenchmarkHelper::flagger();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case, LAST);

		assert_eq!(Progresses::<T>::get(case, LAST).flag, Flag::Breach);
		Ok(())
	}

	#[benchmark]
	fn acknowledge() -> Result<(), BenchmarkError> {
		let case = reported::<T>()?;
		let who = LenderRef { case, lender: LENDER };
		Pallet::<T>::complain(T::BenchmarkHelper::lender(who), LAST, digest(2))?;
		let origin = T::BenchmarkHelper::lender(who);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, LAST);

		assert_eq!(Pallet::<T>::reply_of(case, LAST, LENDER), Some(Reply::Resolved));
		Ok(())
	}

	#[benchmark]
	fn complain() -> Result<(), BenchmarkError> {
		let case = reported::<T>()?;
		let origin = T::BenchmarkHelper::lender(LenderRef { case, lender: LENDER });

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, LAST, digest(2));

		assert_eq!(Pallet::<T>::reply_of(case, LAST, LENDER), Some(Reply::Complained));
		Ok(())
	}

	#[benchmark]
	fn conclude_vote() -> Result<(), BenchmarkError> {
		let (case, poll) = voting::<T>()?;
		let option = MAX_COMPETING as u8 - 1;
		let result = ItemResult {
			options: Default::default(),
			abstained: Votes::default(),
			outcome: ItemOutcome::Chosen { option },
			ties: Default::default(),
		};

		#[block]
		{
			Pallet::<T>::poll_closed(case, poll, Purpose::Plan { round: 1 }, &[result])?;
		}

		assert_eq!(Adopted::<T>::get(case), Some(PlanId::from(option)));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
