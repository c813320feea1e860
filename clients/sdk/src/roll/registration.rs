use super::{
	columns::{Column, Content, DOCUMENT_NUMBER, DOCUMENT_TYPE},
	cut_number::Numbers,
	judge, lender,
	problem::{Problem, Reason},
	table::{self, Entry, Row},
	List, Problems, Reading,
};
use crate::{
	document::{self, AcrossKinds, Document, DocumentError, Seen},
	keys::WrittenKey,
};
use std::collections::HashMap;
use winddown_primitives::LenderKey;

/// The columns of a registrar's file, in any order.
pub const REGISTRATION_COLUMNS: [Column; 3] =
	[DOCUMENT_TYPE, DOCUMENT_NUMBER, Column::new("key", "公钥", Content::Text)];

/// A person who was identified, and the key that the person will sign with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyRegistration {
	/// The line in its file, from 1.
	pub line: u64,
	/// Who it is.
	pub document: Document,
	/// What a check says against the number, which settles itself when the roll has it.
	pub doubt: Option<DocumentError>,
	/// The key.
	pub key: LenderKey,
}

/// Reads a registrar's file: one line a lender with document and key.
pub fn read_registrations(
	bytes: &[u8],
	reading: &Reading,
) -> Result<List<KeyRegistration>, Problems> {
	let mut file = Registrations::default();
	let mut summary =
		table::read(bytes, reading, &REGISTRATION_COLUMNS, &mut |entry| match entry {
			Entry::Row(row) => file.take(row),
			Entry::Total { .. } => (),
		})?
		.with_sums_left_out();
	summary.problems.append(&mut file.problems);
	let problems = judge::with_cut_numbers(summary.problems, &file.numbers.cut());
	let list = List { entries: file.registrations, notes: summary.notes };
	table::all_or_nothing(summary.rows, problems, list)
}

#[derive(Default)]
struct Registrations {
	registrations: Vec<KeyRegistration>,
	people: HashMap<Document, u64>,
	kinds: AcrossKinds,
	keys: HashMap<String, u64>,
	numbers: Numbers,
	problems: Vec<Problem>,
}

impl Registrations {
	fn take(&mut self, row: &Row) {
		let mut note = |reason| self.problems.push(Problem { line: Some(row.line), reason });
		let [kind, number, key] = row.cells.as_slice() else { return };
		if [kind, number, key].into_iter().any(|cell| cell.is_bad) {
			return;
		}
		self.numbers.add(row.line, &number.text);
		let read = lender::document(kind, number).map_err(|reason| reason.map(&mut note)).ok();
		let key = key.text.parse::<WrittenKey>().map_err(|_| note(Reason::LenderKey)).ok();
		let (Some(document::Reading { document, doubt }), Some(WrittenKey(key))) = (read, key)
		else {
			return;
		};
		if let Some(first) = self.people.insert(document.clone(), row.line) {
			note(Reason::RegisteredTwice { first });
		}
		if let Some(Seen { line: first, kind, certain: true }) = self.kinds.add(row.line, &document)
		{
			note(Reason::SameUnderOtherKind { first, kind });
		}
		if let Some(first) = self.keys.insert(WrittenKey(key).to_string(), row.line) {
			note(Reason::DuplicateKey { first });
		}
		self.registrations.push(KeyRegistration { line: row.line, document, doubt, key });
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys::{Keypair, Scheme};

	fn key(seed: u8) -> String {
		WrittenKey(Keypair::from_seed(Scheme::Sr25519, &[seed; 32]).lender_key()).to_string()
	}

	fn file(lines: &[String]) -> Vec<u8> {
		[&["document_type,document_number,key".to_string()], lines].concat().join("\n").into()
	}

	#[test]
	fn a_good_file_binds_one_key_to_each_person() {
		let lines = [
			format!("resident_id,11010519491231002x,{}", key(1)),
			format!("passport,E12345678,{}", key(2)),
		];
		let read = read_registrations(&file(&lines), &Reading::default()).unwrap().entries;
		assert_eq!(read.iter().map(|r| r.line).collect::<Vec<_>>(), [2, 3]);
		assert_eq!(WrittenKey(read[1].key).to_string(), key(2));
	}

	#[test]
	fn a_person_or_a_key_that_occurs_twice_spoils_the_file() {
		let lines = [
			format!("passport,E12345678,{}", key(1)),
			format!("passport,e12345678,{}", key(2)),
			format!("passport,E12345679,{}", key(1)),
			"passport,E12345670,sr25519:0x00".to_string(),
		];
		let Problems(found) = read_registrations(&file(&lines), &Reading::default()).unwrap_err();
		let found: Vec<_> = found.into_iter().map(|p| (p.line, p.reason)).collect();
		assert_eq!(
			found,
			[
				(Some(3), Reason::RegisteredTwice { first: 2 }),
				(Some(4), Reason::DuplicateKey { first: 2 }),
				(Some(5), Reason::LenderKey),
			]
		);
		assert!(read_registrations(b"", &Reading::default()).is_err());
	}

	#[test]
	fn a_company_under_its_old_and_its_new_code_is_one_and_a_doubtful_number_is_taken_with_its_doubt(
	) {
		let lines = [
			format!("organisation_code,70846113-6,{}", key(1)),
			format!("credit_code,91440300708461136T,{}", key(2)),
		];
		let Problems(found) = read_registrations(&file(&lines), &Reading::default()).unwrap_err();
		let kind = document::DocumentKind::OrganisationCode;
		assert_eq!(
			found,
			[Problem { line: Some(3), reason: Reason::SameUnderOtherKind { first: 2, kind } }]
		);
		let xiamen = [format!("credit_code,91350203M0001QKT19,{}", key(1))];
		let read = read_registrations(&file(&xiamen), &Reading::default()).unwrap().entries;
		assert_eq!(read[0].doubt, Some(DocumentError::CodeCheck));
	}
}
