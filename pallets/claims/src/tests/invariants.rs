//! What holds after any sequence of calls, and that `do_try_state` notices when it does not.

use crate::{mock::*, Adjusted, ClaimState, Entries, RollPhase, Rolls, Ruling};
use frame_support::assert_ok;
use proptest::prelude::*;
use sp_io::storage::root as storage_root;
use sp_runtime::StateVersion;
use std::collections::BTreeMap;
use winddown_primitives::{traits::ElectoralRoll, Fen, Stage, Votes};
use ClaimState::*;

#[derive(Clone, Debug)]
enum Act {
	Import(u32, u32),
	Lock(u32),
	Clear(u32, u32),
	Confirm(u32, Fen),
	Dispute(u32),
	Call(Vec<(u32, Fen)>),
	Deem(Vec<u32>),
	Rule(u32, Ruling),
	AdmitLate(u32, Fen, u8),
	Freeze,
	Thaw,
	Wait(u64),
}

const LENDERS: core::ops::Range<u32> = 0..75;

fn act() -> impl Strategy<Value = Act> {
	// Mostly the stated amount, sometimes one fen more.
	let claim = || {
		(LENDERS, prop_oneof![9 => Just(0), 1 => Just(1)])
			.prop_map(|(lender, off)| (lender, stated(lender) + off))
	};
	let ruling = prop_oneof![
		Just(Ruling::Uphold),
		(0..500u128).prop_map(Ruling::Adjust),
		(0..500u128).prop_map(Ruling::Provisional),
		Just(Ruling::Exclude),
	];
	prop_oneof![
		1 => (0..75u32, 1..70u32).prop_map(|(first, count)| Act::Import(first, count)),
		1 => (1..75u32).prop_map(Act::Lock),
		1 => (0..75u32, 0..3u32).prop_map(|(rows, pages)| Act::Clear(rows, pages)),
		6 => claim().prop_map(|(lender, amount)| Act::Confirm(lender, amount)),
		6 => LENDERS.prop_map(Act::Dispute),
		4 => prop::collection::vec(claim(), 0..5).prop_map(Act::Call),
		4 => prop::collection::vec(LENDERS, 0..5).prop_map(Act::Deem),
		8 => (LENDERS, ruling).prop_map(|(lender, ruling)| Act::Rule(lender, ruling)),
		3 => (0..160u32, 0..9u128, 0..9u8).prop_map(|(n, amount, class)| Act::AdmitLate(n, amount, class)),
		1 => Just(Act::Freeze),
		2 => Just(Act::Thaw),
		2 => (0..2_000u64).prop_map(Act::Wait),
	]
}

#[derive(Clone, Debug)]
struct ModelRow {
	number: u32,
	class: u8,
	stated: Fen,
	amount: Fen,
	state: ClaimState,
}

/// The roll as a plain list of rows.
#[derive(Clone, Default)]
struct Model {
	rows: Vec<ModelRow>,
	locked: bool,
	clearing: bool,
	polls: u32,
	elapsed: u64,
}

