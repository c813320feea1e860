//! The audit of a case.
//!
//! ```no_run
//! use std::path::Path;
//! use winddown_verifier::audit::{audit, Options};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let export = "export.jsonl".parse()?;
//! let options = Options { case: 0, genesis: None, progress: None };
//! let report = audit(Path::new("case.wda"), Some(&export), &options)?;
//! println!("{} findings", report.total());
//! # Ok(()) }
//! ```
//!
//! The archive is read once, block by block. Memory grows with the rows and ballots of the chain, not
//! with its blocks; the pairs of the last state are held while it is compared.

mod compare;
mod count;
mod finality;
pub mod finding;
mod records;
pub mod replay;
mod rules;
mod summary;
mod walk;

use crate::{
	archive::{trie, ArchiveError, Entry, Hash, Reader},
	export::{ExportError, Source},
	report::{Chain, Figures, Limit, Report},
};
use compare::State;
use finding::{Code, Findings, Place};
pub use records::Kept;
use std::{path::Path, time::Instant};
use thiserror::Error;
use walk::Walk;

/// Why a case could not be audited at all.
#[derive(Debug, Error)]
pub enum AuditError {
	/// The archive cannot be read.
	#[error(transparent)]
	Archive(#[from] ArchiveError),
	/// The export cannot be read.
	#[error(transparent)]
	Export(#[from] ExportError),
	/// The metadata of a version cannot be read, or are missing.
	#[error("the metadata of version {0} of the runtime are missing or cannot be read")]
	Metadata(u32),
	/// A header cannot be read.
	#[error("the header of block {0} cannot be read")]
	Header(u32),
	/// The chain has no such case.
	#[error("the chain has no case {0}")]
	NoCase(u32),
}

/// Where an audit is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
	/// It follows blocks.
	Blocks {
		/// How many it followed.
		done: u32,
		/// How many there are.
		of: u32,
	},
	/// It compares the state of the last block.
	State,
	/// It compares the operator's export.
	Records,
}

/// What is audited, and against what.
#[derive(Default)]
pub struct Options<'a> {
	/// The case.
	pub case: u32,
	/// The genesis hash of the chain, from a source other than the archive. Without it the report
	/// says that any chain would do.
	pub genesis: Option<Hash>,
	/// Told of every step.
	pub progress: Option<&'a dyn Fn(Step)>,
}

impl Options<'_> {
	fn tell(&self, step: Step) {
		if let Some(progress) = self.progress {
			progress(step);
		}
	}
}

/// Audits a case: the chain in the archive by itself, and the operator's export against it.
pub fn audit(
	archive: &Path,
	export: Option<&Source>,
	options: &Options,
) -> Result<Report, AuditError> {
	let started = Instant::now();
	let (mut walk, state) = read(archive, options)?;
	options.tell(Step::State);
	let mut findings = std::mem::take(&mut walk.world.findings);
	genesis(&walk, options, &mut findings);
	root(&walk, &state, &mut findings);
	if !walk.world.cases.contains_key(&options.case) {
		return Err(AuditError::NoCase(options.case));
	}
	compare::compare(&state, &walk.world, &mut findings);
	options.tell(Step::Records);
	let kept = match export {
		Some(source) => Some(records::compare(source, &walk.world, &mut findings)?),
		None => None,
	};
	let seconds = started.elapsed().as_secs_f64();
	Ok(report(walk, &state, kept, findings, options, seconds))
}

fn read(archive: &Path, options: &Options) -> Result<(Walk, State), AuditError> {
	let mut reader = Reader::open(archive)?;
	let head = reader.head().clone();
	let of = head.target.saturating_add(1);
	let mut walk = Walk::new(head, options.case);
	let (mut pairs, mut done) = (vec![], 0);
	while let Some(entry) = reader.next_entry()? {
		match entry {
			Entry::Metadata(metadata) => walk.learn(metadata.spec_version, &metadata.bytes)?,
			Entry::Block(block) => {
				walk.block(&block)?;
				done += 1;
				options.tell(Step::Blocks { done, of });
			}
			Entry::State(part) => pairs.extend(part),
			Entry::Head(_) | Entry::End(_) => {}
		}
	}
	Ok((walk, State::new(pairs)))
}

fn genesis(walk: &Walk, options: &Options, findings: &mut Findings) {
	if let Some(genesis) = options.genesis.filter(|genesis| *genesis != walk.world.genesis) {
		let (expected, found) = (hex::encode(genesis), hex::encode(walk.world.genesis));
		findings.add(Code::GenesisForeign, Place::block(0), expected, found);
	}
}

/// The state is whole: its pairs ascend and give the root in the last header.
fn root(walk: &Walk, state: &State, findings: &mut Findings) {
	let Some((header, _)) = walk.last() else { return };
	let place = Place::block(header.number);
	let pairs = state.pairs();
	if !pairs.is_sorted_by(|one, other| one.0 < other.0) {
		findings.add(
			Code::StateRoot,
			place.clone(),
			"ascending keys",
			"a key out of order or twice",
		);
	}
	if !trie::is_state_root(pairs, &header.state_root) {
		let (expected, found) = (header.state_root, trie::state_root(pairs));
		let (expected, found) = (hex::encode(expected), hex::encode(found));
		findings.add(Code::StateRoot, place, expected, found);
	}
}

fn report(
	walk: Walk,
	state: &State,
	kept: Option<Kept>,
	findings: Findings,
	options: &Options,
	seconds: f64,
) -> Report {
	let world = &walk.world;
	let case = options.case;
	let in_case = || world.records.values().filter(|record| record.case == case);
	let (target, hash) = walk.last().map_or((0, [0; 32]), |(header, hash)| (header.number, hash));
	let chain = Chain {
		name: walk.head().chain.clone(),
		genesis: format!("0x{}", hex::encode(world.genesis)),
		target,
		target_hash: format!("0x{}", hex::encode(hash)),
		target_time: world.now,
		validator_changes: walk.finality.changes(),
	};
	let figures = Figures {
		blocks: u64::from(target) + 1,
		extrinsics: walk.extrinsics,
		intents: world.intents,
		ballots: world.casts.len() as u64,
		rows: world.cases.get(&case).map_or(0, |case| case.roll.rows.len() as u64),
		state_values: state.pairs().len() as u64,
		evidence: in_case().count() as u64,
		attestations: in_case().map(|record| record.attestations.len() as u64).sum(),
		seconds,
	};
	let polls = summary::polls(world);
	let (findings, counts) = findings.into_parts();
	let counts = counts.into_iter().map(|(code, count)| (code.text(), count)).collect();
	let limits = Limit::all(options.genesis.is_some(), kept.is_some());
	Report { case, chain, figures, kept, polls, counts, findings, limits }
}
