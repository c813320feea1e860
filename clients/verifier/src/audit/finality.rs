//! Finality, by the public verification library: the validators from genesis on, and their votes
//! for the last block.

use super::finding::{Code, Findings, Place};
use crate::archive::{trie, Block, Hash};
use codec::DecodeAll;
use winddown_proof::{
	finality::{AuthoritySet, Fault, Justification},
	header::{Authorities, Header, Signal},
	layout::grandpa,
};

/// The sets of validators so far, the last one in office.
#[derive(Default)]
pub struct Finality {
	sets: Vec<AuthoritySet>,
}

impl Finality {
	/// How often the validators changed.
	pub fn changes(&self) -> usize {
		self.sets.len().saturating_sub(1)
	}

	/// Block 0: the first validators, as its state proves them.
	pub fn begin(&mut self, proof: &[Vec<u8>], root: &Hash, findings: &mut Findings) {
		let read = |key: Vec<u8>| trie::value(proof, root, &key).ok().flatten();
		let authorities = read(grandpa::authorities())
			.and_then(|value| Authorities::decode_all(&mut value.as_slice()).ok());
		let id =
			read(grandpa::set_id()).and_then(|value| u64::decode_all(&mut value.as_slice()).ok());
		match authorities.zip(id).and_then(|(authorities, id)| AuthoritySet::new(id, authorities)) {
			Some(set) => self.sets.push(set),
			None => {
				let place = Place::block(0);
				findings.add(Code::AuthorityChange, place, "the first validators, proved", "none");
			}
		}
	}

	/// A later block: a change of the validators must be final by those before it, the target too.
	pub fn block(&mut self, block: &Block, target: u32, findings: &mut Findings) {
		let Ok(header) = Header::decode_all(&mut block.header.as_slice()) else {
			return findings.add(Code::ChainBroken, Place::default(), "a header", "other bytes");
		};
		let place = Place::block(header.number);
		let next = match next_authorities(&header) {
			Ok(next) => next,
			Err(what) => {
				return findings.add(Code::AuthorityChange, place, "a change in order", what)
			}
		};
		if next.is_none() && header.number != target {
			return;
		}
		let checked = self.check(&header, block.justification.as_deref());
		if let Err((code, found)) = checked {
			let expected = match &next {
				Some(_) => "a change that the validators before it made final",
				None => "a block that the validators made final",
			};
			let code = if next.is_some() { Code::AuthorityChange } else { code };
			findings.add(code, place.clone(), expected, found);
		}
		let Some(next) = next else { return };
		let id = self.sets.last().map_or(0, |set| set.id) + 1;
		match AuthoritySet::new(id, next) {
			Some(set) => self.sets.push(set),
			None => findings.add(Code::AuthorityChange, place, "validators with weight", "none"),
		}
	}

	fn check(&self, header: &Header, bytes: Option<&[u8]>) -> Result<(), (Code, String)> {
		let bytes = bytes.ok_or((Code::JustificationMissing, "no justification".to_string()))?;
		let justification = Justification::decode_all(&mut { bytes })
			.map_err(|_| (Code::JustificationInvalid, "bytes that are none".to_string()))?;
		let current = self.sets.last();
		let current =
			current.ok_or((Code::JustificationInvalid, "unknown validators".to_string()))?;
		let Err(fault) = current.check(header, &justification) else { return Ok(()) };
		let earlier = self.sets.iter().rev().skip(1);
		if let Some(stale) =
			earlier.into_iter().find(|set| set.check(header, &justification).is_ok())
		{
			let found = format!("set {} instead of set {}", stale.id, current.id);
			return Err((Code::AuthoritySetStale, found));
		}
		let code = match fault {
			Fault::OtherBlock | Fault::UnknownVoter => Code::JustificationForeign,
			_ => Code::JustificationInvalid,
		};
		Err((code, format!("{fault:?}")))
	}
}

fn next_authorities(header: &Header) -> Result<Option<Authorities>, &'static str> {
	let mut next = None;
	for signal in header.signals().map_err(|_| "an unreadable one")? {
		match signal {
			Signal::ScheduledChange(_) if next.is_some() => return Err("two at once"),
			Signal::ScheduledChange(change) if change.delay != 0 => return Err("a delayed one"),
			Signal::ScheduledChange(change) => next = Some(change.next),
			Signal::ForcedChange(..) => return Err("a forced one"),
			Signal::OnDisabled(_) | Signal::Pause(_) | Signal::Resume(_) => {}
		}
	}
	Ok(next)
}
