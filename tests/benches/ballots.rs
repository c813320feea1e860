//! What a batched ballot costs, against one sr25519 verification, measured in one run.
//!
//! For each size of the roll a chain with the real WASM runtime and ParityDB on disk gets a case of
//! that size through ordinary blocks: imported, locked, registered, confirmed. Then all
//! lenders vote in random order, in the operator's batches, and the time to make those blocks is
//! taken: execution and the new state root, without signing and without writing to disk. Between two
//! blocks the database comes to rest, as it does in the seconds between the blocks of a network.
//! Beside it stand the time to hand the block to the database, and the time that the runtime charged.
//! A node verifies the signatures of a batch on all its cores, the verification beside it is one on one
//! core; `RAYON_NUM_THREADS=1` makes the node use one as well.
//!
//! `make bench-ballots` runs it; it fails when a ballot costs more than 1.5 verifications.

use std::{
	hint::black_box,
	time::{Duration, Instant},
};

use sp_core::{sr25519, Pair};
use winddown_tests::{ballots::Electorate, chain::Made};

/// The node's allocator.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// The most that a ballot may cost, in verifications.
const LIMIT: f64 = 1.5;
/// Ballots of one size: few rows vote again, so that a short run is no lottery.
const LEAST_BALLOTS: u32 = 40_000;
/// A ballot may be replaced three times.
const MAX_ROUNDS: u32 = 4;
/// Time for the database to write a block to its files: a fraction of a slot.
const REST: Duration = Duration::from_millis(250);

fn main() {
	// `cargo test --benches` and nextest run this file without `--bench`: there is nothing to test.
	if !std::env::args().any(|argument| argument == "--bench") {
		return;
	}
	let sizes: Vec<u32> = std::env::var("ROWS")
		.unwrap_or_else(|_| "10000,390000".into())
		.split(',')
		.map(|rows| rows.trim().parse().expect("ROWS is a list of numbers"))
		.collect();
	println!("{} threads verify batches", rayon::current_num_threads());
	println!("rows      blocks   ballot µs   import µs   charged µs   verify µs   ratio");
	let mut worst: f64 = 0.0;
	for rows in sizes {
		worst = worst.max(measure(rows));
	}
	println!("worst ratio {worst:.2}, limit {LIMIT}");
	if worst > LIMIT {
		std::process::exit(1);
	}
}

fn measure(rows: u32) -> f64 {
	let mut electorate = Electorate::with_case(rows);
	let mut made = Made::default();
	let (mut verifying, mut verified) = (Duration::ZERO, 0);
	let rounds = (LEAST_BALLOTS / rows).clamp(1, MAX_ROUNDS);
	for round in 0..rounds {
		for lenders in electorate.groups(round) {
			// Verifications are timed between the blocks, so that a noisy neighbour slows both alike.
			std::thread::sleep(REST);
			let (time, count) = verify();
			verifying += time;
			verified += count;
			made += electorate.vote(round, &lenders);
		}
	}
	assert_eq!(electorate.turnout(), rows, "every ballot counts");
	let a_ballot = |time: Duration| time.as_secs_f64() * 1e6 / f64::from(rows * rounds);
	let [ballot, importing, charged] = [made.making, made.importing, made.charged].map(a_ballot);
	let verification = verifying.as_secs_f64() * 1e6 / f64::from(verified);
	let ratio = ballot / verification;
	let blocks = made.blocks;
	println!(
		"{rows:<9} {blocks:<8} {ballot:<11.1} {importing:<11.1} {charged:<12.1} {verification:<11.1} \
		 {ratio:.2}"
	);
	ratio
}

fn verify() -> (Duration, u32) {
	const COUNT: u32 = 2_000;
	let pair = sr25519::Pair::from_string("//Somebody", None).expect("a valid path");
	let message = [7u8; 120];
	let signature = pair.sign(&message);
	let public = pair.public();
	let start = Instant::now();
	for _ in 0..COUNT {
		assert!(sr25519::Pair::verify(black_box(&signature), black_box(&message), &public));
	}
	(start.elapsed(), COUNT)
}
