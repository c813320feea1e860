//! The council upgrades the runtime while lenders vote.

use crate::world::{key, Outcome, World};
use winddown_sdk::{
	calls,
	chain::{Head, Until},
	Call,
};

const LENDERS: u32 = 70;
/// Lenders whose ballots come in one block; the motion takes about as many blocks as there are batches.
const BATCH: usize = 7;

/// The running code with a custom section at its end: other bytes, the same behaviour. A runtime
/// with a higher version would have to be compiled once more.
fn next_code() -> Vec<u8> {
	let blob = winddown_runtime::WASM_BINARY.expect("built with the WASM runtime");
	let code =
		sp_maybe_compressed_blob::decompress(blob, sp_maybe_compressed_blob::CODE_BLOB_BOMB_LIMIT);
	let mut code = code.expect("it decompresses").into_owned();
	let section = b"\x04nextthe next runtime";
	code.push(0);
	code.push(section.len() as u8);
	code.extend_from_slice(section);
	sp_maybe_compressed_blob::compress_strongly(
		&code,
		sp_maybe_compressed_blob::CODE_BLOB_BOMB_LIMIT,
	)
	.expect("it compresses")
}

impl World {
	/// The whole council approves a motion and carries it out.
	async fn council_decides(&self, motion: &Call) -> Outcome {
		let hash = calls::motion_hash(motion);
		self.by("Regulator", calls::propose_motion(2, motion)).await?;
		let seen = self.chain.at(Head::Best).await?.motion(hash).await?;
		let index = seen.expect("it was just proposed").index;
		for member in ["Regulator", "Association"] {
			self.by(member, calls::vote_on_motion(hash, index, true)).await?;
		}
		let length = motion.encoded().len() as u32;
		self.by("Operator", calls::close_motion(hash, index, length)).await?;
		Ok(())
	}
}

#[tokio::test]
async fn a_runtime_upgrade_by_motion_goes_through_while_ballots_arrive() -> Outcome {
	let world = World::with_case(LENDERS).await?;
	let (poll, closes_at) = world.open_poll(150_000).await?;
	let code = next_code();
	let before = world.chain.at(Head::Finalized).await?.code().await?;
	assert_ne!(before, code);

	let ballots = async {
		for first in (0..LENDERS).step_by(BATCH) {
			let batch = world.ballots(poll, first..first + BATCH as u32);
			let carried = calls::submit_intents(batch);
			world.chain.submit(&carried, &key("Operator"), Until::InBlock).await?;
		}
		Outcome::Ok(())
	};
	let upgrade = async {
		world
			.council_decides(&calls::authorise_unchecked_upgrade(sp_io::hashing::blake2_256(&code)))
			.await?;
		world.by("ArbiterTwo", calls::apply_upgrade(code.clone())).await?;
		Outcome::Ok(())
	};
	tokio::try_join!(ballots, upgrade)?;

	let height = world.chain.at(Head::Best).await?.number();
	world.finalises_beyond(&world.chain, height + 2).await?;
	assert_eq!(world.chain.at(Head::Finalized).await?.code().await?, code, "it runs the next code");
	assert_eq!(world.turnout(&world.chain, poll).await?, LENDERS, "every ballot counts");

	world.chain.wait_until(closes_at).await?;
	world.by("Regulator", calls::close_poll(poll)).await?;
	world.finalises_beyond(&world.chain, world.chain.at(Head::Best).await?.number()).await?;
	assert_eq!(world.chain.audit(poll).await?.differences, []);
	Ok(())
}
