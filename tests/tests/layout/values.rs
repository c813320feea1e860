//! Values: every enum has the runtime's variants under the runtime's numbers.

use codec::{DecodeAll, Encode};
use std::fmt::Debug;
use winddown_primitives::{
	rules, CandidateOrder, Choice, EvidenceKind, ItemOutcome, ItemResult, Relation, Role, Roles,
	TieBreak, Votes,
};
use winddown_proof::{
	digest,
	layout::{evidence as proof, polls},
};
use winddown_verifier::{
	audit::replay::{role, role_bits},
	chain::types,
};

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
		"parts of rules": rules::Part, polls::Part, types::Part;
		"bases of rules": rules::Base, polls::Base, types::Base;
		"measures of rules": rules::Measure, polls::Measure, types::Measure;
		"bounds of rules": rules::Bound, polls::Bound, types::Bound;
		"scopes of rules": rules::Scope, polls::Scope, types::Scope;
		"ways to settle ties": TieBreak, types::TieBreak;
		"orders of candidates": CandidateOrder, types::CandidateOrder;
	}
}

#[test]
fn results_of_polls_have_the_runtimes_shape() {
	let votes = |heads, amount| Votes { heads, amount };
	let seats = vec![2u8, 0].try_into().expect("few");
	let reserves = vec![1u8].try_into().expect("few");
	let outcomes = [
		ItemOutcome::Passed,
		ItemOutcome::Chosen { option: 3 },
		ItemOutcome::Elected { seats, reserves },
		ItemOutcome::Failed,
	];
	let items = outcomes.map(|outcome| ItemResult {
		options: vec![votes(1, 2), votes(3, 4)].try_into().expect("few"),
		abstained: votes(5, 6),
		outcome,
		ties: vec![Choice(3)].try_into().expect("few"),
	});
	let items = items.to_vec().try_into().expect("few");
	let lot = Some(winddown_primitives::lot::Lot { block: 11, block_hash: [12; 32] });
	let (eligible, turnout) = (votes(7, 8), votes(9, 10));
	let result = pallet_polls::PollResult { eligible, turnout, items, lot };
	let read = polls::PollResult::decode_all(&mut &result.encode()[..]).expect("a result");
	let told: Vec<String> = read.items.iter().map(|item| format!("{:?}", item.outcome)).collect();
	assert_eq!(
		told,
		["Passed", "Chosen { option: 3 }", "Elected { seats: [2, 0], reserves: [1] }", "Failed"]
	);
	assert_eq!((read.lot.map(|lot| lot.block), &read.items[0].ties[..]), (Some(11), &[3][..]));
	assert_eq!((read.turnout.heads, read.items[3].options[1].amount), (9, 4));
	assert_eq!(read.encode(), result.encode());
	let tally = pallet_polls::ClassTally {
		voted: votes(1, 2),
		options: vec![votes(3, 4)].try_into().expect("few"),
		abstained: vec![votes(5, 6)].try_into().expect("few"),
	};
	let read = polls::Tally::decode_all(&mut &tally.encode()[..]).expect("a count");
	assert_eq!((read.voted.heads, read.options[0].amount, read.abstained[0].amount), (1, 4, 6));
	assert_eq!(read.encode(), tally.encode());
}

#[test]
fn words_on_evidence_have_the_runtimes_form() {
	let (reason, ours) = (winddown_primitives::Digest::Sm3([7; 32]), digest::Algorithm::Sm3);
	let ours = digest::Digest { algorithm: ours, bytes: [7; 32] };
	let theirs = types::Digest::Sm3([7; 32]);
	let verdicts = [
		(pallet_evidence::Verdict::Confirm, proof::Verdict::Confirm, types::Verdict::Confirm),
		(
			pallet_evidence::Verdict::Reject { reason },
			proof::Verdict::Reject { reason: ours },
			types::Verdict::Reject { reason: theirs },
		),
		(
			pallet_evidence::Verdict::Absent { reason },
			proof::Verdict::Absent { reason: ours },
			types::Verdict::Absent { reason: theirs },
		),
	];
	for (verdict, in_proofs, in_audits) in verdicts {
		let before = Some(pallet_evidence::Absence { reason, block: 3u32 });
		let bytes = pallet_evidence::Attestation { verdict, block: 4u32, before }.encode();
		let before = Some(proof::Absence { reason: ours, block: 3 });
		let word = proof::Attestation { verdict: in_proofs, block: 4, before };
		assert_eq!(proof::Attestation::decode_all(&mut &bytes[..]), Ok(word));
		let before = Some(types::Absence { reason: theirs, block: 3 });
		let word = types::Attestation { verdict: in_audits, block: 4, before };
		assert_eq!(types::Attestation::decode_all(&mut &bytes[..]), Ok(word));
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
		let listed = Vec::<u8>::decode_all(&mut &Roles::new(&[role]).encode()[..]).expect("a list");
		assert_eq!(role_bits(&listed), bit, "{role:?}");
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

#[test]
fn the_states_of_a_poll_and_of_a_roll_are_the_runtimes() {
	use pallet_polls::PollStatus;
	use winddown_proof::layout::polls::Status;

	let states = [
		PollStatus::Open,
		PollStatus::Closed { at: 7, evidence: 8 },
		PollStatus::Cancelled { at: 7 },
		PollStatus::AwaitsLot { at: 7, block: 8 },
	];
	for state in states {
		let bytes = state.encode();
		let told = format!("{state:?}");
		let audited = types::PollStatus::decode_all(&mut &bytes[..]).expect("a state");
		assert_eq!(format!("{audited:?}"), told);
		let proved = Status::decode_all(&mut &bytes[..]).expect("a state");
		assert_eq!(format!("{proved:?}"), told);
	}
	let phases = [
		pallet_claims::RollPhase::Importing,
		pallet_claims::RollPhase::Locked,
		pallet_claims::RollPhase::Clearing,
	];
	assert_eq!(phases.map(|phase| phase.encode()), [[0], [1], [2]]);
}

#[test]
fn lots_are_drawn_as_the_runtime_draws_them() {
	let runtime = winddown_primitives::lot::Lot { block: 9, block_hash: [7; 32] };
	let ours = types::Lot::decode_all(&mut &runtime.encode()[..]).expect("a lot");
	assert_eq!(ours.of_option(3, 1, 2), runtime.of_option(3, 1, 2));
	assert_eq!(ours.of_candidate(3, 4), runtime.of_candidate(3, 4));
}
