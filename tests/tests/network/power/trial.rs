//! A network whose validators are killed together, again and again, while their blocks are full of ballots.

use super::{
	kept::Kept,
	told::{ByNode, Clients},
	votes::Votes,
};
use crate::{
	nodes::{Part, VALIDATORS},
	world::{key, lender_key, now, Outcome, World, CASE, HOME},
};
use futures::future::try_join_all;
use sp_core::H256;
use std::{
	collections::BTreeMap,
	fs,
	time::{Duration, Instant},
};
use winddown_sdk::{
	calls,
	chain::{Chain, Head, Included, Until},
	intent::{SignedIntent, Terms},
	primitives::{Choice, Digest, PollId, Sequence},
	Call,
};

/// A node that is never killed. It has no vote, and sees those of the others.
const WITNESS: &str = "Witness";
/// Replacements of a ballot that the case allows: the most that it can.
const REVOTES: u8 = u8::MAX;
/// How long the poll is open, in milliseconds: longer than any trial.
const WINDOW: u64 = 24 * 3_600_000;
/// Blocks that must become final after a restart.
const MORE: u64 = 2;

/// What is done to databases between end and restart, so that the trial has something to find.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Damage {
	/// All four are deleted, and the witness's, too.
	Databases,
	/// One validator forgets its votes.
	Votes,
}

/// What a round came to.
#[derive(Debug)]
pub struct Round {
	/// From the moment at which the ballots were told to be final to the end.
	pub delay: Duration,
	/// Ballots in the fullest block of them.
	pub fullest: usize,
	/// The highest block that was told to be final.
	pub told: u64,
	/// The highest final block in the databases, least and most of the four.
	pub kept: (u64, u64),
	/// Told by a node and not final in its own database: its name and how many blocks.
	pub forgotten: Vec<(&'static str, usize)>,
	/// Told by a node and final in no database.
	pub lost: usize,
	/// Told by a node and another block, or none, at some node after the restart.
	pub changed: usize,
	/// Validators' own votes in rounds that were open, found in their databases.
	pub open_votes: usize,
	/// Until all nodes finalised more blocks than ever told.
	pub recovery: Duration,
}

impl Round {
	/// Whether everything that was told as final outlasted the end.
	pub fn holds(&self) -> bool {
		self.forgotten.is_empty() && self.lost == 0 && self.changed == 0
	}
}

/// The network, with a poll that stays open.
pub struct Trial {
	world: World,
	poll: PollId,
	lenders: u32,
	waves: Sequence,
	told: BTreeMap<u64, H256>,
	votes: Votes,
	damage: Option<Damage>,
}

impl Trial {
	/// Four validators, a witness, and a poll in which so many lenders vote again and again.
	pub async fn start(lenders: u32, damage: Option<Damage>) -> Outcome<Self> {
		let mut world = World::with_revotes(lenders, REVOTES).await?;
		world.network.start(WITNESS, Part::Follower)?;
		world.network.connect(WITNESS).await?;
		let (poll, _) = world.open_poll(WINDOW).await?;
		let (told, votes) = (BTreeMap::new(), Votes::default());
		Ok(Self { world, poll, lenders, waves: 0, told, votes, damage })
	}

	/// Fills blocks with ballots, ends all validators `delay` after these were told to be final, looks into their
	/// databases, and starts them again.
	pub async fn round(&mut self, delay: Duration) -> Outcome<Round> {
		let wave = self.wave();
		let next = self.wave();
		let clients = Clients::start(&self.chains().await?);
		let chain = self.world.chain.clone();
		let carried =
			chain.submit_all(&wave, &key("Operator"), Until::Finalized, |_, _| ()).await?;
		let finality = Instant::now();
		// The next ones are on their way at the end, so that the databases have work.
		let under_way = tokio::spawn(async move {
			chain.submit_all(&next, &key("Operator"), Until::InBlock, |_, _| ()).await
		});
		tokio::time::sleep(delay.saturating_sub(finality.elapsed())).await;
		self.world.network.kill_validators()?;
		under_way.abort();
		let by_node = clients.end().await?;

		let mut round = self.look(delay, &by_node, &carried)?;
		self.do_damage()?;
		let restart = Instant::now();
		self.restart(round.told + MORE).await?;
		round.recovery = restart.elapsed();
		round.changed = self.changed().await?;
		Ok(round)
	}

	/// Ends the network; validators that voted twice, in words, and how many votes were seen.
	pub fn end(mut self) -> Outcome<(Vec<String>, usize)> {
		self.world.network.kill_validators()?;
		self.world.network.kill(WITNESS)?;
		let rounds = self.database(WITNESS)?.rounds_over(&mut self.votes)?;
		anyhow::ensure!(rounds > 0, "the witness saw no round");
		for name in VALIDATORS {
			self.database(name)?.rounds_over(&mut self.votes)?;
		}
		let double = self.votes.double().map(|((round, voter, step), targets)| {
			let blocks: Vec<u32> = targets.iter().map(|target| target.number).collect();
			format!("0x{} in round {round}: {step:?} for blocks {blocks:?}", hex::encode(voter))
		});
		Ok((double.collect(), self.votes.count()))
	}

