//! A validator votes once in a round, also when its database was deleted, or an older one was put in its place.
//!
//! GRANDPA keeps a validator's own votes in the database. Without them it would vote again in a round that is still
//! open, which is how it is when finality stands. So a node keeps a mark outside of the database; a database that
//! lies behind it does not hold all votes that were given. The node then gives none until those rounds are over.

mod keys;
mod mark;

pub use keys::VotingKeys;
pub use mark::Mark;

use crate::service::{Backend, Client};
use futures_timer::Delay;

use sc_client_api::{AuxStore, HeaderBackend};
use sc_consensus_aura::find_pre_digest;
use sc_consensus_grandpa::{
	best_justification, GrandpaJustification, SharedAuthoritySet, SharedVoterState,
};
use sc_service::Configuration;
use sp_blockchain::Result;
use sp_consensus_aura::{sr25519::AuthoritySignature, Slot};
use std::{path::Path, sync::Arc, time::Duration};
use winddown_runtime::{opaque::Block, BlockNumber, Hash, Header};

/// Where `sc-consensus-grandpa` keeps the rounds, and this node's votes in them.
const STANDING: &[u8] = b"grandpa_completed_round";
/// How often a node looks where finality is.
const INTERVAL: Duration = Duration::from_millis(500);
/// How many looks lie between two warnings: a minute.
const LOOKS: u32 = 120;

/// Whether a validator whose database lacks its votes waits until the rounds of these votes are over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lacking {
	/// It gives no vote before.
	#[default]
	Abstain,
	/// It votes at once, since its operator knows that the rounds are over, or that nobody else has votes either.
	VoteAtOnce,
}

/// What a node knows about its votes.
pub struct Votes {
	pub client: Arc<Client>,
	pub backend: Arc<Backend>,
	pub authorities: SharedAuthoritySet<Hash, BlockNumber>,
	pub voter: SharedVoterState,
	pub keys: Arc<VotingKeys>,
	/// The slot in which the node started.
	pub start: Slot,
	pub mark: Mark,
}

/// The mark of a node.
pub fn mark(config: &Configuration) -> Mark {
	Mark::new(config.base_path.config_dir(config.chain_spec.id()))
}

/// Whether the database at this block, the best one that it has, lacks votes that the node gave.
pub fn are_lacking(mark: &Mark, best: BlockNumber) -> bool {
	mark.read().is_some_and(|voted| best < voted)
}

/// Takes back blocks from GRANDPA's point of view, and keeps the votes that this node gave.
///
/// The SDK's own function begins the rounds anew without them. Nothing final is taken back, so the set of validators and
/// its rounds stay the same; a vote for a block that is gone is given again as it was, and counts when the block is back.
pub fn revert(client: &Arc<Client>, blocks: BlockNumber) -> Result<()> {
	let standing = client.get_aux(STANDING)?;
	sc_consensus_grandpa::revert(client.clone(), blocks)?;
	match standing {
		Some(standing) => client.insert_aux(&[(STANDING, &standing[..])], &[]),
		None => Ok(()),
	}
}

/// Says what a deleted database means for a validator; nothing when the node never voted.
pub fn after_purge(mark: &Mark) -> Option<String> {
	mark.read()?;
	Some(
		"The keys stay. The votes of this validator were in the database: when it starts again, it gives none until \
		 the other validators finalise a block that is made after that start. When all validators of the network \
		 start anew, start each with --vote-at-once"
			.into(),
	)
}

impl Votes {
	/// Keeps the mark behind finality, and lets an abstaining node vote again when it may.
	pub async fn watch(self) {
		let (mut look, mut set) = (0u32, None);
		loop {
			let abstains = self.keys.abstain();
			if abstains && look.is_multiple_of(LOOKS) {
				log::warn!("{}", warning(self.mark.path()));
			}
			// Another set of validators counts its rounds anew, and the voter may still be in a round of the old one.
			let same = set.replace(self.authorities.set_id()) == Some(self.authorities.set_id());
			let seen = if same { self.look(abstains) } else { Ok(()) };
			if let Err(error) = seen {
				log::warn!("The node cannot see where finality is: {error}");
			}
			look = look.wrapping_add(1);
			Delay::new(INTERVAL).await;
		}
	}

	fn look(&self, abstains: bool) -> Result<()> {
		if !abstains {
			self.mark.follow(self.client.info().finalized_number);
			return Ok(());
		}
		let Some(over) = self.round_over()? else { return Ok(()) };
		// The round in which the voter is asked for its keys next lies above the one that it is in.
		if self.voter.voter_state().is_some_and(|voter| voter.best_round.0 > over) {
			self.keys.vote();
			log::info!(
				"This validator votes again: the rounds of its lost votes, up to {over}, are over"
			);
		}
		Ok(())
	}

	/// A round that was open when the node started, or a later one, if it is over.
	///
	/// A block that is younger than the start became final in it. A round ends before a later one begins,
	/// and what an ended round can still finalise is older than the later one.
	fn round_over(&self) -> Result<Option<u64>> {
		let newest: Option<GrandpaJustification<Block>> = best_justification(&*self.backend)?;
		let Some(newest) = newest else { return Ok(None) };
		let (_, block) = newest.target();
		let header = self.client.header(block)?;
		let younger = header.as_ref().and_then(slot_of).is_some_and(|slot| slot > self.start);
		Ok(younger.then_some(newest.justification.round))
	}
}

/// The slot of a block; none for the first block.
pub fn slot_of(header: &Header) -> Option<Slot> {
	find_pre_digest::<Block, AuthoritySignature>(header).ok()
}

fn warning(mark: &Path) -> String {
	format!(
		"This validator gives no votes on final blocks: its database is new or older than votes that it gave ({}), and \
		 with two different votes in one round it could help to finalise two different blocks. It votes again by itself \
		 when the others finalise a block that was made after this start. If they wait for this node, or all start \
		 anew, start it again with --vote-at-once",
		mark.display()
	)
}
