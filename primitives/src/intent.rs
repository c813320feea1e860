use crate::{CaseId, LenderIndex, Millis, Sequence};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;

/// What every signed intent begins with.
pub const INTENT_TAG: &[u8; 18] = b"winddown/intent/v1";

/// What a lender signs, but for the tag and the chain's genesis hash.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Intent<Call> {
	/// The case.
	pub case: CaseId,
	/// The lender's row.
	pub lender: LenderIndex,
	/// A number above the last one that this lender used, and not above `valid_until`.
	pub sequence: Sequence,
	/// The last moment, in milliseconds, at which the intent may be carried out.
	pub valid_until: Millis,
	/// What to do.
	pub call: Call,
}

/// The bytes that a lender signs: tag, genesis hash of the chain, intent; no length prefix.
pub fn signing_payload<Call: Encode>(genesis: &[u8; 32], intent: &Intent<Call>) -> Vec<u8> {
	(INTENT_TAG, genesis, intent).encode()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_payload_is_tag_genesis_and_fields_in_order() {
		let intent = Intent { case: 1, lender: 2, sequence: 3, valid_until: 4, call: 0xaau8 };
		let mut expected = b"winddown/intent/v1".to_vec();
		expected.extend([7; 32]);
		expected.extend(1u32.to_le_bytes());
		expected.extend(2u32.to_le_bytes());
		expected.extend(3u64.to_le_bytes());
		expected.extend(4u64.to_le_bytes());
		expected.push(0xaa);
		assert_eq!(signing_payload(&[7; 32], &intent), expected);
	}
}
