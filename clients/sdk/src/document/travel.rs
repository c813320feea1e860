//! Passports and travel permits. They have no check digit on their face.

use super::{Checked, DocumentError};

/// Five to nine letters and digits (ICAO 9303).
pub(super) fn passport(number: &str) -> Result<Checked, DocumentError> {
	ensure(number, &[5, 6, 7, 8, 9], "5 to 9", |_, c| c.is_ascii_alphanumeric())?;
	Ok((number.to_string(), None))
}

/// H or M and eight digits; two further digits count the issues and are left out, so that a person
/// stays the same when the permit is renewed.
pub(super) fn hong_kong_macao(number: &str) -> Result<Checked, DocumentError> {
	ensure(number, &[9, 11], "9 (or 11 with the count of issues)", |at, c| match at {
		0 => c == 'H' || c == 'M',
		_ => c.is_ascii_digit(),
	})?;
	Ok((number[..9].to_string(), None))
}

/// Eight digits, a person's for life. Permits from 1992 to 2008 have two digits more, which count the
/// issues, and until 2006 the sign of the issuing office in brackets (Exit and Entry Administration, 11
/// September 2008); both are left out, so that a person stays the same on every permit.
pub(super) fn taiwan(number: &str) -> Result<Checked, DocumentError> {
	let number = match number.split_once('(') {
		Some((digits, office)) => {
			let inside = office.strip_suffix(')').unwrap_or_default();
			let one_sign = inside.len() == 1 && inside.bytes().all(|b| b.is_ascii_alphanumeric());
			if digits.len() != 10 || !one_sign {
				return Err(DocumentError::Character(digits.chars().count() + 1));
			}
			digits
		}
		None => number,
	};
	ensure(number, &[8, 10], "8 (or 10 on a permit from before 2008)", |_, c| c.is_ascii_digit())?;
	Ok((number[..8].to_string(), None))
}

fn ensure(
	number: &str,
	lengths: &[usize],
	expected: &'static str,
	belongs: impl Fn(usize, char) -> bool,
) -> Result<(), DocumentError> {
	let found = number.chars().count();
	if !lengths.contains(&found) {
		return Err(DocumentError::Length { found, expected });
	}
	match number.chars().enumerate().position(|(at, c)| !belongs(at, c)) {
		Some(at) => Err(DocumentError::Character(at + 1)),
		None => Ok(()),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn number(checked: Result<Checked, DocumentError>) -> Result<String, DocumentError> {
		checked.map(|(number, doubt)| {
			assert_eq!(doubt, None);
			number
		})
	}

	#[test]
	fn a_renewed_permit_is_the_same_person() {
		assert_eq!(hong_kong_macao("H1234567801"), hong_kong_macao("H12345678"));
		assert_eq!(hong_kong_macao("K12345678"), Err(DocumentError::Character(1)));
	}

	#[test]
	fn a_permit_of_taiwan_keeps_its_first_eight_digits_for_life() {
		for permit in ["12345678", "1234567801", "1234567802", "1234567801(B)", "1234567803(2)"] {
			assert_eq!(number(taiwan(permit)).as_deref(), Ok("12345678"), "{permit}");
		}
		for wrong in ["12345678(B)", "1234567801(BC)", "1234567801(B", "1234567801()"] {
			assert!(matches!(taiwan(wrong), Err(DocumentError::Character(_))), "{wrong}");
		}
	}

	#[test]
	fn lengths_and_characters_are_checked() {
		assert_eq!(number(passport("E12345678")).as_deref(), Ok("E12345678"));
		assert_eq!(passport("E1234-678"), Err(DocumentError::Character(6)));
		let expected = "8 (or 10 on a permit from before 2008)";
		assert_eq!(taiwan("1234567"), Err(DocumentError::Length { found: 7, expected }));
		assert_eq!(taiwan("123456789"), Err(DocumentError::Length { found: 9, expected }));
		assert_eq!(taiwan("1234567A"), Err(DocumentError::Character(8)));
	}
}
