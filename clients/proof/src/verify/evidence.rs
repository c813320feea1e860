use super::plaintext;
use crate::{
	bundle::Plaintext,
	failure::{Failure, Value},
	layout::{
		self,
		evidence::{Attestation, Counts, Policy, Record, RecordState, Relation, Verdict},
	},
	report::{self, Arbiter, Evidence, Word},
	state::State,
};
use alloc::vec::Vec;

/// Reads an evidence record, its policy and every verdict from the state, and checks that its state
/// follows from them.
pub fn record(
	state: &mut State,
	id: u64,
	plaintext: Option<&Plaintext>,
) -> Result<Evidence, Failure> {
	let record: Record = state.require(&layout::evidence::record(id), Value::Record)?;
	let key = layout::evidence::policy(record.case, record.policy);
	let policy: Policy = state.require(&key, Value::Policy)?;
	let arbiters = verdicts(state, id, &policy)?;
	let counts = count(&arbiters);
	if counts != record.counts {
		return Err(Failure::CountsMismatch);
	}
	let decided = decide(&counts, &policy);
	if record.state != worth(&record, decided)
		|| record.decided_at.is_some() != (decided != RecordState::Pending)
	{
		return Err(Failure::StateMismatch);
	}
	let shown = plaintext::of_evidence(&record.content, record.case, plaintext)?;
	Ok(Evidence {
		id,
		case: record.case,
		about: record.kind,
		digest: record.content.digest,
		leaves: record.content.leaves,
		size: record.content.size,
		producer: record.producer,
		produced_at: record.produced_at,
		deposited_at: record.deposited_at,
		deposited_in: record.block,
		state: record.state,
		superseded_by: record.superseded_by,
		policy: report::Policy {
			version: record.policy,
			required: policy.required,
			independent: policy.independent,
		},
		arbiters,
		plaintext: shown,
	})
}

/// The word of every institution that the policy asks, or that it has not spoken.
fn verdicts(state: &mut State, id: u64, policy: &Policy) -> Result<Vec<Arbiter>, Failure> {
	let word = |said: Option<Attestation>| match said {
		None => Word::None,
		Some(Attestation { verdict: Verdict::Confirm, block, .. }) => Word::Confirmed { block },
		Some(Attestation { verdict: Verdict::Reject { reason }, block, .. }) => {
			Word::Rejected { block, reason }
		}
		Some(Attestation { verdict: Verdict::Absent { reason }, block, .. }) => {
			Word::Absent { block, reason }
		}
	};
	let arbiters = policy.arbiters.iter().map(|(account, relation)| {
		let said = state.get(&layout::evidence::attestation(id, account), Value::Attestation)?;
		Ok(Arbiter { account: *account, relation: *relation, word: word(said) })
	});
	arbiters.collect()
}

fn count(arbiters: &[Arbiter]) -> Counts {
	let mut counts = Counts::default();
	for arbiter in arbiters {
		let (all, independent) = match arbiter.word {
			Word::None => continue,
			Word::Confirmed { .. } => (&mut counts.confirmed, &mut counts.confirmed_independent),
			Word::Rejected { .. } | Word::Absent { .. } => {
				(&mut counts.rejected, &mut counts.rejected_independent)
			}
		};
		*all = all.saturating_add(1);
		*independent =
			independent.saturating_add(u8::from(arbiter.relation == Relation::Independent));
	}
	counts
}

/// What verdicts make of a record that was not replaced.
fn decide(counts: &Counts, policy: &Policy) -> RecordState {
	let asked = policy.arbiters.len();
	let independent =
		policy.arbiters.iter().filter(|(_, relation)| *relation == Relation::Independent).count();
	let (required, required_independent) =
		(usize::from(policy.required), usize::from(policy.independent));
	let confirmed = usize::from(counts.confirmed) >= required
		&& usize::from(counts.confirmed_independent) >= required_independent;
	let reachable = asked.saturating_sub(counts.rejected.into()) >= required
		&& independent.saturating_sub(counts.rejected_independent.into()) >= required_independent;
	match (confirmed, reachable) {
		(true, _) => RecordState::Effective,
		(false, true) => RecordState::Pending,
		(false, false) => RecordState::Rejected,
	}
}

/// A record that was replaced is superseded, unless it had been rejected.
fn worth(record: &Record, decided: RecordState) -> RecordState {
	match (record.superseded_by, decided) {
		(Some(_), RecordState::Rejected) | (None, _) => decided,
		(Some(_), _) => RecordState::Superseded,
	}
}
