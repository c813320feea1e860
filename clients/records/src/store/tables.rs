//! The statements, which both databases understand, on a connection of either.

use super::rows::{Batch, Document, Leaf, Record, Row};
use crate::Error;
use futures::TryStreamExt;
use sqlx::{PgConnection, Postgres, QueryBuilder, Sqlite, SqliteConnection};
use std::future::Future;

type RecordColumns = (String, String, i64, Option<i64>, Option<i64>, String, i64);
type BatchColumns = (String, i64, String, i64, i64, i64);
type DocumentColumns = (String, i64, String, String, String, Vec<u8>, i64);

const ADD_RECORDS: &str =
	"INSERT INTO records (digest, kind, case_id, poll, lender, content, stored_at) ";
const ADD_BATCH: &str = "INSERT INTO batches (root, case_id, kind, leaves, size, stored_at)
	VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (root) DO NOTHING";
const ADD_LEAVES: &str = "INSERT INTO batch_leaves (root, position, record) ";
const ADD_DOCUMENT: &str =
	"INSERT INTO documents (digest, case_id, kind, name, media_type, content, stored_at)
	VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (digest) DO NOTHING";

const RECORDS_IN: &str =
	"SELECT digest, kind, case_id, poll, lender, content, stored_at FROM records WHERE digest IN (";
const BATCH: &str =
	"SELECT root, case_id, kind, leaves, size, stored_at FROM batches WHERE root = $1";
const DOCUMENT: &str = "SELECT digest, case_id, kind, name, media_type, content, stored_at
	FROM documents WHERE digest = $1";
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
	FROM documents WHERE case_id = $1 ORDER BY digest";

/// The batches of one case, or of all.
const SOME_BATCHES: &str = "SELECT root, case_id, kind, leaves, size, stored_at FROM batches
	WHERE (CAST($1 AS BIGINT) IS NULL OR case_id = $1) ORDER BY case_id, kind, root";

const COUNTS: &str = "SELECT 'records', case_id, kind, COUNT(*) FROM records GROUP BY case_id, kind
	UNION ALL SELECT 'batches', case_id, kind, COUNT(*) FROM batches GROUP BY case_id, kind
	UNION ALL SELECT 'documents', case_id, kind, COUNT(*) FROM documents GROUP BY case_id, kind
	ORDER BY 2, 1, 3";

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
	/// At most [`MOST_ROWS`].
	fn add_records(&mut self, rows: &[Record]) -> impl Asked<sqlx::Result<u64>>;
	fn add_batch(&mut self, row: &Batch) -> impl Asked<sqlx::Result<u64>>;
	/// At most [`MOST_ROWS`].
	fn add_leaves(&mut self, rows: &[Leaf]) -> impl Asked<sqlx::Result<()>>;
	fn add_document(&mut self, row: &Document) -> impl Asked<sqlx::Result<u64>>;
	/// Those that are there, in any order; at most [`MOST_ROWS`].
	fn records(&mut self, digests: &[String]) -> impl Asked<sqlx::Result<Vec<Record>>>;
	fn batch(&mut self, root: &str) -> impl Asked<sqlx::Result<Option<Batch>>>;
	fn document(&mut self, digest: &str) -> impl Asked<sqlx::Result<Option<Document>>>;
	/// The contents at some positions of a batch.
	fn page(&mut self, root: &str, from: i64, to: i64) -> impl Asked<sqlx::Result<Vec<String>>>;
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

