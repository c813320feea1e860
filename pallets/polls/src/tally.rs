//! The running count of a class, and how a ballot changes it.

use crate::types::{ClassTally, Limit, MAX_TALLIED};
use alloc::vec::Vec;
use frame_support::BoundedVec;
use winddown_primitives::{Choice, Votes, MAX_ITEMS};

/// A count that a ballot moves.
enum Count {
	Voted,
	Option(usize),
	Abstained(usize),
}

/// Visits every count that a ballot moves, until one fails.
fn visit_counts(
	limits: &[Limit],
	choices: &[Choice],
	mut visit: impl FnMut(Count) -> Option<()>,
) -> Option<()> {
	visit(Count::Voted)?;
	let mut first = 0usize;
	for (item, (limit, choice)) in limits.iter().zip(choices).enumerate() {
		let mut marks = choice.0;
		if marks == 0 {
			visit(Count::Abstained(item))?;
		}
		while marks != 0 {
			let option = marks.trailing_zeros();
			if option >= limit.options.into() {
				return None;
			}
			visit(Count::Option(first.checked_add(option as usize)?))?;
			// Clears the lowest mark.
			marks &= marks.saturating_sub(1);
		}
		first = first.checked_add(limit.options.into())?;
	}
	Some(())
}

impl ClassTally {
	/// Nobody voted yet.
	pub fn new(limits: &[Limit]) -> Self {
		let options = limits.iter().map(|limit| usize::from(limit.options)).sum();
		let zeros = |count| core::iter::repeat_n(Votes::default(), count).collect::<Vec<_>>();
		Self {
			voted: Votes::default(),
			options: BoundedVec::truncate_from(zeros(options)),
			abstained: BoundedVec::truncate_from(zeros(limits.len())),
		}
	}

	/// Counts a ballot; `None` on overflow, or when it does not fit the tally.
	pub fn add(&mut self, limits: &[Limit], choices: &[Choice], votes: Votes) -> Option<()> {
		visit_counts(limits, choices, |count| {
			let count = match count {
				Count::Voted => &mut self.voted,
				Count::Option(at) => self.options.get_mut(at)?,
				Count::Abstained(item) => self.abstained.get_mut(item)?,
			};
			*count = count.checked_add(votes)?;
			Some(())
		})
	}
}

/// Bytes of an encoded count.
const COUNT: usize = 20;

/// Bytes of an encoded tally with up to 24 options and abstentions.
const USUAL: usize = COUNT * 25 + 3;

/// Bytes of the largest encoded tally: everybody, options and abstentions, and two lengths.
const LARGEST: usize = COUNT * (1 + MAX_TALLIED as usize + MAX_ITEMS as usize) + 3;

/// A [`ClassTally`] as it is encoded, in which counts are changed at their offsets: a ballot moves
/// a few of up to 265 counts, and decoding them all would cost more than the rest of the ballot.
pub struct EncodedTally<'a> {
	bytes: &'a mut [u8],
	options_at: usize,
	abstained_at: usize,
}

/// Changes the tally stored under `key`; `None` when it is not one for `limits`, or when `change`
/// fails, and then nothing is stored.
pub fn change_stored(
	key: &[u8],
	limits: &[Limit],
	change: impl FnOnce(&mut EncodedTally) -> Option<()>,
) -> Option<()> {
	let options = limits.iter().map(|limit| usize::from(limit.options)).sum();
	let options_at = COUNT.checked_add(compact_bytes(options))?;
	let abstained_at = nth_count(options_at, options)?.checked_add(compact_bytes(limits.len()))?;
	let length = nth_count(abstained_at, limits.len())?;

	let change_in = |bytes: &mut [u8]| {
		if sp_io::storage::read(key, bytes, 0)? as usize != length {
			return None;
		}
		change(&mut EncodedTally { bytes, options_at, abstained_at })?;
		sp_io::storage::set(key, bytes);
		Some(())
	};
	// Filling the largest buffer with zeros takes longer than all the rest.
	if length <= USUAL {
		change_in([0; USUAL].get_mut(..length)?)
	} else {
		change_in([0; LARGEST].get_mut(..length)?)
	}
}

impl EncodedTally<'_> {
	/// Counts a ballot; `None` on overflow, or when it does not fit the tally.
	pub fn add(&mut self, limits: &[Limit], choices: &[Choice], votes: Votes) -> Option<()> {
		self.change(limits, choices, |count| count.checked_add(votes))
	}

	/// Takes back a counted ballot; `None` when it was not counted.
	pub fn remove(&mut self, limits: &[Limit], choices: &[Choice], votes: Votes) -> Option<()> {
		self.change(limits, choices, |count| count.checked_sub(votes))
	}

	fn change(
		&mut self,
		limits: &[Limit],
		choices: &[Choice],
		step: impl Fn(Votes) -> Option<Votes>,
	) -> Option<()> {
		visit_counts(limits, choices, |count| {
			let at = match count {
				Count::Voted => 0,
				Count::Option(option) => nth_count(self.options_at, option)?,
				Count::Abstained(item) => nth_count(self.abstained_at, item)?,
			};
			let (heads, rest) = self.bytes.get_mut(at..)?.split_first_chunk_mut()?;
			let amount = rest.first_chunk_mut()?;
			let count = step(Votes {
				heads: u32::from_le_bytes(*heads),
				amount: u128::from_le_bytes(*amount),
			})?;
			*heads = count.heads.to_le_bytes();
			*amount = count.amount.to_le_bytes();
			Some(())
		})
	}
}

/// Where the `n`th of the counts stands that begin at `start`.
fn nth_count(start: usize, n: usize) -> Option<usize> {
	n.checked_mul(COUNT)?.checked_add(start)
}

/// Bytes of the encoded length of a list of up to 256 counts.
const fn compact_bytes(length: usize) -> usize {
	if length < 64 {
		1
	} else {
		2
	}
}
