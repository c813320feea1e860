//! What goes in, and stays.

use crate::support::{self, ballots, both, document, CASE, POLL};
use futures::TryStreamExt;
use std::os::unix::fs::PermissionsExt;
use winddown_proof::{
	digest::{Algorithm, Digest},
	merkle::Tree,
	record::{lines, Record},
};
use winddown_records::{
	store::{Added, Choice, NewDocument, Row, Store, LARGEST_DOCUMENT},
	Error,
};

fn contents(records: &[Record]) -> Vec<Vec<u8>> {
	records.iter().map(Record::canonical).collect()
}

async fn count(store: &Store) -> usize {
	let mut count = 0;
	let each = |_: Row| {
		count += 1;
		Ok(())
	};
	store.export(CASE, each).await.unwrap();
	count
}

#[tokio::test]
async fn records_batches_and_documents_are_found_by_their_digests() {
	for database in both() {
		let store = database.store().await;
		// More than one page of a batch, and more than one statement.
		let records = ballots(1_100);
		let (batch, added) = store.add_batch(Algorithm::Sha256, &records).await.unwrap();
		assert_eq!(added, Added { new: 1_100, known: 0 }, "{}", database.name);
		let tree = Tree::new(Algorithm::Sha256, &contents(&records));
		assert_eq!(batch.root, tree.root().to_string());
		assert_eq!((batch.case_id, batch.kind.as_str(), batch.leaves), (7, "ballot", 1_100));

		let store = Store::read_only(&database.url).await.unwrap();
		let found = store.batch(&tree.root()).await.unwrap().unwrap();
		assert_eq!(found, batch);
		let served: Vec<u8> = store.lines(&found).try_concat().await.unwrap();
		assert_eq!(served, lines(&contents(&records)));
		assert_eq!(found.size, served.len() as i64);

		let record = store.record(&records[17].digest()).await.unwrap().unwrap();
		assert_eq!(record.content.as_bytes(), records[17].canonical());
		assert_eq!((record.poll, record.lender), (Some(3), Some(17)));
		let batches = store.batches_of(&records[17].digest()).await.unwrap();
		assert_eq!(batches, [(batch.root, 17)]);
		assert_eq!(store.record(&tree.root()).await.unwrap(), None);
	}
}

#[tokio::test]
async fn the_same_again_is_no_error_and_changes_nothing() {
	for database in both() {
		let store = database.store().await;
		let records = ballots(3);
		store.add_batch(Algorithm::Sm3, &records).await.unwrap();
		let (digest, is_new) = store.add_document(document("notice")).await.unwrap();
		assert!(is_new);
		let before = count(&store).await;
		let (_, added) = store.add_batch(Algorithm::Sm3, &records).await.unwrap();
		assert_eq!(added, Added { new: 0, known: 3 }, "{}", database.name);
		let digests: Vec<Digest> = records.iter().map(Record::digest).collect();
		let (_, is_new) = store.add_batch_of(Algorithm::Sm3, &digests, |_| Ok(())).await.unwrap();
		assert!(!is_new);
		assert_eq!(store.add_document(document("notice")).await.unwrap(), (digest, false));
		assert_eq!(count(&store).await, before);
	}
}

#[tokio::test]
async fn content_that_was_altered_in_the_database_is_noticed_when_it_comes_again() {
	for database in both() {
		let store = database.store().await;
		let records = ballots(2);
		store.add_records(&records).await.unwrap();
		let (digest, _) = store.add_document(document("notice")).await.unwrap();
		database
			.tamper(
				"UPDATE records SET content = replace(content, '[[0]]', '[[1]]') WHERE lender = 1",
			)
			.await;
		let altered = records[1].digest();
		let error = store.add_records(&records).await.unwrap_err();
		let expected =
			format!("the database holds something else under {altered}: it was altered there");
		assert_eq!(error.to_string(), expected, "{}", database.name);
		let digests = [records[0].digest(), altered];
		let error = store.add_batch_of(Algorithm::Sm3, &digests, |_| Ok(())).await.unwrap_err();
		assert_eq!(error.to_string(), expected);
		let error = store.choose(CASE, "ballot", None, Choice::All).await.unwrap_err();
		assert!(matches!(error, Error::Altered(_)), "{error}");
		database.tamper("UPDATE contents SET content = '\\x00'").await;
		let error = store.add_document(document("notice")).await.unwrap_err();
		assert!(matches!(error, Error::Altered(found) if found == digest), "{error}");
	}
}

