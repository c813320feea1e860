//! The export: one file of JSON Lines, or a folder of CSV files (docs/records.md).

mod csv;
mod import;
mod jsonl;

pub use csv::CsvWriter;
pub use import::{import, Imported};
pub use jsonl::JsonlWriter;

use crate::{store::Row, Error};
use serde::Deserialize;
use std::path::Path;
use winddown_proof::digest::Digest;

/// An entry of an export, as it states itself.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Entry {
	/// A record.
	Record {
		/// The digest of the content.
		digest: Digest,
		/// The kind.
		kind: String,
		/// The case.
		case: u32,
		/// The poll, of a ballot.
		poll: Option<u32>,
		/// The lender, of a record about one.
		lender: Option<u32>,
		/// The canonical JSON.
		content: String,
	},
	/// A batch of records.
	Batch {
		/// The Merkle root.
		root: Digest,
		/// The case.
		case: u32,
		/// The kind of its records.
		kind: String,
		/// How many records.
		leaves: u32,
		/// Bytes of all lines.
		size: u64,
		/// The digests of its records, in order.
		records: Vec<Digest>,
	},
	/// A document.
	Document {
		/// The digest of the content.
		digest: Digest,
		/// The case.
		case: u32,
		/// What it is about.
		kind: String,
		/// The name of its file.
		name: String,
		/// Its media type.
		media_type: String,
		/// Its bytes.
		#[serde(with = "base64_text")]
		content: Vec<u8>,
	},
}

/// An entry and where it stands.
pub struct Placed {
	/// The file and its line.
	pub place: String,
	/// The entry.
	pub entry: Entry,
}

/// Entries, one after the other.
pub type Entries = Box<dyn Iterator<Item = Result<Placed, Error>> + Send>;

/// The entries of an export: of a folder as CSV, of a file as JSON Lines. In CSV batches come last.
pub fn read(path: &Path) -> Result<Entries, Error> {
	match path.is_dir() {
		true => csv::read(path),
		false => jsonl::read(path),
	}
}

/// Where the rows of an export go.
pub trait Writer {
	/// Writes a row. The leaves of a batch follow it.
	fn write(&mut self, row: &Row) -> Result<(), Error>;
	/// Ends the export, and has the system write it to its disk.
	fn finish(self) -> Result<(), Error>;
}

mod base64_text {
	use base64::{engine::general_purpose::STANDARD, Engine};
	use serde::{de::Error, Deserialize, Deserializer};

	pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
		STANDARD.decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
	}
}
