//! What to do about an error, in the words of this command line: the libraries tell what is wrong, and know
//! neither flags nor commands.

use std::io::ErrorKind;
use winddown_records::Error as RecordsError;
use winddown_sdk::{
	primitives::PoolRefusal,
	roll::{Likely, Problem, Reason, TextEncoding},
	Error, KeyKind, Missing, NotAccepted,
};

/// What to do about an error of the client's library.
pub fn of(error: &Error) -> Option<String> {
	let step = match error {
		Error::InsecureUrl(_) => {
			"use wss:// or, in a closed network that nobody else hears, --allow-plain"
		}
		Error::Unreachable { .. } => "start a node, or name another one with --url ws://HOST:PORT",
		Error::Incompatible(_) => "use the client of the same release as the chain's runtime",
		Error::Disconnected(_) => RESUME,
		Error::NoAnswer { .. } => ASK_AGAIN,
		Error::TooOften(_) => {
			"wait as long as it says, or ask its operator: --rpc-rate-limit, and --rpc-rate-limit-whitelisted-ips for \
			 this machine"
		}
		Error::TimedOut { .. } => {
			"look whether the chain makes blocks (winddown chain); then run it again"
		}
		Error::IntentsRefused(_) => {
			"the reasons stand above; a lender signs again only where the reason says so"
		}
		Error::StateGone(_) => "ask a node that was started with --state-pruning archive",
		Error::OtherRoll { case, .. } => {
			return Some(format!(
				"compare first, with the file or key that was used before; if the wrong rows are on chain, \
				 the platform clears them and imports again: winddown roll clear --case {case}"
			))
		}
		Error::RollClearing { case, .. } => {
			return Some(format!(
				"clear the rest, then import again: winddown roll clear --case {case}"
			))
		}
		Error::AnswerTooLarge => {
			"ask for less, or a node that was started with a higher --rpc-max-response-size (in MiB)"
		}
		Error::KeyInUse => {
			"wait for a block (some seconds), look what the other act changed, then run it again; two who act often \
			 need a key each"
		}
		Error::KnownAlready => "wait for a block (some seconds), then look whether it is on chain",
		Error::PoolFull => "wait some blocks, then run it again",
		Error::NotAccepted(reason) => return of_the_pool(reason).map(Into::into),
		Error::NotYetFinal => "wait for the next block (some seconds), then run it again",
		Error::Refused(refusal) => return of_a_pool_refusal(*refusal),
		Error::BadFile(problems) => return of_a_file(problems),
		Error::Failed { pallet, name, .. } if pallet == "Cases" && name == "NotFound" => {
			"winddown case list tells the cases"
		}
		Error::Failed { name, .. } => return of_a_refusal(name),
		Error::NotFound(missing) => return of_the_missing(*missing).map(Into::into),
		_ => return with_a_key(error),
	};
	Some(step.into())
}

/// What to do about a key, or the file of one.
fn with_a_key(error: &Error) -> Option<String> {
	Some(match error {
		Error::SecretExposed { path, .. } => format!("chmod 600 {}", path.display()),
		Error::SecretExists(_) => "name another file; a key is never overwritten".into(),
		Error::OtherKeyFile { wanted, .. } => format!("name the file with {wanted}"),
		Error::UnmarkedKeyFile { wanted, .. } => of_an_unmarked_key(*wanted),
		Error::NoKey => GIVE_A_KEY.into(),
		Error::KeyNotBound { case, .. } => format!(
			"the registrar binds it: winddown identity register FILE --case {case} --case-key FILE"
		),
		Error::KeyNotOfRow { case, lender, .. } => format!(
			"sign with the key of the row; for another key go to the registrar: winddown identity \
			 rebind --case {case} --lender {lender} --new-key KEY --evidence RECORD"
		),
		Error::BadKey(_) => {
			"give a SURI such as //Platform, a mnemonic or a 0x seed, or --key-file FILE".into()
		}
		_ => return None,
	})
}

/// What to write above the digits of a file that an earlier release wrote.
fn of_an_unmarked_key(wanted: KeyKind) -> String {
	match wanted {
		KeyKind::Case(case) => format!(
			"let the registrar derive it again: winddown identity case-key --case {case} \
			 --master-key FILE --out FILE"
		),
		KeyKind::Master => {
			format!("if it is the master key, put a first line there: {}", wanted.head())
		}
	}
}

