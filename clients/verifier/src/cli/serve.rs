//! `serve`: the lender's page and the API; and `work`, by which the service audits.

use crate::service::{self, router, Config};
use anyhow::Context as _;
use clap::Args;
use std::{future::Future, net::SocketAddr, path::PathBuf, process::ExitCode};
use tokio::{
	net::TcpListener,
	signal::unix::{signal, SignalKind},
};
use winddown_proof::{Anchor, Hash};

#[derive(Args)]
pub struct Serve {
	/// Where to listen; a proxy in front of it brings TLS
	#[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
	listen: SocketAddr,
	/// The hash of the chain's first block, from a source that you trust
	#[arg(long, value_name = "HASH")]
	genesis: Hash,
	/// The hash of a later block that you trust, where bundles begin
	#[arg(long, value_name = "HASH")]
	checkpoint: Option<Hash>,
	/// A node that keeps all blocks and states, for receipts and for audits without an archive
	#[arg(long, value_name = "URL")]
	url: Option<String>,
	/// A folder with `receipts`, `archives` and `exports`; reports go to `audits` in it
	#[arg(long, value_name = "FOLDER")]
	data: Option<PathBuf>,
	/// Most memory of an audit, in MiB
	#[arg(long, value_name = "MIB", default_value_t = 4_096)]
	audit_memory: u64,
}

impl Serve {
	pub async fn run(self) -> anyhow::Result<ExitCode> {
		let anchor = match self.checkpoint {
			None => Anchor::Genesis { hash: self.genesis },
			Some(block) => Anchor::Checkpoint { genesis: self.genesis, block },
		};
		let program = std::env::current_exe().context("where is this program?")?;
		let audit_memory = self.audit_memory.saturating_mul(1 << 20);
		let (node, data) = (self.url, self.data);
		let router = router(Config { anchor, node, data, program, audit_memory })
			.context("the folder of data")?;
		let listener = TcpListener::bind(self.listen)
			.await
			.with_context(|| format!("cannot listen on {}", self.listen))?;
		let stop = stopped()?;
		println!("http://{} verifies from {}", listener.local_addr()?, self.genesis);
		service::serve(listener, router, stop).await;
		Ok(ExitCode::SUCCESS)
	}
}

/// Done when somebody wants this process to end.
fn stopped() -> std::io::Result<impl Future<Output = ()>> {
	let mut terminate = signal(SignalKind::terminate())?;
	let mut interrupt = signal(SignalKind::interrupt())?;
	Ok(async move {
		tokio::select! {
			_ = terminate.recv() => {}
			_ = interrupt.recv() => {}
		}
	})
}
