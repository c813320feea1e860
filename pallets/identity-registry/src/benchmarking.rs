//! Benchmarks of the calls of `pallet_identity_registry`.

use crate::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use winddown_primitives::{
	pages::PAGE_ROWS, traits::IdentityColumn, CaseId, EvidenceId, IdentityHash, LenderKey,
};

/// What benchmarks need of the runtime around the pallet.
pub trait BenchmarkHelper<RuntimeOrigin> {
	/// An origin that may register keys.
	fn registrar() -> RuntimeOrigin;
	/// A new case, not final.
	fn new_case() -> CaseId;
	/// A record of identity checks of `case` that may be referred to.
	fn evidence(case: CaseId) -> EvidenceId;
}

fn key(lender: u32) -> LenderKey {
	let mut bytes = [0xaa; 33];
	for (to, from) in bytes.iter_mut().zip(lender.to_be_bytes()) {
		*to = from;
	}
	LenderKey::Ecdsa(bytes)
}

/// A case with `pages` full pages of rows, whose first rows have neighbours with keys.
fn case_with_pages<T: Config>(pages: u32) -> Result<CaseId, BenchmarkError> {
	let case = T::BenchmarkHelper::new_case();
	let rows = pages.saturating_mul(PAGE_ROWS);
	let identities: Vec<_> = (0..rows)
		.map(|row| {
			let mut identity = IdentityHash([0x55; 32]);
			for (to, from) in identity.0.iter_mut().zip(row.to_be_bytes()) {
				*to = from;
			}
			identity
		})
		.collect();
	for batch in identities.chunks(512) {
		Pallet::<T>::append(case, batch)?;
	}
	Pallet::<T>::lock(case)?;
	let last_of_page = |page: u32| page.saturating_mul(PAGE_ROWS).saturating_add(PAGE_ROWS - 1);
	for page in 0..pages {
		register::<T>(case, last_of_page(page))?;
	}
	Ok(case)
}

fn register<T: Config>(case: CaseId, lender: u32) -> Result<(), BenchmarkError> {
	let registrations = Vec::from([Registration { lender, key: key(lender) }]);
	let registrations = registrations.try_into().map_err(|_| "one registration is a batch")?;
	let registrar = T::BenchmarkHelper::registrar();
	Pallet::<T>::register_batch(registrar, case, registrations, None)?;
	Ok(())
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// The worst batch: every row on another page, and every page full.
	#[benchmark]
	fn register_batch(n: Linear<1, MAX_REGISTRATIONS>) -> Result<(), BenchmarkError> {
		let case = case_with_pages::<T>(n)?;
		let registrations: Vec<_> = (0..n)
			.map(|page| page.saturating_mul(PAGE_ROWS))
			.map(|lender| Registration { lender, key: key(lender) })
			.collect();
		let registrations = registrations.try_into().map_err(|_| "a batch of at most 512")?;
		let evidence = T::BenchmarkHelper::evidence(case);
		let registrar = T::BenchmarkHelper::registrar();

		#[extrinsic_call]
		_(registrar as T::RuntimeOrigin, case, registrations, Some(evidence));

		let last = (n - 1).saturating_mul(PAGE_ROWS);
		assert_eq!(KeyOwners::<T>::get(case, key(last)), Some(last));
		Ok(())
	}

	#[benchmark]
	fn rebind() -> Result<(), BenchmarkError> {
		let case = case_with_pages::<T>(1)?;
		register::<T>(case, 0)?;
		let evidence = T::BenchmarkHelper::evidence(case);
		let registrar = T::BenchmarkHelper::registrar();

		#[extrinsic_call]
		_(registrar as T::RuntimeOrigin, case, 0, key(u32::MAX), evidence);

		assert_eq!(KeyOwners::<T>::get(case, key(u32::MAX)), Some(0));
		Ok(())
	}

	#[benchmark]
	fn revoke() -> Result<(), BenchmarkError> {
		let case = case_with_pages::<T>(1)?;
		register::<T>(case, 0)?;
		let evidence = T::BenchmarkHelper::evidence(case);
		let registrar = T::BenchmarkHelper::registrar();

		#[extrinsic_call]
		_(registrar as T::RuntimeOrigin, case, 0, evidence);

		let status = Pallet::<T>::lender(case, 0).and_then(|lender| lender.key).map(|k| k.status);
		assert_eq!(status, Some(KeyStatus::Revoked));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
