//! Documents by which a person or a company is known: their kinds, the one spelling of a number, and what
//! can be checked about it.
//!
//! What determines another number is brought to it, so that a person has one hash: 15 digits of an old
//! identity card become 18, a renewed permit loses its count of issues, and a residence permit or the page of a
//! household register holds the number of an identity card. Where a number does not determine the other
//! (an organisation code is part of a credit code, an old foreigner's permit has another serial number
//! than the new one) both keep their own hash, and [`AcrossKinds`] compares what they have in common.

mod error;
mod issued;
mod kind;
mod organisation;
mod resident;
mod same;
mod travel;

pub use error::DocumentError;
pub use kind::DocumentKind;
pub use same::{AcrossKinds, Common, Seen};

use crate::amount::narrow;
use kind::DocumentType;

/// A number in normal form, and what speaks against it.
type Checked = (String, Option<DocumentError>);

/// A document with its number in normal form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Document {
	kind: DocumentKind,
	issuer: Option<String>,
	number: String,
}

/// A document whose number has the right shape.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
	/// The document.
	pub document: Document,
	/// What a check says against it. Whoever compared the number with the paper may vouch for it.
	pub doubt: Option<DocumentError>,
}

impl Reading {
	/// The document if nothing speaks against it.
	pub fn checked(self) -> Result<Document, DocumentError> {
		match self.doubt {
			None => Ok(self.document),
			Some(doubt) => Err(doubt),
		}
	}
}

impl Document {
	/// Reads a document as a platform wrote it, and brings its number into normal form: half-width,
	/// upper case, no spaces, 18 digits where there were 15. `kind` is a name of [`DocumentKind`], followed by a
	/// colon and the issuer where one is needed.
	pub fn parse(kind: &str, number: &str) -> Result<Self, DocumentError> {
		Self::read(kind, number)?.checked()
	}

	/// Like [`Document::parse`], for a known kind that needs no issuer.
	pub fn new(kind: DocumentKind, number: &str) -> Result<Self, DocumentError> {
		Self::read_as(kind, number)?.checked()
	}

	/// Reads a document by its shape, and tells what speaks against its number apart from it. A number that
	/// belongs to another kind without doubt is refused with that kind.
	pub fn read(kind: &str, number: &str) -> Result<Reading, DocumentError> {
		let wanted = DocumentType::parse(kind)?;
		let may_be_another = MISTAKEN.contains(&wanted.kind);
		let read = Self::of_type(wanted, number);
		if !may_be_another || matches!(read, Ok(Reading { doubt: None, .. })) {
			return read;
		}
		match MISTAKEN.into_iter().find(|other| Self::new(*other, number).is_ok()) {
			Some(other) => Err(DocumentError::OtherKind(other)),
			None => read,
		}
	}

	fn read_as(kind: DocumentKind, number: &str) -> Result<Reading, DocumentError> {
		Self::of_type(DocumentType::new(kind, None)?, number)
	}

	fn of_type(document_type: DocumentType, number: &str) -> Result<Reading, DocumentError> {
		let DocumentType { kind, issuer } = document_type;
		let number = one_spelling(number, if issuer.is_some() { " " } else { "" });
		if number.is_empty() {
			return Err(DocumentError::Empty);
		}
		if is_scientific(&number) {
			return Err(DocumentError::Scientific);
		}
		let (kind, (number, doubt)) = match kind {
			DocumentKind::ResidentId => (kind, resident::identity_card(&number)?),
			DocumentKind::ResidencePermit => {
				(DocumentKind::ResidentId, resident::residence_permit(&number)?)
			}
			DocumentKind::HouseholdRegister => {
				(DocumentKind::ResidentId, issued::household(&number)?)
			}
			DocumentKind::ForeignerPermit => (kind, resident::foreigner_permit(&number)?),
			DocumentKind::Passport => (kind, travel::passport(&number)?),
			DocumentKind::HongKongMacaoPermit => (kind, travel::hong_kong_macao(&number)?),
			DocumentKind::TaiwanPermit => (kind, travel::taiwan(&number)?),
			DocumentKind::OfficerCard | DocumentKind::SoldierCard => {
				(kind, issued::military_card(&number)?)
			}
			DocumentKind::CreditCode => (kind, organisation::credit_code(&number)?),
			DocumentKind::OrganisationCode => (kind, organisation::organisation_code(&number)?),
			DocumentKind::ForeignCompany | DocumentKind::Other => {
				(kind, issued::own_number(&number)?)
			}
		};
		Ok(Reading { document: Self { kind, issuer, number }, doubt })
	}

