//! Exports and imports.

use crate::support::{self, ballots, both, document, CASE};
use std::{
	fs,
	path::Path,
	process::{Command, Stdio},
	time::{Duration, Instant},
};
use tempfile::TempDir;
use winddown_proof::{digest::Algorithm, merkle::Tree, record::Record};
use winddown_records::{
	form::{import, CsvWriter, Imported, JsonlWriter, Writer},
	source::Source,
	store::{Added, Row, Store},
	Error,
};

/// Which test a process of its own runs.
const CHILD: &str = "exchange::an_import_that_another_process_kills";
/// What it imports, and whereto.
const FROM: &str = "WINDDOWN_TEST_IMPORT_FROM";
const TO: &str = "WINDDOWN_TEST_IMPORT_TO";

async fn write(store: &Store, mut writer: impl Writer + Send) {
	store.export(CASE, |row: Row| writer.write(&row)).await.unwrap();
	writer.finish().unwrap();
}

/// An export of some ballots, two batches and a document.
async fn exported(folder: &TempDir, count: u32) -> (std::path::PathBuf, Vec<Record>) {
	let database = support::sqlite();
	let store = database.store().await;
	let records = ballots(count);
	store.add_batch(Algorithm::Sm3, &records).await.unwrap();
	store.add_batch(Algorithm::Sha256, &records[..1]).await.unwrap();
	store.add_document(document("notice")).await.unwrap();
	let path = folder.path().join("export.jsonl");
	write(&store, JsonlWriter::create(&path).unwrap()).await;
	(path, records)
}

async fn take(store: &Store, path: &Path) -> Result<Imported, Error> {
	import(store, path, |_| {}).await
}

#[tokio::test]
async fn an_export_is_imported_and_exported_as_it_was_in_both_forms() {
	let folder = tempfile::tempdir().unwrap();
	let (jsonl, records) = exported(&folder, 1_500).await;
	for database in both() {
		let store = database.store().await;
		let imported = take(&store, &jsonl).await.unwrap();
		let new = |new| Added { new, known: 0 };
		let expected = Imported { records: new(1_500), batches: new(2), documents: new(1) };
		assert_eq!(imported, expected, "{}", database.name);
		let again = folder.path().join(format!("{}.jsonl", database.name));
		write(&store, JsonlWriter::create(&again).unwrap()).await;
		assert!(fs::read(&again).unwrap() == fs::read(&jsonl).unwrap(), "{}", database.name);

		let csv = folder.path().join(database.name);
		write(&store, CsvWriter::create(&csv).unwrap()).await;
		let other = support::sqlite();
		let copy = other.store().await;
		assert_eq!(take(&copy, &csv).await.unwrap(), expected);
		let of_csv = folder.path().join(format!("{}-csv.jsonl", database.name));
		write(&copy, JsonlWriter::create(&of_csv).unwrap()).await;
		assert!(fs::read(&of_csv).unwrap() == fs::read(&jsonl).unwrap(), "{}", database.name);

		let known = |known| Added { new: 0, known };
		let expected = Imported { records: known(1_500), batches: known(2), documents: known(1) };
		assert_eq!(take(&store, &csv).await.unwrap(), expected);
		let source: Source = database.url.parse().unwrap();
		finds_all(&source, &records).await;
		finds_all(&Source::Export(csv), &records).await;
	}
	finds_all(&Source::Export(jsonl), &records).await;
}

async fn finds_all(source: &Source, records: &[Record]) {
	let contents: Vec<Vec<u8>> = records.iter().map(Record::canonical).collect();
	let found = source.record(&records[3].digest()).await.unwrap();
	assert_eq!(found.as_ref(), Some(&contents[3]), "{source}");
	let root = Tree::new(Algorithm::Sm3, &contents).root();
	let batch = source.batch(&root).await.unwrap();
	assert!(batch == Some(winddown_proof::record::lines(&contents)), "{source}");
	let document = Algorithm::Sm3.hash(b"notice");
	assert_eq!(source.document(&document).await.unwrap().as_deref(), Some(&b"notice"[..]));
	assert_eq!(source.record(&document).await.unwrap(), None);
	assert_eq!(source.batch(&document).await.unwrap(), None);
}

#[tokio::test]
async fn an_export_does_not_overwrite_another_one() {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("records.jsonl");
	fs::write(&path, "mine").unwrap();
	let error = JsonlWriter::create(&path).err().unwrap();
	assert_eq!(error.to_string(), format!("{} exists already", path.display()));
	let error = CsvWriter::create(folder.path()).err().unwrap();
	assert_eq!(error.to_string(), format!("{} exists already", folder.path().display()));
	assert_eq!(fs::read(&path).unwrap(), b"mine");
}

/// Imports an export after `change`, and says what was wrong.
async fn refused(change: impl Fn(&str) -> String) -> String {
	let folder = tempfile::tempdir().unwrap();
	let (path, _) = exported(&folder, 3).await;
	let text = fs::read_to_string(&path).unwrap();
	let changed = change(&text);
	assert_ne!(changed, text);
	fs::write(&path, changed).unwrap();
	let database = support::sqlite();
	let error = take(&database.store().await, &path).await.unwrap_err().to_string();
	error.replace(&path.display().to_string(), "export")
}

