//! How much one institution may send: tokens, lengths, places in the pool.

use super::{custom, empty_batch, next_of, remark, POOLS};
use crate::{
	case::{confirm, deposit_call, Case, CLAIMS},
	chain::{general, Chain},
};
use codec::Encode;
use frame_support::assert_ok;
use pallet_consortium::{Bucket, Buckets, CallClass};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionSource},
	DispatchError,
};
use winddown_primitives::{EvidenceKind, PoolRefusal};
use winddown_runtime::{
	configs::governance::Limits,
	genesis_config_presets::Institution::{self, ArbiterOne, Operator, Regulator},
	Consortium, Runtime, RuntimeCall, UncheckedExtrinsic,
};

fn tokens(chain: &mut Chain, who: Institution) -> u32 {
	chain.with(|| Consortium::tokens(who.account())).expect("an institution")
}

/// A light call of the class `Bulk`, another one for each number.
fn noted(number: u32) -> RuntimeCall {
	pallet_preimage::Call::note_preimage { bytes: number.encode() }.into()
}

#[test]
fn a_bucket_empties_and_fills_again_block_by_block() {
	let mut chain = Chain::new("local_testnet");
	let limits = Limits::get();
	let (batches, again) =
		(limits.burst / limits.bulk.cost, limits.refill_per_block / limits.bulk.cost);
	// The figures of the documentation of `Limits`.
	assert_eq!((batches, again), (1_024, 64));
	let exhausted = Err(InvalidTransaction::ExhaustsResources.into());

	// Another institution's transaction stands behind the flood and still gets in.
	let mut flood: Vec<_> = (0..=batches).map(|number| (Regulator, noted(number))).collect();
	flood.push((ArbiterOne, empty_batch()));
	let results = chain.block(flood);
	let (last, sent) = results[..=batches as usize].split_last().unwrap();
	assert!(sent.iter().all(|result| *result == Ok(Ok(()))));
	assert_eq!(*last, exhausted, "the author keeps it for a later block");
	assert_eq!(results[batches as usize + 1], Ok(Err(DispatchError::BadOrigin)));
	assert_eq!(tokens(&mut chain, Regulator), 0);

	// The pool judges by the next block, which brings the refill and nothing else.
	let next = next_of(&mut chain, Regulator, noted(batches));
	for source in POOLS {
		assert_ok!(chain.pool(source, next.clone()));
	}
	let more = (batches..=batches + again).map(|number| (Regulator, noted(number)));
	let results = chain.block(more.collect());
	assert!(results[..64].iter().all(|result| *result == Ok(Ok(()))));
	assert_eq!(results[64], exhausted);
	assert_eq!(tokens(&mut chain, Regulator), 0);

	// Sixteen blocks of 256 tokens fill a bucket of 4,096.
	for blocks in 1..=17 {
		chain.wait_until(chain.now() + 1);
		assert_eq!(tokens(&mut chain, Regulator), (blocks * 256).min(4_096));
	}
}

#[test]
fn the_pool_turns_away_an_institution_with_an_empty_bucket_and_nobody_else() {
	let mut chain = Chain::new("local_testnet");
	let [batch, ordinary] =
		[empty_batch(), remark(1)].map(|call| next_of(&mut chain, Operator, call));
	let other = next_of(&mut chain, Regulator, empty_batch());
	// As if the institution had spent in the next block what flows back with it.
	let mut left = |tokens, transaction: &UncheckedExtrinsic| {
		let at = chain.height() + 1;
		let key = Operator.account();
		chain.with(|| Buckets::<Runtime>::insert(&key, Bucket { tokens, at }));
		let answers = POOLS.map(|source| chain.pool(source, transaction.clone()).map(|_| ()));
		chain.with(|| Buckets::<Runtime>::remove(&key));
		answers
	};
	let turned_away = [Err(custom(PoolRefusal::RateExceeded)); 2];
	assert_eq!(left(0, &ordinary), turned_away);
	assert_eq!(left(1, &ordinary), [Ok(()); 2]);
	assert_eq!(left(3, &batch), turned_away);
	assert_eq!(left(4, &batch), [Ok(()); 2]);
	assert_eq!(left(0, &other), [Ok(()); 2]);
}

/// A call of each class, padded with this many bytes.
fn padded(class: CallClass, bytes: usize) -> RuntimeCall {
	match class {
		CallClass::Bulk => pallet_preimage::Call::note_preimage { bytes: vec![0; bytes] }.into(),
		CallClass::Ordinary => remark(bytes),
		CallClass::Urgent => {
			let proposal = Box::new(remark(bytes));
			pallet_collective::Call::propose { threshold: 2, proposal, length_bound: 70_000 }.into()
		}
	}
}

/// A transaction of a class with exactly this many bytes.
fn of_length(chain: &mut Chain, class: CallClass, length: usize) -> UncheckedExtrinsic {
	let mut bytes = length - 200;
	loop {
		let transaction = next_of(chain, Regulator, padded(class, bytes));
		match length - transaction.encoded_size() {
			0 => return transaction,
			missing => bytes += missing,
		}
	}
}

#[test]
fn a_transaction_is_no_longer_than_its_class_allows() {
	let mut chain = Chain::new("local_testnet");
	for class in CallClass::ALL {
		let most = Limits::get().of(class).max_length as usize;
		let long_enough = of_length(&mut chain, class, most);
		for source in POOLS {
			assert_ok!(chain.pool(source, long_enough.clone()));
		}
		let too_long = of_length(&mut chain, class, most + 1);
		for source in POOLS {
			assert_eq!(chain.pool(source, too_long.clone()), Err(custom(PoolRefusal::TooLong)));
		}
		assert_eq!(chain.block(vec![too_long]), [Err(custom(PoolRefusal::TooLong))], "{class:?}");
		assert_eq!(chain.block(vec![long_enough]), [Ok(Ok(()))], "{class:?}");
	}
}

#[test]
fn the_pool_puts_evidence_before_ordinary_work_before_batches_before_lone_intents() {
	let mut chain = Chain::new("local_testnet");
	let case = Case::locked(&mut chain);
	let evidence = deposit_call(&chain, case, EvidenceKind::Other, "a paper");
	let mut priority = |call| {
		let transaction = next_of(&mut chain, Operator, call);
		chain.pool(TransactionSource::External, transaction).expect("it is valid").priority
	};
	let [urgent, ordinary, bulk] = [evidence, remark(1), empty_batch()].map(&mut priority);
	assert!(urgent > ordinary && ordinary > bulk);

	let signed = Box::new(case.intent(&mut chain, 0, confirm(CLAIMS[0])));
	let lone = general(pallet_intents::Call::submit { signed });
	let lone = chain.pool(TransactionSource::External, lone).expect("it is valid").priority;
	assert!(bulk > lone);
}
