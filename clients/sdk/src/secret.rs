//! Files that hold a secret: readable by their owner alone.

use crate::Error;
use std::{
	fs,
	io::{ErrorKind, Write},
	os::unix::fs::{OpenOptionsExt, PermissionsExt},
	path::Path,
};
use zeroize::Zeroizing;

const OWNER_ONLY: u32 = 0o600;

/// Reads a secret text; refuses a file that others may read.
pub fn read_text(path: &Path) -> Result<Zeroizing<String>, Error> {
	let unreadable =
		|reason: std::io::Error| Error::File { path: path.into(), reason: reason.to_string() };
	let mode = fs::metadata(path).map_err(unreadable)?.permissions().mode() & 0o777;
	if mode & 0o077 != 0 {
		return Err(Error::SecretExposed { path: path.into(), mode });
	}
	let text = fs::read_to_string(path).map(Zeroizing::new).map_err(unreadable)?;
	// Some editors put a byte order mark before what they save.
	Ok(match text.strip_prefix('\u{feff}') {
		Some(text) => Zeroizing::new(text.into()),
		None => text,
	})
}

/// Writes a secret text to a new file; fails when the file exists, because what it holds may be the
/// only copy.
pub fn write_new(path: &Path, text: &str) -> Result<(), Error> {
	let failed = |reason: std::io::Error| match reason.kind() {
		ErrorKind::AlreadyExists => Error::SecretExists(path.into()),
		_ => Error::File { path: path.into(), reason: reason.to_string() },
	};
	let mut file = fs::OpenOptions::new()
		.write(true)
		.create_new(true)
		.mode(OWNER_ONLY)
		.open(path)
		.map_err(failed)?;
	file.write_all(text.as_bytes()).map_err(failed)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::identity::MasterKey;

	#[test]
	fn a_new_secret_can_be_read_by_its_owner_alone() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("master.key");
		MasterKey::random().write(&path).unwrap();
		assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
	}

	#[test]
	fn a_byte_order_mark_is_no_part_of_a_secret() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("a.key");
		write_new(&path, "\u{feff}//Wang\r\n").unwrap();
		assert_eq!(read_text(&path).unwrap().trim(), "//Wang");
	}

	#[test]
	fn a_key_file_that_others_may_read_is_refused() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("master.key");
		MasterKey::random().write(&path).unwrap();
		fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
		assert!(matches!(MasterKey::read(&path), Err(Error::SecretExposed { mode: 0o640, .. })));
	}

	#[test]
	fn an_existing_key_is_never_overwritten() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("master.key");
		MasterKey::random().write(&path).unwrap();
		let before = fs::read(&path).unwrap();
		let refused = MasterKey::random().write(&path).unwrap_err();
		assert_eq!(refused.to_string(), format!("{} exists already", path.display()));
		assert_eq!(fs::read(&path).unwrap(), before);
	}
}
