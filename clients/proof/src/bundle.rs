//! The file that holds a proof: eight bytes of magic, then one SCALE value (docs/bundle.md).

use crate::{failure::Failure, finality::Justification, header::Header, state::Proof};
use alloc::vec::Vec;
use codec::{Decode, DecodeAll, Encode};
use serde::Serialize;

/// The first bytes of every bundle; the last is the version of the format.
pub const MAGIC: [u8; 8] = *b"WDPROOF1";

/// Most bytes of a bundle, its certificate included: 16 MiB.
pub const MAX_BYTES: usize = 16 << 20;

/// A proof of one statement, to be checked without a node.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Bundle {
	/// What is claimed.
	pub statement: Claim,
	/// The plaintext behind the digest on the chain, where the holder has it.
	pub plaintext: Option<Plaintext>,
	/// The block whose state proves the claim.
	pub header: Header,
	/// The validators' votes that make that block final.
	pub justification: Justification,
	/// The values of that block's state, or their absence; see [`crate::verify::keys`].
	pub state: Proof,
	/// Where trust begins.
	pub origin: Origin,
	/// Every change of the validators between the origin and the block, ascending.
	pub changes: Vec<Change>,
	/// A document for people (PDF). It is never checked and proves nothing.
	pub certificate: Option<Vec<u8>>,
}

/// What a bundle claims.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Claim {
	/// A lender's ballot is in a poll's column.
	#[codec(index = 0)]
	Ballot {
		/// The case.
		case: u32,
		/// The poll.
		poll: u32,
		/// The lender's row.
		lender: u32,
	},
	/// A lender has no ballot in a poll's column.
	#[codec(index = 1)]
	NoBallot {
		/// The case.
		case: u32,
		/// The poll.
		poll: u32,
		/// The lender's row.
		lender: u32,
	},
	/// An evidence record is on the chain.
	#[codec(index = 2)]
	Evidence {
		/// The record.
		id: u64,
	},
	/// The result of a closed poll is on the chain.
	#[codec(index = 3)]
	Outcome {
		/// The case.
		case: u32,
		/// The poll.
		poll: u32,
	},
}

/// The plaintext behind a digest.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Plaintext {
	/// The bytes that were digested: a ballot's record, a document, all lines of a batch, or the
	/// SCALE encoding of a value of the chain.
	#[codec(index = 0)]
	Whole(Vec<u8>),
	/// One record of a batch.
	#[codec(index = 1)]
	Leaf {
		/// Its canonical bytes.
		record: Vec<u8>,
		/// Its position in the batch, from 0.
		position: u32,
		/// The hashes beside its way to the root, from the leaf upwards.
		siblings: Vec<[u8; 32]>,
	},
}

/// Where trust begins: a block whose hash the verifier knows, and its validators.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Origin {
	/// The genesis block, or the block of a checkpoint.
	pub header: Header,
	/// Its GRANDPA authorities, the number of their set and that no change is pending; see
	/// [`crate::authorities::keys`].
	pub state: Proof,
}

/// A block that changed the validators, finalised by the old ones.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Change {
	/// Its header, which names the next validators.
	pub header: Header,
	/// The old validators' votes.
	pub justification: Justification,
}

impl Bundle {
	/// The bytes of the file.
	pub fn to_bytes(&self) -> Vec<u8> {
		let mut bytes = MAGIC.to_vec();
		self.encode_to(&mut bytes);
		bytes
	}

	/// Reads a file. Nothing in it is checked yet, and nothing of it may be trusted.
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, Failure> {
		if bytes.len() > MAX_BYTES {
			return Err(Failure::TooLarge);
		}
		let mut rest = bytes.strip_prefix(&MAGIC).ok_or(Failure::NotABundle)?;
		Self::decode_all(&mut rest).map_err(|_| Failure::Malformed)
	}
}
