//! Documents by which a person is known: their kinds, the one spelling of a number, and its check
//! digit.

mod credit_code;
mod resident;
mod travel;

use crate::amount::narrow;
use serde::{Deserialize, Serialize};

/// A kind of document. The number of each enters the identity hash: never change one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum DocumentKind {
	/// Resident identity card, GB 11643-1999.
	ResidentId = 1,
	/// Passport.
	Passport = 2,
	/// Travel permit of residents of Hong Kong and Macao.
	HongKongMacaoPermit = 3,
	/// Travel permit of residents of Taiwan.
	TaiwanPermit = 4,
	/// Permanent residence permit of foreigners, as issued since 2023.
	ForeignerPermit = 5,
	/// Unified social credit code of an organisation, GB 32100-2015.
	CreditCode = 6,
}

/// A document with its number in normal form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Document {
	kind: DocumentKind,
	number: String,
}

/// Why a document is refused. Never tells the number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DocumentError {
	/// The kind has no known name.
	#[error(
		"unknown document type; known are resident_id, passport, hong_kong_macao_permit, \
		 taiwan_permit, foreigner_permit, credit_code or their Chinese names"
	)]
	UnknownKind,
	/// Nothing is there.
	#[error("the document number is empty")]
	Empty,
	/// Spreadsheets shorten long numbers, and lose their last digits by it.
	#[error("the document number was cut to scientific notation; format the column as text")]
	Scientific,
	/// The number of characters is wrong.
	#[error("the document number has {found} characters instead of {expected}")]
	Length {
		/// How many it has.
		found: usize,
		/// How many it should have.
		expected: &'static str,
	},
	/// A character does not belong there.
	#[error("the document number has a character that does not belong there, at position {0}")]
	Character(usize),
	/// The first digits name no region.
	#[error("the document number names a region that does not exist")]
	Region,
	/// The digits of the birth date are no date.
	#[error("the document number has a birth date that does not exist")]
	BirthDate,
	/// The last character does not follow from the others.
	#[error("the check digit of the document number is wrong; a digit was mistyped")]
	CheckDigit,
}

impl DocumentKind {
	/// Every kind.
	pub const ALL: [Self; 6] = [
		Self::ResidentId,
		Self::Passport,
		Self::HongKongMacaoPermit,
		Self::TaiwanPermit,
		Self::ForeignerPermit,
		Self::CreditCode,
	];

	/// The kind's name in files, and in Chinese.
	pub const fn names(self) -> (&'static str, &'static str) {
		match self {
			Self::ResidentId => ("resident_id", "居民身份证"),
			Self::Passport => ("passport", "护照"),
			Self::HongKongMacaoPermit => ("hong_kong_macao_permit", "港澳居民来往内地通行证"),
			Self::TaiwanPermit => ("taiwan_permit", "台湾居民来往大陆通行证"),
			Self::ForeignerPermit => ("foreigner_permit", "外国人永久居留身份证"),
			Self::CreditCode => ("credit_code", "统一社会信用代码"),
		}
	}

	fn parse(name: &str) -> Result<Self, DocumentError> {
		let name = name.trim();
		Self::ALL
			.into_iter()
			.find(|kind| {
				let (english, chinese) = kind.names();
				english.eq_ignore_ascii_case(name) || chinese == name
			})
			.or(match name {
				"身份证" | "二代身份证" => Some(Self::ResidentId),
				"港澳通行证" => Some(Self::HongKongMacaoPermit),
				"台胞证" => Some(Self::TaiwanPermit),
				_ => None,
			})
			.ok_or(DocumentError::UnknownKind)
	}
}

impl Document {
	/// Reads a document as a platform wrote it, and brings its number into normal form: half-width,
	/// upper case, no spaces around it, 18 digits where there were 15.
	pub fn parse(kind: &str, number: &str) -> Result<Self, DocumentError> {
		Self::new(DocumentKind::parse(kind)?, number)
	}

	/// Like [`Document::parse`], for a known kind.
	pub fn new(kind: DocumentKind, number: &str) -> Result<Self, DocumentError> {
		let number: String = number.chars().map(narrow).collect::<String>().trim().to_uppercase();
		if number.is_empty() {
			return Err(DocumentError::Empty);
		}
		if is_scientific(&number) {
			return Err(DocumentError::Scientific);
		}
		let number = match kind {
			DocumentKind::ResidentId => resident::normalise(&number)?,
			DocumentKind::ForeignerPermit => resident::normalise_foreigner(&number)?,
			DocumentKind::Passport => travel::passport(&number)?,
			DocumentKind::HongKongMacaoPermit => travel::hong_kong_macao(&number)?,
			DocumentKind::TaiwanPermit => travel::taiwan(&number)?,
			DocumentKind::CreditCode => credit_code::normalise(&number)?,
		};
		Ok(Self { kind, number })
	}

	/// Its kind.
	pub const fn kind(&self) -> DocumentKind {
		self.kind
	}

	/// Its number in normal form. A personal datum: never send or log it.
	pub fn number(&self) -> &str {
		&self.number
	}
}

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
	credit_code::check_character(first_17)
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
	fn a_kind_is_known_by_its_english_and_chinese_name() {
		for kind in DocumentKind::ALL {
			let (english, chinese) = kind.names();
			assert_eq!(DocumentKind::parse(english), Ok(kind));
			assert_eq!(DocumentKind::parse(&english.to_uppercase()), Ok(kind));
			assert_eq!(DocumentKind::parse(chinese), Ok(kind));
		}
		assert_eq!(DocumentKind::parse("驾驶证"), Err(DocumentError::UnknownKind));
	}

	#[test]
	fn one_person_has_one_spelling() {
		let normal = Document::parse("居民身份证", "11010519491231002X").unwrap();
		for spelling in [
			"11010519491231002x",
			" 11010519491231002X ",
			"１１０１０５１９４９１２３１００２Ｘ",
			"110105491231002",
		] {
			assert_eq!(Document::parse("resident_id", spelling).unwrap(), normal, "{spelling}");
		}
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
