//! What lenders sign without a node, and what whoever carries it may believe of it.

use serde_json::Value;
use std::{
	fs,
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
	process::{Command, Output},
};
use tempfile::TempDir;
use winddown_proof::record::Record;

/// Nobody listens there: what is tested here needs no node.
const NO_NODE: &str = "ws://127.0.0.1:1";
const GENESIS: &str = "0x8dd37b6a6df3276febb49f7ab4f7797a46baffaf0e95b275964270d0a7519648";
const SEEN_BY_NOBODY: &str = "no node of this chain answers: not compared with the poll";

/// A lender's machine.
struct Desk {
	folder: TempDir,
}

impl Desk {
	fn new() -> Self {
		Self { folder: tempfile::tempdir().expect("a folder") }
	}

	fn path(&self, name: &str) -> PathBuf {
		self.folder.path().join(name)
	}

	fn run(&self, arguments: &[&str]) -> Output {
		Command::new(env!("CARGO_BIN_EXE_winddown"))
			.args(["--url", NO_NODE, "--key", "//Lender", "intent"])
			.args(arguments)
			.current_dir(self.folder.path())
			.output()
			.expect("it was built")
	}

	fn sign(&self, action: &[&str]) -> Output {
		let terms =
			["sign", "--genesis", GENESIS, "--case", "0", "--lender", "3", "--out", "intents"];
		self.run(&[&terms[..], action].concat())
	}

	fn cast(&self, choices: &str) -> Output {
		self.sign(&["cast", "--poll", "7", "--choices", choices, "--record", "kept.jsonl"])
	}
}

fn text(bytes: &[u8]) -> String {
	String::from_utf8(bytes.to_vec()).expect("text")
}

fn mode(path: &Path) -> u32 {
	fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

#[test]
fn a_ballot_takes_the_words_of_poll_cast_and_is_read_back_to_the_lender_in_both_languages() {
	let desk = Desk::new();
	let output = desk.cast("同意,1+3,abstain");
	assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
	let told = text(&output.stdout);
	let (choices, rest) = told.split_once("holds until ").expect("the end");
	assert_eq!(
		choices,
		format!(
			"signed: vote in poll 7\n\
			 item 1: for, or option 1  第1项：同意或选项1\n\
			 item 2: options 1, 3  第2项：选项1、3\n\
			 item 3: abstain  第3项：弃权\n\
			 {SEEN_BY_NOBODY}\n"
		)
	);
	assert!(
		rest.ends_with(
			" +08:00, by this machine's clock 本机时钟\n\
			 next: hand it in, or give the file to the operator:\n  winddown intent submit intents\n"
		),
		"{told}"
	);
	let kept = fs::read_to_string(desk.path("kept.jsonl")).expect("the record");
	let Ok(Record::Ballot(ballot)) = Record::parse(kept.trim_end().as_bytes()) else {
		panic!("a ballot")
	};
	assert_eq!(ballot.choices, [vec![0], vec![0, 2], vec![]]);
	assert_eq!((ballot.case, ballot.poll, ballot.lender), (0, 7, 3));
}

#[test]
fn without_a_node_it_is_said_whose_clock_an_intent_follows() {
	let desk = Desk::new();
	let output = desk.sign(&["confirm", "120.50"]);
	assert!(output.status.success());
	let warning = text(&output.stderr);
	assert!(
		warning.starts_with(
			"warning: no node of this chain answers: the intent follows this machine's clock, which reads 20"
		),
		"{warning}"
	);
	let output = desk.run(&[
		"--json",
		"sign",
		"--genesis",
		GENESIS,
		"--case",
		"0",
		"--lender",
		"3",
		"--out",
		"intents",
		"confirm",
		"1",
	]);
	let shown: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
	assert_eq!(shown["clock"]["name"], "machine");
	assert_eq!(shown["clock"]["machine_ahead_by"], Value::Null);
	let warning: Value = serde_json::from_slice(&output.stderr).expect("JSON, too");
	assert!(warning["warning"].as_str().expect("text").contains("this machine's clock"));
}

#[test]
fn an_intent_that_is_over_already_is_not_signed() {
	let desk = Desk::new();
	let output = desk.run(&[
		"sign",
		"--genesis",
		GENESIS,
		"--case",
		"0",
		"--lender",
		"3",
		"--sequence",
		"1",
		"--valid-until",
		"2019-11-08",
		"--out",
		"intents",
		"confirm",
		"1",
	]);
	assert_eq!(output.status.code(), Some(2));
	let told = text(&output.stderr);
	assert!(
		told.starts_with(
			"error: the end, 2019-11-08 24:00 / 2019-11-09 00:00 +08:00, is over already: this machine's clock"
		),
		"{told}"
	);
	assert!(!desk.path("intents").exists());
}

#[test]
fn nobody_else_may_read_what_a_lender_voted_or_signed() {
	let desk = Desk::new();
	assert!(desk.cast("for").status.success());
	assert_eq!(mode(&desk.path("kept.jsonl")), 0o600);
	assert_eq!(mode(&desk.path("intents")), 0o600);
}

#[test]
fn an_impossible_ballot_is_not_signed_and_leaves_no_record() {
	let desk = Desk::new();
	let output = desk.cast("99,99,99");
	assert_eq!(output.status.code(), Some(2));
	assert_eq!(
		text(&output.stderr).trim_end(),
		"error: '99' is neither for, against, abstain nor an option; options count from 1 to 32"
	);
	assert!(!desk.path("kept.jsonl").exists() && !desk.path("intents").exists());
}

#[test]
fn the_words_of_a_file_are_not_believed_when_its_call_asks_for_something_else() {
	let desk = Desk::new();
	assert!(desk.cast("against").status.success());
	assert!(desk.sign(&["confirm", "120.50"]).status.success());
	let honest = desk.run(&["show", "intents"]);
	assert_eq!(honest.status.code(), Some(0), "{}", text(&honest.stderr));
	let shown = text(&honest.stdout);
	for part in ["vote in poll 7", "item 1: against, or option 2", "confirm 120.50 yuan"] {
		assert!(shown.contains(part), "{part}\n{shown}");
	}

	let forged = fs::read_to_string(desk.path("intents")).expect("the intents");
	let forged = forged.replace("vote in poll 7", "confirm 1.00 yuan");
	fs::write(desk.path("forged"), forged).expect("written");
	let output = desk.run(&["show", "forged"]);
	assert_eq!(output.status.code(), Some(5));
	let shown = text(&output.stdout);
	assert!(shown.contains("THE FILE SAYS OTHERWISE: confirm 1.00 yuan"), "{shown}");
	assert!(shown.contains("vote in poll 7"), "{shown}");
	assert_eq!(
		text(&output.stderr).trim_end(),
		"error: what the file says of 1 of its intents is not what they ask for"
	);

	let output = desk.run(&["--json", "show", "forged"]);
	let intents: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
	assert_eq!(intents[0]["action"], "vote in poll 7");
	assert_eq!(intents[0]["stated"], "confirm 1.00 yuan");
	assert_eq!(intents[1]["action"], "confirm 120.50 yuan");
	assert_eq!(intents[1]["stated"], Value::Null);
}

#[test]
fn a_batch_of_ballots_wants_to_know_the_poll() {
	let output = Command::new(env!("CARGO_BIN_EXE_winddown"))
		.args(["--url", NO_NODE, "records", "batch", "--case", "0", "--kind", "ballot"])
		.output()
		.expect("it was built");
	assert_eq!(output.status.code(), Some(2));
	assert!(text(&output.stderr).contains("--poll <POLL>"), "{}", text(&output.stderr));
}
