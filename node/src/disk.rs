//! Room on the disk. The database writes through mapped files: without room the system stops the process (SIGBUS) in the
//! middle of a write. So a node ends before there is none.

use futures_timer::Delay;
use rustix::{fs::statvfs, io::Errno};
use sc_service::Error;
use std::{
	io::{self, ErrorKind},
	path::{Path, PathBuf},
	process,
	time::Duration,
};

/// Free bytes without which a node does not start: the first files of a database, and blocks of some hours.
const TO_START: u64 = 256 << 20;
/// Free bytes without which a running node ends: more than the blocks of an interval and the next step of a growing file.
const TO_RUN: u64 = 128 << 20;
/// Free bytes without which it does not write any more at its end.
const TO_STOP: u64 = 32 << 20;
/// How often a running node looks.
const INTERVAL: Duration = Duration::from_secs(1);

const MIB: u64 = 1 << 20;

/// Fails when there is no room for a database to start in this folder, which need not exist yet.
pub fn ensure_room(folder: &Path) -> Result<(), Error> {
	ensure(folder, TO_START)
}

/// Ends when the room for a running node's database is used up.
pub async fn watch(folder: PathBuf) {
	let error = loop {
		Delay::new(INTERVAL).await;
		if let Err(error) = ensure(&folder, TO_RUN) {
			break error;
		}
	};
	log::error!("{error}");
	// An orderly stop writes what the database holds in memory. Without room the system would stop the process in
	// the middle of that; ended here, it goes on from what it had written, as after a power cut.
	if ensure(&folder, TO_STOP).is_err() {
		process::exit(1);
	}
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
