//! Imports a roll, and goes on where an import was cut off.

use super::{read::RollView, At, Chain, Head, Until};
use crate::{
	calls::{import_rows, MAX_IMPORT},
	keys::Keypair,
	roll::PreparedRoll,
	Error,
};
use winddown_primitives::CaseId;
use winddown_proof::count::counted;

/// How often an import looks again after somebody else imported at the same time.
const ATTEMPTS: u32 = 5;

/// How far an import is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ImportProgress {
	/// Rows on chain.
	pub imported: u64,
	/// Rows of the file.
	pub total: u64,
}

/// What an import did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct ImportReport {
	/// Rows that were on chain before.
	pub found: u32,
	/// Rows sent now.
	pub sent: u32,
	/// Rows on chain now.
	pub rows: u32,
}

impl Chain {
	/// Imports the rows of a roll that are not on chain yet. Rows on chain must be the first rows
	/// of this roll, else nothing is sent. Batches follow each other block by block, whatever `until`
	/// says; it is about all of them together.
	pub async fn import_roll(
		&self,
		case: CaseId,
		roll: &PreparedRoll,
		platform: &Keypair,
		until: Until,
		mut progress: impl FnMut(ImportProgress),
	) -> Result<ImportReport, Error> {
		let total = roll.rows().len() as u64;
		let found = self.rows_in_common(case, roll).await?;
		for attempt in 1.. {
			let first = self.rows_in_common(case, roll).await?;
			progress(ImportProgress { imported: first as u64, total });
			let calls: Vec<_> = (first..roll.rows().len())
				.step_by(MAX_IMPORT)
				.map(|from| {
					let to = (from + MAX_IMPORT).min(roll.rows().len());
					import_rows(case, from as u32, &roll.rows()[from..to])
				})
				.collect();
			let sent = self
				.submit_all(&calls, platform, Until::InBlock, |at, _| {
					let imported = first + (at + 1) * MAX_IMPORT;
					progress(ImportProgress { imported: (imported as u64).min(total), total });
				})
				.await;
			match sent {
				Ok(_) => break,
				// A batch of an earlier run was still on its way.
				Err(Error::Failed { name, .. })
					if name == "WrongPosition" && attempt < ATTEMPTS => {}
				Err(error) => return Err(error),
			}
		}
		let rows = self.rows_in_common(case, roll).await?;
		if until == Until::Finalized {
			self.until_final(async |at| {
				Ok(at.ensure_roll_begins_like(case, roll).await? == roll.rows().len())
			})
			.await?;
		}
		let (found, rows) = (found as u32, rows as u32);
		Ok(ImportReport { found, sent: rows.saturating_sub(found), rows })
	}

	/// How many rows are on chain, once it is sure that they are the first rows of this roll.
	async fn rows_in_common(&self, case: CaseId, roll: &PreparedRoll) -> Result<usize, Error> {
		let at = self.at(Head::Best).await?;
		let Some(on_chain) = at.roll(case).await? else { return Ok(0) };
		ensure_prefix(&on_chain, roll)
	}
}

impl At {
	/// Fails unless the rows on chain are the first rows of this roll; how many they are.
	pub async fn ensure_roll_begins_like(
		&self,
		case: CaseId,
		roll: &PreparedRoll,
	) -> Result<usize, Error> {
		self.roll(case).await?.map_or(Ok(0), |on_chain| ensure_prefix(&on_chain, roll))
	}
}

fn ensure_prefix(on_chain: &RollView, roll: &PreparedRoll) -> Result<usize, Error> {
	if on_chain.locked {
		return Err(Error::BadInput("the roll is locked; nothing can be imported any more".into()));
	}
	let rows = on_chain.rows as usize;
	match roll.digest(rows) {
		Some(digest) if digest == on_chain.digest => Ok(rows),
		Some(_) => Err(Error::Mismatch(format!(
			"the rows on chain, {rows}, are not the first ones of this file; \
			 was another file imported, or another case key used?"
		))),
		None => Err(Error::Mismatch(format!(
			"the chain holds {} and this file has only {}",
			counted(rows, "row", "rows"),
			roll.rows().len()
		))),
	}
}
