use super::DatabaseArg;
use crate::{commands::evidence::AlgorithmArg, context::Context};
use anyhow::Result;
use clap::{builder::PossibleValuesParser, Args};
use serde_json::json;
use winddown_proof::record::Record;
use winddown_records::store::Choice;
use winddown_sdk::{
	primitives::{CaseId, PollId},
	Error,
};

#[derive(Args)]
pub struct BatchArgs {
	#[arg(long)]
	case: CaseId,
	/// The kind of records.
	#[arg(long, value_parser = PossibleValuesParser::new(Record::KINDS))]
	kind: String,
	/// Only ballots of this poll.
	#[arg(long)]
	poll: Option<PollId>,
	/// The digest algorithm.
	#[arg(long, value_enum, default_value_t)]
	algorithm: AlgorithmArg,
	/// Also take records that a batch has already.
	#[arg(long)]
	all: bool,
	#[command(flatten)]
	database: DatabaseArg,
}

pub async fn run(context: &Context, args: BatchArgs) -> Result<()> {
	let store = args.database.open().await?;
	let choice = if args.all { Choice::All } else { Choice::Unbatched };
	let spinner = context.spinner("making the batch");
	let chosen = store.choose(args.case, &args.kind, args.poll, choice).await?;
	if chosen.is_empty() {
		spinner.finish_and_clear();
		let which = if args.all { "" } else { " that is in no batch yet; --all takes all" };
		let what = format!("case {} has no record of kind {}{which}", args.case, args.kind);
		return Err(Error::BadInput(what).into());
	}
	let made = store.add_batch_of(args.algorithm.into(), &chosen, |_| Ok(())).await;
	spinner.finish_and_clear();
	let (batch, is_new) = made?;
	store.close().await;
	let evidence = evidence_kind(&args.kind);
	let facts = json!({
		"root": batch.root,
		"case": args.case,
		"kind": args.kind,
		"evidence_kind": evidence,
		"leaves": batch.leaves,
		"size": batch.size,
		"new": is_new,
	});
	context.output.show(&facts, || {
		format!(
			"batch {} of {} records, {} bytes\nnext: winddown evidence deposit --case {} --kind {evidence} --batch {} \
			 --records {}",
			batch.root,
			batch.leaves,
			batch.size,
			args.case,
			batch.root,
			if args.database.url.starts_with("sqlite:") { &args.database.url } else { "URL" },
		)
	})
}

/// What evidence about records of a kind is about.
fn evidence_kind(kind: &str) -> &str {
	match kind {
		"ballot" => "ballots",
		"service" => "notice-service",
		"call" => "confirmation-call",
		"confirmation" => "other",
		same => same,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::values::EvidenceArg;
	use clap::ValueEnum;

	#[test]
	fn every_kind_of_record_has_its_kind_of_evidence() {
		for kind in Record::KINDS {
			let evidence = evidence_kind(kind);
			assert!(EvidenceArg::from_str(evidence, false).is_ok(), "{kind}: {evidence}");
		}
	}
}
