//! Keys without a role of their own that act for an institution: its second key, and the members of a multisig
//! that is an institution.

use super::{custom, empty_batch, remark, POOLS};
use crate::{
	case::{deposit_call, Case},
	chain::{sign, Chain},
};
use frame_support::{assert_ok, dispatch::GetDispatchInfo};
use pallet_consortium::Buckets;
use sp_core::{sr25519, Pair};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	transaction_validity::InvalidTransaction,
	ApplyExtrinsicResult, DispatchResult,
};
use winddown_primitives::{EvidenceKind, PoolRefusal, Role};
use winddown_runtime::{
	configs::governance::{Limits, ProxyKind},
	genesis_config_presets::Institution::{self, Operator, Registrar},
	AccountId, Consortium, Multisig, Runtime, RuntimeCall, RuntimeEvent, System,
};

type MultisigCall = pallet_multisig::Call<Runtime>;
type ProxyCall = pallet_proxy::Call<Runtime>;
type UtilityCall = pallet_utility::Call<Runtime>;

/// The name of the registrar's second key.
const SECOND: &str = "Registrar//second";
/// The names of three officers, whose account together is an institution.
const OFFICERS: [&str; 3] = ["Officer//1", "Officer//2", "Officer//3"];

fn account(name: &str) -> AccountId {
	let pair = sr25519::Pair::from_string(&format!("//{name}"), None).expect("is a path");
	AccountId::from(pair.public())
}

/// The next transaction of a key with this name, in a block of its own.
fn submit(chain: &mut Chain, name: &str, call: impl Into<RuntimeCall>) -> ApplyExtrinsicResult {
	chain.pass_session_start();
	let call = call.into();
	let transaction = chain.with(|| sign(name, call, System::account_nonce(account(name))));
	chain.block(vec![transaction]).remove(0)
}

/// Neither the pool nor a block takes the call from the key with this name, and nothing changes.
#[track_caller]
fn turned_away(chain: &mut Chain, name: &str, call: impl Into<RuntimeCall>, refusal: PoolRefusal) {
	chain.pass_session_start();
	let call = call.into();
	let transaction = chain.with(|| sign(name, call, System::account_nonce(account(name))));
	for source in POOLS {
		assert_eq!(chain.pool(source, transaction.clone()), Err(custom(refusal)));
	}
	let before = chain.state();
	assert_eq!(chain.block(vec![transaction]), [Err(custom(refusal))]);
	assert_eq!(chain.state().lasting_changes(&before), Default::default());
}

/// The registrar gives its second key a proxy.
fn delegate(chain: &mut Chain, kind: ProxyKind, delay: u32) {
	let delegate = account(SECOND).into();
	assert_ok!(chain.submit(Registrar, ProxyCall::add_proxy { delegate, proxy_type: kind, delay }));
}

/// A call made for an institution by its proxy.
fn for_institution(real: Institution, call: RuntimeCall) -> ProxyCall {
	ProxyCall::proxy { real: real.account().into(), force_proxy_type: None, call: Box::new(call) }
}

fn executed(chain: &mut Chain) -> DispatchResult {
	chain.find(|event| match event {
		RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
		RuntimeEvent::Multisig(pallet_multisig::Event::MultisigExecuted { result, .. }) => {
			Some(result)
		}
		_ => None,
	})
}

#[test]
fn a_second_key_does_the_work_of_its_institution_which_pays_for_it() {
	let mut chain = Chain::new("local_testnet");
	let case = Case::open(&mut chain);
	delegate(&mut chain, ProxyKind::Operations, 0);
	chain.with(|| Buckets::<Runtime>::remove(Registrar.account()));

	let evidence = deposit_call(&chain, case, EvidenceKind::Identity, "a face check");
	assert_eq!(submit(&mut chain, SECOND, for_institution(Registrar, evidence)), Ok(Ok(())));
	assert_eq!(executed(&mut chain), Ok(()));
	let left = chain.with(|| Consortium::tokens(Registrar.account()));
	assert_eq!(left, Some(Limits::get().burst - 1));
	assert!(chain.with(|| Buckets::<Runtime>::get(account(SECOND))).is_none());

	// Its transactions count, though nothing keeps its account alive.
	assert_eq!(chain.with(|| System::account_nonce(account(SECOND))), 1);
	let again = chain.with(|| sign(SECOND, for_institution(Registrar, remark(1)).into(), 0));
	for source in POOLS {
		let answer = chain.pool(source, again.clone());
		assert_eq!(answer, Err(InvalidTransaction::Stale.into()));
	}
}

