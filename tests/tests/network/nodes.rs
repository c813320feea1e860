//! Nodes of the `local` chain as processes that come and go. Dropping the network ends them all.

use anyhow::{bail, ensure, Context, Result};
use rustix::process::{kill_process, Pid, Signal};
use std::{
	collections::BTreeMap,
	fs::{self, File},
	net::TcpListener,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	time::{Duration, Instant},
};
use winddown_cli::demo::network::peer_id_of;
use winddown_sdk::chain::{Chain, Transport};

/// Institutions that run validators of the local chain.
pub const VALIDATORS: [&str; 4] = ["Association", "Operator", "ArbiterOne", "ArbiterTwo"];
/// How long a node may take until it answers: it compiles the runtime first.
const START_TIMEOUT: Duration = Duration::from_secs(120);
/// How long a node may take to end when it is asked to.
const STOP_TIMEOUT: Duration = Duration::from_secs(20);

pub struct Network {
	binary: PathBuf,
	folder: PathBuf,
	nodes: BTreeMap<String, Node>,
}

/// What a node does in the network.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
	/// The validator of the institution it is named after.
	Validator,
	/// A node that only follows.
	Follower,
}

struct Node {
	part: Part,
	port: u16,
	rpc_port: u16,
	process: Option<Child>,
}

impl Network {
	/// A network of no node yet, with its databases and logs in `folder`.
	pub fn new(binary: &Path, folder: &Path) -> Self {
		Self { binary: binary.into(), folder: folder.into(), nodes: BTreeMap::new() }
	}

	/// Starts the four validators and waits until each answers.
	pub async fn start_validators(&mut self) -> Result<()> {
		for name in VALIDATORS {
			self.reserve(name, Part::Validator)?;
		}
		for name in VALIDATORS {
			self.start(name, Part::Validator)?;
		}
		for name in VALIDATORS {
			self.connect(name).await?;
		}
		Ok(())
	}

	/// Starts a node, or starts it again on its database and ports.
	pub fn start(&mut self, name: &str, part: Part) -> Result<()> {
		self.reserve(name, part)?;
		let validators = self.nodes.iter().filter(|(_, node)| node.part == Part::Validator);
		let bootnodes = validators
			.filter(|(other, _)| *other != name)
			.map(|(other, node)| {
				let id = peer_id_of(other)?;
				Ok(format!("/ip4/127.0.0.1/tcp/{}/p2p/{id}", node.port))
			})
			.collect::<Result<Vec<_>>>()?;
		let output = File::options().create(true).append(true).open(self.log(name))?;
		let node = self.nodes.get_mut(name).context("it was just reserved")?;
		ensure!(node.process.is_none(), "{name} runs already");
		let mut command = Command::new(&self.binary);
		command
			.args(["--chain", "local", "--no-mdns", "--no-prometheus", "--no-telemetry"])
			.args(["--state-pruning", "archive", "--blocks-pruning", "archive"])
			.arg("--base-path")
			.arg(self.folder.join(name))
			.args(["--listen-addr", &format!("/ip4/127.0.0.1/tcp/{}", node.port)])
			.args(["--rpc-port", &node.rpc_port.to_string()])
			.args(bootnodes.iter().flat_map(|address| ["--bootnodes", address]));
		match node.part {
			Part::Validator => command.args(["--institution", name]),
			Part::Follower => command.args(["--name", name]),
		};
		let spawned =
			command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output).spawn();
		node.process =
			Some(spawned.with_context(|| format!("cannot start {}", self.binary.display()))?);
		Ok(())
	}

	/// Ends a node as a loss of power would.
	pub fn kill(&mut self, name: &str) -> Result<()> {
		let mut process = self.process(name)?;
		process.kill()?;
		process.wait()?;
		Ok(())
	}

	/// Asks a node to end and waits until it did.
	pub fn stop(&mut self, name: &str) -> Result<()> {
		end(self.process(name)?)
	}

	/// Connects to a node, as soon as it answers.
	pub async fn connect(&mut self, name: &str) -> Result<Chain> {
		let log = self.log(name);
		let node = self.nodes.get_mut(name).with_context(|| format!("there is no {name}"))?;
		let url = format!("ws://127.0.0.1:{}", node.rpc_port);
		let start = Instant::now();
		loop {
			let error = match Chain::connect(&url, Transport::Secure).await {
				Ok(chain) => return Ok(chain),
				Err(error) => error,
			};
			let process = node.process.as_mut().with_context(|| format!("{name} does not run"))?;
			if let Some(status) = process.try_wait()? {
				node.process = None;
				bail!("{name} ended with {status}:\n{}", last_lines(&log));
			}
			ensure!(start.elapsed() < START_TIMEOUT, "{name}: {error}\n{}", last_lines(&log));
			tokio::time::sleep(Duration::from_millis(300)).await;
		}
	}

	/// Gives a node its ports, which it keeps.
	fn reserve(&mut self, name: &str, part: Part) -> Result<()> {
		if !self.nodes.contains_key(name) {
			let [port, rpc_port] = free_ports()?;
			self.nodes.insert(name.into(), Node { part, port, rpc_port, process: None });
		}
		Ok(())
	}

	fn log(&self, name: &str) -> PathBuf {
		self.folder.join(format!("{name}.log"))
	}

	fn process(&mut self, name: &str) -> Result<Child> {
		let process = self.nodes.get_mut(name).and_then(|node| node.process.take());
		process.with_context(|| format!("{name} does not run"))
	}
}

impl Drop for Network {
	fn drop(&mut self) {
		let processes: Vec<Child> =
			self.nodes.values_mut().filter_map(|node| node.process.take()).collect();
		processes.iter().for_each(ask_to_end);
		for process in processes {
			// What cannot be ended is not a child of this process any more.
			end(process).unwrap_or_default();
		}
	}
}

fn ask_to_end(process: &Child) {
	if let Some(id) = i32::try_from(process.id()).ok().and_then(Pid::from_raw) {
		// A process that has ended needs no signal.
		kill_process(id, Signal::TERM).unwrap_or_default();
	}
}

fn end(mut process: Child) -> Result<()> {
	ask_to_end(&process);
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

fn last_lines(log: &Path) -> String {
	let text = fs::read_to_string(log).unwrap_or_default();
	let lines: Vec<&str> = text.lines().collect();
	lines[lines.len().saturating_sub(8)..].join("\n")
}

/// Two ports that nobody listens on.
fn free_ports() -> Result<[u16; 2]> {
	let first = TcpListener::bind("127.0.0.1:0")?;
	let second = TcpListener::bind("127.0.0.1:0")?;
	Ok([first.local_addr()?.port(), second.local_addr()?.port()])
}
