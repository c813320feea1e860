//! The plaintext behind a digest, from where its holder keeps it.

use super::verify::read;
use crate::output::counted;
use anyhow::Result;
use std::path::Path;
use winddown_proof::{
	bundle::Plaintext,
	digest::Digest,
	layout::evidence::{Content, BATCH, DOCUMENT},
	merkle::Tree,
	record::{lines, slips, text_lines},
};
use winddown_records::source::Source;
use winddown_sdk::Error;

/// Where plaintexts are kept: by the operator, or in a file; nowhere if neither is named.
pub struct Kept<'a> {
	/// The operator's export or database.
	pub records: Option<&'a Source>,
	/// The file.
	pub file: Option<&'a Path>,
}

/// The record of a ballot. A file may hold other records, too, a line each.
pub async fn of_ballot(kept: &Kept<'_>, digest: &Digest) -> Result<Option<Plaintext>> {
	let found = match (kept.file, kept.records) {
		(Some(file), _) => {
			let content = read(file)?;
			let mut lines = text_lines(&content).into_iter();
			lines.find(|line| digest.algorithm.hash(line) == *digest).map(<[u8]>::to_vec)
		}
		(None, Some(records)) => records.record(digest).await?,
		(None, None) => return Ok(None),
	};
	let record = found.ok_or_else(|| missing(kept, digest))?;
	Ok(Some(Plaintext::Whole(record)))
}

/// The content of an evidence record, or one record of a batch. A value of the chain itself has none.
pub async fn of_evidence(
	kept: &Kept<'_>,
	content: &Content,
	leaf: Option<u32>,
) -> Result<Option<Plaintext>> {
	let digest = &content.digest;
	let found = match (content.encoding, kept.file, kept.records) {
		(DOCUMENT | BATCH, Some(file), _) => Some(read(file)?),
		(DOCUMENT, None, Some(records)) => records.document(digest).await?,
		(BATCH, None, Some(records)) => records.batch(digest).await?,
		_ => return Ok(None),
	};
	let found = found.ok_or_else(|| missing(kept, digest))?;
	let plaintext = match content.encoding {
		BATCH => of_batch(&found, digest, leaf)?,
		_ if digest.algorithm.hash(&found) == *digest => Some(Plaintext::Whole(found)),
		_ => match slips(&found, |text| digest.algorithm.hash(text) == *digest) {
			Some(slips) => {
				return Err(Error::Mismatch(format!(
					"{} was changed on its way: it says what {digest} was taken of, and differs in {slips}; get it \
					 once more, as it is",
					kept.place()
				))
				.into())
			}
			None => None,
		},
	};
	Ok(Some(plaintext.ok_or_else(|| missing(kept, digest))?))
}

/// The batch with this root, or one record of it with its path; `None` when it is another batch.
fn of_batch(content: &[u8], root: &Digest, leaf: Option<u32>) -> Result<Option<Plaintext>, Error> {
	// The records were digested, whatever ends their lines here.
	let leaves = text_lines(content);
	let tree = Tree::new(root.algorithm, &leaves);
	if tree.root() != *root {
		return Ok(None);
	}
	let Some(position) = leaf else { return Ok(Some(Plaintext::Whole(lines(&leaves)))) };
	match (tree.prove(position), leaves.get(position as usize)) {
		(Some(path), Some(record)) => {
			let (record, siblings) = (record.to_vec(), path.siblings);
			Ok(Some(Plaintext::Leaf { record, position, siblings }))
		}
		_ => Err(Error::BadInput(format!(
			"the batch has {}, counted from 0; there is none at {position}",
			counted(leaves.len(), "record", "records")
		))),
	}
}

fn missing(kept: &Kept, digest: &Digest) -> Error {
	Error::Mismatch(format!("{} does not hold what {digest} was taken of", kept.place()))
}

impl Kept<'_> {
	/// Where it is looked for.
	fn place(&self) -> String {
		match (self.file, self.records) {
			(Some(file), _) => file.display().to_string(),
			(None, Some(records)) => records.to_string(),
			(None, None) => "nothing".into(),
		}
	}
}
