//! Calls of the council, and what it can decide.

use crate::{api, call::Call, peer::PeerId};
use subxt::{
	ext::codec::{Compact, Encode},
	utils::{AccountId32, Static, H256},
};
use winddown_primitives::{AttestationPolicy, CaseId, Millis, Role, Roles};

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

/// The most that a motion may weigh when it is carried out: what the chain allows one to weigh, a
/// quarter of a block. A lighter one costs only what it weighs.
const MOTION_WEIGHT: (u64, u64) = (375_000_000_000, 16 * 1024 * 1024);

/// Carries out a motion that has enough votes, or ends one that no longer can; `length` is that of
/// the motion's call in bytes.
pub fn close_motion(hash: H256, index: u32, length: u32) -> Call {
	let (ref_time, proof_size) = MOTION_WEIGHT;
	let bound = api::runtime_types::sp_weights::weight_v2::Weight { ref_time, proof_size };
	Call::new(api::transactions().council().close(hash, index, bound, length))
}

/// Admits an institution.
pub fn admit(who: AccountId32, name: &str, roles: Roles) -> Call {
	Call::new(api::transactions().consortium().admit(who, name.into(), listed(roles)))
}

/// Changes what an institution may do.
pub fn set_roles(who: AccountId32, roles: Roles) -> Call {
	Call::new(api::transactions().consortium().set_roles(who, listed(roles)))
}

fn listed(roles: Roles) -> Vec<Static<Role>> {
	roles.list().into_iter().map(Static).collect()
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

/// Adds a validator, whose node must have its session keys set; it authors two sessions later.
pub fn add_validator(who: AccountId32) -> Call {
	Call::new(api::transactions().validator_set().add_validator(who))
}

/// Removes a validator.
pub fn remove_validator(who: AccountId32) -> Call {
	Call::new(api::transactions().validator_set().remove_validator(who))
}

/// Changes the smallest number of validators.
pub fn set_minimum_validators(minimum: u32) -> Call {
	Call::new(api::transactions().validator_set().set_minimum(minimum))
}

/// Permits a node of an institution to connect.
pub fn permit_peer(peer: &PeerId, institution: AccountId32) -> Call {
	Call::new(api::transactions().node_permission().permit(peer.to_string(), institution))
}

/// Revokes a node.
pub fn revoke_peer(peer: &PeerId) -> Call {
	Call::new(api::transactions().node_permission().revoke(peer.to_string()))
}

/// Revokes every node of an institution.
pub fn revoke_peers_of(institution: AccountId32) -> Call {
	Call::new(api::transactions().node_permission().revoke_institution(institution))
}

/// Carries out a call as the chain itself, where a pallet leaves an act to nobody else.
fn enact(call: &Call) -> Call {
	Call::from_arguments("Consortium", "enact", call.encoded().to_vec())
}

/// Authorises the runtime of this BLAKE2b-256 hash, if its version is higher than today's.
pub fn authorise_upgrade(code_hash: [u8; 32]) -> Call {
	enact(&Call::new(api::transactions().system().authorize_upgrade(H256(code_hash))))
}

/// Authorises the runtime of this BLAKE2b-256 hash, whatever its version; for repairs.
pub fn authorise_unchecked_upgrade(code_hash: [u8; 32]) -> Call {
	let calls = api::transactions().system();
	enact(&Call::new(calls.authorize_upgrade_without_checks(H256(code_hash))))
}

/// Hands in the runtime that the council authorised; any institution may.
pub fn apply_upgrade(code: Vec<u8>) -> Call {
	Call::new(api::transactions().system().apply_authorized_upgrade(code))
}
