//! The operator's plaintext against the chain, both ways.

mod ballot;
mod batch;
mod hashing;

use super::{
	finding::{Code, Findings, Place},
	replay::World,
};
use crate::{
	chain::types::{Digest, EvidenceId},
	export::{Batch, Document, Entry, ExportError, Record, Source},
};
use ballot::{Ballots, Read};
use batch::Leaf;
use hashing::Algorithm;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use winddown_proof::record::slips;

/// Records checked at once.
const CHUNK: usize = 4_096;

/// The value of the chain itself: nothing to look for in an export.
const OF_CHAIN: u16 = 0;
/// A document.
const DOCUMENT: u16 = 1;
/// A batch of records.
const BATCH: u16 = 2;

/// What was read of an export.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Kept {
	/// Records of ballots.
	pub ballots: u64,
	/// Other records.
	pub others: u64,
	/// Batches.
	pub batches: u64,
	/// Documents.
	pub documents: u64,
	/// Whether the newest changes may be missing, because a log belongs to the database that is not there.
	pub may_lack_its_log: bool,
}

impl Kept {
	/// What is to be known before anything is called missing; nothing of an export that is whole.
	pub fn caution(&self) -> Option<(&'static str, &'static str)> {
		self.may_lack_its_log.then_some((
			"the database was not closed by its program, or was copied without the log beside it (-wal): what was \
			 written last may be missing, and what is found missing may be kept",
			"该数据库未被其程序正常关闭，或复制时缺少同名日志（-wal）：最后写入的内容可能不在其中，报告所称缺失者可能实有保存",
		))
	}
}

/// What is known while an export is read.
struct Reading<'w> {
	world: &'w World,
	findings: &'w mut Findings,
	ballots: Ballots<'w>,
	/// Every record by its digest, as a leaf of a tree; nothing for one that was altered.
	leaves: HashMap<Digest, Option<Leaf>>,
	batches: Vec<Batch>,
	documents: HashSet<Digest>,
	/// Records on chain over this digest, each with its encoding: one document may be evidence of several
	/// kinds, and the chain's own value besides.
	evidence: HashMap<Digest, Vec<(EvidenceId, u16)>>,
	waiting: Vec<Record>,
	kept: Kept,
}

/// Compares an export with what the blocks brought about.
pub fn compare(
	source: &Source,
	world: &World,
	findings: &mut Findings,
) -> Result<Kept, ExportError> {
	let of_case = world.records.iter().filter(|(_, record)| record.case == world.scope);
	let mut evidence: HashMap<Digest, Vec<(EvidenceId, u16)>> = HashMap::new();
	for (id, record) in of_case {
		let over = evidence.entry(record.content.digest).or_default();
		over.push((*id, record.content.encoding));
	}
	let mut reading = Reading {
		world,
		findings,
		ballots: Ballots::new(&world.casts),
		leaves: HashMap::new(),
		batches: vec![],
		documents: HashSet::new(),
		evidence,
		waiting: vec![],
		kept: Kept { may_lack_its_log: source.may_lack_its_log()?, ..Kept::default() },
	};
	source.read(world.scope, |entry| reading.entry(entry))?;
	reading.flush();
	Ok(reading.finish())
}

