//! A file as lines of cells, whatever kind of file it is.
//!
//! Each kind has a reader of its own; all of them hand over [`Line`]s, one after the other, through one
//! [`Outlet`], which knows about hidden and merged cells.

mod csv;
mod encoding;
mod format;
mod html;
mod kind;
mod layout;
mod xls;
pub(super) mod xlsx;

pub use encoding::{Likely, TextEncoding};
pub use kind::FileKind;

use super::{Note, Problem, Reading, Reason};
use layout::Outlet;
use std::borrow::Cow;

/// What a cell holds, as its file gives it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Cell<'a> {
	/// Nothing.
	Empty,
	/// A text, as it stands there.
	Text(Cow<'a, str>),
	/// A number of a spreadsheet: a double, of which 15 digits are true.
	Number {
		value: f64,
		/// The power of ten that the cell's format rounds to for the eye; `None` when it shows all.
		shown_to: Option<i8>,
	},
	/// A number that the cell's format shows as a date or a time.
	Date,
	/// The error of a formula, such as `#N/A`.
	Error,
	/// A formula whose result is not in the file.
	Uncomputed,
	/// A part of the merged cell that begins in this column on that line.
	Below(u64),
}

impl Cell<'_> {
	/// Whether a reader of the sheet sees nothing there.
	pub fn is_blank(&self) -> bool {
		match self {
			Self::Empty | Self::Below(_) => true,
			Self::Text(text) => text.trim().is_empty(),
			_ => false,
		}
	}

	/// The text of a cell of text.
	pub fn text(&self) -> Option<&str> {
		match self {
			Self::Text(text) => Some(text),
			_ => None,
		}
	}
}

/// A line of a file, or a row of a sheet.
pub(crate) struct Line<'a> {
	/// From 1.
	pub number: u64,
	pub cells: &'a [Cell<'a>],
}

/// What was seen of a file beside its lines.
pub(crate) struct Source {
	pub kind: FileKind,
	pub problems: Vec<Problem>,
	pub notes: Vec<Note>,
}

/// Says of a line whether it names the columns looked for.
pub(crate) type IsHead<'a> = &'a dyn Fn(&[Cell<'_>]) -> bool;

/// Hands each line of a file to `each`, in order. Fails when the file cannot be read as lines at all.
pub(crate) fn read(
	bytes: &[u8],
	reading: &Reading,
	is_head: IsHead<'_>,
	each: &mut dyn FnMut(&Line<'_>),
) -> Result<Source, Problem> {
	let kind = FileKind::of(bytes);
	let mut outlet = Outlet::new(reading.hidden, each);
	let mut notes = match kind {
		FileKind::Text => {
			let (text, notes) = encoding::decode(bytes, reading.encoding)?;
			csv::read(&text, &mut outlet)?;
			notes
		}
		FileKind::Html => html::read(bytes, reading.encoding, &mut outlet)?,
		FileKind::Xlsx => xlsx::read(bytes, reading, is_head, &mut outlet)?,
		FileKind::Xls => xls::read(bytes, reading, is_head, &mut outlet)?,
		other => return Err(Problem { line: None, reason: Reason::OtherFile(other) }),
	};
	let problems = outlet.finish(&mut notes);
	Ok(Source { kind, problems, notes })
}
