//! A folder with a file for each table.

use super::{Entries, Entry, Placed, Writer};
use crate::{
	store::{Batch, Leaf, Record, Row},
	Error,
};
use base64::{engine::general_purpose::STANDARD, Engine};
use serde::de::DeserializeOwned;
use std::{
	collections::HashMap,
	fs::{self, File},
	os::unix::fs::{DirBuilderExt, OpenOptionsExt},
	path::{Path, PathBuf},
};
use winddown_proof::digest::Digest;

const RECORDS: &str = "records.csv";
const BATCHES: &str = "batches.csv";
const LEAVES: &str = "batch_leaves.csv";
const DOCUMENTS: &str = "documents.csv";

/// A row of `documents.csv`, with its content in base64.
type WrittenDocument = (String, i64, String, String, String, String, i64);

pub fn read(folder: &Path) -> Result<Entries, Error> {
	let records = rows::<Record>(&folder.join(RECORDS))?.map(|found| found.and_then(record));
	let documents = rows::<WrittenDocument>(&folder.join(DOCUMENTS))?;
	let documents = documents.map(|found| found.and_then(document));
	let mut leaves = leaves(&folder.join(LEAVES))?;
	let batches = rows::<Batch>(&folder.join(BATCHES))?;
	let batches = batches.map(move |found| {
		found.and_then(|(place, row)| {
			let records = leaves.remove(&row.root).unwrap_or_default();
			batch(place, row, records)
		})
	});
	Ok(Box::new(records.chain(documents).chain(batches)))
}

/// The rows of a file, each with its place.
fn rows<Row: DeserializeOwned + Send + 'static>(
	path: &Path,
) -> Result<impl Iterator<Item = Result<(String, Row), Error>> + Send, Error> {
	let file = File::open(path).map_err(Error::file(path))?;
	let path = path.to_path_buf();
	// The line after the head is the second one.
	let rows = (2u64..).zip(csv::Reader::from_reader(file).into_deserialize());
	Ok(rows.map(move |(number, row)| {
		let place = format!("{}:{number}", path.display());
		match row {
			Ok(row) => Ok((place, row)),
			Err(error) => Err(Error::Malformed { place, reason: error.to_string() }),
		}
	}))
}

/// The leaves of every batch, in order; a gap in the positions, or one twice, is no batch.
fn leaves(path: &Path) -> Result<HashMap<String, Vec<String>>, Error> {
	let mut found: HashMap<String, Vec<(i64, String)>> = HashMap::new();
	for row in rows::<Leaf>(path)? {
		let (_, leaf) = row?;
		found.entry(leaf.root).or_default().push((leaf.position, leaf.record));
	}
	let mut sorted = HashMap::new();
	for (root, mut leaves) in found {
		leaves.sort_unstable();
		if (0..).zip(&leaves).any(|(expected, (position, _))| expected != *position) {
			let reason = format!("the positions of the batch {root} do not count from 0");
			return Err(Error::Malformed { place: path.display().to_string(), reason });
		}
		sorted.insert(root, leaves.into_iter().map(|(_, record)| record).collect());
	}
	Ok(sorted)
}

fn record((place, row): (String, Record)) -> Result<Placed, Error> {
	let entry = Entry::Record {
		digest: parsed(&place, &row.digest)?,
		kind: row.kind,
		case: number(&place, row.case_id)?,
		poll: row.poll.map(|poll| number(&place, poll)).transpose()?,
		lender: row.lender.map(|lender| number(&place, lender)).transpose()?,
		content: row.content,
	};
	Ok(Placed { place, entry })
}

fn document((place, row): (String, WrittenDocument)) -> Result<Placed, Error> {
	let (digest, case, kind, name, media_type, content, _) = row;
	let content = STANDARD.decode(content).map_err(|error| Error::Malformed {
		place: place.clone(),
		reason: format!("the content is not in base64: {error}"),
	})?;
	let (digest, case) = (parsed(&place, &digest)?, number(&place, case)?);
	let entry = Entry::Document { digest, case, kind, name, media_type, content };
	Ok(Placed { place, entry })
}