impl Reading<'_> {
	fn entry(&mut self, entry: Entry) {
		match entry {
			Entry::Record(record) => {
				self.waiting.push(record);
				if self.waiting.len() >= CHUNK {
					self.flush();
				}
			}
			Entry::Batch(batch) => {
				self.kept.batches += 1;
				self.batches.push(batch);
			}
			Entry::Document(document) => self.document(document),
		}
	}

	/// Checks the records that wait.
	fn flush(&mut self) {
		let waiting = std::mem::take(&mut self.waiting);
		let read: Vec<Read> = waiting.par_iter().map(ballot::read).collect();
		for (record, read) in waiting.iter().zip(read) {
			self.record(record, read);
		}
	}

	fn record(&mut self, record: &Record, read: Read) {
		match record.kind.as_str() {
			"ballot" => self.kept.ballots += 1,
			_ => self.kept.others += 1,
		}
		let place = Place::digest(&record.digest);
		let Read { stated, actual, leaf, body } = read;
		let Some(stated) = stated else {
			return self.findings.add(Code::RecordMalformed, place, "a digest", &record.digest);
		};
		let place = self.ballots.place(&stated, place);
		let body = match body {
			Ok(body) => body,
			Err(what) => {
				self.leaves.insert(stated, Some(leaf).filter(|_| actual == Some(stated)));
				self.ballots.see(&stated);
				return self.findings.add(
					Code::RecordMalformed,
					place,
					"a record of its schema",
					what,
				);
			}
		};
		if actual != Some(stated) {
			// The content of another ballot under this one's digest is a swap, any other an alteration.
			let other = actual.filter(|actual| self.ballots.knows(actual));
			let code = other.map_or(Code::RecordAltered, |_| Code::RecordsSwapped);
			let found = actual.map_or("no digest".into(), |actual| actual.to_string());
			self.findings.add(code, place, stated, found);
			self.leaves.insert(stated, None);
			self.ballots.see(&stated);
			return;
		}
		if self.leaves.insert(stated, Some(leaf)).is_some() {
			self.findings.add(
				Code::RecordTwice,
				place.clone(),
				"one record",
				"another under this digest",
			);
		}
		if let Some(body) = body {
			self.ballots.compare(&stated, &body, self.world.scope, place, self.findings);
		}
	}

	fn document(&mut self, document: Document) {
		self.kept.documents += 1;
		let place = Place::digest(&document.digest);
		let Some((algorithm, stated)) = hashing::parse(&document.digest) else {
			return self.findings.add(Code::DocumentAltered, place, "a digest", document.digest);
		};
		let actual = algorithm.digest(&document.content);
		if actual != stated {
			let slips = slips(&document.content, |text| algorithm.digest(text) == stated);
			let found = match slips {
				Some(slips) => format!("{actual}: it says the same, and differs in {slips}"),
				None => actual.to_string(),
			};
			self.findings.add(Code::DocumentAltered, place, stated, found);
		} else if !self.evidence.contains_key(&stated)
			&& !self.world.documents.contains_key(&stated)
		{
			let found = format!("{:?}", document.name);
			self.findings.add(Code::DocumentExtra, place, "a digest on chain", found);
		}
		self.documents.insert(stated);
	}

	fn finish(mut self) -> Kept {
		let mut used: HashSet<Digest> = HashSet::new();
		let mut known: HashSet<EvidenceId> = HashSet::new();
		for batch in std::mem::take(&mut self.batches) {
			let place = Place::digest(&batch.root);
			let root = hashing::parse(&batch.root);
			let Some((algorithm, root)) = root else {
				self.findings.add(Code::BatchRoot, place, "a digest", &batch.root);
				continue;
			};
			let over = self.evidence.get(&root).into_iter().flatten();
			let ids: Vec<EvidenceId> =
				over.filter(|(_, encoding)| *encoding == BATCH).map(|(id, _)| *id).collect();
			if ids.is_empty() {
				self.findings.add(Code::BatchExtra, place, "a record on chain", "none");
				continue;
			}
			for id in ids {
				known.insert(id);
				let content = &self.world.records[&id].content;
				let place = Place { evidence: Some(id), ..place.clone() };
				let check =
					batch::Check { batch: &batch, algorithm, content, leaves: &self.leaves };
				check.run(&place, self.findings);
			}
			used.extend(batch.records.iter().filter_map(|digest| Some(hashing::parse(digest)?.1)));
		}
		self.ballots.missing(self.findings);
		self.unused(&used);
		self.evidence_without_content(&known);
		self.kept
	}

	/// Records that are neither a ballot's nor in a batch.
	fn unused(&mut self, used: &HashSet<Digest>) {
		let mut unused: Vec<&Digest> = self
			.leaves
			.keys()
			.filter(|digest| {
				!used.contains(*digest)
					&& !self.ballots.knows(digest)
					&& !self.ballots.is_extra(digest)
					&& !self.evidence.contains_key(*digest)
					&& !self.world.documents.contains_key(*digest)
			})
			.collect();
		unused.sort();
		for digest in unused {
			self.findings.add(
				Code::RecordExtra,
				Place::digest(digest),
				"a digest on chain",
				"none",
			);
		}
	}

	fn evidence_without_content(&mut self, batches: &HashSet<EvidenceId>) {
		let over = |(digest, over): (&Digest, &Vec<(EvidenceId, u16)>)| {
			let digest = *digest;
			over.iter().map(move |(id, encoding)| (*id, *encoding, digest)).collect::<Vec<_>>()
		};
		let mut evidence: Vec<_> = self.evidence.iter().flat_map(over).collect();
		evidence.sort_by_key(|(id, ..)| *id);
		for (id, encoding, digest) in evidence {
			let place = Place { evidence: Some(id), ..Place::digest(digest) };
			match encoding {
				OF_CHAIN => {}
				BATCH if !batches.contains(&id) => {
					self.findings.add(Code::BatchMissing, place, "a batch with this root", "none")
				}
				DOCUMENT if !self.documents.contains(&digest) => {
					self.findings.add(Code::DocumentMissing, place, "a document", "none")
				}
				_ => {}
			}
		}
	}
}

impl Algorithm {
	/// The digest of bytes, as the chain writes it.
	fn digest(self, bytes: &[u8]) -> Digest {
		let hash = self.hash(&[bytes]);
		match self {
			Self::Blake2b256 => Digest::Blake2b256(hash),
			Self::Sha256 => Digest::Sha256(hash),
			Self::Sm3 => Digest::Sm3(hash),
		}
	}
}
