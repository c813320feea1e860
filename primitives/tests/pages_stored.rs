//! A page changed in storage must be what the same page is, decoded, changed and stored again.

use codec::{Decode, Encode};
use proptest::prelude::*;
use sp_io::TestExternalities;
use winddown_primitives::pages::{
	cell_mut, change_stored, stored_bytes, Page, PageError, PAGE_ROWS,
};

const KEY: &[u8] = b"column";

/// Changes a stored page as a map does: decoded, and stored again when `change` succeeds.
fn change_decoded<const WIDTH: u32>(
	slot: u32,
	width: usize,
	change: impl FnOnce(&mut [u8]) -> Result<u8, PageError>,
) -> Result<u8, PageError> {
	let mut page = match sp_io::storage::get(KEY) {
		Some(bytes) => Page::<WIDTH>::decode(&mut &bytes[..]).expect("a page"),
		None => Page::default(),
	};
	let changed = change(cell_mut(&mut page, slot, width)?)?;
	sp_io::storage::set(KEY, &page.encode());
	Ok(changed)
}

/// Marks a cell, or fails after it did; returns what it held.
fn mark(cell: &mut [u8], mark: u8, fails: bool) -> Result<u8, PageError> {
	let before = cell[0];
	cell.fill(mark);
	match fails {
		true => Err(PageError::OutOfPage),
		false => Ok(before),
	}
}

/// Applies the same changes to a page by both ways; both must answer and store the same.
fn compare<const WIDTH: u32, const BYTES: usize>(changes: &[(u32, u8, bool)]) {
	let width = WIDTH as usize;
	let (mut stored, mut decoded) = (TestExternalities::default(), TestExternalities::default());
	for (slot, byte, fails) in changes {
		let one = stored.execute_with(|| {
			let answer =
				change_stored::<BYTES, _, _>(KEY, *slot, width, |cell| mark(cell, *byte, *fails));
			(answer, sp_io::storage::get(KEY))
		});
		let other = decoded.execute_with(|| {
			let answer = change_decoded::<WIDTH>(*slot, width, |cell| mark(cell, *byte, *fails));
			(answer, sp_io::storage::get(KEY))
		});
		assert_eq!(one, other, "slot {slot} of width {width}");
	}
}

proptest! {
	#[test]
	fn a_page_changed_in_storage_is_the_page_changed_by_decoding(
		changes in prop::collection::vec((0..PAGE_ROWS + 2, 1..u8::MAX, prop::bool::weighted(0.2)), 1..30),
	) {
		compare::<1, { stored_bytes(1) }>(&changes);
		compare::<8, { stored_bytes(8) }>(&changes);
		compare::<38, { stored_bytes(38) }>(&changes);
		compare::<63, { stored_bytes(63) }>(&changes);
		compare::<64, { stored_bytes(64) }>(&changes);
		compare::<128, { stored_bytes(128) }>(&changes);
	}
}

#[test]
fn a_page_that_grows_past_63_bytes_gets_a_longer_length_and_keeps_its_cells() {
	let every_slot: Vec<_> = (0..PAGE_ROWS).map(|slot| (slot, slot as u8 + 1, false)).collect();
	compare::<1, { stored_bytes(1) }>(&every_slot);
	TestExternalities::default().execute_with(|| {
		for slot in 0..PAGE_ROWS {
			let marked = change_stored::<{ stored_bytes(1) }, _, _>(KEY, slot, 1, |cell| {
				mark(cell, slot as u8 + 1, false)
			});
			assert_eq!(marked, Ok(0));
		}
		let bytes = sp_io::storage::get(KEY).expect("stored");
		let page = Page::<1>::decode(&mut &bytes[..]).expect("a page");
		assert_eq!(page.to_vec(), (1..=64).collect::<Vec<u8>>());
	});
}

#[test]
fn a_slot_beyond_the_page_or_too_little_room_changes_nothing() {
	TestExternalities::default().execute_with(|| {
		let try_at = |slot, width| {
			change_stored::<{ stored_bytes(8) }, _, _>(KEY, slot, width, |cell| {
				mark(cell, 1, false)
			})
		};
		assert_eq!(try_at(64, 8), Err(PageError::OutOfPage));
		assert_eq!(try_at(u32::MAX, 8), Err(PageError::OutOfPage));
		assert_eq!(try_at(0, 9), Err(PageError::OutOfPage));
		assert_eq!(sp_io::storage::get(KEY), None);
	});
}

#[test]
fn a_page_wider_than_it_should_be_is_left_alone() {
	TestExternalities::default().execute_with(|| {
		let wide = vec![7u8; 600].encode();
		sp_io::storage::set(KEY, &wide);
		let changed =
			change_stored::<{ stored_bytes(8) }, _, _>(KEY, 0, 8, |cell| mark(cell, 1, false));
		assert_eq!(changed, Err(PageError::OutOfPage));
		assert_eq!(sp_io::storage::get(KEY).map(|bytes| bytes.to_vec()), Some(wide));
	});
}

#[test]
fn the_change_runs_only_on_a_sound_page() {
	TestExternalities::default().execute_with(|| {
		let changed = change_stored::<{ stored_bytes(8) }, (), PageError>(KEY, 64, 8, |_| {
			panic!("there is no such cell")
		});
		assert_eq!(changed, Err(PageError::OutOfPage));
	});
}
