//! Papers that are taken by their shape alone, because no public rule tells how their numbers are made:
//! cards of the army, household registers, and whatever has a number and an issuer.

use super::{resident, Checked, DocumentError};

const OWN_NUMBER: &str = "3 to 40";
const ISSUER_LENGTH: core::ops::RangeInclusive<usize> = 2..=60;
const NUMBER_LENGTH: core::ops::RangeInclusive<usize> = 3..=40;

/// The card of an officer or a soldier: `军字第2001988号`, or the digits alone. 字, 第 and 号 may be left out;
/// the normal form has all three, since the characters before them belong to the number.
pub(super) fn military_card(number: &str) -> Result<Checked, DocumentError> {
	let body = number.strip_suffix('号').unwrap_or(number);
	let start = body.find(|c: char| c.is_ascii_digit()).unwrap_or(body.len());
	let (lead, digits) = body.split_at(start);
	if let Some(at) = digits.chars().position(|c| !c.is_ascii_digit()) {
		return Err(DocumentError::Character(lead.chars().count() + at + 1));
	}
	if !(4..=10).contains(&digits.len()) {
		return Err(DocumentError::Length { found: digits.len(), expected: "4 to 10 digits" });
	}
	let lead = lead.strip_suffix('第').unwrap_or(lead);
	let unit = lead.strip_suffix('字').unwrap_or(lead);
	if let Some(at) = unit.chars().position(|c| !is_ideograph(c)) {
		return Err(DocumentError::Character(at + 1));
	}
	let normal = match unit.chars().count() {
		0 if lead.is_empty() && start == 0 => digits.to_string(),
		1..=4 => format!("{unit}字第{digits}号"),
		_ => return Err(DocumentError::Character(1)),
	};
	Ok((normal, None))
}

/// The digits of a military card, which its spellings have in common.
pub(super) fn military_digits(normal: &str) -> String {
	normal.chars().filter(char::is_ascii_digit).collect()
}

/// What stands on the page of a household register for a person: a citizen's number of 15 or 18 digits. The
/// household's own number tells nobody apart from the family.
pub(super) fn household(number: &str) -> Result<Checked, DocumentError> {
	let is_citizen = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'X')
		&& matches!(number.len(), 15 | 18);
	match is_citizen {
		true => resident::identity_card(number),
		false => Err(DocumentError::OfHousehold),
	}
}

/// A number of any paper: letters, digits and the signs that stand between them.
pub(super) fn own_number(number: &str) -> Result<Checked, DocumentError> {
	let found = number.chars().count();
	if !NUMBER_LENGTH.contains(&found) {
		return Err(DocumentError::Length { found, expected: OWN_NUMBER });
	}
	match number.chars().position(|c| !(c.is_alphanumeric() || " -/.()".contains(c))) {
		Some(at) => Err(DocumentError::Character(at + 1)),
		None => Ok((number.to_string(), None)),
	}
}

/// The one spelling of an issuer: half-width, upper case, single blanks.
pub(super) fn issuer(text: &str) -> Result<String, DocumentError> {
	let issuer = text.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
	let fits = ISSUER_LENGTH.contains(&issuer.chars().count())
		&& issuer.chars().all(|c| c.is_alphanumeric() || " -/.(),&'·".contains(c));
	match fits {
		true => Ok(issuer),
		false => Err(DocumentError::Issuer),
	}
}

fn is_ideograph(c: char) -> bool {
	('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn card(number: &str) -> Result<String, DocumentError> {
		military_card(number).map(|(normal, doubt)| {
			assert_eq!(doubt, None);
			normal
		})
	}

	#[test]
	fn a_card_of_the_army_has_one_spelling_and_keeps_its_unit() {
		for spelling in ["军字第2001988号", "军字2001988号", "军第2001988", "军2001988"] {
			assert_eq!(card(spelling).as_deref(), Ok("军字第2001988号"), "{spelling}");
		}
		assert_eq!(card("南字第2001988号").as_deref(), Ok("南字第2001988号"));
		assert_eq!(card("2001988").as_deref(), Ok("2001988"));
		assert_eq!(military_digits("军字第2001988号"), "2001988");
		assert_eq!(card("字第2001988号"), Err(DocumentError::Character(1)));
		assert_eq!(card("A字第2001988号"), Err(DocumentError::Character(1)));
		assert_eq!(card("军字第20X1988号"), Err(DocumentError::Character(6)));
		let expected = "4 to 10 digits";
		assert_eq!(card("军字第号"), Err(DocumentError::Length { found: 0, expected }));
	}

	#[test]
	fn a_household_register_gives_the_number_of_a_person_and_never_that_of_a_family() {
		let citizen = household("110105491231002");
		assert_eq!(citizen, Ok(("11010519491231002X".to_string(), None)));
		let (_, doubt) = household("110105194912310021").unwrap();
		assert_eq!(doubt, Some(DocumentError::CheckDigit));
		for own in ["007654321", "12345678901234567", "京A7654321"] {
			assert_eq!(household(own), Err(DocumentError::OfHousehold), "{own}");
		}
		let message = DocumentError::OfHousehold.to_string();
		assert!(message.contains("公民身份号码") && message.contains("other:ISSUER"), "{message}");
	}

	#[test]
	fn an_issuer_has_one_spelling_and_no_strange_signs() {
		assert_eq!(issuer("  Republic  of Utopia ").as_deref(), Ok("REPUBLIC OF UTOPIA"));
		assert_eq!(issuer("香港特别行政区").as_deref(), Ok("香港特别行政区"));
		for wrong in ["", "X", "a;b", "a\nb;", &"长".repeat(61)] {
			assert_eq!(issuer(wrong), Err(DocumentError::Issuer), "{wrong}");
		}
	}
}
