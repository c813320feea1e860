//! Calls of an identity registrar.

use super::list;
use crate::{
	api::{self, runtime_types::pallet_identity_registry::types::Registration},
	call::Call,
};
use subxt::utils::Static;
use winddown_primitives::{CaseId, EvidenceId, LenderIndex, LenderKey};

/// The most registrations of one batch.
pub const MAX_REGISTRATIONS: usize = 512;

/// Binds first keys to rows.
pub fn register_keys(
	case: CaseId,
	keys: &[(LenderIndex, LenderKey)],
	evidence: Option<EvidenceId>,
) -> Call {
	let registrations =
		keys.iter().map(|(lender, key)| Registration { lender: *lender, key: Static(*key) });
	let calls = api::transactions().identity_registry();
	Call::new(calls.register_batch(case, list::<_, Registration>(registrations), evidence))
}

/// Gives a row another key.
pub fn rebind_key(case: CaseId, lender: LenderIndex, key: LenderKey, evidence: EvidenceId) -> Call {
	let calls = api::transactions().identity_registry();
	Call::new(calls.rebind(case, lender, Static(key), evidence))
}

/// Takes a row's key back.
pub fn revoke_key(case: CaseId, lender: LenderIndex, evidence: EvidenceId) -> Call {
	Call::new(api::transactions().identity_registry().revoke(case, lender, evidence))
}
