use super::{
	cells::Value,
	columns::COLUMNS,
	cut_number,
	problem::{Problem, Reason},
	table::Row,
};
use crate::document::{Document, DocumentError, Reading};
use std::collections::BTreeSet;
use winddown_primitives::{ClassId, Fen};

/// One line of a platform's export. Holds personal data: never send or log it.
#[derive(Clone, PartialEq, Eq)]
pub struct Lender {
	/// The line in its file, from 1; the first one when several were added up.
	pub line: u64,
	/// Who it is.
	pub document: Document,
	/// The name, in one spelling.
	pub name: String,
	/// The phone number; empty where the file has none, and masked where it is masked there.
	pub phone: String,
	/// Fen paid in.
	pub recharge: Fen,
	/// Fen taken out.
	pub withdrawal: Fen,
	/// Fen still owed: the claim.
	pub outstanding: Fen,
	/// The class of creditors.
	pub class: ClassId,
	/// What a check says against the document's number, for which a clerk vouched.
	pub vouched: Option<DocumentError>,
}

/// Keeps personal data out of logs.
impl core::fmt::Debug for Lender {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.debug_struct("Lender").field("line", &self.line).finish_non_exhaustive()
	}
}

/// Reads a line; tells everything that is wrong with it at once.
pub(super) fn parse(row: &Row, vouched_lines: &BTreeSet<u64>) -> Result<Lender, Vec<Problem>> {
	let mut reasons = Vec::new();
	let cells: &[Value; COLUMNS.len()] =
		row.cells.as_slice().try_into().expect("a row has a cell for each column");
	let [kind, number, name, phone, recharge, withdrawal, outstanding, class, vouched] = cells;
	if is_below_merged(row, number, name) {
		reasons.push(Reason::BelowMerged { above: row.above });
		return Err(problems(row, reasons));
	}
	let mut note = |reason: Reason| reasons.push(reason);
	let vouched = is_vouched(vouched).unwrap_or_else(|reason| {
		note(reason);
		false
	}) || vouched_lines.contains(&row.line);
	let document = match document(kind, number) {
		Ok(Reading { document, doubt }) if vouched || doubt.is_none() => Some((document, doubt)),
		Ok(Reading { doubt, .. }) => {
			doubt.into_iter().for_each(|doubt| note(doubt.into()));
			None
		}
		Err(reason) => {
			reason.into_iter().for_each(&mut note);
			None
		}
	};
	if name.text.is_empty() && !name.is_bad {
		note(Reason::EmptyCell("name"));
	}
	let mut amount = |place: usize, value: &Value| match value {
		value if value.is_bad => None,
		// An amount over several lines counts once, on the line where it begins.
		value if value.is_continued(row) => Some(0),
		value => value.amount().map_err(|error| note(Reason::amount(&COLUMNS[place], error))).ok(),
	};
	let recharge = amount(4, recharge);
	let withdrawal = amount(5, withdrawal);
	let owed = amount(6, outstanding);
	if owed == Some(0) && !outstanding.is_continued(row) {
		note(Reason::NothingOutstanding);
	}
	let class = match class.is_bad {
		true => None,
		false => class.text.parse().map_err(|_| note(Reason::Class)).ok(),
	};
	match (document, recharge, withdrawal, owed, class) {
		(
			Some((document, vouched)),
			Some(recharge),
			Some(withdrawal),
			Some(outstanding),
			Some(class),
		) if reasons.is_empty() && !name.is_bad => Ok(Lender {
			line: row.line,
			document,
			name: name.text.clone(),
			phone: phone.text.clone(),
			recharge,
			withdrawal,
			outstanding,
			class,
			vouched,
		}),
		_ => Err(problems(row, reasons)),
	}
}

fn problems(row: &Row, reasons: Vec<Reason>) -> Vec<Problem> {
	reasons.into_iter().map(|reason| Problem { line: Some(row.line), reason }).collect()
}

/// A line with amounts and nobody: what stands below a merged cell in a file that cannot say so.
fn is_below_merged(row: &Row, number: &Value, name: &Value) -> bool {
	let is_empty = |value: &Value| value.text.is_empty() && !value.is_bad;
	is_empty(number) && is_empty(name) && row.cells[4..7].iter().any(|amount| !is_empty(amount))
}

/// Whether the line's own cell says that the number was compared with the paper.
fn is_vouched(cell: &Value) -> Result<bool, Reason> {
	match cell.text.to_lowercase().as_str() {
		_ if cell.is_bad => Ok(false),
		"" | "否" | "未核对" | "×" | "no" | "n" | "false" | "0" => Ok(false),
		"是" | "已核对" | "√" | "yes" | "y" | "true" | "1" => Ok(true),
		_ => Err(Reason::Vouched),
	}
}

/// The document by its shape, with what speaks against its number; a number that was cut is told as such and not
/// as mistyped, and nobody can vouch for it. `Err(None)` when what is wrong was told.
pub(super) fn document(kind: &Value, number: &Value) -> Result<Reading, Option<Reason>> {
	if kind.is_bad || number.is_bad {
		return Err(None);
	}
	let read =
		Document::read(&kind.text, &number.text).map_err(|error| Some(Reason::from(error)))?;
	let is_wrong = matches!(
		read.doubt,
		Some(DocumentError::CheckDigit | DocumentError::BirthDate | DocumentError::Region)
	);
	match is_wrong && cut_number::is_cut(&number.text) {
		true => Err(Some(Reason::CutNumber)),
		false => Ok(read),
	}
}
