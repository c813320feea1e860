use sqlx::{error::DatabaseError, sqlite::SqliteError};
use std::path::PathBuf;
use winddown_proof::{
	digest::Digest,
	record::{RecordError, Slips},
};
use winddown_sdk::ErrorKind;

/// What went wrong with records that are kept, come in or go out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The database does not answer, or not as it should.
	#[error("the database: {}", said(.0))]
	Database(sqlx::Error),
	/// Nobody answers where the database should be.
	#[error("the database does not answer: {0}")]
	Away(std::io::Error),
	/// A file of SQLite that cannot be read any more.
	#[error("the file of the database is damaged")]
	Damaged,
	/// The database has no tables of records.
	#[error("the database has no tables of records")]
	NoTables,
	/// A newer program made the tables.
	#[error("the tables of the database are of version {found}, and this program knows {known}")]
	NewTables {
		/// Their version.
		found: i64,
		/// The newest that this program knows.
		known: i64,
	},
	/// The file is no database of SQLite.
	#[error("{} is no database of SQLite", .0.display())]
	NoSqlite(PathBuf),
	/// The file, or its folder, may not be written.
	#[error("{} or its folder may not be written", .0.display())]
	NotWritable(PathBuf),
	/// All that was written stands in a log that is not there.
	#[error("{} is empty, and says that a log belongs to it, which is missing", .0.display())]
	LogMissing(PathBuf),
	/// The log beside a database may not be read.
	#[error("{} holds the newest changes, and cannot be read: {error}", log.display())]
	LogUnreadable {
		/// The log.
		log: PathBuf,
		/// What the system says.
		error: std::io::Error,
	},
	/// The log beside a database can only be read where its folder may be written.
	#[error("{} holds the newest changes, and reading it needs the right to write its folder", .0.display())]
	LogNeedsFolder(PathBuf),
	/// Somebody wrote to a file while it was read as one to which nobody does.
	#[error("{} was changed while it was read", .0.display())]
	Changed(PathBuf),
	/// The tables could not be brought to the form of this program.
	#[error("the tables of the database: {0}")]
	Tables(sqlx::migrate::MigrateError),
	/// The text names no database.
	#[error("a database reads sqlite:FILE or postgres://USER@HOST/NAME")]
	NoUrl,
	/// There is no database yet.
	#[error("there are no records at {0}")]
	NoDatabase(String),
	/// There is a database already.
	#[error("{0} exists already")]
	Exists(PathBuf),
	/// A file cannot be read or written.
	#[error("{}: {error}", path.display())]
	File {
		/// Which.
		path: PathBuf,
		/// Why.
		error: std::io::Error,
	},
	/// A part of an export that is not as docs/records.md says.
	#[error("{place}: {reason}")]
	Malformed {
		/// The file and its line.
		place: String,
		/// What is wrong.
		reason: String,
	},
	/// A part of an export that is not taken.
	#[error("{place}: {error}")]
	At {
		/// The file and its line.
		place: String,
		/// Why.
		error: Box<Error>,
	},
	/// Bytes that are no record.
	#[error(transparent)]
	Record(#[from] RecordError),
	/// Something comes under a digest that is not its own.
	#[error("{claimed} is not the digest of what comes under it, which is {actual}")]
	WrongDigest {
		/// The digest that it comes under.
		claimed: Digest,
		/// Its digest.
		actual: Digest,
	},
	/// A text comes under a digest that it had before it was changed on its way.
	#[error("what comes under {digest} says the right thing, and was changed on its way: it differs in {slips}")]
	Slips {
		/// The digest that it comes under.
		digest: Digest,
		/// In what it differs.
		slips: Slips,
	},
	/// Something comes with a case, kind, poll, lender, length or number of leaves that is not its own.
	#[error("{digest} comes with another {field} than it has")]
	WrongField {
		/// What comes.
		digest: Digest,
		/// The field.
		field: &'static str,
	},
	/// The database holds other content under this digest: somebody changed it there.
	#[error("the database holds something else under {0}: it was altered there")]
	Altered(Digest),
	/// A batch over a record that is not there.
	#[error("the batch has the record {0}, which is not here")]
	MissingRecord(Digest),
	/// A batch has at least one record, all of one case.
	#[error("a batch has at least one record, and all of one case")]
	NoBatch,
	/// A document is larger than the database takes.
	#[error("a document has at most {most} bytes, this one has {size}", most = crate::store::LARGEST_DOCUMENT)]
	TooLarge {
		/// Bytes.
		size: usize,
	},
	/// A name, kind or media type with control characters, or longer than 255 bytes.
	#[error("{0} has at most 255 bytes, and no control characters")]
	BadText(&'static str),
}

impl Error {
	/// What kind of trouble it is; none when this machine or the database failed.
	pub fn kind(&self) -> Option<ErrorKind> {
		match self {
			Self::Database(_)
			| Self::Away(_)
			| Self::Damaged
			| Self::Tables(_)
			| Self::Changed(_) => None,
			Self::At { error, .. } => error.kind(),
			Self::WrongDigest { .. }
			| Self::Slips { .. }
			| Self::WrongField { .. }
			| Self::Altered(_) => Some(ErrorKind::Mismatch),
			Self::NoUrl
			| Self::NoDatabase(_)
			| Self::NoTables
			| Self::NewTables { .. }
			| Self::NoSqlite(_)
			| Self::NotWritable(_)
			| Self::LogMissing(_)
			| Self::LogUnreadable { .. }
			| Self::LogNeedsFolder(_)
			| Self::Exists(_)
			| Self::File { .. }
			| Self::Malformed { .. }
			| Self::Record(_)
			| Self::MissingRecord(_)
			| Self::NoBatch
			| Self::TooLarge { .. }
			| Self::BadText(_) => Some(ErrorKind::Input),
		}
	}

	/// Whether a file of SQLite is what fails, and no server.
	pub fn is_of_a_file(&self) -> bool {
		matches!(self, Self::Database(error) if Self::sqlite_code(error).is_some())
	}

	/// The code of an error of SQLite, without its details; none for one of PostgreSQL or of the way.
	pub(crate) fn sqlite_code(error: &sqlx::Error) -> Option<i32> {
		let error = error.as_database_error()?.try_downcast_ref::<SqliteError>()?;
		Some(error.code()?.parse::<i32>().ok()? & 0xff)
	}

	/// A file that cannot be read or written.
	pub(crate) fn file(path: &std::path::Path) -> impl Fn(std::io::Error) -> Self + '_ {
		move |error| Self::File { path: path.into(), error }
	}
}

impl From<sqlx::Error> for Error {
	fn from(error: sqlx::Error) -> Self {
		match error {
			sqlx::Error::Io(error) => Self::Away(error),
			error if Self::sqlite_code(&error).is_some_and(|code| DAMAGED.contains(&code)) => {
				Self::Damaged
			}
			error => Self::Database(error),
		}
	}
}

/// The file is malformed (`SQLITE_CORRUPT`), or is none of SQLite (`SQLITE_NOTADB`).
const DAMAGED: [i32; 2] = [11, 26];

/// What a database says, without what the library puts before it.
fn said(error: &sqlx::Error) -> String {
	match error {
		sqlx::Error::Database(error) => error.message().into(),
		sqlx::Error::PoolTimedOut => "all connections to it are taken".into(),
		error => error.to_string(),
	}
}

impl From<sqlx::migrate::MigrateError> for Error {
	fn from(error: sqlx::migrate::MigrateError) -> Self {
		Self::Tables(error)
	}
}
