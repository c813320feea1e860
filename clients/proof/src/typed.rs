//! What people and machines make of a code between one screen and the next: full-width letters, other
//! hyphens, line ends, characters that nobody sees.

use alloc::string::String;
use core::fmt;

/// What is wrong with a text of a fixed alphabet and length.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slip {
	/// A character does not belong there.
	Character {
		/// It.
		found: char,
		/// Its place among the characters that count, from 1.
		position: usize,
	},
	/// Characters are missing or too many.
	Length {
		/// How many there are.
		found: usize,
		/// How many there should be.
		expected: usize,
	},
}

impl fmt::Display for Slip {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Character { found: 'O' | 'o', position } => {
				write!(out, "character {position} is the letter O, not the digit 0")
			}
			Self::Character { found: letter @ ('I' | 'l'), position } => {
				write!(out, "character {position} is the letter {letter}, not the digit 1")
			}
			Self::Character { found, position } => {
				write!(out, "{found:?} at character {position} does not belong there")
			}
			Self::Length { found, expected } => {
				write!(out, "it has {found} characters instead of {expected}")
			}
		}
	}
}

impl core::error::Error for Slip {}

/// Finds the slip in hexadecimal digits; `None` when they are `expected` digits and nothing else.
pub fn slip_in_hex(digits: &str, expected: usize) -> Option<Slip> {
	let wrong = digits.chars().enumerate().find(|(_, character)| !character.is_ascii_hexdigit());
	if let Some((at, found)) = wrong {
		return Some(Slip::Character { found, position: at + 1 });
	}
	match digits.len() {
		found if found != expected => Some(Slip::Length { found, expected }),
		_ => None,
	}
}

/// A code in half-width upper-case letters, without anything that may stand between them.
pub fn bare(text: &str) -> String {
	text.chars()
		.filter(|character| !is_between(*character))
		.map(|character| half_width(character).to_ascii_uppercase())
		.collect()
}

/// A written digest, hash or name in half-width letters, without blanks or invisible characters; case and
/// hyphens stay, hyphens in their plain form.
pub fn plain(text: &str) -> String {
	text.chars()
		.filter(|character| !is_blank(*character))
		.map(|character| if is_hyphen(character) { '-' } else { half_width(character) })
		.collect()
}

/// Blanks and whatever looks like a hyphen.
fn is_between(character: char) -> bool {
	is_blank(character) || is_hyphen(character)
}

/// White space, and characters without width.
fn is_blank(character: char) -> bool {
	character.is_whitespace()
		|| character.is_control()
		|| matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// A hyphen in any of its forms, and what input methods, optical readers and PDF readers take for one: U+FFFE
/// is what some of them return for a hyphen at a line's end.
fn is_hyphen(character: char) -> bool {
	matches!(
		character,
		'-' | '_' | '\u{ad}' | '\u{2d7}' | '\u{2010}'
			..='\u{2015}'
				| '\u{2043}' | '\u{2212}'
				| '\u{2500}' | '\u{30fc}'
				| '\u{4e00}' | '\u{fe58}'
				| '\u{fe63}' | '\u{ff0d}'
				| '\u{ff3f}' | '\u{fffe}'
	)
}

fn half_width(character: char) -> char {
	match character {
		'\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
		other => other,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;

	#[test]
	fn a_slip_is_named_with_its_place() {
		assert_eq!(slip_in_hex("0a1F", 4), None);
		let letter = slip_in_hex("0O1f", 4).unwrap();
		assert_eq!(letter, Slip::Character { found: 'O', position: 2 });
		assert_eq!(letter.to_string(), "character 2 is the letter O, not the digit 0");
		let two_more = slip_in_hex("0a1f00", 4).unwrap();
		assert_eq!(two_more.to_string(), "it has 6 characters instead of 4");
		assert_eq!(
			slip_in_hex("zz", 4).unwrap().to_string(),
			"'z' at character 1 does not belong there"
		);
	}

	#[test]
	fn a_code_is_bared_of_all_that_stands_between_and_a_digest_keeps_its_hyphen() {
		assert_eq!(bare(" ｗｄ１－p6‐35\u{fffe}\nnv "), "WD1P635NV");
		assert_eq!(plain("ｓｍ３：０ｘ Ab\u{200b}12"), "sm3:0xAb12");
		assert_eq!(plain("sha2‑256:0x00"), "sha2-256:0x00");
	}
}
