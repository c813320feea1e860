//! Records, attestations, and the chain's own results.

use crate::{
	kit::{account, Case},
	story::*,
};
use codec::{Decode, Encode};
use winddown_verifier::chain::{storage, types::*};

#[test]
fn an_attestation_that_was_never_given_is_named() {
	let mut case = good();
	let word = Attestation { verdict: Verdict::Confirm, block: 10, before: None }.encode();
	case.put(&attestation_key(6, "ArbiterOne"), Some(word));
	case.finds(&["attestation-differs"]);
}

#[test]
fn a_state_that_the_attestations_do_not_give_is_named() {
	let mut case = good();
	edit_record(&mut case, 6, |record| record.state = RecordState::Effective);
	case.finds(&["evidence-state"]);
}

#[test]
fn a_record_changed_after_its_deposit_is_named() {
	let mut case = good();
	edit_record(&mut case, 6, |record| record.content.size += 1);
	case.finds(&["evidence-differs"]);
}

#[test]
fn a_policy_other_than_the_one_set_is_named() {
	let mut case = good();
	let key = [of_case("Evidence", "Policies"), storage::twox(&1u16)].concat();
	let mut other = policy();
	other.required = 1;
	case.put(&key, Some(other.encode()));
	case.finds(&["policy-differs"]);
}

/// The chain with one more attestation.
fn attested(by: &str, relation: Relation, digest: Digest) -> Case {
	let mut kit = chain();
	let step = attestation(&kit, by, relation, digest);
	kit.block(80_000, vec![step]);
	write_state(&mut kit);
	kit.finish()
}

#[test]
fn a_stranger_and_an_institution_that_speaks_twice_are_named() {
	let stranger = attested("Stranger", Relation::Independent, batch_root());
	assert!(stranger.codes().contains("attestation-foreign"));
	let again = attested("ArbiterOne", Relation::Independent, batch_root());
	assert!(again.codes().contains("attestation-twice"));
}

#[test]
fn an_attestation_of_another_digest_is_named() {
	let other = attested("ArbiterOne", Relation::Independent, Digest::Sm3([0; 32]));
	assert!(other.codes().contains("attestation-digest"));
}

#[test]
fn an_independent_arbiter_that_is_the_platform_too_is_named() {
	let mut kit = until_open();
	// The council made the arbiter a platform.
	let fields = (account("ArbiterOne"), vec![4u8], vec![4u8, 5]);
	let told = kit.event("Consortium", "RolesSet", fields);
	let motion = kit.signed("Association", &kit.call("Cases", "advance", (0u32, 3u8)));
	kit.block(52_000, vec![(motion, vec![told])]);
	let content = Content { digest: batch_root(), leaves: 2, size: batch_size(), encoding: 2 };
	let none = None::<u64>;
	let arguments = (0u32, EvidenceKind::Other, content, 0u64, none, none);
	let deposit = kit.signed("Operator", &kit.call("Evidence", "deposit", arguments));
	let by = Some(("Operator", 2, batch_size(), 2));
	let told = deposited(&kit, 4, EvidenceKind::Other, batch_root(), by);
	let call = kit.call("Evidence", "attest", (4u64, batch_root(), Verdict::Confirm));
	let attest = kit.signed("ArbiterOne", &call);
	let fields =
		(4u64, account("ArbiterOne"), Relation::Independent, batch_root(), Verdict::Confirm);
	let said = kit.event("Evidence", "Attested", fields);
	kit.block(53_000, vec![(deposit, vec![told]), (attest, vec![said])]);
	assert!(kit.finish().codes().contains("attestation-related-party"));
}

#[test]
fn a_result_that_is_no_evidence_is_named() {
	let mut kit = until_voted();
	let close = kit.signed("Operator", &kit.call("Polls", "close", 0u32));
	let turnout = Votes { heads: 2, amount: 800 };
	let wrong = deposited(&kit, 4, EvidenceKind::PollOutcome, Digest::Sm3([0; 32]), None);
	let fields = (0u32, 0u32, turnout, vec![ItemOutcome::Passed], 4u64);
	let told = vec![wrong, kit.event("Polls", "PollClosed", fields)];
	kit.block(CLOSES, vec![(close, told)]);
	assert!(kit.finish().codes().contains("result-evidence"));
}

fn edit_record(case: &mut Case, id: u64, change: impl FnOnce(&mut StoredRecord)) {
	case.edit(&record_key(id), |bytes| {
		let mut record = StoredRecord::decode(&mut bytes.as_slice()).unwrap();
		change(&mut record);
		*bytes = record.encode();
	});
}
