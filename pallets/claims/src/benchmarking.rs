//! Benchmarks of the calls of `pallet_claims`.

use crate::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use winddown_primitives::{
	pages::PAGE_ROWS, CaseId, Digest, EvidenceId, EvidenceKind, Fen, IdentityHash, LenderIndex,
	LenderRef, MAX_CLASSES,
};

/// What benchmarks need of the runtime around the pallet.
pub trait BenchmarkHelper<RuntimeOrigin> {
	/// A new case at `Noticed`, whose terms let silence confirm after proof of service.
	fn new_case() -> CaseId;
	/// The platform of `case`.
	fn platform(case: CaseId) -> RuntimeOrigin;
	/// An origin that may record confirmations by call.
	fn operator() -> RuntimeOrigin;
	/// The origin of the association of every case made here.
	fn association() -> RuntimeOrigin;
	/// A lender.
	fn lender(who: LenderRef) -> RuntimeOrigin;
	/// A record of `case`, of `kind`, that may be referred to.
	fn evidence(case: CaseId, kind: EvidenceKind) -> EvidenceId;
	/// Moves the time to the end of the window for confirmation of `case`.
	fn end_confirmation_window(case: CaseId);
}

const AMOUNT: Fen = 2_420_000;

fn identity(number: u32) -> IdentityHash {
	let mut identity = IdentityHash([0x55; 32]);
	for (to, from) in identity.0.iter_mut().zip(number.to_be_bytes()) {
		*to = from;
	}
	identity
}

/// Rows in all classes that a roll may have.
fn import_rows(first: LenderIndex, count: u32) -> Result<ImportRows, BenchmarkError> {
	let rows: Vec<_> = (first..first.saturating_add(count))
		.map(|row| ImportRow {
			identity: identity(row),
			amount: AMOUNT,
			class: (row % MAX_CLASSES) as u8,
		})
		.collect();
	Ok(rows.try_into().map_err(|_| "a batch of at most 512 rows")?)
}

fn case_with_rows<T: Config>(rows: u32) -> Result<CaseId, BenchmarkError> {
	let case = T::BenchmarkHelper::new_case();
	for first in (0..rows).step_by(MAX_IMPORT as usize) {
		let batch = import_rows(first, MAX_IMPORT.min(rows.saturating_sub(first)))?;
		Pallet::<T>::import(T::BenchmarkHelper::platform(case), case, first, batch)?;
	}
	Ok(case)
}

fn locked_case<T: Config>(rows: u32) -> Result<CaseId, BenchmarkError> {
	let case = case_with_rows::<T>(rows)?;
	let (amount, digest) = to_state::<T>(case)?;
	Pallet::<T>::lock(T::BenchmarkHelper::platform(case), case, rows, amount, digest)?;
	Ok(case)
}

/// What the platform states when it locks.
fn to_state<T: Config>(case: CaseId) -> Result<(Fen, [u8; 32]), BenchmarkError> {
	let roll = Rolls::<T>::get(case).ok_or("a roll was imported")?;
	Ok((roll.imported.whole().ok_or("its sum is small")?.amount, roll.digest))
}

/// The last rows of `pages` pages, so that a batch of them writes every page to its end.
fn last_of_pages(pages: u32) -> impl Iterator<Item = LenderIndex> {
	(0..pages).map(|page| page.saturating_mul(PAGE_ROWS).saturating_add(PAGE_ROWS - 1))
}

fn lender<T: Config>(case: CaseId) -> T::RuntimeOrigin {
	T::BenchmarkHelper::lender(LenderRef { case, lender: PAGE_ROWS - 1 })
}

fn disputed_case<T: Config>() -> Result<CaseId, BenchmarkError> {
	let case = locked_case::<T>(PAGE_ROWS)?;
	Pallet::<T>::dispute(lender::<T>(case), Digest::of(&"reason"))?;
	Ok(case)
}

