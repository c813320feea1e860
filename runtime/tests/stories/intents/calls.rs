//! A lender's intent asks for what lenders may do and for nothing else, however it is dressed up.

use super::{both, signed_with};
use crate::{
	case::{cast, consent, deposit_call, document, submit_batch, Case, Signer},
	chain::{bare, general, Chain},
	state::items,
};
use pallet_intents::Refusal;
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionSource},
	DispatchError,
};
use winddown_primitives::{Choice, EvidenceKind, PoolRefusal, Stage};
use winddown_runtime::{genesis_config_presets::Institution, Address, Polls, Runtime, RuntimeCall};

type Utility = pallet_utility::Call<Runtime>;

/// Calls of institutions, one of each role and of each pallet that governs.
fn of_institutions(chain: &Chain, case: Case) -> Vec<RuntimeCall> {
	let (id, who) = (case.id, Institution::Platform.account());
	let ruling = pallet_claims::Ruling::Exclude;
	let root = Box::new(frame_system::Call::set_heap_pages { pages: 1 }.into());
	vec![
		case.import(9, &case.rows()[..1]),
		case.calls(&[0], 0),
		pallet_claims::Call::adjudicate { case_id: id, lender: 1, ruling, evidence: 0 }.into(),
		consent(document("another notice")).into(),
		pallet_cases::Call::advance { case_id: id, to: Stage::Closed }.into(),
		pallet_cases::Call::escalate { case_id: id, reason: document("reason") }.into(),
		pallet_polls::Call::close { poll: 0 }.into(),
		pallet_repayment_vote::Call::flag_overdue { case_id: id, instalment: 0 }.into(),
		deposit_call(chain, case, EvidenceKind::Other, "a lender's paper"),
		case.register(&[0]),
		pallet_consortium::Call::suspend { who: who.clone() }.into(),
		pallet_consortium::Call::enact { call: root }.into(),
		pallet_validator_set::Call::remove_validator { who }.into(),
		frame_system::Call::remark_with_event { remark: vec![1] }.into(),
	]
}

/// Calls that carry another one, here a ballot that by itself would be fine.
fn wrappers(chain: &mut Chain, case: Case, ballot: &RuntimeCall) -> Vec<RuntimeCall> {
	let call = || Box::new(ballot.clone());
	let operator = Institution::Operator.account();
	let real: Address = operator.clone().into();
	let delegate = real.clone();
	let other_signatories = vec![operator];
	let inner = case.intent(chain, 1, ballot.clone());
	vec![
		Utility::batch { calls: vec![ballot.clone()] }.into(),
		Utility::batch_all { calls: vec![ballot.clone()] }.into(),
		Utility::force_batch { calls: vec![ballot.clone()] }.into(),
		Utility::as_derivative { index: 0, call: call() }.into(),
		Utility::if_else { main: call(), fallback: call() }.into(),
		pallet_multisig::Call::as_multi_threshold_1 { other_signatories, call: call() }.into(),
		pallet_proxy::Call::proxy { real, force_proxy_type: None, call: call() }.into(),
		pallet_proxy::Call::add_proxy { delegate, proxy_type: Default::default(), delay: 0 }.into(),
		pallet_sudo::Call::sudo { call: call() }.into(),
		pallet_collective::Call::execute { proposal: call(), length_bound: 1_000 }.into(),
		pallet_intents::Call::submit { signed: Box::new(inner.clone()) }.into(),
		submit_batch(vec![inner]).into(),
	]
}

