//! A cluster of PostgreSQL for one test: in a folder of its own, on a socket there, stopped with the test
//! or with its process. Needs Debian's package `postgresql`, which set-up installs.

use std::{
	fs,
	os::unix::fs::{chown, MetadataExt},
	path::{Path, PathBuf},
	process::{Child, Command, Output, Stdio},
	sync::mpsc::{channel, Receiver, RecvTimeoutError, Sender},
	thread::{self, JoinHandle},
	time::{Duration, Instant},
};
use tempfile::TempDir;

/// Where Debian has each version's programs.
const VERSIONS: &str = "/usr/lib/postgresql";

/// How long a cluster may take to start.
const START: Duration = Duration::from_secs(60);

/// A running cluster.
pub struct Postgres {
	folder: TempDir,
	stop: Option<Sender<()>>,
	server: Option<JoinHandle<()>>,
}

/// The user who runs it: the server refuses root.
#[derive(Clone, Copy)]
struct User {
	id: u32,
	group: u32,
}

impl Postgres {
	/// Starts a cluster.
	pub fn start() -> Self {
		let programs = programs();
		let folder = tempfile::Builder::new().prefix("pg-").tempdir().expect("a folder");
		let user = is_root().then(unprivileged);
		if let Some(User { id, group }) = user {
			chown(folder.path(), Some(id), Some(group)).expect("the folder is given away");
		}
		let data = folder.path().join("data");
		let mut init = as_user(user, &programs.join("initdb"));
		init.arg("-D").arg(&data).args(["-U", "postgres", "-A", "trust", "-E", "UTF8"]);
		succeeds(
			init.args(["--locale=C", "--no-sync", "--wal-segsize=1"])
				.current_dir(folder.path())
				.output(),
		);

		let mut serve = as_user(user, &programs.join("postgres"));
		serve.arg("-D").arg(&data).arg("-k").arg(folder.path());
		serve.args(["-c", "listen_addresses=", "-c", "fsync=off"]).current_dir(folder.path());
		let log = fs::File::create(folder.path().join("log")).expect("a log");
		serve.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
		let (stop, stopped) = channel();
		// The thread that starts it lives as long as it: the server ends with that thread.
		let server = thread::spawn(move || watch(serve.spawn().expect("postgres"), &stopped));
		let cluster = Self { folder, stop: Some(stop), server: Some(server) };
		cluster.wait_until_ready(&programs);
		cluster
	}

	/// The URL of its database.
	pub fn url(&self) -> String {
		format!("postgres://postgres@localhost/postgres?host={}", self.folder.path().display())
	}

	fn wait_until_ready(&self, programs: &Path) {
		let start = Instant::now();
		let is_ready = || {
			let mut ask = Command::new(programs.join("pg_isready"));
			let answer = ask.arg("-h").arg(self.folder.path()).output().expect("pg_isready");
			answer.status.success()
		};
		while !is_ready() {
			if start.elapsed() > START || self.server.as_ref().is_none_or(JoinHandle::is_finished) {
				let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
				panic!("PostgreSQL did not start:\n{log}");
			}
			thread::sleep(Duration::from_millis(50));
		}
	}
}

impl Drop for Postgres {
	fn drop(&mut self) {
		drop(self.stop.take());
		if let Some(server) = self.server.take() {
			let _ended = server.join();
		}
	}
}

/// Waits until the server ends by itself, or ends it when nobody needs it any more.
fn watch(mut server: Child, stopped: &Receiver<()>) {
	while server.try_wait().is_ok_and(|ended| ended.is_none()) {
		if stopped.recv_timeout(Duration::from_millis(100)) == Err(RecvTimeoutError::Disconnected) {
			let _sent = Command::new("kill").args(["-QUIT", &server.id().to_string()]).status();
			let _ended = server.wait();
			return;
		}
	}
}

/// The programs of the newest version that is installed.
fn programs() -> PathBuf {
	let versions = fs::read_dir(VERSIONS).into_iter().flatten().flatten();
	let folders = versions.map(|version| version.path().join("bin"));
	let version =
		|bin: &PathBuf| -> Option<u32> { bin.parent()?.file_name()?.to_str()?.parse().ok() };
	let newest = folders.filter(|bin| bin.join("postgres").exists()).max_by_key(version);
	newest.unwrap_or_else(|| {
		panic!("PostgreSQL is not installed under {VERSIONS}: run `make setup`, or apt-get install postgresql")
	})
}

fn is_root() -> bool {
	fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// Debian's user of the package, or nobody.
fn unprivileged() -> User {
	let users = fs::read_to_string("/etc/passwd").expect("users");
	let find = |name: &str| {
		let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
		let mut fields = line.split(':').skip(2);
		let mut number = || fields.next()?.parse().ok();
		Some(User { id: number()?, group: number()? })
	};
	find("postgres").or_else(|| find("nobody")).expect("a user without privileges")
}

/// A program as this user, which the system ends when this process does.
fn as_user(user: Option<User>, program: &Path) -> Command {
	let mut command = Command::new("setpriv");
	command.args(["--pdeathsig", "QUIT"]);
	if let Some(User { id, group }) = user {
		command.args(["--reuid", &id.to_string(), "--regid", &group.to_string(), "--clear-groups"]);
	}
	command.arg("--").arg(program);
	command
}

fn succeeds(output: std::io::Result<Output>) {
	let output = output.expect("setpriv of util-linux");
	let said = String::from_utf8_lossy(&output.stderr);
	assert!(output.status.success(), "initdb, {}: {said}", output.status);
}
