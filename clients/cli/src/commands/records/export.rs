use super::DatabaseArg;
use crate::{context::Context, output::counted};
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::{
	fs,
	path::{Path, PathBuf},
};
use winddown_records::{
	form::{import, CsvWriter, JsonlWriter, Writer},
	store::{Row, Store},
	Error,
};
use winddown_sdk::primitives::CaseId;

#[derive(Args)]
pub struct ExportArgs {
	#[arg(long)]
	case: CaseId,
	/// The form.
	#[arg(long, value_enum, default_value_t)]
	format: FormatArg,
	/// A new file, or for CSV a new folder.
	#[arg(long, value_name = "PATH")]
	out: PathBuf,
	#[command(flatten)]
	database: DatabaseArg,
}

#[derive(Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum FormatArg {
	/// One file, an object a line.
	#[default]
	Jsonl,
	/// A folder with a file for each table.
	Csv,
	/// A database of SQLite: one file that needs no log beside it.
	Sqlite,
}

/// How much was written.
#[derive(Clone, Copy, Default)]
struct Written {
	records: u64,
	batches: u64,
	documents: u64,
}

impl Written {
	const fn is_empty(&self) -> bool {
		self.records == 0 && self.batches == 0 && self.documents == 0
	}
}

pub async fn run(context: &Context, args: ExportArgs) -> Result<()> {
	if args.out.exists() {
		return Err(Error::Exists(args.out).into());
	}
	let store = args.database.read_only(context).await?;
	// Only a whole export gets the name.
	let part = args.out.with_added_extension("part");
	remove(&part);
	let written = match args.format {
		FormatArg::Jsonl => match JsonlWriter::create(&part) {
			Ok(writer) => export(context, &store, args.case, writer).await,
			Err(error) => Err(error),
		},
		FormatArg::Csv => match CsvWriter::create(&part) {
			Ok(writer) => export(context, &store, args.case, writer).await,
			Err(error) => Err(error),
		},
		FormatArg::Sqlite => database(context, &store, args.case, &part).await,
	};
	let written =
		written.inspect_err(|_| remove(&part)).map_err(|error| at(error, &part, &args.out))?;
	if written.is_empty() {
		remove(&part);
		return Err(nothing(&args.database.shown(), args.case).into());
	}
	fs::rename(&part, &args.out).map_err(|error| Error::File { path: args.out.clone(), error })?;
	let Written { records, batches, documents } = written;
	let facts = json!({
		"out": args.out, "records": records, "batches": batches, "documents": documents
	});
	context.output.show(&facts, || {
		format!(
			"wrote {}, {} and {} to {out}\nnext: {next}",
			counted(records, "record", "records"),
			counted(batches, "batch", "batches"),
			counted(documents, "document", "documents"),
			out = args.out.display(),
			next = audit(&context.global.url, args.case, &named(args.format, &args.out)),
		)
	})
}

/// The command that checks an export against a chain.
fn audit(url: &str, case: CaseId, out: &str) -> String {
	format!("winddown-verifier audit --url {url} --case {case} --records {out}")
}

/// An export as other commands name it.
fn named(format: FormatArg, out: &Path) -> String {
	match format {
		FormatArg::Sqlite => format!("sqlite:{}", out.display()),
		FormatArg::Jsonl | FormatArg::Csv => out.display().to_string(),
	}
}

/// Writes a database: what would be exported is imported there, so that every digest is looked at once
/// more on the way.
async fn database(
	context: &Context,
	store: &Store,
	case: CaseId,
	part: &Path,
) -> Result<Written, Error> {
	let lines = part.with_added_extension("jsonl");
	remove(&lines);
	let made = async {
		let written = export(context, store, case, JsonlWriter::create(&lines)?).await?;
		let copy = Store::create(&format!("sqlite:{}", part.display())).await?;
		import(&copy, &lines, |_| {}).await?;
		copy.close().await;
		Ok(written)
	};
	let made = made.await;
	remove(&lines);
	made
}

fn nothing(database: &str, case: CaseId) -> winddown_sdk::Error {
	winddown_sdk::Error::BadInput(format!(
		"{database} holds nothing of case {case}, and nothing was written; `winddown records show` \
		 tells what it holds"
	))
}

async fn export(
	context: &Context,
	store: &Store,
	case: CaseId,
	mut writer: impl Writer + Send,
) -> Result<Written, Error> {
	let spinner = context.spinner("exporting");
	let mut written = Written::default();
	let each = |row: Row| {
		match row {
			Row::Record(_) => written.records += 1,
			Row::Batch(_) => written.batches += 1,
			Row::Document(_) => written.documents += 1,
			Row::Leaf(_) => {}
		}
		spinner.set_message(format!("exported {}", counted(written.records, "record", "records")));
		writer.write(&row)
	};
	let exported = store.export(case, each).await;
	spinner.finish_and_clear();
	exported?;
	writer.finish()?;
	Ok(written)
}

/// An error of the part is one of the place that was named.
fn at(error: Error, part: &Path, out: &Path) -> Error {
	let of_part = |path: &Path| path.display().to_string().starts_with(&part.display().to_string());
	match error {
		Error::File { path, error } if of_part(&path) => Error::File { path: out.into(), error },
		error => error,
	}
}

/// Removes what an export left that was broken off.
fn remove(part: &Path) {
	let _absent = if part.is_dir() { fs::remove_dir_all(part) } else { fs::remove_file(part) };
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_place_that_may_not_be_written_is_told_by_the_name_that_was_given() {
		let (out, part) = (Path::new("out/x.sqlite"), Path::new("out/x.sqlite.part"));
		for inner in
			["out/x.sqlite.part", "out/x.sqlite.part.jsonl", "out/x.sqlite.part/records.csv"]
		{
			let denied = std::io::ErrorKind::PermissionDenied.into();
			let error = at(Error::File { path: inner.into(), error: denied }, part, out);
			assert_eq!(error.to_string(), "out/x.sqlite: permission denied");
		}
	}

	#[test]
	fn the_next_step_names_the_node_that_the_audit_reads() {
		assert_eq!(
			audit("ws://127.0.0.1:9944", 3, &named(FormatArg::Jsonl, Path::new("three.jsonl"))),
			"winddown-verifier audit --url ws://127.0.0.1:9944 --case 3 --records three.jsonl"
		);
	}
}
