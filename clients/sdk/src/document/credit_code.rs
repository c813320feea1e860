//! Unified social credit codes, GB 32100-2015.

use super::DocumentError;

/// The letters I, O, S, V and Z are left out.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

pub(super) fn normalise(code: &str) -> Result<String, DocumentError> {
	match code.chars().count() {
		18 => {}
		found => return Err(DocumentError::Length { found, expected: "18" }),
	}
	if let Some(at) = code.chars().position(|c| !ALPHABET.contains(c)) {
		return Err(DocumentError::Character(at + 1));
	}
	match check_character(&code[..17]) == code.chars().last() {
		true => Ok(code.to_string()),
		false => Err(DocumentError::CheckDigit),
	}
}

/// The character that must follow the first 17.
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

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn well_known_codes_pass_and_a_typo_does_not() {
		for good in ["91440300708461136T", "91110000802100433B", "91440101190500413A"] {
			let first = &good[..17];
			let check = check_character(first).unwrap();
			let code = format!("{first}{check}");
			assert_eq!(normalise(&code).as_ref(), Ok(&code));
		}
		assert_eq!(normalise("91440300708461136T").as_deref(), Ok("91440300708461136T"));
		assert_eq!(normalise("91440300708461136U"), Err(DocumentError::CheckDigit));
		assert_eq!(normalise("9144030070846113IT"), Err(DocumentError::Character(17)));
		assert_eq!(
			normalise("9144030070846113"),
			Err(DocumentError::Length { found: 16, expected: "18" })
		);
	}
}
