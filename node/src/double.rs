//! Two nodes with the same session keys: both make blocks in the same slots, and vote.
//!
//! Whoever sees it tells it with the institution's name, which is on chain: all nodes that see two blocks of one slot,
//! and both nodes themselves when a block comes from outside that only they could have made.

use crate::{service::Client, votes::slot_of};
use codec::{Decode, Encode};
use futures::StreamExt;
use sc_client_api::{BlockImportNotification, BlockchainEvents, HeaderBackend, StorageProvider};
use serde::Serialize;
use sp_api::ProvideRuntimeApi;
use sp_consensus::BlockOrigin;
use sp_consensus_aura::{sr25519::AuthorityId, AuraApi, Slot};
use sp_core::{
	crypto::{key_types::AURA, ByteArray},
	storage::StorageKey,
};
use sp_keystore::KeystorePtr;
use sp_runtime::traits::Header as _;
use std::{
	collections::{BTreeMap, VecDeque},
	sync::{Arc, Mutex, PoisonError},
};
use winddown_runtime::{opaque::Block, AccountId, BlockNumber, Hash, Runtime};

/// Slots whose blocks are remembered: ten minutes.
const SLOTS: usize = 200;
/// Events that are told by remote call: the newest.
const EVENTS: usize = 32;

/// A sign that two nodes have the same session keys.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Double {
	/// The name of the institution whose keys they are; the key for blocks when nobody on chain has it.
	pub institution: String,
	/// The slot, counted since 1970.
	pub slot: u64,
	/// The number of the block that showed it.
	pub number: BlockNumber,
	/// The blocks of that slot: two, or one that is not of the node that tells it.
	pub blocks: Vec<Hash>,
	/// Whether the keys are in the keystore of the node that tells it.
	pub own: bool,
}

impl Double {
	/// In words, with what to do.
	fn words(&self) -> String {
		let Self { institution, slot, number, blocks, own } = self;
		let blocks: Vec<_> = blocks.iter().map(|hash| format!("{hash:?}")).collect();
		let seen = match own {
			true => format!(
				"Another node runs with the session keys of this node, those of {institution}: it made block {number} \
				 ({}) in slot {slot}",
				blocks.join(", ")
			),
			false => format!(
				"Two nodes run with the session keys of {institution}: they made two blocks in slot {slot}, with the \
				 number {number} ({})",
				blocks.join(" and ")
			),
		};
		format!(
			"{seen}. Both vote on final blocks, and two different votes in one round can end in two histories. End one of \
			 the two at once, and delete its keystore. If nobody knows where the other one is, {institution} sets new \
			 keys on chain"
		)
	}
}

/// The newest events, for whoever asks.
#[derive(Clone, Default)]
pub struct Doubles(Arc<Mutex<VecDeque<Double>>>);

impl Doubles {
	/// All that are kept, the oldest first.
	pub fn list(&self) -> Vec<Double> {
		self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
	}

	fn tell(&self, double: Double) {
		log::error!("{}", double.words());
		let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
		kept.push_back(double);
		while kept.len() > EVENTS {
			kept.pop_front();
		}
	}
}

/// Looks at every block that comes.
pub struct Watch {
	pub client: Arc<Client>,
	/// The keys of this node, if it is a validator.
	pub keys: Option<KeystorePtr>,
	/// The slot in which the node started. Older blocks may be its own, from before.
	pub start: Slot,
	pub doubles: Doubles,
}

impl Watch {
	/// Says for whom this node makes blocks.
	pub fn tell_own(&self) {
		let best = self.client.info().best_hash;
		let Ok(authorities) = self.client.runtime_api().authorities(best) else { return };
		for author in authorities.iter().filter(|author| self.is_own(author)) {
			log::info!(
				"This node makes blocks and votes as {}: no other node may run with its session keys",
				self.institution(best, author)
			);
		}
	}

	/// Runs as long as the node.
	pub async fn run(self) {
		let mut imported = self.client.import_notification_stream();
		let mut seen = Seen::default();
		while let Some(block) = imported.next().await {
			let Some((slot, author)) = self.author(&block) else { continue };
			let own = self.is_own(&author);
			let foreign = own && block.origin != BlockOrigin::Own && slot > self.start;
			let earlier = seen.note(slot, &author, block.hash);
			if foreign || earlier.is_some() {
				let blocks = earlier.into_iter().filter(|_| !foreign).chain([block.hash]).collect();
				self.doubles.tell(Double {
					institution: self.institution(block.hash, &author),
					slot: slot.into(),
					number: *block.header.number(),
					blocks,
					own,
				});
			}
		}
	}

