//! What every command needs: the node, the key, the output.

use crate::{global::Global, output::Output};
use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use winddown_sdk::{
	chain::{At, Chain, Head, Included, Until},
	keys::Keypair,
	Call, Error,
};

pub struct Context {
	pub global: Global,
	pub output: Output,
}

impl Context {
	pub fn new(global: Global, output: Output) -> Self {
		Self { global, output }
	}

	/// Connects to the node.
	pub async fn chain(&self) -> Result<Chain, Error> {
		Chain::connect(&self.global.url, self.global.transport()).await
	}

	/// The chain at its last finalized block; with `--wait in-block` at its newest one.
	pub async fn state(&self) -> Result<At, Error> {
		let head = match self.until() {
			Until::Finalized => Head::Finalized,
			Until::InBlock => Head::Best,
		};
		self.chain().await?.at(head).await
	}

	/// The key to sign with.
	pub fn key(&self) -> Result<Keypair, Error> {
		let scheme = self.global.scheme.into();
		match (&self.global.key, &self.global.key_file) {
			(_, Some(file)) => Keypair::read(scheme, file),
			(Some(suri), None) => Keypair::from_suri(scheme, suri),
			(None, None) => Err(Error::NoKey),
		}
	}

	pub fn until(&self) -> Until {
		self.global.wait.into()
	}

	/// Sends a call of the institution whose key was given, and waits for it.
	pub async fn submit(&self, chain: &Chain, call: &Call) -> Result<Included, Error> {
		let key = self.key()?;
		let spinner = self.spinner(&format!("{}.{}", call.pallet(), call.name()));
		let included = chain.submit(call, &key, self.until()).await;
		spinner.finish_and_clear();
		included
	}

	/// Something that turns until it is finished.
	pub fn spinner(&self, what: &str) -> ProgressBar {
		let bar = ProgressBar::new_spinner().with_message(what.to_string());
		bar.set_draw_target(self.draw_target());
		bar.enable_steady_tick(std::time::Duration::from_millis(120));
		bar
	}

	/// A bar of `total` steps.
	pub fn bar(&self, what: &str, total: u64) -> ProgressBar {
		let style = ProgressStyle::with_template(
			"{msg} [{bar:40}] {human_pos}/{human_len} {per_sec} {eta} left",
		)
		.unwrap_or_else(|_| ProgressStyle::default_bar());
		let bar = ProgressBar::new(total).with_style(style).with_message(what.to_string());
		bar.set_draw_target(self.draw_target());
		bar
	}

	/// Progress goes to a terminal only, and never among JSON.
	fn draw_target(&self) -> ProgressDrawTarget {
		match self.global.json {
			true => ProgressDrawTarget::hidden(),
			false => ProgressDrawTarget::stderr(),
		}
	}
}
