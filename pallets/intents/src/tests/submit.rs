use super::*;
use crate::Error;
use codec::Encode;
use frame_support::{
	assert_noop,
	dispatch::GetDispatchInfo,
	pallet_prelude::{InvalidTransaction, TransactionSource, TransactionValidityError, Weight},
	traits::Authorize,
};
use frame_system::{AuthorizeCall, RawOrigin};
// The SDK means to replace it by `authorize`; the bare form is checked by it.
#[allow(deprecated)]
use sp_runtime::traits::ValidateUnsigned;
use sp_runtime::{
	traits::{BadOrigin, DispatchTransaction},
	transaction_validity::ValidTransaction,
	DispatchResult,
};
use winddown_primitives::{Intent, LenderRef, PoolRefusal};

fn call(signed: SignedIntent<RuntimeCall>) -> RuntimeCall {
	RuntimeCall::Intents(crate::Call::submit { signed: Box::new(signed) })
}

/// What the pool says of an intent that comes alone.
fn pool(
	signed: &SignedIntent<RuntimeCall>,
) -> Result<(ValidTransaction, Weight), TransactionValidityError> {
	call(signed.clone()).authorize(TransactionSource::External).expect("the call authorises itself")
}

fn refused_with(
	refusal: PoolRefusal,
) -> Result<(ValidTransaction, Weight), TransactionValidityError> {
	Err(InvalidTransaction::Custom(refusal.code()).into())
}

/// What the pool says of an intent that comes in a bare transaction.
#[allow(deprecated)]
fn bare_pool(
	signed: &SignedIntent<RuntimeCall>,
) -> Result<ValidTransaction, TransactionValidityError> {
	let call = crate::Call::submit { signed: Box::new(signed.clone()) };
	<Intents as ValidateUnsigned>::validate_unsigned(TransactionSource::External, &call)
}

/// Applies a bare transaction as a block does.
#[allow(deprecated)]
fn apply_bare(
	signed: SignedIntent<RuntimeCall>,
) -> Result<DispatchResult, TransactionValidityError> {
	let call = crate::Call::submit { signed: Box::new(signed.clone()) };
	Intents::pre_dispatch(&call)?;
	Ok(Intents::submit(RuntimeOrigin::none(), Box::new(signed)))
}

/// Applies a general transaction as a block does: validation, then the call.
fn apply(signed: SignedIntent<RuntimeCall>) -> Result<DispatchResult, TransactionValidityError> {
	let call = call(signed);
	let (info, len) = (call.get_dispatch_info(), call.encoded_size());
	AuthorizeCall::<Test>::new()
		.dispatch_transaction(RuntimeOrigin::none(), call, &info, len, 0)
		.map(|done| done.map(|_| ()).map_err(|failed| failed.error))
}

#[test]
fn a_lender_submits_an_intent_with_no_account_and_no_carrier() {
	ExtBuilder::default().build_and_execute(|| {
		for lender in 0..3 {
			assert_eq!(apply(signed(lender, 1, pin(lender + 10))), Ok(Ok(())));
		}
		assert_eq!(notes(), [(0, 10), (1, 11), (2, 12)]);
		assert_eq!(take_events(), [], "the call's own events tell");
		assert_eq!(Intents::last_sequence(CASE, 0), 1);
	});
}

#[test]
fn the_pool_keeps_one_intent_of_each_lender_and_not_for_ever() {
	ExtBuilder::default().build_and_execute(|| {
		let (first, unspent) = pool(&signed(0, 1, pin(1))).unwrap();
		let (later, _) = pool(&signed(0, 2, pin(2))).unwrap();
		let (other, _) = pool(&signed(1, 1, pin(1))).unwrap();
		assert_eq!(first.provides, later.provides, "one waits, the other is refused by the pool");
		assert_ne!(first.provides, other.provides);
		assert_eq!((first.priority, first.longevity, first.propagate), (9, 64, true));
		assert!(first.requires.is_empty());
		assert_eq!(unspent, Weight::zero());
		// Nor one in each form.
		assert_eq!(bare_pool(&signed(0, 1, pin(1))), Ok(first));
		assert_eq!(Intents::last_sequence(CASE, 0), 0, "asking changes nothing");
	});
}

