//! Opening a database of SQLite to read it, also where nothing may be written.

use super::ExportError;
use sqlx::{
	sqlite::{SqliteConnectOptions, SqliteConnection, SqliteError},
	ConnectOptions,
};
use std::{
	fs,
	io::{self, Read},
	path::{Path, PathBuf},
	str::FromStr,
};

/// SQLite could not open or make a file beside the database, or not write it.
const FORBIDDEN: [i32; 2] = [8, 14];
/// The file is malformed, or is none of SQLite.
const DAMAGED: [i32; 2] = [11, 26];

/// How a file begins.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Where it says that changes stand in a log beside it first.
const READ_VERSION: usize = 19;
const WITH_LOG: u8 = 2;

/// Opens the database of a URL. Where its folder may not be written, SQLite cannot join others who read or
/// write; without a log beside the file it needs not, since the file is all there is.
pub async fn open(url: &str) -> Result<SqliteConnection, ExportError> {
	let options = SqliteConnectOptions::from_str(url)?.read_only(true);
	let path = options.get_filename().to_path_buf();
	let io = |error| ExportError::Io { path: path.clone(), error };
	// A file that is missing or may not be read is that, and no trouble of a database.
	let head = head(&path).map_err(io)?;
	if !head.is_empty() && !head.starts_with(MAGIC) {
		return Err(ExportError::NoSqlite(path));
	}
	let log = log(&path);
	if let Some(log) = &log {
		fs::File::open(log).map_err(|error| ExportError::Io { path: log.clone(), error })?;
	}
	match (connect(&options).await, log) {
		(Ok(connection), _) => Ok(connection),
		(Err(error), None) if is_forbidden(&error) => Ok(connect(&options.immutable(true)).await?),
		(Err(error), Some(log)) if is_forbidden(&error) => Err(ExportError::LogNeedsFolder(log)),
		(Err(error), _) => Err(error.into()),
	}
}

/// Whether a file was written with a log beside it, which is not there.
pub fn may_lack_its_log(url: &str) -> Result<bool, ExportError> {
	let options = SqliteConnectOptions::from_str(url)?;
	let path = options.get_filename();
	let head = head(path).map_err(|error| ExportError::Io { path: path.into(), error })?;
	Ok(head.get(READ_VERSION) == Some(&WITH_LOG) && log(path).is_none())
}

/// The first bytes of a file; fewer of a shorter one.
fn head(path: &Path) -> io::Result<Vec<u8>> {
	let mut head = Vec::new();
	fs::File::open(path)?.take(100).read_to_end(&mut head)?;
	Ok(head)
}

/// A connection that has read the file.
async fn connect(options: &SqliteConnectOptions) -> sqlx::Result<SqliteConnection> {
	let mut connection = options.connect().await?;
	sqlx::query("SELECT COUNT(*) FROM sqlite_master").execute(&mut connection).await?;
	Ok(connection)
}

/// A log beside the database that holds something.
fn log(path: &Path) -> Option<PathBuf> {
	["-wal", "-journal"].into_iter().find_map(|ending| {
		let mut name = path.as_os_str().to_owned();
		name.push(ending);
		let log = PathBuf::from(name);
		fs::metadata(&log).is_ok_and(|found| found.len() > 0).then_some(log)
	})
}

fn is_forbidden(error: &sqlx::Error) -> bool {
	code(error).is_some_and(|code| FORBIDDEN.contains(&code))
}

/// Whether the file itself is what cannot be read.
pub fn is_damaged(error: &sqlx::Error) -> bool {
	code(error).is_some_and(|code| DAMAGED.contains(&code))
}

/// The code of an error of SQLite, without its details.
fn code(error: &sqlx::Error) -> Option<i32> {
	let error = error.as_database_error()?.try_downcast_ref::<SqliteError>()?;
	let code: i32 = sqlx::error::DatabaseError::code(error)?.parse().ok()?;
	Some(code & 0xff)
}
