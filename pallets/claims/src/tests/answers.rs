//! Lenders confirm or dispute, by app, by call or by silence.

use crate::{mock::*, Call, ClaimState, Error, Event, Ruling, MAX_CONFIRMATIONS};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchError};
use winddown_primitives::{traits::ElectoralRoll, Digest, EvidenceKind, Stage};

fn confirmed(lender: u32, state: ClaimState, evidence: Option<u64>) -> Event<Test> {
	Event::ClaimConfirmed { case: CASE, lender, state, amount: stated(lender), evidence }
}

fn skipped(lender: u32, state: ClaimState) -> Event<Test> {
	Event::ConfirmationSkipped { case: CASE, lender, state }
}

#[test]
fn a_lender_confirms_the_stated_amount_and_no_other() {
	ExtBuilder::default().with_locked_rows(65).build_and_execute(|| {
		for amount in [0, stated(64) - 1, stated(64) + 1, stated(63)] {
			assert_noop!(as_lender(64, Call::confirm { amount }), Error::<Test>::WrongAmount);
		}
		assert_ok!(confirm(64));
		assert_eq!(state(64), ClaimState::ConfirmedByApp);
		assert_eq!(state(63), ClaimState::Imported, "a neighbour is untouched");
		assert_eq!(events(), [confirmed(64, ClaimState::ConfirmedByApp, None)]);
		assert_eq!(roll().counts.confirmed_by_app, 1);
		assert_eq!(roll().counts.imported, 64);
		assert_eq!(roll().eligible, roll().imported, "confirming changes no total");
	});
}

#[test]
fn a_claim_is_confirmed_once() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(confirm(0));
		assert_noop!(confirm(0), Error::<Test>::AlreadyConfirmed);
		assert_ok!(confirm_by_call([(1, stated(1))]));
		assert_noop!(confirm(1), Error::<Test>::AlreadyConfirmed);
	});
}

#[test]
fn nobody_speaks_before_the_lock() {
	ExtBuilder::default().with_rows(3).build_and_execute(|| {
		assert_noop!(confirm(0), Error::<Test>::RollNotLocked);
		assert_noop!(dispute(0), Error::<Test>::RollNotLocked);
		assert_noop!(confirm_by_call([(0, stated(0))]), Error::<Test>::RollNotLocked);
		assert_noop!(deem_confirmed([0]), Error::<Test>::RollNotLocked);
		assert_noop!(adjudicate(0, Ruling::Exclude), Error::<Test>::RollNotLocked);
		assert_noop!(admit_late(1, 5, 0), Error::<Test>::RollNotLocked);
	});
}

#[test]
fn a_lender_beyond_the_roll_has_nothing_to_confirm() {
	ExtBuilder::default().with_locked_rows(64).build_and_execute(|| {
		assert_noop!(confirm(64), Error::<Test>::NoSuchRow);
		assert_noop!(dispute(64), Error::<Test>::NoSuchRow);
		assert_noop!(confirm_by_call([(64, stated(64))]), Error::<Test>::NoSuchRow);
		assert_noop!(adjudicate(64, Ruling::Exclude), Error::<Test>::NoSuchRow);
	});
}

#[test]
fn only_a_lender_confirms_or_disputes_an_own_claim() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_noop!(dispatch(PLATFORM, Call::confirm { amount: 100 }), BadOrigin);
		let reason = Digest::Sha256([1; 32]);
		assert_noop!(dispatch(ASSOCIATION, Call::dispute { reason }), BadOrigin);
	});
}

#[test]
fn confirming_stays_possible_after_the_window_and_until_the_case_is_over() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		Fakes::set_now(START + 10 * WINDOW);
		Fakes::set_stage(CASE, Stage::Repaying);
		assert_ok!(confirm(0));
		for stage in [Stage::Closed, Stage::Escalated] {
			Fakes::set_stage(CASE, stage);
			assert_noop!(confirm(1), Error::<Test>::CaseFinal);
			assert_noop!(confirm_by_call([(1, stated(1))]), Error::<Test>::CaseFinal);
			assert_noop!(deem_confirmed([1]), Error::<Test>::CaseFinal);
			assert_noop!(dispute(1), Error::<Test>::CaseFinal);
			assert_noop!(adjudicate(1, Ruling::Exclude), Error::<Test>::CaseFinal);
			assert_noop!(admit_late(1, 5, 0), Error::<Test>::CaseFinal);
		}
	});
}

