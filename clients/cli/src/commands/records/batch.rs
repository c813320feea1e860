use super::{
	carried::{self, Parted},
	DatabaseArg,
};
use crate::{
	commands::evidence::AlgorithmArg, context::Context, next, output::counted, values::EvidenceArg,
};
use anyhow::Result;
use clap::{builder::PossibleValuesParser, Args};
use serde_json::json;
use winddown_proof::{digest::Digest, record::Record};
use winddown_records::store::{Batch, Choice, Store};
use winddown_sdk::{
	primitives::{CaseId, PollId},
	Error,
};

#[derive(Args)]
pub struct BatchArgs {
	/// The case; that of the poll if not given.
	#[arg(long, required_unless_present = "poll")]
	case: Option<CaseId>,
	/// The kind of records.
	#[arg(long, value_parser = PossibleValuesParser::new(Record::KINDS))]
	kind: String,
	/// The closed poll whose ballots are taken; a node tells which of them it carried out.
	#[arg(long, required_if_eq("kind", "ballot"))]
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
	let spinner = context.spinner("making the batch");
	let made = make(context, &store, &args).await;
	spinner.finish_and_clear();
	let Made { case, parted, batch, is_new } = made?;
	store.close().await;
	let evidence = evidence_kind(&args.kind);
	let facts = json!({
		"root": batch.root,
		"case": case,
		"kind": args.kind,
		"evidence_kind": evidence,
		"leaves": batch.leaves,
		"size": batch.size,
		"new": is_new,
		"left_out": parted.left_out,
		"without_record": parted.without_record,
	});
	context.output.show(&facts, || {
		format!(
			"{}batch {} of {}, {} bytes\nnext: {}",
			remarks(&parted),
			batch.root,
			counted(batch.leaves, "record", "records"),
			batch.size,
			next::batch_made(case, &evidence, &batch.root, args.database.typed()),
		)
	})
}

/// A batch, and what there is to tell of it.
struct Made {
	case: CaseId,
	parted: Parted,
	batch: Batch,
	is_new: bool,
}

async fn make(context: &Context, store: &Store, args: &BatchArgs) -> Result<Made> {
	let case = case(context, args).await?;
	let parted = choose(context, store, args, case).await?;
	let algorithm = args.algorithm.into();
	let (batch, is_new) = store.add_batch_of(algorithm, &parted.carried, |_| Ok(())).await?;
	Ok(Made { case, parted, batch, is_new })
}

/// The case that was named, or the one of the poll.
async fn case(context: &Context, args: &BatchArgs) -> Result<CaseId> {
	match (args.case, args.poll) {
		(Some(case), _) => Ok(case),
		(None, Some(poll)) => Ok(context.state().await?.poll(poll).await?.case),
		(None, None) => Err(Error::BadInput("name the case with --case".into()).into()),
	}
}

/// The records of the batch, and those that do not belong into it.
async fn choose(
	context: &Context,
	store: &Store,
	args: &BatchArgs,
	case: CaseId,
) -> Result<Parted> {
	let choice = if args.all { Choice::All } else { Choice::Unbatched };
	let chosen = store.choose(case, &args.kind, args.poll, choice).await?;
	if chosen.is_empty() {
		let which = if args.all { "" } else { " that is in no batch yet; --all takes all" };
		let what = format!("case {case} has no record of kind {}{which}", args.kind);
		return Err(Error::BadInput(what).into());
	}
	let parted = match (args.kind.as_str(), args.poll) {
		("ballot", Some(poll)) => carried::part(context, store, (case, poll), chosen).await?,
		_ => all(chosen),
	};
	match parted.carried.is_empty() {
		true => Err(Error::BadInput(format!("{}nothing is left", remarks(&parted))).into()),
		false => Ok(parted),
	}
}

fn all(chosen: Vec<Digest>) -> Parted {
	Parted { carried: chosen, left_out: Vec::new(), without_record: Vec::new() }
}

/// What the operator should know of a batch of ballots.
fn remarks(parted: &Parted) -> String {
	let mut lines: Vec<_> = parted
		.left_out
		.iter()
		.map(|left| {
			format!(
				"left out: {} (row {}), which no ballot on chain carried\n",
				left.record, left.lender
			)
		})
		.collect();
	if !parted.without_record.is_empty() {
		lines.push(format!(
			"WITHOUT RECORD: the ballots of rows {:?} count, and this batch has no record of them; the arbiters reject a \
			 batch that is not whole\n",
			parted.without_record
		));
	}
	lines.concat()
}

/// What evidence about records of a kind is about, as `evidence deposit` takes it.
fn evidence_kind(kind: &str) -> String {
	Record::evidence_of(kind).map_or(EvidenceArg::Other, Into::into).text()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_left_out_and_what_is_missing_is_named() {
		let record = winddown_proof::digest::Algorithm::Sm3.hash(b"refused");
		let left_out = vec![carried::LeftOut { record, lender: 15 }];
		let parted = Parted { carried: Vec::new(), left_out, without_record: vec![3, 4] };
		assert_eq!(
			remarks(&parted),
			format!(
				"left out: {record} (row 15), which no ballot on chain carried\n\
				 WITHOUT RECORD: the ballots of rows [3, 4] count, and this batch has no record of them; the arbiters \
				 reject a batch that is not whole\n"
			)
		);
		assert_eq!(remarks(&all(vec![record])), "");
	}

	/// As the arbiters have it: another kind is rejected for good.
	#[test]
	fn what_is_to_be_deposited_names_the_kind_of_evidence_that_the_arbiters_ask_for() {
		let kinds: Vec<_> = Record::KINDS.iter().map(|kind| (*kind, evidence_kind(kind))).collect();
		let expected = [
			("ballot", "ballots"),
			("confirmation", "confirmation-call"),
			("call", "confirmation-call"),
			("notice", "notice"),
			("service", "notice-service"),
			("identity", "identity"),
			("adjudication", "adjudication"),
			("candidate", "candidate"),
			("plan", "plan"),
			("decision", "decision"),
			("payment", "payment"),
			("other", "other"),
		];
		assert_eq!(kinds, expected.map(|(kind, evidence)| (kind, evidence.to_string())));
	}
}
