use crate::{
	context::Context,
	output::{facts, moment},
};
use anyhow::Result;
use winddown_sdk::Error;

pub async fn run(context: &Context) -> Result<()> {
	let info = context.chain().await?.node_info().await?;
	context.output.show(&info, || {
		facts([
			("chain", info.chain.clone()),
			("node", info.software.clone()),
			("runtime", info.runtime.to_string()),
			("genesis", info.genesis.clone()),
			("best block", info.best.to_string()),
			("time on chain now", moment(info.time)),
			("finalized block", info.finalized.to_string()),
			("peers", info.peers.to_string()),
			("catching up", info.is_syncing.to_string()),
		])
	})?;
	match info.incompatible.is_empty() {
		true => Ok(()),
		false => Err(Error::Incompatible(format!(
			"these pallets differ: {}",
			info.incompatible.join(", ")
		))
		.into()),
	}
}
