use super::Lender;
use crate::identity::CaseKey;
use std::collections::BTreeMap;
use winddown_primitives::{ClassId, Fen, IdentityHash, Votes};

/// One row as the chain stores it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PreparedRow {
	/// Who.
	pub identity: IdentityHash,
	/// The claim in fen.
	pub amount: Fen,
	/// The class.
	pub class: ClassId,
	/// The line of the file that it came from.
	pub line: u64,
}

/// Rows in the order of the chain's table: ascending by identity hash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PreparedRoll {
	rows: Vec<PreparedRow>,
	whole: Votes,
	classes: BTreeMap<ClassId, Votes>,
}

/// Why lenders make no roll.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PrepareError {
	/// Two lines have one hash.
	#[error("lines {0} and {1} are the same person")]
	SamePerson(u64, u64),
	/// The sums are more than the chain can hold.
	#[error("the sum of all claims is larger than the chain can hold")]
	SumOverflows,
}

/// The running digest of a roll without rows.
pub const EMPTY_DIGEST: [u8; 32] = [0; 32];

/// The running digest after a further row, as the chain computes it: BLAKE2b-256 of the digest
/// before it, the identity, the amount in 16 bytes little-endian and the class.
pub fn digest_after(digest: [u8; 32], row: &PreparedRow) -> [u8; 32] {
	let mut bytes = [0; 81];
	bytes[..32].copy_from_slice(&digest);
	bytes[32..64].copy_from_slice(&row.identity.0);
	bytes[64..80].copy_from_slice(&row.amount.to_le_bytes());
	bytes[80] = row.class;
	crate::digest::blake2_256(&bytes)
}

impl PreparedRoll {
	/// Hashes and sorts the lenders of a file.
	pub fn new(lenders: &[Lender], key: &CaseKey) -> Result<Self, PrepareError> {
		Self::from_rows(
			lenders
				.iter()
				.map(|lender| PreparedRow {
					identity: key.identity(&lender.document),
					amount: lender.outstanding,
					class: lender.class,
					line: lender.line,
				})
				.collect(),
		)
	}

	/// Sorts rows, and checks that nobody occurs twice.
	pub fn from_rows(mut rows: Vec<PreparedRow>) -> Result<Self, PrepareError> {
		rows.sort_by_key(|row| (row.identity, row.line));
		if let Some(pair) = rows.windows(2).find(|pair| pair[0].identity == pair[1].identity) {
			return Err(PrepareError::SamePerson(pair[0].line, pair[1].line));
		}
		let (mut whole, mut classes) = (Votes::default(), BTreeMap::<_, Votes>::new());
		for row in &rows {
			let one = Votes::one(row.amount);
			whole = whole.checked_add(one).ok_or(PrepareError::SumOverflows)?;
			let class = classes.entry(row.class).or_default();
			*class = class.checked_add(one).ok_or(PrepareError::SumOverflows)?;
		}
		Ok(Self { rows, whole, classes })
	}

	/// The rows in ascending order.
	pub fn rows(&self) -> &[PreparedRow] {
		&self.rows
	}

	/// Heads and fen.
	pub const fn whole(&self) -> Votes {
		self.whole
	}

	/// Heads and fen of each class.
	pub const fn classes(&self) -> &BTreeMap<ClassId, Votes> {
		&self.classes
	}

	/// The running digest over the first `rows` rows; `None` when there are fewer.
	pub fn digest(&self, rows: usize) -> Option<[u8; 32]> {
		Some(self.rows.get(..rows)?.iter().fold(EMPTY_DIGEST, digest_after))
	}

	/// The row of a person.
	pub fn find(&self, identity: &IdentityHash) -> Option<(u32, &PreparedRow)> {
		let at = self.rows.binary_search_by_key(identity, |row| row.identity).ok()?;
		Some((u32::try_from(at).ok()?, self.rows.get(at)?))
	}
}