#[test]
fn a_second_key_acts_for_its_institution_and_not_for_itself() {
	let mut chain = Chain::new("local_testnet");
	delegate(&mut chain, ProxyKind::Any, 0);
	for call in [remark(1), empty_batch()] {
		turned_away(&mut chain, SECOND, call, PoolRefusal::NotAdmitted);
	}
	// A batch of it stands inside of the proxied call, not around.
	let calls = vec![RuntimeCall::from(for_institution(Registrar, remark(1)))];
	let batch = UtilityCall::batch { calls };
	turned_away(&mut chain, SECOND, batch, PoolRefusal::NotAdmitted);
	let batch = UtilityCall::batch_all { calls: vec![remark(1), remark(2)] };
	let inside = for_institution(Registrar, batch.into());
	assert_eq!(submit(&mut chain, SECOND, inside), Ok(Ok(())));
	assert_eq!(executed(&mut chain), Ok(()));
}

#[test]
fn a_wrong_delegate_is_refused_before_it_looks_like_a_success() {
	let mut chain = Chain::new("local_testnet");
	let wrong = PoolRefusal::NotDelegate;
	let acting = || for_institution(Registrar, remark(1));
	// Nobody's delegate, with a role and without.
	turned_away(&mut chain, SECOND, acting(), wrong);
	turned_away(&mut chain, Operator.name(), acting(), wrong);
	// A delegate of another institution.
	delegate(&mut chain, ProxyKind::Operations, 0);
	turned_away(&mut chain, SECOND, for_institution(Operator, remark(1)), wrong);
	// A call that its kind does not cover, or another kind than it has.
	let vote =
		pallet_collective::Call::vote { proposal: Default::default(), index: 0, approve: true };
	let another = ProxyCall::add_proxy {
		delegate: account("Nobody").into(),
		proxy_type: ProxyKind::Any,
		delay: 0,
	};
	let calls: [RuntimeCall; 3] =
		[vote.into(), another.into(), ProxyCall::remove_proxies {}.into()];
	for call in calls {
		turned_away(&mut chain, SECOND, for_institution(Registrar, call), wrong);
	}
	let mut forced = acting();
	if let ProxyCall::proxy { force_proxy_type, .. } = &mut forced {
		*force_proxy_type = Some(ProxyKind::Governance);
	}
	turned_away(&mut chain, SECOND, forced, wrong);
	// One that is a delegate no more.
	assert_eq!(submit(&mut chain, SECOND, acting()), Ok(Ok(())));
	assert_ok!(chain.submit(Registrar, ProxyCall::remove_proxies {}));
	turned_away(&mut chain, SECOND, acting(), wrong);
}

#[test]
fn a_delegate_with_a_delay_announces_and_waits() {
	let mut chain = Chain::new("local_testnet");
	delegate(&mut chain, ProxyKind::Any, 3);
	let real = || Registrar.account().into();
	turned_away(
		&mut chain,
		SECOND,
		for_institution(Registrar, remark(1)),
		PoolRefusal::NotAnnounced,
	);
	let announced = || ProxyCall::proxy_announced {
		delegate: account(SECOND).into(),
		real: real(),
		force_proxy_type: None,
		call: Box::new(remark(1)),
	};
	turned_away(&mut chain, SECOND, announced(), PoolRefusal::NotAnnounced);

	let nothing = ProxyCall::announce { real: real(), call_hash: Default::default() };
	turned_away(&mut chain, SECOND, nothing, PoolRefusal::ZeroHash);
	let announce =
		ProxyCall::announce { real: real(), call_hash: BlakeTwo256::hash_of(&remark(1)) };
	assert_eq!(submit(&mut chain, SECOND, announce), Ok(Ok(())));
	let due = chain.height() + 3;
	turned_away(&mut chain, SECOND, announced(), PoolRefusal::NotAnnounced);
	while chain.height() + 1 < due {
		chain.wait_until(chain.now() + 1);
	}
	assert_eq!(submit(&mut chain, SECOND, announced()), Ok(Ok(())));
	assert_eq!(executed(&mut chain), Ok(()));
	// What was carried out is announced no more.
	turned_away(&mut chain, SECOND, announced(), PoolRefusal::NotAnnounced);
}

#[test]
fn nobody_acts_for_a_suspended_institution() {
	let mut chain = Chain::new("local_testnet");
	delegate(&mut chain, ProxyKind::Any, 0);
	let suspend = pallet_consortium::Call::suspend { who: Registrar.account() };
	assert_ok!(chain.council_decides(suspend));
	let acting = for_institution(Registrar, remark(1));
	turned_away(&mut chain, SECOND, acting, PoolRefusal::Suspended);
}