#[test]
fn every_refusal_has_a_code_of_its_own() {
	ExtBuilder::default().build_and_execute(|| {
		bind(CASE, 1, KeyState::Revoked);
		assert_eq!(apply(signed(5, 7, pin(1))), Ok(Ok(())));
		let until = |valid_until| sign(Intent { valid_until, ..intent(0, 1, pin(1)) });
		for (refused, code) in [
			(until(START - 1), PoolRefusal::Expired),
			(until(START + MAX_VALIDITY + 1), PoolRefusal::ValidTooLong),
			(signed(0, START + 1_001, pin(1)), PoolRefusal::SequenceTooHigh),
			(signed(0, u64::MAX, pin(1)), PoolRefusal::SequenceTooHigh),
			(signed(0, 1, rule()), PoolRefusal::CallNotAllowed),
			(signed(5, 7, pin(1)), PoolRefusal::SequenceUsed),
			(signed(1, 1, pin(1)), PoolRefusal::NoActiveKey),
			(signed(77, 1, pin(1)), PoolRefusal::NoActiveKey),
			(sign_by(&Signer::at(CASE, 3), intent(0, 1, pin(1))), PoolRefusal::BadSignature),
		] {
			assert_eq!(pool(&refused), refused_with(code));
			let in_bare = Err(InvalidTransaction::Custom(code.code()).into());
			assert_eq!(bare_pool(&refused), in_bare);
			assert_eq!(apply_bare(refused.clone()).map(|_| ()), in_bare.map(|_| ()));
			assert_eq!(
				apply(refused),
				Err(InvalidTransaction::Custom(code.code()).into()),
				"what the pool refuses no block may hold"
			);
		}
		assert_eq!(notes(), [(5, 1)]);
	});
}

#[test]
fn the_sequence_of_a_submitted_intent_may_be_as_high_as_its_end() {
	ExtBuilder::default().build_and_execute(|| {
		let highest = signed(0, START + 1_000, pin(1));
		assert_eq!(highest.intent.sequence, highest.intent.valid_until);
		assert_eq!(apply(highest), Ok(Ok(())));
		assert_eq!(Intents::last_sequence(CASE, 0), START + 1_000);
	});
}

#[test]
fn cheap_checks_come_before_the_signature() {
	ExtBuilder::default().build_and_execute(|| {
		let nonsense = |intent| sign_by(&Signer::at(OTHER_CASE, 9), intent);
		let expired = Intent { valid_until: START - 1, ..intent(0, 0, rule()) };
		let too_long = Intent { valid_until: u64::MAX, ..intent(0, 0, rule()) };
		assert_eq!(pool(&nonsense(expired)), refused_with(PoolRefusal::Expired));
		assert_eq!(pool(&nonsense(too_long)), refused_with(PoolRefusal::ValidTooLong));
		let too_high = intent(0, u64::MAX, rule());
		assert_eq!(pool(&nonsense(too_high)), refused_with(PoolRefusal::SequenceTooHigh));
		assert_eq!(
			pool(&nonsense(intent(0, 0, rule()))),
			refused_with(PoolRefusal::CallNotAllowed)
		);
		assert_eq!(pool(&nonsense(intent(0, 0, pin(1)))), refused_with(PoolRefusal::SequenceUsed));
		assert_eq!(pool(&nonsense(intent(77, 1, pin(1)))), refused_with(PoolRefusal::NoActiveKey));
	});
}

