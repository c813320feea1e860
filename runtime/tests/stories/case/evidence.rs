//! Depositing evidence, and the arbitration institutions' word on it.

use super::{document, Case};
use crate::chain::Chain;
use frame_support::assert_ok;
use pallet_evidence::{Call, Content, Event, RecordState, Statement, Verdict};
use winddown_primitives::{EvidenceId, EvidenceKind};
use winddown_runtime::{
	genesis_config_presets::Institution, Evidence, Runtime, RuntimeCall, RuntimeEvent,
};

/// The deposit of one document of ten bytes.
pub fn deposit_call(chain: &Chain, case: Case, kind: EvidenceKind, text: &str) -> RuntimeCall {
	let content = Content { digest: document(text), leaves: 1, bytes: 10, encoding: 1 };
	let (parent, replaces, produced_at) = (None, None, chain.now());
	Call::deposit { case_id: case.id, kind, content, produced_at, parent, replaces }.into()
}

/// An institution deposits a document; the number of its record.
pub fn deposit(
	chain: &mut Chain,
	case: Case,
	who: Institution,
	kind: EvidenceKind,
	text: &str,
) -> EvidenceId {
	let call = deposit_call(chain, case, kind, text);
	assert_ok!(chain.submit(who, call));
	chain.find(|event| match event {
		RuntimeEvent::Evidence(Event::Deposited { id, producer, .. }) => {
			assert_eq!(producer, Some(who.account()));
			Some(id)
		}
		_ => None,
	})
}

/// Both arbitration institutions confirm every record that waits for them. The word of the first
/// one leaves them pending; which records that of the second one made effective.
pub fn attest_all(chain: &mut Chain) -> Vec<EvidenceId> {
	let ids = confirm_all(chain, Institution::ArbiterTwo);
	assert_eq!(states(chain, &ids), vec![RecordState::Pending; ids.len()]);
	assert_eq!(confirm_all(chain, Institution::ArbiterOne), ids);
	assert_eq!(states(chain, &ids), vec![RecordState::Effective; ids.len()]);
	ids
}

/// An arbitration institution confirms every record that waits for it.
fn confirm_all(chain: &mut Chain, arbiter: Institution) -> Vec<EvidenceId> {
	let pending = chain.with(|| Evidence::pending(arbiter.account(), 0)).records;
	let statements: Vec<Statement> = pending
		.iter()
		.map(|(id, record)| {
			let (id, digest) = (*id, record.content.digest);
			Statement { id, digest, verdict: Verdict::Confirm }
		})
		.collect();
	let batch = Call::<Runtime>::attest_batch { statements: statements.try_into().unwrap() };
	assert_ok!(chain.submit(arbiter, batch));
	pending.into_iter().map(|(id, _)| id).collect()
}

fn states(chain: &mut Chain, ids: &[EvidenceId]) -> Vec<RecordState> {
	let state = |id: &EvidenceId| Evidence::record(*id).expect("the record is there").state;
	chain.with(|| ids.iter().map(state).collect())
}
