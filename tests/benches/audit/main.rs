//! What a full audit costs, and how it grows.
//!
//! For each size the real runtime takes a case through ordinary blocks: imported, locked, registered,
//! confirmed, voted in by everybody, closed. Its archive and the operator's export, with a plaintext record for
//! each ballot, go to `winddown-verifier audit` in a process of its own, which must find nothing.
//!
//! `make audit-figures` runs it; it fails when 390,000 ballots take more than 5 minutes or 4 GiB.

mod case;
mod process;

use process::{audit, Spent};
use std::time::Duration;

/// The size for which the limits hold.
const LARGE: u32 = 390_000;
/// The longest that an audit of [`LARGE`] may take.
const LONGEST: Duration = Duration::from_secs(5 * 60);
/// The most memory that it may take, in MiB.
const LARGEST: u64 = 4 * 1024;

fn main() {
	// `cargo test --benches` and nextest run this file without `--bench`: there is nothing to test.
	if !std::env::args().any(|argument| argument == "--bench") {
		return;
	}
	let sizes: Vec<u32> = std::env::var("SIZES")
		.unwrap_or_else(|_| "10000,100000,390000".into())
		.split(',')
		.map(|size| size.trim().parse().expect("SIZES is a list of numbers"))
		.collect();
	println!("ballots   archive MiB   export MiB   seconds   µs/ballot   peak MiB");
	let mut too_much = false;
	for ballots in sizes {
		let folder = tempfile::tempdir().expect("a temporary folder");
		let files = case::make(folder.path(), ballots);
		let Spent { time, peak } = audit(&files);
		let each = time.as_secs_f64() * 1e6 / f64::from(ballots);
		let [archive, export] =
			[&files.archive, &files.export].map(|path| process::mebibytes(path));
		let seconds = time.as_secs_f64();
		println!("{ballots:<9} {archive:<13} {export:<12} {seconds:<9.1} {each:<11.1} {peak}");
		too_much |= ballots >= LARGE && (time > LONGEST || peak > LARGEST);
	}
	if too_much {
		println!("more than {} s or {LARGEST} MiB for {LARGE} ballots", LONGEST.as_secs());
		std::process::exit(1);
	}
}
