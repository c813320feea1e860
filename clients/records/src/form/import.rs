//! Takes an export in.

use super::{read, Entry, Placed};
use crate::{
	store::{Added, Batch, NewDocument, Store, MIXED},
	Error,
};
use serde::Serialize;
use std::path::Path;
use winddown_proof::{
	digest::Digest,
	record::{slips, Record},
};

/// Records that go in at once.
const AT_ONCE: usize = 1_000;

/// What an import brought.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Imported {
	/// Records.
	pub records: Added,
	/// Batches.
	pub batches: Added,
	/// Documents.
	pub documents: Added,
}

impl Imported {
	/// How many entries.
	pub const fn entries(&self) -> u64 {
		let Self { records: r, batches: b, documents: d } = self;
		r.new + r.known + b.new + b.known + d.new + d.known
	}
}

/// Takes the export at `path` in. Records and documents come first, some at a time, and then each batch
/// as a whole. An import that was broken off, or failed, goes on when it is done again.
pub async fn import(
	store: &Store,
	path: &Path,
	mut progress: impl FnMut(&Imported),
) -> Result<Imported, Error> {
	let mut imported = Imported::default();
	let mut records = Vec::with_capacity(AT_ONCE);
	for placed in read(path)? {
		let Placed { place, entry } = placed?;
		match entry {
			Entry::Batch { .. } => continue,
			Entry::Record { digest, kind, case, poll, lender, content } => {
				let parsed = Record::parse(content.as_bytes()).map_err(Error::from);
				let record = parsed.map_err(at(&place))?;
				is_digest(record.digest(), &digest).map_err(at(&place))?;
				let fields = [
					("kind", record.kind() == kind),
					("case", record.case() == case),
					("poll", record.poll() == poll),
					("lender", record.lender() == lender),
				];
				all(&digest, fields).map_err(at(&place))?;
				records.push(record);
				if records.len() == AT_ONCE {
					flush(store, &mut records, &mut imported).await?;
				}
			}
			Entry::Document { digest, case, kind, name, media_type, content } => {
				let hash = |bytes: &[u8]| digest.algorithm.hash(bytes);
				is_digest(hash(&content), &digest).map_err(|error| {
					let slips = slips(&content, |text| hash(text) == digest);
					at(&place)(slips.map_or(error, |slips| Error::Slips { digest, slips }))
				})?;
				let algorithm = digest.algorithm;
				let document = NewDocument { algorithm, case, kind, name, media_type, content };
				let (_, is_new) = store.add_document(document).await.map_err(at(&place))?;
				imported.documents.count(is_new);
			}
		}
		progress(&imported);
	}
	flush(store, &mut records, &mut imported).await?;
	for placed in read(path)? {
		let Placed { place, entry } = placed?;
		if let Entry::Batch { root, case, kind, leaves, size, records } = entry {
			let check = |batch: &Batch| is_stated_batch(batch, &root, case, &kind, leaves, size);
			let added = store.add_batch_of(root.algorithm, &records, check).await;
			imported.batches.count(added.map_err(at(&place))?.1);
			progress(&imported);
		}
	}
	Ok(imported)
}

async fn flush(
	store: &Store,
	records: &mut Vec<Record>,
	imported: &mut Imported,
) -> Result<(), Error> {
	imported.records.add(store.add_records(records).await?);
	records.clear();
	Ok(())
}

/// Digests are computed here, and what comes with one must have it.
fn is_digest(actual: Digest, claimed: &Digest) -> Result<(), Error> {
	match actual == *claimed {
		true => Ok(()),
		false => Err(Error::WrongDigest { claimed: *claimed, actual }),
	}
}

fn is_stated_batch(
	batch: &Batch,
	root: &Digest,
	case: u32,
	kind: &str,
	leaves: u32,
	size: u64,
) -> Result<(), Error> {
	let actual: Digest = batch.root.parse().map_err(|_| Error::NoBatch)?;
	is_digest(actual, root)?;
	all(
		root,
		[
			("case", batch.case_id == i64::from(case)),
			("kind", batch.kind == kind || batch.kind == MIXED),
			("leaves", batch.leaves == i64::from(leaves)),
			("size", u64::try_from(batch.size) == Ok(size)),
		],
	)
}

fn all<const COUNT: usize>(
	digest: &Digest,
	fields: [(&'static str, bool); COUNT],
) -> Result<(), Error> {
	match fields.into_iter().find(|(_, is_right)| !is_right) {
		Some((field, _)) => Err(Error::WrongField { digest: *digest, field }),
		None => Ok(()),
	}
}

fn at(place: &str) -> impl Fn(Error) -> Error + '_ {
	move |error| Error::At { place: place.into(), error: Box::new(error) }
}
