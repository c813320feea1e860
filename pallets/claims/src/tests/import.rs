//! Importing and locking a roll.

use crate::{mock::*, Call, ClaimState, Entry, Error, Event, ImportRow, LockedRoll, Stated};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchError};
use winddown_primitives::{
	pages::Cell, roll_digest, traits::StageGate, ClassTotal, Digest, EvidenceKind, Fen,
	IdentityHash, Stage, Votes, EMPTY_ROLL_DIGEST, MAX_AMOUNT,
};

#[test]
fn imported_rows_are_read_back_on_both_sides_of_a_page_border() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(import(0, rows(0..63)));
		assert_ok!(import(63, rows(63..66)));
		for lender in [0, 62, 63, 64, 65] {
			let found = claim(lender);
			assert_eq!((found.stated, found.amount), (stated(lender), stated(lender)));
			assert_eq!(found.class, (lender % 3) as u8);
			assert_eq!(found.state, ClaimState::Imported);
			assert!(!found.may_vote);
		}
		assert_eq!(Claims::claim(CASE, 66), None);
		assert_eq!(Claims::claims(CASE, 0).len(), 64);
		assert_eq!(Claims::claims(CASE, 1), [claim(64), claim(65)]);
		assert!(Claims::claims(CASE, 2).is_empty());
		assert_eq!(
			events(),
			[
				Event::RowsImported {
					case: CASE,
					first: 0,
					count: 63,
					digest: digest_of((0..63).map(row))
				},
				Event::RowsImported {
					case: CASE,
					first: 63,
					count: 3,
					digest: digest_of((0..66).map(row))
				},
			]
		);
	});
}

#[test]
fn the_running_digest_does_not_depend_on_the_batches() {
	let imported_in = |borders: &[u32]| {
		let mut digest = None;
		ExtBuilder::default().build_and_execute(|| {
			for border in borders.windows(2) {
				assert_ok!(import(border[0], rows(border[0]..border[1])));
			}
			digest = Some(roll().digest);
		});
		digest
	};
	let whole = imported_in(&[0, 130]);
	assert_eq!(whole, Some(digest_of((0..130).map(row))));
	assert_eq!(whole, imported_in(&[0, 1, 63, 64, 65, 128, 130]));
}

#[test]
fn the_running_digest_begins_with_zeros_and_takes_one_row_after_the_other() {
	ExtBuilder::default().build_and_execute(|| {
		let one = roll_digest(&[0; 32], &identity(0), 100, 0);
		let two = roll_digest(&one, &identity(2), 200, 1);
		assert_ok!(import(0, rows(0..2)));
		assert_eq!(roll().digest, two);
		assert_eq!(EMPTY_ROLL_DIGEST, [0; 32]);
	});
}

#[test]
fn the_totals_of_an_import_are_those_of_its_classes_and_nobody_is_eligible_yet() {
	ExtBuilder::default().with_rows(4).build_and_execute(|| {
		let imported = roll().imported;
		assert_eq!(
			imported.classes(),
			[
				ClassTotal { class: 0, eligible: Votes { heads: 2, amount: 100 + 400 } },
				ClassTotal { class: 1, eligible: Votes { heads: 1, amount: 200 } },
				ClassTotal { class: 2, eligible: Votes { heads: 1, amount: 300 } },
			]
		);
		assert_eq!(eligible(), (0, 0));
		assert_eq!(roll().counts.imported, 4);
	});
}

#[test]
fn a_batch_sent_again_after_a_lost_answer_changes_nothing() {
	ExtBuilder::default().with_rows(10).build_and_execute(|| {
		assert_noop!(import(0, rows(0..10)), Error::<Test>::WrongPosition);
		assert_ok!(import(10, rows(10..20)));
		assert_noop!(import(10, rows(10..20)), Error::<Test>::WrongPosition);
	});
}

#[test]
fn a_gap_between_batches_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(import(1, rows(0..1)), Error::<Test>::WrongPosition);
		assert_ok!(import(0, rows(0..64)));
		assert_noop!(import(65, rows(65..66)), Error::<Test>::WrongPosition);
		assert_noop!(import(63, rows(63..66)), Error::<Test>::WrongPosition);
	});
}