fn batch(place: String, row: Batch, records: Vec<String>) -> Result<Placed, Error> {
	let entry = Entry::Batch {
		root: parsed(&place, &row.root)?,
		case: number(&place, row.case_id)?,
		kind: row.kind,
		leaves: number(&place, row.leaves)?,
		size: number(&place, row.size)?,
		records: records.iter().map(|digest| parsed(&place, digest)).collect::<Result<_, _>>()?,
	};
	Ok(Placed { place, entry })
}

fn parsed(place: &str, digest: &str) -> Result<Digest, Error> {
	digest.parse().map_err(|error: winddown_proof::digest::NotADigest| Error::Malformed {
		place: place.into(),
		reason: error.to_string(),
	})
}

fn number<Number: TryFrom<i64>>(place: &str, number: i64) -> Result<Number, Error> {
	Number::try_from(number).map_err(|_| Error::Malformed {
		place: place.into(),
		reason: format!("{number} is not possible here"),
	})
}

/// A new file that only its owner may read, since it holds what lenders said and chose.
pub fn new_file(path: &Path) -> Result<File, Error> {
	let made = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
	made.map_err(|error| match error.kind() {
		std::io::ErrorKind::AlreadyExists => Error::Exists(path.into()),
		_ => Error::File { path: path.into(), error },
	})
}

/// Writes an export as a folder of CSV files.
pub struct CsvWriter {
	folder: PathBuf,
	records: csv::Writer<File>,
	batches: csv::Writer<File>,
	leaves: csv::Writer<File>,
	documents: csv::Writer<File>,
}

impl CsvWriter {
	/// Begins a new folder.
	pub fn create(folder: &Path) -> Result<Self, Error> {
		fs::DirBuilder::new().mode(0o700).create(folder).map_err(|error| match error.kind() {
			std::io::ErrorKind::AlreadyExists => Error::Exists(folder.into()),
			_ => Error::File { path: folder.into(), error },
		})?;
		let writer = |name: &str, head: &[&str]| {
			let mut writer = csv::WriterBuilder::new()
				.has_headers(false)
				.from_writer(new_file(&folder.join(name))?);
			writer.write_record(head).map_err(|error| failed(folder, error))?;
			Ok::<_, Error>(writer)
		};
		let record = ["digest", "kind", "case_id", "poll", "lender", "content", "stored_at"];
		let batch = ["root", "case_id", "kind", "leaves", "size", "stored_at"];
		let document = ["digest", "case_id", "kind", "name", "media_type", "content", "stored_at"];
		Ok(Self {
			folder: folder.into(),
			records: writer(RECORDS, &record)?,
			batches: writer(BATCHES, &batch)?,
			leaves: writer(LEAVES, &["root", "position", "record"])?,
			documents: writer(DOCUMENTS, &document)?,
		})
	}
}

impl Writer for CsvWriter {
	fn write(&mut self, row: &Row) -> Result<(), Error> {
		let done = match row {
			Row::Record(record) => self.records.serialize(record),
			Row::Batch(batch) => self.batches.serialize(batch),
			Row::Leaf(leaf) => self.leaves.serialize(leaf),
			Row::Document(row) => self.documents.serialize((
				&row.digest,
				row.case_id,
				&row.kind,
				&row.name,
				&row.media_type,
				STANDARD.encode(&row.content),
				row.stored_at,
			)),
		};
		done.map_err(|error| failed(&self.folder, error))
	}

	fn finish(self) -> Result<(), Error> {
		for writer in [self.records, self.batches, self.leaves, self.documents] {
			let file = writer.into_inner().map_err(|error| Error::File {
				path: self.folder.clone(),
				error: error.into_error(),
			})?;
			file.sync_all().map_err(Error::file(&self.folder))?;
		}
		Ok(())
	}
}

fn failed(folder: &Path, error: csv::Error) -> Error {
	Error::File { path: folder.into(), error: std::io::Error::other(error) }
}
