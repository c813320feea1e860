//! Imports a roll, and goes on where an import was cut off; clears one that was imported wrongly.

use super::{read::RollView, At, Chain, Head, Until};
use crate::{
	api,
	calls::{clear_roll, import_rows, MAX_CLEAR, MAX_IMPORT},
	keys::Keypair,
	roll::PreparedRoll,
	Error,
};
use winddown_primitives::CaseId;

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
				// A batch of an earlier run was still on its way, or another clerk imports: what is on
				// chain now tells which.
				Err(Error::Failed { name, .. })
					if matches!(name.as_str(), "WrongPosition" | "NotAscending")
						&& attempt < ATTEMPTS => {}
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

	/// Clears a roll that is not locked, page by page from its end, until no row is left; how many rows
	/// were cleared. `progress` is told how many are left. It goes on where it was cut off.
	pub async fn clear_roll(
		&self,
		case: CaseId,
		platform: &Keypair,
		until: Until,
		mut progress: impl FnMut(u32),
	) -> Result<u32, Error> {
		let mut cleared = 0;
		while let Some(roll) = self.at(Head::Best).await?.roll(case).await? {
			if roll.locked {
				return Err(Error::RollLocked(case));
			}
			progress(roll.rows);
			let call = clear_roll(case, roll.rows, MAX_CLEAR);
			match self.submit(&call, platform, Until::InBlock).await {
				Ok(included) => {
					let event: api::claims::events::RowsCleared = included.event()?;
					cleared += event.count;
				}
				// Another clerk clears, too: look again how many are left.
				Err(Error::Failed { name, .. })
					if matches!(name.as_str(), "WrongPosition" | "EmptyRoll") => {}
				Err(error) => return Err(error),
			}
		}
		if until == Until::Finalized {
			self.until_final(async |at| Ok(at.roll(case).await?.is_none())).await?;
		}
		Ok(cleared)
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
	let case = on_chain.case;
	if on_chain.locked {
		return Err(Error::RollLocked(case));
	}
	if on_chain.clearing {
		return Err(Error::RollClearing { case, rows: on_chain.rows });
	}
	let rows = on_chain.rows as usize;
	match roll.digest(rows) {
		Some(digest) if digest == on_chain.digest => Ok(rows),
		_ => Err(Error::OtherRoll { case, rows, lines: roll.rows().len() }),
	}
}
