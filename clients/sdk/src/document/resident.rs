//! Numbers of 18 digits by GB 11643-1999, and of 15 digits as they were before.

use super::{Checked, DocumentError};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// Provinces of GB/T 2260.
const PROVINCES: [&str; 32] = [
	"11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41",
	"42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71",
];
/// What the residence permits of Hong Kong, Macao and Taiwan residents have in place of a district: State
/// Council Office, Guobanfa \[2018\] 81, article 5.
const PERMITS: [&str; 3] = ["810000", "820000", "830000"];

/// The 18 digits of an identity card, or of a residence permit.
pub(super) fn identity_card(number: &str) -> Result<Checked, DocumentError> {
	let number = lengthen(number)?;
	ensure_digits(&number)?;
	let region = is_province(&number[..2]) || PERMITS.iter().any(|code| code[..2] == number[..2]);
	let doubt = doubt(&number, region);
	Ok((number, doubt))
}

/// The 18 digits of a residence permit of a resident of Hong Kong, Macao or Taiwan.
pub(super) fn residence_permit(number: &str) -> Result<Checked, DocumentError> {
	ensure_length(number, 18, "18")?;
	ensure_digits(number)?;
	Ok((number.to_string(), doubt(number, PERMITS.contains(&&number[..6]))))
}

/// The 18 digits of a foreigner's permit: `9`, province, country, then as an identity card (National
/// Immigration Administration, machine-readable data of the permit of 2023). Older permits have three
/// letters of the country and twelve digits; their last digits are not checked, since no published rule
/// tells how. The new number does not follow from the old one, which has another serial number.
pub(super) fn foreigner_permit(number: &str) -> Result<Checked, DocumentError> {
	if number.starts_with(|c: char| c.is_ascii_alphabetic()) {
		ensure_length(number, 15, "18, or 15 on a permit from before 2023")?;
		let belongs = |(at, c): (usize, char)| match at {
			0..3 => c.is_ascii_alphabetic(),
			_ => c.is_ascii_digit(),
		};
		return match number.chars().enumerate().position(|place| !belongs(place)) {
			Some(at) => Err(DocumentError::Character(at + 1)),
			None => Ok((number.to_string(), None)),
		};
	}
	ensure_length(number, 18, "18, or 15 on a permit from before 2023")?;
	ensure_digits(number)?;
	let region = number.starts_with('9') && is_province(&number[1..3]);
	Ok((number.to_string(), doubt(number, region)))
}

/// Whether two digits are those of a province.
pub(super) fn is_province(digits: &str) -> bool {
	PROVINCES.contains(&digits)
}

/// What speaks against 18 characters of the right shape.
fn doubt(number: &str, region: bool) -> Option<DocumentError> {
	if !region {
		return Some(DocumentError::Region);
	}
	ensure_birth_date(number).and_then(|()| ensure_check_digit(number)).err()
}

/// The character that must follow the first 17 digits.
pub(super) fn check_digit(first_17: &str) -> Option<char> {
	if first_17.len() != WEIGHTS.len() {
		return None;
	}
	let sum = first_17
		.chars()
		.zip(WEIGHTS)
		.try_fold(0, |sum, (digit, weight)| Some(sum + digit.to_digit(10)? * weight))?;
	CHECK_DIGITS.get(sum as usize % CHECK_DIGITS.len()).copied()
}

/// A number of 15 digits has a year of two digits, of the 20th century, and no check digit.
fn lengthen(number: &str) -> Result<String, DocumentError> {
	if number.chars().count() != 15 {
		ensure_length(number, 18, "18 (or 15 on an old card)")?;
		return Ok(number.to_string());
	}
	if let Some(at) = number.chars().position(|c| !c.is_ascii_digit()) {
		return Err(DocumentError::Character(at + 1));
	}
	let first_17 = format!("{}19{}", &number[..6], &number[6..]);
	let check = check_digit(&first_17).ok_or(DocumentError::CheckDigit)?;
	Ok(format!("{first_17}{check}"))
}

fn ensure_length(number: &str, length: usize, expected: &'static str) -> Result<(), DocumentError> {
	match number.chars().count() {
		found if found == length => Ok(()),
		found => Err(DocumentError::Length { found, expected }),
	}
}

/// Seventeen digits, then a digit or X.
fn ensure_digits(number: &str) -> Result<(), DocumentError> {
	let belongs = |(at, c): (usize, char)| c.is_ascii_digit() || (at == 17 && c == 'X');
	match number.chars().enumerate().position(|place| !belongs(place)) {
		Some(at) => Err(DocumentError::Character(at + 1)),
		None => Ok(()),
	}
}

fn ensure_birth_date(number: &str) -> Result<(), DocumentError> {
	let field = |range: core::ops::Range<usize>| number.get(range).and_then(|s| s.parse().ok());
	let (Some(year), Some(month), Some(day)) = (field(6..10), field(10..12), field(12..14)) else {
		return Err(DocumentError::BirthDate);
	};
	match (1880..=2200).contains(&year) && (1..=days_of(year, month)).contains(&day) {
		true => Ok(()),
		false => Err(DocumentError::BirthDate),
	}
}

