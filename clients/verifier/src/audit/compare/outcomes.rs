//! Committee, plans and payments.

use super::{must_be, Code, Findings, Place, State};
use crate::{
	audit::replay::{Paid, Plan, World},
	chain::{
		storage,
		types::{Committee, Fen, Flag, Millis},
	},
};
use codec::Decode;
use std::collections::{BTreeMap, BTreeSet};

/// What was paid, persons, reports, when all was paid, and whether that was late.
type Progress = (Fen, u32, u32, Option<Millis>, Flag);

pub fn compare(state: &State, world: &World, findings: &mut Findings) {
	let id = world.scope;
	let Some(case) = world.cases.get(&id) else { return };
	let place = Place::default;
	if !case.committee_changed {
		let key = storage::key("CommitteeElection", "Committees", &[&storage::twox(&id)]);
		let own = case.committee.as_ref();
		must_be::<Committee>(state, &key, own, Code::OutcomeDiffers, place(), findings);
	}
	let key = storage::key("RepaymentVote", "Adopted", &[&storage::twox(&id)]);
	let adopted = case.adopted.as_ref();
	must_be::<u32>(state, &key, adopted, Code::OutcomeDiffers, place(), findings);
	let prefix = storage::key("RepaymentVote", "Plans", &[&storage::twox(&id)]);
	for (plan, own) in (0u32..).zip(&case.plans) {
		let key = [prefix.as_slice(), &storage::twox(&plan)].concat();
		must_be::<Plan>(state, &key, Some(own), Code::OutcomeDiffers, place(), findings);
	}
	let found = state.under(&prefix).count();
	findings.same(Code::OutcomeDiffers, place(), &case.plans.len(), &found);
	payments(state, id, &case.paid, findings);
}

/// What was paid of each instalment; a reply of a lender may make an entry for one not paid yet.
fn payments(state: &State, case: u32, own: &BTreeMap<u8, Paid>, findings: &mut Findings) {
	let prefix = storage::key("RepaymentVote", "Progresses", &[&storage::twox(&case)]);
	// Replies follow, which are not worked out.
	let stored: BTreeMap<u8, Option<Progress>> = state
		.under(&prefix)
		.filter_map(|(key, mut value)| Some((*key.last()?, Progress::decode(&mut value).ok())))
		.collect();
	let instalments: BTreeSet<u8> = own.keys().chain(stored.keys()).copied().collect();
	for instalment in instalments {
		let own = own.get(&instalment).copied().unwrap_or_default();
		let own: Progress = (own.amount, own.heads, own.reports, own.settled_at, own.flag);
		let found = stored.get(&instalment).copied().unwrap_or(Some(Progress::default()));
		if found != Some(own) {
			let expected = format!("instalment {instalment}: {own:?}");
			findings.add(Code::PaymentDiffers, Place::default(), expected, format!("{found:?}"));
		}
	}
}
