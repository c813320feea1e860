//! One object a line, of the type record, batch or document.

use super::{Entries, Placed, Writer};
use crate::{
	store::{Document, Record, Row},
	Error,
};
use base64::{engine::general_purpose::STANDARD, Engine};
use serde_json::json;
use std::{
	fs::File,
	io::{self, BufRead, BufReader, BufWriter, Read, Write},
	path::{Path, PathBuf},
};
use winddown_proof::record::text_lines;

/// Longest line in bytes: the largest document in base64, or a batch of a million records.
const LONGEST_LINE: u64 = 128 * 1024 * 1024;

pub fn read(path: &Path) -> Result<Entries, Error> {
	let mut file = BufReader::new(File::open(path).map_err(Error::file(path))?);
	let path = path.to_path_buf();
	let lines = std::iter::from_fn(move || next_line(&mut file).transpose());
	let placed = (1u64..).zip(lines).filter_map(move |(number, line)| {
		let line = match line {
			Ok(line) => line,
			Err(error) => return Some(Err(Error::file(&path)(error))),
		};
		// Without what a text gets on its way: a mark, other line ends, blank lines.
		let line = text_lines(&line).into_iter().next()?;
		let place = format!("{}:{number}", path.display());
		Some(match serde_json::from_slice(line) {
			Ok(entry) => Ok(Placed { place, entry }),
			Err(error) => Err(Error::Malformed { place, reason: error.to_string() }),
		})
	});
	Ok(Box::new(placed))
}

fn next_line(file: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
	let mut line = Vec::new();
	let read = file.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
	if read as u64 == LONGEST_LINE {
		let reason = format!("a line has {LONGEST_LINE} bytes or more");
		return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
	}
	Ok((read > 0).then_some(line))
}

/// Writes an export in JSON Lines.
pub struct JsonlWriter {
	path: PathBuf,
	out: BufWriter<File>,
	/// How many leaves of the batch before have been written; none outside of one.
	leaves: Option<u64>,
}

impl JsonlWriter {
	/// Begins a new file.
	pub fn create(path: &Path) -> Result<Self, Error> {
		let file = super::csv::new_file(path)?;
		Ok(Self { path: path.into(), out: BufWriter::new(file), leaves: None })
	}

	fn put(&mut self, row: &Row) -> io::Result<()> {
		if !matches!(row, Row::Leaf(_)) {
			self.end_batch()?;
		}
		match row {
			Row::Record(Record { digest, kind, case_id, poll, lender, content, .. }) => {
				let line = json!({ "type": "record", "digest": digest, "kind": kind, "case": case_id,
					"poll": poll, "lender": lender, "content": content });
				writeln!(self.out, "{line}")
			}
			Row::Document(Document {
				digest, case_id, kind, name, media_type, content, ..
			}) => {
				let line = json!({ "type": "document", "digest": digest, "case": case_id, "kind": kind,
					"name": name, "media_type": media_type, "content": STANDARD.encode(content) });
				writeln!(self.out, "{line}")
			}
			Row::Batch(batch) => {
				self.leaves = Some(0);
				let head = json!({ "type": "batch", "root": batch.root, "case": batch.case_id,
					"kind": batch.kind, "leaves": batch.leaves, "size": batch.size });
				// The line stays open: a batch may have more leaves than should be in memory.
				write!(self.out, "{},\"records\":[", head.to_string().trim_end_matches('}'))
			}
			Row::Leaf(leaf) => {
				let before = self.leaves.get_or_insert(0);
				let comma = if *before > 0 { "," } else { "" };
				*before += 1;
				write!(self.out, "{comma}{}", json!(leaf.record))
			}
		}
	}

	fn end_batch(&mut self) -> io::Result<()> {
		match self.leaves.take() {
			Some(_) => writeln!(self.out, "]}}"),
			None => Ok(()),
		}
	}
}

impl Writer for JsonlWriter {
	fn write(&mut self, row: &Row) -> Result<(), Error> {
		let path = self.path.clone();
		self.put(row).map_err(Error::file(&path))
	}

	fn finish(mut self) -> Result<(), Error> {
		let done = self.end_batch().and_then(|()| self.out.flush());
		done.and_then(|()| self.out.get_ref().sync_all()).map_err(Error::file(&self.path))
	}
}
