//! A node starts, stops, and refuses what it was not made for. Each test starts one node at most at a time.

use std::{
	fs::{self, File},
	net::TcpListener,
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
	let mut node = start(folder.path(), &["--chain", "local"]);
	node.says(&format!("Genesis {own}"));
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
