use super::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};
use winddown_primitives::{
	rules::{Preset, Rule},
	Choice, Digest, Item, ItemKind, ItemOutcome, ItemResult, Votes,
};

fn item(kind: ItemKind, rule: Rule) -> Item {
	let documents = match kind {
		ItemKind::Resolution => 1,
		_ => kind.options() as usize,
	};
	let document = Digest::Blake2b256([1; 32]);
	Item { kind, rule, documents: vec![document; documents].try_into().unwrap() }
}

fn resolution() -> Item {
	item(ItemKind::Resolution, Preset::SzTwoThirdsDoubleHalf.rule())
}

fn claim(lender: u32, amount: u128, standing: Standing) -> ClaimRow {
	ClaimRow { lender, amount, class: 0, standing }
}

fn ballot(lender: u32, choices: &[u32]) -> BallotRow {
	BallotRow { lender, revision: 1, record: [0; 33], choices: choices.to_vec() }
}

fn confirmed(amounts: &[u128]) -> Vec<ClaimRow> {
	(0..).zip(amounts).map(|(row, amount)| claim(row, *amount, Standing::ConfirmedByApp)).collect()
}

const FOR: u32 = Choice::FOR.0;
const AGAINST: u32 = Choice::AGAINST.0;
const ABSTAIN: u32 = Choice::ABSTAIN.0;

fn outcomes(items: &[Item], claims: &[ClaimRow], ballots: &[BallotRow]) -> Vec<ItemOutcome> {
	recount(items, 2, claims, ballots, Settling::default())
		.unwrap()
		.items
		.into_iter()
		.map(|item| item.outcome)
		.collect()
}

#[test]
fn two_thirds_of_the_amount_must_vote_and_exactly_two_thirds_suffice() {
	let claims = confirmed(&[100, 100, 100]);
	let pass = [ballot(0, &[FOR]), ballot(1, &[FOR])];
	assert_eq!(outcomes(&[resolution()], &claims, &pass), [ItemOutcome::Passed]);
	assert_eq!(outcomes(&[resolution()], &claims, &pass[..1]), [ItemOutcome::Failed]);
}

#[test]
fn exactly_half_of_the_heads_is_not_more_than_half() {
	let claims = confirmed(&[500, 100]);
	let tied = [ballot(0, &[FOR]), ballot(1, &[AGAINST])];
	assert_eq!(outcomes(&[resolution()], &claims, &tied), [ItemOutcome::Failed]);
}

#[test]
fn an_abstainer_raises_the_turnout_and_is_not_for_it() {
	let claims = confirmed(&[100, 100, 100]);
	let ballots = [ballot(0, &[FOR]), ballot(1, &[ABSTAIN]), ballot(2, &[ABSTAIN])];
	let counted = recount(&[resolution()], 0, &claims, &ballots, Settling::default()).unwrap();
	assert_eq!(counted.turnout, Votes { heads: 3, amount: 300 });
	assert_eq!(counted.items[0].options, [Votes::one(100), Votes::default()]);
	assert_eq!(counted.items[0].abstained, Votes { heads: 2, amount: 200 });
	assert_eq!(counted.items[0].outcome, ItemOutcome::Failed);
}

#[test]
fn disputed_and_excluded_claims_leave_the_roll_and_unconfirmed_ones_stay_on_it() {
	let claims = [
		claim(0, 100, Standing::ConfirmedByCall),
		claim(1, 1_000, Standing::Disputed),
		claim(2, 1_000, Standing::Excluded),
		claim(3, 40, Standing::Imported),
	];
	let counted =
		recount(&[resolution()], 0, &claims, &[ballot(0, &[FOR])], Settling::default()).unwrap();
	assert_eq!(counted.eligible, Votes { heads: 2, amount: 140 });
	assert_eq!(counted.items[0].outcome, ItemOutcome::Passed);
	for row in [1, 2, 3, 4] {
		assert_eq!(
			recount(&[resolution()], 0, &claims, &[ballot(row, &[FOR])], Settling::default()),
			Err(RecountError::NotEntitled(row))
		);
	}
}

