//! Databases of other versions of this program.

use crate::support::{both, document, Database, CASE};
use sqlx::{
	migrate::{Migration, MigrationType, Migrator},
	Connection, PgConnection, SqlSafeStr, SqliteConnection,
};
use winddown_proof::digest::Algorithm;
use winddown_records::{
	store::{NewDocument, Row, Store},
	Error,
};

/// The tables as the first version made them.
async fn first_version(database: &Database) {
	let migrator = |sql: &'static str| {
		let simple = MigrationType::Simple;
		let name = "records, batches, documents".into();
		Migrator::with_migrations(vec![Migration::new(1, name, simple, sql.into_sql_str(), false)])
	};
	let (sqlite, postgres) = (
		include_str!("../../src/store/migrations/1-sqlite.sql"),
		include_str!("../../src/store/migrations/1-postgres.sql"),
	);
	match database.name {
		"SQLite" => {
			let url = format!("{}?mode=rwc", database.url);
			let mut connection = SqliteConnection::connect(&url).await.unwrap();
			migrator(sqlite).run_direct(None, &mut connection, false).await.unwrap();
			connection.close().await.unwrap();
		}
		_ => {
			let mut connection = PgConnection::connect(&database.url).await.unwrap();
			migrator(postgres).run_direct(None, &mut connection, false).await.unwrap();
			connection.close().await.unwrap();
		}
	}
	let digest = Algorithm::Sm3.hash(b"notice");
	let insert = format!(
		"INSERT INTO documents VALUES ('{digest}', {CASE}, 'notice', 'a.txt', 'text/plain', 'notice', 5)"
	);
	database.tamper(insert.leak()).await;
}

async fn exported(store: &Store) -> Vec<(String, i64)> {
	let mut found = Vec::new();
	let each = |row: Row| {
		let Row::Document(document) = row else { panic!("{row:?}") };
		found.push((document.kind, document.stored_at));
		Ok(())
	};
	store.export(CASE, each).await.unwrap();
	found
}

#[tokio::test]
async fn a_database_of_the_version_before_is_read_as_it_is_and_brought_up_to_date_by_a_writer() {
	for database in both() {
		first_version(&database).await;
		let digest = Algorithm::Sm3.hash(b"notice");
		for open in [Store::read_only(&database.url).await, Store::open(&database.url).await] {
			let store = open.unwrap();
			let found = store.document(&digest).await.unwrap().unwrap();
			assert_eq!((found.name.as_str(), &found.content[..]), ("a.txt", &b"notice"[..]));
			assert_eq!(exported(&store).await, [("notice".into(), 5)], "{}", database.name);
			store.close().await;
		}
		let store = Store::open(&database.url).await.unwrap();
		let plan = NewDocument { kind: "plan".into(), ..document("notice") };
		assert_eq!(store.add_document(plan).await.unwrap(), (digest, true));
		assert_eq!(exported(&store).await.len(), 2, "{}", database.name);
	}
}

#[tokio::test]
async fn a_newer_programs_database_is_refused_in_the_same_words_whoever_opens_it() {
	for database in both() {
		database.store().await.close().await;
		database
			.tamper(
				"INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
				 VALUES (9, 'to come', TRUE, '', 0)",
			)
			.await;
		let (reader, writer) =
			(Store::read_only(&database.url).await, Store::open(&database.url).await);
		for opened in [reader, writer] {
			let error = opened.unwrap_err();
			assert!(matches!(error, Error::NewTables { found: 9, known: 2 }), "{error:?}");
			assert_eq!(
				error.to_string(),
				"the tables of the database are of version 9, and this program knows 2",
				"{}",
				database.name
			);
		}
	}
}
