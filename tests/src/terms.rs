//! The clock, and the terms of a case that the tests start from.

use std::time::{SystemTime, UNIX_EPOCH};
use winddown_primitives::{
	rules::Preset, CandidateOrder, CaseTerms, DeemedConfirmation, Millis, TieBreak,
};

/// An hour, in milliseconds.
pub const HOUR: Millis = 3_600_000;

/// The time, in milliseconds.
pub fn now() -> Millis {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
	since.as_millis() as Millis
}

/// Shenzhen's rule for everything, windows of an hour.
pub fn terms() -> CaseTerms {
	let rule = Preset::SzTwoThirdsDoubleHalf.rule();
	CaseTerms {
		resolution: rule.clone(),
		election: rule.clone(),
		plan: rule,
		max_rounds: 2,
		max_revotes: 3,
		seats: 7,
		reserves: 5,
		candidate_floor: 0,
		candidate_order: CandidateOrder::Nomination,
		tie_break: TieBreak::Nomination,
		deemed: DeemedConfirmation::Never,
		confirmation_window: HOUR,
		voting_window: HOUR,
		review_window: HOUR,
		grace: HOUR,
	}
}
