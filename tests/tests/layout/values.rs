//! Values: every enum has the runtime's variants under the runtime's numbers.

use codec::{DecodeAll, Encode};
use std::fmt::Debug;
use winddown_primitives::{rules, EvidenceKind, Relation, Role, Roles};
use winddown_proof::layout::evidence as proof;
use winddown_verifier::{audit::replay::role, chain::types};

/// What every byte means; nothing where it has no meaning.
fn meanings<T: DecodeAll + Debug>() -> Vec<Option<String>> {
	let meaning = |byte: u8| T::decode_all(&mut &[byte][..]).ok();
	(0..=u8::MAX).map(|byte| meaning(byte).map(|value| format!("{value:?}"))).collect()
}

/// Asserts that all of some types mean the same by every byte.
macro_rules! same {
	($($name:literal: $runtime:ty, $($other:ty),+;)*) => {
		$($(assert_eq!(meanings::<$other>(), meanings::<$runtime>(), $name);)+)*
	};
}

#[test]
fn enums_have_the_runtimes_variants() {
	same! {
		"kinds of evidence": EvidenceKind, proof::Kind, types::EvidenceKind;
		"states of records": pallet_evidence::RecordState, proof::RecordState, types::RecordState;
		"relations": Relation, proof::Relation, types::Relation;
		"states of claims": pallet_claims::ClaimState, types::ClaimState;
		"flags of instalments": pallet_repayment_vote::Flag, types::Flag;
		"parts of rules": rules::Part, types::Part;
		"bases of rules": rules::Base, types::Base;
		"measures of rules": rules::Measure, types::Measure;
		"bounds of rules": rules::Bound, types::Bound;
		"scopes of rules": rules::Scope, types::Scope;
	}
}

#[test]
fn votes_and_eligibility_are_the_runtimes() {
	for (byte, state) in (0u8..).zip(pallet_claims::ClaimState::ALL) {
		let ours = types::ClaimState::decode_all(&mut &[byte][..]).expect("a state");
		assert_eq!((ours.votes(), ours.counts()), (state.may_vote(), state.is_eligible()));
	}
}

#[test]
fn roles_have_the_runtimes_bits() {
	let roles = [
		(role::ASSOCIATION, Role::Association),
		(role::OPERATOR, Role::Operator),
		(role::REGISTRAR, Role::Registrar),
		(role::ARBITER, Role::Arbiter),
		(role::PLATFORM, Role::Platform),
	];
	for (bit, role) in roles {
		assert_eq!(bit.encode(), Roles::new(&[role]).encode(), "{role:?}");
	}
}

#[test]
fn items_have_the_runtimes_options_and_marks() {
	use winddown_primitives::ItemKind;

	let kinds = [
		ItemKind::Resolution,
		ItemKind::ChooseOne { options: 9 },
		ItemKind::ApproveUpTo { candidates: 12, seats: 7, reserves: 5 },
	];
	for kind in kinds {
		let ours = types::ItemKind::decode_all(&mut &kind.encode()[..]).expect("a kind");
		assert_eq!(ours.limits(), (kind.options(), kind.marks()), "{kind:?}");
	}
}

#[test]
fn intents_are_signed_over_the_documented_bytes() {
	use winddown_primitives::{signing_payload, Intent};

	let intent = Intent { case: 1u32, lender: 2, sequence: 3, valid_until: 4, call: 5u8 };
	let expected = [b"winddown/intent/v1", &[9; 32][..], &intent.encode()].concat();
	assert_eq!(&signing_payload(&[9; 32], &intent)[..], expected);
}
