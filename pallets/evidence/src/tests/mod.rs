mod absence;
mod attesting;
mod depositing;
mod invariants;
mod policies;
mod viewing;

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{
	BoundedVec,
	DispatchError::{self, BadOrigin},
};
use winddown_primitives::traits::{EvidencePolicies, EvidenceSink};

type Failure = Error<Test>;

fn signed(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn digest(of: &str) -> Digest {
	Digest::of(&of)
}

fn content(of: &str) -> Content {
	Content { digest: digest(of), leaves: 3, bytes: 4_096, encoding: 1 }
}

/// What the records of most tests are about.
const KIND: EvidenceKind = EvidenceKind::Ballots;

/// The operator deposits a record in the first case.
fn deposited(of: &str) -> EvidenceId {
	deposited_by(OPERATOR, CASE, of)
}

fn deposited_by(who: u64, case: CaseId, of: &str) -> EvidenceId {
	assert_ok!(deposit(who, case, of));
	NextRecord::<Test>::get() - 1
}

fn deposit(who: u64, case: CaseId, of: &str) -> DispatchResult {
	Evidence::deposit(signed(who), case, KIND, content(of), Now::get(), None, None)
}

/// The operator deposits a record that replaces another one of the first case.
fn replace(who: u64, replaced: EvidenceId, of: &str) -> DispatchResult {
	let kind = EvidenceKind::Ballots;
	Evidence::deposit(signed(who), CASE, kind, content(of), Now::get(), None, Some(replaced))
}

/// Arbiter number `arbiter` attests a record, whatever its digest.
fn attest(arbiter: u64, id: EvidenceId, verdict: Verdict) -> DispatchResult {
	let digest = record(id).content.digest;
	Evidence::attest(signed(ARBITERS + arbiter), id, digest, verdict)
}

fn confirm(arbiter: u64, id: EvidenceId) -> DispatchResult {
	attest(arbiter, id, Verdict::Confirm)
}

fn reject(arbiter: u64, id: EvidenceId) -> DispatchResult {
	attest(arbiter, id, Verdict::Reject { reason: digest("illegible") })
}

fn miss(arbiter: u64, id: EvidenceId) -> DispatchResult {
	attest(arbiter, id, Verdict::Absent { reason: digest("not there") })
}

fn record(id: EvidenceId) -> RecordOf<Test> {
	Records::<Test>::get(id).expect("the record exists")
}

fn state(id: EvidenceId) -> RecordState {
	record(id).state
}

fn events() -> Vec<Event<Test>> {
	System::read_events_for_pallet::<Event<Test>>()
}
