//! Passports and travel permits. They have no check digit on their face.

use super::DocumentError;

/// Five to nine letters and digits (ICAO 9303).
pub(super) fn passport(number: &str) -> Result<String, DocumentError> {
	ensure(number, &[5, 6, 7, 8, 9], "5 to 9", |_, c| c.is_ascii_alphanumeric())?;
	Ok(number.to_string())
}

/// H or M and eight digits; two further digits count the issues and are left out, so that a person
/// stays the same when the permit is renewed.
pub(super) fn hong_kong_macao(number: &str) -> Result<String, DocumentError> {
	ensure(number, &[9, 11], "9 (or 11 with the count of issues)", |at, c| match at {
		0 => c == 'H' || c == 'M',
		_ => c.is_ascii_digit(),
	})?;
	Ok(number[..9].to_string())
}

/// Eight digits.
pub(super) fn taiwan(number: &str) -> Result<String, DocumentError> {
	ensure(number, &[8], "8", |_, c| c.is_ascii_digit())?;
	Ok(number.to_string())
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

	#[test]
	fn a_renewed_permit_is_the_same_person() {
		assert_eq!(hong_kong_macao("H1234567801"), hong_kong_macao("H12345678"));
		assert_eq!(hong_kong_macao("K12345678"), Err(DocumentError::Character(1)));
	}

	#[test]
	fn lengths_and_characters_are_checked() {
		assert_eq!(passport("E12345678").as_deref(), Ok("E12345678"));
		assert_eq!(passport("E1234-678"), Err(DocumentError::Character(6)));
		assert_eq!(taiwan("12345678").as_deref(), Ok("12345678"));
		assert_eq!(taiwan("1234567"), Err(DocumentError::Length { found: 7, expected: "8" }));
	}
}
