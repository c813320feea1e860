//! What to do about an error.

use crate::roll::{Likely, Problem, Reason, TextEncoding};

/// After a connection was lost. Imports and registrations go on where they were; any other act may
/// have gone through.
pub(crate) const RESUME: &str = concat!(
	"start the node again, or name another one with --url; then run the same command again: it ",
	"resumes (after a single act, look first whether it is on chain)"
);

/// To a command that signs and was given no key.
pub(crate) const GIVE_A_KEY: &str =
	"give --key-file FILE, or --key SURI such as //Platform on a development chain";

const AGAIN: &str = "another transaction of this key was faster; run the command again";

/// What to do about the error named `name`; `None` when its own documentation says enough.
pub(crate) fn next_step(name: &str) -> Option<String> {
	let step = match name {
		"WrongPosition" => "run the import again: it goes on after the last row on chain",
		"BadOrigin" => "use the key of the institution whose task this is",
		"WrongStage" => "see where the case stands: winddown case show --case CASE",
		"RollFrozen" => "wait until the open poll of the case is closed",
		"NoticeRunning" | "ConfirmationOpen" | "WindowStillOpen" | "DisputeWindowOver" => {
			"the time of the block decides: winddown case show tells the windows of the case, winddown chain \
			 the time on chain"
		}
		"NominationsRunning" | "ReviewPending" | "NotDue" => {
			"the time of the block decides: winddown committee show, plan show and payment show tell the \
			 times, winddown chain the time on chain"
		}
		"NotAuthorised" => "the platform must authorise first: winddown case authorise",
		_ => return None,
	};
	Some(step.into())
}

/// What to do about a transaction that the pool did not take, or let go.
pub(crate) fn of_the_pool(reason: &str) -> Option<String> {
	let steps = [
		("stale", AGAIN),
		("outdated", AGAIN),
		("dropped", "run the command again"),
		(
			"belongs to no institution",
			"use the key of an institution; the council admits one: winddown council propose admit",
		),
		(
			"institution is suspended",
			"the council lets it act again: winddown council propose reinstate",
		),
	];
	let (_, step) = steps.into_iter().find(|(words, _)| reason.contains(words))?;
	Some(step.into())
}

/// What to do where the chain has nothing under a name.
pub(crate) fn of_the_missing(what: &str) -> Option<String> {
	let steps = [
		("open motion", "winddown council show tells the open motions"),
		("evidence record", "winddown evidence show --case CASE tells the records"),
		("this person", "check the document's kind and number, and the case"),
		("adopted plan", "winddown plan show tells how the plans of a case stand"),
		("ballot of row", "check row and poll; whoever did not vote has no ballot"),
		("row ", "winddown roll show --case CASE tells how many rows there are"),
		("poll ", "winddown case show --case CASE tells the open polls"),
		("case ", "winddown case list tells the cases"),
	];
	let (_, step) = steps.into_iter().find(|(words, _)| what.contains(words))?;
	Some(step.into())
}

/// What to do about a bad file; `None` when each problem says it.
pub(crate) fn of_a_file(problems: &[Problem]) -> Option<String> {
	let step = problems.iter().find_map(|problem| of_the_way_of_reading(&problem.reason));
	if step.is_some() {
		return step;
	}
	let any = |of: fn(&Reason) -> bool| problems.iter().any(|problem| of(&problem.reason));
	let step = match () {
		() if any(says_what_to_do) => return None,
		() if any(|reason| matches!(reason, Reason::Encoding { .. })) => {
			"export the file again, as UTF-8"
		}
		() if any(|reason| matches!(reason, Reason::EmptyFile | Reason::NoLenders)) => {
			"export the file again: a line with the names of the columns, and one for each lender"
		}
		() if any(Reason::is_of_keys) => {
			"mend the lines named above, then run it again: keys that are bound stay bound"
		}
		() if any(is_of_cut_numbers) => {
			"let the system write the numbers as text, into a workbook or a CSV that no spreadsheet has saved"
		}
		() if problems.iter().all(|problem| is_repetition(&problem.reason)) => {
			"if these are several claims of one lender, --merge adds them up and keeps a list of the lines"
		}
		() => "mend the lines named above in the system that exported them, then run it again",
	};
	Some(step.into())
}