fn ensure_check_digit(number: &str) -> Result<(), DocumentError> {
	match check_digit(&number[..17]) == number.chars().last() {
		true => Ok(()),
		false => Err(DocumentError::CheckDigit),
	}
}

const fn days_of(year: u32, month: u32) -> u32 {
	match month {
		1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
		4 | 6 | 9 | 11 => 30,
		2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
			29
		}
		2 => 28,
		_ => 0,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use DocumentError::*;

	/// What is wrong with a number, or its normal form.
	fn normalise(number: &str) -> Result<String, DocumentError> {
		strict(identity_card(number))
	}

	fn strict(checked: Result<Checked, DocumentError>) -> Result<String, DocumentError> {
		match checked? {
			(number, None) => Ok(number),
			(_, Some(doubt)) => Err(doubt),
		}
	}

	fn with_check(first_17: &str) -> String {
		format!("{first_17}{}", check_digit(first_17).unwrap())
	}

	#[test]
	fn the_example_of_the_standard_has_check_digit_x() {
		assert_eq!(check_digit("11010519491231002"), Some('X'));
		assert_eq!(check_digit("44052418800101001"), Some('4'));
		assert_eq!(check_digit("1101051949123100"), None);
		assert_eq!(check_digit("1101051949123100A"), None);
	}

	#[test]
	fn every_single_mistyped_digit_is_found() {
		let good = "440524188001010014";
		assert_eq!(normalise(good).as_deref(), Ok(good));
		for at in 0..17 {
			for digit in '0'..='9' {
				let mut typo: Vec<char> = good.chars().collect();
				if typo[at] == digit {
					continue;
				}
				typo[at] = digit;
				assert!(normalise(&typo.into_iter().collect::<String>()).is_err(), "{at} {digit}");
			}
		}
	}

	#[test]
	fn two_neighbours_swapped_are_found() {
		assert_eq!(normalise("110105194912310092"), Err(CheckDigit));
		assert_eq!(normalise("11010519491231020X"), Err(CheckDigit));
	}

	#[test]
	fn a_number_of_15_digits_becomes_18() {
		assert_eq!(normalise("110105491231002").as_deref(), Ok("11010519491231002X"));
		assert_eq!(normalise("11010549123100A"), Err(Character(15)));
	}

	#[test]
	fn each_defect_has_its_reason() {
		let long = Length { found: 19, expected: "18 (or 15 on an old card)" };
		assert_eq!(normalise("1101051949123100201"), Err(long));
		assert_eq!(normalise("1101051949X231002X"), Err(Character(11)));
		assert_eq!(normalise("01010519491231002X"), Err(Region));
		assert_eq!(normalise("11010519490229002X"), Err(BirthDate));
		assert_eq!(normalise("11010519491331002X"), Err(BirthDate));
		assert_eq!(normalise("110105194912310021"), Err(CheckDigit));
		assert_eq!(normalise("１１０１０５".repeat(3).as_str()), Err(Character(1)));
	}

	#[test]
	fn a_leap_day_exists_in_leap_years_only() {
		assert_eq!((days_of(2000, 2), days_of(1900, 2), days_of(1996, 2)), (29, 28, 29));
	}

	#[test]
	fn a_doubtful_number_has_its_normal_form_all_the_same() {
		let mistyped = "110105194912310021";
		assert_eq!(identity_card(mistyped), Ok((mistyped.to_string(), Some(CheckDigit))));
	}

	#[test]
	fn a_foreigners_permit_names_the_province_after_the_nine() {
		let good = with_check("91101319900101001");
		assert_eq!(strict(foreigner_permit(&good)).as_ref(), Ok(&good));
		assert_eq!(strict(foreigner_permit("11010519491231002X")), Err(Region));
		assert_eq!(normalise(&good), Err(Region), "no citizen's number begins with 9");
	}

	#[test]
	fn a_foreigners_permit_from_before_2023_is_taken_by_its_shape() {
		assert_eq!(strict(foreigner_permit("USA310076031201")).as_deref(), Ok("USA310076031201"));
		assert_eq!(foreigner_permit("US1310076031201"), Err(Character(3)));
		assert_eq!(foreigner_permit("USA31007603120X"), Err(Character(15)));
		let expected = "18, or 15 on a permit from before 2023";
		assert_eq!(foreigner_permit("USA31007603120"), Err(Length { found: 14, expected }));
	}

	#[test]
	fn a_residence_permit_begins_with_one_of_three_codes() {
		for code in PERMITS {
			let good = with_check(&format!("{code}19900101001"));
			assert_eq!(strict(residence_permit(&good)).as_ref(), Ok(&good));
			assert_eq!(normalise(&good).as_ref(), Ok(&good));
		}
		assert_eq!(strict(residence_permit("11010519491231002X")), Err(Region));
		assert_eq!(residence_permit("110105491231002"), Err(Length { found: 15, expected: "18" }));
	}
}