impl Model {
	/// Carries the act out and tells whether it is allowed; a refused one may leave traces.
	fn carry_out(&mut self, act: &Act) -> bool {
		match act {
			Act::Import(first, count) => {
				for row in *first..first + count {
					let (number, class, stated) = (2 * row, (row % 3) as u8, stated(row));
					self.rows.push(ModelRow {
						number,
						class,
						stated,
						amount: stated,
						state: Imported,
					});
				}
				!self.locked && !self.clearing && self.rows.len() as u32 == first + count
			}
			Act::Clear(rows, pages) => {
				let length = self.rows.len() as u32;
				let kept = length.div_ceil(64).saturating_sub(*pages) * 64;
				self.rows.truncate(kept as usize);
				self.clearing = kept > 0;
				!self.locked && *rows == length && length > 0 && *pages > 0
			}
			Act::Lock(heads) => {
				let allowed = !self.locked && !self.clearing && self.rows.len() as u32 == *heads;
				self.locked = true;
				self.elapsed = 0;
				allowed
			}
			Act::Confirm(lender, amount) => {
				let thawed = self.polls == 0;
				self.change(*lender, |row| {
					let allowed = match row.state {
						Imported | Deemed => true,
						Disputed => thawed,
						_ => false,
					};
					row.state = ConfirmedByApp;
					allowed && *amount == row.stated
				})
			}
			Act::Dispute(lender) => {
				let open = self.polls == 0 && self.elapsed < WINDOW;
				self.change(*lender, |row| {
					let before = std::mem::replace(&mut row.state, Disputed);
					open && matches!(before, Imported | ConfirmedByApp | ConfirmedByCall | Deemed)
				})
			}
			Act::Call(claims) => {
				!claims.is_empty()
					&& claims.iter().all(|(lender, amount)| {
						self.change(*lender, |row| match row.state {
							Imported | Deemed => {
								row.state = ConfirmedByCall;
								*amount == row.stated
							}
							_ => true,
						})
					})
			}
			Act::Deem(lenders) => {
				let over = self.elapsed >= WINDOW;
				!lenders.is_empty()
					&& lenders.iter().all(|lender| {
						self.change(*lender, |row| {
							if row.state == Imported {
								row.state = Deemed;
							}
							over
						})
					})
			}
			Act::Rule(lender, ruling) => {
				let thawed = self.polls == 0;
				self.change(*lender, |row| {
					let contested =
						matches!(row.state, Disputed | Provisional | Adjudicated | Excluded);
					let before = row.state;
					(row.state, row.amount) = match ruling {
						Ruling::Uphold => (Adjudicated, row.stated),
						Ruling::Adjust(amount) => (Adjudicated, *amount),
						Ruling::Provisional(amount) => (Provisional, *amount),
						Ruling::Exclude => (Excluded, 0),
					};
					thawed
						&& match ruling {
							Ruling::Exclude => before != Excluded,
							_ => contested && row.amount > 0,
						}
				})
			}
			Act::AdmitLate(number, amount, class) => {
				let known = self.rows.iter().any(|row| row.number == *number);
				self.rows.push(ModelRow {
					number: *number,
					class: *class,
					stated: *amount,
					amount: *amount,
					state: Adjudicated,
				});
				let mut classes: Vec<_> = self.rows.iter().map(|row| row.class).collect();
				classes.sort();
				classes.dedup();
				self.locked && self.polls == 0 && !known && *amount > 0 && classes.len() <= 8
			}
			Act::Freeze => {
				self.polls += 1;
				self.locked
			}
			Act::Thaw => {
				let allowed = self.polls > 0;
				self.polls = self.polls.saturating_sub(1);
				allowed
			}
			Act::Wait(time) => {
				self.elapsed += time;
				true
			}
		}
	}

	fn change(&mut self, lender: u32, change: impl FnOnce(&mut ModelRow) -> bool) -> bool {
		self.locked && self.rows.get_mut(lender as usize).is_some_and(change)
	}

	fn eligible(&self) -> BTreeMap<u8, Votes> {
		let mut totals = BTreeMap::new();
		for row in self.rows.iter().filter(|row| !matches!(row.state, Disputed | Excluded)) {
			let votes: &mut Votes = totals.entry(row.class).or_default();
			*votes = votes.checked_add(Votes::one(row.amount)).unwrap();
		}
		totals
	}
}

fn carry_out(act: &Act) -> bool {
	let outcome = match act {
		Act::Import(first, count) => import(*first, rows(*first..first + count)),
		Act::Lock(heads) => lock_rows(*heads),
		Act::Clear(rows, pages) => {
			dispatch(PLATFORM, crate::Call::clear { case_id: CASE, rows: *rows, pages: *pages })
		}
		Act::Confirm(lender, amount) => {
			as_lender(*lender, crate::Call::confirm { amount: *amount })
		}
		Act::Dispute(lender) => dispute(*lender),
		Act::Call(claims) => confirm_by_call(claims.clone()),
		Act::Deem(lenders) => deem_confirmed(lenders.clone()),
		Act::Rule(lender, ruling) => adjudicate(*lender, *ruling),
		Act::AdmitLate(number, amount, class) => admit_late(*number, *amount, *class),
		Act::Freeze => Claims::freeze(CASE),
		Act::Thaw => Claims::thaw(CASE),
		Act::Wait(time) => {
			let now = <Fakes as frame_support::traits::Time>::now();
			Fakes::set_now(now + time);
			Ok(())
		}
	};
	outcome.is_ok()
}

/// Carries the acts out on the pallet and on the model, and compares them.
fn both_agree(acts: &[Act]) {
	ExtBuilder::default().with_deemed_confirmation().build_and_execute(|| {
		let mut model = Model::default();
		for act in acts {
			let mut next = model.clone();
			let allowed = next.carry_out(act);
			let before = storage_root(StateVersion::V1);
			assert_eq!(carry_out(act), allowed, "{act:?} on {:?}", model.rows);
			if allowed {
				model = next;
			} else {
				assert_eq!(storage_root(StateVersion::V1), before, "{act:?} left traces");
			}
			if model.locked {
				let expected = model.eligible();
				let totals = Claims::totals(CASE).unwrap();
				for class in 0..9 {
					assert_eq!(
						totals.class(class),
						expected.get(&class).copied().unwrap_or_default(),
						"class {class} after {act:?}"
					);
				}
			}
		}
		for (lender, row) in (0..).zip(&model.rows) {
			let claim = claim(lender);
			assert_eq!((claim.state, claim.amount), (row.state, row.amount));
			let votes = !matches!(row.state, Imported | Disputed | Excluded);
			let right = Claims::voting_right(CASE, lender).ok().map(|right| right.amount);
			assert_eq!(right, votes.then_some(row.amount));
		}
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(150))]

	#[test]
	fn any_sequence_of_calls_ends_where_a_plain_model_ends(
		acts in prop::collection::vec(act(), 1..60)
	) {
		both_agree(&acts);
	}

	#[test]
	fn any_sequence_of_calls_on_a_locked_roll_keeps_the_totals_those_of_the_rows(
		acts in prop::collection::vec(act(), 1..120)
	) {
		let imported = [Act::Import(0, 63), Act::Import(63, 7), Act::Lock(70)];
		both_agree(&[&imported[..], &acts].concat());
	}
}