#[test]
fn a_disputed_claim_leaves_the_totals_until_the_lender_confirms_after_all() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(dispute(1));
		assert_eq!(state(1), ClaimState::Disputed);
		assert_eq!(eligible(), (2, 100 + 300));
		assert_eq!(roll().counts.disputed, 1);
		assert_eq!(
			events(),
			[Event::ClaimDisputed { case: CASE, lender: 1, reason: Digest::Sm3([7; 32]) }]
		);
		assert_noop!(dispute(1), Error::<Test>::AlreadyDisputed);
		assert_noop!(as_lender(1, Call::confirm { amount: 199 }), Error::<Test>::WrongAmount);
		assert_ok!(confirm(1));
		assert_eq!(state(1), ClaimState::ConfirmedByApp);
		assert_eq!(eligible(), (3, 600));
	});
}

#[test]
fn a_confirmation_by_app_or_by_call_can_still_be_disputed_within_the_window() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(confirm(0));
		assert_ok!(confirm_by_call([(1, stated(1))]));
		assert_ok!(dispute(0));
		assert_ok!(dispute(1));
		assert_eq!(eligible(), (1, 300));
		assert_eq!(roll().counts.disputed, 2);
		assert_eq!(roll().counts.confirmed_by_app + roll().counts.confirmed_by_call, 0);
	});
}

#[test]
fn the_window_for_disputes_ends_on_the_millisecond() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		Fakes::set_now(START + WINDOW - 1);
		assert_ok!(dispute(0));
		Fakes::set_now(START + WINDOW);
		assert_noop!(dispute(1), Error::<Test>::DisputeWindowOver);
	});
}

#[test]
fn the_operator_records_calls_with_their_amounts_and_passes_over_those_who_spoke() {
	ExtBuilder::default().with_locked_rows(66).build_and_execute(|| {
		assert_ok!(confirm(0));
		assert_ok!(dispute(1));
		System::reset_events();
		assert_ok!(confirm_by_call([0, 1, 63, 64].map(|lender| (lender, stated(lender)))));
		assert_eq!(
			events(),
			[
				skipped(0, ClaimState::ConfirmedByApp),
				skipped(1, ClaimState::Disputed),
				confirmed(63, ClaimState::ConfirmedByCall, Some(EVIDENCE)),
				confirmed(64, ClaimState::ConfirmedByCall, Some(EVIDENCE)),
			]
		);
		assert_eq!(state(0), ClaimState::ConfirmedByApp);
		assert_eq!(state(1), ClaimState::Disputed, "a call does not withdraw a dispute");
		assert_eq!(roll().counts.confirmed_by_call, 2);
	});
}

#[test]
fn a_row_named_twice_in_a_batch_of_calls_counts_once() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(confirm_by_call([(2, stated(2)), (2, stated(2))]));
		assert_eq!(roll().counts.confirmed_by_call, 1);
		assert_eq!(
			events(),
			[
				confirmed(2, ClaimState::ConfirmedByCall, Some(EVIDENCE)),
				skipped(2, ClaimState::ConfirmedByCall),
			]
		);
	});
}

#[test]
fn a_call_about_another_amount_undoes_the_whole_batch() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		let wrong = [(0, stated(0)), (1, stated(1) + 1)];
		assert_noop!(confirm_by_call(wrong), Error::<Test>::WrongAmount);
		let unknown = [(0, stated(0)), (3, stated(3))];
		assert_noop!(confirm_by_call(unknown), Error::<Test>::NoSuchRow);
		assert_noop!(confirm_by_call([]), Error::<Test>::EmptyBatch);
	});
}

#[test]
fn calls_need_the_operator_and_a_usable_record() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		let call = |evidence| Call::confirm_by_call {
			case_id: CASE,
			claims: batch([crate::CalledClaim { lender: 0, amount: stated(0) }]),
			evidence,
		};
		assert_noop!(dispatch(PLATFORM, call(EVIDENCE)), BadOrigin);
		let refused = DispatchError::Other("no such evidence");
		assert_noop!(dispatch(OPERATOR, call(EVIDENCE + 1)), refused);
		assert_ok!(dispatch(OPERATOR, call(EVIDENCE)));
		assert_eq!(Fakes::take_kind_asked(), Some(EvidenceKind::ConfirmationCall));
	});
}

