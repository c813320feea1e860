//! Random carriers: whatever is carried in whatever order, each intent acts at most once.

use super::*;
use crate::Sequences;
use proptest::prelude::*;
use std::collections::BTreeMap;
use winddown_primitives::pages::Page;

#[derive(Clone, Copy, Debug)]
enum Flaw {
	None,
	Forged,
	Fails,
}

fn steps() -> impl Strategy<Value = Vec<(LenderIndex, u64, Flaw)>> {
	let lender = prop_oneof![0..3u32, 62..66u32];
	let flaw = prop_oneof![4 => Just(Flaw::None), 1 => Just(Flaw::Forged), 1 => Just(Flaw::Fails)];
	prop::collection::vec((lender, 0..6u64, flaw), 1..60)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]

	#[test]
	fn sequences_only_rise_and_each_intent_acts_at_most_once(
		steps in steps(),
		size in 1..20usize,
	) {
		ExtBuilder::default().with_lenders(66).build_and_execute(|| {
			let mut used: BTreeMap<LenderIndex, u64> = BTreeMap::new();
			let mut expected = Vec::new();
			let mut batch = Vec::new();
			for (at, (lender, sequence, flaw)) in (0u32..).zip(steps) {
				let mut next = signed(lender, sequence, match flaw {
					Flaw::Fails => tear(at),
					_ => pin(at),
				});
				if let Flaw::Forged = flaw {
					next.intent.call = tear(at);
				}
				batch.push(next);
				let last = used.entry(lender).or_default();
				if sequence > *last && !matches!(flaw, Flaw::Forged) {
					*last = sequence;
					if let Flaw::None = flaw {
						expected.push((lender, at));
					}
				}
			}
			for part in batch.chunks(size) {
				carry(part.to_vec());
			}
			assert_eq!(notes(), expected);
			for (lender, last) in used {
				assert_eq!(Intents::last_sequence(CASE, lender), last);
			}
		});
	}
}

#[test]
fn a_key_made_without_the_map_is_that_of_the_map() {
	ExtBuilder::default().build_and_execute(|| {
		for (case, lender) in [(0, 0), (1, 64), (CASE, 389_999), (u32::MAX, LenderIndex::MAX)] {
			let key = Sequences::<Test>::hashed_key_for(case, lender / 64);
			assert_eq!(Intents::page_key(case, lender).to_vec(), key);
		}
	});
}

#[test]
fn the_check_of_the_storage_notices_a_page_of_a_wrong_form() {
	for (bytes, complaint) in [
		(vec![1, 0, 0], "a page of sequences ends within a cell"),
		(vec![], "an empty page of sequences was kept"),
		(vec![0; 8], "a page of sequences ends with an unused one"),
	] {
		ExtBuilder::default().build().execute_with(|| {
			carry(vec![signed(0, 1, pin(1))]);
			assert_ok!(Intents::do_try_state());
			Sequences::<Test>::insert(CASE, 1, Page::<8>::truncate_from(bytes));
			assert_eq!(Intents::do_try_state(), Err(complaint.into()));
		});
	}
}
