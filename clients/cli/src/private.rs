//! Files of this machine that hold what nobody else may read: ballots in plaintext, signed intents.

use std::{
	fs::{self, File, OpenOptions},
	io::{self, Write},
	os::unix::fs::OpenOptionsExt,
	path::Path,
};
use winddown_sdk::Error;

/// Only the owner reads and writes.
const MODE: u32 = 0o600;

/// Adds a line, and returns once it lies on the disk.
pub fn append(path: &Path, line: &str) -> Result<(), Error> {
	let file = OpenOptions::new().create(true).append(true).mode(MODE).open(path);
	file.and_then(|file| write(file, path, format!("{line}\n").as_bytes())).map_err(failed(path))
}

/// Writes a new file, and returns once it lies on the disk; fails when there is one already.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), Error> {
	let file = OpenOptions::new().create_new(true).write(true).mode(MODE).open(path);
	file.and_then(|file| write(file, path, bytes)).map_err(failed(path))
}

/// Writes a file that can be made again, in place of one that may be there.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
	let file = OpenOptions::new().create(true).truncate(true).write(true).mode(MODE).open(path);
	file.and_then(|file| write(file, path, bytes)).map_err(failed(path))
}

/// Removes a file, and returns once it is gone from the disk.
pub fn remove(path: &Path) -> Result<(), Error> {
	fs::remove_file(path).and_then(|()| folder(path)?.sync_all()).map_err(failed(path))
}

/// What went wrong with a file.
pub fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
	|error| {
		let reason = match error.kind() {
			io::ErrorKind::AlreadyExists => {
				"it exists already; name another file, or move it away".into()
			}
			_ => error.to_string(),
		};
		Error::File { path: path.into(), reason }
	}
}

fn write(mut file: File, path: &Path, bytes: &[u8]) -> io::Result<()> {
	file.write_all(bytes)?;
	file.sync_all()?;
	// The name of a new file lies in its folder.
	folder(path)?.sync_all()
}

fn folder(path: &Path) -> io::Result<File> {
	match path.parent() {
		Some(folder) if !folder.as_os_str().is_empty() => File::open(folder),
		_ => File::open("."),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::os::unix::fs::PermissionsExt;

	#[test]
	fn nobody_else_may_read_a_private_file() {
		let folder = tempfile::tempdir().unwrap();
		let (lines, whole) = (folder.path().join("lines"), folder.path().join("whole"));
		append(&lines, "one").unwrap();
		append(&lines, "two").unwrap();
		create(&whole, b"all").unwrap();
		assert_eq!(fs::read_to_string(&lines).unwrap(), "one\ntwo\n");
		let made = folder.path().join("made");
		replace(&made, b"a longer one").unwrap();
		replace(&made, b"again").unwrap();
		assert_eq!(fs::read(&made).unwrap(), b"again");
		for path in [&lines, &whole, &made] {
			assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
		}
	}

	#[test]
	fn a_file_that_is_there_is_never_replaced_by_a_new_one() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("whole");
		create(&path, b"first").unwrap();
		let refused = create(&path, b"second").unwrap_err();
		assert_eq!(
			refused.to_string(),
			format!("{}: it exists already; name another file, or move it away", path.display())
		);
		assert_eq!(fs::read(&path).unwrap(), b"first");
	}
}