/// What to do where the file may be good, and has to be read in another way.
fn of_the_way_of_reading(reason: &Reason) -> Option<String> {
	Some(match reason {
		Reason::Encoding { likely: Some(Likely::Known(TextEncoding::Gb18030)), .. } => {
			"read it with --encoding gb18030".into()
		}
		Reason::Encoding { likely: Some(Likely::Known(TextEncoding::Utf8)), .. } => {
			"read it with --encoding utf-8".into()
		}
		Reason::HiddenParts { .. } => {
			"look at the sheet without filters; then say --with-hidden, or --without-hidden".into()
		}
		Reason::SeveralSheets(_) | Reason::NoSheet(_) => "say which one: --sheet NAME".into(),
		Reason::MissingColumns { missing, others } if !others.is_empty() => {
			let name = missing.first().map_or("NAME", |column| column.name);
			format!("if one of these titles is meant: --column {name}=TITLE")
		}
		Reason::RepeatedColumn { column, .. } => format!("say which one: --column {column}=TITLE"),
		Reason::UnknownColumn { .. } | Reason::NoTitle { .. } => {
			"give --column NAME=TITLE with a column's name and a title as it stands in the file"
				.into()
		}
		_ => return None,
	})
}

const fn says_what_to_do(reason: &Reason) -> bool {
	matches!(
		reason,
		Reason::Encoding { likely: Some(_), .. } | Reason::OtherFile(_) | Reason::Separator(_)
	)
}

const fn is_of_cut_numbers(reason: &Reason) -> bool {
	matches!(reason, Reason::CutNumber | Reason::NumberCell { .. } | Reason::ManyCheckDigits { .. })
}

const fn is_repetition(reason: &Reason) -> bool {
	matches!(
		reason,
		Reason::DuplicatePerson { .. } | Reason::MergedPerson { .. } | Reason::RepeatedLine { .. }
	)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn step(reasons: &[Reason]) -> Option<String> {
		let problem = |reason: &Reason| Problem { line: Some(2), reason: reason.clone() };
		of_a_file(&reasons.iter().map(problem).collect::<Vec<_>>())
	}

	#[test]
	fn the_next_step_to_what_is_missing_is_where_it_is_listed() {
		let cases = "winddown case list tells the cases";
		assert_eq!(of_the_missing("case 9").as_deref(), Some(cases));
		assert_eq!(of_the_missing("the roll of case 9").as_deref(), Some(cases));
		assert_eq!(
			of_the_missing("row 5 of case 9").as_deref(),
			Some("winddown roll show --case CASE tells how many rows there are")
		);
		assert_eq!(of_the_missing("block 7"), None);
	}

	#[test]
	fn the_next_step_after_a_bad_file_is_that_of_its_problems() {
		let encoding = |likely| Reason::Encoding { expected: TextEncoding::Utf8, likely };
		let gb18030 = encoding(Some(Likely::Known(TextEncoding::Gb18030)));
		assert_eq!(step(&[gb18030]).unwrap(), "read it with --encoding gb18030");
		assert_eq!(step(&[encoding(Some(Likely::Other("Big5")))]), None);
		assert_eq!(step(&[encoding(None)]).unwrap(), "export the file again, as UTF-8");
		assert_eq!(
			step(&[Reason::EmptyFile]).unwrap(),
			"export the file again: a line with the names of the columns, and one for each lender"
		);
		let twice = Reason::DuplicatePerson { first: 2 };
		assert!(step(&[twice.clone()]).unwrap().contains("--merge"));
		let step_of_cut = step(&[twice, Reason::CutNumber]).unwrap();
		assert!(!step_of_cut.contains("--merge"), "{step_of_cut}");
		let hidden = Reason::HiddenParts { rows: 1, columns: 0, sheets: 0 };
		assert!(step(&[hidden]).unwrap().contains("--with-hidden, or --without-hidden"));
		assert_eq!(
			step(&[Reason::NotOnRoll]).unwrap(),
			"mend the lines named above, then run it again: keys that are bound stay bound"
		);
		assert_eq!(
			step(&[Reason::NothingOutstanding]).unwrap(),
			"mend the lines named above in the system that exported them, then run it again"
		);
	}
}
