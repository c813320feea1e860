//! What programs for people print: amounts, shares, times, tables, bars, each with its Chinese words.

pub mod bars;
pub mod figures;
pub mod kinds;
pub mod table;
pub mod terms;
pub mod times;

use std::io::{self, Write};

/// Prints a line. Whoever reads no further, as `head` does, makes it no failure.
pub fn print(line: &str) -> io::Result<()> {
	match writeln!(io::stdout(), "{line}") {
		Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
		printed => printed,
	}
}