	/// Its kind in normal form: a residence permit is a [`DocumentKind::ResidentId`].
	pub const fn kind(&self) -> DocumentKind {
		self.kind
	}

	/// Its number in normal form. A personal datum: never send or log it.
	pub fn number(&self) -> &str {
		&self.number
	}

	/// Who issued it, in normal form, where the number alone says too little.
	pub fn issuer(&self) -> Option<&str> {
		self.issuer.as_deref()
	}

	/// Whether the number was taken by its shape alone, because no public rule tells more: a mistyped digit
	/// goes unnoticed.
	pub fn is_unchecked(&self) -> bool {
		match self.kind {
			DocumentKind::ResidentId
			| DocumentKind::ResidencePermit
			| DocumentKind::HouseholdRegister
			| DocumentKind::CreditCode
			| DocumentKind::OrganisationCode => false,
			DocumentKind::ForeignerPermit => self.number.len() != 18,
			DocumentKind::Passport
			| DocumentKind::HongKongMacaoPermit
			| DocumentKind::TaiwanPermit
			| DocumentKind::OfficerCard
			| DocumentKind::SoldierCard
			| DocumentKind::ForeignCompany
			| DocumentKind::Other => true,
		}
	}
}

/// Kinds whose check tells a number of one of the others.
const MISTAKEN: [DocumentKind; 4] = [
	DocumentKind::ResidentId,
	DocumentKind::ForeignerPermit,
	DocumentKind::CreditCode,
	DocumentKind::ResidencePermit,
];

/// Keeps the number out of logs.
impl core::fmt::Debug for Document {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.debug_struct("Document").field("kind", &self.kind).finish_non_exhaustive()
	}
}

/// The check character of the first 17 digits of an identity number, for generators of test data.
pub fn resident_check_digit(first_17: &str) -> Option<char> {
	resident::check_digit(first_17)
}

/// The check character of the first 17 characters of a credit code, for generators of test data.
pub fn credit_code_check_character(first_17: &str) -> Option<char> {
	organisation::check_character(first_17)
}

/// The check character of the first 8 characters of an organisation code, for generators of test data.
pub fn organisation_code_check_character(first_8: &str) -> Option<char> {
	organisation::organisation_check(first_8)
}

/// Half-width, upper case, with `between` in place of each run of blanks.
fn one_spelling(number: &str, between: &str) -> String {
	let narrow: String = number.chars().map(narrow).collect();
	narrow.split_whitespace().collect::<Vec<_>>().join(between).to_uppercase()
}