#[test]
fn a_full_batch_of_calls_goes_through() {
	ExtBuilder::default().with_locked_rows(MAX_CONFIRMATIONS).build_and_execute(|| {
		assert_ok!(confirm_by_call((0..MAX_CONFIRMATIONS).map(|lender| (lender, stated(lender)))));
		assert_eq!(roll().counts.confirmed_by_call, MAX_CONFIRMATIONS);
		assert_eq!(roll().counts.imported, 0);
	});
}

#[test]
fn silence_confirms_nothing_unless_the_terms_declare_it() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		Fakes::set_now(START + WINDOW);
		assert_noop!(deem_confirmed([0]), Error::<Test>::DeemedNotDeclared);
	});
}

#[test]
fn silence_confirms_after_the_window_and_passes_over_those_who_spoke() {
	ExtBuilder::default().with_deemed_confirmation().with_locked_rows(66).build_and_execute(|| {
		assert_ok!(confirm(0));
		assert_ok!(confirm_by_call([(1, stated(1))]));
		assert_ok!(dispute(2));
		Fakes::set_now(START + WINDOW - 1);
		assert_noop!(deem_confirmed([3]), Error::<Test>::WindowStillOpen);
		Fakes::set_now(START + WINDOW);
		System::reset_events();
		assert_ok!(deem_confirmed([0, 1, 2, 64, 64]));
		assert_eq!(
			events(),
			[
				skipped(0, ClaimState::ConfirmedByApp),
				skipped(1, ClaimState::ConfirmedByCall),
				skipped(2, ClaimState::Disputed),
				confirmed(64, ClaimState::Deemed, Some(EVIDENCE)),
				skipped(64, ClaimState::Deemed),
			]
		);
		assert_eq!(roll().counts.deemed, 1);
		assert_eq!(eligible().0, 65);
	});
}

#[test]
fn silence_needs_the_association_proof_of_service_and_known_rows() {
	ExtBuilder::default().with_deemed_confirmation().with_locked_rows(3).build_and_execute(|| {
		Fakes::set_now(START + WINDOW);
		let call = |evidence| Call::deem_confirmed { case_id: CASE, lenders: batch([0]), evidence };
		assert_noop!(dispatch(OPERATOR, call(EVIDENCE)), BadOrigin);
		let refused = DispatchError::Other("no such evidence");
		assert_noop!(dispatch(ASSOCIATION, call(EVIDENCE + 1)), refused);
		assert_noop!(deem_confirmed([]), Error::<Test>::EmptyBatch);
		assert_noop!(deem_confirmed([0, 3]), Error::<Test>::NoSuchRow);
		assert_ok!(dispatch(ASSOCIATION, call(EVIDENCE)));
		assert_eq!(Fakes::take_kind_asked(), Some(EvidenceKind::NoticeService));
	});
}

#[test]
fn a_deemed_claim_can_still_be_confirmed_by_its_lender_or_by_call() {
	ExtBuilder::default().with_deemed_confirmation().with_locked_rows(3).build_and_execute(|| {
		Fakes::set_now(START + WINDOW);
		assert_ok!(deem_confirmed([0, 1, 2]));
		assert_ok!(confirm(0));
		assert_ok!(confirm_by_call([(1, stated(1))]));
		assert_eq!(
			[state(0), state(1), state(2)],
			[ClaimState::ConfirmedByApp, ClaimState::ConfirmedByCall, ClaimState::Deemed]
		);
		assert_noop!(dispute(2), Error::<Test>::DisputeWindowOver);
	});
}

#[test]
fn confirming_goes_on_while_a_poll_is_open_but_disputing_does_not() {
	ExtBuilder::default().with_deemed_confirmation().with_locked_rows(5).build_and_execute(|| {
		assert_ok!(dispute(0));
		assert_ok!(Claims::freeze(CASE));
		let totals = roll().eligible;
		assert_noop!(dispute(1), Error::<Test>::RollFrozen);
		assert_noop!(confirm(0), Error::<Test>::RollFrozen);
		assert_ok!(confirm(1));
		assert_ok!(confirm_by_call([(0, stated(0)), (2, stated(2))]));
		Fakes::set_now(START + WINDOW);
		assert_ok!(deem_confirmed([0, 3]));
		assert_eq!(roll().eligible, totals);
		assert_eq!(state(0), ClaimState::Disputed);
		assert_ok!(Claims::thaw(CASE));
		assert_ok!(confirm(0));
	});
}
