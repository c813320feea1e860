use crate::access::{Signed, TOLERANCE};
use std::{collections::BTreeSet, sync::Mutex};
use winddown_sdk::primitives::Millis;

/// Authorisations that were used, for as long as they would hold. The rate of each institution keeps
/// them few.
#[derive(Default)]
pub struct Used(Mutex<BTreeSet<(Millis, [u8; 32], String)>>);

impl Used {
	/// Whether an authorisation comes for the first time. One of the same account, moment and request
	/// is the same, also with another signature.
	pub fn is_first(&self, signed: &Signed, request: &str, now: Millis) -> bool {
		let mut used = self.0.lock().unwrap_or_else(|broken| broken.into_inner());
		let oldest = (now.saturating_sub(TOLERANCE), [0; 32], String::new());
		*used = used.split_off(&oldest);
		used.insert((signed.at, signed.account.0, request.into()))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::AccountId32;

	#[test]
	fn an_authorisation_counts_once_and_is_forgotten_when_it_no_longer_holds() {
		let used = Used::default();
		let signed = Signed { account: AccountId32([1; 32]), at: 100_000 };
		assert!(used.is_first(&signed, "GET /a", 100_000));
		assert!(!used.is_first(&signed, "GET /a", 100_000 + TOLERANCE));
		assert!(used.is_first(&signed, "GET /b", 100_000));
		assert!(used.is_first(&Signed { at: 100_001, ..signed.clone() }, "GET /a", 100_000));
		let other = Signed { account: AccountId32([2; 32]), ..signed };
		assert!(used.is_first(&other, "GET /a", 100_000));
		let later = Signed { at: 300_000, ..other };
		assert!(used.is_first(&later, "GET /a", 300_000));
		assert_eq!(used.0.lock().unwrap().len(), 1);
	}
}
