use super::*;
use winddown_primitives::{
	rules::{Base, Bound, Measure, Part, Scope, Test as RuleTest},
	Fen, ItemOutcome,
};

const FOR: &[Choice] = &[Choice::FOR];
const AGAINST: &[Choice] = &[Choice::AGAINST];
const ABSTAIN: &[Choice] = &[Choice::ABSTAIN];

/// A case of one class whose lenders have these amounts.
fn case_of(amounts: &[Fen]) -> ExtBuilder {
	(0..).zip(amounts).fold(ExtBuilder::without_lenders(), |builder, (row, amount)| {
		builder.with_lender(row, 0, *amount)
	})
}

/// Casts each ballot, by row, on a poll with one item; its outcome.
fn outcome_of(item: Item, ballots: &[(LenderIndex, Choice)]) -> ItemOutcome {
	let poll = open(&[item]);
	for (row, choice) in ballots {
		assert_ok!(cast(*row, poll, &[*choice]));
	}
	run_out_and_close(poll);
	Polls::result(poll).unwrap().items[0].outcome.clone()
}

fn elected(seats: &[u8], reserves: &[u8]) -> ItemOutcome {
	ItemOutcome::Elected {
		seats: BoundedVec::truncate_from(seats.to_vec()),
		reserves: BoundedVec::truncate_from(reserves.to_vec()),
	}
}

/// A rule that everybody meets for whom anybody on the roll could vote.
fn anybody() -> Rule {
	let test = RuleTest {
		part: Part::For,
		base: Base::Eligible,
		measure: Measure::Heads,
		bound: Bound::AtLeast,
		numerator: 0,
		denominator: 1,
	};
	Rule { scope: Scope::WholeRoll, tests: BoundedVec::truncate_from(vec![test]) }
}

fn ruled_by(rule: Rule, item: Item) -> Item {
	Item { rule, ..item }
}

#[test]
fn a_resolution_passes_by_its_rule_alone() {
	case_of(&[100, 60, 40]).build_and_execute(|| {
		let ballots = [(0, Choice::FOR), (1, Choice::FOR)];
		assert_eq!(outcome_of(resolution(), &ballots), ItemOutcome::Passed);
	});
	case_of(&[100, 60, 40]).build_and_execute(|| {
		let too_few = [(0, Choice::FOR)];
		assert_eq!(outcome_of(resolution(), &too_few), ItemOutcome::Failed);
	});
}

#[test]
fn abstainers_raise_the_turnout_and_are_not_for_it() {
	// Two thirds of 200 need 134: without the abstainer 100 took part, with it 140.
	case_of(&[60, 40, 40, 60]).build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_ok!(cast(0, poll, FOR));
		assert_ok!(cast(1, poll, FOR));
		assert_ok!(cast(2, poll, ABSTAIN));
		run_out_and_close(poll);
		assert_eq!(Polls::result(poll).unwrap().items[0].outcome, ItemOutcome::Passed);
	});
	// One for, one abstains: half of those who voted is not more than half.
	case_of(&[100, 100]).build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_ok!(cast(0, poll, FOR));
		assert_ok!(cast(1, poll, ABSTAIN));
		run_out_and_close(poll);
		assert_eq!(Polls::result(poll).unwrap().items[0].outcome, ItemOutcome::Failed);
	});
}

#[test]
fn a_tie_is_not_passed() {
	case_of(&[100, 100]).build_and_execute(|| {
		let poll = open(&[resolution()]);
		assert_ok!(cast(0, poll, FOR));
		assert_ok!(cast(1, poll, AGAINST));
		run_out_and_close(poll);
		assert_eq!(Polls::result(poll).unwrap().items[0].outcome, ItemOutcome::Failed);
	});
}

#[test]
fn items_of_one_ballot_stand_alone() {
	case_of(&[100, 100]).build_and_execute(|| {
		let poll = open(&[resolution(), resolution()]);
		for row in 0..2 {
			assert_ok!(cast(row, poll, &[Choice::FOR, Choice::AGAINST]));
		}
		run_out_and_close(poll);
		let outcomes: Vec<_> =
			Polls::result(poll).unwrap().items.iter().map(|item| item.outcome.clone()).collect();
		assert_eq!(outcomes, [ItemOutcome::Passed, ItemOutcome::Failed]);
	});
}

