use crate::{context::Context, values::Paper};
use anyhow::Result;
use clap::Args;
use serde_json::json;
use winddown_sdk::{
	calls::{self, Statement},
	digest::of_chain,
	primitives::EvidenceId,
};

#[derive(Args)]
pub struct AttestArgs {
	/// The record.
	#[arg(long)]
	id: EvidenceId,
	/// The document to compare with the record's digest before it is confirmed.
	#[arg(long)]
	document: Option<Paper>,
	/// Reject it for these reasons: a file, or its digest.
	#[arg(long)]
	reject: Option<Paper>,
}

pub async fn run(context: &Context, args: AttestArgs) -> Result<()> {
	let (chain, at) = (context.chain().await?, context.state().await?);
	let id = args.id;
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
