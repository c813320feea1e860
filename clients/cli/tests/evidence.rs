//! What a tribunal does with a proof file: verify it, print its certificate, read its code.
//!
//! The files in `tests/data` were exported from a development chain with 200 lenders whose validator had
//! changed its key once, but for `outcome.wdproof`. Whatever comes later must still read them.

use serde_json::Value;
use std::{
	path::{Path, PathBuf},
	process::{Command, Output},
};
use tempfile::TempDir;
use winddown_proof::{bundle::Plaintext, Bundle};

const GENESIS: &str = "0x8dd37b6a6df3276febb49f7ab4f7797a46baffaf0e95b275964270d0a7519648";
const CHECKPOINT: &str = "0x113285e7f893fcd998cd728f5f8c1f75f6f895939241bc38331edd947d544dad";
const RECEIPT: &str = "WD1-HQ9Q-PTG0-0000-0000-011D-FSNZ-W7RK-6RH0-H3Y0";
const RECORD: &str = "d7e6bfe1f13362206846ec5a66457257b26d22e9182605bd2116d325df801e3b";
/// Of the world of `clients/proof/tests`, from which `outcome.wdproof` comes (its example `fixture`).
const WORLD: &str = "0x25c90e43b17cd2e43cc2357dc6488b14201889248d914995bf568b9be6e0f33d";
/// Nobody listens there: what is tested here needs no node.
const NO_NODE: &str = "ws://127.0.0.1:1";

fn data(name: &str) -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn winddown(arguments: &[&str]) -> Output {
	Command::new(env!("CARGO_BIN_EXE_winddown"))
		.args(["--url", NO_NODE, "evidence"])
		.args(arguments)
		.output()
		.expect("it was built")
}

fn verify(file: &Path, more: &[&str]) -> Output {
	let file = file.to_str().expect("a plain path");
	winddown(&[&["verify", file, "--genesis", GENESIS], more].concat())
}

fn stdout(output: &Output) -> String {
	String::from_utf8(output.stdout.clone()).expect("text")
}

fn stderr(output: &Output) -> String {
	String::from_utf8(output.stderr.clone()).expect("text")
}

fn json(output: &Output) -> Value {
	serde_json::from_slice(&output.stdout).expect("one JSON document")
}

/// The ballot's file with another plaintext.
fn with_plaintext(folder: &TempDir, change: impl FnOnce(String) -> String) -> PathBuf {
	let mut bundle = ballot();
	let Some(Plaintext::Whole(record)) = bundle.plaintext else { panic!("it has its record") };
	let record = change(String::from_utf8(record).expect("JSON"));
	bundle.plaintext = Some(Plaintext::Whole(record.into_bytes()));
	write(folder, "altered.wdproof", &bundle.to_bytes())
}

fn ballot() -> Bundle {
	Bundle::from_bytes(&std::fs::read(data("ballot.wdproof")).unwrap()).unwrap()
}

fn write(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
	let path = folder.path().join(name);
	std::fs::write(&path, bytes).unwrap();
	path
}

#[test]
fn a_good_file_is_valid_and_says_in_both_languages_what_is_proved_and_what_not() {
	let output = verify(&data("ballot.wdproof"), &[]);
	assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
	let text = stdout(&output);
	for part in [
		"有效 VALID",
		"已证明 What is proved",
		"案件0第66行的出借人在表决0中投了票。",
		"The lender in row 66 of case 0 has a ballot in poll 0.",
		"该票计为：第1项反对；第2项选择方案1。",
		"The ballot counts as: item 1 against; item 2 option 1.",
		RECEIPT,
		"未证明 What is not proved",
		"未证明表决结果正确",
		"That the result of the poll is right is not proved here",
	] {
		assert!(text.contains(part), "{part}\n{text}");
	}
}

#[test]
fn programs_read_the_same_report() {
	let report = json(&verify(&data("ballot.wdproof"), &["--json"]));
	assert_eq!(report["valid"], true);
	assert_eq!(report["bytes"], 8_575);
	assert_eq!(report["report"]["subject"]["ballot"]["receipt"], RECEIPT);
	assert_eq!(report["report"]["block"]["changes"], 1);
	let codes = |list: &str| -> Vec<String> {
		let findings = report["report"][list].as_array().expect("a list").iter();
		findings.map(|finding| finding["code"].as_str().expect("a code").into()).collect()
	};
	assert_eq!(codes("proved")[..3], ["ballot_cast", "choices", "plaintext"]);
	assert!(codes("not_proved").contains(&"tally".into()));
}

