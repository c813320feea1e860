//! A person by the document, whose number never stands on a command line: others on the machine see it in
//! the list of processes, and the shell keeps it in its history.

use crate::{context::Context, renamed};
use clap::Args;
use std::{
	fs,
	io::{self, BufRead, IsTerminal},
	path::PathBuf,
};
use winddown_sdk::{
	document::{Document, Reading},
	Error,
};

/// The document of a person.
#[derive(Args)]
pub struct PersonArgs {
	/// The kind of document; its number is asked for, or read from standard input.
	#[arg(long)]
	pub document_type: String,
	#[command(flatten)]
	pub number: NumberArgs,
	/// The number was compared with the paper and is right, although a check speaks against it or the roll has it under
	/// another kind of document.
	#[arg(long)]
	pub vouched: bool,
}

/// Where the number of a document comes from.
#[derive(Args)]
pub struct NumberArgs {
	/// A file with the number of the document, which should be readable by its owner alone.
	#[arg(long, value_name = "FILE")]
	number_file: Option<PathBuf>,
	/// What put the number on the command line once.
	#[arg(long = "document-number", hide = true, value_parser = renamed::document_number)]
	_number: Option<renamed::Never>,
}

impl PersonArgs {
	/// The document, once its number was read. What a check says against it is told where somebody vouches for it,
	/// and is an error where not.
	pub fn document(&self, context: &Context) -> Result<Document, Error> {
		let Reading { document, doubt } = self.number.document(&self.document_type)?;
		match doubt {
			Some(doubt) if self.vouched => {
				context.output.note(&format!(
					"note: taken on your word 经核对后采用, though {doubt}; say so in the evidence"
				));
			}
			Some(doubt) => {
				return Err(Error::BadInput(format!(
					"{doubt}; if the paper has it so: --vouched 与原件核对无误则加 --vouched"
				)))
			}
			None => {}
		}
		Ok(document)
	}
}

impl NumberArgs {
	/// The document of a kind, once its number was read, and what speaks against the number.
	pub fn document(&self, kind: &str) -> Result<Reading, Error> {
		let number = match &self.number_file {
			Some(path) => fs::read_to_string(path)
				.map_err(|error| Error::File { path: path.into(), reason: error.to_string() })?,
			None => asked(&mut io::stdin().lock(), io::stdin().is_terminal())?,
		};
		Document::read(kind, one_line(&number)?).map_err(|error| Error::BadInput(error.to_string()))
	}
}

/// A line from standard input, asked for where somebody sits there.
fn asked(input: &mut impl BufRead, is_terminal: bool) -> Result<String, Error> {
	if is_terminal {
		eprint!("document number 证件号码: ");
	}
	let mut line = String::new();
	input
		.read_line(&mut line)
		.map_err(|error| Error::BadInput(format!("the number cannot be read: {error}")))?;
	Ok(line)
}

/// The number alone. Two lines are no number, and the message must not repeat them.
fn one_line(text: &str) -> Result<&str, Error> {
	let text = text.trim();
	match text.lines().count() {
		0 => Err(Error::BadInput(
			"no document number was given: type it when asked, pipe it in, or name a file with --number-file"
				.into(),
		)),
		1 => Ok(text),
		_ => Err(Error::BadInput("a document has one number, on one line".into())),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_number_comes_from_standard_input_or_from_a_file_and_is_told_nowhere() {
		let typed = asked(&mut "E12345678\nmore\n".as_bytes(), false).unwrap();
		assert_eq!(one_line(&typed).unwrap(), "E12345678");
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("number");
		fs::write(&path, "E12345678\n").unwrap();
		let from_file = NumberArgs { number_file: Some(path.clone()), _number: None };
		assert_eq!(from_file.document("passport").unwrap().document.number(), "E12345678");
		fs::write(&path, "E12345678\nE1\n").unwrap();
		assert_eq!(
			from_file.document("passport").unwrap_err().to_string(),
			"a document has one number, on one line"
		);
		assert_eq!(
			one_line("\n").unwrap_err().to_string(),
			"no document number was given: type it when asked, pipe it in, or name a file with --number-file"
		);
	}
}
