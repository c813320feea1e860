//! What the operator keeps in plaintext: documents and records in a folder here, by their digests on
//! chain, and one export of all of them for whoever checks (docs/records.md).

use anyhow::{Context as _, Result};
use base64::{engine::general_purpose::STANDARD, Engine};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use serde_json::{json, Value};
use std::{
	collections::BTreeMap,
	fs,
	io::{BufWriter, Write},
	path::{Path, PathBuf},
	sync::{Mutex, MutexGuard},
};
use winddown_proof::{
	digest::{self, Algorithm},
	merkle::Tree,
	record::{lines, split, Record, Salt},
};
use winddown_sdk::{
	calls::Form,
	digest::{of_chain, on_chain},
	primitives::{CaseId, Digest},
	record::{line, salt},
};

/// A document or a batch of records that was kept.
#[derive(Clone, Debug)]
pub struct Kept {
	/// The digest of the document, or the root over the records.
	pub digest: Digest,
	/// Which of the two.
	pub form: Form,
	/// How many records it is over; 1 for a document.
	pub leaves: u32,
	/// Its bytes.
	pub size: u64,
}

/// What the digests stand for, which an arbitration institution looks at before it confirms.
pub struct Vault {
	folder: PathBuf,
	known: Mutex<BTreeMap<digest::Digest, (PathBuf, Form)>>,
	salts: Mutex<ChaCha20Rng>,
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
		let digest = Algorithm::default().hash(text.as_bytes());
		self.keep(name, text.as_bytes(), digest, Form::Document, 1)
	}

	/// Keeps records, one a line.
	pub fn records(&self, name: &str, records: Vec<Record>) -> Result<Kept> {
		let leaves: Vec<String> = records.iter().map(line).collect();
		let tree = Tree::new(Algorithm::default(), &leaves);
		self.keep(name, &lines(&leaves), tree.root(), Form::Batch, tree.leaves())
	}

	/// The digest of a paper that stays with another party: a bank, a court, a checking service.
	pub fn paper(&self, name: &str) -> digest::Digest {
		Algorithm::default().hash(format!("{name} {}", self.salt()).as_bytes())
	}

	/// Fresh salt.
	pub fn salt(&self) -> Salt {
		salt(&mut *self.salts.lock().unwrap_or_else(|broken| broken.into_inner()))
	}

	/// Whether the file behind a digest is there and has that digest; computed from the file.
	pub fn holds(&self, digest: &Digest) -> bool {
		let digest = of_chain(*digest);
		let Some((path, form)) = self.known().get(&digest).cloned() else { return false };
		let Ok(content) = fs::read(path) else { return false };
		match form {
			Form::Document => digest.algorithm.hash(&content) == digest,
			Form::Batch => split(&content)
				.is_some_and(|records| Tree::new(digest.algorithm, &records).root() == digest),
		}
	}

	/// Writes everything that is kept as one file of JSON Lines, the operator's export.
	pub fn export(&self, case: CaseId, path: &Path) -> Result<()> {
		let file =
			fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
		let mut out = BufWriter::new(file);
		for (digest, (path, form)) in self.known().iter() {
			let content = fs::read(path)?;
			match form {
				Form::Document => export_document(&mut out, case, digest, path, &content)?,
				Form::Batch => export_batch(&mut out, case, digest, &content)?,
			}
		}
		out.flush()?;
		Ok(())
	}

	fn known(&self) -> MutexGuard<'_, BTreeMap<digest::Digest, (PathBuf, Form)>> {
		self.known.lock().unwrap_or_else(|broken| broken.into_inner())
	}

	fn keep(
		&self,
		name: &str,
		content: &[u8],
		digest: digest::Digest,
		form: Form,
		leaves: u32,
	) -> Result<Kept> {
		let path = self.folder.join(name);
		fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
		self.known().insert(digest, (path, form));
		Ok(Kept { digest: on_chain(digest), form, leaves, size: content.len() as u64 })
	}
}