#[test]
fn that_a_lender_did_not_vote_is_proved() {
	let output = verify(&data("no-ballot.wdproof"), &[]);
	assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
	assert!(stdout(&output).contains("案件0第3行的出借人直至表决结束未在表决0中投票。"));
}

#[test]
fn one_record_of_a_batch_is_proved_with_the_institutions_that_attested_it() {
	let report = json(&verify(&data("evidence.wdproof"), &["--json"]));
	let evidence = &report["report"]["subject"];
	assert_eq!(evidence["state"], "effective");
	assert_eq!(evidence["leaves"], 200);
	assert_eq!(evidence["plaintext"]["position"], 17);
	for arbiter in evidence["arbiters"].as_array().expect("both") {
		assert_eq!(arbiter["word"]["verdict"], "confirmed");
	}
}

#[test]
fn the_result_of_a_poll_is_proved_with_what_every_test_of_its_rule_measured() {
	let file = data("outcome.wdproof");
	let file = file.to_str().expect("a plain path");
	let output = winddown(&["verify", file, "--genesis", WORLD]);
	assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
	let told = stdout(&output);
	for part in [
		"Item 2 of poll 3: failed. It passes by: for heads > 1/2 of all (a rule of its own, of no preset).",
		"option 3, for heads of all: 65 of 130 = 50.00 % = 1/2, and more is needed: not met",
		"方案3，同意人数占全部人数：65/130人 = 50.00% = 1/2，须超过，未达到",
	] {
		assert!(told.contains(part), "{part}\n{told}");
	}
	let report = json(&winddown(&["--json", "verify", file, "--genesis", WORLD]));
	let item = &report["report"]["subject"]["result"]["items"][1];
	assert_eq!(item["outcome"], "failed");
	assert_eq!(
		(&item["grounds"][2][0]["met"], &item["grounds"][2][0]["share"]),
		(&false.into(), &"50.00".into())
	);
}

#[test]
fn an_altered_choice_is_named_and_the_exit_code_says_so() {
	let folder = tempfile::tempdir().unwrap();
	let file = with_plaintext(&folder, |record| record.replace("[[1],[0]]", "[[0],[0]]"));
	let output = verify(&file, &[]);
	assert_eq!(output.status.code(), Some(5));
	let text = stdout(&output);
	assert!(text.contains("无效 NOT VALID"), "{text}");
	assert!(text.contains("明文已被更改") && text.contains("The plaintext was altered"), "{text}");
	assert!(text.contains("This file proves nothing."), "{text}");
	assert!(!text.contains("What is proved"), "{text}");
	assert_eq!(stderr(&output).trim(), "error: the file proves nothing (digest_mismatch)");

	let report = json(&verify(&file, &["--json"]));
	assert_eq!(report["valid"], false);
	assert_eq!(report["failure"]["code"], "digest_mismatch");
}

#[test]
fn every_way_in_which_a_file_is_wrong_has_its_own_name() {
	let folder = tempfile::tempdir().unwrap();
	let bytes = std::fs::read(data("ballot.wdproof")).unwrap();
	let mut unsigned = ballot();
	unsigned.justification.commit.precommits[0].signature.0[0] ^= 1;
	let mut unproved = ballot();
	let nodes = unproved.state.nodes().to_vec();
	unproved.state = winddown_proof::state::Proof::new(nodes.into_iter().skip(1));
	let mut jumped = ballot();
	jumped.changes.clear();
	for (wrong, code) in [
		(b"%PDF-1.7".to_vec(), "not_a_bundle"),
		(bytes[..bytes.len() - 1].to_vec(), "malformed"),
		(unsigned.to_bytes(), "not_final"),
		(unproved.to_bytes(), "proof_incomplete"),
		(jumped.to_bytes(), "not_final"),
	] {
		let output = verify(&write(&folder, "wrong.wdproof", &wrong), &["--json"]);
		assert_eq!(output.status.code(), Some(5));
		assert_eq!(json(&output)["failure"]["code"], code);
	}
}

#[test]
fn a_file_of_another_chain_proves_nothing() {
	let file = data("ballot.wdproof");
	let other = format!("0x{}", "11".repeat(32));
	let output = winddown(&["verify", file.to_str().unwrap(), "--genesis", &other]);
	assert_eq!(output.status.code(), Some(5));
	assert!(stderr(&output).contains("(other_chain)"), "{}", stderr(&output));
}