#[test]
fn an_intent_carries_no_call_of_an_institution_and_wraps_none() {
	let mut chain = Chain::new("local_testnet");
	let case = Case::electing(&mut chain);
	let poll = case.poll(&mut chain);
	let ballot = cast(poll, &[Choice::FOR], "ballot of 1");
	let mut calls = of_institutions(&chain, case);
	calls.extend(wrappers(&mut chain, case, &ballot));

	let refused = InvalidTransaction::Custom(PoolRefusal::CallNotAllowed.code()).into();
	for call in &calls {
		for transaction in both(case.intent(&mut chain, 1, call.clone())) {
			for source in [TransactionSource::External, TransactionSource::Local] {
				assert_eq!(chain.pool(source, transaction.clone()), Err(refused), "{call:?}");
			}
			assert_eq!(chain.block(vec![transaction.clone()]), [Err(refused)], "{call:?}");
			assert!(chain.refuses_block_with(transaction), "{call:?}");
		}
	}
	// Neither do they count when the operator carries them, nor use up a sequence.
	let mut intents: Vec<_> =
		calls.iter().map(|call| case.intent(&mut chain, 1, call.clone())).collect();
	let expected: Vec<_> =
		(0..intents.len() as u32).map(|index| (index, Refusal::CallNotAllowed)).collect();
	chain.pass_session_start();
	let before = chain.state();
	assert_eq!(chain.batch(intents.clone()), expected);
	assert_eq!(chain.state().lasting_changes(&before), items(&[]));

	intents.push(case.intent(&mut chain, 1, ballot));
	assert_eq!(chain.batch(intents), expected);
	chain.with(|| assert!(Polls::has_voted(poll, 1)));
}

#[test]
fn no_author_carries_a_forged_intent_inside_of_a_call_that_nobody_signed() {
	let mut chain = Chain::new("local_testnet");
	let case = Case::electing(&mut chain);
	let poll = case.poll(&mut chain);
	let draft = case.draft(&mut chain, 1, cast(poll, &[Choice::FOR], "ballot of 1"));
	let forged = signed_with(&draft, |draft| draft.signer = Signer::of(0, 2));
	let forged = pallet_intents::Call::submit { signed: Box::new(forged) }.into();
	let wrappers = wrappers(&mut chain, case, &forged);
	chain.pass_session_start();
	let before = chain.state();
	for call in wrappers {
		// What is bare and belongs to no pallet that validates it comes into the block of an author who breaks
		// the rules, and reaches no call without an origin.
		let done = chain.block(vec![bare(call.clone())]);
		assert!(!matches!(done[..], [Ok(Ok(()))]), "{call:?}");
		assert_eq!(chain.state().lasting_changes(&before), items(&[]), "{call:?}");
	}
	chain.with(|| assert!((0..9).all(|row| !Polls::has_voted(poll, row))));
}

#[test]
fn no_institution_acts_for_a_lender() {
	let mut chain = Chain::new("local_testnet");
	let case = Case::electing(&mut chain);
	let poll = case.poll(&mut chain);
	let ballot = cast(poll, &[Choice::FOR], "ballot of nobody");
	for who in Institution::ALL {
		chain.fails(who, ballot.clone(), DispatchError::BadOrigin);
	}
	let enact = pallet_consortium::Call::enact { call: Box::new(ballot.clone()) };
	let not_enactable = pallet_consortium::Error::<Runtime>::NotEnactable;
	assert_eq!(chain.council_decides(enact), Err(not_enactable.into()));

	// Nor does it carry a lender's own intent in its name, or a batch without being the operator.
	let intent = case.intent(&mut chain, 1, ballot);
	let submit = pallet_intents::Call::submit { signed: Box::new(intent.clone()) };
	chain.fails(Institution::Operator, submit, DispatchError::BadOrigin);
	chain.fails(Institution::Platform, submit_batch(vec![intent]), DispatchError::BadOrigin);
	chain.with(|| assert!((0..9).all(|row| !Polls::has_voted(poll, row))));
}

#[test]
fn a_lone_intent_is_not_hidden_inside_of_another_call() {
	let mut chain = Chain::new("local_testnet");
	let case = Case::electing(&mut chain);
	let poll = case.poll(&mut chain);
	let signed = Box::new(case.intent(&mut chain, 1, cast(poll, &[Choice::FOR], "ballot of 1")));
	let submit = RuntimeCall::from(pallet_intents::Call::submit { signed });
	let wrapped = Utility::batch { calls: vec![submit] };
	let unknown = InvalidTransaction::UnknownOrigin.into();
	let transaction = general(wrapped);
	assert_eq!(chain.pool(TransactionSource::External, transaction.clone()), Err(unknown));
	assert_eq!(chain.block(vec![transaction]), [Err(unknown)]);
	chain.with(|| assert!(!Polls::has_voted(poll, 1)));
}
