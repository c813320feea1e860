//! Calls inside of calls: no wrapper makes a bulk call cheaper, more urgent or allowed.

use super::{custom, empty_batch, next_of, refused, remark};
use crate::{
	case::{deposit_call, Case},
	chain::Chain,
};
use frame_support::{
	assert_ok,
	dispatch::{GetDispatchInfo, RawOrigin},
	weights::Weight,
};
use pallet_consortium::CallClass;
use scale_info::{form::MetaForm, meta_type, MetaType, TypeDef};
use sp_runtime::{
	traits::{BlakeTwo256, Hash as _},
	transaction_validity::TransactionSource,
	DispatchError,
};
use std::{any::TypeId, collections::BTreeSet};
use winddown_primitives::{EvidenceKind, PoolRefusal};
use winddown_runtime::{
	configs::governance::{Limits, ProxyKind},
	genesis_config_presets::Institution::{self, Association, Operator, Regulator},
	Address, Consortium, Runtime, RuntimeCall, RuntimeEvent,
};

type Multisig = pallet_multisig::Call<Runtime>;
type Proxy = pallet_proxy::Call<Runtime>;
type Scheduler = pallet_scheduler::Call<Runtime>;
type Sudo = pallet_sudo::Call<Runtime>;
type Utility = pallet_utility::Call<Runtime>;

type Field = scale_info::Field<MetaForm>;

/// Nothing in the block carried a batch of intents.
fn nothing_carried(chain: &mut Chain) -> bool {
	!chain.events().iter().any(|event| matches!(event, RuntimeEvent::Intents(_)))
}

/// Whether a value of this type may hold a call of the runtime.
fn holds_a_call(ty: MetaType, seen: &mut BTreeSet<TypeId>) -> bool {
	if ty == meta_type::<RuntimeCall>() {
		return true;
	}
	if !seen.insert(ty.type_id()) {
		return false;
	}
	let mut any = |fields: &[Field]| fields.iter().any(|field| holds_a_call(field.ty, seen));
	match ty.type_info().type_def {
		TypeDef::Composite(composite) => any(&composite.fields),
		TypeDef::Variant(variant) => variant.variants.iter().any(|variant| any(&variant.fields)),
		TypeDef::Sequence(sequence) => holds_a_call(sequence.type_param, seen),
		TypeDef::Array(array) => holds_a_call(array.type_param, seen),
		TypeDef::Tuple(tuple) => tuple.fields.iter().any(|ty| holds_a_call(*ty, seen)),
		TypeDef::Compact(_) | TypeDef::Primitive(_) | TypeDef::BitSequence(_) => false,
	}
}

/// Every call of the runtime that holds another one, as `Pallet.call`.
fn wrapping_calls() -> Vec<String> {
	let variants = |ty: MetaType| match ty.type_info().type_def {
		TypeDef::Variant(variant) => variant.variants,
		_ => unreachable!("calls are enums"),
	};
	let mut found = Vec::new();
	for pallet in variants(meta_type::<RuntimeCall>()) {
		for call in variants(pallet.fields[0].ty) {
			let holds = |field: &Field| holds_a_call(field.ty, &mut BTreeSet::new());
			if call.fields.iter().any(holds) {
				found.push(format!("{}.{}", pallet.name, call.name));
			}
		}
	}
	found
}

/// What a call of the operator costs in tokens, and its place in the pool.
fn price(chain: &mut Chain, call: RuntimeCall) -> (u32, u64) {
	chain.pass_session_start();
	let transaction = next_of(chain, Operator, call);
	let source = TransactionSource::External;
	let valid = chain.pool(source, transaction.clone()).expect("it is valid");
	assert!(chain.block(vec![transaction])[0].is_ok());
	let left = chain.with(|| Consortium::tokens(Operator.account())).unwrap();
	// Full again before the next one.
	chain.with(|| pallet_consortium::Buckets::<Runtime>::remove(Operator.account()));
	(Limits::get().burst - left, valid.priority)
}

/// The operator is a proxy of the association and announced this call of it.
fn delegate_to_operator(chain: &mut Chain, call: &RuntimeCall) {
	let operator = RawOrigin::Signed(Operator.account()).into();
	let (real, call_hash) = (Association.account(), BlakeTwo256::hash_of(call));
	chain.with(|| {
		assert_ok!(winddown_runtime::Proxy::add_proxy_delegate(
			&real,
			Operator.account(),
			ProxyKind::Any,
			0
		));
		assert_ok!(winddown_runtime::Proxy::announce(operator, real.into(), call_hash));
	});
}