/// The officers' account, two of whom decide.
fn together() -> AccountId {
	let mut all = OFFICERS.map(account);
	all.sort();
	Multisig::multi_account_id(&all, 2)
}

/// The officers but one, as the chain wants them.
fn others(name: &str) -> Vec<AccountId> {
	let mut others: Vec<_> =
		OFFICERS.into_iter().filter(|other| *other != name).map(account).collect();
	others.sort();
	others
}

fn approve(name: &str, call: &RuntimeCall) -> MultisigCall {
	MultisigCall::approve_as_multi {
		threshold: 2,
		other_signatories: others(name),
		maybe_timepoint: None,
		call_hash: BlakeTwo256::hash_of(call).0,
		max_weight: call.get_dispatch_info().call_weight,
	}
}

#[test]
fn the_members_of_a_multisig_that_is_an_institution_act_for_it_together() {
	let mut chain = Chain::new("local_testnet");
	let call = remark(1);
	let [first, second, _] = OFFICERS;
	// Before it is admitted they are strangers.
	turned_away(&mut chain, first, approve(first, &call), PoolRefusal::NotAdmitted);
	let admit = pallet_consortium::Call::admit {
		who: together(),
		name: "三人组".into(),
		roles: vec![Role::Arbiter],
	};
	assert_ok!(chain.council_decides(admit));
	turned_away(&mut chain, first, remark(1), PoolRefusal::NotAdmitted);

	assert_eq!(submit(&mut chain, first, approve(first, &call)), Ok(Ok(())));
	let when = pallet_multisig::Timepoint { height: chain.height(), index: 1 };
	let finish = MultisigCall::as_multi {
		threshold: 2,
		other_signatories: others(second),
		maybe_timepoint: Some(when),
		call: Box::new(call.clone()),
		max_weight: call.get_dispatch_info().call_weight,
	};
	assert_eq!(submit(&mut chain, second, finish), Ok(Ok(())));
	assert_eq!(executed(&mut chain), Ok(()));
	for officer in OFFICERS {
		assert!(chain.with(|| Buckets::<Runtime>::get(account(officer))).is_none());
	}
	assert!(chain.with(|| Buckets::<Runtime>::get(together())).is_some(), "it paid");
}

#[test]
fn a_multisig_that_is_no_institution_and_members_out_of_order_are_refused_by_name() {
	let mut chain = Chain::new("local_testnet");
	let admit = pallet_consortium::Call::admit {
		who: together(),
		name: "三人组".into(),
		roles: vec![Role::Arbiter],
	};
	assert_ok!(chain.council_decides(admit));
	let [first, ..] = OFFICERS;
	let with = |change: &dyn Fn(&mut u16, &mut Vec<AccountId>)| {
		let mut call = approve(first, &remark(1));
		if let MultisigCall::approve_as_multi { threshold, other_signatories, .. } = &mut call {
			change(threshold, other_signatories);
		}
		call
	};
	// Another number of voices, or another member, is another account.
	let other = with(&|threshold, _| *threshold = 3);
	turned_away(&mut chain, first, other, PoolRefusal::NotAdmitted);
	let other = with(&|_, others| {
		others.pop();
	});
	turned_away(&mut chain, first, other, PoolRefusal::NotAdmitted);

	// A client that cannot read a hash writes zeros.
	let mut zeros = approve(first, &remark(1));
	if let MultisigCall::approve_as_multi { call_hash, .. } = &mut zeros {
		*call_hash = [0; 32];
	}
	turned_away(&mut chain, first, zeros, PoolRefusal::ZeroHash);
	let cancel = MultisigCall::cancel_as_multi {
		threshold: 2,
		other_signatories: others(first),
		timepoint: pallet_multisig::Timepoint { height: 1, index: 1 },
		call_hash: [0; 32],
	};
	turned_away(&mut chain, first, cancel, PoolRefusal::ZeroHash);

	let order = PoolRefusal::SignatoriesOutOfOrder;
	turned_away(&mut chain, first, with(&|_, others| others.reverse()), order);
	turned_away(&mut chain, first, with(&|_, others| others.insert(0, others[0].clone())), order);
	let with_signer = with(&|_, others| {
		others.push(account(first));
		others.sort();
	});
	turned_away(&mut chain, first, with_signer, order);

	let suspend = pallet_consortium::Call::suspend { who: together() };
	assert_ok!(chain.council_decides(suspend));
	turned_away(&mut chain, first, approve(first, &remark(1)), PoolRefusal::Suspended);
}
