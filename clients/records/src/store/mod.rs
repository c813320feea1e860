//! The database: SQLite, or PostgreSQL by its URL, with the same tables.
//!
//! Everything comes in by its own digest, which is computed here, and a record only in its canonical
//! form. What is there stays: nothing is overwritten or deleted, and the same thing again is no error.

mod export;
mod migrations;
mod read;
mod rows;
mod tables;
mod write;

pub use read::Choice;
pub use rows::{Batch, Count, Document, Leaf, Record, Row};
pub use write::{Added, NewDocument, MIXED};

use crate::Error;
use sqlx::{
	postgres::PgPoolOptions,
	sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
	Connection, PgPool, SqlitePool,
};
use std::{
	fs,
	os::unix::fs::OpenOptionsExt,
	path::{Path, PathBuf},
	str::FromStr,
	time::Duration,
};

/// Most bytes of a document.
pub const LARGEST_DOCUMENT: usize = 64 * 1024 * 1024;

/// Connections to the database.
const CONNECTIONS: u32 = 8;

/// How long a process waits for another one that writes.
const WAIT: Duration = Duration::from_secs(60);

/// How long a reader waits for a free connection.
const ACQUIRE: Duration = Duration::from_secs(10);

/// Whether a text is the URL of a database, and not a file's name.
pub fn is_url(text: &str) -> bool {
	["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| text.starts_with(scheme))
}

/// The records in a database.
#[derive(Clone, Debug)]
pub struct Store {
	pool: Pool,
}

#[derive(Clone, Debug)]
enum Pool {
	Sqlite(SqlitePool),
	Postgres(PgPool),
}

/// How a database is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
	Create,
	Write,
	Read,
}

/// Does the same on a connection of either database. The two have types of their own in sqlx.
macro_rules! on_connection {
	($store:expr, $connection:ident => $body:expr) => {
		match &$store.pool {
			Pool::Sqlite(pool) => {
				let mut $connection = pool.acquire().await?;
				$body
			}
			Pool::Postgres(pool) => {
				let mut $connection = pool.acquire().await?;
				$body
			}
		}
	};
}
use on_connection;

impl Store {
	/// Makes the tables; a database of SQLite is a new file, which only its owner may read.
	pub async fn create(url: &str) -> Result<Self, Error> {
		Self::connect(url, Mode::Create).await
	}

	/// Opens a database, and brings its tables to the form of this program.
	pub async fn open(url: &str) -> Result<Self, Error> {
		Self::connect(url, Mode::Write).await
	}

	/// Opens a database to read from it alone.
	pub async fn read_only(url: &str) -> Result<Self, Error> {
		Self::connect(url, Mode::Read).await
	}

	/// Whether the database answers.
	pub async fn ping(&self) -> Result<(), Error> {
		on_connection!(self, connection => Ok(connection.ping().await?))
	}

	/// Closes every connection, after what runs on them.
	pub async fn close(&self) {
		match &self.pool {
			Pool::Sqlite(pool) => pool.close().await,
			Pool::Postgres(pool) => pool.close().await,
		}
	}

	async fn connect(url: &str, mode: Mode) -> Result<Self, Error> {
		let store = match url.split_once(':') {
			Some(("sqlite", _)) => Self::sqlite(url, mode).await?,
			Some(("postgres" | "postgresql", _)) => Self::postgres(url).await?,
			_ => return Err(Error::NoUrl),
		};
		match mode {
			Mode::Create | Mode::Write => store.migrate().await?,
			Mode::Read => {}
		}
		Ok(store)
	}

	/// What was committed outlives a loss of power, and a reader sees it while another writes.
	async fn sqlite(url: &str, mode: Mode) -> Result<Self, Error> {
		let options = SqliteConnectOptions::from_str(url)?;
		let path = options.get_filename().to_path_buf();
		match mode {
			Mode::Create => create_file(&path)?,
			Mode::Write | Mode::Read if !path.exists() => {
				return Err(Error::NoDatabase(path.display().to_string()))
			}
			Mode::Write | Mode::Read => {}
		}
		let options = match mode {
			Mode::Read => options.read_only(true),
			Mode::Create | Mode::Write => options
				.journal_mode(SqliteJournalMode::Wal)
				.synchronous(SqliteSynchronous::Full)
				.foreign_keys(true),
		};
		let pool = SqlitePoolOptions::new()
			.max_connections(CONNECTIONS)
			.acquire_timeout(ACQUIRE)
			.connect_with(options.busy_timeout(WAIT))
			.await?;
		Ok(Self { pool: Pool::Sqlite(pool) })
	}

	async fn postgres(url: &str) -> Result<Self, Error> {
		let pool = PgPoolOptions::new()
			.max_connections(CONNECTIONS)
			.acquire_timeout(ACQUIRE)
			.connect(url)
			.await?;
		Ok(Self { pool: Pool::Postgres(pool) })
	}
}

fn create_file(path: &Path) -> Result<(), Error> {
	let made = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
	made.map(drop).map_err(|error| match error.kind() {
		std::io::ErrorKind::AlreadyExists => Error::Exists(PathBuf::from(path)),
		_ => Error::File { path: path.into(), error },
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	/// With a log that is written through at each commit, nothing committed is lost with the power.
	#[tokio::test]
	async fn sqlite_writes_its_log_through_at_each_commit() {
		let folder = tempfile::tempdir().unwrap();
		let url = format!("sqlite:{}", folder.path().join("records.sqlite").display());
		let store = Store::create(&url).await.unwrap();
		let Pool::Sqlite(pool) = &store.pool else { panic!("{url}") };
		let ask = |pragma| sqlx::query_scalar::<_, i64>(pragma).fetch_one(pool);
		let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(pool).await.unwrap();
		assert_eq!(mode, "wal");
		assert_eq!(ask("PRAGMA synchronous").await.unwrap(), 2);
		assert_eq!(ask("PRAGMA busy_timeout").await.unwrap(), 60_000);
		assert_eq!(ask("PRAGMA foreign_keys").await.unwrap(), 1);
	}
}
