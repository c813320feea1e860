//! The plaintext behind one digest, from an export or from the database. What is found is as it is
//! kept: whoever asks compares it with the digest.

use crate::{
	form::{self, Entry},
	store::{self, Store},
	Error,
};
use futures::TryStreamExt;
use std::{
	collections::{HashMap, HashSet},
	convert::Infallible,
	fmt,
	path::{Path, PathBuf},
	str::FromStr,
};
use winddown_proof::{digest::Digest, record::lines};

/// Where records are kept.
#[derive(Clone, PartialEq, Eq)]
pub enum Source {
	/// An export: a file of JSON Lines, or a folder of CSV files.
	Export(PathBuf),
	/// A database by its URL.
	Database(String),
}

impl FromStr for Source {
	type Err = Infallible;

	fn from_str(text: &str) -> Result<Self, Infallible> {
		Ok(match store::is_url(text) {
			true => Self::Database(text.into()),
			false => Self::Export(text.into()),
		})
	}
}

/// The URL of a database may hold a password, which is left out.
impl fmt::Display for Source {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Export(path) => path.display().fmt(out),
			Self::Database(url) if url.starts_with("sqlite:") => out.write_str(url),
			Self::Database(_) => out.write_str("the database"),
		}
	}
}

impl fmt::Debug for Source {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(self, out)
	}
}

impl Source {
	/// The record with this digest.
	pub async fn record(&self, wanted: &Digest) -> Result<Option<Vec<u8>>, Error> {
		match self {
			Self::Database(url) => {
				let found = Store::read_only(url).await?.record(wanted).await?;
				Ok(found.map(|record| record.content.into_bytes()))
			}
			Self::Export(path) => find(path, |entry| match entry {
				Entry::Record { digest, content, .. } if digest == *wanted => {
					Some(content.into_bytes())
				}
				_ => None,
			}),
		}
	}

	/// The document with this digest.
	pub async fn document(&self, wanted: &Digest) -> Result<Option<Vec<u8>>, Error> {
		match self {
			Self::Database(url) => {
				let found = Store::read_only(url).await?.document(wanted).await?;
				Ok(found.map(|document| document.content))
			}
			Self::Export(path) => find(path, |entry| match entry {
				Entry::Document { digest, content, .. } if digest == *wanted => Some(content),
				_ => None,
			}),
		}
	}

	/// The lines of the batch with this root; none, too, when a record of it is not kept.
	pub async fn batch(&self, wanted: &Digest) -> Result<Option<Vec<u8>>, Error> {
		match self {
			Self::Database(url) => {
				let store = Store::read_only(url).await?;
				let Some(batch) = store.batch(wanted).await? else { return Ok(None) };
				let lines = store.lines(&batch).try_concat().await?;
				Ok(Some(lines))
			}
			Self::Export(path) => batch_of_export(path, wanted),
		}
	}
}

fn batch_of_export(path: &Path, wanted: &Digest) -> Result<Option<Vec<u8>>, Error> {
	let digests = find(path, |entry| match entry {
		Entry::Batch { root, records, .. } if root == *wanted => Some(records),
		_ => None,
	})?;
	let Some(digests) = digests else { return Ok(None) };
	let leaves: HashSet<&Digest> = digests.iter().collect();
	let mut contents: HashMap<Digest, String> = HashMap::new();
	find(path, |entry| {
		if let Entry::Record { digest, content, .. } = entry {
			if leaves.contains(&digest) {
				contents.insert(digest, content);
			}
		}
		None::<()>
	})?;
	let found: Option<Vec<&String>> = digests.iter().map(|digest| contents.get(digest)).collect();
	Ok(found.map(|leaves| lines(&leaves)))
}

/// What `choose` makes of the first entry that it takes.
fn find<Found>(
	path: &Path,
	mut choose: impl FnMut(Entry) -> Option<Found>,
) -> Result<Option<Found>, Error> {
	for placed in form::read(path)? {
		if let Some(found) = choose(placed?.entry) {
			return Ok(Some(found));
		}
	}
	Ok(None)
}
