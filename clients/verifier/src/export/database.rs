//! The operator's database, SQLite or PostgreSQL: the same tables. Nothing is written.

use super::{Batch, Document, Entry, ExportError, Record};
use futures::TryStreamExt;
use sqlx::{
	postgres::PgConnection,
	sqlite::{SqliteConnectOptions, SqliteConnection},
	ConnectOptions, Connection,
};
use std::str::FromStr;

const RECORDS: &str = "SELECT digest, kind, case_id, poll, lender, content FROM records";
const BATCHES: &str = "SELECT root, case_id, kind, leaves, size FROM batches";
const LEAVES: &str = "SELECT record FROM batch_leaves WHERE root = $1 ORDER BY position";
const DOCUMENTS: &str = "SELECT digest, case_id, name, content FROM documents";

type RecordRow = (String, String, i64, Option<i64>, Option<i64>, String);
type BatchRow = (String, i64, String, i64, i64);
type DocumentRow = (String, i64, String, Vec<u8>);

/// Reads the four tables; the two databases have types of their own, but one language.
macro_rules! tables {
	($database:ident, $each:ident) => {{
		let mut rows = sqlx::query_as::<_, RecordRow>(RECORDS).fetch(&mut $database);
		while let Some((digest, kind, case, poll, lender, content)) = rows.try_next().await? {
			$each(Entry::Record(Record { digest, kind, case, poll, lender, content }));
		}
		drop(rows);
		let batches: Vec<BatchRow> = sqlx::query_as(BATCHES).fetch_all(&mut $database).await?;
		for (root, case, kind, leaves, size) in batches {
			let records = sqlx::query_as::<_, (String,)>(LEAVES).bind(&root);
			let records = records.fetch_all(&mut $database).await?;
			let records = records.into_iter().map(|(record,)| record).collect();
			$each(Entry::Batch(Batch { root, case, kind, leaves, size, records }));
		}
		let mut rows = sqlx::query_as::<_, DocumentRow>(DOCUMENTS).fetch(&mut $database);
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
			let options = SqliteConnectOptions::from_str(url)?.read_only(true);
			let mut database: SqliteConnection = options.connect().await?;
			tables!(database, each);
		} else {
			let mut database = PgConnection::connect(url).await?;
			tables!(database, each);
		}
		Ok(())
	})
}
