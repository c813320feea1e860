//! Evidence enters a block that ballots have filled, and nobody fills all blocks.

use super::remark;
use crate::{
	case::{cast, deposit_call, submit_batch, Case},
	chain::{general, Chain, Transaction},
};
use frame_support::weights::{
	constants::{WEIGHT_REF_TIME_PER_MICROS, WEIGHT_REF_TIME_PER_MILLIS},
	Weight,
};
use pallet_intents::MAX_BATCH;
use sp_runtime::{transaction_validity::InvalidTransaction, ApplyExtrinsicResult};
use winddown_primitives::{Choice, EvidenceKind};
use winddown_runtime::{
	genesis_config_presets::Institution::{
		ArbiterOne, ArbiterTwo, Association, Operator, Platform, Registrar, Regulator,
	},
	Polls, RuntimeCall,
};

const EXHAUSTED: ApplyExtrinsicResult =
	Err(sp_runtime::transaction_validity::TransactionValidityError::Invalid(
		InvalidTransaction::ExhaustsResources,
	));

/// Batches of the same ballot, from large ones down to single ones, then short calls: of each more
/// than fit.
fn flood(chain: &mut Chain, case: Case, poll: u32) -> Vec<RuntimeCall> {
	let ballot = case.intent(chain, 0, cast(poll, &[Choice::FOR], "ballot of 0"));
	let sizes = std::iter::successors(Some(MAX_BATCH), |size| Some(size / 4));
	let batches = sizes.take_while(|size| *size > 0).flat_map(|size| [size; 8]);
	let batches = batches.map(|size| submit_batch(vec![ballot.clone(); size as usize]).into());
	batches.chain((0..64).map(|_| remark(1))).collect()
}

#[test]
fn evidence_enters_a_block_that_is_full_of_ballots() {
	let mut chain = Chain::new("local_testnet");
	let case = Case::electing(&mut chain);
	let poll = case.poll(&mut chain);
	let flood = flood(&mut chain, case, poll);
	let deposit = |chain: &Chain, text| deposit_call(chain, case, EvidenceKind::Ballots, text);
	let ballot = case.intent(&mut chain, 1, cast(poll, &[Choice::FOR], "ballot of 1"));
	let one_ballot = submit_batch(vec![ballot]);
	let smuggled = |chain: &Chain| {
		let calls = vec![deposit(chain, "smuggled"), remark(1)];
		RuntimeCall::from(pallet_utility::Call::batch_all { calls })
	};
	let statements = vec![pallet_evidence::Statement {
		id: 0,
		digest: crate::case::document("exit notice"),
		verdict: pallet_evidence::Verdict::Confirm,
	}];
	let statements = statements.try_into().unwrap();
	let attest = RuntimeCall::Evidence(pallet_evidence::Call::attest_batch { statements });

	let mut transactions: Vec<Transaction> =
		flood.into_iter().map(|call| (Operator, call).into()).collect();
	let flooding = transactions.len();
	transactions.extend([
		// Their share of the block is used up, to the last ballot and the shortest call.
		(Operator, one_ballot).into(),
		(Regulator, remark(1)).into(),
		// Evidence comes in, from everybody who deposits or attests.
		(Association, deposit(&chain, "minutes")).into(),
		(Registrar, deposit(&chain, "face checks")).into(),
		(Platform, deposit(&chain, "bank proof")).into(),
		(Operator, deposit(&chain, "ballots")).into(),
		(ArbiterOne, attest.clone()).into(),
		(ArbiterTwo, attest).into(),
		// But nothing else in its company.
		(Association, smuggled(&chain)).into(),
	]);
	let results = chain.block(transactions);

	let (flood, rest) = results.split_at(flooding);
	assert!(flood.iter().all(|result| matches!(result, Ok(Ok(()))) || *result == EXHAUSTED));
	assert_eq!(flood[0], Ok(Ok(())), "a whole batch fits into a block");
	assert_eq!(flood[7], EXHAUSTED, "eight do not");
	assert_eq!(rest[..2], [EXHAUSTED, EXHAUSTED]);
	assert_eq!(rest[2..8], [const { Ok(Ok(())) }; 6]);
	assert_eq!(rest[8..], [EXHAUSTED]);
	chain.with(|| assert_eq!(Polls::ballot(poll, 0).expect("it counts").revision, 1));
}

