//! `polls`: the questions, the ballot column, the results.

use super::{page, prefix};
use crate::digest::Digest;
use alloc::vec::Vec;
use codec::{Decode, Encode};
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

/// A poll: what it asks, of whom, until when.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
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
	/// Whether it was closed.
	pub status: Status,
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

/// When an option passes; a bundle does not look into it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Rule {
	/// 0 the whole roll, 1 every class by itself.
	pub scope: u8,
	/// The tests: part, base, measure, bound, numerator, denominator.
	pub tests: Vec<(u8, u8, u8, u8, u32, u32)>,
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
}
