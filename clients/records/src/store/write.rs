//! What comes in.

use super::{
	on_connection,
	rows::{Batch, Document, Leaf, Record},
	tables::{Tables, MOST_ROWS},
	Pool, Store, LARGEST_DOCUMENT,
};
use crate::{access::now, Error};
use serde::Serialize;
use sqlx::{Executor, Postgres, Transaction};
use std::collections::HashMap;
use winddown_proof::{
	digest::{Algorithm, Digest},
	merkle::Tree,
	record,
};

/// The lock of PostgreSQL that a writer holds until its transaction ends: writers come one after the
/// other, as SQLite has it by itself.
pub(super) const LOCK_WRITERS: &str = "SELECT pg_advisory_xact_lock(8389759068137909348)";

/// The kind of a batch whose records are of several kinds.
pub const MIXED: &str = "other";

/// Most bytes of a name, a kind or a media type.
const LONGEST_TEXT: usize = 255;

/// How many of the things that came were not there, and how many were.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Added {
	/// They are there since now.
	pub new: u64,
	/// They were there already.
	pub known: u64,
}

impl Added {
	/// Counts one more.
	pub(crate) fn count(&mut self, is_new: bool) {
		match is_new {
			true => self.new += 1,
			false => self.known += 1,
		}
	}

	/// Counts others, too.
	pub(crate) fn add(&mut self, others: Self) {
		self.new += others.new;
		self.known += others.known;
	}
}

/// A document that comes in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewDocument {
	/// The algorithm of its digest.
	pub algorithm: Algorithm,
	/// The case.
	pub case: u32,
	/// What it is about.
	pub kind: String,
	/// The name of its file.
	pub name: String,
	/// Its media type.
	pub media_type: String,
	/// Its bytes.
	pub content: Vec<u8>,
}

/// Does something in a transaction of either database: all of it, or nothing.
macro_rules! in_transaction {
	($store:expr, $transaction:ident => $body:expr) => {
		match &$store.pool {
			Pool::Sqlite(pool) => {
				let mut $transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
				let done = $body;
				$transaction.commit().await?;
				done
			}
			Pool::Postgres(pool) => {
				let mut $transaction: Transaction<'_, Postgres> = pool.begin().await?;
				$transaction.execute(LOCK_WRITERS).await?;
				let done = $body;
				$transaction.commit().await?;
				done
			}
		}
	};
}

impl Store {
	/// Keeps records, all of them or none.
	pub async fn add_records(&self, records: &[record::Record]) -> Result<Added, Error> {
		let rows: Vec<Record> = records.iter().map(row).collect();
		Ok(in_transaction!(self, transaction => add_records(&mut *transaction, &rows).await?))
	}

	/// Keeps records in this order as a batch, with the batch or not at all.
	pub async fn add_batch(
		&self,
		algorithm: Algorithm,
		records: &[record::Record],
	) -> Result<(Batch, Added), Error> {
		let rows: Vec<Record> = records.iter().map(row).collect();
		let batch = batch_of(algorithm, &rows)?;
		Ok(in_transaction!(self, transaction => {
			let added = add_records(&mut *transaction, &rows).await?;
			add_batch(&mut *transaction, &batch, &rows).await?;
			(batch, added)
		}))
	}

	/// Makes a batch of records that are here, in this order, unless `check` refuses what comes of it;
	/// whether it is new.
	pub async fn add_batch_of(
		&self,
		algorithm: Algorithm,
		records: &[Digest],
		check: impl FnOnce(&Batch) -> Result<(), Error>,
	) -> Result<(Batch, bool), Error> {
		let rows = on_connection!(self, connection => find_all(&mut *connection, records).await?);
		let batch = batch_of(algorithm, &rows)?;
		check(&batch)?;
		Ok(in_transaction!(self, transaction => {
			let is_new = add_batch(&mut *transaction, &batch, &rows).await?;
			(batch, is_new)
		}))
	}

	/// Keeps a document for a case and a kind; its digest, and whether that is new. Other cases and
	/// kinds may have the same document, of which the bytes are kept once.
	pub async fn add_document(&self, document: NewDocument) -> Result<(Digest, bool), Error> {
		let NewDocument { algorithm, case, kind, name, media_type, content } = document;
		if content.len() > LARGEST_DOCUMENT {
			return Err(Error::TooLarge { size: content.len() });
		}
		for (what, text) in
			[("the kind", &kind), ("the name", &name), ("the media type", &media_type)]
		{
			if text.len() > LONGEST_TEXT || text.chars().any(char::is_control) {
				return Err(Error::BadText(what));
			}
		}
		let digest = algorithm.hash(&content);
		let row = Document {
			digest: digest.to_string(),
			case_id: case.into(),
			kind,
			name,
			media_type,
			content,
			stored_at: stored_at(),
		};
		let is_new = in_transaction!(self, transaction => {
			if transaction.add_content(&row).await? == 0 {
				let kept = transaction.content(&row.digest).await?;
				if kept.as_ref() != Some(&row.content) {
					return Err(Error::Altered(digest));
				}
			}
			transaction.add_use(&row).await? == 1
		});
		Ok((digest, is_new))
	}
}

