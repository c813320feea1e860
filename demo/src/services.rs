//! What institutions run beside their nodes: the operator's endpoint for plaintext, and the attestors
//! of both arbitration institutions.

use anyhow::{bail, Context as _, Result};
use std::{
	fs::File,
	io::Write,
	path::{Path, PathBuf},
	process::Stdio,
};
use tokio::{
	net::TcpListener,
	process::{Child, Command},
	task::JoinHandle,
};
use winddown_devnet::program::{beside, peak_memory_of};
use winddown_records::{
	serve::{ChainInstitutions, Endpoint, Limits},
	store::Store,
};
use winddown_sdk::{
	chain::{Chain, Transport},
	secret,
};

/// The arbitration institutions of the chain `local`; each has its own node and its own attestor.
const ARBITERS: [&str; 2] = ["ArbiterOne", "ArbiterTwo"];

/// The running services. Dropping them ends them.
pub struct Services {
	endpoint: JoinHandle<std::io::Result<()>>,
	attestors: Vec<Attestor>,
	/// Key files; deleted with the services.
	_keys: tempfile::TempDir,
}

/// An arbitration institution's daemon.
struct Attestor {
	name: &'static str,
	process: Child,
	log: PathBuf,
}

impl Services {
	/// Starts them. `nodes` are names and addresses of the institutions' nodes; logs and the written
	/// reasons of rejections go to `logs`.
	pub async fn start(
		chain: &Chain,
		store: Store,
		nodes: &[(String, String)],
		logs: &Path,
	) -> Result<Self> {
		let program = beside("winddown-attestor")?;
		let institutions = ChainInstitutions::connect(chain.url(), Transport::Secure).await?;
		let listener = TcpListener::bind("127.0.0.1:0").await?;
		let address = format!("http://{}", listener.local_addr()?);
		let log = log_of_endpoint(&logs.join("records.log"))?;
		let endpoint = Endpoint::new(store, institutions, chain.genesis(), Limits::default(), log);
		let endpoint = tokio::spawn(endpoint.serve(listener, std::future::pending()));

		let keys = tempfile::Builder::new().prefix("winddown-keys-").tempdir()?;
		let genesis = format!("0x{}", hex::encode(chain.genesis()));
		let mut attestors = Vec::new();
		for name in ARBITERS {
			let node = nodes.iter().find(|(node, _)| node == name);
			let (_, node) = node.with_context(|| format!("{name} runs no node"))?;
			let key = key_file(keys.path(), name)?;
			let mut command = Command::new(&program);
			command
				.args(["--url", node, "--genesis", &genesis, "--endpoint", &address])
				.args(["--listen", "off", "--longest-wait", "2", "--json"])
				.arg("--key-file")
				.arg(key)
				.arg("--reasons")
				.arg(logs.join(format!("reasons-{}", name.to_lowercase())));
			attestors.push(Attestor::start(name, command, logs)?);
		}
		Ok(Self { endpoint, attestors, _keys: keys })
	}

	/// Fails with what is known when one of them ended.
	pub fn ensure_run(&mut self) -> Result<()> {
		if self.endpoint.is_finished() {
			bail!("the endpoint of the operator's records ended");
		}
		self.attestors.iter_mut().try_for_each(Attestor::ensure_runs)
	}

	/// The logs of the attestors.
	pub fn logs(&self) -> Vec<&Path> {
		self.attestors.iter().map(|attestor| attestor.log.as_path()).collect()
	}

	/// The most memory that the attestors held so far, in bytes; `None` where that is not known.
	pub fn peak_memory(&self) -> Option<u64> {
		self.attestors.iter().map(|attestor| peak_memory_of(attestor.process.id()?)).sum()
	}
}

impl Drop for Services {
	fn drop(&mut self) {
		self.endpoint.abort();
	}
}

impl Attestor {
	fn start(name: &'static str, mut command: Command, logs: &Path) -> Result<Self> {
		let log = logs.join(format!("attestor-{}.log", name.to_lowercase()));
		let output =
			File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
		let process = command
			.stdin(Stdio::null())
			.stdout(output.try_clone()?)
			.stderr(output)
			// Ctrl-C reaches the demonstration alone, which then ends it.
			.process_group(0)
			.kill_on_drop(true)
			.spawn()
			.with_context(|| format!("cannot start the attestor of {name}"))?;
		Ok(Self { name, process, log })
	}

	fn ensure_runs(&mut self) -> Result<()> {
		match self.process.try_wait()? {
			None => Ok(()),
			Some(status) => {
				bail!("the attestor of {} ended ({status}); see {}", self.name, self.log.display())
			}
		}
	}
}

/// The key that everybody knows of an institution of the chain `local`, in a file.
fn key_file(folder: &Path, name: &str) -> Result<PathBuf> {
	let path = folder.join(name);
	secret::write_new(&path, &format!("//{name}\n"))?;
	Ok(path)
}

/// Writes each answer of the endpoint to a file.
fn log_of_endpoint(
	path: &Path,
) -> Result<impl Fn(&winddown_records::serve::Event) + Send + Sync + 'static> {
	let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
	Ok(move |event: &winddown_records::serve::Event| {
		// A full disk must not keep the endpoint from answering.
		writeln!(&file, "{event}").unwrap_or_default();
	})
}
