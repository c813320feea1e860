//! Rulings on disputes, and late claims.

use crate::{mock::*, Adjusted, Call, ClaimState, Error, Event, ImportRow, Ruling};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchError};
use winddown_primitives::{
	traits::{ClaimAmounts, ElectoralRoll},
	EvidenceKind, Fen, Votes, MAX_AMOUNT,
};

#[test]
fn a_dispute_goes_by_a_provisional_amount_to_a_final_one_and_the_totals_follow() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(dispute(1));
		assert_eq!(eligible(), (2, 400));

		assert_ok!(adjudicate(1, Ruling::Provisional(150)));
		assert_eq!((state(1), claim(1).amount), (ClaimState::Provisional, 150));
		assert_eq!(eligible(), (3, 550));

		assert_ok!(adjudicate(1, Ruling::Provisional(160)));
		assert_eq!(eligible(), (3, 560));

		assert_ok!(adjudicate(1, Ruling::Adjust(500)));
		assert_eq!((state(1), claim(1).amount), (ClaimState::Adjudicated, 500));
		assert_eq!(eligible(), (3, 900));
		assert_eq!(roll().eligible.class(1), Votes { heads: 1, amount: 500 });
		assert_eq!(claim(1).stated, 200, "the column keeps what was imported");
		assert_eq!(roll().imported.whole(), Some(Votes { heads: 3, amount: 600 }));
	});
}

#[test]
fn an_upheld_claim_counts_with_the_stated_amount_and_leaves_no_exception() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(dispute(1));
		assert_ok!(adjudicate(1, Ruling::Provisional(150)));
		assert_eq!(Adjusted::<Test>::get(CASE, 1), Some(150));
		assert_ok!(adjudicate(1, Ruling::Uphold));
		assert_eq!((state(1), claim(1).amount), (ClaimState::Adjudicated, 200));
		assert_eq!(Adjusted::<Test>::get(CASE, 1), None);
		assert_eq!(eligible(), (3, 600));
	});
}

#[test]
fn an_amount_equal_to_the_stated_one_is_no_exception() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(dispute(1));
		assert_ok!(adjudicate(1, Ruling::Adjust(200)));
		assert_eq!(Adjusted::<Test>::get(CASE, 1), None);
		assert_eq!((claim(1).amount, eligible()), (200, (3, 600)));
	});
}

#[test]
fn an_excluded_claim_counts_nowhere_until_another_ruling_brings_it_back() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(dispute(1));
		assert_ok!(adjudicate(1, Ruling::Adjust(500)));
		assert_ok!(adjudicate(1, Ruling::Exclude));
		assert_eq!(
			(state(1), claim(1).amount, claim(1).may_vote),
			(ClaimState::Excluded, 0, false)
		);
		assert_eq!(eligible(), (2, 400));
		assert_eq!(Adjusted::<Test>::get(CASE, 1), None);
		assert_eq!(Claims::amount(CASE, 1), Err(Error::<Test>::ClaimExcluded.into()));
		assert_noop!(adjudicate(1, Ruling::Exclude), Error::<Test>::ClaimExcluded);
		assert_noop!(confirm(1), Error::<Test>::ClaimExcluded);
		assert_noop!(dispute(1), Error::<Test>::ClaimExcluded);

		assert_ok!(adjudicate(1, Ruling::Uphold));
		assert_eq!(eligible(), (3, 600));
		assert_eq!(Claims::amount(CASE, 1), Ok(200));
	});
}

#[test]
fn a_claim_that_nobody_disputed_can_be_excluded_but_not_changed() {
	ExtBuilder::default().with_deemed_confirmation().with_locked_rows(4).build_and_execute(|| {
		assert_ok!(confirm(1));
		assert_ok!(confirm_by_call([(2, stated(2))]));
		Fakes::set_now(START + WINDOW);
		assert_ok!(deem_confirmed([3]));
		for lender in 0..4 {
			for ruling in [Ruling::Uphold, Ruling::Adjust(5), Ruling::Provisional(5)] {
				assert_noop!(adjudicate(lender, ruling), Error::<Test>::NotDisputed);
			}
			assert_ok!(adjudicate(lender, Ruling::Exclude));
		}
		assert_eq!(eligible(), (0, 0));
		assert_eq!(roll().counts.excluded, 4);
	});
}

