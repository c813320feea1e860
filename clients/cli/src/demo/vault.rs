//! The documents of the demonstration: in a folder here, by their digests on chain.

use anyhow::{Context as _, Result};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::{
	collections::BTreeMap,
	fs,
	path::{Path, PathBuf},
	sync::Mutex,
};
use winddown_sdk::{
	digest::{of_bytes, Algorithm},
	merkle::Tree,
	primitives::Digest,
};

/// A document or a list of records that was kept.
#[derive(Clone, Debug)]
pub struct Kept {
	/// The digest of the document, or the root over the records.
	pub digest: Digest,
	/// How many records it is over; 1 for a document.
	pub leaves: u32,
	/// Its bytes.
	pub size: u64,
}

/// What the digests stand for, which an arbitration institution looks at before it confirms.
pub struct Vault {
	folder: PathBuf,
	known: Mutex<BTreeMap<Digest, (PathBuf, Form)>>,
	salts: Mutex<ChaCha20Rng>,
}

#[derive(Clone, Copy)]
enum Form {
	Document,
	Records,
}

impl Vault {
	/// Keeps documents in `folder`.
	pub fn new(folder: &Path, seed: u64) -> Result<Self> {
		fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
		Ok(Self {
			folder: folder.into(),
			known: Mutex::default(),
			salts: Mutex::new(ChaCha20Rng::seed_from_u64(seed ^ 0x5a17)),
		})
	}

	/// Keeps a document.
	pub fn document(&self, name: &str, text: &str) -> Result<Kept> {
		let text = format!("{text}\n\nsalt: {}\n", self.salt());
		let path = self.write(name, &text)?;
		let digest = of_bytes(Algorithm::Blake2b256, text.as_bytes());
		self.remember(digest, path, Form::Document);
		Ok(Kept { digest, leaves: 1, size: text.len() as u64 })
	}

	/// Keeps records, one a line.
	pub fn records(&self, name: &str, records: &[String]) -> Result<Kept> {
		let tree = Tree::new(records).context("there are no records to keep")?;
		let text = records.join("\n") + "\n";
		let path = self.write(name, &text)?;
		let digest = Digest::Blake2b256(tree.root());
		self.remember(digest, path, Form::Records);
		Ok(Kept { digest, leaves: tree.leaves(), size: text.len() as u64 })
	}

	/// 32 random bytes, hexadecimal.
	pub fn salt(&self) -> String {
		let mut salt = [0; 32];
		self.salts.lock().unwrap_or_else(|broken| broken.into_inner()).fill_bytes(&mut salt);
		hex::encode(salt)
	}

	/// Whether the file behind a digest is there and has that digest; computed from the file.
	pub fn holds(&self, digest: &Digest) -> bool {
		let known = self.known.lock().unwrap_or_else(|broken| broken.into_inner());
		let Some((path, form)) = known.get(digest) else { return false };
		let Ok(text) = fs::read_to_string(path) else { return false };
		match form {
			Form::Document => of_bytes(Algorithm::Blake2b256, text.as_bytes()) == *digest,
			Form::Records => {
				let records: Vec<&str> = text.lines().collect();
				Tree::new(&records).is_some_and(|tree| Digest::Blake2b256(tree.root()) == *digest)
			}
		}
	}

	fn write(&self, name: &str, text: &str) -> Result<PathBuf> {
		let path = self.folder.join(name);
		fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
		Ok(path)
	}

	fn remember(&self, digest: Digest, path: PathBuf, form: Form) {
		let mut known = self.known.lock().unwrap_or_else(|broken| broken.into_inner());
		known.insert(digest, (path, form));
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_was_changed_afterwards_is_not_confirmed() {
		let dir = tempfile::tempdir().unwrap();
		let vault = Vault::new(dir.path(), 1).unwrap();
		let notice = vault.document("notice.txt", "exit").unwrap();
		let calls = vault.records("calls.jsonl", &["a".into(), "b".into()]).unwrap();
		assert!(vault.holds(&notice.digest) && vault.holds(&calls.digest));
		assert_eq!((notice.leaves, calls.leaves), (1, 2));
		fs::write(dir.path().join("notice.txt"), "another").unwrap();
		fs::write(dir.path().join("calls.jsonl"), "a\nc\n").unwrap();
		assert!(!vault.holds(&notice.digest) && !vault.holds(&calls.digest));
		assert!(!vault.holds(&Digest::Sha256([0; 32])));
	}
}
