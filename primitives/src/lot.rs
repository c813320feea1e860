//! Lots: an order that nobody knew when it was asked for.
//!
//! Who asks names a block that does not exist yet; its hash decides. The author of that block could try
//! several, so a lot is as good as the validators are many and apart (docs/decisions.md).

use crate::{CaseId, LenderIndex, PollId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_io::hashing::blake2_256;

/// Blocks from the one that asks for a lot to the one whose hash is drawn.
pub const LOT_DELAY: u32 = 10;

/// What the place of a tied option is drawn from, before hash, poll, item and option.
pub const TIE_TAG: &[u8; 19] = b"winddown/lot/tie/v1";
/// What the place of a candidate on a ballot is drawn from, before hash, case and row.
pub const BALLOT_TAG: &[u8; 22] = b"winddown/lot/ballot/v1";

/// A lot that was drawn.
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
)]
pub struct Lot {
	/// The block.
	pub block: u32,
	/// The hash of that block.
	pub block_hash: [u8; 32],
}

impl Lot {
	/// Where a tied option of a poll comes: BLAKE2b-256 over [`TIE_TAG`], the hash and, in SCALE, the
	/// poll, the item and the option, both from 0. The smallest comes first.
	pub fn of_option(&self, poll: PollId, item: u8, option: u8) -> [u8; 32] {
		(TIE_TAG, self.block_hash, poll, item, option).using_encoded(blake2_256)
	}

	/// Where a candidate stands on the ballot: BLAKE2b-256 over [`BALLOT_TAG`], the hash and, in SCALE,
	/// the case and the candidate's row. The smallest comes first.
	pub fn of_candidate(&self, case: CaseId, lender: LenderIndex) -> [u8; 32] {
		(BALLOT_TAG, self.block_hash, case, lender).using_encoded(blake2_256)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_lot_is_drawn_from_the_documented_bytes() {
		let lot = Lot { block: 9, block_hash: [7; 32] };
		let bytes = [TIE_TAG.as_slice(), &[7; 32], &[3, 0, 0, 0], &[1], &[2]].concat();
		assert_eq!(lot.of_option(3, 1, 2), blake2_256(&bytes));
		let bytes = [BALLOT_TAG.as_slice(), &[7; 32], &[3, 0, 0, 0], &[4, 0, 0, 0]].concat();
		assert_eq!(lot.of_candidate(3, 4), blake2_256(&bytes));
	}
}
