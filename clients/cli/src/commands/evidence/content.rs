//! Content against an evidence record, as the attestor compares it.

use crate::{output::counted, values::EvidenceArg};
use winddown_proof::{
	layout::evidence::{BATCH, DOCUMENT},
	merkle::Tree,
	record::{self, slips, text_lines, Record},
};
use winddown_sdk::{chain::RecordView, digest::of_chain, primitives::EvidenceKind, Error};

/// Fails unless these bytes are what the record was made of: a document by its digest, a batch by
/// the Merkle root over its lines, both with the size and the leaves that the record states, and records
/// of its case and kind.
pub fn compare(record: &RecordView, bytes: &[u8]) -> Result<(), Error> {
	match record.encoding {
		DOCUMENT => document(record, bytes),
		BATCH => batch(record, bytes),
		_ => Err(Error::BadInput(format!(
			"record {} is a value of the chain itself, and no file holds it; winddown-attestor \
			 compares it with the state",
			record.id
		))),
	}
}

fn document(record: &RecordView, bytes: &[u8]) -> Result<(), Error> {
	let wanted = of_chain(record.digest);
	let found = wanted.algorithm.hash(bytes);
	ensure(found == wanted, || {
		match slips(bytes, |text| wanted.algorithm.hash(text) == wanted) {
			Some(slips) => format!(
				"the document of record {} was changed on its way: it says the same, and differs in {slips}; get the \
				 file once more, as it is",
				record.id
			),
			None => format!(
				"the document is not the one of record {}: its digest is {found}, not {wanted}",
				record.id
			),
		}
	})?;
	ensure_stated(record, 1, bytes.len() as u64)
}

fn batch(record: &RecordView, bytes: &[u8]) -> Result<(), Error> {
	let (id, wanted) = (record.id, of_chain(record.digest));
	// The records were digested, whatever ends their lines in this file.
	let lines = text_lines(bytes);
	let tree = Tree::new(wanted.algorithm, &lines);
	ensure(tree.root() == wanted, || {
		format!(
			"the file is not the batch of record {id}: the root over its {} is {}, not {wanted}",
			counted(lines.len(), "line", "lines"),
			tree.root()
		)
	})?;
	ensure_stated(record, tree.leaves(), record::lines(&lines).len() as u64)?;
	lines.iter().enumerate().try_for_each(|(at, line)| ensure_belongs(record, at + 1, line))
}

fn ensure_belongs(record: &RecordView, line: usize, bytes: &[u8]) -> Result<(), Error> {
	let of = format!("line {line} of the batch of record {}", record.id);
	let read = Record::parse(bytes)
		.map_err(|error| Error::Mismatch(format!("{of} is no canonical record: {error}")))?;
	ensure(read.case() == record.case, || {
		format!("{of} is about case {}, not {}", read.case(), record.case)
	})?;
	let kind = EvidenceArg::from(read.evidence());
	ensure(EvidenceKind::from(kind) == record.kind, || {
		format!(
			"{of} is of kind {}, which belongs into evidence of kind {}",
			read.kind(),
			kind.text()
		)
	})
}

fn ensure_stated(record: &RecordView, leaves: u32, size: u64) -> Result<(), Error> {
	let RecordView { id, leaves: stated_leaves, size: stated_size, .. } = record;
	ensure(leaves == *stated_leaves, || {
		format!("record {id} states {stated_leaves} leaves, and its content has {leaves}")
	})?;
	ensure(size == *stated_size, || {
		format!("record {id} states {stated_size} bytes, and its content has {size}")
	})
}

