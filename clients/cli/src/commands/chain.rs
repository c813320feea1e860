use super::intent::clock;
use crate::{
	context::Context,
	output::{counted, facts, moment},
};
use anyhow::Result;
use std::collections::BTreeMap;
use winddown_sdk::{chain::DoubleBlock, primitives::Millis, Error};

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
			("session keys used twice", used_twice(&info.double_blocks)),
		])
	})?;
	for warning in warnings(&info.double_blocks) {
		context.output.warn(&warning);
	}
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

/// The institutions whose keys two nodes use.
fn used_twice(doubles: &[DoubleBlock]) -> String {
	let names: Vec<&str> = by_institution(doubles).into_keys().collect();
	if names.is_empty() {
		return "none".into();
	}
	names.join(", ")
}

/// What is wrong and what to do, once for each institution.
fn warnings(doubles: &[DoubleBlock]) -> Vec<String> {
	let told = by_institution(doubles).into_iter().map(|(name, seen)| {
		let last = seen.last().map_or(0, |double| double.number);
		format!(
			"two nodes run with the session keys of {name} 两个节点使用同一套会话密钥: seen {} since this node \
			 started, the last time at block {last}. Both vote on final blocks, and two different votes in one round can \
			 end in two histories. End one of the two at once, and delete its keystore; if nobody knows where it is, \
			 {name} sets new keys on chain",
			counted(seen.len(), "time", "times")
		)
	});
	told.collect()
}

fn by_institution(doubles: &[DoubleBlock]) -> BTreeMap<&str, Vec<&DoubleBlock>> {
	let mut found = BTreeMap::<_, Vec<_>>::new();
	for double in doubles {
		found.entry(double.institution.as_str()).or_default().push(double);
	}
	found
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

	fn double(institution: &str, number: u32) -> DoubleBlock {
		DoubleBlock { institution: institution.into(), slot: 1, number, blocks: vec![], own: false }
	}

	#[test]
	fn keys_used_twice_are_told_with_the_institution_and_what_to_do() {
		assert_eq!((used_twice(&[]), warnings(&[])), ("none".into(), vec![]));
		let seen = [double("Bank", 7), double("Court", 8), double("Bank", 11)];
		assert_eq!(used_twice(&seen), "Bank, Court");
		let told = warnings(&seen);
		assert_eq!(told.len(), 2, "once for each institution");
		assert_eq!(
			told[0],
			"two nodes run with the session keys of Bank 两个节点使用同一套会话密钥: seen 2 times since this node started, \
			 the last time at block 11. Both vote on final blocks, and two different votes in one round can end in two \
			 histories. End one of the two at once, and delete its keystore; if nobody knows where it is, Bank sets new \
			 keys on chain"
		);
	}

	#[test]
	fn a_chain_without_a_block_has_no_time_in_1970() {
		assert_eq!(time_of(0, 0), "no block yet 尚无区块");
		assert_eq!(time_of(1, 1_573_185_600_000), "2019-11-08 12:00:00 +08:00");
	}
}
