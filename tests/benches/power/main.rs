//! All validators are killed within two seconds after a block full of ballots became final, again and again.
//!
//! Each round fills blocks with ballots of all lenders, waits until a node tells that they are final, waits a random
//! time, kills all four validators at once while the next ballots arrive, opens their databases, starts them again
//! and waits until they finalise more. At the end the votes that anybody kept are compared: those of the
//! validators' own databases after each end, and those that a fifth node saw, which is never killed.
//!
//! `make power` runs it; it fails when a block that was told to be final is gone or another one, or when a validator
//! voted twice. `--damage databases` and `--damage votes` do harm between end and restart, which it must find.

#[allow(dead_code, reason = "the network's own stories use all of it")]
#[path = "../../tests/network/nodes.rs"]
mod nodes;
#[path = "../../tests/network/power/mod.rs"]
mod power;
#[allow(dead_code, reason = "the network's own stories use all of it")]
#[path = "../../tests/network/world.rs"]
mod world;

use power::trial::{Damage, Round, Trial};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::Duration;
use world::Outcome;

/// Three of the operator's batches: the most ballots that fit a block.
const FULL_BLOCK: u32 = 3 * pallet_intents::MAX_BATCH;
/// The end comes before, after the ballots were told to be final.
const LATEST: Duration = Duration::from_millis(2_000);

#[tokio::main]
async fn main() -> Outcome {
	// `cargo test --benches` and nextest run this file without `--bench`: there is nothing to test.
	if !std::env::args().any(|argument| argument == "--bench") {
		return Ok(());
	}
	let rounds: u32 = number("--rounds", 50)?;
	let seed: u64 = number("--seed", 1)?;
	let lenders: u32 = number("--lenders", FULL_BLOCK)?;
	let damage = match value("--damage").as_deref() {
		None => None,
		Some("databases") => Some(Damage::Databases),
		Some("votes") => Some(Damage::Votes),
		Some(other) => anyhow::bail!("--damage is `databases` or `votes`, not `{other}`"),
	};
	println!("{rounds} rounds, seed {seed}, {lenders} lenders, damage {damage:?}");

	let mut randomness = ChaCha8Rng::seed_from_u64(seed);
	let mut trial = Trial::start(lenders, damage).await?;
	println!(
		"round  end ms  ballots  told  kept       forgotten  lost  changed  open votes  recovery s"
	);
	let mut failed = 0;
	for at in 1..=rounds {
		let delay = randomness.gen_range(Duration::ZERO..LATEST);
		let round = trial.round(delay).await?;
		failed += u32::from(!round.holds());
		show(at, &round);
	}
	let (double, votes) = trial.end()?;
	println!("{votes} votes seen; voted twice: {}", double.len());
	double.iter().for_each(|vote| println!("  {vote}"));
	println!("{failed} of {rounds} rounds lost something that was told to be final");
	if failed > 0 || !double.is_empty() {
		std::process::exit(1);
	}
	Ok(())
}

fn show(at: u32, round: &Round) {
	let (least, most) = round.kept;
	let forgotten: Vec<String> =
		round.forgotten.iter().map(|(name, blocks)| format!("{name} {blocks}")).collect();
	println!(
		"{at:<6} {:<7} {:<8} {:<5} {:<10} {:<10} {:<5} {:<8} {:<11} {:.1}",
		round.delay.as_millis(),
		round.fullest,
		round.told,
		format!("{least}-{most}"),
		if forgotten.is_empty() { "-".into() } else { forgotten.join(", ") },
		round.lost,
		round.changed,
		round.open_votes,
		round.recovery.as_secs_f64(),
	);
}

/// The number behind a flag.
fn number<N: std::str::FromStr>(flag: &str, otherwise: N) -> Outcome<N> {
	match value(flag) {
		None => Ok(otherwise),
		Some(text) => {
			text.parse().map_err(|_| anyhow::anyhow!("{flag} wants a number, not `{text}`"))
		}
	}
}

/// The word behind a flag.
fn value(flag: &str) -> Option<String> {
	std::env::args().skip_while(|argument| argument != flag).nth(1)
}
