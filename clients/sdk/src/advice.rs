//! What to do about an error.

use crate::roll::{Problem, Reason};

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
	let any = |of: fn(&Reason) -> bool| problems.iter().any(|problem| of(&problem.reason));
	let step = match () {
		() if any(|reason| matches!(reason, Reason::Encoding { hint, .. } if !hint.is_empty())) => {
			return None
		}
		() if any(|reason| matches!(reason, Reason::Encoding { .. })) => {
			"export the file again, as UTF-8"
		}
		() if any(|reason| matches!(reason, Reason::EmptyFile | Reason::NoLenders)) => {
			"export the file again: a line with the names of the columns, and one for each lender"
		}
		() if any(Reason::is_of_keys) => {
			"mend the lines named above, then run it again: keys that are bound stay bound"
		}
		() => "mend the lines named above in the system that exported them, then run it again",
	};
	Some(step.into())
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
		let hint = "; use --encoding gb18030".to_string();
		assert_eq!(step(&[Reason::Encoding { expected: "UTF-8", hint }]), None);
		let unknown = Reason::Encoding { expected: "UTF-8", hint: String::new() };
		assert_eq!(step(&[unknown]).unwrap(), "export the file again, as UTF-8");
		assert_eq!(
			step(&[Reason::EmptyFile]).unwrap(),
			"export the file again: a line with the names of the columns, and one for each lender"
		);
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
