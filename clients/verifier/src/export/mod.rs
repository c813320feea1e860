//! The operator's export: JSON Lines, a folder of CSV files, SQLite or PostgreSQL, by the documented
//! schema (docs/records.md). Read as it is, and only once, from beginning to end.

mod csv;
mod database;
mod jsonl;
mod sqlite;

use serde::Deserialize;
use std::{
	path::{Path, PathBuf},
	str::FromStr,
};
use thiserror::Error;

/// A plaintext record as it is kept.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Record {
	/// The digest under which it is kept.
	pub digest: String,
	/// Its kind.
	pub kind: String,
	/// Its case.
	pub case: i64,
	/// Its poll, for a ballot.
	pub poll: Option<i64>,
	/// Its lender, if it is about one.
	pub lender: Option<i64>,
	/// The canonical JSON.
	pub content: String,
}

/// A batch of records under a Merkle root.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Batch {
	/// The root.
	pub root: String,
	/// Its case.
	pub case: i64,
	/// Its kind.
	pub kind: String,
	/// How many records it has.
	pub leaves: i64,
	/// Bytes of its JSON Lines.
	pub size: i64,
	/// The digests of its records, in order.
	pub records: Vec<String>,
}

/// A document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
	/// The digest under which it is kept.
	pub digest: String,
	/// Its case.
	pub case: i64,
	/// Its name.
	pub name: String,
	/// Its bytes.
	pub content: Vec<u8>,
}

/// One entry of an export.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Entry {
	/// A record.
	Record(Record),
	/// A batch.
	Batch(Batch),
	/// A document.
	Document(Document),
}

/// Where an export is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
	/// One file, an object a line.
	Jsonl(PathBuf),
	/// A folder with records.csv, batches.csv, batch_leaves.csv and documents.csv.
	Csv(PathBuf),
	/// The database itself: `sqlite:FILE` or `postgres://…`.
	Database(String),
}

/// Why an export cannot be read.
#[derive(Debug, Error)]
pub enum ExportError {
	/// A file cannot be read.
	#[error("{path}: {error}")]
	Io {
		/// Which.
		path: PathBuf,
		/// Why.
		error: std::io::Error,
	},
	/// The database refuses, or has other tables.
	#[error("the database: {}", said(.0))]
	Database(sqlx::Error),
	/// Nobody answers where the database should be.
	#[error("the database does not answer: {0}")]
	Away(std::io::Error),
	/// The file is no database of SQLite.
	#[error("{} is no database of SQLite; an export in JSON Lines or CSV is named without sqlite: before it", .0.display())]
	NoSqlite(PathBuf),
	/// The file of the database cannot be read any more.
	#[error("the file of the database is damaged; take a backup, or ask for an export")]
	Damaged,
	/// The log beside a database can only be read where its folder may be written.
	#[error(
		"{} holds the newest changes, and reading it needs the right to write its folder; copy the database with its \
		 log into a folder of your own, or ask for an export",
		.0.display()
	)]
	LogNeedsFolder(PathBuf),
	/// There are no tables of records.
	#[error(
		"the database has no tables of records; if it is a copy, it was made without the log beside it (-wal), which \
		 holds what was written last"
	)]
	NoTables,
	/// A newer program made the tables.
	#[error(
		"the tables of the database are of version {found}, and this program knows {known}; use one of the release \
		 that made them"
	)]
	NewTables {
		/// Their version.
		found: i64,
		/// The newest that this program knows.
		known: i64,
	},
	/// A line that is not as the schema says.
	#[error("{place}: {error}")]
	Line {
		/// Where.
		place: String,
		/// What is wrong.
		error: String,
	},
}

impl From<sqlx::Error> for ExportError {
	fn from(error: sqlx::Error) -> Self {
		match error {
			sqlx::Error::Io(error) => Self::Away(error),
			error if sqlite::is_damaged(&error) => Self::Damaged,
			error => Self::Database(error),
		}
	}
}

/// What a database says, without what the library puts before it.
fn said(error: &sqlx::Error) -> String {
	match error {
		sqlx::Error::Database(error) => error.message().into(),
		error => error.to_string(),
	}
}

impl FromStr for Source {
	type Err = ExportError;

	/// A folder is CSV, a file JSON Lines, a URL a database.
	fn from_str(text: &str) -> Result<Self, ExportError> {
		if ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| text.starts_with(scheme)) {
			return Ok(Self::Database(text.into()));
		}
		let path = Path::new(text);
		let found = std::fs::metadata(path)
			.map_err(|error| ExportError::Io { path: path.into(), error })?;
		Ok(match found.is_dir() {
			true => Self::Csv(path.into()),
			false => Self::Jsonl(path.into()),
		})
	}
}

impl Source {
	/// Whether the newest changes may be missing: a file of SQLite that was written with a log beside it, which
	/// is not there. It was not closed by its program, or copied without the log.
	pub fn may_lack_its_log(&self) -> Result<bool, ExportError> {
		match self {
			Self::Database(url) if url.starts_with("sqlite:") => sqlite::may_lack_its_log(url),
			_ => Ok(false),
		}
	}

	/// Reads the entries of a case, one after the other. Not to be called by a task of an async
	/// runtime: it waits for the database.
	pub fn read(&self, case: u32, mut each: impl FnMut(Entry)) -> Result<(), ExportError> {
		let wanted = i64::from(case);
		let mut of_case = |entry: Entry| {
			let case = match &entry {
				Entry::Record(record) => record.case,
				Entry::Batch(batch) => batch.case,
				Entry::Document(document) => document.case,
			};
			if case == wanted {
				each(entry);
			}
		};
		match self {
			Self::Jsonl(path) => jsonl::read(path, &mut of_case),
			Self::Csv(folder) => csv::read(folder, &mut of_case),
			Self::Database(url) => database::read(url, &mut of_case),
		}
	}
}
