//! Ballots that must not count, and ballots that must.

use crate::{
	kit::{key, Case, Kit},
	story::*,
};
use codec::Encode;
use winddown_verifier::{chain::types::*, report::Report};

/// The good chain up to the open poll, then ballots that the chain accepts one by one.
struct Tampered {
	kit: Kit,
	records: Vec<serde_json::Value>,
}

impl Tampered {
	fn new() -> Self {
		Self { kit: until_open(), records: vec![] }
	}

	/// The chain carries this intent with a ballot of `lender`, at `now`.
	fn accept(mut self, now: u64, lender: u32, revision: u8, marks: u32, intent: Vec<u8>) -> Self {
		let record = ballot_record(lender, Some(0), 9);
		let told = vec![
			ballot_cast(&self.kit, lender, revision, marks, &record),
			carried(&self.kit, 1, 0),
		];
		let batch = self.kit.batch(&[intent]);
		self.kit.block(now, vec![(batch, told)]);
		self.records.push(exported("ballot", Some(lender), &record));
		self
	}

	fn call(&self, lender: u32, marks: u32) -> Vec<u8> {
		cast(&self.kit, marks, &ballot_record(lender, Some(0), 9))
	}

	fn audit(self) -> Report {
		let mut case: Case = self.kit.finish();
		case.records = self.records;
		case.audit()
	}

	fn names(self, code: &str) {
		let report = self.audit();
		assert!(report.counts.contains_key(code), "{}", report.text());
	}
}

#[test]
fn a_ballot_after_the_close_is_named() {
	let chain = Tampered::new();
	let intent = chain.kit.intent((0, 0), 2, 90_000, &chain.call(0, 1));
	chain.accept(CLOSES, 0, 1, 1, intent).names("ballot-after-close");
}

#[test]
fn a_ballot_signed_with_another_key_is_named() {
	let chain = Tampered::new();
	let call = chain.call(0, 1);
	let intent = chain.kit.intent_by(&key("Thief"), (0, 0), 2, 90_000, &call);
	chain.accept(52_000, 0, 1, 1, intent).names("signature-invalid");
}

#[test]
fn a_ballot_by_a_revoked_key_is_named() {
	let mut chain = Tampered::new();
	let call = chain.kit.call("IdentityRegistry", "revoke", (0u32, 0u32, 1u64));
	let fields = (0u32, 0u32, lender_key(0), crate::kit::account("Registrar"), 1u64);
	let told = chain.kit.event("IdentityRegistry", "KeyRevoked", fields);
	let revoke = chain.kit.signed("Registrar", &call);
	chain.kit.block(51_500, vec![(revoke, vec![told])]);
	let intent = chain.kit.intent((0, 0), 2, 90_000, &chain.call(0, 1));
	chain.accept(52_000, 0, 1, 1, intent).names("key-revoked");
}

#[test]
fn a_ballot_carried_twice_is_named() {
	let chain = Tampered::new();
	let intent = chain.kit.intent((0, 0), 2, 90_000, &chain.call(0, 1));
	let chain = chain.accept(52_000, 0, 1, 1, intent.clone());
	chain.accept(53_000, 0, 2, 1, intent).names("replay");
}

#[test]
fn an_intent_past_its_end_is_named() {
	let chain = Tampered::new();
	let intent = chain.kit.intent((0, 0), 2, 51_999, &chain.call(0, 1));
	chain.accept(52_000, 0, 1, 1, intent).names("intent-expired");
}

#[test]
fn a_sequence_above_the_end_of_its_intent_is_named_and_one_as_high_is_not() {
	let chain = Tampered::new();
	let intent = chain.kit.intent((0, 0), 90_001, 90_000, &chain.call(0, 1));
	chain.accept(52_000, 0, 1, 1, intent).names("sequence-too-high");

	let chain = Tampered::new();
	let intent = chain.kit.intent((0, 0), 90_000, 90_000, &chain.call(0, 1));
	let report = chain.accept(52_000, 0, 1, 1, intent).audit();
	assert_eq!(report.counts.get("sequence-too-high"), None, "{}", report.text());
	assert_eq!(report.figures.ballots, 1, "the ballot counts");
}

#[test]
fn the_highest_sequence_of_all_was_refused_rightly() {
	let mut chain = Tampered::new();
	let intent = chain.kit.intent((0, 0), u64::MAX, 90_000, &chain.call(0, 1));
	let too_high = 7u8;
	let told = vec![
		chain.kit.event("Intents", "Refused", (0u32, 0u32, 0u32, u64::MAX, too_high)),
		carried(&chain.kit, 0, 1),
	];
	let batch = chain.kit.batch(&[intent]);
	chain.kit.block(52_000, vec![(batch, told)]);
	let report = chain.audit();
	let judged = ["sequence-too-high", "refused-wrongly", "event-differs", "unreadable"];
	assert!(judged.iter().all(|code| !report.counts.contains_key(code)), "{}", report.text());
}

#[test]
fn a_row_without_a_key_is_named() {
	let chain = Tampered::new();
	let intent = chain.kit.intent((0, 9), 2, 90_000, &chain.call(9, 1));
	chain.accept(52_000, 9, 1, 1, intent).names("key-missing");
}

#[test]
fn a_ballot_of_another_case_in_a_poll_of_this_one_is_named() {
	let chain = Tampered::new();
	let intent = chain.kit.intent((1, 0), 2, 90_000, &chain.call(0, 1));
	chain.accept(52_000, 0, 1, 1, intent).names("key-missing");
}

