//! While too few validators vote, a ballot waits for finality: it is neither proved nor called absent.

use crate::{
	nodes::Part,
	service::Service,
	world::{record, Outcome, World},
};
use serde_json::Value;
use winddown_proof::{verify, Anchor, Hash, Receipt};
use winddown_sdk::{
	chain::{Chain, Head},
	digest::of_chain,
	primitives::PollId,
};

const LENDERS: u32 = 3;
/// Votes before finality stands still.
const EARLY: u32 = 0;
/// Votes while it stands still.
const LATE: u32 = 1;
/// Never votes.
const SILENT: u32 = 2;
/// Blocks by which finality may lag before the service says so.
const MOST_BLOCKS: u64 = 10;

#[tokio::test]
async fn a_ballot_in_a_block_that_is_not_final_waits_and_is_proved_once_it_is() -> Outcome {
	let mut world = World::with_case(LENDERS).await?;
	let (poll, _) = world.open_poll(600_000).await?;
	world.cast(poll, EARLY..EARLY + 1).await?;
	world.all_catch_up(std::slice::from_ref(&world.chain)).await?;
	let service = Service::start(&world).await?;
	assert_eq!(service.health().await?["status"], "ok");
	let genesis = Hash(world.chain.genesis());
	let receipt = |lender| Receipt::new(&genesis, poll, lender, &of_chain(record(lender)));
	assert_eq!(service.ask(&receipt(EARLY)).await?.status, 200);

	// Two of four make blocks and finalise none.
	world.network.stop("ArbiterOne")?;
	world.network.stop("ArbiterTwo")?;
	world.cast(poll, LATE..LATE + 1).await?;
	let answer = service.ask(&receipt(LATE)).await?;
	let refused: Value = serde_json::from_slice(&answer.body)?;
	assert_eq!((answer.status, &refused["error"]["code"]), (409, &"waits_for_finality".into()));
	let finality = &refused["error"]["finality"];
	assert!(finality["final_block"].as_u64() < finality["best_block"].as_u64(), "{finality}");
	assert!(finality["final_at"].as_u64() > Some(1_700_000_000_000), "{finality}");

	lags(&world, &world.chain).await?;
	let health = service.health().await?;
	assert_eq!(health["status"], "lagging", "{health}");
	let answer = service.ask(&receipt(SILENT)).await?;
	let refused: Value = serde_json::from_slice(&answer.body)?;
	assert_eq!((answer.status, &refused["error"]["code"]), (409, &"not_counted".into()));
	assert!(refused["error"]["finality"]["final_block"].is_u64(), "absence says how old it is");
	assert_eq!(service.ask(&receipt(EARLY)).await?.status, 200, "what was final stays proved");

	recovers(&mut world, &service, &receipt(LATE), poll).await
}

/// Waits until finality is further behind than it should ever be.
async fn lags(world: &World, chain: &Chain) -> Outcome {
	world
		.until(chain, "finality lags", async || {
			let last = chain.at(Head::Finalized).await?.number();
			Ok(chain.at(Head::Best).await?.number() > last + MOST_BLOCKS)
		})
		.await
}

async fn recovers(
	world: &mut World,
	service: &Service,
	receipt: &Receipt,
	poll: PollId,
) -> Outcome {
	world.network.start("ArbiterOne", Part::Validator)?;
	world.network.connect("ArbiterOne").await?;
	world.all_catch_up(std::slice::from_ref(&world.chain)).await?;
	assert_eq!(world.turnout(&world.chain, poll).await?, 2);
	let answer = service.ask(receipt).await?;
	assert_eq!(answer.status, 200);
	verify(&answer.body, &Anchor::Genesis { hash: Hash(world.chain.genesis()) })?;
	world
		.until(&world.chain, "the service is well again", async || {
			Ok(service.health().await?["status"] == "ok")
		})
		.await
}