#[test]
fn a_descending_or_repeated_identity_undoes_its_whole_batch_at_every_page_border() {
	for length in [1, 63, 64, 65] {
		ExtBuilder::default().with_rows(length).build_and_execute(|| {
			let not_ascending = DispatchError::Other("not ascending");
			let repeated = batch([row(length - 1)]);
			assert_noop!(import(length, repeated), not_ascending);
			let later = batch([row(length), row(length + 1), row(length + 1)]);
			assert_noop!(import(length, later), not_ascending);
			let descending = batch([row(length + 1), row(length)]);
			assert_noop!(import(length, descending), not_ascending);
			assert_ok!(import(length, rows(length..length + 2)));
		});
	}
}

#[test]
fn a_row_of_zero_fen_undoes_its_whole_batch() {
	ExtBuilder::default().build_and_execute(|| {
		let zero = ImportRow { amount: 0, ..row(1) };
		assert_noop!(import(0, batch([row(0), zero])), Error::<Test>::ZeroAmount);
		assert_eq!(Claims::roll(CASE), None);
		assert_ok!(import(0, batch([row(0), ImportRow { amount: 1, ..row(1) }])));
	});
}

#[test]
fn an_amount_that_no_claim_is_undoes_its_whole_batch() {
	ExtBuilder::default().build_and_execute(|| {
		for amount in [MAX_AMOUNT + 1, Fen::MAX] {
			let huge = ImportRow { amount, ..row(1) };
			assert_noop!(import(0, batch([row(0), huge])), Error::<Test>::AmountTooLarge);
		}
		let most = ImportRow { amount: MAX_AMOUNT, class: 0, ..row(0) };
		assert_ok!(import(0, batch([most])));
		assert_ok!(lock(1, MAX_AMOUNT, roll().digest));
	});
}

#[test]
fn an_identity_of_zeros_is_nobodys() {
	ExtBuilder::default().build_and_execute(|| {
		let nobody = ImportRow { identity: IdentityHash::default(), ..row(0) };
		assert_noop!(import(0, batch([nobody])), Error::<Test>::ZeroIdentity);
		assert_eq!(Claims::roll(CASE), None);
	});
}

#[test]
fn a_ninth_class_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let class = |number: u32| ImportRow { class: number as u8, ..row(number) };
		assert_ok!(import(0, batch((0..8).map(class))));
		assert_noop!(import(8, batch([class(8)])), Error::<Test>::ClassesExceeded);
		assert_ok!(import(8, batch([ImportRow { class: 7, ..row(8) }])));
	});
}

#[test]
fn an_empty_batch_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(import(0, batch([])), Error::<Test>::EmptyBatch);
	});
}

#[test]
fn a_roll_is_locked_only_with_the_right_heads_amount_and_digest() {
	ExtBuilder::default().with_rows(65).build_and_execute(|| {
		let (amount, digest) = ((0..65).map(stated).sum(), digest_of((0..65).map(row)));
		let mut other = digest;
		other[31] ^= 1;
		assert_noop!(lock(64, amount, digest), Error::<Test>::WrongHeads);
		assert_noop!(lock(66, amount, digest), Error::<Test>::WrongHeads);
		assert_noop!(lock(65, amount - 1, digest), Error::<Test>::WrongTotal);
		assert_noop!(lock(65, amount + 1, digest), Error::<Test>::WrongTotal);
		assert_noop!(lock(65, amount, other), Error::<Test>::WrongDigest);
		assert_ok!(lock(65, amount, digest));
	});
}

#[test]
fn a_lock_moves_the_case_on_locks_the_identities_and_deposits_the_roll() {
	ExtBuilder::default().with_rows(3).build_and_execute(|| {
		let digest = digest_of((0..3).map(row));
		assert_ok!(lock(3, 600, digest));
		assert!(roll().is_locked() && Fakes::column_is_locked(CASE));
		assert_eq!(roll().eligible, roll().imported);
		assert_eq!(
			<Fakes as winddown_primitives::traits::Cases<u64>>::stage(CASE),
			Ok(Stage::Confirming)
		);
		let locked = LockedRoll { case: CASE, heads: 3, amount: 600, digest };
		assert_eq!(Fakes::deposits(), [(CASE, EvidenceKind::Roll, Digest::of(&locked))]);
		assert_eq!(
			events(),
			[Event::RollLocked {
				case: CASE,
				platform: PLATFORM,
				heads: 3,
				amount: 600,
				digest,
				evidence: ROLL_RECORD
			}]
		);
	});
}

