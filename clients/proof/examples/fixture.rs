//! Writes bundles to try a verifier with: `cargo run -p winddown-proof --example fixture FOLDER`. The
//! folder gets `ballot.wdproof`, `outcome.wdproof` and `genesis`, the hash to verify it from.

#[path = "../tests/world/mod.rs"]
mod world;

use std::{env, error::Error, fs, path::PathBuf};
use world::World;

fn main() -> Result<(), Box<dyn Error>> {
	let folder = PathBuf::from(env::args().nth(1).ok_or("name a folder")?);
	let world = World::new();
	fs::write(folder.join("ballot.wdproof"), world.ballot().to_bytes())?;
	fs::write(folder.join("outcome.wdproof"), world.outcome().to_bytes())?;
	fs::write(folder.join("genesis"), world.anchor().genesis().to_string())?;
	Ok(())
}