#[test]
fn a_submitted_intent_whose_call_fails_uses_its_sequence_and_says_so() {
	ExtBuilder::default().build_and_execute(|| {
		let failing = signed(0, 3, tear(1));
		assert_eq!(apply(failing.clone()), Ok(Ok(())));
		let torn = board::Error::<Test>::Torn.into();
		assert_eq!(
			take_events(),
			[Event::Refused {
				index: 0,
				case: CASE,
				lender: 0,
				sequence: 3,
				reason: Refusal::CallFailed(torn),
			}]
		);
		assert_eq!(notes(), []);
		assert_eq!(Intents::last_sequence(CASE, 0), 3);
		assert_eq!(pool(&failing), refused_with(PoolRefusal::SequenceUsed));
	});
}

#[test]
fn an_intent_is_submitted_only_through_its_authorisation() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [
			RuntimeOrigin::root(),
			RuntimeOrigin::signed(OPERATOR),
			crate::Origin::Lender(LenderRef { case: CASE, lender: 0 }).into(),
		] {
			assert_noop!(Intents::submit(origin, Box::new(signed(0, 1, pin(1)))), BadOrigin);
		}
	});
}

#[test]
fn even_an_authorised_intent_cannot_use_a_sequence_twice() {
	ExtBuilder::default().build_and_execute(|| {
		let authorised = || RuntimeOrigin::from(RawOrigin::Authorized);
		let once = || Box::new(signed(0, 1, pin(1)));
		assert_ok!(Intents::submit(authorised(), once()));
		for origin in [authorised(), RuntimeOrigin::none()] {
			assert_noop!(Intents::submit(origin, once()), Error::<Test>::SequenceUsed);
		}
	});
}

#[test]
fn an_intent_counts_once_in_whichever_form_it_comes_first() {
	ExtBuilder::default().build_and_execute(|| {
		let used = Err(InvalidTransaction::Custom(PoolRefusal::SequenceUsed.code()).into());
		let (bare_first, general_first) = (signed(0, 1, pin(1)), signed(1, 1, pin(2)));
		assert_eq!(apply_bare(bare_first.clone()), Ok(Ok(())));
		assert_eq!(apply(general_first.clone()), Ok(Ok(())));
		for replayed in [bare_first, general_first] {
			assert_eq!(apply(replayed.clone()), used);
			assert_eq!(apply_bare(replayed), used);
		}
		assert_eq!(notes(), [(0, 1), (1, 2)]);
	});
}

#[test]
#[allow(deprecated)]
fn no_other_call_comes_in_a_bare_transaction() {
	ExtBuilder::default().build_and_execute(|| {
		let intents = BoundedVec::truncate_from(vec![signed(0, 1, pin(1))]);
		let batch = crate::Call::submit_batch { intents };
		let refused = InvalidTransaction::Call.into();
		let source = TransactionSource::External;
		assert_eq!(Intents::validate_unsigned(source, &batch), Err(refused));
		assert_eq!(Intents::pre_dispatch(&batch), Err(refused));
	});
}

#[test]
fn only_submit_authorises_itself() {
	ExtBuilder::default().build_and_execute(|| {
		let batch = RuntimeCall::Intents(crate::Call::submit_batch {
			intents: BoundedVec::truncate_from(vec![signed(0, 1, pin(1))]),
		});
		assert!(batch.authorize(TransactionSource::External).is_none());
		let wrapped = RuntimeCall::Utility(pallet_utility::Call::batch {
			calls: vec![call(signed(0, 1, pin(1)))],
		});
		assert!(wrapped.authorize(TransactionSource::External).is_none());
		assert!(pin(1).authorize(TransactionSource::External).is_none());
	});
}

#[test]
fn a_submitted_intent_weighs_its_check_and_what_it_asks_for() {
	use crate::WeightInfo;
	let asked = RuntimeCall::System(frame_system::Call::remark { remark: vec![0; 64] });
	let inner = asked.get_dispatch_info().call_weight;
	ExtBuilder::default().build_and_execute(|| {
		let call = call(signed(0, 1, asked));
		let whole = <()>::submit() + <()>::authorize_submit() + inner;
		assert_eq!(call.get_dispatch_info().call_weight, whole);
		assert_eq!(call.weight_of_authorize(), Weight::zero(), "the check is weighed once");
	});
}
