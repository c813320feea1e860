//! Four nodes on this machine, stopped whatever happens.

use anyhow::{bail, Context as _, Result};
use rustix::process::{kill_process, Pid, Signal};
use std::{
	fs::{self, File},
	net::{Ipv4Addr, TcpListener},
	os::unix::process::CommandExt,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	time::{Duration, Instant},
};
use winddown_sdk::{
	chain::{Chain, Head, Transport},
	keys::{Keypair, Scheme},
	primitives::LenderKey,
};

/// The validators of the chain `local`.
const VALIDATORS: [&str; 4] = ["Association", "Operator", "ArbiterOne", "ArbiterTwo"];
/// How long a network may take until it finalizes blocks.
const START_TIMEOUT: Duration = Duration::from_secs(120);
/// How long a node may take to end by itself.
const STOP_TIMEOUT: Duration = Duration::from_secs(10);

/// One node.
struct Node {
	name: &'static str,
	process: Child,
	rpc_port: u16,
	log: PathBuf,
}

/// A running network. Dropping it kills its nodes.
pub struct Network {
	nodes: Vec<Node>,
	/// Databases; deleted with the network.
	folder: Option<tempfile::TempDir>,
}

/// What a node has for itself.
struct Place {
	rpc_port: u16,
	p2p_port: u16,
	address: String,
}

impl Network {
	/// Starts the nodes; their logs go to `logs`.
	pub fn start(binary: &Path, logs: &Path) -> Result<Self> {
		fs::create_dir_all(logs).with_context(|| format!("cannot make {}", logs.display()))?;
		let folder = tempfile::Builder::new().prefix("winddown-demo-").tempdir()?;
		let ports = free_ports(2 * VALIDATORS.len())?;
		let places = VALIDATORS
			.iter()
			.zip(ports.chunks_exact(2))
			.map(|(name, ports)| place(name, ports[0], ports[1]))
			.collect::<Result<Vec<_>>>()?;

		let mut network = Self { nodes: Vec::new(), folder: None };
		for (name, own) in VALIDATORS.into_iter().zip(&places) {
			let others = places.iter().filter(|other| other.p2p_port != own.p2p_port);
			let log = logs.join(format!("{}.log", name.to_lowercase()));
			let base = folder.path().join(name);
			let process = spawn(binary, name, own, others, &base, &log)?;
			// At once, so that a failure of the next one stops this one.
			network.nodes.push(Node { name, process, rpc_port: own.rpc_port, log });
		}
		network.folder = Some(folder);
		Ok(network)
	}

	/// Waits until every node has its peers and finalizes blocks; a connection to the first one.
	pub async fn ready(&mut self) -> Result<Chain> {
		let started = Instant::now();
		let mut chains = Vec::new();
		for at in 0..self.nodes.len() {
			chains.push(loop {
				self.ensure_alive()?;
				match Chain::connect(&self.url(at), Transport::Secure).await {
					Ok(chain) => break chain,
					Err(error) if started.elapsed() > START_TIMEOUT => return Err(error.into()),
					Err(_) => tokio::time::sleep(Duration::from_millis(300)).await,
				}
			});
		}
		loop {
			self.ensure_alive()?;
			let mut is_ready = true;
			for chain in &chains {
				is_ready &= chain.node_info().await?.peers + 1 >= self.nodes.len();
				is_ready &= chain.at(Head::Finalized).await?.number() >= 1;
			}
			if is_ready {
				return Ok(chains.swap_remove(0));
			}
			if started.elapsed() > START_TIMEOUT {
				bail!(
					"the network finalized no block within {START_TIMEOUT:?}; see the nodes' logs"
				);
			}
			tokio::time::sleep(Duration::from_millis(500)).await;
		}
	}

	/// Where node `at` listens.
	pub fn url(&self, at: usize) -> String {
		format!("ws://127.0.0.1:{}", self.nodes[at].rpc_port)
	}

	/// Name and address of every node.
	pub fn addresses(&self) -> Vec<(&'static str, String)> {
		self.nodes.iter().enumerate().map(|(at, node)| (node.name, self.url(at))).collect()
	}

	/// Fails with the end of its log when a node has ended.
	fn ensure_alive(&mut self) -> Result<()> {
		for node in &mut self.nodes {
			if let Some(status) = node.process.try_wait()? {
				let log = fs::read_to_string(&node.log).unwrap_or_default();
				let lines: Vec<&str> = log.lines().collect();
				let end = lines[lines.len().saturating_sub(8)..].join("\n");
				bail!(
					"the node of {} ended ({status}); the end of {}:\n{end}",
					node.name,
					node.log.display()
				);
			}
		}
		Ok(())
	}

	/// The most memory that all nodes together held so far, in bytes; `None` where it is not known.
	pub fn peak_memory(&self) -> Option<u64> {
		self.nodes.iter().map(|node| peak_memory_of(node.process.id())).sum()
	}

