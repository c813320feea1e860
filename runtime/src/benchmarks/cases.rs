//! A case on its way through the stages, with a roll.

use super::institutions::{holder, signed};
use crate::*;
use frame_support::BoundedVec;
use winddown_primitives::{
	rules::Preset,
	traits::{Cases as _, EvidenceSink},
	Arbiter, AttestationPolicy, CandidateOrder, CaseId, CaseKind, CaseTerms, DeemedConfirmation,
	Digest, EvidenceId, EvidenceKind, Fen, IdentityHash, LenderIndex, LenderRef, Millis, Relation,
	Role, Stage, TieBreak, MAX_ARBITERS, MAX_RESERVES, MAX_SEATS,
};

const NOTICE: Digest = Digest::Sm3([7; 32]);
const AMOUNT: Fen = 2_420_000;

/// Sets the clock past the inherent, which would want the slot to be the same.
pub(super) fn set_clock(now: Millis) {
	pallet_timestamp::Now::<Runtime>::put(now);
}

/// The origin of a lender whose intent is carried out.
pub(super) fn lender(who: LenderRef) -> RuntimeOrigin {
	pallet_intents::Origin::Lender(who).into()
}

/// A policy that asks as many institutions as there can be.
pub(super) fn policy() -> AttestationPolicy<AccountId> {
	let arbiters = (0..MAX_ARBITERS)
		.map(|seed| Arbiter {
			account: holder(Role::Arbiter, seed),
			relation: Relation::Independent,
		})
		.collect();
	AttestationPolicy {
		arbiters: BoundedVec::truncate_from(arbiters),
		required: MAX_ARBITERS as u8,
		independent: MAX_ARBITERS as u8,
	}
}

/// The longest rules, the largest committee, and the shortest windows of this chain.
fn terms() -> CaseTerms {
	let rule = Preset::CivilCode278Grave.rule();
	let shortest = Cases::minimums();
	CaseTerms {
		resolution: rule.clone(),
		election: rule.clone(),
		plan: rule,
		max_rounds: 2,
		max_revotes: 3,
		seats: MAX_SEATS as u8,
		reserves: MAX_RESERVES as u8,
		candidate_floor: AMOUNT,
		candidate_order: CandidateOrder::Nomination,
		tie_break: TieBreak::Nomination,
		deemed: DeemedConfirmation::AfterService,
		confirmation_window: shortest.confirmation,
		voting_window: shortest.voting,
		review_window: shortest.review,
		grace: shortest.voting,
	}
}

/// A new case at `Noticed`, whose roll may be locked now.
pub(super) fn noticed() -> CaseId {
	let (kind, association) = (CaseKind::OnlineLending, holder(Role::Association, 0));
	Cases::authorise(signed(Role::Platform), kind, NOTICE, Some(association))
		.expect("the platform winds down");
	let case = pallet_cases::NextCase::<Runtime>::get();
	let platform = holder(Role::Platform, 0);
	Cases::open(signed(Role::Association), platform, kind, NOTICE, 0, terms(), policy())
		.expect("the platform authorised it");
	let notice_until = Cases::case(case).map(|case| case.notice_until);
	set_clock(notice_until.expect("the case is open"));
	case
}

/// Imports `rows` rows of `classes` classes into a case at `Noticed`, and locks the roll.
pub(super) fn lock_roll(case: CaseId, rows: u32, classes: u32) {
	let row = |number: LenderIndex| {
		let mut identity = IdentityHash([0x55; 32]);
		identity.0[..4].copy_from_slice(&number.to_be_bytes());
		pallet_claims::ImportRow { identity, amount: AMOUNT, class: (number % classes) as u8 }
	};
	let batch = BoundedVec::truncate_from((0..rows).map(row).collect());
	Claims::import(signed(Role::Platform), case, 0, batch).expect("the rows ascend");
	let roll = Claims::roll(case).expect("rows were imported");
	let amount = roll.imported.whole().expect("its sum is small").amount;
	Claims::lock(signed(Role::Platform), case, rows, amount, roll.digest)
		.expect("the platform states what it imported");
}

/// Sets the clock to the end of the window for confirmation.
pub(super) fn end_confirmation(case: CaseId) {
	set_clock(Cases::confirm_until(case).expect("the roll is locked"));
}

/// A new case that came to `stage`, `Electing` or later, with `rows` confirmed rows of `classes`
/// classes. The clock stands where it stood.
pub(super) fn case_at(stage: Stage, rows: u32, classes: u32) -> CaseId {
	let now = Timestamp::get();
	let case = noticed();
	lock_roll(case, rows, classes);
	for row in 0..rows {
		Claims::confirm(lender(LenderRef { case, lender: row }), AMOUNT)
			.expect("it is the amount imported");
	}
	end_confirmation(case);
	Cases::advance(signed(Role::Association), case, Stage::Electing).expect("the window is over");
	for next in [Stage::Planning, Stage::Voting, Stage::Repaying] {
		if next <= stage {
			<Cases as winddown_primitives::traits::Cases<_>>::advance(case, next)
				.expect("the stages follow each other");
		}
	}
	set_clock(now);
	case
}

/// A record of `case`, of `kind`, that may be referred to.
pub(super) fn evidence(case: CaseId, kind: EvidenceKind) -> EvidenceId {
	Evidence::deposit_result(case, kind, Digest::of(&"benchmark")).expect("the case has a policy")
}
