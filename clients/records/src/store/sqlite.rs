//! Opening a file of SQLite: to write, to read beside a writer, or to read where nothing may be written.

use super::{Mode, ACQUIRE, CONNECTIONS, WAIT};
use crate::Error;
use sqlx::{
	sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
	ConnectOptions, Connection, SqlitePool,
};
use std::{
	fs::{self, File},
	io::{ErrorKind, Read},
	os::unix::fs::OpenOptionsExt,
	path::{Path, PathBuf},
	str::FromStr,
	time::{Duration, SystemTime},
};

/// Bytes of the head of a file.
const HEAD: usize = 100;
/// How it begins.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Where it says that changes stand in a log beside the file first.
const READ_VERSION: usize = 19;
const WITH_LOG: u8 = 2;

/// A file and how it is opened.
#[derive(Clone, Debug)]
pub struct Opened {
	/// The connections.
	pub pool: SqlitePool,
	/// How one more is made.
	options: SqliteConnectOptions,
	/// Whether it was opened to write.
	writes: bool,
	/// What the file was when it was taken for one that nobody writes to.
	still: Option<Still>,
	/// Whether the file may lack what a log held that is not beside it.
	pub may_lack_its_log: bool,
}

/// A file that must not change while it is read.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Still {
	length: u64,
	modified: Option<SystemTime>,
}

/// Opens the file of a URL.
pub async fn open(url: &str, mode: Mode) -> Result<Opened, Error> {
	let options = SqliteConnectOptions::from_str(url)?;
	let path = options.get_filename().to_path_buf();
	match mode {
		Mode::Create => create(&path)?,
		Mode::Write | Mode::Read => exists(&path)?,
	}
	if mode == Mode::Read {
		return read(options.read_only(true), &path).await;
	}
	let options = options
		.journal_mode(SqliteJournalMode::Wal)
		.synchronous(SqliteSynchronous::Full)
		.foreign_keys(true);
	match connect(&options).await {
		Ok(pool) => {
			Ok(Opened { pool, options, writes: true, still: None, may_lack_its_log: false })
		}
		Err(error) if is_forbidden(&error) => Err(Error::NotWritable(path)),
		Err(error) => Err(error.into()),
	}
}

impl Opened {
	/// Closes every connection. The last one that wrote takes the log over and leaves a file that needs
	/// none, which may be copied and read as it is; while another process has it open, it stays.
	pub async fn close(&self) {
		self.pool.close().await;
		if self.writes {
			let options = self.options.clone().busy_timeout(Duration::ZERO);
			if let Ok(connection) = options.journal_mode(SqliteJournalMode::Delete).connect().await
			{
				let _closed = connection.close().await;
			}
		}
	}

	/// Where it is.
	pub fn path(&self) -> &Path {
		self.options.get_filename()
	}

	/// Fails when somebody wrote to a file that was read as one to which nobody does.
	pub fn ensure_still(&self) -> Result<(), Error> {
		let path = self.path();
		match &self.still {
			Some(before) if Still::of(path)? != *before || log(path, "-wal")?.is_some() => {
				Err(Error::Changed(path.into()))
			}
			_ => Ok(()),
		}
	}
}

impl Still {
	fn of(path: &Path) -> Result<Self, Error> {
		let found = fs::metadata(path).map_err(Error::file(path))?;
		Ok(Self { length: found.len(), modified: found.modified().ok() })
	}
}

/// Reads a file. Where its folder may not be written, SQLite cannot join other processes, and needs not:
/// without a log beside it, the file is all there is.
async fn read(options: SqliteConnectOptions, path: &Path) -> Result<Opened, Error> {
	let head = head(path)?;
	let log = match log(path, "-wal")? {
		Some(log) => Some(log),
		None => self::log(path, "-journal")?,
	};
	let may_lack_its_log = log.is_none() && head.is_some_and(|head| head[READ_VERSION] == WITH_LOG);
	let opened = |pool, options, still| {
		let writes = false;
		Opened { pool, options, writes, still, may_lack_its_log }
	};
	match (connect(&options).await, log) {
		(Ok(pool), _) => Ok(opened(pool, options, None)),
		(Err(error), None) if is_forbidden(&error) => {
			let (options, still) = (options.immutable(true), Still::of(path)?);
			Ok(opened(connect(&options).await?, options, Some(still)))
		}
		(Err(error), Some(log)) if is_forbidden(&error) => Err(Error::LogNeedsFolder(log)),
		(Err(error), _) => Err(error.into()),
	}
}

/// Connections, one of which has read the file.
async fn connect(options: &SqliteConnectOptions) -> sqlx::Result<SqlitePool> {
	let pool = SqlitePoolOptions::new()
		.max_connections(CONNECTIONS)
		.acquire_timeout(ACQUIRE)
		.connect_with(options.clone().busy_timeout(WAIT))
		.await?;
	sqlx::query("SELECT COUNT(*) FROM sqlite_master").execute(&pool).await?;
	Ok(pool)
}

/// Whether SQLite was kept from what it needs beside the file: it could not open or make it
/// (`SQLITE_CANTOPEN`), or not write it (`SQLITE_READONLY`).
fn is_forbidden(error: &sqlx::Error) -> bool {
	matches!(Error::sqlite_code(error), Some(8 | 14))
}

