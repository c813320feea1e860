//! For whom a signer acts: an institution's second key by proxy, members of a multisig that is one.

use crate::{
	configs::governance::ProxyKind, AccountId, Address, BlockNumber, Hash, Multisig, Proxy,
	Runtime, RuntimeCall, System,
};
use codec::{Decode as _, Encode as _};
use frame_support::{
	ensure,
	traits::{Get, InstanceFilter},
	weights::Weight,
};
use pallet_consortium::ActingFor;
use pallet_multisig::Call as MultisigCall;
use pallet_proxy::Call as ProxyCall;
use sp_runtime::traits::{AccountIdLookup, BlakeTwo256, Hash as _, StaticLookup};
use winddown_primitives::PoolRefusal;

/// The proxies and multisigs that the chain knows.
pub struct ProxiesAndMultisigs;

impl ActingFor<AccountId, RuntimeCall> for ProxiesAndMultisigs {
	fn principal(signer: &AccountId, call: &RuntimeCall) -> Result<Option<AccountId>, PoolRefusal> {
		ensure!(hash_named(call) != Some([0; 32]), PoolRefusal::ZeroHash);
		match call {
			RuntimeCall::Proxy(call) => by_proxy(signer, call),
			RuntimeCall::Multisig(call) => by_multisig(signer, call),
			_ => Ok(None),
		}
	}

	/// Proxies and announcements, each read once.
	fn weight() -> Weight {
		<Runtime as frame_system::Config>::DbWeight::get().reads(2)
	}
}

/// The hash by which `call` names another one that is to be carried out. The pallets keep whatever they get:
/// an approval of a hash that no call has would read as a success.
fn hash_named(call: &RuntimeCall) -> Option<[u8; 32]> {
	match call {
		RuntimeCall::Proxy(
			ProxyCall::announce { call_hash, .. }
			| ProxyCall::remove_announcement { call_hash, .. }
			| ProxyCall::reject_announcement { call_hash, .. },
		) => Some(call_hash.0),
		RuntimeCall::Multisig(
			MultisigCall::approve_as_multi { call_hash, .. }
			| MultisigCall::cancel_as_multi { call_hash, .. },
		) => Some(*call_hash),
		_ => None,
	}
}

/// The account for which a call of the proxy pallet is made, checked as that pallet checks it.
fn by_proxy(
	signer: &AccountId,
	call: &ProxyCall<Runtime>,
) -> Result<Option<AccountId>, PoolRefusal> {
	match call {
		ProxyCall::proxy { real, force_proxy_type, call } => {
			let real = account(real)?;
			let delay = delegated(&real, signer, *force_proxy_type, Some(call))?;
			ensure!(delay == 0, PoolRefusal::NotAnnounced);
			Ok(Some(real))
		}
		ProxyCall::proxy_announced { delegate, real, force_proxy_type, call } => {
			let (delegate, real) = (account(delegate)?, account(real)?);
			let delay = delegated(&real, &delegate, *force_proxy_type, Some(call))?;
			ensure!(is_due(&delegate, &real, call, delay), PoolRefusal::NotAnnounced);
			// Whoever may sign at all may hand it in, but the institution pays for its delegate alone.
			Ok((delegate == *signer).then_some(real))
		}
		ProxyCall::announce { real, .. } | ProxyCall::remove_announcement { real, .. } => {
			let real = account(real)?;
			delegated(&real, signer, None, None)?;
			Ok(Some(real))
		}
		_ => Ok(None),
	}
}

/// How many blocks `delegate` has to wait between announcing `call` for `real` and making it.
fn delegated(
	real: &AccountId,
	delegate: &AccountId,
	kind: Option<ProxyKind>,
	call: Option<&RuntimeCall>,
) -> Result<BlockNumber, PoolRefusal> {
	let definition =
		Proxy::find_proxy(real, delegate, kind).map_err(|_| PoolRefusal::NotDelegate)?;
	let allowed = call.is_none_or(|call| permits(definition.proxy_type, call));
	ensure!(allowed, PoolRefusal::NotDelegate);
	Ok(definition.delay)
}

/// Whether a proxy of this kind may make `call`. The proxy pallet filters a call only when it carries it out,
/// and reports a success all the same.
fn permits(kind: ProxyKind, call: &RuntimeCall) -> bool {
	match call {
		RuntimeCall::Proxy(
			ProxyCall::add_proxy { proxy_type, .. } | ProxyCall::remove_proxy { proxy_type, .. },
		) if !kind.is_superset(proxy_type) => false,
		RuntimeCall::Proxy(ProxyCall::remove_proxies { .. } | ProxyCall::kill_pure { .. })
			if kind != ProxyKind::default() =>
		{
			false
		}
		_ => kind.filter(call),
	}
}

/// Whether `delegate` announced `call` for `real` at least `delay` blocks ago.
fn is_due(delegate: &AccountId, real: &AccountId, call: &RuntimeCall, delay: BlockNumber) -> bool {
	let (call_hash, now) = (BlakeTwo256::hash_of(call), System::block_number());
	let (announced, _) = Proxy::announcements(delegate.clone());
	announced.iter().any(|entry| {
		// The pallet keeps the fields of an announcement to itself.
		let fields = <(AccountId, Hash, BlockNumber)>::decode(&mut &entry.encode()[..]);
		fields.is_ok_and(|(whom, hash, height)| {
			whom == *real && hash == call_hash && now.saturating_sub(height) >= delay
		})
	})
}

/// The account of the multisig that a call of the multisig pallet is about.
fn by_multisig(
	signer: &AccountId,
	call: &MultisigCall<Runtime>,
) -> Result<Option<AccountId>, PoolRefusal> {
	let (threshold, others) = match call {
		MultisigCall::as_multi_threshold_1 { other_signatories, .. } => (1, other_signatories),
		MultisigCall::as_multi { threshold, other_signatories, .. }
		| MultisigCall::approve_as_multi { threshold, other_signatories, .. }
		| MultisigCall::cancel_as_multi { threshold, other_signatories, .. }
		| MultisigCall::poke_deposit { threshold, other_signatories, .. } => {
			(*threshold, other_signatories)
		}
		_ => return Ok(None),
	};
	let most: u32 = <Runtime as pallet_multisig::Config>::MaxSignatories::get();
	if others.len() >= most as usize {
		// The pallet refuses so many.
		return Ok(None);
	}
	let ascending = others.is_sorted_by(|one, next| one < next);
	ensure!(ascending && !others.contains(signer), PoolRefusal::SignatoriesOutOfOrder);
	let mut all = others.clone();
	all.insert(all.partition_point(|other| other < signer), signer.clone());
	Ok(Some(Multisig::multi_account_id(&all, threshold)))
}

/// The account behind an address.
fn account(address: &Address) -> Result<AccountId, PoolRefusal> {
	AccountIdLookup::<AccountId, ()>::lookup(address.clone()).map_err(|_| PoolRefusal::NotDelegate)
}