#[test]
fn marks_that_the_item_does_not_allow_are_named() {
	let chain = Tampered::new();
	let intent = chain.kit.intent((0, 0), 2, 90_000, &chain.call(0, 0b11));
	chain.accept(52_000, 0, 1, 0b11, intent).names("ballot-choices");
}

#[test]
fn a_third_ballot_where_one_replacement_is_allowed_is_named() {
	let mut chain = Tampered::new();
	for (revision, sequence) in [(1, 2), (2, 3), (3, 4)] {
		let intent = chain.kit.intent((0, 0), sequence, 90_000, &chain.call(0, 1));
		chain = chain.accept(51_000 + sequence, 0, revision, 1, intent);
	}
	chain.names("revotes-exceeded");
}

#[test]
fn a_good_ballot_that_was_refused_is_named() {
	let mut chain = Tampered::new();
	let intent = chain.kit.intent((0, 0), 2, 90_000, &chain.call(0, 1));
	let bad_signature = 5u8;
	let told = vec![
		chain.kit.event("Intents", "Refused", (0u32, 0u32, 0u32, 2u64, bad_signature)),
		carried(&chain.kit, 0, 1),
	];
	let batch = chain.kit.batch(&[intent]);
	chain.kit.block(52_000, vec![(batch, told)]);
	chain.names("refused-wrongly");
}

#[test]
fn a_call_that_lenders_may_not_make_is_named() {
	let mut chain = Tampered::new();
	let close = chain.kit.call("Polls", "close", 0u32);
	let intent = chain.kit.intent((0, 0), 2, 90_000, &close);
	let told = vec![carried(&chain.kit, 1, 0)];
	let batch = chain.kit.batch(&[intent]);
	chain.kit.block(52_000, vec![(batch, told)]);
	chain.names("call-not-allowed");
}

#[test]
fn a_ballot_that_nobody_cast_has_no_intent() {
	let mut chain = Tampered::new();
	let told = vec![ballot_cast(&chain.kit, 0, 1, 1, "nothing")];
	let advance = chain.kit.signed("Association", &chain.kit.call("Cases", "advance", (0u32, 3u8)));
	chain.kit.block(52_000, vec![(advance, told)]);
	chain.names("event-unexplained");
}

#[test]
fn a_batch_within_another_call_is_followed_and_told() {
	let mut kit = until_open();
	let record = ballot_record(0, Some(0), 9);
	let intent = kit.intent((0, 0), 2, 90_000, &cast(&kit, 1, &record));
	let (pallet, call) = kit.metadata.call_index("Intents", "submit_batch").unwrap();
	let inner = [&[pallet, call, 4][..], &intent].concat();
	let (pallet, call) = kit.metadata.call_index("Utility", "batch").unwrap();
	let outer = kit.signed("Operator", &[&[pallet, call, 4][..], &inner].concat());
	let told = vec![ballot_cast(&kit, 0, 1, 1, &record), carried(&kit, 1, 0)];
	kit.block(52_000, vec![(outer, told)]);
	let mut case = kit.finish();
	case.records = vec![exported("ballot", Some(0), &record)];
	let report = case.audit();
	assert_eq!(report.figures.ballots, 1, "the ballot counts");
	assert_eq!(report.counts.get("wrapper-not-followed"), None, "{}", report.text());
}

#[test]
fn an_altered_ballot_in_the_column_is_named_with_its_row() {
	let mut case = good();
	case.edit(&page("Polls", "Ballots"), |bytes| *bytes.last_mut().unwrap() ^= 1);
	let report = case.audit();
	assert_eq!(report.counts.keys().copied().collect::<Vec<_>>(), ["ballot-altered"]);
	assert_eq!((report.findings[0].place.poll, report.findings[0].place.row), (Some(0), Some(1)));
}

#[test]
fn a_ballot_taken_out_of_the_column_is_missing() {
	let mut case = good();
	let [.., (_, marks, last)] = ballots();
	case.put(&page("Polls", "Ballots"), Some(cell(2, marks, &last).encode()));
	case.finds(&["ballot-missing"]);
}

#[test]
fn a_ballot_put_into_the_column_is_extra() {
	let mut case = good();
	let extra = cell(1, 1, "nobody's");
	case.edit(&page("Polls", "Ballots"), |bytes| {
		let cells = [&bytes[2..], &extra].concat();
		*bytes = cells.encode();
	});
	case.finds(&["ballot-extra"]);
}

#[test]
fn a_sequence_set_back_is_named() {
	let mut case = good();
	case.edit(&page("Intents", "Sequences"), |bytes| bytes[1] = 2);
	case.finds(&["sequence-differs"]);
}

#[test]
fn another_key_in_the_key_column_is_named() {
	let mut case = good();
	case.edit(&page("IdentityRegistry", "Keys"), |bytes| bytes[10] ^= 1);
	case.finds(&["key-differs"]);
}

#[test]
fn a_key_that_serves_two_rows_is_named() {
	let mut kit = chain();
	let key = lender_key(0);
	let call = kit.call("IdentityRegistry", "rebind", (0u32, 2u32, key, 5u64));
	let fields = (0u32, 2u32, lender_key(2), key, crate::kit::account("Registrar"), 5u64);
	let told = kit.event("IdentityRegistry", "KeyRebound", fields);
	let rebind = kit.signed("Registrar", &call);
	kit.block(80_000, vec![(rebind, vec![told])]);
	write_state(&mut kit);
	assert!(kit.finish().codes().contains("key-in-use"));
}

#[test]
fn a_claim_confirmed_by_nobody_is_named() {
	let mut case = good();
	case.edit(&page("Claims", "Entries"), |bytes| bytes[18] = ClaimState::ConfirmedByCall as u8);
	case.finds(&["claim-differs"]);
}