/// What to do about an error of the operator's records.
pub fn of_records(error: &RecordsError) -> Option<&'static str> {
	Some(match error {
		RecordsError::Damaged => "take the newest backup, or import the newest export anew",
		RecordsError::Database(_) if error.is_of_a_file() => {
			"if it says so again, the file is damaged: take the newest backup"
		}
		RecordsError::NewTables { .. } => {
			"use the program of the release that made them, or a newer one"
		}
		RecordsError::NoSqlite(_) => {
			"an export in JSON Lines or CSV is named without sqlite: before it"
		}
		RecordsError::NotWritable(_) => {
			"get the right to write both; what only reads (records show, export and serve, evidence export) needs no \
			 such right"
		}
		RecordsError::LogMissing(_)
		| RecordsError::LogUnreadable { .. }
		| RecordsError::LogNeedsFolder(_) => {
			"copy the file together with its log (-wal, -journal) into a folder of your own, or ask for an export: \
			 winddown records export --format sqlite makes a file that needs no log"
		}
		RecordsError::Changed(_) => "read it again, or read a copy",
		RecordsError::File { error, .. }
			if matches!(
				error.kind(),
				ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
			) =>
		{
			"name a place where you may read and write, or get the right to"
		}
		RecordsError::Away(_) | RecordsError::Database(_) | RecordsError::Tables(_) => {
			"look whether the database runs, and whether its user may make and read tables"
		}
		RecordsError::NoDatabase(_) | RecordsError::NoTables => {
			"make one with winddown records init, or name another one with --records"
		}
		RecordsError::Exists(_) => "name another place, or move it away",
		RecordsError::At { error, .. } => return of_records(error),
		RecordsError::WrongDigest { .. }
		| RecordsError::Slips { .. }
		| RecordsError::WrongField { .. }
		| RecordsError::Malformed { .. } => {
			"get the export anew from where it was made, and import it again"
		}
		RecordsError::Altered(_) => {
			"compare the database with an export or a backup of before: winddown records show DIGEST"
		}
		RecordsError::MissingRecord(_) => "import the record first",
		RecordsError::NoUrl
		| RecordsError::File { .. }
		| RecordsError::Record(_)
		| RecordsError::NoBatch
		| RecordsError::TooLarge { .. }
		| RecordsError::BadText(_) => return None,
	})
}

/// After a connection was lost. Imports and registrations go on where they were; any other act may
/// have gone through.
const RESUME: &str = concat!(
	"start the node again, or name another one with --url; then run the same command again: it ",
	"resumes (after a single act, look first whether it is on chain)"
);

/// To a command whose node says nothing.
const ASK_AGAIN: &str = concat!(
	"the node has too much to do, or stands still: look at its log, or name another one with --url; then run the same ",
	"command again: it resumes (after a single act, look first whether it is on chain)"
);

/// To a command that signs and was given no key.
const GIVE_A_KEY: &str =
	"give --key-file FILE, or --key SURI such as //Platform on a development chain";

const AGAIN: &str = "another transaction of this key was faster; run the command again";