#[tokio::test]
async fn a_batch_goes_in_with_its_records_or_not_at_all() {
	for database in both() {
		let store = database.store().await;
		let records = ballots(2_500);
		// The last record is refused after two statements of others.
		store.add_records(&records[2_499..]).await.unwrap();
		database.tamper("UPDATE records SET kind = 'other'").await;
		let error = store.add_batch(Algorithm::Sm3, &records).await.unwrap_err();
		assert!(matches!(error, Error::Altered(_)), "{error}");
		assert_eq!(count(&store).await, 1, "{}", database.name);
		let missing = records[0].digest();
		let error = store.add_batch_of(Algorithm::Sm3, &[missing], |_| Ok(())).await.unwrap_err();
		let expected = format!("the batch has the record {missing}, which is not here");
		assert_eq!(error.to_string(), expected);
	}
}

#[tokio::test]
async fn two_writers_at_once_lose_nothing_and_keep_nothing_twice() {
	for database in both() {
		database.store().await.close().await;
		let records = ballots(3_000);
		let write = |part: Vec<Record>, url: String| async move {
			let store = Store::open(&url).await.unwrap();
			let mut added = 0;
			for some in part.chunks(100) {
				added += store.add_records(some).await.unwrap().new;
			}
			store.add_batch(Algorithm::Sm3, &part).await.unwrap();
			added
		};
		// Both have the middle third, in opposite orders.
		let one = tokio::spawn(write(records[..2_000].to_vec(), database.url.clone()));
		let mut rest = records[1_000..].to_vec();
		rest.reverse();
		let other = tokio::spawn(write(rest, database.url.clone()));
		assert_eq!(one.await.unwrap() + other.await.unwrap(), 3_000, "{}", database.name);
		let store = Store::open(&database.url).await.unwrap();
		assert_eq!(count(&store).await, 3_000 + 2 + 4_000);
	}
}

#[tokio::test]
async fn many_may_make_the_tables_at_once() {
	let sqlite = support::sqlite();
	sqlite.store().await.close().await;
	sqlite.tamper("DROP TABLE _sqlx_migrations").await;
	sqlite.tamper("DROP VIEW documents").await;
	for table in ["batch_leaves", "records", "batches", "document_uses", "contents"] {
		let drop: &'static str = format!("DROP TABLE {table}").leak();
		sqlite.tamper(drop).await;
	}
	let postgres = support::postgres();
	for database in [sqlite, postgres] {
		let error = Store::read_only(&database.url).await.unwrap_err();
		assert_eq!(error.to_string(), "the database has no tables of records", "{}", database.name);
		let open = (0..6).map(|_| {
			let url = database.url.clone();
			tokio::spawn(async move { Store::open(&url).await.map(drop) })
		});
		for opened in open.collect::<Vec<_>>() {
			opened.await.unwrap().unwrap_or_else(|error| panic!("{}: {error}", database.name));
		}
	}
}

#[tokio::test]
async fn records_are_chosen_for_a_batch_by_poll_and_lender_and_once() {
	for database in both() {
		let store = database.store().await;
		let mut records = ballots(20);
		records.reverse();
		store.add_records(&records).await.unwrap();
		records.reverse();
		let digests: Vec<Digest> = records.iter().map(Record::digest).collect();
		let choose = |poll, choice| store.choose(CASE, "ballot", poll, choice);
		assert_eq!(choose(Some(POLL), Choice::Unbatched).await.unwrap(), digests);
		assert_eq!(choose(Some(POLL + 1), Choice::Unbatched).await.unwrap(), []);
		store.add_batch_of(Algorithm::Sm3, &digests[..12], |_| Ok(())).await.unwrap();
		assert_eq!(choose(None, Choice::Unbatched).await.unwrap(), digests[12..]);
		assert_eq!(choose(None, Choice::All).await.unwrap(), digests, "{}", database.name);
		assert_eq!(store.choose(CASE + 1, "ballot", None, Choice::All).await.unwrap(), []);
	}
}

