//! Room on the disk. The database writes through mapped files: without room the system stops the process (SIGBUS) in the
//! middle of a write. So a node ends before there is none, and says what happened if something else was faster.

use futures_timer::Delay;
use rustix::{fs::statvfs, io::Errno};
use sc_service::Error;
use std::{
	io::{self, ErrorKind},
	path::{Path, PathBuf},
	process,
	sync::Once,
	thread,
	time::Duration,
};
use tokio::{
	runtime,
	signal::unix::{signal, SignalKind},
};

/// Free bytes without which a node does not start: the first files of a database, and blocks of some hours.
const TO_START: u64 = 256 << 20;
/// Free bytes without which a running node ends: more than the blocks of an interval and the next step of a growing file.
const TO_RUN: u64 = 128 << 20;
/// How often a running node looks.
const INTERVAL: Duration = Duration::from_secs(1);

const MIB: u64 = 1 << 20;
/// What the system sends to a process whose write to a mapped file has no room, or whose disk fails.
const SIGBUS: i32 = 7;

/// Fails when there is no room for a database to start in this folder, which need not exist yet.
pub fn ensure_room(folder: &Path) -> Result<(), Error> {
	ensure(folder, TO_START)
}

/// Ends when the room for a running node's database is used up.
pub async fn watch(folder: PathBuf) {
	loop {
		Delay::new(INTERVAL).await;
		if let Err(error) = ensure(&folder, TO_RUN) {
			log::error!("{error}");
			return;
		}
	}
}

/// From now on a write of the database that the disk does not take ends the process with a message.
///
/// The thread that writes tries again and again until then: it never goes on as if the write had been made. What
/// reached the database before is there, as after a power cut.
pub fn explain_failed_writes(folder: &Path) -> Result<(), Error> {
	static ONCE: Once = Once::new();
	let mut started = Ok(());
	ONCE.call_once(|| started = watch_for_failed_writes(folder.into()));
	Ok(started?)
}

fn watch_for_failed_writes(folder: PathBuf) -> io::Result<()> {
	let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
	let mut failed = {
		let _guard = runtime.enter();
		signal(SignalKind::from_raw(SIGBUS))?
	};
	thread::Builder::new().name("failed-writes".into()).spawn(move || {
		runtime.block_on(failed.recv());
		eprintln!("{}", failed_write(&folder, free(&folder).unwrap_or_default()));
		process::exit(1);
	})?;
	Ok(())
}

fn failed_write(folder: &Path, free: u64) -> String {
	format!(
		"The disk of {} took a write of the database no more; {} MiB are free on it. Make room, or look at the disk if \
		 there is enough, and start again: the database goes on from what it had written",
		folder.display(),
		free / MIB
	)
}

fn ensure(folder: &Path, least: u64) -> Result<(), Error> {
	let free = free(folder)?;
	if free >= least {
		return Ok(());
	}
	let message = format!(
		"Only {} MiB are free on the disk of {}, and the database needs {} MiB: make room, or choose another disk with \
		 --base-path",
		free / MIB,
		folder.display(),
		least / MIB
	);
	Err(Error::Io(io::Error::new(ErrorKind::StorageFull, message)))
}

/// Bytes that a user without privileges may still write where `folder` is or would be made.
fn free(folder: &Path) -> Result<u64, Error> {
	for folder in folder.ancestors() {
		match statvfs(if folder == Path::new("") { Path::new(".") } else { folder }) {
			Ok(disk) => return Ok(disk.f_bavail.saturating_mul(disk.f_frsize)),
			Err(Errno::NOENT) => {}
			Err(error) => return Err(Error::Io(error.into())),
		}
	}
	Err(Error::Io(ErrorKind::NotFound.into()))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_write_that_failed_is_told_with_the_folder_and_what_is_free() {
		let said = failed_write(Path::new("/data/db"), 3 * MIB + 5);
		assert!(said.starts_with(
			"The disk of /data/db took a write of the database no more; 3 MiB are free"
		));
		assert!(said.contains("start again"), "{said}");
	}

	#[test]
	fn a_folder_that_is_yet_to_be_made_has_the_room_of_its_disk() {
		let made = tempfile::tempdir().unwrap();
		assert!(free(made.path()).unwrap() > 0);
		assert!(free(&made.path().join("a/b/c")).unwrap() > 0);
		assert!(free(Path::new("not-made-yet")).unwrap() > 0);
	}

	#[test]
	fn too_little_room_is_told_with_the_folder_and_both_figures() {
		let made = tempfile::tempdir().unwrap();
		ensure(made.path(), 1).unwrap();
		let error = ensure(made.path(), u64::MAX).unwrap_err().to_string();
		assert!(error.starts_with("Only "), "{error}");
		assert!(error.contains(&format!("on the disk of {}", made.path().display())), "{error}");
		assert!(error.contains(&format!("needs {} MiB", u64::MAX / MIB)), "{error}");
	}
}