/// What to do about the error named `name`; `None` when its own documentation says enough.
fn of_a_refusal(name: &str) -> Option<String> {
	let step = match name {
		"WrongPosition" => "run the import again: it goes on after the last row on chain",
		"BadOrigin" => "use the key of the institution whose task this is",
		"WrongStage" => "see where the case stands: winddown case show --case CASE",
		"RollClearing" => "clear the rest of the roll first: winddown roll clear --case CASE",
		"BallotsCast" => "a poll in which somebody voted takes its course; close it when its time is over",
		"LotPending" => "wait half a minute, then run the command again",
		"OrderMissing" => {
			"order the candidates first: winddown committee arrange FILE --case CASE proposes an order by strokes, \
			 winddown committee draw --case CASE asks for a lot"
		}
		"TooFewCandidates" => {
			"let lenders stand again: winddown committee open-nominations --case CASE --until +7d"
		}
		"NotProposed" => "winddown plan show --case CASE tells how the plans stand; the platform proposes a new version",
		"NothingAdopted" => "winddown plan show --case CASE tells how the plans of the case stand",
		"WrongKind" => "deposit the paper as that kind first: winddown evidence deposit FILE --case CASE --kind KIND",
		"UnknownPoll" => "winddown case show --case CASE tells the open polls",
		"WrongHeads" | "WrongTotal" | "WrongDigest" => {
			"compare with winddown roll import … --dry-run; if the wrong rows are on chain, the platform clears them and \
			 imports again: winddown roll clear --case CASE"
		}
		"ClaimNotConfirmed" => "the lender confirms first: winddown claim confirm --case CASE",
		"NominationsClosed" => "winddown committee show --case CASE tells until when lenders may stand",
		"LotGone" => "draw again: winddown committee draw --case CASE",
		"RollFrozen" => "wait until the open poll of the case is closed",
		"NoticeRunning" | "ConfirmationOpen" | "WindowStillOpen" | "DisputeWindowOver" => {
			"the time of the block decides: winddown case show tells the windows of the case, winddown chain \
			 the time on chain"
		}
		"NominationsRunning" | "ReviewPending" | "NotDue" => {
			"the time of the block decides: winddown committee show, plan show and payment show tell the \
			 times, winddown chain the time on chain"
		}
		"NotAuthorised" => "the platform must authorise first: winddown case authorise --notice FILE",
		_ => return None,
	};
	Some(step.into())
}

/// What to do about a transaction that the pool did not take, or let go.
const fn of_the_pool(reason: &NotAccepted) -> Option<&'static str> {
	Some(match reason {
		NotAccepted::Outdated => AGAIN,
		NotAccepted::Dropped | NotAccepted::TooOld => "run the command again",
		NotAccepted::TooEarly => {
			"wait for a block (some seconds), then run the command again: the earlier one may be on its way"
		}
		NotAccepted::BadSignature => {
			"look whether the node follows the right chain, and this program fits its runtime: winddown chain"
		}
		NotAccepted::TooHeavy | NotAccepted::Other(_) => return None,
	})
}

/// What to do about a rule that kept a transaction out; `None` when the error says it.
fn of_a_pool_refusal(refusal: PoolRefusal) -> Option<String> {
	let step = match refusal {
		PoolRefusal::NotAdmitted => {
			"use the key of an institution; the council admits one: winddown council propose admit"
		}
		PoolRefusal::Suspended => {
			"the council lets it act again: winddown council propose reinstate"
		}
		_ => return None,
	};
	Some(step.into())
}

/// What to do where the chain does not have something.
const fn of_the_missing(missing: Missing) -> Option<&'static str> {
	Some(match missing {
		Missing::OpenMotion => "winddown council show tells the open motions",
		Missing::Evidence(_) => {
			"winddown evidence show --case CASE tells the records; one deposited just now may wait for finality: \
			 --wait in-block shows it"
		}
		Missing::Person(_) => "check the document's kind and number, and the case",
		Missing::AdoptedPlan(_) => "winddown plan show tells how the plans of a case stand",
		Missing::Ballot { .. } => {
			"check row and poll; whoever did not vote has no ballot, and one cast just now may wait for finality: \
			 --wait in-block shows it"
		}
		Missing::Row { .. } => "winddown roll show --case CASE tells how many rows there are",
		Missing::Poll(_) => "winddown case show --case CASE tells the open polls",
		Missing::Case(_) => "winddown case list tells the cases",
		Missing::Roll(_) => "winddown roll import FILE --case CASE brings it on chain",
		Missing::FinalBlock => "wait until the validators made a block final: winddown chain",
		Missing::Block(_) | Missing::BlockNumber(_) | Missing::Justification(_) => return None,
	})
}

