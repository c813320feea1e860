//! Evidence: records, attestations, policies, and the institutions that act.

use crate::case::{Case, Spot};
use codec::Encode;
use pallet_consortium::Event as ConsortiumEvent;
use pallet_evidence::{Attestations, Event as EvidenceEvent, Policies, Records};
use winddown_primitives::{Digest, Relation, Role, Roles};
use winddown_runtime::{Runtime, RuntimeCall, RuntimeEvent};
use winddown_tests::{
	chain::{account, signed},
	winddown::CASE,
};
use winddown_verifier::{
	audit::finding::{Code, Place},
	chain::types::{Attestation, Policy, RecordState, StoredRecord, Verdict},
};

/// Where an arbiter attests the list of the last payment, alone in its call, and the list's record.
fn last_word(case: &Case, arbiter: &str) -> (Spot, u64) {
	let by = account(arbiter);
	let spots = case.find_all(|event| {
		matches!(event, RuntimeEvent::Evidence(EvidenceEvent::Attested { arbiter, .. }) if *arbiter == by)
	});
	let spot = *spots.last().expect("attestations");
	let RuntimeEvent::Evidence(EvidenceEvent::Attested { id, .. }) =
		case.events(spot.block)[spot.event].event
	else {
		panic!("an attestation")
	};
	(spot, id)
}

/// The place of an attestation.
fn word(spot: Spot, id: u64, arbiter: &str) -> Place {
	Place { evidence: Some(id), ..spot.place().by(&account(arbiter).into()) }
}

fn key(id: u64) -> Vec<u8> {
	Records::<Runtime>::hashed_key_for(id)
}

/// A record that is still without any attestation.
fn pending(case: &Case) -> u64 {
	let (_, attested) = last_word(case, "ArbiterOne");
	attested + 1
}

#[test]
fn an_attestation_by_an_institution_that_is_the_platform_too_is_named() {
	let mut case = Case::good();
	let (spot, id) = last_word(&case, "ArbiterOne");
	let who = account("ArbiterOne");
	let old = Roles::new(&[Role::Arbiter]);
	let new = Roles::new(&[Role::Arbiter, Role::Platform]);
	case.insert_event(spot, RuntimeEvent::Consortium(ConsortiumEvent::RolesSet { who, old, new }));
	case.finds(Code::RelatedParty, word(spot, id, "ArbiterOne"));
}

#[test]
fn a_related_institution_that_is_counted_as_independent_is_named() {
	let mut case = Case::good();
	let (spot, id) = last_word(&case, "ArbiterTwo");
	case.edit_event(spot, |event| {
		let RuntimeEvent::Evidence(EvidenceEvent::Attested { relation, .. }) = event else {
			panic!("an attestation")
		};
		*relation = Relation::Independent;
	});
	case.finds(Code::EventDiffers, word(spot, id, "ArbiterTwo"));
}

#[test]
fn an_attestation_by_a_stranger_to_the_policy_is_named() {
	let mut case = Case::good();
	let (spot, id) = last_word(&case, "ArbiterTwo");
	let events = case.events(spot.block);
	let RuntimeEvent::Evidence(EvidenceEvent::Attested { digest, verdict, .. }) =
		events[spot.event].event.clone()
	else {
		panic!("an attestation")
	};
	let (arbiter, relation) = (account("Registrar"), Relation::Related);
	let call = pallet_evidence::Call::attest { id, digest, verdict };
	let extrinsic = signed(case.parts.head.genesis, "Registrar", 99, call.into());
	let attested =
		EvidenceEvent::Attested { id, arbiter: arbiter.clone(), relation, digest, verdict };
	let at = case.append(spot.block, extrinsic, [RuntimeEvent::Evidence(attested)]);
	let stored = Attestation { verdict: Verdict::Confirm, block: spot.block, before: None };
	case.put(&Attestations::<Runtime>::hashed_key_for(id, arbiter), Some(stored.encode()));
	case.edit::<StoredRecord>(&key(id), |record| record.counts.confirmed += 1);
	// It is no arbiter at all, and none of the policy.
	let place = word(at, id, "Registrar");
	case.finds_all(&[(Code::AttestationForeign, place.clone()), (Code::AttestationForeign, place)]);
}

