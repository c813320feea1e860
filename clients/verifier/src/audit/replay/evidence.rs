//! Evidence: records, policies, attestations, and the states that follow.

use super::{role, Code, Extrinsic, Place, World};
use crate::chain::{call::Call, event::Event, types::*};
use std::collections::BTreeMap;

/// A record.
#[derive(Clone, Debug)]
pub struct Record {
	/// The case.
	pub case: CaseId,
	/// What it is about.
	pub kind: EvidenceKind,
	/// What its digest is over.
	pub content: Content,
	/// Who deposited it; nobody for the chain's own results.
	pub producer: Option<Account>,
	/// When it was made, as its producer says.
	pub produced_at: Millis,
	/// When it was deposited.
	pub deposited_at: Millis,
	/// In which block.
	pub block: u32,
	/// What it belongs to.
	pub parent: Option<EvidenceId>,
	/// What it replaces.
	pub replaces: Option<EvidenceId>,
	/// What replaced it.
	pub superseded_by: Option<EvidenceId>,
	/// The version of its policy.
	pub policy: u16,
	/// Where it stands.
	pub state: RecordState,
	/// The block of the decision.
	pub decided_at: Option<u32>,
	/// Attestations counted.
	pub counts: Counts,
	/// Attestations by institution.
	pub attestations: BTreeMap<Account, Attestation>,
}

/// What an attestation says, and of whom.
struct Word {
	id: EvidenceId,
	arbiter: Account,
	relation: Relation,
	digest: Digest,
	verdict: Verdict,
}

impl World {
	pub(super) fn evidence_event(&mut self, extrinsic: &mut Extrinsic, event: Event) {
		match event {
			Event::Deposited {
				id,
				case,
				kind,
				content,
				producer,
				produced_at,
				parent,
				replaces,
				policy,
			} => {
				let record = Record {
					case,
					kind,
					content,
					producer,
					produced_at,
					deposited_at: self.now,
					block: self.block,
					parent,
					replaces,
					superseded_by: None,
					policy,
					state: RecordState::Pending,
					decided_at: None,
					counts: Counts::default(),
					attestations: BTreeMap::new(),
				};
				self.deposit(extrinsic, id, record);
			}
			Event::Attested { id, arbiter, relation, digest, verdict } => {
				self.attest(extrinsic, Word { id, arbiter, relation, digest, verdict })
			}
			Event::PolicySet { case, version, policy } => {
				self.set_policy(extrinsic, case, version, policy)
			}
			// The states are worked out, and compared with the stored ones at the end.
			_ => {}
		}
	}

	fn deposit(&mut self, extrinsic: &mut Extrinsic, id: EvidenceId, record: Record) {
		let (case, replaces) = (record.case, record.replaces);
		let place = Place { evidence: Some(id), ..self.here(extrinsic) };
		if let Some(producer) = record.producer {
			let Record { kind, content, produced_at, parent, .. } = record;
			let told = Call::Deposit { case, kind, content, produced_at, parent, replaces };
			let placed = extrinsic.take(|call| *call == told);
			let roles = role::OPERATOR | role::PLATFORM | role::ASSOCIATION | role::REGISTRAR;
			self.acted(case, extrinsic, placed.as_ref(), &producer, roles);
		}
		if let Some(replaced) = replaces.and_then(|id| self.records.get_mut(&id)) {
			let own = replaced.producer == record.producer && replaced.superseded_by.is_none();
			replaced.superseded_by = Some(id);
			// A correction does not hide that a record was rejected.
			if replaced.state != RecordState::Rejected {
				replaced.state = RecordState::Superseded;
			}
			if !own {
				self.note(
					case,
					Code::EvidenceDiffers,
					place.clone(),
					"a record of the same producer, not replaced yet",
					"another",
				);
			}
		}
		let newest = self.cases.get(&case).and_then(|case| case.policies.keys().max().copied());
		if newest != Some(record.policy) {
			let expected = format!("policy version {newest:?}");
			self.note(case, Code::PolicyDiffers, place.clone(), expected, record.policy);
		}
		let next = self.records.keys().max().map_or(0, |last| last + 1);
		if id != next {
			self.note(
				case,
				Code::EvidenceDiffers,
				place,
				format!("record {next}"),
				format!("record {id}"),
			);
		}
		self.records.insert(id, record);
	}

