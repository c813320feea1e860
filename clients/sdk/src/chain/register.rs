//! Binds lenders' keys to their rows, and goes on where a registration was cut off.

use super::{read::LenderView, At, Chain, Head, Until};
use crate::{
	calls::{register_keys, MAX_REGISTRATIONS},
	identity::CaseKey,
	keys::{Keypair, WrittenKey},
	roll::{KeyRegistration, Problem, Reason},
	Error,
};
use winddown_primitives::{CaseId, EvidenceId, LenderIndex, LenderKey};

/// Which keys are still to be bound.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RegistrationPlan {
	/// Rows without a key, and the key of the file.
	pub missing: Vec<(LenderIndex, LenderKey)>,
	/// Rows that have the key of the file already.
	pub registered: u32,
}

/// What a registration did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct RegisterReport {
	/// Keys that were bound before.
	pub found: u32,
	/// Keys bound now.
	pub sent: u32,
}

impl At {
	/// Compares a registrar's file with the chain. Fails with every line that cannot be carried
	/// out: the person has no row, or another key.
	pub async fn plan_registration(
		&self,
		case: CaseId,
		key: &CaseKey,
		registrations: &[KeyRegistration],
	) -> Result<RegistrationPlan, Error> {
		let rows = self.rows_by_identity(case).await?;
		let bound = self.bound_keys(case).await?;
		let (mut plan, mut problems) = (RegistrationPlan::default(), Vec::new());
		for registration in registrations {
			let mut note =
				|reason| problems.push(Problem { line: Some(registration.line), reason });
			match rows.get(&key.identity(&registration.document)) {
				None => note(Reason::NotOnRoll),
				Some(row) => match bound.get(row) {
					None => plan.missing.push((*row, registration.key)),
					Some(bound) if *bound == registration.key => plan.registered += 1,
					Some(_) => note(Reason::OtherKey { row: *row }),
				},
			}
		}
		match problems.is_empty() {
			true => Ok(plan),
			false => Err(Error::BadFile(problems)),
		}
	}

	/// The key bound to every row of a case that has one.
	pub async fn bound_keys(
		&self,
		case: CaseId,
	) -> Result<std::collections::HashMap<LenderIndex, LenderKey>, Error> {
		use winddown_primitives::pages::Cell;
		let pages = self.pages(crate::api::storage().identity_registry().keys(), case).await?;
		// The key's own cell and one byte for its status.
		let width = LenderKey::WIDTH + 1;
		Ok(pages
			.iter()
			.flat_map(|(page, bytes)| {
				(0..).map(move |slot: u32| page * 64 + slot).zip(bytes.chunks_exact(width))
			})
			.filter_map(|(row, cell)| Some((row, LenderKey::read(cell)?)))
			.collect())
	}

	/// Fails unless a lender's key is this one and may sign; the row with its claim.
	pub async fn ensure_key(
		&self,
		case: CaseId,
		lender: LenderIndex,
		key: &LenderKey,
	) -> Result<LenderView, Error> {
		let view = self.lender(case, lender).await?;
		match (&view.key, view.key_status.as_deref()) {
			(Some(bound), Some("active")) if *bound == WrittenKey(*key).to_string() => Ok(view),
			(None, _) => Err(Error::BadKey(format!("row {lender} has no key yet"))),
			(_, Some("revoked")) => {
				Err(Error::BadKey(format!("the key of row {lender} is revoked")))
			}
			_ => Err(Error::BadKey(format!("it is not the key of row {lender}"))),
		}
	}
}

impl Chain {
	/// Binds the keys of a file that are not bound yet.
	pub async fn register(
		&self,
		case: CaseId,
		plan: &RegistrationPlan,
		registrar: &Keypair,
		evidence: Option<EvidenceId>,
		mut progress: impl FnMut(u64),
	) -> Result<RegisterReport, Error> {
		let calls: Vec<_> = plan
			.missing
			.chunks(MAX_REGISTRATIONS)
			.map(|chunk| register_keys(case, chunk, evidence))
			.collect();
		let total = plan.missing.len();
		self.submit_all(&calls, registrar, Until::InBlock, |at, _| {
			progress(((at + 1) * MAX_REGISTRATIONS).min(total) as u64);
		})
		.await?;
		Ok(RegisterReport { found: plan.registered, sent: total as u32 })
	}

	/// The case-specific row of the lender whose key this is.
	pub async fn lender_of(&self, case: CaseId, key: &LenderKey) -> Result<LenderIndex, Error> {
		let row = self.at(Head::Best).await?.row_of_key(case, *key).await?;
		row.ok_or_else(|| Error::BadKey(format!("it is bound to no row of case {case}")))
	}
}
