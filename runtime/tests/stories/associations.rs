//! Two associations on one chain: each acts in the case that it opened.

use crate::{
	case::{deposit_call, document, opening, terms, Case, WINDOW},
	chain::{sign, Chain},
};
use frame_support::assert_ok;
use pallet_claims::Ruling;
use pallet_committee_election::{Mandate, Matter, Matters};
use sp_core::{sr25519, Pair};
use sp_runtime::{DispatchError, DispatchResult};
use std::collections::BTreeSet;
use winddown_primitives::{
	CaseKind, EvidenceId, EvidenceKind, Item, ItemKind, LenderIndex, Millis, Role, Stage,
};
use winddown_runtime::{
	configs::creditors::MAX_GENERAL_WINDOW,
	genesis_config_presets::Institution::{Association, Platform, Registrar},
	AccountId, Cases, Claims, Polls, Runtime, RuntimeCall, RuntimeEvent, System,
};

type CaseCall = pallet_cases::Call<Runtime>;
type CaseError = pallet_cases::Error<Runtime>;
type ClaimCall = pallet_claims::Call<Runtime>;
type ClaimError = pallet_claims::Error<Runtime>;
type CommitteeCall = pallet_committee_election::Call<Runtime>;
type CommitteeError = pallet_committee_election::Error<Runtime>;
type PollError = pallet_polls::Error<Runtime>;
type VoteCall = pallet_repayment_vote::Call<Runtime>;
type VoteError = pallet_repayment_vote::Error<Runtime>;

/// The name of an association that is not in the presets.
const OTHER: &str = "OtherAssociation";

fn other() -> AccountId {
	let pair = sr25519::Pair::from_string(&format!("//{OTHER}"), None).expect("is a path");
	pair.public().into()
}

/// The other association sends a call; how it ended.
fn other_does(chain: &mut Chain, call: impl Into<RuntimeCall>) -> DispatchResult {
	let signed = chain.with(|| sign(OTHER, call.into(), System::account_nonce(other())));
	chain.block(vec![signed]).remove(0).expect("the transaction is valid")
}

/// The other association sends a call that fails with `error` and leaves nothing behind.
#[track_caller]
fn other_fails(chain: &mut Chain, call: impl Into<RuntimeCall>, error: impl Into<DispatchError>) {
	chain.pass_session_start();
	let before = chain.state();
	assert_eq!(other_does(chain, call), Err(error.into()));
	assert_eq!(chain.state().lasting_changes(&before), BTreeSet::new());
}

fn advance(case: Case, to: Stage) -> CaseCall {
	CaseCall::advance { case_id: case.id, to }
}

fn rule(case: Case, ruling: Ruling, evidence: EvidenceId) -> ClaimCall {
	ClaimCall::adjudicate { case_id: case.id, lender: 3, ruling, evidence }
}

fn open_poll(case: Case, closes_at: Millis) -> pallet_polls::Call<Runtime> {
	let documents = vec![document("resolution")].try_into().unwrap();
	let item = Item { kind: ItemKind::Resolution, rule: terms().resolution, documents };
	let items = vec![item].try_into().unwrap();
	pallet_polls::Call::open { case_id: case.id, items, closes_at }
}

/// Everything that the association of a case may do in it, and the refusal of any other one.
fn acts(case: Case, now: Millis) -> Vec<(RuntimeCall, DispatchError)> {
	let (id, evidence, closes_at) = (case.id, 0, now + 10 * WINDOW);
	let lenders = vec![3].try_into().unwrap();
	let late = ClaimCall::admit_late {
		case_id: id,
		identity: case.identity(20),
		amount: 1,
		class_id: 0,
		evidence,
	};
	let mandate =
		Mandate { document: document("mandate"), matters: Matters::new(&[Matter::Supervision]) };
	let ballot = CommitteeCall::open_first_ballot {
		case_id: id,
		exit: document("exit"),
		mandate,
		closes_at,
	};
	let recall =
		CommitteeCall::open_recall { case_id: id, member: 3, grounds: document("why"), closes_at };
	let plans = vec![0].try_into().unwrap();
	vec![
		(rule(case, Ruling::Exclude, evidence).into(), ClaimError::NotAssociationOfCase.into()),
		(late.into(), ClaimError::NotAssociationOfCase.into()),
		(
			ClaimCall::deem_confirmed { case_id: id, lenders, evidence }.into(),
			ClaimError::NotAssociationOfCase.into(),
		),
		(advance(case, Stage::Closed).into(), CaseError::NotAssociationOfCase.into()),
		(open_poll(case, closes_at).into(), PollError::NotAssociationOfCase.into()),
		(
			CommitteeCall::open_nominations { case_id: id, until: closes_at }.into(),
			CommitteeError::NotAssociationOfCase.into(),
		),
		(ballot.into(), CommitteeError::NotAssociationOfCase.into()),
		(recall.into(), CommitteeError::NotAssociationOfCase.into()),
		(
			VoteCall::open_vote { case_id: id, plans, closes_at }.into(),
			VoteError::NotAssociationOfCase.into(),
		),
	]
}

