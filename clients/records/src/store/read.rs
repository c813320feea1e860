//! What is asked for by its digest.

use super::{
	on_connection,
	rows::{Batch, Count, Document, Record, Use},
	tables::{Tables, Wanted, MOST_ROWS},
	Pool, Store,
};
use crate::Error;
use futures::{stream, Stream};
use std::collections::HashSet;
use winddown_proof::{digest::Digest, record};

/// How many records of a batch are read at once.
const PAGE: i64 = 512;

/// Which records a batch is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
	/// Those that no batch has yet.
	Unbatched,
	/// Those that a batch has, too.
	All,
}

impl Store {
	/// The record with this digest.
	pub async fn record(&self, digest: &Digest) -> Result<Option<Record>, Error> {
		let found =
			on_connection!(self, connection => connection.records(&[digest.to_string()]).await?);
		Ok(found.into_iter().next())
	}

	/// The batch with this root, without its records.
	pub async fn batch(&self, root: &Digest) -> Result<Option<Batch>, Error> {
		on_connection!(self, connection => Ok(connection.batch(&root.to_string()).await?))
	}

	/// The document with this digest, as the first case and kind have it.
	pub async fn document(&self, digest: &Digest) -> Result<Option<Document>, Error> {
		on_connection!(self, connection => Ok(connection.document(&digest.to_string()).await?))
	}

	/// The cases and kinds of evidence to which a document belongs, by case and kind.
	pub async fn uses(&self, digest: &Digest) -> Result<Vec<Use>, Error> {
		on_connection!(self, connection => Ok(connection.uses(&digest.to_string()).await?))
	}

	/// The batches of a case, or of all, by case, kind and root.
	pub async fn batches(&self, case: Option<u32>) -> Result<Vec<Batch>, Error> {
		on_connection!(self, connection => Ok(connection.batches(case.map(Into::into)).await?))
	}

	/// Those of these digests under which a document or a batch is kept.
	pub async fn kept(&self, digests: &[Digest]) -> Result<HashSet<Digest>, Error> {
		let mut kept = HashSet::new();
		for some in digests.chunks(MOST_ROWS) {
			let texts: Vec<String> = some.iter().map(ToString::to_string).collect();
			let found = on_connection!(self, connection => connection.kept(&texts).await?);
			kept.extend(found.iter().filter_map(|digest| digest.parse::<Digest>().ok()));
		}
		Ok(kept)
	}

	/// The batches that have this record, and its positions in them.
	pub async fn batches_of(&self, record: &Digest) -> Result<Vec<(String, i64)>, Error> {
		on_connection!(self, connection => Ok(connection.batches_of(&record.to_string()).await?))
	}

	/// How much is kept.
	pub async fn counts(&self) -> Result<Vec<Count>, Error> {
		let counts = on_connection!(self, connection => connection.counts().await?);
		let count = |(table, case, kind, rows)| Count { table, case, kind, rows };
		Ok(counts.into_iter().map(count).collect())
	}

	/// The records of a case and kind, ordered by poll, lender and digest.
	pub async fn choose(
		&self,
		case: u32,
		kind: &str,
		poll: Option<u32>,
		choice: Choice,
	) -> Result<Vec<Digest>, Error> {
		let also_batched = choice == Choice::All;
		let wanted = Wanted { case: case.into(), kind, poll: poll.map(Into::into), also_batched };
		let chosen = on_connection!(self, connection => connection.choose(wanted).await?);
		chosen
			.into_iter()
			.map(|(digest, content)| {
				let record = record::Record::parse(content.as_bytes())?;
				let actual = record.digest();
				let is_same = actual.to_string() == digest;
				is_same.then_some(actual).ok_or(Error::Altered(actual))
			})
			.collect()
	}

	/// The lines of a batch, some at a time. No connection is held in between, so that whoever takes
	/// them may be slow.
	pub fn lines(&self, batch: &Batch) -> impl Stream<Item = Result<Vec<u8>, Error>> + Send {
		let state = (self.clone(), batch.root.clone(), 0, batch.leaves);
		stream::try_unfold(state, |(store, root, from, leaves)| async move {
			if from >= leaves {
				return Ok(None);
			}
			let to = leaves.min(from + PAGE);
			let page = on_connection!(store, connection => connection.page(&root, from, to).await?);
			Ok(Some((record::lines(&page), (store, root, to, leaves))))
		})
	}
}
