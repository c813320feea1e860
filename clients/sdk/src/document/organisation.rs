//! Codes of organisations: GB 32100-2015, and GB 11714-1997 before it.

use super::{resident::is_province, Checked, DocumentError};

/// The letters I, O, S, V and Z are left out.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const CODE_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Who registers, and the kinds of bodies that each registers: GB 32100-2015, 4.2 and 4.3, with the
/// authorities added until 2017.
const AUTHORITIES: [(char, &str); 12] = [
	('1', "1239"),   // establishment of public bodies 机构编制
	('2', "19"),     // foreign affairs 外交
	('3', "123459"), // justice 司法行政
	('4', "19"),     // culture 文化
	('5', "1239"),   // civil affairs 民政
	('6', "129"),    // tourism 旅游
	('7', "129"),    // religious affairs 宗教
	('8', "19"),     // trade unions 工会
	('9', "1239"),   // market regulation 工商
	('A', "19"),     // the army 中央军委
	('N', "1239"),   // agriculture 农业
	('Y', "1"),      // others 其他
];
/// What stands in place of a province where the authority is that of the whole country.
const WHOLE_COUNTRY: &str = "10";

/// A unified social credit code: authority and kind of body, district of the registration, the organisation
/// code, a check character.
pub(super) fn credit_code(code: &str) -> Result<Checked, DocumentError> {
	match code.chars().count() {
		18 => {}
		found => return Err(DocumentError::Length { found, expected: "18" }),
	}
	if let Some(at) = code.chars().position(|c| !ALPHABET.contains(c)) {
		return Err(DocumentError::Character(at + 1));
	}
	Ok((code.to_string(), doubt_of_credit_code(code)))
}

fn doubt_of_credit_code(code: &str) -> Option<DocumentError> {
	let mut first_two = code.chars();
	let (authority, body) = (first_two.next()?, first_two.next()?);
	let known =
		AUTHORITIES.iter().any(|(letter, bodies)| *letter == authority && bodies.contains(body));
	if !known {
		return Some(DocumentError::Authority);
	}
	let (province, district) = (&code[2..4], &code[4..8]);
	let is_district = district.bytes().all(|byte| byte.is_ascii_digit());
	if !is_district || !(is_province(province) || province == WHOLE_COUNTRY) {
		return Some(DocumentError::Region);
	}
	let fits = organisation_check(&code[8..16]) == code[16..].chars().next()
		&& check_character(&code[..17]) == code.chars().last();
	(!fits).then_some(DocumentError::CodeCheck)
}

/// An organisation code: eight characters and a check character, with or without a hyphen before it.
pub(super) fn organisation_code(code: &str) -> Result<Checked, DocumentError> {
	let code: String = code.chars().filter(|c| *c != '-').collect();
	match code.chars().count() {
		9 => {}
		found => return Err(DocumentError::Length { found, expected: "9" }),
	}
	if let Some(at) = code.chars().position(|c| !c.is_ascii_digit() && !c.is_ascii_uppercase()) {
		return Err(DocumentError::Character(at + 1));
	}
	let fits = organisation_check(&code[..8]) == code.chars().last();
	Ok((code, (!fits).then_some(DocumentError::CodeCheck)))
}

/// The organisation code within a credit code.
pub(super) fn organisation_within(credit_code: &str) -> Option<&str> {
	credit_code.get(8..17)
}

/// The character that must follow the first 17 of a credit code.
pub(super) fn check_character(first_17: &str) -> Option<char> {
	if first_17.len() != WEIGHTS.len() {
		return None;
	}
	let sum = first_17
		.chars()
		.zip(WEIGHTS)
		.try_fold(0, |sum, (c, weight)| Some(sum + ALPHABET.find(c)? * weight))?;
	ALPHABET.chars().nth((31 - sum % 31) % 31)
}