#[test]
fn an_association_acts_in_the_case_that_it_opened_and_in_no_other() {
	let mut chain = Chain::new("local_testnet");
	let (name, roles) = (OTHER.into(), vec![Role::Association]);
	assert_ok!(chain.council_decides(pallet_consortium::Call::admit { who: other(), name, roles }));
	let first = Case::electing(&mut chain);
	for (call, refusal) in acts(first, chain.now()) {
		other_fails(&mut chain, call, refusal);
	}

	// The platform winds down another business, and names the other association for it.
	let notice = document("another exit notice");
	let (kind, association) = (CaseKind::OnlineLending, Some(other()));
	assert_ok!(chain.submit(Platform, CaseCall::authorise { kind, notice, association }));
	let open = opening(&chain, notice);
	chain.fails(Association, open.clone(), CaseError::NotAuthorised);
	assert_ok!(other_does(&mut chain, open));
	let second = Case { id: 1 };
	chain.with(|| assert_eq!(Cases::case(1).unwrap().association, other()));
	chain.with(|| assert_eq!(Cases::case(0).unwrap().association, Association.account()));
	assert_ok!(chain.submit(Platform, second.import(0, &second.rows())));
	assert_ok!(chain.submit(Platform, second.lock()));
	let rows: Vec<LenderIndex> = (0..9).collect();
	assert_ok!(chain.submit(Registrar, second.register(&rows)));
	for (call, refusal) in acts(second, chain.now()) {
		chain.fails(Association, call, refusal);
	}

	// It rules on a dispute, goes on to the election and asks the lenders.
	second.acts(&mut chain, 3, ClaimCall::dispute { reason: document("too little") });
	let grounds = deposit_call(&chain, second, EvidenceKind::Adjudication, "bank statement");
	assert_ok!(other_does(&mut chain, grounds));
	let grounds = chain.find(|event| match event {
		RuntimeEvent::Evidence(pallet_evidence::Event::Deposited { id, .. }) => Some(id),
		_ => None,
	});
	assert_ok!(other_does(&mut chain, rule(second, Ruling::Adjust(450_000), grounds)));
	chain.with(|| assert_eq!(Claims::claim(1, 3).unwrap().amount, 450_000));
	let until = second.confirm_until(&mut chain);
	chain.wait_until(until);
	let electing = || advance(second, Stage::Electing);
	chain.fails(Association, electing(), CaseError::NotAssociationOfCase);
	assert_ok!(other_does(&mut chain, electing()));
	let closes_at = chain.now() + 10 * WINDOW;
	chain.fails(Association, open_poll(second, closes_at), PollError::NotAssociationOfCase);
	assert_ok!(other_does(&mut chain, open_poll(second, closes_at)));
	chain.with(|| assert_eq!((Polls::open_polls(0), Polls::open_polls(1)), (vec![], vec![0])));

	// The roll of the first case is as free as it was.
	assert_eq!(first.poll(&mut chain), 1);
}

#[test]
fn a_general_poll_does_not_keep_the_roll_fixed_for_longer_than_three_months() {
	let mut chain = Chain::new("local_testnet");
	let case = Case::electing(&mut chain);
	let minute = 60_000;
	let too_late = chain.now() + MAX_GENERAL_WINDOW + minute;
	chain.fails(Association, open_poll(case, too_late), PollError::GeneralWindowTooLong);
	let in_time = chain.now() + MAX_GENERAL_WINDOW;
	assert_ok!(chain.submit(Association, open_poll(case, in_time)));
}
