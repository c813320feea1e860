//! A case in which everybody votes, as an archive and an export.

use base64::{engine::general_purpose::STANDARD, Engine};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use std::{
	fs::File,
	io::{BufWriter, Write},
	path::{Path, PathBuf},
};
use winddown_proof::digest::Algorithm;
use winddown_sdk::{digest::on_chain, record::ballot};
use winddown_tests::{
	ballots::{Electorate, RECORDINGS},
	winddown::vault::exported,
};

/// Lenders who vote one after the other before the blocks are made.
const GROUP: usize = 2_048;

/// The files of a case.
pub struct Files {
	/// The chain.
	pub archive: PathBuf,
	/// The operator's records.
	pub export: PathBuf,
	/// The hash of the first block.
	pub genesis: [u8; 32],
}

/// Plays a case with so many ballots and writes it into `folder`.
pub fn make(folder: &Path, ballots: u32) -> Files {
	let mut electorate = Electorate::with_all_states(ballots);
	let export = folder.join("export.jsonl");
	let mut out = BufWriter::new(File::create(&export).expect("a file"));
	let recordings = json!({
		"type": "document",
		"digest": Algorithm::Blake2b256.hash(RECORDINGS),
		"case": 0,
		"kind": "document",
		"name": "recordings",
		"media_type": "audio/ogg",
		"content": STANDARD.encode(RECORDINGS),
	});
	writeln!(out, "{recordings}").expect("written");
	let mut randomness = ChaCha8Rng::seed_from_u64(ballots.into());
	let lenders: Vec<u32> = (0..ballots).collect();
	for group in lenders.chunks(GROUP) {
		electorate.vote_by(0, group, &mut |lender, choices, now| {
			let record = ballot(0, 0, lender, choices, now, &mut randomness);
			writeln!(out, "{}", exported(&record)).expect("written");
			on_chain(record.digest())
		});
	}
	out.flush().expect("written");
	electorate.close();
	assert_eq!(electorate.turnout(), ballots, "every ballot counts");
	let archive = folder.join("case.wda");
	electorate.chain.archive().write(&archive).expect("written");
	Files { archive, export, genesis: electorate.chain.genesis() }
}
