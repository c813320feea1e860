//! Records of ballots: what they say, and whether it is what was cast.

use super::{
	batch::Leaf,
	hashing::{self, Algorithm},
	Code, Findings, Place,
};
use crate::{audit::replay::Cast, chain::types::Digest, export::Record};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use winddown_proof::record::slips;

/// Hex digits of a salt.
const SALT: usize = 64;

/// The plaintext record of a ballot. Fields stand in the order of the canonical form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotRecord {
	algorithm: String,
	case: u32,
	cast_at: u64,
	choices: Vec<Vec<u8>>,
	kind: String,
	lender: u32,
	poll: u32,
	salt: String,
	version: u32,
}

/// What every record has.
#[derive(Deserialize)]
struct Common {
	algorithm: String,
	case: i64,
	kind: String,
	salt: String,
	version: u32,
}

/// A record, read.
pub struct Read {
	/// The digest under which it is kept.
	pub stated: Option<Digest>,
	/// The digest of its bytes, by the algorithm that it names.
	pub actual: Option<Digest>,
	/// The record as a leaf of a tree.
	pub leaf: Leaf,
	/// The record of a ballot, or nothing for another kind; else what is wrong with it.
	pub body: Result<Option<BallotRecord>, String>,
}

/// Reads a record: form, salt, digest.
pub fn read(record: &Record) -> Read {
	let bytes = record.content.as_bytes();
	let stated = hashing::parse(&record.digest);
	let named = serde_json::from_slice::<Common>(bytes)
		.map_err(|error| error.to_string())
		.and_then(|common| check(common, record));
	let algorithm = named.as_ref().ok().copied().or(stated.map(|(algorithm, _)| algorithm));
	let algorithm = algorithm.unwrap_or(Algorithm::Blake2b256);
	let body = named.and_then(|_| match record.kind.as_str() {
		"ballot" => ballot(bytes).map(Some).map_err(|what| {
			match slips(bytes, |text| ballot(text).is_ok()) {
				Some(slips) => format!("a right record, changed on its way: it differs in {slips}"),
				None => what,
			}
		}),
		_ => match winddown_proof::record::Record::parse(bytes) {
			Ok(_) => Ok(None),
			Err(error) => Err(error.to_string()),
		},
	});
	Read {
		stated: stated.map(|(_, digest)| digest),
		actual: Some(algorithm.digest(bytes)),
		leaf: Leaf::new(algorithm, bytes),
		body,
	}
}

fn check(common: Common, record: &Record) -> Result<Algorithm, String> {
	let Common { algorithm, case, kind, salt, version } = common;
	let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
	if salt.len() != SALT || !salt.bytes().all(hex) {
		return Err("a salt that is not 32 bytes in lower-case hex".into());
	}
	if version != 1 || kind != record.kind || case != record.case {
		return Err(format!("version {version}, kind {kind}, case {case}"));
	}
	Algorithm::named(&algorithm).ok_or(format!("algorithm {algorithm}"))
}

fn ballot(bytes: &[u8]) -> Result<BallotRecord, String> {
	let record: BallotRecord = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
	let canonical = serde_json::to_vec(&record).map_err(|error| error.to_string())?;
	if canonical != bytes {
		return Err("JSON that is not canonical".into());
	}
	record.marks().ok_or("marks that do not ascend, or beyond option 31")?;
	Ok(record)
}

impl BallotRecord {
	/// The marks on each item, a bit for each.
	fn marks(&self) -> Option<Vec<u32>> {
		let item = |options: &Vec<u8>| {
			let ascending = options.windows(2).all(|pair| pair[0] < pair[1]);
			let marks = options
				.iter()
				.try_fold(0u32, |marks, option| Some(marks | 1u32.checked_shl((*option).into())?));
			marks.filter(|_| ascending)
		};
		self.choices.iter().map(item).collect()
	}
}

/// The ballots of the chain by their records' digests.
pub struct Ballots<'w> {
	casts: &'w [Cast],
	/// Those with this digest; almost always one.
	by_digest: HashMap<Digest, Vec<u32>>,
	seen: HashSet<Digest>,
	/// Records of ballots that nobody cast.
	extra: HashSet<Digest>,
}

impl<'w> Ballots<'w> {
	/// Every ballot that was ever cast, in order.
	pub fn new(casts: &'w [Cast]) -> Self {
		let mut by_digest: HashMap<Digest, Vec<u32>> = HashMap::with_capacity(casts.len());
		for (at, cast) in (0u32..).zip(casts) {
			by_digest.entry(cast.cell.record).or_default().push(at);
		}
		let seen = HashSet::with_capacity(casts.len());
		Self { casts, by_digest, seen, extra: HashSet::new() }
	}

	/// Whether a record was found to be of a ballot that nobody cast.
	pub fn is_extra(&self, digest: &Digest) -> bool {
		self.extra.contains(digest)
	}

	/// Whether a ballot names this digest.
	pub fn knows(&self, digest: &Digest) -> bool {
		self.by_digest.contains_key(digest)
	}

	/// A record is kept under this digest, right or wrong.
	pub fn see(&mut self, digest: &Digest) {
		self.seen.insert(*digest);
	}

	/// The poll and row of the ballot with this digest.
	pub fn place(&self, digest: &Digest, place: Place) -> Place {
		match self.by_digest.get(digest).and_then(|all| all.first()) {
			Some(at) => {
				let cast = &self.casts[*at as usize];
				Place { block: Some(cast.block), ..place.in_poll(cast.poll).at_row(cast.row) }
			}
			None => place,
		}
	}

	/// A record against the ballot with its digest.
	pub fn compare(
		&mut self,
		digest: &Digest,
		record: &BallotRecord,
		case: u32,
		place: Place,
		findings: &mut Findings,
	) {
		let BallotRecord { poll, lender, .. } = *record;
		let Some(named) = self.by_digest.get(digest) else {
			self.extra.insert(*digest);
			let found = format!("a ballot of row {lender} in poll {poll}");
			return findings.add(Code::RecordExtra, place, "a ballot on chain", found);
		};
		self.seen.insert(*digest);
		let marks = record.marks().unwrap_or_default();
		for at in named {
			let cast = &self.casts[*at as usize];
			let cast_marks = &cast.cell.choices[..cast.items.into()];
			let expected = (case, cast.poll, cast.row, cast_marks.to_vec());
			let found = (record.case, poll, lender, marks.clone());
			let place = place.clone().in_poll(cast.poll).at_row(cast.row);
			findings.same(Code::RecordsSwapped, place, &expected, &found);
		}
	}

	/// Ballots whose record is not kept, those that a later one replaced too.
	pub fn missing(&self, findings: &mut Findings) {
		for cast in self.casts.iter().filter(|cast| !self.seen.contains(&cast.cell.record)) {
			let place = Place::digest(cast.cell.record).in_poll(cast.poll).at_row(cast.row);
			let place = Place { block: Some(cast.block), ..place };
			let expected = format!("the record of ballot {} of this row", cast.cell.revision);
			findings.add(Code::RecordMissing, place, expected, "none");
		}
	}
}
