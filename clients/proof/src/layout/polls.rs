//! `polls`: the questions, the ballot column, the results.

use super::{page, prefix};
use crate::{digest::Digest, hash::Hash};
use alloc::{vec, vec::Vec};
use codec::{Decode, DecodeAll, Encode, Error, Input};
use serde::Serialize;

/// The key of a [`Poll`].
pub fn poll(poll: u32) -> Vec<u8> {
	by_poll("Polls", poll)
}

/// The key of what casting a ballot must know of a poll; absent once the poll is closed.
pub fn booth(poll: u32) -> Vec<u8> {
	by_poll("Booths", poll)
}

/// The key of the page with `row` in a poll's ballot column; absent while nobody of it voted.
pub fn ballots(poll: u32, row: u32) -> Vec<u8> {
	page("Polls", "Ballots", poll, row)
}

/// The key of the running count of a class.
pub fn tally(poll: u32, class: u8) -> Vec<u8> {
	[prefix("Polls", "Tallies"), (poll, class).encode()].concat()
}

/// The key of a closed poll's result.
pub fn result(poll: u32) -> Vec<u8> {
	by_poll("Results", poll)
}

fn by_poll(item: &str, poll: u32) -> Vec<u8> {
	[prefix("Polls", item), poll.encode()].concat()
}

/// A poll: what it asks, of whom, until when. It decodes the whole input, and also as chains stored it before
/// they knew lots: proof files of that time must stay readable.
#[derive(Clone, PartialEq, Eq, Debug, Encode)]
pub struct Poll {
	/// The case.
	pub case: u32,
	/// Why it is held.
	pub purpose: Purpose,
	/// The questions, 1 to 8.
	pub items: Vec<Item>,
	/// When it opened, in milliseconds.
	pub opened_at: u64,
	/// The first moment, in milliseconds, at which no ballot counts any more.
	pub closes_at: u64,
	/// The eligible roll when it opened: class, heads, fen.
	pub roll: Vec<(u8, u32, u128)>,
	/// How often one lender may replace a ballot.
	pub max_revotes: u8,
	/// How a tie between candidates is settled: 0 by nomination, 1 by lot.
	pub tie_break: u8,
	/// The options in the order in which a tie goes that no lot settles; empty for that of the ballot.
	pub precedence: Vec<u8>,
	/// Whether it was closed.
	pub status: Status,
}

impl Decode for Poll {
	fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
		let stored = whole(input)?;
		Self::stored(&stored, true).or_else(|_| Self::stored(&stored, false))
	}
}

impl Poll {
	/// The poll in `stored`, with the order of ties or as it was before there was one.
	fn stored(mut stored: &[u8], orders_ties: bool) -> Result<Self, Error> {
		let input = &mut stored;
		let poll = Self {
			case: Decode::decode(input)?,
			purpose: Decode::decode(input)?,
			items: Decode::decode(input)?,
			opened_at: Decode::decode(input)?,
			closes_at: Decode::decode(input)?,
			roll: Decode::decode(input)?,
			max_revotes: Decode::decode(input)?,
			tie_break: if orders_ties { Decode::decode(input)? } else { 0 },
			precedence: if orders_ties { Decode::decode(input)? } else { Vec::new() },
			status: Decode::decode(input)?,
		};
		if input.is_empty() && poll.makes_sense() {
			Ok(poll)
		} else {
			Err("not a poll of this shape".into())
		}
	}

	/// Whether the order of ties names no option twice, and the lot is not of block 0. A closed poll of
	/// the former shape whose bytes are also one of the present shape fails this: what is read as the
	/// order, or as the block, are the leading zeros of a time or of a record's number.
	fn makes_sense(&self) -> bool {
		let order = &self.precedence;
		let once = (1usize..).zip(order).all(|(next, option)| !order[next..].contains(option));
		once && !matches!(self.status, Status::AwaitsLot { block: 0, .. })
	}
}

/// The rest of `input`, which must know its length.
fn whole<I: Input>(input: &mut I) -> Result<Vec<u8>, Error> {
	let length = input.remaining_len()?.ok_or("it is decoded from a value of known length")?;
	let mut bytes = vec![0; length];
	input.read(&mut bytes)?;
	Ok(bytes)
}

/// Why a poll is held.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Purpose {
	/// A resolution with no consequence on chain.
	#[codec(index = 0)]
	General,
	/// The first ballot: exit, committee, mandate.
	#[codec(index = 1)]
	FirstBallot,
	/// The recall of a committee member.
	#[codec(index = 2)]
	Recall {
		/// The member's row.
		member: u32,
	},
	/// A vote on repayment plans.
	#[codec(index = 3)]
	Plan {
		/// The round, from 1.
		round: u8,
	},
}

