//! Reading the chain: its encodings, written down once more for the audit.

pub mod call;
pub mod event;
pub mod extrinsic;
pub mod metadata;
mod shape;
pub mod storage;
pub mod types;

/// Bytes that are not what they should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the bytes do not decode")]
pub struct Malformed;

impl From<codec::Error> for Malformed {
	fn from(_: codec::Error) -> Self {
		Self
	}
}
