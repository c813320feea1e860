//! The statements, which both databases understand, on a connection of either.

use super::{
	migrations::Form,
	rows::{Batch, Document, Leaf, Record, Row, Use},
};
use crate::Error;
use futures::TryStreamExt;
use sqlx::{PgConnection, Postgres, QueryBuilder, Sqlite, SqliteConnection};
use std::future::Future;

type RecordColumns = (String, String, i64, Option<i64>, Option<i64>, String, i64);
type BatchColumns = (String, i64, String, i64, i64, i64);
type UseColumns = (i64, String, String, String, i64);
type DocumentColumns = (String, i64, String, String, String, Vec<u8>, i64);

const ADD_RECORDS: &str =
	"INSERT INTO records (digest, kind, case_id, poll, lender, content, stored_at) ";
const ADD_BATCH: &str = "INSERT INTO batches (root, case_id, kind, leaves, size, stored_at)
	VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (root) DO NOTHING";
const ADD_LEAVES: &str = "INSERT INTO batch_leaves (root, position, record) ";
const ADD_CONTENT: &str =
	"INSERT INTO contents (digest, content) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
const ADD_USE: &str =
	"INSERT INTO document_uses (digest, case_id, kind, name, media_type, stored_at)
	VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (digest, case_id, kind) DO NOTHING";

const RECORDS_IN: &str =
	"SELECT digest, kind, case_id, poll, lender, content, stored_at FROM records WHERE digest IN (";
const BATCH: &str =
	"SELECT root, case_id, kind, leaves, size, stored_at FROM batches WHERE root = $1";
const DOCUMENT: &str = "SELECT digest, case_id, kind, name, media_type, content, stored_at
	FROM documents WHERE digest = $1 ORDER BY case_id, kind LIMIT 1";
const USES: &str =
	"SELECT case_id, kind, name, media_type, stored_at FROM documents WHERE digest = $1
	ORDER BY case_id, kind";
const BATCHES_IN: &str = "SELECT root FROM batches WHERE root IN (";
const DOCUMENTS_IN: &str = "SELECT DISTINCT digest FROM documents WHERE digest IN (";
const CONTENT: &str = "SELECT content FROM contents WHERE digest = $1";
const PAGE: &str = "SELECT records.content FROM batch_leaves
	JOIN records ON records.digest = batch_leaves.record
	WHERE root = $1 AND position >= $2 AND position < $3 ORDER BY position";
const BATCHES_OF: &str =
	"SELECT root, position FROM batch_leaves WHERE record = $1 ORDER BY root, position";
/// The records of a case and kind, in the order in which batches have them.
const CHOOSE: &str = "SELECT digest, content FROM records
	WHERE case_id = $1 AND kind = $2 AND (CAST($3 AS BIGINT) IS NULL OR poll = $3)
	AND ($4 OR NOT EXISTS (SELECT 1 FROM batch_leaves WHERE record = records.digest))
	ORDER BY poll, lender, digest";

const RECORDS: &str = "SELECT digest, kind, case_id, poll, lender, content, stored_at FROM records
	WHERE case_id = $1 ORDER BY digest";
const BATCHES: &str = "SELECT root, case_id, kind, leaves, size, stored_at FROM batches
	WHERE case_id = $1 ORDER BY root";
const LEAVES: &str = "SELECT position, record FROM batch_leaves WHERE root = $1 ORDER BY position";
const DOCUMENTS: &str = "SELECT digest, case_id, kind, name, media_type, content, stored_at
	FROM documents WHERE case_id = $1 ORDER BY digest, kind";

/// The batches of one case, or of all.
const SOME_BATCHES: &str = "SELECT root, case_id, kind, leaves, size, stored_at FROM batches
	WHERE (CAST($1 AS BIGINT) IS NULL OR case_id = $1) ORDER BY case_id, kind, root";

const COUNTS: &str = "SELECT 'records', case_id, kind, COUNT(*) FROM records GROUP BY case_id, kind
	UNION ALL SELECT 'batches', case_id, kind, COUNT(*) FROM batches GROUP BY case_id, kind
	UNION ALL SELECT 'documents', case_id, kind, COUNT(*) FROM documents GROUP BY case_id, kind
	ORDER BY 2, 1, 3";

