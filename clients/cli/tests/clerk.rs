//! What a clerk is told before a node is asked: keys of other cases, keys that are missing, files that
//! exist, cases that do not.

use std::{
	path::{Path, PathBuf},
	process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// Nobody listens there: what is refused here is refused before a node is asked.
const NO_NODE: &str = "ws://127.0.0.1:1";

/// A folder of a registrar with the master key, the keys of cases 0 and 2, and a platform's export.
struct Office {
	folder: TempDir,
}

impl Office {
	fn new() -> Self {
		let office = Self { folder: tempfile::tempdir().unwrap() };
		office.done(&["identity", "new-master-key", "--out", "master.key"]);
		for case in ["0", "2"] {
			let out = format!("case{case}.key");
			let (master, out) = (["--master-key", "master.key"], ["--out", &out]);
			office.done(&[&["identity", "case-key", "--case", case], &master[..], &out].concat());
		}
		let roll = "document_type,document_number,name,phone,recharge,withdrawal,\
		            outstanding_principal,class\n\
		            passport,E12345678,Wang,13800138000,100.50,0.00,100.50,0\n";
		std::fs::write(office.path("roll.csv"), roll).unwrap();
		let keys = format!(
			"document_type,document_number,key\npassport,E12345678,sr25519:0x{}\n",
			"07".repeat(32)
		);
		std::fs::write(office.path("keys.csv"), keys).unwrap();
		office
	}

	fn path(&self, name: &str) -> PathBuf {
		self.folder.path().join(name)
	}

	fn run(&self, arguments: &[&str]) -> Output {
		Command::new(env!("CARGO_BIN_EXE_winddown"))
			.current_dir(self.folder.path())
			.env_remove("WINDDOWN_RECORDS")
			.args(["--url", NO_NODE])
			.args(arguments)
			.stdin(Stdio::null())
			.output()
			.expect("it was built")
	}

	fn done(&self, arguments: &[&str]) -> String {
		let output = self.run(arguments);
		assert!(output.status.success(), "{}", text(&output.stderr));
		text(&output.stdout)
	}

	/// The exit code, and what is told.
	fn refusal(&self, arguments: &[&str]) -> (Option<i32>, String) {
		let output = self.run(arguments);
		assert_eq!(text(&output.stdout), "");
		(output.status.code(), text(&output.stderr))
	}
}

fn text(bytes: &[u8]) -> String {
	String::from_utf8(bytes.to_vec()).expect("text")
}

fn bad_input(told: &str) -> (Option<i32>, String) {
	(Some(2), told.to_string())
}

#[test]
fn a_roll_is_not_imported_with_the_key_of_another_case() {
	let office = Office::new();
	let told = "error: case0.key holds the key of case 0, not the key of case 2\n\
	            next: name the file with the key of case 2\n";
	let of_two = ["--case", "2", "--case-key", "case0.key"];
	for verb in ["import", "lock"] {
		let line = [&["roll", verb, "roll.csv"], &of_two[..]].concat();
		assert_eq!(office.refusal(&line), bad_input(told), "{verb}");
	}
	let dry_run = [&["roll", "import", "roll.csv", "--dry-run"], &of_two[..]].concat();
	assert_eq!(office.refusal(&dry_run), bad_input(told));
	let register = [&["identity", "register", "keys.csv"], &of_two[..]].concat();
	assert_eq!(office.refusal(&register), bad_input(told));
}

#[test]
fn the_key_of_the_case_goes_on_to_the_node() {
	let office = Office::new();
	let line = ["roll", "import", "roll.csv", "--case", "2", "--case-key", "case2.key"];
	let (code, told) = office.refusal(&line);
	assert_eq!(code, Some(4));
	assert!(told.contains("\nerror: cannot reach a node at ws://127.0.0.1:1"), "{told}");
}

#[test]
fn a_case_key_and_a_master_key_do_not_stand_for_each_other() {
	let office = Office::new();
	let derive = ["identity", "case-key", "--case", "3", "--out", "case3.key"];
	assert_eq!(
		office.refusal(&[&derive[..], &["--master-key", "case0.key"]].concat()),
		bad_input(
			"error: case0.key holds the key of case 0, not the registrar's master key\n\
			 next: name the file with the registrar's master key\n"
		)
	);
	assert!(!office.path("case3.key").exists());
	assert_eq!(
		office.refusal(&["roll", "lock", "roll.csv", "--case", "2", "--case-key", "master.key"]),
		bad_input(
			"error: master.key holds the registrar's master key, not the key of case 2\n\
			 next: name the file with the key of case 2\n"
		)
	);
}

#[test]
fn a_key_is_never_overwritten() {
	let office = Office::new();
	let before = std::fs::read(office.path("master.key")).unwrap();
	let told = "error: master.key exists already\n\
	            next: name another file; a key is never overwritten\n";
	for line in [&["identity", "new-master-key"], &["key", "generate"]] {
		let line = [&line[..], &["--out", "master.key"]].concat();
		assert_eq!(office.refusal(&line), bad_input(told), "{line:?}");
	}
	assert_eq!(std::fs::read(office.path("master.key")).unwrap(), before);
}

#[test]
fn a_command_without_a_key_asks_for_one() {
	assert_eq!(
		Office::new().refusal(&["key", "show"]),
		bad_input(
			"error: no key was given\n\
			 next: give --key-file FILE, or --key SURI such as //Platform on a development chain\n"
		)
	);
}

#[test]
fn a_plain_connection_to_another_machine_is_refused_with_the_way_out() {
	let (code, told) = Office::new().refusal(&["chain", "--url", "ws://192.0.2.1:9944"]);
	assert_eq!(code, Some(4));
	assert_eq!(
		told,
		"error: ws://192.0.2.1:9944 is another machine, and the connection to it would not be encrypted\n\
		 next: use wss:// or, in a closed network that nobody else hears, --allow-plain\n"
	);
}

#[test]
fn an_export_of_a_case_that_is_not_kept_writes_nothing() {
	let office = Office::new();
	office.done(&["records", "init"]);
	assert_eq!(
		office.refusal(&["records", "export", "--case", "9", "--out", "nine.jsonl"]),
		bad_input(
			"error: sqlite:records.sqlite holds nothing of case 9, and nothing was written; \
			 `winddown records show` tells what it holds\n"
		)
	);
	assert_eq!(named(&office, "nine"), Vec::<PathBuf>::new());
}

/// Files whose names begin so.
fn named(office: &Office, head: &str) -> Vec<PathBuf> {
	let entries = std::fs::read_dir(office.folder.path()).unwrap();
	let names = entries.map(|entry| PathBuf::from(entry.unwrap().file_name()));
	names.filter(|name: &PathBuf| Path::new(name).to_string_lossy().starts_with(head)).collect()
}

#[test]
fn a_document_number_is_not_taken_from_the_command_line_and_not_repeated() {
	let office = Office::new();
	let line = ["identity", "show", "--case", "0", "--case-key", "case0.key"];
	let person = ["--document-type", "passport", "--document-number", "E12345678"];
	let (code, told) = office.refusal(&[&line[..], &person].concat());
	assert_eq!(code, Some(2));
	let why = "a number on a command line stays in the history of the shell and in the list of processes: \
	           leave it out, it is asked for or read from standard input, or name a file with --number-file";
	assert!(told.contains(why), "{told}");
}

#[test]
fn a_person_is_found_by_a_number_from_a_file_or_from_standard_input() {
	let office = Office::new();
	std::fs::write(office.path("number"), "E12345678\n").unwrap();
	let line = ["identity", "show", "--case", "0", "--case-key", "case0.key"];
	let person = ["--document-type", "passport", "--number-file", "number"];
	let (code, told) = office.refusal(&[&line[..], &person].concat());
	// The person is known here; the rest is the node's.
	assert_eq!(code, Some(4), "{told}");
	assert_eq!(
		office.refusal(&[&line[..], &person[..2]].concat()),
		bad_input(
			"error: no document number was given: type it when asked, pipe it in, or name a file with \
			 --number-file\n"
		),
		"nothing came from standard input"
	);
}

#[test]
fn an_old_word_is_answered_with_the_one_that_is_used_everywhere() {
	let office = Office::new();
	for (line, told) in [
		(
			&["records", "show", "--database", "sqlite:records.sqlite"][..],
			"the operator's records have one name everywhere: use --records",
		),
		(
			&["evidence", "export", "4", "--pdf", "a.pdf"][..],
			"the certificate lies in the proof: write it to a file with `winddown evidence certificate \
			 FILE.wdproof --out FILE.pdf`",
		),
	] {
		let (code, text) = office.refusal(line);
		assert_eq!(code, Some(2));
		assert!(text.contains(told), "{text}");
	}
}

#[test]
fn the_help_of_a_command_keeps_its_own_options_apart_from_those_of_every_command() {
	let help = Office::new().done(&["poll", "cast", "--help"]);
	let (own, of_all) = help.split_once("Options of every command:").expect("a heading");
	for option in ["--poll <", "--choices <", "--record <"] {
		assert!(own.contains(option) && !of_all.contains(option), "{option}\n{help}");
	}
	for option in ["--url <", "--json", "--key-file <", "--wait <"] {
		assert!(of_all.contains(option) && !own.contains(option), "{option}\n{help}");
	}
}

#[test]
fn batches_that_are_kept_are_told_by_their_merkle_roots() {
	use winddown_sdk::{primitives::Choice, record};
	let office = Office::new();
	office.done(&["records", "init"]);
	let ballot = record::ballot(0, 2, 3, &[Choice::FOR], 4, &mut rand::thread_rng());
	std::fs::write(office.path("batch.jsonl"), format!("{}\n", record::line(&ballot))).unwrap();
	let made = office.done(&["records", "import", "batch.jsonl", "--as", "batch", "--json"]);
	let made: serde_json::Value = serde_json::from_str(&made).unwrap();
	let root = made["batch"]["root"].as_str().unwrap();
	let shown = office.done(&["records", "show"]);
	let line = shown.lines().find(|line| line.contains(root)).expect("the root");
	assert_eq!(line.split_whitespace().take(3).collect::<Vec<_>>(), ["0", "ballot", "1"]);
	let none = office.done(&["records", "show", "--case", "1"]);
	assert!(!none.contains(root), "{none}");
}