/// Spoils sound storage and expects `do_try_state` to notice.
fn spoilt(what: &str, spoil: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		assert_ok!(import(0, rows(0..70)));
		assert_ok!(lock_rows(70));
		assert_ok!(confirm(0));
		assert_ok!(dispute(64));
		assert_ok!(adjudicate(64, Ruling::Provisional(5)));
		assert_ok!(admit_late(1, 9, 0));
		assert_ok!(Claims::do_try_state());
		spoil();
		assert!(Claims::do_try_state().is_err(), "{what}");
	});
}

#[test]
fn storage_that_is_not_sound_is_noticed() {
	let change = |change: fn(&mut crate::Roll)| {
		Rolls::<Test>::mutate(CASE, |roll| change(roll.as_mut().unwrap()))
	};
	spoilt("an amount changed", || Entries::<Test>::mutate(CASE, 0, |page| page[0] ^= 1));
	spoilt("a class changed", || Entries::<Test>::mutate(CASE, 0, |page| page[16] ^= 1));
	spoilt("an amount of zero", || {
		Entries::<Test>::mutate(CASE, 0, |page| (0..16).for_each(|at| page[at] = 0))
	});
	spoilt("a page is gone", || Entries::<Test>::remove(CASE, 1));
	spoilt("a page too many", || Entries::<Test>::insert(CASE, 2, Entries::<Test>::get(CASE, 0)));
	spoilt("a state changed", || Entries::<Test>::mutate(CASE, 0, |page| page[17] = 4));
	spoilt("no such state", || Entries::<Test>::mutate(CASE, 0, |page| page[17] = 8));
	spoilt("an entry beyond the rows", || {
		Entries::<Test>::mutate(CASE, 1, |page| page.bounded_resize(8 * 18, 0));
	});
	spoilt("an exception changed", || Adjusted::<Test>::insert(CASE, 64, 6));
	spoilt("an exception is gone", || Adjusted::<Test>::remove(CASE, 64));
	spoilt("an exception without a ruling", || Adjusted::<Test>::insert(CASE, 0, 6));
	spoilt("an exception that states the same", || Adjusted::<Test>::insert(CASE, 70, 9));
	spoilt("eligible heads and fen", || {
		change(|roll| roll.eligible.add(0, Votes::one(1)).unwrap())
	});
	spoilt("eligible fen of two classes", || {
		change(|roll| {
			roll.eligible.add(0, Votes { heads: 0, amount: 1 }).unwrap();
			roll.eligible.remove(1, Votes { heads: 0, amount: 1 }).unwrap();
		})
	});
	spoilt("imported totals", || {
		change(|roll| roll.imported.remove(0, Votes { heads: 0, amount: 1 }).unwrap())
	});
	spoilt("counts", || change(|roll| roll.counts.deemed += 1));
	spoilt("rows", || change(|roll| roll.rows -= 1));
	spoilt("a lock undone", || change(|roll| roll.phase = RollPhase::Importing));
	spoilt("a case that nobody imported", || Rolls::<Test>::remove(CASE));
	spoilt("an entry in an unknown case", || {
		Entries::<Test>::insert(99, 0, Entries::<Test>::get(CASE, 0))
	});
}

#[test]
fn a_poll_on_a_roll_that_is_not_locked_is_noticed() {
	new_test_ext().execute_with(|| {
		Fakes::set_stage(CASE, Stage::Noticed);
		assert_ok!(import(0, rows(0..2)));
		assert_ok!(Claims::do_try_state());
		Rolls::<Test>::mutate(CASE, |roll| roll.as_mut().unwrap().open_polls = 1);
		assert!(Claims::do_try_state().is_err());
	});
}

#[test]
fn keys_made_without_the_maps_are_those_of_the_maps() {
	ExtBuilder::default().build_and_execute(|| {
		for (case, row) in [(0, 0), (1, 64), (u32::MAX, u32::MAX)] {
			let entries = Entries::<Test>::hashed_key_for(case, row / 64);
			assert_eq!(Claims::entries_key(case, row).to_vec(), entries);
		}
	});
}