/// One question.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Item {
	/// How it is answered.
	pub kind: ItemKind,
	/// When an option passes.
	pub rule: Rule,
	/// What is voted on: one document for a resolution, else one for each option, in order.
	pub documents: Vec<Digest>,
}

/// How an item is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ItemKind {
	/// Option 0 is for, option 1 against.
	#[codec(index = 0)]
	Resolution,
	/// At most one of several options.
	#[codec(index = 1)]
	ChooseOne {
		/// Options.
		options: u8,
	},
	/// Several candidates may be approved.
	#[codec(index = 2)]
	ApproveUpTo {
		/// Candidates.
		candidates: u8,
		/// Seats; also the most candidates that one ballot approves.
		seats: u8,
		/// Most reserves.
		reserves: u8,
	},
}

/// Heads and fen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Votes {
	/// Persons.
	pub heads: u32,
	/// Fen.
	pub amount: u128,
}

/// When an option passes: all tests must be met.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Rule {
	/// Over whom the tests run.
	pub scope: Scope,
	/// The tests.
	pub tests: Vec<Test>,
}

/// Over whom the tests of a rule run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Scope {
	/// The whole roll.
	#[codec(index = 0)]
	WholeRoll,
	/// Each class by itself; every class must pass.
	#[codec(index = 1)]
	EveryClass,
}

/// One test: `part / base` in `measure` is at least, or more than, `numerator / denominator`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Test {
	/// Which votes are counted.
	pub part: Part,
	/// What they are measured against.
	pub base: Base,
	/// By what.
	pub measure: Measure,
	/// Whether the share itself suffices.
	pub bound: Bound,
	/// The share's numerator.
	pub numerator: u32,
	/// The share's denominator.
	pub denominator: u32,
}

/// Which votes a test counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
	/// Everybody who took part, abstainers included.
	#[codec(index = 0)]
	Voted,
	/// Those for the option.
	#[codec(index = 1)]
	For,
	/// Those who took part and are neither for it nor abstain.
	#[codec(index = 2)]
	Against,
	/// Those who took part and marked nothing.
	#[codec(index = 3)]
	Abstained,
}

/// What a test measures them against.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
	/// Everybody on the eligible roll, voting or not.
	#[codec(index = 0)]
	Eligible,
	/// Everybody who took part.
	#[codec(index = 1)]
	Voted,
}

/// By what votes are measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
	/// Persons.
	#[codec(index = 0)]
	Heads,
	/// Fen.
	#[codec(index = 1)]
	Amount,
}

/// Whether the share itself suffices.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
	/// The share or more, 「以上」.
	#[codec(index = 0)]
	AtLeast,
	/// More than the share, 「超过」.
	#[codec(index = 1)]
	MoreThan,
}

/// The running count of one class; that of a closed poll stays.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Tally {
	/// Everybody who took part.
	pub voted: Votes,
	/// Votes for each option: the options of the first item, then those of the second, and so on.
	pub options: Vec<Votes>,
	/// Abstentions on each item.
	pub abstained: Vec<Votes>,
}

/// The result of a poll. It decodes the whole input, and also as chains stored it before they knew ties
/// and lots: proof files of that time must stay readable.
#[derive(Clone, PartialEq, Eq, Debug, Encode)]
pub struct PollResult {
	/// Everybody on the eligible roll.
	pub eligible: Votes,
	/// Everybody who took part.
	pub turnout: Votes,
	/// The count and outcome of each item.
	pub items: Vec<ItemResult>,
	/// The lot that settled ties between candidates.
	pub lot: Option<Lot>,
}

impl Decode for PollResult {
	fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
		let stored = whole(input)?;
		Self::decode_present(&stored).or_else(|_| Self::decode_former(&stored))
	}
}

impl PollResult {
	fn decode_present(mut stored: &[u8]) -> Result<Self, Error> {
		let (eligible, turnout, items, lot) = DecodeAll::decode_all(&mut stored)?;
		Ok(Self { eligible, turnout, items, lot })
	}

	/// A result without ties and lot.
	fn decode_former(mut stored: &[u8]) -> Result<Self, Error> {
		type Former = (Vec<Votes>, Votes, ItemOutcome);
		let (eligible, turnout, items): (_, _, Vec<Former>) = DecodeAll::decode_all(&mut stored)?;
		let items = items.into_iter().map(|(options, abstained, outcome)| ItemResult {
			options,
			abstained,
			outcome,
			ties: Vec::new(),
		});
		Ok(Self { eligible, turnout, items: items.collect(), lot: None })
	}
}

