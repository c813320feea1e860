//! The verification of a whole bundle (docs/bundle.md, section "Verification").

mod ballot;
mod evidence;
mod outcome;
mod plaintext;
mod winners;

use crate::{
	authorities::{self, Anchor},
	bundle::{Bundle, Claim},
	failure::{Failure, Finalised, Value},
	layout::{self, evidence::Account},
	report::{Block, Report, Subject},
	state::State,
	words,
};
use alloc::{vec, vec::Vec};

/// Verifies the bytes of a bundle: that the chain which begins at `anchor` finalised a block in whose
/// state the bundle's claim holds, and that the plaintext in it is what was digested.
///
/// Trust: `anchor`; that in every set of validators on the way less than a third broke the protocol,
/// and that nobody else had their keys, then or later; BLAKE2b, ed25519 and the algorithm of the
/// plaintext's digest. Nothing else is assumed, and the report names what stays open.
pub fn verify(bytes: &[u8], anchor: &Anchor) -> Result<Report, Failure> {
	verify_bundle(&Bundle::from_bytes(bytes)?, anchor)
}

/// Verifies a bundle that was read already; trust as for [`verify`].
pub fn verify_bundle(bundle: &Bundle, anchor: &Anchor) -> Result<Report, Failure> {
	let set = authorities::begin(&bundle.origin, anchor)?;
	let set = authorities::follow(set, &bundle.origin.header, &bundle.changes)?;
	let header = &bundle.header;
	let newest = bundle.changes.last().map_or(&bundle.origin.header, |change| &change.header);
	if header.number <= newest.number {
		return Err(Failure::BlockOutOfOrder);
	}
	set.check(header, &bundle.justification)
		.map_err(|fault| Failure::NotFinal { block: Finalised::Block, fault })?;

	let mut state = State::open(header.state_root, &bundle.state)?;
	let time = state.require(&layout::time(), Value::Time)?;
	let block = Block {
		number: header.number,
		hash: header.hash(),
		time,
		set_id: set.id,
		validators: set.validators() as u32,
		changes: bundle.changes.len() as u32,
	};
	let subject = subject(bundle, &mut state, &block, anchor)?;
	state.finish()?;

	let (proved, not_proved) = words::findings(&subject, &block, anchor);
	Ok(Report { claim: bundle.statement, anchor: *anchor, block, subject, proved, not_proved })
}

fn subject(
	bundle: &Bundle,
	state: &mut State,
	block: &Block,
	anchor: &Anchor,
) -> Result<Subject, Failure> {
	let plaintext = bundle.plaintext.as_ref();
	match bundle.statement {
		Claim::Ballot { case, poll, lender } => {
			let row = ballot::row(state, case, poll, lender, block.time)?;
			ballot::cast(row, plaintext, anchor)
		}
		Claim::NoBallot { case, poll, lender } => {
			let row = ballot::row(state, case, poll, lender, block.time)?;
			ballot::none(row, plaintext)
		}
		Claim::Evidence { id } => evidence::record(state, id, plaintext).map(Subject::Evidence),
		Claim::Outcome { .. } if plaintext.is_some() => Err(Failure::PlaintextOutOfPlace),
		Claim::Outcome { case, poll } => outcome::result(state, case, poll),
	}
}

/// The keys whose values the proof of a poll's result shows. The classes stand in the poll itself.
pub fn outcome_keys(poll: u32, classes: impl IntoIterator<Item = u8>) -> Vec<Vec<u8>> {
	let mut keys = vec![layout::time(), layout::polls::poll(poll), layout::polls::result(poll)];
	keys.extend(classes.into_iter().map(|class| layout::polls::tally(poll, class)));
	keys
}

/// The keys whose values, or absence, the proof of a claim on a ballot shows, one way or the other.
pub fn ballot_keys(case: u32, poll: u32, lender: u32) -> Vec<Vec<u8>> {
	vec![
		layout::time(),
		layout::polls::poll(poll),
		layout::polls::ballots(poll, lender),
		layout::roll::identities(case, lender),
	]
}

/// The keys whose values, or absence, the proof of an evidence record shows. Case, version of the
/// policy and its institutions stand in the record and the policy themselves.
pub fn evidence_keys(id: u64, case: u32, policy: u16, arbiters: &[Account]) -> Vec<Vec<u8>> {
	let mut keys =
		vec![layout::time(), layout::evidence::record(id), layout::evidence::policy(case, policy)];
	keys.extend(arbiters.iter().map(|arbiter| layout::evidence::attestation(id, arbiter)));
	keys
}
