//! What the benchmarks of the wind-down's pallets need.

use super::{
	cases::{case_at, end_confirmation, evidence, lender, lock_roll, noticed, policy, set_clock},
	institutions::{council, holder, signed},
	Helper,
};
use crate::*;
use pallet_identity_registry::{BoundKey, KeyStatus};
use winddown_primitives::{
	pages, AttestationPolicy, CandidateOrder, CaseId, EvidenceId, EvidenceKind, LenderIndex,
	LenderKey, LenderRef, Millis, Role, Stage,
};

/// Rows of a case in whose polls benchmarks vote: one page.
const ELECTORATE: u32 = pages::PAGE_ROWS;

impl pallet_cases::BenchmarkHelper<RuntimeOrigin, AccountId> for Helper {
	fn platform() -> (RuntimeOrigin, AccountId) {
		(signed(Role::Platform), holder(Role::Platform, 0))
	}

	fn association() -> (RuntimeOrigin, AccountId) {
		(signed(Role::Association), holder(Role::Association, 0))
	}

	fn regulator() -> RuntimeOrigin {
		signed(Role::Regulator)
	}

	fn council() -> RuntimeOrigin {
		council()
	}

	fn policy() -> AttestationPolicy<AccountId> {
		policy()
	}

	fn set_time(now: Millis) {
		set_clock(now);
	}

	fn lock_roll(case: CaseId) {
		lock_roll(case, 1, 1);
	}
}

impl pallet_evidence::BenchmarkHelper<RuntimeOrigin, AccountId> for Helper {
	fn case() -> CaseId {
		noticed()
	}

	fn depositor() -> (RuntimeOrigin, AccountId) {
		(signed(Role::Registrar), holder(Role::Registrar, 0))
	}

	fn arbiter(index: u32) -> (RuntimeOrigin, AccountId) {
		let who = holder(Role::Arbiter, index);
		(RuntimeOrigin::signed(who.clone()), who)
	}

	fn council() -> RuntimeOrigin {
		council()
	}
}

impl pallet_identity_registry::BenchmarkHelper<RuntimeOrigin> for Helper {
	fn registrar() -> RuntimeOrigin {
		signed(Role::Registrar)
	}

	fn new_case() -> CaseId {
		noticed()
	}

	fn evidence(case: CaseId) -> EvidenceId {
		evidence(case, EvidenceKind::Identity)
	}
}

impl pallet_claims::BenchmarkHelper<RuntimeOrigin> for Helper {
	fn new_case() -> CaseId {
		noticed()
	}

	fn platform(_: CaseId) -> RuntimeOrigin {
		signed(Role::Platform)
	}

	fn operator() -> RuntimeOrigin {
		signed(Role::Operator)
	}

	fn association() -> RuntimeOrigin {
		signed(Role::Association)
	}

	fn lender(who: LenderRef) -> RuntimeOrigin {
		lender(who)
	}

	fn evidence(case: CaseId, kind: EvidenceKind) -> EvidenceId {
		evidence(case, kind)
	}

	fn end_confirmation_window(case: CaseId) {
		end_confirmation(case);
	}
}

impl pallet_intents::benchmarking::BenchmarkHelper<RuntimeOrigin, RuntimeCall> for Helper {
	fn carrier_origin() -> RuntimeOrigin {
		signed(Role::Operator)
	}

	fn bind_key(case: CaseId, lender: LenderIndex, key: LenderKey) {
		let bound = BoundKey { key, status: KeyStatus::Active };
		pallet_identity_registry::Keys::<Runtime>::mutate(case, pages::page_of(lender), |page| {
			pages::write(page, pages::slot_of(lender), &bound)
		})
		.expect("a page has a cell for every row");
	}

	/// Fails on the first thing that it reads, which is the same for every lender of the case.
	fn lender_call() -> RuntimeCall {
		RuntimeCall::Claims(pallet_claims::Call::confirm { amount: 0 })
	}
}

impl pallet_polls::benchmarking::BenchmarkHelper<RuntimeOrigin> for Helper {
	fn open_origin() -> RuntimeOrigin {
		signed(Role::Association)
	}

	fn close_origin() -> RuntimeOrigin {
		signed(Role::Regulator)
	}

	fn electing_case(classes: u32) -> CaseId {
		case_at(Stage::Electing, ELECTORATE, classes)
	}

	fn lender_origin(case: CaseId, row: LenderIndex) -> RuntimeOrigin {
		lender(LenderRef { case, lender: row })
	}

	fn set_time(now: Millis) {
		set_clock(now);
	}
}

impl pallet_committee_election::BenchmarkHelper<RuntimeOrigin> for Helper {
	fn organiser() -> RuntimeOrigin {
		signed(Role::Association)
	}

	fn lender(who: LenderRef) -> RuntimeOrigin {
		lender(who)
	}

	fn case_at(stage: Stage, lenders: u32) -> CaseId {
		case_at(stage, lenders, 1)
	}

	/// Past the calls, since terms never change.
	fn set_order(case: CaseId, order: CandidateOrder) {
		pallet_cases::Cases::<Runtime>::mutate(case, |case| {
			if let Some(case) = case {
				case.terms.candidate_order = order;
			}
		});
	}

	fn set_now(now: Millis) {
		set_clock(now);
	}
}

impl pallet_repayment_vote::BenchmarkHelper<RuntimeOrigin> for Helper {
	fn platform(_: CaseId) -> RuntimeOrigin {
		signed(Role::Platform)
	}

	fn organiser() -> RuntimeOrigin {
		signed(Role::Association)
	}

	fn flagger() -> RuntimeOrigin {
		signed(Role::Regulator)
	}

	fn lender(who: LenderRef) -> RuntimeOrigin {
		lender(who)
	}

	fn case_at(stage: Stage, lenders: u32) -> CaseId {
		case_at(stage, lenders, 1)
	}

	fn set_now(now: Millis) {
		set_clock(now);
	}
}
