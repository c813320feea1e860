//! The plaintext record of a ballot, which the operator keeps and the chain knows by its digest.

use crate::digest::{of_bytes, Algorithm};
use rand::RngCore;
use serde::{Deserialize, Serialize};
use winddown_primitives::{CaseId, Choice, Digest, LenderIndex, Millis, PollId};

/// A ballot in plaintext: one line of JSON, its fields in this order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BallotRecord {
	/// The version of this form.
	pub version: u8,
	/// The case.
	pub case: CaseId,
	/// The poll.
	pub poll: PollId,
	/// The lender's row.
	pub lender: LenderIndex,
	/// For each item the options marked, from 0; of a resolution 0 is for and 1 against.
	pub choices: Vec<Vec<u8>>,
	/// When it was cast, in milliseconds, by the lender's clock.
	pub cast_at: Millis,
	/// 32 random bytes, hexadecimal, so that the digest tells nothing.
	pub salt: String,
}

impl BallotRecord {
	/// Records a ballot with fresh salt.
	pub fn new(
		case: CaseId,
		poll: PollId,
		lender: LenderIndex,
		choices: &[Choice],
		cast_at: Millis,
		randomness: &mut impl RngCore,
	) -> Self {
		let mut salt = [0; 32];
		randomness.fill_bytes(&mut salt);
		Self {
			version: 1,
			case,
			poll,
			lender,
			choices: choices
				.iter()
				.map(|choice| (0..32).filter(|option| choice.marks(*option)).collect())
				.collect(),
			cast_at,
			salt: hex::encode(salt),
		}
	}

	/// The line of JSON, without its end.
	pub fn line(&self) -> String {
		serde_json::to_string(self).expect("numbers and texts are always JSON")
	}

	/// The digest that stands on chain: BLAKE2b-256 of the line.
	pub fn digest(&self) -> Digest {
		of_bytes(Algorithm::Blake2b256, self.line().as_bytes())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn two_equal_ballots_have_different_digests_and_one_record_has_one() {
		let record = || {
			BallotRecord::new(1, 2, 3, &[Choice::FOR, Choice(0b101)], 4, &mut rand::thread_rng())
		};
		let (one, other) = (record(), record());
		assert_ne!(one.digest(), other.digest());
		assert_eq!(one.choices, [vec![0], vec![0, 2]]);
		let read: BallotRecord = serde_json::from_str(&one.line()).unwrap();
		assert_eq!((read.digest(), read.line()), (one.digest(), one.line()));
	}
}
