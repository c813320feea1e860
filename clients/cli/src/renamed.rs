//! Options that had another name, or another home. Nothing is done under an old word; it is answered
//! with the new one.

use std::convert::Infallible;

/// The value of an option that no command takes.
pub type Never = Infallible;

/// `--database`, which the commands of evidence called `--records`.
pub fn database(_: &str) -> Result<Never, String> {
	Err("the operator's records have one name everywhere: use --records".into())
}

/// `--pdf` of `evidence export`; the certificate has a command of its own, and `--out` names what a
/// command writes.
pub fn pdf(_: &str) -> Result<Never, String> {
	Err("the certificate lies in the proof: write it to a file with `winddown evidence certificate \
	     FILE.wdproof --out FILE.pdf`"
		.into())
}

/// `--document-number`.
pub fn document_number(_: &str) -> Result<Never, String> {
	Err("a number on a command line stays in the history of the shell and in the list of processes: leave \
	     it out, it is asked for or read from standard input, or name a file with --number-file"
		.into())
}
