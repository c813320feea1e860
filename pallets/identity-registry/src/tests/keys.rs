//! Registering, rebinding and revoking keys.

use crate::{
	mock::*, BoundKey, Call, Error, Event, Identities, KeyStatus, Keys, Rolls, MAX_REGISTRATIONS,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchError};
use winddown_primitives::{
	pages::Cell,
	traits::{IdentityColumn, LenderKeys},
	LenderKey, Stage,
};

fn bound(lender: u32) -> Option<BoundKey> {
	Registry::lender(CASE, lender).and_then(|lender| lender.key)
}

#[test]
fn a_registered_key_signs_for_its_row_and_the_events_tell_all() {
	ExtBuilder::default().with_locked_rows(65).build_and_execute(|| {
		let call = Call::register_batch {
			case_id: CASE,
			registrations: registrations(&[(64, key(1)), (0, key(2)), (63, key(3))]),
			evidence: Some(EVIDENCE),
		};
		assert_ok!(dispatch(REGISTRAR, call));
		for (lender, number) in [(64, 1), (0, 2), (63, 3)] {
			assert_eq!(Registry::active_key(CASE, lender), Ok(key(number)));
			assert_eq!(bound(lender).map(|bound| bound.status), Some(KeyStatus::Active));
			assert_eq!(Registry::row_of_key(CASE, key(number)), Some(lender));
		}
		assert_eq!(
			events(),
			[
				Event::KeyRegistered { case: CASE, lender: 64, key: key(1) },
				Event::KeyRegistered { case: CASE, lender: 0, key: key(2) },
				Event::KeyRegistered { case: CASE, lender: 63, key: key(3) },
				Event::BatchRegistered {
					case: CASE,
					registrar: REGISTRAR,
					count: 3,
					evidence: Some(EVIDENCE)
				},
			]
		);
	});
}

#[test]
fn keys_of_neighbouring_rows_do_not_touch_each_other() {
	ExtBuilder::default().with_locked_rows(130).build_and_execute(|| {
		let all: Vec<_> = (0..130u32)
			.map(|row| (row, LenderKey::Ecdsa([row as u8 + 1; 33])))
			.filter(|(row, _)| row % 3 != 0)
			.collect();
		assert_ok!(register(&all));
		for row in 0..130 {
			let expected = match row % 3 {
				0 => Err(Error::<Test>::NotRegistered.into()),
				_ => Ok(LenderKey::Ecdsa([row as u8 + 1; 33])),
			};
			assert_eq!(Registry::active_key(CASE, row), expected, "{row}");
		}
	});
}

#[test]
fn an_active_key_is_read_from_its_cell_alone() {
	new_test_ext().execute_with(|| {
		assert_ok!(append(&even_identities(130)));
		assert_ok!(Registry::lock(CASE));
		assert_ok!(register(&[(64, key(1)), (0, key(2)), (128, key(3))]));
		Rolls::<Test>::remove(CASE);
		for page in 0..3 {
			Identities::<Test>::remove(CASE, page);
		}
		Keys::<Test>::remove(CASE, 0);
		Keys::<Test>::remove(CASE, 2);
		assert_eq!(Registry::active_key(CASE, 64), Ok(key(1)));
	});
}

#[test]
fn a_row_without_a_key_and_no_row_at_all_are_told_apart() {
	ExtBuilder::default().with_locked_rows(65).build_and_execute(|| {
		assert_eq!(Registry::active_key(CASE, 64), Err(Error::<Test>::NotRegistered.into()));
		assert_eq!(Registry::active_key(CASE, 65), Err(Error::<Test>::NoSuchRow.into()));
		assert_eq!(Registry::active_key(99, 0), Err(Error::<Test>::NoSuchRow.into()));
		// A key further down makes the page longer, but gives no key to those before.
		assert_ok!(register(&[(63, key(1))]));
		assert_eq!(Registry::active_key(CASE, 0), Err(Error::<Test>::NotRegistered.into()));
	});
}

#[test]
fn a_batch_repeated_after_a_lost_answer_changes_nothing() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		let batch = [(0, key(1)), (1, key(2))];
		assert_ok!(register(&batch));
		assert_noop!(register(&batch), Error::<Test>::AlreadyRegistered);
	});
}

#[test]
fn one_bad_registration_undoes_the_whole_batch() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_noop!(register(&[(0, key(1)), (3, key(2))]), Error::<Test>::NoSuchRow);
		assert_noop!(register(&[(0, key(1)), (0, key(2))]), Error::<Test>::AlreadyRegistered);
		assert_noop!(register(&[(0, key(1)), (1, key(1))]), Error::<Test>::KeyInUse);
		assert_eq!(bound(0), None);
		assert_eq!(Registry::row_of_key(CASE, key(1)), None);
	});
}

