//! The operator's export against the chain, both ways and from every source.

#[path = "../../../records/tests/support/postgres.rs"]
mod postgres;

use crate::{kit::Case, story::*};
use postgres::Postgres;
use serde_json::{json, Value};
use std::path::{Path, PathBuf};
use winddown_verifier::{
	audit::{audit, Options},
	export::{Entry, Source},
};

/// The line of a ballot's record.
fn ballot(case: &mut Case, at: usize) -> &mut Value {
	assert_eq!(case.records[at]["kind"], "ballot");
	&mut case.records[at]
}

#[test]
fn a_changed_choice_is_an_altered_record() {
	let mut case = good();
	ballot(&mut case, 1)["content"] = json!(ballot_record(1, Some(0), 2));
	case.finds(&["record-altered"]);
}

#[test]
fn a_changed_salt_is_an_altered_record() {
	let mut case = good();
	ballot(&mut case, 1)["content"] = json!(ballot_record(1, Some(1), 77));
	case.finds(&["record-altered"]);
}

#[test]
fn a_dropped_record_is_missing_also_one_that_was_replaced_by_a_later_ballot() {
	for at in [0, 1, 2] {
		let mut case = good();
		case.records.remove(at);
		case.finds(&["record-missing"]);
	}
}

#[test]
fn a_record_of_no_ballot_is_extra() {
	let mut case = good();
	case.records.push(exported("ballot", Some(2), &ballot_record(2, Some(0), 6)));
	assert_eq!(case.audit().counts.into_iter().collect::<Vec<_>>(), [("record-extra", 1)]);
}

#[test]
fn a_record_kept_twice_is_named() {
	let mut case = good();
	let again = case.records[1].clone();
	case.records.push(again);
	case.finds(&["record-twice"]);
}

#[test]
fn swapped_digests_of_two_lenders_are_named() {
	let mut case = good();
	let (one, two) = (case.records[0]["digest"].clone(), case.records[1]["digest"].clone());
	ballot(&mut case, 0)["digest"] = two;
	ballot(&mut case, 1)["digest"] = one;
	case.finds(&["records-swapped"]);
}

#[test]
fn a_record_with_blanks_or_without_a_salt_is_malformed() {
	for content in [
		ballot_record(1, Some(1), 2).replace(':', ": "),
		ballot_record(1, Some(1), 2).replace(&hex::encode([2u8; 32]), "short"),
	] {
		let mut case = good();
		case.records[1] = exported("ballot", Some(1), &content);
		assert!(case.codes().contains("record-malformed"));
	}
}

#[test]
fn records_of_a_batch_in_another_order_do_not_give_its_root() {
	let mut case = good();
	let batch = case.records.iter_mut().find(|line| line["type"] == "batch").unwrap();
	batch["records"].as_array_mut().unwrap().swap(0, 1);
	case.finds(&["batch-root"]);
}

#[test]
fn a_batch_without_one_of_its_leaves_is_named() {
	let mut case = good();
	let batch = case.records.iter_mut().find(|line| line["type"] == "batch").unwrap();
	batch["records"].as_array_mut().unwrap().pop();
	case.finds(&["batch-root", "batch-leaves", "record-extra"]);
}

#[test]
fn a_batch_or_document_that_is_not_kept_is_missing() {
	let mut case = good();
	case.records.retain(|line| line["type"] != "batch");
	case.finds(&["batch-missing", "record-extra"]);
	let mut case = good();
	case.records.retain(|line| line["type"] != "document");
	case.finds(&["document-missing"]);
}

#[test]
fn an_altered_document_is_named() {
	let mut case = good();
	let document = case.records.iter_mut().find(|line| line["type"] == "document").unwrap();
	document["content"] = json!(base64_of(b"another document"));
	case.finds(&["document-altered"]);
}

#[test]
fn a_leaf_of_two_hashes_is_an_inner_node() {
	let mut case = good();
	// Sixty-four characters, as long as the two hashes that an inner node is made of.
	let node = "0".repeat(64);
	case.records.push(exported("other", None, &node));
	let digest = digest(&node).to_string();
	let batch = case.records.iter_mut().find(|line| line["type"] == "batch").unwrap();
	batch["records"] = json!([digest]);
	assert!(case.codes().contains("leaf-is-node"));
}

