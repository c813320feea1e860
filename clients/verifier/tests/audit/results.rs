//! Roll, counts, rules and outcomes.

use crate::{kit::Case, story::*};
use codec::{Decode, Encode};
use winddown_verifier::{archive::Parts, chain::types::*};

/// Replaces the extrinsic at `index` of block `number`.
fn replace(case: &mut Case, number: u32, index: usize, extrinsic: Vec<u8>) {
	let parts: &mut Parts = &mut case.kit.parts;
	parts.blocks[number as usize].extrinsics[index] = extrinsic;
	case.relink(number);
}

#[test]
fn a_wrong_amount_in_the_column_is_named_with_its_row() {
	let mut case = good();
	case.edit(&page("Claims", "Entries"), |bytes| bytes[1] += 1);
	let report = case.audit();
	assert_eq!(report.counts.keys().copied().collect::<Vec<_>>(), ["roll-differs"]);
	let finding = &report.findings[0];
	assert_eq!(finding.place.row, Some(0));
	assert_eq!(
		(finding.expected.as_str(), finding.found.as_str()),
		("500 fen in class 0", "501 fen in class 0")
	);
}

#[test]
fn a_roll_that_is_not_what_the_platform_stated_is_named() {
	let mut case = good();
	let call = case.kit.call("Claims", "lock", (0u32, 3u32, 1_001u128, roll_digest()));
	let lock = case.kit.signed("Platform", &call);
	replace(&mut case, 2, 2, lock);
	case.finds(&["roll-statement"]);
}

#[test]
fn rows_out_of_order_are_named() {
	let mut case = good();
	let rows: Vec<([u8; 32], Fen, u8)> = IDENTITIES
		.iter()
		.rev()
		.zip(AMOUNTS)
		.map(|(identity, amount)| (*identity, amount, 0))
		.collect();
	let import =
		case.kit.signed("Platform", &case.kit.call("Claims", "import", (0u32, 0u32, rows)));
	replace(&mut case, 2, 1, import);
	assert!(case.codes().contains("roll-order"));
}

#[test]
fn totals_other_than_those_of_the_roll_are_named() {
	let mut case = good();
	edit_poll(&mut case, |poll| poll.roll[0].1.heads = 4);
	case.finds(&["totals-differ"]);
}

#[test]
fn a_count_that_is_off_by_one_fen_is_named() {
	let mut case = good();
	let key = [of_poll("Tallies"), vec![0]].concat();
	case.edit(&key, |bytes| bytes[4] += 1);
	case.finds(&["tally-differs"]);
}

#[test]
fn a_result_that_is_off_by_one_fen_is_named() {
	let mut case = good();
	let mut wrong = result();
	wrong.items[0].options[0].amount += 1;
	case.put(&of_poll("Results"), Some(wrong.encode()));
	case.finds(&["tally-differs"]);
}

#[test]
fn a_rule_applied_with_another_strictness_is_named() {
	let mut case = good();
	edit_poll(&mut case, |poll| poll.items[0].rule.tests[0].bound = Bound::AtLeast);
	case.finds(&["rule-misapplied"]);
}

#[test]
fn an_outcome_that_the_rule_does_not_give_is_named() {
	let mut case = good();
	let mut wrong = result();
	wrong.items[0].outcome = ItemOutcome::Failed;
	case.put(&of_poll("Results"), Some(wrong.encode()));
	case.finds(&["rule-misapplied"]);
}

#[test]
fn another_question_than_the_one_put_to_the_vote_is_named() {
	let mut case = good();
	edit_poll(&mut case, |poll| poll.items[0].documents[0] = Digest::Sm3([0; 32]));
	case.finds(&["poll-differs"]);
}

#[test]
fn another_end_of_a_poll_is_named() {
	let mut case = good();
	edit_poll(&mut case, |poll| poll.closes_at += 1);
	case.finds(&["poll-differs"]);
}

#[test]
fn a_poll_closed_before_its_end_is_named() {
	let mut kit = until_voted();
	let close = kit.signed("Operator", &kit.call("Polls", "close", 0u32));
	let turnout = Votes { heads: 2, amount: 800 };
	let fields = (0u32, 0u32, turnout, vec![ItemOutcome::Passed], 4u64);
	let told = vec![kit.event("Polls", "PollClosed", fields)];
	kit.block(CLOSES - 1, vec![(close, told)]);
	assert!(kit.finish().codes().contains("closed-early"));
}

#[test]
fn a_ruling_without_grounds_while_a_poll_is_open_is_named_twice() {
	let mut kit = until_voted();
	let ruling = Ruling::Exclude;
	let call = kit.call("Claims", "adjudicate", (0u32, 2u32, ruling, 99u64));
	let by = crate::kit::account("Association");
	let fields = (0u32, 2u32, ruling, 200u128, 0u128, by, 99u64);
	let told = vec![kit.event("Claims", "ClaimAdjudicated", fields)];
	let adjudicate = kit.signed("Association", &call);
	kit.block(53_000, vec![(adjudicate, told)]);
	let codes = kit.finish().codes();
	assert!(codes.contains("ruling-unfounded") && codes.contains("roll-changed-while-open"));
}

#[test]
fn a_plan_adopted_by_nobody_is_named() {
	let mut case = good();
	case.put(&of_case("RepaymentVote", "Adopted"), Some(0u32.encode()));
	case.finds(&["outcome-differs"]);
}

fn edit_poll(case: &mut Case, change: impl FnOnce(&mut StoredPoll)) {
	case.edit(&of_poll("Polls"), |bytes| {
		let mut poll = StoredPoll::decode(&mut bytes.as_slice()).unwrap();
		change(&mut poll);
		*bytes = poll.encode();
	});
}

#[test]
fn an_outcome_is_reported_with_what_its_rule_measured_and_with_the_law_behind_it() {
	let report = good().audit();
	let (text, html) = (report.text(), report.html());
	let line = "item 1, for amount of voted 同意金额占参加表决金额: 5.00 of 8.00 = 62.50 % > 1/2: met 达到";
	assert!(text.contains(line), "{text}");
	assert!(text.contains("company_ordinary, Company Law (2023) art. 116, verified"), "{text}");
	assert!(html.contains("同意金额占参加表决金额：5.00/8.00元 = 62.50% &gt; 1/2，达到"), "{html}");
	assert!(html.contains("《公司法》（2023年）第116条"), "{html}");
	let json: serde_json::Value = serde_json::from_str(&report.json().unwrap()).unwrap();
	let ground = &json["polls"][0]["items"][0]["grounds"][0][0];
	assert_eq!((&ground["measured"], &ground["met"]), (&"500".into(), &true.into()));
}
