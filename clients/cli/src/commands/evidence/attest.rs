use super::{content, verify::read};
use crate::{context::Context, values::Paper};
use anyhow::Result;
use clap::Args;
use serde_json::json;
use winddown_proof::layout::evidence::{BATCH, DOCUMENT};
use winddown_records::source::Source;
use winddown_sdk::{
	calls::{self, Statement, Verdict},
	chain::RecordView,
	digest::{of_chain, Written},
	primitives::EvidenceId,
	Error,
};

#[derive(Args)]
pub struct AttestArgs {
	/// The record.
	#[arg(long)]
	id: EvidenceId,
	/// The content to compare with the record before it is confirmed: a document, the lines of a
	/// batch, or a digest that was taken elsewhere.
	#[arg(long, value_name = "FILE|DIGEST")]
	document: Option<Paper>,
	/// Compare with what the operator keeps: its export, or its database.
	#[arg(long, value_name = "FILE|FOLDER|URL", conflicts_with = "document")]
	records: Option<Source>,
	/// Confirm it although nobody looked at the content here.
	#[arg(long, conflicts_with_all = ["document", "records"])]
	unseen: bool,
	/// Reject it for these reasons: a file, or its digest.
	#[arg(long, conflicts_with_all = ["document", "records", "unseen"])]
	reject: Option<Paper>,
	/// Say that the operator did not have the content in time, for these reasons: a file, or its digest. The
	/// institution may speak once more when the content appears.
	#[arg(long, value_name = "REASONS", conflicts_with_all = ["document", "records", "unseen", "reject"])]
	absent: Option<Paper>,
}

pub async fn run(context: &Context, args: AttestArgs) -> Result<()> {
	let (chain, at) = (context.chain().await?, context.state().await?);
	let id = args.id;
	let record = at.record(id).await?;
	let (verdict, word) = match (&args.reject, &args.absent) {
		(Some(reasons), _) => (Verdict::Reject { reason: reasons.digest()? }, "rejected"),
		(None, Some(reasons)) => {
			(Verdict::Absent { reason: reasons.digest()? }, "did not get the content of")
		}
		(None, None) => {
			look(&args, &record).await?;
			(Verdict::Confirm, if args.unseen { "confirmed, unseen," } else { "confirmed" })
		}
	};
	let call = calls::attest(Statement { id, digest: record.digest, verdict });
	let included = context.submit(&chain, &call).await?;
	let state = chain.at_hash(included.block).await?.record(id).await?.state;
	let text = format!("{word} record {id}, which is {state} now");
	let facts = json!({ "id": id, "state": state, "unseen": args.unseen });
	context.output.done(&included, facts, text, None)
}

/// Compares the content with the record. Who has none must say so: a confirmation is for good.
async fn look(args: &AttestArgs, record: &RecordView) -> Result<()> {
	match (&args.document, &args.records) {
		(Some(Paper::File(file)), _) => Ok(content::compare(record, &read(file)?)?),
		(Some(Paper::Digest(digest)), _) if *digest == record.digest => Ok(()),
		(Some(Paper::Digest(digest)), _) => Err(Error::Mismatch(format!(
			"record {} has the digest {}, not {}",
			record.id,
			Written(record.digest),
			Written(*digest)
		))
		.into()),
		(None, Some(records)) => Ok(content::compare(record, &kept(records, record).await?)?),
		(None, None) if args.unseen => Ok(()),
		(None, None) => Err(unseen(record).into()),
	}
}

async fn kept(records: &Source, record: &RecordView) -> Result<Vec<u8>> {
	let digest = of_chain(record.digest);
	let found = match record.encoding {
		BATCH => records.batch(&digest).await?,
		DOCUMENT => records.document(&digest).await?,
		// There is nothing to fetch; the comparison says why.
		_ => Some(Vec::new()),
	};
	let missing = || Error::BadInput(format!("{records} does not hold {digest}"));
	Ok(found.ok_or_else(missing)?)
}

fn unseen(record: &RecordView) -> Error {
	let how = match record.encoding {
		DOCUMENT => "give the document with --document FILE",
		BATCH => "give the lines of the batch with --document FILE",
		_ => "winddown-attestor compares this one, a value of the chain itself, with the state",
	};
	Error::BadInput(format!(
		"the content of record {} was not looked at, and nothing was sent: {how}, or confirm it with \
		 --unseen",
		record.id
	))
}
