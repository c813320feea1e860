//! The state of a chain as a whole: what a block changed, by the names of storage items.

use frame_support::traits::StorageInfoTrait;
use std::collections::{BTreeMap, BTreeSet};
use winddown_runtime::AllPalletsWithSystem;

/// Every key of a state with its value.
pub struct State(BTreeMap<Vec<u8>, Vec<u8>>);

impl State {
	/// Reads the state, from within the chain.
	pub fn read() -> Self {
		let mut keys = Vec::new();
		let mut last = Vec::new();
		while let Some(key) = sp_io::storage::next_key(&last) {
			keys.push(key.clone());
			last = key;
		}
		let read = |key: Vec<u8>| {
			let value = sp_io::storage::get(&key)?.to_vec();
			Some((key, value))
		};
		Self(keys.into_iter().filter_map(read).collect())
	}

	/// The storage items in which two states differ, as `Pallet::Item`.
	pub fn changes(&self, before: &Self) -> BTreeSet<String> {
		let keys = self.0.keys().chain(before.0.keys());
		keys.filter(|key| self.0.get(*key) != before.0.get(*key)).map(|key| item(key)).collect()
	}

	/// The same without what every block changes, and every transaction whatever comes of it:
	/// clock, slot, events, nonces, the sender's tokens.
	pub fn lasting_changes(&self, before: &Self) -> BTreeSet<String> {
		let mut changes = self.changes(before);
		changes.retain(|item| !is_bookkeeping(item));
		changes
	}
}

fn is_bookkeeping(item: &str) -> bool {
	let kept = [
		"System::",
		"Timestamp::",
		"Aura::",
		"Scheduler::IncompleteSince",
		"Consortium::Buckets",
		":extrinsic_index",
	];
	kept.iter().any(|prefix| item.starts_with(prefix))
}

/// The storage item to which a key belongs.
fn item(key: &[u8]) -> String {
	let known = AllPalletsWithSystem::storage_info();
	let found = known.into_iter().find(|info| key.starts_with(&info.prefix));
	match found {
		Some(info) => [info.pallet_name, b"::".to_vec(), info.storage_name].concat(),
		None => key.to_vec(),
	}
	.escape_ascii()
	.to_string()
}

/// Storage items by their names.
pub fn items(names: &[&str]) -> BTreeSet<String> {
	names.iter().map(ToString::to_string).collect()
}