/// Which of our tables there are: the one of versions, and that of records.
const SQLITE_TABLES: &str = "SELECT name FROM sqlite_master
	WHERE type = 'table' AND name IN ('_sqlx_migrations', 'records')";
const POSTGRES_TABLES: &str =
	"SELECT name FROM (VALUES ('_sqlx_migrations'), ('records')) AS ours (name)
	WHERE to_regclass(name) IS NOT NULL";
const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations";

/// Takes the rows of an export.
pub type Each<'a> = dyn FnMut(Row) -> Result<(), Error> + Send + 'a;

/// Which records a new batch is made of.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
	pub case: i64,
	pub kind: &'a str,
	pub poll: Option<i64>,
	pub also_batched: bool,
}

/// Most rows of one statement: a value each of seven columns is a parameter, and SQLite takes 32,766.
pub const MOST_ROWS: usize = 1_000;

/// A statement under way, which any thread may take over.
pub trait Asked<Answer>: Future<Output = Answer> + Send {}
impl<Answer, F: Future<Output = Answer> + Send> Asked<Answer> for F {}

/// What is done on a connection. Whoever adds says how many rows were not there.
pub trait Tables: Send {
	/// Which tables there are.
	fn form(&mut self) -> impl Asked<sqlx::Result<Form>>;
	/// At most [`MOST_ROWS`].
	fn add_records(&mut self, rows: &[Record]) -> impl Asked<sqlx::Result<u64>>;
	fn add_batch(&mut self, row: &Batch) -> impl Asked<sqlx::Result<u64>>;
	/// At most [`MOST_ROWS`].
	fn add_leaves(&mut self, rows: &[Leaf]) -> impl Asked<sqlx::Result<()>>;
	/// The bytes of a document, which must be there before their first use.
	fn add_content(&mut self, row: &Document) -> impl Asked<sqlx::Result<u64>>;
	/// That a case has a document as evidence of a kind.
	fn add_use(&mut self, row: &Document) -> impl Asked<sqlx::Result<u64>>;
	/// Those that are there, in any order; at most [`MOST_ROWS`].
	fn records(&mut self, digests: &[String]) -> impl Asked<sqlx::Result<Vec<Record>>>;
	fn batch(&mut self, root: &str) -> impl Asked<sqlx::Result<Option<Batch>>>;
	fn document(&mut self, digest: &str) -> impl Asked<sqlx::Result<Option<Document>>>;
	/// The cases and kinds to which a document belongs.
	fn uses(&mut self, digest: &str) -> impl Asked<sqlx::Result<Vec<Use>>>;
	/// The bytes of a document.
	fn content(&mut self, digest: &str) -> impl Asked<sqlx::Result<Option<Vec<u8>>>>;
	/// The contents at some positions of a batch.
	fn page(&mut self, root: &str, from: i64, to: i64) -> impl Asked<sqlx::Result<Vec<String>>>;
	/// The digests of these that a batch or a document has; at most [`MOST_ROWS`].
	fn kept(&mut self, digests: &[String]) -> impl Asked<sqlx::Result<Vec<String>>>;
	/// The batches that have a record, and its positions there.
	fn batches_of(&mut self, record: &str) -> impl Asked<sqlx::Result<Vec<(String, i64)>>>;
	/// The batches of a case, or of all.
	fn batches(&mut self, case: Option<i64>) -> impl Asked<sqlx::Result<Vec<Batch>>>;
	/// Digests and contents.
	fn choose(&mut self, wanted: Wanted<'_>) -> impl Asked<sqlx::Result<Vec<(String, String)>>>;
	fn counts(&mut self) -> impl Asked<sqlx::Result<Vec<(String, i64, String, i64)>>>;
	/// Every row of a case; the leaves of a batch follow it.
	fn all(&mut self, case: i64, each: &mut Each<'_>) -> impl Asked<Result<(), Error>>;
}

/// A statement without a name on the server: behind a pooler the next one may come to another
/// connection, where nobody knows the name, or somebody else took it.
macro_rules! unnamed {
	($statement:expr) => {
		sqlx::query($statement).persistent(false)
	};
	($row:ty, $statement:expr) => {
		sqlx::query_as::<_, $row>($statement).persistent(false)
	};
}
macro_rules! scalar {
	($statement:expr) => {
		sqlx::query_scalar($statement).persistent(false)
	};
}

macro_rules! tables {
	($database:ty, $connection:ty, $tables:ident) => {
		impl Tables for $connection {
			async fn form(&mut self) -> sqlx::Result<Form> {
				let tables: Vec<String> = scalar!($tables).fetch_all(&mut *self).await?;
				let has = |name: &str| tables.iter().any(|table| table == name);
				Ok(match (has("_sqlx_migrations"), has("records")) {
					(true, _) => match scalar!(VERSION).fetch_one(self).await? {
						0 => Form::None,
						version => Form::Version(version),
					},
					(false, true) => Form::Unversioned,
					(false, false) => Form::None,
				})
			}

			async fn add_records(&mut self, rows: &[Record]) -> sqlx::Result<u64> {
				let mut add = QueryBuilder::<$database>::new(ADD_RECORDS);
				add.push_values(rows, |mut values, row| {
					values.push_bind(&row.digest).push_bind(&row.kind).push_bind(row.case_id);
					values.push_bind(row.poll).push_bind(row.lender);
					values.push_bind(&row.content).push_bind(row.stored_at);
				});
				add.push(" ON CONFLICT (digest) DO NOTHING");
				Ok(add.build().persistent(false).execute(self).await?.rows_affected())
			}

			async fn add_batch(&mut self, row: &Batch) -> sqlx::Result<u64> {
				let add = unnamed!(ADD_BATCH).bind(&row.root).bind(row.case_id);
				let add = add.bind(&row.kind).bind(row.leaves).bind(row.size);
				Ok(add.bind(row.stored_at).execute(self).await?.rows_affected())
			}

			async fn add_leaves(&mut self, rows: &[Leaf]) -> sqlx::Result<()> {
				let mut add = QueryBuilder::<$database>::new(ADD_LEAVES);
				add.push_values(rows, |mut values, row| {
					values.push_bind(&row.root).push_bind(row.position).push_bind(&row.record);
				});
				add.build().persistent(false).execute(self).await.map(drop)
			}

			async fn add_content(&mut self, row: &Document) -> sqlx::Result<u64> {
				let add = unnamed!(ADD_CONTENT).bind(&row.digest).bind(&row.content);
				Ok(add.execute(self).await?.rows_affected())
			}

			async fn add_use(&mut self, row: &Document) -> sqlx::Result<u64> {
				let add = unnamed!(ADD_USE).bind(&row.digest).bind(row.case_id).bind(&row.kind);
				let add = add.bind(&row.name).bind(&row.media_type).bind(row.stored_at);
				Ok(add.execute(self).await?.rows_affected())
			}

			async fn records(&mut self, digests: &[String]) -> sqlx::Result<Vec<Record>> {
				let mut find = QueryBuilder::<$database>::new(RECORDS_IN);
				let mut list = find.separated(", ");
				digests.iter().for_each(|digest| {
					list.push_bind(digest);
				});
				find.push(")");
				let find = find.build_query_as::<RecordColumns>().persistent(false);
				let found = find.fetch_all(self).await?;
				Ok(found.into_iter().map(record).collect())
			}

			async fn batch(&mut self, root: &str) -> sqlx::Result<Option<Batch>> {
				let found = unnamed!(BatchColumns, BATCH).bind(root);
				Ok(found.fetch_optional(self).await?.map(batch))
			}

			async fn document(&mut self, digest: &str) -> sqlx::Result<Option<Document>> {
				let found = unnamed!(DocumentColumns, DOCUMENT).bind(digest);
				Ok(found.fetch_optional(self).await?.map(document))
			}

			async fn uses(&mut self, digest: &str) -> sqlx::Result<Vec<Use>> {
				let found = unnamed!(UseColumns, USES).bind(digest).fetch_all(self).await?;
				let one = |(case_id, kind, name, media_type, stored_at)| Use {
					case_id,
					kind,
					name,
					media_type,
					stored_at,
				};
				Ok(found.into_iter().map(one).collect())
			}

			async fn content(&mut self, digest: &str) -> sqlx::Result<Option<Vec<u8>>> {
				scalar!(CONTENT).bind(digest).fetch_optional(self).await
			}

			async fn page(&mut self, root: &str, from: i64, to: i64) -> sqlx::Result<Vec<String>> {
				let page = scalar!(PAGE).bind(root).bind(from).bind(to);
				page.fetch_all(self).await
			}

			async fn kept(&mut self, digests: &[String]) -> sqlx::Result<Vec<String>> {
				let mut kept = Vec::new();
				for find in [BATCHES_IN, DOCUMENTS_IN] {
					let mut find = QueryBuilder::<$database>::new(find);
					let mut list = find.separated(", ");
					digests.iter().for_each(|digest| {
						list.push_bind(digest);
					});
					find.push(")");
					let find = find.build_query_scalar::<String>().persistent(false);
					kept.extend(find.fetch_all(&mut *self).await?);
				}
				Ok(kept)
			}

			async fn batches_of(&mut self, record: &str) -> sqlx::Result<Vec<(String, i64)>> {
				unnamed!((String, i64), BATCHES_OF).bind(record).fetch_all(self).await
			}

			async fn batches(&mut self, case: Option<i64>) -> sqlx::Result<Vec<Batch>> {
				let found = sqlx::query_as::<_, BatchColumns>(SOME_BATCHES).persistent(false);
				let found = found.bind(case).fetch_all(self).await?;
				Ok(found.into_iter().map(batch).collect())
			}

			async fn choose(&mut self, wanted: Wanted<'_>) -> sqlx::Result<Vec<(String, String)>> {
				let chosen = unnamed!((String, String), CHOOSE).bind(wanted.case).bind(wanted.kind);
				chosen.bind(wanted.poll).bind(wanted.also_batched).fetch_all(self).await
			}

			async fn counts(&mut self) -> sqlx::Result<Vec<(String, i64, String, i64)>> {
				unnamed!((String, i64, String, i64), COUNTS).fetch_all(self).await
			}

			async fn all(&mut self, case: i64, each: &mut Each<'_>) -> Result<(), Error> {
				let mut rows = unnamed!(RecordColumns, RECORDS).bind(case).fetch(&mut *self);
				while let Some(row) = rows.try_next().await? {
					each(Row::Record(record(row)))?;
				}
				drop(rows);
				let batches = unnamed!(BatchColumns, BATCHES).bind(case);
				for row in batches.fetch_all(&mut *self).await? {
					let root = row.0.clone();
					each(Row::Batch(batch(row)))?;
					let leaves = unnamed!((i64, String), LEAVES).bind(&root);
					let mut leaves = leaves.fetch(&mut *self);
					while let Some((position, record)) = leaves.try_next().await? {
						each(Row::Leaf(Leaf { root: root.clone(), position, record }))?;
					}
				}
				let mut rows = unnamed!(DocumentColumns, DOCUMENTS).bind(case).fetch(&mut *self);
				while let Some(row) = rows.try_next().await? {
					each(Row::Document(document(row)))?;
				}
				Ok(())
			}
		}
	};
}
tables!(Sqlite, SqliteConnection, SQLITE_TABLES);
tables!(Postgres, PgConnection, POSTGRES_TABLES);

fn record((digest, kind, case_id, poll, lender, content, stored_at): RecordColumns) -> Record {
	Record { digest, kind, case_id, poll, lender, content, stored_at }
}

fn batch((root, case_id, kind, leaves, size, stored_at): BatchColumns) -> Batch {
	Batch { root, case_id, kind, leaves, size, stored_at }
}

fn document(
	(digest, case_id, kind, name, media_type, content, stored_at): DocumentColumns,
) -> Document {
	Document { digest, case_id, kind, name, media_type, content, stored_at }
}
