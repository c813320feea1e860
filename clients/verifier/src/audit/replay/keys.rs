//! Keys: bound, replaced, taken back.

use super::{role, Code, Extrinsic, World};
use crate::chain::{call::Call, event::Event, types::*};

impl World {
	pub(super) fn keys_event(&mut self, extrinsic: &mut Extrinsic, event: Event) {
		match event {
			Event::KeyRegistered { case, lender, key } => {
				// One call binds many: it stays for the next event.
				let named = extrinsic.find(|call| {
					matches!(call, Call::Register { case: c, keys } if *c == case && keys.contains(&(lender, key)))
				});
				if named.is_none() {
					let place = self.here(extrinsic).at_row(lender);
					self.note(
						case,
						Code::EventUnexplained,
						place,
						"a registration of this key",
						"none",
					);
				}
				let fresh =
					self.cases.get(&case).is_some_and(|case| !case.keys.contains_key(&lender));
				self.bind(extrinsic, case, lender, key, fresh);
			}
			Event::BatchRegistered { case, by } => {
				let placed = extrinsic
					.take(|call| matches!(call, Call::Register { case: c, .. } if *c == case));
				self.acted(case, extrinsic, placed.as_ref(), &by, role::REGISTRAR);
			}
			Event::KeyRebound { case, lender, to, by, .. } => {
				let placed = extrinsic.take(|call| {
					matches!(call, Call::Rebind { case: c, lender: l, key } if (*c, *l, *key) == (case, lender, to))
				});
				self.acted(case, extrinsic, placed.as_ref(), &by, role::REGISTRAR);
				let bound =
					self.cases.get(&case).is_some_and(|case| case.keys.contains_key(&lender));
				self.bind(extrinsic, case, lender, to, bound);
			}
			Event::KeyRevoked { case, lender, by } => {
				let placed = extrinsic.take(
					|call| matches!(call, Call::Revoke { case: c, lender: l } if (*c, *l) == (case, lender)),
				);
				self.acted(case, extrinsic, placed.as_ref(), &by, role::REGISTRAR);
				let known = self.cases.get_mut(&case);
				if let Some((_, active)) = known.and_then(|case| case.keys.get_mut(&lender)) {
					*active = false;
				}
			}
			_ => {}
		}
	}

	fn bind(&mut self, extrinsic: &Extrinsic, case: CaseId, lender: Row, key: Key, in_order: bool) {
		let place = self.here(extrinsic).at_row(lender);
		let Some(known) = self.cases.get_mut(&case) else { return };
		let owner = known.owners.insert(key, lender);
		known.keys.insert(lender, (key, true));
		if let Some(owner) = owner {
			self.note(
				case,
				Code::KeyInUse,
				place.clone(),
				"a key never used",
				format!("that of row {owner}"),
			);
		}
		if !in_order {
			let expected = "a row without a key for a registration, with one for a rebinding";
			self.note(case, Code::KeyDiffers, place, expected, "the other");
		}
	}
}
