//! Calls of a vote operator, and the one by which anybody carries a single intent.

use super::list;
use crate::{
	api::{self, runtime_types::pallet_claims::types::CalledClaim},
	call::Call,
	intent::SignedIntent,
};
use subxt::utils::Static;
use winddown_primitives::{CaseId, EvidenceId, Fen, LenderIndex};

/// The most lenders of one batch of confirmations.
pub const MAX_CONFIRMATIONS: usize = 256;

/// Records claims that lenders confirmed in recorded calls.
pub fn confirm_by_call(case: CaseId, claims: &[(LenderIndex, Fen)], evidence: EvidenceId) -> Call {
	let claims =
		claims.iter().map(|(lender, amount)| CalledClaim { lender: *lender, amount: *amount });
	let claims = list::<_, CalledClaim>(claims);
	Call::new(api::transactions().claims().confirm_by_call(case, claims, evidence))
}

/// Carries one intent; needs no account.
pub fn submit_intent(signed: SignedIntent) -> Call {
	Call::new(api::transactions().intents().submit(Static(signed)))
}

/// Carries many intents.
pub fn submit_intents(signed: Vec<SignedIntent>) -> Call {
	Call::new(api::transactions().intents().submit_batch(list(signed)))
}