/// What to do about a bad file; `None` when each problem says it.
fn of_a_file(problems: &[Problem]) -> Option<String> {
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
		() if any(|reason| matches!(reason, Reason::OtherKey { .. })) => {
			"another key is given to a row after a new identity check: winddown identity rebind --case CASE \
			 --lender ROW --new-key KEY --evidence RECORD"
		}
		() if any(|reason| matches!(reason, Reason::Row)) => {
			"the number of a person's row: winddown identity show --case CASE --document-type KIND --case-key FILE"
		}
		() if any(is_of_keys) => {
			"mend the lines named above, then run it again: keys that are bound stay bound"
		}
		() if problems.iter().all(|problem| may_be_vouched(&problem.reason)) => {
			"compare these numbers with the papers; for those that are written right give --vouched LINE,LINE, each line \
			 of a lender with several 与证件、营业执照原件核对，无误的行用 --vouched 行号（同一人的多行须逐行列出）"
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

/// Whether only a registrar's file has it.
const fn is_of_keys(reason: &Reason) -> bool {
	matches!(
		reason,
		Reason::LenderKey
			| Reason::NotOnRoll
			| Reason::OnRollAs { .. }
			| Reason::DoubtfulStranger(_)
			| Reason::OtherKey { .. }
			| Reason::DuplicateKey { .. }
			| Reason::RegisteredTwice { .. }
	)
}

const fn may_be_vouched(reason: &Reason) -> bool {
	matches!(reason, Reason::Document(doubt) if doubt.may_be_vouched())
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
	use std::path::PathBuf;

	fn step(reasons: &[Reason]) -> Option<String> {
		let problem = |reason: &Reason| Problem { line: Some(2), reason: reason.clone() };
		of_a_file(&reasons.iter().map(problem).collect::<Vec<_>>())
	}

	#[test]
	fn the_next_step_to_what_is_missing_is_where_it_is_listed() {
		let step = |missing| of(&Error::NotFound(missing));
		assert_eq!(step(Missing::Case(9)).as_deref(), Some("winddown case list tells the cases"));
		assert_eq!(
			step(Missing::Row { case: 9, lender: 5 }).as_deref(),
			Some("winddown roll show --case CASE tells how many rows there are")
		);
		assert_eq!(step(Missing::BlockNumber(7)), None);
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
		assert!(step(std::slice::from_ref(&twice)).unwrap().contains("--merge"));
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

	#[test]
	fn a_lost_connection_is_answered_with_how_to_go_on() {
		assert_eq!(
			of(&Error::Disconnected("gone".into())).as_deref(),
			Some(
				"start the node again, or name another one with --url; then run the same command \
				 again: it resumes (after a single act, look first whether it is on chain)"
			)
		);
	}

	#[test]
	fn a_node_that_says_nothing_or_takes_no_more_is_answered_with_what_to_look_at() {
		let silent = Error::NoAnswer { method: "state_call".into(), seconds: 45 };
		assert!(of(&silent).unwrap().starts_with("the node has too much to do, or stands still"));
		let often = of(&Error::TooOften("try again in 6 s".into())).unwrap();
		assert!(often.contains("--rpc-rate-limit-whitelisted-ips"), "{often}");
	}

	#[test]
	fn what_the_pool_did_not_take_is_answered_where_something_can_be_done() {
		let step = |reason| of(&Error::NotAccepted(reason));
		assert_eq!(step(NotAccepted::Outdated).as_deref(), Some(AGAIN));
		assert_eq!(
			of(&Error::Refused(PoolRefusal::NotAdmitted)).as_deref(),
			Some("use the key of an institution; the council admits one: winddown council propose admit")
		);
		// A text decides nothing, whatever it says.
		assert_eq!(step(NotAccepted::Other("it is outdated".into())), None);
	}

	#[test]
	fn a_connection_that_is_not_allowed_is_answered_with_how_to_allow_it() {
		assert_eq!(
			of(&Error::InsecureUrl("ws://example.org:9944".into())).as_deref(),
			Some("use wss:// or, in a closed network that nobody else hears, --allow-plain")
		);
	}

	#[test]
	fn a_file_of_a_key_is_answered_with_the_file_that_is_wanted() {
		let path = || PathBuf::from("a.key");
		let unmarked = |wanted| of(&Error::UnmarkedKeyFile { path: path(), wanted }).unwrap();
		assert_eq!(
			unmarked(KeyKind::Case(2)),
			"let the registrar derive it again: winddown identity case-key --case 2 --master-key FILE --out FILE"
		);
		assert_eq!(
			unmarked(KeyKind::Master),
			"if it is the master key, put a first line there: winddown-master-key v1"
		);
		let (found, wanted) = (KeyKind::Case(0), KeyKind::Case(2));
		assert_eq!(
			of(&Error::OtherKeyFile { path: path(), found, wanted }).unwrap(),
			"name the file with the key of case 2"
		);
		assert_eq!(
			of(&Error::SecretExists(path())).unwrap(),
			"name another file; a key is never overwritten"
		);
	}
}
