//! The arbitration institutions' words on the records so far.

use super::{Play, CASE};
use pallet_evidence::{Call as Evidence, Record, Records, Statement, Verdict};
use winddown_primitives::{Digest, EvidenceId, EvidenceKind};
use winddown_runtime::{AccountId, Runtime};
use winddown_sdk::digest::on_chain;

impl Play {
	/// A correction and a record that nobody can open; then both institutions go through all
	/// records, confirm each and reject that one. The content of the correction comes late: both
	/// say that it was absent, and confirm it then.
	pub(super) fn attest(&mut self) {
		let draft = self.vault.document("audit report, draft");
		let draft = self.deposit("Operator", EvidenceKind::Other, draft);
		let content = self.vault.document("audit report");
		let correction = Evidence::<Runtime>::deposit {
			case_id: CASE,
			kind: EvidenceKind::Other,
			content,
			produced_at: self.chain.now(),
			parent: None,
			replaces: Some(draft),
		};
		self.act("Operator", [correction]);
		let unreadable = self.vault.document("a scan that nobody can read");
		let unreadable = self.deposit("Operator", EvidenceKind::Other, unreadable);
		let statements: Vec<Statement> = (0..=self.last_record())
			.filter(|id| *id != draft)
			.map(|id| Statement { id, digest: self.digest(id), verdict: Verdict::Confirm })
			.collect();
		let late = draft + 1;
		for arbiter in ["ArbiterOne", "ArbiterTwo"] {
			let reason = on_chain(self.vault.paper());
			let verdict = |statement: &Statement| match statement.id {
				id if id == unreadable => {
					Statement { verdict: Verdict::Reject { reason }, ..*statement }
				}
				id if id == late => Statement { verdict: Verdict::Absent { reason }, ..*statement },
				_ => *statement,
			};
			let statements: Vec<_> = statements.iter().map(verdict).collect();
			let statements = statements.try_into().expect("not too many");
			self.act(arbiter, [Evidence::<Runtime>::attest_batch { statements }]);
		}
		self.vouch(late);
	}

	/// Each institution attests the list of the last payment by itself.
	pub(super) fn attest_last(&mut self, id: EvidenceId) {
		self.vouch(id);
	}

	fn vouch(&mut self, id: EvidenceId) {
		let (digest, verdict) = (self.digest(id), Verdict::Confirm);
		for arbiter in ["ArbiterOne", "ArbiterTwo"] {
			self.act(arbiter, [Evidence::<Runtime>::attest { id, digest, verdict }]);
		}
	}

	fn digest(&self, id: EvidenceId) -> Digest {
		let key = Records::<Runtime>::hashed_key_for(id);
		let record: Option<Record<AccountId, u32>> = self.chain.read(&key);
		record.expect("a record").content.digest
	}
}
