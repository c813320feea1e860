//! What every command needs: the node, the key, the output.

use crate::{
	global::Global,
	output::{moment, Output},
};
use anyhow::Result;
use std::sync::Once;
use winddown_sdk::{
	chain::{At, Chain, Head, Included, Until},
	keys::Keypair,
	Call, Error,
};
use winddown_terminal::bars::{Bars, ProgressBar};

/// So many blocks without finality are no lag yet; as the verification service has it.
const LAG: u64 = 10;

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
		self.state_of(&self.chain().await?).await
	}

	/// The same of a chain that is connected. While finality lags it is told since when: what came later is not
	/// absent, it waits.
	pub async fn state_of(&self, chain: &Chain) -> Result<At, Error> {
		let best = chain.at(Head::Best).await?;
		if self.until() == Until::InBlock {
			return Ok(best);
		}
		let last = chain.at(Head::Finalized).await?;
		if best.number().saturating_sub(last.number()) > LAG {
			self.output.note(&waits(last.number(), last.now().await?, best.number()));
		}
		Ok(last)
	}

	/// The key to sign with.
	pub fn key(&self) -> Result<Keypair, Error> {
		let scheme = self.global.scheme.into();
		match (&self.global.key, &self.global.key_file) {
			(_, Some(file)) => Keypair::read(scheme, file),
			(Some(suri), None) => {
				self.warn_of_bare_secret(suri);
				Keypair::from_suri(scheme, suri)
			}
			(None, None) => Err(Error::NoKey),
		}
	}

	/// Others on this machine see a command line in the list of processes, and the shell keeps it.
	fn warn_of_bare_secret(&self, suri: &str) {
		let mut words = std::env::args();
		if is_secret(suri) && words.any(|word| word.contains(suri)) {
			static ONCE: Once = Once::new();
			ONCE.call_once(|| self.output.warn(
				"the secret stands on the command line, where others on this machine can read it and the shell keeps it: \
				 write it to a file (chmod 600) and give --key-file FILE",
			));
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

/// Whether it is anything else than a well-known key of a development chain, such as //Platform.
fn is_secret(suri: &str) -> bool {
	!suri.starts_with('/')
}

/// What is to be known while finality lags.
fn waits(last: u64, at: u64, best: u64) -> String {
	format!(
		"note: nothing is final since block {last}, {}; the newest is block {best}. What came in between waits for \
		 finality and is not shown; --wait in-block shows it 尚待最终确认",
		moment(at)
	)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_mnemonic_and_a_seed_are_secrets_and_the_keys_of_development_are_not() {
		let phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
		assert!(is_secret(phrase) && is_secret(&format!("{phrase}//Platform")));
		assert!(is_secret(&format!("0x{}", "07".repeat(32))));
		assert!(!is_secret("//Platform"));
	}

	#[test]
	fn what_waits_for_finality_is_not_told_as_absent() {
		assert_eq!(
			waits(271, 1_795_947_798_002, 284),
			"note: nothing is final since block 271, 2026-11-29 18:23:18 +08:00; the newest is block 284. What came in \
			 between waits for finality and is not shown; --wait in-block shows it 尚待最终确认"
		);
	}
}
