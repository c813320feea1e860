use super::DatabaseArg;
use crate::{
	context::Context,
	output::{facts, moment, rows},
};
use anyhow::Result;
use clap::Args;
use futures::TryStreamExt;
use serde_json::{json, Value};
use winddown_proof::{digest::Digest, merkle::Tree, record::split};
use winddown_records::{
	store::{Batch, Count, Document, Record, Store, Use},
	Error as RecordsError,
};
use winddown_sdk::{primitives::CaseId, Error};

#[derive(Args)]
pub struct ShowArgs {
	/// A digest: of a record, a document or a batch; how much is kept if not given.
	digest: Option<Digest>,
	/// Only of this case.
	#[arg(long, conflicts_with = "digest")]
	case: Option<CaseId>,
	#[command(flatten)]
	database: DatabaseArg,
}

pub async fn run(context: &Context, args: ShowArgs) -> Result<()> {
	let store = args.database.read_only(context).await?;
	let Some(digest) = args.digest else { return counts(context, &store, args.case).await };
	if let Some(record) = store.record(&digest).await? {
		return show_record(context, &store, &digest, record).await;
	}
	if let Some(batch) = store.batch(&digest).await? {
		return show_batch(context, &store, &digest, batch).await;
	}
	match store.document(&digest).await? {
		Some(document) => {
			let uses = store.uses(&digest).await?;
			show_document(context, &digest, &document, &uses)
		}
		None => {
			let what = format!("{} keeps nothing under {digest}", args.database.shown());
			Err(Error::BadInput(what).into())
		}
	}
}

async fn counts(context: &Context, store: &Store, case: Option<CaseId>) -> Result<()> {
	let mut counts = store.counts().await?;
	counts.retain(|count| case.is_none_or(|case| count.case == i64::from(case)));
	let batches = store.batches(case).await?;
	context.output.show(&json!({ "counts": counts, "batches": batches }), || {
		match counts.is_empty() {
			true => "nothing is kept".into(),
			false if batches.is_empty() => counts_table(&counts),
			false => format!("{}\n\n{}", counts_table(&counts), batches_table(&batches)),
		}
	})
}

fn counts_table(counts: &[Count]) -> String {
	let lines = counts.iter().map(|count| {
		vec![
			count.case.to_string(),
			count.table.clone(),
			count.kind.clone(),
			count.rows.to_string(),
		]
	});
	rows(&["case", "what", "kind", "how many"], lines)
}

/// The batches by their Merkle roots, which is what lies on the chain.
fn batches_table(batches: &[Batch]) -> String {
	let lines = batches.iter().map(|batch| {
		vec![
			batch.case_id.to_string(),
			batch.kind.clone(),
			batch.leaves.to_string(),
			moment(batch.stored_at.try_into().unwrap_or_default()),
			batch.root.clone(),
		]
	});
	rows(&["case", "batch of", "records", "stored", "Merkle root"], lines)
}

async fn show_record(
	context: &Context,
	store: &Store,
	digest: &Digest,
	record: Record,
) -> Result<()> {
	let is_right = digest.algorithm.hash(record.content.as_bytes()) == *digest;
	let batches: Vec<String> = store
		.batches_of(digest)
		.await?
		.into_iter()
		.map(|(root, position)| format!("{root}, position {position}"))
		.collect();
	let value = json!({ "record": record, "batches": batches, "altered": !is_right });
	let more = [("batches", batches.join("\n")), ("content", record.content.clone())];
	let known = (format!("{} record", record.kind), record.case_id, record.stored_at);
	show(context, digest, is_right, value, known, more)
}

async fn show_batch(context: &Context, store: &Store, root: &Digest, batch: Batch) -> Result<()> {
	let lines: Vec<u8> = store.lines(&batch).try_concat().await?;
	let tree = split(&lines).map(|leaves| Tree::new(root.algorithm, &leaves));
	let is_right = tree.is_some_and(|tree| tree.root() == *root);
	let value = json!({ "batch": batch, "altered": !is_right });
	let more = [("records", batch.leaves.to_string()), ("bytes", batch.size.to_string())];
	let known = (format!("batch of {} records", batch.kind), batch.case_id, batch.stored_at);
	show(context, root, is_right, value, known, more)
}

/// A document with every case and kind to which it belongs.
fn show_document(
	context: &Context,
	digest: &Digest,
	document: &Document,
	uses: &[Use],
) -> Result<()> {
	let Document { case_id, kind, name, media_type, content, stored_at, .. } = document;
	let is_right = digest.algorithm.hash(content) == *digest;
	let value = json!({
		"document": {
			"digest": digest, "case_id": case_id, "kind": kind, "name": name, "media_type": media_type,
			"size": content.len(), "stored_at": stored_at,
		},
		"uses": uses,
		"altered": !is_right,
	});
	let all: Vec<_> = uses.iter().map(used).collect();
	let more = [("bytes", content.len().to_string()), ("belongs to", all.join("\n"))];
	let known = ("document".into(), *case_id, *stored_at);
	show(context, digest, is_right, value, known, more)
}

fn used(one: &Use) -> String {
	format!("case {}, {}, as {}", one.case_id, one.kind, one.name)
}

/// Shows what is kept under a digest, and fails when it was altered.
fn show(
	context: &Context,
	digest: &Digest,
	is_right: bool,
	value: Value,
	(what, case, stored_at): (String, i64, i64),
	more: [(&str, String); 2],
) -> Result<()> {
	context.output.show(&value, || {
		let known = [
			("what", what),
			("case", case.to_string()),
			("stored", moment(stored_at.try_into().unwrap_or_default())),
			("digest", if is_right { "right" } else { "WRONG: the content was altered" }.into()),
		];
		facts(known.into_iter().chain(more))
	})?;
	match is_right {
		true => Ok(()),
		false => Err(RecordsError::Altered(*digest).into()),
	}
}
