use super::{
	columns::{Row, COLUMNS},
	problem::{Problem, Reason},
};
use crate::{amount::parse_yuan, document::Document};
use winddown_primitives::{ClassId, Fen};

/// One line of a platform's export. Holds personal data: never send or log it.
#[derive(Clone, PartialEq, Eq)]
pub struct Lender {
	/// The line in its file, from 1.
	pub line: u64,
	/// Who it is.
	pub document: Document,
	/// The name.
	pub name: String,
	/// The phone number.
	pub phone: String,
	/// Fen paid in.
	pub recharge: Fen,
	/// Fen taken out.
	pub withdrawal: Fen,
	/// Fen still owed: the claim.
	pub outstanding: Fen,
	/// The class of creditors.
	pub class: ClassId,
}

/// Keeps personal data out of logs.
impl core::fmt::Debug for Lender {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.debug_struct("Lender").field("line", &self.line).finish_non_exhaustive()
	}
}

/// Reads a line; tells everything that is wrong with it at once.
pub(super) fn parse(row: &Row) -> Result<Lender, Vec<Problem>> {
	let mut reasons = Vec::new();
	let mut note = |reason: Reason| reasons.push(reason);
	let [kind, number, name, phone, recharge, withdrawal, outstanding, class] =
		row.cells.as_slice()
	else {
		let found = row.cells.len();
		return Err(vec![Problem {
			line: Some(row.line),
			reason: Reason::Cells { found, expected: COLUMNS.len() },
		}]);
	};
	let document = Document::parse(kind, number).map_err(|error| note(error.into())).ok();
	if name.is_empty() {
		note(Reason::EmptyCell("name"));
	}
	if let Err(reason) = check_phone(phone) {
		note(reason);
	}
	let mut amount = |place: usize, text: &str| {
		parse_yuan(text).map_err(|error| note(Reason::amount(COLUMNS[place], error))).ok()
	};
	let recharge = amount(4, recharge);
	let withdrawal = amount(5, withdrawal);
	let outstanding = amount(6, outstanding);
	if outstanding == Some(0) {
		note(Reason::NothingOutstanding);
	}
	let class = class.parse().map_err(|_| note(Reason::Class)).ok();

	match (document, recharge, withdrawal, outstanding, class) {
		(Some(document), Some(recharge), Some(withdrawal), Some(outstanding), Some(class))
			if reasons.is_empty() =>
		{
			Ok(Lender {
				line: row.line,
				document,
				name: name.clone(),
				phone: phone.clone(),
				recharge,
				withdrawal,
				outstanding,
				class,
			})
		}
		_ => Err(reasons
			.into_iter()
			.map(|reason| Problem { line: Some(row.line), reason })
			.collect()),
	}
}

/// Digits, with the signs that people put between them.
fn check_phone(phone: &str) -> Result<(), Reason> {
	if phone.is_empty() {
		return Err(Reason::EmptyCell("phone"));
	}
	let digits = phone.chars().filter(char::is_ascii_digit).count();
	let known = phone.chars().enumerate().all(|(at, c)| match c {
		'+' => at == 0,
		c => c.is_ascii_digit() || "- ()".contains(c),
	});
	match known && (5..=15).contains(&digits) {
		true => Ok(()),
		false => Err(Reason::Phone),
	}
}