/// Every wrapper that dispatches for the account of its signer, or for another one.
fn wrapped(call: RuntimeCall) -> Vec<(&'static str, RuntimeCall)> {
	let boxed = || Box::new(call.clone());
	let other = vec![Association.account()];
	let delegate: Address = Operator.account().into();
	let (real, force_proxy_type) = (Address::from(Association.account()), None);
	let (max_weight, maybe_timepoint) = (call.get_dispatch_info().call_weight, None);
	vec![
		("batch", Utility::batch { calls: vec![remark(1), call.clone()] }.into()),
		("batch_all", Utility::batch_all { calls: vec![call.clone()] }.into()),
		("force_batch", Utility::force_batch { calls: vec![call.clone(), remark(1)] }.into()),
		("as_derivative", Utility::as_derivative { index: 0, call: boxed() }.into()),
		(
			"as_multi_threshold_1",
			Multisig::as_multi_threshold_1 { other_signatories: other.clone(), call: boxed() }
				.into(),
		),
		(
			"as_multi",
			Multisig::as_multi {
				threshold: 2,
				other_signatories: other,
				maybe_timepoint,
				call: boxed(),
				max_weight,
			}
			.into(),
		),
		("proxy", Proxy::proxy { real: real.clone(), force_proxy_type, call: boxed() }.into()),
		(
			"proxy_announced",
			Proxy::proxy_announced { delegate, real, force_proxy_type, call: boxed() }.into(),
		),
		(
			"a batch in a batch",
			Utility::batch { calls: vec![Utility::batch { calls: vec![call.clone()] }.into()] }
				.into(),
		),
	]
}

/// Whoever brings another one into the runtime must give it a class, and a story below.
#[test]
fn the_calls_that_hold_other_calls_are_known() {
	let known = [
		// These dispatch for an account: their class is that of what they hold.
		"Utility.batch",
		"Utility.as_derivative",
		"Utility.batch_all",
		"Utility.force_batch",
		"Utility.if_else",
		"Multisig.as_multi_threshold_1",
		"Multisig.as_multi",
		"Proxy.proxy",
		"Proxy.proxy_announced",
		// These are for Root or the council.
		"Scheduler.schedule",
		"Scheduler.schedule_named",
		"Scheduler.schedule_after",
		"Scheduler.schedule_named_after",
		"Utility.dispatch_as",
		"Utility.with_weight",
		"Utility.dispatch_as_fallible",
		"Consortium.enact",
		"Council.execute",
		"Council.propose",
		"Sudo.sudo",
		"Sudo.sudo_unchecked_weight",
		"Sudo.sudo_as",
		// These carry what lenders signed.
		"Intents.submit",
		"Intents.submit_batch",
	];
	let sorted = |mut names: Vec<String>| {
		names.sort();
		names
	};
	assert_eq!(sorted(wrapping_calls()), sorted(known.map(String::from).to_vec()));
}

#[test]
fn a_wrapped_bulk_call_costs_and_waits_like_a_bulk_call() {
	let mut chain = Chain::new("local_testnet");
	let plain = price(&mut chain, empty_batch());
	assert_eq!(plain.0, Limits::get().of(CallClass::Bulk).cost);
	let ordinary = price(&mut chain, remark(1));
	assert!(ordinary.0 < plain.0 && ordinary.1 > plain.1);
	delegate_to_operator(&mut chain, &empty_batch());
	for (wrapper, call) in wrapped(empty_batch()) {
		assert_eq!(price(&mut chain, call), plain, "{wrapper}");
	}
}

#[test]
fn a_bulk_call_in_an_if_else_costs_and_waits_like_a_bulk_call() {
	let mut chain = Chain::new("local_testnet");
	let plain = price(&mut chain, empty_batch());
	let fails = frame_system::Call::set_heap_pages { pages: 1 };
	for (main, fallback) in [(empty_batch(), remark(1)), (fails.into(), empty_batch())] {
		let call = Utility::if_else { main: Box::new(main), fallback: Box::new(fallback) };
		let price = price(&mut chain, call.into());
		assert!(!nothing_carried(&mut chain), "it is carried out");
		assert_eq!(price, plain);
	}
}

#[test]
fn a_wrapped_urgent_call_is_urgent_only_in_the_company_of_urgent_ones() {
	let mut chain = Chain::new("local_testnet");
	let urgent = pallet_consortium::Call::suspend { who: Regulator.account() };
	let urgent = RuntimeCall::from(urgent);
	let (plain, ordinary) = (price(&mut chain, urgent.clone()), price(&mut chain, remark(1)));
	assert!(plain.1 > ordinary.1);
	let both = Utility::batch { calls: vec![urgent.clone(), urgent.clone()] };
	assert_eq!(price(&mut chain, both.into()), plain);
	let mixed = Utility::batch { calls: vec![urgent, remark(1)] };
	assert_eq!(price(&mut chain, mixed.into()), ordinary);
	let empty = Utility::batch { calls: Vec::new() };
	assert_eq!(price(&mut chain, empty.into()), ordinary);
}