#[test]
fn the_evidence_of_a_lock_is_the_digest_of_56_documented_bytes() {
	let locked = LockedRoll { case: 7, heads: 3, amount: 600, digest: [9; 32] };
	let mut bytes = Vec::new();
	bytes.extend(7u32.to_le_bytes());
	bytes.extend(3u32.to_le_bytes());
	bytes.extend(600u128.to_le_bytes());
	bytes.extend([9; 32]);
	assert_eq!(bytes.len(), 56);
	assert_eq!(Digest::of(&locked), Digest::Blake2b256(sp_io::hashing::blake2_256(&bytes)));
}

#[test]
fn nothing_is_imported_or_locked_after_the_lock() {
	ExtBuilder::default().with_locked_rows(3).build_and_execute(|| {
		assert_noop!(import(3, rows(3..4)), Error::<Test>::RollLocked);
		assert_noop!(lock_rows(3), Error::<Test>::RollLocked);
	});
}

#[test]
fn a_roll_without_rows_cannot_be_locked() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(lock(0, 0, EMPTY_ROLL_DIGEST), Error::<Test>::EmptyRoll);
	});
}

#[test]
fn a_case_that_was_escalated_before_the_lock_takes_no_rows() {
	ExtBuilder::default().with_rows(3).build_and_execute(|| {
		Fakes::set_stage(CASE, Stage::Escalated);
		assert_noop!(import(3, rows(3..4)), Error::<Test>::WrongStage);
		assert_noop!(lock_rows(3), Error::<Test>::WrongStage);
	});
}

#[test]
fn only_the_platform_of_the_case_imports_and_locks() {
	ExtBuilder::default().with_rows(3).build_and_execute(|| {
		let import = |case| Call::import { case_id: case, first: 3, rows: rows(3..4) };
		let lock = Call::lock { case_id: CASE, heads: 3, amount: 600, digest: roll().digest };
		for who in [STRANGER, ASSOCIATION, OPERATOR] {
			assert_noop!(dispatch(who, import(CASE)), BadOrigin);
			assert_noop!(dispatch(who, lock.clone()), BadOrigin);
		}
		let other = Error::<Test>::NotPlatformOfCase;
		assert_noop!(dispatch(OTHER_PLATFORM, import(CASE)), other);
		assert_noop!(dispatch(OTHER_PLATFORM, lock), Error::<Test>::NotPlatformOfCase);
		assert_noop!(dispatch(PLATFORM, import(99)), DispatchError::Other("no such case"));
	});
}

#[test]
fn an_election_needs_a_locked_roll_and_other_steps_do_not() {
	ExtBuilder::default().with_rows(3).build_and_execute(|| {
		let ready = |from, to| Claims::ensure_ready(CASE, from, to);
		let not_locked = Error::<Test>::RollNotLocked;
		assert_noop!(ready(Stage::Confirming, Stage::Electing), not_locked);
		assert_ok!(ready(Stage::Repaying, Stage::Closed));
		assert_ok!(lock_rows(3));
		assert_ok!(dispute(0));
		assert_ok!(ready(Stage::Confirming, Stage::Electing));
	});
}

#[test]
fn an_entry_is_the_amount_in_16_bytes_little_endian_the_class_and_the_index_of_the_state() {
	for (byte, state) in (0..).zip(ClaimState::ALL) {
		let entry = Entry { stated: Stated { amount: 0x0102, class: 9 }, state };
		let mut cell = [0xff; 18];
		entry.write(&mut cell);
		assert_eq!(cell[..3], [2, 1, 0]);
		assert_eq!(cell[2..16], [0; 14]);
		assert_eq!(cell[16..], [9, byte]);
		assert_eq!(codec::Encode::encode(&state), [byte]);
		assert_eq!(Entry::read(&cell), Some(entry));
	}
}

#[test]
fn a_cell_of_no_amount_or_of_no_known_state_is_no_entry() {
	assert_eq!(Entry::read(&[0; 18]), None);
	let mut cell = [1; 18];
	assert!(Entry::read(&cell).is_some());
	cell[17] = 8;
	assert_eq!(Entry::read(&cell), None);
	assert_eq!(Entry::read(&[1; 17]), None);
}