#[test]
fn the_largest_batch_of_ballots_fits_into_a_block() {
	use frame_support::dispatch::DispatchClass;
	use pallet_intents::WeightInfo as _;
	use pallet_polls::WeightInfo as _;
	use winddown_runtime::{configs::system::RuntimeBlockWeights, Runtime};

	let ballot = <Runtime as pallet_polls::Config>::WeightInfo::cast();
	let batch = <Runtime as pallet_intents::Config>::WeightInfo::submit_batch(MAX_BATCH)
		.saturating_add(ballot.saturating_mul(MAX_BATCH.into()));
	let limits = RuntimeBlockWeights::get();
	let most = limits.get(DispatchClass::Normal).max_extrinsic.expect("there is a limit");
	assert!(batch.all_lte(most), "{batch} exceeds {most}");
}

/// Motions that nobody proposed, of this weight: their closing is urgent, costs what it declares, and fails.
fn close_of_nothing(micros: u64) -> RuntimeCall {
	pallet_collective::Call::close {
		proposal_hash: Default::default(),
		index: 0,
		proposal_weight_bound: Weight::from_parts(micros * WEIGHT_REF_TIME_PER_MICROS, 0),
		length_bound: 0,
	}
	.into()
}

/// A call for Root alone that declares this weight.
fn weighty_remark(millis: u64) -> RuntimeCall {
	let weight = Weight::from_parts(millis * WEIGHT_REF_TIME_PER_MILLIS, 0);
	pallet_utility::Call::with_weight { call: Box::new(remark(1)), weight }.into()
}

#[test]
fn whoever_declares_much_and_fails_keeps_evidence_out_for_a_block_and_not_for_longer() {
	let mut chain = Chain::new("local_testnet");
	let case = Case::electing(&mut chain);
	let mut next_block = |number: u32| {
		let text = format!("minutes {number}");
		let evidence = deposit_call(&chain, case, EvidenceKind::Other, &text);
		// One as heavy as an urgent call may be, then smaller ones for what is left.
		let sizes = [(1, 600_000), (1, 100_000), (1, 40_000), (12, 1_000), (40, 50)];
		let flood = sizes.into_iter().flat_map(|(times, micros)| vec![micros; times]);
		let flood = flood.map(|micros| Transaction::from((Platform, close_of_nothing(micros))));
		let evidence = Transaction::from((Association, evidence));
		*chain.block(flood.chain([evidence]).collect()).last().unwrap()
	};
	assert_eq!(next_block(0), EXHAUSTED, "a full bucket pays for a full block");
	for number in 1..20 {
		assert_eq!(next_block(number), Ok(Ok(())), "block {number}");
	}
}

#[test]
fn whoever_declares_much_and_fails_keeps_ballots_out_for_some_blocks_and_not_for_longer() {
	let mut chain = Chain::new("local_testnet");
	let case = Case::electing(&mut chain);
	let poll = case.poll(&mut chain);
	let mut entered = Vec::new();
	for _ in 0..20 {
		let mut ballot = |row| case.intent(&mut chain, row, cast(poll, &[Choice::FOR], "a ballot"));
		let (batch, lone) = (submit_batch(vec![ballot(1); 64]), Box::new(ballot(2)));
		let sizes = [900, 600, 300, 150, 100, 50, 25, 12, 6, 3, 1];
		let flood = sizes.map(|millis| Transaction::from((Platform, weighty_remark(millis))));
		let ballots = [
			(Operator, batch).into(),
			general(pallet_intents::Call::submit { signed: lone }).into(),
		];
		let results = chain.block(flood.into_iter().chain(ballots).collect());
		entered.push(results[sizes.len()..].iter().all(|result| result.is_ok()));
	}
	let first = entered.iter().position(|entered| *entered).expect("ballots enter at last");
	assert!(first <= 5, "{entered:?}");
	assert!(entered[first..].iter().all(|entered| *entered), "{entered:?}");
}
