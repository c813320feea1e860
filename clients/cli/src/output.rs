//! Text for people, JSON for programs.

use crate::{advice, terms};
use comfy_table::{presets::NOTHING, ContentArrangement, Table, TableComponent};
use serde::Serialize;
use serde_json::{json, Value};
use std::{
	io::{self, Write},
	process::ExitCode,
};
use winddown_records::Error as RecordsError;
use winddown_sdk::{
	amount::format_yuan,
	chain::{Included, VotesView},
	primitives::{CaseId, Fen},
	Error, ErrorKind,
};

pub use crate::times::{end, moment};
pub use winddown_proof::count::counted;
pub use winddown_sdk::span_text::span;

/// Lines of a bad file that are printed; JSON has all.
const SHOWN_PROBLEMS: usize = 40;

/// Prints a line. Whoever reads no further, as `head` does, makes it no failure.
pub fn print(line: &str) -> anyhow::Result<()> {
	match writeln!(io::stdout(), "{line}") {
		Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
		printed => Ok(printed?),
	}
}

/// Where results go.
#[derive(Clone, Copy)]
pub struct Output {
	json: bool,
	/// The case that the command line names.
	case: Option<CaseId>,
}

impl Output {
	pub const fn new(json: bool, case: Option<CaseId>) -> Self {
		Self { json, case }
	}

	/// Prints a result: as JSON, or as what `text` makes of it.
	pub fn show(
		&self,
		value: &impl Serialize,
		text: impl FnOnce() -> String,
	) -> anyhow::Result<()> {
		match self.json {
			true => print(&serde_json::to_string_pretty(value)?),
			false => print(&text()),
		}
	}

	/// Prints that a transaction succeeded, what came of it, and what to do next.
	pub fn done(
		&self,
		included: &Included,
		mut facts: Value,
		text: String,
		next: Option<&str>,
	) -> anyhow::Result<()> {
		let block = json!({
			"number": included.number,
			"hash": format!("{:?}", included.block),
			"transaction": format!("{:?}", included.transaction),
		});
		if let Value::Object(facts) = &mut facts {
			facts.insert("block".into(), block);
		}
		self.show(&facts, || {
			let next = next.map(|next| format!("\nnext: {next}")).unwrap_or_default();
			format!("{text} (block {}){next}", included.number)
		})
	}

	/// Says something in passing; silent among JSON.
	pub fn note(&self, text: &str) {
		if !self.json {
			eprintln!("{text}");
		}
	}

	/// Warns of something that went through and may not be meant; among JSON as JSON.
	pub fn warn(&self, text: &str) {
		match self.json {
			true => eprintln!("{}", json!({ "warning": text })),
			false => eprintln!("warning: {text}"),
		}
	}

	/// An advice with the case in its commands that the command line named.
	fn of_this_case(&self, step: String) -> String {
		match self.case {
			Some(case) => step.replace("--case CASE", &format!("--case {case}")),
			None => step,
		}
	}

	/// Prints what went wrong and what to do about it.
	pub fn fail(&self, error: &anyhow::Error) -> ExitCode {
		let known = error.downcast_ref::<Error>();
		let of_records = error.downcast_ref::<RecordsError>();
		let its_kind = known.map(Error::kind).or_else(|| of_records.and_then(RecordsError::kind));
		let (kind, code) = match its_kind {
			None => ("local", 1),
			Some(ErrorKind::Input) => ("input", 2),
			Some(ErrorKind::Refused) => ("refused", 3),
			Some(ErrorKind::Connection) => ("connection", 4),
			Some(ErrorKind::Mismatch) => ("mismatch", 5),
		};
		let next_step = known
			.and_then(advice::of)
			.or_else(|| of_records.and_then(advice::of_records).map(Into::into))
			.map(|step| self.of_this_case(step));
		let problems = match known {
			Some(Error::BadFile(problems)) => problems.as_slice(),
			_ => &[],
		};
		if self.json {
			let report = json!({ "error": {
				"kind": kind,
				"exit_code": code,
				"message": format!("{error:#}"),
				"next_step": next_step,
				"problems": problems,
			}});
			eprintln!("{report:#}");
			return ExitCode::from(code);
		}
		eprintln!("error: {error:#}");
		for problem in problems.iter().take(SHOWN_PROBLEMS) {
			eprintln!("  {problem}");
		}
		if problems.len() > SHOWN_PROBLEMS {
			eprintln!("  … and {} more; --json lists all", problems.len() - SHOWN_PROBLEMS);
		}
		if let Some(step) = next_step {
			eprintln!("next: {step}");
		}
		ExitCode::from(code)
	}
}

/// A table of names and values.
pub fn facts<Name: ToString, Fact: ToString>(
	rows: impl IntoIterator<Item = (Name, Fact)>,
) -> String {
	let mut table = plain_table();
	for (name, fact) in rows {
		table.add_row([terms::label(&name.to_string()), terms::value(&fact.to_string())]);
	}
	table.to_string()
}

/// A table with a head.
pub fn rows<Cell: ToString>(head: &[&str], rows: impl IntoIterator<Item = Vec<Cell>>) -> String {
	let mut table = plain_table();
	table.set_header(head.iter().map(|label| terms::label(label)));
	for row in rows {
		table.add_row(row.iter().map(|cell| terms::value(&cell.to_string())));
	}
	table.to_string()
}

fn plain_table() -> Table {
	let mut table = Table::new();
	table.load_preset(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
	// One line below the head, and none elsewhere.
	table.set_style(TableComponent::HeaderLines, '─');
	table.set_style(TableComponent::MiddleHeaderIntersections, '─');
	table
}

/// An amount in yuan.
pub fn yuan(fen: Fen) -> String {
	format!("{} yuan", format_yuan(fen))
}

/// Heads.
pub fn lenders(heads: u32) -> String {
	counted(heads, "lender", "lenders")
}

/// Heads and amount.
pub fn votes(votes: VotesView) -> String {
	format!("{}, {}", lenders(votes.heads), yuan(votes.fen))
}

/// Heads and amount with their shares of a whole.
pub fn share(part: VotesView, whole: VotesView) -> String {
	format!(
		"{} ({}), {} ({})",
		lenders(part.heads),
		percent(part.heads.into(), whole.heads.into()),
		yuan(part.fen),
		percent(part.fen, whole.fen)
	)
}

/// A share in percent with two decimals, cut off and never rounded, so that 66.666 never reads as
/// 66.67. Where a rule decides, `Ground::share` shows as many as tell it from the fraction.
pub fn percent(part: u128, whole: u128) -> String {
	match part.checked_mul(10_000).and_then(|part| part.checked_div(whole)) {
		Some(hundredths) => format!("{}.{:02}%", hundredths / 100, hundredths % 100),
		None => "–".into(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_advice_names_the_case_of_the_command() {
		let advice = "winddown case show --case CASE tells the open polls";
		let told = |case| Output::new(false, case).of_this_case(advice.into());
		assert_eq!(told(Some(3)), "winddown case show --case 3 tells the open polls");
		assert_eq!(told(None), advice);
	}

	#[test]
	fn shares_are_rounded_down_and_nothing_is_divided_by_zero() {
		assert_eq!(percent(2, 3), "66.66%");
		assert_eq!(percent(3, 3), "100.00%");
		assert_eq!(percent(4_999_999, 10_000_000), "49.99%");
		assert_eq!(percent(1, 0), "–");
	}
}