#[tokio::test]
async fn a_document_belongs_to_every_case_and_kind_that_has_it() {
	for database in both() {
		let store = database.store().await;
		let (digest, _) = store.add_document(document("notice")).await.unwrap();
		for (case, kind) in [(8, "notice"), (CASE, "plan")] {
			let other = NewDocument { case, kind: kind.into(), ..document("notice") };
			let added = store.add_document(other.clone()).await.unwrap();
			assert_eq!(added, (digest, true), "{}", database.name);
			assert_eq!(store.add_document(other).await.unwrap(), (digest, false));
		}
		let mut kinds = Vec::new();
		for case in [CASE, 8] {
			let each = |row: Row| {
				let Row::Document(document) = row else { panic!("{row:?}") };
				assert_eq!(document.content, b"notice");
				kinds.push((case, document.kind));
				Ok(())
			};
			store.export(case, each).await.unwrap();
		}
		let expected = [(CASE, "notice"), (CASE, "plan"), (8, "notice")];
		assert_eq!(kinds, expected.map(|(case, kind)| (case, kind.to_string())));
		let uses = store.uses(&digest).await.unwrap();
		let uses: Vec<_> = uses.iter().map(|one| (one.case_id, one.kind.as_str())).collect();
		assert_eq!(uses, [(7, "notice"), (7, "plan"), (8, "notice")], "{}", database.name);
	}
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused() {
	for database in both() {
		let store = database.store().await;
		let name = "a\u{0}b".into();
		let error =
			store.add_document(NewDocument { name, ..document("other") }).await.unwrap_err();
		let expected = "the name has at most 255 bytes, and no control characters";
		assert_eq!(error.to_string(), expected);
		let content = vec![0; LARGEST_DOCUMENT + 1];
		let error = store.add_document(NewDocument { content, ..document("") }).await.unwrap_err();
		let expected = "a document has at most 67108864 bytes, this one has 67108865";
		assert_eq!(error.to_string(), expected);
		let error = store.add_batch(Algorithm::Sm3, &[]).await.unwrap_err();
		assert_eq!(error.to_string(), "a batch has at least one record, and all of one case");
	}
}

#[tokio::test]
async fn a_server_that_is_away_is_told_at_once() {
	let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
	let error = Store::read_only(&format!("postgres://nobody@{free}/records")).await.unwrap_err();
	let told = error.to_string();
	assert!(told.starts_with("the database does not answer: Connection refused"), "{told}");
	assert_eq!(error.kind(), None);
}

#[tokio::test]
async fn a_file_of_sqlite_is_the_owners_alone_and_never_overwritten() {
	let database = support::sqlite();
	let store = database.store().await;
	store.add_records(&ballots(1)).await.unwrap();
	let path = database.url.strip_prefix("sqlite:").unwrap();
	for file in [path.into(), format!("{path}-wal")] {
		let mode = std::fs::metadata(&file).unwrap().permissions().mode();
		assert_eq!(mode & 0o777, 0o600, "{file}");
	}
	let error = Store::create(&database.url).await.unwrap_err();
	assert_eq!(error.to_string(), format!("{path} exists already"));
	let error = Store::open("sqlite:/nowhere/records.sqlite").await.unwrap_err();
	assert_eq!(error.to_string(), "there are no records at /nowhere/records.sqlite");
	let error = Store::open("mysql:records").await.unwrap_err();
	assert_eq!(error.to_string(), "a database reads sqlite:FILE or postgres://USER@HOST/NAME");
}
