//! What the node does for the runtime in native code, beyond what every Substrate node does: it
//! verifies the signatures of many lenders together, on all its cores. Each takes half the time that
//! it takes alone.
//!
//! Blocks are executed by these functions for ever: none of them may change its answer. What must
//! answer otherwise becomes a new version beside the old one.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "std")]
mod batch;

use alloc::vec::Vec;
use codec::{Decode, Encode};
use sp_runtime_interface::{
	pass_by::{AllocateAndReturnByCodec, PassFatPointerAndDecode},
	runtime_interface,
};

/// Everything that a runtime of Winddown may ask of its node.
#[cfg(feature = "std")]
pub type HostFunctions = (sp_io::SubstrateHostFunctions, signatures::HostFunctions);

/// A message with the sr25519 signature and the public key that it is claimed to verify under.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct SignedMessage {
	/// The public key.
	pub key: [u8; 32],
	/// The signature.
	pub signature: [u8; 64],
	/// What was signed.
	pub message: Vec<u8>,
}

/// Signatures, many at a time.
#[runtime_interface]
pub trait Signatures {
	/// For each run whether every signature in it is one that `sp_io::crypto::sr25519_verify`
	/// accepts. A run of none is valid. Which one of a run is bad it does not tell.
	///
	/// The answer is the same on every node: what the check needs of chance comes from a hash of the
	/// run. That a run with a bad signature passes is as improbable as the forgery of a signature.
	fn valid_sr25519_runs(
		runs: PassFatPointerAndDecode<Vec<Vec<SignedMessage>>>,
	) -> AllocateAndReturnByCodec<Vec<bool>> {
		batch::valid_runs(&runs)
	}
}
