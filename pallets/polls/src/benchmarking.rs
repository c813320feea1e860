//! Benchmarks of polls, each on the largest ballot: eight items of 32 candidates.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{Get, Time},
	BoundedVec,
};
use frame_system::pallet_prelude::{BlockNumberFor, OriginFor};
use sp_runtime::traits::Hash;
use winddown_primitives::{
	pages::PAGE_ROWS,
	rules::{Base, Bound, Measure, Part, Rule, Scope, Test, MAX_TESTS},
	Ballot, CaseId, Choice, Choices, Digest, Item, ItemKind, LenderIndex, Millis, PollId, TieBreak,
	MAX_CLASSES, MAX_ITEMS, MAX_OPTIONS, MAX_RESERVES, MAX_SEATS,
};

/// What a benchmark needs of the runtime around the pallet.
pub trait BenchmarkHelper<RuntimeOrigin> {
	/// The origin of the association of every case made here.
	fn open_origin() -> RuntimeOrigin;
	/// An origin that may close a poll.
	fn close_origin() -> RuntimeOrigin;
	/// A case at `Electing` with a locked roll of `classes` classes, where the first 64 rows may
	/// vote and replace a ballot at least once.
	fn electing_case(classes: u32) -> CaseId;
	/// The origin of the lender at `row`.
	fn lender_origin(case: CaseId, row: LenderIndex) -> RuntimeOrigin;
	/// Sets the clock, in milliseconds.
	fn set_time(now: Millis);
}

fn largest_ballot() -> Items {
	let test = |measure, part| Test {
		part,
		base: Base::Eligible,
		measure,
		bound: Bound::AtLeast,
		numerator: 0,
		denominator: 1,
	};
	let tests = [
		test(Measure::Heads, Part::Voted),
		test(Measure::Amount, Part::Voted),
		test(Measure::Heads, Part::For),
		test(Measure::Amount, Part::For),
	];
	assert_eq!(tests.len() as u32, MAX_TESTS);
	let item = Item {
		kind: ItemKind::ApproveUpTo {
			candidates: MAX_OPTIONS,
			seats: MAX_SEATS as u8,
			reserves: MAX_RESERVES as u8,
		},
		rule: Rule { scope: Scope::EveryClass, tests: BoundedVec::truncate_from(tests.to_vec()) },
		documents: BoundedVec::truncate_from(vec![Digest::of(&0u8); MAX_OPTIONS.into()]),
	};
	BoundedVec::truncate_from(vec![item; MAX_ITEMS as usize])
}

fn ballot(choice: Choice) -> Ballot {
	Ballot::Open(Choices::truncate_from(vec![choice; MAX_ITEMS as usize]))
}

fn open_poll<T: Config>(classes: u32) -> Result<(CaseId, PollId), BenchmarkError> {
	let case = T::BenchmarkHelper::electing_case(classes);
	let poll = NextPoll::<T>::get();
	Pallet::<T>::open(
		T::BenchmarkHelper::open_origin(),
		case,
		largest_ballot(),
		latest_close::<T>(),
	)
	.map_err(|_| BenchmarkError::Stop("the poll must open"))?;
	Ok((case, poll))
}

fn latest_close<T: Config>() -> Millis {
	T::Time::now().saturating_add(T::MaxGeneralWindow::get())
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open() -> Result<(), BenchmarkError> {
		let case = T::BenchmarkHelper::electing_case(MAX_CLASSES);
		let poll = NextPoll::<T>::get();
		let origin: OriginFor<T> = T::BenchmarkHelper::open_origin();

		#[extrinsic_call]
		_(origin, case, largest_ballot(), latest_close::<T>());

		assert!(Booths::<T>::contains_key(poll));
		Ok(())
	}

	// Replaces a ballot on a full page. The booth and the tallies are whitelisted: a poll has one
	// booth and at most eight tallies, so that a block reads and writes them once for all ballots.
	#[benchmark]
	fn cast() -> Result<(), BenchmarkError> {
		let (case, poll) = open_poll::<T>(MAX_CLASSES)?;
		let row = PAGE_ROWS - 1;
		let origin: OriginFor<T> = T::BenchmarkHelper::lender_origin(case, row);
		Pallet::<T>::cast(origin.clone(), poll, ballot(Choice(0x1ff)), Digest::of(&1u8))?;
		let hot: Vec<Vec<u8>> = Tallies::<T>::iter_key_prefix(poll)
			.map(|class| Tallies::<T>::hashed_key_for(poll, class))
			.chain([Booths::<T>::hashed_key_for(poll)])
			.collect();
		for key in hot {
			frame_benchmarking::benchmarking::add_to_whitelist(key.into());
		}

		#[extrinsic_call]
		_(origin, poll, ballot(Choice(0x1ff << 23)), Digest::of(&2u8));

		assert_eq!(Pallet::<T>::ballot(poll, row).map(|ballot| ballot.revision), Some(2));
		Ok(())
	}

	#[benchmark]
	fn close() -> Result<(), BenchmarkError> {
		let (case, poll) = open_poll::<T>(MAX_CLASSES)?;
		for row in 0..4 {
			Pallet::<T>::cast(
				T::BenchmarkHelper::lender_origin(case, row),
				poll,
				ballot(Choice(0xff << (8 * row))),
				Digest::of(&row),
			)?;
		}
		T::BenchmarkHelper::set_time(latest_close::<T>());
		let origin: OriginFor<T> = T::BenchmarkHelper::close_origin();

		#[extrinsic_call]
		_(origin, poll);

		assert!(Results::<T>::contains_key(poll));
		Ok(())
	}

	#[benchmark]
	fn cancel() -> Result<(), BenchmarkError> {
		let (_, poll) = open_poll::<T>(MAX_CLASSES)?;
		let origin: OriginFor<T> = T::BenchmarkHelper::open_origin();

		#[extrinsic_call]
		_(origin, poll);

		let status = Polls::<T>::get(poll).map(|poll| poll.status);
		assert!(matches!(status, Some(PollStatus::Cancelled { .. })));
		Ok(())
	}

	/// All 32 candidates of all eight items are tied.
	#[benchmark]
	fn settle() -> Result<(), BenchmarkError> {
		let (case, poll) = open_poll::<T>(MAX_CLASSES)?;
		for row in 0..4 {
			Pallet::<T>::cast(
				T::BenchmarkHelper::lender_origin(case, row),
				poll,
				ballot(Choice(0xff << (8 * row))),
				Digest::of(&row),
			)?;
		}
		let at = latest_close::<T>();
		T::BenchmarkHelper::set_time(at);
		let block = 7u32;
		Booths::<T>::remove(poll);
		Polls::<T>::mutate(poll, |stored| {
			if let Some(stored) = stored {
				stored.tie_break = TieBreak::Lot;
				stored.status = PollStatus::AwaitsLot { at, block };
			}
		});
		frame_system::Pallet::<T>::set_block_number(8u32.into());
		frame_system::BlockHash::<T>::insert(
			BlockNumberFor::<T>::from(block),
			T::Hashing::hash(b"a lot"),
		);
		let origin: OriginFor<T> = T::BenchmarkHelper::close_origin();

		#[extrinsic_call]
		_(origin, poll);

		assert!(Results::<T>::get(poll).is_some_and(|result| result.lot.is_some()));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
