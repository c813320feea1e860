//! Benchmarks of `pallet_evidence`.

use crate::{actions::NewRecord, *};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{traits::Get, BoundedVec};
use winddown_primitives::{Arbiter, MAX_ARBITERS};

/// What benchmarks need of the neighbours.
pub trait BenchmarkHelper<RuntimeOrigin, AccountId> {
	/// A case that exists.
	fn case() -> CaseId;
	/// An institution that may deposit in every case, and its origin.
	fn depositor() -> (RuntimeOrigin, AccountId);
	/// The arbitration institution number `index`, with no other role, and its origin.
	fn arbiter(index: u32) -> (RuntimeOrigin, AccountId);
	/// The origin that changes policies.
	fn council() -> RuntimeOrigin;
}

type HelperOf<T> = <T as Config>::BenchmarkHelper;

fn widest_policy<T: Config>() -> PolicyOf<T> {
	let arbiters: Vec<_> = (0..MAX_ARBITERS)
		.map(|index| Arbiter {
			account: HelperOf::<T>::arbiter(index).1,
			relation: Relation::Independent,
		})
		.collect();
	AttestationPolicy { arbiters: BoundedVec::truncate_from(arbiters), required: 1, independent: 1 }
}

fn content(seed: u32) -> Content {
	Content { digest: Digest::of(&seed), leaves: 1_000, bytes: 1_000_000, encoding: 1 }
}

/// A case with the widest policy, and `records` pending records in it.
fn prepare<T: Config>(records: u32) -> Result<(CaseId, Vec<EvidenceId>), BenchmarkError> {
	let case = HelperOf::<T>::case();
	Pallet::<T>::do_set_policy(case, widest_policy::<T>())?;
	let (_, producer) = HelperOf::<T>::depositor();
	let ids = (0..records)
		.map(|seed| {
			Pallet::<T>::do_deposit(NewRecord {
				case,
				kind: EvidenceKind::Ballots,
				content: content(seed),
				producer: Some(producer.clone()),
				produced_at: 0,
				parent: None,
				replaces: None,
			})
		})
		.collect::<Result<_, _>>()?;
	Ok((case, ids))
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn deposit() -> Result<(), BenchmarkError> {
		let (case, ids) = prepare::<T>(2)?;
		let (origin, _) = HelperOf::<T>::depositor();
		let (parent, replaced) = (ids[0], ids[1]);

		#[extrinsic_call]
		_(
			origin as T::RuntimeOrigin,
			case,
			EvidenceKind::Ballots,
			content(2),
			0,
			Some(parent),
			Some(replaced),
		);

		let record = Records::<T>::get(replaced).ok_or("the record is kept")?;
		assert_eq!(record.state, RecordState::Superseded);
		Ok(())
	}

	#[benchmark]
	fn attest() -> Result<(), BenchmarkError> {
		let (_, ids) = prepare::<T>(1)?;
		let (origin, _) = HelperOf::<T>::arbiter(0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, ids[0], content(0).digest, Verdict::Confirm);

		let record = Records::<T>::get(ids[0]).ok_or("the record is kept")?;
		assert_eq!(record.state, RecordState::Effective);
		Ok(())
	}

	#[benchmark]
	fn attest_batch(n: Linear<1, { T::MaxBatch::get() }>) -> Result<(), BenchmarkError> {
		let (_, ids) = prepare::<T>(n)?;
		let (origin, arbiter) = HelperOf::<T>::arbiter(0);
		let statements: Vec<_> = (0..n)
			.zip(&ids)
			.map(|(seed, id)| Statement {
				id: *id,
				digest: content(seed).digest,
				verdict: Verdict::Confirm,
			})
			.collect();
		let statements =
			BoundedVec::try_from(statements).map_err(|_| "n is at most the longest batch")?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, statements);

		assert!(ids.iter().all(|id| Attestations::<T>::contains_key(id, &arbiter)));
		Ok(())
	}

	#[benchmark]
	fn set_policy() -> Result<(), BenchmarkError> {
		let case = HelperOf::<T>::case();
		let policy = widest_policy::<T>();
		let origin = HelperOf::<T>::council();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case, policy.clone());

		let version = CurrentPolicy::<T>::get(case).ok_or("the case has a policy")?;
		assert_eq!(Policies::<T>::get(case, version), Some(policy));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
