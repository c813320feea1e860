//! The verification service as a process of its own. Dropping it ends it.

use crate::world::{program, Outcome, World};
use anyhow::Context;
use http_body_util::BodyExt;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use std::{
	path::{Path, PathBuf},
	process::Stdio,
};
use tempfile::TempDir;
use tokio::{
	io::{AsyncBufReadExt, BufReader},
	process::{Child, Command},
};
use winddown_proof::{Hash, Receipt};

pub struct Service {
	/// Where it listens.
	pub address: String,
	process: Child,
	folder: TempDir,
}

/// What it answers.
pub struct Answer {
	pub status: u16,
	/// Whether it is of the node or of the folder; empty in a refusal.
	pub source: String,
	pub body: Vec<u8>,
}

impl Service {
	/// Starts one that asks the node at which the story looks.
	pub async fn start(world: &World) -> Outcome<Self> {
		let folder = tempfile::tempdir()?;
		std::fs::create_dir(folder.path().join("receipts"))?;
		let genesis = Hash(world.chain.genesis()).to_string();
		let mut process = Command::new(program("winddown-verifier"))
			.args(["serve", "--listen", "127.0.0.1:0", "--genesis", &genesis])
			.args(["--url", world.chain.url(), "--data"])
			.arg(folder.path())
			.stdin(Stdio::null())
			.stdout(Stdio::piped())
			.kill_on_drop(true)
			.spawn()?;
		let output = BufReader::new(process.stdout.take().expect("it is piped"));
		let said = output.lines().next_line().await?.context("it ended without a word")?;
		let end = format!(" verifies from {genesis}");
		let address = said.strip_prefix("http://").and_then(|rest| rest.strip_suffix(&end));
		let address = address.with_context(|| format!("it says where it listens: {said}"))?;
		Ok(Self { address: address.into(), process, folder })
	}

	/// Asks for the bundle of a receipt.
	pub async fn ask(&self, receipt: &Receipt) -> Outcome<Answer> {
		let client = Client::builder(TokioExecutor::new()).build_http::<String>();
		let address = format!("http://{}/v1/receipts/{receipt}", self.address);
		let (head, body) = client.get(address.parse()?).await?.into_parts();
		let source = head.headers.get("winddown-source");
		let source = source.map_or(Ok(""), |source| source.to_str())?.into();
		let body = body.collect().await?.to_bytes().to_vec();
		Ok(Answer { status: head.status.as_u16(), source, body })
	}

	/// What it says of itself.
	pub async fn health(&self) -> Outcome<serde_json::Value> {
		let client = Client::builder(TokioExecutor::new()).build_http::<String>();
		let address = format!("http://{}/v1/health", self.address);
		let body = client.get(address.parse()?).await?.into_body().collect().await?.to_bytes();
		Ok(serde_json::from_slice(&body)?)
	}

	/// Where the service looks for the bundle of a receipt before it asks its node.
	pub fn place(&self, receipt: &Receipt) -> PathBuf {
		self.path(format!("receipts/{receipt}.wdproof"))
	}

	/// A path in its folder.
	pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
		self.folder.path().join(name)
	}

	/// Ends it as a loss of power would.
	pub async fn kill(&mut self) -> Outcome {
		Ok(self.process.kill().await?)
	}
}
