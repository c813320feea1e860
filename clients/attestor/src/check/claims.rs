//! Records against the roll and its claims.

use super::{kinds, Batch, Facts, Finding, Hold, Reason};
use winddown_proof::{layout::evidence::Kind, record::Record};

/// Fails unless every row that a record names is on the roll.
pub fn on_roll(kind: Kind, batch: &Batch, facts: &Facts) -> Result<(), Finding> {
	if !kinds::is_of_rows(kind) {
		return Ok(());
	}
	let (rows, locked) = facts.roll.map_or((0, false), |roll| (roll.rows, roll.locked));
	let outside = |lender: &u32| *lender >= rows;
	match batch.lines.iter().filter_map(|line| line.record.lender()).find(outside) {
		None => Ok(()),
		Some(lender) if locked => Err(Reason::NotOnRoll { lender }.into()),
		Some(lender) => Err(Hold::RollOpen { lender }.into()),
	}
}

/// Fails unless every amount is that of the row, as imported or as a ruling set it.
pub fn amounts(batch: &Batch, facts: &Facts) -> Result<(), Finding> {
	for line in &batch.lines {
		let (lender, stated) = match &line.record {
			Record::Confirmation(record) => (record.lender, record.amount.0),
			Record::Call(record) => (record.lender, record.amount.0),
			_ => continue,
		};
		let claim = facts.claims.get(&lender).ok_or(Reason::NotOnRoll { lender })?;
		if stated != claim.stated && Some(stated) != claim.ruled {
			let owed = claim.ruled.unwrap_or(claim.stated);
			return Err(Reason::WrongAmount { lender, owed, stated }.into());
		}
	}
	Ok(())
}
