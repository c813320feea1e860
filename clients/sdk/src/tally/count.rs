//! Counts ballots and decides items.

use super::{
	column::{BallotRow, ClaimRow},
	decide::{self, Settling},
};
use std::collections::BTreeMap;
use winddown_primitives::{ClassId, Item, ItemOutcome, LenderIndex, Votes};
use winddown_proof::Ground;

/// What one class said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ClassCount {
	/// Everybody who may vote, voting or not.
	pub eligible: Votes,
	/// Everybody who took part.
	pub voted: Votes,
	/// For each item, the votes of each option.
	pub options: Vec<Vec<Votes>>,
	/// For each item, those who marked nothing.
	pub abstained: Vec<Votes>,
}

/// What came of one item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ItemCount {
	/// The votes of each option.
	pub options: Vec<Votes>,
	/// Those who marked nothing.
	pub abstained: Votes,
	/// What came of it.
	pub outcome: ItemOutcome,
	/// What the rule measured, for each option that may win by it; see [`super::grounds`].
	pub grounds: Vec<Vec<Ground>>,
	/// The options that were equal where it mattered, each tie as a set of marks.
	pub ties: Vec<u32>,
}

/// A poll, counted again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recount {
	/// By class.
	pub classes: BTreeMap<ClassId, ClassCount>,
	/// Everybody who may vote.
	pub eligible: Votes,
	/// Everybody who took part.
	pub turnout: Votes,
	/// By item.
	pub items: Vec<ItemCount>,
	/// Ballots that replaced an earlier one of the same lender.
	pub replaced: u32,
}

/// Why the ballots cannot be right.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RecountError {
	/// Somebody voted who may not.
	#[error("row {0} has a ballot and no right to vote")]
	NotEntitled(LenderIndex),
	/// Two ballots of one lender.
	#[error("row {0} has two ballots")]
	TwoBallots(LenderIndex),
	/// A ballot marks what it may not.
	#[error("the ballot of row {row} is invalid on item {item}")]
	InvalidChoice {
		/// The row.
		row: LenderIndex,
		/// The item, from 0.
		item: usize,
	},
	/// A ballot was replaced more often than allowed.
	#[error("the ballot of row {0} was replaced too often")]
	TooManyRevisions(LenderIndex),
	/// A sum is larger than its type.
	#[error("a sum overflows")]
	Overflow,
}

/// Counts the ballots of a poll by the claims as they stood while it was open; `settling` says what
/// settles ties.
pub fn recount(
	items: &[Item],
	max_revotes: u8,
	claims: &[ClaimRow],
	ballots: &[BallotRow],
	settling: Settling,
) -> Result<Recount, RecountError> {
	let mut classes = BTreeMap::<ClassId, ClassCount>::new();
	for claim in claims.iter().filter(|claim| claim.standing.is_eligible()) {
		let class = classes.entry(claim.class).or_insert_with(|| empty(items));
		add(&mut class.eligible, claim.amount)?;
	}
	let mut last = None;
	for ballot in ballots {
		if last.is_some_and(|last| last >= ballot.lender) {
			return Err(RecountError::TwoBallots(ballot.lender));
		}
		last = Some(ballot.lender);
		if u16::from(ballot.revision) > u16::from(max_revotes) + 1 {
			return Err(RecountError::TooManyRevisions(ballot.lender));
		}
		count_ballot(items, claims, ballot, &mut classes)?;
	}
	let replaced = ballots.iter().filter(|ballot| ballot.revision > 1).count() as u32;
	let items = items
		.iter()
		.enumerate()
		.map(|(at, item)| decide::item(item, at, &classes, &settling))
		.collect::<Option<_>>()
		.ok_or(RecountError::Overflow)?;
	Ok(Recount {
		eligible: sum(classes.values().map(|class| class.eligible))?,
		turnout: sum(classes.values().map(|class| class.voted))?,
		classes,
		items,
		replaced,
	})
}

fn count_ballot(
	items: &[Item],
	claims: &[ClaimRow],
	ballot: &BallotRow,
	classes: &mut BTreeMap<ClassId, ClassCount>,
) -> Result<(), RecountError> {
	let row = ballot.lender;
	let claim = claims
		.get(row as usize)
		.filter(|claim| claim.standing.may_vote())
		.ok_or(RecountError::NotEntitled(row))?;
	let class = classes.get_mut(&claim.class).ok_or(RecountError::NotEntitled(row))?;
	add(&mut class.voted, claim.amount)?;
	if ballot.choices.len() != items.len() {
		return Err(RecountError::InvalidChoice { row, item: items.len() });
	}
	for (at, (item, choice)) in items.iter().zip(&ballot.choices).enumerate() {
		let options = u32::from(item.kind.options());
		let unknown = options < 32 && choice >> options != 0;
		if unknown || choice.count_ones() > u32::from(item.kind.marks()) {
			return Err(RecountError::InvalidChoice { row, item: at });
		}
		if *choice == 0 {
			add(&mut class.abstained[at], claim.amount)?;
		}
		for (option, votes) in class.options[at].iter_mut().enumerate() {
			if choice >> option & 1 == 1 {
				add(votes, claim.amount)?;
			}
		}
	}
	Ok(())
}

fn empty(items: &[Item]) -> ClassCount {
	ClassCount {
		options: items
			.iter()
			.map(|item| vec![Votes::default(); item.kind.options().into()])
			.collect(),
		abstained: vec![Votes::default(); items.len()],
		..ClassCount::default()
	}
}

fn add(votes: &mut Votes, amount: u128) -> Result<(), RecountError> {
	votes.heads = votes.heads.checked_add(1).ok_or(RecountError::Overflow)?;
	votes.amount = votes.amount.checked_add(amount).ok_or(RecountError::Overflow)?;
	Ok(())
}

pub(super) fn sum(votes: impl Iterator<Item = Votes>) -> Result<Votes, RecountError> {
	votes.into_iter().try_fold(Votes::default(), |mut sum, votes| {
		sum.heads = sum.heads.checked_add(votes.heads).ok_or(RecountError::Overflow)?;
		sum.amount = sum.amount.checked_add(votes.amount).ok_or(RecountError::Overflow)?;
		Ok(sum)
	})
}