/// The head of a file; none when it is empty.
fn head(path: &Path) -> Result<Option<[u8; HEAD]>, Error> {
	let mut file = File::open(path).map_err(Error::file(path))?;
	let mut head = [0; HEAD];
	match file.read_exact(&mut head) {
		Ok(()) if head.starts_with(MAGIC) => Ok(Some(head)),
		Err(error) if error.kind() != ErrorKind::UnexpectedEof => Err(Error::file(path)(error)),
		_ if Still::of(path)?.length == 0 => Ok(None),
		_ => Err(Error::NoSqlite(path.into())),
	}
}

/// A log beside a file that holds something; fails when it may not be read.
fn log(path: &Path, ending: &str) -> Result<Option<PathBuf>, Error> {
	let mut name = path.as_os_str().to_owned();
	name.push(ending);
	let log = PathBuf::from(name);
	match fs::metadata(&log) {
		Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
		Ok(found) if found.len() == 0 => Ok(None),
		_ => match File::open(&log) {
			Ok(_) => Ok(Some(log)),
			Err(error) => Err(Error::LogUnreadable { log, error }),
		},
	}
}

fn exists(path: &Path) -> Result<(), Error> {
	match path.try_exists() {
		Ok(true) => Ok(()),
		Ok(false) => Err(Error::NoDatabase(path.display().to_string())),
		Err(error) => Err(Error::file(path)(error)),
	}
}

fn create(path: &Path) -> Result<(), Error> {
	let made = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
	made.map(drop).map_err(|error| match error.kind() {
		ErrorKind::AlreadyExists => Error::Exists(path.into()),
		_ => Error::file(path)(error),
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	async fn made(folder: &Path) -> (String, PathBuf) {
		let path = folder.join("records.sqlite");
		let url = format!("sqlite:{}", path.display());
		let opened = open(&url, Mode::Create).await.unwrap();
		sqlx::query("CREATE TABLE records (digest TEXT)").execute(&opened.pool).await.unwrap();
		opened.close().await;
		(url, path)
	}

	/// With a log that is written through at each commit, nothing committed is lost with the power.
	#[tokio::test]
	async fn the_log_is_written_through_at_each_commit() {
		let folder = tempfile::tempdir().unwrap();
		let url = format!("sqlite:{}", folder.path().join("records.sqlite").display());
		let Opened { pool, .. } = open(&url, Mode::Create).await.unwrap();
		let ask = |pragma| sqlx::query_scalar::<_, i64>(pragma).fetch_one(&pool);
		let mode: String =
			sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&pool).await.unwrap();
		assert_eq!(mode, "wal");
		assert_eq!(ask("PRAGMA synchronous").await.unwrap(), 2);
		assert_eq!(ask("PRAGMA busy_timeout").await.unwrap(), 60_000);
		assert_eq!(ask("PRAGMA foreign_keys").await.unwrap(), 1);
	}

	#[tokio::test]
	async fn a_file_that_was_closed_needs_no_log() {
		let folder = tempfile::tempdir().unwrap();
		let (url, path) = made(folder.path()).await;
		let beside = fs::read_dir(folder.path()).unwrap().count();
		assert_eq!((beside, head(&path).unwrap().unwrap()[READ_VERSION]), (1, 1));
		assert!(!open(&url, Mode::Read).await.unwrap().may_lack_its_log);
	}

	#[tokio::test]
	async fn a_copy_of_a_file_in_use_is_told_from_a_whole_one() {
		let folder = tempfile::tempdir().unwrap();
		let (url, path) = made(folder.path()).await;
		let in_use = open(&url, Mode::Write).await.unwrap();
		let copy = folder.path().join("copy.sqlite");
		fs::copy(&path, &copy).unwrap();
		let copied = open(&format!("sqlite:{}", copy.display()), Mode::Read).await.unwrap();
		assert!(copied.may_lack_its_log);
		in_use.close().await;
	}

	#[tokio::test]
	async fn a_file_that_cannot_be_read_any_more_is_called_damaged() {
		let folder = tempfile::tempdir().unwrap();
		let (url, path) = made(folder.path()).await;
		let whole = fs::read(&path).unwrap();
		fs::write(&path, &whole[..whole.len() / 2]).unwrap();
		let error = match open(&url, Mode::Read).await {
			Ok(opened) => {
				let all = sqlx::query("SELECT * FROM records").execute(&opened.pool).await;
				Error::from(all.unwrap_err())
			}
			Err(error) => error,
		};
		assert_eq!(error.to_string(), "the file of the database is damaged");
	}

	#[tokio::test]
	async fn what_is_no_database_is_called_so() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("records.sqlite");
		fs::write(&path, "{\"type\":\"record\"}\n").unwrap();
		let error = open(&format!("sqlite:{}", path.display()), Mode::Read).await.unwrap_err();
		assert_eq!(error.to_string(), format!("{} is no database of SQLite", path.display()));
	}

	#[tokio::test]
	async fn a_file_that_is_read_as_it_lies_must_not_change() {
		let folder = tempfile::tempdir().unwrap();
		let (url, path) = made(folder.path()).await;
		let options = SqliteConnectOptions::from_str(&url).unwrap().read_only(true).immutable(true);
		let still = Some(Still::of(&path).unwrap());
		let pool = connect(&options).await.unwrap();
		let opened = Opened { pool, options, writes: false, still, may_lack_its_log: false };
		opened.ensure_still().unwrap();
		let writer = open(&url, Mode::Write).await.unwrap();
		sqlx::query("CREATE TABLE more (digest TEXT)").execute(&writer.pool).await.unwrap();
		let error = opened.ensure_still().unwrap_err();
		let expected = format!("{} was changed while it was read", path.display());
		assert_eq!(error.to_string(), expected);
		writer.close().await;
	}
}