#[test]
fn a_ballot_that_the_chain_should_have_refused_is_found() {
	let claims = confirmed(&[1, 1]);
	let one = |choices: &[u32]| {
		recount(&[resolution()], 1, &claims, &[ballot(0, choices)], Settling::default())
	};
	let invalid = |item| Err(RecountError::InvalidChoice { row: 0, item });
	assert_eq!(one(&[0b11]), invalid(0));
	assert_eq!(one(&[0b100]), invalid(0));
	assert_eq!(one(&[FOR, FOR]), invalid(1));
	assert_eq!(
		recount(
			&[resolution()],
			1,
			&claims,
			&[ballot(0, &[FOR]), ballot(0, &[FOR])],
			Settling::default()
		),
		Err(RecountError::TwoBallots(0))
	);
	let often = BallotRow { revision: 3, ..ballot(0, &[FOR]) };
	assert_eq!(
		recount(&[resolution()], 1, &claims, &[often], Settling::default()),
		Err(RecountError::TooManyRevisions(0))
	);
}

#[test]
fn of_several_plans_the_one_with_the_greatest_amount_wins_and_a_tie_loses() {
	let choose = item(ItemKind::ChooseOne { options: 3 }, Preset::CompanyOrdinary.rule());
	let claims = confirmed(&[60, 40]);
	let ballots = [ballot(0, &[0b010]), ballot(1, &[0b100])];
	assert_eq!(
		outcomes(std::slice::from_ref(&choose), &claims, &ballots),
		[ItemOutcome::Chosen { option: 1 }]
	);
	let tied = confirmed(&[50, 50]);
	assert_eq!(outcomes(&[choose], &tied, &ballots), [ItemOutcome::Failed]);
}

#[test]
fn candidates_rank_by_both_shares_then_amount_then_nomination() {
	let kind = ItemKind::ApproveUpTo { candidates: 4, seats: 1, reserves: 2 };
	let elect = item(kind, Preset::FundReconvenedOrdinary.rule());
	// Candidate 0 has one head and all the money but 3; candidate 2 two heads and most of it.
	let claims = confirmed(&[90, 5, 5]);
	let ballots = [ballot(0, &[0b0001]), ballot(1, &[0b0100]), ballot(2, &[0b0100])];
	assert_eq!(
		outcomes(std::slice::from_ref(&elect), &claims, &ballots),
		[ItemOutcome::Elected {
			seats: vec![0].try_into().unwrap(),
			reserves: vec![].try_into().unwrap()
		}]
	);
	let even = confirmed(&[10, 10]);
	let tied = [ballot(0, &[0b1000]), ballot(1, &[0b0010])];
	assert_eq!(
		outcomes(&[elect], &even, &tied),
		[ItemOutcome::Elected {
			seats: vec![1].try_into().unwrap(),
			reserves: vec![3].try_into().unwrap()
		}]
	);
}

#[test]
fn pages_are_read_cell_by_cell() {
	let mut page = vec![0; 3 * 38];
	page[38] = 2;
	page[39] = 1;
	page[38 + 34..2 * 38].copy_from_slice(&FOR.to_le_bytes());
	let pages = BTreeMap::from([(1, page)]);
	let ballots = read_ballots(&pages, 1).unwrap();
	assert_eq!(ballots.len(), 1);
	assert_eq!((ballots[0].lender, ballots[0].revision), (65, 2));
	assert_eq!((ballots[0].record[0], ballots[0].choices.as_slice()), (1, &[FOR][..]));
	assert!(matches!(read_ballots(&pages, 2), Err(ColumnError::PageLength { page: 1, .. })));
}

#[test]
fn claims_have_the_amount_of_their_ruling_and_no_row_is_missing() {
	let cell = |amount: u128, rest: [u8; 2]| [&amount.to_le_bytes()[..], &rest].concat();
	let column = |last| {
		BTreeMap::from([(0, [cell(7, [0, 1]), cell(8, [1, 6]), cell(9, [2, last])].concat())])
	};
	let adjusted = HashMap::from([(1, 80)]);
	let claims = read_claims(&column(0), &adjusted, 3).unwrap();
	let facts: Vec<_> = claims.iter().map(|c| (c.amount, c.class, c.standing)).collect();
	assert_eq!(
		facts,
		[
			(7, 0, Standing::ConfirmedByApp),
			(80, 1, Standing::Adjudicated),
			(9, 2, Standing::Imported)
		]
	);
	assert_eq!(read_claims(&column(0), &adjusted, 4), Err(ColumnError::MissingRow(3)));
	assert_eq!(
		read_claims(&column(8), &adjusted, 3),
		Err(ColumnError::UnknownStanding { row: 2, byte: 8 })
	);
}

