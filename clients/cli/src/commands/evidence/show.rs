use crate::{
	context::Context,
	institutions::Names,
	output::{facts, moment, rows},
};
use anyhow::Result;
use clap::Args;
use serde_json::json;
use winddown_proof::layout::evidence::{BATCH, DOCUMENT, OF_CHAIN};
use winddown_sdk::{
	chain::{AttestationView, InstitutionView, RecordView},
	digest::Written,
	primitives::{CaseId, EvidenceId, Role},
	AccountId32, Error,
};
use winddown_terminal::kinds;

/// One of the two.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct ShowArgs {
	/// The record.
	#[arg(long)]
	id: Option<EvidenceId>,
	/// All records of this case.
	#[arg(long)]
	case: Option<CaseId>,
}

pub async fn run(context: &Context, args: ShowArgs) -> Result<()> {
	let at = context.state().await?;
	match (args.id, args.case) {
		(Some(id), _) => {
			let (record, words) = (at.record(id).await?, at.attestations(id).await?);
			let value = json!({ "record": record, "attestations": words });
			let names = Names::of(&at).await?;
			context.output.show(&value, || record_table(&record, &words, &names))
		}
		(None, case) => {
			let case = case.unwrap_or_default();
			// Fails where there is no such case.
			at.case(case).await?;
			let (records, names) = (at.records(case).await?, Names::of(&at).await?);
			context.output.show(&records, || records_table(&records, &names))
		}
	}
}

/// The records that wait for the institution of the key.
pub async fn pending(context: &Context) -> Result<()> {
	let arbiter = context.key()?.account();
	let at = context.state().await?;
	let institutions = at.institutions().await?;
	ensure_arbiter(&institutions, &arbiter)?;
	let mut records = at.pending_records(&arbiter, 0).await?;
	// What it called absent waits for a second look.
	records.extend(at.absent_records(&arbiter, 0).await?);
	records.sort_by_key(|record| record.id);
	context.output.show(&records, || match records.is_empty() {
		true => "no record waits for this institution".into(),
		false => records_table(&records, &Names::new(&institutions)),
	})
}

/// Nothing ever waits for another institution, which an empty list would hide.
fn ensure_arbiter(institutions: &[InstitutionView], account: &AccountId32) -> Result<(), Error> {
	match institutions.iter().find(|one| one.account == *account) {
		Some(one) if one.roles.contains(&Role::Arbiter) => Ok(()),
		Some(one) => Err(Error::BadInput(format!(
			"{} is no arbitration institution; no record waits for it",
			one.name
		))),
		None => Err(Error::BadInput("this key belongs to no institution of this chain".into())),
	}
}

fn records_table(records: &[RecordView], names: &Names) -> String {
	let lines = records.iter().map(|record| {
		vec![
			record.id.to_string(),
			record.case.to_string(),
			kinds::both(record.kind),
			record.state.clone(),
			producer(record, names),
			record.confirmed.to_string(),
			Written(record.digest).to_string(),
		]
	});
	rows(&["id", "case", "kind", "state", "producer", "confirmed", "digest"], lines)
}

fn producer(record: &RecordView, names: &Names) -> String {
	record.producer.as_ref().map_or_else(|| "the chain".into(), |account| names.within(account))
}

const fn taken_of(encoding: u16) -> &'static str {
	match encoding {
		OF_CHAIN => "a value of the chain itself",
		DOCUMENT => "a document",
		BATCH => "a batch of records, by the root over its lines",
		_ => "something that this client does not know",
	}
}

fn record_table(record: &RecordView, words: &[AttestationView], names: &Names) -> String {
	let head = facts([
		("record", record.id.to_string()),
		("case", record.case.to_string()),
		("kind", kinds::both(record.kind)),
		("state", record.state.clone()),
		("digest", Written(record.digest).to_string()),
		("taken of", taken_of(record.encoding).into()),
		("leaves", record.leaves.to_string()),
		("bytes", record.size.to_string()),
		("producer", producer(record, names)),
		("made", moment(record.produced_at)),
		("deposited", format!("{}, block {}", moment(record.deposited_at), record.block)),
	]);
	let lines =
		words.iter().map(|w| vec![names.shown(&w.institution), verdict(w), w.block.to_string()]);
	format!("{head}\n\n{}", rows(&["institution", "verdict", "block"], lines))
}

fn verdict(word: &AttestationView) -> String {
	match word.absent_before {
		Some(block) => format!("{} (absent in block {block})", word.verdict),
		None => word.verdict.clone(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn records_wait_for_arbitration_institutions_alone() {
		let institution = |seed, name: &str, role| InstitutionView {
			account: AccountId32([seed; 32]),
			name: name.into(),
			roles: vec![role],
			suspended: false,
		};
		let all = [
			institution(1, "Arbiter One", Role::Arbiter),
			institution(2, "Platform", Role::Platform),
		];
		let outcome = |seed| {
			ensure_arbiter(&all, &AccountId32([seed; 32])).map_err(|error| error.to_string())
		};
		assert_eq!(outcome(1), Ok(()));
		assert_eq!(
			outcome(2).unwrap_err(),
			"Platform is no arbitration institution; no record waits for it"
		);
		assert_eq!(outcome(3).unwrap_err(), "this key belongs to no institution of this chain");
	}
}