#[test]
fn a_file_that_begins_at_a_checkpoint_is_valid_for_those_who_trust_that_block() {
	let file = data("checkpoint.wdproof");
	let output = verify(&file, &[]);
	assert_eq!(output.status.code(), Some(5));
	let hint = format!("add --checkpoint {CHECKPOINT}");
	assert!(stdout(&output).contains(&hint), "{}", stdout(&output));

	let output = verify(&file, &["--checkpoint", CHECKPOINT]);
	assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
	assert!(stdout(&output).contains("it is as good as where you have it from"));
}

#[test]
fn a_missing_file_and_a_missing_genesis_hash_are_bad_input() {
	let output = verify(Path::new("/nowhere.wdproof"), &[]);
	assert_eq!(output.status.code(), Some(2));
	assert!(stderr(&output).contains("/nowhere.wdproof"), "{}", stderr(&output));
	let output = winddown(&["verify", data("ballot.wdproof").to_str().unwrap()]);
	assert_eq!(output.status.code(), Some(2));
	assert!(stderr(&output).contains("--genesis"), "{}", stderr(&output));
}

#[test]
fn the_receipt_code_follows_from_the_record_that_the_lender_kept() {
	let folder = tempfile::tempdir().unwrap();
	let Some(Plaintext::Whole(record)) = ballot().plaintext else { panic!("it has its record") };
	let kept = write(&folder, "kept.jsonl", &[record, b"\n".to_vec()].concat());
	let arguments = ["receipt", "--record", kept.to_str().unwrap(), "--genesis", GENESIS];
	let output = winddown(&arguments);
	assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
	assert_eq!(stdout(&output).trim(), RECEIPT);
}

mod certificate {
	use super::*;

	/// The certificate of a file, and how the command ended.
	fn of(folder: &TempDir, file: &Path, more: &[&str]) -> (PathBuf, Output) {
		let out = folder.path().join("certificate.pdf");
		let paths = [file.to_str().unwrap(), "--out", out.to_str().unwrap()];
		let output = winddown(&[&["certificate"], &paths[..], more].concat());
		(out, output)
	}

	/// A tool of poppler-utils, which `make setup` installs.
	fn poppler(tool: &str, arguments: &[&str]) -> Vec<u8> {
		let output = Command::new(tool).args(arguments).output();
		let output = output.unwrap_or_else(|error| panic!("{tool} of poppler-utils: {error}"));
		assert!(output.status.success(), "{}", stderr(&output));
		output.stdout
	}

