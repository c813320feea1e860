//! The columns of a case's table, read byte by byte: pages of 64 rows, cells of fixed width.

use std::collections::{BTreeMap, HashMap};
use winddown_primitives::{ClassId, Fen, LenderIndex};

const ROWS: u32 = 64;
/// Revision, digest with its algorithm, then four bytes for each item.
const BALLOT_HEAD: usize = 34;
const CHOICE: usize = 4;
/// Amount, then class, then state.
const AMOUNT: usize = 16;
const CLAIM: usize = AMOUNT + 2;

/// The pages of one column, by their number.
pub type Pages = BTreeMap<u32, Vec<u8>>;

/// A ballot as it lies on chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BallotRow {
	/// The row of the lender.
	pub lender: LenderIndex,
	/// 1 for a first ballot, one more for each replacement.
	pub revision: u8,
	/// The algorithm of the record's digest, then the digest.
	pub record: [u8; 33],
	/// One for each item: the set of options marked, bit `n` for option `n`.
	pub choices: Vec<u32>,
}

/// Where a claim stands, by the byte of its cell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
	/// Neither confirmed nor disputed.
	Imported,
	/// Confirmed by the lender's signature.
	ConfirmedByApp,
	/// Confirmed on the telephone.
	ConfirmedByCall,
	/// Confirmed by silence, after proof of service.
	Deemed,
	/// Disputed.
	Disputed,
	/// Disputed, with an amount for voting.
	Provisional,
	/// Decided by the association.
	Adjudicated,
	/// Taken off the roll.
	Excluded,
}

/// A claim as it lies on chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClaimRow {
	/// The row of the lender.
	pub lender: LenderIndex,
	/// The amount that counts now, in fen.
	pub amount: Fen,
	/// The class.
	pub class: ClassId,
	/// Where it stands.
	pub standing: Standing,
}

/// Why a column cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ColumnError {
	/// A page is longer than 64 cells, or not a whole number of cells.
	#[error("page {page} of the {column} column has {bytes} bytes")]
	PageLength {
		/// The column.
		column: &'static str,
		/// The page.
		page: u32,
		/// Its bytes.
		bytes: usize,
	},
	/// A row is missing before the last one.
	#[error("row {0} has no claim")]
	MissingRow(LenderIndex),
	/// A byte that means nothing.
	#[error("row {row} has the unknown state {byte}")]
	UnknownStanding {
		/// The row.
		row: LenderIndex,
		/// The byte.
		byte: u8,
	},
}

impl Standing {
	/// Whether the claim belongs to the eligible roll.
	pub const fn is_eligible(self) -> bool {
		!matches!(self, Self::Disputed | Self::Excluded)
	}

	/// Whether the lender may vote.
	pub const fn may_vote(self) -> bool {
		self.is_eligible() && !matches!(self, Self::Imported)
	}

	const fn read(byte: u8) -> Option<Self> {
		Some(match byte {
			0 => Self::Imported,
			1 => Self::ConfirmedByApp,
			2 => Self::ConfirmedByCall,
			3 => Self::Deemed,
			4 => Self::Disputed,
			5 => Self::Provisional,
			6 => Self::Adjudicated,
			7 => Self::Excluded,
			_ => return None,
		})
	}
}

/// The ballots of a poll with `items` items.
pub fn read_ballots(pages: &Pages, items: usize) -> Result<Vec<BallotRow>, ColumnError> {
	let mut ballots = Vec::new();
	for (lender, cell) in cells(pages, BALLOT_HEAD + items * CHOICE, "ballot")? {
		if cell[0] == 0 {
			continue;
		}
		let mut record = [0; BALLOT_HEAD - 1];
		record.copy_from_slice(&cell[1..BALLOT_HEAD]);
		let choices = cell[BALLOT_HEAD..]
			.chunks_exact(CHOICE)
			.map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]))
			.collect();
		ballots.push(BallotRow { lender, revision: cell[0], record, choices });
	}
	Ok(ballots)
}

/// The claims of a case with `rows` rows; `adjusted` holds the amounts that differ from the import.
pub fn read_claims(
	entries: &Pages,
	adjusted: &HashMap<LenderIndex, Fen>,
	rows: u32,
) -> Result<Vec<ClaimRow>, ColumnError> {
	let mut claims = Vec::new();
	for (lender, cell) in cells(entries, CLAIM, "claim")? {
		if lender >= rows || lender as usize != claims.len() {
			break;
		}
		let mut amount = [0; AMOUNT];
		amount.copy_from_slice(&cell[..AMOUNT]);
		let byte = cell[AMOUNT + 1];
		claims.push(ClaimRow {
			lender,
			amount: adjusted.get(&lender).copied().unwrap_or(Fen::from_le_bytes(amount)),
			class: cell[AMOUNT],
			standing: Standing::read(byte)
				.ok_or(ColumnError::UnknownStanding { row: lender, byte })?,
		});
	}
	match claims.len() == rows as usize {
		true => Ok(claims),
		false => Err(ColumnError::MissingRow(claims.len() as LenderIndex)),
	}
}

/// Every cell with its row, in ascending order.
fn cells<'a>(
	pages: &'a Pages,
	width: usize,
	column: &'static str,
) -> Result<Vec<(LenderIndex, &'a [u8])>, ColumnError> {
	let mut cells = Vec::new();
	for (page, bytes) in pages {
		if bytes.len() % width != 0 || bytes.len() > width * ROWS as usize {
			return Err(ColumnError::PageLength { column, page: *page, bytes: bytes.len() });
		}
		let rows = (0..).map(|slot: u32| page.saturating_mul(ROWS).saturating_add(slot));
		cells.extend(rows.zip(bytes.chunks_exact(width)));
	}
	Ok(cells)
}

impl ClaimRow {
	/// Whether the lender may vote.
	pub const fn may_vote(&self) -> bool {
		self.standing.may_vote()
	}

	/// Whether the claim is paid: everything but one taken off the roll.
	pub const fn is_paid(&self) -> bool {
		!matches!(self.standing, Standing::Excluded)
	}
}
