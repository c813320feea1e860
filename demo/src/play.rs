//! The network, the play on it, and its report.

use crate::{report, scenario, screen::Screen, summary::Summary};
use anyhow::{anyhow, Context as _, Result};
use std::{fs, path::PathBuf, time::Instant};
use tokio::signal::unix::{signal, SignalKind};
use winddown_devnet::{network::Network, program::find_binary};

/// What is played, and where.
pub struct Options {
	/// How many lenders.
	pub lenders: u32,
	/// The seed of people, keys and votes.
	pub seed: u64,
	/// The folder for files, logs and the report.
	pub out: PathBuf,
	/// Whether the nodes stay up.
	pub keep: bool,
	/// The node's binary.
	pub node: Option<PathBuf>,
}

/// Plays the scenario, and stops the nodes whatever happens.
pub async fn run(screen: Screen, options: Options) -> Result<()> {
	let started = Instant::now();
	let binary = find_binary(options.node.clone())?;
	fs::create_dir_all(&options.out)
		.with_context(|| format!("cannot make {}", options.out.display()))?;
	let mut network = Network::start(&binary, &options.out.join("logs"))?;
	let summary = tokio::select! {
		played = play(screen, &mut network, &options) => played?,
		signal = interrupted() => return Err(signal),
	};
	let (json, html) = report::write(&summary, &options.out)?;
	screen.show(&summary, || report::text(&summary))?;
	screen.note(&format!(
		"\nplayed in {:.0} s; the report is {} (JSON: {})",
		started.elapsed().as_secs_f64(),
		html.display(),
		json.display()
	));
	if options.keep {
		leave_up(screen, network);
	}
	Ok(())
}

async fn play(screen: Screen, network: &mut Network, options: &Options) -> Result<Summary> {
	let spinner = screen.spinner("starting four nodes");
	let ready = network.ready().await;
	spinner.finish_and_clear();
	let chain = ready?;
	for (name, url) in network.addresses() {
		screen.note(&format!("    {name} runs at {url}"));
	}
	let mut summary = scenario::play(screen, chain, &network.addresses(), options).await?;
	summary.network.nodes = network.addresses().into_iter().map(|(name, _)| name).collect();
	let own = summary.network.peak_memory;
	summary.network.peak_memory = own.zip(network.peak_memory()).map(|(own, nodes)| own + nodes);
	Ok(summary)
}

/// Ends when somebody wants this process to end.
async fn interrupted() -> anyhow::Error {
	let (Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)) = (
		signal(SignalKind::interrupt()),
		signal(SignalKind::terminate()),
		signal(SignalKind::hangup()),
	) else {
		// Without handlers the process ends at once, and its nodes with their own errors.
		return std::future::pending().await;
	};
	tokio::select! {
		_ = interrupt.recv() => (),
		_ = terminate.recv() => (),
		_ = hangup.recv() => (),
	}
	anyhow!("interrupted; the nodes are stopped")
}

fn leave_up(screen: Screen, network: Network) {
	let addresses = network.addresses();
	let (processes, folder) = network.keep();
	let kill: Vec<String> = processes.iter().map(ToString::to_string).collect();
	let first = addresses.first().map(|(_, url)| url.clone()).unwrap_or_default();
	screen.note(&format!(
		"\nThe nodes stay up:\n{}\n\
		 Polkadot.js Apps: https://polkadot.js.org/apps/?rpc={first}\n\
		 the command line: winddown --url {first} case show --case 0\n\
		 to stop them:     kill {}; rm -r {}",
		addresses
			.iter()
			.map(|(name, url)| format!("  {name:<12} {url}"))
			.collect::<Vec<_>>()
			.join("\n"),
		kill.join(" "),
		folder.display()
	));
}