#[test]
fn an_account_that_institutions_share_holds_no_role_of_theirs() {
	let mut chain = Chain::new("local_testnet");
	let call = || Box::new(empty_batch());
	let other_signatories = vec![Association.account()];
	let alone = Multisig::as_multi_threshold_1 { other_signatories, call: call() };
	chain.fails(Operator, alone, DispatchError::BadOrigin);

	let together = |other: Institution, maybe_timepoint| Multisig::as_multi {
		threshold: 2,
		other_signatories: vec![other.account()],
		maybe_timepoint,
		call: call(),
		max_weight: empty_batch().get_dispatch_info().call_weight,
	};
	assert_ok!(chain.submit(Operator, together(Association, None)));
	// The first extrinsic of a block sets the time.
	let when = pallet_multisig::Timepoint { height: chain.height(), index: 1 };
	assert_ok!(chain.submit(Association, together(Operator, Some(when))));
	let result = chain.find(|event| match event {
		RuntimeEvent::Multisig(pallet_multisig::Event::MultisigExecuted { result, .. }) => {
			Some(result)
		}
		_ => None,
	});
	assert_eq!(result, Err(DispatchError::BadOrigin));
	assert!(nothing_carried(&mut chain));
}

#[test]
fn a_proxy_acts_for_an_institution_until_that_one_is_suspended() {
	let mut chain = Chain::new("local_testnet");
	let real = Institution::Registrar;
	let delegate = Institution::Platform;
	let add = Proxy::add_proxy {
		delegate: delegate.account().into(),
		proxy_type: ProxyKind::Operations,
		delay: 0,
	};
	assert_ok!(chain.submit(real, add));
	let case = Case::open(&mut chain);
	let act = |chain: &Chain, text| {
		let call = Box::new(deposit_call(chain, case, EvidenceKind::Identity, text));
		Proxy::proxy { real: real.account().into(), force_proxy_type: None, call }
	};
	let executed = |event| match event {
		RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
		_ => None,
	};
	assert_ok!(chain.submit(delegate, act(&chain, "one face check")));
	assert_eq!(chain.find(executed), Ok(()));

	let suspend = pallet_consortium::Call::suspend { who: real.account() };
	assert_ok!(chain.council_decides(suspend));
	let late = act(&chain, "another face check").into();
	let suspended = custom(PoolRefusal::Suspended);
	refused(&mut chain, delegate, late, suspended, suspended);
}

#[test]
fn the_wrappers_of_root_and_council_carry_no_batch() {
	let mut chain = Chain::new("local_testnet");
	let call = || Box::new(empty_batch());
	let weight = Weight::from_parts(1, 1);
	let as_origin = || Box::new(RawOrigin::Signed(Operator.account()).into());
	let calls: [RuntimeCall; 5] = [
		Utility::dispatch_as { as_origin: as_origin(), call: call() }.into(),
		Utility::dispatch_as_fallible { as_origin: as_origin(), call: call() }.into(),
		Utility::with_weight { call: call(), weight }.into(),
		Scheduler::schedule_after { after: 1, maybe_periodic: None, priority: 0, call: call() }
			.into(),
		pallet_consortium::Call::enact { call: call() }.into(),
	];
	for call in calls {
		chain.fails(Operator, call, DispatchError::BadOrigin);
	}
	let sudo: [RuntimeCall; 3] = [
		Sudo::sudo { call: call() }.into(),
		Sudo::sudo_unchecked_weight { call: call(), weight }.into(),
		Sudo::sudo_as { who: Operator.account().into(), call: call() }.into(),
	];
	for call in sudo {
		chain.fails(Operator, call, pallet_sudo::Error::<Runtime>::RequireSudo);
	}

	// The operator sits on the council, which does not make its motion an operator's call.
	let execute = pallet_collective::Call::execute { proposal: call(), length_bound: 1_000 };
	assert_ok!(chain.submit(Operator, execute));
	assert!(nothing_carried(&mut chain));
	let enact = pallet_consortium::Call::enact { call: call() };
	let not_enactable = pallet_consortium::Error::<Runtime>::NotEnactable;
	assert_eq!(chain.council_decides(enact), Err(not_enactable.into()));
	assert!(nothing_carried(&mut chain));
}