	fn attest(&mut self, extrinsic: &mut Extrinsic, word: Word) {
		let Word { id, arbiter, relation, digest, verdict } = word;
		let place = Place { evidence: Some(id), ..self.here(extrinsic).by(&arbiter) };
		let statement = Statement { id, digest, verdict };
		// One call may attest many records: it stays for the next event.
		let named = extrinsic
			.find(|call| matches!(call, Call::Attest(words) if words.contains(&statement)));
		let signed =
			named.map(|placed| !placed.wrappers.is_empty() || extrinsic.signer == Some(arbiter));
		let holds = self.holds(&arbiter, role::ARBITER);
		let interested = self.holds(&arbiter, role::PLATFORM | role::OPERATOR);
		let (block, scope) = (self.block, self.scope);
		let Some(record) = self.records.get_mut(&id) else {
			return self.note(
				scope,
				Code::AttestationForeign,
				place,
				"a known record",
				"an unknown one",
			);
		};
		let case = record.case;
		let policy = self.cases.get(&case).and_then(|case| case.policies.get(&record.policy));
		let asked = policy.and_then(|policy| {
			policy
				.arbiters
				.iter()
				.find(|(account, _)| *account == arbiter)
				.map(|(_, relation)| *relation)
		});
		let (wanted, superseded) = (record.content.digest, record.superseded_by.is_some());
		let counted = asked.unwrap_or(relation);
		let in_turn = record.say(arbiter, verdict, block, counted);
		if let Some(policy) = policy.filter(|_| in_turn) {
			record.decide(policy, block);
		}
		let mut wrong: Vec<(Code, String, String)> = vec![];
		match signed {
			Some(true) => {}
			Some(false) => wrong.push((
				Code::EventDiffers,
				"signed by the arbiter".into(),
				"by another".into(),
			)),
			None => {
				wrong.push((Code::EventUnexplained, "a call that attests".into(), "none".into()))
			}
		}
		if !holds {
			wrong.push((
				Code::AttestationForeign,
				"an arbiter in good standing".into(),
				"not at that time".into(),
			));
		}
		match asked {
			None => wrong.push((
				Code::AttestationForeign,
				"an institution of the policy".into(),
				"another".into(),
			)),
			Some(asked) if asked != relation => {
				wrong.push((Code::EventDiffers, format!("{asked:?}"), format!("{relation:?}")))
			}
			Some(Relation::Independent) if interested => wrong.push((
				Code::RelatedParty,
				"neither platform nor operator".into(),
				"platform or operator".into(),
			)),
			Some(_) => {}
		}
		if !in_turn || superseded {
			wrong.push((
				Code::AttestationTwice,
				"one word on a record that stands, or one after an absence".into(),
				"another one".into(),
			));
		}
		if digest != wanted {
			wrong.push((Code::AttestationDigest, wanted.to_string(), digest.to_string()));
		}
		for (code, expected, found) in wrong {
			self.note(case, code, place.clone(), expected, found);
		}
	}

	fn set_policy(
		&mut self,
		extrinsic: &mut Extrinsic,
		case: CaseId,
		version: u16,
		policy: Policy,
	) {
		let place = self.here(extrinsic);
		// The first policy comes with the case; later ones by the council, whose motions are not
		// followed to their call.
		let opening = extrinsic.find(|call| matches!(call, Call::OpenCase { .. }));
		if let Some(Call::OpenCase { policy: asked, .. }) = opening.map(|placed| &placed.call) {
			if *asked != policy {
				let (asked, found) = (format!("{asked:?}"), format!("{policy:?}"));
				self.note(case, Code::PolicyDiffers, place.clone(), asked, found);
			}
		}
		for (account, relation) in &policy.arbiters {
			let place = place.clone().by(account);
			if *relation == Relation::Independent
				&& self.holds(account, role::PLATFORM | role::OPERATOR)
			{
				self.note(
					case,
					Code::RelatedParty,
					place.clone(),
					"neither platform nor operator",
					"platform or operator",
				);
			}
			if !self.holds(account, role::ARBITER) {
				self.note(
					case,
					Code::AttestationForeign,
					place,
					"an arbiter in good standing",
					"none",
				);
			}
		}
		let Some(known) = self.cases.get_mut(&case) else { return };
		known.policies.insert(version, policy);
	}
}

impl Record {
	/// Takes an arbiter's word; whether it was its turn. One word counts, and only one about the
	/// content takes the place of one that it was absent.
	fn say(&mut self, arbiter: Account, verdict: Verdict, block: u32, relation: Relation) -> bool {
		let told = Attestation { verdict, block, before: None };
		let Some(first) = self.attestations.insert(arbiter, told) else {
			self.count(verdict, relation, 1);
			return true;
		};
		match (first.verdict, verdict) {
			(Verdict::Absent { reason }, Verdict::Confirm | Verdict::Reject { .. }) => {
				let before = Some(Absence { reason, block: first.block });
				self.attestations.insert(arbiter, Attestation { before, ..told });
				self.count(first.verdict, relation, -1);
				self.count(verdict, relation, 1);
				true
			}
			_ => false,
		}
	}

	fn count(&mut self, verdict: Verdict, relation: Relation, words: i8) {
		let counts = &mut self.counts;
		let (all, independent) = match verdict {
			Verdict::Confirm => (&mut counts.confirmed, &mut counts.confirmed_independent),
			Verdict::Reject { .. } | Verdict::Absent { .. } => {
				(&mut counts.rejected, &mut counts.rejected_independent)
			}
		};
		*all = all.saturating_add_signed(words);
		if relation == Relation::Independent {
			*independent = independent.saturating_add_signed(words);
		}
	}

	/// Where the record stands by its policy: effective with the confirmations asked for, rejected
	/// once they can no longer come together, and open again when one that was missed is found.
	fn decide(&mut self, policy: &Policy, block: u32) {
		let all = policy.arbiters.len() as u8;
		let unrelated =
			policy.arbiters.iter().filter(|(_, r)| *r == Relation::Independent).count() as u8;
		let counts = &self.counts;
		let (required, independent) = (policy.required, policy.independent);
		let reached = counts.confirmed >= required && counts.confirmed_independent >= independent;
		let reachable = all.saturating_sub(counts.rejected) >= required
			&& unrelated.saturating_sub(counts.rejected_independent) >= independent;
		let state = match (reached, reachable) {
			(true, _) => RecordState::Effective,
			(false, false) => RecordState::Rejected,
			(false, true) => RecordState::Pending,
		};
		if state != self.state {
			self.state = state;
			self.decided_at = (state != RecordState::Pending).then_some(block);
		}
	}
}
