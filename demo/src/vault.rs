//! What the operator keeps in plaintext: documents and records in its database, by their digests on
//! chain (docs/records.md).

use anyhow::{Context as _, Result};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use std::{
	fs,
	path::{Path, PathBuf},
	sync::Mutex,
};
use winddown_proof::{
	digest::{self, Algorithm},
	record::{Record, Salt},
};
use winddown_records::{
	form::{JsonlWriter, Writer},
	store::{NewDocument, Store},
};
use winddown_sdk::{
	calls::Form,
	digest::on_chain,
	primitives::{CaseId, Digest},
	record::salt,
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

/// The operator's records.
pub struct Vault {
	store: Store,
	folder: PathBuf,
	salts: Mutex<ChaCha20Rng>,
}

impl Vault {
	/// Keeps everything in a new database in `folder`, in place of one from an earlier play.
	pub async fn create(folder: &Path, seed: u64) -> Result<Self> {
		for name in ["records.sqlite", "records.sqlite-wal", "records.sqlite-shm"] {
			remove(&folder.join(name))?;
		}
		Ok(Self {
			store: Store::create(&url(folder)).await?,
			folder: folder.into(),
			salts: Mutex::new(ChaCha20Rng::seed_from_u64(seed ^ 0x5a17)),
		})
	}

	/// The database, for the operator's endpoint.
	pub fn store(&self) -> Store {
		self.store.clone()
	}

	/// Keeps a document.
	pub async fn document(&self, case: CaseId, name: &str, text: &str) -> Result<Kept> {
		let content = format!("{text}\n\nsalt: {}\n", self.salt()).into_bytes();
		let size = content.len() as u64;
		let document = NewDocument {
			algorithm: Algorithm::default(),
			case,
			kind: "document".into(),
			name: name.into(),
			media_type: "text/plain; charset=utf-8".into(),
			content,
		};
		let (digest, _) = self.store.add_document(document).await?;
		Ok(Kept { digest: on_chain(digest), form: Form::Document, leaves: 1, size })
	}

	/// Keeps records as one batch.
	pub async fn records(&self, records: Vec<Record>) -> Result<Kept> {
		let (batch, _) = self.store.add_batch(Algorithm::default(), &records).await?;
		let root: digest::Digest = batch.root.parse()?;
		Ok(Kept {
			digest: on_chain(root),
			form: Form::Batch,
			leaves: batch.leaves.try_into()?,
			size: batch.size.try_into()?,
		})
	}

	/// The digest of a paper that stays with another party: a bank, a court, a checking service.
	pub fn paper(&self, name: &str) -> digest::Digest {
		Algorithm::default().hash(format!("{name} {}", self.salt()).as_bytes())
	}

	/// Fresh salt.
	pub fn salt(&self) -> Salt {
		salt(&mut *self.salts.lock().unwrap_or_else(|broken| broken.into_inner()))
	}

	/// Where [`Vault::export`] writes.
	pub fn exported(&self) -> PathBuf {
		self.folder.join("records.jsonl")
	}

	/// Writes everything that is kept as one file of JSON Lines, for whoever checks; its name.
	pub async fn export(&self, case: CaseId) -> Result<PathBuf> {
		let path = self.exported();
		remove(&path)?;
		let mut writer = JsonlWriter::create(&path)?;
		self.store.export(case, |row| writer.write(&row)).await?;
		writer.finish()?;
		Ok(path)
	}
}

/// The URL of the database in a folder.
fn url(folder: &Path) -> String {
	format!("sqlite:{}", folder.join("records.sqlite").display())
}

fn remove(path: &Path) -> Result<()> {
	match fs::remove_file(path) {
		Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
		done => done.with_context(|| format!("cannot remove {}", path.display())),
	}
}