fn ensure(good: bool, what: impl FnOnce() -> String) -> Result<(), Error> {
	match good {
		true => Ok(()),
		false => Err(Error::Mismatch(what())),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_proof::{
		digest::Algorithm,
		layout::evidence::OF_CHAIN,
		record::{lines, split, Salt},
	};
	use winddown_sdk::{digest::on_chain, primitives::Choice, record, ErrorKind};

	/// The lines of a batch of ballots of three lenders.
	fn ballots(case: u32) -> Vec<u8> {
		let line = |lender| {
			let mut ballot =
				record::ballot(case, 2, lender, &[Choice::FOR], 4, &mut rand::thread_rng());
			if let Record::Ballot(ballot) = &mut ballot {
				ballot.salt = Salt([lender as u8; 32]);
			}
			record::line(&ballot)
		};
		lines(&[line(0), line(1), line(2)])
	}

	fn deposit(encoding: u16, bytes: &[u8]) -> RecordView {
		let algorithm = Algorithm::Sm3;
		let (digest, leaves) = match encoding {
			BATCH => {
				let tree = Tree::new(algorithm, &split(bytes).unwrap());
				(tree.root(), tree.leaves())
			}
			_ => (algorithm.hash(bytes), 1),
		};
		RecordView {
			id: 16,
			case: 0,
			kind: EvidenceKind::Ballots,
			encoding,
			digest: on_chain(digest),
			leaves,
			size: bytes.len() as u64,
			producer: None,
			produced_at: 0,
			deposited_at: 0,
			block: 0,
			parent: None,
			replaces: None,
			superseded_by: None,
			state: "pending".into(),
			confirmed: 0,
			rejected: 0,
		}
	}

	fn refusal(record: &RecordView, bytes: &[u8]) -> String {
		let error = compare(record, bytes).unwrap_err();
		assert_eq!(error.kind(), ErrorKind::Mismatch);
		error.to_string()
	}

	fn root(bytes: &[u8]) -> String {
		Tree::new(Algorithm::Sm3, &split(bytes).unwrap()).root().to_string()
	}

	#[test]
	fn a_document_and_a_batch_are_what_their_records_were_made_of() {
		compare(&deposit(DOCUMENT, b"a plan"), b"a plan").unwrap();
		compare(&deposit(BATCH, &ballots(0)), &ballots(0)).unwrap();
	}

	#[test]
	fn another_document_is_refused_with_both_digests() {
		let [found, wanted] = [&b"another"[..], b"a plan"].map(|bytes| Algorithm::Sm3.hash(bytes));
		assert_eq!(
			refusal(&deposit(DOCUMENT, b"a plan"), b"another"),
			format!(
				"the document is not the one of record 16: its digest is {found}, not {wanted}"
			)
		);
	}

	#[test]
	fn a_batch_with_a_line_less_is_another_batch() {
		let whole = ballots(0);
		let end = whole.iter().take(whole.len() - 1).rposition(|byte| *byte == b'\n').unwrap();
		let fewer = &whole[..=end];
		assert_eq!(
			refusal(&deposit(BATCH, &whole), fewer),
			format!(
				"the file is not the batch of record 16: the root over its 2 lines is {}, not {}",
				root(fewer),
				root(&whole)
			)
		);
	}

	#[test]
	fn a_batch_is_the_same_whatever_ends_its_lines() {
		let whole = ballots(0);
		let text = String::from_utf8(whole.clone()).unwrap();
		for changed in [
			text.trim_end().into(),
			format!("{text}\n\n"),
			text.replace('\n', "\r\n"),
			format!("\u{feff}{text}"),
		] {
			compare(&deposit(BATCH, &whole), changed.as_bytes()).unwrap();
		}
	}

	#[test]
	fn a_document_with_other_line_ends_is_told_from_another_document() {
		let right = b"article 1\narticle 2\n";
		assert_eq!(
			refusal(&deposit(DOCUMENT, right), b"article 1\r\narticle 2\r\n"),
			"the document of record 16 was changed on its way: it says the same, and differs in its line ends; get \
			 the file once more, as it is"
		);
	}

	#[test]
	fn leaves_and_size_must_be_those_that_the_record_states() {
		let more = RecordView { leaves: 4, ..deposit(BATCH, &ballots(0)) };
		assert_eq!(refusal(&more, &ballots(0)), "record 16 states 4 leaves, and its content has 3");
		let longer = RecordView { size: 7, ..deposit(DOCUMENT, b"a plan") };
		assert_eq!(refusal(&longer, b"a plan"), "record 16 states 7 bytes, and its content has 6");
	}

	#[test]
	fn lines_of_another_case_or_that_are_no_records_are_refused_although_the_root_fits() {
		let other = ballots(5);
		assert_eq!(
			refusal(&deposit(BATCH, &other), &other),
			"line 1 of the batch of record 16 is about case 5, not 0"
		);
		let text = refusal(&deposit(BATCH, b"{}\n"), b"{}\n");
		let head = "line 1 of the batch of record 16 is no canonical record: ";
		assert!(text.starts_with(head), "{text}");
	}

	#[test]
	fn records_that_belong_into_evidence_of_another_kind_are_refused_although_the_root_fits() {
		let record = RecordView { kind: EvidenceKind::Other, ..deposit(BATCH, &ballots(0)) };
		assert_eq!(
			refusal(&record, &ballots(0)),
			"line 1 of the batch of record 16 is of kind ballot, which belongs into evidence of kind ballots"
		);
	}

	#[test]
	fn a_value_of_the_chain_is_in_no_file() {
		let error = compare(&deposit(OF_CHAIN, b""), b"").unwrap_err();
		assert_eq!(error.kind(), ErrorKind::Input);
		assert_eq!(
			error.to_string(),
			"record 16 is a value of the chain itself, and no file holds it; winddown-attestor \
			 compares it with the state"
		);
	}
}
