//! Results of polls: what came of each item, and why.

mod world;

use codec::Encode;
use winddown_proof::{
	bundle::{Claim, Plaintext},
	layout::{
		self,
		polls::{ItemOutcome, Lot, PollResult},
	},
	verify, Failure, Hash, Phase, Subject, Value,
};
use world::{
	case::{self, *},
	codes, World,
};

/// Verifies the bundle of the result after the state was changed.
fn with(change: impl FnOnce(&mut PollResult)) -> Result<winddown_proof::Report, Failure> {
	let mut world = World::new();
	let mut result = case::result();
	change(&mut result);
	world.state.insert(layout::polls::result(POLL), result.encode());
	world.verify(&world.outcome())
}

#[test]
fn a_result_is_proved_with_what_every_test_of_its_rule_measured() {
	let world = World::new();
	let report = world.verify(&world.outcome()).unwrap();
	let Subject::Outcome { poll, result } = &report.subject else { panic!() };
	assert_eq!(poll.phase, Phase::Closed { at: NOW - 5_000, evidence: CHAIN_ID });
	assert_eq!((result.case, result.turnout.heads, result.turnout.fen), (CASE, 90, 1_400));
	let met: Vec<Vec<bool>> = result
		.items
		.iter()
		.map(|item| item.grounds.iter().map(|grounds| grounds[0].met).collect())
		.collect();
	assert_eq!(met, [vec![true], vec![false, false, false], vec![true, false, false, true, false]]);
	assert_eq!(
		result.items[0].grounds_in_words()[0].0,
		"for heads of all: 70 of 130 = 53.84 % > 1/2: met"
	);
	// The best choice has exactly half, and more is needed.
	assert_eq!(
		result.items[1].grounds_in_words()[2],
		(
			"option 3, for heads of all: 65 of 130 = 50.00 % = 1/2, and more is needed: not met"
				.into(),
			"方案3，同意人数占全部人数：65/130人 = 50.00% = 1/2，须超过，未达到".into()
		)
	);
	assert_eq!(result.items[1].in_words(), ("failed".into(), "未通过".into()));
	assert_eq!(
		result.items[2].in_words(),
		("candidates 1, 4 elected".into(), "候选人1、4当选".into())
	);
}

#[test]
fn the_report_of_a_result_says_what_is_proved_and_what_is_not() {
	let world = World::new();
	let report = world.verify(&world.outcome()).unwrap();
	let (proved, not_proved) = codes(&report);
	let of_item = ["outcome", "grounds"];
	let rest = ["counts", "poll_closed", "finality", "from_genesis"];
	assert_eq!(proved, [&of_item[..], &of_item, &of_item, &rest].concat());
	assert_eq!(
		not_proved,
		["ballots", "law", "later", "validators", "program", "genesis", "certificate"]
	);
	assert_eq!(
		report.proved[0].en,
		"Item 1 of poll 3: passed. It passes by: for heads > 1/2 of all (a rule of its own, of no preset)."
	);
	assert_eq!(
		report.proved[1].zh,
		"第1项逐项结果：同意人数占全部人数：70/130人 = 53.84% > 1/2，达到。"
	);
	let value = serde_json::to_value(&report.subject).unwrap();
	assert_eq!(
		(&value["kind"], &value["result"]["items"][1]["outcome"]),
		(&"outcome".into(), &"failed".into())
	);
	assert_eq!(value["result"]["items"][0]["grounds"][0][0]["measured"], "70");
}

#[test]
fn a_result_that_its_counts_do_not_add_up_to_is_refused() {
	let mismatch = Err(Failure::ResultMismatch);
	assert_eq!(with(|result| result.items[0].options[0].heads += 1), mismatch);
	assert_eq!(with(|result| result.items[2].abstained.amount += 1), mismatch);
	assert_eq!(with(|result| result.turnout.heads -= 1), mismatch);
	assert_eq!(with(|result| result.eligible.amount += 1), mismatch);
	assert_eq!(with(|result| drop(result.items.pop())), mismatch);
	assert!(with(|_| ()).is_ok());
}

#[test]
fn what_passed_without_meeting_its_rule_is_refused_and_so_is_what_failed_with_it() {
	let mismatch = Err(Failure::ResultMismatch);
	assert_eq!(with(|result| result.items[0].outcome = ItemOutcome::Failed), mismatch);
	assert_eq!(
		with(|result| result.items[1].outcome = ItemOutcome::Chosen { option: 2 }),
		mismatch
	);
	let elected = |seats: &[u8], reserves: &[u8]| ItemOutcome::Elected {
		seats: seats.to_vec(),
		reserves: reserves.to_vec(),
	};
	assert_eq!(with(|result| result.items[2].outcome = elected(&[0, 1], &[])), mismatch);
	assert_eq!(with(|result| result.items[2].outcome = elected(&[0], &[9])), mismatch);
	assert_eq!(with(|result| result.items[0].outcome = elected(&[0], &[])), mismatch);
}

#[test]
fn who_met_the_rule_and_lost_is_not_proved_to_have_won() {
	let mismatch = Err(Failure::ResultMismatch);
	let elected = |seats: &[u8], reserves: &[u8]| ItemOutcome::Elected {
		seats: seats.to_vec(),
		reserves: reserves.to_vec(),
	};
	for (seats, reserves) in [(&[3, 0][..], &[][..]), (&[0], &[3]), (&[0], &[]), (&[3], &[])] {
		let found = with(|result| result.items[2].outcome = elected(seats, reserves));
		assert_eq!(found, mismatch, "{seats:?} {reserves:?}");
	}
	assert_eq!(with(|result| result.items[2].outcome = ItemOutcome::Failed), mismatch);
	assert_eq!(with(|result| result.items[2].ties = vec![0b01001]), mismatch, "they are not equal");
	let lot = Some(Lot { block: 9, hash: Hash([7; 32]) });
	assert_eq!(with(|result| result.lot = lot), mismatch, "nobody is tied");
}

#[test]
fn a_poll_that_is_open_unknown_or_of_another_case_has_no_result_to_prove() {
	let world = World::new();
	let claim = |case, poll| {
		let keys = verify::outcome_keys(poll, [0, 1]);
		world.verify(&world.bundle(Claim::Outcome { case, poll }, &keys, None))
	};
	assert_eq!(claim(CASE, OPEN_POLL), Err(Failure::PollNotClosed));
	assert_eq!(claim(CASE, 99), Err(Failure::Missing { value: Value::Poll }));
	assert_eq!(claim(CASE + 1, POLL), Err(Failure::OtherCase { actual: CASE }));
}

#[test]
fn a_result_without_the_count_of_a_class_or_with_a_plaintext_is_refused() {
	let mut world = World::new();
	let keys = verify::outcome_keys(POLL, [0]);
	let bundle = world.bundle(Claim::Outcome { case: CASE, poll: POLL }, &keys, None);
	assert_eq!(world.verify(&bundle), Err(Failure::ProofIncomplete { value: Value::Tally }));
	let mut bundle = world.outcome();
	bundle.plaintext = Some(Plaintext::Whole(vec![]));
	assert_eq!(world.verify(&bundle), Err(Failure::PlaintextOutOfPlace));
	world.state.remove(&layout::polls::tally(POLL, 1));
	assert_eq!(world.verify(&world.outcome()), Err(Failure::Missing { value: Value::Tally }));
}