fn state_of<T: Config>(case: CaseId, lender: LenderIndex) -> Option<ClaimState> {
	Pallet::<T>::claim(case, lender).map(|claim| claim.state)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// As many rows as fill `p` pages, of which each is read and written. They begin in the last slot of
	/// one, and so touch one more.
	#[benchmark]
	fn import(p: Linear<1, { MAX_IMPORT / PAGE_ROWS }>) -> Result<(), BenchmarkError> {
		let (first, n) = (PAGE_ROWS - 1, p.saturating_mul(PAGE_ROWS));
		let case = case_with_rows::<T>(first)?;
		let rows = import_rows(first, n)?;
		let platform = T::BenchmarkHelper::platform(case);

		#[extrinsic_call]
		_(platform as T::RuntimeOrigin, case, first, rows);

		assert_eq!(Rolls::<T>::get(case).map(|roll| roll.rows), Some(first.saturating_add(n)));
		Ok(())
	}

	/// Full pages, of which each is read and removed.
	#[benchmark]
	fn clear(p: Linear<1, MAX_CLEAR>) -> Result<(), BenchmarkError> {
		let rows = p.saturating_add(1).saturating_mul(PAGE_ROWS);
		let case = case_with_rows::<T>(rows)?;
		let platform = T::BenchmarkHelper::platform(case);

		#[extrinsic_call]
		_(platform as T::RuntimeOrigin, case, rows, p);

		assert_eq!(Rolls::<T>::get(case).map(|roll| roll.rows), Some(PAGE_ROWS));
		Ok(())
	}

	#[benchmark]
	fn lock() -> Result<(), BenchmarkError> {
		let case = case_with_rows::<T>(MAX_IMPORT)?;
		let (amount, digest) = to_state::<T>(case)?;
		let platform = T::BenchmarkHelper::platform(case);

		#[extrinsic_call]
		_(platform as T::RuntimeOrigin, case, MAX_IMPORT, amount, digest);

		assert!(Rolls::<T>::get(case).is_some_and(|roll| roll.is_locked()));
		Ok(())
	}

	/// Withdraws a dispute, which changes the totals too.
	#[benchmark]
	fn confirm() -> Result<(), BenchmarkError> {
		let case = disputed_case::<T>()?;
		let lender = lender::<T>(case);

		#[extrinsic_call]
		_(lender as T::RuntimeOrigin, AMOUNT);

		assert_eq!(state_of::<T>(case, PAGE_ROWS - 1), Some(ClaimState::ConfirmedByApp));
		Ok(())
	}

	#[benchmark]
	fn dispute() -> Result<(), BenchmarkError> {
		let case = locked_case::<T>(PAGE_ROWS)?;
		let lender = lender::<T>(case);

		#[extrinsic_call]
		_(lender as T::RuntimeOrigin, Digest::of(&"reason"));

		assert_eq!(state_of::<T>(case, PAGE_ROWS - 1), Some(ClaimState::Disputed));
		Ok(())
	}

	#[benchmark]
	fn confirm_by_call(n: Linear<1, MAX_CONFIRMATIONS>) -> Result<(), BenchmarkError> {
		let case = locked_case::<T>(n.saturating_mul(PAGE_ROWS))?;
		let claims: Vec<_> =
			last_of_pages(n).map(|lender| CalledClaim { lender, amount: AMOUNT }).collect();
		let claims = claims.try_into().map_err(|_| "a batch of at most 256")?;
		let evidence = T::BenchmarkHelper::evidence(case, EvidenceKind::ConfirmationCall);
		let operator = T::BenchmarkHelper::operator();

		#[extrinsic_call]
		_(operator as T::RuntimeOrigin, case, claims, evidence);

		assert_eq!(Rolls::<T>::get(case).map(|roll| roll.counts.confirmed_by_call), Some(n));
		Ok(())
	}

	/// A second ruling, which replaces the amount of the first.
	#[benchmark]
	fn adjudicate() -> Result<(), BenchmarkError> {
		let case = disputed_case::<T>()?;
		let evidence = T::BenchmarkHelper::evidence(case, EvidenceKind::Adjudication);
		let first = Ruling::Provisional(1);
		let association = T::BenchmarkHelper::association();
		Pallet::<T>::adjudicate(association, case, PAGE_ROWS - 1, first, evidence)?;
		let association = T::BenchmarkHelper::association();

		#[extrinsic_call]
		_(association as T::RuntimeOrigin, case, PAGE_ROWS - 1, Ruling::Adjust(2), evidence);

		assert_eq!(Adjusted::<T>::get(case, PAGE_ROWS - 1), Some(2));
		Ok(())
	}

	/// A person whom the search for an own row cannot find early.
	#[benchmark]
	fn admit_late() -> Result<(), BenchmarkError> {
		let rows = MAX_IMPORT.saturating_mul(16) - 1;
		let case = locked_case::<T>(rows)?;
		let evidence = T::BenchmarkHelper::evidence(case, EvidenceKind::Adjudication);
		let association = T::BenchmarkHelper::association();

		#[extrinsic_call]
		_(association as T::RuntimeOrigin, case, identity(u32::MAX), AMOUNT, 0, evidence);

		assert_eq!(state_of::<T>(case, rows), Some(ClaimState::Adjudicated));
		Ok(())
	}

	#[benchmark]
	fn deem_confirmed(n: Linear<1, MAX_CONFIRMATIONS>) -> Result<(), BenchmarkError> {
		let case = locked_case::<T>(n.saturating_mul(PAGE_ROWS))?;
		let evidence = T::BenchmarkHelper::evidence(case, EvidenceKind::NoticeService);
		T::BenchmarkHelper::end_confirmation_window(case);
		let lenders: Vec<_> = last_of_pages(n).collect();
		let lenders = lenders.try_into().map_err(|_| "a batch of at most 256")?;
		let association = T::BenchmarkHelper::association();

		#[extrinsic_call]
		_(association as T::RuntimeOrigin, case, lenders, evidence);

		assert_eq!(Rolls::<T>::get(case).map(|roll| roll.counts.deemed), Some(n));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
