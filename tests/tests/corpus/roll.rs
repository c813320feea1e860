//! The roll: rows, amounts, claims, rulings, keys.

use crate::case::{converted, Case};
use pallet_claims::{Adjusted, Entries, Event as ClaimsEvent, Rolls};
use pallet_identity_registry::{Event as KeysEvent, KeyOwners, Keys};
use winddown_primitives::LenderKey;
use winddown_runtime::{Runtime, RuntimeCall, RuntimeEvent};
use winddown_tests::winddown::{
	lenders::{self, ADJUSTED, DISPUTING},
	CASE,
};
use winddown_verifier::audit::finding::{Code, Place};

/// Bytes of the cell of a key and its status.
const KEY: usize = 35;
/// Bytes of the cell of a claim: amount, class, state.
const ENTRY: usize = 18;

#[test]
fn a_wrong_amount_on_the_roll_is_named() {
	let mut case = Case::good();
	let key = |page| Entries::<Runtime>::hashed_key_for(CASE, page);
	case.edit_cell(key, 3, ENTRY, |cell| cell[0] ^= 1);
	case.finds(Code::RollDiffers, Place::row(3));
}

#[test]
fn a_lender_in_another_class_is_named() {
	let mut case = Case::good();
	let key = |page| Entries::<Runtime>::hashed_key_for(CASE, page);
	case.edit_cell(key, 3, ENTRY, |cell| cell[16] ^= 1);
	case.finds(Code::RollDiffers, Place::row(3));
}

#[test]
fn a_roll_other_than_the_platform_stated_is_named() {
	let mut case = Case::good();
	let locked =
		case.find(|event| matches!(event, RuntimeEvent::Claims(ClaimsEvent::RollLocked { .. })));
	case.edit_call(locked, |call| {
		let RuntimeCall::Claims(pallet_claims::Call::lock { amount, .. }) = call else {
			panic!("a lock")
		};
		*amount += 1;
	});
	case.finds(Code::RollStatement, locked.place());
}

#[test]
fn an_identity_of_somebody_else_is_named() {
	let mut case = Case::good();
	let key = |page| pallet_identity_registry::Identities::<Runtime>::hashed_key_for(CASE, page);
	case.edit_cell(key, 9, 32, |cell| cell[31] ^= 1);
	case.finds(Code::RollDiffers, Place::row(9));
}

#[test]
fn a_claim_that_nobody_confirmed_is_named() {
	let mut case = Case::good();
	let key = |page| Entries::<Runtime>::hashed_key_for(CASE, page);
	let confirmed = pallet_claims::ClaimState::ConfirmedByCall as u8;
	case.edit_cell(key, 14, ENTRY, |cell| cell[17] = confirmed);
	case.finds(Code::ClaimDiffers, Place::row(14));
}

#[test]
fn another_amount_than_the_ruling_is_named() {
	let mut case = Case::good();
	let row = DISPUTING[0];
	case.edit::<u128>(&Adjusted::<Runtime>::hashed_key_for(CASE, row), |amount| {
		*amount = ADJUSTED + 1;
	});
	case.finds(Code::ClaimDiffers, Place::row(row));
}

#[test]
fn a_ruling_without_grounds_is_named() {
	let mut case = Case::good();
	let ruled = case
		.find(|event| matches!(event, RuntimeEvent::Claims(ClaimsEvent::ClaimAdjudicated { .. })));
	case.edit_call(ruled, |call| {
		let RuntimeCall::Claims(pallet_claims::Call::adjudicate { evidence, .. }) = call else {
			panic!("a ruling")
		};
		*evidence = 999;
	});
	case.edit_event(ruled, |event| {
		let RuntimeEvent::Claims(ClaimsEvent::ClaimAdjudicated { evidence, .. }) = event else {
			panic!("a ruling")
		};
		*evidence = 999;
	});
	case.finds(Code::RulingUnfounded, ruled.place().at_row(DISPUTING[0]));
}

#[test]
fn totals_that_are_not_those_of_the_roll_are_named() {
	let mut case = Case::good();
	case.edit::<pallet_claims::Roll>(&Rolls::<Runtime>::hashed_key_for(CASE), |roll| {
		let mut totals: Vec<(u8, (u32, u128))> = converted(&roll.eligible);
		totals[0].1 .1 += 1;
		roll.eligible = converted(&totals);
	});
	case.finds(Code::TotalsDiffer, Place::default());
}

#[test]
fn another_key_in_the_key_column_is_named() {
	let mut case = Case::good();
	let key = |page| Keys::<Runtime>::hashed_key_for(CASE, page);
	case.edit_cell(key, 4, KEY, |cell| cell[9] ^= 1);
	case.finds(Code::KeyDiffers, Place::row(4));
}

#[test]
fn a_revoked_key_that_stands_as_active_is_named() {
	let mut case = Case::good();
	let key = |page| Keys::<Runtime>::hashed_key_for(CASE, page);
	case.edit_cell(key, lenders::ROBBED, KEY, |cell| cell[KEY - 1] = 1);
	case.finds(Code::KeyDiffers, Place::row(lenders::ROBBED));
}

#[test]
fn a_key_that_serves_two_rows_is_named() {
	let mut case = Case::good();
	let (row, of) = (14, 13);
	let (own, other) = (lenders::key(row), lenders::key(of));
	let registered = case.find(|event| {
		matches!(event, RuntimeEvent::IdentityRegistry(KeysEvent::KeyRegistered { lender, .. })
			if *lender == row)
	});
	case.edit_call(registered, |call| {
		use pallet_identity_registry::Call;
		let RuntimeCall::IdentityRegistry(Call::register_batch { registrations, .. }) = call else {
			panic!("a registration")
		};
		registrations[row as usize].key = other;
	});
	case.edit_event(registered, |event| {
		let RuntimeEvent::IdentityRegistry(KeysEvent::KeyRegistered { key, .. }) = event else {
			panic!("a registration")
		};
		*key = other;
	});
	let LenderKey::Ed25519(bytes) = other else { panic!("row 13 has an ed25519 key") };
	let column = |page| Keys::<Runtime>::hashed_key_for(CASE, page);
	case.edit_cell(column, row, KEY, |cell| {
		cell.fill(0);
		cell[0] = 1;
		cell[1..33].copy_from_slice(&bytes);
		cell[KEY - 1] = 1;
	});
	case.put(&KeyOwners::<Runtime>::hashed_key_for(CASE, own), None);
	case.edit::<u32>(&KeyOwners::<Runtime>::hashed_key_for(CASE, other), |owner| *owner = row);
	case.finds(Code::KeyInUse, registered.place().at_row(row));
}
