//! What holds after any sequence of calls, and that `do_try_state` notices when it does not.

use crate::{mock::*, Error, Identities, KeyOwners, Keys, LateRows, Rolls};
use frame_support::assert_ok;
use proptest::prelude::*;
use std::collections::BTreeMap;
use winddown_primitives::{
	traits::{IdentityColumn, LenderKeys},
	IdentityHash, LenderKey,
};

#[derive(Clone, Debug)]
enum Act {
	Append(Vec<u32>),
	Lock,
	AdmitLate(u32),
	Register(Vec<(u32, u8)>),
	Rebind(u32, u8),
	Revoke(u32),
}

fn act() -> impl Strategy<Value = Act> {
	let identities = prop::collection::btree_set(0..600u32, 0..90);
	prop_oneof![
		4 => identities.prop_map(|set| Act::Append(set.into_iter().collect())),
		1 => prop::collection::vec(0..600u32, 0..5).prop_map(Act::Append),
		1 => Just(Act::Lock),
		3 => (0..600u32).prop_map(Act::AdmitLate),
		3 => prop::collection::vec((0..140u32, 0..60u8), 0..6).prop_map(Act::Register),
		3 => (0..140u32, 0..60u8).prop_map(|(lender, key)| Act::Rebind(lender, key)),
		2 => (0..140u32).prop_map(Act::Revoke),
	]
}

/// The registry as plain collections.
#[derive(Clone, Default)]
struct Model {
	rows: Vec<u32>,
	locked: bool,
	used: BTreeMap<u8, u32>,
	keys: BTreeMap<u32, Option<u8>>,
}

impl Model {
	/// Carries the act out and tells whether it is allowed; a refused one may leave traces.
	fn carry_out(&mut self, act: &Act) -> bool {
		match act {
			Act::Append(identities) => {
				self.rows.extend(identities);
				!self.locked && self.rows.is_sorted_by(|a, b| a < b)
			}
			Act::Lock => {
				let allowed = !self.locked && !self.rows.is_empty();
				self.locked = true;
				allowed
			}
			Act::AdmitLate(identity) => {
				let allowed = self.locked && !self.rows.contains(identity);
				self.rows.push(*identity);
				allowed
			}
			Act::Register(pairs) => {
				self.locked
					&& !pairs.is_empty()
					&& pairs.iter().all(|(lender, key)| {
						!self.keys.contains_key(lender) && self.bind(*lender, *key)
					})
			}
			Act::Rebind(lender, key) => self.keys.contains_key(lender) && self.bind(*lender, *key),
			Act::Revoke(lender) => {
				matches!(self.keys.insert(*lender, None), Some(Some(_)))
			}
		}
	}

	fn bind(&mut self, lender: u32, key: u8) -> bool {
		self.keys.insert(lender, Some(key));
		(lender as usize) < self.rows.len() && self.used.insert(key, lender).is_none()
	}
}

fn carry_out(act: &Act) -> bool {
	let outcome = match act {
		Act::Append(numbers) => {
			let identities: Vec<_> = numbers.iter().copied().map(identity).collect();
			append(&identities)
		}
		Act::Lock => Registry::lock(CASE),
		Act::AdmitLate(number) => Registry::admit_late(CASE, identity(*number)).map(|_| ()),
		Act::Register(pairs) => {
			let pairs: Vec<_> =
				pairs.iter().map(|(lender, number)| (*lender, key(*number))).collect();
			register(&pairs)
		}
		Act::Rebind(lender, number) => rebind(*lender, key(*number)),
		Act::Revoke(lender) => revoke(*lender),
	};
	outcome.is_ok()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(200))]

	#[test]
	fn any_sequence_of_calls_ends_where_a_plain_model_ends(acts in prop::collection::vec(act(), 1..40)) {
		ExtBuilder::default().build_and_execute(|| {
			let mut model = Model::default();
			for act in &acts {
				let mut next = model.clone();
				let allowed = next.carry_out(act);
				assert_eq!(carry_out(act), allowed, "{act:?}");
				if allowed {
					model = next;
				}
			}
			assert_eq!(Registry::rows(CASE), model.rows.len() as u32);
			for (row, number) in model.rows.iter().enumerate() {
				assert_eq!(Registry::find(CASE, &identity(*number)), Some(row as u32));
			}
			for number in (0..600).filter(|number| !model.rows.contains(number)) {
				assert_eq!(Registry::find(CASE, &identity(number)), None);
			}
			for row in 0..model.rows.len() as u32 {
				let expected = match model.keys.get(&row) {
					Some(Some(number)) => Ok(key(*number)),
					Some(None) => Err(Error::<Test>::KeyRevoked.into()),
					None => Err(Error::<Test>::NotRegistered.into()),
				};
				assert_eq!(Registry::active_key(CASE, row), expected);
			}
		});
	}
}

