//! What the operator keeps in plaintext, as its export has it (docs/records.md).

use super::CASE;
use base64::{engine::general_purpose::STANDARD, Engine};
use pallet_evidence::Content;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{json, Value};
use winddown_proof::{
	digest::{Algorithm, Digest},
	layout::evidence::{BATCH, DOCUMENT},
	merkle::Tree,
	record::{lines, Record, Salt},
};
use winddown_sdk::{
	digest::on_chain,
	record::{line, salt},
};

/// Documents, records and batches.
pub struct Vault {
	/// The lines of the export.
	pub export: Vec<Value>,
	/// Where salts come from.
	pub randomness: ChaCha8Rng,
}

impl Vault {
	/// An empty one, with the same salts each time.
	pub fn new() -> Self {
		Self { export: vec![], randomness: ChaCha8Rng::seed_from_u64(0x5a17) }
	}

	/// Fresh salt.
	pub fn salt(&mut self) -> Salt {
		salt(&mut self.randomness)
	}

	/// The digest of a paper that stays with another party.
	pub fn paper(&mut self) -> Digest {
		Algorithm::Sm3.hash(&self.salt().0)
	}

	/// Keeps a document.
	pub fn document(&mut self, name: &str) -> Content {
		let text = format!("{name}\n\nsalt: {}\n", self.salt());
		let digest = Algorithm::Sha256.hash(text.as_bytes());
		self.export.push(json!({
			"type": "document",
			"digest": digest,
			"case": CASE,
			"kind": "document",
			"name": format!("{name}.txt"),
			"media_type": "text/plain; charset=utf-8",
			"content": STANDARD.encode(&text),
		}));
		let (digest, size) = (on_chain(digest), text.len() as u64);
		Content { digest, leaves: 1, bytes: size, encoding: DOCUMENT }
	}

	/// Keeps records, one a line, under one root.
	pub fn batch(&mut self, records: &[Record]) -> Content {
		let leaves: Vec<String> = records.iter().map(line).collect();
		let tree = Tree::new(Algorithm::default(), &leaves);
		let size = lines(&leaves).len() as u64;
		self.export.extend(records.iter().map(exported));
		let digests: Vec<Digest> = records.iter().map(Record::digest).collect();
		self.export.push(json!({
			"type": "batch",
			"root": tree.root(),
			"case": CASE,
			"kind": records[0].kind(),
			"leaves": tree.leaves(),
			"size": size,
			"records": digests,
		}));
		Content {
			digest: on_chain(tree.root()),
			leaves: tree.leaves(),
			bytes: size,
			encoding: BATCH,
		}
	}
}

impl Default for Vault {
	fn default() -> Self {
		Self::new()
	}
}

/// The line of a record in the export.
pub fn exported(record: &Record) -> Value {
	json!({
		"type": "record",
		"digest": record.digest(),
		"kind": record.kind(),
		"case": record.case(),
		"poll": record.poll(),
		"lender": record.lender(),
		"content": line(record),
	})
}