	/// Leaves the nodes up; their process ids and the folder of their databases.
	pub fn keep(mut self) -> (Vec<u32>, PathBuf) {
		let nodes = std::mem::take(&mut self.nodes);
		let folder = self.folder.take().map(tempfile::TempDir::keep).unwrap_or_default();
		(nodes.iter().map(|node| node.process.id()).collect(), folder)
	}
}

impl Drop for Network {
	fn drop(&mut self) {
		for node in &self.nodes {
			// A node that has ended already needs no signal.
			if let Some(pid) = Pid::from_raw(node.process.id() as i32) {
				kill_process(pid, Signal::TERM).ok();
			}
		}
		let started = Instant::now();
		for node in &mut self.nodes {
			while matches!(node.process.try_wait(), Ok(None)) {
				if started.elapsed() > STOP_TIMEOUT {
					node.process.kill().ok();
				}
				std::thread::sleep(Duration::from_millis(50));
			}
		}
	}
}

/// The memory of a process at its highest, from `/proc`.
fn peak_memory_of(process: u32) -> Option<u64> {
	let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
	let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
	let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
	Some(kilobytes * 1_024)
}

/// The most memory that this process held so far, in bytes.
pub fn own_peak_memory() -> Option<u64> {
	peak_memory_of(std::process::id())
}

/// The node's binary: as given, or beside this one.
pub fn find_binary(given: Option<PathBuf>) -> Result<PathBuf> {
	let binary = match given {
		Some(binary) => binary,
		None => std::env::current_exe()?.with_file_name("winddown-node"),
	};
	match binary.is_file() {
		true => Ok(binary),
		false => bail!(
			"there is no node at {}; build it (make build), or name it with --node FILE",
			binary.display()
		),
	}
}

fn place(name: &str, rpc_port: u16, p2p_port: u16) -> Result<Place> {
	let address = format!("/ip4/127.0.0.1/tcp/{p2p_port}/p2p/{}", peer_id_of(name)?);
	Ok(Place { rpc_port, p2p_port, address })
}

/// The libp2p name of the node of an institution of the presets.
pub fn peer_id_of(institution: &str) -> Result<String> {
	// The path of the presets' well-known node keys.
	let pair = Keypair::from_suri(Scheme::Ed25519, &format!("//{institution}//node"))?;
	let LenderKey::Ed25519(key) = pair.lender_key() else { bail!("node keys are ed25519") };
	Ok(peer_id(&key))
}

/// The libp2p name of a public key: an identity multihash of its protobuf form.
fn peer_id(key: &[u8; 32]) -> String {
	const HEAD: [u8; 6] = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];
	bs58::encode([&HEAD[..], key].concat()).into_string()
}

fn spawn<'a>(
	binary: &Path,
	name: &str,
	own: &Place,
	others: impl Iterator<Item = &'a Place>,
	base: &Path,
	log: &Path,
) -> Result<Child> {
	let log_file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
	let mut command = Command::new(binary);
	command
		.args(["--chain", "local", "--institution", name])
		.arg("--base-path")
		.arg(base)
		.args(["--listen-addr", &format!("/ip4/127.0.0.1/tcp/{}", own.p2p_port)])
		.args(["--rpc-port", &own.rpc_port.to_string()])
		// The recount looks at the blocks that closed polls.
		.args(["--state-pruning", "archive", "--blocks-pruning", "archive"])
		.args(["--no-mdns", "--no-prometheus", "--no-telemetry", "--rpc-cors", "all"])
		.arg("--reserved-only")
		.arg("--reserved-nodes")
		.args(others.map(|other| other.address.as_str()));
	command
		.stdin(Stdio::null())
		.stdout(log_file.try_clone()?)
		.stderr(log_file)
		// Ctrl-C reaches this process alone, which then stops its nodes.
		.process_group(0)
		.spawn()
		.with_context(|| format!("cannot start {}", binary.display()))
}

/// Ports that are free now, all different because they are held at once.
fn free_ports(count: usize) -> Result<Vec<u16>> {
	let listeners = (0..count)
		.map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
		.collect::<Result<Vec<_>, _>>()?;
	Ok(listeners.iter().map(|l| l.local_addr().map(|a| a.port())).collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_peer_id_is_written_as_libp2p_writes_it() {
		// From the documentation of libp2p's peer ids, an ed25519 key.
		let key = hex::decode("1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e")
			.unwrap();
		let id = peer_id(&key.try_into().unwrap());
		assert!(id.starts_with("12D3KooW") && id.len() == 52, "{id}");
	}

	#[test]
	fn free_ports_are_all_different() {
		let mut ports = free_ports(8).unwrap();
		ports.sort_unstable();
		ports.dedup();
		assert_eq!(ports.len(), 8);
	}
}