#[test]
fn a_client_learns_which_registration_fails_without_changing_anything() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		let refused = |pairs: &[_]| Registry::first_refused(CASE, registrations(pairs));
		assert_eq!(
			refused(&[(0, key(1)), (1, key(2)), (2, key(1))]),
			Some((2, Error::<Test>::KeyInUse.into()))
		);
		assert_eq!(
			refused(&[(0, key(1)), (9, key(2)), (9, key(1))]),
			Some((1, Error::<Test>::NoSuchRow.into()))
		);
		assert_eq!(refused(&[(0, key(1)), (1, key(2))]), None);
		assert_eq!(bound(0), None);
		assert!(events().is_empty());
	});
}

#[test]
fn one_key_never_serves_two_rows_of_a_case_but_may_serve_another_case() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(register(&[(0, key(1))]));
		assert_noop!(register(&[(1, key(1))]), Error::<Test>::KeyInUse);
		assert_ok!(dispatch(
			REGISTRAR,
			Call::register_batch {
				case_id: OTHER_CASE,
				registrations: registrations(&[(1, key(1))]),
				evidence: None
			}
		));
		assert_eq!(Registry::active_key(OTHER_CASE, 1), Ok(key(1)));
		assert_eq!(Registry::row_of_key(CASE, key(1)), Some(0));
	});
}

#[test]
fn keys_with_the_same_bytes_and_different_kinds_are_different_keys() {
	ExtBuilder::default().with_locked_rows(2).build_and_execute(|| {
		let (ed, sr) = (LenderKey::Ed25519([9; 32]), LenderKey::Sr25519([9; 32]));
		assert_ok!(register(&[(0, ed), (1, sr)]));
		assert_eq!(Registry::active_key(CASE, 0), Ok(ed));
		assert_eq!(Registry::active_key(CASE, 1), Ok(sr));
	});
}

#[test]
fn a_lender_with_a_new_phone_signs_with_the_new_key_alone() {
	ExtBuilder::default().with_locked_rows(65).build_and_execute(|| {
		assert_ok!(register(&[(64, key(1)), (63, key(2))]));
		System::reset_events();
		assert_ok!(rebind(64, key(3)));
		assert_eq!(Registry::active_key(CASE, 64), Ok(key(3)));
		assert_eq!(Registry::active_key(CASE, 63), Ok(key(2)));
		assert_eq!(
			events(),
			[Event::KeyRebound {
				case: CASE,
				lender: 64,
				from: key(1),
				to: key(3),
				registrar: REGISTRAR,
				evidence: EVIDENCE
			}]
		);
	});
}

#[test]
fn a_key_that_was_replaced_serves_nobody_any_more() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(register(&[(0, key(1)), (1, key(2))]));
		assert_ok!(rebind(0, key(3)));
		assert_noop!(register(&[(2, key(1))]), Error::<Test>::KeyInUse);
		assert_noop!(rebind(1, key(1)), Error::<Test>::KeyInUse);
		assert_noop!(rebind(0, key(1)), Error::<Test>::KeyInUse);
		assert_noop!(rebind(0, key(3)), Error::<Test>::KeyInUse);
		assert_eq!(Registry::row_of_key(CASE, key(1)), Some(0), "history keeps its owner");
	});
}

#[test]
fn a_revoked_key_is_refused_until_another_one_is_bound() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(register(&[(1, key(1))]));
		System::reset_events();
		assert_ok!(revoke(1));
		assert_eq!(Registry::active_key(CASE, 1), Err(Error::<Test>::KeyRevoked.into()));
		assert_eq!(bound(1), Some(BoundKey { key: key(1), status: KeyStatus::Revoked }));
		assert_eq!(
			events(),
			[Event::KeyRevoked {
				case: CASE,
				lender: 1,
				key: key(1),
				registrar: REGISTRAR,
				evidence: EVIDENCE
			}]
		);
		assert_noop!(revoke(1), Error::<Test>::KeyRevoked);
		assert_noop!(register(&[(1, key(2))]), Error::<Test>::AlreadyRegistered);
		assert_noop!(register(&[(2, key(1))]), Error::<Test>::KeyInUse);
		assert_noop!(rebind(1, key(1)), Error::<Test>::KeyInUse);
		assert_ok!(rebind(1, key(2)));
		assert_eq!(Registry::active_key(CASE, 1), Ok(key(2)));
		assert_ok!(revoke(1));
	});
}