/// The character that must follow the first eight of an organisation code.
pub(super) fn organisation_check(first_8: &str) -> Option<char> {
	if first_8.len() != CODE_WEIGHTS.len() {
		return None;
	}
	let sum = first_8
		.chars()
		.zip(CODE_WEIGHTS)
		.try_fold(0, |sum, (c, weight)| Some(sum + c.to_digit(36)? * weight))?;
	match 11 - sum % 11 {
		10 => Some('X'),
		11 => Some('0'),
		digit => char::from_digit(digit, 10),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn strict(checked: Result<Checked, DocumentError>) -> Result<String, DocumentError> {
		match checked? {
			(code, None) => Ok(code),
			(_, Some(doubt)) => Err(doubt),
		}
	}

	#[test]
	fn well_known_codes_pass_and_a_typo_does_not() {
		for good in ["91440300708461136T", "91110000802100433B"] {
			assert_eq!(strict(credit_code(good)).as_deref(), Ok(good));
			assert_eq!(strict(organisation_code(&good[8..17])).as_deref(), Ok(&good[8..17]));
		}
		assert_eq!(strict(credit_code("91440300708461136U")), Err(DocumentError::CodeCheck));
		assert_eq!(credit_code("9144030070846113IT"), Err(DocumentError::Character(17)));
		assert_eq!(
			credit_code("9144030070846113"),
			Err(DocumentError::Length { found: 16, expected: "18" })
		);
	}

	#[test]
	fn a_real_code_of_xiamen_that_breaks_the_standard_is_doubted_and_keeps_its_form() {
		let code = "91350203M0001QKT19";
		assert_eq!(organisation_check("M0001QKT"), Some('1'), "its inner code keeps to the rule");
		assert_eq!(credit_code(code), Ok((code.to_string(), Some(DocumentError::CodeCheck))));
		assert!(DocumentError::CodeCheck.may_be_vouched());
		assert!(DocumentError::CodeCheck.to_string().contains("与营业执照核对"));
	}

	#[test]
	fn the_first_two_characters_name_an_authority_and_its_kind_of_body() {
		for wrong in
			["44030119900101046", "90440300708461136", "B1440300708461136", "24440300708461136"]
		{
			let code = format!("{wrong}{}", check_character(wrong).unwrap());
			assert_eq!(strict(credit_code(&code)), Err(DocumentError::Authority), "{code}");
		}
		let elsewhere = "91990300708461136";
		let code = format!("{elsewhere}{}", check_character(elsewhere).unwrap());
		assert_eq!(strict(credit_code(&code)), Err(DocumentError::Region));
	}

	#[test]
	fn hardly_a_resident_number_is_a_credit_code() {
		let (mut by_check, mut by_all, mut numbers) = (0, 0, 0);
		for district in ["110105", "310115", "350203", "440301", "510107", "511523", "370911"] {
			for serial in 0..9_000 {
				let (day, sequence) = (serial / 900, 100 + serial % 900);
				let first_17 = format!("{district}1990{:02}{:02}{sequence}", 1 + day % 12, 1 + day);
				let number = format!(
					"{first_17}{}",
					super::super::resident::check_digit(&first_17).unwrap()
				);
				numbers += 1;
				let check = check_character(&number[..17]) == number.chars().last();
				by_check += u32::from(check);
				by_all += u32::from(strict(credit_code(&number)).is_ok());
			}
		}
		assert!(by_check > numbers / 40, "{by_check} of {numbers} have the right last character");
		assert!(by_all < numbers / 2_000, "{by_all} of {numbers} are credit codes");
	}

	#[test]
	fn an_organisation_code_is_read_with_and_without_its_hyphen() {
		assert_eq!(strict(organisation_code("70846113-6")).as_deref(), Ok("708461136"));
		assert_eq!(strict(organisation_code("708461135")), Err(DocumentError::CodeCheck));
		assert_eq!(
			organisation_code("70846113"),
			Err(DocumentError::Length { found: 8, expected: "9" })
		);
		assert_eq!(organisation_code("7084611三6"), Err(DocumentError::Character(8)));
		assert_eq!(organisation_within("91440300708461136T"), Some("708461136"));
		// Check characters of all three forms.
		assert_eq!(organisation_check("D2143569"), Some('X'), "the example of GB 11714");
	}
}
