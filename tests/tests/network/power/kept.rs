//! What a node that does not run has in its database.

use super::votes::Votes;
use crate::world::Outcome;
use anyhow::Context as _;
use codec::Encode;
use sc_client_api::{AuxStore, Backend as _, HeaderBackend};
use sc_client_db::{Backend, BlocksPruning, DatabaseSettings, DatabaseSource, PruningMode};
use sp_core::H256;
use std::{collections::BTreeMap, path::PathBuf};
use winddown_runtime::opaque::Block;

/// Where `sc-consensus-grandpa` keeps a validator's standing, and each round that is over.
const STANDING: &[u8] = b"grandpa_completed_round";
const OVER: &[u8] = b"grandpa_concluded_rounds";
/// The most blocks that wait to become canonical, as in a node.
const CANONICALIZATION_DELAY: u64 = 4096;

/// A database that no process uses.
pub struct Kept(Backend<Block>);

impl Kept {
	pub fn open(path: PathBuf) -> Outcome<Self> {
		let settings = DatabaseSettings {
			trie_cache_maximum_size: None,
			state_pruning: Some(PruningMode::ArchiveAll),
			source: DatabaseSource::ParityDb { path },
			blocks_pruning: BlocksPruning::KeepAll,
			pruning_filters: vec![],
			metrics_registry: None,
		};
		Ok(Self(Backend::new(settings, CANONICALIZATION_DELAY)?))
	}

	/// The last block that is final.
	pub fn final_block(&self) -> u64 {
		self.0.blockchain().info().finalized_number.into()
	}

	/// Blocks of these that are not final here.
	pub fn missing(&self, told: &BTreeMap<u64, H256>) -> Outcome<Vec<u64>> {
		let last = self.final_block();
		let mut missing = vec![];
		for (&number, &hash) in told {
			let here = self.0.blockchain().hash(u32::try_from(number)?)?;
			if number > last || here != Some(hash) {
				missing.push(number);
			}
		}
		Ok(missing)
	}

	/// Adds what the node remembers of votes; how many are its own in rounds that were open.
	pub fn standing(&self, votes: &mut Votes) -> Outcome<usize> {
		let standing =
			AuxStore::get_aux(&self.0, STANDING)?.context("a node that voted has a standing")?;
		Ok(votes.add_standing(&standing)?)
	}

	/// Makes the node forget its votes.
	pub fn forget_votes(&self) -> Outcome {
		Ok(AuxStore::insert_aux(&self.0, &[], &[STANDING])?)
	}

	/// Adds the votes of all rounds that are over, up to the first gap of so many rounds.
	pub fn rounds_over(&self, votes: &mut Votes) -> Outcome<u64> {
		const GAP: u64 = 1_000;
		let (mut found, mut last) = (0, 0);
		for round in 1u64.. {
			if round > last + GAP {
				break;
			}
			let key = [OVER, &round.encode()].concat();
			if let Some(encoded) = AuxStore::get_aux(&self.0, &key)? {
				votes.add_round(&encoded)?;
				(found, last) = (found + 1, round);
			}
		}
		Ok(found)
	}
}