#[test]
fn an_attestation_given_twice_is_named() {
	let mut case = Case::good();
	let (spot, id) = last_word(&case, "ArbiterTwo");
	let (extrinsic, told) = (case.extrinsic(spot), case.events(spot.block)[spot.event].clone());
	let at = case.append(spot.block, extrinsic, [told.event]);
	case.finds(Code::AttestationTwice, word(at, id, "ArbiterTwo"));
}

/// Where an arbiter says that it did not get the content of a record, which it then did.
fn absence(case: &Case, by: &str) -> (Spot, u64) {
	let by = account(by);
	let missed = |event: &RuntimeEvent| match event {
		RuntimeEvent::Evidence(EvidenceEvent::Attested { id, arbiter, verdict, .. })
			if *arbiter == by && verdict.is_absence() =>
		{
			Some(*id)
		}
		_ => None,
	};
	let spot = case.find(|event| missed(event).is_some());
	(spot, missed(&case.events(spot.block)[spot.event].event).expect("found as such"))
}

#[test]
fn an_absence_that_the_state_no_longer_tells_is_named() {
	let mut case = Case::good();
	let (_, id) = absence(&case, "ArbiterTwo");
	let arbiter = account("ArbiterTwo");
	let key = Attestations::<Runtime>::hashed_key_for(id, arbiter.clone());
	case.edit::<Attestation>(&key, |word| {
		assert!(word.before.take().is_some(), "it found the content after all");
	});
	case.finds(Code::AttestationDiffers, Place::evidence(id).by(&arbiter.into()));
}

#[test]
fn a_rejection_that_was_taken_back_as_if_it_had_been_an_absence_is_named() {
	let mut case = Case::good();
	let (spot, id) = absence(&case, "ArbiterTwo");
	let by = account("ArbiterTwo");
	let again = case.find_all(|event| {
		matches!(event, RuntimeEvent::Evidence(EvidenceEvent::Attested { id: of, arbiter, .. })
			if *of == id && *arbiter == by)
	});
	let harden = |verdict: &mut pallet_evidence::Verdict| {
		if let pallet_evidence::Verdict::Absent { reason } = *verdict {
			*verdict = pallet_evidence::Verdict::Reject { reason };
		}
	};
	case.edit_call(spot, |call| {
		let RuntimeCall::Evidence(pallet_evidence::Call::attest_batch { statements }) = call else {
			panic!("attestations")
		};
		statements.iter_mut().for_each(|statement| harden(&mut statement.verdict));
	});
	case.edit_event(spot, |event| {
		let RuntimeEvent::Evidence(EvidenceEvent::Attested { verdict, .. }) = event else {
			panic!("an attestation")
		};
		harden(verdict);
	});
	case.finds_with(
		Code::AttestationTwice,
		word(again[1], id, "ArbiterTwo"),
		&[Code::AttestationDiffers, Code::EvidenceState],
	);
}

#[test]
fn a_record_that_stays_rejected_although_its_content_was_found_is_named() {
	let mut case = Case::good();
	let (_, id) = absence(&case, "ArbiterTwo");
	case.edit::<StoredRecord>(&key(id), |record| record.state = RecordState::Rejected);
	case.finds(Code::EvidenceState, Place::evidence(id));
}

#[test]
fn an_attestation_of_another_digest_is_named() {
	let mut case = Case::good();
	let (spot, id) = last_word(&case, "ArbiterTwo");
	let other = Digest::Sha256([1; 32]);
	case.edit_call(spot, |call| {
		let RuntimeCall::Evidence(pallet_evidence::Call::attest { digest, .. }) = call else {
			panic!("an attestation")
		};
		*digest = other;
	});
	case.edit_event(spot, |event| {
		let RuntimeEvent::Evidence(EvidenceEvent::Attested { digest, .. }) = event else {
			panic!("an attestation")
		};
		*digest = other;
	});
	case.finds(Code::AttestationDigest, word(spot, id, "ArbiterTwo"));
}

#[test]
fn a_stored_attestation_that_nobody_gave_is_named() {
	let mut case = Case::good();
	let id = pending(&case);
	let stored = Attestation { verdict: Verdict::Confirm, block: 1, before: None }.encode();
	let arbiter = account("ArbiterOne");
	case.put(&Attestations::<Runtime>::hashed_key_for(id, arbiter.clone()), Some(stored));
	case.finds(Code::AttestationDiffers, Place::evidence(id).by(&arbiter.into()));
}

