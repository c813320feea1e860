//! What a node keeps about its votes outside of the database.

use std::{
	fs,
	path::{Path, PathBuf},
};
use winddown_runtime::BlockNumber;

/// The file, beside the keystore.
const FILE: &str = "voted";
/// How far the mark stays behind finality. After a loss of power the newest blocks may be gone (docs/reliability.md);
/// all validators may have lost them, and must not all wait for each other.
const LAG: BlockNumber = 64;
/// How much further finality must be before the mark is written again.
const STEP: BlockNumber = 16;

/// A number of a block, in a file: a database whose best block lies below it lacks votes of this node.
#[derive(Clone)]
pub struct Mark(PathBuf);

impl Mark {
	/// The mark in the folder of a chain.
	pub fn new(folder: PathBuf) -> Self {
		Self(folder.join(FILE))
	}

	/// Where it is.
	pub fn path(&self) -> &Path {
		&self.0
	}

	/// The number; none when the node never voted.
	pub fn read(&self) -> Option<BlockNumber> {
		fs::read_to_string(&self.0).ok()?.trim().parse().ok()
	}

	/// Moves it behind a final block, if that is far enough. What cannot be written is told in the log.
	pub fn follow(&self, finalized: BlockNumber) {
		if finalized == 0 {
			return;
		}
		let next = finalized.saturating_sub(LAG).max(1);
		if self.read().is_some_and(|kept| next < kept.saturating_add(STEP)) {
			return;
		}
		if let Err(error) = self.write(next) {
			log::warn!("{} cannot be written: {error}", self.0.display());
		}
	}

	fn write(&self, number: BlockNumber) -> std::io::Result<()> {
		let new = self.0.with_extension("new");
		fs::write(&new, format!("{number}\n"))?;
		fs::rename(new, &self.0)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_mark_stays_behind_finality_and_never_goes_back() {
		let folder = tempfile::tempdir().unwrap();
		let mark = Mark::new(folder.path().into());
		mark.follow(0);
		assert_eq!(mark.read(), None, "a chain without a final block has no votes to remember");
		for (finalized, kept) in
			[(1, 1), (64, 1), (80, 1), (81, 17), (90, 17), (1_000, 936), (900, 936), (3, 936)]
		{
			mark.follow(finalized);
			assert_eq!(mark.read(), Some(kept), "at {finalized}");
		}
	}

	#[test]
	fn a_database_behind_the_mark_lacks_votes() {
		let folder = tempfile::tempdir().unwrap();
		let mark = Mark::new(folder.path().into());
		assert!(!super::super::are_lacking(&mark, 0), "it never voted");
		mark.follow(164);
		assert_eq!(mark.read(), Some(100));
		for (best, lacking) in [(0, true), (99, true), (100, false), (164, false)] {
			assert_eq!(super::super::are_lacking(&mark, best), lacking, "{best}");
		}
	}
}
