use super::{
	columns::{self, Column},
	problem::{Problem, Reason},
	Problems, TextEncoding,
};
use crate::{document::Document, keys::WrittenKey};
use std::collections::HashMap;
use winddown_primitives::LenderKey;

/// The columns of a registrar's file, in any order.
pub const REGISTRATION_COLUMNS: [Column; 3] = [
	Column { name: "document_type", chinese: "证件类型" },
	Column { name: "document_number", chinese: "证件号码" },
	Column { name: "key", chinese: "公钥" },
];

/// A person who was identified, and the key that the person will sign with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyRegistration {
	/// The line in its file, from 1.
	pub line: u64,
	/// Who it is.
	pub document: Document,
	/// The key.
	pub key: LenderKey,
}

/// Reads a registrar's file: one line a lender with document and key.
pub fn read_registrations(
	bytes: &[u8],
	encoding: TextEncoding,
) -> Result<Vec<KeyRegistration>, Problems> {
	let table = columns::read(bytes, encoding, &REGISTRATION_COLUMNS)?;
	let mut problems = table.problems;
	let mut registrations = Vec::<KeyRegistration>::with_capacity(table.rows.len());
	let (mut people, mut keys) = (HashMap::new(), HashMap::new());
	for row in &table.rows {
		let mut note = |reason| problems.push(Problem { line: Some(row.line), reason });
		let [kind, number, key] = row.cells.as_slice() else { continue };
		let document = Document::parse(kind, number).map_err(|error| note(error.into())).ok();
		let key = key.parse::<WrittenKey>().map_err(|_| note(Reason::LenderKey)).ok();
		let (Some(document), Some(WrittenKey(key))) = (document, key) else { continue };
		if let Some(first) = people.insert(document.clone(), row.line) {
			note(Reason::RegisteredTwice { first });
		}
		if let Some(first) = keys.insert(WrittenKey(key).to_string(), row.line) {
			note(Reason::DuplicateKey { first });
		}
		registrations.push(KeyRegistration { line: row.line, document, key });
	}
	columns::all_or_nothing(&table.rows, problems, registrations)
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
		let read = read_registrations(&file(&lines), TextEncoding::Utf8).unwrap();
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
		let Problems(found) = read_registrations(&file(&lines), TextEncoding::Utf8).unwrap_err();
		let found: Vec<_> = found.into_iter().map(|p| (p.line, p.reason)).collect();
		assert_eq!(
			found,
			[
				(Some(3), Reason::RegisteredTwice { first: 2 }),
				(Some(4), Reason::DuplicateKey { first: 2 }),
				(Some(5), Reason::LenderKey),
			]
		);
		assert!(read_registrations(b"", TextEncoding::Utf8).is_err());
	}
}
