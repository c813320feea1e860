//! A node starts, stops, and refuses what it was not made for. Each test starts one node at most at a time.

use sp_core::{ed25519, Pair};
use std::{
	fs::{self, File},
	net::TcpListener,
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
	process::{Child, Command, ExitStatus},
	time::{Duration, Instant},
};

/// How long a node may take on a machine that does other things beside.
const PATIENCE: Duration = Duration::from_secs(300);

/// A node of the local chain with a folder of its own. Dropping it ends it.
struct Node {
	process: Child,
	log: PathBuf,
}

impl Drop for Node {
	fn drop(&mut self) {
		self.process.kill().ok();
		self.process.wait().ok();
	}
}

fn binary() -> Command {
	Command::new(env!("CARGO_BIN_EXE_winddown-node"))
}

/// Starts a node on ports that the system chooses.
fn start(folder: &Path, arguments: &[&str]) -> Node {
	let log = folder.join("log");
	let output = File::create(&log).unwrap();
	let process = binary()
		.args(["--base-path", "base", "--no-mdns", "--no-prometheus", "--no-telemetry"])
		.args(["--rpc-port", "0", "--listen-addr", "/ip4/127.0.0.1/tcp/0"])
		.args(arguments)
		.current_dir(folder)
		.stdout(output.try_clone().unwrap())
		.stderr(output)
		.spawn()
		.unwrap();
	Node { process, log }
}

impl Node {
	fn text(&self) -> String {
		fs::read_to_string(&self.log).unwrap()
	}

	/// Waits until it logged a text.
	fn says(&mut self, text: &str) {
		let start = Instant::now();
		while !self.text().contains(text) {
			let ended = self.process.try_wait().unwrap();
			assert!(
				ended.is_none() && start.elapsed() < PATIENCE,
				"never: {text}\n{}",
				self.text()
			);
			std::thread::sleep(Duration::from_millis(100));
		}
	}

	/// Waits until it logged that a block after the first one is final.
	fn finalises(&mut self) {
		let start = Instant::now();
		let is_final =
			|text: &str| text.split("finalized #").skip(1).any(|rest| !rest.starts_with("0 "));
		while !is_final(&self.text()) {
			assert!(self.process.try_wait().unwrap().is_none(), "{}", self.text());
			assert!(start.elapsed() < PATIENCE, "nothing is final\n{}", self.text());
			std::thread::sleep(Duration::from_millis(100));
		}
	}

	fn end(&mut self) -> ExitStatus {
		let start = Instant::now();
		loop {
			if let Some(status) = self.process.try_wait().unwrap() {
				return status;
			}
			assert!(start.elapsed() < PATIENCE, "it does not end\n{}", self.text());
			std::thread::sleep(Duration::from_millis(100));
		}
	}

	/// Asks it to end as a service manager does.
	fn stop(&mut self) -> ExitStatus {
		let id = rustix::process::Pid::from_child(&self.process);
		rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
		self.end()
	}
}

fn genesis_of(folder: &Path, chain: &str) -> String {
	let output = binary().current_dir(folder).args(["genesis-hash", "--chain", chain]).output();
	String::from_utf8(output.unwrap().stdout).unwrap().trim().into()
}

/// The raw specification of the local chain with one storage key more.
fn other_network(folder: &Path) -> String {
	let output =
		binary().args(["export-chain-spec", "--chain", "local", "--raw"]).output().unwrap();
	let raw = String::from_utf8(output.stdout).unwrap();
	let top = "\"top\": {";
	assert!(raw.contains(top), "where a raw specification lists its storage");
	let changed = raw.replacen(top, &format!("{top}\n\"0x00\": \"0x01\","), 1);
	fs::write(folder.join("other.raw.json"), changed).unwrap();
	"other.raw.json".into()
}

