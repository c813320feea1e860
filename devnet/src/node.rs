//! One node of the chain `local` as a process of this machine. Dropping it ends the process.

use crate::{port::HeldPort, program::peak_memory_of, progress::Progress};
use anyhow::{bail, ensure, Context as _, Result};
use rustix::process::{kill_process, Pid, Signal};
use std::{
	fs::{self, File},
	os::unix::process::CommandExt,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	time::{Duration, Instant},
};
use winddown_sdk::{
	chain::{Chain, Transport},
	keys::{Keypair, Scheme},
	peer::PeerId,
	primitives::LenderKey,
};

/// The institutions that run the validators of the chain `local`.
pub const VALIDATORS: [&str; 4] = ["Association", "Operator", "ArbiterOne", "ArbiterTwo"];
/// How long a starting node may do nothing: neither write a line of its log nor use a processor.
const STANDSTILL: Duration = Duration::from_secs(60);
/// How long a node that is busy may take until it answers. It compiles the runtime first, in 3 s on an idle
/// machine.
const LONGEST_START: Duration = Duration::from_secs(900);
/// How long a node may take to end when it is asked to.
const STOP_TIMEOUT: Duration = Duration::from_secs(20);
/// Lines of a log that an error shows.
const LOG_LINES: usize = 8;

/// What a node does in its network.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
	/// The validator of the institution that it is named after.
	Validator,
	/// A node that only follows.
	Follower,
}

/// Whom a signal of the terminal reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signals {
	/// The node, too.
	Shared,
	/// Not the node: whoever started it stops it.
	Kept,
}

/// A node with its own ports, database and log, running or not.
pub struct Node {
	name: String,
	part: Part,
	rpc_port: HeldPort,
	p2p_port: HeldPort,
	base: PathBuf,
	log: PathBuf,
	process: Option<Child>,
}

impl Node {
	/// A node that does not run yet, with its database in `databases` and its log in `logs`.
	pub fn new(name: &str, part: Part, databases: &Path, logs: &Path) -> Result<Self> {
		let log = logs.join(format!("{}.log", name.to_lowercase()));
		File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
		let [rpc_port, p2p_port] = [HeldPort::new()?, HeldPort::new()?];
		let (name, base) = (name.into(), databases.join(name));
		Ok(Self { name, part, rpc_port, p2p_port, base, log, process: None })
	}

	/// Its name.
	pub fn name(&self) -> &str {
		&self.name
	}

	/// What it does.
	pub fn part(&self) -> Part {
		self.part
	}

	/// Where it listens for clients.
	pub fn url(&self) -> String {
		format!("ws://127.0.0.1:{}", self.rpc_port.number())
	}

	/// Where it listens for nodes. It has one when it is named as the presets name it.
	pub fn address(&self) -> Result<String> {
		let id = peer_id_of(&self.name)?;
		Ok(format!("/ip4/127.0.0.1/tcp/{}/p2p/{id}", self.p2p_port.number()))
	}

	/// The folder of its database.
	pub fn database(&self) -> PathBuf {
		self.base.join("chains/local/paritydb/full")
	}

	/// Its process, if it runs.
	pub fn process_id(&self) -> Option<u32> {
		self.process.as_ref().map(Child::id)
	}

	/// Starts it, or starts it again on its database and ports. It stays connected to `peers`.
	pub fn start(&mut self, binary: &Path, peers: &[String], signals: Signals) -> Result<()> {
		ensure!(self.process.is_none(), "{} runs already", self.name);
		let output = File::options().append(true).open(&self.log)?;
		let mut command = Command::new(binary);
		command
			.args(["--chain", "local", "--no-mdns", "--no-prometheus", "--no-telemetry"])
			// The recount looks at the blocks that closed polls.
			.args(["--state-pruning", "archive", "--blocks-pruning", "archive"])
			.arg("--base-path")
			.arg(&self.base)
			.args(["--listen-addr", &format!("/ip4/127.0.0.1/tcp/{}", self.p2p_port.number())])
			.args(["--rpc-port", &self.rpc_port.number().to_string(), "--rpc-cors", "all"])
			.arg("--reserved-nodes")
			.args(peers);
		match self.part {
			Part::Validator => command.args(["--institution", &self.name]),
			Part::Follower => command.args(["--name", &self.name]),
		};
		if signals == Signals::Kept {
			command.process_group(0);
		}
		command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
		let spawned = command.spawn();
		self.process = Some(spawned.with_context(|| format!("cannot start {}", binary.display()))?);
		Ok(())
	}

	/// Connects to it, as soon as it answers.
	pub async fn connect(&mut self) -> Result<Chain> {
		let start = Instant::now();
		let mut progress = Progress::new();
		loop {
			let error = match Chain::connect(&self.url(), Transport::Secure).await {
				Ok(chain) => return Ok(chain),
				Err(error) => error,
			};
			self.ensure_runs()?;
			let idle = progress.stands_still(self.work_done());
			ensure!(
				idle < STANDSTILL && start.elapsed() < LONGEST_START,
				"the node of {} does not answer after {:?}, and has done nothing for {idle:?}: {error}\n{}",
				self.name,
				start.elapsed(),
				self.end_of_log()
			);
			tokio::time::sleep(Duration::from_millis(300)).await;
		}
	}

