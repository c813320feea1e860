//! What is wrong with a mistyped number of a case, a poll, a row or a record.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::{error::Error as _, num::ParseIntError};
use winddown_proof::typed::{plain, Slip};

/// The parser's error, with the slip and its place where a number was asked for.
pub fn explained(mut error: Error) -> Error {
	let asked_for_number = error.kind() == ErrorKind::ValueValidation
		&& error.source().is_some_and(|source| source.is::<ParseIntError>());
	let tip = match error.get(ContextKind::InvalidValue) {
		Some(ContextValue::String(value)) if asked_for_number => tip(value),
		_ => return error,
	};
	error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
	error
}

fn tip(value: &str) -> String {
	let digits = plain(value);
	match digits.chars().enumerate().find(|(_, character)| !character.is_ascii_digit()) {
		Some((at, found)) => {
			let slip = Slip::Character { found, position: at + 1 };
			format!("a number has digits alone, such as 12: {slip}")
		}
		None if digits.is_empty() => "a number has digits, such as 12".into(),
		None => format!("write it in plain digits: {digits}"),
	}
}

#[cfg(test)]
mod tests {
	use crate::args::Cli;
	use clap::Parser;

	fn refusal(line: &str) -> String {
		let words = ["winddown"].into_iter().chain(line.split(' '));
		let error = Cli::try_parse_from(words).err().expect("a slip");
		super::explained(error).to_string()
	}

	#[test]
	fn the_slip_in_a_number_is_told_with_its_place() {
		for line in ["case show --case 1O", "poll show --poll 1O", "evidence export 1O"] {
			let message = refusal(line);
			assert!(message.contains("character 2 is the letter O, not the digit 0"), "{message}");
		}
		let wide = refusal("poll show --poll １２");
		assert!(wide.contains("write it in plain digits: 12"), "{wide}");
		let row = refusal("identity show --case 0 --lender 4a");
		assert!(row.contains("'a' at character 2 does not belong there"), "{row}");
	}

	#[test]
	fn other_mistakes_keep_their_own_words() {
		let message = refusal("poll show --pol 1");
		assert!(!message.contains("digits"), "{message}");
	}
}