	async fn chains(&mut self) -> Outcome<Vec<(&'static str, Chain)>> {
		let mut chains = vec![];
		for name in VALIDATORS {
			chains.push((name, self.world.network.connect(name).await?));
		}
		Ok(chains)
	}

	fn database(&mut self, name: &str) -> Outcome<Kept> {
		Kept::open(self.world.network.database(name)?)
	}

	/// A ballot of each lender, in the operator's batches.
	fn wave(&mut self) -> Vec<Call> {
		self.waves += 1;
		let mut intents: Vec<SignedIntent> =
			(0..self.lenders).map(|lender| self.ballot(lender)).collect();
		intents.sort_by_cached_key(SignedIntent::carrying_order);
		let batches = intents.chunks(pallet_intents::MAX_BATCH as usize);
		batches.map(|batch| calls::submit_intents(batch.to_vec())).collect()
	}

	fn ballot(&self, lender: u32) -> SignedIntent {
		let against = (u64::from(lender) + self.waves).is_multiple_of(3);
		let choice = if against { Choice::AGAINST } else { Choice::FOR };
		let record = Digest::Sha256([self.waves as u8 | 1; 32]);
		let call = calls::cast_ballot(self.poll, &[choice], record).expect("one choice");
		let terms = Terms {
			genesis: self.world.chain.genesis(),
			case: CASE,
			lender,
			sequence: self.waves,
			valid_until: now() + 600_000,
		};
		SignedIntent::sign(&terms, &call, &lender_key(lender))
	}

	/// Compares what was told with what the databases of the dead nodes have.
	fn look(&mut self, delay: Duration, by_node: &ByNode, carried: &[Included]) -> Outcome<Round> {
		let mut everything = BTreeMap::new();
		for (&number, &hash) in by_node.values().flatten() {
			let before = everything.insert(number, hash);
			anyhow::ensure!(
				before.is_none_or(|before| before == hash),
				"two final blocks {number}"
			);
		}
		for block in carried {
			everything.insert(block.number, H256(block.block.0));
		}
		let told = *everything.keys().next_back().unwrap_or(&0);

		let (mut forgotten, mut open_votes, mut kept) = (vec![], 0, vec![]);
		let mut lost = everything.keys().copied().collect::<Vec<_>>();
		for name in VALIDATORS {
			let database = self.database(name)?;
			let nothing = BTreeMap::new();
			let missing = database.missing(by_node.get(name).unwrap_or(&nothing))?;
			if !missing.is_empty() {
				forgotten.push((name, missing.len()));
			}
			let missing = database.missing(&everything)?;
			lost.retain(|number| missing.contains(number));
			kept.push(database.final_block());
			open_votes += database.standing(&mut self.votes)?;
		}
		self.told.append(&mut everything);
		Ok(Round {
			delay,
			fullest: self.fullest(carried),
			told,
			kept: (*kept.iter().min().expect("four"), *kept.iter().max().expect("four")),
			forgotten,
			lost: lost.len(),
			changed: 0,
			open_votes,
			recovery: Duration::ZERO,
		})
	}

	/// Ballots in the fullest block of a wave.
	fn fullest(&self, carried: &[Included]) -> usize {
		let batch = pallet_intents::MAX_BATCH as usize;
		let mut blocks = BTreeMap::<u64, usize>::new();
		let mut rest = self.lenders as usize;
		for included in carried {
			let ballots = rest.min(batch);
			rest -= ballots;
			*blocks.entry(included.number).or_default() += ballots;
		}
		blocks.into_values().max().unwrap_or_default()
	}

	fn do_damage(&mut self) -> Outcome {
		match self.damage {
			None => {}
			Some(Damage::Votes) => self.database("ArbiterOne")?.forget_votes()?,
			Some(Damage::Databases) => {
				self.world.network.kill(WITNESS)?;
				for name in VALIDATORS.into_iter().chain([WITNESS]) {
					// With all that the nodes of this chain keep.
					let database = self.world.network.database(name)?;
					let chain = database.ancestors().nth(2).expect("<chain>/paritydb/full");
					fs::remove_dir_all(chain)?;
				}
				self.world.network.start(WITNESS, Part::Follower)?;
			}
		}
		Ok(())
	}

	/// Starts all validators and waits until each finalised the block of this number.
	async fn restart(&mut self, number: u64) -> Outcome {
		self.world.network.start_validators().await?;
		self.world.chain = self.world.network.connect(HOME).await?;
		let chains = self.chains().await?;
		try_join_all(chains.iter().map(|(_, chain)| self.world.finalises_beyond(chain, number)))
			.await?;
		Ok(())
	}

	/// Blocks told to be final, in any round so far, that some validator has otherwise now.
	async fn changed(&mut self) -> Outcome<usize> {
		let (mut changed, chains) = (0, self.chains().await?);
		let last = self.told.keys().next_back().copied().unwrap_or_default();
		for (_, chain) in &chains {
			anyhow::ensure!(chain.at(Head::Finalized).await?.number() >= last, "it went on");
		}
		for (&number, &hash) in &self.told {
			let mut differs = false;
			for (_, chain) in &chains {
				differs |= chain.at_number(number).await?.hash().0 != hash.0;
			}
			changed += usize::from(differs);
		}
		Ok(changed)
	}
}
