//! Where a lender's ballots are kept in plaintext.
//!
//! A ballot that the chain carried out is a line of the record file. Until that is known it waits in
//! a file of its own beside it, together with the intent that casts it: no power failure loses the
//! salt, and no refused ballot is ever taken for one that counts.

use crate::private::{self, failed};
use std::{
	fs, io,
	path::{Path, PathBuf},
};
use winddown_proof::{
	digest::Digest,
	record::{text_lines, BallotRecord, Record},
};
use winddown_sdk::{
	intent::{SignedIntent, WrittenIntent},
	primitives::{CaseId, LenderIndex, PollId},
	record, Error,
};

/// How the file of a waiting ballot ends.
const WAITING: &str = ".pending";
/// Digits of the digest in its name.
const DIGITS: usize = 16;

/// The record file, and what waits beside it.
pub struct Kept {
	file: PathBuf,
}

/// A ballot of which is not known yet whether the chain carried it out.
pub struct Waiting {
	/// The plaintext.
	pub ballot: BallotRecord,
	/// The intent that casts it.
	pub intent: SignedIntent,
	/// Where it waits.
	pub path: PathBuf,
}

impl Waiting {
	/// The digest that the chain knows it by.
	pub fn digest(&self) -> Digest {
		Record::Ballot(self.ballot.clone()).digest()
	}

	fn line(&self) -> String {
		record::line(&Record::Ballot(self.ballot.clone()))
	}
}

impl Kept {
	pub fn new(file: &Path) -> Self {
		Self { file: file.into() }
	}

	/// Lays a ballot beside the record file, before its intent is sent.
	pub fn hold(&self, ballot: BallotRecord, intent: SignedIntent) -> Result<Waiting, Error> {
		let digest = Record::Ballot(ballot.clone()).digest();
		let digits = hex::encode(digest.bytes);
		let mut name = self.file.file_name().unwrap_or_default().to_os_string();
		name.push(format!(".{}{WAITING}", &digits[..DIGITS]));
		let waiting = Waiting { ballot, intent, path: self.file.with_file_name(name) };
		let written = WrittenIntent::of(&waiting.intent)?;
		let intent = serde_json::to_string(&written)
			.map_err(|error| Error::BadInput(format!("the intent cannot be written: {error}")))?;
		private::create(&waiting.path, format!("{}\n{intent}\n", waiting.line()).as_bytes())?;
		Ok(waiting)
	}

	/// The ballots of a lender in a poll that wait, the oldest first.
	pub fn waiting(
		&self,
		case: CaseId,
		poll: PollId,
		lender: LenderIndex,
	) -> Result<Vec<Waiting>, Error> {
		let mut waiting = Vec::new();
		for path in self.waiting_files()? {
			let one = read(&path)?;
			let BallotRecord { case: of, poll: at, lender: by, .. } = one.ballot;
			if (of, at, by) == (case, poll, lender) {
				waiting.push(one);
			}
		}
		waiting.sort_by_key(|one| one.intent.intent.sequence);
		Ok(waiting)
	}

	/// Adds a ballot that the chain carried out to the record file; it waits no longer. Doing it
	/// again changes nothing.
	pub fn keep(&self, waiting: &Waiting) -> Result<(), Error> {
		let line = waiting.line();
		let before = match fs::read_to_string(&self.file) {
			Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
			read => read.map_err(failed(&self.file))?,
		};
		if !before.lines().any(|kept| kept == line) {
			private::append(&self.file, &line)?;
		}
		self.discard(waiting)
	}

	/// Forgets a ballot that the chain did not carry out and never will.
	pub fn discard(&self, waiting: &Waiting) -> Result<(), Error> {
		private::remove(&waiting.path)
	}

	fn waiting_files(&self) -> Result<Vec<PathBuf>, Error> {
		let folder = match self.file.parent() {
			Some(folder) if !folder.as_os_str().is_empty() => folder,
			_ => Path::new("."),
		};
		let name = format!("{}.", self.file.file_name().unwrap_or_default().to_string_lossy());
		let mut files = Vec::new();
		for entry in fs::read_dir(folder).map_err(failed(folder))? {
			let entry = entry.map_err(failed(folder))?;
			let found = entry.file_name().to_string_lossy().into_owned();
			let digits = found.strip_prefix(&name).and_then(|rest| rest.strip_suffix(WAITING));
			if digits.is_some_and(|digits| digits.len() == DIGITS) {
				files.push(entry.path());
			}
		}
		Ok(files)
	}
}