/// A lot: the hash of a block that nobody knew when it was named.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize)]
pub struct Lot {
	/// The block.
	pub block: u32,
	/// Its hash.
	pub hash: Hash,
}

/// The count and outcome of one item, over all classes.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ItemResult {
	/// Votes for each option.
	pub options: Vec<Votes>,
	/// Abstentions.
	pub abstained: Votes,
	/// What came of it.
	pub outcome: ItemOutcome,
	/// The options that were equal where it mattered, each tie as a set of marks.
	pub ties: Vec<u32>,
}

/// What came of an item.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ItemOutcome {
	/// A resolution that passed.
	#[codec(index = 0)]
	Passed,
	/// The option that won.
	#[codec(index = 1)]
	Chosen {
		/// The option, from 0.
		option: u8,
	},
	/// Candidates elected, by rank.
	#[codec(index = 2)]
	Elected {
		/// The seats, best first, each by its option from 0.
		seats: Vec<u8>,
		/// The reserves, in the order in which they move up.
		reserves: Vec<u8>,
	},
	/// Nothing passed.
	#[codec(index = 3)]
	Failed,
}

impl ItemKind {
	/// How many options there are.
	pub fn options(self) -> u8 {
		match self {
			Self::Resolution => 2,
			Self::ChooseOne { options } => options,
			Self::ApproveUpTo { candidates, .. } => candidates,
		}
	}
}

/// Whether a poll was closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Status {
	/// Ballots come in, or it waits to be closed.
	#[codec(index = 0)]
	Open,
	/// The result stands.
	#[codec(index = 1)]
	Closed {
		/// When, in milliseconds.
		at: u64,
		/// The evidence record of the result.
		evidence: u64,
	},
	/// It was taken back before anybody voted.
	#[codec(index = 2)]
	Cancelled {
		/// When, in milliseconds.
		at: u64,
	},
	/// Its time is over; candidates are tied, and the result waits for a lot.
	#[codec(index = 3)]
	AwaitsLot {
		/// When its count ended, in milliseconds.
		at: u64,
		/// The block whose hash is drawn.
		block: u32,
	},
}

#[cfg(test)]
mod tests {
	use super::*;

	/// All of a poll before `tie_break`, and the status of the former shape.
	fn former(at: u64, evidence: u64) -> Vec<u8> {
		let items: Vec<Item> = Vec::new();
		let first = (7u32, Purpose::FirstBallot, items, 1u64, 2u64, vec![(0u8, 9u32, 9u128)], 3u8);
		(first, Status::Closed { at, evidence }).encode()
	}

	#[test]
	fn a_poll_from_before_lots_is_read_whatever_its_time_looks_like() {
		// 56 could be the length of an order of 14, 24 that of one of 6, 8 that of one of 2.
		for at in [0, 56, 24, 0x0308, 0x0300_0108].map(|low| 0x018b_0000_0000 + low) {
			for evidence in [0, 1, 0x0102_0304] {
				let bytes = former(at, evidence);
				let poll = Poll::decode_all(&mut &bytes[..]).unwrap();
				assert_eq!(poll.status, Status::Closed { at, evidence });
				assert_eq!((poll.tie_break, poll.precedence), (0, vec![]));
			}
		}
	}

	#[test]
	fn a_poll_with_an_order_of_ties_is_read_as_it_is() {
		let statuses = [
			Status::Open,
			Status::Closed { at: 5, evidence: 6 },
			Status::Cancelled { at: 5 },
			Status::AwaitsLot { at: 5, block: 6 },
		];
		let read = Poll::decode_all(&mut &former(5, 6)[..]).unwrap();
		for status in statuses {
			for options in 0..32 {
				let precedence = (0..options).collect();
				let poll = Poll { tie_break: 1, precedence, status, ..read.clone() };
				assert_eq!(Poll::decode_all(&mut &poll.encode()[..]), Ok(poll));
			}
		}
	}

	#[test]
	fn a_result_from_before_lots_is_read_without_ties() {
		let votes = Votes { heads: 1, amount: 2 };
		let item = (vec![votes, votes], votes, ItemOutcome::Passed);
		let former = (votes, votes, vec![item.clone(), item]).encode();
		let result = PollResult::decode_all(&mut &former[..]).unwrap();
		assert!(result.items.iter().all(|item| item.ties.is_empty()));
		assert_eq!((result.items.len(), result.lot), (2, None));
		assert_eq!(PollResult::decode_all(&mut &result.encode()[..]), Ok(result));
	}
}