#[test]
fn a_node_tells_its_genesis_at_each_start_stops_without_an_error_and_refuses_anothers_database() {
	let folder = tempfile::tempdir().unwrap();
	let own = genesis_of(folder.path(), "local");
	assert_eq!(own.len(), 66);
	for _ in 0..2 {
		let mut node = start(folder.path(), &["--chain", "local", "--institution", "Operator"]);
		node.says(&format!("Genesis {own}"));
		node.says("Running JSON-RPC server");
		assert!(node.stop().success());
		let log = node.text();
		assert!(!log.contains("Essential task") && !log.contains("ERROR"), "{log}");
	}

	let other = other_network(folder.path());
	let theirs = genesis_of(folder.path(), &other);
	assert_ne!(own, theirs);
	let mut node = start(folder.path(), &["--chain", &other]);
	assert!(!node.end().success());
	let said = format!(
		"The database at base/chains/local/paritydb/full is of another network: its first block is {own}, that of the \
		 chain `Winddown Local` is {theirs}."
	);
	assert!(node.text().contains(&said), "{}", node.text());
	let key = folder.path().join("base/chains/local/network/secret_ed25519");
	assert!(!key.exists(), "the institution's nodes have well-known keys");
	let keygen = ["key", "generate-node-key", "--bin", "--chain", "local", "--base-path", "base"];
	assert!(binary().current_dir(folder.path()).args(keygen).status().unwrap().success());
	fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
	let mut node = start(folder.path(), &["--chain", "local"]);
	node.says(
		"Others on this machine may read the secret in base/chains/local/network/secret_ed25519: run `chmod 600 \
		 base/chains/local/network/secret_ed25519`",
	);
	node.says(&format!("Genesis {own}"));
}