#[test]
fn a_ruling_never_sets_an_amount_of_zero() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(dispute(1));
		assert_noop!(adjudicate(1, Ruling::Adjust(0)), Error::<Test>::ZeroAmount);
		assert_noop!(adjudicate(1, Ruling::Provisional(0)), Error::<Test>::ZeroAmount);
	});
}

#[test]
fn neither_a_ruling_nor_a_late_claim_has_an_amount_that_no_claim_is() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(dispute(1));
		let too_large = || Error::<Test>::AmountTooLarge;
		assert_noop!(adjudicate(1, Ruling::Adjust(MAX_AMOUNT + 1)), too_large());
		assert_noop!(adjudicate(1, Ruling::Provisional(Fen::MAX)), too_large());
		assert_noop!(admit_late(1, MAX_AMOUNT + 1, 0), too_large());
		assert_ok!(adjudicate(1, Ruling::Adjust(MAX_AMOUNT)));
		assert_eq!(eligible(), (3, MAX_AMOUNT + 400));
	});
}

#[test]
fn after_a_ruling_the_lender_neither_confirms_nor_disputes() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		for (lender, ruling) in [(0, Ruling::Provisional(5)), (1, Ruling::Uphold)] {
			assert_ok!(dispute(lender));
			assert_ok!(adjudicate(lender, ruling));
			assert_noop!(confirm(lender), Error::<Test>::AlreadyAdjudicated);
			assert_noop!(dispute(lender), Error::<Test>::AlreadyAdjudicated);
			let kept = state(lender);
			assert_ok!(confirm_by_call([(lender, stated(lender))]));
			assert_eq!(state(lender), kept, "a call does not undo a ruling");
		}
	});
}

#[test]
fn the_event_of_a_ruling_tells_the_amounts_before_and_after() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(dispute(1));
		System::reset_events();
		let rulings = [Ruling::Provisional(150), Ruling::Exclude, Ruling::Adjust(70)];
		for ruling in rulings {
			assert_ok!(adjudicate(1, ruling));
		}
		let event = |ruling, before, amount| Event::ClaimAdjudicated {
			case: CASE,
			lender: 1,
			ruling,
			before,
			amount,
			association: ASSOCIATION,
			evidence: EVIDENCE,
		};
		assert_eq!(
			events(),
			[event(rulings[0], 200, 150), event(rulings[1], 150, 0), event(rulings[2], 0, 70)]
		);
	});
}

#[test]
fn rulings_and_late_claims_need_the_association_and_a_usable_record() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(dispute(1));
		let ruling = |evidence| Call::adjudicate {
			case_id: CASE,
			lender: 1,
			ruling: Ruling::Uphold,
			evidence,
		};
		let late = |evidence| Call::admit_late {
			case_id: CASE,
			identity: identity(1),
			amount: 5,
			class_id: 0,
			evidence,
		};
		for call in [ruling(EVIDENCE), late(EVIDENCE)] {
			assert_noop!(dispatch(PLATFORM, call.clone()), BadOrigin);
			assert_noop!(dispatch(OPERATOR, call), BadOrigin);
		}
		for call in [ruling(EVIDENCE + 1), late(EVIDENCE + 1)] {
			let refused = DispatchError::Other("no such evidence");
			assert_noop!(dispatch(ASSOCIATION, call), refused);
		}
		for call in [ruling(EVIDENCE), late(EVIDENCE)] {
			assert_eq!(Fakes::take_kind_asked(), None);
			assert_ok!(dispatch(ASSOCIATION, call));
			assert_eq!(Fakes::take_kind_asked(), Some(EvidenceKind::Adjudication));
		}
	});
}

