//! Kinds of documents, by the names that people write.

use super::{issued, DocumentError};
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
	/// Permanent residence permit of foreigners: 18 digits since 2023, before that three letters and 12
	/// digits.
	ForeignerPermit = 5,
	/// Unified social credit code of an organisation, GB 32100-2015.
	CreditCode = 6,
	/// Card of an officer of the army or the armed police.
	OfficerCard = 7,
	/// Card of a soldier.
	SoldierCard = 8,
	/// Household register, whose page for a person holds a citizen number. Its documents become
	/// [`DocumentKind::ResidentId`]; this number enters no hash.
	HouseholdRegister = 9,
	/// Code of an organisation before 2015, GB 11714-1997.
	OrganisationCode = 10,
	/// A company of another country or region, by its registration there.
	ForeignCompany = 11,
	/// Any other paper, with its issuer.
	Other = 12,
	/// Residence permit of residents of Hong Kong, Macao and Taiwan, which holds a number as an identity card
	/// does. Its documents become [`DocumentKind::ResidentId`]; this number enters no hash.
	ResidencePermit = 13,
}

impl DocumentKind {
	/// Every kind.
	pub const ALL: [Self; 13] = [
		Self::ResidentId,
		Self::Passport,
		Self::HongKongMacaoPermit,
		Self::TaiwanPermit,
		Self::ResidencePermit,
		Self::ForeignerPermit,
		Self::OfficerCard,
		Self::SoldierCard,
		Self::HouseholdRegister,
		Self::CreditCode,
		Self::OrganisationCode,
		Self::ForeignCompany,
		Self::Other,
	];

	/// The kind's name in files, and in Chinese.
	pub const fn names(self) -> (&'static str, &'static str) {
		match self {
			Self::ResidentId => ("resident_id", "居民身份证"),
			Self::Passport => ("passport", "护照"),
			Self::HongKongMacaoPermit => ("hong_kong_macao_permit", "港澳居民来往内地通行证"),
			Self::TaiwanPermit => ("taiwan_permit", "台湾居民来往大陆通行证"),
			Self::ResidencePermit => ("residence_permit", "港澳台居民居住证"),
			Self::ForeignerPermit => ("foreigner_permit", "外国人永久居留身份证"),
			Self::OfficerCard => ("officer_card", "军官证"),
			Self::SoldierCard => ("soldier_card", "士兵证"),
			Self::HouseholdRegister => ("household_register", "户口簿"),
			Self::CreditCode => ("credit_code", "统一社会信用代码"),
			Self::OrganisationCode => ("organisation_code", "组织机构代码"),
			Self::ForeignCompany => ("foreign_company", "境外企业"),
			Self::Other => ("other", "其他"),
		}
	}

	/// Further names, as platforms' exports have them.
	const fn synonyms(self) -> &'static [&'static str] {
		match self {
			Self::ResidentId => &[
				"身份证",
				"二代身份证",
				"第二代居民身份证",
				"临时身份证",
				"临时居民身份证",
				"中国居民身份证",
			],
			Self::Passport => &["外国护照", "中国护照", "普通护照", "外国人护照"],
			Self::HongKongMacaoPermit => &["港澳通行证", "港澳居民通行证", "回乡证"],
			Self::TaiwanPermit => &["台胞证", "台湾居民通行证", "台湾通行证"],
			Self::ResidencePermit => &["港澳居民居住证", "台湾居民居住证"],
			Self::ForeignerPermit => &["外国人永久居留证", "永久居留身份证", "永居证"],
			Self::OfficerCard => &["军官身份证", "武警警官证", "警官证", "文职干部证"],
			Self::SoldierCard => &["士兵身份证", "军人士兵证", "义务兵证", "士官证"],
			Self::HouseholdRegister => &["户口本", "居民户口簿"],
			Self::CreditCode => &["社会信用代码", "信用代码", "营业执照"],
			Self::OrganisationCode => &["组织机构代码证", "organization_code"],
			Self::ForeignCompany => &["境外公司", "外国企业", "外国公司", "境外机构"],
			Self::Other => &["其它", "其他证件", "其它证件"],
		}
	}

	/// The names of every kind, for messages.
	pub fn list() -> String {
		let names = Self::ALL.map(|kind| {
			let (english, chinese) = kind.names();
			let issuer = if kind.has_issuer() { (":ISSUER", "：签发机关") } else { ("", "") };
			format!("{english}{} {chinese}{}", issuer.0, issuer.1)
		});
		names.join(", ")
	}

	/// Whether its numbers name somebody only together with who issued the paper.
	pub const fn has_issuer(self) -> bool {
		matches!(self, Self::ForeignCompany | Self::Other)
	}

	fn named(name: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|kind| {
			let (english, chinese) = kind.names();
			[english, chinese]
				.iter()
				.chain(kind.synonyms())
				.any(|known| known.eq_ignore_ascii_case(name))
		})
	}
}

