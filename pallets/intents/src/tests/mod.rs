//! Tests of intents, one file a subject.

mod batch;
mod forgeries;
mod invariants;
mod submit;

use crate::{mock::*, Event, Refusal, SignedIntent};
use frame_support::{assert_ok, BoundedVec};
use winddown_primitives::LenderIndex;

/// Carries a batch as the operator.
fn carry(intents: Vec<SignedIntent<RuntimeCall>>) {
	assert_ok!(Intents::submit_batch(
		RuntimeOrigin::signed(OPERATOR),
		BoundedVec::truncate_from(intents)
	));
}

/// The refusals among the events so far, by position, row, sequence and reason; forgets them.
fn refusals() -> Vec<(u32, LenderIndex, u64, Refusal)> {
	take_events()
		.into_iter()
		.filter_map(|event| match event {
			Event::Refused { index, lender, sequence, reason, .. } => {
				Some((index, lender, sequence, reason))
			}
			Event::BatchSubmitted { .. } => None,
		})
		.collect()
}
