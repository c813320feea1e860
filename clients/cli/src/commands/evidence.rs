use crate::{
	context::Context,
	output::{facts, moment, rows},
	values::{EvidenceArg, Moment, Paper},
};
use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use winddown_sdk::{
	api,
	calls::{self, Deposit, Statement},
	chain::{AttestationView, Head, RecordView},
	digest::{Algorithm, Written},
	primitives::{CaseId, EvidenceId},
};

#[derive(Subcommand)]
pub enum EvidenceCommand {
	/// Deposit the digest of a document (operator, platform, association, registrar).
	Deposit(DepositArgs),
	/// Attest a record, or all that wait for this institution (arbitration institution).
	Attest(AttestArgs),
	/// Show a record, or all of a case.
	Show {
		/// The record.
		#[arg(long, conflicts_with = "case", required_unless_present = "case")]
		id: Option<EvidenceId>,
		/// The case.
		#[arg(long)]
		case: Option<CaseId>,
	},
	/// Show the records that wait for this institution.
	Pending,
}

#[derive(Args)]
pub struct DepositArgs {
	#[arg(long)]
	case: CaseId,
	/// What it is about.
	#[arg(long, value_enum)]
	kind: EvidenceArg,
	/// The file; it stays on this machine.
	file: std::path::PathBuf,
	/// The digest algorithm.
	#[arg(long, value_enum, default_value_t)]
	algorithm: AlgorithmArg,
	/// When it was made.
	#[arg(long, default_value = "+0s")]
	produced_at: Moment,
	/// The record that it follows.
	#[arg(long)]
	parent: Option<EvidenceId>,
	/// The record that it corrects.
	#[arg(long)]
	replaces: Option<EvidenceId>,
}

#[derive(Args)]
pub struct AttestArgs {
	/// The record; all that wait for this institution if not given.
	#[arg(long)]
	id: Option<EvidenceId>,
	/// The document to compare with the record's digest before it is confirmed.
	#[arg(long, requires = "id")]
	document: Option<Paper>,
	/// Reject it for these reasons: a file, or its digest.
	#[arg(long, requires = "id")]
	reject: Option<Paper>,
	/// Only records of this case.
	#[arg(long, conflicts_with = "id")]
	case: Option<CaseId>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum AlgorithmArg {
	#[default]
	#[value(name = "blake2b-256")]
	Blake2b256,
	#[value(name = "sha2-256")]
	Sha256,
	Sm3,
}

impl From<AlgorithmArg> for Algorithm {
	fn from(algorithm: AlgorithmArg) -> Self {
		match algorithm {
			AlgorithmArg::Blake2b256 => Self::Blake2b256,
			AlgorithmArg::Sha256 => Self::Sha256,
			AlgorithmArg::Sm3 => Self::Sm3,
		}
	}
}

pub async fn run(context: &Context, command: EvidenceCommand) -> Result<()> {
	match command {
		EvidenceCommand::Deposit(args) => deposit(context, args).await,
		EvidenceCommand::Attest(args) => attest(context, args).await,
		EvidenceCommand::Show { id: Some(id), .. } => {
			let at = context.state().await?;
			let (record, words) = (at.record(id).await?, at.attestations(id).await?);
			let value = json!({ "record": record, "attestations": words });
			context.output.show(&value, || record_table(&record, &words))
		}
		EvidenceCommand::Show { case, .. } => {
			let records = context.state().await?.records(case.unwrap_or_default()).await?;
			context.output.show(&records, || records_table(&records))
		}
		EvidenceCommand::Pending => {
			let arbiter = context.key()?.account();
			let records = context.state().await?.pending_records(&arbiter, 0).await?;
			context.output.show(&records, || records_table(&records))
		}
	}
}

async fn deposit(context: &Context, args: DepositArgs) -> Result<()> {
	let file = Paper::File(args.file).digest_of_file(args.algorithm.into())?;
	let chain = context.chain().await?;
	let call = calls::deposit(Deposit {
		case: args.case,
		kind: args.kind.into(),
		digest: file.digest,
		leaves: 1,
		size: file.size,
		produced_at: args.produced_at.resolve(&chain.at(Head::Best).await?).await?,
		parent: args.parent,
		replaces: args.replaces,
	});
	let included = context.submit(&chain, &call).await?;
	let deposited: api::evidence::events::Deposited = included.event()?;
	let text = format!("deposited record {}: {}", deposited.id, Written(file.digest));
	let facts = json!({ "id": deposited.id, "digest": Written(file.digest).to_string() });
	let next = "arbitration institutions attest it: winddown evidence attest";
	context.output.done(&included, facts, text, Some(next))
}

async fn attest(context: &Context, args: AttestArgs) -> Result<()> {
	let (chain, arbiter) = (context.chain().await?, context.key()?);
	let at = context.state().await?;
	let Some(id) = args.id else {
		let mut records = at.pending_records(&arbiter.account(), 0).await?;
		records.retain(|record| args.case.is_none_or(|case| record.case == case));
		let statements: Vec<_> = records
			.iter()
			.map(|record| Statement { id: record.id, digest: record.digest, rejection: None })
			.collect();
		let calls: Vec<_> =
			statements.chunks(calls::MAX_STATEMENTS).map(calls::attest_all).collect();
		chain.submit_all(&calls, &arbiter, context.until(), |_, _| {}).await?;
		let ids: Vec<_> = records.iter().map(|record| record.id).collect();
		return context
			.output
			.show(&json!({ "confirmed": ids }), || format!("confirmed {} records", ids.len()));
	};
	let record = at.record(id).await?;
	if let Some(document) = args.document {
		let algorithm = match record.digest {
			winddown_sdk::primitives::Digest::Blake2b256(_) => Algorithm::Blake2b256,
			winddown_sdk::primitives::Digest::Sha256(_) => Algorithm::Sha256,
			winddown_sdk::primitives::Digest::Sm3(_) => Algorithm::Sm3,
		};
		let digest = match &document {
			Paper::File(_) => document.digest_of_file(algorithm)?.digest,
			Paper::Digest(digest) => *digest,
		};
		if digest != record.digest {
			let what = format!("the document is not the one of record {id}");
			return Err(winddown_sdk::Error::Mismatch(what).into());
		}
	}
	let rejection = args.reject.as_ref().map(Paper::digest).transpose()?;
	let verdict = if rejection.is_some() { "rejected" } else { "confirmed" };
	let call = calls::attest(Statement { id, digest: record.digest, rejection });
	let included = context.submit(&chain, &call).await?;
	let state = chain.at_hash(included.block).await?.record(id).await?.state;
	let text = format!("{verdict} record {id}, which is {state} now");
	context.output.done(&included, json!({ "id": id, "state": state }), text, None)
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