async fn add_records(tables: &mut impl Tables, rows: &[Record]) -> Result<Added, Error> {
	let mut added = Added::default();
	for rows in rows.chunks(MOST_ROWS) {
		let new = tables.add_records(rows).await?;
		let known = rows.len() as u64 - new;
		if known > 0 {
			are_the_same(tables, rows).await?;
		}
		added.add(Added { new, known });
	}
	Ok(added)
}

/// Whether the database holds these rows as they are.
async fn are_the_same(tables: &mut impl Tables, rows: &[Record]) -> Result<(), Error> {
	let kept = find(tables, rows.iter().map(|row| row.digest.clone()).collect()).await?;
	let is_kept = |row: &Record| {
		let kept = kept.get(&row.digest);
		kept.is_some_and(|kept| Record { stored_at: row.stored_at, ..kept.clone() } == *row)
	};
	match rows.iter().find(|row| !is_kept(row)) {
		Some(altered) => Err(Error::Altered(read(&altered.digest)?)),
		None => Ok(()),
	}
}

async fn add_batch(
	tables: &mut impl Tables,
	batch: &Batch,
	rows: &[Record],
) -> Result<bool, Error> {
	if tables.add_batch(batch).await? == 0 {
		let kept = tables.batch(&batch.root).await?;
		return match kept.map(|kept| Batch { stored_at: batch.stored_at, ..kept }) {
			Some(kept) if kept == *batch => Ok(false),
			_ => Err(Error::Altered(read(&batch.root)?)),
		};
	}
	let leaf = |(position, row): (i64, &Record)| Leaf {
		root: batch.root.clone(),
		position,
		record: row.digest.clone(),
	};
	let leaves: Vec<Leaf> = (0..).zip(rows).map(leaf).collect();
	for leaves in leaves.chunks(MOST_ROWS) {
		tables.add_leaves(leaves).await?;
	}
	Ok(true)
}

/// The rows of these records, in this order; what is kept under a digest must have it.
async fn find_all(tables: &mut impl Tables, records: &[Digest]) -> Result<Vec<Record>, Error> {
	let mut rows = Vec::with_capacity(records.len());
	for digests in records.chunks(MOST_ROWS) {
		let kept = find(tables, digests.iter().map(ToString::to_string).collect()).await?;
		for digest in digests {
			let row = kept.get(&digest.to_string()).ok_or(Error::MissingRecord(*digest))?;
			if digest.algorithm.hash(row.content.as_bytes()) != *digest {
				return Err(Error::Altered(*digest));
			}
			rows.push(row.clone());
		}
	}
	Ok(rows)
}

/// Rows by their digests.
async fn find(
	tables: &mut impl Tables,
	digests: Vec<String>,
) -> Result<HashMap<String, Record>, Error> {
	let found = tables.records(&digests).await?;
	Ok(found.into_iter().map(|row| (row.digest.clone(), row)).collect())
}

fn row(record: &record::Record) -> Record {
	let content = winddown_sdk::record::line(record);
	Record {
		digest: record.algorithm().hash(content.as_bytes()).to_string(),
		kind: record.kind().into(),
		case_id: record.case().into(),
		poll: record.poll().map(Into::into),
		lender: record.lender().map(Into::into),
		content,
		stored_at: stored_at(),
	}
}

fn batch_of(algorithm: Algorithm, rows: &[Record]) -> Result<Batch, Error> {
	let first = rows.first().ok_or(Error::NoBatch)?;
	if rows.iter().any(|row| row.case_id != first.case_id) {
		return Err(Error::NoBatch);
	}
	let contents: Vec<&[u8]> = rows.iter().map(|row| row.content.as_bytes()).collect();
	let tree = Tree::new(algorithm, &contents);
	let is_of_one_kind = rows.iter().all(|row| row.kind == first.kind);
	let size: usize = contents.iter().map(|content| content.len() + 1).sum();
	Ok(Batch {
		root: tree.root().to_string(),
		case_id: first.case_id,
		kind: if is_of_one_kind { first.kind.clone() } else { MIXED.into() },
		leaves: tree.leaves().into(),
		size: i64::try_from(size).unwrap_or(i64::MAX),
		stored_at: stored_at(),
	})
}

fn stored_at() -> i64 {
	i64::try_from(now()).unwrap_or(i64::MAX)
}

fn read(digest: &str) -> Result<Digest, Error> {
	digest.parse().map_err(|_| Error::Malformed {
		place: "the database".into(),
		reason: format!("{digest:?} is no digest"),
	})
}