#[test]
fn all_sources_give_the_same_entries() {
	let case = good();
	let folder = tempfile::tempdir().unwrap();
	let jsonl = Source::Jsonl(case.write_export(folder.path()));
	let entries = |source: &Source| {
		let mut entries = vec![];
		source.read(0, |entry| entries.push(entry)).unwrap();
		entries
	};
	let expected = entries(&jsonl);
	assert_eq!(expected.len(), case.records.len());
	let csv = folder.path().join("csv");
	write_csv(&csv, &expected);
	assert_eq!(entries(&csv.to_str().unwrap().parse().unwrap()), expected);
	let database = folder.path().join("records.sqlite");
	let url = format!("sqlite:{}", database.display());
	write_sqlite(&url, &expected);
	assert_eq!(entries(&url.parse().unwrap()), expected);
	let cluster = Postgres::start();
	write_postgres(&cluster.url(), &expected);
	assert_eq!(entries(&cluster.url().parse().unwrap()), expected);
}

#[test]
fn what_the_chain_does_not_know_is_extra() {
	let mut case = good();
	let mut other = case.records.iter().find(|line| line["type"] == "document").unwrap().clone();
	other["digest"] = json!(digest("another").to_string());
	other["content"] = json!(base64_of(b"another"));
	case.records.push(other);
	case.finds(&["document-extra"]);

	let mut case = good();
	let mut other = case.records.iter().find(|line| line["type"] == "batch").unwrap().clone();
	other["root"] = json!(digest("another").to_string());
	case.records.push(other);
	case.finds(&["batch-extra"]);
}

/// A database of the good case, in the form that has a log beside it.
fn database(folder: &Path) -> (PathBuf, Source) {
	use sqlx::{sqlite::SqliteConnectOptions, ConnectOptions, Connection};
	let case = good();
	let mut entries = vec![];
	let export = Source::Jsonl(case.write_export(folder));
	export.read(0, |entry| entries.push(entry)).unwrap();
	let path = folder.join("records.sqlite");
	let url = format!("sqlite:{}", path.display());
	write_sqlite(&url, &entries);
	tokio::runtime::Runtime::new().unwrap().block_on(async {
		let options: SqliteConnectOptions = url.parse().unwrap();
		let mut connection = options.connect().await.unwrap();
		sqlx::query("PRAGMA journal_mode = WAL").execute(&mut connection).await.unwrap();
		connection.close().await.unwrap();
	});
	(path, url.parse().unwrap())
}

#[test]
fn a_database_whose_log_is_missing_is_audited_with_a_caution() {
	let case = good();
	let folder = tempfile::tempdir().unwrap();
	let archive = folder.path().join("case.wda");
	case.kit.parts.write(&archive).unwrap();
	let (_, source) = database(folder.path());
	let options = Options { case: 0, genesis: None, progress: None };
	let report = audit(&archive, Some(&source), &options).unwrap();
	assert!(report.is_clean(), "{}", report.text());
	assert!(report.kept.unwrap().may_lack_its_log);
	assert!(report.text().contains("CAUTION: the database was not closed by its program"));
	let whole = audit(&archive, Some(&Source::Jsonl(case.write_export(folder.path()))), &options);
	assert!(!whole.unwrap().text().contains("CAUTION"));
}

#[test]
fn a_database_that_cannot_be_read_is_told_in_one_sentence() {
	let folder = tempfile::tempdir().unwrap();
	let (path, source) = database(folder.path());
	let refused = |source: &Source| source.read(0, |_| ()).unwrap_err().to_string();
	let whole = std::fs::read(&path).unwrap();
	std::fs::write(&path, &whole[..5_000]).unwrap();
	assert_eq!(
		refused(&source),
		"the file of the database is damaged; take a backup, or ask for an export"
	);
	std::fs::write(&path, "{\"type\":\"record\"}").unwrap();
	let expected = format!(
		"{} is no database of SQLite; an export in JSON Lines or CSV is named without sqlite: before it",
		path.display()
	);
	assert_eq!(refused(&source), expected);
	let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
	let away: Source = format!("postgres://nobody@127.0.0.1:{port}/records").parse().unwrap();
	let told = refused(&away);
	assert!(told.starts_with("the database does not answer: Connection refused"), "{told}");
}

#[test]
fn an_export_that_cannot_be_read_is_no_finding() {
	let case = good();
	let folder = tempfile::tempdir().unwrap();
	let archive = folder.path().join("case.wda");
	case.kit.parts.write(&archive).unwrap();
	let export = folder.path().join("export.jsonl");
	std::fs::write(&export, "{\"type\":\"record\"}").unwrap();
	let options = Options { case: 0, genesis: None, progress: None };
	let error = audit(&archive, Some(&Source::Jsonl(export.clone())), &options).unwrap_err();
	let expected = format!("{}:1: missing field `digest`", export.display());
	assert_eq!(error.to_string(), expected);
}