#[test]
fn of_several_plans_the_only_one_that_passes_is_chosen() {
	case_of(&[100, 90, 20]).build_and_execute(|| {
		let ballots = [(0, Choice(0b010)), (1, Choice(0b001)), (2, Choice(0b010))];
		assert_eq!(outcome_of(choose_one(3), &ballots), ItemOutcome::Chosen { option: 1 });
	});
}

#[test]
fn when_no_plan_passes_none_is_chosen() {
	case_of(&[100, 90, 20]).build_and_execute(|| {
		let ballots = [(0, Choice(0b010)), (1, Choice(0b001)), (2, Choice(0b100))];
		assert_eq!(outcome_of(choose_one(3), &ballots), ItemOutcome::Failed);
	});
}

#[test]
fn when_several_plans_pass_the_greatest_amount_wins() {
	case_of(&[100, 90, 20]).build_and_execute(|| {
		let ballots = [(0, Choice(0b010)), (1, Choice(0b001)), (2, Choice(0b001))];
		let item = ruled_by(anybody(), choose_one(3));
		assert_eq!(outcome_of(item, &ballots), ItemOutcome::Chosen { option: 0 });
	});
}

#[test]
fn when_several_plans_pass_with_the_same_amount_none_is_chosen() {
	case_of(&[100, 90, 10]).build_and_execute(|| {
		let ballots = [(0, Choice(0b010)), (1, Choice(0b001)), (2, Choice(0b001))];
		let item = ruled_by(anybody(), choose_one(3));
		assert_eq!(outcome_of(item, &ballots), ItemOutcome::Failed, "not even by more heads");
	});
}

#[test]
fn a_plan_that_nobody_marked_is_never_chosen() {
	case_of(&[100]).build_and_execute(|| {
		let item = ruled_by(anybody(), choose_one(2));
		assert_eq!(outcome_of(item, &[(0, Choice::ABSTAIN)]), ItemOutcome::Failed);
	});
}

#[test]
fn candidates_rank_by_share_of_amount_plus_share_of_heads() {
	// 1,000 fen and 4 heads vote. Candidate 0: 700/1000 + 1/4 = 0.95; candidate 1: 300/1000 + 3/4 =
	// 1.05; candidate 2: 900/1000 + 2/4 = 1.4.
	case_of(&[700, 200, 60, 40]).build_and_execute(|| {
		let ballots =
			[(0, Choice(0b101)), (1, Choice(0b110)), (2, Choice(0b010)), (3, Choice(0b010))];
		let item = ruled_by(anybody(), approve(4, 3, 9));
		assert_eq!(outcome_of(item, &ballots), elected(&[2, 1, 0], &[]));
	});
}

#[test]
fn seats_fill_first_then_reserves_and_the_rest_get_nothing() {
	case_of(&[100, 99, 98, 97, 96]).build_and_execute(|| {
		let ballots: Vec<_> = (0..5).map(|row| (row, Choice(1 << row))).collect();
		let item = ruled_by(anybody(), approve(6, 1, 2));
		assert_eq!(outcome_of(item, &ballots), elected(&[0], &[1, 2]));
	});
}

#[test]
fn fewer_candidates_than_seats_leave_seats_empty() {
	case_of(&[100, 99]).build_and_execute(|| {
		let ballots = [(0, Choice(0b11)), (1, Choice(0b01))];
		let item = ruled_by(anybody(), approve(3, 3, 3));
		assert_eq!(outcome_of(item, &ballots), elected(&[0, 1], &[]), "nobody is for the third");
	});
}

#[test]
fn candidates_must_pass_the_rule_too() {
	case_of(&[100, 60, 40]).build_and_execute(|| {
		// More than half of the 200 fen that voted: candidate 0 has 140, candidate 1 has 100.
		let ballots = [(0, Choice(0b11)), (1, Choice(0b100)), (2, Choice(0b01))];
		assert_eq!(outcome_of(approve(3, 3, 2), &ballots), elected(&[0], &[]));
	});
}

#[test]
fn when_no_candidate_passes_nobody_is_elected() {
	case_of(&[100, 60, 40]).build_and_execute(|| {
		let ballots = [(0, Choice(0b001)), (1, Choice(0b010)), (2, Choice(0b100))];
		assert_eq!(outcome_of(approve(3, 3, 2), &ballots), ItemOutcome::Failed);
	});
}

