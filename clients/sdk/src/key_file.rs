//! Files of the registrar's keys: one line that says what the key is, one with the key.
//!
//! The first line is `winddown-master-key v1`, or `winddown-case-key v1 case 2`; the second has 64
//! hexadecimal digits. A key of another kind or of another case is refused, and so is one that does
//! not say what it is: a wrong key gives a roll of hashes that nobody can register.

use crate::{secret, Error};
use std::{fmt, path::Path};
use winddown_primitives::CaseId;
use zeroize::Zeroizing;

const MASTER: &str = "winddown-master-key v1";
const CASE: &str = "winddown-case-key v1 case ";

/// What a key is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyKind {
	/// The registrar's secret.
	Master,
	/// The secret of one case.
	Case(CaseId),
}

impl KeyKind {
	fn parse(head: &str) -> Option<Self> {
		match head.strip_prefix(CASE) {
			Some(case) => case.parse().ok().map(Self::Case),
			None => (head == MASTER).then_some(Self::Master),
		}
	}

	/// The first line of its file.
	pub fn head(self) -> String {
		match self {
			Self::Master => MASTER.into(),
			Self::Case(case) => format!("{CASE}{case}"),
		}
	}
}

impl fmt::Display for KeyKind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Master => f.write_str("the registrar's master key"),
			Self::Case(case) => write!(f, "the key of case {case}"),
		}
	}
}

/// Reads a key that must be `wanted`.
pub(crate) fn read(path: &Path, wanted: KeyKind) -> Result<[u8; 32], Error> {
	let text = secret::read_text(path)?;
	let bad = |reason: &str| Error::File { path: path.into(), reason: reason.into() };
	let mut lines = text.trim().lines().map(str::trim);
	let first = lines.next().unwrap_or_default();
	match KeyKind::parse(first) {
		Some(found) if found == wanted => {}
		Some(found) => return Err(Error::OtherKeyFile { path: path.into(), found, wanted }),
		None if digits(first).is_some() => {
			return Err(Error::UnmarkedKeyFile { path: path.into(), wanted })
		}
		None => return Err(bad("its first line does not say which key of Winddown it is")),
	}
	match (lines.next().and_then(digits), lines.next()) {
		(Some(key), None) => Ok(key),
		_ => Err(bad("its second and last line must be 64 hexadecimal digits")),
	}
}

/// Writes a key to a new file.
pub(crate) fn write(path: &Path, kind: KeyKind, key: &[u8; 32]) -> Result<(), Error> {
	let digits = Zeroizing::new(hex::encode(key));
	secret::write_new(path, &Zeroizing::new(format!("{}\n{}\n", kind.head(), *digits)))
}

fn digits(line: &str) -> Option<[u8; 32]> {
	let mut key = [0; 32];
	hex::decode_to_slice(line.trim_start_matches("0x"), &mut key).ok().map(|()| key)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::identity::{CaseKey, MasterKey};
	use std::path::PathBuf;

	fn kept(text: &str) -> (tempfile::TempDir, PathBuf) {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("kept.key");
		secret::write_new(&path, text).unwrap();
		(folder, path)
	}

	fn refusal<T>(read: Result<T, Error>) -> String {
		read.map(|_| ()).unwrap_err().to_string()
	}

	#[test]
	fn a_key_says_what_it_is_and_survives_its_file() {
		let folder = tempfile::tempdir().unwrap();
		let (first, second) = (folder.path().join("master.key"), folder.path().join("case.key"));
		let master = MasterKey::from_bytes([7; 32]);
		master.write(&first).unwrap();
		master.case_key(3).write(&second).unwrap();
		let written = std::fs::read_to_string(&second).unwrap();
		assert_eq!(
			written,
			"winddown-case-key v1 case 3\n\
			 a31567acb8a1773f693ac14b9f143578e9daf3ea9960c7e73c6d4c1f0a2764b0\n"
		);
		let again = MasterKey::read(&first).unwrap().case_key(3);
		assert_eq!(again.fingerprint(), CaseKey::read(&second, 3).unwrap().fingerprint());
	}

	#[test]
	fn the_key_of_another_case_is_refused_and_both_cases_are_named() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("case.key");
		MasterKey::from_bytes([7; 32]).case_key(0).write(&path).unwrap();
		let error = refusal(CaseKey::read(&path, 2));
		let shown = path.display();
		assert_eq!(error, format!("{shown} holds the key of case 0, not the key of case 2"));
	}

	#[test]
	fn a_case_key_is_no_master_key_and_a_master_key_is_no_case_key() {
		let folder = tempfile::tempdir().unwrap();
		let (first, second) = (folder.path().join("master.key"), folder.path().join("case.key"));
		let master = MasterKey::from_bytes([7; 32]);
		master.write(&first).unwrap();
		master.case_key(0).write(&second).unwrap();
		assert_eq!(
			refusal(MasterKey::read(&second)),
			format!("{} holds the key of case 0, not the registrar's master key", second.display())
		);
		assert_eq!(
			refusal(CaseKey::read(&first, 2)),
			format!("{} holds the registrar's master key, not the key of case 2", first.display())
		);
	}

	#[test]
	fn digits_that_do_not_say_what_they_are_are_refused() {
		let (_folder, path) = kept(&format!("{}\n", hex::encode([7; 32])));
		let shown = path.display();
		let error = refusal(CaseKey::read(&path, 2));
		assert_eq!(
			error,
			format!("{shown} does not say which key it is; it must be the key of case 2")
		);
		let error = refusal(MasterKey::read(&path));
		assert_eq!(
			error,
			format!("{shown} does not say which key it is; it must be the registrar's master key")
		);
	}

	#[test]
	fn a_file_that_holds_no_key_is_refused() {
		let digits = hex::encode([7; 32]);
		let second = "its second and last line must be 64 hexadecimal digits";
		let first = "its first line does not say which key of Winddown it is";
		for (text, reason) in [
			("", first),
			("not a key", first),
			("winddown-case-key v1 case x", first),
			("winddown-case-key v2 case 2", first),
			("winddown-case-key v1 case 2", second),
			("winddown-case-key v1 case 2\nabcd", second),
			(&format!("winddown-case-key v1 case 2\n{digits}\n{digits}"), second),
		] {
			let (_folder, path) = kept(text);
			let found = refusal(CaseKey::read(&path, 2));
			assert_eq!(found, format!("{}: {reason}", path.display()), "{text}");
		}
	}
}
