//! Files that hold a secret: readable by their owner alone.

use crate::Error;
use std::{
	fs,
	io::Write,
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
	fs::read_to_string(path).map(Zeroizing::new).map_err(unreadable)
}

/// Reads 32 bytes in hexadecimal.
pub(crate) fn read_key(path: &Path) -> Result<[u8; 32], Error> {
	let text = read_text(path)?;
	let digits = text.trim().trim_start_matches("0x");
	let mut key = [0; 32];
	hex::decode_to_slice(digits, &mut key).map_err(|_| Error::File {
		path: path.into(),
		reason: "it does not hold 64 hexadecimal digits".into(),
	})?;
	Ok(key)
}

/// Writes 32 bytes in hexadecimal to a new file.
pub(crate) fn write_key(path: &Path, key: &[u8; 32]) -> Result<(), Error> {
	write_new(path, &format!("{}\n", hex::encode(key)))
}

/// Writes a secret text to a new file; fails when the file exists.
pub fn write_new(path: &Path, text: &str) -> Result<(), Error> {
	let failed =
		|reason: std::io::Error| Error::File { path: path.into(), reason: reason.to_string() };
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
	fn a_key_survives_its_file_and_nobody_else_may_read_it() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("master.key");
		let key = MasterKey::random();
		key.write(&path).unwrap();
		assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
		let read = MasterKey::read(&path).unwrap();
		assert_eq!(read.case_key(1).fingerprint(), key.case_key(1).fingerprint());
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
		assert!(matches!(MasterKey::random().write(&path), Err(Error::File { .. })));
		assert_eq!(fs::read(&path).unwrap(), before);
	}

	#[test]
	fn a_file_that_holds_no_key_is_refused() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("master.key");
		write_new(&path, "not a key").unwrap();
		assert!(matches!(MasterKey::read(&path), Err(Error::File { .. })));
	}
}
