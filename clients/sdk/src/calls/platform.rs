//! Calls of a platform.

use super::list;
use crate::{
	api::{
		self,
		runtime_types::{
			pallet_claims::types::ImportRow, pallet_repayment_vote::types::Instalment,
		},
	},
	call::Call,
	roll::PreparedRow,
};
use serde::{Deserialize, Serialize};
use subxt::utils::{AccountId32, Static};
use winddown_primitives::{CaseId, CaseKind, Digest, Fen, LenderIndex, Millis};

/// The most rows of one import.
pub const MAX_IMPORT: usize = 512;
/// The most pages of 64 rows that one call clears.
pub const MAX_CLEAR: u32 = 256;

/// What a plan promises to pay, to all lenders together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Promise {
	/// The first moment, in milliseconds, at which it is overdue.
	pub due_at: Millis,
	/// Fen.
	pub amount: Fen,
}

/// Agrees to have the own case opened.
pub fn authorise_case(kind: CaseKind, notice: Digest, association: Option<AccountId32>) -> Call {
	Call::new(api::transactions().cases().authorise(Static(kind), Static(notice), association))
}

/// Takes back a consent with which no case was opened.
pub fn withdraw_authorisation() -> Call {
	Call::new(api::transactions().cases().withdraw_authorisation())
}

/// Imports the rows that follow the first `first` ones.
pub fn import_rows(case: CaseId, first: LenderIndex, rows: &[PreparedRow]) -> Call {
	let rows = rows.iter().map(|row| ImportRow {
		identity: Static(row.identity),
		amount: row.amount,
		class: row.class,
	});
	Call::new(api::transactions().claims().import(case, first, list::<_, ImportRow>(rows)))
}

/// Takes the last `pages` pages of rows off a roll that has `rows` rows and is not locked.
pub fn clear_roll(case: CaseId, rows: u32, pages: u32) -> Call {
	Call::new(api::transactions().claims().clear(case, rows, pages))
}

/// Ends the import, stating what was meant to be imported.
pub fn lock_roll(case: CaseId, heads: u32, amount: Fen, digest: [u8; 32]) -> Call {
	Call::new(api::transactions().claims().lock(case, heads, amount, digest))
}

/// Proposes a version of a repayment plan.
pub fn propose_plan(case: CaseId, document: Digest, promises: &[Promise]) -> Call {
	let instalments = promises
		.iter()
		.map(|Promise { due_at, amount }| Instalment { due_at: *due_at, amount: *amount });
	let calls = api::transactions().repayment_vote();
	Call::new(calls.propose_plan(case, Static(document), list::<_, Instalment>(instalments)))
}

/// Reports a payment list.
pub fn report_payment(
	case: CaseId,
	instalment: u8,
	amount: Fen,
	heads: u32,
	payments: Digest,
) -> Call {
	let calls = api::transactions().repayment_vote();
	Call::new(calls.report_payment(case, instalment, amount, heads, Static(payments)))
}