fn published(counted: &Recount) -> Published {
	Published {
		eligible: counted.classes.iter().map(|(class, c)| (*class, c.eligible)).collect(),
		tallies: counted
			.classes
			.iter()
			.map(|(class, c)| (*class, (c.voted, c.options.concat(), c.abstained.clone())))
			.collect(),
		result: Some((
			counted.eligible,
			counted.turnout,
			counted
				.items
				.iter()
				.map(|item| ItemResult {
					options: item.options.clone().try_into().unwrap(),
					abstained: item.abstained,
					outcome: item.outcome.clone(),
					ties: item
						.ties
						.iter()
						.map(|options| Choice(*options))
						.collect::<Vec<_>>()
						.try_into()
						.unwrap(),
				})
				.collect(),
		)),
	}
}

#[test]
fn every_published_number_that_is_wrong_is_named() {
	let claims = confirmed(&[100, 100]);
	let counted = recount(
		&[resolution()],
		0,
		&claims,
		&[ballot(0, &[FOR]), ballot(1, &[FOR])],
		Settling::default(),
	)
	.unwrap();
	let honest = published(&counted);
	assert_eq!(compare(&honest, &counted), []);

	let names = |published: &Published| -> Vec<String> {
		compare(published, &counted).into_iter().map(|difference| difference.what).collect()
	};
	let mut forged = honest.clone();
	forged.eligible.get_mut(&0).unwrap().amount += 1;
	assert_eq!(names(&forged), ["class 0, eligible"]);
	let mut forged = honest.clone();
	forged.tallies.get_mut(&0).unwrap().1[1] = Votes::one(1);
	assert_eq!(names(&forged), ["class 0, option 2"]);
	let mut forged = honest.clone();
	if let Some((_, turnout, items)) = &mut forged.result {
		turnout.heads -= 1;
		items[0].outcome = ItemOutcome::Failed;
		items[0].abstained = Votes::one(5);
	}
	assert_eq!(names(&forged), ["turnout", "item 1, abstained", "item 1, outcome"]);
	let mut forged = honest;
	forged.tallies.insert(1, (Votes::one(1), vec![], vec![]));
	forged.eligible.insert(1, Votes::default());
	assert!(names(&forged).contains(&"class 1, voted".into()));
}

proptest! {
	/// Two evaluations of one rule, written apart, agree on every input.
	#[test]
	fn the_recount_decides_as_the_rule_of_the_chain(
		preset in 0..Preset::ALL.len(),
		rows in proptest::collection::vec((1u128..1_000, 0u8..3, 0u32..4), 1..40),
	) {
		use winddown_primitives::rules::ClassVotes;
		let rule = Preset::ALL[preset].rule();
		let item = item(ItemKind::Resolution, rule.clone());
		let claims: Vec<ClaimRow> = (0..)
			.zip(&rows)
			.map(|(row, (amount, class, _))| ClaimRow { class: *class, ..claim(row, *amount, Standing::Deemed) })
			.collect();
		// 3 means: does not vote.
		let ballots: Vec<BallotRow> = (0..)
			.zip(&rows)
			.filter(|(_, (_, _, choice))| *choice < 3)
			.map(|(row, (_, _, choice))| ballot(row, &[*choice]))
			.collect();
		let counted = recount(&[item], 0, &claims, &ballots, Settling::default()).unwrap();
		let classes: Vec<ClassVotes> = counted
			.classes
			.iter()
			.map(|(class, c)| ClassVotes {
				class: *class,
				eligible: c.eligible,
				voted: c.voted,
				in_favour: c.options[0][0],
				abstained: c.abstained[0],
			})
			.collect();
		let passed = counted.items[0].outcome == ItemOutcome::Passed;
		prop_assert_eq!(passed, rule.check(&classes).is_ok());
	}
}
