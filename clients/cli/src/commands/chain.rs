use super::intent::clock;
use crate::{
	context::Context,
	output::{facts, moment},
};
use anyhow::Result;
use winddown_sdk::{primitives::Millis, Error};

pub async fn run(context: &Context) -> Result<()> {
	let info = context.chain().await?.node_info().await?;
	context.output.show(&info, || {
		facts([
			("chain", info.chain.clone()),
			("node", info.software.clone()),
			("runtime", info.runtime.to_string()),
			("genesis", info.genesis.clone()),
			("best block", info.best.to_string()),
			("time on chain now", time_of(info.best, info.time)),
			("finalized block", info.finalized.to_string()),
			("peers", info.peers.to_string()),
			("catching up", info.is_syncing.to_string()),
		])
	})?;
	// A chain that catches up, or stands at its first block, has no time of now.
	if !info.is_syncing && info.best > 0 {
		if let Some(told) = clock::differ(clock::here()?, info.time, info.best) {
			context.output.warn(&format!("{told}. {}", clock::SET_IT));
		}
	}
	match info.incompatible.is_empty() {
		true => Ok(()),
		false => Err(Error::Incompatible(format!(
			"these pallets differ: {}",
			info.incompatible.join(", ")
		))
		.into()),
	}
}

/// The chain's time, which no block has told yet at the first one.
fn time_of(block: u64, time: Millis) -> String {
	match block {
		0 => "no block yet 尚无区块".into(),
		_ => moment(time),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_chain_without_a_block_has_no_time_in_1970() {
		assert_eq!(time_of(0, 0), "no block yet 尚无区块");
		assert_eq!(time_of(1, 1_573_185_600_000), "2019-11-08 12:00:00 +08:00");
	}
}
