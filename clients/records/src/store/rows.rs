//! The rows of the tables, as they are.

use serde::{Deserialize, Serialize};

/// A row of the table `records`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Record {
	/// The digest of the content.
	pub digest: String,
	/// The kind of record.
	pub kind: String,
	/// The case.
	pub case_id: i64,
	/// The poll, of a ballot.
	pub poll: Option<i64>,
	/// The lender, of a record about one.
	pub lender: Option<i64>,
	/// The canonical JSON.
	pub content: String,
	/// When it was stored, in milliseconds since 1970.
	pub stored_at: i64,
}

/// A row of the table `batches`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Batch {
	/// The Merkle root.
	pub root: String,
	/// The case.
	pub case_id: i64,
	/// The kind of its records; `other` when they are of several.
	pub kind: String,
	/// How many records.
	pub leaves: i64,
	/// Bytes of all lines.
	pub size: i64,
	/// When it was stored, in milliseconds since 1970.
	pub stored_at: i64,
}

/// A row of the table `batch_leaves`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Leaf {
	/// The root of the batch.
	pub root: String,
	/// The position, from 0.
	pub position: i64,
	/// The digest of the record.
	pub record: String,
}

/// A row of the table `documents`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
	/// The digest of the content.
	pub digest: String,
	/// The case.
	pub case_id: i64,
	/// What it is about.
	pub kind: String,
	/// The name of the file.
	pub name: String,
	/// Its media type, such as `application/pdf`.
	pub media_type: String,
	/// Its bytes.
	pub content: Vec<u8>,
	/// When it was stored, in milliseconds since 1970.
	pub stored_at: i64,
}

/// A case and kind of evidence to which a document belongs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Use {
	/// The case.
	pub case_id: i64,
	/// What it is about.
	pub kind: String,
	/// The name of the file.
	pub name: String,
	/// Its media type, such as `application/pdf`.
	pub media_type: String,
	/// When it was stored, in milliseconds since 1970.
	pub stored_at: i64,
}

/// How much there is of a case and kind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Count {
	/// Which table: `records`, `batches` or `documents`.
	pub table: String,
	/// The case.
	pub case: i64,
	/// The kind.
	pub kind: String,
	/// How many rows.
	pub rows: i64,
}

/// A row of any table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Row {
	/// Of `records`.
	Record(Record),
	/// Of `batches`.
	Batch(Batch),
	/// Of `batch_leaves`.
	Leaf(Leaf),
	/// Of `documents`.
	Document(Document),
}
