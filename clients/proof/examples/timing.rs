//! How long a verification takes: `cargo run --release -p winddown-proof --example timing`.

#[path = "../tests/world/mod.rs"]
mod world;

use std::time::{Duration, Instant};
use winddown_proof::{bundle::Plaintext, verify};
use world::{case, World};

const RUNS: u32 = 200;

fn main() {
	let world = World::new();
	let anchor = world.anchor();
	let lines = Plaintext::Whole(case::lines().into_bytes());
	let bundles = [
		("ballot", world.ballot()),
		("no ballot", world.no_ballot(case::EMPTY_CELL)),
		("evidence, a batch", world.evidence(case::BATCH_ID, Some(lines))),
	];
	for (name, bundle) in bundles {
		let bytes = bundle.to_bytes();
		let mut times: Vec<Duration> = (0..RUNS)
			.map(|_| {
				let start = Instant::now();
				verify(&bytes, &anchor).expect("the bundle is good");
				start.elapsed()
			})
			.collect();
		times.sort();
		let median = times[times.len() / 2].as_micros();
		let slowest = times[times.len() - 1].as_micros();
		println!("{name}: {} bytes, {median} µs, slowest of {RUNS} {slowest} µs", bytes.len());
	}
}
