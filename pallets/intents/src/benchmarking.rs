//! Benchmarks of intents, with the dearest signature: sr25519, wrapped by a wallet, which is
//! verified again after it failed as a raw one, among many in a batch and then alone. What is
//! given back for a batch of raw signatures has its own.

use crate::*;
use alloc::{boxed::Box, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{Authorize, ConstU32, Get, Time},
	BoundedVec,
};
use frame_system::{pallet_prelude::OriginFor, RawOrigin};
use sp_runtime::{
	transaction_validity::{TransactionSource, TransactionValidityError},
	KeyTypeId,
};
use winddown_primitives::{
	pages::PAGE_ROWS, signing_payload, CaseId, Intent, LenderIndex, LenderKey, LenderSignature,
};

/// What a benchmark needs of the runtime around the pallet.
pub trait BenchmarkHelper<RuntimeOrigin, RuntimeCall> {
	/// An origin that may carry a batch.
	fn carrier_origin() -> RuntimeOrigin;
	/// Makes `key` the active key of a row. The row need have nothing else, so that a benchmark can
	/// spread lenders over many pages without a roll of that length.
	fn bind_key(case: CaseId, lender: LenderIndex, key: LenderKey);
	/// A call that lenders may ask for. It may fail, but must not weigh much.
	fn lender_call() -> RuntimeCall;
}

const KEY_TYPE: KeyTypeId = KeyTypeId(*b"lend");
const CASE: CaseId = 1;

/// What stands before and after a payload that a lender signs.
type Wrapping = [&'static [u8]; 2];
const WALLET: Wrapping = [b"<Bytes>", b"</Bytes>"];
const RAW: Wrapping = [b"", b""];

/// The intent of a lender who has the `number`th page of every column to himself, and its last row.
fn signed_intent<T: Config>(
	number: u32,
	[before, after]: Wrapping,
) -> Result<SignedIntentOf<T>, BenchmarkError> {
	let lender = number.saturating_mul(PAGE_ROWS).saturating_add(PAGE_ROWS - 1);
	let public = sp_io::crypto::sr25519_generate(KEY_TYPE, None);
	T::BenchmarkHelper::bind_key(CASE, lender, LenderKey::Sr25519(public.0));
	let intent = Intent {
		case: CASE,
		lender,
		sequence: 1,
		valid_until: T::Time::now().saturating_add(T::MaxValidity::get()),
		call: T::BenchmarkHelper::lender_call(),
	};
	let genesis = Pallet::<T>::genesis();
	let message = [before, &signing_payload(&genesis, &intent), after].concat();
	let signature = sp_io::crypto::sr25519_sign(KEY_TYPE, &public, &message)
		.ok_or(BenchmarkError::Stop("the keystore must sign"))?;
	Ok(SignedIntent { intent, signature: LenderSignature::Sr25519(signature.0) })
}

fn signed_intents<T: Config>(
	count: u32,
	wrapping: Wrapping,
) -> Result<BoundedVec<SignedIntentOf<T>, ConstU32<MAX_BATCH>>, BenchmarkError> {
	let intents = (0..count).map(|number| signed_intent::<T>(number, wrapping));
	Ok(BoundedVec::truncate_from(intents.collect::<Result<Vec<_>, _>>()?))
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn submit() -> Result<(), BenchmarkError> {
		let signed = signed_intent::<T>(0, WALLET)?;
		let lender = signed.intent.lender;

		#[extrinsic_call]
		_(RawOrigin::Authorized, Box::new(signed));

		assert_eq!(Pallet::<T>::last_sequence(CASE, lender), 1);
		Ok(())
	}

	#[benchmark]
	fn authorize_submit() -> Result<(), BenchmarkError> {
		let call = Call::<T>::submit { signed: Box::new(signed_intent::<T>(0, WALLET)?) };

		#[block]
		{
			call.authorize(TransactionSource::External)
				.ok_or("the call must be one that authorises itself")?
				.map_err(|_: TransactionValidityError| "the intent must be valid")?;
		}

		Ok(())
	}

	#[benchmark]
	fn submit_batch(n: Linear<1, MAX_BATCH>) -> Result<(), BenchmarkError> {
		let intents = signed_intents::<T>(n, WALLET)?;
		let origin: OriginFor<T> = T::BenchmarkHelper::carrier_origin();

		#[extrinsic_call]
		_(origin, intents);

		let last = n.saturating_mul(PAGE_ROWS).saturating_sub(1);
		assert_eq!(Pallet::<T>::last_sequence(CASE, last), 1);
		Ok(())
	}

	#[benchmark]
	fn submit_batch_together(n: Linear<1, MAX_BATCH>) -> Result<(), BenchmarkError> {
		let intents = signed_intents::<T>(n, RAW)?;
		let origin: OriginFor<T> = T::BenchmarkHelper::carrier_origin();

		#[extrinsic_call]
		submit_batch(origin, intents);

		let last = n.saturating_mul(PAGE_ROWS).saturating_sub(1);
		assert_eq!(Pallet::<T>::last_sequence(CASE, last), 1);
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