fn is_scientific(number: &str) -> bool {
	number.split_once("E+").is_some_and(|(mantissa, exponent)| {
		mantissa.chars().all(|c| c.is_ascii_digit() || c == '.')
			&& !exponent.is_empty()
			&& exponent.bytes().all(|b| b.is_ascii_digit())
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn one_person_has_one_spelling() {
		let normal = Document::parse("居民身份证", "11010519491231002X").unwrap();
		for (kind, spelling) in [
			("resident_id", "11010519491231002x"),
			("resident_id", " 110105 19491231 002X "),
			("resident_id", "１１０１０５１９４９１２３１００２Ｘ"),
			("resident_id", "110105491231002"),
			("临时身份证", "11010519491231002X"),
			("户口簿", "11010519491231002X"),
			("household_register", "110105491231002"),
		] {
			assert_eq!(Document::parse(kind, spelling).unwrap(), normal, "{kind} {spelling}");
		}
	}

	#[test]
	fn a_residence_permit_is_the_identity_card_of_its_holder() {
		let first_17 = "81000019900101001";
		let number = format!("{first_17}{}", resident_check_digit(first_17).unwrap());
		let card = Document::parse("resident_id", &number).unwrap();
		for name in ["residence_permit", "港澳台居民居住证", "港澳居民居住证"] {
			assert_eq!(Document::parse(name, &number).unwrap(), card);
		}
		assert_eq!(card.kind(), DocumentKind::ResidentId);
		assert_eq!(
			Document::parse("residence_permit", "11010519491231002X"),
			Err(DocumentError::OtherKind(DocumentKind::ResidentId))
		);
	}

	#[test]
	fn every_document_of_a_clerks_pile_is_taken() {
		for (kind, number, normal) in [
			("foreigner_permit", "USA310076031201", "USA310076031201"),
			("外国人永久居留证", "usa310076031201", "USA310076031201"),
			("officer_card", "军字第2001988号", "军字第2001988号"),
			("士兵证", "士字第20019880号", "士字第20019880号"),
			("organisation_code", "70846113-6", "708461136"),
			("taiwan_permit", "1234567801(B)", "12345678"),
			("foreign_company:Germany", "HRB 12345", "HRB 12345"),
			("境外企业：香港", "１２３４５６７", "1234567"),
			("other:Republic of Utopia", " ab-77  x ", "AB-77 X"),
		] {
			let document = Document::parse(kind, number).unwrap();
			assert_eq!(document.number(), normal, "{kind}");
		}
		let issued = Document::parse("其他：某国  公安局", "AB77").unwrap();
		assert_eq!((issued.kind(), issued.issuer()), (DocumentKind::Other, Some("某国 公安局")));
		assert!(issued.is_unchecked());
	}

	#[test]
	fn a_number_under_the_wrong_kind_is_told_its_own() {
		for (kind, number, belongs) in [
			("credit_code", "11010519491231002X", DocumentKind::ResidentId),
			("resident_id", "91440300708461136T", DocumentKind::CreditCode),
			("resident_id", "USA310076031201", DocumentKind::ForeignerPermit),
			("foreigner_permit", "11010519491231002X", DocumentKind::ResidentId),
		] {
			let refused = Document::read(kind, number);
			assert_eq!(refused, Err(DocumentError::OtherKind(belongs)), "{kind}");
			assert!(!DocumentError::OtherKind(belongs).may_be_vouched());
		}
	}

	#[test]
	fn a_doubted_code_is_read_with_its_doubt_and_refused_without_a_word_for_it() {
		let code = "91350203M0001QKT19";
		let reading = Document::read("credit_code", code).unwrap();
		assert_eq!(
			(reading.document.number(), reading.doubt),
			(code, Some(DocumentError::CodeCheck))
		);
		assert_eq!(Document::parse("credit_code", code), Err(DocumentError::CodeCheck));
		let nowhere = Document::read("credit_code", "44030170846113670T").unwrap();
		assert_eq!(nowhere.doubt, Some(DocumentError::Authority));
	}

	#[test]
	fn a_resident_number_whose_last_character_fits_a_credit_code_stays_a_resident_number() {
		let number = "440301199001010469";
		assert_eq!(credit_code_check_character(&number[..17]), number.chars().last());
		assert_eq!(
			Document::read("credit_code", number),
			Err(DocumentError::OtherKind(DocumentKind::ResidentId))
		);
		assert!(Document::parse("resident_id", number).is_ok());
	}

	#[test]
	fn a_number_cut_by_a_spreadsheet_is_recognised() {
		assert_eq!(Document::parse("resident_id", "4.40301E+17"), Err(DocumentError::Scientific));
		assert_eq!(Document::parse("passport", "  "), Err(DocumentError::Empty));
	}

	#[test]
	fn a_debug_print_does_not_tell_the_number() {
		let document = Document::parse("resident_id", "11010519491231002X").unwrap();
		assert!(!format!("{document:?}").contains("1101"));
	}
}
