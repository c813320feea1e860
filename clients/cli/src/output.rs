//! Text for people, JSON for programs.

use crate::advice;
use serde::Serialize;
use serde_json::{json, Value};
use std::process::ExitCode;
use winddown_records::Error as RecordsError;
use winddown_sdk::{chain::Included, primitives::CaseId, Error, ErrorKind};

pub use winddown_proof::count::counted;
pub use winddown_sdk::span_text::span;
pub use winddown_terminal::{
	figures::{lenders, percent, share, votes, yuan},
	print,
	table::{facts, rows},
	times::{end, moment},
};

/// Lines of a bad file that are printed; JSON has all.
const SHOWN_PROBLEMS: usize = 40;

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
		let result = if self.json { serde_json::to_string_pretty(value)? } else { text() };
		Ok(print(&result)?)
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
}