macro_rules! tables {
	($database:ty, $connection:ty) => {
		impl Tables for $connection {
			async fn add_records(&mut self, rows: &[Record]) -> sqlx::Result<u64> {
				let mut add = QueryBuilder::<$database>::new(ADD_RECORDS);
				add.push_values(rows, |mut values, row| {
					values.push_bind(&row.digest).push_bind(&row.kind).push_bind(row.case_id);
					values.push_bind(row.poll).push_bind(row.lender);
					values.push_bind(&row.content).push_bind(row.stored_at);
				});
				add.push(" ON CONFLICT (digest) DO NOTHING");
				Ok(add.build().execute(self).await?.rows_affected())
			}

			async fn add_batch(&mut self, row: &Batch) -> sqlx::Result<u64> {
				let add = sqlx::query(ADD_BATCH).bind(&row.root).bind(row.case_id);
				let add = add.bind(&row.kind).bind(row.leaves).bind(row.size);
				Ok(add.bind(row.stored_at).execute(self).await?.rows_affected())
			}

			async fn add_leaves(&mut self, rows: &[Leaf]) -> sqlx::Result<()> {
				let mut add = QueryBuilder::<$database>::new(ADD_LEAVES);
				add.push_values(rows, |mut values, row| {
					values.push_bind(&row.root).push_bind(row.position).push_bind(&row.record);
				});
				add.build().execute(self).await.map(drop)
			}

			async fn add_document(&mut self, row: &Document) -> sqlx::Result<u64> {
				let add = sqlx::query(ADD_DOCUMENT).bind(&row.digest).bind(row.case_id);
				let add = add.bind(&row.kind).bind(&row.name).bind(&row.media_type);
				let done = add.bind(&row.content).bind(row.stored_at).execute(self).await?;
				Ok(done.rows_affected())
			}

			async fn records(&mut self, digests: &[String]) -> sqlx::Result<Vec<Record>> {
				let mut find = QueryBuilder::<$database>::new(RECORDS_IN);
				let mut list = find.separated(", ");
				digests.iter().for_each(|digest| {
					list.push_bind(digest);
				});
				find.push(")");
				let found = find.build_query_as::<RecordColumns>().fetch_all(self).await?;
				Ok(found.into_iter().map(record).collect())
			}

			async fn batch(&mut self, root: &str) -> sqlx::Result<Option<Batch>> {
				let found = sqlx::query_as::<_, BatchColumns>(BATCH).bind(root);
				Ok(found.fetch_optional(self).await?.map(batch))
			}

			async fn document(&mut self, digest: &str) -> sqlx::Result<Option<Document>> {
				let found = sqlx::query_as::<_, DocumentColumns>(DOCUMENT).bind(digest);
				Ok(found.fetch_optional(self).await?.map(document))
			}

			async fn page(&mut self, root: &str, from: i64, to: i64) -> sqlx::Result<Vec<String>> {
				let page = sqlx::query_scalar(PAGE).bind(root).bind(from).bind(to);
				page.fetch_all(self).await
			}

			async fn batches_of(&mut self, record: &str) -> sqlx::Result<Vec<(String, i64)>> {
				sqlx::query_as(BATCHES_OF).bind(record).fetch_all(self).await
			}

			async fn batches(&mut self, case: Option<i64>) -> sqlx::Result<Vec<Batch>> {
				let found = sqlx::query_as::<_, BatchColumns>(SOME_BATCHES).persistent(false);
				let found = found.bind(case).fetch_all(self).await?;
				Ok(found.into_iter().map(batch).collect())
			}

			async fn choose(&mut self, wanted: Wanted<'_>) -> sqlx::Result<Vec<(String, String)>> {
				let chosen = sqlx::query_as(CHOOSE).bind(wanted.case).bind(wanted.kind);
				chosen.bind(wanted.poll).bind(wanted.also_batched).fetch_all(self).await
			}

			async fn counts(&mut self) -> sqlx::Result<Vec<(String, i64, String, i64)>> {
				sqlx::query_as(COUNTS).fetch_all(self).await
			}

			async fn all(&mut self, case: i64, each: &mut Each<'_>) -> Result<(), Error> {
				let mut rows =
					sqlx::query_as::<_, RecordColumns>(RECORDS).bind(case).fetch(&mut *self);
				while let Some(row) = rows.try_next().await? {
					each(Row::Record(record(row)))?;
				}
				drop(rows);
				let batches = sqlx::query_as::<_, BatchColumns>(BATCHES).bind(case);
				for row in batches.fetch_all(&mut *self).await? {
					let root = row.0.clone();
					each(Row::Batch(batch(row)))?;
					let leaves = sqlx::query_as::<_, (i64, String)>(LEAVES).bind(&root);
					let mut leaves = leaves.fetch(&mut *self);
					while let Some((position, record)) = leaves.try_next().await? {
						each(Row::Leaf(Leaf { root: root.clone(), position, record }))?;
					}
				}
				let mut rows =
					sqlx::query_as::<_, DocumentColumns>(DOCUMENTS).bind(case).fetch(&mut *self);
				while let Some(row) = rows.try_next().await? {
					each(Row::Document(document(row)))?;
				}
				Ok(())
			}
		}
	};
}
tables!(Sqlite, SqliteConnection);
tables!(Postgres, PgConnection);

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
