//! Reading a file of SQLite where nothing may be written.

use crate::support::{self, ballots, CASE};
use std::{
	fs,
	os::unix::fs::{MetadataExt, PermissionsExt},
	path::{Path, PathBuf},
	process::{Command, Output},
};
use tempfile::TempDir;
use winddown_records::{
	store::{Row, Store},
	Error,
};

/// Which test a process without the right to write runs.
const CHILD: &str = "reading::a_reader_who_may_not_write";
/// What it reads.
const URL: &str = "WINDDOWN_TEST_READ_ONLY";

/// A folder with a file of three records, which nobody may write any more.
struct Folder {
	folder: TempDir,
	url: String,
}

impl Folder {
	/// `ending` does something with the open database before the folder is closed.
	async fn closed(ending: impl AsyncFnOnce(Store, &Path)) -> Self {
		let database = support::sqlite();
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("records.sqlite");
		let url = format!("sqlite:{}", path.display());
		let store = Store::create(&url).await.unwrap();
		store.add_records(&ballots(3)).await.unwrap();
		ending(store, &path).await;
		drop(database);
		set_mode(folder.path(), 0o555);
		Self { folder, url }
	}

	fn path(&self) -> PathBuf {
		self.folder.path().join("records.sqlite")
	}

	/// What a reader says who may not write there: how many rows, or what is wrong.
	fn read(&self) -> String {
		let program = std::env::current_exe().unwrap();
		// Root may write everywhere, unless it gives that up.
		let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
		let mut command = if is_root { Command::new("setpriv") } else { Command::new(&program) };
		if is_root {
			let capabilities = "-dac_override,-dac_read_search";
			command.args(["--inh-caps", capabilities, "--bounding-set", capabilities, "--"]);
			command.arg(&program);
		}
		let output = command.args([CHILD, "--exact", "--nocapture"]).env(URL, &self.url).output();
		said(&output.unwrap())
	}
}

impl Drop for Folder {
	fn drop(&mut self) {
		set_mode(self.folder.path(), 0o755);
	}
}

fn set_mode(path: &Path, mode: u32) {
	fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// The line that the child says.
fn said(output: &Output) -> String {
	let text = String::from_utf8_lossy(&output.stdout).into_owned();
	let line = text.lines().find_map(|line| line.split_once("SAYS ")).map(|(_, said)| said.into());
	let error = || String::from_utf8_lossy(&output.stderr).into_owned();
	line.unwrap_or_else(|| panic!("{text}\n{}", error()))
}

/// Does nothing by itself: it is run by the other tests of this file, as a process of its own.
#[tokio::test]
async fn a_reader_who_may_not_write() {
	let Ok(url) = std::env::var(URL) else { return };
	println!("SAYS {}", rows(&url).await.unwrap_or_else(|error| format!("{error:?}")));
}

async fn rows(url: &str) -> Result<String, Error> {
	let store = Store::read_only(url).await?;
	let mut rows = 0;
	let each = |_: Row| {
		rows += 1;
		Ok(())
	};
	store.export(CASE, each).await?;
	let may_lack = store.may_lack_its_log();
	store.close().await;
	Ok(format!("{rows} rows, may lack its log: {may_lack}"))
}

#[tokio::test]
async fn a_closed_file_is_read_in_a_folder_that_nobody_may_write() {
	let folder = Folder::closed(async |store, _| store.close().await).await;
	assert_eq!(folder.read(), "3 rows, may lack its log: false");
}

#[tokio::test]
async fn a_file_in_the_form_with_a_log_is_read_as_it_is_when_there_is_none() {
	let folder = Folder::closed(async |store, path| {
		// As a program closes it that leaves the form with a log.
		store.close().await;
		let url = format!("sqlite:{}", path.display());
		use sqlx::{Connection, SqliteConnection};
		let mut connection = SqliteConnection::connect(&url).await.unwrap();
		sqlx::query("PRAGMA journal_mode = WAL").execute(&mut connection).await.unwrap();
		connection.close().await.unwrap();
	})
	.await;
	assert_eq!(folder.read(), "3 rows, may lack its log: true");
}

#[tokio::test]
async fn a_log_that_is_needed_and_cannot_be_read_there_is_named() {
	let folder = Folder::closed(async |store, path| {
		// As a loss of power leaves it: the newest changes stand in the log alone.
		let log = path.with_extension("sqlite-wal");
		let kept = fs::read(&log).unwrap();
		let main = fs::read(path).unwrap();
		store.close().await;
		fs::write(path, main).unwrap();
		fs::write(&log, kept).unwrap();
	})
	.await;
	let log = folder.path().with_extension("sqlite-wal");
	assert_eq!(folder.read(), format!("LogNeedsFolder({log:?})"));
	set_mode(&log, 0o000);
	let told = folder.read();
	assert!(told.starts_with("LogUnreadable") && told.contains("PermissionDenied"), "{told}");
}

#[tokio::test]
async fn an_empty_file_whose_log_is_missing_is_not_said_to_have_no_tables() {
	let folder = Folder::closed(async |store, path| {
		let main = fs::read(path).unwrap();
		store.close().await;
		fs::write(path, main).unwrap();
	})
	.await;
	assert_eq!(folder.read(), format!("LogMissing({:?})", folder.path()));
}

#[tokio::test]
async fn a_writer_is_told_that_the_folder_may_not_be_written() {
	let error = Error::NotWritable("records.sqlite".into());
	assert_eq!(error.to_string(), "records.sqlite or its folder may not be written");
}