#[tokio::test]
async fn altered_content_is_refused_with_its_line() {
	let error = refused(|text| text.replacen("[[0]]", "[[1]]", 1)).await;
	assert!(error.starts_with("export:1: blake2b-256:0x"), "{error}");
	assert!(error.contains(" is not the digest of what comes under it, which is "), "{error}");
	let error = refused(|text| text.replace("bm90aWNl", "bm90aWN0")).await;
	assert!(error.starts_with("export:6: sm3:0x"), "{error}");
	let blank = refused(|text| text.replacen("{\\\"algorithm", "{ \\\"algorithm", 1)).await;
	let expected = "export:1: the record is not in its canonical form (RFC 8785): it has blanks, \
		fields in another order, or a field that its kind does not have";
	assert_eq!(blank, expected);
}

#[tokio::test]
async fn what_an_entry_says_of_itself_must_be_true() {
	for (field, from, to) in [
		("kind", "\"kind\":\"ballot\",\"lender\":0", "\"kind\":\"other\",\"lender\":0"),
		("lender", "\"ballot\",\"lender\":0", "\"ballot\",\"lender\":1"),
		("poll", "\"poll\":3,\"type\":\"record\"", "\"poll\":null,\"type\":\"record\""),
		("case", "{\"case\":7,\"content\"", "{\"case\":8,\"content\""),
		("leaves", "\"leaves\":3", "\"leaves\":2"),
		("size", "\"leaves\":1,\"root\":", "\"leaves\":1,\"size\":1,\"root\":"),
	] {
		let error = refused(|text| {
			let text = text.replacen(from, to, 1);
			match field {
				// The first size is the one that was put in.
				"size" => drop_second_size(&text),
				_ => text,
			}
		})
		.await;
		let expected = format!(" comes with another {field} than it has");
		assert!(error.ends_with(&expected), "{field}: {error}");
	}
}

fn drop_second_size(text: &str) -> String {
	let lines = text.lines().map(|line| match line.split_once("\"size\":1,") {
		Some((head, tail)) => {
			let (before, after) = tail.split_once("\"size\":").unwrap();
			let (_, rest) = after.split_once(',').unwrap();
			format!("{head}\"size\":1,{before}{rest}\n")
		}
		None => format!("{line}\n"),
	});
	lines.collect()
}

#[tokio::test]
async fn a_batch_that_lacks_a_record_or_has_another_order_is_refused() {
	let lacking =
		|text: &str| -> String { text.lines().skip(1).map(|l| format!("{l}\n")).collect() };
	let error = refused(lacking).await;
	assert!(error.ends_with(", which is not here"), "{error}");
	let swapped = |text: &str| {
		let batch = text.lines().find(|line| line.contains("\"leaves\":3")).unwrap();
		let (head, leaves) = batch.split_once("\"records\":[").unwrap();
		let mut leaves: Vec<&str> = leaves.trim_end_matches("]}").split(',').collect();
		leaves.swap(0, 1);
		text.replace(batch, &format!("{head}\"records\":[{}]}}", leaves.join(",")))
	};
	let error = refused(swapped).await;
	assert!(error.contains(" is not the digest of what comes under it, which is "), "{error}");
}

#[tokio::test]
async fn a_line_that_is_no_entry_is_named() {
	let error = refused(|text| format!("{text}{{}}\n")).await;
	assert_eq!(error, "export:7: missing field `type` at line 1 column 2");
	let inject = |text: &str| text.replacen("blake2b-256:0x", "'; DROP TABLE records; --", 1);
	let error = refused(inject).await;
	assert!(error.starts_with("export:1: a digest reads blake2b-256:0x…"), "{error}");
}

/// Run by the next test in a process of its own.
#[tokio::test]
async fn an_import_that_another_process_kills() {
	let (Ok(from), Ok(to)) = (std::env::var(FROM), std::env::var(TO)) else { return };
	let store = Store::open(&to).await.unwrap();
	take(&store, from.as_ref()).await.unwrap();
}

#[tokio::test]
async fn an_import_that_was_killed_goes_on_without_doubles() {
	let folder = tempfile::tempdir().unwrap();
	let (path, records) = exported(&folder, 15_000).await;
	for database in both() {
		let store = database.store().await;
		let mut child = Command::new(std::env::current_exe().unwrap())
			.args([CHILD, "--exact"])
			.env(FROM, &path)
			.env(TO, &database.url)
			.stdout(Stdio::null())
			.spawn()
			.unwrap();
		let start = Instant::now();
		while count(&store).await < 1_000 {
			assert!(start.elapsed() < Duration::from_secs(60), "nothing was imported");
			tokio::time::sleep(Duration::from_millis(5)).await;
		}
		child.kill().unwrap();
		assert!(!child.wait().unwrap().success(), "{}: it was faster", database.name);
		let left = count(&store).await;
		assert!(left < 15_000, "{}: all were imported", database.name);
		let Imported { records: added, batches, .. } = take(&store, &path).await.unwrap();
		assert_eq!(added.new + added.known, 15_000, "{}", database.name);
		assert!(added.known >= 1_000 && added.new > 0, "{added:?}");
		assert_eq!(batches, Added { new: 2, known: 0 });
		assert_eq!(count(&store).await, 15_000);
		finds_all(&database.url.parse().unwrap(), &records).await;
	}
}

/// How many ballots are there.
async fn count(store: &Store) -> i64 {
	let counts = store.counts().await.unwrap();
	counts.iter().filter(|count| count.table == "records").map(|count| count.rows).sum()
}
