//! The written reasons of a rejection, whose digest stands on chain.
//!
//! They are one line of canonical JSON, the same however often they are written, so that a daemon
//! that was killed rejects with the same digest again. The institution keeps them in a folder and
//! serves them under their digest.

use crate::check::{Deposit, Reason};
use serde::Serialize;
use std::{
	fs,
	io::{self, Write},
	path::{Path, PathBuf},
};
use winddown_proof::digest::{Algorithm, Digest};

/// Who wrote them; changes with their form.
const FORM: &str = "winddown-attestor/1";

/// The written reasons of one rejection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
	/// Their digest, as the chain gets it.
	pub digest: Digest,
	/// The text.
	pub text: String,
}

/// The fields, in the order of their names.
#[derive(Serialize)]
struct Fields<'a> {
	case: u32,
	code: &'a str,
	detail: String,
	digest: Digest,
	evidence: u64,
	form: &'a str,
}

impl Written {
	/// Writes the reasons down.
	pub fn new(deposit: &Deposit, reason: &Reason) -> Self {
		let fields = Fields {
			case: deposit.record.case,
			code: reason.code(),
			detail: reason.to_string(),
			digest: deposit.record.content.digest,
			evidence: deposit.id,
			form: FORM,
		};
		let text = serde_json::to_string(&fields).expect("texts and numbers are JSON");
		Self { digest: Algorithm::default().hash(text.as_bytes()), text }
	}
}

/// The folder in which they are kept.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
	/// Opens it; makes it when it is missing.
	pub fn open(path: &Path) -> io::Result<Self> {
		fs::create_dir_all(path)?;
		Ok(Self(path.into()))
	}

	/// Keeps written reasons; on disk when this returns.
	pub fn keep(&self, written: &Written) -> io::Result<()> {
		let path = self.path(&written.digest.bytes);
		let half = path.with_extension("part");
		let mut file = fs::File::create(&half)?;
		file.write_all(written.text.as_bytes())?;
		file.sync_all()?;
		fs::rename(half, path)
	}

	/// The reasons with a digest, given by its 64 hex digits.
	pub fn find(&self, digits: &str) -> Option<String> {
		let mut bytes = [0; 32];
		hex::decode_to_slice(digits.trim_start_matches("0x"), &mut bytes).ok()?;
		fs::read_to_string(self.path(&bytes)).ok()
	}

	fn path(&self, digest: &[u8; 32]) -> PathBuf {
		self.0.join(format!("{}.json", hex::encode(digest)))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::check::tests::deposit_of;

	#[test]
	fn the_reasons_of_a_rejection_are_the_same_every_time() {
		let reason = Reason::NotOnRoll { lender: 9 };
		let written = Written::new(&deposit_of(b"content"), &reason);
		let expected = "{\"case\":3,\"code\":\"not-on-roll\",\"detail\":\"the roll has no row 9\",\
			\"digest\":\"sha2-256:0xed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73\",\
			\"evidence\":7,\"form\":\"winddown-attestor/1\"}";
		assert_eq!(written.text, expected);
		assert_eq!(written.digest, Algorithm::Blake2b256.hash(expected.as_bytes()));
	}

	#[test]
	fn kept_reasons_are_found_by_their_digest_and_nothing_else_is() {
		let dir = tempfile::tempdir().unwrap();
		let folder = Folder::open(&dir.path().join("reasons")).unwrap();
		let written = Written::new(&deposit_of(b"content"), &Reason::SeveralPolls);
		folder.keep(&written).unwrap();
		let digits = hex::encode(written.digest.bytes);
		assert_eq!(folder.find(&digits), Some(written.text.clone()));
		assert_eq!(folder.find(&format!("0x{digits}")), Some(written.text));
		for other in ["", "../config", &"0".repeat(64)] {
			assert_eq!(folder.find(other), None, "{other}");
		}
	}
}