	/// Fails with the end of its log when it does not run.
	pub fn ensure_runs(&mut self) -> Result<()> {
		let process = self.process.as_mut();
		let process = process.with_context(|| format!("the node of {} is stopped", self.name))?;
		let Some(status) = process.try_wait()? else { return Ok(()) };
		self.process = None;
		bail!("the node of {} ended ({status}); {}", self.name, self.end_of_log())
	}

	/// The most memory that it held so far, in bytes; `None` where that is not known.
	pub fn peak_memory(&self) -> Option<u64> {
		peak_memory_of(self.process_id()?)
	}

	/// What it did so far: bytes of its log, and the processor time that it used, in ticks.
	fn work_done(&self) -> (u64, Option<u64>) {
		let log = fs::metadata(&self.log).map_or(0, |log| log.len());
		(log, self.process_id().and_then(processor_time_of))
	}

	/// Ends it without any warning, with what it had not yet handed to the system; does not wait.
	pub fn strike(&self) {
		self.signal(Signal::KILL);
	}

	/// The same, and waits until it is gone.
	pub fn kill(&mut self) -> Result<()> {
		if let Some(mut process) = self.process.take() {
			process.kill()?;
			process.wait()?;
		}
		Ok(())
	}

	/// Asks it to end; does not wait.
	pub fn ask_to_end(&self) {
		self.signal(Signal::TERM);
	}

	fn signal(&self, signal: Signal) {
		let id = self.process_id().and_then(|id| i32::try_from(id).ok());
		if let Some(id) = id.and_then(Pid::from_raw) {
			// A process that has ended needs no signal.
			kill_process(id, signal).unwrap_or_default();
		}
	}

	/// Asks it to end and waits until it did.
	pub fn stop(&mut self) -> Result<()> {
		self.ask_to_end();
		let Some(mut process) = self.process.take() else { return Ok(()) };
		let start = Instant::now();
		while process.try_wait()?.is_none() {
			if start.elapsed() > STOP_TIMEOUT {
				process.kill()?;
				process.wait()?;
				break;
			}
			std::thread::sleep(Duration::from_millis(50));
		}
		Ok(())
	}

	/// Leaves the process to itself; its id, if it runs.
	pub fn leave(mut self) -> Option<u32> {
		self.process.take().map(|process| process.id())
	}

	fn end_of_log(&self) -> String {
		let text = fs::read_to_string(&self.log).unwrap_or_default();
		let lines: Vec<&str> = text.lines().collect();
		let end = lines.get(lines.len().saturating_sub(LOG_LINES)..).unwrap_or_default();
		format!("the end of {}:\n{}", self.log.display(), end.join("\n"))
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		// What cannot be ended is not a child of this process any more.
		self.stop().unwrap_or_default();
	}
}

/// The time that processors worked for a process, from `/proc`, in ticks of the system's clock.
fn processor_time_of(process: u32) -> Option<u64> {
	let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
	// The second field, a name in brackets, may hold anything; times are fields 14 and 15.
	let (_, fields) = stat.rsplit_once(')')?;
	let mut fields = fields.split_whitespace().skip(11);
	let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
	user.checked_add(system)
}

/// The libp2p name of the node of an institution of the presets.
fn peer_id_of(institution: &str) -> Result<String> {
	// The path of the presets' well-known node keys.
	let pair = Keypair::from_suri(Scheme::Ed25519, &format!("//{institution}//node"))?;
	let LenderKey::Ed25519(key) = pair.lender_key() else { bail!("node keys are ed25519") };
	Ok(PeerId::of_ed25519(&key).to_string())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_node_that_cannot_start_says_where_its_log_is() {
		let folder = tempfile::tempdir().unwrap();
		let mut node =
			Node::new("Operator", Part::Validator, folder.path(), folder.path()).unwrap();
		node.start(Path::new("/bin/false"), &[], Signals::Shared).unwrap();
		let error = loop {
			if let Err(error) = node.ensure_runs() {
				break error.to_string();
			}
			std::thread::sleep(Duration::from_millis(10));
		};
		assert!(error.contains("Operator") && error.contains("operator.log"), "{error}");
		assert_eq!(node.process_id(), None);
	}

	#[test]
	fn a_busy_process_is_told_from_one_that_does_nothing() {
		let before = processor_time_of(std::process::id()).unwrap();
		let start = Instant::now();
		while processor_time_of(std::process::id()).unwrap() == before {
			assert!(start.elapsed() < Duration::from_secs(60), "this loop uses a processor");
		}
		let mut idle = Command::new("sleep").arg("600").spawn().unwrap();
		std::thread::sleep(Duration::from_millis(200));
		let before = processor_time_of(idle.id()).unwrap();
		std::thread::sleep(Duration::from_millis(100));
		assert_eq!(processor_time_of(idle.id()), Some(before));
		idle.kill().unwrap();
		idle.wait().unwrap();
		assert_eq!(processor_time_of(idle.id()), None);
	}

	#[test]
	fn a_dropped_node_leaves_no_process_behind() {
		let folder = tempfile::tempdir().unwrap();
		let mut node =
			Node::new("Operator", Part::Validator, folder.path(), folder.path()).unwrap();
		// Stands for a node: whatever it is asked, it stays up until it is ended.
		let script = folder.path().join("stays");
		fs::write(&script, "#!/bin/sh\nexec sleep 600\n").unwrap();
		let mode = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
		fs::set_permissions(&script, mode).unwrap();
		node.start(&script, &[], Signals::Kept).unwrap();
		let id = node.process_id().unwrap();
		drop(node);
		assert_eq!(peak_memory_of(id), None);
	}
}
