//! What the daemon tells: verdicts and what a supervisor should know, one line each, as text or as
//! JSON.

use crate::check::{Deposit, Verdict};
use serde_json::{json, Map, Value};
use std::io::Write;
use winddown_proof::digest::Digest;
use winddown_records::access::now;

/// The form of the lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Form {
	/// For people.
	#[default]
	Text,
	/// JSON Lines on the standard output.
	Json,
	/// None, for a daemon within another program.
	Silent,
}

/// Where lines go: verdicts to the standard output, the rest to the standard error, as JSON all to
/// the standard output.
#[derive(Clone, Copy, Debug, Default)]
pub struct Journal(pub Form);

impl Journal {
	/// Tells a verdict. `reasons` is the digest of the written reasons of a rejection.
	pub fn verdict(&self, deposit: &Deposit, verdict: &Verdict, reasons: Option<&Digest>) {
		let fields = verdict_fields(deposit, verdict, reasons);
		match self.0 {
			Form::Json => self.json("verdict", fields),
			Form::Text => out(&verdict_text(deposit, verdict)),
			Form::Silent => {}
		}
	}

	/// Tells something else, in a sentence.
	pub fn note(&self, event: &str, text: &str) {
		match self.0 {
			Form::Json => self.json(event, json!({ "detail": text })),
			Form::Text => err(text),
			Form::Silent => {}
		}
	}

	fn json(&self, event: &str, fields: Value) {
		let mut line =
			Map::from_iter([("time".into(), now().into()), ("event".into(), event.into())]);
		if let Value::Object(fields) = fields {
			line.extend(fields);
		}
		out(&Value::Object(line).to_string());
	}
}

fn verdict_fields(deposit: &Deposit, verdict: &Verdict, reasons: Option<&Digest>) -> Value {
	let (word, code, detail) = match verdict {
		Verdict::Confirm(basis) => ("confirm", basis.code(), None),
		Verdict::Reject(reason) => ("reject", reason.code(), Some(reason.to_string())),
		Verdict::Absent(reason) => ("absent", reason.code(), Some(reason.to_string())),
		Verdict::Hold(hold) => ("hold", hold.code(), Some(hold.to_string())),
	};
	json!({
		"evidence": deposit.id,
		"case": deposit.record.case,
		"kind": deposit.record.kind,
		"digest": deposit.record.content.digest,
		"verdict": word,
		"code": code,
		"detail": detail,
		"reasons": reasons,
	})
}

fn verdict_text(deposit: &Deposit, verdict: &Verdict) -> String {
	let Deposit { id, record } = deposit;
	let (case, kind) = (record.case, record.kind);
	match verdict {
		Verdict::Confirm(basis) => {
			format!("confirm record {id} (case {case}, {kind:?}): {}", basis.code())
		}
		Verdict::Reject(reason) => {
			format!("reject record {id} (case {case}, {kind:?}): {}: {reason}", reason.code())
		}
		Verdict::Absent(reason) => {
			format!("absent record {id} (case {case}, {kind:?}): {}: {reason}", reason.code())
		}
		Verdict::Hold(hold) => format!("hold record {id} (case {case}, {kind:?}): {hold}"),
	}
}

fn out(line: &str) {
	// Nobody reads it any more: the work goes on.
	writeln!(std::io::stdout().lock(), "{line}").unwrap_or_default();
}

fn err(line: &str) {
	writeln!(std::io::stderr().lock(), "{line}").unwrap_or_default();
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::check::{tests::deposit_of, Basis, Reason};

	#[test]
	fn a_verdict_is_told_with_record_and_reason() {
		let deposit = deposit_of(b"content");
		let reason = Reason::NotOnRoll { lender: 9 };
		let verdict = Verdict::Reject(reason);
		assert_eq!(
			verdict_text(&deposit, &verdict),
			"reject record 7 (case 3, Notice): not-on-roll: the roll has no row 9"
		);
		let fields = verdict_fields(&deposit, &verdict, None);
		assert_eq!((&fields["evidence"], &fields["verdict"]), (&json!(7), &json!("reject")));
		assert_eq!((&fields["kind"], &fields["code"]), (&json!("notice"), &json!("not-on-roll")));
		let fields = verdict_fields(&deposit, &Verdict::Confirm(Basis::Document), None);
		assert_eq!((&fields["verdict"], &fields["detail"]), (&json!("confirm"), &Value::Null));
	}
}
