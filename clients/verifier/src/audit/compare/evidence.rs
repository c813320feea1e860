//! Records, attestations, policies, and the chain's own results.

use super::{must_be, Code, Findings, Place, State};
use crate::{
	audit::replay::{Record, World},
	chain::{
		storage,
		types::{Account, Attestation, Digest, EvidenceId, EvidenceKind, Policy, StoredRecord},
	},
};
use codec::{Decode, DecodeAll};
use std::collections::BTreeMap;

pub fn compare(state: &State, world: &World, findings: &mut Findings) {
	let prefix = storage::prefix("Evidence", "Records");
	for (key, value) in state.under(&prefix) {
		let Ok(id) = EvidenceId::decode(&mut key.get(40..).unwrap_or_default()) else { continue };
		let case = u32::decode(&mut { value }).ok();
		if case == Some(world.scope) && !world.records.contains_key(&id) {
			findings.add(
				Code::EvidenceDiffers,
				Place::evidence(id),
				"no such record",
				"a stored one",
			);
		}
	}
	for (id, record) in world.records.iter().filter(|(_, record)| record.case == world.scope) {
		stored(state, *id, record, findings);
		attestations(state, *id, record, findings);
	}
	policies(state, world, findings);
	results(world, findings);
}

fn stored(state: &State, id: EvidenceId, own: &Record, findings: &mut Findings) {
	let place = Place::evidence(id);
	let key = storage::key("Evidence", "Records", &[&storage::twox(&id)]);
	let Ok(Some(stored)) = state.read::<StoredRecord>(&key) else {
		return findings.add(Code::EvidenceDiffers, place, "a stored record", "none");
	};
	findings.same(Code::EvidenceDiffers, place.clone(), &own.case, &stored.case);
	findings.same(Code::EvidenceDiffers, place.clone(), &own.kind, &stored.kind);
	findings.same(Code::EvidenceDiffers, place.clone(), &own.content, &stored.content);
	findings.same(Code::EvidenceDiffers, place.clone(), &own.producer, &stored.producer);
	let (times, found) =
		((own.produced_at, own.deposited_at), (stored.produced_at, stored.deposited_at));
	findings.same(Code::EvidenceDiffers, place.clone(), &times, &found);
	findings.same(Code::EvidenceDiffers, place.clone(), &own.block, &stored.block);
	findings.same(Code::EvidenceDiffers, place.clone(), &own.parent, &stored.parent);
	findings.same(Code::EvidenceDiffers, place.clone(), &own.replaces, &stored.replaces);
	findings.same(Code::EvidenceDiffers, place.clone(), &own.superseded_by, &stored.superseded_by);
	findings.same(Code::PolicyDiffers, place.clone(), &own.policy, &stored.policy);
	findings.same(Code::EvidenceState, place.clone(), &own.state, &stored.state);
	findings.same(Code::EvidenceState, place.clone(), &own.decided_at, &stored.decided_at);
	findings.same(Code::EvidenceState, place, &own.counts, &stored.counts);
}

fn attestations(state: &State, id: EvidenceId, own: &Record, findings: &mut Findings) {
	let prefix = storage::key("Evidence", "Attestations", &[&storage::twox(&id)]);
	let mut found: BTreeMap<Account, Option<Attestation>> = BTreeMap::new();
	for (key, value) in state.under(&prefix) {
		if let Ok(account) = Account::try_from(key.get(prefix.len() + 16..).unwrap_or_default()) {
			found.insert(account, DecodeAll::decode_all(&mut { value }).ok());
		}
	}
	for (arbiter, word) in &own.attestations {
		let stored = found.remove(arbiter).flatten();
		if stored != Some(*word) {
			let place = Place::evidence(id).by(arbiter);
			findings.add(
				Code::AttestationDiffers,
				place,
				format!("{word:?}"),
				format!("{stored:?}"),
			);
		}
	}
	for (arbiter, word) in found {
		let place = Place::evidence(id).by(&arbiter);
		findings.add(Code::AttestationDiffers, place, "none", format!("{word:?}"));
	}
}

fn policies(state: &State, world: &World, findings: &mut Findings) {
	let Some(case) = world.cases.get(&world.scope) else { return };
	let prefix = storage::key("Evidence", "Policies", &[&storage::twox(&world.scope)]);
	for (version, policy) in &case.policies {
		let key = [prefix.as_slice(), &storage::twox(version)].concat();
		let place = Place::default();
		must_be::<Policy>(state, &key, Some(policy), Code::PolicyDiffers, place, findings);
	}
	let found = state.under(&prefix).count();
	findings.same(Code::PolicyDiffers, Place::default(), &case.policies.len(), &found);
	let key = storage::key("Evidence", "CurrentPolicy", &[&storage::twox(&world.scope)]);
	let newest = case.policies.keys().max();
	must_be::<u16>(state, &key, newest, Code::PolicyDiffers, Place::default(), findings);
}

/// Every result that was worked out is a record of its kind, and no record of the kinds that are
/// worked out in full tells another.
fn results(world: &World, findings: &mut Findings) {
	let Some(case) = world.cases.get(&world.scope) else { return };
	let mut told: Vec<(EvidenceId, EvidenceKind, Digest)> = world
		.records
		.iter()
		.filter(|(_, record)| record.case == world.scope && record.producer.is_none())
		.map(|(id, record)| (*id, record.kind, record.content.digest))
		.collect();
	for (kind, digest) in &case.results {
		match told.iter().position(|(_, k, d)| (k, d) == (kind, digest)) {
			Some(at) => drop(told.swap_remove(at)),
			None => {
				let expected = format!("a record of {kind:?} over this digest");
				findings.add(Code::ResultEvidence, Place::digest(digest), expected, "none");
			}
		}
	}
	let in_full =
		[EvidenceKind::Notice, EvidenceKind::Roll, EvidenceKind::Stage, EvidenceKind::Plan];
	for (id, kind, digest) in told {
		if in_full.contains(&kind) {
			let place = Place { evidence: Some(id), ..Place::digest(digest) };
			findings.add(
				Code::ResultEvidence,
				place,
				format!("a result of {kind:?}"),
				"another digest",
			);
		}
	}
}
