use std::path::PathBuf;
use winddown_proof::{digest::Digest, record::RecordError};
use winddown_sdk::ErrorKind;

/// What went wrong with records that are kept, come in or go out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The database does not answer, or not as it should.
	#[error("the database: {0}")]
	Database(sqlx::Error),
	/// The database has no tables of records.
	#[error("the database has no tables of records")]
	NoTables,
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
	/// The document is kept for another case, and the database keeps it for one.
	#[error("the document {digest} is kept for case {case} already")]
	OtherCase {
		/// The document.
		digest: Digest,
		/// The case.
		case: i64,
	},
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
			Self::Database(_) | Self::Tables(_) => None,
			Self::At { error, .. } => error.kind(),
			Self::WrongDigest { .. } | Self::WrongField { .. } | Self::Altered(_) => {
				Some(ErrorKind::Mismatch)
			}
			Self::NoUrl
			| Self::NoDatabase(_)
			| Self::NoTables
			| Self::Exists(_)
			| Self::File { .. }
			| Self::Malformed { .. }
			| Self::Record(_)
			| Self::OtherCase { .. }
			| Self::MissingRecord(_)
			| Self::NoBatch
			| Self::TooLarge { .. }
			| Self::BadText(_) => Some(ErrorKind::Input),
		}
	}

	/// A file that cannot be read or written.
	pub(crate) fn file(path: &std::path::Path) -> impl Fn(std::io::Error) -> Self + '_ {
		move |error| Self::File { path: path.into(), error }
	}
}

/// What PostgreSQL says of a table that is not there.
const UNDEFINED_TABLE: &str = "42P01";

impl From<sqlx::Error> for Error {
	fn from(error: sqlx::Error) -> Self {
		let has_no_table = error.as_database_error().is_some_and(|said| {
			said.code().as_deref() == Some(UNDEFINED_TABLE)
				|| said.message().starts_with("no such table")
		});
		match has_no_table {
			true => Self::NoTables,
			false => Self::Database(error),
		}
	}
}

impl From<sqlx::migrate::MigrateError> for Error {
	fn from(error: sqlx::migrate::MigrateError) -> Self {
		Self::Tables(error)
	}
}
