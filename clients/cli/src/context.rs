//! What every command needs: the node, the key, the output.

use crate::{global::Global, output::Output};
use anyhow::Result;
use winddown_sdk::{
	chain::{At, Chain, Head, Included, Until},
	keys::Keypair,
	Call, Error,
};
use winddown_terminal::bars::{Bars, ProgressBar};

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
		self.bars().spinner(what)
	}

	/// A bar of `total` steps.
	pub fn bar(&self, what: &str, total: u64) -> ProgressBar {
		self.bars().bar(what, total)
	}

	/// Never among JSON.
	fn bars(&self) -> Bars {
		if self.global.json {
			Bars::Hidden
		} else {
			Bars::Shown
		}
	}
}
