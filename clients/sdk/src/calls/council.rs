//! Calls of the council, and what it can decide.

use crate::{api, call::Call};
use subxt::{
	ext::codec::{Compact, Encode},
	utils::{AccountId32, Static, H256},
};
use winddown_primitives::{AttestationPolicy, CaseId, Millis, Roles};

/// Proposes a motion that `threshold` members must approve.
pub fn propose_motion(threshold: u32, motion: &Call) -> Call {
	let length = motion.encoded().len() as u32;
	let mut arguments = Compact(threshold).encode();
	arguments.extend_from_slice(motion.encoded());
	Compact(length).encode_to(&mut arguments);
	Call::from_arguments("Council", "propose", arguments)
}

/// The hash by which the council knows a motion.
pub fn motion_hash(motion: &Call) -> H256 {
	H256(crate::digest::blake2_256(motion.encoded()))
}

/// Votes on a motion.
pub fn vote_on_motion(hash: H256, index: u32, approve: bool) -> Call {
	Call::new(api::transactions().council().vote(hash, index, approve))
}

/// Carries out a motion that has enough votes, or ends one that no longer can.
pub fn close_motion(hash: H256, index: u32, weight: (u64, u64), length: u32) -> Call {
	let (ref_time, proof_size) = weight;
	let bound = api::runtime_types::sp_weights::weight_v2::Weight { ref_time, proof_size };
	Call::new(api::transactions().council().close(hash, index, bound, length))
}

/// Admits an institution.
pub fn admit(who: AccountId32, name: &str, roles: Roles) -> Call {
	let name = super::list::<_, u8>(name.as_bytes().iter().copied());
	Call::new(api::transactions().consortium().admit(who, name, Static(roles)))
}

/// Changes what an institution may do.
pub fn set_roles(who: AccountId32, roles: Roles) -> Call {
	Call::new(api::transactions().consortium().set_roles(who, Static(roles)))
}

/// Keeps an institution from acting.
pub fn suspend(who: AccountId32) -> Call {
	Call::new(api::transactions().consortium().suspend(who))
}

/// Lets a suspended institution act again.
pub fn reinstate(who: AccountId32) -> Call {
	Call::new(api::transactions().consortium().reinstate(who))
}

/// Takes an institution out of the consortium.
pub fn remove(who: AccountId32) -> Call {
	Call::new(api::transactions().consortium().remove(who))
}

/// Changes the shortest windows of new cases, in milliseconds.
pub fn set_minimum_windows(
	notice: Millis,
	confirmation: Millis,
	voting: Millis,
	review: Millis,
) -> Call {
	let minimums = api::runtime_types::pallet_cases::types::MinimumWindows {
		notice,
		confirmation,
		voting,
		review,
	};
	Call::new(api::transactions().cases().set_minimums(minimums))
}

/// Gives a case a new attestation policy for later records.
pub fn set_policy(case: CaseId, policy: AttestationPolicy<AccountId32>) -> Call {
	Call::new(api::transactions().evidence().set_policy(case, Static(policy)))
}