#[test]
fn an_attestation_taken_out_of_the_state_is_named() {
	let mut case = Case::good();
	let (_, id) = last_word(&case, "ArbiterOne");
	let arbiter = account("ArbiterOne");
	case.put(&Attestations::<Runtime>::hashed_key_for(id, arbiter.clone()), None);
	case.finds(Code::AttestationDiffers, Place::evidence(id).by(&arbiter.into()));
}

#[test]
fn evidence_that_is_effective_without_its_policy_is_named() {
	let mut case = Case::good();
	let id = pending(&case);
	case.edit::<StoredRecord>(&key(id), |record| record.state = RecordState::Effective);
	case.finds(Code::EvidenceState, Place::evidence(id));
}

#[test]
fn rejected_evidence_that_stands_as_effective_is_named() {
	let mut case = Case::good();
	// The first one was rejected for want of its content, which was found then.
	let rejected = case.find_all(|event| {
		matches!(event, RuntimeEvent::Evidence(EvidenceEvent::RecordRejected { .. }))
	});
	let rejected = *rejected.last().expect("a rejection");
	let RuntimeEvent::Evidence(EvidenceEvent::RecordRejected { id }) =
		case.events(rejected.block)[rejected.event].event
	else {
		panic!("a rejection")
	};
	case.edit::<StoredRecord>(&key(id), |record| record.state = RecordState::Effective);
	case.finds(Code::EvidenceState, Place::evidence(id));
}

#[test]
fn a_policy_that_asks_for_less_is_named() {
	let mut case = Case::good();
	case.edit::<Policy>(&Policies::<Runtime>::hashed_key_for(CASE, 1), |policy| {
		policy.required = 1
	});
	case.finds(Code::PolicyDiffers, Place::default());
}

#[test]
fn evidence_altered_after_its_deposit_is_named() {
	let mut case = Case::good();
	let id = pending(&case);
	case.edit::<StoredRecord>(&key(id), |record| record.content.size += 1);
	case.finds(Code::EvidenceDiffers, Place::evidence(id));
}

#[test]
fn evidence_dated_back_is_named() {
	let mut case = Case::good();
	let id = pending(&case);
	case.edit::<StoredRecord>(&key(id), |record| record.deposited_at -= 86_400_000);
	case.finds(Code::EvidenceDiffers, Place::evidence(id));
}

#[test]
fn evidence_that_nobody_deposited_is_named() {
	let mut case = Case::good();
	let record: StoredRecord = case.get(&key(0));
	case.put(&key(999), Some(record.encode()));
	case.finds(Code::EvidenceDiffers, Place::evidence(999));
}

#[test]
fn a_correction_that_is_hidden_is_named() {
	let mut case = Case::good();
	let replaced = case.find(|event| {
		matches!(event, RuntimeEvent::Evidence(EvidenceEvent::RecordSuperseded { .. }))
	});
	let RuntimeEvent::Evidence(EvidenceEvent::RecordSuperseded { id, .. }) =
		case.events(replaced.block)[replaced.event].event
	else {
		panic!("a correction")
	};
	case.edit::<StoredRecord>(&key(id), |record| record.superseded_by = None);
	case.finds(Code::EvidenceDiffers, Place::evidence(id));
}

#[test]
fn an_act_of_a_suspended_institution_is_named() {
	let mut case = Case::good();
	let revoked = case.find(|event| {
		matches!(
			event,
			RuntimeEvent::IdentityRegistry(pallet_identity_registry::Event::KeyRevoked { .. })
		)
	});
	let who = account("Registrar");
	case.insert_event(
		revoked,
		RuntimeEvent::Consortium(ConsortiumEvent::Suspended { who: who.clone() }),
	);
	case.finds(Code::RoleMissing, revoked.place().by(&who.into()));
}

#[test]
fn an_act_of_an_institution_without_the_role_is_named() {
	let mut case = Case::good();
	let revoked = case.find(|event| {
		matches!(
			event,
			RuntimeEvent::IdentityRegistry(pallet_identity_registry::Event::KeyRevoked { .. })
		)
	});
	let who = account("Platform");
	let call = case.extrinsic(revoked).function;
	case.put_extrinsic(revoked, signed(case.parts.head.genesis, "Platform", 99, call));
	case.edit_event(revoked, |event| {
		let RuntimeEvent::IdentityRegistry(pallet_identity_registry::Event::KeyRevoked {
			registrar,
			..
		}) = event
		else {
			panic!("a revocation")
		};
		*registrar = who.clone();
	});
	case.finds(Code::RoleMissing, revoked.place().by(&account("Platform").into()));
}
