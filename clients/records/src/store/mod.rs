//! The database: SQLite, or PostgreSQL by its URL, with the same tables.
//!
//! Everything comes in by its own digest, which is computed here, and a record only in its canonical
//! form. What is there stays: nothing is overwritten or deleted, and the same thing again is no error.

mod export;
mod migrations;
mod read;
mod rows;
mod sqlite;
mod tables;
#[cfg(test)]
mod tests;
mod write;

pub use read::Choice;
pub use rows::{Batch, Count, Document, Leaf, Record, Row, Use};
pub use write::{Added, NewDocument, MIXED};

use crate::Error;
use migrations::Form;
use sqlx::{
	postgres::{PgConnectOptions, PgPoolOptions},
	ConnectOptions, Connection, PgPool, SqlitePool,
};
use std::{io, str::FromStr, time::Duration};

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
	/// The file, of a database of SQLite.
	file: Option<sqlite::Opened>,
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

/// Does the same on a connection of either database. The two have types of their own in sqlx. On
/// PostgreSQL it is a transaction: a pooler keeps one connection for it.
macro_rules! on_connection {
	($store:expr, $connection:ident => $body:expr) => {
		match &$store.pool {
			Pool::Sqlite(pool) => {
				let mut $connection = pool.acquire().await?;
				let done = $body;
				$store.ensure_still()?;
				done
			}
			Pool::Postgres(pool) => {
				let mut $connection = pool.begin().await?;
				let done = $body;
				$connection.commit().await?;
				done
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

	/// Closes every connection, after what runs on them. A file of SQLite then needs no log any more.
	pub async fn close(&self) {
		match (&self.pool, &self.file) {
			(_, Some(file)) => file.close().await,
			(Pool::Sqlite(pool), None) => pool.close().await,
			(Pool::Postgres(pool), _) => pool.close().await,
		}
	}

	/// Whether the newest changes may be missing: the file was written with a log beside it, which is
	/// not there. It was copied without it, or closed by another program.
	pub fn may_lack_its_log(&self) -> bool {
		self.file.as_ref().is_some_and(|file| file.may_lack_its_log)
	}

	/// Fails when a file was read as one to which nobody writes, and somebody did.
	fn ensure_still(&self) -> Result<(), Error> {
		self.file.as_ref().map_or(Ok(()), sqlite::Opened::ensure_still)
	}

	async fn connect(url: &str, mode: Mode) -> Result<Self, Error> {
		let store = match url.split_once(':') {
			Some(("sqlite", _)) => {
				let file = sqlite::open(url, mode).await?;
				Self { pool: Pool::Sqlite(file.pool.clone()), file: Some(file) }
			}
			Some(("postgres" | "postgresql", _)) => Self::postgres(url).await?,
			_ => return Err(Error::NoUrl),
		};
		match mode {
			Mode::Create | Mode::Write => store.migrate().await?,
			Mode::Read if store.form().await? == Form::None => {
				return Err(match &store.file {
					Some(file) if file.may_lack_its_log => Error::LogMissing(file.path().into()),
					_ => Error::NoTables,
				})
			}
			Mode::Read => {}
		}
		Ok(store)
	}

	/// Neither a statement's name nor a setting of ours stays on the server: a pooler may stand between.
	async fn postgres(url: &str) -> Result<Self, Error> {
		let options = PgConnectOptions::from_str(url)?;
		let options = options.statement_cache_capacity(0).extra_float_digits(None);
		// One connection first: a pool tries again and again, and forgets why it fails.
		let first = tokio::time::timeout(ACQUIRE, options.connect()).await;
		first.map_err(|_| Error::Away(io::ErrorKind::TimedOut.into()))??.close().await?;
		let pool = PgPoolOptions::new()
			.max_connections(CONNECTIONS)
			.acquire_timeout(ACQUIRE)
			.connect_lazy_with(options);
		Ok(Self { pool: Pool::Postgres(pool), file: None })
	}
}
