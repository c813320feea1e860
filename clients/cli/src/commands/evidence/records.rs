//! The operator's records, as its export in JSON Lines holds them (docs/records.md).

use base64::{engine::general_purpose::STANDARD, Engine};
use serde::Deserialize;
use std::{
	collections::{HashMap, HashSet},
	fs::File,
	io::{BufRead, BufReader},
	path::Path,
};
use winddown_proof::{digest::Digest, record::lines};
use winddown_sdk::Error;

/// A line of the export.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line {
	Record { digest: String, content: String },
	Batch { root: String, records: Vec<String> },
	Document { digest: String, content: String },
}

/// The record with this digest; `None` when the export has none.
pub fn record(export: &Path, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
	let wanted = digest.to_string();
	find(export, |line| match line {
		Line::Record { digest, content } if digest == wanted => Some(content.into_bytes()),
		_ => None,
	})
}

/// The document with this digest; `None` when the export has none.
pub fn document(export: &Path, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
	let wanted = digest.to_string();
	let found = find(export, |line| match line {
		Line::Document { digest, content } if digest == wanted => Some(content),
		_ => None,
	})?;
	let decode = |content| STANDARD.decode::<String>(content);
	found.map(decode).transpose().map_err(|error| bad(export, &error.to_string()))
}

/// The lines of the batch with this root; `None` when the export has none, or misses a record of it.
pub fn batch(export: &Path, root: &Digest) -> Result<Option<Vec<u8>>, Error> {
	let wanted = root.to_string();
	let digests = find(export, |line| match line {
		Line::Batch { root, records } if root == wanted => Some(records),
		_ => None,
	})?;
	let Some(digests) = digests else { return Ok(None) };
	let wanted: HashSet<&str> = digests.iter().map(String::as_str).collect();
	let mut contents: HashMap<&str, String> = HashMap::new();
	find(export, |line| {
		if let Line::Record { digest, content } = line {
			if let Some(digest) = wanted.get(digest.as_str()) {
				contents.insert(digest, content);
			}
		}
		None::<()>
	})?;
	let leaves: Option<Vec<&String>> =
		digests.iter().map(|digest| contents.get(digest.as_str())).collect();
	Ok(leaves.map(|leaves| lines(&leaves)))
}

/// What `choose` makes of the first line that it takes.
fn find<Found>(
	export: &Path,
	mut choose: impl FnMut(Line) -> Option<Found>,
) -> Result<Option<Found>, Error> {
	let file = File::open(export).map_err(|error| bad(export, &error.to_string()))?;
	for (at, line) in BufReader::new(file).lines().enumerate() {
		let line = line.map_err(|error| bad(export, &error.to_string()))?;
		let line = serde_json::from_str(&line)
			.map_err(|error| bad(export, &format!("line {}: {error}", at + 1)))?;
		if let Some(found) = choose(line) {
			return Ok(Some(found));
		}
	}
	Ok(None)
}

fn bad(export: &Path, reason: &str) -> Error {
	Error::File { path: export.into(), reason: reason.into() }
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_proof::{digest::Algorithm, merkle::Tree};

	/// An export of two records, the batch over them and a document.
	fn export() -> (tempfile::NamedTempFile, [Digest; 2]) {
		let digest = |bytes: &str| Algorithm::Sm3.hash(bytes.as_bytes());
		let record = |content: &str| {
			let digest = digest(content);
			serde_json::json!({ "type": "record", "digest": digest, "kind": "other", "case": 0,
				"poll": null, "lender": null, "content": content })
		};
		let root = Tree::new(Algorithm::Sm3, &["one", "two"]).root();
		let document = digest("a document");
		let lines = [
			serde_json::json!({ "type": "batch", "root": root, "case": 0, "kind": "other", "leaves": 2,
				"size": 8, "records": [digest("one"), digest("two")] }),
			record("two"),
			record("one"),
			serde_json::json!({ "type": "document", "digest": document, "case": 0, "kind": "notice",
				"name": "n.txt", "media_type": "text/plain", "content": STANDARD.encode("a document") }),
		];
		let file = tempfile::NamedTempFile::new().unwrap();
		let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
		std::fs::write(file.path(), text).unwrap();
		(file, [root, document])
	}

	#[test]
	fn records_batches_and_documents_are_found_by_their_digests() {
		let (file, [root, document_digest]) = export();
		let one = Algorithm::Sm3.hash(b"one");
		assert_eq!(record(file.path(), &one).unwrap(), Some(b"one".to_vec()));
		assert_eq!(batch(file.path(), &root).unwrap(), Some(b"one\ntwo\n".to_vec()));
		let document = document(file.path(), &document_digest).unwrap();
		assert_eq!(document, Some(b"a document".to_vec()));
		assert_eq!(record(file.path(), &root).unwrap(), None);
	}

	#[test]
	fn a_line_that_is_none_is_named() {
		let file = tempfile::NamedTempFile::new().unwrap();
		std::fs::write(file.path(), "{}\n").unwrap();
		let error = record(file.path(), &Algorithm::Sm3.hash(b"one")).unwrap_err().to_string();
		assert!(error.contains("line 1: missing field `type`"), "{error}");
	}
}
