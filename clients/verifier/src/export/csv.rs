//! A folder of CSV files with the columns of the database's tables.

use super::{Batch, Document, Entry, ExportError, Record};
use base64::{engine::general_purpose::STANDARD, Engine};
use serde::{de::DeserializeOwned, Deserialize};
use std::{collections::HashMap, path::Path};

#[derive(Deserialize)]
struct RecordRow {
	digest: String,
	kind: String,
	case_id: i64,
	poll: Option<i64>,
	lender: Option<i64>,
	content: String,
}

#[derive(Deserialize)]
struct BatchRow {
	root: String,
	case_id: i64,
	kind: String,
	leaves: i64,
	size: i64,
}

#[derive(Deserialize)]
struct LeafRow {
	root: String,
	position: i64,
	record: String,
}

#[derive(Deserialize)]
struct DocumentRow {
	digest: String,
	case_id: i64,
	name: String,
	content: String,
}

pub fn read(folder: &Path, each: &mut impl FnMut(Entry)) -> Result<(), ExportError> {
	rows(folder, "records.csv", |_, row: RecordRow| {
		let RecordRow { digest, kind, case_id: case, poll, lender, content } = row;
		each(Entry::Record(Record { digest, kind, case, poll, lender, content }));
		Ok(())
	})?;
	let mut leaves: HashMap<String, Vec<(i64, String)>> = HashMap::new();
	rows(folder, "batch_leaves.csv", |_, LeafRow { root, position, record }| {
		leaves.entry(root).or_default().push((position, record));
		Ok(())
	})?;
	rows(folder, "batches.csv", |_, row: BatchRow| {
		let mut records = leaves.remove(&row.root).unwrap_or_default();
		records.sort();
		let BatchRow { root, case_id: case, kind, leaves, size } = row;
		let records = records.into_iter().map(|(_, record)| record).collect();
		each(Entry::Batch(Batch { root, case, kind, leaves, size, records }));
		Ok(())
	})?;
	rows(folder, "documents.csv", |place, row: DocumentRow| {
		let DocumentRow { digest, case_id: case, name, content } = row;
		let content = STANDARD
			.decode(content)
			.map_err(|error| ExportError::Line { place, error: error.to_string() })?;
		each(Entry::Document(Document { digest, case, name, content }));
		Ok(())
	})
}

fn rows<R: DeserializeOwned>(
	folder: &Path,
	name: &str,
	mut each: impl FnMut(String, R) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
	let path = folder.join(name);
	let wrong = |place: String, error: csv::Error| match error.into_kind() {
		csv::ErrorKind::Io(error) => ExportError::Io { path: path.clone(), error },
		other => ExportError::Line { place, error: format!("{other:?}") },
	};
	let place = |number: usize| format!("{}:{number}", path.display());
	let mut reader = csv::Reader::from_path(&path).map_err(|error| wrong(place(1), error))?;
	for (number, row) in (2..).zip(reader.deserialize()) {
		let row = row.map_err(|error| wrong(place(number), error))?;
		each(place(number), row)?;
	}
	Ok(())
}