#[test]
fn an_association_rules_in_its_own_case_and_in_no_other() {
	ExtBuilder::default().with_deemed_confirmation().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(dispute(1));
		Fakes::set_now(START + WINDOW);
		let (case, evidence) = (CASE, EVIDENCE);
		let calls = [
			Call::adjudicate { case_id: case, lender: 1, ruling: Ruling::Exclude, evidence },
			Call::admit_late {
				case_id: case,
				identity: identity(1),
				amount: 5,
				class_id: 0,
				evidence,
			},
			Call::deem_confirmed { case_id: case, lenders: batch([0]), evidence },
		];
		for call in calls {
			let error = Error::<Test>::NotAssociationOfCase;
			assert_noop!(dispatch(OTHER_ASSOCIATION, call.clone()), error);
			assert_ok!(dispatch(ASSOCIATION, call));
		}
		assert_eq!(state(1), ClaimState::Excluded);
		assert_eq!((state(3), state(0)), (ClaimState::Adjudicated, ClaimState::Deemed));
	});
}

#[test]
fn a_late_claim_gets_the_next_row_on_both_sides_of_a_page_border_and_counts() {
	ExtBuilder::default().with_locked_rows(63).build_and_execute(|| {
		let imported = roll().imported;
		let (heads, amount) = eligible();
		assert_ok!(admit_late(1, 1_000, 2));
		assert_ok!(admit_late(3, 10, 2));
		assert_eq!((claim(63).amount, claim(63).class), (1_000, 2));
		assert_eq!((claim(64).amount, claim(64).state), (10, ClaimState::Adjudicated));
		assert_eq!(eligible(), (heads + 2, amount + 1_010));
		assert_eq!(roll().rows, 65);
		assert_eq!(roll().imported, imported);
		assert_eq!(roll().digest, digest_of((0..63).map(row)), "the digest is that of the lock");
		assert_eq!(
			events()[1],
			Event::LateClaimAdmitted {
				case: CASE,
				lender: 64,
				identity: identity(3),
				amount: 10,
				class: 2,
				association: ASSOCIATION,
				evidence: EVIDENCE
			}
		);
	});
}

#[test]
fn a_late_claim_can_be_ruled_on_again() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(admit_late(1, 1_000, 0));
		assert_noop!(dispute(3), Error::<Test>::AlreadyAdjudicated);
		assert_ok!(adjudicate(3, Ruling::Adjust(900)));
		assert_eq!(eligible(), (4, 1_500));
		assert_ok!(adjudicate(3, Ruling::Exclude));
		assert_eq!(eligible(), (3, 600));
	});
}

#[test]
fn a_late_claim_of_zero_of_a_person_with_a_row_or_of_a_ninth_class_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let class = |number: u32| ImportRow { class: number as u8, ..row(number) };
		assert_ok!(import(0, batch((0..8).map(class))));
		assert_ok!(lock(8, (0..8).map(stated).sum(), roll().digest));
		assert_noop!(admit_late(1, 0, 0), Error::<Test>::ZeroAmount);
		assert_noop!(admit_late(2, 5, 0), DispatchError::Other("has a row"));
		assert_noop!(admit_late(1, 5, 8), Error::<Test>::ClassesExceeded);
		assert_ok!(admit_late(1, 5, 7));
		assert_noop!(admit_late(1, 5, 7), DispatchError::Other("has a row"));
	});
}

#[test]
fn a_late_claim_may_open_a_class_that_the_roll_did_not_have() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(admit_late(1, 5, 200));
		assert_eq!(roll().eligible.class(200), Votes::one(5));
		assert_eq!(roll().imported.class(200), Votes::default());
	});
}

#[test]
fn rulings_and_late_claims_wait_until_the_last_of_two_polls_closes() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(dispute(1));
		let frozen = |totals| {
			for ruling in
				[Ruling::Uphold, Ruling::Adjust(5), Ruling::Provisional(5), Ruling::Exclude]
			{
				assert_noop!(adjudicate(1, ruling), Error::<Test>::RollFrozen);
			}
			assert_noop!(admit_late(1, 5, 0), Error::<Test>::RollFrozen);
			assert_eq!(eligible(), totals);
		};
		assert_ok!(Claims::freeze(CASE));
		frozen((2, 400));
		assert_ok!(Claims::freeze(CASE));
		frozen((2, 400));
		assert_ok!(Claims::thaw(CASE));
		frozen((2, 400));
		assert_ok!(Claims::thaw(CASE));
		assert_ok!(adjudicate(1, Ruling::Uphold));
		assert_ok!(admit_late(1, 5, 0));
		assert_eq!(eligible(), (4, 605));
	});
}