fn write_csv(folder: &Path, entries: &[Entry]) {
	std::fs::create_dir(folder).unwrap();
	let writer = |name: &str, head: &[&str]| {
		let mut writer = csv::Writer::from_path(folder.join(name)).unwrap();
		writer.write_record(head).unwrap();
		writer
	};
	let columns = ["digest", "kind", "case_id", "poll", "lender", "content", "stored_at"];
	let mut records = writer("records.csv", &columns);
	let columns = ["root", "case_id", "kind", "leaves", "size", "stored_at"];
	let mut batches = writer("batches.csv", &columns);
	let mut leaves = writer("batch_leaves.csv", &["root", "position", "record"]);
	let columns = ["digest", "case_id", "kind", "name", "media_type", "content", "stored_at"];
	let mut documents = writer("documents.csv", &columns);
	let optional = |number: Option<i64>| number.map_or(String::new(), |number| number.to_string());
	for entry in entries {
		match entry {
			Entry::Record(r) => records.write_record([
				&r.digest,
				&r.kind,
				&r.case.to_string(),
				&optional(r.poll),
				&optional(r.lender),
				&r.content,
				"0",
			]),
			Entry::Batch(b) => {
				for (position, record) in b.records.iter().enumerate() {
					leaves.write_record([&b.root, &position.to_string(), record]).unwrap();
				}
				let numbers = [b.case, b.leaves, b.size].map(|number| number.to_string());
				batches.write_record([&b.root, &numbers[0], &b.kind, &numbers[1], &numbers[2], "0"])
			}
			Entry::Document(d) => {
				let content = base64_of(&d.content);
				let case = d.case.to_string();
				documents.write_record([
					&d.digest,
					&case,
					"other",
					&d.name,
					"text/plain",
					&content,
					"0",
				])
			}
		}
		.unwrap();
	}
}

/// The tables as docs/records.md has them.
const TABLES: [&str; 4] = [
	"CREATE TABLE records(digest TEXT PRIMARY KEY, kind TEXT, case_id BIGINT, poll BIGINT NULL, lender BIGINT NULL, content TEXT, stored_at BIGINT)",
	"CREATE TABLE batches(root TEXT PRIMARY KEY, case_id BIGINT, kind TEXT, leaves BIGINT, size BIGINT, stored_at BIGINT)",
	"CREATE TABLE batch_leaves(root TEXT, position BIGINT, record TEXT, PRIMARY KEY(root, position))",
	"CREATE TABLE documents(digest TEXT PRIMARY KEY, case_id BIGINT, kind TEXT, name TEXT, media_type TEXT, content BYTEA, stored_at BIGINT)",
];

macro_rules! fill {
	($connection:expr, $entries:expr) => {{
		let mut connection = $connection;
		for table in TABLES {
			sqlx::query(table).execute(&mut connection).await.unwrap();
		}
		for entry in $entries {
			match entry {
				Entry::Record(r) => {
					let insert =
						sqlx::query("INSERT INTO records VALUES ($1, $2, $3, $4, $5, $6, 0)");
					insert
						.bind(&r.digest)
						.bind(&r.kind)
						.bind(r.case)
						.bind(r.poll)
						.bind(r.lender)
						.bind(&r.content)
						.execute(&mut connection)
						.await
						.unwrap();
				}
				Entry::Batch(b) => {
					let insert = sqlx::query("INSERT INTO batches VALUES ($1, $2, $3, $4, $5, 0)");
					let insert = insert.bind(&b.root).bind(b.case).bind(&b.kind);
					insert.bind(b.leaves).bind(b.size).execute(&mut connection).await.unwrap();
					for (position, record) in (0i64..).zip(&b.records) {
						let insert = sqlx::query("INSERT INTO batch_leaves VALUES ($1, $2, $3)");
						let insert = insert.bind(&b.root).bind(position).bind(record);
						insert.execute(&mut connection).await.unwrap();
					}
				}
				Entry::Document(d) => {
					let insert =
						"INSERT INTO documents VALUES ($1, $2, 'other', $3, 'text/plain', $4, 0)";
					let insert = sqlx::query(insert).bind(&d.digest).bind(d.case).bind(&d.name);
					insert.bind(&d.content).execute(&mut connection).await.unwrap();
				}
			}
		}
	}};
}

fn write_sqlite(url: &str, entries: &[Entry]) {
	use sqlx::{sqlite::SqliteConnectOptions, ConnectOptions};
	let options: SqliteConnectOptions = url.parse().unwrap();
	let runtime = tokio::runtime::Runtime::new().unwrap();
	runtime.block_on(async {
		fill!(options.create_if_missing(true).connect().await.unwrap(), entries);
	});
}

fn write_postgres(url: &str, entries: &[Entry]) {
	use sqlx::{Connection, PgConnection};
	let runtime = tokio::runtime::Runtime::new().unwrap();
	runtime.block_on(async {
		fill!(PgConnection::connect(url).await.unwrap(), entries);
	});
}
