//! The independent recount, the state of the evidence, and the search for personal data.

use super::Play;
use aho_corasick::AhoCorasick;
use anyhow::{ensure, Result};
use std::time::{SystemTime, UNIX_EPOCH};
use winddown_sdk::{
	chain::{kind_name, Head},
	digest::{of_bytes, Algorithm},
};

/// Counts every poll again, and searches all blocks and the state.
pub async fn verify(play: &mut Play) -> Result<()> {
	play.wait_for_attestors().await?;
	let last = play.best().await?.number();
	while play.chain.at(Head::Finalized).await?.number() < last {
		tokio::time::sleep(std::time::Duration::from_millis(500)).await;
	}
	for at in 0..play.summary.polls.len() {
		let audit = play.chain.audit(play.summary.polls[at].poll).await?;
		ensure!(
			audit.differences.is_empty(),
			"the recount of poll {} differs: {}",
			audit.poll,
			audit.differences[0]
		);
		play.tell(&format!(
			"poll {}: {} raw ballots counted again as of block {}; equal",
			audit.poll, audit.counted.ballots, audit.block
		));
		let summary = &mut play.summary.polls[at];
		ensure!(summary.replaced == audit.counted.recount.replaced, "replaced ballots differ");
		summary.audited_at = audit.block;
		summary.audit_agrees = true;
	}
	count_evidence(play).await?;
	search(play, last).await?;
	let info = play.chain.node_info().await?;
	play.summary.network.genesis = info.genesis;
	play.summary.network.blocks = info.finalized;
	play.summary.played_at = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as u64;
	Ok(())
}

async fn count_evidence(play: &mut Play) -> Result<()> {
	let records = play.best().await?.records(play.case).await?;
	let evidence = &mut play.summary.evidence;
	for record in &records {
		let kind = evidence.kinds.entry(kind_name(record.kind)).or_default();
		kind.name_zh = winddown_terminal::kinds::zh(record.kind);
		match record.producer {
			Some(_) => kind.deposited += 1,
			None => kind.by_chain += 1,
		}
		kind.effective += u32::from(record.state == "effective");
		evidence.attestations += u32::from(record.confirmed);
	}
	evidence.records = records.len() as u32;
	evidence.effective = evidence.kinds.values().map(|kind| kind.effective).sum();
	let (records, effective) = (evidence.records, evidence.effective);
	play.tell(&format!("evidence: {effective} of {records} records are effective"));
	ensure!(records == effective, "every record is confirmed by both arbitration institutions");
	Ok(())
}

/// Looks for every name, number, telephone number and plain hash of a number, in every block and in
/// the whole state.
async fn search(play: &mut Play, last: u64) -> Result<()> {
	let mut patterns: Vec<Vec<u8>> = Vec::new();
	for actor in &play.actors {
		let person = &actor.lender.person;
		for text in [&person.name, &person.number, &person.phone] {
			patterns.push(text.clone().into_bytes());
		}
		let number = actor.lender.document.number().as_bytes();
		patterns.push(number.to_vec());
		for algorithm in [Algorithm::Blake2b256, Algorithm::Sha256, Algorithm::Sm3] {
			patterns.push(of_bytes(algorithm, number).bytes().to_vec());
		}
	}
	patterns.sort();
	patterns.dedup();
	let searcher = AhoCorasick::new(&patterns)?;
	let (mut bytes, mut found) = (0u64, 0u32);
	let mut look = |haystack: &[u8]| {
		bytes += haystack.len() as u64;
		found += searcher.find_iter(haystack).count() as u32;
	};
	let bar = play.screen.bar("searching blocks", last);
	for number in 1..=last {
		let block = play.chain.block(number).await?;
		block.extrinsics.iter().for_each(|extrinsic| look(extrinsic));
		look(&block.events);
		bar.inc(1);
	}
	bar.finish_and_clear();
	let state = play.chain.at_number(last).await?.hash();
	play.chain
		.visit_state(state, |key, value| {
			look(key);
			look(value);
		})
		.await?;
	let privacy = &mut play.summary.privacy;
	privacy.searched_for = patterns.len() as u32;
	privacy.blocks = last;
	privacy.bytes = bytes;
	privacy.found = found;
	play.tell(&format!(
		"{} personal data looked for in {} blocks and the state: {found} found",
		patterns.len(),
		last
	));
	ensure!(found == 0, "a personal datum stands on chain");
	Ok(())
}
