use crate::{ClassId, Fen, IdentityHash};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::ConstU32, BoundedVec};

/// Most classes of creditors in a case.
pub const MAX_CLASSES: u32 = 8;

/// Heads and the amount that they stand for.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct Votes {
	/// Persons.
	pub heads: u32,
	/// Fen.
	pub amount: Fen,
}

impl Votes {
	/// One head with `amount` fen.
	pub const fn one(amount: Fen) -> Self {
		Self { heads: 1, amount }
	}

	/// The sum; `None` on overflow.
	pub fn checked_add(self, other: Self) -> Option<Self> {
		Some(Self {
			heads: self.heads.checked_add(other.heads)?,
			amount: self.amount.checked_add(other.amount)?,
		})
	}

	/// The difference; `None` when `other` exceeds it.
	pub fn checked_sub(self, other: Self) -> Option<Self> {
		Some(Self {
			heads: self.heads.checked_sub(other.heads)?,
			amount: self.amount.checked_sub(other.amount)?,
		})
	}
}

/// What one class of a roll holds.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct ClassTotal {
	/// The class.
	pub class: ClassId,
	/// Its eligible heads and fen.
	pub eligible: Votes,
}

/// The eligible roll of a case: the denominators of its votes, one total for each class, in
/// ascending order of the class.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct RollTotals {
	classes: BoundedVec<ClassTotal, ConstU32<MAX_CLASSES>>,
}

impl RollTotals {
	/// The totals of the classes, in ascending order.
	pub fn classes(&self) -> &[ClassTotal] {
		&self.classes
	}

	/// The eligible votes of `class`; none when the class does not occur.
	pub fn class(&self, class: ClassId) -> Votes {
		self.classes
			.iter()
			.find(|total| total.class == class)
			.map(|t| t.eligible)
			.unwrap_or_default()
	}

	/// Everybody; `None` on overflow.
	pub fn whole(&self) -> Option<Votes> {
		self.classes.iter().try_fold(Votes::default(), |sum, t| sum.checked_add(t.eligible))
	}

	/// Adds `votes` to `class`; `None` on overflow or when there are too many classes.
	pub fn add(&mut self, class: ClassId, votes: Votes) -> Option<()> {
		match self.classes.binary_search_by_key(&class, |total| total.class) {
			Ok(at) => {
				let total = self.classes.get_mut(at)?;
				total.eligible = total.eligible.checked_add(votes)?;
			}
			Err(at) => self.classes.try_insert(at, ClassTotal { class, eligible: votes }).ok()?,
		}
		self.whole().map(|_| ())
	}

	/// Takes `votes` from `class`; `None` when it holds less.
	pub fn remove(&mut self, class: ClassId, votes: Votes) -> Option<()> {
		let total = self.classes.iter_mut().find(|total| total.class == class)?;
		total.eligible = total.eligible.checked_sub(votes)?;
		Some(())
	}
}

/// The running digest of a roll without rows.
pub const EMPTY_ROLL_DIGEST: [u8; 32] = [0; 32];

/// The running digest of a roll after one more row: BLAKE2b with 256 bits and no key over 81 bytes,
/// namely the digest before (32), the identity hash (32), the amount in fen (16, little endian) and
/// the class (1).
///
/// Beginning with [`EMPTY_ROLL_DIGEST`], it is taken row by row in ascending order of the identity,
/// so it does not depend on the batches in which rows are imported.
pub fn roll_digest(
	before: &[u8; 32],
	identity: &IdentityHash,
	amount: Fen,
	class: ClassId,
) -> [u8; 32] {
	(before, identity, amount, class).using_encoded(blake2_256)
}

/// What a lender's ballot weighs, and in which class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VotingRight {
	/// The class.
	pub class: ClassId,
	/// Fen.
	pub amount: Fen,
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn totals_of_classes_stay_sorted_and_sum_up() {
		let mut totals = RollTotals::default();
		totals.add(2, Votes::one(5)).unwrap();
		totals.add(1, Votes::one(7)).unwrap();
		totals.add(2, Votes::one(1)).unwrap();
		assert_eq!(totals.classes().iter().map(|t| t.class).collect::<Vec<_>>(), [1, 2]);
		assert_eq!(totals.class(2), Votes { heads: 2, amount: 6 });
		assert_eq!(totals.whole(), Some(Votes { heads: 3, amount: 13 }));
		totals.remove(2, Votes::one(5)).unwrap();
		assert_eq!(totals.class(2), Votes::one(1));
	}

	#[test]
	fn totals_refuse_to_overflow_underflow_or_hold_a_ninth_class() {
		let mut totals = RollTotals::default();
		totals.add(0, Votes::one(u128::MAX)).unwrap();
		assert_eq!(totals.clone().add(0, Votes::one(1)), None);
		assert_eq!(totals.clone().add(1, Votes::one(1)), None, "the sum over classes overflows");
		assert_eq!(totals.clone().remove(1, Votes::one(1)), None);
		let mut many = RollTotals::default();
		for class in 0..8 {
			many.add(class, Votes::one(1)).unwrap();
		}
		assert_eq!(many.add(8, Votes::one(1)), None);
	}

	#[test]
	fn the_running_digest_is_that_of_its_documentation() {
		// Recomputed with Python: hashlib.blake2b(before + identity + amount.to_bytes(16, "little")
		// + bytes([class]), digest_size=32).
		let one = roll_digest(&EMPTY_ROLL_DIGEST, &IdentityHash([1; 32]), 2_420_000, 0);
		let two = roll_digest(&one, &IdentityHash([2; 32]), 1, 3);
		assert_eq!(hex(one), "4a4f868765e520e55357b7eb06f10ba60afa0306a3155cf43a7ba859631f13a9");
		assert_eq!(hex(two), "9820758a626fb100a7182640b901f12c62adced6f3d6cc9d371b1cc8c5548bb0");
	}

	#[test]
	fn the_running_digest_depends_on_every_field_and_on_the_order() {
		let digest = |identity: u8, amount, class| {
			roll_digest(&[9; 32], &IdentityHash([identity; 32]), amount, class)
		};
		let base = digest(1, 2, 3);
		assert_ne!(base, digest(2, 2, 3));
		assert_ne!(base, digest(1, 3, 3));
		assert_ne!(base, digest(1, 2, 4));
		assert_ne!(base, roll_digest(&[8; 32], &IdentityHash([1; 32]), 2, 3));
	}

	fn hex(bytes: [u8; 32]) -> String {
		bytes.iter().map(|byte| format!("{byte:02x}")).collect()
	}
}
