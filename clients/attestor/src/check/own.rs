//! A value of the chain itself against its digest.

use super::{Basis, Reason, Verdict};
use winddown_proof::digest::{Algorithm, Digest};

/// What the chain's storage holds that a digest may be of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
	/// A digest that stands in storage as it is.
	Digest(Digest),
	/// Values in SCALE; one of them should have the digest.
	Values(Vec<Vec<u8>>),
}

/// Looks for what the chain digested.
///
/// Storage may not show it any more: the reasons of an escalation stand in an event only, and a node
/// throws old states away. Then it rests on consensus, as every node computed it when it executed
/// the block. Only a digest that cannot have changed is rejected.
pub fn own(digest: &Digest, source: &Source) -> Verdict {
	match source {
		Source::Digest(stored) if stored == digest => Verdict::Confirm(Basis::Recomputed),
		Source::Digest(_) => Verdict::Reject(Reason::ValueDiffers),
		Source::Values(values) => {
			let found = values.iter().any(|value| Algorithm::Blake2b256.hash(value) == *digest);
			Verdict::Confirm(if found { Basis::Recomputed } else { Basis::Consensus })
		}
	}
}
