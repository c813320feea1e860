use super::DocumentKind;

/// Why a document is refused, or what speaks against it. Never tells the number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DocumentError {
	/// The kind has no known name.
	#[error("unknown document type 证件类型未知; known are 可填: {}", DocumentKind::list())]
	UnknownKind,
	/// The kind says too little without the office or country that issued the paper.
	#[error(
		"the document type {en} {zh} needs its issuer after a colon, as in {en}:ISSUER \
		 须写明签发国家或机关，例如 {zh}:签发机关",
		en = .0.names().0,
		zh = .0.names().1
	)]
	NoIssuer(DocumentKind),
	/// The kind has one issuer.
	#[error(
		"the document type {} {} takes no issuer; leave out the colon and what follows 此类证件无须写签发机关",
		.0.names().0,
		.0.names().1
	)]
	NeedlessIssuer(DocumentKind),
	/// The issuer is no name.
	#[error("the issuer of the document has a character that does not belong there, or a wrong length 签发机关有误")]
	Issuer,
	/// Nothing is there.
	#[error("the document number is empty")]
	Empty,
	/// Spreadsheets shorten long numbers, and lose their last digits by it.
	#[error("the document number was cut to scientific notation; format the column as text")]
	Scientific,
	/// It is the number of a household, which its members share.
	#[error(
		"a household's own number 户号 is that of a whole family: write the person's citizen number from the own page \
		 of the register; for a person who has none, other:ISSUER with a number of that person alone \
		 户号为全家共用，请填写本人页上的公民身份号码"
	)]
	OfHousehold,
	/// The number of characters is wrong.
	#[error("the length of the document number is {found}; it should be {expected}")]
	Length {
		/// How many it has.
		found: usize,
		/// How many it should have.
		expected: &'static str,
	},
	/// A character does not belong there.
	#[error("the document number has a character that does not belong there, at position {0}")]
	Character(usize),
	/// It is a whole and correct number of another kind.
	#[error("the number is one of another document type: {} {}; correct the type 证件类型与号码不符", .0.names().0, .0.names().1)]
	OtherKind(DocumentKind),
	/// The first digits name no region.
	#[error("the document number names a region that does not exist")]
	Region,
	/// The digits of the birth date are no date.
	#[error("the document number has a birth date that does not exist")]
	BirthDate,
	/// The last character does not follow from the others.
	#[error("the check digit of the document number is wrong; a digit was mistyped")]
	CheckDigit,
	/// The first two characters name no authority with such bodies.
	#[error(
		"the first two characters are not those of a credit code (who registers, and what kind of body); \
		 compare with the licence 与营业执照核对"
	)]
	Authority,
	/// A check character of a company's code does not follow from the others.
	#[error(
		"a check character of the code does not fit: a character was mistyped, or the office that gave it did \
		 not keep to the standard, as some before 2016; compare with the licence 与营业执照核对"
	)]
	CodeCheck,
}

impl DocumentError {
	/// Whether the number has the right shape, so that a person who compared it with the paper can vouch for
	/// it: papers exist whose issuers did not keep to the rule that a check relies on.
	pub const fn may_be_vouched(self) -> bool {
		matches!(
			self,
			Self::Region | Self::BirthDate | Self::CheckDigit | Self::Authority | Self::CodeCheck
		)
	}
}