/// What a second program that wants the database says.
fn refused(folder: &Path, arguments: &[&str]) -> String {
	let output = binary().args(arguments).current_dir(folder).output().unwrap();
	assert!(!output.status.success(), "{arguments:?}");
	String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_database_has_one_user_and_keeps_the_states_that_it_was_made_for() {
	let folder = tempfile::tempdir().unwrap();
	let path = "base/chains/development/paritydb/full";
	let mut node = start(folder.path(), &["--dev", "--state-pruning", "256"]);
	node.says("Running JSON-RPC server");
	let in_use = format!(
		"Another node or command uses the database at {path}: end it, or choose another --base-path"
	);
	let place = ["--dev", "--base-path", "base"];
	let free_ports = ["--rpc-port", "0", "--port", "0", "--no-prometheus"];
	for command in [&free_ports[..], &["purge-chain", "-y"], &["chain-info"], &["export-blocks"]] {
		let said = refused(folder.path(), &[command, &place].concat());
		assert!(said.contains(&in_use), "{command:?}\n{said}");
	}
	assert!(node.stop().success());

	let other = [&place[..], &free_ports, &["--state-pruning", "archive"]].concat();
	let said = refused(folder.path(), &other);
	let keeps = format!(
		"The database at {path} was made with another --state-pruning, and keeps it. Leave the flag out to go on with it"
	);
	assert!(said.contains(&keeps), "{said}");
	let mut node = start(folder.path(), &["--dev"]);
	node.says("Running JSON-RPC server");
}

#[test]
fn a_stop_is_obeyed_at_once_while_a_node_starts_and_leaves_nothing_behind() {
	let folder = tempfile::tempdir().unwrap();
	let mut node = start(folder.path(), &["--chain", "local", "--institution", "Operator"]);
	node.says("Chain specification");
	std::thread::sleep(Duration::from_millis(300));
	let start_of_stop = Instant::now();
	assert!(node.stop().success());
	assert!(start_of_stop.elapsed() < Duration::from_secs(3), "{:?}", start_of_stop.elapsed());
	let log = node.text();
	assert!(log.contains("Stopped while starting, as asked"), "{log}");
	assert!(!log.contains("Running JSON-RPC server") && !log.contains("ERROR"), "{log}");

	let mut again = start(folder.path(), &["--chain", "local", "--institution", "Operator"]);
	again.says("Running JSON-RPC server");
}

#[test]
fn a_temporary_node_ends_without_a_complaint_and_takes_its_folder_along() {
	let folder = tempfile::tempdir().unwrap();
	let log = folder.path().join("log");
	let output = File::create(&log).unwrap();
	let process = binary()
		.args(["--dev", "--tmp", "--rpc-port", "0", "--port", "0", "--no-prometheus"])
		.env("TMPDIR", folder.path())
		.current_dir(folder.path())
		.stdout(output.try_clone().unwrap())
		.stderr(output)
		.spawn()
		.unwrap();
	let mut node = Node { process, log };
	node.says("Imported #1");
	assert!(node.stop().success());
	let text = node.text();
	for complaint in ["Essential task", "ERROR", "Shutdown error", "panicked"] {
		assert!(!text.contains(complaint), "{complaint}\n{text}");
	}
	let left: Vec<_> =
		fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
	assert_eq!(left, ["log"]);
}

#[test]
fn the_state_of_a_running_chain_is_told_to_start_no_chain() {
	let folder = tempfile::tempdir().unwrap();
	let mut node = start(folder.path(), &["--dev"]);
	node.says("Imported #2");
	assert!(node.stop().success());
	let export = ["export-state", "--dev", "--base-path", "base", "--state-pruning", "archive"];
	let output = binary().args(export).current_dir(folder.path()).output().unwrap();
	let said = String::from_utf8_lossy(&output.stderr).into_owned();
	assert!(output.status.success(), "{said}");
	let first = "What this writes is for looking at the state: no chain starts from it";
	assert!(said.starts_with(first), "before it works: {said}");
	fs::write(folder.path().join("state.json"), &output.stdout).unwrap();

	let said = refused(
		folder.path(),
		&[
			"--chain",
			"state.json",
			"--base-path",
			"new",
			"--rpc-port",
			"0",
			"--port",
			"0",
			"--no-prometheus",
		],
	);
	let refusal = "This specification is the state of a running chain at its block ";
	assert!(said.contains(refusal) && said.contains("no chain starts from it"), "{said}");
	let said = refused(folder.path(), &["genesis-hash", "--chain", "state.json"]);
	assert!(said.contains(refusal), "{said}");
}

#[test]
fn a_port_that_is_taken_is_an_error_and_no_port_is_taken_at_random() {
	let folder = tempfile::tempdir().unwrap();
	let taken = TcpListener::bind("127.0.0.1:0").unwrap();
	let address = taken.local_addr().unwrap();
	let port = address.port().to_string();
	let listen = format!("/ip4/127.0.0.1/tcp/{port}");
	for (flag, value, whom) in [
		("--rpc-port", port.as_str(), "clients"),
		("--listen-addr", listen.as_str(), "other nodes"),
	] {
		let output = binary()
			.args(["--chain", "local", "--base-path", "base", "--no-mdns", "--no-prometheus"])
			.args([flag, value])
			.current_dir(folder.path())
			.output()
			.unwrap();
		assert!(!output.status.success());
		let said = String::from_utf8_lossy(&output.stderr);
		let expected = format!(
			"Another program listens at {address}, where this node shall listen for {whom}."
		);
		assert!(said.contains(&expected), "{said}");
		assert!(!said.contains("Running JSON-RPC server"), "{said}");
		assert!(!folder.path().join("base/chains/local/paritydb").exists());
	}
}

/// The votes of a node that does not run, as GRANDPA keeps them.
fn votes_of(folder: &Path) -> Vec<u8> {
	use sc_client_api::AuxStore;
	let path = folder.join("base/chains/local/paritydb/full");
	let settings = sc_client_db::DatabaseSettings {
		trie_cache_maximum_size: None,
		state_pruning: None,
		source: sc_client_db::DatabaseSource::ParityDb { path },
		blocks_pruning: sc_client_db::BlocksPruning::KeepFinalized,
		pruning_filters: vec![],
		metrics_registry: None,
	};
	let database = sc_client_db::Backend::<winddown_runtime::opaque::Block>::new(settings, 4096);
	database.unwrap().get_aux(b"grandpa_completed_round").unwrap().unwrap()
}

/// What a validator says as long as it abstains, with the place of its mark.
const ABSTAINS: &str = "This validator gives no votes on final blocks: its database is new or older than votes that it \
	gave (base/chains/local/voted), and with two different votes in one round it could help to finalise two different \
	blocks. It votes again by itself when the others finalise a block that was made after this start. If they wait for \
	this node, or all start anew, start it again with --vote-at-once";

#[test]
fn a_validator_keeps_its_votes_through_revert_and_abstains_when_its_database_lacks_them() {
	let folder = tempfile::tempdir().unwrap();
	let validator = ["--chain", "local", "--institution", "Operator", "--force-authoring"];
	let mut node = start(folder.path(), &validator);
	// One of four finalises nothing, and its first round stays open.
	node.says(
		"This node makes blocks and votes as Operator: no other node may run with its session keys",
	);
	node.says("Pre-sealed block for proposal at 2.");
	assert!(node.stop().success());
	assert!(!node.text().contains("gives no votes"), "nothing was lost\n{}", node.text());

	let before = votes_of(folder.path());
	let own = ed25519::Pair::from_string("//Operator", None).unwrap().public();
	let own: &[u8] = own.as_ref();
	let named = before.windows(32).filter(|bytes| *bytes == own).count();
	assert_eq!(named, 2, "among the validators, and with its vote");
	let revert = binary()
		.args(["revert", "1", "--chain", "local", "--base-path", "base"])
		.current_dir(folder.path())
		.output()
		.unwrap();
	let said = String::from_utf8_lossy(&revert.stderr);
	assert!(revert.status.success() && said.contains("Reverted 1 blocks"), "{said}");
	assert_eq!(votes_of(folder.path()), before);

	// As if it had been in a chain that was final up to block 164.
	fs::write(folder.path().join("base/chains/local/voted"), "100\n").unwrap();
	let purge = binary()
		.args(["purge-chain", "-y", "--chain", "local", "--base-path", "base"])
		.current_dir(folder.path())
		.output()
		.unwrap();
	assert!(purge.status.success());
	let said = String::from_utf8_lossy(&purge.stderr);
	let advice = "The keys stay. The votes of this validator were in the database: when it starts again, it gives none \
		until the other validators finalise a block that is made after that start. When all validators of the network \
		start anew, start each with --vote-at-once";
	assert!(said.contains(advice), "{said}");

	let mut node = start(folder.path(), &validator);
	node.says(ABSTAINS);
	node.says("Pre-sealed block for proposal at 1.");
	assert!(node.stop().success());
	let own_votes = |votes: &[u8]| votes.windows(32).filter(|bytes| *bytes == own).count();
	assert_eq!(own_votes(&votes_of(folder.path())), 1, "among the validators alone");

	let mut node = start(folder.path(), &[&validator[..], &["--vote-at-once"]].concat());
	node.says("Pre-sealed block for proposal at 2.");
	assert!(node.stop().success());
	assert!(!node.text().contains("gives no votes"), "{}", node.text());
	assert_eq!(own_votes(&votes_of(folder.path())), 2);
}

#[test]
fn the_only_validator_of_a_chain_never_waits_for_others() {
	let folder = tempfile::tempdir().unwrap();
	let mark = folder.path().join("base/chains/development/voted");
	for _ in 0..2 {
		let mut node = start(folder.path(), &["--dev"]);
		node.finalises();
		assert!(node.stop().success());
		assert_eq!(fs::read_to_string(&mark).unwrap(), "1\n");
		assert!(!node.text().contains("gives no votes"), "{}", node.text());
		fs::remove_dir_all(folder.path().join("base/chains/development/paritydb")).unwrap();
	}
}
