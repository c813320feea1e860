//! Committee, plans and payments.

use super::{must_be, Code, Findings, Place, State};
use crate::{
	audit::replay::{Plan, World},
	chain::{
		storage,
		types::{Committee, Fen, Flag, Millis},
	},
};
use codec::Decode;

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
	let prefix = storage::key("RepaymentVote", "Progresses", &[&storage::twox(&id)]);
	for (instalment, own) in &case.paid {
		let key = [prefix.as_slice(), &storage::twox(instalment)].concat();
		// Replies follow, which are not worked out.
		let stored = state.get(&key).and_then(|mut value| Progress::decode(&mut value).ok());
		let own = (own.amount, own.heads, own.reports, own.settled_at, own.flag);
		if stored != Some(own) {
			let expected = format!("instalment {instalment}: {own:?}");
			findings.add(Code::PaymentDiffers, place(), expected, format!("{stored:?}"));
		}
	}
}
