//! One person or company under two kinds of documents.

use super::{issued, organisation, Document, DocumentKind};
use std::collections::HashMap;

/// What documents of different kinds have in common when they name one person or company.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Common {
	/// Nobody else has it: an 18-character number, or a company's organisation code.
	Own(String),
	/// Others may have it: papers of different issuers count on their own.
	Shared(String),
}

/// A document that was seen before under another kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
	/// The line.
	pub line: u64,
	/// Its kind.
	pub kind: DocumentKind,
	/// Whether it must be the same person or company; else it may be.
	pub certain: bool,
}

/// The documents of a file so far, by what other kinds may have in common with them.
#[derive(Default)]
pub struct AcrossKinds {
	seen: HashMap<Common, (u64, Document)>,
}

impl AcrossKinds {
	/// Takes in the document of a line. Tells the first earlier line that has the same under another kind, or
	/// with another issuer or spelling.
	pub fn add(&mut self, line: u64, document: &Document) -> Option<Seen> {
		let mut found = None;
		for common in document.commons() {
			let certain = matches!(common, Common::Own(_));
			let (first, other) =
				self.seen.entry(common).or_insert_with(|| (line, document.clone()));
			if other != document && found.is_none() {
				found = Some(Seen { line: *first, kind: other.kind(), certain });
			}
		}
		found
	}
}

impl Document {
	/// What it has in common with documents of other kinds; the certain ones first.
	pub fn commons(&self) -> Vec<Common> {
		let number = self.number().to_string();
		match self.kind() {
			DocumentKind::ResidentId | DocumentKind::ResidencePermit => vec![Common::Own(number)],
			DocumentKind::ForeignerPermit if number.len() == 18 => vec![Common::Own(number)],
			DocumentKind::CreditCode => {
				let within =
					organisation::organisation_within(&number).map(|code| code.to_string());
				std::iter::once(number).chain(within).map(Common::Own).collect()
			}
			DocumentKind::OrganisationCode => vec![Common::Own(number)],
			DocumentKind::OfficerCard | DocumentKind::SoldierCard => {
				vec![Common::Shared(issued::military_digits(&number))]
			}
			DocumentKind::Passport
			| DocumentKind::HongKongMacaoPermit
			| DocumentKind::TaiwanPermit
			| DocumentKind::ForeignerPermit
			| DocumentKind::HouseholdRegister
			| DocumentKind::ForeignCompany
			| DocumentKind::Other => vec![Common::Shared(number)],
		}
	}

	/// The documents of other kinds that may name the same person or company: the same number under every
	/// other kind that takes it, and the organisation code within a credit code. A credit code does not
	/// follow from an organisation code, so that way nothing is found.
	pub fn elsewhere(&self) -> Vec<Self> {
		let within = match self.kind() {
			DocumentKind::CreditCode => organisation::organisation_within(self.number()),
			_ => None,
		};
		let others = DocumentKind::ALL
			.into_iter()
			.filter(|kind| !kind.has_issuer())
			.filter_map(|kind| Some(Self::read_as(kind, self.number()).ok()?.document));
		let within = within
			.and_then(|code| Self::read_as(DocumentKind::OrganisationCode, code).ok())
			.map(|reading| reading.document);
		let mut found: Vec<Self> = others.chain(within).filter(|other| other != self).collect();
		found.sort();
		found.dedup();
		found
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn document(kind: &str, number: &str) -> Document {
		Document::parse(kind, number).unwrap()
	}

	/// Every check of a credit code passes on this resident number, which one in thousands does.
	fn both() -> String {
		(0..9_000_000u32)
			.map(|n| {
				let (district, day, serial) = (n / 3_000 % 3_000, n / 100 % 28, n % 1_000);
				let first_17 = format!(
					"51{:04}1990{:02}{:02}{serial:03}",
					1100 + district % 600,
					1 + n % 12,
					1 + day
				);
				let check = super::super::resident_check_digit(&first_17).unwrap();
				format!("{first_17}{check}")
			})
			.find(|number| {
				Document::parse("resident_id", number).is_ok()
					&& Document::parse("credit_code", number).is_ok()
			})
			.expect("one of many is both")
	}

	#[test]
	fn one_number_under_two_kinds_is_found_with_its_first_line() {
		let number = both();
		let mut seen = AcrossKinds::default();
		assert_eq!(seen.add(2, &document("resident_id", &number)), None);
		assert_eq!(seen.add(3, &document("passport", "E12345678")), None);
		assert_eq!(
			seen.add(4, &document("credit_code", &number)),
			Some(Seen { line: 2, kind: DocumentKind::ResidentId, certain: true })
		);
		assert_eq!(
			seen.add(5, &document("resident_id", &number)),
			None,
			"the same kind: a duplicate"
		);
	}

	#[test]
	fn a_company_is_found_under_its_old_and_its_new_code_in_either_order() {
		let (old, new) = (
			document("organisation_code", "70846113-6"),
			document("credit_code", "91440300708461136T"),
		);
		for [first, second] in [[&old, &new], [&new, &old]] {
			let mut seen = AcrossKinds::default();
			assert_eq!(seen.add(2, first), None);
			let found = Seen { line: 2, kind: first.kind(), certain: true };
			assert_eq!(seen.add(3, second), Some(found));
		}
		assert!(new.elsewhere().contains(&old), "the old code stands within the new one");
		let kinds: Vec<_> = old.elsewhere().iter().map(Document::kind).collect();
		assert!(!kinds.contains(&DocumentKind::CreditCode), "a new code does not follow from it");
	}

	#[test]
	fn short_numbers_of_different_papers_are_only_perhaps_the_same() {
		let mut seen = AcrossKinds::default();
		assert_eq!(seen.add(2, &document("passport", "12345678")), None);
		assert_eq!(
			seen.add(3, &document("taiwan_permit", "1234567801")),
			Some(Seen { line: 2, kind: DocumentKind::Passport, certain: false })
		);
		assert_eq!(seen.add(4, &document("officer_card", "军字第2001988号")), None);
		let spelling = seen.add(5, &document("officer_card", "2001988"));
		assert_eq!(
			spelling,
			Some(Seen { line: 4, kind: DocumentKind::OfficerCard, certain: false })
		);
		assert_eq!(seen.add(6, &document("other:Utopia", "AB-77")), None);
		let issuer = seen.add(7, &document("other:乌托邦", "AB-77"));
		assert_eq!(issuer, Some(Seen { line: 6, kind: DocumentKind::Other, certain: false }));
	}

	#[test]
	fn the_other_kinds_that_take_a_number_are_looked_up() {
		assert_eq!(
			document("passport", "12345678").elsewhere(),
			[
				document("taiwan_permit", "12345678"),
				document("officer_card", "12345678"),
				document("soldier_card", "12345678"),
			]
		);
		let person = document("resident_id", "11010519491231002X");
		let kinds: Vec<_> = person.elsewhere().iter().map(Document::kind).collect();
		assert_eq!(kinds, [DocumentKind::ForeignerPermit, DocumentKind::CreditCode]);
	}
}
