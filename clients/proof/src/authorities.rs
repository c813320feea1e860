//! Who finalises blocks: from the validators of a known block through every change of theirs.
//!
//! Trust: the hash of the known block. From genesis nothing else is assumed of the beginning; a
//! checkpoint is believed to be a final block of the chain with that genesis hash.

use crate::{
	bundle::{Change, Origin},
	failure::{Failure, Finalised, Value},
	finality::AuthoritySet,
	hash::Hash,
	header::{Authorities, Header, Signal},
	layout::grandpa,
	state::State,
};
use alloc::vec::Vec;
use serde::Serialize;

/// The block that whoever verifies knows to be of the chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Anchor {
	/// The chain's first block.
	Genesis {
		/// Its hash.
		hash: Hash,
	},
	/// A later block.
	Checkpoint {
		/// The hash of the chain's first block, which a checkpoint cannot prove.
		genesis: Hash,
		/// The hash of the block.
		block: Hash,
	},
}

impl Anchor {
	/// The hash of the chain's first block.
	pub const fn genesis(&self) -> Hash {
		match self {
			Self::Genesis { hash } => *hash,
			Self::Checkpoint { genesis, .. } => *genesis,
		}
	}
}

/// The keys whose values, or absence, the proof of an [`Origin`] shows.
pub fn keys() -> [Vec<u8>; 3] {
	[grandpa::authorities(), grandpa::set_id(), grandpa::pending_change()]
}

/// The validators that finalise the blocks after the origin.
///
/// Trust: `anchor`, see the head of this module.
pub fn begin(origin: &Origin, anchor: &Anchor) -> Result<AuthoritySet, Failure> {
	match *anchor {
		Anchor::Genesis { hash } if origin.header.hash() != hash => {
			return Err(Failure::OtherChain)
		}
		Anchor::Genesis { .. } if origin.header.number != 0 => return Err(Failure::NotGenesis),
		Anchor::Checkpoint { block, .. } if origin.header.hash() != block => {
			return Err(Failure::OtherCheckpoint)
		}
		_ => {}
	}
	let mut state = State::open(origin.header.state_root, &origin.state)?;
	let authorities = state.require::<Authorities>(&grandpa::authorities(), Value::Authorities)?;
	let id = state.require(&grandpa::set_id(), Value::SetId)?;
	if state.bytes(&grandpa::pending_change(), Value::PendingChange)?.is_some() {
		return Err(Failure::ChangePending);
	}
	state.finish()?;
	AuthoritySet::new(id, authorities).ok_or(Failure::NoAuthorities)
}

/// The validators after `changes`, each of which the validators before it made final.
///
/// Trust: of every set, what [`crate::finality`] says. A change left out does not pass unnoticed: the
/// number of the set is part of what validators sign.
pub fn follow(
	mut set: AuthoritySet,
	origin: &Header,
	changes: &[Change],
) -> Result<AuthoritySet, Failure> {
	let mut before = origin.number;
	for (at, change) in changes.iter().enumerate() {
		let at = at as u32;
		if change.header.number <= before {
			return Err(Failure::ChangeOutOfOrder { change: at });
		}
		before = change.header.number;
		set.check(&change.header, &change.justification).map_err(|fault| Failure::NotFinal {
			block: Finalised::Change { change: at },
			fault,
		})?;
		set = next_set(&set, &change.header, at)?;
	}
	Ok(set)
}

/// The set that the change in `header` makes of `set`.
fn next_set(set: &AuthoritySet, header: &Header, at: u32) -> Result<AuthoritySet, Failure> {
	let signals = header.signals().map_err(|_| Failure::SignalUnreadable { change: at })?;
	let mut next = None;
	for signal in signals {
		match signal {
			Signal::ForcedChange(..) => return Err(Failure::ForcedChange { change: at }),
			Signal::ScheduledChange(_) if next.is_some() => {
				return Err(Failure::SeveralChanges { change: at })
			}
			Signal::ScheduledChange(change) if change.delay != 0 => {
				return Err(Failure::DelayedChange { change: at })
			}
			Signal::ScheduledChange(change) => next = Some(change.next),
			Signal::OnDisabled(_) | Signal::Pause(_) | Signal::Resume(_) => {}
		}
	}
	let next = next.ok_or(Failure::NoChange { change: at })?;
	let id = set.id.checked_add(1).ok_or(Failure::NoAuthorities)?;
	AuthoritySet::new(id, next).ok_or(Failure::NoAuthorities)
}