	/// The slot of a block and whose it was.
	fn author(&self, block: &BlockImportNotification<Block>) -> Option<(Slot, AuthorityId)> {
		let slot = slot_of(&block.header)?;
		let authorities =
			self.client.runtime_api().authorities(*block.header.parent_hash()).ok()?;
		let turn = u64::from(slot).checked_rem(authorities.len() as u64)?;
		Some((slot, authorities.get(turn as usize)?.clone()))
	}

	fn is_own(&self, author: &AuthorityId) -> bool {
		let key = [(author.to_raw_vec(), AURA)];
		self.keys.as_ref().is_some_and(|keys| keys.has_keys(&key))
	}

	/// The name of the institution whose key it is.
	fn institution(&self, at: Hash, author: &AuthorityId) -> String {
		self.name(at, author).unwrap_or_else(|| format!("0x{}", hex(&author.to_raw_vec())))
	}

	fn name(&self, at: Hash, author: &AuthorityId) -> Option<String> {
		let key = (AURA, author.to_raw_vec());
		let account: AccountId =
			self.read(at, pallet_session::KeyOwner::<Runtime>::hashed_key_for(key))?;
		let place = pallet_consortium::Institutions::<Runtime>::hashed_key_for(account);
		let institution: pallet_consortium::Institution = self.read(at, place)?;
		Some(institution.name.as_str().into())
	}

	fn read<Value: Decode>(&self, at: Hash, key: Vec<u8>) -> Option<Value> {
		let value = self.client.storage(at, &StorageKey(key)).ok()??;
		Value::decode(&mut &value.0[..]).ok()
	}
}

fn hex(bytes: &[u8]) -> String {
	bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first block of each of the last slots, by author.
#[derive(Default)]
struct Seen(BTreeMap<(Slot, Vec<u8>), Hash>);

impl Seen {
	/// Notes a block; another one of the same author in the same slot, if there was one.
	fn note(&mut self, slot: Slot, author: &AuthorityId, block: Hash) -> Option<Hash> {
		let first = *self.0.entry((slot, author.encode())).or_insert(block);
		while self.0.len() > SLOTS {
			self.0.pop_first();
		}
		(first != block).then_some(first)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::{crypto::UncheckedFrom, sr25519};

	fn author(number: u8) -> AuthorityId {
		sr25519::Public::unchecked_from([number; 32]).into()
	}

	fn block(number: u8) -> Hash {
		Hash::repeat_byte(number)
	}

	#[test]
	fn two_blocks_of_one_author_in_one_slot_are_found_and_no_others() {
		let mut seen = Seen::default();
		assert_eq!(seen.note(7.into(), &author(1), block(1)), None);
		assert_eq!(seen.note(7.into(), &author(1), block(1)), None, "it came again");
		assert_eq!(seen.note(8.into(), &author(1), block(2)), None, "another slot");
		assert_eq!(seen.note(7.into(), &author(2), block(3)), None, "another author: of a fork");
		assert_eq!(seen.note(7.into(), &author(1), block(4)), Some(block(1)));
		for slot in 100..100 + SLOTS as u64 {
			assert_eq!(seen.note(slot.into(), &author(1), block(5)), None);
		}
		assert_eq!(seen.0.len(), SLOTS, "what is remembered has a bound");
	}

	#[test]
	fn the_words_name_the_institution_and_say_what_to_do() {
		let mut double = Double {
			institution: "Arbitration Commission One".into(),
			slot: 9,
			number: 4,
			blocks: vec![block(1), block(2)],
			own: false,
		};
		let (one, two) = ("01".repeat(32), "02".repeat(32));
		assert_eq!(
			double.words(),
			format!(
				"Two nodes run with the session keys of Arbitration Commission One: they made two blocks in slot 9, with \
				 the number 4 (0x{one} and 0x{two}). Both vote on final blocks, and two different votes in one round can \
				 end in two histories. End one of the two at once, and delete its keystore. If nobody knows where the \
				 other one is, Arbitration Commission One sets new keys on chain"
			)
		);
		(double.own, double.blocks) = (true, vec![block(2)]);
		assert!(double.words().starts_with(&format!(
			"Another node runs with the session keys of this node, those of Arbitration Commission One: it made block \
			 4 (0x{two}) in slot 9. Both vote"
		)));
	}

	#[test]
	fn events_are_kept_up_to_a_bound() {
		let doubles = Doubles::default();
		for number in 0..40 {
			doubles.tell(Double {
				institution: "A".into(),
				slot: 1,
				number,
				blocks: vec![],
				own: false,
			});
		}
		let kept = doubles.list();
		assert_eq!((kept.len(), kept[0].number, kept[31].number), (EVENTS, 8, 39));
	}
}
