//! The commands of the node that need no running chain, as an operator types them.

use std::{
	fs,
	os::unix::fs::PermissionsExt,
	path::Path,
	process::{Command, Output},
};

fn node(folder: &Path, line: &str) -> Output {
	let mut command = Command::new(env!("CARGO_BIN_EXE_winddown-node"));
	command.current_dir(folder).args(line.split(' ')).output().unwrap()
}

/// Asserts that a command is refused with this text, and that it left nothing behind.
fn is_refused(folder: &Path, line: &str, text: &str) {
	let before = files(folder);
	let output = node(folder, line);
	let said = String::from_utf8_lossy(&output.stderr).into_owned();
	assert!(!output.status.success(), "{line}");
	assert!(said.contains(text), "{line}\n{said}");
	assert_eq!(files(folder), before, "{line} changed files");
}

fn succeeds(folder: &Path, line: &str) -> String {
	let output = node(folder, line);
	assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
	String::from_utf8(output.stdout).unwrap()
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
	let mut found = vec![];
	for entry in fs::read_dir(folder).unwrap() {
		let path = entry.unwrap().path();
		match path.is_dir() {
			true => found.extend(files(&path)),
			false => found.push((path.display().to_string(), fs::read(&path).unwrap())),
		}
	}
	found.sort();
	found
}

fn mode(file: &Path) -> u32 {
	fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_nodes_own_key_is_for_its_owner_alone_and_never_written_over() {
	let folder = tempfile::tempdir().unwrap();
	succeeds(folder.path(), "key generate-node-key --file node.key");
	assert_eq!(mode(&folder.path().join("node.key")), 0o600);
	let again = "key generate-node-key --file node.key";
	is_refused(folder.path(), again, "there is a file node.key already; no key is written over");

	succeeds(folder.path(), "key generate-node-key --chain local --base-path base --bin");
	let kept = folder.path().join("base/chains/local/network/secret_ed25519");
	assert_eq!((mode(&kept), fs::read(&kept).unwrap().len()), (0o600, 32));
	let homeless = "key generate-node-key --base-path base";
	is_refused(folder.path(), homeless, "--chain <CHAIN_SPEC>");
}

#[test]
fn a_session_key_goes_to_its_chain_with_its_own_scheme_alone() {
	let folder = tempfile::tempdir().unwrap();
	let insert = "key insert --chain local --base-path base --suri //Operator --key-type";
	let wrong = format!("{insert} gran --scheme sr25519");
	let said = "a key of the type gran is of the scheme ed25519, not sr25519";
	is_refused(folder.path(), &wrong, said);
	let said = "a key of the type aura is of the scheme sr25519, not ecdsa";
	is_refused(folder.path(), &format!("{insert} aura --scheme ecdsa"), said);
	is_refused(folder.path(), &format!("{insert} imon"), "[possible values: aura, gran]");
	let nowhere = "key insert --base-path base --suri //Operator --key-type gran";
	is_refused(folder.path(), nowhere, "Say for which chain the key is: --chain <SPEC FILE>");

	succeeds(folder.path(), &format!("{insert} gran --scheme ed25519"));
	succeeds(folder.path(), &format!("{insert} aura"));
	let keystore = folder.path().join("base/chains/local/keystore");
	let types: Vec<_> = files(&keystore)
		.into_iter()
		.map(|(path, secret)| {
			assert_eq!(secret, b"\"//Operator\"");
			let name = Path::new(&path).file_name().unwrap().to_str().unwrap().to_string();
			assert_eq!(mode(Path::new(&path)), 0o600);
			name[..8].to_string()
		})
		.collect();
	// The four letters of the type, in hex.
	assert_eq!(types, [hex("aura"), hex("gran")]);
}

fn hex(text: &str) -> String {
	text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn commands_on_a_chain_that_never_ran_say_so_and_make_no_database() {
	let folder = tempfile::tempdir().unwrap();
	let lines = ["chain-info", "revert", "export-blocks", "export-state", "check-block 0"];
	for line in lines {
		let line = format!("{line} --chain local --base-path base");
		let said = "There is no database at base/chains/local/paritydb/full: no node has run yet with this \
			--base-path and the chain `local`";
		is_refused(folder.path(), &line, said);
	}
}

#[test]
fn what_does_not_exist_here_is_refused_by_name() {
	let folder = tempfile::tempdir().unwrap();
	let said = "Alice, Bob and their like are of other chains: say --institution <NAME>";
	is_refused(folder.path(), "--chain local --alice", said);
	is_refused(folder.path(), "--chain local --two", said);
	let interpreted = "--chain local --wasm-execution interpreted-i-know-what-i-do";
	is_refused(folder.path(), interpreted, "[possible values: compiled]");
	is_refused(folder.path(), "--base-path base", "Say which chain");
}
