use crate::{context::Context, values::Paper};
use anyhow::Result;
use clap::Args;
use serde_json::json;
use winddown_sdk::{
	calls::{self, Statement},
	digest::of_chain,
	primitives::{CaseId, EvidenceId},
};

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

pub async fn run(context: &Context, args: AttestArgs) -> Result<()> {
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
		let algorithm = of_chain(record.digest).algorithm;
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