#[test]
fn a_row_without_a_key_can_neither_be_rebound_nor_revoked() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_noop!(rebind(0, key(1)), Error::<Test>::NotRegistered);
		assert_noop!(revoke(0), Error::<Test>::NotRegistered);
		assert_noop!(rebind(3, key(1)), Error::<Test>::NoSuchRow);
		assert_noop!(revoke(3), Error::<Test>::NoSuchRow);
	});
}

#[test]
fn a_key_can_be_replaced_while_a_poll_is_open() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(register(&[(0, key(1))]));
		Fakes::set_stage(CASE, Stage::Voting);
		assert_ok!(rebind(0, key(2)));
		assert_eq!(Registry::active_key(CASE, 0), Ok(key(2)));
		assert_eq!(Registry::rows(CASE), 3);
	});
}

#[test]
fn nothing_changes_in_a_case_that_is_over() {
	for stage in [Stage::Closed, Stage::Escalated] {
		ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
			assert_ok!(register(&[(0, key(1))]));
			Fakes::set_stage(CASE, stage);
			assert_noop!(register(&[(1, key(2))]), Error::<Test>::CaseFinal);
			assert_noop!(rebind(0, key(2)), Error::<Test>::CaseFinal);
			assert_noop!(revoke(0), Error::<Test>::CaseFinal);
			assert_eq!(Registry::active_key(CASE, 0), Ok(key(1)));
		});
	}
}

#[test]
fn nobody_but_a_registrar_binds_keys() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		let registrations = registrations(&[(0, key(1))]);
		let (case, lender, key, evidence) = (CASE, 0, key(2), EVIDENCE);
		for call in [
			Call::register_batch { case_id: case, registrations, evidence: None },
			Call::rebind { case_id: case, lender, key, evidence },
			Call::revoke { case_id: case, lender, evidence },
		] {
			assert_noop!(dispatch(STRANGER, call), BadOrigin);
		}
	});
}

#[test]
fn evidence_that_may_not_be_referred_to_stops_every_call() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_ok!(register(&[(1, key(1))]));
		let registrations = registrations(&[(0, key(2))]);
		let (case, lender, key, evidence) = (CASE, 1, key(3), EVIDENCE + 1);
		for call in [
			Call::register_batch { case_id: case, registrations, evidence: Some(evidence) },
			Call::rebind { case_id: case, lender, key, evidence },
			Call::revoke { case_id: case, lender, evidence },
		] {
			assert_noop!(dispatch(REGISTRAR, call), DispatchError::Other("no such evidence"));
		}
	});
}

#[test]
fn a_batch_holds_one_to_512_registrations_of_a_known_case() {
	ExtBuilder::default().with_locked_rows(512).build_and_execute(|| {
		assert_noop!(register(&[]), Error::<Test>::EmptyBatch);
		let call =
			Call::register_batch { case_id: 99, registrations: registrations(&[]), evidence: None };
		assert_noop!(dispatch(REGISTRAR, call), DispatchError::Other("no such case"));
		let full: Vec<_> = (0..MAX_REGISTRATIONS)
			.map(|row| {
				let mut bytes = [7; 32];
				bytes[..4].copy_from_slice(&row.to_le_bytes());
				(row, LenderKey::Sr25519(bytes))
			})
			.collect();
		assert_ok!(register(&full));
		assert_eq!(Registry::active_key(CASE, 511), Ok(full[511].1));
	});
}

#[test]
fn a_key_cell_is_the_key_and_one_status_byte() {
	let mut cell = [0xff; 35];
	BoundKey { key: key(2), status: KeyStatus::Revoked }.write(&mut cell);
	assert_eq!(cell[0], 3, "the kind of key: ECDSA");
	assert_eq!(cell[1..34], [2; 33]);
	assert_eq!(cell[34], 2);
	for (status, read) in [
		(0, None),
		(1, Some(BoundKey { key: key(2), status: KeyStatus::Active })),
		(2, Some(BoundKey { key: key(2), status: KeyStatus::Revoked })),
		(3, None),
	] {
		cell[34] = status;
		assert_eq!(BoundKey::read(&cell), read);
	}
	assert_eq!(BoundKey::read(&[0; 35]), None);
}

#[test]
fn no_key_is_bound_before_the_roll_is_locked() {
	ExtBuilder::default().with_rows(2).build_and_execute(|| {
		let batch = registrations(&[(0, key(1))]);
		let error = Error::<Test>::RollNotLocked;
		assert_eq!(Registry::first_refused(CASE, batch), Some((0, error.into())));
		assert_noop!(register(&[(0, key(1))]), Error::<Test>::RollNotLocked);
		assert_ok!(Registry::lock(CASE));
		assert_ok!(register(&[(0, key(1))]));
	});
}
