use super::DatabaseArg;
use crate::{
	commands::evidence::{read, AlgorithmArg},
	context::Context,
	output::counted,
	values::EvidenceArg,
};
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{json, Value};
use std::path::{Path, PathBuf};
use winddown_proof::record::{text_lines, Record};
use winddown_records::{
	form::{import, Imported},
	store::{Added, NewDocument, Store},
};
use winddown_sdk::{primitives::CaseId, Error};

/// Records that go in at once.
const AT_ONCE: usize = 1_000;

#[derive(Args)]
pub struct ImportArgs {
	/// The file, or the folder of an export in CSV.
	path: PathBuf,
	/// What it is.
	#[arg(long = "as", value_enum, default_value_t)]
	form: FormArg,
	/// The case of a document.
	#[arg(long, required_if_eq("form", "document"))]
	case: Option<CaseId>,
	/// What a document is about.
	#[arg(long, value_enum, required_if_eq("form", "document"))]
	kind: Option<EvidenceArg>,
	/// The media type of a document.
	#[arg(long, default_value = "application/octet-stream")]
	media_type: String,
	/// The digest algorithm of a document or a batch.
	#[arg(long, value_enum, default_value_t)]
	algorithm: AlgorithmArg,
	#[command(flatten)]
	database: DatabaseArg,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum FormArg {
	/// What `winddown records export` wrote.
	#[default]
	Export,
	/// Records, one a line in canonical form, such as `poll cast --record` keeps.
	Records,
	/// A batch: its records, one a line in the order of its leaves.
	Batch,
	/// A document, as it is.
	Document,
}

pub async fn run(context: &Context, args: ImportArgs) -> Result<()> {
	let store = args.database.open().await?;
	let (facts, text) = match args.form {
		FormArg::Export => export(context, &store, &args.path).await?,
		FormArg::Records => records(context, &store, &args.path).await?,
		FormArg::Batch => batch(&store, &args).await?,
		FormArg::Document => document(&store, &args).await?,
	};
	store.close().await;
	context.output.show(&facts, || text)
}

async fn export(context: &Context, store: &Store, path: &Path) -> Result<(Value, String)> {
	let spinner = context.spinner("importing");
	let progress =
		|imported: &Imported| spinner.set_message(format!("imported {}", imported.entries()));
	let imported = import(store, path, progress).await;
	spinner.finish_and_clear();
	let imported = imported?;
	let part = |name, Added { new, known }| format!("{name} {new} new, {known} known before");
	let text = [
		part("records  ", imported.records),
		part("batches  ", imported.batches),
		part("documents", imported.documents),
	];
	Ok((serde_json::to_value(imported)?, text.join("\n")))
}

async fn records(context: &Context, store: &Store, path: &Path) -> Result<(Value, String)> {
	let parsed = parse(path)?;
	let bar = context.bar("importing", parsed.len() as u64);
	let mut all = Added::default();
	for records in parsed.chunks(AT_ONCE) {
		let added = store.add_records(records).await?;
		all = Added { new: all.new + added.new, known: all.known + added.known };
		bar.inc(records.len() as u64);
	}
	bar.finish_and_clear();
	let text = format!("records {} new, {} known before", all.new, all.known);
	Ok((json!({ "records": all }), text))
}

async fn batch(store: &Store, args: &ImportArgs) -> Result<(Value, String)> {
	let (batch, added) = store.add_batch(args.algorithm.into(), &parse(&args.path)?).await?;
	let text = format!(
		"batch {} of {}, {} of them new",
		batch.root,
		counted(batch.leaves, "record", "records"),
		added.new
	);
	Ok((json!({ "batch": batch, "records": added }), text))
}

async fn document(store: &Store, args: &ImportArgs) -> Result<(Value, String)> {
	let (Some(case), Some(kind)) = (args.case, args.kind) else {
		return Err(Error::BadInput("a document has a case and a kind".into()).into());
	};
	let name = args.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
	let document = NewDocument {
		algorithm: args.algorithm.into(),
		case,
		kind: kind.text(),
		name,
		media_type: args.media_type.clone(),
		content: read(&args.path)?,
	};
	let (digest, is_new) = store.add_document(document).await?;
	let known = if is_new { "new" } else { "known before" };
	Ok((json!({ "document": digest, "new": is_new }), format!("document {digest}, {known}")))
}

/// The records of a file, a line each.
fn parse(path: &Path) -> Result<Vec<Record>> {
	let content = read(path)?;
	let lines = text_lines(&content).into_iter().enumerate();
	let records = lines.filter(|(_, line)| !line.is_empty()).map(|(at, line)| {
		Record::parse(line).map_err(|error| {
			Error::BadInput(format!("{}:{}: {error}", path.display(), at + 1)).into()
		})
	});
	records.collect()
}
