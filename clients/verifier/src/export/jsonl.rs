//! JSON Lines: one object a line, of the type record, batch or document.

use super::{Batch, Document, Entry, ExportError, Record};
use base64::{engine::general_purpose::STANDARD, Engine};
use serde::Deserialize;
use std::{
	fs::File,
	io::{BufRead, BufReader},
	path::Path,
};

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line {
	Record(Record),
	Batch(Batch),
	Document { digest: String, case: i64, name: String, content: String },
}

pub fn read(path: &Path, each: &mut impl FnMut(Entry)) -> Result<(), ExportError> {
	let io = |error| ExportError::Io { path: path.into(), error };
	let file = BufReader::new(File::open(path).map_err(io)?);
	for (number, line) in (1..).zip(file.lines()) {
		let line = line.map_err(io)?;
		// A text gets a mark, other line ends and blank lines on its way.
		let line = line.trim_start_matches('\u{feff}').trim();
		if line.is_empty() {
			continue;
		}
		let wrong = |error: String| {
			let place = format!("{}:{number}", path.display());
			ExportError::Line { place, error }
		};
		let line = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
		each(match line {
			Line::Record(record) => Entry::Record(record),
			Line::Batch(batch) => Entry::Batch(batch),
			Line::Document { digest, case, name, content } => {
				let content = STANDARD.decode(content).map_err(|error| wrong(error.to_string()))?;
				Entry::Document(Document { digest, case, name, content })
			}
		});
	}
	Ok(())
}