/// Spoils sound storage and expects `do_try_state` to notice.
fn spoilt(what: &str, spoil: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		assert_ok!(append(&even_identities(70)));
		assert_ok!(Registry::lock(CASE));
		assert_ok!(Registry::admit_late(CASE, identity(1)));
		assert_ok!(register(&[(0, key(1)), (64, key(2))]));
		assert_ok!(Registry::do_try_state());
		spoil();
		assert!(Registry::do_try_state().is_err(), "{what}");
	});
}

#[test]
fn storage_that_is_not_sound_is_noticed() {
	spoilt("a page is gone", || Identities::<Test>::remove(CASE, 1));
	spoilt("a page too many", || {
		Identities::<Test>::insert(CASE, 2, Identities::<Test>::get(CASE, 0))
	});
	spoilt("a row out of order", || Identities::<Test>::mutate(CASE, 0, |page| page[0] = 0xff));
	spoilt("a row is not counted", || {
		Rolls::<Test>::mutate(CASE, |roll| roll.as_mut().unwrap().rows -= 1)
	});
	spoilt("a late row counts as sorted", || {
		Rolls::<Test>::mutate(CASE, |roll| roll.as_mut().unwrap().sorted_rows += 1)
	});
	spoilt("late rows before the lock", || {
		Rolls::<Test>::mutate(CASE, |roll| roll.as_mut().unwrap().locked = false)
	});
	spoilt("another last identity", || {
		Rolls::<Test>::mutate(CASE, |roll| roll.as_mut().unwrap().last = IdentityHash([9; 32]))
	});
	spoilt("a late row cannot be found", || LateRows::<Test>::remove(CASE, identity(1)));
	spoilt("a late row points elsewhere", || LateRows::<Test>::insert(CASE, identity(1), 3));
	spoilt("a late row that is a sorted one", || LateRows::<Test>::insert(CASE, identity(2), 1));
	spoilt("a key without an owner", || KeyOwners::<Test>::remove(CASE, key(1)));
	spoilt("a key with another owner", || KeyOwners::<Test>::insert(CASE, key(1), 64));
	spoilt("an owner without a key", || KeyOwners::<Test>::insert(CASE, key(3), 5));
	spoilt("a key beyond the rows", || {
		KeyOwners::<Test>::insert(CASE, key(3), 71);
		let mut page = Keys::<Test>::get(CASE, 1);
		let cell = page[..35].to_vec();
		page.bounded_resize(8 * 35, 0);
		page[7 * 35..].copy_from_slice(&cell);
		Keys::<Test>::insert(CASE, 1, page);
	});
	spoilt("a status that does not exist", || Keys::<Test>::mutate(CASE, 0, |page| page[34] = 3));
	spoilt("half a cell", || {
		Keys::<Test>::mutate(CASE, 0, |page| page.bounded_resize(36, 0));
	});
	spoilt("a case that nobody imported", || Rolls::<Test>::remove(CASE));
	spoilt("an owner in an unknown case", || {
		KeyOwners::<Test>::insert(99, LenderKey::Ed25519([1; 32]), 0)
	});
}

#[test]
fn keys_made_without_the_maps_are_those_of_the_maps() {
	ExtBuilder::default().build_and_execute(|| {
		for (case, row) in [(0, 0), (1, 64), (u32::MAX, u32::MAX)] {
			let identities = Identities::<Test>::hashed_key_for(case, row / 64);
			assert_eq!(Registry::identities_key(case, row).to_vec(), identities);
			let keys = Keys::<Test>::hashed_key_for(case, row / 64);
			assert_eq!(Registry::keys_key(case, row).to_vec(), keys);
		}
	});
}
