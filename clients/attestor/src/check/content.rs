//! Bytes against the digest: documents, and batches with their Merkle root.

use super::{kinds, Deposit, Mismatch, Reason};
use winddown_proof::{
	digest::Digest,
	layout::evidence::{Content, BATCH, DOCUMENT, OF_CHAIN},
	merkle::Tree,
	record::{self, Record},
};

/// What kind of thing was digested.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
	/// A value of the chain itself.
	OfChain,
	/// A document.
	Document,
	/// A batch of records.
	Batch,
}

/// A line of a batch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
	/// The record.
	pub record: Record,
	/// Its digest.
	pub digest: Digest,
}

/// A batch that has the root on chain, in the order of its leaves. It has at least one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
	/// Its records.
	pub lines: Vec<Line>,
}

/// Content that has the digest on chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Plaintext {
	/// A document.
	Document,
	/// A batch.
	Batch(Batch),
}

/// Why bytes are not the content of a deposit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
	/// They have another digest.
	Mismatch(Mismatch),
	/// They have the digest, and are wrong.
	Wrong(Reason),
}

impl From<Mismatch> for Refused {
	fn from(mismatch: Mismatch) -> Self {
		Self::Mismatch(mismatch)
	}
}

impl From<Reason> for Refused {
	fn from(reason: Reason) -> Self {
		Self::Wrong(reason)
	}
}

/// What was digested. Only the chain itself deposits its own values.
pub fn form(deposit: &Deposit) -> Result<Form, Reason> {
	let encoding = deposit.record.content.encoding;
	match (encoding, deposit.record.producer) {
		(OF_CHAIN, None) => Ok(Form::OfChain),
		(DOCUMENT, Some(_)) => Ok(Form::Document),
		(BATCH, Some(_)) => Ok(Form::Batch),
		_ => Err(Reason::UnknownEncoding { encoding }),
	}
}

/// Compares what was served with the digest; a batch is read, too.
pub fn content(deposit: &Deposit, form: Form, bytes: &[u8]) -> Result<Plaintext, Refused> {
	match form {
		Form::Batch => batch(deposit, bytes).map(Plaintext::Batch),
		Form::Document | Form::OfChain => document(&deposit.record.content, bytes),
	}
}

fn document(content: &Content, bytes: &[u8]) -> Result<Plaintext, Refused> {
	let hash = |bytes: &[u8]| content.digest.algorithm.hash(bytes);
	let found = hash(bytes);
	if found != content.digest {
		let slips = record::slips(bytes, |text| hash(text) == content.digest);
		return Err(slips
			.map_or(Mismatch::Digest { found }, |slips| Mismatch::Slips { slips })
			.into());
	}
	ensure_size(content, bytes.len())?;
	ensure_leaves(content, 1)?;
	Ok(Plaintext::Document)
}

fn batch(deposit: &Deposit, bytes: &[u8]) -> Result<Batch, Refused> {
	let content = &deposit.record.content;
	// The records were digested, whatever ends their lines on the way.
	let lines = record::text_lines(bytes);
	let tree = Tree::new(content.digest.algorithm, &lines);
	let found = tree.root();
	if found != content.digest {
		return Err(Mismatch::Digest { found }.into());
	}
	ensure_size(content, record::lines(&lines).len())?;
	ensure_leaves(content, tree.leaves())?;
	let lines = (0..).zip(lines).map(|(position, line)| read(deposit, position, line));
	Ok(Batch { lines: lines.collect::<Result<_, _>>()? })
}

fn read(deposit: &Deposit, position: u32, line: &[u8]) -> Result<Line, Reason> {
	let record = Record::parse(line)
		.map_err(|error| Reason::NoRecord { position, why: error.to_string() })?;
	if record.case() != deposit.record.case {
		return Err(Reason::OtherCase { position, case: record.case() });
	}
	kinds::ensure(deposit.record.kind, position, &record)?;
	let digest = record.algorithm().hash(line);
	Ok(Line { record, digest })
}

fn ensure_size(content: &Content, bytes: usize) -> Result<(), Reason> {
	let found = bytes as u64;
	match found == content.size {
		true => Ok(()),
		false => Err(Reason::WrongSize { stated: content.size, found }),
	}
}

fn ensure_leaves(content: &Content, found: u32) -> Result<(), Reason> {
	match found == content.leaves {
		true => Ok(()),
		false => Err(Reason::WrongLeaves { stated: content.leaves, found }),
	}
}
