//! What is wrong with a text in base 58: an account, a peer id.

const ALPHABET: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Characters of an account of the chain, in SS58.
pub const ACCOUNT_LENGTH: usize = 48;

/// Why a text in base 58 could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Slip {
	/// A character that base 58 leaves out because it looks like another one.
	#[error(
		"{found:?} at character {position} is none of its characters: 0, O, I and l are left out"
	)]
	LookAlike {
		/// It.
		found: char,
		/// Its place, from 1.
		position: usize,
	},
	/// Another character that does not occur.
	#[error("{found:?} at character {position} is none of its characters")]
	Character {
		/// It.
		found: char,
		/// Its place, from 1.
		position: usize,
	},
	/// Characters are missing or too many.
	#[error("it has {found} characters instead of {expected}")]
	Length {
		/// How many there are.
		found: usize,
		/// How many there should be.
		expected: usize,
	},
	/// All characters may occur, and their number is right.
	#[error("a character is wrong: its checksum does not fit")]
	Checksum,
}

/// Finds the slip in a text of `expected` characters that could not be read.
pub fn slip(text: &str, expected: usize) -> Slip {
	if let Some((at, found)) = text.chars().enumerate().find(|(_, c)| !ALPHABET.contains(*c)) {
		let position = at + 1;
		return match found {
			'0' | 'O' | 'I' | 'l' => Slip::LookAlike { found, position },
			_ => Slip::Character { found, position },
		};
	}
	match text.chars().count() {
		found if found != expected => Slip::Length { found, expected },
		_ => Slip::Checksum,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_left_out_letter_comes_before_a_wrong_length_and_that_before_a_wrong_checksum() {
		assert_eq!(slip("5GO", 48), Slip::LookAlike { found: 'O', position: 3 });
		assert_eq!(slip("5G-", 48), Slip::Character { found: '-', position: 3 });
		assert_eq!(slip("5G", 48), Slip::Length { found: 2, expected: 48 });
		assert_eq!(slip(&"1".repeat(48), 48), Slip::Checksum);
	}
}
