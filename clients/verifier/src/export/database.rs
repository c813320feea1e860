//! The operator's database, SQLite or PostgreSQL: the same tables. Nothing is written.

use super::{sqlite, Batch, Document, Entry, ExportError, Record};
use futures::TryStreamExt;
use sqlx::{
	postgres::{PgConnectOptions, PgConnection},
	ConnectOptions, Connection,
};
use std::str::FromStr;

/// The newest version of the tables that is known. Both have what is selected here: `documents` was a table
/// in the first, and is a view since.
const NEWEST: i64 = 2;

const RECORDS: &str = "SELECT digest, kind, case_id, poll, lender, content FROM records";
const BATCHES: &str = "SELECT root, case_id, kind, leaves, size FROM batches";
const LEAVES: &str = "SELECT record FROM batch_leaves WHERE root = $1 ORDER BY position";
const DOCUMENTS: &str = "SELECT digest, case_id, name, content FROM documents";

/// Which tables there are: the one of versions, and that of records.
const SQLITE_TABLES: &str = "SELECT name FROM sqlite_master
	WHERE type = 'table' AND name IN ('_sqlx_migrations', 'records')";
const POSTGRES_TABLES: &str =
	"SELECT name FROM (VALUES ('_sqlx_migrations'), ('records')) AS ours (name)
	WHERE to_regclass(name) IS NOT NULL";
const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations";
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

type RecordRow = (String, String, i64, Option<i64>, Option<i64>, String);
type BatchRow = (String, i64, String, i64, i64);
type DocumentRow = (String, i64, String, Vec<u8>);

/// Reads the four tables; the two databases have types of their own, but one language.
macro_rules! tables {
	($database:tt, $there:expr, $each:ident) => {{
		let there: Vec<(String,)> =
			sqlx::query_as($there).persistent(false).fetch_all(&mut $database).await?;
		let has = |name: &str| there.iter().any(|(table,)| table == name);
		if has("_sqlx_migrations") {
			let version = sqlx::query_as(VERSION).persistent(false);
			let (found,): (i64,) = version.fetch_one(&mut $database).await?;
			if found > NEWEST {
				return Err(ExportError::NewTables { found, known: NEWEST });
			}
		}
		if !has("records") {
			return Err(ExportError::NoTables);
		}
		let mut rows =
			sqlx::query_as::<_, RecordRow>(RECORDS).persistent(false).fetch(&mut $database);
		while let Some((digest, kind, case, poll, lender, content)) = rows.try_next().await? {
			$each(Entry::Record(Record { digest, kind, case, poll, lender, content }));
		}
		drop(rows);
		let batches: Vec<BatchRow> =
			sqlx::query_as(BATCHES).persistent(false).fetch_all(&mut $database).await?;
		for (root, case, kind, leaves, size) in batches {
			let records = sqlx::query_as::<_, (String,)>(LEAVES).persistent(false).bind(&root);
			let records = records.fetch_all(&mut $database).await?;
			let records = records.into_iter().map(|(record,)| record).collect();
			$each(Entry::Batch(Batch { root, case, kind, leaves, size, records }));
		}
		let mut rows =
			sqlx::query_as::<_, DocumentRow>(DOCUMENTS).persistent(false).fetch(&mut $database);
		while let Some((digest, case, name, content)) = rows.try_next().await? {
			$each(Entry::Document(Document { digest, case, name, content }));
		}
		drop(rows);
	}};
}

pub fn read(url: &str, each: &mut impl FnMut(Entry)) -> Result<(), ExportError> {
	let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
	let runtime = runtime.map_err(sqlx::Error::Io)?;
	runtime.block_on(async {
		if url.starts_with("sqlite:") {
			let mut database = sqlite::open(url).await?;
			tables!(database, SQLITE_TABLES, each);
		} else {
			// In one transaction, and without names of statements: a pooler may stand between, which keeps
			// one connection for it. All is read as it is at one moment.
			let options = PgConnectOptions::from_str(url)?;
			let options = options.statement_cache_capacity(0).extra_float_digits(None);
			let mut connection: PgConnection = options.connect().await?;
			let mut database = connection.begin_with(SNAPSHOT).await?;
			tables!((*database), POSTGRES_TABLES, each);
		}
		Ok(())
	})
}