fn export_document(
	out: &mut impl Write,
	case: CaseId,
	digest: &digest::Digest,
	path: &Path,
	content: &[u8],
) -> Result<()> {
	let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
	let line = json!({
		"type": "document",
		"digest": digest,
		"case": case,
		"kind": "document",
		"name": name,
		"media_type": "text/plain; charset=utf-8",
		"content": STANDARD.encode(content),
	});
	Ok(writeln!(out, "{line}")?)
}

fn export_batch(
	out: &mut impl Write,
	case: CaseId,
	root: &digest::Digest,
	content: &[u8],
) -> Result<()> {
	let (mut kind, mut digests) = ("other", Vec::new());
	for line in split(content).context("a batch ends with its last line")? {
		let record = Record::parse(line)?;
		kind = record.kind();
		let fields: Value = serde_json::from_slice(line)?;
		let exported = json!({
			"type": "record",
			"digest": record.digest(),
			"kind": kind,
			"case": case,
			"poll": fields["poll"],
			"lender": fields["lender"],
			"content": String::from_utf8_lossy(line),
		});
		writeln!(out, "{exported}")?;
		digests.push(record.digest());
	}
	let batch = json!({
		"type": "batch",
		"root": root,
		"case": case,
		"kind": kind,
		"leaves": digests.len(),
		"size": content.len(),
		"records": digests,
	});
	Ok(writeln!(out, "{batch}")?)
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::{primitives::Choice, record::ballot};

	#[test]
	fn what_was_changed_afterwards_is_not_confirmed() {
		let dir = tempfile::tempdir().unwrap();
		let vault = Vault::new(dir.path(), 1).unwrap();
		let mut randomness = rand::thread_rng();
		let records: Vec<Record> =
			(0..2).map(|row| ballot(0, 1, row, &[Choice::FOR], 2, &mut randomness)).collect();
		let notice = vault.document("notice.txt", "exit").unwrap();
		let ballots = vault.records("ballots.jsonl", records).unwrap();
		assert!(vault.holds(&notice.digest) && vault.holds(&ballots.digest));
		assert_eq!((notice.leaves, ballots.leaves), (1, 2));
		fs::write(dir.path().join("notice.txt"), "another").unwrap();
		let path = dir.path().join("ballots.jsonl");
		let altered = fs::read_to_string(&path).unwrap().replace("[[0]]", "[[1]]");
		fs::write(&path, altered).unwrap();
		assert!(!vault.holds(&notice.digest) && !vault.holds(&ballots.digest));
		assert!(!vault.holds(&Digest::Sha256([0; 32])));
	}

	#[test]
	fn the_export_has_a_line_for_each_record_batch_and_document() {
		let dir = tempfile::tempdir().unwrap();
		let vault = Vault::new(dir.path(), 1).unwrap();
		let cast = ballot(0, 1, 7, &[Choice::FOR], 2, &mut rand::thread_rng());
		let kept = vault.records("ballots.jsonl", vec![cast.clone()]).unwrap();
		vault.document("notice.txt", "exit").unwrap();
		let path = dir.path().join("records.jsonl");
		vault.export(3, &path).unwrap();
		let lines: Vec<Value> = fs::read_to_string(&path)
			.unwrap()
			.lines()
			.map(|line| serde_json::from_str(line).unwrap())
			.collect();
		let of = |kind: &str| lines.iter().find(|line| line["type"] == kind).unwrap();
		assert_eq!(lines.len(), 3);
		assert_eq!(of("record")["content"], line(&cast));
		assert_eq!((&of("record")["poll"], &of("record")["lender"]), (&json!(1), &json!(7)));
		assert_eq!(of("batch")["records"], json!([cast.digest()]));
		assert_eq!(of("batch")["size"], kept.size);
		assert_eq!(of("document")["name"], "notice.txt");
	}
}