#[test]
fn on_equal_shares_the_greater_amount_ranks_first() {
	// 100 fen and 4 heads vote. Candidate 0 has 25 fen and two heads: 25/100 + 2/4 = 0.75;
	// candidate 1 has 50 fen and one head: 50/100 + 1/4 = 0.75.
	case_of(&[10, 15, 50, 25]).build_and_execute(|| {
		let ballots =
			[(0, Choice(0b01)), (1, Choice(0b01)), (2, Choice(0b10)), (3, Choice::ABSTAIN)];
		let item = ruled_by(anybody(), approve(2, 1, 1));
		assert_eq!(outcome_of(item, &ballots), elected(&[1], &[0]));
	});
}

#[test]
fn on_equal_shares_and_amounts_the_order_of_nomination_decides() {
	case_of(&[50, 50]).build_and_execute(|| {
		let ballots = [(0, Choice(0b010)), (1, Choice(0b100))];
		let item = ruled_by(anybody(), approve(3, 1, 1));
		assert_eq!(outcome_of(item, &ballots), elected(&[1], &[2]));
	});
}

#[test]
fn ranking_is_exact_near_the_limits_of_the_numbers() {
	// The two candidates differ by one fen in 2^127: no rounding may hide it.
	case_of(&[(1 << 126) - 1, 1 << 126]).build_and_execute(|| {
		let ballots = [(0, Choice(0b01)), (1, Choice(0b10))];
		let item = ruled_by(anybody(), approve(2, 1, 1));
		assert_eq!(outcome_of(item, &ballots), elected(&[1], &[0]));
	});
}

#[test]
fn the_greatest_total_that_a_roll_can_hold_is_counted() {
	case_of(&[u128::MAX - 1, 1]).build_and_execute(|| {
		let ballots = [(0, Choice::FOR), (1, Choice::FOR)];
		assert_eq!(outcome_of(resolution(), &ballots), ItemOutcome::Passed);
	});
	case_of(&[u128::MAX - 1, 1]).build_and_execute(|| {
		let item = ruled_by(anybody(), approve(2, 1, 1));
		let ballots = [(0, Choice(0b01)), (1, Choice(0b10))];
		assert_eq!(outcome_of(item, &ballots), elected(&[0], &[1]));
	});
}

#[test]
fn a_rule_for_every_class_lets_one_class_stop_the_others() {
	let plan = || ruled_by(Preset::EblClassPlan.rule(), resolution());
	let case = || {
		ExtBuilder::without_lenders()
			.with_lender(0, 0, 1_000_000)
			.with_lender(1, 1, 1)
			.with_lender(2, 1, 2)
	};
	case().build_and_execute(|| {
		let ballots = [(0, Choice::FOR), (1, Choice::FOR), (2, Choice::FOR)];
		assert_eq!(outcome_of(plan(), &ballots), ItemOutcome::Passed);
	});
	case().build_and_execute(|| {
		let ballots = [(0, Choice::FOR), (1, Choice::AGAINST), (2, Choice::FOR)];
		assert_eq!(
			outcome_of(plan(), &ballots),
			ItemOutcome::Failed,
			"half of the heads of class 1"
		);
	});
	case().build_and_execute(|| {
		assert_eq!(
			outcome_of(plan(), &[(0, Choice::FOR)]),
			ItemOutcome::Failed,
			"a class that stays away does not agree"
		);
	});
}

#[test]
fn over_the_whole_roll_the_classes_are_added_up() {
	ExtBuilder::without_lenders()
		.with_lender(0, 0, 100)
		.with_lender(1, 1, 60)
		.with_lender(2, 1, 40)
		.build_and_execute(|| {
			let poll = open(&[resolution()]);
			assert_ok!(cast(0, poll, FOR));
			assert_ok!(cast(1, poll, FOR));
			assert_ok!(cast(2, poll, ABSTAIN));
			run_out_and_close(poll);
			let result = Polls::result(poll).unwrap();
			assert_eq!((result.turnout.heads, result.turnout.amount), (3, 200));
			let item = &result.items[0];
			assert_eq!((item.options[0].heads, item.options[0].amount), (2, 160));
			assert_eq!((item.abstained.heads, item.abstained.amount), (1, 40));
			assert_eq!(item.outcome, ItemOutcome::Passed);
		});
}
