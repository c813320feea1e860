use crate::{
	context::Context,
	output::{facts, moment, rows},
};
use anyhow::Result;
use clap::Args;
use serde_json::json;
use winddown_sdk::{
	chain::{AttestationView, RecordView},
	digest::Written,
	primitives::{CaseId, EvidenceId},
};

#[derive(Args)]
pub struct ShowArgs {
	/// The record.
	#[arg(long, conflicts_with = "case", required_unless_present = "case")]
	id: Option<EvidenceId>,
	/// The case.
	#[arg(long)]
	case: Option<CaseId>,
}

pub async fn run(context: &Context, args: ShowArgs) -> Result<()> {
	let at = context.state().await?;
	match args.id {
		Some(id) => {
			let (record, words) = (at.record(id).await?, at.attestations(id).await?);
			let value = json!({ "record": record, "attestations": words });
			context.output.show(&value, || record_table(&record, &words))
		}
		None => {
			let records = at.records(args.case.unwrap_or_default()).await?;
			context.output.show(&records, || records_table(&records))
		}
	}
}

/// The records that wait for the institution of the key.
pub async fn pending(context: &Context) -> Result<()> {
	let arbiter = context.key()?.account();
	let records = context.state().await?.pending_records(&arbiter, 0).await?;
	context.output.show(&records, || records_table(&records))
}

fn records_table(records: &[RecordView]) -> String {
	let lines = records.iter().map(|record| {
		vec![
			record.id.to_string(),
			record.case.to_string(),
			format!("{:?}", record.kind),
			record.state.clone(),
			record.producer.clone().unwrap_or("the chain".into()),
			record.confirmed.to_string(),
			Written(record.digest).to_string(),
		]
	});
	rows(&["id", "case", "kind", "state", "producer", "confirmed", "digest"], lines)
}

fn record_table(record: &RecordView, words: &[AttestationView]) -> String {
	let head = facts([
		("record", record.id.to_string()),
		("case", record.case.to_string()),
		("kind", format!("{:?}", record.kind)),
		("state", record.state.clone()),
		("digest", Written(record.digest).to_string()),
		("leaves", record.leaves.to_string()),
		("bytes", record.size.to_string()),
		("producer", record.producer.clone().unwrap_or("the chain".into())),
		("made", moment(record.produced_at)),
		("deposited", format!("{}, block {}", moment(record.deposited_at), record.block)),
	]);
	let lines = words
		.iter()
		.map(|w| vec![w.institution.to_string(), w.verdict.clone(), w.block.to_string()]);
	format!("{head}\n\n{}", rows(&["institution", "verdict", "block"], lines))
}