fn read(path: &Path) -> Result<Waiting, Error> {
	let broken = |reason: String| Error::File {
		path: path.into(),
		reason: format!("it is damaged: {reason}"),
	};
	let content = fs::read(path).map_err(failed(path))?;
	let [line, intent] = text_lines(&content)[..] else { return Err(broken("cut off".into())) };
	let ballot = match Record::parse(line) {
		Ok(Record::Ballot(ballot)) => ballot,
		Ok(_) => return Err(broken("another kind of record".into())),
		Err(error) => return Err(broken(error.to_string())),
	};
	let written: WrittenIntent =
		serde_json::from_slice(intent).map_err(|error| broken(error.to_string()))?;
	Ok(Waiting { ballot, intent: written.read()?, path: path.into() })
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::{
		calls,
		digest::on_chain,
		intent::Terms,
		keys::{Keypair, Scheme},
		primitives::Choice,
	};

	fn ballot(sequence: u64) -> (BallotRecord, SignedIntent) {
		let randomness = &mut rand::rngs::OsRng;
		let kept = record::ballot(1, 2, 3, &[Choice::FOR], 4, randomness);
		let call = calls::cast_ballot(2, &[Choice::FOR], on_chain(kept.digest())).unwrap();
		let terms = Terms { genesis: [7; 32], case: 1, lender: 3, sequence, valid_until: 9 };
		let key = Keypair::from_suri(Scheme::Sr25519, "//Lender").unwrap();
		let Record::Ballot(ballot) = kept else { panic!("a ballot") };
		(ballot, SignedIntent::sign(&terms, &call, &key))
	}

	fn names(folder: &Path) -> Vec<String> {
		let entries = fs::read_dir(folder).unwrap();
		entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
	}

	#[test]
	fn a_ballot_is_no_record_before_the_chain_carried_it_out() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("kept.jsonl");
		let kept = Kept::new(&file);
		let (record, intent) = ballot(5);
		let held = kept.hold(record, intent.clone()).unwrap();
		assert!(!file.exists());
		// The machine was switched off; the same plaintext and the same intent are found again.
		let [found] = &kept.waiting(1, 2, 3).unwrap()[..] else { panic!("one waits") };
		assert_eq!((found.line(), &found.intent), (held.line(), &intent));
		assert!(kept.waiting(1, 2, 4).unwrap().is_empty(), "another lender");
		kept.keep(found).unwrap();
		assert_eq!(fs::read_to_string(&file).unwrap(), format!("{}\n", held.line()));
		assert_eq!(names(folder.path()), ["kept.jsonl"]);
	}

	#[test]
	fn a_ballot_that_was_kept_when_the_power_failed_is_not_kept_twice() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("kept.jsonl");
		let kept = Kept::new(&file);
		let (record, intent) = ballot(5);
		let held = kept.hold(record, intent).unwrap();
		private::append(&file, &held.line()).unwrap();
		kept.keep(&kept.waiting(1, 2, 3).unwrap()[0]).unwrap();
		assert_eq!(fs::read_to_string(&file).unwrap(), format!("{}\n", held.line()));
	}

	#[test]
	fn a_refused_ballot_leaves_nothing() {
		let folder = tempfile::tempdir().unwrap();
		let kept = Kept::new(&folder.path().join("kept.jsonl"));
		let (record, intent) = ballot(5);
		let held = kept.hold(record, intent).unwrap();
		kept.discard(&held).unwrap();
		assert!(names(folder.path()).is_empty());
	}

	#[test]
	fn ballots_wait_in_the_order_of_their_signing_and_a_damaged_one_is_named() {
		let folder = tempfile::tempdir().unwrap();
		let kept = Kept::new(&folder.path().join("kept.jsonl"));
		for sequence in [8, 5, 6] {
			let (record, intent) = ballot(sequence);
			kept.hold(record, intent).unwrap();
		}
		let waiting = kept.waiting(1, 2, 3).unwrap();
		let sequences: Vec<_> = waiting.iter().map(|one| one.intent.intent.sequence).collect();
		assert_eq!(sequences, [5, 6, 8]);
		fs::write(&waiting[0].path, "{}").unwrap();
		assert_eq!(
			kept.waiting(1, 2, 3).err().unwrap().to_string(),
			format!("{}: it is damaged: cut off", waiting[0].path.display())
		);
	}
}
