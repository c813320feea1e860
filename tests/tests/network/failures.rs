//! Nodes are killed, restarted and late; the vote goes on and nothing is lost.

use crate::{
	nodes::{Part, VALIDATORS},
	world::{Outcome, World, HOME},
};
use winddown_sdk::{calls, chain::Head, primitives::ItemOutcome};

/// More than one page of 64 rows.
const LENDERS: u32 = 90;

#[tokio::test]
async fn a_vote_survives_a_killed_node_a_restart_of_all_and_a_late_fifth_node() -> Outcome {
	let mut world = World::with_case(LENDERS).await?;
	let (poll, closes_at) = world.open_poll(150_000).await?;
	world.cast(poll, 0..30).await?;

	// One of four is lost without warning: three finalise on.
	world.network.kill("ArbiterOne")?;
	world.cast(poll, 30..60).await?;
	let height = world.chain.at(Head::Best).await?.number();
	world.finalises_beyond(&world.chain, height + 1).await?;
	assert_eq!(world.turnout(&world.chain, poll).await?, 60);

	// It comes back on its own database and knows what it missed.
	world.network.start("ArbiterOne", Part::Validator)?;
	let killed = world.network.connect("ArbiterOne").await?;
	world.all_catch_up(std::slice::from_ref(&killed)).await?;
	assert_eq!(world.turnout(&killed, poll).await?, 60);

	// All four go down and come back with the same state.
	let before = world.chain.at(Head::Finalized).await?;
	let (number, hash) = (before.number(), before.hash());
	for name in VALIDATORS {
		world.network.stop(name)?;
	}
	world.network.start_validators().await?;
	world.chain = world.network.connect(HOME).await?;
	assert_eq!(world.chain.at_number(number).await?.hash(), hash, "history is the same");
	world.finalises_beyond(&world.chain, number + 2).await?;
	assert_eq!(world.turnout(&world.chain, poll).await?, 60);

	// A fifth node begins with nothing and ends with everything.
	world.network.start("Latecomer", Part::Follower)?;
	let latecomer = world.network.connect("Latecomer").await?;
	world.cast(poll, 60..LENDERS).await?;
	world.all_catch_up(std::slice::from_ref(&latecomer)).await?;
	assert_eq!(world.turnout(&latecomer, poll).await?, LENDERS);

	world.chain.wait_until(closes_at).await?;
	world.by("Operator", calls::close_poll(poll)).await?;
	world.all_catch_up(std::slice::from_ref(&latecomer)).await?;
	let audit = latecomer.audit(poll).await?;
	assert_eq!(audit.differences, [], "the recount agrees with the chain");
	assert_eq!(audit.counted.ballots, LENDERS);
	// Two thirds are for, all took part.
	assert_eq!(audit.counted.recount.items[0].outcome, ItemOutcome::Passed);
	Ok(())
}