/// A kind of document with the issuer where one is needed, in normal form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct DocumentType {
	pub kind: DocumentKind,
	pub issuer: Option<String>,
}

impl DocumentType {
	/// Reads `passport`, 护照, or `other:Republic of Utopia` where an issuer is needed.
	pub fn parse(text: &str) -> Result<Self, DocumentError> {
		let text: String = text.chars().map(narrow).collect();
		let (name, issuer) = match text.split_once(':') {
			Some((name, issuer)) => (name.trim(), Some(issuer)),
			None => (text.trim(), None),
		};
		let kind = DocumentKind::named(name).ok_or(DocumentError::UnknownKind)?;
		Self::new(kind, issuer)
	}

	pub fn new(kind: DocumentKind, issuer: Option<&str>) -> Result<Self, DocumentError> {
		let issuer = match issuer {
			None if kind.has_issuer() => return Err(DocumentError::NoIssuer(kind)),
			Some(_) if !kind.has_issuer() => return Err(DocumentError::NeedlessIssuer(kind)),
			None => None,
			Some(issuer) if issuer.trim().is_empty() => return Err(DocumentError::NoIssuer(kind)),
			Some(issuer) => Some(issued::issuer(issuer)?),
		};
		Ok(Self { kind, issuer })
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn kind(text: &str) -> Result<DocumentKind, DocumentError> {
		DocumentType::parse(text).map(|found| found.kind)
	}

	#[test]
	fn a_kind_is_known_by_every_name_that_it_has_in_both_languages() {
		for known in DocumentKind::ALL {
			let (english, chinese) = known.names();
			for name in [english, chinese].iter().chain(known.synonyms()) {
				let text = match known.has_issuer() {
					true => format!(" {name}：某国 "),
					false => format!(" {} ", name.to_uppercase()),
				};
				assert_eq!(kind(&text), Ok(known), "{text}");
			}
		}
		assert_eq!(kind("驾驶证"), Err(DocumentError::UnknownKind));
	}

	#[test]
	fn the_message_about_an_unknown_kind_lists_every_kind_in_both_languages() {
		let message = DocumentError::UnknownKind.to_string();
		for known in DocumentKind::ALL {
			let (english, chinese) = known.names();
			assert!(message.contains(english), "{english}");
			assert!(message.contains(chinese), "{chinese}");
		}
	}

	#[test]
	fn no_two_kinds_share_a_name_or_a_number_in_hashes() {
		let mut names = std::collections::HashSet::new();
		let mut numbers = std::collections::HashSet::new();
		for known in DocumentKind::ALL {
			let (english, chinese) = known.names();
			for name in [english, chinese].iter().chain(known.synonyms()) {
				assert!(names.insert(*name), "{name}");
			}
			assert!(numbers.insert(known as u8), "{known:?}");
		}
	}

	#[test]
	fn an_issuer_is_asked_for_where_a_number_says_too_little_without_it() {
		for known in DocumentKind::ALL {
			let (english, _) = known.names();
			let (without, with) = (kind(english), kind(&format!("{english}:Utopia")));
			match known.has_issuer() {
				true => {
					assert_eq!(without, Err(DocumentError::NoIssuer(known)));
					assert_eq!(kind(&format!("{english}: ")), Err(DocumentError::NoIssuer(known)));
					assert_eq!(with, Ok(known));
				}
				false => {
					assert_eq!(without, Ok(known));
					assert_eq!(with, Err(DocumentError::NeedlessIssuer(known)));
				}
			}
		}
		let message = DocumentError::NoIssuer(DocumentKind::Other).to_string();
		assert!(message.contains("other:ISSUER") && message.contains("其他:签发机关"), "{message}");
	}
}
