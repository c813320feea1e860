//! What the chain says, as far as a check needs it.

use std::collections::BTreeMap;
use winddown_proof::layout::cells::Ballot;

/// What the chain says at one finalized block.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
	/// The roll of the case; nothing before the first import.
	pub roll: Option<Roll>,
	/// The claims of the rows that were asked for, as far as they exist.
	pub claims: BTreeMap<u32, Claim>,
	/// The poll that was asked for, if it exists.
	pub poll: Option<Poll>,
	/// Repayment; nothing before a plan is adopted.
	pub payments: Option<Payments>,
}

/// The roll of a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Roll {
	/// Rows.
	pub rows: u32,
	/// Whether the import has ended.
	pub locked: bool,
}

/// What a row is owed, in fen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Claim {
	/// As imported or admitted.
	pub stated: u128,
	/// As a ruling set it.
	pub ruled: Option<u128>,
}

/// A poll with its ballot column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Poll {
	/// Its number.
	pub poll: u32,
	/// Its case.
	pub case: u32,
	/// Whether it was closed, so that its ballots stay as they are.
	pub closed: bool,
	/// Persons that the chain counted.
	pub turnout: u32,
	/// The ballots, by row.
	pub ballots: BTreeMap<u32, Ballot>,
}

/// Repayment by the adopted plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Payments {
	/// Instalments of the plan.
	pub instalments: u8,
	/// What the platform reported of this list; nothing before it did.
	pub reported: Option<Reported>,
}

/// What the platform reported of a payment list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reported {
	/// The instalment, from 0.
	pub instalment: u8,
	/// Fen.
	pub amount: u128,
	/// Lenders.
	pub heads: u32,
}