	/// The words of all pages in their order, without any space.
	fn text(pdf: &Path) -> String {
		let words = poppler("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"]);
		dense(&String::from_utf8(words).expect("text"))
	}

	fn dense(text: &str) -> String {
		text.chars().filter(|c| !c.is_whitespace()).collect()
	}

	/// What the QR code on the first page says when it is printed and photographed.
	fn code(pdf: &Path) -> String {
		let page = poppler("pdftoppm", &["-gray", "-r", "150", "-l", "1", pdf.to_str().unwrap()]);
		let mut parts = page.splitn(4, |byte| *byte == b'\n');
		let mut line = || parts.next().expect("a line of the head");
		assert_eq!(line(), b"P5");
		let size = String::from_utf8(line().to_vec()).unwrap();
		let (width, height) = size.split_once(' ').expect("width and height");
		let (width, height): (usize, usize) = (width.parse().unwrap(), height.parse().unwrap());
		line();
		let grey = line();
		let mut image =
			rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
		let grids = image.detect_grids();
		assert_eq!(grids.len(), 1, "one code");
		grids[0].decode().expect("a readable code").1
	}

	#[test]
	fn it_says_what_the_ballot_is_and_its_code_is_the_receipt() {
		let folder = tempfile::tempdir().unwrap();
		let (pdf, output) = of(&folder, &data("ballot.wdproof"), &["--genesis", GENESIS]);
		assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
		assert_eq!(code(&pdf), RECEIPT);
		let text = text(&pdf);
		for part in [
			"链上选票证明书",
			"Certificate of a ballot on the chain",
			"第1项：反对",
			"Item 2: option 1",
			"第66行",
			"未证明内容",
			"What is not proved",
			"winddown evidence verify",
			GENESIS,
			concat!("winddown ", env!("CARGO_PKG_VERSION")),
			"1 / 2",
			"2 / 2",
			RECORD,
			"\"choices\":[[1],[0]]",
		] {
			assert!(text.contains(&dense(part)), "{part}\n{text}");
		}
	}

	#[test]
	fn it_names_every_institution_with_its_verdict() {
		let folder = tempfile::tempdir().unwrap();
		let (pdf, output) = of(&folder, &data("evidence.wdproof"), &[]);
		assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
		assert!(stdout(&output).contains(&format!("next: compare {GENESIS}")));
		let text = text(&pdf);
		for part in ["链上存证证明书", "已生效", "确认（区块71）", "确认（区块72）", "独立"]
		{
			assert!(text.contains(part), "{part}\n{text}");
		}
		assert!(code(&pdf).starts_with("SM3:0X43447AD8"));
	}

	#[test]
	fn it_says_what_came_of_a_poll_and_what_every_test_measured() {
		let folder = tempfile::tempdir().unwrap();
		let (pdf, output) = of(&folder, &data("outcome.wdproof"), &["--genesis", WORLD]);
		assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
		let text = text(&pdf);
		for part in [
			"表决结果证明书",
			"Certificate of a poll's result",
			"第1项：通过",
			"Item 3: candidates 1, 4 elected",
			"65/130人 = 50.00% = 1/2，须超过，未达到",
			// Chinese first, as everywhere on the paper.
			"70/130人 = 53.84% > 1/2，达到 for heads of all: 70 of 130 = 53.84 % > 1/2: met",
			"自定规则",
		] {
			assert!(text.contains(&dense(part)), "{part}\n{text}");
		}
	}

	#[test]
	fn the_same_file_gives_the_same_certificate() {
		let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
		let [once, twice] =
			folders.each_ref().map(|folder| of(folder, &data("no-ballot.wdproof"), &[]).0);
		assert_eq!(std::fs::read(&once).unwrap(), std::fs::read(&twice).unwrap());
		assert!(text(&once).contains("没有选票"));
	}

	#[test]
	fn it_never_replaces_a_file() {
		let folder = tempfile::tempdir().unwrap();
		let kept = write(&folder, "certificate.pdf", b"of somebody else");
		let (_, output) = of(&folder, &data("no-ballot.wdproof"), &[]);
		assert_eq!(output.status.code(), Some(2));
		let reason = "it exists already; name another file, or move it away";
		assert_eq!(stderr(&output).trim(), format!("error: {}: {reason}", kept.display()));
		assert_eq!(std::fs::read(&kept).unwrap(), b"of somebody else");
	}

	#[test]
	fn an_altered_file_gets_none() {
		let folder = tempfile::tempdir().unwrap();
		let file =
			with_plaintext(&folder, |record| record.replace("\"lender\":66", "\"lender\":67"));
		let (pdf, output) = of(&folder, &file, &[]);
		assert_eq!(output.status.code(), Some(5));
		assert!(stderr(&output).contains("(digest_mismatch)"), "{}", stderr(&output));
		assert!(!pdf.exists());
	}

	#[test]
	fn a_font_that_is_none_is_an_error_and_no_paper_with_boxes() {
		let folder = tempfile::tempdir().unwrap();
		let font = write(&folder, "font.ttf", b"no font");
		let more = ["--font", font.to_str().unwrap()];
		let (pdf, output) = of(&folder, &data("ballot.wdproof"), &more);
		assert_eq!(output.status.code(), Some(2));
		assert!(stderr(&output).contains("no TrueType or OpenType font"), "{}", stderr(&output));
		assert!(!pdf.exists());
	}

	#[test]
	fn one_of_a_checkpoint_wants_to_know_whether_that_block_is_trusted() {
		let folder = tempfile::tempdir().unwrap();
		let (_, output) = of(&folder, &data("checkpoint.wdproof"), &[]);
		assert_eq!(output.status.code(), Some(2));
		assert!(stderr(&output).contains(CHECKPOINT), "{}", stderr(&output));
		let trust = ["--genesis", GENESIS, "--checkpoint", CHECKPOINT];
		let (pdf, output) = of(&folder, &data("checkpoint.wdproof"), &trust);
		assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
		assert!(text(&pdf).contains(&format!("--checkpoint{CHECKPOINT}")));
	}
}
